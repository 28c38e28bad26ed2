//! Two periods side by side and their difference, in the whole program without a window.
#![cfg(feature = "gui")]

use std::time::{Duration, Instant};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sealane::analysis::CompareForm;
use sealane::app::SealaneApp;
use sealane::model::{FeatureKind, FeatureRef};
use sealane::state::{AppState, Command, CompareCommand};

type Window<'a> = Harness<'a, Option<SealaneApp>>;

/// Longest wait for background work; a debug build decodes the basemap in a few seconds.
const PATIENCE: Duration = Duration::from_secs(240);

fn window() -> Window<'static> {
    Harness::builder().with_size([1366.0, 768.0]).with_max_steps(8).build_ui_state(
        move |ui, app: &mut Option<SealaneApp>| {
            let app = app.get_or_insert_with(|| SealaneApp::new(ui.ctx(), Vec::new(), None));
            app.logic(&ui.ctx().clone());
            app.ui(ui);
        },
        None,
    )
}

fn app<'a>(harness: &'a Window<'_>) -> &'a SealaneApp {
    harness.state().as_ref().expect("made in the first pass")
}

fn send(harness: &mut Window<'_>, command: Command) {
    harness.state_mut().as_mut().expect("made in the first pass").apply(command);
    harness.step();
}

/// Steps until the background is at rest.
fn settle(harness: &mut Window<'_>) {
    let begin = Instant::now();
    harness.run_steps(3);
    while app(harness).is_busy() {
        assert!(begin.elapsed() < PATIENCE, "background work did not end");
        std::thread::sleep(Duration::from_millis(10));
        harness.step();
    }
    harness.run_steps(3);
}

#[test]
fn two_periods_stand_side_by_side_with_one_view_and_the_difference_has_its_legend() {
    let mut harness = window();
    settle(&mut harness);
    harness.key_press(egui::Key::C);
    settle(&mut harness);
    let mut maps: Vec<egui::Rect> = harness.get_all_by_label("Map").map(|map| map.rect()).collect();
    maps.sort_by(|a, b| a.left().total_cmp(&b.left()));
    assert_eq!(maps.len(), 2, "two maps");
    assert!((maps[0].width() - maps[1].width()).abs() < 0.5 && maps[0].right() < maps[1].left());
    let state = &app(&harness).state;
    assert!((state.canvas.width - maps[0].width()).abs() < 0.5, "the view is that of one half");
    let compared = state.shown_comparison().expect("counted").clone();
    let [before, after] = &compared.periods;
    assert_eq!(before.totals.events + after.totals.events + compared.undated.events + compared.straddling.events, 149);
    assert!(before.matches.shown(FeatureKind::Seizure) < 149 && after.matches.shown(FeatureKind::Seizure) < 149);
    assert!(harness.query_all_by_label_contains(&before.label).count() > 0, "the period is named");

    // Hovering and panning in one half moves both: there is one view and one hovered record.
    let before_pan = state.view.center;
    harness.event(egui::Event::PointerMoved(maps[1].center()));
    harness.step();
    let button = |pressed| egui::Event::PointerButton {
        pos: maps[1].center(),
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    harness.event(button(true));
    harness.step();
    for step in 1..=4 {
        harness.event(egui::Event::PointerMoved(maps[1].center() + egui::vec2(15.0 * step as f32, 0.0)));
        harness.step();
    }
    harness.event(button(false));
    harness.run_steps(2);
    let state = &app(&harness).state;
    let moved_px = (before_pan.x_m - state.view.center.x_m) / state.view.resolution_m_per_px;
    assert!((moved_px - 60.0).abs() < 1.0, "{moved_px}");

    send(&mut harness, Command::Compare(CompareCommand::Show(CompareForm::Difference)));
    settle(&mut harness);
    assert_eq!(harness.get_all_by_label("Map").count(), 1);
    let legend = app(&harness).state.legend.clone().expect("drawn");
    let labels: Vec<&str> = legend.sections.iter().flat_map(|section| &section.rows).map(|row| row.label.as_str()).collect();
    assert!(labels.contains(&"More events after") && labels.contains(&"Only before"), "{labels:?}");
    assert!(legend.sections[0].title.contains("before (until "), "{}", legend.sections[0].title);

    harness.key_press(egui::Key::Escape);
    settle(&mut harness);
    assert_eq!(app(&harness).state.document.compare, None, "Esc leaves the comparison");
    let legend = app(&harness).state.legend.clone().expect("drawn");
    assert!(legend.sections.iter().all(|section| !section.title.contains("before (")), "the usual legend is back");
}

#[test]
fn the_exported_figure_shows_both_maps() {
    let mut harness = window();
    settle(&mut harness);
    send(&mut harness, Command::Compare(CompareCommand::Toggle));
    settle(&mut harness);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("figure.svg");
    send(&mut harness, Command::Export(path.clone()));
    settle(&mut harness);
    let text = std::fs::read_to_string(&path).expect("the figure is on disk");
    assert!(text.contains("id=\"map-2\""), "a second map");
    let label = app(&harness).state.shown_comparison().expect("counted").periods[1].label.clone();
    assert!(text.contains(&label), "{label}");
}

/// A port with neither an event nor another port within a degree: nothing is drawn together with it.
fn lonely_port(state: &AppState) -> FeatureRef {
    let place = |feature: FeatureRef| {
        let mut position = None;
        state.dataset.for_each_position(feature, &mut |p| position = position.or(Some(p)));
        position
    };
    let near = |a: FeatureRef, b: FeatureRef| {
        place(a).zip(place(b)).is_some_and(|(a, b)| (a.lon_deg - b.lon_deg).abs() < 1.0 && (a.lat_deg - b.lat_deg).abs() < 1.0)
    };
    let ports = || state.dataset.refs(FeatureKind::Port);
    let alone = |port: &FeatureRef| {
        place(*port).is_some()
            && ports().all(|other| other == *port || !near(*port, other))
            && state.dataset.refs(FeatureKind::Seizure).all(|event| !near(*port, event))
    };
    ports().find(alone).expect("a port apart from others")
}

#[test]
fn a_turned_world_is_picked_where_it_is_drawn() {
    let mut harness = window();
    settle(&mut harness);
    let state = &app(&harness).state;
    let port = lonely_port(state);
    send(&mut harness, Command::FitFeatures(vec![port]));
    send(&mut harness, Command::SetCentralMeridian(-180.0));
    settle(&mut harness);
    let state = &app(&harness).state;
    let mut position = None;
    state.dataset.for_each_position(port, &mut |p| position = position.or(Some(p)));
    let plane = state.view.projection.project(position.expect("has a place"));
    let point = state.view.on(state.canvas).scene_from_projected(plane);
    let at = harness.get_by_label("Map").rect().min + egui::vec2(point.x, point.y);
    harness.event(egui::Event::PointerMoved(at));
    harness.run_steps(3);
    let state = &app(&harness).state;
    let seen = format!("{:?} at {point:?} of {:?}, middle {:?}", state.view, state.canvas, state.view.center_lon_lat());
    assert!(state.hovered.is_some(), "the pointer is over something: {seen}");
    assert!(harness.query_by_label("Inset locator").is_some(), "a near view has its locator");
}
