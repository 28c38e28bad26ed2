//! The inspector as a person uses it.
#![cfg(feature = "gui")]

mod ui_support;

use egui_kittest::kittest::Queryable as _;
use sealane::model::FeatureKind;
use sealane::state::{AppState, Command, SelectMode};
use sealane::ui::inspector::{fields_of, inspector_ui, record_text};
use ui_support::{Window, record, state, window};

fn inspecting(kind: FeatureKind, id: &str) -> egui_kittest::Harness<'static, Window> {
    let mut state = state();
    let feature = record(&state, kind, id);
    state.selection.insert(feature);
    let mut harness = window(state, 300.0, 1_400.0, inspector_ui);
    harness.run();
    harness
}

#[test]
fn an_event_shows_every_field_and_names_what_is_missing() {
    let harness = inspecting(FeatureKind::Seizure, "e2");
    for label in ["Quantity", "Precision", "Attribution", "Credibility", "Vessel"] {
        assert!(harness.query_by_label(label).is_some(), "{label} has no row");
    }
    assert!(harness.query_by_label("not graded").is_some());
    assert!(harness.query_all_by_label("not stated").count() >= 5);
    assert!(harness.query_by_label_contains("0 kg").is_none(), "a missing quantity is not zero");
    assert!(harness.query_by_label("June 2022").is_some());
}

#[test]
fn overlaps_and_contested_labels_are_named_as_such() {
    let harness = inspecting(FeatureKind::Seizure, "e1");
    assert!(harness.query_by_label("May describe the same load as Port of Bar").is_some());
    let harness = inspecting(FeatureKind::Group, "umbrella");
    assert!(harness.query_all_by_label_contains("Contested label").count() >= 1);
}

#[test]
fn sources_stand_with_their_grade_and_their_address_can_only_be_copied() {
    let mut harness = inspecting(FeatureKind::Seizure, "e0");
    assert!(harness.query_by_label("Sources (2)").is_some());
    assert!(harness.query_by_label("C").is_some(), "the grade of the source");
    harness.get_all_by_label("Copy the address").next().expect("a button").click();
    harness.run();
    assert_eq!(harness.state().deeds(), [&Command::CopyText("https://example.org/report".to_owned())]);
}

#[test]
fn a_click_on_a_link_selects_it_and_hover_highlights_it() {
    let mut harness = inspecting(FeatureKind::Port, "bar");
    let corridor = record(&harness.state().state, FeatureKind::Route, "gye-bar");
    assert!(harness.query_by_label("Destination of 1 corridor").is_some());
    harness.get_by_label("Guayaquil – Bar").hover();
    harness.run();
    assert_eq!(harness.state().state.hovered, Some(corridor));
    harness.get_by_label("Guayaquil – Bar").click();
    harness.run();
    assert_eq!(harness.state().deeds(), [&Command::Select(vec![corridor], SelectMode::Replace)]);
    assert_eq!(harness.state().state.inspected(), Some(corridor));
}

#[test]
fn a_cell_shows_its_ties_and_events_and_a_source_what_cites_it() {
    let harness = inspecting(FeatureKind::Group, "kavac");
    for heading in ["Ties (2)", "Events (2)", "Corridors (1)"] {
        assert!(harness.query_by_label(heading).is_some(), "{heading}");
    }
    let harness = inspecting(FeatureKind::Source, "court");
    assert!(harness.query_by_label("Cited by 3 seizures").is_some());
}

#[test]
fn the_fit_button_fits_the_inspected_record() {
    let mut harness = inspecting(FeatureKind::Route, "gye-bar");
    let corridor = record(&harness.state().state, FeatureKind::Route, "gye-bar");
    harness.get_by_label("Fit on the map").click();
    harness.run();
    assert_eq!(harness.state().deeds(), [&Command::FitFeatures(vec![corridor])]);
}

#[test]
fn several_selected_records_are_listed_and_one_can_be_picked() {
    let mut state = state();
    let (first, second) = (record(&state, FeatureKind::Seizure, "e0"), record(&state, FeatureKind::Seizure, "e2"));
    state.selection.extend([first, second]);
    let mut harness = window(state, 300.0, 900.0, inspector_ui);
    harness.run();
    assert!(harness.query_by_label("2 selected").is_some());
    harness.get_by_label("Zelenika").click();
    harness.run();
    assert_eq!(harness.state().deeds(), [&Command::Select(vec![second], SelectMode::Replace)]);
}

#[test]
fn with_nothing_selected_the_totals_say_what_they_count() {
    let mut harness = window(state(), 300.0, 700.0, inspector_ui);
    harness.run();
    assert!(harness.query_by_label("1\u{2009}500\u{a0}kg").is_some());
    assert!(harness.query_by_label("stated in 2\u{a0}events").is_some());
    assert!(harness.query_by_label("1\u{a0}event without a stated quantity, not counted as zero").is_some());
    assert!(harness.query_by_label_contains("may be counted more than once").is_some());
}

#[test]
fn with_nothing_open_it_says_what_to_do() {
    let mut harness = window(AppState::new(), 300.0, 500.0, inspector_ui);
    harness.run();
    harness.get_by_label("Open the bundled atlas").click();
    harness.run();
    assert_eq!(harness.state().deeds(), [&Command::OpenBundled]);
}

#[test]
fn every_record_has_fields_and_a_text_with_its_sources() {
    let state = state();
    for kind in FeatureKind::ALL {
        for feature in state.dataset.refs(kind) {
            assert!(!fields_of(&state.dataset, feature).is_empty(), "{feature:?}");
        }
    }
    let event = record(&state, FeatureKind::Seizure, "e0");
    let sources = [record(&state, FeatureKind::Source, "grey")];
    let text = record_text(&state.dataset, event, &sources);
    assert!(text.starts_with("Port of Bar\n") && text.contains("Credibility\tnot graded"), "{text}");
    assert!(text.contains("Source (C)\tGrey Dynamics: Maritime networks"), "{text}");
}
