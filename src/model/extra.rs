//! Properties that the program has no use for, kept for writing back. Features of a file mostly have the same ones: names are held once.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// Stands in a template where a value goes, and between values. JSON never holds it unescaped.
const SLOT: char = '\u{1f}';
/// Stands between the number of a template and the first value.
const HEAD: char = ':';

/// A JSON object. Copies share it, and so do the features that were read together.
#[derive(Clone)]
pub struct Extra {
    page: Arc<Page>,
    begin: u32,
    end: u32,
}

/// What features that were read together share; empty until the last of them is read.
#[derive(Default)]
struct Page {
    text: OnceLock<PageText>,
}

struct PageText {
    /// JSON objects with slots in the place of values.
    templates: Box<[Box<str>]>,
    /// For each feature the number of its template and its values.
    values: Box<str>,
}

impl Extra {
    /// The object as JSON text.
    pub fn json(&self) -> String {
        let Some(page) = self.page.text.get() else { return String::new() };
        let own = page.values.get(self.begin as usize..self.end as usize).unwrap_or_default();
        let Some((number, values)) = own.split_once(HEAD) else { return String::new() };
        let template = number.parse::<usize>().ok().and_then(|number| page.templates.get(number)).map_or("", |text| text);
        let mut values = values.split(SLOT);
        let mut json = String::with_capacity(template.len() + own.len());
        for (index, piece) in template.split(SLOT).enumerate() {
            if index > 0 {
                json.push_str(values.next().unwrap_or("null"));
            }
            json.push_str(piece);
        }
        json
    }
}

impl From<&str> for Extra {
    /// From a JSON object.
    fn from(json: &str) -> Self {
        let mut writer = ExtraWriter::default();
        let template: String = json.chars().filter(|character| *character != SLOT).collect();
        writer.add(&template, &[])
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.json() == other.json()
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Extra({})", self.json())
    }
}

/// A JSON object taken apart: its names, and its values as JSON texts in the same order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtraTemplate {
    text: String,
    values: Vec<String>,
}

impl ExtraTemplate {
    /// Adds what stands around values: braces, names (as JSON texts), colons and commas.
    pub fn push_fixed(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a value as JSON text without raw control characters.
    pub fn push_value(&mut self, json: String) {
        self.text.push(SLOT);
        self.values.push(json);
    }
}

/// Collects what features that are read together share. They can be read once it is dropped.
#[derive(Default)]
pub struct ExtraWriter {
    page: Arc<Page>,
    templates: Vec<Box<str>>,
    values: String,
}

impl fmt::Debug for ExtraWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ExtraWriter({} templates, {} bytes)", self.templates.len(), self.values.len())
    }
}

impl ExtraWriter {
    /// Keeps the object of a feature.
    pub fn keep(&mut self, object: &ExtraTemplate) -> Extra {
        self.add(&object.text, &object.values)
    }

    fn add(&mut self, template: &str, values: &[String]) -> Extra {
        let known = self.templates.iter().position(|known| **known == *template);
        let number = known.unwrap_or_else(|| {
            self.templates.push(template.into());
            self.templates.len() - 1
        });
        // A page is of some hundred features: only one larger than a file may be gets too long for it.
        let at = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let begin = at(self.values.len());
        self.values.push_str(&number.to_string());
        self.values.push(HEAD);
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                self.values.push(SLOT);
            }
            self.values.push_str(value);
        }
        Extra { page: self.page.clone(), begin, end: at(self.values.len()) }
    }
}

impl Drop for ExtraWriter {
    fn drop(&mut self) {
        let text = PageText { templates: std::mem::take(&mut self.templates).into(), values: std::mem::take(&mut self.values).into() };
        // Nobody else sets it.
        let _ = self.page.text.set(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(grade: &str, kg: &str) -> ExtraTemplate {
        let mut object = ExtraTemplate::default();
        object.push_fixed("{\"grade\":");
        object.push_value(format!("\"{grade}\""));
        object.push_fixed(",\"kg\":");
        object.push_value(kg.to_owned());
        object.push_fixed("}");
        object
    }

    #[test]
    fn objects_come_back_as_they_were_and_share_their_names() {
        let mut writer = ExtraWriter::default();
        let kept: Vec<Extra> = [("B2: x", "1.5"), ("", "null"), ("A1", "[1,2]")].map(|(grade, kg)| writer.keep(&object(grade, kg))).into();
        assert_eq!(writer.templates.len(), 1);
        drop(writer);
        let texts: Vec<String> = kept.iter().map(Extra::json).collect();
        assert_eq!(texts, [r#"{"grade":"B2: x","kg":1.5}"#, r#"{"grade":"","kg":null}"#, r#"{"grade":"A1","kg":[1,2]}"#]);
        assert!(kept[0] == Extra::from(texts[0].as_str()) && kept[0] != kept[1]);
    }

    #[test]
    fn it_is_small() {
        assert_eq!(size_of::<Option<Extra>>(), 16);
    }
}
