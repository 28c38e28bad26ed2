//! The pointer while a tool is in hand: points, handles and legs. Panning and zooming work as ever.

use egui::{CursorIcon, PointerButton, Rect, Response, Ui, Vec2};

use super::MapCanvas;
use super::gestures::{Gesture, on_canvas};
use crate::geodesy::{LonLat, project_line};
use crate::scene::{PlaneView, ScenePoint, SceneRect};
use crate::state::{AppState, Command, Draft, Stop, Tool, ToolCommand, stop_at};

/// How near the pointer must be to a point to take it, in CSS pixels.
const HANDLE_PX: f32 = 9.0;
/// How near it must be to a leg to add a point to it, in CSS pixels.
const LEG_PX: f32 = 6.0;

impl MapCanvas {
    pub(super) fn use_tool(&mut self, ui: &Ui, response: &Response, rect: Rect, state: &AppState, commands: &mut Vec<Command>) {
        let view = state.view.on(SceneRect::new(0.0, 0.0, rect.width(), rect.height()));
        let mut send = |command| commands.push(Command::Tool(command));
        let pointer = response.interact_pointer_pos().or(response.hover_pos()).map(|pos| on_canvas(pos, rect));
        let stop = pointer.and_then(|at| stop_at(state, &view, at));
        let space = ui.input(|i| i.key_down(egui::Key::Space));
        if response.drag_started() {
            let from = ui.input(|i| i.pointer.press_origin()).map(|pos| on_canvas(pos, rect));
            let handle =
                from.filter(|_| response.drag_started_by(PointerButton::Primary) && !space).and_then(|at| handle_at(state, &view, at));
            self.gesture = if handle.is_some() { Gesture::Handle } else { Gesture::Pan };
            self.held = handle;
        }
        match (self.gesture, self.held) {
            (Gesture::Handle, Some(index)) if response.dragged() => {
                if let Some(stop) = stop {
                    send(ToolCommand::Drag { index, stop });
                }
                return;
            }
            (Gesture::Handle, _) => {
                self.gesture = Gesture::Rest;
                self.held = None;
                send(ToolCommand::Drop);
                return;
            }
            (Gesture::Pan, _) if response.dragged() => {
                let by = response.drag_delta();
                if by != Vec2::ZERO {
                    commands.push(Command::Pan(by.x, by.y));
                }
                return;
            }
            (Gesture::Pan, _) => {
                self.gesture = Gesture::Rest;
                commands.push(Command::EndGesture);
                return;
            }
            _ => {}
        }
        let shown = stop.clone().filter(|_| response.hovered());
        if shown.as_ref().map(|stop| stop.position) != known_pointer(&state.tool).map(|stop| stop.position) {
            send(ToolCommand::Point(shown));
        }
        if response.double_clicked() {
            // The first of the two clicks has added the point, unless both came at once.
            let added = pointer
                .zip(last_point(&state.tool))
                .is_some_and(|(at, last)| distance_px(view.scene_from_projected(state.view.projection.project(last)), at) <= HANDLE_PX);
            if let (false, Some(stop)) = (added, stop) {
                send(ToolCommand::Add(stop));
            }
            send(ToolCommand::Finish);
        } else if let (true, Some(at), Some(stop)) = (response.clicked(), pointer, stop) {
            click(state, &view, at, stop).into_iter().for_each(send);
        }
    }

    pub(super) fn tool_cursor(&self, response: &Response, rect: Rect, state: &AppState) -> CursorIcon {
        let view = state.view.on(SceneRect::new(0.0, 0.0, rect.width(), rect.height()));
        let Some(at) = response.hover_pos().map(|pos| on_canvas(pos, rect)) else { return CursorIcon::Default };
        let changes_route = matches!(&state.tool, Tool::DrawRoute(draft) if draft.route.is_some());
        match &state.tool {
            Tool::DrawRoute(_) if handle_at(state, &view, at).is_some() => CursorIcon::Grab,
            Tool::DrawRoute(draft) if changes_route && leg_at(state, draft, &view, at).is_some() => CursorIcon::Copy,
            Tool::DrawRoute(_) if changes_route => CursorIcon::Default,
            _ => CursorIcon::Crosshair,
        }
    }
}

/// What a click does: a new route or a measurement grows; of an existing route a point is marked or a leg gets one.
fn click(state: &AppState, view: &PlaneView, at: ScenePoint, stop: Stop) -> Vec<ToolCommand> {
    match &state.tool {
        Tool::DrawRoute(draft) if draft.route.is_some() => {
            if let Some(index) = handle_at(state, view, at) {
                let here = draft.stops[index].clone();
                return vec![ToolCommand::Drag { index, stop: here }, ToolCommand::Drop];
            }
            leg_at(state, draft, view, at).map(|leg| ToolCommand::Insert { leg, stop }).into_iter().collect()
        }
        _ => vec![ToolCommand::Add(stop)],
    }
}

/// Where the tool believes the pointer to be. Only its position is compared, since a measurement knows no ports.
fn known_pointer(tool: &Tool) -> Option<Stop> {
    match tool {
        Tool::Select => None,
        Tool::DrawRoute(draft) => draft.pointer.clone(),
        Tool::Measure(measurement) => measurement.pointer.map(Stop::at),
    }
}

/// The point that was added last.
fn last_point(tool: &Tool) -> Option<LonLat> {
    match tool {
        Tool::Select => None,
        Tool::DrawRoute(draft) => draft.stops.last().map(|stop| stop.position),
        Tool::Measure(measurement) => measurement.points.last().copied(),
    }
}

/// The point of the draft under the pointer, the newest first.
fn handle_at(state: &AppState, view: &PlaneView, at: ScenePoint) -> Option<usize> {
    let Tool::DrawRoute(draft) = &state.tool else { return None };
    let place = |stop: &Stop| view.scene_from_projected(state.view.projection.project(stop.position));
    draft.stops.iter().rposition(|stop| distance_px(place(stop), at) <= HANDLE_PX)
}

/// The leg of the draft under the pointer.
fn leg_at(state: &AppState, draft: &Draft, view: &PlaneView, at: ScenePoint) -> Option<usize> {
    draft.legs.iter().position(|leg| {
        project_line(&state.view.projection, leg.line()).iter().any(|part| {
            let points = part.iter().map(|point| view.scene_from_projected(*point));
            points.clone().zip(points.skip(1)).any(|(a, b)| distance_to_segment_px(a, b, at) <= LEG_PX)
        })
    })
}

fn distance_px(a: ScenePoint, b: ScenePoint) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

fn distance_to_segment_px(a: ScenePoint, b: ScenePoint, at: ScenePoint) -> f32 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length_squared = dx * dx + dy * dy;
    let share = if length_squared > 0.0 { (((at.x - a.x) * dx + (at.y - a.y) * dy) / length_squared).clamp(0.0, 1.0) } else { 0.0 };
    distance_px(ScenePoint::new(a.x + dx * share, a.y + dy * share), at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_to_a_segment_end_at_its_ends() {
        let (a, b) = (ScenePoint::new(0.0, 0.0), ScenePoint::new(10.0, 0.0));
        assert_eq!(distance_to_segment_px(a, b, ScenePoint::new(5.0, 3.0)), 3.0);
        assert_eq!(distance_to_segment_px(a, b, ScenePoint::new(14.0, 3.0)), 5.0);
        assert_eq!(distance_to_segment_px(a, a, ScenePoint::new(3.0, 4.0)), 5.0);
    }
}
