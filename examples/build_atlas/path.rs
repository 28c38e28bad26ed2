//! Corridor lines: over water along the sea network where both ends are known, schematic where they are not and on land.

use sealane::geodesy::{LonLat, distance_m, great_circle, split_at_antimeridian};
use sealane::lanes::{PassageSet, PathRequest, SeaNetwork, SeaPath, StretchKind};
use sealane::model::PathKind;
use serde_json::{Value, json};

/// No step along a road leg is longer than this, km.
const MAX_STEP_KM: f64 = 200.0;

/// What a stop asks of the line.
#[derive(Clone, Copy)]
pub enum StopKind {
    /// A port: the line calls at its position.
    Port,
    /// A country: its position is a stand-in.
    Country,
    /// A passage of the network, by index.
    Passage(usize),
    /// A part of the sea: the line comes within so many kilometers.
    Area(f64),
}

/// A stop of a corridor.
#[derive(Clone, Copy)]
pub struct Stop<'a> {
    pub id: &'a str,
    pub position: LonLat,
    pub kind: StopKind,
}

/// A line with what it is.
pub struct Corridor {
    pub geometry: Value,
    /// The word for the whole.
    pub path: PathKind,
    /// The word for each line of a mixed corridor, otherwise empty.
    pub line_paths: Vec<&'static str>,
}

type Piece = (PathKind, Vec<LonLat>);

/// The line through the stops. `is_road` says whether the leg between two ports was made on land.
pub fn corridor(network: &SeaNetwork, stops: &[Stop<'_>], is_road: impl Fn(&str, &str) -> bool) -> Result<Corridor, String> {
    let mut pieces: Vec<Piece> = Vec::new();
    let calls: Vec<usize> = (0..stops.len()).filter(|at| matches!(stops[*at].kind, StopKind::Port | StopKind::Country)).collect();
    for pair in calls.windows(2) {
        let (from, between, to) = (stops[pair[0]], &stops[pair[0] + 1..pair[1]], stops[pair[1]]);
        if from.position == to.position {
            continue;
        }
        let leg = if is_road(from.id, to.id) {
            vec![(PathKind::Schematic, great_circle(from.position, to.position, MAX_STEP_KM))]
        } else {
            sea_leg(network, from, between, to)?
        };
        leg.into_iter().for_each(|piece| join(&mut pieces, piece));
    }
    let (mut lines, mut words) = (Vec::new(), Vec::new());
    for (kind, line) in &pieces {
        for part in split_at_antimeridian(&rounded(line)) {
            lines.push(part.iter().map(|p| [p.lon_deg, p.lat_deg]).collect::<Vec<_>>());
            words.push(kind.key());
        }
    }
    let path = match pieces.as_slice() {
        [] => return Err("the stops are all one place".to_owned()),
        [(kind, _)] => *kind,
        _ => PathKind::Mixed,
    };
    let geometry = match lines.as_slice() {
        [one] => json!({ "type": "LineString", "coordinates": one }),
        many => json!({ "type": "MultiLineString", "coordinates": many }),
    };
    Ok(Corridor { geometry, path, line_paths: if path == PathKind::Mixed { words } else { Vec::new() } })
}

/// Adds a piece; it goes on with the line before it when it is of the same kind.
fn join(pieces: &mut Vec<Piece>, (kind, line): Piece) {
    match pieces.last_mut() {
        Some((last, before)) if *last == kind => before.extend(line.into_iter().skip(1)),
        _ => pieces.push((kind, line)),
    }
}

/// Over water. Up to the first passage from a country whose port is not stated, and from the last passage to one, the line is schematic: it
/// keeps to the water, but where it begins or ends is a stand-in.
fn sea_leg(network: &SeaNetwork, from: Stop<'_>, between: &[Stop<'_>], to: Stop<'_>) -> Result<Vec<Piece>, String> {
    let paths = sea_paths(network, from.position, between, to.position).map_err(|error| format!("{} → {}: {error}", from.id, to.id))?;
    let mut line: Vec<LonLat> = Vec::new();
    let mut uses: Vec<(usize, usize)> = Vec::new();
    for path in &paths {
        let offset = line.len().saturating_sub(1);
        line.extend(path.positions.iter().skip(usize::from(!line.is_empty())));
        let asked = between.iter().filter_map(|stop| if let StopKind::Passage(index) = stop.kind { Some(index) } else { None });
        uses.extend(asked.filter_map(|index| place_of(network, path, index)).map(|(start, end)| (start + offset, end + offset)));
    }
    let last = line.len() - 1;
    let first_use = uses.iter().map(|(start, _)| *start).min();
    let last_use = uses.iter().map(|(_, end)| *end).max();
    let begin = if matches!(from.kind, StopKind::Country) { first_use.unwrap_or(last) } else { 0 };
    let end = if matches!(to.kind, StopKind::Country) { last_use.unwrap_or(0) } else { last };
    if begin >= end {
        return Ok(vec![(PathKind::Schematic, line)]);
    }
    let mut pieces = Vec::new();
    for (kind, range) in [(PathKind::Schematic, 0..=begin), (PathKind::Routed, begin..=end), (PathKind::Schematic, end..=last)] {
        if range.start() < range.end() {
            pieces.push((kind, line[range].to_vec()));
        }
    }
    Ok(pieces)
}

/// The paths from one call to the next: one, or several where an area is not on the way.
fn sea_paths(network: &SeaNetwork, from: LonLat, between: &[Stop<'_>], to: LonLat) -> Result<Vec<SeaPath>, String> {
    let asked = between.iter().filter_map(|stop| if let StopKind::Passage(index) = stop.kind { Some(index) } else { None });
    let asked: Vec<usize> = asked.collect();
    let require: PassageSet = asked.iter().copied().collect();
    let path = network.find(&PathRequest { require, ..PathRequest::between(from, to) }).map_err(|error| error.to_string())?;
    let used: Vec<usize> = path.passages.iter().copied().filter(|index| asked.contains(index)).collect();
    if used != asked {
        return Err("the path uses the passages in another order than the corridor names them".to_owned());
    }
    for (at, stop) in between.iter().enumerate() {
        let StopKind::Area(within_km) = stop.kind else { continue };
        if path.positions.iter().all(|position| distance_m(*position, stop.position) > within_km * 1_000.0) {
            let mut paths = sea_paths(network, from, &between[..at], stop.position)?;
            paths.extend(sea_paths(network, stop.position, &between[at + 1..], to)?);
            return Ok(paths);
        }
    }
    Ok(vec![path])
}

/// Where a path uses a passage: indices of the first and the last position in it. A strait has no length: it is used at the first position
/// behind its line.
fn place_of(network: &SeaNetwork, path: &SeaPath, passage: usize) -> Option<(usize, usize)> {
    let mut along = path.stretches.iter().filter(|stretch| stretch.kind == StretchKind::Fairway(passage)).peekable();
    if let Some(first) = along.peek().map(|stretch| stretch.start) {
        return along.last().map(|stretch| (first, stretch.end));
    }
    let across = &network.passages()[passage].line;
    let crossed = path.positions.windows(2).position(|step| across.windows(2).any(|line| cross(step[0], step[1], line[0], line[1])));
    crossed.map(|at| (at + 1, at + 1))
}

/// Whether two short segments cross on the plane of longitude and latitude.
fn cross(a: LonLat, b: LonLat, c: LonLat, d: LonLat) -> bool {
    let side = |p: LonLat, q: LonLat, r: LonLat| {
        (q.lon_deg - p.lon_deg) * (r.lat_deg - p.lat_deg) - (q.lat_deg - p.lat_deg) * (r.lon_deg - p.lon_deg)
    };
    side(a, b, c) * side(a, b, d) <= 0.0 && side(c, d, a) * side(c, d, b) <= 0.0
}

/// Five decimals, about 1 m. The positions of ports have four and stay as they are.
fn rounded(line: &[LonLat]) -> Vec<LonLat> {
    // Adding zero turns −0 into 0.
    let round = |degrees: f64| (degrees * 1e5).round() / 1e5 + 0.0;
    line.iter().map(|position| LonLat::new(round(position.lon_deg), round(position.lat_deg))).collect()
}
