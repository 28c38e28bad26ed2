//! GeoJSON geometries, checked position by position.

use super::diagnostic::{Finding, Severity};
use super::node::{Node, Value};
use crate::geodesy::{LonLat, MapProjection, Projected, ProjectionKind, wrap_lon_deg};
use crate::model::Geometry;

/// Collections inside collections beyond this are refused.
const MAX_COLLECTION_DEPTH: usize = 8;
/// No longitude is written with more turns round the world than this.
const MAX_ABS_LON_DEG: f64 = 540.0;

/// The coordinates of a file: degrees, or metres of Web Mercator that are converted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CoordinateReference {
    /// WGS 84 in degrees (RFC 7946, CRS84, EPSG:4326).
    Degrees,
    /// EPSG:3857 in metres.
    WebMercator,
}

/// A geometry and what was noticed on the way.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Positions with a third value were seen.
    pub(super) has_heights: bool,
    /// Findings that refuse nothing.
    pub(super) notes: Vec<Finding>,
}

/// Reads a geometry object; `None` for empty coordinates.
pub(super) fn geometry(
    node: &Node,
    pointer: &str,
    reference: CoordinateReference,
    reading: &mut Reading,
) -> Result<Option<Geometry>, Finding> {
    Reader { reference, reading }.geometry(node, pointer, 0)
}

struct Reader<'a> {
    reference: CoordinateReference,
    reading: &'a mut Reading,
}

impl Reader<'_> {
    fn geometry(&mut self, node: &Node, pointer: &str, depth: usize) -> Result<Option<Geometry>, Finding> {
        if !matches!(node.value, Value::Object(_)) {
            return Err(wrong(node, pointer, "geometry-not-object", format!("a geometry must be an object, not {}", node.kind())));
        }
        let Some(kind) = node.member("type") else {
            return Err(wrong(node, pointer, "geometry-without-type", "the geometry has no `type`")
                .hint("Name Point, LineString, Polygon or another geometry type"));
        };
        let Some(kind_name) = kind.text() else {
            return Err(wrong(kind, &format!("{pointer}/type"), "geometry-type-not-text", "the `type` of a geometry must be a text"));
        };
        if kind_name == "GeometryCollection" {
            return self.collection(node, pointer, depth);
        }
        let coordinates_pointer = format!("{pointer}/coordinates");
        let known = ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"].contains(&kind_name);
        if !known {
            let message = format!("there is no geometry type `{kind_name}`");
            return Err(wrong(kind, &format!("{pointer}/type"), "unknown-geometry-type", message)
                .hint("Types are written as in RFC 7946, with capitals"));
        }
        let Some(coordinates) = node.member("coordinates") else {
            return Err(wrong(node, pointer, "missing-coordinates", format!("the {kind_name} has no `coordinates`")));
        };
        let is_empty = match &coordinates.value {
            Value::Array(items) => items.is_empty(),
            Value::Positions(_) => false,
            _ => {
                let message = format!("`coordinates` must be an array, not {}", coordinates.kind());
                return Err(wrong(coordinates, &coordinates_pointer, "coordinates-not-array", message));
            }
        };
        if is_empty {
            let note = Finding::new(Severity::Info, "empty-coordinates", format!("the {kind_name} has no positions and is not drawn"));
            self.reading.notes.push(note.at(coordinates.at, &*coordinates_pointer));
            return Ok(None);
        }
        let at = &coordinates_pointer;
        Ok(Some(match kind_name {
            "Point" => Geometry::Points(vec![self.position(coordinates, at)?]),
            "MultiPoint" => Geometry::Points(self.positions(coordinates, at)?),
            "LineString" => Geometry::Lines(vec![self.line(coordinates, at)?]),
            "MultiLineString" => Geometry::Lines(self.each(coordinates, at, Self::line)?),
            "Polygon" => Geometry::Polygons(vec![self.each(coordinates, at, Self::ring)?]),
            _ => Geometry::Polygons(self.each(coordinates, at, |reader, polygon, at| reader.each(polygon, at, Self::ring))?),
        }))
    }

    fn collection(&mut self, node: &Node, pointer: &str, depth: usize) -> Result<Option<Geometry>, Finding> {
        if depth >= MAX_COLLECTION_DEPTH {
            return Err(wrong(node, pointer, "deep-collection", format!("collections are nested more than {MAX_COLLECTION_DEPTH} deep")));
        }
        let Some(parts) = node.member("geometries") else {
            return Err(wrong(node, pointer, "missing-geometries", "the GeometryCollection has no `geometries`"));
        };
        let Value::Array(parts) = &parts.value else {
            let message = format!("`geometries` must be an array, not {}", parts.kind());
            return Err(wrong(parts, &format!("{pointer}/geometries"), "geometries-not-array", message));
        };
        let mut read = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            read.extend(self.geometry(part, &format!("{pointer}/geometries/{index}"), depth + 1)?);
        }
        Ok((!read.is_empty()).then_some(Geometry::Collection(read)))
    }

    fn each<T>(
        &mut self,
        node: &Node,
        pointer: &str,
        read: impl Fn(&mut Self, &Node, &str) -> Result<T, Finding>,
    ) -> Result<Vec<T>, Finding> {
        let items = array(node, pointer)?;
        items.iter().enumerate().map(|(index, item)| read(self, item, &format!("{pointer}/{index}"))).collect()
    }

    fn positions(&mut self, node: &Node, pointer: &str) -> Result<Vec<LonLat>, Finding> {
        if let Value::Positions(positions) = &node.value {
            return match self.reference {
                CoordinateReference::Degrees => Ok(positions.clone()),
                CoordinateReference::WebMercator => {
                    positions.iter().map(|p| self.in_range(node, pointer, [p.lon_deg, p.lat_deg])).collect()
                }
            };
        }
        let items = array(node, pointer)?;
        let mut positions = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            // The pointer is written only when there is something to point at.
            let position = self.plain_position(item).map_or_else(|| self.position(item, &format!("{pointer}/{index}")), Ok)?;
            positions.push(position);
        }
        Ok(positions)
    }

    /// The usual case without a single allocation: two finite numbers in range.
    fn plain_position(&self, node: &Node) -> Option<LonLat> {
        let Value::Array(items) = &node.value else { return None };
        let [Node { value: Value::Number(lon), .. }, Node { value: Value::Number(lat), .. }] = items.as_slice() else { return None };
        let plain = self.reference == CoordinateReference::Degrees && lon.abs() <= 180.0 && lat.abs() <= 90.0;
        plain.then(|| LonLat::new(*lon, *lat))
    }

    fn position(&mut self, node: &Node, pointer: &str) -> Result<LonLat, Finding> {
        let items = match &node.value {
            Value::Array(items) => items,
            _ => {
                let message = format!("a position must be an array of numbers, not {}", node.kind());
                return Err(
                    wrong(node, pointer, "position-not-array", message).hint("The coordinates are not nested as this geometry type needs")
                );
            }
        };
        let mut numbers = [0.0; 2];
        for (index, item) in items.iter().enumerate() {
            let Value::Number(number) = item.value else {
                let message = format!("a coordinate must be a number, not {}", item.kind());
                return Err(wrong(item, &format!("{pointer}/{index}"), "coordinate-not-number", message)
                    .hint("Write [longitude, latitude] without quotes; check the nesting of the brackets"));
            };
            if !number.is_finite() {
                let message = if item.raw.as_deref().is_some_and(|raw| raw.contains(['N', 'I'])) {
                    "the coordinate is not a finite number"
                } else {
                    "the coordinate is too large to be a number"
                };
                return Err(wrong(item, &format!("{pointer}/{index}"), "coordinate-not-finite", message));
            }
            if let Some(slot) = numbers.get_mut(index) {
                *slot = number;
            }
        }
        if items.len() < 2 {
            return Err(wrong(node, pointer, "short-position", "a position needs longitude and latitude"));
        }
        self.reading.has_heights |= items.len() > 2;
        self.in_range(node, pointer, numbers)
    }

    fn in_range(&mut self, node: &Node, pointer: &str, [x, y]: [f64; 2]) -> Result<LonLat, Finding> {
        if self.reference == CoordinateReference::WebMercator {
            let mercator = MapProjection::new(ProjectionKind::Mercator, 0.0);
            return mercator
                .unproject(Projected::new(x, y))
                .ok_or_else(|| wrong(node, pointer, "outside-web-mercator", "the position lies outside the world of EPSG:3857"));
        }
        if y.abs() > 90.0 {
            let hint = if x.abs() <= 90.0 && y.abs() <= 180.0 {
                "Longitude and latitude seem to be swapped: RFC 7946 wants longitude first"
            } else {
                "Coordinates must be degrees of WGS 84; name another reference system in `crs` or convert the file"
            };
            return Err(wrong(node, pointer, "latitude-out-of-range", format!("the latitude {y} is beyond ±90°")).hint(hint));
        }
        if x.abs() > MAX_ABS_LON_DEG {
            return Err(wrong(node, pointer, "longitude-out-of-range", format!("the longitude {x} is not in degrees"))
                .hint("Coordinates must be degrees of WGS 84; name another reference system in `crs` or convert the file"));
        }
        if x.abs() > 180.0 {
            let wrapped = wrap_lon_deg(x);
            if !self.reading.notes.iter().any(|note| note.code == "longitude-wrapped") {
                let note =
                    Finding::new(Severity::Info, "longitude-wrapped", format!("longitudes beyond ±180° were wrapped ({x} is {wrapped})"));
                self.reading.notes.push(note.at(node.at, pointer).value(node.shown()));
            }
            return Ok(LonLat::new(wrapped, y));
        }
        Ok(LonLat::new(x, y))
    }

    fn line(&mut self, node: &Node, pointer: &str) -> Result<Vec<LonLat>, Finding> {
        let positions = self.positions(node, pointer)?;
        if positions.len() < 2 {
            return Err(wrong(node, pointer, "short-line", format!("a line needs two positions, this one has {}", positions.len())));
        }
        Ok(positions)
    }

    fn ring(&mut self, node: &Node, pointer: &str) -> Result<Vec<LonLat>, Finding> {
        let positions = self.positions(node, pointer)?;
        if positions.len() < 4 {
            let message = format!("a ring needs four positions, the last equal to the first; this one has {}", positions.len());
            return Err(wrong(node, pointer, "short-ring", message));
        }
        let numbers_in = |item: Option<&Node>| item.map(|item| if let Value::Array(numbers) = &item.value { numbers.len() } else { 0 });
        let same_length = match &node.value {
            Value::Array(items) => numbers_in(items.first()) == numbers_in(items.last()),
            _ => true,
        };
        if positions.first() != positions.last() || !same_length {
            return Err(
                wrong(node, pointer, "open-ring", "the ring does not end where it begins").hint("Repeat the first position at the end")
            );
        }
        if positions.iter().skip(1).all(|position| position == &positions[0]) {
            return Err(wrong(node, pointer, "point-ring", "all positions of the ring are the same"));
        }
        Ok(positions)
    }
}

fn array<'n>(node: &'n Node, pointer: &str) -> Result<&'n [Node], Finding> {
    match &node.value {
        Value::Array(items) => Ok(items),
        _ => Err(wrong(node, pointer, "wrong-nesting", format!("an array of positions was expected, not {}", node.kind()))
            .hint("The coordinates are not nested as this geometry type needs")),
    }
}

fn wrong(node: &Node, pointer: &str, code: &'static str, message: impl Into<String>) -> Finding {
    Finding::error(code, message).at(node.at, pointer).value(node.shown())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::node::{self, parse};

    fn read(text: &str) -> Result<Option<Geometry>, Finding> {
        let node = parse(text.as_bytes(), node::Reading::exact(0)).expect("JSON");
        geometry(&node, "/geometry", CoordinateReference::Degrees, &mut Reading::default())
    }

    fn code(text: &str) -> (&'static str, String) {
        let finding = read(text).expect_err("refused");
        (finding.code, finding.pointer)
    }

    #[test]
    fn every_type_is_read() {
        let point = LonLat::new(1.0, 2.0);
        assert_eq!(read(r#"{"type":"Point","coordinates":[1,2]}"#), Ok(Some(Geometry::Points(vec![point]))));
        let line = r#"{"type":"MultiLineString","coordinates":[[[0,0],[1,2,99]],[[5,5],[1,2]]]}"#;
        assert!(matches!(read(line), Ok(Some(Geometry::Lines(lines))) if lines.len() == 2 && lines[0][1] == point));
        let polygon = r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}"#;
        assert!(matches!(read(polygon), Ok(Some(Geometry::Polygons(p))) if p[0][0].len() == 4));
        let mixed = r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}"#;
        assert_eq!(read(mixed), Ok(Some(Geometry::Collection(vec![Geometry::Points(vec![point])]))));
    }

    #[test]
    fn wrong_geometries_are_refused_with_their_place() {
        let cases = [
            (r#"{"type":"Point","coordinates":["1",2]}"#, "coordinate-not-number", "/geometry/coordinates/0"),
            (r#"{"type":"Point","coordinates":[1]}"#, "short-position", "/geometry/coordinates"),
            (r#"{"type":"Point","coordinates":[41,119]}"#, "latitude-out-of-range", "/geometry/coordinates"),
            (r#"{"type":"LineString","coordinates":[[1,2]]}"#, "short-line", "/geometry/coordinates"),
            (r#"{"type":"LineString","coordinates":[1,2]}"#, "position-not-array", "/geometry/coordinates/0"),
            (r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[2,2]]]}"#, "open-ring", "/geometry/coordinates/0"),
            (r#"{"type":"point","coordinates":[1,2]}"#, "unknown-geometry-type", "/geometry/type"),
            (r#"{"type":"Point"}"#, "missing-coordinates", "/geometry"),
            (r#"{"type":"Point","coordinates":[1e999,2]}"#, "coordinate-not-finite", "/geometry/coordinates/0"),
        ];
        for (text, expected, pointer) in cases {
            assert_eq!(code(text), (expected, pointer.to_owned()), "{text}");
        }
    }

    #[test]
    fn swapped_axes_are_named_but_never_repaired() {
        let finding = read(r#"{"type":"Point","coordinates":[41.3,119.4]}"#).expect_err("refused");
        assert!(finding.hint.is_some_and(|hint| hint.contains("swapped")));
    }

    #[test]
    fn web_mercator_is_converted() {
        let node = parse(br#"{"type":"Point","coordinates":[2165170,5059100]}"#, node::Reading::exact(0)).expect("JSON");
        let read = geometry(&node, "", CoordinateReference::WebMercator, &mut Reading::default()).expect("read");
        let Some(Geometry::Points(points)) = read else { panic!("a point") };
        // Durrës, 19.45° E 41.31° N.
        assert!((points[0].lon_deg - 19.45).abs() < 0.01 && (points[0].lat_deg - 41.31).abs() < 0.02, "{points:?}");
    }

    #[test]
    fn quick_and_exact_reading_give_the_same() {
        for text in [
            r#"{"type":"LineString","coordinates":[[0,0],[1,2],[3,4]]}"#,
            r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]],[[0,0,5],[1,0,5],[1,1,5],[0,0,5]]]}"#,
            r#"{"type":"MultiPoint","coordinates":[[190,0],[1,2]]}"#,
            r#"{"type":"GeometryCollection","geometries":[{"type":"LineString","coordinates":[[5,5],[6,6]]}]}"#,
        ] {
            for reference in [CoordinateReference::Degrees, CoordinateReference::WebMercator] {
                let read = |quick: bool| {
                    let node = parse(text.as_bytes(), node::Reading { base: 0, quick, cancel: None }).expect("JSON");
                    let mut reading = Reading::default();
                    (geometry(&node, "", reference, &mut reading).expect("read"), reading.has_heights, reading.notes)
                };
                assert_eq!(read(true), read(false), "{text}");
            }
        }
    }

    #[test]
    fn what_is_refused_in_lists_and_collections_has_a_pointer_too() {
        let nested = (0..9).fold(r#"{"type":"Point","coordinates":[1,2]}"#.to_owned(), |inner, _| {
            format!(r#"{{"type":"GeometryCollection","geometries":[{inner}]}}"#)
        });
        assert_eq!(code(&nested).0, "deep-collection");
        let second =
            r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[]},{"type":"Point","coordinates":[0,91]}]}"#;
        assert_eq!(code(second), ("latitude-out-of-range", "/geometry/geometries/1/coordinates".to_owned()));
        let last = r#"{"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[0,0],[600,1]]]}"#;
        assert_eq!(code(last), ("longitude-out-of-range", "/geometry/coordinates/1/1".to_owned()));
        let uneven = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0,7]]]}"#;
        assert_eq!(code(uneven).0, "open-ring");
        assert_eq!(code(r#"{"type":"Polygon","coordinates":[[[0,0],[0,0],[0,0],[0,0]]]}"#).0, "point-ring");
    }
}
