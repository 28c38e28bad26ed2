//! A small JSON tree in which every value knows its byte offset. Only one feature at a time is held as a tree.

use std::borrow::Cow;

use jiter::{Jiter, JiterError, Peek};

/// Deeper values are refused: no format that is read here nests as deeply.
const MAX_DEPTH: usize = 64;

/// A value and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) value: Value,
}

/// A JSON value; members keep their order, duplicates included.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    Array(Vec<Node>),
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

/// Parses one value. `base` is added to all offsets.
pub(super) fn parse(bytes: &[u8], base: usize) -> Result<Node, SyntaxError> {
    let mut parser = Jiter::new(bytes);
    let node = value(&mut parser, base, 0)?;
    parser.finish().map_err(|error| SyntaxError::from_jiter(&error, base))?;
    Ok(node)
}

/// Parses the value that comes next.
pub(super) fn value(parser: &mut Jiter<'_>, base: usize, depth: usize) -> Result<Node, SyntaxError> {
    let wrong = |error: JiterError| SyntaxError::from_jiter(&error, base);
    let peek = parser.peek().map_err(wrong)?;
    let at = base + parser.current_index();
    if depth > MAX_DEPTH {
        return Err(SyntaxError { at, message: format!("nested more than {MAX_DEPTH} levels deep") });
    }
    let value = match peek {
        Peek::Null => {
            parser.known_null().map_err(wrong)?;
            Value::Null
        }
        Peek::True | Peek::False => Value::Bool(parser.known_bool(peek).map_err(wrong)?),
        Peek::String => Value::Text(parser.known_str().map_err(wrong)?.to_owned()),
        Peek::Array => {
            let mut items = Vec::new();
            let mut next = parser.known_array().map_err(wrong)?;
            while next.is_some() {
                items.push(self::value(parser, base, depth + 1)?);
                next = parser.array_step().map_err(wrong)?;
            }
            Value::Array(items)
        }
        Peek::Object => {
            let mut members = Vec::new();
            let mut key = parser.known_object().map_err(wrong)?.map(str::to_owned);
            while let Some(name) = key {
                members.push((name, self::value(parser, base, depth + 1)?));
                key = parser.next_key().map_err(wrong)?.map(str::to_owned);
            }
            Value::Object(members)
        }
        _ => Value::Number(parser.known_float(peek).map_err(wrong)?),
    };
    Ok(Node { at, value })
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

    /// What it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// As compact JSON; texts in a finding stand without quotes.
    pub(super) fn shown(&self) -> Cow<'_, str> {
        match &self.value {
            Value::Text(text) => Cow::Borrowed(text),
            _ => Cow::Owned(self.to_json().to_string()),
        }
    }

    /// As a `serde_json` value, for unknown properties that are kept and written back.
    pub(super) fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(b) => (*b).into(),
            Value::Number(n) => number_to_json(*n),
            Value::Text(text) => text.as_str().into(),
            Value::Array(items) => items.iter().map(Self::to_json).collect(),
            Value::Object(members) => members.iter().map(|(key, node)| (key.clone(), node.to_json())).collect(),
        }
    }
}

/// Whole numbers stay whole.
fn number_to_json(n: f64) -> serde_json::Value {
    if n.fract() == 0.0 && n.abs() < 9.0e15 { serde_json::Value::from(n as i64) } else { serde_json::Value::from(n) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_where_they_begin() {
        let node = parse(br#"{"a": [1, "x"], "a": null}"#, 100).expect("JSON");
        let Value::Object(members) = &node.value else { panic!("an object") };
        let Value::Array(items) = &members[0].1.value else { panic!("an array") };
        assert_eq!((node.at, members[0].1.at, items[1].at), (100, 106, 110));
        assert_eq!(node.member("a").map(Node::kind), Some("null"), "the last duplicate wins");
        assert_eq!(node.to_json().to_string(), r#"{"a":null}"#);
    }

    #[test]
    fn deep_nesting_is_refused_without_a_crash() {
        let deep = "[".repeat(100_000);
        assert!(parse(deep.as_bytes(), 0).is_err());
        assert!(parse(b"[1, ", 0).is_err());
        assert!(parse(b"{\"a\":NaN}", 0).is_err());
    }
}
