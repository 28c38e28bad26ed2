//! Land on the coasts of the basemap: points, lines over well-known places, and the check of files.

use std::sync::Arc;
use std::time::Instant;

use proptest::prelude::*;
use sealane::cartography::{Basemap, DetailLevel};
use sealane::geodesy::{LandIndex, LonLat, distance_m, great_circle};

fn land() -> Arc<LandIndex> {
    Basemap::bundled().and_then(Basemap::land_index).expect("the bundled basemap decodes")
}

fn line(positions: &[(f64, f64)]) -> Vec<LonLat> {
    positions.iter().map(|(lon, lat)| LonLat::new(*lon, *lat)).collect()
}

fn land_km(positions: &[(f64, f64)]) -> f64 {
    land().stretches(&line(positions)).iter().map(|stretch| stretch.length_m).sum::<f64>() / 1000.0
}

#[test]
fn an_index_of_the_world_is_quickly_built() {
    let level = Basemap::bundled().and_then(|map| map.level(DetailLevel::Fine)).expect("the bundled basemap decodes");
    let begun = Instant::now();
    let index = LandIndex::new(level.land.iter().flat_map(|polygon| &polygon.rings).map(Vec::as_slice));
    let took = begun.elapsed();
    println!("built in {took:?}");
    assert!(index.is_land(LonLat::new(19.26, 42.44)));
    // Unoptimized and on a busy machine; optimized it is some tens of milliseconds.
    assert!(took.as_secs_f64() < 5.0, "{took:?}");
}

#[test]
fn well_known_places_are_where_they_belong() {
    let land = land();
    for (name, lon, lat) in [
        ("Podgorica", 19.26, 42.44),
        ("Bogotá", -74.07, 4.71),
        ("the south pole", 77.0, -90.0),
        ("Chukotka west of 180°", 178.0, 67.5),
        ("Chukotka east of 180°", -175.0, 66.5),
        ("Chukotka on 180°", 180.0, 68.5),
        ("Vanua Levu", 179.2, -16.6),
        ("Michigan: lakes are no sea", -87.0, 43.5),
    ] {
        assert!(land.is_land(LonLat::new(lon, lat)), "{name} is land");
        assert!(land.is_land(LonLat::new(lon + 360.0, lat)), "{name}, once around");
    }
    for (name, lon, lat) in [
        ("the Adriatic", 17.0, 42.5),
        ("the Caspian Sea", 51.0, 41.0),
        ("the north pole", 0.0, 90.0),
        ("the Pacific on 180°", 180.0, 0.0),
        ("the Bering Strait", -168.5, 65.8),
    ] {
        assert!(!land.is_land(LonLat::new(lon, lat)), "{name} is water");
    }
}

#[test]
fn iberia_is_crossed_in_one_stretch() {
    let across = land().stretches(&line(&[(-12.0, 40.0), (2.0, 40.0)]));
    assert_eq!(across.len(), 1, "{across:?}");
    let found = across[0];
    // From the coast south of Figueira da Foz to the coast of Castellón: about 9° of longitude at 40° north.
    assert!((740_000.0..800_000.0).contains(&found.length_m), "{found:?}");
    assert!((-9.0..-8.7).contains(&found.from.lon_deg) && (-0.1..0.3).contains(&found.to.lon_deg), "{found:?}");
    let start_m = distance_m(LonLat::new(-12.0, 40.0), found.from);
    assert!((found.start_m - start_m).abs() < 1.0);
}

#[test]
fn the_isthmus_of_corinth_is_land_and_narrow() {
    let across = land().stretches(&line(&[(22.92, 37.96), (23.04, 37.90)]));
    assert_eq!(across.len(), 1, "{across:?}");
    assert!((4_000.0..9_000.0).contains(&across[0].length_m), "{across:?}");
}

#[test]
fn the_bosphorus_and_gibraltar_are_open() {
    let bosphorus = [
        (28.98, 40.98),
        (29.005, 41.005),
        (28.999, 41.03),
        (29.012, 41.04),
        (29.032, 41.05),
        (29.043, 41.06),
        (29.061, 41.09),
        (29.0725, 41.12),
        (29.079, 41.13),
        (29.066, 41.145),
        (29.062, 41.16),
        (29.0705, 41.17),
        (29.0945, 41.19),
        (29.125, 41.22),
        (29.16, 41.245),
    ];
    assert_eq!(land_km(&bosphorus), 0.0, "{:?}", land().stretches(&line(&bosphorus)));
    let gibraltar = [(-6.5, 35.93), (-5.6, 35.95), (-5.0, 36.0)];
    assert_eq!(land_km(&gibraltar), 0.0);
}

#[test]
fn lines_over_the_antimeridian_and_antarctica_are_whole() {
    let chukotka = land().stretches(&line(&[(176.0, 67.0), (-176.0, 67.0)]));
    assert!(chukotka.iter().any(|s| s.from.lon_deg > 0.0 && s.to.lon_deg < 0.0), "one stretch runs across 180°: {chukotka:?}");
    let west_of_fiji = land_km(&[(175.0, -17.8), (-175.0, -17.8)]);
    assert!((50.0..170.0).contains(&west_of_fiji), "Viti Levu: {west_of_fiji} km");
    let antarctica = land().stretches(&line(&[(0.0, -60.0), (180.0, -60.0)]));
    let longest = antarctica.iter().map(|s| s.length_m).fold(0.0, f64::max);
    assert!((2_500_000.0..4_500_000.0).contains(&longest), "over the pole: {antarctica:?}");
    let along = land_km(&[(180.0, -85.0), (180.0, -88.0)]);
    assert!((along - 335.0).abs() < 2.0, "on ice along 180°: {along} km");
}

#[test]
fn open_oceans_are_open() {
    for (name, positions) in [
        (
            "Santos to Gibraltar",
            &[(-46.0, -24.5), (-40.0, -24.5), (-37.0, -20.0), (-33.5, -8.0), (-20.0, 15.0), (-11.0, 35.9), (-6.0, 35.94)][..],
        ),
        ("around the Horn", &[(-78.0, -45.0), (-79.0, -52.0), (-76.0, -56.5), (-60.0, -58.0), (-50.0, -50.0)][..]),
        ("the Pacific", &[(-92.0, 8.0), (-140.0, 10.0), (179.0, 15.0), (-178.0, 20.0)][..]),
    ] {
        assert_eq!(land_km(positions), 0.0, "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn points_agree_with_a_count_of_all_edges(lon in -180.0..180.0, lat in -89.5..85.0_f64) {
        let level = Basemap::bundled().and_then(|map| map.level(DetailLevel::Fine)).expect("the bundled basemap decodes");
        let edges = level.land.iter().flat_map(|polygon| &polygon.rings).flat_map(|ring| ring.windows(2));
        let crossings = edges.filter(|edge| {
            let (a, b) = (edge[0], edge[1]);
            (a.lat_deg > lat) != (b.lat_deg > lat) && lon < a.lon_deg + (lat - a.lat_deg) / (b.lat_deg - a.lat_deg) * (b.lon_deg - a.lon_deg)
        });
        prop_assert_eq!(land().is_land(LonLat::new(lon, lat)), crossings.count() % 2 == 1);
    }

    #[test]
    fn legs_agree_with_their_samples(lon in -180.0..180.0, lat in -75.0..80.0_f64, east in -4.0..4.0, north in -4.0..4.0_f64) {
        let land = land();
        let (from, to) = (LonLat::new(lon, lat), LonLat::new(lon + east, lat + north));
        let stretches = land.stretches(&[from, to]);
        for sample in great_circle(from, to, 2.0) {
            let at_m = distance_m(from, sample);
            let inside = stretches.iter().any(|s| s.start_m <= at_m && at_m <= s.end_m());
            let near_a_shore = stretches.iter().any(|s| (s.start_m - at_m).abs() < 5.0 || (s.end_m() - at_m).abs() < 5.0);
            prop_assert!(near_a_shore || inside == land.is_land(sample), "{:?}: {:?}", sample, stretches);
        }
    }
}

fn check(folder: &std::path::Path, args: &[&str]) -> (Option<i32>, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sealane"));
    let output = command.current_dir(folder).arg("check").args(args).output().expect("the program runs");
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn check_flags_each_stretch_over_land() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let feature = |properties: &str| {
        format!(
            r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"LineString","coordinates":[[-12,40],[2,40],[9,40.5]]}}}}"#
        )
    };
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).expect("written");
    write("drawn.geojson", feature("{}"));
    write("schematic.geojson", feature(r#"{"kind":"route","id":"a","path":"schematic"}"#));
    let (code, text) = check(folder.path(), &["drawn.geojson", "schematic.geojson", "--format", "json"]);
    assert_eq!(code, Some(1), "{text}");
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let (drawn, schematic) = (&report["files"][0], &report["files"][1]);
    assert_eq!((&drawn["status"], &schematic["status"]), (&"findings".into(), &"clean".into()));
    assert_eq!((drawn["features"].as_u64(), drawn["loaded"].as_u64(), drawn["rejected"].as_u64()), (Some(1), Some(1), Some(0)));
    // Iberia and Sardinia, where the line ends.
    let found: Vec<_> = drawn["diagnostics"].as_array().expect("a list").iter().filter(|d| d["code"] == "route-over-land").collect();
    assert_eq!(found.len(), 2, "{text}");
    assert_eq!((&found[0]["feature"], &found[0]["severity"]), (&0.into(), &"warning".into()));
    let km: f64 = found[0]["value"].as_str().and_then(|value| value.strip_suffix(" km")).expect("km").parse().expect("a number");
    assert!((740.0..800.0).contains(&km), "{km}");
    let (code, text) = check(folder.path(), &["schematic.geojson"]);
    assert_eq!((code, text.as_str()), (Some(0), "schematic.geojson: clean, 1 features, 1 loaded, 0 rejected\n"));
}

#[test]
fn the_bundled_atlas_has_no_corridor_over_land() {
    let routes = concat!(env!("CARGO_MANIFEST_DIR"), "/routes/");
    let files = ["corridors", "ports", "cells", "seizures", "statistics", "sources"].map(|name| format!("{routes}{name}.geojson"));
    let (code, text) = check(std::path::Path::new("."), &files.each_ref().map(String::as_str));
    assert_eq!(code, Some(0), "{text}");
}
