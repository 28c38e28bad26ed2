//! One map, or two of the same view side by side: the compared periods.

use egui::{Pos2, Rect, Stroke, Ui, UiBuilder, pos2, vec2};

use super::{MapCanvas, MapPictures};
use crate::state::{AppState, Command};

/// Room between the two maps in points.
const GAP: f32 = 3.0;

/// The maps in the middle of the window.
#[derive(Default)]
pub struct MapCanvases {
    whole: MapCanvas,
    halves: Option<[MapCanvas; 2]>,
    /// The half that had the pointer last.
    active: usize,
}

impl MapCanvases {
    /// Shows one map, or the two of a comparison: `first` are the pictures of the map or of the earlier period.
    pub fn ui(&mut self, ui: &mut Ui, state: &AppState, first: &MapPictures, second: Option<&MapPictures>) -> Vec<Command> {
        let (Some(second), true) = (second, state.is_split()) else {
            self.halves = None;
            return self.whole.ui(ui, state, first);
        };
        let halves = self.halves.get_or_insert_with(|| [0, 1].map(|period| MapCanvas { period: Some(period), ..MapCanvas::default() }));
        let room = ui.available_rect_before_wrap();
        let size = vec2(((room.width() - GAP) / 2.0).floor().max(1.0), room.height());
        let places = [Rect::from_min_size(room.min, size), Rect::from_min_size(pos2(room.max.x - size.x, room.min.y), size)];
        let holding = halves.iter().position(MapCanvas::is_in_gesture);
        let over = ui.input(|i| i.pointer.hover_pos()).and_then(|at| places.iter().position(|place| place.contains(at)));
        if let Some(active) = holding.or(over) {
            self.active = active;
        }
        let active = self.active;
        ui.painter().rect_filled(room, 0, ui.visuals().widgets.noninteractive.bg_stroke.color);
        let mut commands = Vec::new();
        // The half without the pointer first: what it lets go of must not undo what the other one takes up.
        for half in [1 - active, active] {
            let mut inside = ui.new_child(UiBuilder::new().max_rect(places[half]).id_salt(("half", half)));
            inside.set_clip_rect(places[half].intersect(ui.clip_rect()));
            halves[half].rests = half != active;
            commands.extend(halves[half].ui(&mut inside, state, [first, second][half]));
        }
        if let Some(pointer) = halves[active].picked_at {
            echo(ui, places[1 - active], pointer - places[active].min.to_vec2());
        }
        ui.allocate_rect(room, egui::Sense::empty());
        commands
    }
}

/// Where the pointer would be in the other half.
fn echo(ui: &Ui, place: Rect, at: Pos2) {
    let center = place.min + at.to_vec2();
    let painter = ui.painter_at(place);
    for (width, color) in [(3.0, ui.visuals().panel_fill), (1.4, ui.visuals().selection.stroke.color)] {
        painter.circle_stroke(center, 6.0, Stroke::new(width, color));
    }
}
