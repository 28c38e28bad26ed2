//! The timeline as a person uses it.
#![cfg(feature = "gui")]

mod ui_support;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sealane::analysis::{BinSize, Measure};
use sealane::model::PartialDate;
use sealane::state::{AppState, Command};
use sealane::ui::timeline::{timeline_tools_ui, timeline_ui};
use ui_support::{Window, double_click, state, window};

fn with_tools(ui: &mut egui::Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.horizontal(|ui| timeline_tools_ui(ui, state, &mut commands));
    commands.extend(timeline_ui(ui, state));
    commands
}

fn timeline() -> Harness<'static, Window> {
    let mut harness = window(state(), 1_000.0, 200.0, with_tools);
    harness.run();
    harness
}

fn years(first: i16, last: i16) -> Option<(i32, i32)> {
    Some((PartialDate::from_year(first).first_day(), PartialDate::from_year(last).last_day()))
}

/// The middle of a year's bar; the events of the small atlas span 2020 to 2022.
fn at_year(harness: &Harness<'_, Window>, year: i16) -> egui::Pos2 {
    let plot = harness.get_by_label("Timeline").rect();
    // The plot spans the axis of values at its left; its inside begins where the years do.
    let (left, right) = (plot.left() + 58.0, plot.right());
    let share = (f32::from(year - 2020) + 0.5) / 3.0;
    egui::pos2(left + (right - left) * share, plot.center().y)
}

fn drag(harness: &mut Harness<'_, Window>, from: egui::Pos2, to: egui::Pos2) {
    harness.hover_at(from);
    harness.step();
    harness.drag_at(from);
    harness.step();
    harness.hover_at(from.lerp(to, 0.5));
    harness.step();
    harness.hover_at(to);
    harness.step();
    harness.drop_at(to);
    harness.step();
    harness.step();
}

#[test]
fn dragging_over_bars_sets_the_period_in_one_step() {
    let mut harness = timeline();
    let (from, to) = (at_year(&harness, 2020), at_year(&harness, 2021));
    drag(&mut harness, from, to);
    let window = harness.state();
    assert_eq!(window.state.document.filter.days, years(2020, 2021));
    assert_eq!(window.sent.last(), Some(&Command::EndGesture));
    assert!(window.state.history.undo_label().is_some());
    let mut state = window.state.clone();
    sealane::state::apply(&mut state, Command::Undo);
    assert_eq!(state.document.filter.days, None, "one step takes the whole drag back");
}

#[test]
fn ctrl_and_the_wheel_zoom_and_a_double_click_shows_everything() {
    let mut harness = timeline();
    harness.state_mut().state.panels.timeline.bin_size = BinSize::Month;
    harness.run();
    let show_all = "Show the whole time again (double-click the timeline)";
    assert!(harness.query_by_label(show_all).is_none());
    let middle = harness.get_by_label("Timeline").rect().center();
    harness.hover_at(middle);
    harness.step();
    harness.event(egui::Event::Zoom(2.0));
    harness.run_steps(3);
    assert!(harness.query_by_label(show_all).is_some(), "only a part is shown");
    double_click(&mut harness, middle);
    harness.run_steps(2);
    assert!(harness.query_by_label(show_all).is_none());
    assert_eq!(harness.state().state.document.filter.days, None);
}

#[test]
fn the_inside_of_the_brush_moves_it_and_a_double_click_clears_it() {
    let mut harness = timeline();
    harness.state_mut().state.panels.timeline.measure = Measure::Events;
    let (first, last) = (at_year(&harness, 2020), at_year(&harness, 2022));
    drag(&mut harness, first, first + egui::vec2(20.0, 0.0));
    assert_eq!(harness.state().state.document.filter.days, years(2020, 2020));
    drag(&mut harness, first, last);
    assert_eq!(harness.state().state.document.filter.days, years(2022, 2022), "moved, not widened");
    double_click(&mut harness, last);
    assert_eq!(harness.state().state.document.filter.days, None);
}

#[test]
fn arrow_keys_step_the_period_when_the_timeline_has_the_focus() {
    let mut harness = timeline();
    let first = at_year(&harness, 2020);
    drag(&mut harness, first, first + egui::vec2(20.0, 0.0));
    harness.key_press(egui::Key::ArrowRight);
    harness.step();
    assert_eq!(harness.state().state.document.filter.days, years(2021, 2021));
    harness.key_press(egui::Key::End);
    harness.step();
    assert_eq!(harness.state().state.document.filter.days, years(2022, 2022));
}

#[test]
fn measure_and_bar_length_are_chosen_beside_it() {
    let mut harness = timeline();
    harness.get_by_label("Events").click();
    harness.run();
    harness.get_by_label("Month").click();
    harness.run();
    assert_eq!(harness.state().deeds(), [&Command::SetMeasure(Measure::Events), &Command::SetBinSize(BinSize::Month)]);
    assert!(harness.query_by_label_contains("1\u{a0}event known only to the year").is_some(), "a year is not put into a month");
}

#[test]
fn hovering_tells_the_numbers_and_that_no_data_is_not_zero() {
    let mut harness = timeline();
    let place = at_year(&harness, 2020);
    harness.hover_at(place);
    harness.run_steps(6);
    assert!(harness.query_by_label_contains("Matching: 1\u{2009}500\u{a0}kg, 2\u{a0}events").is_some());
    let place = at_year(&harness, 2021);
    harness.hover_at(place);
    harness.run_steps(6);
    assert!(harness.query_by_label_contains("No data").is_some());
}

#[test]
fn without_events_it_says_what_to_do() {
    let mut harness = window(AppState::new(), 1_000.0, 200.0, with_tools);
    harness.run();
    assert!(harness.query_by_label("No seizures over time").is_some());
}
