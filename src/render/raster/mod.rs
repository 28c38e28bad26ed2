//! The raster back end: pixels for the canvas and for PNG files, drawn by `vello_cpu` on all cores.

mod image;
mod paint;
mod recording;
mod shape;
mod text;
mod thin;

use rayon::prelude::*;
use vello_cpu::kurbo::{Rect, Shape};
use vello_cpu::peniko::Fill;

use super::RenderError;
use super::error::checked_size;
use super::plane::Tracer;
use crate::scene::{Color, PlaneView, Scene, SceneRect, ScreenSet, WorldLayer, WorldLayerKind};

pub use image::{RasterImage, encode_png};
use recording::{Operation, Recording};

/// Pictures with fewer pixels are drawn on the calling thread alone.
const PIXELS_WORTH_THREADS: usize = 600_000;
/// Bands are whole multiples of this many rows.
const BAND_ROWS: usize = thin::BIN_ROWS;

/// Vertices closer than this to the one before are left out, in device pixels.
const MIN_STEP_PX: f64 = 0.3;

/// Ways to stop and to watch a drawing; both are called often and must return at once.
#[derive(Clone, Copy)]
pub struct Hooks<'a> {
    /// Whether to give up.
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
    /// Told the share that is done, 0 to 1, in rising order.
    pub progress: &'a (dyn Fn(f32) + Sync),
}

impl Default for Hooks<'_> {
    fn default() -> Self {
        Self { cancelled: &|| false, progress: &|_| {} }
    }
}

impl std::fmt::Debug for Hooks<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Hooks")
    }
}

/// Draws world layers alone: a texture of the canvas.
///
/// `view.frame` is the whole picture (its corner at 0, 0) in CSS pixels, `size` the picture in device pixels and `scale` the
/// device pixels for one CSS pixel. Without a background the picture is transparent where nothing is drawn.
pub fn draw_layers(
    layers: &[WorldLayer],
    view: &PlaneView,
    size: (u16, u16),
    scale: f32,
    background: Option<Color>,
    hooks: &Hooks<'_>,
) -> Result<RasterImage, RenderError> {
    let size = checked_size(f64::from(size.0), f64::from(size.1))?;
    let mut canvas = Canvas::new(size, scale);
    if let Some(color) = background {
        canvas.fill_all(color);
    }
    canvas.world(layers, view, hooks)?;
    canvas.finish(hooks)
}

/// Draws a screen set alone on a transparent picture of `size` device pixels, `scale` of them for one CSS pixel.
pub fn draw_screen(set: &ScreenSet, size: (u16, u16), scale: f32, hooks: &Hooks<'_>) -> Result<RasterImage, RenderError> {
    let mut canvas = Canvas::new(checked_size(f64::from(size.0), f64::from(size.1))?, scale);
    canvas.screen(set, hooks)?;
    canvas.finish(hooks)
}

/// Draws a whole page with `scale` device pixels per CSS pixel (dpi / 96).
pub fn draw_scene(scene: &Scene, scale: f32, hooks: &Hooks<'_>) -> Result<RasterImage, RenderError> {
    let device = |css: f32| f64::from(css) * f64::from(scale);
    let mut canvas = Canvas::new(checked_size(device(scene.width), device(scene.height))?, scale);
    canvas.fill_all(scene.background);
    canvas.clipped(scene.view.frame, |canvas| {
        canvas.fill_all(scene.map_background);
        // The data apart from the basemap, as the canvas has them in two pictures: so both have the same pixels.
        let (basemap, data): (Vec<_>, Vec<_>) = scene.world.iter().cloned().partition(|layer| layer.kind == WorldLayerKind::Basemap);
        canvas.world(&basemap, &scene.view, hooks)?;
        canvas.recording.push(Operation::Apart);
        canvas.world(&data, &scene.view, hooks)?;
        canvas.recording.push(Operation::Join);
        canvas.screen(&scene.overlay, hooks)
    })?;
    if let Some(body) = &scene.beside {
        canvas.clipped(body.view.frame, |canvas| {
            canvas.fill_all(scene.map_background);
            canvas.world(&body.world, &body.view, hooks)?;
            canvas.screen(&body.overlay, hooks)
        })?;
    }
    canvas.screen(&scene.furniture, hooks)?;
    let image = canvas.finish(hooks)?;
    Ok(if scene.background.a == 255 { image.made_opaque() } else { image })
}

/// How many items of each world layer the picture of a scene shows.
#[cfg(test)]
pub(super) fn visible_items(scene: &Scene) -> Vec<usize> {
    let tracer = Tracer::new(&scene.view, 1.0, MIN_STEP_PX);
    let count = |layer: &WorldLayer| shape::record_layer(layer, &tracer, 1.0, &Hooks::default()).iter().map(|r| r.visible_items).sum();
    scene.world.iter().map(count).collect()
}

/// A picture in the making: operations in drawing order, in device pixels.
struct Canvas {
    recording: Recording,
    scale: f64,
    size: (u16, u16),
}

impl Canvas {
    fn new(size: (u16, u16), scale: f32) -> Self {
        Self { recording: Recording::default(), scale: f64::from(scale), size }
    }

    fn fill_all(&mut self, color: Color) {
        let all = Rect::new(0.0, 0.0, f64::from(self.size.0), f64::from(self.size.1));
        self.recording.push(Operation::Fill { path: all.to_path(0.1), rule: Fill::NonZero, color: paint::color(color) });
    }

    fn clipped(&mut self, frame: SceneRect, draw: impl FnOnce(&mut Self) -> Result<(), RenderError>) -> Result<(), RenderError> {
        let [left, top, right, bottom] = [frame.x, frame.y, frame.right(), frame.bottom()].map(|css| f64::from(css) * self.scale);
        self.recording.push(Operation::Clip(Rect::new(left, top, right, bottom).to_path(0.1)));
        draw(self)?;
        self.recording.push(Operation::Unclip);
        Ok(())
    }

    fn world(&mut self, layers: &[WorldLayer], view: &PlaneView, hooks: &Hooks<'_>) -> Result<(), RenderError> {
        let tracer = Tracer::new(view, self.scale as f32, MIN_STEP_PX);
        for (done, layer) in layers.iter().enumerate() {
            (hooks.progress)(done as f32 / layers.len() as f32 * 0.4);
            for chunk in shape::record_layer(layer, &tracer, self.scale, hooks) {
                self.recording.append(chunk);
            }
            stop_if_cancelled(hooks)?;
        }
        Ok(())
    }

    fn screen(&mut self, set: &ScreenSet, hooks: &Hooks<'_>) -> Result<(), RenderError> {
        for item in &set.items {
            shape::record_primitive(&mut self.recording, &item.primitive, self.scale);
        }
        stop_if_cancelled(hooks)
    }

    /// Rasterizes the operations, large pictures in bands on all cores.
    fn finish(self, hooks: &Hooks<'_>) -> Result<RasterImage, RenderError> {
        (hooks.progress)(0.5);
        let (width, height) = self.size;
        let row_bytes = usize::from(width) * 4;
        let mut pixels = vec![0; row_bytes * usize::from(height)];
        let bands = if usize::from(width) * usize::from(height) < PIXELS_WORTH_THREADS { 1 } else { 2 * rayon::current_num_threads() };
        let rows = usize::from(height).div_ceil(bands).next_multiple_of(BAND_ROWS);
        let touched = self.recording.rows();
        pixels.par_chunks_mut(rows * row_bytes).enumerate().try_for_each(|(index, band)| {
            let top = index * rows;
            self.recording.draw_band(&touched, band, (width, top as u16), hooks)
        })?;
        stop_if_cancelled(hooks)?;
        (hooks.progress)(1.0);
        Ok(RasterImage { width: u32::from(width), height: u32::from(height), rgba_premultiplied: pixels })
    }
}

fn stop_if_cancelled(hooks: &Hooks<'_>) -> Result<(), RenderError> {
    if (hooks.cancelled)() { Err(RenderError::Cancelled) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
