//! Keeps the map's textures up to date: asks the drawing threads for pictures of the present view and takes over what they made.
//! Basemap, data and what lies over them are drawn by a thread each, so that a filter or a selection redraws only the data.

mod basemap;
mod changes;
mod data;
mod inset;
mod overlay;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use egui::{Context, TextureOptions, Ui};

use crate::cartography::MapStyle;
use crate::geodesy::MapProjection;
use crate::jobs::{LatestWorker, Wake};
use crate::render::egui_shapes::texture_image;
use crate::render::raster::{Hooks, draw_layers};
use crate::scene::{PlaneView, SceneRect};
use crate::state::{AppState, Command, NoticeLevel, apply};
use crate::ui::canvas::{DrawnLayers, DrawnMarks, MapPicture, MapPictures};

/// Pictures reach this many CSS pixels beyond the canvas, so that a pan shows no edge before the next one is ready.
const MARGIN_PX: f32 = 128.0;

/// A finished picture on its way to a texture.
struct Drawn {
    image: Pixels,
    view: PlaneView,
    projection: MapProjection,
}

/// A picture and where it holds anything: what is empty is not painted.
struct Pixels {
    image: egui::ColorImage,
    filled: Vec<egui::Rect>,
}

impl Pixels {
    fn new(image: egui::ColorImage) -> Self {
        let filled = filled_parts(&image);
        Self { image, filled }
    }
}

/// Side of the squares in which emptiness is looked for, in device pixels.
const PATCH_PX: usize = 32;

/// The parts of a picture that hold anything, as shares of its width and height: rows of squares, neighbours joined. They touch, but do
/// not overlap.
fn filled_parts(image: &egui::ColorImage) -> Vec<egui::Rect> {
    let [width, height] = image.size;
    let share = |px: usize, of: usize| px.min(of) as f32 / of.max(1) as f32;
    let mut parts = Vec::new();
    for top in (0..height).step_by(PATCH_PX) {
        let rows = || (top..height.min(top + PATCH_PX)).map(|row| &image.pixels[row * width..(row + 1) * width]);
        let is_filled =
            |left: usize| rows().any(|row| row[left..width.min(left + PATCH_PX)].iter().any(|pixel| *pixel != egui::Color32::TRANSPARENT));
        let mut run: Option<usize> = None;
        for left in (0..width + PATCH_PX).step_by(PATCH_PX) {
            let filled = left < width && is_filled(left);
            match (run, filled) {
                (None, true) => run = Some(left),
                (Some(begin), false) => {
                    let min = egui::pos2(share(begin, width), share(top, height));
                    parts.push(egui::Rect::from_min_max(min, egui::pos2(share(left, width), share(top + PATCH_PX, height))));
                    run = None;
                }
                _ => {}
            }
        }
        if let Some(begin) = run {
            let min = egui::pos2(share(begin, width), share(top, height));
            parts.push(egui::Rect::from_min_max(min, egui::pos2(1.0, share(top + PATCH_PX, height))));
        }
    }
    parts
}

/// A request and what it was made for: the same key needs no second picture.
#[derive(Clone, PartialEq)]
struct BasemapKey {
    projection: MapProjection,
    style: MapStyle,
    view: PlaneView,
    scale: f32,
}

#[derive(Clone, PartialEq)]
struct DataKey {
    generation: u64,
    projection: MapProjection,
    style: MapStyle,
    matches: usize,
    /// Address of the comparison whose differences are drawn, 0 without one.
    changes: usize,
    /// Address of what is known about land.
    land: usize,
    selection: u64,
    view: PlaneView,
    scale: f32,
}

/// What the drawing threads needed for their pictures since someone last looked, at most [`MAX_REDRAWS`] each.
#[derive(Debug, Default)]
pub(super) struct Redraws {
    pub(super) basemap: Vec<Duration>,
    pub(super) data: Vec<Duration>,
    pub(super) overlay: Vec<Duration>,
}

/// More redraws than this are not remembered.
const MAX_REDRAWS: usize = 10_000;

fn remember(times: &mut Vec<Duration>, took: Duration) {
    if times.len() < MAX_REDRAWS {
        times.push(took);
    }
}

/// An answer and what it took to draw it.
type Timed<Answer> = (Answer, Duration);

fn timed<Answer>(draw: impl FnOnce() -> Option<Answer>) -> Option<Timed<Answer>> {
    let begin = Instant::now();
    draw().map(|answer| (answer, begin.elapsed()))
}

/// Both drawing threads and the pictures they have made.
pub(super) struct MapPainter {
    /// For the canvas.
    pub(super) pictures: MapPictures,
    basemap: Option<LatestWorker<basemap::Request, Timed<basemap::Answer>>>,
    data: Option<LatestWorker<data::Request, Timed<data::Answer>>>,
    overlay: Option<LatestWorker<overlay::Request, Timed<overlay::Answer>>>,
    basemap_asked: Option<BasemapKey>,
    data_asked: Option<DataKey>,
    overlay_asked: Option<overlay::OverlayKey>,
    /// The newest data picture is a sketch.
    wants_detail: bool,
    revision: u64,
    pub(super) redraws: Redraws,
    /// Said once, so that a broken asset does not flood the window.
    told_failure: bool,
    start_failure: Option<String>,
    inset: Option<inset::InsetPainter>,
    /// Which of two compared periods it draws; 0 draws the only map as well.
    period: usize,
}

impl MapPainter {
    pub(super) fn new(wake: &Wake) -> Self {
        let mut start_failure = None;
        let mut note = |error: std::io::Error| start_failure = Some(error.to_string());
        let mut basemap_artist = basemap::Artist::default();
        let basemap =
            LatestWorker::spawn("map-basemap", wake.clone(), move |request, outdated| timed(|| basemap_artist.draw(&request, outdated)))
                .map_err(&mut note)
                .ok();
        let mut data_artist = data::Artist::default();
        let data = LatestWorker::spawn("map-data", wake.clone(), move |request, outdated| timed(|| data_artist.draw(request, outdated)))
            .map_err(&mut note)
            .ok();
        let mut overlay_artist = overlay::Artist::default();
        let overlay =
            LatestWorker::spawn("map-overlay", wake.clone(), move |request, outdated| timed(|| overlay_artist.draw(&request, outdated)))
                .map_err(&mut note)
                .ok();
        Self {
            pictures: MapPictures::default(),
            basemap,
            data,
            overlay,
            basemap_asked: None,
            data_asked: None,
            overlay_asked: None,
            wants_detail: false,
            revision: 0,
            redraws: Redraws::default(),
            told_failure: false,
            start_failure,
            inset: Some(inset::InsetPainter::new(wake)),
            period: 0,
        }
    }

    /// Draws the later of two compared periods: only data and what lies over it, since both maps show the same ground.
    pub(super) fn later_period(wake: &Wake) -> Self {
        Self { basemap: None, inset: None, period: 1, ..Self::new(wake) }
    }

    /// Shows the ground that another painter has drawn.
    pub(super) fn share_ground(&mut self, of: &Self) {
        self.pictures.backdrop.clone_from(&of.pictures.backdrop);
        self.pictures.basemap.clone_from(&of.pictures.basemap);
        self.pictures.labels.clone_from(&of.pictures.labels);
    }

    pub(super) fn is_busy(&self) -> bool {
        let drawing = self.basemap.as_ref().is_some_and(LatestWorker::is_busy) || self.data.as_ref().is_some_and(LatestWorker::is_busy);
        let beside =
            self.overlay.as_ref().is_some_and(LatestWorker::is_busy) || self.inset.as_ref().is_some_and(inset::InsetPainter::is_busy);
        drawing || beside
    }

    /// Takes over finished pictures.
    pub(super) fn receive(&mut self, ctx: &Context, state: &mut AppState) {
        if let Some((answer, took)) = self.basemap.as_ref().and_then(LatestWorker::take) {
            remember(&mut self.redraws.basemap, took);
            self.receive_basemap(ctx, answer);
        }
        if let Some((answer, took)) = self.data.as_ref().and_then(LatestWorker::take) {
            remember(&mut self.redraws.data, took);
            self.revision += 1;
            self.wants_detail = answer.is_sketch;
            upload(ctx, &mut self.pictures.data, "map data", answer.drawn);
            self.pictures.layers = Some(DrawnLayers {
                layers: answer.layers,
                pick: answer.pick,
                projection: answer.projection,
                dataset_generation: answer.generation,
                revision: self.revision,
            });
        }
        if let Some((answer, took)) = self.overlay.as_ref().and_then(LatestWorker::take) {
            remember(&mut self.redraws.overlay, took);
            self.receive_overlay(ctx, state, answer);
        }
        if let Some(inset) = &self.inset {
            inset.receive(ctx, &mut self.pictures);
        }
        self.tell_failure(state);
        state.drawing = self.is_busy();
    }

    fn receive_overlay(&mut self, ctx: &Context, state: &mut AppState, answer: overlay::Answer) {
        let overlay::Answer { drawn, legend, layers, index, named, key } = answer;
        if key.generation != state.dataset_generation {
            return;
        }
        upload(ctx, &mut self.pictures.overlay, "map overlay", drawn);
        state.legend = Some(named_periods(state, legend));
        self.pictures.marks = Some(DrawnMarks {
            layers,
            projection: key.projection,
            revision: key.revision,
            index,
            named,
            selection: key.selection,
            dataset_generation: key.generation,
        });
    }

    fn receive_basemap(&mut self, ctx: &Context, answer: basemap::Answer) {
        match answer {
            basemap::Answer::Picture { drawn, backdrop, labels, wants_detail } => {
                upload(ctx, &mut self.pictures.basemap, "basemap", drawn);
                if let Some(backdrop) = backdrop {
                    upload(ctx, &mut self.pictures.backdrop, "backdrop", backdrop);
                }
                self.pictures.labels = Some(labels);
                if let (Some(worker), Some(key), true) = (&self.basemap, &self.basemap_asked, wants_detail) {
                    worker.request(basemap::Request { key: key.clone(), patient: true });
                }
            }
            basemap::Answer::Failed(reason) => self.start_failure = Some(reason),
        }
    }

    fn tell_failure(&mut self, state: &mut AppState) {
        let crashed = self.basemap.as_ref().is_some_and(LatestWorker::has_failed)
            || self.data.as_ref().is_some_and(LatestWorker::has_failed)
            || self.overlay.as_ref().is_some_and(LatestWorker::has_failed);
        let failed = crashed || self.start_failure.is_some();
        if !failed || self.told_failure {
            self.told_failure = failed;
            return;
        }
        self.told_failure = true;
        let detail = self.start_failure.clone().unwrap_or_else(|| {
            "Tables, timeline and export still work. Move the map to try again; if it stays so, start the program again".to_owned()
        });
        let effects = apply(state, Command::Notify(NoticeLevel::Error, "The map cannot be drawn".to_owned(), detail));
        debug_assert!(effects.is_empty(), "a notice has no effects");
    }

    /// Asks for what the present view lacks.
    pub(super) fn request(&mut self, ui: &Ui, state: &mut AppState) {
        let scale = ui.pixels_per_point();
        let interacting = ui.input(|i| i.pointer.any_down() || i.smooth_scroll_delta() != egui::Vec2::ZERO);
        let view = picture_view(state, scale);
        let key = basemap_key(state, view, scale);
        let outdated = self.basemap_asked.as_ref().is_none_or(|asked| {
            let same = BasemapKey { view, ..asked.clone() } == key;
            !same || needs_redraw(&asked.view, state, interacting)
        });
        if let (Some(worker), true) = (&self.basemap, outdated) {
            worker.request(basemap::Request { key: key.clone(), patient: false });
            self.basemap_asked = Some(key);
        }
        if state.dataset_generation > 0 {
            self.request_data(state, view, scale, interacting);
            self.request_overlay(state, view, scale, interacting);
        }
        let map_is_drawn = self.pictures.basemap.is_some();
        if let Some(inset) = &mut self.inset {
            inset.request(state, scale, map_is_drawn);
        }
        state.drawing = self.is_busy();
    }

    fn request_data(&mut self, state: &AppState, view: PlaneView, scale: f32, interacting: bool) {
        let key = data_key(state, self.period, view, scale);
        let outdated = self.data_asked.as_ref().is_none_or(|asked| {
            let same = DataKey { view, ..asked.clone() } == key;
            !same || needs_redraw(&asked.view, state, interacting)
        });
        let patient = std::mem::take(&mut self.wants_detail);
        if let (Some(worker), true) = (&self.data, outdated || patient) {
            worker.request(data_request(state, self.period, key.clone(), patient));
            self.data_asked = Some(key);
        }
    }
}

impl MapPainter {
    fn request_overlay(&mut self, state: &AppState, view: PlaneView, scale: f32, interacting: bool) {
        let Some(drawn) = &self.pictures.layers else { return };
        if drawn.dataset_generation != state.dataset_generation || drawn.projection != state.view.projection {
            return;
        }
        let key = overlay::OverlayKey {
            generation: state.dataset_generation,
            projection: state.view.projection,
            style: state.canvas_style(),
            revision: drawn.revision,
            selection: state.selection_generation,
            labels_ready: self.pictures.labels.is_some(),
            view,
            scale,
        };
        let outdated = self.overlay_asked.as_ref().is_none_or(|asked| {
            let same = overlay::OverlayKey { view, ..asked.clone() } == key;
            !same || needs_redraw(&asked.view, state, interacting)
        });
        if let (Some(worker), true) = (&self.overlay, outdated) {
            worker.request(overlay::Request {
                dataset: state.dataset.clone(),
                links: state.links.clone(),
                layers: drawn.layers.clone(),
                selection: state.selection.clone(),
                labels: self.pictures.labels.clone(),
                key: key.clone(),
            });
            self.overlay_asked = Some(key);
        }
    }
}

/// Takes over finished pictures of the map, and of the later period beside it.
pub(super) fn receive(first: &mut MapPainter, later: &mut Option<MapPainter>, ctx: &Context, state: &mut AppState) {
    first.receive(ctx, state);
    if let Some(later) = later {
        let drawing = state.drawing;
        later.share_ground(first);
        later.receive(ctx, state);
        state.drawing |= drawing;
    }
}

/// Asks for what the present view lacks; a second painter comes and goes with the second map.
pub(super) fn request(first: &mut MapPainter, later: &mut Option<MapPainter>, ui: &Ui, state: &mut AppState, wake: &Wake) {
    first.request(ui, state);
    let drawing = state.drawing;
    if state.is_split() {
        let later = later.get_or_insert_with(|| MapPainter::later_period(wake));
        later.share_ground(first);
        later.request(ui, state);
        state.drawing |= drawing;
    } else if later.as_ref().is_some_and(|later| !later.is_busy()) {
        // At rest its threads end at once.
        *later = None;
    }
}

/// The legend; that of a difference map says which periods it compares.
fn named_periods(state: &AppState, mut legend: Arc<crate::cartography::Legend>) -> Arc<crate::cartography::Legend> {
    if let Some(compared) = state.shown_changes() {
        Arc::make_mut(&mut legend).name_periods(compared);
    }
    legend
}

fn basemap_key(state: &AppState, view: PlaneView, scale: f32) -> BasemapKey {
    BasemapKey { projection: state.view.projection, style: state.canvas_style().of_basemap(), view, scale }
}

fn data_key(state: &AppState, period: usize, view: PlaneView, scale: f32) -> DataKey {
    DataKey {
        generation: state.dataset_generation,
        projection: state.view.projection,
        style: state.canvas_style(),
        matches: Arc::as_ptr(matches_of(state, period)) as usize,
        changes: state.shown_changes().map_or(0, |compared| Arc::as_ptr(compared) as usize),
        land: state.land_findings().map_or(0, |found| Arc::as_ptr(found) as usize),
        selection: state.selection_generation,
        view,
        scale,
    }
}

fn data_request(state: &AppState, period: usize, key: DataKey, patient: bool) -> data::Request {
    data::Request {
        dataset: state.dataset.clone(),
        links: state.links.clone(),
        matches: matches_of(state, period).clone(),
        changes: state.shown_changes().cloned(),
        selection: state.selection.clone(),
        linked: state.linked.clone(),
        land: state.land_findings().cloned(),
        key,
        patient,
    }
}

/// What is shown in full: of one period while two are side by side.
fn matches_of(state: &AppState, period: usize) -> &Arc<crate::analysis::Matches> {
    state.matches_in(state.is_split().then_some(period))
}

/// Both pictures of the canvas, as they become textures.
pub struct CanvasPictures {
    /// Land, borders and graticule; opaque.
    pub basemap: egui::ColorImage,
    /// Corridors, ports and seizures over nothing.
    pub data: egui::ColorImage,
    /// How many device pixels they reach beyond the canvas on every side.
    pub margin_px: usize,
}

/// What the window shows of a state once its threads have caught up, drawn on the calling thread: tests compare it with an export. `scale` is
/// the device pixels for one point. `None` when the basemap is damaged or the canvas too large to draw.
pub fn canvas_pictures(state: &AppState, scale: f32) -> Option<CanvasPictures> {
    let (view, current) = (picture_view(state, scale), AtomicBool::new(false));
    let request = basemap::Request { key: basemap_key(state, view, scale), patient: true };
    let basemap = match basemap::Artist::default().draw(&request, &current)? {
        basemap::Answer::Picture { drawn, .. } => drawn.image.image,
        basemap::Answer::Failed(_) => return None,
    };
    let data = data::Artist::default().draw(data_request(state, 0, data_key(state, 0, view, scale), true), &current)?.drawn.image.image;
    Some(CanvasPictures { basemap, data, margin_px: (MARGIN_PX * scale).round() as usize })
}

/// The picture for the present view: the canvas and a margin, whole device pixels on every side.
fn picture_view(state: &AppState, scale: f32) -> PlaneView {
    let margin = (MARGIN_PX * scale).round() / scale;
    let frame = SceneRect::new(0.0, 0.0, state.canvas.width + 2.0 * margin, state.canvas.height + 2.0 * margin);
    state.view.on(frame)
}

/// Whether a picture no longer serves: another resolution, too little margin left, or the hand is at rest and it lies askew.
fn needs_redraw(asked: &PlaneView, state: &AppState, interacting: bool) -> bool {
    if asked.resolution_m_per_px != state.view.resolution_m_per_px {
        return true;
    }
    let moved_px = |a: f64, b: f64| ((a - b) / state.view.resolution_m_per_px).abs() as f32;
    let (right, down) = (moved_px(asked.center.x_m, state.view.center.x_m), moved_px(asked.center.y_m, state.view.center.y_m));
    if !interacting {
        return right > 0.0
            || down > 0.0
            || (asked.frame.width - 2.0 * MARGIN_PX - state.canvas.width).abs() > 1.0
            || (asked.frame.height - 2.0 * MARGIN_PX - state.canvas.height).abs() > 1.0;
    }
    right > MARGIN_PX / 2.0 || down > MARGIN_PX / 2.0
}

fn upload(ctx: &Context, slot: &mut Option<MapPicture>, name: &str, drawn: Drawn) {
    let options = TextureOptions::LINEAR;
    let Drawn { image: Pixels { image, filled }, view, projection } = drawn;
    match slot {
        Some(picture) => {
            picture.texture.set(image, options);
            picture.view = view;
            picture.projection = projection;
            picture.filled = filled;
        }
        None => *slot = Some(MapPicture { texture: ctx.load_texture(name, image, options), view, projection, filled }),
    }
}

/// The size of a picture in device pixels.
fn device_size(view: &PlaneView, scale: f32) -> (u16, u16) {
    let device = |px: f32| (px * scale).round().clamp(1.0, 16_384.0) as u16;
    (device(view.frame.width), device(view.frame.height))
}

/// Draws layers into a picture for a texture; `None` when the request is outdated or too large to draw.
fn rasterize(
    layers: &[crate::scene::WorldLayer],
    view: &PlaneView,
    scale: f32,
    background: Option<crate::scene::Color>,
    outdated: &AtomicBool,
) -> Option<Pixels> {
    let size = device_size(view, scale);
    let hooks = Hooks { cancelled: &|| outdated.load(Ordering::Relaxed), ..Hooks::default() };
    let image = draw_layers(layers, view, size, scale, background, &hooks).ok()?;
    Some(Pixels::new(texture_image(&image)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_pan_waits_until_the_hand_rests() {
        let mut state = AppState::new();
        let asked = picture_view(&state, 1.0);
        assert!(!needs_redraw(&asked, &state, false));
        apply(&mut state, Command::Pan(30.0, 0.0));
        assert!(!needs_redraw(&asked, &state, true), "the margin still covers it");
        assert!(needs_redraw(&asked, &state, false), "at rest it is drawn sharp");
        apply(&mut state, Command::Pan(60.0, 0.0));
        assert!(needs_redraw(&asked, &state, true), "the margin runs out");
    }

    #[test]
    fn only_filled_parts_are_painted_and_all_of_them() {
        let mut image = egui::ColorImage::filled([100, 70], egui::Color32::TRANSPARENT);
        assert!(filled_parts(&image).is_empty());
        let dots = [(0, 0), (40, 0), (99, 69), (70, 40)];
        for (x, y) in dots {
            image.pixels[y * 100 + x] = egui::Color32::RED;
        }
        let parts = filled_parts(&image);
        assert_eq!(parts[0], egui::Rect::from_min_max(egui::Pos2::ZERO, egui::pos2(0.64, 32.0 / 70.0)), "neighbours are joined");
        for (x, y) in dots {
            let at = egui::pos2((x as f32 + 0.5) / 100.0, (y as f32 + 0.5) / 70.0);
            assert_eq!(parts.iter().filter(|part| part.contains(at)).count(), 1, "{x} {y}");
        }
        let opaque = filled_parts(&egui::ColorImage::filled([64, 64], egui::Color32::RED));
        assert_eq!(opaque.len(), 2, "one run a row");
    }

    #[test]
    fn a_zoom_is_drawn_at_once() {
        let mut state = AppState::new();
        let asked = picture_view(&state, 1.0);
        apply(&mut state, Command::ZoomAbout(1.1, crate::scene::ScenePoint::new(5.0, 5.0)));
        assert!(needs_redraw(&asked, &state, true));
    }
}
