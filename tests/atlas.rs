//! The bundled atlas as plain JSON: every row is there, every id resolves, the totals are those of the tables, geometry is sound.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use serde_json::Value;

const FILES: &[&str] =
    &["corridors.geojson", "ports.geojson", "cells.geojson", "seizures.geojson", "statistics.geojson", "sources.geojson"];

fn collection(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("routes").join(name);
    let text = std::fs::read_to_string(&path).expect("the atlas is part of the project");
    serde_json::from_str(&text).expect("the atlas is JSON")
}

/// Features of a kind from all files.
fn features(kind: &str) -> Vec<Value> {
    FILES
        .iter()
        .flat_map(|file| collection(file)["features"].as_array().cloned().expect("a FeatureCollection"))
        .filter(|feature| feature["properties"]["kind"] == kind)
        .collect()
}

/// The properties of all features of a kind.
fn records(kind: &str) -> Vec<Value> {
    features(kind).into_iter().map(|feature| feature["properties"].clone()).collect()
}

fn ids(kind: &str) -> HashSet<String> {
    let records = records(kind);
    let ids: HashSet<String> = records.iter().map(|record| text(record, "id").expect("an id").to_owned()).collect();
    assert_eq!(ids.len(), records.len(), "an id of a {kind} is there twice");
    ids
}

fn text<'a>(record: &'a Value, name: &str) -> Option<&'a str> {
    record.get(name).map(|value| value.as_str().unwrap_or_else(|| panic!("{name} is no text: {record}")))
}

fn list<'a>(record: &'a Value, name: &str) -> Vec<&'a str> {
    let values = record.get(name).map(|value| value.as_array().expect("a list")).into_iter().flatten();
    values.map(|value| value.as_str().expect("a list of texts")).collect()
}

fn positions(geometry: &Value) -> Vec<[f64; 2]> {
    fn collect(value: &Value, into: &mut Vec<[f64; 2]>) {
        let items = value.as_array().expect("coordinates are arrays");
        if items.iter().all(Value::is_number) {
            assert_eq!(items.len(), 2, "a position has two numbers");
            into.push([items[0].as_f64().expect("finite"), items[1].as_f64().expect("finite")]);
        } else {
            items.iter().for_each(|item| collect(item, into));
        }
    }
    let mut found = Vec::new();
    if !geometry.is_null() {
        collect(&geometry["coordinates"], &mut found);
    }
    found
}

/// The lines of a route.
fn lines(geometry: &Value) -> Vec<Vec<[f64; 2]>> {
    match geometry["type"].as_str() {
        Some("LineString") => vec![positions(geometry)],
        Some("MultiLineString") => {
            let lines = geometry["coordinates"].as_array().expect("lines");
            lines.iter().map(|line| positions(&serde_json::json!({ "coordinates": line }))).collect()
        }
        other => panic!("a route is a line, not {other:?}"),
    }
}

#[test]
fn every_row_of_the_tables_is_there() {
    let counts: Vec<(&str, usize)> =
        ["route", "port", "group", "tie", "seizure", "statistic", "source"].into_iter().map(|kind| (kind, records(kind).len())).collect();
    assert_eq!(counts, [("route", 46), ("port", 96), ("group", 46), ("tie", 36), ("seizure", 149), ("statistic", 89), ("source", 291)]);
    let all: usize = FILES.iter().map(|file| collection(file)["features"].as_array().map_or(0, Vec::len)).sum();
    assert_eq!(all, counts.iter().map(|(_, count)| count).sum::<usize>(), "no feature of another kind");
    assert_eq!(collection("corridors.geojson")["waypoints"].as_array().map(Vec::len), Some(13));
}

#[test]
fn placeholders_umbrellas_and_our_own_arithmetic_are_marked() {
    let count = |kind: &str, name: &str, value: Value| records(kind).iter().filter(|record| record[name] == value).count();
    assert_eq!(count("port", "precision", "country".into()), 13);
    assert_eq!(count("port", "precision", "port".into()), 83);
    let paths = ["routed", "mixed", "schematic"].map(|path| count("route", "path", path.into()));
    assert_eq!(paths, [22, 22, 2]);
    assert_eq!(count("statistic", "derived", true.into()), 4);
    assert_eq!(count("seizure", "verified", "page_read".into()), 149);
    assert_eq!(count("statistic", "verified", "not_reread".into()), 6);
    assert!(records("seizure").iter().all(|record| record.get("credibility").is_none()), "the tables grade no item");

    let contested: Vec<Value> = records("group").into_iter().filter(|group| group["contested"] == true).collect();
    let names: Vec<&str> = contested.iter().filter_map(|group| text(group, "id")).collect();
    assert_eq!(names, ["balkan-cartel", "albanian-networks"]);
    for (grade, rows) in [("A", 12), ("B", 162), ("C", 100), ("D", 17)] {
        assert_eq!(count("source", "reliability", grade.into()), rows, "sources graded {grade}");
    }
    let names: Vec<String> = records("group").iter().filter_map(|group| text(group, "name").map(str::to_owned)).collect();
    assert!(names.iter().any(|name| name == "Kavač clan") && names.iter().any(|name| name == "Škaljari clan"));
}

#[test]
fn seizure_places_are_no_more_exact_than_reported() {
    for (record, geometry) in features("seizure").iter().map(|feature| (&feature["properties"], &feature["geometry"])) {
        let id = text(record, "id").expect("an id");
        let precision = text(record, "precision");
        assert_eq!(positions(geometry).len(), 1, "{id}");
        match text(record, "place_kind") {
            Some("at_sea") => assert_eq!(precision, Some("approximate"), "{id}"),
            Some("inland") => assert_ne!(precision, Some("port"), "{id}"),
            _ => assert!(matches!(precision, Some("port" | "country" | "approximate")), "{id}"),
        }
    }
    let country_only: Vec<Value> = records("seizure").into_iter().filter(|record| record["precision"] == "country").collect();
    let ids: Vec<&str> = country_only.iter().filter_map(|record| text(record, "id")).collect();
    assert_eq!(ids, ["sz-2004-mk", "sz-2020-ivory", "sz-2020-colombia-1570", "sz-2022-bar-al-430"]);
}

#[test]
fn every_id_resolves() {
    let (groups, ports, sources) = (ids("group"), ids("port"), ids("source"));
    let corridors = collection("corridors.geojson");
    let waypoints: HashSet<&str> = corridors["waypoints"].as_array().into_iter().flatten().filter_map(|w| text(w, "id")).collect();
    ids("route");
    ids("seizure");
    for kind in ["route", "port", "group", "tie", "seizure", "statistic"] {
        for record in records(kind) {
            assert!(!list(&record, "sources").is_empty(), "no source: {record}");
            for source in list(&record, "sources") {
                assert!(sources.contains(source), "source {source} of {record}");
            }
            for group in list(&record, "groups").into_iter().chain(["a", "b"].into_iter().filter_map(|end| text(&record, end))) {
                assert!(groups.contains(group), "group {group} of {record}");
            }
            for port in ["origin", "destination"].into_iter().filter_map(|end| text(&record, end)) {
                assert!(ports.contains(port), "port {port} of {record}");
            }
            for stop in list(&record, "via") {
                assert!(ports.contains(stop) || waypoints.contains(stop), "stop {stop} of {record}");
            }
        }
    }
}

#[test]
fn overlaps_name_each_other() {
    let overlaps: HashMap<String, Vec<String>> = records("seizure")
        .iter()
        .map(|record| (text(record, "id").expect("an id").to_owned(), list(record, "overlaps").into_iter().map(str::to_owned).collect()))
        .collect();
    for (id, others) in &overlaps {
        for other in others {
            assert_ne!(id, other);
            assert!(overlaps.get(other).is_some_and(|back| back.contains(id)), "{other} does not name {id}");
        }
    }
    let one_load = ["sz-2019-danube", "sz-2019-constanta-sea", "sz-2019-constanta-beach", "sz-2019-bg-beach"];
    assert_eq!(overlaps.values().filter(|others| !others.is_empty()).count(), one_load.len());
    for id in one_load {
        assert_eq!(overlaps[id].len(), one_load.len() - 1, "{id}");
    }
}

#[test]
fn totals_are_those_of_the_tables() {
    let seizures = records("seizure");
    let tonnes = |attribution: Option<&str>| {
        let chosen = seizures.iter().filter(|record| attribution.is_none() || text(record, "attribution") == attribution);
        chosen.map(|record| record["quantity_kg"].as_f64().expect("every row has a quantity")).sum::<f64>() / 1000.0
    };
    assert_eq!(format!("{:.1}", tonnes(None)), "298.5");
    assert_eq!(format!("{:.1}", tonnes(Some("explicit"))), "85.7");
    assert_eq!(seizures.iter().filter(|record| record["attribution"] == "explicit").count(), 33);
}

#[test]
fn geometry_is_in_range_and_steps_are_short() {
    for kind in ["route", "port", "seizure"] {
        for feature in features(kind) {
            for [lon, lat] in positions(&feature["geometry"]) {
                assert!((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat), "{feature}");
                for degrees in [lon, lat] {
                    assert!((degrees * 1e5 - (degrees * 1e5).round()).abs() < 1e-6, "more than five decimals: {degrees}");
                }
            }
        }
    }
    for feature in features("route") {
        for pair in lines(&feature["geometry"]).iter().flat_map(|line| line.windows(2)) {
            let ([lon_a, lat_a], [lon_b, lat_b]) = (pair[0], pair[1]);
            assert_ne!(pair[0], pair[1], "a vertex is there twice: {}", feature["properties"]["id"]);
            let east = (lon_b - lon_a) * lat_a.to_radians().cos();
            assert!(east.hypot(lat_b - lat_a) * 111.2 < 205.0, "a step of {} is too long", feature["properties"]["id"]);
        }
    }
}

#[test]
fn corridors_run_from_origin_through_their_stops_to_destination() {
    let corridors = collection("corridors.geojson");
    let ports: HashMap<String, [f64; 2]> = features("port")
        .iter()
        .map(|port| (text(&port["properties"], "id").expect("an id").to_owned(), positions(&port["geometry"])[0]))
        .collect();
    let waypoints: HashMap<&str, &Value> =
        corridors["waypoints"].as_array().into_iter().flatten().filter_map(|waypoint| Some((text(waypoint, "id")?, waypoint))).collect();
    for feature in features("route") {
        let record = &feature["properties"];
        let line: Vec<[f64; 2]> = lines(&feature["geometry"]).concat();
        assert_eq!(line.first(), ports.get(text(record, "origin").expect("an origin")), "{record}");
        assert_eq!(line.last(), ports.get(text(record, "destination").expect("a destination")), "{record}");
        let mut from = 0;
        for stop in list(record, "via") {
            // A port is called at; a passage is passed by, its nominal position is not; of an area the line touches a part.
            let found = match (ports.get(stop), waypoints.get(stop)) {
                (Some(port), _) => line[from..].iter().position(|position| position == port),
                (None, Some(waypoint)) => {
                    let within_km = waypoint["within_km"].as_f64().unwrap_or(60.0);
                    line[from..].iter().position(|position| distance_km(*position, positions(waypoint)[0]) <= within_km)
                }
                (None, None) => None,
            };
            from += found.unwrap_or_else(|| panic!("{stop} is not on the line in its turn: {record}"));
        }
    }
}

/// On a sphere; good to half a percent.
fn distance_km([lon_a, lat_a]: [f64; 2], [lon_b, lat_b]: [f64; 2]) -> f64 {
    let half = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin().powi(2);
    let h = half(lat_a, lat_b) + lat_a.to_radians().cos() * lat_b.to_radians().cos() * half(lon_a, lon_b);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
