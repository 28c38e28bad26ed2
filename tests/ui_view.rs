//! Projections, central meridians, bookmarks and the inset locator, as an analyst uses them.
#![cfg(feature = "gui")]

mod ui_support;

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use sealane::cartography::NamedExtent;
use sealane::geodesy::ProjectionKind;
use sealane::state::{AppState, Bookmark, Command, Dialog, apply};
use sealane::ui::shell::shell_ui;
use ui_support::{Window, state, window};

fn shell(state: AppState) -> egui_kittest::Harness<'static, Window> {
    window(state, 1366.0, 768.0, |ui, state| {
        shell_ui(ui, state, |ui, _| {
            ui.allocate_response(ui.available_size(), egui::Sense::CLICK);
            Vec::new()
        })
    })
}

fn key(harness: &mut egui_kittest::Harness<'_, Window>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run_steps(3);
}

#[test]
fn shift_and_arrows_turn_the_world_and_alt_left_takes_it_back() {
    let mut harness = shell(state());
    let before = harness.state().state.view;
    key(&mut harness, Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(harness.state().state.view.projection.central_meridian_deg, before.projection.central_meridian_deg + 10.0);
    key(&mut harness, Modifiers::SHIFT, Key::ArrowLeft);
    key(&mut harness, Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(harness.state().state.view.projection.central_meridian_deg, before.projection.central_meridian_deg - 10.0);
    for _ in 0..3 {
        key(&mut harness, Modifiers::ALT, Key::ArrowLeft);
    }
    assert_eq!(harness.state().state.view, before);
}

#[test]
fn ctrl_d_keeps_the_view_and_asks_for_its_name() {
    let mut harness = shell(state());
    key(&mut harness, Modifiers::COMMAND, Key::D);
    assert_eq!(harness.state().state.dialog, Some(Dialog::Bookmarks { naming: Some(0) }));
    assert_eq!(harness.state().state.document.bookmarks.len(), 1);
    // The name box has the keyboard: what is typed is the name.
    key(&mut harness, Modifiers::COMMAND, Key::A);
    harness.event(egui::Event::Text("Waiting area".to_owned()));
    harness.run_steps(3);
    assert_eq!(harness.state().state.document.bookmarks[0].name, "Waiting area");
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().state.dialog, None);
    // Elsewhere, the palette finds it by a few letters.
    apply(&mut harness.state_mut().state, Command::ShowExtent(NamedExtent::World));
    apply(&mut harness.state_mut().state, Command::SetProjection(ProjectionKind::Mercator));
    key(&mut harness, Modifiers::COMMAND, Key::K);
    harness.event(egui::Event::Text("waiting".to_owned()));
    harness.run_steps(4);
    key(&mut harness, Modifiers::NONE, Key::Enter);
    assert_eq!(harness.state().state.view.projection.kind, ProjectionKind::EqualEarth);
}

#[test]
fn the_list_orders_and_deletes_and_undo_brings_back() {
    let mut start = state();
    let view = start.view;
    let named = |name: &str| Bookmark {
        name: name.to_owned(),
        projection: view.projection,
        plane_box: view.on(sealane::scene::SceneRect::new(0.0, 0.0, 800.0, 500.0)).plane_box(0.0),
        filter: None,
    };
    std::sync::Arc::make_mut(&mut start.document).bookmarks = std::sync::Arc::new(vec![named("first"), named("second")]);
    start.dialog = Some(Dialog::Bookmarks { naming: None });
    let mut harness = shell(start);
    harness.run_steps(2);
    let names = |harness: &egui_kittest::Harness<'_, Window>| {
        harness.state().state.document.bookmarks.iter().map(|bookmark| bookmark.name.clone()).collect::<Vec<_>>()
    };
    harness.get_all_by_label("Move down").next().expect("a button").click();
    harness.run_steps(3);
    assert_eq!(names(&harness), ["second", "first"]);
    harness.get_by_label("Delete second").click();
    harness.run_steps(3);
    assert_eq!(names(&harness), ["first"]);
    apply(&mut harness.state_mut().state, Command::Undo);
    assert_eq!(names(&harness), ["second", "first"]);
    harness.get_by_label("Show first").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.dialog, None, "the map is in sight again");
}

#[test]
fn the_box_for_the_meridian_offers_the_named_ones() {
    let mut start = state();
    start.dialog = Some(Dialog::CentralMeridian);
    let mut harness = shell(start);
    harness.run_steps(2);
    harness.get_by_label("Pacific 180°").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.view.projection.central_meridian_deg, -180.0);
    assert_eq!(harness.state().state.dialog, None);
}

#[test]
fn the_key_of_the_inset_switches_it() {
    let mut harness = shell(state());
    key(&mut harness, Modifiers::NONE, Key::I);
    assert!(!harness.state().state.document.style.layers.inset);
    apply(&mut harness.state_mut().state, Command::Undo);
    assert!(harness.state().state.document.style.layers.inset);
}
