//! GeoJSON text with one feature on a line and properties in a fixed order.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

/// A feature; absent values are left out of the text.
pub struct Feature {
    pub geometry: Value,
    properties: Vec<(&'static str, Value)>,
}

impl Feature {
    /// A feature of a kind.
    pub fn new(kind: &'static str, geometry: Value) -> Self {
        Self { geometry, properties: vec![("kind", json!(kind))] }
    }

    /// Adds a text when there is one.
    pub fn text(&mut self, name: &'static str, value: Option<&str>) -> &mut Self {
        if let Some(text) = value {
            self.properties.push((name, json!(text)));
        }
        self
    }

    /// Adds a list when it holds anything.
    pub fn list(&mut self, name: &'static str, values: &[&str]) -> &mut Self {
        if !values.is_empty() {
            self.properties.push((name, json!(values)));
        }
        self
    }

    /// Adds a number just as written in the table.
    pub fn number(&mut self, name: &'static str, value: Option<&str>) -> Result<&mut Self, String> {
        if let Some(text) = value {
            let number: serde_json::Number = serde_json::from_str(text).map_err(|_| format!("`{text}` is no number ({name})"))?;
            self.properties.push((name, Value::Number(number)));
        }
        Ok(self)
    }

    /// Adds `true`; there is no `false`, absence says it.
    pub fn flag(&mut self, name: &'static str, set: bool) -> &mut Self {
        if set {
            self.properties.push((name, Value::Bool(true)));
        }
        self
    }

    fn write_to(&self, text: &mut String) {
        text.push_str(r#"{"type":"Feature","geometry":"#);
        push(text, &self.geometry);
        text.push_str(r#","properties":{"#);
        for (index, (name, value)) in self.properties.iter().enumerate() {
            if index > 0 {
                text.push(',');
            }
            push(text, &json!(name));
            text.push(':');
            push(text, value);
        }
        text.push_str("}}");
    }
}

/// `type` before the rest, as people expect; `serde_json` would sort `coordinates` first.
fn push(text: &mut String, value: &Value) {
    let written = match (value.get("type"), value.get("coordinates")) {
        (Some(kind), Some(coordinates)) => write!(text, r#"{{"type":{kind},"coordinates":{coordinates}}}"#),
        _ => write!(text, "{value}"),
    };
    written.expect("writing into a string cannot fail");
}

/// A FeatureCollection on its way to a file.
pub struct AtlasFile {
    pub name: &'static str,
    /// Foreign members of the collection, in order.
    pub members: Vec<(&'static str, Value)>,
    pub features: Vec<Feature>,
}

impl AtlasFile {
    /// A file without foreign members.
    pub fn new(name: &'static str, features: Vec<Feature>) -> Self {
        Self { name, members: Vec::new(), features }
    }

    /// Writes the file into a folder.
    pub fn write(&self, dir: &Path) -> Result<(), String> {
        let path = dir.join(self.name);
        std::fs::write(&path, self.text()).map_err(|error| format!("cannot write the file: {error}\nFile: {}", path.display()))
    }

    fn text(&self) -> String {
        let mut text = String::from("{\"type\":\"FeatureCollection\",\n");
        for (name, value) in &self.members {
            push(&mut text, &json!(name));
            text.push(':');
            push(&mut text, value);
            text.push_str(",\n");
        }
        text.push_str("\"features\":[\n");
        for (index, feature) in self.features.iter().enumerate() {
            if index > 0 {
                text.push_str(",\n");
            }
            feature.write_to(&mut text);
        }
        text.push_str("\n]}\n");
        text
    }
}
