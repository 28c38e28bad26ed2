//! The corridors of the atlas against the land of 1:10m: what is said to be routed keeps to the water.

use std::sync::atomic::AtomicBool;

use sealane::analysis::{LandControl, check_land};
use sealane::cartography::Basemap;
use sealane::geodesy::{LonLat, distance_m};
use sealane::lanes::{PassageKind, SeaNetwork, fairways};
use sealane::load::{LoadControl, bundled_atlas, load};
use sealane::model::{Dataset, FeatureKind, PathKind, PlacePrecision, Route};

/// A stretch over land so near to the line of a canal or approach belongs to it: 1:10m draws rivers and canals as land.
const FAIRWAY_M: f64 = 2_000.0;
/// A stretch over land so near to a port of call is its access: harbors lie behind the coast of 1:10m.
const ACCESS_M: f64 = 15_000.0;
/// Shorter stretches come from coordinates that are rounded to a meter.
const ROUNDING_M: f64 = 20.0;

fn atlas() -> Dataset {
    let control = LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
    load(&bundled_atlas(), None, &control).expect("not canceled").dataset
}

fn routed(route: &Route) -> impl Iterator<Item = &Vec<LonLat>> {
    route.lines.iter().enumerate().filter(|(line, _)| route.path_of_line(*line) == Some(PathKind::Routed)).map(|(_, line)| line)
}

/// Positions of the ports that a corridor calls at. A country's stand-in is no port.
fn calls(dataset: &Dataset, route: &Route) -> Vec<LonLat> {
    let ids = route.origin_port.iter().chain(&route.via).chain(&route.destination_port);
    let ports = ids.filter_map(|id| dataset.find(FeatureKind::Port, id)).map(|port| &dataset.ports[port.at()]);
    ports.filter(|port| port.precision != Some(PlacePrecision::Country)).filter_map(|port| port.position).collect()
}

/// Distance in meters from a position to a line of short segments, on the plane around the position.
fn distance_to_line_m(position: LonLat, line: &[LonLat]) -> f64 {
    let m_per_deg = 111_195.0;
    let east = position.lat_deg.to_radians().cos() * m_per_deg;
    let plane = |p: LonLat| ((p.lon_deg - position.lon_deg) * east, (p.lat_deg - position.lat_deg) * m_per_deg);
    let to_segment = |pair: &[LonLat]| {
        let ((ax, ay), (bx, by)) = (plane(pair[0]), plane(pair[1]));
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx * dx + dy * dy;
        let along = if length == 0.0 { 0.0 } else { (-(ax * dx + ay * dy) / length).clamp(0.0, 1.0) };
        (ax + along * dx).hypot(ay + along * dy)
    };
    line.windows(2).map(to_segment).fold(f64::INFINITY, f64::min)
}

#[test]
fn no_routed_corridor_touches_land_outside_canals_approaches_and_access() {
    let dataset = atlas();
    let land = Basemap::bundled().expect("sound").land_index().expect("sound");
    let network = SeaNetwork::bundled().expect("sound");
    let fairways: Vec<_> = network.passages().iter().filter(|passage| passage.kind != PassageKind::Strait).collect();
    let mut ashore = Vec::new();
    let (mut lines, mut over_land_m, mut allowed_m) = (0, 0.0, 0.0);
    for route in &dataset.routes {
        let calls = calls(&dataset, route);
        for line in routed(route) {
            lines += 1;
            for stretch in land.stretches(line) {
                // Both ends and so, for a stretch of a few kilometers, all of it.
                let near = |limit_m: f64, distance_m: &dyn Fn(LonLat) -> f64| {
                    [stretch.from, stretch.to].into_iter().all(|end| distance_m(end) < limit_m)
                };
                let in_fairway = fairways.iter().any(|passage| near(FAIRWAY_M, &|end| distance_to_line_m(end, &passage.line)));
                let at_a_port = calls.iter().any(|port| near(ACCESS_M, &|end| distance_m(end, *port)));
                if in_fairway || at_a_port {
                    allowed_m += stretch.length_m;
                } else if stretch.length_m > ROUNDING_M {
                    over_land_m += stretch.length_m;
                    ashore.push(format!("{}: {:.2} km from {:?} to {:?}", route.id, stretch.length_m / 1e3, stretch.from, stretch.to));
                }
            }
        }
    }
    assert!(
        ashore.is_empty(),
        "{} stretches of {lines} routed lines, {:.1} km in all, lie on land ({:.1} km in canals, approaches and access do):\n{}",
        ashore.len(),
        over_land_m / 1e3,
        allowed_m / 1e3,
        ashore.join("\n")
    );
    assert!(lines >= 44, "only {lines} routed lines: 22 corridors are routed, 22 in part");
}

#[test]
fn the_check_of_the_program_finds_nothing_in_the_atlas() {
    let land = Basemap::bundled().expect("sound").land_index().expect("sound");
    let fairways = fairways(SeaNetwork::bundled().expect("sound"));
    let control = LandControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
    let found = check_land(&atlas(), &land, &fairways, None, &control).expect("not canceled");
    assert!(found.crossings.is_empty(), "{} crossings: {:?}", found.crossings.len(), found.crossings);
}

#[test]
fn only_road_legs_and_legs_without_a_stated_port_are_schematic() {
    let dataset = atlas();
    let unstated = |id: &Option<std::sync::Arc<str>>| id.as_deref().is_some_and(|id| id.ends_with("-unspecified"));
    for route in &dataset.routes {
        let by_road = ["rt-co-pir-bar-al", "rt-ve-bar-gr"].contains(&&*route.id);
        let stated = !unstated(&route.origin_port) && !unstated(&route.destination_port);
        assert_eq!(route.path == Some(PathKind::Routed), stated && !by_road, "{}", route.id);
        let words: Vec<_> = (0..route.lines.len()).map(|line| route.path_of_line(line)).collect();
        match route.path {
            Some(PathKind::Mixed) => {
                assert_eq!(route.line_paths.len(), route.lines.len(), "{}", route.id);
                assert!(words.contains(&Some(PathKind::Routed)) && words.contains(&Some(PathKind::Schematic)), "{}", route.id);
            }
            _ => assert!(route.line_paths.is_empty() && words.iter().all(|word| *word == route.path), "{}", route.id),
        }
        // A routed line never begins or ends at a stand-in.
        if unstated(&route.origin_port) {
            assert_eq!(words[0], Some(PathKind::Schematic), "{}", route.id);
        }
        if unstated(&route.destination_port) {
            assert_eq!(words.last(), Some(&Some(PathKind::Schematic)), "{}", route.id);
        }
    }
}
