//! The map canvas: shows the newest textures under the current view, outlines what is hovered above them, and turns mouse
//! and wheel into commands. It draws no map geometry itself.

mod gestures;
mod hover_card;
mod inset;
mod many_card;
mod paint;
mod split;
mod tool_gestures;
mod tool_paint;

use std::collections::HashSet;
use std::sync::Arc;

use egui::emath::GuiRounding as _;
use egui::{Sense, Ui};

use crate::cartography::{FeatureIndex, PlacedLabels};
use crate::geodesy::MapProjection;
use crate::model::FeatureRef;
use crate::scene::{PickIndex, PlaneView, ScreenSet, WorldLayer};
use crate::state::{AppState, Command};

pub use split::MapCanvases;

/// A texture and the part of the plane it shows.
#[derive(Clone)]
pub struct MapPicture {
    /// The pixels.
    pub texture: egui::TextureHandle,
    /// What they show; the frame is the whole texture in CSS pixels.
    pub view: PlaneView,
    /// The projection it was drawn in.
    pub projection: MapProjection,
    /// The parts that hold anything, as shares of width and height.
    pub filled: Vec<egui::Rect>,
}

/// The data layers of the newest data texture: what picking and the overlay read.
pub struct DrawnLayers {
    /// World set of the data.
    pub layers: Vec<WorldLayer>,
    /// R-tree over it.
    pub pick: std::sync::Arc<PickIndex>,
    /// The projection of its geometry.
    pub projection: MapProjection,
    /// Which dataset it was made from.
    pub dataset_generation: u64,
    /// Counts up with every change of geometry, paint or states.
    pub revision: u64,
}

/// What the overlay picture shows, and how to find the items of a record.
pub struct DrawnMarks {
    /// The data layers that it lies over.
    pub layers: Vec<WorldLayer>,
    /// The projection of their geometry.
    pub projection: MapProjection,
    /// Counts up with them.
    pub revision: u64,
    /// Items of these layers by record.
    pub index: Arc<FeatureIndex>,
    /// The records whose names stand on the map.
    pub named: Arc<HashSet<FeatureRef>>,
    /// The selection that is outlined, see [`AppState::selection_generation`].
    pub selection: u64,
    /// Which dataset it was made from.
    pub dataset_generation: u64,
}

/// What background threads have drawn so far.
#[derive(Default)]
pub struct MapPictures {
    /// The whole world, coarse: shown where the others do not reach yet.
    pub backdrop: Option<MapPicture>,
    /// Land, borders, graticule.
    pub basemap: Option<MapPicture>,
    /// Corridors, ports, seizures.
    pub data: Option<MapPicture>,
    /// Arrowheads, outlines and names.
    pub overlay: Option<MapPicture>,
    /// What the overlay shows.
    pub marks: Option<DrawnMarks>,
    /// The ground of the inset locator.
    pub inset: Option<MapPicture>,
    /// The items of the data texture.
    pub layers: Option<DrawnLayers>,
    /// Names that come with the basemap, once it is decoded.
    pub labels: Option<std::sync::Arc<PlacedLabels>>,
}

/// What the canvas remembers between frames; nothing that a command could change.
#[derive(Default)]
pub struct MapCanvas {
    gesture: gestures::Gesture,
    /// The point of a route under the hand.
    held: Option<usize>,
    /// What is outlined by hand until the overlay picture shows it, or while it is hovered.
    marks: Option<(paint::MarkKey, ScreenSet)>,
    /// What is under the pointer at its last position, the topmost first.
    under_pointer: Vec<crate::scene::Subject>,
    /// The card for many records.
    many: many_card::ManyCard,
    /// Where the pointer was at the last pick.
    picked_at: Option<egui::Pos2>,
    /// Which of two compared periods it shows, when there are two maps.
    period: Option<usize>,
    /// The pointer is over the other map.
    rests: bool,
    /// Position in degrees that the context menu speaks of.
    menu_position: Option<crate::geodesy::LonLat>,
}

impl MapCanvas {
    /// Whether a drag or a run of wheel notches is under way.
    fn is_in_gesture(&self) -> bool {
        self.gesture != gestures::Gesture::Rest
    }

    /// Shows the map in all the room there is.
    pub fn ui(&mut self, ui: &mut Ui, state: &AppState, pictures: &MapPictures) -> Vec<Command> {
        let mut commands = Vec::new();
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
        // Whole device pixels, so that the pictures are shown pixel by pixel and not smeared over two.
        let rect = rect.round_to_pixels(ui.pixels_per_point());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, "Map"));
        if (rect.width() - state.canvas.width).abs() > 0.01 || (rect.height() - state.canvas.height).abs() > 0.01 {
            commands.push(Command::ResizeCanvas(rect.width(), rect.height()));
        }
        self.paint(ui, rect, state, pictures);
        tool_paint::tool_paint(ui, rect, state);
        self.hover(ui, &response, rect, state, pictures, &mut commands);
        if !self.rests || self.is_in_gesture() {
            self.gestures(ui, &response, rect, state, pictures, &mut commands);
        }
        self.corner_ui(ui, rect, state, &mut commands);
        if self.period != Some(1) {
            inset::inset_ui(ui, rect, state, pictures, &mut commands);
        }
        paint::drop_hint(ui, rect);
        commands
    }
}
