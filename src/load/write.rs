//! A dataset back to GeoJSON: every record, with unknown properties and foreign members as they came.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::node::number_to_json;
use super::properties::{FOREIGN_MEMBERS, GEOMETRY};
use crate::geodesy::LonLat;
use crate::model::{Dataset, Extra, Geometry};

/// The dataset as one RFC 7946 FeatureCollection, a feature a line, keys sorted, so that files compare well. Foreign members of several
/// files with the same name are written as in the first file.
pub fn to_geojson(dataset: &Dataset) -> String {
    let features: Vec<String> = features(dataset).into_iter().map(|feature| feature.to_string()).collect();
    let mut members = Map::new();
    for (_, text) in &dataset.foreign {
        let kept: Map<String, Value> = serde_json::from_str(text).unwrap_or_default();
        for (key, value) in kept {
            members.entry(key).or_insert(value);
        }
    }
    let members: String = members.iter().map(|(key, value)| format!("{}:{value},", Value::from(key.as_str()))).collect();
    format!("{{\"type\":\"FeatureCollection\",{members}\"features\":[\n{}\n]}}\n", features.join(",\n"))
}

fn features(dataset: &Dataset) -> Vec<Value> {
    let mut list = Vec::with_capacity(dataset.record_count());
    for r in &dataset.routes {
        let mut p = Members::of("route", r.extra.as_deref());
        p.text("id", Some(&r.id)).text("name", r.name.as_ref()).text("origin", r.origin_port.as_ref());
        p.text("destination", r.destination_port.as_ref()).ids("via", &r.via);
        p.word("first_reported", r.first_reported).word("last_reported", r.last_reported);
        p.text("mode", r.mode.as_ref().map(|mode| &mode.0)).word("confidence", r.confidence.map(|c| c.key()));
        p.ids("groups", &r.groups).ids("sources", &r.sources).text("note", r.note.as_ref()).word("path", r.path.map(|k| k.key()));
        let line_paths = || r.line_paths.iter().map(|kind| Value::from(kind.key())).collect();
        p.put("line_paths", (!r.line_paths.is_empty()).then(line_paths));
        let geometry = (!r.lines.is_empty()).then(|| Geometry::Lines(r.lines.clone()));
        list.push(p.feature(geometry.as_ref()));
    }
    for r in &dataset.ports {
        let mut p = Members::of("port", r.extra.as_deref());
        p.text("id", Some(&r.id)).text("name", r.name.as_ref()).text("country", r.country.as_ref()).text("locode", r.locode.as_ref());
        p.word("side", r.side.map(|s| s.key())).word("precision", r.precision.map(|k| k.key()));
        p.ids("sources", &r.sources).text("note", r.note.as_ref());
        list.push(p.feature(points(r.position, &r.also_at).as_ref()));
    }
    seizures(dataset, &mut list);
    for r in &dataset.groups {
        let mut p = Members::of("group", r.extra.as_deref());
        p.text("id", Some(&r.id)).text("name", r.name.as_ref()).word("group_kind", r.group_kind.map(|k| k.key()));
        p.text("home_country", r.home_country.as_ref()).text("home_place", r.home_place.as_ref()).word("active_since", r.active_since);
        p.flag("contested", r.contested).ids("sources", &r.sources).text("note", r.note.as_ref());
        list.push(p.feature(points(r.position, &[]).as_ref()));
    }
    for r in &dataset.ties {
        let mut p = Members::of("tie", r.extra.as_deref());
        p.text("a", Some(&r.a)).text("b", Some(&r.b)).word("tie_kind", r.tie_kind.map(|k| k.key()));
        p.word("since", r.since).word("until", r.until).ids("sources", &r.sources).text("note", r.note.as_ref());
        list.push(p.feature(None));
    }
    others(dataset, &mut list);
    list
}

fn seizures(dataset: &Dataset, list: &mut Vec<Value>) {
    for r in &dataset.seizures {
        let mut p = Members::of("seizure", r.extra.as_ref().map(Extra::json).as_deref());
        p.text("id", Some(&r.id)).word("date", r.event_date).text("place", r.place.as_ref());
        p.word("place_kind", r.place_kind.map(|k| k.key())).text("country", r.country.as_ref()).number("quantity_kg", r.mass_kg);
        p.text("commodity", r.commodity.as_ref()).text("concealment", r.concealment.as_ref()).text("vessel", r.vessel.as_ref());
        p.text("origin", r.origin_port.as_ref()).text("destination", r.destination_port.as_ref()).ids("groups", &r.groups);
        p.word("attribution", r.attribution.map(|a| a.key())).word("credibility", r.credibility.map(|c| c.key()));
        p.word("precision", r.precision.map(|k| k.key())).ids("overlaps", &r.overlaps);
        p.ids("sources", &r.sources).text("note", r.note.as_ref());
        list.push(p.feature(points(r.position, &r.also_at).as_ref()));
    }
}

fn others(dataset: &Dataset, list: &mut Vec<Value>) {
    for r in &dataset.statistics {
        let mut p = Members::of("statistic", r.extra.as_deref());
        p.text("series", Some(&r.series)).word("year", Some(r.year)).number("value", Some(r.value)).text("unit", r.unit.as_ref());
        p.flag("derived", r.derived).ids("sources", &r.sources).text("note", r.note.as_ref());
        list.push(p.feature(None));
    }
    for r in &dataset.sources {
        let mut p = Members::of("source", r.extra.as_deref());
        p.text("id", Some(&r.id)).text("publisher", r.publisher.as_ref()).text("title", r.title.as_ref()).word("date", r.date);
        p.text("url", r.url.as_ref()).word("source_kind", r.source_kind.map(|k| k.key()));
        p.word("reliability", r.reliability.map(|k| k.key())).text("note", r.note.as_ref());
        list.push(p.feature(None));
    }
    for r in &dataset.judgements {
        let mut p = Members::of("judgement", r.extra.as_deref());
        p.text("id", Some(&r.id)).text("statement", r.statement.as_ref());
        p.word("likelihood", r.likelihood.as_ref().map(|l| &l.words));
        p.word("scale", r.likelihood.as_ref().and_then(|l| l.scale).map(|s| s.key()));
        p.word("confidence", r.confidence.map(|c| c.key())).text("basis", r.basis.as_ref());
        p.ids("sources", &r.sources).ids("about", &r.about);
        list.push(p.feature(None));
    }
    for r in &dataset.areas {
        let mut p = Members::without_kind(r.extra.as_deref());
        p.text("id", Some(&r.id)).text("name", r.name.as_ref());
        list.push(p.feature(r.geometry.as_ref()));
    }
}

/// Properties on their way out. What is absent is not written.
struct Members {
    properties: Map<String, Value>,
    foreign: Map<String, Value>,
}

impl Members {
    fn of(kind: &str, extra: Option<&str>) -> Self {
        let mut members = Self::without_kind(extra);
        // A kind that was not understood stands in `extra` and stays.
        members.properties.entry("kind").or_insert_with(|| kind.into());
        members
    }

    fn without_kind(extra: Option<&str>) -> Self {
        let kept = extra.and_then(|text| serde_json::from_str(text).ok());
        let mut properties: Map<String, Value> = kept.unwrap_or_default();
        let foreign = match properties.remove(FOREIGN_MEMBERS) {
            Some(Value::Object(foreign)) => foreign,
            _ => Map::new(),
        };
        Self { properties, foreign }
    }

    fn put(&mut self, key: &str, value: Option<Value>) -> &mut Self {
        if let Some(value) = value {
            self.properties.insert(key.to_owned(), value);
        }
        self
    }

    fn text(&mut self, key: &str, text: Option<&Arc<str>>) -> &mut Self {
        self.put(key, text.map(|text| Value::from(&**text)))
    }

    fn word(&mut self, key: &str, word: Option<impl ToString>) -> &mut Self {
        self.put(key, word.map(|word| word.to_string().into()))
    }

    fn ids(&mut self, key: &str, ids: &[Arc<str>]) -> &mut Self {
        self.put(key, (!ids.is_empty()).then(|| ids.iter().map(|id| Value::from(&**id)).collect()))
    }

    fn number(&mut self, key: &str, number: Option<f64>) -> &mut Self {
        self.put(key, number.map(number_to_json))
    }

    fn flag(&mut self, key: &str, flag: bool) -> &mut Self {
        self.put(key, flag.then_some(Value::Bool(true)))
    }

    fn feature(self, geometry: Option<&Geometry>) -> Value {
        let mut feature = self.foreign;
        feature.insert("type".to_owned(), "Feature".into());
        // A geometry that was kept says more than the record knows.
        feature.entry(GEOMETRY).or_insert_with(|| geometry.map_or(Value::Null, geometry_value));
        feature.insert("properties".to_owned(), self.properties.into());
        Value::Object(feature)
    }
}

fn points(position: Option<LonLat>, also_at: &[LonLat]) -> Option<Geometry> {
    let points: Vec<LonLat> = position.into_iter().chain(also_at.iter().copied()).collect();
    (!points.is_empty()).then_some(Geometry::Points(points))
}

/// A geometry as RFC 7946 writes it.
pub(super) fn geometry_value(geometry: &Geometry) -> Value {
    let position = |p: &LonLat| json!([number_to_json(p.lon_deg), number_to_json(p.lat_deg)]);
    let line = |line: &Vec<LonLat>| line.iter().map(position).collect::<Value>();
    let polygon = |rings: &Vec<Vec<LonLat>>| rings.iter().map(line).collect::<Value>();
    match geometry {
        Geometry::Points(points) => match points.as_slice() {
            [one] => json!({"type": "Point", "coordinates": position(one)}),
            many => json!({"type": "MultiPoint", "coordinates": many.iter().map(position).collect::<Value>()}),
        },
        Geometry::Lines(lines) => match lines.as_slice() {
            [one] => json!({"type": "LineString", "coordinates": line(one)}),
            many => json!({"type": "MultiLineString", "coordinates": many.iter().map(line).collect::<Value>()}),
        },
        Geometry::Polygons(polygons) => match polygons.as_slice() {
            [one] => json!({"type": "Polygon", "coordinates": polygon(one)}),
            many => json!({"type": "MultiPolygon", "coordinates": many.iter().map(polygon).collect::<Value>()}),
        },
        Geometry::Collection(parts) => {
            json!({"type": "GeometryCollection", "geometries": parts.iter().map(geometry_value).collect::<Value>()})
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Input, LoadControl, load};
    use crate::model::PathKind;

    fn open(texts: &[&str]) -> Dataset {
        let input = |text: &&str| Input::Bytes { name: "input".to_owned(), bytes: (**text).into() };
        let control = LoadControl { cancel: &std::sync::atomic::AtomicBool::new(false), progress: &|_| {} };
        load(&texts.iter().map(input).collect::<Vec<_>>(), None, &control).expect("not canceled").dataset
    }

    /// Saves what was read and returns the only feature.
    fn saved(feature: &str) -> Value {
        let written: Value = serde_json::from_str(&to_geojson(&open(&[feature]))).expect("JSON");
        assert_eq!(written["features"].as_array().map(Vec::len), Some(1), "{written}");
        written["features"][0].clone()
    }

    #[test]
    fn every_geometry_comes_back_as_it_was() {
        for geometry in [
            r#"{"coordinates":[1,2.5],"type":"Point"}"#,
            r#"{"coordinates":[[1,2],[3,4]],"type":"MultiPoint"}"#,
            r#"{"coordinates":[[1,2],[3,4]],"type":"LineString"}"#,
            r#"{"coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]],"type":"MultiLineString"}"#,
            r#"{"coordinates":[[[0,0],[1,0],[1,1],[0,0]]],"type":"Polygon"}"#,
            r#"{"coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[5,5],[6,5],[6,6],[5,5]]]],"type":"MultiPolygon"}"#,
            r#"{"geometries":[{"coordinates":[1,2],"type":"Point"},{"coordinates":[[1,2],[3,4]],"type":"LineString"}],"type":"GeometryCollection"}"#,
            "null",
        ] {
            let feature = saved(&format!(r#"{{"type":"Feature","properties":{{"id":"x"}},"geometry":{geometry}}}"#));
            assert_eq!(feature["geometry"].to_string(), geometry);
        }
    }

    #[test]
    fn every_kind_keeps_its_fields_and_gains_none() {
        for properties in [
            r#"{"confidence":"high","id":"r","kind":"route","mode":"yacht","origin":"a","path":"drawn","via":["b","wp-c"]}"#,
            r#"{"id":"r","kind":"route","line_paths":["routed"],"path":"mixed"}"#,
            r#"{"country":"ME","id":"p","kind":"port","locode":"MEBAR","precision":"port","side":"balkan_destination"}"#,
            r#"{"attribution":"none","credibility":"3","date":"2021-03","id":"s","kind":"seizure","quantity_kg":0.5}"#,
            r#"{"contested":true,"group_kind":"balkan_cell","id":"g","kind":"group","name":"Cell"}"#,
            r#"{"a":"g","b":"h","kind":"tie","since":"2015","tie_kind":"split"}"#,
            r#"{"derived":true,"kind":"statistic","series":"s","unit":"t","value":3,"year":"2020"}"#,
            r#"{"date":"2020-01-02","id":"q","kind":"source","reliability":"B","url":"https://example.org"}"#,
            r#"{"about":["g"],"confidence":"low","id":"j","kind":"judgement","likelihood":"likely","scale":"icd203"}"#,
            r#"{"credibility":"doubtful","id":"s","kind":"seizure"}"#,
            r#"{"id":"l","kind":"lighthouse"}"#,
        ] {
            let feature = saved(&format!(r#"{{"type":"Feature","geometry":null,"properties":{properties}}}"#));
            assert_eq!(feature["properties"].to_string(), properties);
        }
    }

    #[test]
    fn a_mixed_route_keeps_the_word_of_each_line() {
        let properties = r#"{"id":"r","kind":"route","line_paths":["schematic","routed"],"path":"mixed"}"#;
        let geometry = r#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[3,4],[7,8]]]}"#;
        let feature = format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#);
        let route = open(&[&feature]).routes[0].clone();
        assert_eq!([0, 1].map(|line| route.path_of_line(line)), [Some(PathKind::Schematic), Some(PathKind::Routed)]);
        assert_eq!(saved(&feature)["properties"].to_string(), properties);
    }

    #[test]
    fn members_of_several_collections_are_joined_and_the_first_wins() {
        let first = r#"{"type":"FeatureCollection","features":[],"title":"one","crs":null,"bbox":[0,0,1,1]}"#;
        let second = r#"{"type":"FeatureCollection","features":[],"title":"two","as_of":"2025"}"#;
        let written = to_geojson(&open(&[first, second]));
        assert_eq!(written, "{\"type\":\"FeatureCollection\",\"as_of\":\"2025\",\"title\":\"one\",\"features\":[\n\n]}\n");
    }
}
