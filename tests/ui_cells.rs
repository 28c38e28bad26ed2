//! The cells tab as a person uses it.
#![cfg(feature = "gui")]

mod ui_support;

use egui_kittest::kittest::Queryable as _;
use sealane::model::FeatureKind;
use sealane::state::{AppState, Command, SelectMode, SortOrder, Tab};
use sealane::ui::cells::{cells_tools_ui, cells_ui};
use ui_support::{record, state, window};

fn with_tools(ui: &mut egui::Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal(|ui| cells_tools_ui(ui, state, &mut commands));
    commands.extend(cells_ui(ui, state));
    commands
}

#[test]
fn a_click_on_a_cell_selects_it_and_shows_its_ties() {
    let mut harness = window(state(), 1_200.0, 240.0, with_tools);
    harness.run();
    let kavac = record(&harness.state().state, FeatureKind::Group, "kavac");
    assert!(harness.query_by_label("Contested label").is_some(), "the umbrella name is labelled");
    assert!(harness.query_by_label("No cell selected").is_some());
    harness.get_by_label("Kavač clan").click();
    harness.run();
    assert_eq!(harness.state().deeds(), [&Command::Select(vec![kavac], SelectMode::Replace)]);
    assert!(harness.query_by_label("Ties of Kavač clan (2)").is_some());
    assert!(harness.query_by_label_contains("2019 – end not stated").is_some());
    assert!(harness.query_all_by_label_contains("source grades C").count() == 2);
}

#[test]
fn a_tie_leads_to_the_other_group() {
    let mut state = state();
    let (kavac, pcc) = (record(&state, FeatureKind::Group, "kavac"), record(&state, FeatureKind::Group, "pcc"));
    state.selection.insert(kavac);
    let mut harness = window(state, 1_200.0, 240.0, with_tools);
    harness.run();
    let link = harness.get_all_by_role(egui::Role::Link).next().expect("a link to the other group");
    link.click();
    harness.run();
    assert_eq!(harness.state().deeds(), [&Command::Select(vec![pcc], SelectMode::Replace)]);
}

#[test]
fn typing_without_accents_finds_the_cell() {
    let mut harness = window(state(), 1_200.0, 240.0, with_tools);
    harness.run();
    harness.get_by_role(egui::Role::TextInput).focus();
    harness.run();
    harness.get_by_role(egui::Role::TextInput).type_text("kavac");
    harness.run();
    assert!(harness.query_by_label("Kavač clan").is_some());
    assert!(harness.query_by_label("Balkan Cartel").is_none());
}

#[test]
fn a_column_head_sorts_up_down_and_not_at_all() {
    let mut harness = window(state(), 1_200.0, 240.0, with_tools);
    harness.run();
    let mut orders = Vec::new();
    for _ in 0..3 {
        harness.get_by_label("kg explicit").click();
        harness.run();
        orders.push(harness.state().state.panels.tables[Tab::Cells.index()].sort);
    }
    let sorted = |ascending| Some(SortOrder { column: 6, ascending });
    assert_eq!(orders, [sorted(false), sorted(true), None]);
    assert!(harness.query_by_label("1\u{2009}500\u{a0}kg").is_some(), "the sum of both explicit events");
}

#[test]
fn the_network_shares_the_selection() {
    let mut harness = window(state(), 1_200.0, 300.0, with_tools);
    harness.run();
    harness.get_by_label("Network").click();
    harness.run();
    let pcc = record(&harness.state().state, FeatureKind::Group, "pcc");
    harness.get_by_label("Primeiro Comando da Capital (PCC)").click();
    harness.run();
    assert!(harness.state().state.selection.contains(&pcc));
    assert!(harness.query_by_label("Hollow: contested label").is_some(), "the legend is there");
}
