//! A corridor over land, from the file to the repair, acted out in the window.
#![cfg(feature = "gui")]

use std::time::{Duration, Instant};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sealane::app::SealaneApp;
use sealane::load::Input;
use sealane::model::PathKind;
use sealane::state::{Command, Tab};

const ACROSS_IBERIA: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"kind":"route","id":"iberia","name":"Across Iberia"},"geometry":{"type":"LineString","coordinates":[[-12,40],[3.5,40.2]]}},
{"type":"Feature","properties":{"kind":"route","id":"sketch","path":"schematic"},"geometry":{"type":"LineString","coordinates":[[-12,41],[3.5,41.2]]}}
]}"#;

type Window = Harness<'static, Option<SealaneApp>>;

fn window(text: &str) -> Window {
    let mut inputs = Some(vec![Input::Bytes { name: "a.geojson".to_owned(), bytes: text.as_bytes().to_vec() }]);
    Harness::builder().with_size([1366.0, 768.0]).with_max_steps(8).build_ui_state(
        move |ui, app: &mut Option<SealaneApp>| {
            let app = app.get_or_insert_with(|| SealaneApp::new(ui.ctx(), inputs.take().unwrap_or_default(), None));
            app.logic(&ui.ctx().clone());
            app.ui(ui);
        },
        None,
    )
}

fn app(harness: &Window) -> &SealaneApp {
    harness.state().as_ref().expect("made in the first pass")
}

fn send(harness: &mut Window, command: Command) {
    harness.state_mut().as_mut().expect("made in the first pass").apply(command);
    harness.step();
}

/// Steps until the background is at rest.
fn settle(harness: &mut Window) {
    let begin = Instant::now();
    harness.step();
    harness.step();
    while app(harness).is_busy() {
        assert!(begin.elapsed() < Duration::from_secs(120), "background work did not end");
        std::thread::sleep(Duration::from_millis(10));
        harness.step();
    }
    harness.step();
    harness.step();
}

#[test]
fn a_corridor_over_land_is_found_shown_and_repaired() {
    let mut harness = window(ACROSS_IBERIA);
    settle(&mut harness);
    let found = app(&harness).state.land_findings().expect("checked").clone();
    assert_eq!((found.crossings.len(), found.schematic.len()), (1, 1), "{found:?}");
    assert!(harness.query_by_label_contains("1\u{a0}finding").is_some(), "the status bar counts it");

    // The row in the findings leads to the stretch.
    send(&mut harness, Command::ShowTab(Tab::Findings));
    harness.step();
    harness.get_by_label_contains("Across Iberia runs over land for").click();
    harness.step();
    settle(&mut harness);
    let state = &app(&harness).state;
    assert_eq!(state.single_selection(), Some(found.crossings[0].route));
    let center = state.view.center_lon_lat().expect("on the map");
    assert!((-9.0..1.0).contains(&center.lon_deg) && (38.0..42.0).contains(&center.lat_deg), "{center:?}");
    assert!(harness.query_by_label_contains("Over land: 1\u{a0}stretch").is_some(), "the inspector tells it");

    // Repair, or say why not: what comes of it depends on the network alone.
    let before = app(&harness).state.dataset.routes[0].clone();
    harness.get_by_label("Repair selected").click();
    harness.step();
    settle(&mut harness);
    let state = &app(&harness).state;
    let notice = state.notices.last().expect("the outcome is told");
    if notice.text.starts_with("Repaired") {
        assert_eq!(state.dataset.routes[0].path, Some(PathKind::Routed));
        assert_eq!(state.crossing_count(), 0, "the new line keeps to the water");
        assert!(harness.query_by_label_contains("No findings").is_some());
        send(&mut harness, Command::Undo);
        settle(&mut harness);
        assert_eq!(app(&harness).state.crossing_count(), 1, "undo brings the old line and its finding back");
    } else {
        assert!(notice.text.contains("could not be repaired") && notice.detail.contains("Across Iberia"), "{notice:?}");
    }
    assert_eq!(app(&harness).state.dataset.routes[0], before);
}
