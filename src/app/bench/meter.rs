//! What a frame costs, taken while it runs.
//!
//! A frame begins when eframe hands over its input and ends when the pass is complete; eframe then tessellates its shapes and writes them
//! to the graphics driver. The plugin does these two steps a second time at the end of the pass, with the clock running: egui's own
//! tessellation of the same shapes, and a copy of every vertex and index into one buffer, which is what a driver must do with them at the
//! least. What this second time takes is taken off the intervals between frames.

use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use egui::epaint::{ClippedPrimitive, ClippedShape, Primitive, Vertex};
use egui::{Context, FullOutput, LayerId, Plugin, Rect, Ui};

use super::clock::{process_cpu, thread_cpu};

/// One frame. All but the interval are processor time of the UI thread.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sample {
    /// Input, the program's own logic and all panels, as egui runs them.
    pub(super) pass: Duration,
    /// Turning shapes into triangles.
    pub(super) tessellate: Duration,
    /// Copying triangles.
    pub(super) write: Duration,
    /// The map's share of the pass, its triangles included.
    pub(super) map: Duration,
    /// Pass, tessellation and copies by the clock on the wall: more than the processor time when other threads hold the processor.
    pub(super) ui_wall: Duration,
    /// From the begin of this frame to the begin of the next one, without the measuring itself.
    pub(super) interval: Duration,
    /// Processor time of all threads in that interval: drawing threads and those of a software driver included.
    pub(super) process: Duration,
    /// Triangle corners.
    pub(super) corners: usize,
}

impl Sample {
    /// All processor time of the UI thread but the driver's.
    pub(super) fn cpu(&self) -> Duration {
        self.pass + self.tessellate + self.write
    }
}

#[derive(Default)]
struct Running {
    /// When the frame began: on the wall, and in processor time of this thread and of the process.
    begin: Option<(Instant, Duration, Duration)>,
    /// The map's share so far.
    map: Duration,
    map_shapes: Range<usize>,
    /// Where the map lies in the window.
    map_rect: Option<Rect>,
    sample: Sample,
    /// Time on the wall that measuring took in this frame.
    measuring: Duration,
    measuring_cpu: Duration,
    buffer: Vec<Vertex>,
    indices: Vec<u32>,
}

/// Shared by the window, which begins frames, the map and the plugin.
#[derive(Clone, Default)]
pub(in crate::app) struct Meter(Arc<Mutex<Running>>);

impl Meter {
    fn lock(&self) -> MutexGuard<'_, Running> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A frame begins; answers what the one before cost.
    pub(super) fn begin_frame(&self) -> Option<Sample> {
        let mut running = self.lock();
        let before = running.begin.map(|(begin, _, process)| {
            let interval = begin.elapsed().saturating_sub(running.measuring);
            let process = process_cpu().saturating_sub(process + running.measuring_cpu);
            Sample { interval, process, ..running.sample }
        });
        running.sample = Sample::default();
        running.measuring = Duration::ZERO;
        running.measuring_cpu = Duration::ZERO;
        running.map = Duration::ZERO;
        running.map_shapes = 0..0;
        running.begin = Some((Instant::now(), thread_cpu(), process_cpu()));
        before
    }

    /// Runs the map's part of a pass.
    pub(in crate::app) fn map<R>(&self, ui: &mut Ui, work: impl FnOnce(&mut Ui) -> R) -> R {
        let rect = ui.max_rect();
        let first = shape_count(ui.ctx(), ui.layer_id());
        let begin = thread_cpu();
        let result = work(ui);
        let took = thread_cpu().saturating_sub(begin);
        let shapes = first..shape_count(ui.ctx(), ui.layer_id());
        let mut running = self.lock();
        running.map_rect = Some(rect);
        running.map += took;
        running.map_shapes = shapes;
        result
    }

    /// Where the map lies in the window.
    pub(super) fn map_rect(&self) -> Rect {
        self.lock().map_rect.unwrap_or(Rect::ZERO)
    }

    /// Runs what else the map needs on the UI thread.
    pub(in crate::app) fn beside_map<R>(&self, work: impl FnOnce() -> R) -> R {
        let begin = thread_cpu();
        let result = work();
        self.lock().map += thread_cpu().saturating_sub(begin);
        result
    }

    fn end_pass(&self, ctx: &Context, shapes: &[ClippedShape], pixels_per_point: f32) {
        let (now, cpu) = (Instant::now(), thread_cpu());
        let mut running = self.lock();
        let Some((begin, begin_cpu, _)) = running.begin else { return };
        let map_shapes = running.map_shapes.clone();
        let (mut buffer, mut indices) = (std::mem::take(&mut running.buffer), std::mem::take(&mut running.indices));
        // A pass before a discarded one was measured, too.
        let measuring_cpu = running.measuring_cpu;
        drop(running);
        let pass_wall = now.duration_since(begin);
        let copy = shapes.to_vec();
        let of_map = shapes.get(map_shapes).unwrap_or_default().to_vec();
        let (wall, tessellate) = (Instant::now(), thread_cpu());
        let primitives = ctx.tessellate(copy, pixels_per_point);
        let write = thread_cpu();
        let corners = copied(&primitives, &mut buffer, &mut indices);
        let (after, ui_wall) = (thread_cpu(), pass_wall + wall.elapsed());
        let own = ctx.tessellate(of_map, pixels_per_point);
        let map = thread_cpu().saturating_sub(after);
        drop(own);
        let mut running = self.lock();
        running.sample = Sample {
            pass: cpu.saturating_sub(begin_cpu + measuring_cpu),
            tessellate: write.saturating_sub(tessellate),
            write: after.saturating_sub(write),
            map: running.map + map,
            ui_wall,
            interval: Duration::ZERO,
            process: Duration::ZERO,
            corners,
        };
        (running.buffer, running.indices) = (buffer, indices);
        running.measuring += now.elapsed();
        running.measuring_cpu += thread_cpu().saturating_sub(cpu);
    }
}

fn shape_count(ctx: &Context, layer: LayerId) -> usize {
    ctx.graphics(|graphics| graphics.get(layer).map_or(0, |list| list.next_idx().0))
}

/// Copies all triangles into the buffers; answers how many corners they have.
fn copied(primitives: &[ClippedPrimitive], buffer: &mut Vec<Vertex>, indices: &mut Vec<u32>) -> usize {
    let mut corners = 0;
    for primitive in primitives {
        if let Primitive::Mesh(mesh) = &primitive.primitive {
            buffer.clear();
            buffer.extend_from_slice(&mesh.vertices);
            indices.clear();
            indices.extend_from_slice(&mesh.indices);
            corners += std::hint::black_box(&*buffer).len();
        }
    }
    corners
}

/// Hears of the end of every pass.
pub(super) struct EndOfPass(pub(super) Meter);

impl Plugin for EndOfPass {
    fn debug_name(&self) -> &'static str {
        "bench"
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut FullOutput) {
        self.0.end_pass(ctx, &output.shapes, output.pixels_per_point);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_is_charged_with_its_own_part_of_the_frame() {
        let ctx = Context::default();
        let meter = Meter::default();
        ctx.add_plugin(EndOfPass(meter.clone()));
        for _ in 0..3 {
            meter.begin_frame();
            let output = ctx.run_ui(egui::RawInput::default(), |ui| {
                ui.painter().circle_filled(egui::pos2(5.0, 5.0), 4.0, egui::Color32::RED);
                meter.map(ui, |ui| {
                    for x in 0..200_u8 {
                        ui.painter().circle_filled(egui::pos2(f32::from(x), 5.0), 4.0, egui::Color32::RED);
                    }
                });
            });
            output.drop_without_applying_deltas();
        }
        let sample = meter.begin_frame().expect("a frame before");
        assert!(sample.corners >= 201 * 4, "{sample:?}");
        assert!(sample.map > Duration::ZERO, "{sample:?}");
    }
}
