//! `sealane bench`: opens the window, does with it what a person would, and reports what that cost.
//!
//! What the figures hold:
//! - `first_frame_ms`: from `main` until the first frame is handed over to the window system and the next one may begin; `first_map_ms`:
//!   the same for the first frame with land and data; `complete_ms`: until nothing is left to draw or to check.
//! - `load_ms`: from the begin of loading until the records are in the window.
//! - `frame_cpu_ms`: processor time of the UI thread for a frame of panning and zooming with all panels open: egui's pass with the
//!   program's own logic, tessellation, and a copy of all triangles in place of the writes into the driver's buffers. What the driver
//!   itself does on that thread (state changes, vertex work of software drivers, texture copies) is in `frame_wall_ms` only.
//! - `ui_wall_ms`: the same by the clock on the wall, with the time in which other threads held the processor.
//! - `frame_wall_ms`: from the begin of a frame to the begin of the next one, drawing included, vertical sync off.
//! - `map_cpu_ms`: the map's share of `frame_cpu_ms`: canvas, overlay, requests for pictures, taking over pictures, its triangles.
//! - `process_cpu_ms`: processor time of all threads of the program from frame to frame: the UI thread, the drawing threads and, with a
//!   software driver, its own. On a busy machine it compares better with the same figure of the empty window than frame rates do.
//! - `redraw_ms`: what the drawing threads need for one picture, by the clock on the wall, over the whole run.
//! - `filter_to_visible_ms`: from a changed period until the first frame that shows it is handed over.
//! - `hover_pick_ms`: finding what lies under the pointer, at 288 places all over the map in the first view of the data, processor time.
//! - `phases`: the same for each part of the run, see [`script::Phase`].
//! - `idle`: frames and processor time of the whole program in two seconds at rest afterwards.

mod clock;
mod empty;
mod figures;
mod meter;
mod report;
mod script;
mod stages;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

pub use empty::run_empty;
pub(super) use meter::Meter;

use super::NoWindow;
use crate::load::Input;
use crate::scene::ScenePoint;

/// As near as the canvas picks, in CSS pixels.
const PICK_TOLERANCE_PX: f32 = 5.0;

/// What is measured.
#[derive(Debug)]
pub struct BenchPlan {
    /// Files to open; empty opens the bundled atlas.
    pub inputs: Vec<Input>,
    /// Frames of panning; the other parts of the run follow this number.
    pub frames: usize,
    /// When `main` began.
    pub started: Instant,
}

/// Opens the window, runs the script and returns the report.
///
/// # Errors
/// There is no display or no OpenGL, or the window was closed before the end.
pub fn run(plan: BenchPlan) -> Result<Value, NoWindow> {
    let outcome = Arc::new(Mutex::new(None));
    let for_window = outcome.clone();
    // As the program itself does.
    let early = super::early::EarlyStart::begin(plan.inputs);
    let (frames, started) = (plan.frames, plan.started);
    let creator: eframe::AppCreator<'_> =
        Box::new(move |cc| Ok(Box::new(stages::BenchWindow::new(cc, early, (frames, started), for_window))));
    run_without_sync(creator)?;
    let report = outcome.lock().unwrap_or_else(PoisonError::into_inner).take();
    report.ok_or_else(|| NoWindow::because("the window was closed before the run was over"))
}

/// Opens a window of the size and kind of the program's own, but without waiting for the screen between frames.
fn run_without_sync(creator: eframe::AppCreator<'_>) -> Result<(), NoWindow> {
    super::window::has_display()?;
    let mut options = super::window::native_options();
    options.glow_options.vsync = false;
    eframe::run_native("Sealane", options, creator).map_err(|error| NoWindow::because(&error.to_string()))
}

/// Runs what the map needs besides its canvas, counted when there is a meter.
pub(super) fn beside_map<R>(meter: Option<&Meter>, work: impl FnOnce() -> R) -> R {
    match meter {
        Some(meter) => meter.beside_map(work),
        None => work(),
    }
}

impl super::SealaneApp {
    /// Times of picking at places all over the map.
    fn time_picks(&self) -> Vec<Duration> {
        let Some(drawn) = &self.pictures.pictures.layers else { return Vec::new() };
        let view = self.state.view.on(self.state.canvas);
        let (columns, rows) = (24_u8, 12_u8);
        let place = |column: u8, row: u8| {
            let share = |at: u8, of: u8| (f32::from(at) + 0.5) / f32::from(of);
            ScenePoint::new(share(column, columns) * view.frame.width, share(row, rows) * view.frame.height)
        };
        let places = (0..columns).flat_map(|column| (0..rows).map(move |row| place(column, row)));
        let timed = |at: ScenePoint| {
            let begin = clock::thread_cpu();
            std::hint::black_box(drawn.pick.pick(&view, at, PICK_TOLERANCE_PX));
            clock::thread_cpu().saturating_sub(begin)
        };
        places.map(timed).collect()
    }
}
