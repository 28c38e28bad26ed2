//! The window around the map as a person uses it.
#![cfg(feature = "gui")]

mod ui_support;

use std::path::PathBuf;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sealane::cartography::Marking;
use sealane::geodesy::ProjectionKind;
use sealane::load::{Diagnostic, Severity};
use sealane::state::{AppState, Command, Dialog, NoticeLevel, OpenMode, SidePanel, Tab, Task, apply};
use sealane::ui::menu::menu_bar_ui;
use sealane::ui::shell::shell_ui;
use sealane::ui::status_bar::status_bar_ui;
use ui_support::{Window, state, window};

/// The window with an empty map.
fn shell(state: AppState) -> Harness<'static, Window> {
    let mut harness = window(state, 1_366.0, 768.0, |ui, state| {
        shell_ui(ui, state, |ui, _| {
            ui.allocate_space(ui.available_size());
            Vec::new()
        })
    });
    harness.run_steps(3);
    harness
}

fn press(harness: &mut Harness<'_, Window>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(2);
}

#[test]
fn keys_do_what_the_table_of_actions_says() {
    let mut harness = shell(state());
    for (modifiers, key, expected) in [
        (Modifiers::NONE, Key::F, Command::Fit),
        (Modifiers::SHIFT, Key::Plus, Command::Zoom(sealane::state::ZoomStep::In)),
        (Modifiers::COMMAND, Key::Num2, Command::ShowTab(Tab::Corridors)),
        (Modifiers::NONE, Key::F9, Command::TogglePanel(SidePanel::Bottom)),
        (Modifiers::NONE, Key::ArrowLeft, Command::PanStep(80.0, 0.0)),
        (Modifiers::COMMAND, Key::A, Command::SelectAll),
        (Modifiers::NONE, Key::Escape, Command::Escape),
        (Modifiers::COMMAND, Key::K, Command::ShowDialog(Dialog::Palette { query: String::new() })),
    ] {
        harness.state_mut().sent.clear();
        press(&mut harness, modifiers, key);
        assert!(harness.state().sent.contains(&expected), "{key:?} sent {:?}", harness.state().sent);
    }
}

#[test]
fn what_cannot_be_done_is_not_done() {
    let mut harness = shell(state());
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(!harness.state().sent.contains(&Command::Undo), "there is nothing to undo");
    apply(&mut harness.state_mut().state, Command::SetPeriod(Some((0, 10_000))));
    press(&mut harness, Modifiers::COMMAND, Key::Z);
    assert!(harness.state().sent.contains(&Command::Undo));
}

#[test]
fn no_tab_and_no_record_pushes_the_map_aside() {
    let mut harness = shell(state());
    let search = |harness: &Harness<'_, Window>| harness.get_by_label("Search or command…").rect();
    let first_tab = |harness: &Harness<'_, Window>| harness.get_by_role_and_label(egui::Role::Tab, "Timeline").rect().top();
    assert!(search(&harness).width() > 200.0, "the search box is there");
    let before = first_tab(&harness);
    for tab in Tab::ALL {
        harness.state_mut().state.panels.tab = tab;
        harness.run_steps(3);
        assert!((first_tab(&harness) - before).abs() < 0.5, "{tab:?} changes the height of the panel");
    }
}

#[test]
fn while_typing_letters_are_text() {
    let mut state = state();
    state.panels.tab = Tab::Corridors;
    let mut harness = shell(state);
    let hint = "Search in corridors";
    let boxes: Vec<_> =
        harness.query_all_by_role(egui::Role::TextInput).filter(|node| node.rect().top() > 500.0 && node.rect().left() > 400.0).collect();
    assert_eq!(boxes.len(), 1, "{hint}");
    boxes[0].focus();
    drop(boxes);
    harness.run_steps(2);
    harness.state_mut().sent.clear();
    press(&mut harness, Modifiers::NONE, Key::F);
    press(&mut harness, Modifiers::NONE, Key::ArrowLeft);
    assert!(harness.state().deeds().is_empty(), "{:?}", harness.state().deeds());
    press(&mut harness, Modifiers::COMMAND, Key::K);
    assert!(matches!(harness.state().state.dialog, Some(Dialog::Palette { .. })), "Ctrl+K works everywhere");
}

#[test]
fn menus_hold_the_actions_and_the_recent_files() {
    let mut state = state();
    state.recent_files = vec![PathBuf::from("/data/corridors of the north.geojson")];
    let mut harness = window(state, 1_366.0, 400.0, menu_bar_ui);
    harness.run_steps(2);
    harness.get_by_label("File").click();
    harness.run_steps(2);
    harness.get_by_label_contains("Open recent").click();
    harness.run_steps(2);
    harness.get_by_label("corridors of the north.geojson").click();
    harness.run_steps(2);
    let path = PathBuf::from("/data/corridors of the north.geojson");
    assert_eq!(harness.state().deeds(), [&Command::Open(vec![path], OpenMode::Replace)]);
    harness.state_mut().sent.clear();
    harness.get_by_label("View").click();
    harness.run_steps(2);
    harness.get_by_label_contains("Projection").click();
    harness.run_steps(2);
    harness.get_by_label("Projection Mercator").click();
    harness.run_steps(2);
    assert_eq!(harness.state().deeds(), [&Command::SetProjection(ProjectionKind::Mercator)]);
}

#[test]
fn the_bar_opens_palette_and_export() {
    let mut harness = window(state(), 1_366.0, 300.0, menu_bar_ui);
    harness.run_steps(2);
    harness.get_by_label("Search or command…").click();
    harness.run_steps(2);
    harness.get_by_label("TLP:CLEAR").click();
    harness.run_steps(2);
    harness.get_by_label("Export").click();
    harness.run_steps(2);
    let export = Command::ShowDialog(Dialog::Export { path: String::new() });
    let palette = Command::ShowDialog(Dialog::Palette { query: String::new() });
    assert_eq!(harness.state().deeds(), [&palette, &export, &export]);
}

#[test]
fn the_status_bar_counts_and_leads_to_the_findings() {
    let mut state = state();
    let finding = Diagnostic {
        severity: Severity::Warning,
        code: "unknown-word",
        file: "a".into(),
        line: None,
        column: None,
        pointer: None,
        feature: None,
        value: None,
        message: "An unknown word".to_owned(),
        hint: None,
    };
    state.diagnostics = std::sync::Arc::new(vec![finding]);
    state.loading = Some(Task { label: "Loading a".to_owned(), fraction: 0.4 });
    let mut harness = window(state, 1_280.0, 24.0, status_bar_ui);
    harness.run_steps(2);
    assert!(harness.query_by_label("Showing 1 of 1 corridors").is_some());
    assert!(harness.query_by_label("3 of 3 seizures, 1\u{2009}500\u{a0}kg").is_some());
    assert!(harness.query_by_label("Loading a 40 %").is_some());
    harness.get_by_label("1\u{a0}finding").click();
    harness.run_steps(2);
    harness.get_by_label("Cancel loading; what was open stays").click();
    harness.run_steps(2);
    assert_eq!(harness.state().deeds(), [&Command::ShowTab(Tab::Findings), &Command::CancelLoad]);
}

#[test]
fn messages_stay_until_they_are_dismissed_and_can_be_copied() {
    let mut state = state();
    let detail = "The file is not GeoJSON\nOpen it in a text editor to see why";
    apply(&mut state, Command::Notify(NoticeLevel::Error, "Could not open a".to_owned(), detail.to_owned()));
    let mut harness = shell(state);
    assert!(harness.query_by_label_contains("The file is not GeoJSON").is_some());
    harness.get_by_label("Copy this message").click();
    harness.run_steps(2);
    assert!(harness.state().sent.contains(&Command::CopyText(format!("Could not open a\n{detail}"))));
    harness.get_by_label("Dismiss this message").click();
    harness.run_steps(2);
    assert!(harness.state().state.notices.is_empty());
}

#[test]
fn nothing_of_the_bars_is_clipped_on_small_screens() {
    for width in [1_280.0, 1_366.0] {
        let mut state = state();
        let mut document = (*state.document).clone();
        document.figure.marking = Some(Marking::AmberStrict);
        state.document = std::sync::Arc::new(document);
        apply(&mut state, Command::SetPeriod(Some((10_594, 20_215))));
        state.loading = Some(Task { label: "Loading a file with a very long name that goes on and on.geojson".to_owned(), fraction: 0.1 });
        state.exporting = Some(Task { label: "Exporting".to_owned(), fraction: 0.9 });
        for panel in [menu_bar_ui as fn(&mut egui::Ui, &AppState) -> Vec<Command>, status_bar_ui] {
            let mut harness = window(state.clone(), width, 32.0, panel);
            harness.run_steps(3);
            let mut spans = Vec::new();
            for role in [egui::Role::Button, egui::Role::Label] {
                for node in harness.query_all_by_role(role) {
                    let rect = node.rect();
                    assert!(rect.left() >= 0.0 && rect.right() <= width + 0.5, "{node:?} at {rect} of {width}");
                    spans.push((rect.left(), rect.right()));
                }
            }
            spans.sort_by(|a, b| a.0.total_cmp(&b.0));
            assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 0.5), "parts overlap: {spans:?}");
        }
    }
}

#[test]
fn every_tab_opens_on_an_empty_window() {
    let mut harness = shell(AppState::new());
    for tab in Tab::ALL {
        harness.get_by_role_and_label(egui::Role::Tab, tab.label()).click();
        harness.run_steps(2);
        assert_eq!(harness.state().state.panels.tab, tab);
    }
}
