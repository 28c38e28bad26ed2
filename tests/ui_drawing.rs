//! Drawing, changing and measuring as a person does: with mouse and keys on the map.
#![cfg(feature = "gui")]

mod ui_support;

use std::cell::RefCell;
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton, Pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sealane::geodesy::LonLat;
use sealane::lanes::SeaNetwork;
use sealane::model::{Confidence, FeatureKind, PathKind, Route};
use sealane::state::{AppState, Command, Dialog, Draft, Leg, NoticeLevel, SaveScope, SelectMode, Tool, ToolCommand, ToolKind, apply};
use sealane::ui::canvas::{MapCanvas, MapPictures};
use sealane::ui::shell::shell_ui;
use ui_support::{Window, double_click, record, state, window};

/// The whole window; the map shows no picture, which no tool needs.
fn atlas_window(state: AppState) -> Harness<'static, Window> {
    let canvas = RefCell::new(MapCanvas::default());
    let pictures = MapPictures::default();
    let mut harness =
        window(state, 1_366.0, 768.0, move |ui, state| shell_ui(ui, state, |ui, state| canvas.borrow_mut().ui(ui, state, &pictures)));
    harness.run();
    harness
}

fn atlas(harness: &Harness<'static, Window>) -> AppState {
    harness.state().state.clone()
}

fn draft(harness: &Harness<'static, Window>) -> Draft {
    match atlas(harness).tool {
        Tool::DrawRoute(draft) => draft,
        other => panic!("no draft: {other:?}"),
    }
}

/// What the search thread does in the program.
fn answer(harness: &mut Harness<'static, Window>) {
    let network = SeaNetwork::bundled().expect("bundled");
    let wanted: Vec<_> = draft(harness).all_legs().filter_map(Leg::wanted).collect();
    let answers = wanted.into_iter().map(|request| (request, network.find(&request).map(Arc::new))).collect();
    apply(&mut harness.state_mut().state, Command::Tool(ToolCommand::TakePaths(answers)));
    harness.run();
}

/// Where a position lies in the window.
fn at(harness: &Harness<'static, Window>, lon_deg: f64, lat_deg: f64) -> Pos2 {
    let state = atlas(harness);
    let point = state.view.on(state.canvas).scene_from_projected(state.view.projection.project(LonLat::new(lon_deg, lat_deg)));
    harness.get_by_label("Map").rect().min + egui::vec2(point.x, point.y)
}

fn button(harness: &mut Harness<'static, Window>, pos: Pos2, pressed: bool) {
    harness.input_mut().events.push(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE });
    harness.run();
}

fn move_to(harness: &mut Harness<'static, Window>, pos: Pos2) {
    harness.input_mut().events.push(Event::PointerMoved(pos));
    harness.run();
}

fn click(harness: &mut Harness<'static, Window>, pos: Pos2) {
    move_to(harness, pos);
    button(harness, pos, true);
    button(harness, pos, false);
    // Long enough that the next one is not a double click.
    harness.run_steps(4);
}

fn press(harness: &mut Harness<'static, Window>, key: Key) {
    harness.key_press(key);
    harness.run();
}

/// Draws from Guayaquil by an open sea to Bar with the mouse.
fn draw(harness: &mut Harness<'static, Window>) -> Route {
    press(harness, Key::R);
    for (lon, lat) in [(-79.9, -2.2), (-40.0, 25.0), (19.1, 42.1)] {
        let pos = at(harness, lon, lat);
        click(harness, pos);
    }
    answer(harness);
    press(harness, Key::Enter);
    let state = atlas(harness);
    state.dataset.routes[state.inspected().expect("the new route is selected").at()].clone()
}

#[test]
fn a_route_is_drawn_with_the_mouse_and_ended_with_enter() {
    let mut harness = atlas_window(state());
    let route = draw(&mut harness);
    assert_eq!(
        (route.origin_port.as_deref(), route.destination_port.as_deref()),
        (Some("gye"), Some("bar")),
        "clicks near a port are put on it"
    );
    assert_eq!((route.name.as_deref(), &*route.id, route.path), (Some("Guayaquil – Bar"), "guayaquil-bar", Some(PathKind::Routed)));
    assert!(route.confidence.is_none() && route.groups.is_empty());
    assert!(atlas(&harness).tool == Tool::Select);
    assert!(harness.query_by_label("Unsaved edits").is_some());
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert_eq!(atlas(&harness).dataset.routes.len(), 1);
    assert!(harness.query_by_label("Unsaved edits").is_none());
}

#[test]
fn keys_take_points_back_and_escape_puts_the_tool_away() {
    let mut harness = atlas_window(state());
    press(&mut harness, Key::R);
    for (lon, lat) in [(-50.0, 10.0), (-40.0, 20.0)] {
        let pos = at(&harness, lon, lat);
        click(&mut harness, pos);
    }
    let pos = at(&harness, -30.0, 30.0);
    move_to(&mut harness, pos);
    assert!(draft(&harness).live.is_some(), "the next leg follows the pointer");
    press(&mut harness, Key::Backspace);
    assert_eq!(draft(&harness).stops.len(), 1);
    press(&mut harness, Key::Escape);
    assert!(atlas(&harness).tool == Tool::Select && !atlas(&harness).has_unsaved_edits());
}

#[test]
fn a_double_click_ends_without_a_point_too_many_and_does_not_zoom() {
    let mut harness = atlas_window(state());
    press(&mut harness, Key::R);
    let (from, to) = (at(&harness, -50.0, 10.0), at(&harness, -30.0, 25.0));
    click(&mut harness, from);
    move_to(&mut harness, to);
    let view = atlas(&harness).view;
    double_click(&mut harness, to);
    answer(&mut harness);
    let state = atlas(&harness);
    assert_eq!((state.dataset.routes.len(), state.view), (2, view));
    let (stops, _) = sealane::load::drawn_stops(&state.dataset.routes[1]).expect("drawn");
    assert_eq!(stops.len(), 2);
}

#[test]
fn the_map_pans_and_zooms_under_every_tool() {
    let mut harness = atlas_window(state());
    press(&mut harness, Key::R);
    let from = at(&harness, -50.0, 10.0);
    click(&mut harness, from);
    let before = atlas(&harness).view;
    move_to(&mut harness, from + egui::vec2(0.0, 60.0));
    button(&mut harness, from + egui::vec2(0.0, 60.0), true);
    move_to(&mut harness, from + egui::vec2(40.0, 90.0));
    move_to(&mut harness, from + egui::vec2(80.0, 90.0));
    button(&mut harness, from + egui::vec2(80.0, 90.0), false);
    assert!(atlas(&harness).view != before, "a drag beside the points pans");
    assert_eq!(draft(&harness).stops.len(), 1, "and adds none");
}

#[test]
fn ports_are_found_by_typing_and_added_by_enter() {
    let mut harness = atlas_window(state());
    harness.get_by_label("Draw route").click();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "Origin").focus();
    harness.run();
    for word in ["guaya", "bar"] {
        harness.event(Event::Text(word.to_owned()));
        harness.run();
        assert!(harness.query_all_by_label_contains("Add ").next().is_some());
        press(&mut harness, Key::Enter);
    }
    let stops: Vec<_> = draft(&harness).stops.iter().filter_map(|stop| stop.place.as_ref().map(|place| place.name().to_string())).collect();
    assert_eq!(stops, ["Guayaquil", "Bar"]);
    harness.get_by_label("Great circle").click();
    harness.run();
    harness.get_by_label("Great circle for all legs").click();
    harness.run();
    harness.get_by_label("Finish").click();
    harness.run();
    assert_eq!(atlas(&harness).dataset.routes.last().and_then(|route| route.path), Some(PathKind::Drawn));
}

#[test]
fn a_point_of_a_drawn_route_is_dragged_as_one_step() {
    let mut harness = atlas_window(state());
    let before = draw(&mut harness);
    press(&mut harness, Key::E);
    assert_eq!(draft(&harness).stops.len(), 3);
    let (from, to) = (at(&harness, -40.0, 25.0), at(&harness, -45.0, 15.0));
    move_to(&mut harness, from);
    button(&mut harness, from, true);
    for share in [0.3, 0.7, 1.0] {
        move_to(&mut harness, from.lerp(to, share));
    }
    assert!(draft(&harness).dragged.is_some());
    button(&mut harness, to, false);
    answer(&mut harness);
    let state = atlas(&harness);
    assert_eq!(state.history.undo_label(), Some("Move point"));
    assert_ne!(state.dataset.routes[1].lines, before.lines);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert_eq!(atlas(&harness).dataset.routes[1], before);
    // A click on a leg adds a point, Delete takes it out again.
    let middle = draft(&harness).legs[0].line()[draft(&harness).legs[0].line().len() / 2];
    let pos = at(&harness, middle.lon_deg, middle.lat_deg);
    click(&mut harness, pos);
    answer(&mut harness);
    assert_eq!(draft(&harness).stops.len(), 4);
    press(&mut harness, Key::Delete);
    answer(&mut harness);
    assert_eq!((draft(&harness).stops.len(), atlas(&harness).dataset.routes.len()), (3, 2));
    press(&mut harness, Key::Enter);
    assert_eq!(atlas(&harness).tool, Tool::Select);
}

#[test]
fn distances_are_measured_and_copied() {
    let mut harness = atlas_window(state());
    press(&mut harness, Key::M);
    for (lon, lat) in [(-60.0, 0.0), (-30.0, 0.0)] {
        let pos = at(&harness, lon, lat);
        click(&mut harness, pos);
    }
    let pos = at(&harness, -30.0, 20.0);
    move_to(&mut harness, pos);
    assert!(
        harness.query_by_label("000°").is_some() || harness.query_by_label("001°").is_some() || harness.query_by_label("359°").is_some()
    );
    press(&mut harness, Key::Enter);
    harness.get_by_label("Copy as text").click();
    harness.run();
    let copied =
        harness.state().sent.iter().find_map(|command| if let Command::CopyText(text) = command { Some(text.clone()) } else { None });
    assert!(copied.is_some_and(|text| text.starts_with("Leg\tFrom\tTo\tBearing\tnm\tkm\n1\t") && text.contains("090°")));
    press(&mut harness, Key::V);
    assert_eq!(atlas(&harness).tool, Tool::Select);
}

#[test]
fn a_field_of_the_inspector_is_one_step_and_a_bad_date_is_explained() {
    let mut state = state();
    let route = record(&state, FeatureKind::Route, "gye-bar");
    apply(&mut state, Command::Select(vec![route], SelectMode::Replace));
    let mut harness = atlas_window(state);
    harness.get_by_label("Properties").click();
    harness.run();
    harness.get_by_role_and_label(Role::TextInput, "First reported").focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.event(Event::Text("May 2020".to_owned()));
    harness.run();
    press(&mut harness, Key::Enter);
    assert!(harness.query_by_label_contains("write a year, a month or a day").is_some());
    assert!(!atlas(&harness).has_unsaved_edits());
    harness.get_by_role_and_label(Role::TextInput, "First reported").focus();
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.event(Event::Text("2020-05".to_owned()));
    harness.run();
    press(&mut harness, Key::Enter);
    assert_eq!(atlas(&harness).dataset.routes[0].first_reported.map(|date| date.to_string()).as_deref(), Some("2020-05"));
    assert!(harness.query_by_label_contains("write a year").is_none());
    harness.get_by_label("Remove Kavač clan").click();
    harness.run();
    assert!(atlas(&harness).dataset.routes[0].groups.is_empty());
    apply(&mut harness.state_mut().state, Command::Undo);
    harness.run();
    assert_eq!(atlas(&harness).dataset.routes[0].groups.len(), 1, "each field is a step of its own");
    assert_eq!(atlas(&harness).dataset.routes[0].confidence, Some(Confidence::High));
}

#[test]
fn saving_and_the_question_before_quitting() {
    let mut harness = atlas_window(state());
    draw(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    harness.run();
    assert!(harness.query_by_label_contains("One new or changed corridor is in no file yet").is_some());
    harness.get_by_label("Save…").click();
    harness.run();
    assert!(
        matches!(atlas(&harness).dialog, Some(Dialog::Save { scope: SaveScope::All, then: Some(_), path }) if path == "small.geojson"),
        "back to the one file that is open"
    );
    assert!(harness.query_by_label("1\u{a0}corridor").is_some());
    harness.get_by_label("New and changed routes").click();
    harness.run();
    harness.get_by_label("Save").click();
    harness.run();
    let saved = harness
        .state()
        .sent
        .iter()
        .any(|command| matches!(command, Command::SaveTo(_, SaveScope::Changed, Some(then)) if **then == Command::Quit));
    assert!(saved, "{:?}", harness.state().deeds());
    assert!(atlas(&harness).saving.is_some() && atlas(&harness).notices.iter().all(|notice| notice.level != NoticeLevel::Error));
}

#[test]
fn tools_have_names_and_show_which_is_in_hand() {
    let mut harness = atlas_window(state());
    harness.get_by_label("Measure distance").click();
    harness.run();
    assert_eq!(atlas(&harness).tool.kind(), ToolKind::Measure);
    harness.get_by_label("Put the tool away (Esc)").click();
    harness.run();
    assert_eq!(atlas(&harness).tool.kind(), ToolKind::Select);
}
