//! What loading found: one struct for everything that was refused, changed or left unresolved.

use std::sync::Arc;

/// Longest offending value that is repeated in a finding, in characters.
const MAX_VALUE_CHARS: usize = 80;
/// Longest message: names out of the file may stand in it.
const MAX_MESSAGE_CHARS: usize = 300;
/// Longest name out of the file in a JSON pointer; a longer one ends in `…`.
const MAX_KEY_CHARS: usize = 200;

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// A feature or a file was refused.
    Error,
    /// A fallback was used.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// The word in outputs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// One finding with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How serious.
    pub severity: Severity,
    /// Stable name of the kind of finding, in kebab case.
    pub code: &'static str,
    /// The file as opened.
    pub file: Arc<str>,
    /// Line, counted from 1.
    pub line: Option<u32>,
    /// Column in characters, counted from 1.
    pub column: Option<u32>,
    /// JSON pointer (RFC 6901) to the value.
    pub pointer: Option<String>,
    /// Index of the feature in its file, counted from 0.
    pub feature: Option<u32>,
    /// The offending value, shortened.
    pub value: Option<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// A finding whose place is still a byte offset.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Finding {
    pub(super) severity: Severity,
    pub(super) code: &'static str,
    pub(super) offset: Option<usize>,
    pub(super) pointer: String,
    pub(super) value: Option<String>,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

impl Finding {
    pub(super) fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            offset: None,
            pointer: String::new(),
            value: None,
            message: cut(&message.into(), MAX_MESSAGE_CHARS),
            hint: None,
        }
    }

    pub(super) fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    pub(super) fn at(self, offset: usize, pointer: impl Into<String>) -> Self {
        Self { offset: Some(offset), pointer: pointer.into(), ..self }
    }

    pub(super) fn value(self, value: impl AsRef<str>) -> Self {
        Self { value: Some(shortened(value.as_ref())), ..self }
    }

    pub(super) fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// With its place in the file told in lines and columns. `feature`, index and prefix of the pointer, also completes the pointer.
    pub(super) fn located(self, file: &Arc<str>, lines: &LineIndex<'_>, feature: Option<(u32, &str)>) -> Diagnostic {
        let place = self.offset.map(|offset| lines.line_and_column(offset));
        let pointer = match feature {
            Some((index, prefix)) => Some(feature_pointer(prefix, index) + &self.pointer),
            None => self.offset.map(|_| self.pointer),
        };
        Diagnostic {
            severity: self.severity,
            code: self.code,
            file: file.clone(),
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
            pointer,
            feature: feature.map(|(index, _)| index),
            value: self.value,
            message: self.message,
            hint: self.hint,
        }
    }
}

/// JSON pointer to a feature: "/features/7", or empty for a bare feature.
pub(super) fn feature_pointer(prefix: &str, index: u32) -> String {
    if prefix.is_empty() { String::new() } else { format!("{prefix}{index}") }
}

/// A key as part of a JSON pointer (RFC 6901).
pub(super) fn escaped(key: &str) -> String {
    let key = key.replace('~', "~0").replace('/', "~1");
    if key.len() > MAX_KEY_CHARS { cut(&key, MAX_KEY_CHARS) } else { key }
}

/// A value as repeated in a finding: at most 80 characters on one line.
pub(super) fn shortened(value: &str) -> String {
    cut(value, MAX_VALUE_CHARS)
}

/// A text on one line and without control characters, which a terminal would obey; cut to this length.
fn cut(text: &str, max_chars: usize) -> String {
    let mut cut: String = text.chars().take(max_chars).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(max_chars).is_some() {
        cut.pop();
        cut.push('…');
    }
    cut
}

/// Bytes between two counts of characters in a [`LineIndex`].
const BLOCK: usize = 1024;

/// Byte offsets to lines and columns. It is built only once, and only when a place is asked for; then a look-up costs the same on a line
/// of ten megabytes as on a short one.
pub(super) struct LineIndex<'a> {
    bytes: &'a [u8],
    counts: std::cell::OnceCell<Counts>,
}

struct Counts {
    newlines: Vec<usize>,
    /// Characters before each block.
    characters: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Of a text without its byte order mark.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, counts: std::cell::OnceCell::new() }
    }

    /// Line and column, both from 1; columns count characters.
    pub(super) fn line_and_column(&self, offset: usize) -> (u32, u32) {
        let offset = offset.min(self.bytes.len());
        let counts = self.counts.get_or_init(|| Counts::of(self.bytes));
        let line = counts.newlines.partition_point(|newline| *newline < offset);
        let begin = if line == 0 { 0 } else { counts.newlines[line - 1] + 1 };
        let before = |at: usize| counts.characters[at / BLOCK] + characters(&self.bytes[at / BLOCK * BLOCK..at]);
        let number = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        (number(line), number(if offset - begin < BLOCK { characters(&self.bytes[begin..offset]) } else { before(offset) - before(begin) }))
    }
}

impl Counts {
    fn of(bytes: &[u8]) -> Self {
        let mut total = 0;
        let mut counted = vec![0];
        for block in bytes.chunks(BLOCK) {
            total += characters(block);
            counted.push(total);
        }
        Self { newlines: memchr::memchr_iter(b'\n', bytes).collect(), characters: counted }
    }
}

/// Continuation bytes of UTF-8 (10xxxxxx) begin no character.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "{\n \"č\": 1}";
        let lines = LineIndex::new(text.as_bytes());
        assert_eq!(lines.line_and_column(0), (1, 1));
        assert_eq!(lines.line_and_column(text.find('1').expect("there")), (2, 7));
        assert_eq!(lines.line_and_column(9_999), (2, 9));
    }

    #[test]
    fn columns_of_a_long_line_are_counted_the_same_way() {
        let text = "\nč".to_owned() + &"aš€".repeat(1_000) + "!\n" + &"ž".repeat(3_000) + "?";
        let lines = LineIndex::new(text.as_bytes());
        assert_eq!(lines.line_and_column(text.find('!').expect("there")), (2, 3_002));
        assert_eq!(lines.line_and_column(text.find('?').expect("there")), (3, 3_001));
        assert_eq!(lines.line_and_column(text.len()), (3, 3_002));
        let even = LineIndex::new(&[b'x'; 2 * BLOCK]);
        assert_eq!(even.line_and_column(2 * BLOCK), (1, 2 * BLOCK as u32 + 1));
    }

    #[test]
    fn long_values_are_cut_on_a_character() {
        let short = shortened(&"č".repeat(200));
        assert_eq!((short.chars().count(), short.chars().last()), (80, Some('…')));
        assert_eq!(shortened("a\nb"), "a b");
        let finding = Finding::error("x", format!("there is no type `\u{1b}[2J{}`", "y".repeat(9_999)));
        assert!(finding.message.chars().count() == 300 && !finding.message.contains('\u{1b}'), "{}", finding.message);
    }

    #[test]
    fn a_place_is_told_in_lines_columns_and_a_pointer() {
        let text = "{\n  \"a\": 1}";
        let lines = LineIndex::new(text.as_bytes());
        let file: Arc<str> = "f".into();
        let finding = Finding::error("x", "wrong").at(4, "/properties/a").value("1");
        let told = finding.clone().located(&file, &lines, Some((7, "/features/")));
        assert_eq!((told.line, told.column, told.feature), (Some(2), Some(3), Some(7)));
        assert_eq!(told.pointer.as_deref(), Some("/features/7/properties/a"));
        let bare = finding.located(&file, &lines, Some((0, "")));
        assert_eq!(bare.pointer.as_deref(), Some("/properties/a"));
        let whole = Finding::error("x", "wrong").located(&file, &lines, None);
        assert_eq!((whole.line, whole.column, whole.pointer, whole.feature), (None, None, None, None));
        assert_eq!(escaped("a/b~c"), "a~1b~0c");
        assert_eq!(escaped(&"k".repeat(500)).chars().count(), MAX_KEY_CHARS);
    }
}
