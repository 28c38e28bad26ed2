//! What an analyst is told about files: one fixture, one case.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use sealane::load::{FileStatus, Input, LoadControl, LoadError, Loaded, bundled_atlas, load, to_geojson};
use sealane::model::{FeatureKind, PlacePrecision};

fn open(inputs: &[Input]) -> Loaded {
    load(inputs, None, &LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} }).expect("not canceled")
}

fn fixture(name: &str) -> Loaded {
    open(&[Input::Path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/load").join(name))])
}

fn bytes(bytes: impl Into<Vec<u8>>) -> Loaded {
    open(&[Input::Bytes { name: "input".to_owned(), bytes: bytes.into() }])
}

/// Code, line:column, pointer, feature and value of every finding.
fn told(loaded: &Loaded) -> Vec<String> {
    let one = |d: &sealane::load::Diagnostic| {
        let place = d.line.zip(d.column).map_or_else(|| "-".to_owned(), |(line, column)| format!("{line}:{column}"));
        let feature = d.feature.map_or_else(|| "-".to_owned(), |feature| feature.to_string());
        format!("{} {place} {} {feature} {}", d.code, d.pointer.as_deref().unwrap_or("-"), d.value.as_deref().unwrap_or("-"))
    };
    loaded.diagnostics.iter().map(one).collect()
}

fn counts(loaded: &Loaded) -> (usize, usize, usize) {
    let report = &loaded.files[0];
    (report.features, report.loaded, report.rejected)
}

#[test]
fn the_good_event_survives_the_bad_one() {
    let loaded = fixture("seizure_without_id.geojson");
    assert_eq!(counts(&loaded), (2, 1, 1));
    assert_eq!(told(&loaded), ["missing-property 3:1 /features/1/properties 1 -"]);
    assert!(loaded.diagnostics[0].hint.as_ref().is_some_and(|hint| hint.contains("`id`")));
}

#[test]
fn values_outside_the_schema_become_unknown_but_stay_in_the_file() {
    let loaded = fixture("unknown_words_are_kept.geojson");
    let event = &loaded.dataset.seizures[0];
    assert_eq!((event.event_date, event.mass_kg, event.attribution, event.credibility), (None, None, None, None));
    let told = told(&loaded);
    assert_eq!(told.len(), 4);
    assert!(told.iter().all(|finding| finding.starts_with("unusable-property 2:")), "{told:?}");
    let written = to_geojson(&loaded.dataset);
    for kept in ["\"date\":\"next year\"", "\"attribution\":\"maybe\"", "\"credibility\":7", "\"quantity_kg\":-4", "\"color\":\"red\""] {
        assert!(written.contains(kept), "{kept} in {written}");
    }
}

#[test]
fn wrong_coordinates_are_refused_with_their_place() {
    let loaded = fixture("coordinate_as_text.geojson");
    assert_eq!(counts(&loaded), (2, 1, 1));
    // The column counts characters: č is one.
    assert_eq!(told(&loaded), ["coordinate-not-number 3:87 /features/1/geometry/coordinates/0 1 12.5"]);
    assert_eq!(told(&fixture("swapped_axes.geojson")), ["latitude-out-of-range 1:76 /geometry/coordinates 0 [41.3,119.4]"]);
    assert_eq!(told(&fixture("number_too_large.geojson")), ["coordinate-not-finite 1:77 /geometry/coordinates/0 0 1e999"]);
    let hint = &fixture("swapped_axes.geojson").diagnostics[0].hint;
    assert!(hint.as_ref().is_some_and(|hint| hint.contains("swapped")), "a guess is a hint, not a code: {hint:?}");
}

#[test]
fn broken_json_is_refused_with_line_and_column() {
    let loaded = fixture("cut_off.geojson");
    assert_eq!(loaded.files[0].status, FileStatus::Unusable);
    assert!(told(&loaded)[0].starts_with("not-json 3:24"), "{:?}", told(&loaded));
}

#[test]
fn not_a_number_costs_its_feature_and_no_other() {
    let loaded = fixture("not_a_number.geojson");
    assert_eq!(counts(&loaded), (3, 2, 1));
    let expected = [
        "coordinate-not-finite 3:77 /features/1/geometry/coordinates/0 1 NaN",
        "number-not-kept 4:41 /features/2/properties/depth 2 -Infinity",
    ];
    assert_eq!(told(&loaded), expected);
}

#[test]
fn a_second_record_with_the_same_id_is_refused_or_renamed() {
    let loaded = fixture("duplicate_ids.geojson");
    assert_eq!(counts(&loaded), (4, 3, 1));
    assert_eq!(told(&loaded), ["duplicate-id 3:1 /features/1/properties/id 1 p", "id-made-unique 5:1 /features/3/id 3 7"]);
}

#[test]
fn ids_that_lead_nowhere_are_told_once_each() {
    let loaded = fixture("unresolved_references.geojson");
    let told = told(&loaded);
    assert_eq!(told, ["unresolved-reference 1:1 /properties/origin 0 xx-nowhere", "unresolved-reference 1:1 /properties/groups 0 nobody"]);
    assert_eq!(loaded.files[0].status, FileStatus::Findings);
}

#[test]
fn reference_systems_are_converted_or_refused() {
    let loaded = fixture("web_mercator.geojson");
    let position = loaded.dataset.ports[0].position.expect("a place");
    assert!((position.lon_deg - 19.45).abs() < 0.01 && (position.lat_deg - 41.31).abs() < 0.02, "{position:?}");
    let refused = fixture("british_grid.geojson");
    assert_eq!(refused.files[0].status, FileStatus::Unusable);
    assert_eq!(refused.diagnostics[0].code, "unsupported-crs");
}

#[test]
fn features_without_kind_are_read_by_their_geometry() {
    let dataset = fixture("without_kind.geojson").dataset;
    let count = |kind| dataset.count(kind);
    assert_eq!((count(FeatureKind::Route), count(FeatureKind::Port), count(FeatureKind::Seizure), count(FeatureKind::Area)), (1, 1, 1, 2));
    assert_eq!(&*dataset.routes[0].id, "without_kind#0");
}

#[test]
fn what_is_not_in_the_schema_is_written_back() {
    let loaded = fixture("foreign_members.geojson");
    let written: serde_json::Value = serde_json::from_str(&to_geojson(&loaded.dataset)).expect("JSON");
    let feature = &written["features"][0];
    assert_eq!(feature["title"], "beside");
    assert_eq!(feature["properties"]["stroke"], "#f00");
    assert_eq!(feature["properties"]["deep"]["a"][1], 2.5);
    assert_eq!(feature["id"], 9_007_199_254_740_993_u64);
    assert_eq!(feature["properties"]["id"], "p");
    assert_eq!((&written["name"], &written["version"]["minor"]), (&"Ports".into(), &2.into()));
    let (tie, group) = (&written["features"][2], &written["features"][1]);
    assert_eq!(tie["geometry"]["coordinates"][1], 42);
    assert_eq!(tie["id"], "t1");
    assert_eq!(group["geometry"]["coordinates"][1][0], 3);
    let codes: Vec<_> = loaded.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["geometry-not-used", "heights-not-used"]);
    assert_eq!(to_geojson(&bytes(written.to_string()).dataset), to_geojson(&loaded.dataset));
}

#[test]
fn columns_do_not_count_the_byte_order_mark_and_sequences_are_read() {
    assert_eq!(told(&fixture("byte_order_mark.geojson")), ["coordinate-not-number 1:34 /coordinates/1 0 x"]);
    let loaded = fixture("newline_delimited.geojson");
    assert_eq!(counts(&loaded), (2, 2, 0));
}

#[test]
fn the_bundled_atlas_loads_clean_and_survives_a_save() {
    let loaded = open(&bundled_atlas());
    assert_eq!(loaded.diagnostics, []);
    let count = |kind| loaded.dataset.count(kind);
    let kinds = [
        FeatureKind::Group,
        FeatureKind::Tie,
        FeatureKind::Seizure,
        FeatureKind::Port,
        FeatureKind::Route,
        FeatureKind::Statistic,
        FeatureKind::Source,
    ];
    assert_eq!(kinds.map(count), [46, 36, 149, 96, 46, 89, 291]);
    assert_eq!(loaded.dataset.ports.iter().filter(|port| port.precision == Some(PlacePrecision::Country)).count(), 13);
    let again = bytes(to_geojson(&loaded.dataset));
    assert_eq!(again.diagnostics, []);
    let rewritten = to_geojson(&again.dataset);
    assert_eq!(rewritten, to_geojson(&loaded.dataset));
}

#[test]
fn one_unusable_file_does_not_hide_the_others() {
    let mut inputs = bundled_atlas();
    inputs.insert(2, Input::Path("/nonexistent/file.geojson".into()));
    inputs.push(Input::Path(env!("CARGO_MANIFEST_DIR").into()));
    let loaded = open(&inputs);
    assert_eq!(loaded.dataset.seizures.len(), 149);
    let codes: Vec<_> = loaded.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["file-not-found", "is-a-folder"]);
}

#[test]
fn hostile_input_gets_a_message_not_a_crash() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    let deep_coordinates = format!(r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":{deep}}}}}"#);
    let one_line = format!(r#"{{"type":"Feature","properties":{{"name":"{}"}},"geometry":null}}"#, "x".repeat(10 << 20));
    for (name, text, usable) in [
        ("nothing", Vec::new(), false),
        ("noise", (0..=255).cycle().take(5_000).collect(), false),
        ("zeros", vec![0; 4_096], false),
        ("nested arrays", deep.into_bytes(), false),
        ("nested coordinates", deep_coordinates.into_bytes(), false),
        ("10 MB on one line", one_line.into_bytes(), true),
    ] {
        let loaded = bytes(text);
        assert_eq!(loaded.dataset.record_count() > 0, usable, "{name}");
        assert!(usable || !loaded.diagnostics[0].message.is_empty(), "{name}");
    }
}

#[test]
fn a_canceled_load_brings_nothing() {
    let control = LoadControl { cancel: &AtomicBool::new(true), progress: &|_| {} };
    assert_eq!(load(&bundled_atlas(), None, &control).err(), Some(LoadError::Canceled));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_counted_right(noise in proptest::collection::vec(any::<u8>(), 0..400)) {
        let loaded = bytes(noise);
        let (features, read, rejected) = counts(&loaded);
        prop_assert_eq!(features, read + rejected);
        prop_assert_eq!(read, loaded.dataset.record_count());
    }

    #[test]
    fn a_damaged_file_is_counted_right(at in 0_usize..900, byte in any::<u8>(), cut in 0_usize..900) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/load/without_kind.geojson");
        let mut text = std::fs::read(path).expect("the fixture");
        let at = at % text.len();
        text[at] = byte;
        if cut % 3 == 0 {
            text.truncate(cut);
        }
        let loaded = bytes(text);
        let (features, read, rejected) = counts(&loaded);
        prop_assert_eq!(features, read + rejected);
        prop_assert_eq!(read, loaded.dataset.record_count());
    }
}
