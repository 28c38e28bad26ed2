//! An empty window of the same size, for comparison: one empty panel, as any program of eframe begins.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use eframe::Frame;
use egui::{Ui, ViewportCommand};
use serde_json::{Value, json};

use super::super::NoWindow;
use super::clock::process_cpu;
use super::figures::{ms, per_second, spread};

/// Frames that are not counted at the begin.
const WARM_UP: usize = 20;

/// Shows an empty window for so many frames and returns `{frame_wall_ms, frames_per_second, first_frame_ms}`.
///
/// # Errors
/// There is no display or no OpenGL, or the window was closed before the end.
pub fn run_empty(frames: usize, started: Instant) -> Result<Value, NoWindow> {
    let outcome = Arc::new(Mutex::new(None));
    let for_window = outcome.clone();
    let creator: eframe::AppCreator<'_> =
        Box::new(move |_| Ok(Box::new(Empty { frames, started, first: None, begins: Vec::new(), outcome: for_window })));
    super::run_without_sync(creator)?;
    let report = outcome.lock().unwrap_or_else(PoisonError::into_inner).take();
    report.ok_or_else(|| NoWindow::because("the window was closed before the run was over"))
}

struct Empty {
    frames: usize,
    started: Instant,
    /// When the first frame was over.
    first: Option<Duration>,
    begins: Vec<(Instant, Duration)>,
    outcome: Arc<Mutex<Option<Value>>>,
}

impl eframe::App for Empty {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        self.begins.push((Instant::now(), process_cpu()));
        egui::CentralPanel::default().show(ui, |_| {});
        if self.begins.len() == 2 {
            self.first = Some(self.started.elapsed());
        }
        if self.begins.len() <= self.frames + WARM_UP {
            ui.request_repaint();
            return;
        }
        let intervals: Vec<Duration> = self.begins.windows(2).skip(WARM_UP).map(|pair| pair[1].0 - pair[0].0).collect();
        let process = self.begins.windows(2).skip(WARM_UP).map(|pair| pair[1].1.saturating_sub(pair[0].1));
        let report = json!({
            "frame_wall_ms": spread(intervals.iter().copied()),
            "process_cpu_ms": spread(process),
            "frames_per_second": per_second(&intervals),
            "first_frame_ms": self.first.map(ms),
        });
        *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(report);
        ui.send_viewport_cmd(ViewportCommand::Close);
    }
}
