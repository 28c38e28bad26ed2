//! Takes known properties out of a feature; what is left, or could not be used, is kept for writing back.

use std::collections::HashMap;
use std::sync::Arc;

use super::diagnostic::{Finding, Severity, escaped};
use super::node::{Node, Value};
use crate::model::{DateSpan, Extra, ExtraTemplate, ExtraWriter, PartialDate, PathKind};

/// A single load beyond this is a slip of the pen: more than the largest ships carry.
const MAX_MASS_KG: f64 = 1.0e9;

/// Texts that occur again and again (ids, countries, modes) are held once.
#[derive(Default)]
pub(super) struct Interner {
    texts: HashMap<Box<str>, Arc<str>>,
    /// What is kept of the features that are read together.
    extras: ExtraWriter,
}

impl Interner {
    pub(super) fn intern(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return known.clone();
        }
        let shared: Arc<str> = Arc::from(text);
        self.texts.insert(text.into(), shared.clone());
        shared
    }
}

/// The properties of one feature while it is read.
pub(super) struct Properties<'n, 'f> {
    members: Vec<(&'n str, &'n Node, bool)>,
    pub(super) findings: &'f mut Vec<Finding>,
    interner: &'f mut Interner,
}

impl<'n, 'f> Properties<'n, 'f> {
    /// `properties` may be absent or null.
    pub(super) fn new(properties: Option<&'n Node>, findings: &'f mut Vec<Finding>, interner: &'f mut Interner) -> Self {
        let mut members: Vec<(&str, &Node, bool)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        match properties.map(|node| (&node.value, node)) {
            None | Some((Value::Null, _)) => {}
            Some((Value::Object(list), _)) => {
                for (key, node) in list {
                    if let Some(earlier) = places.get(key.as_str()).and_then(|place| members.get_mut(*place)) {
                        let note =
                            Finding::new(Severity::Warning, "duplicate-property", format!("`{key}` is given twice; the last one counts"));
                        findings.push(note.at(node.at, format!("/properties/{}", escaped(key))).value(node.shown()));
                        earlier.1 = node;
                    } else {
                        places.insert(key, members.len());
                        members.push((key, node, false));
                    }
                }
            }
            // The reader of the feature refuses anything else before it comes here.
            Some(_) => {}
        }
        Self { members, findings, interner }
    }

    /// Whether a property is there and not null.
    pub(super) fn has(&self, key: &str) -> bool {
        self.members.iter().any(|(name, node, _)| *name == key && node.value != Value::Null)
    }

    fn take(&mut self, key: &str) -> Option<&'n Node> {
        let member = self.members.iter_mut().find(|(name, _, _)| *name == key)?;
        member.2 = true;
        (member.1.value != Value::Null).then_some(member.1)
    }

    /// Counts a property as unknown after all, so that it is kept.
    pub(super) fn put_back(&mut self, key: &str) {
        if let Some(member) = self.members.iter_mut().find(|(name, _, _)| *name == key) {
            member.2 = false;
        }
    }

    /// Puts a property back that cannot be used, so that it is kept, and says why.
    fn refuse<T>(&mut self, key: &str, node: &Node, wanted: &str) -> Option<T> {
        self.put_back(key);
        let kept = if node.first_not_finite().is_none() { "it is kept as it is and not used" } else { "it is not used" };
        let message = format!("`{key}` must be {wanted}; {kept}");
        let finding = Finding::new(Severity::Warning, "unusable-property", message);
        self.findings.push(finding.at(node.at, format!("/properties/{}", escaped(key))).value(node.shown()));
        None
    }

    /// A text; a number or true/false is taken as written. Empty counts as absent.
    pub(super) fn text(&mut self, key: &str) -> Option<Arc<str>> {
        let node = self.take(key)?;
        match &node.value {
            Value::Text(text) if text.trim().is_empty() => None,
            Value::Text(text) => Some(self.interner.intern(text.trim())),
            Value::Number(_) | Value::Bool(_) => Some(self.interner.intern(&node.shown())),
            _ => self.refuse(key, node, "a text"),
        }
    }

    /// Ids: an array of texts, or one text with `;` between several.
    pub(super) fn ids(&mut self, key: &str) -> Vec<Arc<str>> {
        let Some(node) = self.take(key) else { return Vec::new() };
        match &node.value {
            Value::Text(text) => text.split(';').map(str::trim).filter(|id| !id.is_empty()).map(|id| self.interner.intern(id)).collect(),
            Value::Array(items) if items.iter().all(|item| matches!(item.value, Value::Text(_) | Value::Number(_))) => {
                items.iter().map(|item| self.interner.intern(item.shown().trim())).filter(|id| !id.is_empty()).collect()
            }
            _ => self.refuse(key, node, "an array of ids").unwrap_or_default(),
        }
    }

    /// A finite number; a text that is one is taken with a note.
    pub(super) fn number(&mut self, key: &str) -> Option<f64> {
        let node = self.take(key)?;
        match &node.value {
            Value::Number(number) if number.is_finite() => Some(*number),
            Value::Text(text) if text.trim().is_empty() => None,
            Value::Text(text) => match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    let note = Finding::new(Severity::Info, "number-as-text", format!("`{key}` is a number written as a text"));
                    self.findings.push(note.at(node.at, format!("/properties/{}", escaped(key))).value(text));
                    Some(number)
                }
                _ => self.refuse(key, node, "a number"),
            },
            _ => self.refuse(key, node, "a number"),
        }
    }

    /// A mass in kilograms: a number that is not negative, and small enough that sums stay finite.
    pub(super) fn mass_kg(&mut self, key: &str) -> Option<f64> {
        let number = self.number(key)?;
        if (0.0..=MAX_MASS_KG).contains(&number) {
            return Some(number);
        }
        let node = self.members.iter().find(|(name, _, _)| *name == key)?.1;
        self.refuse(key, node, "zero or more kilograms, at most a million tonnes")
    }

    /// True or false; absent is false.
    pub(super) fn flag(&mut self, key: &str) -> bool {
        let Some(node) = self.take(key) else { return false };
        match node.value {
            Value::Bool(flag) => flag,
            _ => self.refuse(key, node, "true or false").unwrap_or(false),
        }
    }

    /// A word of a fixed list, given with its look-up.
    pub(super) fn word<T: Copy>(&mut self, key: &str, all: &[T], key_of: impl Fn(T) -> &'static str) -> Option<T> {
        let node = self.take(key)?;
        let written = node.shown();
        let found = all.iter().copied().find(|value| key_of(*value) == written);
        found.or_else(|| {
            let words: Vec<_> = all.iter().copied().map(&key_of).collect();
            self.refuse(key, node, &format!("one of {}", words.join(", ")))
        })
    }

    /// How each of `count` lines came about: an array of as many words.
    pub(super) fn path_kinds(&mut self, key: &str, count: usize) -> Vec<PathKind> {
        let Some(node) = self.take(key) else { return Vec::new() };
        let kind = |item: &Node| item.text().and_then(PathKind::from_key).filter(|kind| *kind != PathKind::Mixed);
        let kinds = match &node.value {
            Value::Array(items) => items.iter().map(kind).collect::<Option<Vec<_>>>().filter(|kinds| kinds.len() == count),
            _ => None,
        };
        let wanted = || format!("an array of one word for each line ({count}): routed, drawn or schematic");
        kinds.or_else(|| self.refuse(key, node, &wanted())).unwrap_or_default()
    }

    /// A date, known to the year, month or day. A year may be a number.
    pub(super) fn date(&mut self, key: &str) -> Option<PartialDate> {
        let node = self.take(key)?;
        let written = node.shown();
        match written.trim().parse::<PartialDate>() {
            Ok(date) => Some(date),
            Err(_) if written.trim().is_empty() => None,
            Err(error) => self.refuse(key, node, &format!("a date that can be read ({error})")),
        }
    }

    /// A date or an interval of two.
    pub(super) fn date_span(&mut self, key: &str) -> Option<DateSpan> {
        let node = self.take(key)?;
        let written = node.shown();
        match written.trim().parse::<DateSpan>() {
            Ok(span) => Some(span),
            Err(_) if written.trim().is_empty() => None,
            // Other tools write the time of day too: the day is what counts here.
            Err(error) => match written.get(..10).filter(|_| written.as_bytes().get(10) == Some(&b'T')).map(str::parse::<DateSpan>) {
                Some(Ok(span)) => {
                    let note =
                        Finding::new(Severity::Info, "time-not-used", format!("the time of day in `{key}` is not used and not saved"));
                    self.findings.push(note.at(node.at, format!("/properties/{}", escaped(key))).value(&written));
                    Some(span)
                }
                _ => self.refuse(key, node, &format!("a date that can be read ({error})")),
            },
        }
    }

    /// What was not taken, with the foreign members of the feature and a geometry that the record has no use for, as a JSON object; `None`
    /// when nothing is left.
    pub(super) fn rest(&mut self, foreign: &[(&str, &Node)], unused_geometry: Option<serde_json::Value>) -> Option<Box<str>> {
        let rest = self.left_over(foreign, unused_geometry);
        (!rest.is_empty()).then(|| serde_json::Value::Object(rest).to_string().into_boxed_str())
    }

    /// The same for records of which there may be millions: features of a file share the names.
    pub(super) fn shared_rest(&mut self, foreign: &[(&str, &Node)]) -> Option<Extra> {
        let rest = self.left_over(foreign, None);
        (!rest.is_empty()).then(|| {
            let mut object = ExtraTemplate::default();
            take_apart(&rest, &mut object);
            self.interner.extras.keep(&object)
        })
    }

    fn left_over(
        &mut self,
        foreign: &[(&str, &Node)],
        unused_geometry: Option<serde_json::Value>,
    ) -> serde_json::Map<String, serde_json::Value> {
        let mut rest = serde_json::Map::new();
        for (key, node, taken) in &self.members {
            if !taken {
                lost(node, format!("/properties/{}", escaped(key)), self.findings);
                rest.insert((*key).to_owned(), node.to_json());
            }
        }
        let mut members = serde_json::Map::new();
        for (key, node) in foreign {
            lost(node, format!("/{}", escaped(key)), self.findings);
            members.insert((*key).to_owned(), node.to_json());
        }
        members.extend(unused_geometry.map(|geometry| (GEOMETRY.to_owned(), geometry)));
        if !members.is_empty() {
            rest.insert(FOREIGN_MEMBERS.to_owned(), members.into());
        }
        rest
    }
}

/// The names of an object and, apart from them, its values; the foreign members of a feature are taken apart too.
fn take_apart(members: &serde_json::Map<String, serde_json::Value>, object: &mut ExtraTemplate) {
    for (index, (key, value)) in members.iter().enumerate() {
        object.push_fixed(if index == 0 { "{" } else { "," });
        object.push_fixed(&serde_json::Value::from(key.as_str()).to_string());
        object.push_fixed(":");
        match value {
            serde_json::Value::Object(inner) if key == FOREIGN_MEMBERS && !inner.is_empty() => take_apart(inner, object),
            value => object.push_value(value.to_string()),
        }
    }
    object.push_fixed("}");
}

/// Under this name `extra` holds members that stand beside `properties` in the feature.
pub(super) const FOREIGN_MEMBERS: &str = "@foreign";
/// Among the foreign members: the geometry of a record that has no place, or more of it than its record holds.
pub(super) const GEOMETRY: &str = "geometry";

/// Says when a value that is to be kept holds a number that JSON cannot hold.
fn lost(node: &Node, pointer: String, findings: &mut Vec<Finding>) {
    if let Some(number) = node.first_not_finite() {
        let note = Finding::new(Severity::Warning, "number-not-kept", "JSON cannot hold this number; it is saved as null");
        findings.push(note.at(number.at, pointer).value(number.shown()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::node::{Reading, parse};

    fn with<T>(text: &str, read: impl FnOnce(&mut Properties<'_, '_>) -> T) -> (T, Vec<Finding>) {
        let node = parse(text.as_bytes(), Reading::exact(0)).expect("JSON");
        let mut findings = Vec::new();
        let mut interner = Interner::default();
        let outcome = read(&mut Properties::new(Some(&node), &mut findings, &mut interner));
        (outcome, findings)
    }

    #[test]
    fn a_property_that_cannot_be_used_is_told_and_kept() {
        let ((kg, rest), findings) = with(r#"{"quantity_kg": "many", "x~/y": 1}"#, |p| (p.mass_kg("quantity_kg"), p.rest(&[], None)));
        assert_eq!(kg, None);
        assert_eq!(rest.as_deref(), Some(r#"{"quantity_kg":"many","x~/y":1}"#));
        assert_eq!(findings[0].pointer, "/properties/quantity_kg");
        for wrong in ["-5", "1e308", "\"NaN\""] {
            let (kg, findings) = with(&format!(r#"{{"quantity_kg": {wrong}}}"#), |p| p.mass_kg("quantity_kg"));
            assert_eq!((kg, findings.len()), (None, 1), "{wrong}");
        }
    }

    #[test]
    fn a_number_that_json_cannot_hold_is_told() {
        let (rest, findings) = with(r#"{"quantity_kg": NaN, "deep": {"a": [1e999]}}"#, |p| (p.mass_kg("quantity_kg"), p.rest(&[], None)));
        assert_eq!(rest, (None, Some(r#"{"deep":{"a":[null]},"quantity_kg":null}"#.into())));
        let told: Vec<_> = findings.iter().map(|f| (f.code, &*f.pointer, f.value.as_deref())).collect();
        let kg = "/properties/quantity_kg";
        let expected = [
            ("unusable-property", kg, Some("NaN")),
            ("number-not-kept", kg, Some("NaN")),
            ("number-not-kept", "/properties/deep", Some("1e999")),
        ];
        assert_eq!(told, expected);
        assert!(!findings[0].message.contains("kept"), "{findings:?}");
    }

    #[test]
    fn every_line_has_its_word_or_the_list_is_refused() {
        let read = |text: &str, count| with(&format!(r#"{{"line_paths": {text}}}"#), |p| p.path_kinds("line_paths", count));
        assert_eq!(read(r#"["routed","schematic"]"#, 2), (vec![PathKind::Routed, PathKind::Schematic], Vec::new()));
        for (wrong, count) in [(r#"["routed"]"#, 2), (r#"["routed","mixed"]"#, 2), (r#"["sailed"]"#, 1), (r#""routed""#, 1)] {
            let (kinds, findings) = read(wrong, count);
            assert_eq!((kinds.len(), findings.len()), (0, 1), "{wrong}");
        }
    }

    #[test]
    fn numbers_lists_and_dates_are_read_in_the_ways_people_write_them() {
        let ((kg, ids, date), _) = with(r#"{"kg": " 660 ", "sources": "a; b;", "date": 2019}"#, |p| {
            (p.number("kg"), p.ids("sources"), p.date_span("date").map(|d| d.to_string()))
        });
        assert_eq!(kg, Some(660.0));
        assert_eq!(ids.iter().map(|id| &**id).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(date.as_deref(), Some("2019"));
        let (date, findings) = with(r#"{"date": "2021-03-04T10:00:00Z"}"#, |p| p.date_span("date").map(|d| d.to_string()));
        assert_eq!((date.as_deref(), findings[0].code), (Some("2021-03-04"), "time-not-used"));
    }
}
