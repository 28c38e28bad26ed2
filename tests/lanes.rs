//! The bundled sea network: known passages, lengths that make sense, and properties that every path must have.

use std::sync::OnceLock;

use proptest::prelude::*;
use sealane::cartography::{Basemap, DetailLevel};
use sealane::geodesy::{LandIndex, LonLat};
use sealane::lanes::{NoRoute, PassageSet, PathRequest, PortIndex, SeaNetwork, SeaPath, StretchKind};

/// The search may leave out legs that shorten a path by less than this share.
const TOLERANCE: f64 = 2e-4;

fn network() -> &'static SeaNetwork {
    SeaNetwork::bundled().expect("the bundled network is sound")
}

fn port(name: &str) -> LonLat {
    PortIndex::bundled().resolve(name).expect("a known port").position
}

fn request(from: &str, to: &str) -> PathRequest {
    PathRequest::between(port(from), port(to))
}

fn set(ids: &[&str]) -> PassageSet {
    ids.iter().map(|id| network().passage(id).expect("a known passage")).collect()
}

fn ids(path: &SeaPath) -> Vec<&'static str> {
    path.passages.iter().map(|index| &*network().passages()[*index].id).collect()
}

fn nm(path: &SeaPath) -> f64 {
    path.length_m / 1852.0
}

fn land() -> &'static LandIndex {
    static LAND: OnceLock<LandIndex> = OnceLock::new();
    LAND.get_or_init(|| {
        let level = Basemap::bundled().and_then(|map| map.level(DetailLevel::Fine)).expect("the bundled basemap is sound");
        LandIndex::new(level.land.iter().flat_map(|polygon| polygon.rings.iter().map(Vec::as_slice)))
    })
}

/// Metres of the open-sea stretches of a path over land.
fn sea_over_land_m(path: &SeaPath) -> f64 {
    let sea = path.stretches.iter().filter(|stretch| stretch.kind == StretchKind::Sea);
    sea.flat_map(|stretch| land().stretches(&path.positions[stretch.start..=stretch.end])).map(|stretch| stretch.length_m).sum()
}

#[test]
fn well_known_passages_are_used_in_their_order() {
    let cases: [(&str, &str, &[&str], std::ops::Range<f64>); 8] = [
        ("Guayaquil", "NLRTM", &["guayaquil", "panama", "windward", "dover", "rotterdam"], 5_500.0..5_700.0),
        ("Santos", "Bar", &["santos", "gibraltar", "messina", "otranto"], 5_600.0..5_800.0),
        ("UAODS", "Piraeus", &["bosphorus", "dardanelles"], 620.0..720.0),
        ("Gioia Tauro", "Bar", &["messina", "otranto"], 320.0..420.0),
        ("Callao", "Buenos Aires", &["magellan"], 3_900.0..4_100.0),
        ("SGSIN", "Rotterdam", &["malacca", "bab-el-mandeb", "suez", "sicily", "gibraltar", "dover", "rotterdam"], 8_000.0..8_700.0),
        ("PLGDY", "Hamburg", &["oresund", "hamburg"], 600.0..900.0),
        ("Asunción", "Montevideo", &["parana"], 750.0..1_150.0),
    ];
    for (from, to, passages, length_nm) in cases {
        let path = network().find(&request(from, to)).unwrap_or_else(|error| panic!("{from} to {to}: {error}"));
        assert_eq!(ids(&path), passages, "{from} to {to}");
        assert!(length_nm.contains(&nm(&path)), "{from} to {to}: {} nm", nm(&path));
    }
}

#[test]
fn closed_canals_open_on_request_only() {
    let piraeus_patras = request("Piraeus", "GRGPA");
    let around = network().find(&piraeus_patras).expect("around the Peloponnese");
    assert!(!ids(&around).contains(&"corinth"));
    let through = network().find(&PathRequest { allow: set(&["corinth"]), ..piraeus_patras }).expect("through the canal");
    assert!(ids(&through).contains(&"corinth") && through.length_m < 0.6 * around.length_m, "{:?}", ids(&through));
    let kiel = network().find(&PathRequest { require: set(&["kiel"]), ..request("Hamburg", "PLGDY") }).expect("through the canal");
    assert!(ids(&kiel).contains(&"kiel"));
}

#[test]
fn forbidden_passages_are_gone_around_or_there_is_no_route() {
    let without_panama =
        network().find(&PathRequest { forbid: set(&["panama"]), ..request("Guayaquil", "Rotterdam") }).expect("around South America");
    assert!(ids(&without_panama).contains(&"magellan"), "{:?}", ids(&without_panama));
    let around_africa = network().find(&PathRequest { forbid: set(&["gibraltar"]), ..request("Santos", "Bar") }).expect("by Suez");
    assert!(ids(&around_africa).contains(&"suez"), "{:?}", ids(&around_africa));
    let refusals = [
        (PathRequest { forbid: set(&["gibraltar", "suez"]), ..request("Santos", "Bar") }, "Strait of Gibraltar"),
        (PathRequest { forbid: set(&["bosphorus"]), ..request("Odesa", "Piraeus") }, "Bosphorus"),
    ];
    for (request, name) in refusals {
        match network().find(&request) {
            Err(NoRoute::Blocked(names)) => assert!(names.contains(name), "{names}"),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn required_passages_are_used_or_refused() {
    let by_good_hope =
        network().find(&PathRequest { require: set(&["good-hope"]), ..request("SGSIN", "Rotterdam") }).expect("around Africa");
    assert!(ids(&by_good_hope).contains(&"good-hope"));
    let contradiction = PathRequest { require: set(&["panama"]), forbid: set(&["panama"]), ..request("Guayaquil", "Rotterdam") };
    assert!(matches!(network().find(&contradiction), Err(NoRoute::Contradiction(_))));
    let dead_end = PathRequest { require: set(&["bosphorus"]), ..request("Santos", "Bar") };
    assert!(matches!(network().find(&dead_end), Err(NoRoute::RequiredOffTheWay(_))), "{:?}", network().find(&dead_end));
}

#[test]
fn waters_without_a_way_out_are_named_as_such() {
    let caspian = PathRequest::between(LonLat::new(50.0, 40.3), port("Bar"));
    assert_eq!(network().find(&caspian), Err(NoRoute::Separate));
    let siberia = PathRequest::between(LonLat::new(100.0, 60.0), port("Bar"));
    assert!(matches!(network().find(&siberia), Err(NoRoute::TooFarInland { end: "start", .. })));
    let nowhere = PathRequest::between(LonLat::new(f64::NAN, 0.0), port("Bar"));
    assert!(matches!(network().find(&nowhere), Err(NoRoute::NotAPosition(_))));
}

#[test]
fn a_path_to_the_same_place_has_no_length() {
    for place in [port("Bar"), LonLat::new(-30.0, 0.0)] {
        let path = network().find(&PathRequest::between(place, place)).expect("already there");
        assert!(path.length_m < 1.0 && path.positions.len() >= 2, "{} m", path.length_m);
    }
}

#[test]
fn damaged_networks_are_refused_without_panic() {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/lanes.bin")).expect("the asset");
    assert!(SeaNetwork::from_bytes(b"").is_err());
    assert!(SeaNetwork::from_bytes(&bytes[..bytes.len() / 2]).is_err());
    let mut flipped = bytes;
    for at in [3, 4, 5, 6, 7, 8] {
        flipped[at] ^= 0x55;
        assert!(SeaNetwork::from_bytes(&flipped).is_err(), "byte {at}");
        flipped[at] ^= 0x55;
    }
}

/// A stop in a port beside a canal has been seen to save 6 km of 20,700 (Alaska to Cyprus over Balboa): the access of such a port joins the
/// fairway elsewhere than the through path does.
const NEAR_A_CANAL_M: f64 = 10_000.0;

/// A place at sea or a port, so that random paths lead through narrow waters too.
fn place() -> impl Strategy<Value = LonLat> {
    let ports = PortIndex::bundled().ports();
    (0..ports.len()).prop_map(move |index| ports[index].position)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn there_and_back_are_the_same_path(from in place(), to in place()) {
        let there = network().find(&PathRequest::between(from, to));
        let back = network().find(&PathRequest::between(to, from));
        match (there, back) {
            (Ok(there), Ok(back)) => {
                prop_assert!((there.length_m - back.length_m).abs() < 1e-3);
                prop_assert!(there.positions.iter().eq(back.positions.iter().rev()));
            }
            (there, back) => prop_assert!(there.is_err() && back.is_err()),
        }
    }

    #[test]
    fn a_stop_makes_no_path_shorter(from in place(), over in place(), to in place()) {
        let find = |from, to| network().find(&PathRequest::between(from, to));
        if let (Ok(direct), Ok(first), Ok(second)) = (find(from, to), find(from, over), find(over, to)) {
            let with_stop = first.length_m + second.length_m;
            prop_assert!(direct.length_m <= with_stop * (1.0 + TOLERANCE) + NEAR_A_CANAL_M, "{} > {}", direct.length_m, with_stop);
        }
    }

    #[test]
    fn a_shifted_world_is_the_same_world(from in place(), to in place(), turns in -2_i32..=2) {
        let shifted = |place: LonLat| LonLat::new(place.lon_deg + 360.0 * f64::from(turns), place.lat_deg);
        let here = network().find(&PathRequest::between(from, to));
        let there = network().find(&PathRequest::between(shifted(from), shifted(to)));
        match (here, there) {
            (Ok(here), Ok(there)) => prop_assert!((here.length_m - there.length_m).abs() < 1.0),
            (here, there) => prop_assert_eq!(here.is_ok(), there.is_ok()),
        }
    }

    #[test]
    fn forbidden_passages_are_never_used(from in place(), to in place(), forbidden in prop::collection::vec(0_usize..62, 0..6)) {
        let forbid: PassageSet = forbidden.into_iter().collect();
        if let Ok(path) = network().find(&PathRequest { forbid, ..PathRequest::between(from, to) }) {
            let used: PassageSet = path.passages.iter().copied().collect();
            prop_assert!(used.intersection(forbid.union(network().closed_by_default())).is_empty());
        }
    }

    #[test]
    fn the_sea_part_of_a_path_crosses_no_land(from in place(), to in place()) {
        if let Ok(path) = network().find(&PathRequest::between(from, to)) {
            prop_assert_eq!(sea_over_land_m(&path), 0.0);
        }
    }
}
