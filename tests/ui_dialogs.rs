//! The dialogs as a person uses them.
#![cfg(feature = "gui")]

mod ui_support;

use std::path::PathBuf;

use egui_kittest::kittest::Queryable as _;
use sealane::cartography::{Marking, PageSize};
use sealane::model::FeatureKind;
use sealane::state::{AppState, Command, Dialog, OpenMode, SelectMode, apply};
use sealane::ui::dialogs::dialogs_ui;
use ui_support::{Window, record, state, window};

fn showing(dialog: Dialog) -> egui_kittest::Harness<'static, Window> {
    let mut state: AppState = state();
    apply(&mut state, Command::ShowDialog(dialog));
    let mut harness = window(state, 1_280.0, 720.0, dialogs_ui);
    harness.run();
    harness
}

fn type_letters(harness: &mut egui_kittest::Harness<'static, Window>, text: &str) {
    harness.event(egui::Event::Text(text.to_owned()));
    harness.run();
}

#[test]
fn a_pasted_path_is_opened_by_enter() {
    let mut harness = showing(Dialog::Open { mode: OpenMode::Replace, path: String::new() });
    type_letters(&mut harness, "\"/data/routes.geojson\"");
    harness.key_press(egui::Key::Enter);
    harness.run();
    let opened = Command::Open(vec![PathBuf::from("/data/routes.geojson")], OpenMode::Replace);
    assert!(harness.state().sent.contains(&opened), "{:?}", harness.state().sent);
    assert_eq!(harness.state().state.dialog, None);
}

#[test]
fn without_a_path_there_is_nothing_to_open_and_files_can_be_added() {
    let mut harness = showing(Dialog::Open { mode: OpenMode::Replace, path: String::new() });
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert_eq!(harness.state().state.loading, None);
    harness.get_by_label("Add to what is open").click();
    harness.run();
    assert_eq!(harness.state().state.dialog, Some(Dialog::Open { mode: OpenMode::Add, path: String::new() }));
    harness.get_by_label("Browse…").click();
    harness.run();
    assert!(harness.state().sent.contains(&Command::PickFiles(OpenMode::Add)));
}

#[test]
fn escape_closes_the_dialog_and_keeps_the_selection() {
    let mut state = state();
    let kavac = record(&state, FeatureKind::Group, "kavac");
    state.selection.insert(kavac);
    apply(&mut state, Command::ShowDialog(Dialog::About));
    let mut harness = window(state, 1_280.0, 720.0, dialogs_ui);
    harness.run();
    assert!(harness.query_by_label("About Sealane").is_some());
    harness.key_press(egui::Key::Escape);
    harness.run();
    assert_eq!(harness.state().state.dialog, None);
    assert!(harness.state().state.selection.contains(&kavac));
}

#[test]
fn the_palette_finds_a_cell_without_its_accent_and_selects_it() {
    let mut harness = showing(Dialog::Palette { query: String::new() });
    type_letters(&mut harness, "kavac");
    let kavac = record(&harness.state().state, FeatureKind::Group, "kavac");
    harness.key_press(egui::Key::Enter);
    harness.run();
    let deeds = harness.state().deeds();
    assert!(deeds.contains(&&Command::Select(vec![kavac], SelectMode::Replace)), "{deeds:?}");
    assert!(deeds.contains(&&Command::FitFeatures(vec![kavac])), "{deeds:?}");
    assert_eq!(harness.state().state.dialog, None);
}

#[test]
fn the_palette_runs_actions_by_arrow_keys() {
    let mut harness = showing(Dialog::Palette { query: "theme".to_owned() });
    harness.key_press(egui::Key::ArrowDown);
    harness.run();
    harness.key_press(egui::Key::ArrowDown);
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(harness.state().state.dark, "the third theme entry is the dark one: {:?}", harness.state().sent);
}

#[test]
fn the_export_dialog_edits_the_figure_and_exports_to_the_path() {
    let mut harness = showing(Dialog::Export { path: "/tmp/figure.svg".to_owned() });
    harness.get_by_label("TLP:AMBER").click();
    harness.run();
    assert_eq!(harness.state().state.document.figure.marking, Some(Marking::Amber));
    assert!(harness.query_by_label("1920 × 1080 px").is_some());
    assert!(harness.query_by_label("1 of the sources are not graded").is_some());
    harness.get_by_label("Export").click();
    harness.run();
    assert!(harness.state().sent.contains(&Command::Export(PathBuf::from("/tmp/figure.svg"))));
}

#[test]
fn an_unknown_extension_is_refused_with_the_reason() {
    let mut harness = showing(Dialog::Export { path: "/tmp/figure.doc".to_owned() });
    assert!(harness.query_by_label("The name must end in .png or .svg").is_some());
    harness.get_by_label("Export").click();
    harness.run();
    assert!(!harness.state().sent.iter().any(|command| matches!(command, Command::Export(_))));
}

#[test]
fn missing_title_and_marking_are_pointed_out() {
    let mut state = state();
    let mut figure = state.document.figure.clone();
    figure.title.clear();
    figure.marking = None;
    figure.page = PageSize::A4;
    apply(&mut state, Command::SetFigure(figure));
    apply(&mut state, Command::ShowDialog(Dialog::Export { path: String::new() }));
    let mut harness = window(state, 1_280.0, 720.0, dialogs_ui);
    harness.run();
    for warning in ["No title", "No handling marking"] {
        assert!(harness.query_by_label(warning).is_some(), "{warning}");
    }
    assert!(harness.query_by_label("3508 × 2480 px").is_some());
    let Some(Dialog::Export { path }) = &harness.state().state.dialog else { panic!("the dialog is open") };
    assert!(path.ends_with("sealane-figure.png"), "{path}");
}

#[test]
fn the_sheet_of_shortcuts_fits_a_small_window() {
    let harness = showing(Dialog::Shortcuts);
    assert!(harness.query_by_label("Ctrl+Shift+Z, Ctrl+Y").is_some());
    let title = harness.get_all_by_label("Keyboard shortcuts").next().expect("the title").rect();
    assert!(title.top() >= 0.0 && title.left() >= 0.0);
    assert!(harness.get_by_label("Close").rect().right() <= 1_280.0);
}
