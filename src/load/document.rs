//! The structure of a file: which byte ranges are features, and what they are measured in.

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use jiter::{Jiter, Peek};
use serde_json::Map;

use super::diagnostic::{Finding, Severity, escaped};
use super::geometry::CoordinateReference;
use super::node::{self, Node, Reading, SyntaxError, Value};

/// The geometry types of RFC 7946.
const GEOMETRY_TYPES: [&str; 7] = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"];

/// A file taken apart: features as byte ranges, still unread.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) features: Vec<Range<usize>>,
    /// JSON pointer to the features: "/features/", or empty for a bare feature, or a line number for a sequence.
    pub(super) prefix: &'static str,
    pub(super) reference: CoordinateReference,
    /// Foreign members of the collection.
    pub(super) foreign: Map<String, serde_json::Value>,
    pub(super) notes: Vec<Finding>,
}

/// Takes a text apart; an error says why nothing in the file can be used. `bytes` is UTF-8 without a byte order mark.
pub(super) fn read(bytes: &[u8], cancel: &AtomicBool, progress: &dyn Fn(f32)) -> Result<Document, Finding> {
    let first = bytes.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != 0x1e);
    let Some(first) = first else {
        return Err(Finding::error("empty-file", "the file is empty").hint("Export it again from the program that made it"));
    };
    if bytes[first] != b'{' {
        let message = if bytes[first] == b'[' { "the file is a JSON array" } else { "the file is not a JSON object" };
        let detail = match node::parse(bytes, Reading::exact(0)) {
            Ok(_) => Finding::error("not-geojson", message),
            Err(error) => Finding::error("not-json", format!("{message}: {}", error.message)).at(error.at, ""),
        };
        let detail = if detail.offset.is_some() { detail } else { detail.at(first, "") };
        return Err(detail.hint("GeoJSON is one object: a FeatureCollection, a Feature or a geometry"));
    }
    let mut parser = node::parser(bytes);
    let root = scan_root(&mut parser, bytes, first, cancel, progress);
    match root {
        Ok(root) => {
            let rest = parser.current_index();
            let more = bytes[rest..].iter().position(|byte| !byte.is_ascii_whitespace() && *byte != 0x1e);
            match more {
                None => whole(root, first..rest),
                Some(offset) if bytes[rest + offset] == b'{' => sequence(bytes),
                Some(offset) => Err(Finding::error("not-json", "there is text after the end of the JSON value").at(rest + offset, "")),
            }
        }
        // A sequence may be broken in one line only: the others still count.
        Err(_) if bytes[..first].contains(&0x1e) => sequence(bytes),
        Err(error) => {
            let hint = if error.message.contains("recursion limit") {
                "No GeoJSON nests as deeply; the brackets may be wrong"
            } else {
                "The file may be cut off or damaged; export it again"
            };
            Err(Finding::error("not-json", format!("not valid JSON: {}", error.message)).at(error.at, "").hint(hint))
        }
    }
}

#[derive(Default)]
struct Root {
    kind: Option<Node>,
    features: Option<Result<Vec<Range<usize>>, Node>>,
    crs: Option<Node>,
    objects: bool,
    duplicate_features: bool,
    foreign: Map<String, serde_json::Value>,
    notes: Vec<Finding>,
}

/// Walks over the members of the root object; features are skipped over (and so checked to be JSON), not read.
fn scan_root(parser: &mut Jiter<'_>, bytes: &[u8], first: usize, cancel: &AtomicBool, progress: &dyn Fn(f32)) -> Result<Root, SyntaxError> {
    debug_assert!(first < bytes.len(), "the caller found a character");
    if bytes[..=first].contains(&0x1e) {
        return Err(SyntaxError { at: 0, message: "a record separator".to_owned() });
    }
    let wrong = |error: jiter::JiterError| SyntaxError::from_jiter(&error, 0);
    let mut root = Root::default();
    let mut key = parser.next_object().map_err(wrong)?.map(str::to_owned);
    while let Some(name) = key {
        let peek = parser.peek().map_err(wrong)?;
        match (name.as_str(), peek) {
            ("features", Peek::Array) => {
                root.duplicate_features = root.features.is_some();
                root.features = Some(Ok(scan_features(parser, bytes.len(), cancel, progress)?));
            }
            ("features", _) => root.features = Some(Err(node::value(parser, Reading::exact(0), 0)?)),
            ("type", _) => root.kind = Some(node::value(parser, Reading::exact(0), 0)?),
            ("crs", _) => root.crs = Some(node::value(parser, Reading::exact(0), 0)?),
            ("objects", _) => {
                root.objects = true;
                parser.known_skip(peek).map_err(wrong)?;
            }
            ("bbox" | "geometry" | "properties" | "coordinates" | "geometries" | "id", _) => parser.known_skip(peek).map_err(wrong)?,
            _ => foreign_member(parser, &mut root, name, peek)?,
        }
        key = parser.next_key().map_err(wrong)?.map(str::to_owned);
    }
    Ok(root)
}

/// Keeps a member that the format does not define, for writing back.
fn foreign_member(parser: &mut Jiter<'_>, root: &mut Root, name: String, peek: Peek) -> Result<(), SyntaxError> {
    let begin = parser.current_index();
    parser.known_skip(peek).map_err(|error| SyntaxError::from_jiter(&error, 0))?;
    match serde_json::from_slice(parser.slice_to_current(begin)) {
        Ok(value) => {
            root.foreign.insert(name, value);
        }
        Err(_) => {
            let message = format!("`{name}` holds what JSON cannot hold, or is nested too deep; it is lost when the data is saved");
            root.notes.push(Finding::new(Severity::Warning, "member-not-kept", message).at(begin, format!("/{}", escaped(&name))));
        }
    }
    Ok(())
}

fn scan_features(
    parser: &mut Jiter<'_>,
    length: usize,
    cancel: &AtomicBool,
    progress: &dyn Fn(f32),
) -> Result<Vec<Range<usize>>, SyntaxError> {
    let wrong = |error: jiter::JiterError| SyntaxError::from_jiter(&error, 0);
    let mut features = Vec::new();
    let mut next = parser.known_array().map_err(wrong)?;
    while let Some(peek) = next {
        let begin = parser.current_index();
        parser.known_skip(peek).map_err(wrong)?;
        features.push(begin..parser.current_index());
        if features.len() % 1024 == 0 {
            progress(parser.current_index() as f32 / length as f32);
            if cancel.load(Ordering::Relaxed) {
                return Ok(features);
            }
        }
        next = parser.array_step().map_err(wrong)?;
    }
    Ok(features)
}

fn whole(root: Root, range: Range<usize>) -> Result<Document, Finding> {
    let Some(kind) = &root.kind else {
        return Err(Finding::error("missing-type", "the object has no `type`")
            .at(range.start, "")
            .hint("GeoJSON names its type: FeatureCollection, Feature or a geometry type"));
    };
    let at_kind = |finding: Finding| finding.at(kind.at, "/type").value(kind.shown());
    let mut notes = root.notes;
    let reference = coordinate_reference(root.crs.as_ref(), &mut notes)?;
    match kind.text() {
        Some("FeatureCollection") => match root.features {
            Some(Ok(features)) => {
                if root.duplicate_features {
                    notes.push(Finding::new(Severity::Warning, "duplicate-features", "`features` is given twice; the last one counts"));
                }
                Ok(Document { features, prefix: "/features/", reference, foreign: root.foreign, notes })
            }
            Some(Err(node)) => {
                let message = format!("`features` must be an array, not {}", node.kind());
                Err(Finding::error("features-not-array", message).at(node.at, "/features").value(node.shown()))
            }
            None => Err(Finding::error("missing-features", "the FeatureCollection has no `features`").at(range.start, "")),
        },
        Some(name) if name == "Feature" || GEOMETRY_TYPES.contains(&name) => {
            // What stands beside the members of a single feature is kept with the feature.
            notes.retain(|note| note.code != "member-not-kept");
            Ok(Document { features: std::iter::once(range).collect(), prefix: "", reference, foreign: Map::new(), notes })
        }
        Some("Topology") if root.objects => {
            Err(at_kind(Finding::error("topojson", "this is TopoJSON, which is not read yet")).hint("Convert it to GeoJSON first"))
        }
        Some(name) => {
            let close = GEOMETRY_TYPES.iter().chain(&["Feature", "FeatureCollection"]).find(|known| known.eq_ignore_ascii_case(name));
            let hint = close.map_or_else(
                || "GeoJSON types are FeatureCollection, Feature and the geometry types".to_owned(),
                |known| format!("Write it as in RFC 7946: {known}"),
            );
            Err(at_kind(Finding::error("unknown-type", format!("there is no GeoJSON type `{name}`"))).hint(hint))
        }
        None => Err(at_kind(Finding::error("type-not-text", format!("`type` must be a text, not {}", kind.kind())))),
    }
}

/// A GeoJSON text sequence (RFC 8142) or newline-delimited GeoJSON: a value after the other.
fn sequence(bytes: &[u8]) -> Result<Document, Finding> {
    let mut features = Vec::new();
    let mut notes = Vec::new();
    let mut at = 0;
    while let Some(offset) = bytes[at..].iter().position(|byte| !byte.is_ascii_whitespace() && *byte != 0x1e) {
        let begin = at + offset;
        let mut parser = node::parser(&bytes[begin..]);
        match parser.next_skip() {
            Ok(()) => {
                let end = begin + parser.current_index();
                at = end;
                collect(bytes, begin..end, &mut features, &mut notes);
            }
            Err(_) => {
                // The reader of the feature says what is wrong with it; here only its end is looked for.
                let end = memchr::memchr2(b'\n', 0x1e, &bytes[begin..]).map_or(bytes.len(), |found| begin + found);
                features.push(begin..end);
                at = end;
            }
        }
    }
    notes.push(Finding::new(Severity::Info, "text-sequence", format!("a sequence of {} GeoJSON texts", features.len())));
    Ok(Document { features, prefix: "/", reference: CoordinateReference::Degrees, foreign: Map::new(), notes })
}

/// A collection inside a sequence is opened; everything else is one feature.
fn collect(bytes: &[u8], range: Range<usize>, features: &mut Vec<Range<usize>>, notes: &mut Vec<Finding>) {
    let text = &bytes[range.clone()];
    let mut parser = node::parser(text);
    let never = AtomicBool::new(false);
    let root = if text.first() == Some(&b'{') { scan_root(&mut parser, text, 0, &never, &|_| {}).ok() } else { None };
    match root {
        Some(Root { features: Some(Ok(inner)), crs, .. }) => {
            if crs.is_some() {
                notes.push(Finding::new(Severity::Warning, "crs-ignored", "`crs` inside a sequence is not used").at(range.start, "/crs"));
            }
            features.extend(inner.into_iter().map(|part| part.start + range.start..part.end + range.start));
        }
        _ => features.push(range),
    }
}

/// The legacy `crs` member: degrees and Web Mercator are read, others are refused, since their numbers would be drawn in the wrong place.
fn coordinate_reference(crs: Option<&Node>, notes: &mut Vec<Finding>) -> Result<CoordinateReference, Finding> {
    let Some(crs) = crs.filter(|node| node.value != Value::Null) else { return Ok(CoordinateReference::Degrees) };
    let name = crs.member("properties").and_then(|properties| properties.member("name").or_else(|| properties.member("code")));
    let written = name.map(|node| node.shown().to_ascii_uppercase()).unwrap_or_default();
    let code = written.rsplit([':', '/']).next().unwrap_or_default().to_owned();
    let found = match code.as_str() {
        "4326" | "CRS84" | "CRS84H" | "4979" | "4258" => Some(CoordinateReference::Degrees),
        "3857" | "900913" | "102100" | "3785" => Some(CoordinateReference::WebMercator),
        _ => None,
    };
    let place = |finding: Finding| finding.at(crs.at, "/crs").value(crs.shown());
    match found {
        Some(CoordinateReference::Degrees) => {
            notes.push(place(Finding::new(Severity::Info, "legacy-crs", "`crs` is no longer part of GeoJSON; it names degrees of WGS 84")));
            Ok(CoordinateReference::Degrees)
        }
        Some(CoordinateReference::WebMercator) => {
            notes.push(place(Finding::new(
                Severity::Warning,
                "reprojected",
                "coordinates were converted from Web Mercator (EPSG:3857) to degrees",
            )));
            Ok(CoordinateReference::WebMercator)
        }
        None => Err(place(Finding::error("unsupported-crs", "the coordinates are in a reference system that is not read"))
            .hint("Convert the file to WGS 84 degrees (EPSG:4326), for example with `ogr2ogr -t_srs EPSG:4326`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Result<Document, Finding> {
        read(text.as_bytes(), &AtomicBool::new(false), &|_| {})
    }

    #[test]
    fn collections_features_geometries_and_sequences_are_taken_apart() {
        let one = r#"{"type":"Feature","geometry":null,"properties":{}}"#;
        assert_eq!(document(one).expect("read").features, vec![0..one.len()]);
        let many = format!(r#"{{"features":[{one}, {one}],"type":"FeatureCollection"}}"#);
        let read = document(&many).expect("read");
        assert_eq!((read.features.len(), read.prefix), (2, "/features/"));
        assert_eq!(document(&format!("{one}\n{one}\n{many}\n")).expect("read").features.len(), 4);
        assert_eq!(document(&format!("\u{1e}{one}\n\u{1e}{one}\n")).expect("read").features.len(), 2);
    }

    #[test]
    fn foreign_members_of_a_collection_are_kept() {
        let read =
            document(r#"{"name":"Lanes","bbox":[0,0,1,1],"type":"FeatureCollection","big":[1,9007199254740993],"features":[],"a/b":NaN}"#);
        let read = read.expect("read");
        assert_eq!(serde_json::Value::Object(read.foreign).to_string(), r#"{"big":[1,9007199254740993],"name":"Lanes"}"#);
        assert_eq!((read.notes[0].code, &*read.notes[0].pointer), ("member-not-kept", "/a~1b"));
    }

    #[test]
    fn what_is_not_geojson_is_refused_with_its_place() {
        for (text, code) in [
            ("", "empty-file"),
            ("  \n", "empty-file"),
            ("[]", "not-geojson"),
            ("\"x\"", "not-geojson"),
            ("{}", "missing-type"),
            (r#"{"type":7}"#, "type-not-text"),
            (r#"{"type":"featurecollection","features":[]}"#, "unknown-type"),
            (r#"{"type":"FeatureCollection"}"#, "missing-features"),
            (r#"{"type":"FeatureCollection","features":{}}"#, "features-not-array"),
            (r#"{"type":"FeatureCollection","features":["#, "not-json"),
            (r#"{"type":"Topology","objects":{}}"#, "topojson"),
            (r#"{"type":"Point"} x"#, "not-json"),
            (r#"{"type":"FeatureCollection","features":[],"crs":{"type":"name","properties":{"name":"EPSG:27700"}}}"#, "unsupported-crs"),
        ] {
            let finding = document(text).expect_err(text);
            assert_eq!(finding.code, code, "{text}");
            assert!(code == "empty-file" || finding.offset.is_some(), "{text}");
        }
    }

    #[test]
    fn reference_systems_are_told_apart_by_their_code() {
        let read = |crs: &str| {
            let read = document(&format!(r#"{{"type":"FeatureCollection","features":[],"crs":{crs}}}"#));
            read.map(|read| (read.reference, read.notes.first().map(|note| note.code))).map_err(|finding| finding.code)
        };
        let named = |name: &str| read(&format!(r#"{{"type":"name","properties":{{"name":"{name}"}}}}"#));
        let degrees = Ok((CoordinateReference::Degrees, Some("legacy-crs")));
        for name in ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "http://www.opengis.net/def/crs/EPSG/0/4326"] {
            assert_eq!(named(name), degrees, "{name}");
        }
        assert_eq!(named("urn:ogc:def:crs:EPSG::3857"), Ok((CoordinateReference::WebMercator, Some("reprojected"))));
        assert_eq!(read(r#"{"type":"EPSG","properties":{"code":4326}}"#), degrees);
        assert_eq!(read("null"), Ok((CoordinateReference::Degrees, None)));
        for unknown in ["EPSG:32634", "", "EPSG"] {
            assert_eq!(named(unknown), Err("unsupported-crs"), "{unknown}");
        }
        assert_eq!(read("7"), Err("unsupported-crs"));
    }

    #[test]
    fn one_broken_line_of_a_sequence_costs_only_itself() {
        let one = r#"{"type":"Point","coordinates":[1,2]}"#;
        let read = document(&format!("{one}\n{{\"type\":\n{one}\n")).expect("read");
        let texts: Vec<usize> = read.features.iter().map(Range::len).collect();
        assert_eq!(texts, [one.len(), r#"{"type":"#.len(), one.len()]);
        assert_eq!((read.prefix, read.notes[0].code), ("/", "text-sequence"));
        let many = format!(r#"{{"type":"FeatureCollection","features":[{one}],"crs":{{}}}}"#);
        let read = document(&format!("{one}\n{many}")).expect("read");
        let codes: Vec<_> = read.notes.iter().map(|note| note.code).collect();
        assert_eq!((read.features.len(), codes), (2, vec!["crs-ignored", "text-sequence"]));
    }

    #[test]
    fn a_scan_stops_when_the_person_gives_up() {
        let text = format!(r#"{{"type":"FeatureCollection","features":[{}1]}}"#, "1,".repeat(5_000));
        let told = std::cell::Cell::new(0.0);
        assert!(read(text.as_bytes(), &AtomicBool::new(true), &|share| told.set(share)).is_err());
        assert!(told.get() < 0.5, "{} of the file was scanned", told.get());
    }
}
