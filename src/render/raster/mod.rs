//! The raster back end: pixels for the canvas and for PNG files, drawn by `vello_cpu` on all cores.

mod image;
mod paint;
mod shape;
mod text;

use vello_cpu::kurbo::{Affine, Rect, Shape};
use vello_cpu::peniko::Fill;
use vello_cpu::{Level, PixmapMut, RenderContext, RenderSettings, Resources};

use super::RenderError;
use super::error::checked_size;
use super::plane::Tracer;
use crate::scene::{Color, PlaneView, Scene, SceneRect, ScreenSet, WorldLayer};

pub use image::{RasterImage, encode_png};

/// Pictures with fewer pixels are drawn on the calling thread alone.
const PIXELS_WORTH_THREADS: usize = 600_000;

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

/// Draws a whole page with `scale` device pixels per CSS pixel (dpi / 96).
pub fn draw_scene(scene: &Scene, scale: f32, hooks: &Hooks<'_>) -> Result<RasterImage, RenderError> {
    let device = |css: f32| f64::from(css) * f64::from(scale);
    let mut canvas = Canvas::new(checked_size(device(scene.width), device(scene.height))?, scale);
    canvas.fill_all(scene.background);
    canvas.clipped(scene.view.frame, |canvas| {
        canvas.fill_all(scene.map_background);
        canvas.world(&scene.world, &scene.view, hooks)?;
        canvas.screen(&scene.overlay, hooks)
    })?;
    canvas.screen(&scene.furniture, hooks)?;
    canvas.finish(hooks)
}

/// How many items of each world layer the picture of a scene shows.
#[cfg(test)]
pub(super) fn visible_items(scene: &Scene) -> Vec<usize> {
    let tracer = Tracer::new(&scene.view, 1.0, MIN_STEP_PX);
    let count = |layer| shape::record_layer(layer, &tracer, 1.0, &Hooks::default()).iter().map(|r| r.visible_items).sum();
    scene.world.iter().map(count).collect()
}

/// What is being drawn on, in device pixels.
struct Canvas {
    context: RenderContext,
    resources: Resources,
    scale: f64,
    size: (u16, u16),
}

impl Canvas {
    fn new(size: (u16, u16), scale: f32) -> Self {
        let large = usize::from(size.0) * usize::from(size.1) >= PIXELS_WORTH_THREADS;
        let cores = std::thread::available_parallelism().map_or(1, usize::from).min(16) as u16;
        let num_threads = if large && cores > 1 { cores } else { 0 };
        let settings = RenderSettings { level: Level::try_detect().unwrap_or(Level::baseline()), num_threads };
        Self { context: RenderContext::new_with(size.0, size.1, settings), resources: Resources::new(), scale: f64::from(scale), size }
    }

    fn fill_all(&mut self, color: Color) {
        self.context.set_paint(paint::color(color));
        self.context.fill_rect(&Rect::new(0.0, 0.0, f64::from(self.size.0), f64::from(self.size.1)));
    }

    fn clipped(&mut self, frame: SceneRect, draw: impl FnOnce(&mut Self) -> Result<(), RenderError>) -> Result<(), RenderError> {
        let [left, top, right, bottom] = [frame.x, frame.y, frame.right(), frame.bottom()].map(|css| f64::from(css) * self.scale);
        let path = Rect::new(left, top, right, bottom).to_path(0.1);
        self.context.set_transform(Affine::IDENTITY);
        self.context.set_fill_rule(Fill::NonZero);
        self.context.push_clip_path(&path);
        let result = draw(self);
        self.context.pop_clip_path();
        result
    }

    fn world(&mut self, layers: &[WorldLayer], view: &PlaneView, hooks: &Hooks<'_>) -> Result<(), RenderError> {
        let tracer = Tracer::new(view, self.scale as f32, MIN_STEP_PX);
        for (done, layer) in layers.iter().enumerate() {
            (hooks.progress)(done as f32 / layers.len() as f32 * 0.7);
            shape::draw_layer(&mut self.context, layer, &tracer, self.scale, hooks)?;
        }
        Ok(())
    }

    fn screen(&mut self, set: &ScreenSet, hooks: &Hooks<'_>) -> Result<(), RenderError> {
        for item in &set.items {
            if (hooks.cancelled)() {
                return Err(RenderError::Cancelled);
            }
            shape::draw_primitive(self, &item.primitive);
        }
        Ok(())
    }

    fn finish(mut self, hooks: &Hooks<'_>) -> Result<RasterImage, RenderError> {
        if (hooks.cancelled)() {
            return Err(RenderError::Cancelled);
        }
        (hooks.progress)(0.8);
        self.context.flush();
        let (width, height) = self.size;
        let mut pixels = vec![0; usize::from(width) * usize::from(height) * 4];
        let target = PixmapMut::new(width, height, &mut pixels).expect("the buffer has four bytes a pixel");
        self.context.render(target, &mut self.resources);
        (hooks.progress)(1.0);
        Ok(RasterImage { width: u32::from(width), height: u32::from(height), rgba_premultiplied: pixels })
    }
}

#[cfg(test)]
mod tests;
