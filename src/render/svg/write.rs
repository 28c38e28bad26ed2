//! Numbers, attributes, escaped text and path data.

/// Rounded to hundredths, without trailing zeros; what is not finite is 0.
pub(super) fn number(value: f64) -> String {
    let mut out = String::new();
    push_hundredths(&mut out, hundredths(value));
    out
}

fn hundredths(value: f64) -> i64 {
    (value * 100.0).round() as i64
}

fn push_hundredths(out: &mut String, value: i64) {
    use std::fmt::Write as _;
    if value < 0 {
        out.push('-');
    }
    let (whole, rest) = (value.unsigned_abs() / 100, value.unsigned_abs() % 100);
    let written = match (rest, rest % 10) {
        (0, _) => write!(out, "{whole}"),
        (_, 0) => write!(out, "{whole}.{}", rest / 10),
        (_, _) => write!(out, "{whole}.{rest:02}"),
    };
    written.expect("writing to a string cannot fail");
}

/// Starts a tag; attributes follow, then `/>` or `>`.
pub(super) fn open_tag(out: &mut String, name: &str) {
    out.push('<');
    out.push_str(name);
}

pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    push_escaped(out, value);
    out.push('"');
}

pub(super) fn push_number_attribute(out: &mut String, name: &str, value: f64) {
    push_attribute(out, name, &number(value));
}

/// Text for XML: markup escaped, characters that XML forbids left out.
pub(super) fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
}

/// Path data in hundredths of a pixel. Straight lines are written relative to the point before, which halves the file; rounding
/// does not add up, as the differences are those of the rounded points.
pub(super) struct PathData<'a> {
    out: &'a mut String,
    last: [i64; 2],
    in_lines: bool,
}

impl<'a> PathData<'a> {
    /// Opens the attribute; [`Self::end`] closes it.
    pub(super) fn begin(out: &'a mut String) -> Self {
        out.push_str(" d=\"");
        Self { out, last: [0; 2], in_lines: false }
    }

    pub(super) fn move_to(&mut self, point: [f64; 2]) {
        self.command('M', &[point]);
    }

    pub(super) fn line_to(&mut self, point: [f64; 2]) {
        let point = point.map(hundredths);
        let step = [point[0].saturating_sub(self.last[0]), point[1].saturating_sub(self.last[1])];
        if step == [0, 0] {
            return;
        }
        if !self.in_lines {
            self.out.push('l');
        }
        self.pair(step, self.in_lines);
        self.in_lines = true;
        self.last = point;
    }

    pub(super) fn quad_to(&mut self, control: [f64; 2], point: [f64; 2]) {
        self.command('Q', &[control, point]);
    }

    pub(super) fn cubic_to(&mut self, first: [f64; 2], second: [f64; 2], point: [f64; 2]) {
        self.command('C', &[first, second, point]);
    }

    pub(super) fn close(&mut self) {
        self.out.push('z');
        self.in_lines = false;
    }

    pub(super) fn end(self) {
        self.out.push('"');
    }

    /// All points of one line or ring.
    pub(super) fn part(&mut self, points: &[[f64; 2]], closed: bool) {
        for (index, point) in points.iter().enumerate() {
            if index == 0 { self.move_to(*point) } else { self.line_to(*point) }
        }
        if closed {
            self.close();
        }
    }

    fn command(&mut self, letter: char, points: &[[f64; 2]]) {
        self.out.push(letter);
        for (index, point) in points.iter().enumerate() {
            self.last = point.map(hundredths);
            self.pair(self.last, index > 0);
        }
        self.in_lines = false;
    }

    fn pair(&mut self, [x, y]: [i64; 2], separated: bool) {
        if separated && x >= 0 {
            self.out.push(' ');
        }
        push_hundredths(self.out, x);
        if y >= 0 {
            self.out.push(' ');
        }
        push_hundredths(self.out, y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let written: Vec<_> = [0.0, -0.001, 1.0, 10.5, -0.05, 3.21456, 99.999, f64::NAN].map(number).into();
        assert_eq!(written, ["0", "0", "1", "10.5", "-0.05", "3.21", "100", "0"]);
    }

    #[test]
    fn markup_is_escaped_and_forbidden_characters_dropped() {
        let mut out = String::new();
        push_escaped(&mut out, "a<b & \"c\">\u{0}\u{8}\u{ffff}\nČ");
        assert_eq!(out, "a&lt;b &amp; &quot;c&quot;&gt; Č");
    }

    #[test]
    fn path_data_is_relative_and_exact() {
        let mut out = String::new();
        let mut data = PathData::begin(&mut out);
        data.part(&[[1.004, 2.0], [1.008, 2.0], [3.0, 1.0], [3.0, 1.001], [4.5, 3.0]], true);
        data.move_to([0.0, 0.0]);
        data.quad_to([1.0, 0.0], [1.0, -1.0]);
        data.end();
        assert_eq!(out, " d=\"M1 2l0.01 0 1.99-1 1.5 2zM0 0Q1 0 1-1\"");
    }
}
