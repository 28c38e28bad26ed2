//! Edits of the records, and undo.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use sealane::geodesy::LonLat;
use sealane::load::{Input, LoadControl, bundled_atlas, load};
use sealane::model::{Dataset, FeatureKind, FeatureRef, Origin, Route};
use sealane::state::{AppState, Command, OpenMode, SelectMode, apply, receive_loaded};

fn loaded(inputs: &[Input], base: Option<&Dataset>) -> sealane::load::Loaded {
    load(inputs, base, &LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} }).expect("not canceled")
}

fn atlas() -> AppState {
    let mut state = AppState::new();
    receive_loaded(&mut state, loaded(&bundled_atlas(), None), OpenMode::Replace, &[]);
    state
}

fn run(state: &mut AppState, commands: impl IntoIterator<Item = Command>) {
    for command in commands {
        apply(state, command);
    }
}

fn route(id: &str) -> Route {
    Route { lines: vec![vec![LonLat::new(-79.9, -2.3), LonLat::new(18.9, 42.0)]], ..Route::new(id.into(), Origin::NEW) }
}

fn find(state: &AppState, id: &str) -> Option<FeatureRef> {
    state.dataset.find(FeatureKind::Route, id)
}

fn extra_file(text: &str) -> Vec<Input> {
    vec![Input::Bytes { name: "extra.geojson".to_owned(), bytes: text.as_bytes().into() }]
}

const EXTRA: &str =
    r#"{"type":"Feature","properties":{"kind":"route","id":"extra"},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}}"#;

#[test]
fn a_new_route_is_selected_counted_and_taken_back_by_one_undo() {
    let mut state = atlas();
    let (before, generation) = (state.dataset.clone(), state.dataset_generation);
    let mut drawn = route("drawn");
    drawn.origin_port = Some(before.ports[0].id.clone());
    run(&mut state, [Command::AddRoute(drawn)]);
    let feature = find(&state, "drawn").expect("added");
    assert_eq!(state.inspected(), Some(feature));
    assert!(state.has_unsaved_edits() && state.dataset_generation > generation && state.matches.passes(feature));
    assert!(state.linked.contains(&FeatureRef::new(FeatureKind::Port, 0)), "links are resolved anew");
    run(&mut state, [Command::Undo]);
    assert!(Arc::ptr_eq(&state.dataset, &before) && state.selection.is_empty() && !state.has_unsaved_edits());
    run(&mut state, [Command::Redo]);
    assert!(find(&state, "drawn").is_some() && state.has_unsaved_edits());
}

#[test]
fn a_taken_id_is_not_overwritten() {
    let mut state = atlas();
    run(&mut state, [Command::AddRoute(route("drawn")), Command::AddRoute(route("drawn"))]);
    assert!(find(&state, "drawn").is_some() && find(&state, "drawn-2").is_some());
}

#[test]
fn several_replaced_routes_are_one_step_and_unchanged_ones_none() {
    let mut state = atlas();
    let changed: Vec<_> = state
        .dataset
        .refs(FeatureKind::Route)
        .take(3)
        .map(|feature| (feature, Route { note: Some("checked".into()), ..state.dataset.routes[feature.at()].clone() }))
        .collect();
    run(&mut state, [Command::ReplaceRoutes(changed.clone(), "Repair paths")]);
    assert!(state.dataset.routes.iter().take(3).all(|route| route.note.as_deref() == Some("checked")));
    assert_eq!(state.history.undo_label(), Some("Repair paths"));
    run(
        &mut state,
        [
            Command::ReplaceRoutes(changed, "Again"),
            Command::ReplaceRoute(FeatureRef::new(FeatureKind::Route, 0), route("unknown"), "Rename"),
        ],
    );
    assert_eq!(state.history.undo_label(), Some("Repair paths"), "nothing changed, and what is unknown is not added");
    run(&mut state, [Command::Undo]);
    assert!(state.history.undo_label().is_none() && !state.has_unsaved_edits());
}

#[test]
fn the_selection_follows_its_records_when_others_are_deleted() {
    let mut state = atlas();
    let [gone, kept] = [0, 5].map(|index| FeatureRef::new(FeatureKind::Route, index));
    let id = state.dataset.id(kept).cloned().expect("routes have ids");
    run(
        &mut state,
        [Command::Select(vec![gone, kept], SelectMode::Replace), Command::Hover(Some(kept)), Command::DeleteRoutes(vec![gone])],
    );
    let moved = FeatureRef::new(FeatureKind::Route, 4);
    assert_eq!(state.dataset.id(moved), Some(&id));
    assert_eq!((state.single_selection(), state.hovered), (Some(moved), Some(moved)));
    run(&mut state, [Command::Undo]);
    assert_eq!(state.single_selection(), Some(kept));
}

#[test]
fn nothing_is_edited_while_files_are_on_their_way() {
    let mut state = atlas();
    run(&mut state, [Command::AddRoute(route("drawn")), Command::Open(vec!["more.geojson".into()], OpenMode::Add)]);
    let before = state.dataset.clone();
    run(&mut state, [Command::AddRoute(route("late")), Command::Undo]);
    assert!(Arc::ptr_eq(&state.dataset, &before) && state.notices.len() == 2);
    let base = state.dataset.clone();
    receive_loaded(&mut state, loaded(&extra_file(EXTRA), Some(&base)), OpenMode::Add, &[]);
    assert!(find(&state, "drawn").is_some() && find(&state, "extra").is_some());
    assert!(state.has_unsaved_edits(), "the drawn route is still in no file");
    let new = |state: &AppState| {
        state.dataset.routes.iter().filter(|route| !state.opened.has_same_route(route)).map(|r| r.id.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(new(&state), ["drawn"]);
    assert!(state.history.undo_label().is_none(), "undo would take the file away too");
}

#[test]
fn adding_a_file_to_unchanged_records_keeps_undo_of_the_filter() {
    let mut state = atlas();
    run(&mut state, [Command::SetFilterText("santos".to_owned()), Command::EndGesture]);
    let base = state.dataset.clone();
    receive_loaded(&mut state, loaded(&extra_file(EXTRA), Some(&base)), OpenMode::Add, &[]);
    assert!(!state.has_unsaved_edits());
    run(&mut state, [Command::Undo]);
    assert!(state.document.filter.is_empty() && find(&state, "extra").is_some());
}

#[derive(Clone, Debug)]
enum Step {
    Add(u8),
    Rename(usize, u8),
    Delete(usize, usize),
    Filter(u8),
    Select(usize),
}

fn command(state: &AppState, step: &Step) -> Command {
    let at = |index: usize| FeatureRef::new(FeatureKind::Route, (index % state.dataset.routes.len().max(1)) as u32);
    match step {
        Step::Add(n) => Command::AddRoute(route(&format!("r{n}"))),
        Step::Rename(index, n) => {
            let mut changed = state.dataset.routes.get(at(*index).at()).cloned().unwrap_or_else(|| route("none"));
            changed.name = Some(format!("name {n}").into());
            Command::ReplaceRoute(at(*index), changed, "Rename corridor")
        }
        Step::Delete(a, b) => Command::DeleteRoutes(vec![at(*a), at(*b)]),
        Step::Filter(n) => Command::SetFilterText(format!("word {n}")),
        Step::Select(index) => Command::Select(vec![at(*index)], SelectMode::Replace),
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0u8..4).prop_map(Step::Add),
        (0usize..100, 0u8..4).prop_map(|(index, n)| Step::Rename(index, n)),
        (0usize..100, 0usize..100).prop_map(|(a, b)| Step::Delete(a, b)),
        (0u8..3).prop_map(Step::Filter),
        (0usize..100).prop_map(Step::Select),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_edits_undone_give_the_original_and_redone_the_result(steps in prop::collection::vec(step(), 1..24)) {
        let mut state = AppState::new();
        let files: Vec<String> = (0..40).map(|n| EXTRA.replace("extra", &format!("f{n}"))).collect();
        let inputs: Vec<_> = files.iter().flat_map(|text| extra_file(text)).collect();
        receive_loaded(&mut state, loaded(&inputs, None), OpenMode::Replace, &[]);
        let original = state.dataset.clone();
        for step in &steps {
            let command = command(&state, step);
            run(&mut state, [command, Command::EndGesture]);
        }
        let edited = state.dataset.clone();
        while state.history.undo_label().is_some() {
            run(&mut state, [Command::Undo]);
            let found = state.selection.iter().all(|feature| state.dataset.id(*feature).is_some());
            prop_assert!(found && state.matches.total(FeatureKind::Route) == state.dataset.routes.len());
        }
        prop_assert!(Arc::ptr_eq(&state.dataset, &original) && !state.has_unsaved_edits() && state.document.filter.is_empty());
        while state.history.redo_label().is_some() {
            run(&mut state, [Command::Redo]);
        }
        prop_assert!(state.dataset.routes == edited.routes);
        for route in &edited.routes {
            prop_assert!(find(&state, &route.id).is_some_and(|feature| state.dataset.routes[feature.at()].id == route.id));
        }
    }
}
