//! The small picture of the inset locator: drawn anew only when the projection, the style or the region changes.

use std::sync::atomic::{AtomicBool, Ordering};

use egui::Context;

use super::{Drawn, Pixels, device_size, upload};
use crate::cartography::{Basemap, MapStyle, inset_ground, screen_inset};
use crate::geodesy::MapProjection;
use crate::jobs::{LatestWorker, Wake};
use crate::render::egui_shapes::texture_image;
use crate::render::raster::{Hooks, draw_screen};
use crate::scene::PlaneView;
use crate::state::AppState;
use crate::ui::canvas::MapPictures;

#[derive(Clone, PartialEq)]
struct Key {
    projection: MapProjection,
    style: MapStyle,
    view: PlaneView,
    scale: f32,
}

/// The thread that draws it, and what it was asked for last.
pub(super) struct InsetPainter {
    worker: Option<LatestWorker<Key, Drawn>>,
    asked: Option<Key>,
}

impl InsetPainter {
    /// Without a thread there is no inset; the map works as ever.
    pub(super) fn new(wake: &Wake) -> Self {
        Self { worker: LatestWorker::spawn("map-inset", wake.clone(), |key, outdated| draw(&key, outdated)).ok(), asked: None }
    }

    pub(super) fn is_busy(&self) -> bool {
        self.worker.as_ref().is_some_and(LatestWorker::is_busy)
    }

    pub(super) fn receive(&self, ctx: &Context, pictures: &mut MapPictures) {
        if let Some(drawn) = self.worker.as_ref().and_then(LatestWorker::take) {
            upload(ctx, &mut pictures.inset, "inset", drawn);
        }
    }

    /// Asks for another picture when the one at hand does not serve. The first one waits until the map has been drawn.
    pub(super) fn request(&mut self, state: &AppState, scale: f32, map_is_drawn: bool) {
        let (Some(worker), true) = (&self.worker, map_is_drawn) else { return };
        let (projection, style) = (state.view.projection, state.canvas_style().of_basemap());
        let Some((_, view)) = screen_inset(&state.view.on(state.canvas), projection, &style) else { return };
        let key = Key { projection, style, view, scale };
        if self.asked.as_ref() != Some(&key) {
            worker.request(key.clone());
            self.asked = Some(key);
        }
    }
}

fn draw(key: &Key, outdated: &AtomicBool) -> Option<Drawn> {
    let set = inset_ground(Basemap::bundled().ok()?, key.projection, &key.style, &key.view, 1.0).ok()?;
    let hooks = Hooks { cancelled: &|| outdated.load(Ordering::Relaxed), ..Hooks::default() };
    let image = draw_screen(&set, device_size(&key.view, key.scale), key.scale, &hooks).ok()?;
    Some(Drawn { image: Pixels::new(texture_image(&image)), view: key.view, projection: key.projection })
}
