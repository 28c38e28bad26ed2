//! Lines that fit a width.

use super::shaping::measure;
use crate::scene::FontFace;

/// Breaks text into lines of at most `max_width` CSS pixels: greedily at spaces, after hyphens and after slashes, and at any
/// letter where one word alone is too wide. Line breaks in the text are kept; empty text gives no line.
pub fn break_lines(text: &str, face: FontFace, size_px: f32, max_width: f32) -> Vec<String> {
    let fits = |line: &str| measure(line.trim_end(), face, size_px).width <= max_width;
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for piece in pieces(paragraph) {
            let longer = format!("{line}{piece}");
            if fits(&longer) {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            let mut rest = piece;
            while !fits(rest) {
                let (head, tail) = rest.split_at(longest_fitting(rest, fits));
                if tail.is_empty() {
                    break;
                }
                lines.push(head.to_owned());
                rest = tail;
            }
            rest.clone_into(&mut line);
        }
        lines.push(line);
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines
}

/// The text, or its beginning with "…", so that it takes at most `max_width` CSS pixels. At least the "…" is left of text that
/// does not fit.
pub fn ellipsize(text: &str, face: FontFace, size_px: f32, max_width: f32) -> String {
    let fits = |line: &str| measure(line, face, size_px).width <= max_width;
    if fits(text) {
        return text.to_owned();
    }
    let shortened = |head: &str| format!("{}…", head.trim_end());
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let fitting = ends.partition_point(|end| fits(&shortened(&text[..*end])));
    shortened(&text[..fitting.checked_sub(1).map_or(0, |last| ends[last])])
}

/// Words with what follows them up to the next place where a line may break.
fn pieces(paragraph: &str) -> impl Iterator<Item = &str> {
    paragraph.split_inclusive([' ', '-', '/', '\u{2010}', '\u{2013}', '\u{2014}'])
}

/// Bytes of the longest beginning that fits, at least one character.
fn longest_fitting(text: &str, fits: impl Fn(&str) -> bool) -> usize {
    let ends: Vec<usize> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let fitting = ends.partition_point(|end| fits(&text[..*end]));
    ends.get(fitting.max(1) - 1).copied().unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: FontFace = FontFace::Regular;

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let text = "Routes are general indications drawn from reporting, not vessel tracks.";
        for width in [80.0, 120.0, 200.0, 1000.0] {
            let lines = break_lines(text, FACE, 12.0, width);
            assert!(lines.iter().all(|line| measure(line, FACE, 12.0).width <= width), "{lines:?}");
            assert_eq!(lines.join(" "), text);
        }
        assert_eq!(break_lines(text, FACE, 12.0, 1000.0).len(), 1);
    }

    #[test]
    fn breaks_stand_after_hyphens_and_slashes() {
        let width = measure("Kosovo/", FACE, 12.0).width + 1.0;
        assert_eq!(break_lines("Bosnia-Kosovo/Albania", FACE, 12.0, width), ["Bosnia-", "Kosovo/", "Albania"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_cut() {
        let lines = break_lines("Supercalifragilistic", FACE, 12.0, 40.0);
        assert!(lines.len() > 2);
        assert_eq!(lines.concat(), "Supercalifragilistic");
        assert_eq!(break_lines("ab", FACE, 12.0, 0.0), ["a", "b"], "a width of nothing still ends");
    }

    #[test]
    fn given_line_breaks_stay() {
        assert_eq!(break_lines("one\n\ntwo", FACE, 12.0, 500.0), ["one", "", "two"]);
        assert!(break_lines("", FACE, 12.0, 500.0).is_empty());
    }

    #[test]
    fn shortened_text_fits_and_ends_in_an_ellipsis() {
        assert_eq!(ellipsize("Durrës", FACE, 12.0, 500.0), "Durrës");
        for width in [20.0, 40.0, 80.0] {
            let text = ellipsize("Port of Durrës, Albania", FACE, 12.0, width);
            assert!(text.ends_with('…') && measure(&text, FACE, 12.0).width <= width, "{text}");
        }
        assert_eq!(ellipsize("Durrës", FACE, 12.0, 1.0), "…");
    }
}
