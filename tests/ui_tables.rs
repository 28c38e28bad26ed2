//! The tables as a person uses them.
#![cfg(feature = "gui")]

mod ui_support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sealane::analysis::{Links, evaluate};
use sealane::load::{Diagnostic, Severity};
use sealane::model::{DatasetBuilder, FeatureKind, FeatureRef, Origin, Record, SeizureEvent, SourceFile};
use sealane::state::{AppState, Command, SelectMode, SortOrder, Tab};
use sealane::ui::tables::corridors::corridors_ui;
use sealane::ui::tables::findings::findings_ui;
use sealane::ui::tables::ports::ports_ui;
use sealane::ui::tables::seizures::seizures_ui;
use sealane::ui::tables::sources::sources_ui;
use sealane::ui::tables::table_tools_ui;
use ui_support::{Window, double_click, record, state, window};

/// A table with its tools above it, as the shell shows them.
fn seizures_with_tools(ui: &mut egui::Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal(|ui| table_tools_ui(ui, state, Tab::Seizures, &mut commands));
    commands.extend(seizures_ui(ui, state));
    commands
}

fn event(index: u32, place: &str, mass_kg: Option<f64>) -> SeizureEvent {
    let mut event = SeizureEvent::new(format!("s{index}").into(), Origin { file: 0, feature: index });
    event.event_date = "2020-05".parse().ok();
    event.place = Some(place.into());
    event.mass_kg = mass_kg;
    event
}

fn state_of(events: impl Iterator<Item = SeizureEvent>) -> AppState {
    let mut builder = DatasetBuilder::new();
    builder.add_file(SourceFile { name: "made.geojson".into(), bundled: false, features: 0 });
    for event in events {
        builder.add(Record::Seizure(event)).expect("ids are unique");
    }
    let mut state = AppState::new();
    state.dataset = Arc::new(builder.finish());
    state.links = Arc::new(Links::new(&state.dataset));
    state.matches = Arc::new(evaluate(&state.dataset, &state.links, &state.document.filter));
    state.dataset_generation = 1;
    state
}

fn places(harness: &Harness<'_, Window>) -> Vec<&'static str> {
    let mut found: Vec<(f32, &str)> =
        ["Port of Bar", "Zelenika"].into_iter().filter_map(|place| Some((harness.query_by_label(place)?.rect().top(), place))).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, place)| place).collect()
}

#[test]
fn clicks_select_toggle_and_fit() {
    let mut harness = window(state(), 1_300.0, 220.0, seizures_ui);
    harness.run();
    let state = &harness.state().state;
    let (first, last) = (record(state, FeatureKind::Seizure, "e0"), record(state, FeatureKind::Seizure, "e2"));
    harness.get_by_label("Port of Bar").click();
    harness.run();
    harness.get_by_label("Zelenika").click_modifiers(egui::Modifiers::COMMAND);
    harness.run();
    let expected = [Command::Select(vec![first], SelectMode::Replace), Command::Select(vec![last], SelectMode::Toggle)];
    assert_eq!(harness.state().deeds(), expected.iter().collect::<Vec<_>>());
    assert!(harness.state().sent.contains(&Command::Hover(Some(last))), "the map lights what the pointer is over");

    harness.state_mut().sent.clear();
    let at = harness.get_by_label("Port of Bar").rect().center();
    harness.hover_at(at);
    harness.run();
    double_click(&mut harness, at);
    assert!(harness.state().sent.contains(&Command::FitFeatures(vec![first])), "{:?}", harness.state().sent);
}

#[test]
fn the_pointer_that_leaves_takes_the_hover_along() {
    let mut harness = window(state(), 1_300.0, 220.0, seizures_ui);
    harness.run();
    harness.get_by_label("Zelenika").hover();
    harness.run();
    assert!(harness.state().state.hovered.is_some());
    harness.hover_at(egui::pos2(1_200.0, 215.0));
    harness.run();
    assert_eq!(harness.state().state.hovered, None);
}

#[test]
fn a_heading_sorts_up_down_and_not_at_all() {
    let mut harness = window(state(), 1_300.0, 220.0, seizures_ui);
    harness.run();
    assert_eq!(places(&harness), ["Port of Bar", "Zelenika"], "the order of the file");
    let mut orders = Vec::new();
    for expected in [["Port of Bar", "Zelenika"], ["Zelenika", "Port of Bar"], ["Port of Bar", "Zelenika"]] {
        harness.get_by_label("Place").click();
        harness.run();
        assert_eq!(places(&harness), expected);
        orders.push(harness.state().state.panels.tables[Tab::Seizures.index()].sort);
    }
    let by = |ascending| Some(SortOrder { column: 1, ascending });
    assert_eq!(orders, [by(true), by(false), None]);
}

#[test]
fn an_event_without_a_mass_is_last_however_it_is_sorted_and_is_not_zero() {
    let mut harness = window(state(), 1_300.0, 220.0, seizures_ui);
    harness.run();
    for _ in 0..2 {
        harness.get_by_label("kg").click();
        harness.run();
        assert_eq!(places(&harness), ["Port of Bar", "Zelenika"]);
    }
    assert!(harness.query_by_label("1\u{2009}250").is_some());
    assert!(harness.query_by_label("0").is_none());
}

#[test]
fn typing_without_accents_finds_the_rows_of_a_group() {
    let mut harness = window(state(), 1_300.0, 240.0, seizures_with_tools);
    harness.run();
    assert!(harness.query_by_label("3 of 3").is_some());
    harness.get_by_role(egui::Role::TextInput).focus();
    harness.run();
    harness.get_by_role(egui::Role::TextInput).type_text("kavac");
    harness.run();
    assert_eq!(places(&harness), ["Port of Bar"]);
    assert!(harness.query_by_label("2 of 3").is_some());
    harness.get_by_role(egui::Role::TextInput).type_text(" nothing");
    harness.run();
    assert!(harness.query_by_label("No rows to show").is_some());
    harness.get_by_label("Clear the search").click();
    harness.run();
    assert_eq!(places(&harness).len(), 2);
}

#[test]
fn only_matching_hides_what_else_is_pale() {
    let mut state = state();
    sealane::state::apply(&mut state, Command::SetPeriod(Some((18_262, 18_627))));
    let mut harness = window(state, 1_300.0, 240.0, seizures_with_tools);
    harness.run();
    assert!(harness.query_by_label("Zelenika").is_some(), "dimmed, not gone");
    assert!(harness.query_by_label("2 of 3").is_some());
    harness.get_by_label("Only matching").click();
    harness.run();
    assert!(harness.query_by_label("Zelenika").is_none());
}

#[test]
fn copied_rows_are_those_selected_with_a_header() {
    let mut harness = window(state(), 1_300.0, 220.0, seizures_ui);
    harness.run();
    harness.get_by_label("Zelenika").click();
    harness.run();
    harness.event(egui::Event::Copy);
    harness.run();
    let copied =
        harness.state().sent.iter().find_map(|command| if let Command::CopyText(text) = command { Some(text.clone()) } else { None });
    let text = copied.expect("rows were copied");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].starts_with("Date\tPlace\tCountry\tkg"));
    assert!(lines[1].starts_with("2022-06\tZelenika\t\t\t"), "{text}");
}

#[test]
fn arrow_keys_move_the_selection_once_the_table_was_clicked() {
    let mut harness = window(state(), 1_300.0, 220.0, seizures_ui);
    harness.run();
    harness.get_by_label("Port of Bar").click();
    harness.run();
    harness.key_press(egui::Key::ArrowDown);
    harness.run();
    let state = &harness.state().state;
    assert_eq!(state.single_selection(), Some(record(state, FeatureKind::Seizure, "e1")));
}

#[test]
fn the_menu_of_a_row_offers_its_filters() {
    let mut harness = window(state(), 1_300.0, 220.0, seizures_ui);
    harness.run();
    harness.get_by_label("Port of Bar").click_secondary();
    harness.run();
    harness.get_by_label("Filter by group: Kavač clan").click();
    harness.run();
    let state = &harness.state().state;
    assert_eq!(state.matches.shown(FeatureKind::Seizure), 2, "{:?}", harness.state().deeds());
}

#[test]
fn every_table_shows_its_records() {
    for (panel, expected) in [
        (corridors_ui as fn(&mut egui::Ui, &AppState) -> Vec<Command>, ["Guayaquil – Bar", "Container", "C"]),
        (ports_ui, ["Guayaquil", "Bar", "3"]),
        (sources_ui, ["Grey Dynamics", "2024-05", "C · fairly reliable"]),
    ] {
        let mut harness = window(state(), 1_300.0, 220.0, panel);
        harness.run();
        for label in expected {
            assert!(harness.query_all_by_label(label).next().is_some(), "{label}");
        }
    }
}

#[test]
fn empty_tables_say_what_to_do() {
    for panel in [corridors_ui as fn(&mut egui::Ui, &AppState) -> Vec<Command>, ports_ui, seizures_ui, sources_ui] {
        let mut harness = window(AppState::new(), 900.0, 160.0, panel);
        harness.run();
        assert!(harness.query_by_label_contains("Open or add files").is_some());
    }
    let mut harness = window(AppState::new(), 900.0, 160.0, findings_ui);
    harness.run();
    assert!(harness.query_by_label("Nothing was loaded yet").is_some());
}

#[test]
fn a_finding_leads_to_its_record_or_to_the_clipboard() {
    let mut state = state_of([event(4, "Bar", Some(1.0))].into_iter());
    let finding = |feature, message: &str| Diagnostic {
        severity: Severity::Error,
        code: "bad-date",
        file: "made.geojson".into(),
        line: Some(12),
        column: Some(5),
        pointer: Some("/features/4/properties/date".to_owned()),
        feature: Some(feature),
        value: Some("2020-13".to_owned()),
        message: message.to_owned(),
        hint: Some("Write the date as YYYY-MM-DD".to_owned()),
    };
    state.diagnostics = Arc::new(vec![finding(4, "Loaded with a doubt"), finding(9, "Not loaded")]);
    let mut harness = window(state, 1_300.0, 220.0, findings_ui);
    harness.run();
    assert_eq!(harness.query_all_by_label("made.geojson:12:5").count(), 2);
    harness.get_by_label("Loaded with a doubt").click();
    harness.run();
    harness.get_by_label("Not loaded").click();
    harness.run();
    let deeds = harness.state().deeds();
    assert_eq!(deeds[0], &Command::Select(vec![FeatureRef::new(FeatureKind::Seizure, 0)], SelectMode::Replace));
    assert!(matches!(deeds[1], Command::CopyText(text) if text.contains("/features/4/properties/date\t9\t2020-13")), "{deeds:?}");
}

#[test]
fn what_is_selected_elsewhere_is_scrolled_to() {
    let state = state_of((0..500).map(|n| event(n, &format!("Place {n}"), Some(f64::from(n)))));
    let mut harness = window(state, 1_300.0, 220.0, seizures_ui);
    harness.run();
    assert!(harness.query_by_label("Place 400").is_none());
    harness.state_mut().state.selection.insert(FeatureRef::new(FeatureKind::Seizure, 400));
    harness.run();
    let row = harness.get_by_label("Place 400").rect();
    assert!(row.top() > 40.0 && row.bottom() < 200.0, "{row}");
}

#[test]
fn a_hundred_thousand_rows_cost_no_more_than_those_in_sight() {
    let state = state_of((0..100_000).map(|n| event(n, "A place with a name that is far too long for its column, and goes on", None)));
    let mut harness = window(state, 1_300.0, 220.0, seizures_with_tools);
    harness.step();
    let rows = harness.query_all_by_label_contains("A place with a name").count();
    assert!((3..20).contains(&rows), "{rows} rows were laid out");
    let begin = Instant::now();
    harness.run_steps(20);
    assert!(begin.elapsed() < Duration::from_secs(4), "{:?} for 20 frames", begin.elapsed());
}
