//! The program as a list of commands: no window, no threads.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use sealane::analysis::Dimension;
use sealane::cartography::NamedExtent;
use sealane::geodesy::ProjectionKind;
use sealane::load::{Input, LoadControl, bundled_atlas, load};
use sealane::model::{FeatureKind, FeatureRef, PartialDate};
use sealane::scene::ScenePoint;
use sealane::state::{AppState, Command, Dialog, Effect, OpenMode, SelectMode, Tab, ZoomStep, apply, receive_loaded};

fn loaded(inputs: &[Input]) -> sealane::load::Loaded {
    load(inputs, None, &LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} }).expect("not canceled")
}

fn atlas() -> AppState {
    let mut state = AppState::new();
    assert_eq!(receive_loaded(&mut state, loaded(&bundled_atlas()), OpenMode::Replace, &[]), []);
    state
}

fn run(state: &mut AppState, commands: impl IntoIterator<Item = Command>) -> Vec<Effect> {
    commands.into_iter().flat_map(|command| apply(state, command)).collect()
}

fn group(state: &AppState, id: &str) -> FeatureRef {
    state.dataset.find(FeatureKind::Group, id).expect("in the atlas")
}

fn years(first: i16, last: i16) -> Option<(i32, i32)> {
    Some((PartialDate::from_year(first).first_day(), PartialDate::from_year(last).last_day()))
}

#[test]
fn a_brushed_period_filters_and_one_undo_takes_the_whole_drag_back() {
    let mut state = atlas();
    let all = state.matches.shown(FeatureKind::Seizure);
    assert_eq!(all, 149);
    let drag = [2015, 2017, 2019].map(|first| Command::SetPeriod(years(first, 2021)));
    run(&mut state, drag.into_iter().chain([Command::EndGesture]));
    let brushed = state.matches.shown(FeatureKind::Seizure);
    assert!(brushed > 0 && brushed < all, "{brushed}");
    run(&mut state, [Command::Undo]);
    assert_eq!(state.matches.shown(FeatureKind::Seizure), all);
    assert!(state.history.undo_label().is_none(), "the drag was one step");
    run(&mut state, [Command::Redo]);
    assert_eq!(state.matches.shown(FeatureKind::Seizure), brushed);
}

#[test]
fn selecting_a_cell_lights_its_events_and_dims_the_rest() {
    let mut state = atlas();
    let kavac = group(&state, "kavac");
    run(&mut state, [Command::Select(vec![kavac], SelectMode::Replace)]);
    for event in state.dataset.refs(FeatureKind::Seizure) {
        let named = state.dataset.seizures[event.at()].groups.iter().any(|id| &**id == "kavac");
        assert_eq!(state.is_emphasized(event), named, "{:?}", state.dataset.id(event));
    }
    run(&mut state, [Command::Select(vec![kavac], SelectMode::Toggle)]);
    assert!(state.selection.is_empty() && state.linked.is_empty());
}

#[test]
fn escape_closes_the_dialog_then_the_selection_then_the_filter() {
    let mut state = atlas();
    let mut filter = state.document.filter.clone();
    filter.choose(Dimension::Group, "kavac");
    let kavac = group(&state, "kavac");
    run(
        &mut state,
        [
            Command::SetFilter(filter, "Filter by group"),
            Command::Select(vec![kavac], SelectMode::Replace),
            Command::ShowDialog(Dialog::About),
            Command::Escape,
        ],
    );
    assert!(state.dialog.is_none() && !state.selection.is_empty());
    run(&mut state, [Command::Escape]);
    assert!(state.selection.is_empty() && !state.document.filter.is_empty());
    run(&mut state, [Command::Escape, Command::Escape]);
    assert!(state.document.filter.is_empty());
    run(&mut state, [Command::Undo]);
    assert!(!state.document.filter.is_empty(), "clearing the filter can be undone");
}

#[test]
fn views_go_back_and_forth_and_projections_keep_the_place() {
    let mut state = atlas();
    run(&mut state, [Command::ResizeCanvas(900.0, 500.0)]);
    let first = state.view;
    run(&mut state, [Command::ShowExtent(NamedExtent::Adriatic), Command::Zoom(ZoomStep::In)]);
    let close = state.view;
    run(&mut state, [Command::ViewBack, Command::ViewBack]);
    assert_eq!(state.view, first);
    run(&mut state, [Command::ViewForward, Command::ViewForward]);
    assert_eq!(state.view, close);
    let before = state.view.center_lon_lat().expect("on the world");
    run(&mut state, [Command::SetProjection(ProjectionKind::Mercator), Command::CenterProjectionHere]);
    let after = state.view.center_lon_lat().expect("on the world");
    assert!((before.lon_deg - after.lon_deg).abs() < 1e-6 && (before.lat_deg - after.lat_deg).abs() < 1e-6);
}

#[test]
fn fitting_the_selection_shows_all_of_it() {
    let mut state = atlas();
    run(&mut state, [Command::ResizeCanvas(900.0, 500.0)]);
    let kavac = group(&state, "kavac");
    run(&mut state, [Command::Select(vec![kavac], SelectMode::Replace), Command::Fit]);
    let view = state.view.on(state.canvas);
    for feature in state.linked.clone() {
        if feature.kind != FeatureKind::Seizure {
            continue;
        }
        state.dataset.for_each_position(feature, &mut |position| {
            let point = view.scene_from_projected(state.view.projection.project(position));
            assert!(state.canvas.contains(point), "{position:?} at {point:?}");
        });
    }
}

#[test]
fn an_unusable_file_leaves_everything_as_it_was() {
    let mut state = atlas();
    let before = state.dataset.record_count();
    let noise = loaded(&[Input::Bytes { name: "noise".to_owned(), bytes: vec![0xff; 64] }]);
    receive_loaded(&mut state, noise, OpenMode::Replace, &[PathBuf::from("noise")]);
    assert_eq!(state.dataset.record_count(), before);
    assert_eq!(state.notices.len(), 1);
    assert!(state.recent_files.is_empty(), "a file that cannot be opened is no recent file");
}

#[test]
fn every_command_is_harmless_on_empty_and_on_stale_state() {
    let stale = FeatureRef::new(FeatureKind::Seizure, 999_999);
    let commands = [
        Command::Fit,
        Command::FitAll,
        Command::FitFeatures(vec![stale]),
        Command::Select(vec![stale], SelectMode::Extend),
        Command::Fit,
        Command::Hover(Some(stale)),
        Command::SelectAll,
        Command::Pan(f32::NAN, f32::INFINITY),
        Command::ZoomAbout(0.0, ScenePoint::new(f32::NAN, 0.0)),
        Command::ZoomAbout(f64::NAN, ScenePoint::new(0.0, 0.0)),
        Command::ResizeCanvas(0.0, -3.0),
        Command::SetCentralMeridian(f64::NAN),
        Command::SetPeriod(Some((i32::MAX, i32::MIN))),
        Command::ShowTab(Tab::Findings),
        Command::ViewBack,
        Command::Undo,
        Command::Redo,
        Command::Open(Vec::new(), OpenMode::Replace),
        Command::DismissNotice(7),
        Command::Escape,
    ];
    for mut state in [AppState::new(), atlas()] {
        run(&mut state, commands.clone());
        assert!(state.view.resolution_m_per_px.is_finite() && state.view.center.x_m.is_finite());
        assert!(state.canvas.width > 0.0 && state.canvas.height > 0.0);
    }
}

#[test]
fn findings_about_missing_records_go_when_the_file_that_has_them_is_added() {
    let route = r#"{"type":"Feature","properties":{"kind":"route","id":"r","origin":"p"},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}}"#;
    let port = r#"{"type":"Feature","properties":{"kind":"port","id":"p"},"geometry":{"type":"Point","coordinates":[0,0]}}"#;
    let input = |name: &str, text: &str| Input::Bytes { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let mut state = AppState::new();
    receive_loaded(&mut state, loaded(&[input("routes", route)]), OpenMode::Replace, &[]);
    assert_eq!(state.diagnostics.len(), 1);
    let control = LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
    let added = load(&[input("ports", port)], Some(&state.dataset), &control).expect("not canceled");
    receive_loaded(&mut state, added, OpenMode::Add, &[]);
    assert_eq!((state.diagnostics.len(), state.dataset.ports.len(), state.dataset.routes.len()), (0, 1, 1));
}

#[test]
fn only_files_that_could_be_used_become_recent() {
    let folder = tempfile::tempdir().expect("a folder");
    let (good, bad) = (folder.path().join("good.geojson"), folder.path().join("missing.geojson"));
    std::fs::write(&good, r#"{"type":"FeatureCollection","features":[]}"#).expect("written");
    let mut state = AppState::new();
    let outcome = loaded(&[Input::Path(bad.clone()), Input::Path(good.clone())]);
    let effects = receive_loaded(&mut state, outcome, OpenMode::Replace, &[bad, good.clone()]);
    assert_eq!(state.recent_files, [good]);
    assert_eq!(effects, [Effect::SaveSettings]);
}

#[test]
fn the_proposed_title_follows_the_data_and_a_written_one_stays() {
    let mut state = atlas();
    let proposed = state.document.figure.title.clone();
    let other = || loaded(&[Input::Bytes { name: "other".to_owned(), bytes: br#"{"type":"FeatureCollection","features":[]}"#.to_vec() }]);
    receive_loaded(&mut state, other(), OpenMode::Replace, &[]);
    assert_ne!(state.document.figure.title, proposed, "other data makes no claim about the Balkans");
    receive_loaded(&mut state, loaded(&bundled_atlas()), OpenMode::Replace, &[]);
    assert_eq!(state.document.figure.title, proposed);
    let mine = sealane::cartography::FigureSpec { title: "Mine".to_owned(), ..state.document.figure.clone() };
    run(&mut state, [Command::SetFigure(mine)]);
    receive_loaded(&mut state, other(), OpenMode::Replace, &[]);
    assert_eq!(state.document.figure.title, "Mine");
}
