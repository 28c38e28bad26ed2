//! `sealane route` on the real binary: places, wishes, forms of the answer, exit codes.

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn sealane(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sealane")).args(args).output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(args: &[&str]) -> Value {
    let output = sealane(&[&["route", "--format", "json"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", err(&output));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn passages(answer: &Value) -> Vec<&str> {
    answer["passages"].as_array().expect("a list").iter().map(|id| id.as_str().expect("a text")).collect()
}

fn length_nm(answer: &Value) -> f64 {
    answer["length_nm"].as_f64().expect("a number")
}

fn coordinates(answer: &Value) -> Vec<[f64; 2]> {
    serde_json::from_value(answer["coordinates"].clone()).expect("positions")
}

#[test]
fn a_place_has_many_names() {
    let by_code = json(&["ECGYE", "MEBAR"]);
    assert_eq!((by_code["from"]["name"].as_str(), by_code["from"]["locode"].as_str()), (Some("Guayaquil"), Some("ECGYE")));
    for (from, to) in [("EC GYE", "me-bar"), ("Guayaquil", "Bar, ME"), ("ec-guayaquil", "Bar, Montenegro")] {
        assert_eq!(json(&[from, to]), by_code, "{from} {to}");
    }
    let by_position = json(&["-79.8816,-2.2405", "19.0746,42.0997"]);
    assert_eq!(by_position["coordinates"], by_code["coordinates"]);
    assert!(by_position["from"]["name"].is_null());
}

#[test]
fn negative_positions_need_no_hyphens_but_may_have_them() {
    let plain = json(&["-46.3,-24.1", "-9.5,38.5", "--speed", "10"]);
    let after = sealane(&["route", "--format", "json", "--speed", "10", "--", "-46.3,-24.1", "-9.5,38.5"]);
    assert_eq!(plain, serde_json::from_slice::<Value>(&after.stdout).expect("JSON"));
    let days = plain["days"].as_f64().expect("a number");
    assert!((days - length_nm(&plain) / 240.0).abs() < 0.01);
    // A longitude beyond ±180 is the same meridian.
    assert_eq!(json(&["313.7,-24.1", "-9.5,38.5", "--speed", "10"])["length_nm"], plain["length_nm"]);
}

#[test]
fn what_cannot_be_understood_is_refused_with_what_to_do() {
    for (args, wanted) in [
        (&["route", "42.1,119.0", "MEBAR"][..], "the order is lon,lat"),
        (&["route", "Nowhere-upon-Sea", "MEBAR"], "no port is called"),
        (&["route", "ec-unspecified", "MEBAR"], "known only as a country"),
        (&["route", "ECGYE", "MEBAR", "--forbid", "atlantis"], "there is no such passage"),
        (&["route", "ECGYE", "MEBAR", "--speed", "0"], "--speed"),
        (&["route", "ECGYE"], "<TO>"),
        (&["route", "--list-passages", "--format", "geojson"], "text and json"),
    ] {
        let output = sealane(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(output.stdout.is_empty() && err(&output).contains(wanted), "{args:?}: {}", err(&output));
    }
    let help = sealane(&["route", "-h"]);
    assert_eq!(help.status.code(), Some(0));
}

#[test]
fn guayaquil_to_bar_goes_by_panama_gibraltar_and_otranto() {
    let answer = json(&["ECGYE", "MEBAR"]);
    let used = passages(&answer);
    let places = ["panama", "gibraltar", "otranto"].map(|id| used.iter().position(|used| *used == id));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{used:?}");
    assert!(!used.contains(&"corinth"));
    assert_eq!(answer["land_km"].as_f64(), Some(0.0));
    // Great circles from port to port through the three passages, straight over the land between them, add up to 6 290 nm.
    assert!((6_300.0..6_700.0).contains(&length_nm(&answer)), "{}", length_nm(&answer));
    let km_per_nm = answer["length_km"].as_f64().expect("a number") / length_nm(&answer);
    assert!((km_per_nm - 1.852).abs() < 1e-4);
    let line = coordinates(&answer);
    assert!((line[0], line[line.len() - 1]) == ([-79.8816, -2.2405], [19.0746, 42.0997]), "{line:?}");
}

#[test]
fn wishes_are_kept() {
    let direct = json(&["ECGYE", "MEBAR"]);
    let around = json(&["ECGYE", "MEBAR", "--forbid", "PANAMA"]);
    assert!(!passages(&around).contains(&"panama"));
    assert!(length_nm(&around) > length_nm(&direct) + 2_000.0);
    let suez = json(&["ECGYE", "MEBAR", "--require", "suez"]);
    assert!(passages(&suez).contains(&"suez") && length_nm(&suez) > length_nm(&direct));
    // Closed by default, so that it shortens the way only when it is allowed.
    let open = json(&["GRPIR", "MEBAR", "--allow", "corinth"]);
    assert!(passages(&open).contains(&"corinth"));
    assert!(length_nm(&json(&["GRPIR", "MEBAR"])) > length_nm(&open) + 100.0);
}

#[test]
fn what_is_impossible_has_no_route_and_a_reason() {
    for (args, reason) in [
        (&["ROCND", "MEBAR", "--forbid", "bosphorus"][..], "without"),
        (&["ECGYE", "MEBAR", "--forbid", "panama", "--require", "panama"], "both required and forbidden"),
        (&["ECGYE", "MEBAR", "--forbid", "gibraltar,suez"], "without"),
    ] {
        let output = sealane(&[&["route", "--format", "json"], args].concat());
        assert_eq!(output.status.code(), Some(1), "{args:?}: {}", out(&output));
        assert!(err(&output).starts_with("no route: ") && err(&output).contains(reason), "{args:?}: {}", err(&output));
        let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(answer["error"], "no_route");
        assert!(answer["reason"].as_str().is_some_and(|text| text.contains(reason)) && answer.get("coordinates").is_none());
        let text = sealane(&[&["route"], args].concat());
        assert!(text.status.code() == Some(1) && text.stdout.is_empty());
    }
}

#[test]
fn stops_on_the_way_are_called_at_in_order() {
    let answer = json(&["BRSSZ", "ITTRS", "--via", "ESLPA", "--via", "it-gioia-tauro"]);
    let line = coordinates(&answer);
    let at = |position: [f64; 2]| line.iter().position(|vertex| *vertex == position);
    let (las_palmas, gioia_tauro) = (at([-15.4303, 28.1289]), at([15.8931, 38.4247]));
    assert!(las_palmas.is_some() && las_palmas < gioia_tauro, "{las_palmas:?} {gioia_tauro:?}");
    assert!(line.windows(2).all(|pair| pair[0] != pair[1]), "legs join without a double position");
    assert!(length_nm(&answer) > length_nm(&json(&["BRSSZ", "ITTRS"])));
    assert_eq!(answer["via"].as_array().map(Vec::len), Some(2));
}

#[test]
fn the_file_is_a_route_that_opens() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = sealane(&["route", "Yokohama, JP", "USPHL", "--format", "geojson"]);
    // Yokohama is in the index of the world's ports, not in the atlas.
    let output = if output.status.code() == Some(0) { output } else { sealane(&["route", "139.7,35.3", "-125,40", "--format", "geojson"]) };
    let file: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let feature = &file["features"][0];
    assert_eq!((feature["properties"]["kind"].as_str(), feature["properties"]["path"].as_str()), (Some("route"), Some("routed")));
    assert_eq!(feature["geometry"]["type"], "MultiLineString", "cut at ±180°");
    for part in feature["geometry"]["coordinates"].as_array().expect("parts") {
        let lons: Vec<f64> = part.as_array().expect("a line").iter().filter_map(|position| position[0].as_f64()).collect();
        assert!(lons.windows(2).all(|pair| (pair[1] - pair[0]).abs() < 180.0));
    }
    let path = folder.path().join("route.geojson");
    std::fs::write(&path, &output.stdout).expect("written");
    let check = sealane(&["check", "--format", "json", path.to_str().expect("UTF-8")]);
    let report: Value = serde_json::from_slice(&check.stdout).expect("JSON");
    assert_eq!((report["files"][0]["loaded"].as_u64(), report["files"][0]["rejected"].as_u64()), (Some(1), Some(0)), "{report}");
}

#[test]
fn text_is_for_people() {
    let text = out(&sealane(&["route", "ECGYE", "MEBAR", "--speed", "12.5"]));
    let labels: Vec<&str> = text.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(labels, ["From", "To", "Length", "Time", "Passages", "Over", "Access"], "{text}");
    assert!(text.contains("Guayaquil (ECGYE)") && text.contains("at 12.5 knots") && text.contains(" nm · "), "{text}");
}

#[test]
fn passages_are_listed_with_limits_and_sources() {
    let list: Value = serde_json::from_slice(&sealane(&["route", "--list-passages", "--format", "json"]).stdout).expect("JSON");
    let passages = list["passages"].as_array().expect("a list");
    let find = |id: &str| passages.iter().find(|passage| passage["id"] == id).unwrap_or_else(|| panic!("no {id}"));
    for (id, kind, open) in [
        ("panama", "canal", true),
        ("suez", "canal", true),
        ("kiel", "canal", false),
        ("corinth", "canal", false),
        ("gibraltar", "strait", true),
        ("bosphorus", "strait", true),
        ("dardanelles", "strait", true),
        ("magellan", "strait", true),
    ] {
        let passage = find(id);
        assert_eq!((passage["kind"].as_str(), passage["open"].as_bool()), (Some(kind), Some(open)), "{id}");
        assert!(passage["source"].as_str().is_some_and(|source| !source.is_empty()), "{id}");
    }
    assert!(find("panama")["max_draught_m"].as_f64().is_some_and(|draught| draught > 12.0));
    let text = out(&sealane(&["route", "--list-passages"]));
    assert_eq!(text.lines().count(), passages.len() + 1);
}

#[test]
fn a_batch_answers_every_line() {
    let lines = "# two ends a line\nECGYE\tMEBAR\n\n-46.3,-24.1,-9.5,38.5\nNowhere-upon-Sea\tMEBAR\nBRSSZ,MEBAR\n";
    let mut child = Command::new(env!("CARGO_BIN_EXE_sealane"))
        .args(["route", "--batch", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("piped").write_all(lines.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(2), "the worst line decides");
    let answers: Vec<Value> = out(&output).lines().map(|line| serde_json::from_str(line).expect("one object a line")).collect();
    let places: Vec<_> = answers.iter().map(|answer| answer["line"].as_u64().expect("a number")).collect();
    assert_eq!(places, [2, 4, 5, 6]);
    assert_eq!(answers[2]["error"], "unusable");
    let mut single = json(&["ECGYE", "MEBAR"]);
    single["line"] = answers[0]["line"].clone();
    single["search_ms"] = answers[0]["search_ms"].clone();
    assert_eq!(answers[0], single);
    assert!(answers[3]["search_ms"].as_f64().is_some_and(|ms| ms >= 0.0));
}
