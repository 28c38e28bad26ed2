//! What stands for many events on the map: its card, and what a click does.
#![cfg(feature = "gui")]

use std::sync::Arc;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sealane::analysis::{Filter, Links, evaluate};
use sealane::cartography::{DataMap, DataView, NamedExtent};
use sealane::geodesy::LonLat;
use sealane::load::Loaded;
use sealane::model::{DatasetBuilder, Origin, Record, SeizureEvent};
use sealane::scene::{PickIndex, SceneRect};
use sealane::state::{AppState, Command, OpenMode, SelectMode, apply, receive_loaded};
use sealane::ui::canvas::{DrawnLayers, MapCanvas, MapPictures};
use sealane::ui::theme;

const PORT: LonLat = LonLat::new(19.4488, 41.3187);

struct Window {
    state: AppState,
    canvas: MapCanvas,
    pictures: MapPictures,
    sent: Vec<Command>,
}

/// Seven events in one port, seen from far away.
fn window() -> Window {
    let mut builder = DatasetBuilder::new();
    for number in 0..7 {
        let mut event = SeizureEvent::new(format!("e{number}").into(), Origin::default());
        event.position = Some(PORT);
        event.place = Some("Durrës".into());
        event.mass_kg = (number > 1).then_some(100.0);
        event.event_date = format!("20{}", 15 + number).parse().ok();
        builder.add(Record::Seizure(event)).expect("ids differ");
    }
    let mut state = AppState::new();
    let loaded = Loaded { dataset: builder.finish(), diagnostics: Vec::new(), files: Vec::new() };
    receive_loaded(&mut state, loaded, OpenMode::Replace, &[]);
    apply(&mut state, Command::ResizeCanvas(800.0, 600.0));
    apply(&mut state, Command::ShowExtent(NamedExtent::Balkans));
    let links = Links::new(&state.dataset);
    let matches = evaluate(&state.dataset, &links, &Filter::default());
    let style = state.canvas_style();
    let layers = DataMap::new(&state.dataset, &links, state.view.projection).layers(&DataView {
        dataset: &state.dataset,
        links: &links,
        matches: &matches,
        style: &style,
        resolution_m_per_px: state.view.resolution_m_per_px,
        ink_scale: 1.0,
    });
    let drawn = DrawnLayers {
        pick: Arc::new(PickIndex::new(layers.clone())),
        layers,
        projection: state.view.projection,
        dataset_generation: state.dataset_generation,
        revision: 1,
    };
    Window {
        state,
        canvas: MapCanvas::default(),
        pictures: MapPictures { layers: Some(drawn), ..MapPictures::default() },
        sent: Vec::new(),
    }
}

fn harness() -> Harness<'static, Window> {
    Harness::builder().with_size([800.0, 600.0]).with_context_setup(|ctx| theme::install(ctx, false)).build_ui_state(
        |ui, window: &mut Window| {
            let commands = window.canvas.ui(ui, &window.state, &window.pictures);
            window.sent.extend(commands);
        },
        window(),
    )
}

fn place_of_cluster(harness: &Harness<'_, Window>) -> egui::Pos2 {
    let map = harness.get_by_label("Map").rect();
    let view = harness.state().state.view.on(SceneRect::new(0.0, 0.0, map.width(), map.height()));
    let at = view.scene_from_projected(harness.state().state.view.projection.project(PORT));
    egui::pos2(map.min.x + at.x, map.min.y + at.y)
}

fn click(harness: &mut Harness<'_, Window>, modifiers: egui::Modifiers) -> Vec<Command> {
    let pos = place_of_cluster(harness);
    harness.event(egui::Event::PointerMoved(pos));
    harness.run_steps(2);
    harness.state_mut().sent.clear();
    for pressed in [true, false] {
        harness.event(egui::Event::PointerButton { pos, button: egui::PointerButton::Primary, pressed, modifiers });
    }
    harness.run_steps(2);
    std::mem::take(&mut harness.state_mut().sent)
}

#[test]
fn a_click_on_a_cluster_opens_it() {
    let mut harness = harness();
    let sent = click(&mut harness, egui::Modifiers::NONE);
    let opened =
        sent.iter().find_map(|command| if let Command::OpenMany(members) = command { Some(members.records().len()) } else { None });
    assert_eq!(opened, Some(7), "{sent:?}");
    assert!(!sent.iter().any(|command| matches!(command, Command::Select(..) | Command::ClearSelection)));
}

#[test]
fn the_card_of_a_cluster_says_what_it_stands_for() {
    let mut harness = harness();
    let pos = place_of_cluster(&harness);
    harness.event(egui::Event::PointerMoved(pos));
    harness.run_steps(8);
    for expected in ["7\u{a0}events", "500\u{a0}kg (2 without stated mass)", "2015–2021", "Most: Durrës 7"] {
        assert!(harness.query_by_label(expected).is_some(), "{expected}");
    }
}

#[test]
fn ctrl_and_click_selects_the_members() {
    let mut harness = harness();
    harness.event(egui::Event::ModifiersChanged(egui::Modifiers::COMMAND));
    let sent = click(&mut harness, egui::Modifiers::COMMAND);
    let selected = sent.iter().find_map(|command| match command {
        Command::Select(features, SelectMode::Extend) => Some(features.len()),
        _ => None,
    });
    assert_eq!(selected, Some(7), "{sent:?}");
}
