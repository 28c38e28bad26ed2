//! The whole program without a window: an analyst starts it, finds a cell, brushes a period, and has a figure on disk.
#![cfg(feature = "gui")]

use std::time::{Duration, Instant};

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use sealane::app::SealaneApp;
use sealane::load::Input;
use sealane::model::{FeatureKind, FeatureRef, PartialDate};
use sealane::state::{Command, Dialog, OpenMode, Tab};

type Window<'a> = Harness<'a, Option<SealaneApp>>;

/// Longest wait for background work; a debug build decodes the basemap in a few seconds.
const PATIENCE: Duration = Duration::from_secs(120);

fn window(inputs: Vec<Input>) -> Window<'static> {
    let mut inputs = Some(inputs);
    Harness::builder().with_size([1366.0, 768.0]).with_max_steps(8).build_ui_state(
        move |ui, app: &mut Option<SealaneApp>| {
            let app = app.get_or_insert_with(|| SealaneApp::new(ui.ctx(), inputs.take().unwrap_or_default(), None));
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
    harness.step();
    harness.step();
    while app(harness).is_busy() {
        assert!(begin.elapsed() < PATIENCE, "background work did not end");
        std::thread::sleep(Duration::from_millis(10));
        harness.step();
    }
    harness.step();
    harness.step();
}

#[test]
fn an_analyst_finds_a_cell_brushes_a_period_and_exports_a_figure() {
    let mut harness = window(Vec::new());
    settle(&mut harness);
    assert_eq!(app(&harness).state.dataset.seizures.len(), 149);

    // Ctrl+K, "kavac", Enter: the palette finds the cell although its name is written with č.
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::K);
    harness.step();
    harness.step();
    assert!(matches!(app(&harness).state.dialog, Some(Dialog::Palette { .. })), "Ctrl+K opens the palette");
    harness.event(egui::Event::Text("kavac".to_owned()));
    harness.step();
    harness.step();
    harness.key_press(egui::Key::Enter);
    settle(&mut harness);
    let state = &app(&harness).state;
    let kavac = state.dataset.find(FeatureKind::Group, "kavac").expect("in the atlas");
    assert_eq!(state.single_selection(), Some(kavac));
    assert!(state.dialog.is_none(), "choosing closes the palette");

    // Its events are lit, the others are dimmed but there.
    let events: Vec<_> = state.dataset.refs(FeatureKind::Seizure).collect();
    let lit = events.iter().filter(|event| state.is_emphasized(**event)).count();
    assert!(lit > 0 && lit < events.len(), "{lit} of {} events are lit", events.len());

    // 2019–2021.
    let day = |year: i16| PartialDate::from_year(year);
    send(&mut harness, Command::SetPeriod(Some((day(2019).first_day(), day(2021).last_day()))));
    send(&mut harness, Command::EndGesture);
    settle(&mut harness);
    assert!(harness.query_all_by_label_contains("2019–2021").count() > 0, "a chip says why");

    // A marked figure, written in the background.
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("figure.png");
    send(&mut harness, Command::Export(path.clone()));
    settle(&mut harness);
    let bytes = std::fs::read(&path).expect("the figure is on disk");
    assert_eq!(&bytes[1..4], b"PNG");
    let width = u32::from_be_bytes(bytes[16..20].try_into().expect("four bytes"));
    let height = u32::from_be_bytes(bytes[20..24].try_into().expect("four bytes"));
    assert_eq!((width, height), (1920, 1080));
    assert!(app(&harness).state.notices.iter().any(|notice| notice.text.contains("figure.png")), "the window says where it is");
}

#[test]
fn escape_peels_one_level_at_a_time() {
    let mut harness = window(Vec::new());
    settle(&mut harness);
    let kavac = app(&harness).state.dataset.find(FeatureKind::Group, "kavac").expect("in the atlas");
    send(&mut harness, Command::SetPeriod(Some((0, 20_000))));
    send(&mut harness, Command::Select(vec![kavac], sealane::state::SelectMode::Replace));
    send(&mut harness, Command::ShowDialog(Dialog::About));
    let levels = |harness: &Window<'_>| {
        let state = &app(harness).state;
        (state.dialog.is_some(), !state.selection.is_empty(), !state.document.filter.is_empty())
    };
    assert_eq!(levels(&harness), (true, true, true));
    for expected in [(false, true, true), (false, false, true), (false, false, false)] {
        harness.key_press(egui::Key::Escape);
        harness.step();
        harness.step();
        assert_eq!(levels(&harness), expected);
    }
}

#[test]
fn a_file_that_cannot_be_used_leaves_the_open_atlas_alone() {
    let mut harness = window(Vec::new());
    settle(&mut harness);
    let before = app(&harness).state.dataset.record_count();
    for path in ["/nonexistent/file.geojson", env!("CARGO_MANIFEST_DIR")] {
        send(&mut harness, Command::Open(vec![path.into()], OpenMode::Replace));
        settle(&mut harness);
        let state = &app(&harness).state;
        assert_eq!(state.dataset.record_count(), before, "{path}");
        let notice = state.notices.last().expect("the window says why");
        assert!(!notice.detail.is_empty(), "{notice:?}");
    }
}

#[test]
fn added_files_join_the_atlas_and_replaced_ones_take_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mine.geojson");
    let text =
        r#"{"type":"Feature","properties":{"name":"My line"},"geometry":{"type":"LineString","coordinates":[[-46,-24],[0,10],[14,45]]}}"#;
    std::fs::write(&path, text).expect("written");
    let mut harness = window(Vec::new());
    settle(&mut harness);
    send(&mut harness, Command::Open(vec![path.clone()], OpenMode::Add));
    settle(&mut harness);
    assert_eq!(app(&harness).state.dataset.routes.len(), 47);
    send(&mut harness, Command::Open(vec![path.clone()], OpenMode::Replace));
    settle(&mut harness);
    let state = &app(&harness).state;
    assert_eq!((state.dataset.routes.len(), state.dataset.ports.len()), (1, 0));
    assert_eq!(state.recent_files, [path]);
}

#[test]
fn a_click_on_a_table_row_selects_on_the_map() {
    let mut harness = window(Vec::new());
    settle(&mut harness);
    send(&mut harness, Command::ShowTab(Tab::Ports));
    harness.step();
    harness.get_all_by_label_contains("Guayaquil").next().expect("a row").click();
    harness.step();
    harness.step();
    let state = &app(&harness).state;
    assert_eq!(state.single_selection(), state.dataset.find(FeatureKind::Port, "ec-guayaquil"));
}

#[test]
fn empty_data_and_tiny_windows_show_something_sensible() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("empty.geojson");
    std::fs::write(&path, r#"{"type":"FeatureCollection","features":[]}"#).expect("written");
    let mut harness = window(vec![Input::Path(path)]);
    settle(&mut harness);
    for tab in Tab::ALL {
        send(&mut harness, Command::ShowTab(tab));
        for size in [[320.0, 200.0], [800.0, 500.0], [1366.0, 768.0]] {
            harness.set_size(egui::Vec2::from(size));
            harness.step();
            harness.step();
        }
    }
}

/// Where a record is drawn in the window.
fn on_screen(harness: &Window<'_>, feature: FeatureRef) -> egui::Pos2 {
    let state = &app(harness).state;
    let mut position = None;
    state.dataset.for_each_position(feature, &mut |p| position = position.or(Some(p)));
    let plane = state.view.projection.project(position.expect("has a place"));
    let point = state.view.on(state.canvas).scene_from_projected(plane);
    harness.get_by_label("Map").rect().min + egui::vec2(point.x, point.y)
}

fn pointer(harness: &mut Window<'_>, at: egui::Pos2) {
    harness.event(egui::Event::PointerMoved(at));
    harness.step();
}

fn button(harness: &mut Window<'_>, at: egui::Pos2, pressed: bool, modifiers: egui::Modifiers) {
    harness.event(egui::Event::PointerButton { pos: at, button: egui::PointerButton::Primary, pressed, modifiers });
    harness.step();
}

#[test]
fn a_click_on_the_map_selects_what_lies_there_and_a_click_on_water_clears() {
    let mut harness = window(Vec::new());
    settle(&mut harness);
    let state = &app(&harness).state;
    let port = state
        .dataset
        .refs(FeatureKind::Port)
        .find(|port| state.dataset.title(*port) == "Paramaribo")
        .expect("a port apart from others and from events");
    send(&mut harness, Command::FitFeatures(vec![port]));
    settle(&mut harness);
    let at = on_screen(&harness, port);
    pointer(&mut harness, at);
    harness.step();
    assert!(app(&harness).state.hovered.is_some(), "the pointer is over something");
    button(&mut harness, at, true, egui::Modifiers::NONE);
    button(&mut harness, at, false, egui::Modifiers::NONE);
    harness.step();
    let selected = app(&harness).state.single_selection().expect("one record is selected");
    assert!(app(&harness).state.hovered == Some(selected));
    // The upper left corner of the map shows nothing that can be picked at this scale.
    let corner = harness.get_by_label("Map").rect().min + egui::vec2(30.0, 60.0);
    pointer(&mut harness, corner);
    harness.step();
    assert_eq!(app(&harness).state.hovered, None);
    // Longer than a double click takes.
    std::thread::sleep(Duration::from_millis(400));
    button(&mut harness, corner, true, egui::Modifiers::NONE);
    button(&mut harness, corner, false, egui::Modifiers::NONE);
    harness.step();
    assert!(app(&harness).state.selection.is_empty());
}

#[test]
fn wheel_drag_and_box_do_what_the_habits_say() {
    let mut harness = window(Vec::new());
    settle(&mut harness);
    let middle = harness.get_by_label("Map").rect().center();
    pointer(&mut harness, middle);
    let before = app(&harness).state.view;

    harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, 100.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::NONE,
    });
    for _ in 0..20 {
        harness.step();
    }
    let zoomed = app(&harness).state.view;
    assert!(zoomed.resolution_m_per_px < before.resolution_m_per_px, "the wheel zooms in");

    button(&mut harness, middle, true, egui::Modifiers::NONE);
    for step in 1..=4 {
        pointer(&mut harness, middle + egui::vec2(20.0 * step as f32, 0.0));
    }
    button(&mut harness, middle + egui::vec2(80.0, 0.0), false, egui::Modifiers::NONE);
    harness.step();
    let panned = app(&harness).state.view;
    let moved_px = (zoomed.center.x_m - panned.center.x_m) / zoomed.resolution_m_per_px;
    assert!((moved_px - 80.0).abs() < 1.0, "the map follows the hand: {moved_px}");
    send(&mut harness, Command::ViewBack);
    assert_eq!(app(&harness).state.view, zoomed, "the drag is one view");

    send(&mut harness, Command::FitAll);
    settle(&mut harness);
    let rect = harness.get_by_label("Map").rect().shrink(4.0);
    let shift = egui::Modifiers::SHIFT;
    harness.event(egui::Event::ModifiersChanged(shift));
    pointer(&mut harness, rect.min);
    button(&mut harness, rect.min, true, shift);
    pointer(&mut harness, rect.center());
    pointer(&mut harness, rect.max);
    button(&mut harness, rect.max, false, shift);
    harness.step();
    assert!(app(&harness).state.selection.len() > 100, "the box selects what it holds: {}", app(&harness).state.selection.len());
}

#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn dropped_files_are_opened_once_and_with_shift_they_are_added() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dropped.geojson");
    let text = r#"{"type":"Feature","properties":{"name":"A place"},"geometry":{"type":"Point","coordinates":[19,41]}}"#;
    std::fs::write(&path, text).expect("written");
    let mut harness = window(Vec::new());
    settle(&mut harness);
    harness.event(egui::Event::ModifiersChanged(egui::Modifiers::SHIFT));
    harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path.clone())));
    settle(&mut harness);
    assert_eq!(app(&harness).state.dataset.ports.len(), 97, "added to the 96 of the atlas");
    harness.event(egui::Event::ModifiersChanged(egui::Modifiers::NONE));
    harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path)));
    settle(&mut harness);
    assert_eq!(app(&harness).state.dataset.record_count(), 1, "in place of the atlas");
}

/// Parts of pictures that are painted over this place, in drawing order.
fn pictures_over(harness: &Window<'_>, at: egui::Pos2) -> Vec<egui::TextureId> {
    let shapes = &harness.output().shapes;
    let pictures = shapes.iter().filter_map(|clipped| if let egui::Shape::Mesh(mesh) = &clipped.shape { Some(mesh) } else { None });
    let covers = |mesh: &egui::Mesh| {
        // Four corners a part.
        mesh.vertices.chunks(4).any(|part| egui::Rect::from_points(&part.iter().map(|v| v.pos).collect::<Vec<_>>()).contains(at))
    };
    pictures.filter(|mesh| mesh.texture_id != egui::TextureId::default() && covers(mesh)).map(|mesh| mesh.texture_id).collect()
}

#[test]
fn the_map_is_never_blank_while_its_pictures_are_replaced() {
    let mut harness = window(Vec::new());
    settle(&mut harness);
    let middle = harness.get_by_label("Map").rect().center();
    let at_rest = pictures_over(&harness, middle);
    assert!(!at_rest.is_empty(), "the basemap covers the map");
    pointer(&mut harness, middle);
    button(&mut harness, middle, true, egui::Modifiers::NONE);
    for step in 1..=40 {
        // To and fro, farther than the margin of the pictures, with pauses in which new ones come in.
        pointer(&mut harness, middle + egui::vec2(200.0 * (step as f32 * 0.3).sin(), 0.0));
        assert!(!pictures_over(&harness, middle).is_empty(), "step {step}");
        std::thread::sleep(Duration::from_millis(5));
    }
    button(&mut harness, middle, false, egui::Modifiers::NONE);
    settle(&mut harness);
    assert_eq!(pictures_over(&harness, middle).first(), at_rest.first(), "a new picture takes the place of the old one in its texture");
}

#[test]
fn at_rest_nothing_asks_for_another_frame() {
    let mut harness = window(Vec::new());
    settle(&mut harness);
    // Animations and tooltips end.
    for _ in 0..8 {
        harness.step();
    }
    let root = &harness.output().viewport_output[&egui::ViewportId::ROOT];
    assert!(root.repaint_delay > Duration::from_secs(3_600), "{:?} {:?}", root.repaint_delay, root.commands);
    assert!(!app(&harness).is_busy());
}
