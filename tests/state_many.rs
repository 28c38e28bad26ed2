//! A click on what stands for many records.

use std::sync::Arc;

use sealane::geodesy::LonLat;
use sealane::load::Loaded;
use sealane::model::{DatasetBuilder, FeatureKind, FeatureRef, Origin, Record, SeizureEvent};
use sealane::scene::Members;
use sealane::state::{AppState, Command, OpenMode, apply, receive_loaded};

/// The window with an event at each of these places, and all of them as one.
fn window(places: &[LonLat]) -> (AppState, Members) {
    let mut builder = DatasetBuilder::new();
    for (number, position) in places.iter().enumerate() {
        let mut event = SeizureEvent::new(format!("e{number}").into(), Origin::default());
        event.position = Some(*position);
        builder.add(Record::Seizure(event)).expect("ids differ");
    }
    let mut state = AppState::new();
    let loaded = Loaded { dataset: builder.finish(), diagnostics: Vec::new(), files: Vec::new() };
    assert!(receive_loaded(&mut state, loaded, OpenMode::Replace, &[]).is_empty());
    let all: Arc<[FeatureRef]> = state.dataset.refs(FeatureKind::Seizure).collect();
    let count = all.len() as u32;
    apply(&mut state, Command::ShowExtent(sealane::cartography::NamedExtent::World));
    (state, Members::new(all, 0..count))
}

#[test]
fn a_cluster_opens_by_zooming_in() {
    let (mut state, members) = window(&[LonLat::new(19.1, 42.1), LonLat::new(19.4, 41.3), LonLat::new(18.1, 42.6)]);
    let before = state.view;
    apply(&mut state, Command::OpenMany(members));
    assert!(state.selection.is_empty() && state.view.resolution_m_per_px * 10.0 < before.resolution_m_per_px);
    let (width, height) = (state.canvas.width, state.canvas.height);
    let frame = sealane::scene::SceneRect::new(0.0, 0.0, width, height);
    let at = state.view.on(frame).scene_from_projected(state.view.projection.project(LonLat::new(19.4, 41.3)));
    assert!(frame.contains(at));
    apply(&mut state, Command::ViewBack);
    assert_eq!(state.view, before, "one step of the view history");
}

#[test]
fn events_at_one_place_are_shown_close_up_and_then_selected() {
    let (mut state, members) = window(&[LonLat::new(19.4488, 41.3187); 7]);
    apply(&mut state, Command::OpenMany(members.clone()));
    assert!(state.view.resolution_m_per_px < 300.0 && state.view.resolution_m_per_px > 50.0, "around the port, not inside a quay");
    assert!(state.selection.is_empty());
}

#[test]
fn a_crowd_at_one_place_is_selected_as_far_as_it_matches() {
    let (mut state, members) = window(&[LonLat::new(19.4488, 41.3187); 60]);
    let before = state.view;
    apply(&mut state, Command::OpenMany(members));
    assert_eq!((state.selection.len(), state.view), (60, before));
}
