//! The hand-drawn passages: what a generator, a command line and a reader of the file may rely on.

use std::collections::BTreeSet;

use sealane::geodesy::{LonLat, distance_m};
use sealane::lanes::PassageSet;
use serde_json::Value;

fn features() -> Vec<Value> {
    let text = include_str!("../assets/passages.geojson");
    let file: Value = serde_json::from_str(text).expect("valid JSON");
    file["features"].as_array().expect("a FeatureCollection").clone()
}

fn line(feature: &Value) -> Vec<LonLat> {
    assert_eq!(feature["geometry"]["type"], "LineString");
    let positions = feature["geometry"]["coordinates"].as_array().expect("positions");
    positions
        .iter()
        .map(|position| LonLat::new(position[0].as_f64().expect("longitude"), position[1].as_f64().expect("latitude")))
        .collect()
}

fn find(id: &str) -> Value {
    features().into_iter().find(|feature| feature["properties"]["id"] == id).expect(id)
}

#[test]
fn every_passage_says_what_it_is_and_where_it_comes_from() {
    let features = features();
    assert!(features.len() <= PassageSet::CAPACITY);
    let mut ids = BTreeSet::new();
    for feature in &features {
        let properties = &feature["properties"];
        let id = properties["id"].as_str().expect("an id");
        assert!(ids.insert(id.to_owned()), "{id} twice");
        assert!(id.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{id} is typed on the command line");
        assert!(matches!(properties["kind"].as_str(), Some("strait" | "canal" | "approach")), "{id}");
        assert!(properties["open_by_default"].is_boolean(), "{id}");
        assert!(properties["name"].as_str().is_some_and(|name| !name.is_empty()), "{id}");
        assert!(properties["source"].as_str().is_some_and(|source| source.contains("drawn")), "{id}: by hand, and it says so");
        for limit in ["length_m", "beam_m", "draught_m"] {
            assert!(properties.get(limit).is_none_or(|limit| limit.as_f64().is_some_and(|limit| limit > 0.0)), "{id} {limit}");
        }
    }
    for id in ["panama", "suez", "gibraltar", "bosphorus", "dardanelles", "kiel", "corinth", "magellan", "messina", "parana"] {
        assert!(ids.contains(id), "{id}");
    }
}

#[test]
fn closed_passages_say_why() {
    let closed: BTreeSet<String> = features()
        .iter()
        .filter(|feature| feature["properties"]["open_by_default"] == false)
        .inspect(|feature| assert!(feature["properties"]["note"].as_str().is_some_and(|note| note.contains("Closed by default"))))
        .map(|feature| feature["properties"]["id"].as_str().unwrap_or_default().to_owned())
        .collect();
    let expected = ["corinth", "euripus", "florida-keys", "johor", "kiel", "northeast", "northwest", "palk"];
    assert_eq!(closed, expected.map(str::to_owned).into());
}

#[test]
fn lines_are_on_the_earth_and_steady() {
    for feature in features() {
        let id = feature["properties"]["id"].clone();
        let line = line(&feature);
        assert!(line.len() >= 2, "{id}");
        assert!(line.iter().all(|at| at.lon_deg.abs() <= 180.0 && at.lat_deg.abs() <= 90.0), "{id}");
        assert!(line.windows(2).all(|pair| distance_m(pair[0], pair[1]) > 50.0), "{id}: a step of less than 50 m");
        if feature["properties"]["kind"] != "strait" {
            assert!(line.windows(2).all(|pair| distance_m(pair[0], pair[1]) < 50_000.0), "{id}: fairways bend more often than this");
        }
    }
}

#[test]
fn canals_are_about_as_long_as_their_authorities_say() {
    // Published lengths from lock to lock or from town to town; the fairways at sea before and after come on top.
    for (id, published_km, at_sea_km) in [("panama", 82.0, 20.0), ("suez", 162.0, 45.0), ("kiel", 98.6, 20.0), ("corinth", 6.3, 12.0)] {
        let length_km: f64 = line(&find(id)).windows(2).map(|pair| distance_m(pair[0], pair[1]) / 1000.0).sum();
        assert!(length_km > published_km * 0.97 && length_km < published_km + at_sea_km, "{id}: {length_km} km");
    }
}

#[test]
fn approaches_end_at_the_ports_of_the_atlas() {
    let index = sealane::lanes::PortIndex::bundled();
    for (id, locode) in [
        ("antwerp", "BEANR"),
        ("barranquilla", "COBAQ"),
        ("guayaquil", "ECGYE"),
        ("hamburg", "DEHAM"),
        ("parana", "PYASU"),
        ("philadelphia", "USPHL"),
        ("rio-grande", "BRRIG"),
        ("rotterdam", "NLRTM"),
        ("santos", "BRSSZ"),
    ] {
        let end = *line(&find(id)).last().expect("positions");
        let port = index.by_locode(locode).expect(locode);
        assert!(distance_m(end, port.position) < 10.0, "{id}");
    }
}
