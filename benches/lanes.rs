//! What the sea network costs: loading it, finding paths, checking the atlas against land. `cargo bench --bench lanes`.
//!
//! The first line tells how long the network takes to load: that happens once in a process, so no loop can measure it.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use sealane::cartography::Basemap;
use sealane::geodesy::{LandIndex, LonLat};
use sealane::lanes::{PathRequest, PortIndex, SeaNetwork};
use sealane::load::{LoadControl, bundled_atlas, load};
use sealane::model::{Dataset, PlacePrecision};

/// Name, start, destination.
const PAIRS: [(&str, LonLat, LonLat); 6] = [
    ("Guayaquil-Rotterdam", LonLat::new(-79.8816, -2.2405), LonLat::new(4.4424, 51.9044)),
    ("Santos-Bar", LonLat::new(-46.3208, -23.9738), LonLat::new(19.0746, 42.0997)),
    ("Callao-Odesa", LonLat::new(-77.1213, -12.0537), LonLat::new(30.7308, 46.5)),
    ("Guayaquil-Bar", LonLat::new(-79.8816, -2.2405), LonLat::new(19.0746, 42.0997)),
    ("Yokohama-Vladivostok", LonLat::new(139.66, 35.44), LonLat::new(131.89, 43.1)),
    ("Las Palmas-Sydney", LonLat::new(-15.4303, 28.1289), LonLat::new(151.22, -33.85)),
];

fn main() {
    let started = Instant::now();
    let network = SeaNetwork::bundled().expect("the asset is sound");
    println!("the network of {} passages is loaded in {:.1} ms", network.passages().len(), started.elapsed().as_secs_f64() * 1e3);
    divan::main();
}

fn atlas() -> Dataset {
    let control = LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
    load(&bundled_atlas(), None, &control).expect("not canceled").dataset
}

fn network() -> &'static SeaNetwork {
    SeaNetwork::bundled().expect("the asset is sound")
}

#[divan::bench(args = PAIRS.map(|(name, _, _)| name))]
fn find(bencher: divan::Bencher<'_, '_>, name: &str) {
    let (_, from, to) = PAIRS.into_iter().find(|(known, _, _)| *known == name).expect("of the list");
    bencher.bench(|| network().find(&PathRequest::between(from, to)));
}

/// Pairs of ports of the atlas and of the world in an order that is the same in every run; a sample goes on where the one before it ended.
#[divan::bench]
fn find_random_pairs(bencher: divan::Bencher<'_, '_>) {
    let atlas = atlas();
    let known = atlas.ports.iter().filter(|port| port.precision != Some(PlacePrecision::Country)).filter_map(|port| port.position);
    let ports: Vec<LonLat> = known.chain(PortIndex::bundled().ports().iter().map(|port| port.position)).collect();
    let mut state = 20_230_101_u64;
    let mut next = move || {
        // Knuth's linear congruential generator; its high bits are good enough to choose by.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    bencher
        .with_inputs(|| (ports[next() % ports.len()], ports[next() % ports.len()]))
        .bench_local_values(|(from, to)| network().find(&PathRequest::between(from, to)));
}

#[divan::bench(sample_count = 5)]
fn index_the_land(bencher: divan::Bencher<'_, '_>) {
    let basemap = Basemap::bundled().expect("the asset is sound");
    let level = basemap.level(sealane::cartography::DetailLevel::Fine).expect("sound");
    bencher.bench(|| LandIndex::new(level.land.iter().flat_map(|polygon| polygon.rings.iter().map(Vec::as_slice))));
}

#[divan::bench]
fn check_the_atlas_against_land(bencher: divan::Bencher<'_, '_>) {
    let atlas = atlas();
    let land = Basemap::bundled().expect("the asset is sound").land_index().expect("sound");
    bencher.bench(|| atlas.routes.iter().flat_map(|route| &route.lines).map(|line| land.stretches(line).len()).sum::<usize>());
}
