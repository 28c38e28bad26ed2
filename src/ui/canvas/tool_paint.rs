//! What the tool in hand has drawn or measured so far, over the map.

use egui::{Rect, Ui};

use crate::cartography::{Sketch, SketchLabel, SketchLine, SketchLineKind, SketchPoint, sketch};
use crate::geodesy::{LonLat, great_circle};
use crate::scene::SceneRect;
use crate::state::{AppState, Draft, Leg, MeasuredLeg, Measurement, Place, Stop, Tool, bearing_text};
use crate::ui::widgets::format;

/// Longest step of a measured line in kilometres.
const STEP_KM: f64 = 50.0;

pub(super) fn tool_paint(ui: &Ui, rect: Rect, state: &AppState) {
    let mut lines: Vec<(Vec<LonLat>, SketchLineKind)> = Vec::new();
    let mut drawn = match &state.tool {
        Tool::Select => return,
        Tool::DrawRoute(draft) => draft_sketch(draft, &mut lines),
        Tool::Measure(measurement) => measurement_sketch(measurement, &mut lines),
    };
    drawn.lines = lines.iter().map(|(line, kind)| SketchLine { line, kind: *kind }).collect();
    let view = state.view.on(SceneRect::new(0.0, 0.0, rect.width(), rect.height()));
    let set = sketch(&drawn, &view, state.view.projection, state.canvas_style().theme);
    crate::render::egui_shapes::shapes(&set, &ui.painter_at(rect), rect.min.to_vec2());
}

fn draft_sketch(draft: &Draft, lines: &mut Vec<(Vec<LonLat>, SketchLineKind)>) -> Sketch<'static> {
    let mut add = |leg: &Leg, settled: SketchLineKind| {
        let kind = if leg.is_pending() { SketchLineKind::Live } else { settled };
        if !leg.line().is_empty() {
            lines.push((leg.line().to_vec(), kind));
        }
        // Until the path is there, or when there is none.
        if leg.is_pending() || leg.obstacle().is_some() {
            lines.push((vec![leg.from(), leg.to()], SketchLineKind::Hint));
        }
    };
    draft.legs.iter().for_each(|leg| add(leg, SketchLineKind::Settled));
    draft.live.iter().for_each(|leg| add(leg, SketchLineKind::Live));
    // Ports among the records have their names on the map.
    let name = |stop: &Stop| match &stop.place {
        Some(Place::World(port)) => Some(port.name.to_string()),
        Some(Place::Port { .. }) | None => None,
    };
    let full_name = |stop: &Stop| stop.place.as_ref().map(|place| place.name().to_string());
    let mut points: Vec<SketchPoint> =
        draft.stops.iter().map(|stop| SketchPoint { position: stop.position, name: name(stop), marked: false }).collect();
    if let Some(point) = draft.marked.and_then(|index| points.get_mut(index)) {
        point.marked = true;
    }
    // The port that a click would put the next point on.
    let snapped = draft.pointer.as_ref().filter(|pointer| pointer.place.is_some() && draft.route.is_none());
    points.extend(snapped.map(|pointer| SketchPoint { position: pointer.position, name: full_name(pointer), marked: true }));
    Sketch { points, ..Sketch::default() }
}

fn measurement_sketch(measurement: &Measurement, lines: &mut Vec<(Vec<LonLat>, SketchLineKind)>) -> Sketch<'static> {
    let mut labels = Vec::new();
    let mut add = |leg: &MeasuredLeg, kind: SketchLineKind| {
        // At least four steps, so that the words stand in the middle.
        let line = great_circle(leg.from, leg.to, (leg.length_m / 4_000.0).min(STEP_KM));
        let middle = line[line.len() / 2];
        labels.push(SketchLabel {
            position: middle,
            text: format!("{} · {}", bearing_text(leg.bearing_deg), format::distance(leg.length_m)),
        });
        lines.push((line, kind));
    };
    measurement.legs().for_each(|leg| add(&leg, SketchLineKind::Settled));
    measurement.live().iter().for_each(|leg| add(leg, SketchLineKind::Live));
    let points = measurement.points.iter().map(|position| SketchPoint { position: *position, name: None, marked: false }).collect();
    Sketch { points, labels, ..Sketch::default() }
}
