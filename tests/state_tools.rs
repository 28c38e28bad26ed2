//! Drawing, changing, measuring and saving as lists of commands; the sea network answers at once.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use sealane::geodesy::{LonLat, distance_m};
use sealane::lanes::{NoRoute, SeaNetwork};
use sealane::load::{Input, LoadControl, bundled_atlas, load, to_geojson};
use sealane::model::{FeatureKind, FeatureRef, PathKind, Route};
use sealane::scene::ScenePoint;
use sealane::state::{
    AppState, Command, Dialog, Draft, Effect, Leg, LegKind, ListedPort, OpenMode, Place, SaveScope, SelectMode, Stop, Tool, ToolCommand,
    ToolKind, apply, ports_named, receive_loaded, receive_saved, stop_at,
};

fn loaded(inputs: &[Input]) -> sealane::load::Loaded {
    load(inputs, None, &LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} }).expect("not canceled")
}

fn atlas() -> AppState {
    let mut state = AppState::new();
    receive_loaded(&mut state, loaded(&bundled_atlas()), OpenMode::Replace, &[]);
    state
}

fn run(state: &mut AppState, commands: impl IntoIterator<Item = Command>) -> Vec<Effect> {
    commands.into_iter().flat_map(|command| apply(state, command)).collect()
}

fn tool(state: &mut AppState, commands: impl IntoIterator<Item = ToolCommand>) {
    run(state, commands.into_iter().map(Command::Tool));
}

fn draft(state: &AppState) -> &Draft {
    match &state.tool {
        Tool::DrawRoute(draft) => draft,
        other => panic!("no draft: {other:?}"),
    }
}

/// What the search thread does.
fn answer(state: &mut AppState) {
    let network = SeaNetwork::bundled().expect("bundled");
    let wanted: Vec<_> = draft(state).all_legs().filter_map(Leg::wanted).collect();
    let answers = wanted.into_iter().map(|request| (request, network.find(&request).map(Arc::new))).collect();
    tool(state, [ToolCommand::TakePaths(answers)]);
}

fn port(state: &AppState, id: &str) -> Stop {
    let record = &state.dataset.ports[state.dataset.find(FeatureKind::Port, id).expect("in the atlas").at()];
    let place = Place::Port { id: record.id.clone(), name: record.name.clone().expect("named") };
    Stop { position: record.position.expect("placed"), place: Some(place) }
}

fn free(lon_deg: f64, lat_deg: f64) -> Stop {
    Stop::at(LonLat::new(lon_deg, lat_deg))
}

/// Draws from Guayaquil by a free point to Bar.
fn drawn(state: &mut AppState) -> FeatureRef {
    let (from, to) = (port(state, "ec-guayaquil"), port(state, "me-bar"));
    tool(
        state,
        [ToolCommand::Choose(ToolKind::DrawRoute), ToolCommand::Add(from), ToolCommand::Add(free(-30.0, 30.0)), ToolCommand::Add(to)],
    );
    answer(state);
    tool(state, [ToolCommand::Finish]);
    state.inspected().expect("the new route is selected")
}

fn route(state: &AppState, feature: FeatureRef) -> &Route {
    &state.dataset.routes[feature.at()]
}

#[test]
fn a_drawn_route_has_a_name_ends_a_path_and_nothing_invented() {
    let mut state = atlas();
    let feature = drawn(&mut state);
    let new = route(&state, feature);
    assert_eq!(
        (new.name.as_deref(), new.origin_port.as_deref(), new.destination_port.as_deref()),
        (Some("Guayaquil – Bar"), Some("ec-guayaquil"), Some("me-bar"))
    );
    assert!(new.via.is_empty() && new.confidence.is_none() && new.mode.is_none() && new.first_reported.is_none());
    assert!(new.groups.is_empty() && new.sources.is_empty() && new.note.is_none());
    assert_eq!(new.path, Some(PathKind::Routed));
    assert!(new.lines.len() == 1 && new.lines[0].contains(&LonLat::new(-30.0, 30.0)), "the line passes the free point");
    assert!(state.tool == Tool::Select && state.panels.inspector_edits && state.panels.right_open);
    run(&mut state, [Command::Undo]);
    assert!(!state.has_unsaved_edits(), "one step");
}

#[test]
fn a_port_of_the_world_becomes_a_record_with_its_origin_and_known_ones_are_not_doubled() {
    let mut state = atlas();
    let known = state.dataset.ports.len();
    let world = |name: &str, country: &str, locode: &str, position: LonLat| Stop {
        position,
        place: Some(Place::World(ListedPort { name: name.into(), country: country.into(), locode: Some(locode.into()), position })),
    };
    let bar = port(&state, "me-bar").position;
    let stops = [world("Test Harbor", "IS", "ISTST", LonLat::new(-22.0, 64.0)), world("BAR", "ME", "MEBAR", bar)];
    tool(&mut state, [ToolCommand::Choose(ToolKind::DrawRoute), ToolCommand::SetNextLeg(LegKind::GreatCircle)]);
    tool(&mut state, stops.map(ToolCommand::Add));
    tool(&mut state, [ToolCommand::Finish]);
    let new = route(&state, state.inspected().expect("the new route is selected"));
    assert_eq!((new.origin_port.as_deref(), new.destination_port.as_deref()), (Some("is-test-harbor"), Some("me-bar")));
    assert_eq!(state.dataset.ports.len(), known + 1);
    let added = state.dataset.ports.last().expect("added");
    assert!(added.note.as_deref().is_some_and(|note| note.contains("World Port Index")) && added.sources.is_empty());
    assert_eq!(state.records_to_save(SaveScope::Changed).record_count(), 2, "the route and its port");
    run(&mut state, [Command::Undo]);
    assert_eq!(state.dataset.ports.len(), known);
}

#[test]
fn a_finished_draft_waits_for_its_paths_and_mixed_legs_are_drawn() {
    let mut state = atlas();
    tool(
        &mut state,
        [
            ToolCommand::Choose(ToolKind::DrawRoute),
            ToolCommand::Add(free(-40.0, 0.0)),
            ToolCommand::SetNextLeg(LegKind::Rhumb),
            ToolCommand::Add(free(-30.0, 10.0)),
            ToolCommand::SetNextLeg(LegKind::Sea),
            ToolCommand::Add(free(-20.0, 20.0)),
            ToolCommand::Finish,
        ],
    );
    assert!(draft(&state).obstacle().is_some() && !state.has_unsaved_edits(), "the sea path is not there yet");
    answer(&mut state);
    let new = route(&state, state.inspected().expect("added as soon as it was there"));
    assert_eq!((new.path, new.name.as_deref(), &*new.id), (Some(PathKind::Drawn), None, "route"));
}

#[test]
fn a_leg_that_has_no_path_says_why_and_cannot_be_finished() {
    let mut state = atlas();
    tool(&mut state, [ToolCommand::Choose(ToolKind::DrawRoute), ToolCommand::Add(free(-40.0, 0.0)), ToolCommand::Add(free(-30.0, 10.0))]);
    let request = draft(&state).legs[0].wanted().expect("pending");
    tool(&mut state, [ToolCommand::TakePaths(vec![(request, Err(NoRoute::Separate))]), ToolCommand::Finish]);
    assert!(draft(&state).obstacle().is_some_and(|reason| reason.starts_with("Leg 1: ")));
    tool(&mut state, [ToolCommand::SetAllLegs(LegKind::GreatCircle), ToolCommand::Finish]);
    assert!(state.has_unsaved_edits(), "a great circle needs no water");
}

#[test]
fn backspace_undo_and_escape_take_back_points_then_the_tool() {
    let mut state = atlas();
    tool(
        &mut state,
        [ToolCommand::Choose(ToolKind::DrawRoute), ToolCommand::Finish, ToolCommand::Add(free(0.0, 0.0)), ToolCommand::Add(free(0.0, 0.0))],
    );
    assert_eq!(draft(&state).stops.len(), 1, "the same place twice is one point");
    tool(&mut state, [ToolCommand::Finish, ToolCommand::Add(free(1.0, 0.0)), ToolCommand::Add(free(2.0, 0.0)), ToolCommand::RemoveLast]);
    assert_eq!((draft(&state).stops.len(), draft(&state).legs.len()), (2, 1));
    run(&mut state, [Command::Undo]);
    assert_eq!((draft(&state).stops.len(), draft(&state).legs.len()), (1, 0));
    run(&mut state, [Command::Escape]);
    assert!(state.tool == Tool::Select && !state.has_unsaved_edits());
}

#[test]
fn the_live_leg_follows_the_pointer_and_is_taken_over_by_the_click() {
    let mut state = atlas();
    tool(
        &mut state,
        [ToolCommand::Choose(ToolKind::DrawRoute), ToolCommand::Add(free(-40.0, 0.0)), ToolCommand::Point(Some(free(-30.0, 10.0)))],
    );
    answer(&mut state);
    let first = draft(&state).live.clone().expect("a live leg");
    assert!(!first.is_pending() && !first.line().is_empty());
    tool(&mut state, [ToolCommand::Point(Some(free(-29.0, 11.0)))]);
    let live = draft(&state).live.as_ref().expect("a live leg");
    assert!(live.is_pending() && live.line() == first.line(), "the last path stays until the next one is there");
    answer(&mut state);
    tool(&mut state, [ToolCommand::Add(free(-29.0, 11.0))]);
    assert!(!draft(&state).legs[0].is_pending() && draft(&state).days().is_some_and(|days| days > 1.0));
    tool(&mut state, [ToolCommand::Point(None)]);
    assert!(draft(&state).live.is_none());
}

#[test]
fn a_dragged_point_is_one_step_and_undo_brings_point_and_path_back() {
    let mut state = atlas();
    let feature = drawn(&mut state);
    let before = route(&state, feature).clone();
    tool(&mut state, [ToolCommand::EditRoute(feature)]);
    assert_eq!(draft(&state).stops.len(), 3);
    assert!(draft(&state).legs.iter().all(|leg| !leg.is_pending()), "the path in the record is taken as it is");
    tool(&mut state, [(-31.0, 31.0), (-33.0, 33.0), (-35.0, 35.0)].map(|(lon, lat)| ToolCommand::Drag { index: 1, stop: free(lon, lat) }));
    answer(&mut state);
    assert_eq!(route(&state, feature), &before, "nothing is written while the hand moves");
    tool(&mut state, [ToolCommand::Drop]);
    assert!(route(&state, feature).lines[0].contains(&LonLat::new(-35.0, 35.0)));
    assert_eq!(state.history.undo_label(), Some("Move point"));
    run(&mut state, [Command::Undo]);
    assert_eq!(route(&state, feature), &before);
    assert_eq!(draft(&state).stops[1].position, LonLat::new(-30.0, 30.0), "the handles follow");
    run(&mut state, [Command::Redo]);
    assert_eq!(draft(&state).stops[1].position, LonLat::new(-35.0, 35.0));
}

#[test]
fn points_are_added_to_legs_and_taken_out_and_escape_lets_go_of_a_drag() {
    let mut state = atlas();
    let feature = drawn(&mut state);
    tool(&mut state, [ToolCommand::EditRoute(feature), ToolCommand::Insert { leg: 1, stop: free(-15.0, 35.0) }]);
    answer(&mut state);
    assert_eq!((draft(&state).stops.len(), draft(&state).marked), (4, Some(2)));
    assert!(route(&state, feature).lines[0].contains(&LonLat::new(-15.0, 35.0)));
    tool(&mut state, [ToolCommand::RemoveMarked]);
    answer(&mut state);
    assert!(!route(&state, feature).lines[0].contains(&LonLat::new(-15.0, 35.0)));
    tool(&mut state, [ToolCommand::Drag { index: 0, stop: free(-85.0, 0.0) }]);
    run(&mut state, [Command::Escape]);
    assert_eq!(draft(&state).stops[0], port(&state, "ec-guayaquil"));
    let label = state.history.undo_label();
    tool(&mut state, [ToolCommand::Drop, ToolCommand::Finish]);
    assert_eq!((state.history.undo_label(), &state.tool), (label, &Tool::Select));
    run(&mut state, [Command::Tool(ToolCommand::EditRoute(feature)), Command::DeleteRoutes(vec![feature])]);
    assert_eq!(state.tool, Tool::Select, "there is nothing left to change");
}

#[test]
fn a_route_without_stops_says_why_it_cannot_be_changed() {
    let mut state = atlas();
    let fixed = state.dataset.refs(FeatureKind::Route).find(|feature| sealane::state::draft_of(&state, *feature).is_err());
    if let Some(fixed) = fixed {
        tool(&mut state, [ToolCommand::EditRoute(fixed)]);
        assert!(state.tool == Tool::Select && state.notices.len() == 1);
    }
    tool(&mut state, [ToolCommand::EditRoute(FeatureRef::new(FeatureKind::Route, 999_999)), ToolCommand::Drop]);
    assert_eq!(state.tool, Tool::Select);
}

#[test]
fn a_drawn_route_comes_back_from_its_file_as_the_same_record() {
    let mut state = atlas();
    let feature = drawn(&mut state);
    let written = route(&state, feature).clone();
    for scope in [SaveScope::All, SaveScope::Changed] {
        let text = to_geojson(&state.records_to_save(scope));
        let again = loaded(&[Input::Bytes { name: "saved.geojson".to_owned(), bytes: text.into_bytes() }]).dataset;
        if scope == SaveScope::Changed {
            assert_eq!((again.routes.len(), again.record_count()), (1, 1));
        } else {
            assert_eq!(again.record_count(), state.dataset.record_count());
        }
        let found = &again.routes[again.find(FeatureKind::Route, &written.id).expect("saved").at()];
        assert_eq!(Route { provenance: written.provenance, ..found.clone() }, written);
    }
    // Loaded again, it can be changed point by point.
    let text = to_geojson(&state.dataset);
    let mut fresh = AppState::new();
    receive_loaded(
        &mut fresh,
        loaded(&[Input::Bytes { name: "saved.geojson".to_owned(), bytes: text.into_bytes() }]),
        OpenMode::Replace,
        &[],
    );
    let feature = fresh.dataset.find(FeatureKind::Route, &written.id).expect("saved");
    tool(&mut fresh, [ToolCommand::EditRoute(feature)]);
    assert_eq!(draft(&fresh).stops.len(), 3);
}

#[test]
fn quitting_with_edits_asks_and_saving_goes_on() {
    let mut state = atlas();
    assert_eq!(run(&mut state, [Command::Quit]), [Effect::Quit]);
    drawn(&mut state);
    assert_eq!(run(&mut state, [Command::Quit]), []);
    assert_eq!(state.dialog, Some(Dialog::Unsaved { then: Box::new(Command::Quit) }));
    run(&mut state, [Command::CloseDialog, Command::OpenBundled]);
    assert!(state.loading.is_none() && state.dialog.is_some(), "replacing asks too");
    assert_eq!(
        run(&mut state, [Command::Open(vec!["a.geojson".into()], OpenMode::Add), Command::CancelLoad]).len(),
        2,
        "adding loses nothing"
    );
    let quit = Some(Box::new(Command::Quit));
    run(&mut state, [Command::AskSave(quit.clone())]);
    assert!(matches!(&state.dialog, Some(Dialog::Save { scope: SaveScope::Changed, then: Some(_), .. })));
    let path = PathBuf::from("/tmp/mine.geojson");
    assert_eq!(
        run(&mut state, [Command::SaveTo(path.clone(), SaveScope::Changed, quit.clone())]),
        [Effect::Save(path.clone(), SaveScope::Changed)]
    );
    assert_eq!(receive_saved(&mut state, Err("The disk is full".to_owned())), []);
    assert!(state.has_unsaved_edits() && state.notices.last().is_some_and(|notice| notice.detail.contains("disk is full")));
    run(&mut state, [Command::SaveTo(path.clone(), SaveScope::Changed, quit)]);
    assert_eq!(receive_saved(&mut state, Ok(())), [Effect::SaveSettings, Effect::Quit]);
    assert!(!state.has_unsaved_edits() && state.recent_files.first() == Some(&path));
    assert_eq!(run(&mut state, [Command::Save]), [Effect::Save(path, SaveScope::Changed)], "the next time nothing is asked");
}

#[test]
fn edits_made_while_saving_and_deletions_stay_unsaved() {
    let mut state = atlas();
    let feature = drawn(&mut state);
    run(&mut state, [Command::SaveTo("/tmp/a.geojson".into(), SaveScope::All, None)]);
    let renamed = Route { name: Some("Other".into()), ..route(&state, feature).clone() };
    run(&mut state, [Command::ReplaceRoute(feature, renamed, "Rename corridor")]);
    receive_saved(&mut state, Ok(()));
    assert!(state.has_unsaved_edits());
    run(&mut state, [Command::Undo]);
    assert!(!state.has_unsaved_edits(), "back to what was saved");
    run(
        &mut state,
        [
            Command::DeleteRoutes(vec![FeatureRef::new(FeatureKind::Route, 0)]),
            Command::SaveTo("/tmp/a.geojson".into(), SaveScope::Changed, None),
        ],
    );
    receive_saved(&mut state, Ok(()));
    assert!(state.has_unsaved_edits(), "the file does not say that a corridor was deleted");
    run(&mut state, [Command::Quit, Command::DiscardEdits(Box::new(Command::OpenBundled))]);
    assert!(state.loading.is_some() && state.dialog.is_none());
}

#[test]
fn points_snap_to_ports_near_the_pointer_and_ports_are_found_by_name() {
    let mut state = atlas();
    let bar = port(&state, "me-bar");
    let feature = state.dataset.find(FeatureKind::Port, "me-bar").expect("in the atlas");
    run(&mut state, [Command::ResizeCanvas(900.0, 500.0), Command::FitFeatures(vec![feature])]);
    let view = state.view.on(state.canvas);
    let at = view.scene_from_projected(state.view.projection.project(bar.position));
    assert_eq!(stop_at(&state, &view, ScenePoint::new(at.x + 6.0, at.y + 6.0)), Some(bar.clone()));
    let beside = stop_at(&state, &view, ScenePoint::new(at.x + 200.0, at.y + 150.0)).expect("on the world");
    assert!(beside.place.is_none() || distance_m(beside.position, bar.position) > 1_000.0);
    assert_eq!(ports_named(&state, "guayaq", 5).first(), Some(&port(&state, "ec-guayaquil")));
    assert!(ports_named(&state, "  ", 5).is_empty());
}

#[test]
fn a_measurement_begins_anew_after_it_was_finished() {
    let mut state = atlas();
    tool(
        &mut state,
        [ToolCommand::Choose(ToolKind::Measure), ToolCommand::Add(free(0.0, 0.0)), ToolCommand::Add(free(1.0, 0.0)), ToolCommand::Finish],
    );
    let Tool::Measure(measurement) = &state.tool else { panic!("measuring") };
    assert!(measurement.finished && (measurement.length_m() - 111_319.5).abs() < 1.0);
    tool(&mut state, [ToolCommand::Add(free(5.0, 5.0))]);
    let Tool::Measure(measurement) = &state.tool else { panic!("measuring") };
    assert_eq!(measurement.points, [LonLat::new(5.0, 5.0)]);
    run(&mut state, [Command::Escape]);
    assert!(matches!(&state.tool, Tool::Measure(measurement) if measurement.points.is_empty()));
    run(&mut state, [Command::Escape]);
    assert_eq!(state.tool, Tool::Select);
}

#[test]
fn tool_commands_are_harmless_without_their_tool() {
    let stale = FeatureRef::new(FeatureKind::Route, 999_999);
    let commands = [
        ToolCommand::Add(free(f64::NAN, 0.0)),
        ToolCommand::RemoveLast,
        ToolCommand::RemoveMarked,
        ToolCommand::Insert { leg: 7, stop: free(0.0, 0.0) },
        ToolCommand::Drag { index: 9, stop: free(0.0, 0.0) },
        ToolCommand::Drop,
        ToolCommand::SetSpeed(f64::NAN),
        ToolCommand::SetAllLegs(LegKind::Rhumb),
        ToolCommand::EditRoute(stale),
        ToolCommand::Finish,
        ToolCommand::Point(None),
    ];
    for kind in [ToolKind::Select, ToolKind::DrawRoute, ToolKind::Measure] {
        for mut state in [AppState::new(), atlas()] {
            tool(&mut state, [ToolCommand::Choose(kind)]);
            tool(&mut state, commands.clone());
            run(&mut state, [Command::DeleteRoutes(vec![stale]), Command::Select(vec![stale], SelectMode::Replace), Command::Save]);
            assert!(!state.has_unsaved_edits());
        }
    }
}
