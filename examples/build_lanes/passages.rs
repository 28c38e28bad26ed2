//! Reads `assets/passages.geojson`.

use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use sealane::geodesy::LonLat;
use sealane::lanes::sphere::{Vector, angle, nearest_on_arc, vector};
use sealane::lanes::{Passage, PassageKind, PassageSet, VesselLimits};
use serde_json::Value;

/// Straits with a line longer than this need no help to stay open, km.
const LONGEST_NARROWS_KM: f64 = 120.0;
/// Around narrows, water of any width stays open within this distance, km.
const NARROWS_REACH_KM: f64 = 30.0;
/// A port this near an approach lies at it, km.
const AT_APPROACH_KM: f64 = 3.0;
const EARTH_RADIUS_KM: f64 = 6371.0088;

/// The passages and the places where narrow water must stay open.
pub struct Passages {
    /// As the network has them.
    pub all: Vec<Passage>,
    narrows: Vec<(Vector, Vector)>,
}

impl Passages {
    /// Whether the place lies at an approach, which then is its way to the sea.
    pub fn at_approach(&self, place: Vector) -> bool {
        let approaches = self.all.iter().filter(|passage| passage.kind == PassageKind::Approach);
        approaches.flat_map(|passage| passage.line.windows(2)).any(|pair| {
            let (a, b) = (vector(pair[0]), vector(pair[1]));
            angle(place, nearest_on_arc(place, a, b)) * EARTH_RADIUS_KM < AT_APPROACH_KM
        })
    }

    /// Whether the place lies in named narrows.
    pub fn in_narrows(&self, place: Vector) -> bool {
        self.narrows.iter().any(|(a, b)| angle(place, nearest_on_arc(place, *a, *b)) * EARTH_RADIUS_KM < NARROWS_REACH_KM)
    }
}

/// Reads and checks the file.
pub fn read(path: &Path) -> Result<Passages> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let document: Value = serde_json::from_str(&text)?;
    let features = document["features"].as_array().context("no features")?;
    ensure!(features.len() <= PassageSet::CAPACITY, "more than {} passages", PassageSet::CAPACITY);
    let mut read = Passages { all: Vec::new(), narrows: Vec::new() };
    for feature in features {
        let properties = &feature["properties"];
        let id = properties["id"].as_str().context("a passage without id")?;
        let passage = passage(feature).with_context(|| format!("passage {id}"))?;
        if passage.kind == PassageKind::Strait && passage.open_by_default {
            let line: Vec<Vector> = passage.line.iter().map(|position| vector(*position)).collect();
            let length_km: f64 = line.windows(2).map(|pair| angle(pair[0], pair[1]) * EARTH_RADIUS_KM).sum();
            if length_km < LONGEST_NARROWS_KM {
                read.narrows.extend(line.windows(2).map(|pair| (pair[0], pair[1])));
            }
            if let Some(narrows) = properties.get("narrows") {
                let line = positions(narrows)?.into_iter().map(vector).collect::<Vec<_>>();
                read.narrows.extend(line.windows(2).map(|pair| (pair[0], pair[1])));
            }
        }
        read.all.push(passage);
    }
    Ok(read)
}

fn passage(feature: &Value) -> Result<Passage> {
    let properties = &feature["properties"];
    let text = |key: &str| properties[key].as_str().with_context(|| format!("no {key}"));
    ensure!(feature["geometry"]["type"] == "LineString", "not a LineString");
    let kind = match text("kind")? {
        "strait" => PassageKind::Strait,
        "canal" => PassageKind::Canal,
        "approach" => PassageKind::Approach,
        other => bail!("unknown kind {other}"),
    };
    let limit = |key: &str| properties[key].as_f64().map(|metres| metres as f32);
    Ok(Passage {
        id: text("id")?.into(),
        name: text("name")?.into(),
        kind,
        open_by_default: properties["open_by_default"].as_bool().context("no open_by_default")?,
        limits: VesselLimits { length_m: limit("length_m"), beam_m: limit("beam_m"), draught_m: limit("draught_m") },
        source: text("source")?.into(),
        line: positions(&feature["geometry"]["coordinates"])?,
    })
}

fn positions(value: &Value) -> Result<Vec<LonLat>> {
    let pairs = value.as_array().context("no coordinates")?;
    pairs
        .iter()
        .map(|pair| match (pair[0].as_f64(), pair[1].as_f64()) {
            (Some(lon), Some(lat)) => Ok(LonLat::new(lon, lat)),
            _ => bail!("a position is not two numbers"),
        })
        .collect()
}
