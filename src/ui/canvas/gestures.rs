//! Mouse, wheel and pinch on the map.

use egui::{PointerButton, Pos2, Rect, Response, Ui, Vec2};

use super::{MapCanvas, MapPictures};
use crate::analysis::Matches;
use crate::geodesy::LonLat;
use crate::scene::{Members, ScenePoint, SceneRect, Subject};
use crate::state::{AppState, Command, SelectMode, Tool, ViewCommand, ZoomStep};

/// One wheel notch (50 points in egui) zooms by this factor.
const ZOOM_PER_NOTCH: f64 = 1.25;
/// Points of scrolling in one notch.
const POINTS_PER_NOTCH: f64 = 50.0;
/// Quiet time in seconds after which a run of wheel notches is over.
const WHEEL_REST_SECS: f64 = 0.25;
/// How near the pointer must be to a line or symbol, in CSS pixels.
pub(super) const PICK_TOLERANCE_PX: f32 = 5.0;

/// What the pointer is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Gesture {
    /// Nothing.
    #[default]
    Rest,
    /// Moving the map.
    Pan,
    /// Turning the world.
    Turn,
    /// Moving a point of a route.
    Handle,
    /// Drawing a selection box from here, in canvas pixels.
    Box { from: ScenePoint },
    /// Turning the wheel; the time of the last notch in seconds.
    Wheel { last_secs: f64 },
}

impl MapCanvas {
    pub(super) fn gestures(
        &mut self,
        ui: &mut Ui,
        response: &Response,
        rect: Rect,
        state: &AppState,
        pictures: &MapPictures,
        commands: &mut Vec<Command>,
    ) {
        self.wheel(ui, response, rect, commands);
        if state.tool == Tool::Select {
            self.drag(ui, response, rect, state, pictures, commands);
            self.clicks(ui, response, rect, state, commands);
        } else {
            self.use_tool(ui, response, rect, state, commands);
        }
        self.space_pan(ui, response, commands);
        self.context_menu(response, rect, state, commands);
        let (back, forward) =
            ui.input(|i| (i.pointer.button_clicked(PointerButton::Extra1), i.pointer.button_clicked(PointerButton::Extra2)));
        let here = response.contains_pointer() || self.period.is_none();
        if back && here {
            commands.push(Command::ViewBack);
        }
        if forward && here {
            commands.push(Command::ViewForward);
        }
        let cursor = match self.gesture {
            Gesture::Pan | Gesture::Turn => egui::CursorIcon::Grabbing,
            Gesture::Box { .. } => egui::CursorIcon::Crosshair,
            Gesture::Handle => egui::CursorIcon::Grabbing,
            Gesture::Rest | Gesture::Wheel { .. } if state.tool != Tool::Select => self.tool_cursor(response, rect, state),
            Gesture::Rest | Gesture::Wheel { .. } if response.hovered() && !self.under_pointer.is_empty() => egui::CursorIcon::PointingHand,
            Gesture::Rest | Gesture::Wheel { .. } => egui::CursorIcon::Default,
        };
        if response.hovered() || response.dragged() {
            ui.set_cursor_icon(cursor);
        }
    }

    fn wheel(&mut self, ui: &Ui, response: &Response, rect: Rect, commands: &mut Vec<Command>) {
        let now = ui.input(|i| i.time);
        if let Gesture::Wheel { last_secs } = self.gesture {
            if now - last_secs > WHEEL_REST_SECS {
                self.gesture = Gesture::Rest;
                commands.push(Command::EndGesture);
            } else {
                ui.request_repaint_after(std::time::Duration::from_secs_f64(WHEEL_REST_SECS));
            }
        }
        let Some(pointer) = response.hover_pos() else { return };
        let (scroll, pinch) = ui.input(|i| (i.smooth_scroll_delta().y, i.zoom_delta()));
        let factor = ZOOM_PER_NOTCH.powf(f64::from(scroll) / POINTS_PER_NOTCH) * f64::from(pinch);
        if (factor - 1.0).abs() > 1e-6 {
            commands.push(Command::ZoomAbout(factor, on_canvas(pointer, rect)));
            self.gesture = Gesture::Wheel { last_secs: now };
            ui.request_repaint_after(std::time::Duration::from_secs_f64(WHEEL_REST_SECS));
        }
    }

    fn drag(&mut self, ui: &Ui, response: &Response, rect: Rect, state: &AppState, pictures: &MapPictures, commands: &mut Vec<Command>) {
        let (shift, alt) = ui.input(|i| (i.modifiers.shift, i.modifiers.alt));
        if response.drag_started() {
            let from = ui.input(|i| i.pointer.press_origin()).map(|pos| on_canvas(pos, rect));
            self.gesture = match from {
                Some(from) if shift && response.drag_started_by(PointerButton::Primary) => Gesture::Box { from },
                _ if alt => Gesture::Turn,
                _ => Gesture::Pan,
            };
        }
        match self.gesture {
            Gesture::Turn if response.dragged() => {
                let by = response.drag_delta();
                if by.x != 0.0 {
                    commands.push(Command::View(ViewCommand::TurnByHand(by.x)));
                }
            }
            Gesture::Pan if response.dragged() => {
                let by = response.drag_delta();
                if by != Vec2::ZERO {
                    commands.push(Command::Pan(by.x, by.y));
                }
            }
            Gesture::Pan | Gesture::Turn | Gesture::Box { .. } if response.drag_stopped() => {
                if let (Gesture::Box { from }, Some(pointer)) = (self.gesture, response.interact_pointer_pos()) {
                    let found = boxed(from, on_canvas(pointer, rect), state, state.matches_in(self.period), pictures);
                    let toggle = ui.input(|i| i.modifiers.command);
                    commands.push(Command::Select(found, if toggle { SelectMode::Extend } else { SelectMode::Replace }));
                }
                self.gesture = Gesture::Rest;
                commands.push(Command::EndGesture);
            }
            Gesture::Pan | Gesture::Turn | Gesture::Handle | Gesture::Box { .. } if !response.dragged() => self.gesture = Gesture::Rest,
            Gesture::Box { from } => {
                if let Some(pointer) = response.interact_pointer_pos() {
                    paint_box(ui, rect, from, on_canvas(pointer, rect));
                }
            }
            Gesture::Rest | Gesture::Pan | Gesture::Turn | Gesture::Handle | Gesture::Wheel { .. } => {}
        }
    }

    fn clicks(&mut self, ui: &Ui, response: &Response, rect: Rect, state: &AppState, commands: &mut Vec<Command>) {
        let Some(pointer) = response.interact_pointer_pos().or(response.hover_pos()) else { return };
        let (shift, toggle) = ui.input(|i| (i.modifiers.shift, i.modifiers.command));
        if response.double_clicked() {
            let step = if shift { ZoomStep::Out } else { ZoomStep::In };
            commands.push(Command::ZoomAt(step, on_canvas(pointer, rect)));
        } else if response.clicked() && !shift {
            commands.push(match (self.under_pointer.first(), toggle) {
                (Some(Subject::Record(feature)), true) => Command::Select(vec![*feature], SelectMode::Toggle),
                (Some(Subject::Record(feature)), false) => Command::Select(vec![*feature], SelectMode::Replace),
                (Some(Subject::Many(members)), true) => Command::Select(matching(members, state), SelectMode::Extend),
                (Some(Subject::Many(members)), false) => Command::OpenMany(members.clone()),
                (None, true) => return,
                (None, false) => Command::ClearSelection,
            });
        }
    }

    fn space_pan(&mut self, ui: &Ui, response: &Response, commands: &mut Vec<Command>) {
        let typing = ui.text_edit_focused();
        let (space, moved, released) = ui.input(|i| (i.key_down(egui::Key::Space), i.pointer.delta(), i.key_released(egui::Key::Space)));
        if typing || !response.hovered() {
            return;
        }
        if space && !response.dragged() && moved != Vec2::ZERO {
            commands.push(Command::Pan(moved.x, moved.y));
        }
        if released {
            commands.push(Command::EndGesture);
        }
    }

    fn context_menu(&mut self, response: &Response, rect: Rect, state: &AppState, commands: &mut Vec<Command>) {
        if response.secondary_clicked()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            let point = state.view.on(state.canvas).projected_from_scene(on_canvas(pointer, rect));
            self.menu_position = state.view.projection.unproject(point);
        }
        let position = self.menu_position;
        let under_pointer = self.under_pointer.clone();
        response.context_menu(|ui| {
            ui.set_min_width(200.0);
            for subject in under_pointer.iter().take(4) {
                let (name, chosen) = match subject {
                    Subject::Record(feature) => (shortened(&state.dataset.title(*feature)), vec![*feature]),
                    Subject::Many(members) => (super::many_card::title(members.records()), Vec::new()),
                };
                if ui.button(format!("Select {name}")).clicked() {
                    let chosen = if let Subject::Many(members) = subject { matching(members, state) } else { chosen };
                    commands.push(Command::Select(chosen, SelectMode::Replace));
                }
            }
            if !under_pointer.is_empty() {
                ui.separator();
            }
            if let Some(position) = position {
                for text in [decimal(position), degrees_minutes_seconds(position)] {
                    if ui.button(format!("Copy {text}")).clicked() {
                        commands.push(Command::CopyText(text));
                    }
                }
                ui.separator();
            }
            if ui.button("Fit the selection or everything").clicked() {
                commands.push(Command::Fit);
            }
            if ui.button("Center the projection here").clicked() {
                commands.push(position.map_or(Command::CenterProjectionHere, |p| Command::SetCentralMeridian(p.lon_deg.round())));
            }
        });
    }
}

/// A window position in canvas pixels.
pub(super) fn on_canvas(position: Pos2, canvas: Rect) -> ScenePoint {
    ScenePoint::new(position.x - canvas.min.x, position.y - canvas.min.y)
}

fn box_between(a: ScenePoint, b: ScenePoint) -> SceneRect {
    SceneRect::new(a.x.min(b.x), a.y.min(b.y), (a.x - b.x).abs(), (a.y - b.y).abs())
}

/// What the box holds and matches the filter.
fn boxed(from: ScenePoint, to: ScenePoint, state: &AppState, matches: &Matches, pictures: &MapPictures) -> Vec<crate::model::FeatureRef> {
    let present =
        |drawn: &&super::DrawnLayers| drawn.dataset_generation == state.dataset_generation && drawn.projection == state.view.projection;
    let Some(drawn) = pictures.layers.as_ref().filter(present) else {
        return Vec::new();
    };
    let found = drawn.pick.pick_box(&state.view.on(state.canvas), box_between(from, to));
    found.into_iter().filter(|feature| matches.passes(*feature)).collect()
}

/// The members that match the filter.
fn matching(members: &Members, state: &AppState) -> Vec<crate::model::FeatureRef> {
    members.records().iter().copied().filter(|feature| state.matches.passes(*feature)).collect()
}

fn paint_box(ui: &Ui, canvas: Rect, from: ScenePoint, to: ScenePoint) {
    let area = box_between(from, to);
    let rect = Rect::from_min_size(canvas.min + Vec2::new(area.x, area.y), Vec2::new(area.width, area.height));
    let accent = ui.visuals().selection.stroke.color;
    ui.painter_at(canvas).rect(rect, 0, accent.gamma_multiply(0.12), egui::Stroke::new(1.0, accent), egui::StrokeKind::Inside);
}

/// "41.31872, 19.45012": latitude first, as people paste it into other programs.
pub(super) fn decimal(position: LonLat) -> String {
    format!("{:.5}, {:.5}", position.lat_deg, position.lon_deg)
}

/// "41°19′07.4″N 19°27′00.4″E".
pub(super) fn degrees_minutes_seconds(position: LonLat) -> String {
    let part = |degrees: f64, positive: char, negative: char| {
        let tenths = (degrees.abs() * 36_000.0).round() as u64;
        let hemisphere = if degrees < 0.0 { negative } else { positive };
        let (whole, minutes, seconds) = (tenths / 36_000, tenths / 600 % 60, (tenths % 600) as f64 / 10.0);
        format!("{whole}°{minutes:02}′{seconds:04.1}″{hemisphere}")
    };
    format!("{} {}", part(position.lat_deg, 'N', 'S'), part(position.lon_deg, 'E', 'W'))
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 36 { text.to_owned() } else { text.chars().take(35).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_read_as_sailors_write_them() {
        let durres = LonLat::new(19.4501, 41.3187);
        assert_eq!(decimal(durres), "41.31870, 19.45010");
        assert_eq!(degrees_minutes_seconds(durres), "41°19′07.3″N 19°27′00.4″E");
        // Rounding carries over instead of printing 60 seconds.
        assert_eq!(degrees_minutes_seconds(LonLat::new(-0.999_999_9, -10.0)), "10°00′00.0″S 1°00′00.0″W");
    }
}
