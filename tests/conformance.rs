//! Files made by others. The suite lies beside the repository and is not part of it: `../shared/conformance/geojson`, or the folder that
//! `SEALANE_SHARED` names. Without it the test says so and passes, unless `SEALANE_REQUIRE_SHARED` is set.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use sealane::load::{FileStatus, Input, LoadControl, Loaded, Severity, load};

struct Case {
    file: String,
    expectation: String,
}

fn suite() -> Option<PathBuf> {
    let shared = std::env::var_os("SEALANE_SHARED").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let folder = shared.join("conformance/geojson");
    folder.join("index.csv").is_file().then_some(folder)
}

fn cases(folder: &Path, group: &str) -> Vec<Case> {
    let mut reader = csv::Reader::from_path(folder.join("index.csv")).expect("the index is readable");
    let rows = reader.records().map(|row| row.expect("the index is CSV"));
    rows.map(|row| Case { file: row[0].to_owned(), expectation: row[3].to_owned() }).filter(|case| case.file.starts_with(group)).collect()
}

/// Runs `judge` on every file of a group; prints the count or, without the suite, what was skipped.
fn each(group: &str, at_least: usize, judge: impl Fn(&Case, &Loaded) -> Result<(), String>) {
    let Some(folder) = suite() else {
        assert!(std::env::var_os("SEALANE_REQUIRE_SHARED").is_none(), "the conformance files are missing");
        println!("skipped: {at_least} or more `{group}` files, since ../shared/conformance is not there");
        return;
    };
    let cases = cases(&folder, group);
    assert!(cases.len() >= at_least, "only {} files in `{group}`", cases.len());
    let mut faults = Vec::new();
    for case in &cases {
        let loaded = read(&folder.join(&case.file));
        let report = &loaded.files[0];
        if report.features != report.loaded + report.rejected {
            faults.push(format!("{}: {} features are not {} + {}", case.file, report.features, report.loaded, report.rejected));
        }
        if let Err(fault) = judge(case, &loaded) {
            faults.push(format!(
                "{} ({}): {fault}\n    {:?}",
                case.file,
                case.expectation,
                loaded.diagnostics.iter().take(3).collect::<Vec<_>>()
            ));
        }
    }
    println!("{} `{group}` files", cases.len());
    assert!(faults.is_empty(), "{} of {} files:\n{}", faults.len(), cases.len(), faults.join("\n"));
}

fn read(path: &Path) -> Loaded {
    let control = LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
    load(&[Input::Path(path.to_owned())], None, &control).expect("not canceled")
}

fn other_format(file: &str) -> Option<&'static str> {
    [("kml", "KML"), ("gpx", "GPX"), ("tcx", "TCX")].into_iter().find(|(ending, _)| file.ends_with(ending)).map(|(_, name)| name)
}

/// Refused whole, naming the format, or as XML where the file does not say more.
fn named_as_other_format(name: &str, loaded: &Loaded) -> Result<(), String> {
    let said = &loaded.diagnostics[0];
    let named = said.code == "other-format" && (said.message.contains(name) || said.message.contains("XML"));
    let unusable = loaded.files[0].status == FileStatus::Unusable;
    if named && unusable && said.hint.is_some() { Ok(()) } else { Err(format!("not refused as {name}: {}", said.message)) }
}

/// Every position lies in the file's numbers or is one of them wrapped: at least in range and finite.
fn positions_in_range(loaded: &Loaded) -> Result<(), String> {
    let mut wrong = None;
    for kind in sealane::model::FeatureKind::ALL {
        for feature in loaded.dataset.refs(kind) {
            loaded.dataset.for_each_position(feature, &mut |p| {
                if !(p.lon_deg.abs() <= 180.0 && p.lat_deg.abs() <= 90.0) {
                    wrong = Some(format!("{p:?} is out of range"));
                }
            });
        }
    }
    wrong.map_or(Ok(()), Err)
}

#[test]
fn valid_files_load_whole() {
    each("valid", 100, |case, loaded| {
        if let Some(name) = other_format(&case.file) {
            return named_as_other_format(name, loaded);
        }
        positions_in_range(loaded)?;
        let report = &loaded.files[0];
        let whole = report.rejected == 0 && report.status != FileStatus::Unusable && report.loaded == loaded.dataset.record_count();
        if whole { Ok(()) } else { Err(format!("{:?}: {} rejected", report.status, report.rejected)) }
    });
}

#[test]
fn invalid_files_are_refused_with_a_place_and_a_reason() {
    each("invalid", 50, |case, loaded| {
        if let Some(name) = other_format(&case.file) {
            return named_as_other_format(name, loaded);
        }
        let report = &loaded.files[0];
        let refused = loaded.diagnostics.iter().find(|d| d.severity == Severity::Error);
        let Some(refused) = refused else { return Err(format!("{} features were accepted", report.loaded)) };
        let empty = matches!(refused.code, "empty-file" | "other-format");
        if refused.line.is_none() && !empty {
            return Err("no place is named".to_owned());
        }
        if refused.message.is_empty() { Err("no reason is named".to_owned()) } else { Ok(()) }
    });
}

#[test]
fn odd_files_are_read_or_refused_but_never_silently_changed() {
    each("odd", 150, |case, loaded| {
        if let Some(name) = other_format(&case.file) {
            return named_as_other_format(name, loaded);
        }
        positions_in_range(loaded)?;
        let report = &loaded.files[0];
        let told = !loaded.diagnostics.is_empty();
        if (report.rejected > 0 || report.status == FileStatus::Unusable) && !told {
            return Err("refused without a word".to_owned());
        }
        let sequence = case.expectation.contains("several JSON texts");
        if sequence && report.loaded + report.rejected < 1 && report.status != FileStatus::Unusable {
            return Err("nothing of the sequence was read".to_owned());
        }
        if case.expectation.contains("TopoJSON") && loaded.diagnostics.iter().any(|d| d.code == "topojson") {
            return Err("taken for TopoJSON".to_owned());
        }
        Ok(())
    });
}
