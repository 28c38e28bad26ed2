//! A small JSON tree in which every value knows its byte offset. Only one feature at a time is held as a tree, and its positions, where
//! they are plain, as a flat list.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};

use jiter::{Jiter, JiterError, Peek};

use crate::geodesy::LonLat;

/// Deeper values are refused: no format that is read here nests as deeply.
const MAX_DEPTH: usize = 64;
/// The member of a geometry that may be read as a flat list.
const COORDINATES: &str = "coordinates";
/// Whole numbers from here on are not exact as `f64`.
const EXACT_WHOLE_NUMBERS: f64 = 9_007_199_254_740_992.0;
/// Items of an array between two looks at the wish to stop.
const ITEMS_PER_LOOK: usize = 1024;

/// A value and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) value: Value,
    /// A number as written, when `f64` does not hold it exactly: too large, not a number, or a long whole number.
    pub(super) raw: Option<Box<str>>,
}

/// A JSON value; members keep their order, duplicates included.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    Array(Vec<Node>),
    /// An array of positions, each of two numbers in the range of degrees; in a tree for quick reading only.
    Positions(Vec<LonLat>),
    Object(Vec<(String, Node)>),
}

/// Why a text is not JSON: an offset and words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SyntaxError {
    pub(super) at: usize,
    pub(super) message: String,
}

impl SyntaxError {
    pub(super) fn from_jiter(error: &JiterError, base: usize) -> Self {
        Self { at: base + error.index, message: error.error_type.to_string() }
    }
}

/// How a value is parsed.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    /// Added to all offsets.
    pub(super) base: usize,
    /// Whether plain positions become [`Value::Positions`], which do not know their offsets.
    pub(super) quick: bool,
    /// Stops the parsing of a large value with an error.
    pub(super) cancel: Option<&'a AtomicBool>,
}

impl Reading<'_> {
    /// Every value with its offset.
    pub(super) const fn exact(base: usize) -> Self {
        Self { base, quick: false, cancel: None }
    }
}

/// A parser that lets `NaN` and `Infinity` pass as numbers, so that only the feature with such a value is refused.
pub(super) fn parser(bytes: &[u8]) -> Jiter<'_> {
    Jiter::new(bytes).with_allow_inf_nan()
}

/// Parses one value that fills the whole text.
pub(super) fn parse(bytes: &[u8], reading: Reading<'_>) -> Result<Node, SyntaxError> {
    let mut parser = parser(bytes);
    let node = value(&mut parser, reading, 0)?;
    parser.finish().map_err(|error| SyntaxError::from_jiter(&error, reading.base))?;
    Ok(node)
}

/// Parses the value that comes next.
pub(super) fn value(parser: &mut Jiter<'_>, reading: Reading<'_>, depth: usize) -> Result<Node, SyntaxError> {
    let wrong = |error: JiterError| SyntaxError::from_jiter(&error, reading.base);
    let peek = parser.peek().map_err(wrong)?;
    let begin = parser.current_index();
    let at = reading.base + begin;
    if depth > MAX_DEPTH {
        return Err(SyntaxError { at, message: format!("nested more than {MAX_DEPTH} levels deep") });
    }
    let mut raw = None;
    let value = match peek {
        Peek::Null => {
            parser.known_null().map_err(wrong)?;
            Value::Null
        }
        Peek::True | Peek::False => Value::Bool(parser.known_bool(peek).map_err(wrong)?),
        Peek::String => Value::Text(parser.known_str().map_err(wrong)?.to_owned()),
        Peek::Array => Value::Array(array(parser, reading, depth, self::value)?),
        Peek::Object => {
            let mut members = Vec::new();
            let mut key = parser.known_object().map_err(wrong)?.map(str::to_owned);
            while let Some(name) = key {
                let read = if reading.quick && name == COORDINATES { coordinates } else { self::value };
                members.push((name, read(parser, reading, depth + 1)?));
                key = parser.next_key().map_err(wrong)?.map(str::to_owned);
            }
            Value::Object(members)
        }
        _ => {
            let number = parser.known_float(peek).map_err(wrong)?;
            if !number.is_finite() || (number.fract() == 0.0 && number.abs() >= EXACT_WHOLE_NUMBERS) {
                raw = Some(String::from_utf8_lossy(parser.slice_to_current(begin)).into());
            }
            Value::Number(number)
        }
    };
    Ok(Node { at, value, raw })
}

type ReadItem = fn(&mut Jiter<'_>, Reading<'_>, usize) -> Result<Node, SyntaxError>;

fn array(parser: &mut Jiter<'_>, reading: Reading<'_>, depth: usize, read: ReadItem) -> Result<Vec<Node>, SyntaxError> {
    let wrong = |error: JiterError| SyntaxError::from_jiter(&error, reading.base);
    let mut items = Vec::new();
    let mut next = parser.known_array().map_err(wrong)?;
    while next.is_some() {
        items.push(read(parser, reading, depth + 1)?);
        if items.len() % ITEMS_PER_LOOK == 0 && canceled(reading) {
            return Err(SyntaxError { at: reading.base, message: "canceled".to_owned() });
        }
        next = parser.array_step().map_err(wrong)?;
    }
    Ok(items)
}

fn canceled(reading: Reading<'_>) -> bool {
    reading.cancel.is_some_and(|cancel| cancel.load(Ordering::Relaxed))
}

/// Like [`value`], but arrays of plain positions become flat lists.
fn coordinates(parser: &mut Jiter<'_>, reading: Reading<'_>, depth: usize) -> Result<Node, SyntaxError> {
    let peek = parser.peek().map_err(|error| SyntaxError::from_jiter(&error, reading.base))?;
    if peek != Peek::Array || depth > MAX_DEPTH {
        return value(parser, reading, depth);
    }
    let at = reading.base + parser.current_index();
    let value = match plain_positions(parser, reading) {
        Some((positions, behind)) => {
            *parser = behind;
            Value::Positions(positions)
        }
        None => Value::Array(array(parser, reading, depth, coordinates)?),
    };
    Ok(Node { at, value, raw: None })
}

/// The positions of an array and the parser behind it; `None` for anything but `[number, number]` in the range of degrees.
fn plain_positions<'j>(parser: &Jiter<'j>, reading: Reading<'_>) -> Option<(Vec<LonLat>, Jiter<'j>)> {
    let mut parser = parser.clone();
    let mut positions = Vec::new();
    let mut next = parser.known_array().ok()?;
    while let Some(peek) = next {
        let first = if peek == Peek::Array { parser.known_array().ok()?? } else { return None };
        let lon_deg = if first.is_num() { parser.known_float(first).ok()? } else { return None };
        let second = parser.array_step().ok()??;
        let lat_deg = if second.is_num() { parser.known_float(second).ok()? } else { return None };
        let plain = parser.array_step().ok()?.is_none() && lon_deg.abs() <= 180.0 && lat_deg.abs() <= 90.0;
        if !plain || (positions.len() % ITEMS_PER_LOOK == ITEMS_PER_LOOK - 1 && canceled(reading)) {
            return None;
        }
        positions.push(LonLat::new(lon_deg, lat_deg));
        next = parser.array_step().ok()?;
    }
    (!positions.is_empty()).then_some((positions, parser))
}

impl Node {
    /// The last member with this name: as in most readers, a later duplicate wins.
    pub(super) fn member(&self, name: &str) -> Option<&Node> {
        match &self.value {
            Value::Object(members) => members.iter().rev().find(|(key, _)| key == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The text, when it is one.
    pub(super) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The first number in it, itself included, that JSON cannot hold: not a number, or too large.
    pub(super) fn first_not_finite(&self) -> Option<&Node> {
        match &self.value {
            Value::Number(number) => (!number.is_finite()).then_some(self),
            Value::Array(items) => items.iter().find_map(Self::first_not_finite),
            Value::Object(members) => members.iter().find_map(|(_, node)| node.first_not_finite()),
            _ => None,
        }
    }

    /// What it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::Array(_) | Value::Positions(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// As compact JSON; texts in a finding stand without quotes.
    pub(super) fn shown(&self) -> Cow<'_, str> {
        match (&self.value, &self.raw) {
            (_, Some(raw)) => Cow::Borrowed(raw),
            (Value::Text(text), None) => Cow::Borrowed(text),
            _ => Cow::Owned(self.to_json().to_string()),
        }
    }

    /// As a `serde_json` value, for unknown properties that are kept and written back.
    pub(super) fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(b) => (*b).into(),
            Value::Number(n) => self.raw.as_deref().and_then(whole_number).unwrap_or_else(|| number_to_json(*n)),
            Value::Text(text) => text.as_str().into(),
            Value::Array(items) => items.iter().map(Self::to_json).collect(),
            Value::Positions(list) => {
                list.iter().map(|p| serde_json::Value::Array(vec![number_to_json(p.lon_deg), number_to_json(p.lat_deg)])).collect()
            }
            Value::Object(members) => members.iter().map(|(key, node)| (key.clone(), node.to_json())).collect(),
        }
    }
}

/// A long whole number, as exactly as JSON readers take it.
fn whole_number(raw: &str) -> Option<serde_json::Value> {
    raw.parse::<i64>().map(Into::into).or_else(|_| raw.parse::<u64>().map(Into::into)).ok()
}

/// Whole numbers stay whole.
pub(super) fn number_to_json(n: f64) -> serde_json::Value {
    if n.fract() == 0.0 && n.abs() < 9.0e15 { serde_json::Value::from(n as i64) } else { serde_json::Value::from(n) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_where_they_begin() {
        let node = parse(br#"{"a": [1, "x"], "a": null}"#, Reading::exact(100)).expect("JSON");
        let Value::Object(members) = &node.value else { panic!("an object") };
        let Value::Array(items) = &members[0].1.value else { panic!("an array") };
        assert_eq!((node.at, members[0].1.at, items[1].at), (100, 106, 110));
        assert_eq!(node.member("a").map(Node::kind), Some("null"), "the last duplicate wins");
        assert_eq!(node.to_json().to_string(), r#"{"a":null}"#);
    }

    #[test]
    fn deep_nesting_is_refused_without_a_crash() {
        let deep = "[".repeat(100_000);
        let refused = |text: &[u8]| parse(text, Reading::exact(0)).is_err();
        assert!(refused(deep.as_bytes()) && refused(b"[1, ") && refused(b"{\"a\":NaM}"));
        let quick = format!("{{\"coordinates\":{deep}");
        assert!(parse(quick.as_bytes(), Reading { base: 0, quick: true, cancel: None }).is_err());
    }

    #[test]
    fn plain_positions_are_flat_and_others_are_not() {
        let read = |text: &str| {
            let node = parse(text.as_bytes(), Reading { base: 0, quick: true, cancel: None }).expect("JSON");
            (node.member("coordinates").expect("there").value.clone(), node.to_json().to_string())
        };
        let (value, json) = read(r#"{"coordinates":[ [1,2.5] ,[-3, 4]]}"#);
        assert_eq!(value, Value::Positions(vec![LonLat::new(1.0, 2.5), LonLat::new(-3.0, 4.0)]));
        assert_eq!(json, r#"{"coordinates":[[1,2.5],[-3,4]]}"#);
        let (value, _) = read(r#"{"coordinates":[[[1,2],[3,4]],[[1,2,3]]]}"#);
        let Value::Array(lines) = value else { panic!("an array") };
        assert!(matches!(lines[0].value, Value::Positions(_)) && matches!(lines[1].value, Value::Array(_)));
        for odd in ["[1,2]", "[]", "[[]]", "[[1]]", "[[181,0]]", "[[1,2],[NaN,2]]", "[[1,\"2\"]]", "[[1,2],3]"] {
            assert!(matches!(read(&format!("{{\"coordinates\":{odd}}}")).0, Value::Array(_)), "{odd}");
        }
    }

    #[test]
    fn numbers_that_do_not_fit_are_shown_as_written() {
        let shown = |text: &str| {
            let node = parse(text.as_bytes(), Reading::exact(0)).expect("a number");
            (node.shown().into_owned(), node.to_json().to_string(), node.first_not_finite().is_some())
        };
        assert_eq!(shown("1e999"), ("1e999".to_owned(), "null".to_owned(), true));
        assert_eq!(shown("-Infinity"), ("-Infinity".to_owned(), "null".to_owned(), true));
        assert_eq!(shown("9007199254740993"), ("9007199254740993".to_owned(), "9007199254740993".to_owned(), false));
        assert!(shown("[0, [NaN]]").2);
    }

    #[test]
    fn a_large_array_is_left_when_the_person_gives_up() {
        let text = format!("[{}0]", "0,".repeat(ITEMS_PER_LOOK));
        let read = |cancel: bool| parse(text.as_bytes(), Reading { base: 0, quick: true, cancel: Some(&AtomicBool::new(cancel)) });
        assert!(read(false).is_ok() && read(true).is_err());
    }
}
