//! One feature to one record.

use std::sync::Arc;

use super::diagnostic::{Finding, Severity};
use super::geometry::{CoordinateReference, Reading, geometry};
use super::node::{Node, Value};
use super::properties::{Interner, Properties};
use super::write::geometry_value;
use crate::geodesy::LonLat;
use crate::model::{
    Attribution, Confidence, ContextArea, Credibility, Geometry, Group, GroupKind, Judgement, Likelihood, LikelihoodScale, Origin,
    PathKind, PlaceKind, PlacePrecision, Port, PortSide, Record, Route, RouteMode, SeizureDetails, SeizureEvent, Source, SourceKind,
    SourceReliability, Statistic, Tie, TieKind,
};

/// Members of a feature that are read or made anew; all others, its own `id` included, are written back as they came.
const FEATURE_MEMBERS: [&str; 4] = ["type", "geometry", "properties", "bbox"];

/// What all features of a file share.
pub(super) struct FileContext<'a> {
    /// File name without folder and ending: the first part of generated ids.
    pub(super) stem: &'a str,
    pub(super) file: u32,
    pub(super) reference: CoordinateReference,
}

/// A feature that was read, or why it was refused, with what was noticed on the way.
pub(super) struct Outcome {
    pub(super) record: Result<Record, Finding>,
    pub(super) notes: Vec<Finding>,
    pub(super) has_heights: bool,
    /// The feature names no `kind`: its id is only a help and may be made unique.
    pub(super) kindless: bool,
}

/// Reads a Feature, or a bare geometry as a feature without properties.
pub(super) fn read_feature(node: &Node, index: u32, context: &FileContext<'_>, interner: &mut Interner) -> Outcome {
    let mut notes = Vec::new();
    let mut reading = Reading::default();
    let record = feature_record(node, index, context, interner, &mut notes, &mut reading);
    notes.append(&mut reading.notes);
    let kindless = node.member("properties").and_then(|properties| properties.member("kind")).is_none();
    Outcome { record, notes, has_heights: reading.has_heights, kindless }
}

fn feature_record(
    node: &Node,
    index: u32,
    context: &FileContext<'_>,
    interner: &mut Interner,
    notes: &mut Vec<Finding>,
    reading: &mut Reading,
) -> Result<Record, Finding> {
    let Value::Object(members) = &node.value else {
        return Err(Finding::error("feature-not-object", format!("a feature must be an object, not {}", node.kind()))
            .at(node.at, "")
            .value(node.shown()));
    };
    let (shape, foreign) = match node.member("type").map(|kind| (kind.text(), kind)) {
        Some((Some("Feature"), _)) => {
            let shape = match node.member("geometry") {
                None => {
                    return Err(Finding::error("missing-geometry", "the feature has no `geometry`")
                        .at(node.at, "")
                        .hint("Write \"geometry\": null for a record without a place"));
                }
                Some(Node { value: Value::Null, .. }) => None,
                Some(shape) => geometry(shape, "/geometry", context.reference, reading)?,
            };
            let foreign =
                members.iter().filter(|(key, _)| !FEATURE_MEMBERS.contains(&key.as_str())).map(|(k, n)| (k.as_str(), n)).collect();
            (shape, foreign)
        }
        Some((Some(_), _)) if node.member("coordinates").is_some() || node.member("geometries").is_some() => {
            (geometry(node, "", context.reference, reading)?, Vec::new())
        }
        Some((_, kind)) => {
            let finding = Finding::error("not-a-feature", "the `type` of a feature must be \"Feature\"");
            return Err(finding.at(kind.at, "/type").value(kind.shown()).hint("Types are written as in RFC 7946, with capitals"));
        }
        None => {
            return Err(Finding::error("missing-type", "the feature has no `type`").at(node.at, "").hint("Add \"type\": \"Feature\""));
        }
    };
    if node.member("type").and_then(Node::text) == Some("Feature") && node.member("properties").is_none() {
        notes.push(Finding::new(Severity::Warning, "missing-properties", "the feature has no `properties`").at(node.at, ""));
    }
    if let Some(properties) = node.member("properties")
        && !matches!(properties.value, Value::Object(_) | Value::Null)
    {
        let message = format!("`properties` must be an object or null, not {}", properties.kind());
        return Err(Finding::error("properties-not-object", message).at(properties.at, "/properties").value(properties.shown()));
    }
    let id = feature_id(node, notes);
    check_bbox(node, notes);
    let properties = Properties::new(node.member("properties"), notes, interner);
    Reader { properties, shape, foreign, id, provenance: Origin { file: context.file, feature: index }, node, stem: context.stem }.record()
}

fn feature_id(node: &Node, notes: &mut Vec<Finding>) -> Option<String> {
    let id = node.member("id")?;
    match id.value {
        Value::Text(_) | Value::Number(_) => Some(id.shown().into_owned()),
        Value::Null => None,
        _ => {
            let note =
                Finding::new(Severity::Warning, "id-not-text-or-number", format!("an id must be a text or a number, not {}", id.kind()));
            notes.push(note.at(id.at, "/id").value(id.shown()));
            None
        }
    }
}

fn check_bbox(node: &Node, notes: &mut Vec<Finding>) {
    let Some(bbox) = node.member("bbox") else { return };
    let fits = match &bbox.value {
        Value::Array(items) => matches!(items.len(), 4 | 6) && items.iter().all(|item| matches!(item.value, Value::Number(_))),
        _ => false,
    };
    if !fits {
        let note = Finding::new(Severity::Warning, "unusable-bbox", "a `bbox` is an array of 4 or 6 numbers; this one is ignored");
        notes.push(note.at(bbox.at, "/bbox").value(bbox.shown()));
    }
}

struct Reader<'n, 'f> {
    properties: Properties<'n, 'f>,
    shape: Option<Geometry>,
    foreign: Vec<(&'n str, &'n Node)>,
    id: Option<String>,
    provenance: Origin,
    node: &'n Node,
    stem: &'n str,
}

impl Reader<'_, '_> {
    fn record(mut self) -> Result<Record, Finding> {
        let kind = self.properties.text("kind");
        if self.shape.is_some() && matches!(kind.as_deref(), Some("tie" | "statistic" | "source" | "judgement")) {
            let note = Finding::new(
                Severity::Warning,
                "geometry-not-used",
                "records of this kind have no place; the geometry is kept but not drawn",
            );
            self.properties.findings.push(note.at(self.node.at, "/geometry"));
        }
        match kind.as_deref() {
            Some("route") => self.route(true),
            Some("port") => self.port(true),
            Some("seizure") => self.seizure(true),
            Some("group") => self.group(),
            Some("tie") => self.tie(),
            Some("statistic") => self.statistic(),
            Some("source") => self.source(),
            Some("judgement") => self.judgement(),
            Some(other) => {
                self.properties.put_back("kind");
                let note = Finding::new(
                    Severity::Warning,
                    "unknown-kind",
                    "the `kind` is not one of the schema; the feature is read by its geometry",
                );
                self.properties.findings.push(note.at(self.node.at, "/properties/kind").value(other));
                self.by_geometry()
            }
            None => self.by_geometry(),
        }
    }

    fn by_geometry(self) -> Result<Record, Finding> {
        match &self.shape {
            Some(Geometry::Lines(_)) => self.route(false),
            Some(Geometry::Points(_)) if self.properties.has("date") || self.properties.has("quantity_kg") => self.seizure(false),
            Some(Geometry::Points(_)) => self.port(false),
            Some(Geometry::Polygons(_) | Geometry::Collection(_)) | None => self.area(),
        }
    }

    /// `properties.id`, else the feature's own id; without both, a record of a stated kind is refused and others get one made up.
    fn take_id(&mut self, required: bool) -> Result<Arc<str>, Finding> {
        if let Some(id) = self.properties.text("id") {
            return Ok(id);
        }
        match (&self.id, required) {
            (Some(id), _) => Ok(Arc::from(id.as_str())),
            (None, false) => Ok(Arc::from(format!("{}#{}", self.stem, self.provenance.feature))),
            (None, true) => Err(self.missing("id")),
        }
    }

    fn missing(&self, key: &str) -> Finding {
        Finding::error("missing-property", format!("property `{key}` is missing"))
            .at(self.node.at, "/properties")
            .hint(format!("A record of this kind needs `{key}`; see the field list in routes/README.md"))
    }

    fn required<T>(&self, key: &str, value: Option<T>) -> Result<T, Finding> {
        value.ok_or_else(|| self.missing(key))
    }

    fn wrong_geometry(&self, wanted: &str) -> Finding {
        let at = self.node.member("geometry").map_or(self.node.at, |node| node.at);
        Finding::error("geometry-does-not-fit", format!("a record of this kind needs {wanted}")).at(at, "/geometry")
    }

    fn name(&mut self) -> Option<Arc<str>> {
        self.properties.text("name")
    }

    /// The place of a point record: first position and further ones; no geometry is no place.
    fn place(&mut self) -> Result<(Option<LonLat>, Vec<LonLat>), Finding> {
        match self.shape.take() {
            None => Ok((None, Vec::new())),
            Some(Geometry::Points(points)) => Ok((points.first().copied(), points.get(1..).unwrap_or_default().to_vec())),
            Some(_) => Err(self.wrong_geometry("a Point or no geometry")),
        }
    }

    /// What the record itself does not hold; call it when everything else is taken.
    fn extra(&mut self) -> Option<Box<str>> {
        let unused = self.shape.take().map(|shape| geometry_value(&shape));
        self.properties.rest(&self.foreign, unused)
    }

    fn route(mut self, stated: bool) -> Result<Record, Finding> {
        let lines = match self.shape.take() {
            Some(Geometry::Lines(lines)) => lines,
            // Stated but without a line: a route known only by its ends stays in the tables.
            None if stated => Vec::new(),
            _ => return Err(self.wrong_geometry("a LineString or MultiLineString")),
        };
        let id = self.take_id(stated)?;
        let p = &mut self.properties;
        let line_paths = p.path_kinds("line_paths", lines.len());
        Ok(Record::Route(Route {
            id,
            name: p.text("name"),
            origin_port: p.text("origin"),
            destination_port: p.text("destination"),
            via: p.ids("via"),
            first_reported: p.date("first_reported"),
            last_reported: p.date("last_reported"),
            mode: p.text("mode").map(RouteMode),
            confidence: p.word("confidence", Confidence::ALL, Confidence::key),
            groups: p.ids("groups"),
            sources: p.ids("sources"),
            note: p.text("note"),
            path: p.word("path", PathKind::ALL, PathKind::key),
            line_paths,
            lines,
            provenance: self.provenance,
            extra: self.extra(),
        }))
    }

    fn port(mut self, stated: bool) -> Result<Record, Finding> {
        let (position, also_at) = self.place()?;
        let id = self.take_id(stated)?;
        let p = &mut self.properties;
        Ok(Record::Port(Port {
            id,
            name: p.text("name"),
            country: p.text("country"),
            locode: p.text("locode"),
            side: p.word("side", PortSide::ALL, PortSide::key),
            precision: p.word("precision", PlacePrecision::ALL, PlacePrecision::key),
            sources: p.ids("sources"),
            note: p.text("note"),
            position,
            also_at,
            provenance: self.provenance,
            extra: self.extra(),
        }))
    }

    fn seizure(mut self, stated: bool) -> Result<Record, Finding> {
        let (position, also_at) = self.place()?;
        let id = self.take_id(stated)?;
        let p = &mut self.properties;
        let mut event = SeizureEvent::new(id, self.provenance);
        let mut details = SeizureDetails { also_at, ..SeizureDetails::default() };
        event.position = position;
        event.event_date = p.date_span("date");
        details.place = p.text("place");
        event.place_kind = p.word("place_kind", PlaceKind::ALL, PlaceKind::key);
        details.country = p.text("country");
        event.mass_kg = p.mass_kg("quantity_kg");
        details.commodity = p.text("commodity");
        details.concealment = p.text("concealment");
        details.vessel = p.text("vessel");
        details.origin_port = p.text("origin");
        details.destination_port = p.text("destination");
        details.groups = p.ids("groups");
        event.attribution = p.word("attribution", Attribution::ALL, Attribution::key);
        event.credibility = p.word("credibility", Credibility::ALL, Credibility::key);
        event.precision = p.word("precision", PlacePrecision::ALL, PlacePrecision::key);
        details.overlaps = p.ids("overlaps");
        details.sources = p.ids("sources");
        details.note = p.text("note");
        // The geometry is taken: nothing of it is left over.
        event.extra = self.properties.shared_rest(&self.foreign);
        Ok(Record::Seizure(event.with(details)))
    }

    fn group(mut self) -> Result<Record, Finding> {
        let (position, also_at) = self.place()?;
        if !also_at.is_empty() {
            self.shape = Some(Geometry::Points(position.into_iter().chain(also_at).collect()));
        }
        let id = self.take_id(true)?;
        let name = self.name();
        let p = &mut self.properties;
        Ok(Record::Group(Group {
            id,
            name,
            group_kind: p.word("group_kind", GroupKind::ALL, GroupKind::key),
            home_country: p.text("home_country"),
            home_place: p.text("home_place"),
            active_since: p.date("active_since"),
            contested: p.flag("contested"),
            sources: p.ids("sources"),
            note: p.text("note"),
            position,
            provenance: self.provenance,
            extra: self.extra(),
        }))
    }

    fn tie(mut self) -> Result<Record, Finding> {
        let (a, b) = (self.properties.text("a"), self.properties.text("b"));
        let (a, b) = (self.required("a", a)?, self.required("b", b)?);
        let p = &mut self.properties;
        Ok(Record::Tie(Tie {
            a,
            b,
            tie_kind: p.word("tie_kind", TieKind::ALL, TieKind::key),
            since: p.date("since"),
            until: p.date("until"),
            sources: p.ids("sources"),
            note: p.text("note"),
            provenance: self.provenance,
            extra: self.extra(),
        }))
    }

    fn statistic(mut self) -> Result<Record, Finding> {
        let (series, year, value) = (self.properties.text("series"), self.properties.date("year"), self.properties.number("value"));
        let (series, year, value) = (self.required("series", series)?, self.required("year", year)?, self.required("value", value)?);
        let p = &mut self.properties;
        Ok(Record::Statistic(Statistic {
            series,
            year,
            value,
            unit: p.text("unit"),
            derived: p.flag("derived"),
            sources: p.ids("sources"),
            note: p.text("note"),
            provenance: self.provenance,
            extra: self.extra(),
        }))
    }

    fn source(mut self) -> Result<Record, Finding> {
        let id = self.take_id(true)?;
        let p = &mut self.properties;
        Ok(Record::Source(Source {
            id,
            publisher: p.text("publisher"),
            title: p.text("title"),
            date: p.date("date"),
            url: p.text("url"),
            source_kind: p.word("source_kind", SourceKind::ALL, SourceKind::key),
            reliability: p.word("reliability", SourceReliability::ALL, SourceReliability::key),
            note: p.text("note"),
            provenance: self.provenance,
            extra: self.extra(),
        }))
    }

    fn judgement(mut self) -> Result<Record, Finding> {
        let id = self.take_id(true)?;
        let p = &mut self.properties;
        let scale = p.word("scale", LikelihoodScale::ALL, LikelihoodScale::key);
        let likelihood = p.text("likelihood").map(|words| Likelihood { words: words.to_string(), scale });
        Ok(Record::Judgement(Judgement {
            id,
            statement: p.text("statement"),
            likelihood,
            confidence: p.word("confidence", Confidence::ALL, Confidence::key),
            basis: p.text("basis"),
            sources: p.ids("sources"),
            about: p.ids("about"),
            provenance: self.provenance,
            extra: self.extra(),
        }))
    }

    fn area(mut self) -> Result<Record, Finding> {
        let id = self.take_id(false)?;
        let name = self.name();
        Ok(Record::Area(ContextArea { id, name, geometry: self.shape.take(), provenance: self.provenance, extra: self.extra() }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::node::{Reading as Parse, parse};

    fn outcome(text: &str) -> Outcome {
        let node = parse(text.as_bytes(), Parse::exact(0)).expect("JSON");
        let context = FileContext { stem: "file", file: 2, reference: CoordinateReference::Degrees };
        read_feature(&node, 5, &context, &mut Interner::default())
    }

    fn feature(geometry: &str, properties: &str) -> Outcome {
        outcome(&format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{properties}}}"#))
    }

    const POINT: &str = r#"{"type":"Point","coordinates":[19,42]}"#;
    const LINE: &str = r#"{"type":"LineString","coordinates":[[0,0],[1,1]]}"#;
    const AREA: &str = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#;

    #[test]
    fn a_seizure_is_read_field_by_field() {
        let read = feature(
            POINT,
            r#"{"kind":"seizure","id":"s","date":"2021-06/2021-07","place":"Bar","place_kind":"port","country":"ME","quantity_kg":1400,
            "origin":"gye","groups":["kavac","x"],"attribution":"suspected","credibility":"2","precision":"port","overlaps":"t;u","sources":[7]}"#,
        );
        assert_eq!(read.notes, []);
        let Ok(Record::Seizure(event)) = read.record else { panic!("a seizure") };
        assert_eq!((&*event.id, event.mass_kg, event.position), ("s", Some(1400.0), Some(LonLat::new(19.0, 42.0))));
        assert_eq!(event.event_date.map(|date| date.to_string()).as_deref(), Some("2021-06/2021-07"));
        assert_eq!((event.place_kind, event.attribution), (Some(PlaceKind::Port), Some(Attribution::Suspected)));
        assert!(event.credibility.is_some_and(|grade| grade.key() == "2"));
        let texts = |ids: &[Arc<str>]| ids.join(",");
        assert_eq!((texts(&event.groups), texts(&event.overlaps), texts(&event.sources)), ("kavac,x".into(), "t,u".into(), "7".into()));
        assert_eq!((event.provenance, event.extra), (Origin { file: 2, feature: 5 }, None));
    }

    #[test]
    fn without_a_kind_the_geometry_decides() {
        let kind = |geometry: &str, properties: &str| feature(geometry, properties).record.expect("read").kind().key();
        let collection = format!(r#"{{"type":"GeometryCollection","geometries":[{POINT}]}}"#);
        let read = [
            kind(LINE, "{}"),
            kind(POINT, "null"),
            kind(POINT, r#"{"date":"2020"}"#),
            kind(POINT, r#"{"quantity_kg":5}"#),
            kind(POINT, r#"{"date":null}"#),
            kind(AREA, r#"{"date":"2020"}"#),
            kind(&collection, "{}"),
            kind("null", "{}"),
            kind(POINT, r#"{"kind":"lighthouse"}"#),
        ];
        assert_eq!(read, ["route", "port", "seizure", "seizure", "port", "area", "area", "area", "port"]);
        let bare = outcome(LINE);
        assert!(bare.kindless && bare.record.is_ok_and(|record| record.kind().key() == "route"));
    }

    #[test]
    fn ids_come_from_the_properties_the_feature_or_its_number() {
        let id = |members: &str| {
            let text = format!(r#"{{"type":"Feature","geometry":{POINT},{members}}}"#);
            outcome(&text).record.map(|record| record.id().map(|id| id.to_string()).unwrap_or_default()).map_err(|finding| finding.code)
        };
        assert_eq!(id(r#""id":"a","properties":{"id":"b"}"#), Ok("b".to_owned()));
        assert_eq!(id(r#""id":"a","properties":{}"#), Ok("a".to_owned()));
        assert_eq!(id(r#""id":7.5,"properties":{}"#), Ok("7.5".to_owned()));
        assert_eq!(id(r#""id":12345678901234567890,"properties":{}"#), Ok("12345678901234567890".to_owned()));
        assert_eq!(id(r#""id":null,"properties":{"id":""}"#), Ok("file#5".to_owned()));
        assert_eq!(id(r#""id":[1],"properties":{}"#), Ok("file#5".to_owned()));
        assert_eq!(id(r#""properties":{"kind":"port"}"#), Err("missing-property"));
    }

    #[test]
    fn refusals_name_their_place() {
        let refused = |read: Outcome| read.record.map(|_| ()).map_err(|finding| (finding.code, finding.pointer)).expect_err("refused");
        let cases = [
            (outcome("[1]"), "feature-not-object", ""),
            (outcome(r#"{"properties":{}}"#), "missing-type", ""),
            (outcome(r#"{"type":"feature"}"#), "not-a-feature", "/type"),
            (outcome(r#"{"type":"Feature","properties":{}}"#), "missing-geometry", ""),
            (feature(POINT, "[]"), "properties-not-object", "/properties"),
            (feature("7", "{}"), "geometry-not-object", "/geometry"),
            (feature(POINT, r#"{"kind":"route","id":"r"}"#), "geometry-does-not-fit", "/geometry"),
            (feature(LINE, r#"{"kind":"port","id":"p"}"#), "geometry-does-not-fit", "/geometry"),
            (feature("null", r#"{"kind":"tie","a":"x"}"#), "missing-property", "/properties"),
            (feature("null", r#"{"kind":"statistic","series":"s","year":2020,"value":"many"}"#), "missing-property", "/properties"),
        ];
        for (read, code, pointer) in cases {
            assert_eq!(refused(read), (code, pointer.to_owned()));
        }
    }

    #[test]
    fn what_a_record_has_no_use_for_is_kept() {
        let Ok(Record::Source(source)) = feature(LINE, r#"{"kind":"source","id":"s","pages":12}"#).record else { panic!("a source") };
        let kept = r#"{"@foreign":{"geometry":{"coordinates":[[0,0],[1,1]],"type":"LineString"}},"pages":12}"#;
        assert_eq!(source.extra.as_deref(), Some(kept));
        let read = outcome(&format!(r#"{{"type":"Feature","bbox":[1],"geometry":{POINT},"link":"x"}}"#));
        let codes: Vec<_> = read.notes.iter().map(|note| note.code).collect();
        assert_eq!(codes, ["missing-properties", "unusable-bbox"]);
        let Ok(Record::Port(port)) = read.record else { panic!("a port") };
        assert_eq!(port.extra.as_deref(), Some(r#"{"@foreign":{"link":"x"}}"#));
    }
}
