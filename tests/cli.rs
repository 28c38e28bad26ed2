//! The command line on the real binary: exit codes, outputs, files.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const GOOD: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","geometry":{"type":"LineString","coordinates":[[-46.3,-24.0],[-20,10],[-6,36],[19.08,42.09]]},"properties":{"kind":"route","id":"rt-1","name":"One","mode":"container","confidence":"high"}},
{"type":"Feature","geometry":{"type":"Point","coordinates":[19.08,42.09]},"properties":{"kind":"seizure","id":"sz-1","date":"2021-06","place":"Bar","country":"ME","quantity_kg":1400}}
]}"#;

fn sealane(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sealane"));
    command.current_dir(folder).args(args).env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env("SOURCE_DATE_EPOCH", "1683244800");
    command.output().expect("the program runs")
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("good.geojson"), GOOD).expect("written");
    std::fs::write(folder.path().join("broken.geojson"), "{\"type\":").expect("written");
    folder
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn help_and_version_are_data() {
    let folder = folder();
    for args in [&["--help"][..], &["--version"], &["export", "--help"], &["check", "--help"], &["summary", "--help"]] {
        let output = sealane(folder.path(), args);
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert!(!out(&output).is_empty() && err(&output).is_empty(), "{args:?}");
    }
}

#[test]
fn the_atlas_becomes_png_and_svg_in_one_run() {
    let folder = folder();
    let output = sealane(folder.path(), &["export", "-o", "a.png", "-o", "a.svg", "--size", "960x540", "--marking", "TLP:GREEN"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(output.stdout.is_empty());
    let png = std::fs::read(folder.path().join("a.png")).expect("written");
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!((png[16..20].to_vec(), png[20..24].to_vec()), (960_u32.to_be_bytes().to_vec(), 540_u32.to_be_bytes().to_vec()));
    let svg = std::fs::read_to_string(folder.path().join("a.svg")).expect("written");
    for text in ["TLP:GREEN", "Maritime corridors from Latin America to the Balkans", "5 May 2023"] {
        assert!(svg.contains(text), "{text}");
    }
}

#[test]
fn the_same_input_gives_the_same_file() {
    let folder = folder();
    for name in ["a.svg", "b.svg"] {
        assert_eq!(sealane(folder.path(), &["export", "good.geojson", "-o", name]).status.code(), Some(0));
    }
    let read = |name: &str| std::fs::read(folder.path().join(name)).expect("written");
    assert!(read("a.svg") == read("b.svg"));
}

#[test]
fn mistakes_are_named_and_write_nothing() {
    let folder = folder();
    for (args, words) in [
        (&["export", "-o", "a.pdf"][..], "not yet supported"),
        (&["export", "-o", "a"], "format"),
        (&["export"], "--output"),
        (&["export", "-o", "a.png", "--size", "big"], "--size big"),
        (&["export", "-o", "a.png", "--extent", "mars"], "--extent mars"),
        (&["export", "-o", "a.png", "--projection", "gnomonic"], "equal-earth"),
        (&["export", "-o", "a.png", "--marking", "SECRET"], "TLP:CLEAR"),
        (&["export", "-o", "a.png", "--from", "2023-13"], "--from 2023-13"),
        (&["export", "-o", "a.png", "--where", "group=nobody-at-all"], "no group like that"),
        (&["export", "-o", "a.png", "--where", "vessel=x"], "group, port"),
        (&["export", "-o", "no/such/folder/a.png"], "folder does not exist"),
        (&["export", "missing.geojson", "-o", "a.png"], "missing.geojson"),
        (&["export", "broken.geojson", "-o", "a.png"], "broken.geojson"),
        (&["summary", "--by", "moon"], "--by moon"),
        (&["summary", "missing.geojson"], "missing.geojson"),
        (&["export", "good.geojson", "broken.geojson", "-o", "a.png"], "nothing was written"),
        (&["export", "good.geojson", "-o", "."], "format"),
        (&["check"], "FILE"),
    ] {
        let output = sealane(folder.path(), args);
        assert_eq!(output.status.code(), Some(2), "{args:?} {}", err(&output));
        assert!(err(&output).contains(words), "{args:?} says {}", err(&output));
        assert!(output.stdout.is_empty(), "{args:?}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("folder").count(), 2, "nothing was written");
}

#[test]
fn check_tells_clean_from_unusable() {
    let folder = folder();
    let broken = sealane(folder.path(), &["check", "good.geojson", "broken.geojson", "--format", "json"]);
    assert_eq!(broken.status.code(), Some(2));
    let report: serde_json::Value = serde_json::from_str(&out(&broken)).expect("JSON");
    assert_eq!(report["files"][1]["status"], "unusable");
    for file in report["files"].as_array().expect("a list") {
        let count = |key: &str| file[key].as_u64().expect("a number");
        assert_eq!(count("features"), count("loaded") + count("rejected"));
    }
    assert_eq!(report["files"][0]["features"], 2);
}

#[test]
fn strict_writes_nothing_when_there_are_findings() {
    let folder = folder();
    let odd = GOOD.replace("2021-06", "2021-13");
    std::fs::write(folder.path().join("odd.geojson"), odd).expect("written");
    let strict = sealane(folder.path(), &["export", "odd.geojson", "-o", "a.svg", "--strict"]);
    assert_eq!(strict.status.code(), Some(1), "{}", err(&strict));
    assert!(err(&strict).contains("2021-13") && !folder.path().join("a.svg").exists());
    let lenient = sealane(folder.path(), &["export", "odd.geojson", "-o", "a.svg"]);
    assert_eq!(lenient.status.code(), Some(0));
    assert!(err(&lenient).contains("2021-13") && folder.path().join("a.svg").exists());
}

#[test]
fn summary_counts_the_atlas() {
    let folder = folder();
    let json = sealane(folder.path(), &["summary", "--format", "json", "--by", "year"]);
    assert_eq!(json.status.code(), Some(0), "{}", err(&json));
    let summary: serde_json::Value = serde_json::from_str(&out(&json)).expect("JSON");
    assert_eq!(summary["total"]["events"], 149);
    let tonnes = |value: &serde_json::Value| (value["total"]["quantity_kg"].as_f64().expect("a number") / 100.0).round() / 10.0;
    assert_eq!(tonnes(&summary), 298.5);
    let explicit = sealane(folder.path(), &["summary", "--format", "json", "--where", "attribution=explicit"]);
    assert_eq!(tonnes(&serde_json::from_str(&out(&explicit)).expect("JSON")), 85.7);
    let later = sealane(folder.path(), &["summary", "--format", "json", "--from", "2030"]);
    let later: serde_json::Value = serde_json::from_str(&out(&later)).expect("JSON");
    assert_eq!(later["total"]["events"], 0);
    let csv = sealane(folder.path(), &["summary", "--format", "csv", "--from", "2019", "--to", "2021", "--where", "country=ME"]);
    assert_eq!(csv.status.code(), Some(0), "{}", err(&csv));
    let text = out(&csv);
    assert!(text.starts_with("key,label,events,quantity_kg,events_without_quantity\r\n"), "{text}");
    assert!(text.lines().skip(1).all(|line| ["2019", "2020", "2021", "total"].iter().any(|key| line.starts_with(key))), "{text}");
}

#[test]
fn standard_input_is_a_file_too() {
    let folder = folder();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sealane"))
        .args(["summary", "-", "--format", "json"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("piped").write_all(GOOD.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("ends");
    let summary: serde_json::Value = serde_json::from_str(&out(&output)).expect("JSON");
    assert_eq!(summary["total"]["quantity_kg"], 1400.0);
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let folder = folder();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sealane"))
        .args(["summary", "--format", "json", "--by", "group"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(err(&output), "");
}

#[test]
fn without_a_display_the_window_command_names_the_export() {
    let folder = folder();
    let output = sealane(folder.path(), &[]);
    if cfg!(all(unix, not(target_os = "macos"))) || cfg!(not(feature = "gui")) {
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("sealane export"), "{}", err(&output));
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_leaves_the_old_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).expect("made");
    std::fs::write(closed.join("a.svg"), "old").expect("written");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o555)).expect("set");
    let output = sealane(folder.path(), &["export", "good.geojson", "-o", "closed/a.svg"]);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).expect("set");
    // An administrator may write anywhere; then the file is simply new.
    if output.status.code() != Some(0) {
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("closed/a.svg"), "{}", err(&output));
        assert_eq!(std::fs::read_to_string(closed.join("a.svg")).expect("there"), "old");
    }
}
