//! Checks the dependency rules of ARCHITECTURE.md on the text of `src/`.

use std::fs;
use std::path::{Path, PathBuf};

const SRC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
const MAX_CODE_LINES: usize = 500;

/// Module → what it may name from this crate (itself always; `main` and `lib` anything).
const MAY_USE: &[(&str, &[&str])] = &[
    ("geodesy", &[]),
    ("model", &["geodesy"]),
    ("load", &["model", "geodesy"]),
    ("lanes", &["model", "geodesy"]),
    ("analysis", &["model", "geodesy"]),
    ("scene", &["model", "geodesy"]),
    ("typography", &["scene"]),
    ("cartography", &["model", "geodesy", "analysis", "scene", "typography"]),
    ("render", &["scene", "model", "geodesy", "typography"]),
    ("export", &["model", "geodesy", "analysis", "cartography", "scene", "render"]),
    ("project", &["model", "cartography"]),
    ("state", &["geodesy", "model", "load", "lanes", "analysis", "scene", "cartography", "project"]),
    ("jobs", &["load", "lanes", "geodesy", "cartography", "render", "export", "project", "model"]),
    ("ui", &["state", "analysis", "model", "geodesy", "load", "lanes", "cartography", "scene", "render"]),
    (
        "app",
        &["ui", "state", "jobs", "project", "export", "render", "cartography", "scene", "load", "lanes", "analysis", "model", "geodesy"],
    ),
    ("cli", &["model", "geodesy", "load", "lanes", "analysis", "scene", "cartography", "render", "export"]),
];

/// Text → the only places (path prefixes below `src/`) that may contain it.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("egui::", &["ui", "app", "render/egui_shapes"]),
    ("egui_plot::", &["ui"]),
    ("egui_extras::", &["ui"]),
    ("eframe::", &["app"]),
    ("rfd::", &["app"]),
    ("jiter::", &["load"]),
    ("serde_json::", &["load", "project", "cli", "app/bench"]),
    ("serde::", &["load", "project", "cli"]),
    ("vello_cpu::", &["render"]),
    ("std::fs", &["load", "export", "cli", "project"]),
    ("std::thread", &["jobs"]),
    ("clap::", &["cli", "main"]),
    ("anyhow::", &["cli", "main"]),
    (".unwrap()", &[]),
    ("super::super::super::", &[]),
];

#[test]
fn source_follows_the_dependency_rules() {
    let mut broken = Vec::new();
    let files = rust_files(Path::new(SRC));
    assert!(files.len() > 40, "only {} source files found", files.len());
    for path in files {
        let place = path.strip_prefix(SRC).expect("below src").with_extension("");
        let place = place.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&path).expect("source is UTF-8");
        broken.extend(complaints(&place, &text));
    }
    assert!(broken.is_empty(), "dependency rules broken:\n{}", broken.join("\n"));
}

fn complaints(place: &str, text: &str) -> Vec<String> {
    let module = place.split('/').next().unwrap_or_default();
    let mut broken = Vec::new();
    let mut complain = |what: String| broken.push(format!("src/{place}.rs: {what}"));
    if !text.starts_with("//!") {
        complain("the first line must be a `//!` comment".to_owned());
    }
    let code: Vec<&str> =
        text.lines().take_while(|line| *line != "#[cfg(test)]").filter(|line| !line.trim_start().starts_with("//")).collect();
    if code.len() > MAX_CODE_LINES {
        complain(format!("{} lines of code, at most {MAX_CODE_LINES}", code.len()));
    }
    // Files that are compiled for tests only may read fixtures and unwrap; their length counts all the same.
    let for_tests = place.rsplit('/').next().is_some_and(|name| matches!(name, "tests" | "fixture" | "test_data" | "sample"));
    if for_tests {
        return broken;
    }
    let free = matches!(module, "main" | "lib");
    let allowed = MAY_USE.iter().find(|(name, _)| *name == module).map(|(_, allowed)| *allowed);
    if allowed.is_none() && !free {
        complain(format!("`{module}` is not in the table of modules"));
    }
    for line in code {
        for named in line.split("crate::").skip(1) {
            let end = named.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(named.len());
            let used = &named[..end];
            if !used.is_empty() && used != module && allowed.is_some_and(|allowed| !allowed.contains(&used)) {
                complain(format!("`{module}` must not use `crate::{used}`"));
            }
        }
        for (text, places) in ONLY_IN {
            if line.contains(text) && !places.iter().any(|allowed| place.starts_with(allowed)) {
                complain(format!("`{text}` belongs only in {places:?}: {}", line.trim()));
            }
        }
    }
    broken
}

#[test]
fn the_rules_catch_what_they_are_for() {
    let bad = "//! Doc.\nuse crate::ui::theme;\nfn f() { egui::vec2(0.0, 0.0); x.unwrap(); }\n";
    assert_eq!(complaints("model/bad", bad).len(), 3);
    assert_eq!(complaints("unknown/file", "fn f() {}\n").len(), 2);
    let long = format!("//! Doc.\n{}", "fn f() {}\n".repeat(MAX_CODE_LINES + 1));
    assert_eq!(complaints("model/long", &long).len(), 1);
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).expect("src is readable").map(|entry| entry.expect("readable").path());
    let (dirs, mut files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    files.retain(|path| path.extension().is_some_and(|ext| ext == "rs"));
    files.extend(dirs.iter().flat_map(|dir| rust_files(dir)));
    files.sort();
    files
}
