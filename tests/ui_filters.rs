//! Filters, layers and chips as a person uses them.
#![cfg(feature = "gui")]

mod ui_support;

use std::sync::Arc;

use egui_kittest::kittest::Queryable as _;
use sealane::analysis::Dimension;
use sealane::cartography::{DataClasses, data_layers, legend};
use sealane::model::{FeatureKind, PartialDate};
use sealane::state::{AppState, Command, apply};
use sealane::ui::{chips::chips_ui, left_panel::left_panel_ui};
use ui_support::{state, window};

fn filtered() -> AppState {
    let mut state = state();
    let mut filter = state.document.filter.clone();
    filter.choose(Dimension::Group, "kavac");
    filter.days = Some((PartialDate::from_year(2019).first_day(), PartialDate::from_year(2021).last_day()));
    apply(&mut state, Command::SetFilter(filter, "Change filter"));
    state
}

#[test]
fn a_tick_at_a_group_filters_and_a_second_one_takes_it_back() {
    let mut harness = window(state(), 232.0, 900.0, left_panel_ui);
    harness.run();
    harness.get_by_label("Kavač clan").click();
    harness.run();
    assert!(harness.state().state.document.filter.is_chosen(Dimension::Group, "kavac"));
    assert_eq!(harness.state().state.matches.shown(FeatureKind::Seizure), 2);
    harness.get_by_label("Kavač clan").click();
    harness.run();
    assert!(harness.state().state.document.filter.is_empty());
}

#[test]
fn typed_words_filter_while_typing_and_are_one_step_of_undo() {
    let mut harness = window(state(), 232.0, 900.0, left_panel_ui);
    harness.run();
    harness.get_by_label("Words").focus();
    harness.run();
    for letters in ["zele", "nika"] {
        harness.get_by_label("Words").type_text(letters);
        harness.run();
    }
    assert_eq!(harness.state().state.document.filter.text, "zelenika");
    assert_eq!(harness.state().state.matches.shown(FeatureKind::Seizure), 1);
    apply(&mut harness.state_mut().state, Command::Undo);
    assert_eq!(harness.state().state.document.filter.text, "");
}

#[test]
fn a_typed_year_sets_the_period() {
    let mut harness = window(state(), 232.0, 900.0, left_panel_ui);
    harness.run();
    harness.get_by_label("From date").focus();
    harness.run();
    harness.get_by_label("From date").type_text("2021");
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    let days = harness.state().state.document.filter.days.expect("a period");
    assert_eq!(days.0, PartialDate::from_year(2021).first_day());
    assert_eq!(harness.state().state.matches.shown(FeatureKind::Seizure), 1);
}

#[test]
fn layers_can_be_switched_off() {
    let mut harness = window(state(), 232.0, 1_400.0, left_panel_ui);
    harness.run();
    harness.get_by_label("Layers").click();
    harness.run();
    harness.get_by_label("Graticule").click();
    harness.run();
    assert!(!harness.state().state.document.style.layers.graticule);
}

#[test]
fn the_legend_shows_what_is_in_view() {
    let mut state = state();
    make_legend(&mut state);
    let mut harness = window(state, 232.0, 1_400.0, left_panel_ui);
    harness.run();
    assert!(harness.query_by_label("Container").is_some());
    assert!(harness.query_by_label("Yacht").is_none());
    let pale = "Pale: does not match the filter";
    assert!(harness.query_by_label(pale).is_none());
    apply(&mut harness.state_mut().state, Command::SetFilterText("kavac".to_owned()));
    harness.run();
    assert!(harness.query_by_label(pale).is_some(), "what is pale is explained");
}

#[test]
fn each_chip_takes_its_restriction_away() {
    let mut harness = window(filtered(), 700.0, 100.0, chips_ui);
    harness.run();
    assert!(harness.query_by_label("Showing 2 of 3 events").is_some());
    harness.get_by_label("Remove Group: Kavač clan").click();
    harness.run();
    assert!(!harness.state().state.document.filter.restricts(Dimension::Group));
    assert!(harness.state().state.document.filter.restricts(Dimension::Period));
    harness.get_by_label("Remove 2019–2021").click();
    harness.run();
    assert!(harness.state().state.document.filter.is_empty());
    harness.run();
    assert!(harness.query_by_label("Clear all").is_none());
}

#[test]
fn clear_all_clears_all_and_chips_wrap_in_a_narrow_window() {
    let mut harness = window(filtered(), 200.0, 160.0, chips_ui);
    harness.run();
    let (first, last) = (harness.get_by_label("Remove 2019–2021").rect(), harness.get_by_label("Clear all").rect());
    assert!(last.right() <= 200.0 && last.top() > first.top(), "{first:?} {last:?}");
    harness.get_by_label("Clear all").click();
    harness.run();
    assert!(harness.state().state.document.filter.is_empty());
}

/// The legend of what is in view, as the drawing thread makes it.
fn make_legend(state: &mut AppState) {
    let layers = data_layers(&state.dataset, state.view.projection, &state.canvas_style(), state.view.resolution_m_per_px, 1.0);
    let classes = DataClasses::new(&state.dataset);
    state.legend = Some(Arc::new(legend(&layers, &classes, &state.canvas_style(), &state.view.on(state.canvas), 1.0)));
}

/// The legend of the left panel in a window where a person reads it.
fn legend_window(mut state: AppState) -> egui_kittest::Harness<'static, ui_support::Window> {
    make_legend(&mut state);
    let mut harness = window(state, 232.0, 1_400.0, left_panel_ui);
    harness.run();
    harness
}

#[test]
fn a_click_on_a_legend_row_restricts_to_its_class_and_the_same_click_releases() {
    let mut harness = legend_window(state());
    harness.get_by_label("Only Container").click();
    harness.run();
    assert!(harness.state().state.document.filter.is_chosen(Dimension::Mode, "container"));
    assert_eq!(harness.state().state.document.filter.chosen(Dimension::Mode).count(), 1);
    harness.get_by_label("Only Container").click();
    harness.run();
    assert!(harness.state().state.document.filter.is_empty());
    apply(&mut harness.state_mut().state, Command::Undo);
    assert!(harness.state().state.document.filter.is_chosen(Dimension::Mode, "container"), "each click is one step");
}

#[test]
fn a_class_outside_the_filter_stays_in_the_legend_so_that_one_can_click_back() {
    let mut state = state();
    let mut filter = state.document.filter.clone();
    filter.choose(Dimension::Mode, "yacht");
    apply(&mut state, Command::SetFilter(filter, "Change filter"));
    let mut harness = legend_window(state);
    harness.get_by_label("Only Container").click_modifiers(egui::Modifiers::COMMAND);
    harness.run();
    let chosen: Vec<_> = harness.state().state.document.filter.chosen(Dimension::Mode).map(ToString::to_string).collect();
    assert_eq!(chosen, ["container", "yacht"], "Ctrl adds");
}

#[test]
fn legend_rows_can_be_used_from_the_keyboard() {
    let mut harness = legend_window(state());
    harness.get_by_label("Only Container").focus();
    harness.run();
    harness.key_press(egui::Key::Enter);
    harness.run();
    assert!(harness.state().state.document.filter.is_chosen(Dimension::Mode, "container"));
}

#[test]
fn color_width_size_and_theme_are_chosen_in_the_layers() {
    use sealane::cartography::{ColorBy, Evidence, MapTheme, SizeBy};
    let mut harness = window(state(), 232.0, 1_800.0, left_panel_ui);
    harness.run();
    harness.get_by_label("Layers").click();
    harness.run();
    for (label, choice) in [("Color by", "Attribution"), ("Width by", "Reported years"), ("Size by", "All alike"), ("Map theme", "Print")] {
        harness.get_by_label(label).click();
        harness.run();
        harness.get_all_by_label(choice).last().expect("listed").click();
        harness.run();
    }
    let style = harness.state().state.document.style;
    assert_eq!((style.color_by, style.width_by, style.size_by), (ColorBy::Attribution, Some(Evidence::ReportedYears), SizeBy::Uniform));
    assert_eq!((style.theme, harness.state().state.canvas_style().theme), (MapTheme::Print, MapTheme::Print));
}
