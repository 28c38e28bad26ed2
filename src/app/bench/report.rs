//! The report of a run.

use std::time::Duration;

use serde_json::{Value, json};

use super::super::SealaneApp;
use super::super::pictures::Redraws;
use super::figures::{median_and_max, ms, per_second, spread};
use super::meter::Sample;
use super::script::Phase;

/// What was measured.
#[derive(Default)]
pub(super) struct Measured {
    pub(super) adapter: String,
    pub(super) first_frame: Option<Duration>,
    pub(super) first_map: Option<Duration>,
    pub(super) load: Option<Duration>,
    pub(super) complete: Option<Duration>,
    pub(super) samples: Vec<(Phase, Sample)>,
    pub(super) picks: Vec<Duration>,
    pub(super) filters: Vec<Duration>,
    /// Most records that were selected.
    pub(super) selected: usize,
    pub(super) redraws: Redraws,
    /// Length of the rest, frames in it, processor time of the program.
    pub(super) idle: Option<(Duration, usize, Duration)>,
}

/// The OpenGL version with its maker, as far as it can be asked for.
pub(super) fn adapter(gl: Option<&eframe::glow::Context>) -> String {
    use eframe::glow::HasContext as _;
    gl.map_or_else(String::new, |gl| {
        let version = gl.version();
        let es = if version.is_embedded { " ES" } else { "" };
        format!("OpenGL{es} {}.{} {}", version.major, version.minor, version.vendor_info).trim_end().to_owned()
    })
}

pub(super) fn report(measured: &Measured, app: &SealaneApp) -> Value {
    let main = |phase: &Phase| matches!(phase, Phase::Pan | Phase::Zoom);
    let of = |wanted: &dyn Fn(&Phase) -> bool, figure: fn(&Sample) -> Duration| -> Vec<Duration> {
        measured.samples.iter().filter(|(phase, _)| wanted(phase)).map(|(_, sample)| figure(sample)).collect()
    };
    let pan_intervals = of(&|phase| *phase == Phase::Pan, |s| s.interval);
    let phases: serde_json::Map<String, Value> =
        Phase::ALL.into_iter().map(|phase| (phase.key().to_owned(), phase_report(measured, phase))).collect();
    let layers = app.pictures.pictures.layers.as_ref();
    let vertices: usize = layers.map_or(0, |drawn| drawn.layers.iter().map(|layer| layer.geometry.vertex_count()).sum());
    let corners = measured.samples.iter().filter(|(phase, _)| main(phase)).map(|(_, s)| s.corners).max().unwrap_or(0);
    json!({
        "adapter": measured.adapter,
        "load_ms": measured.load.map(ms),
        "first_frame_ms": measured.first_frame.map(ms),
        "first_map_ms": measured.first_map.map(ms),
        "complete_ms": measured.complete.map(ms),
        "frames": measured.samples.len(),
        "features": app.state.dataset.record_count(),
        "vertices": vertices,
        "frame_cpu_ms": spread(of(&main, Sample::cpu)),
        "ui_wall_ms": spread(of(&main, |s| s.ui_wall)),
        "frame_wall_ms": spread(of(&main, |s| s.interval)),
        "map_cpu_ms": spread(of(&main, |s| s.map)),
        "process_cpu_ms": spread(of(&main, |s| s.process)),
        "frames_per_second_panning": per_second(&pan_intervals),
        "triangle_corners": corners,
        "redraw_ms": {
            "basemap": median_and_max(&measured.redraws.basemap),
            "data": median_and_max(&measured.redraws.data),
            "overlay": median_and_max(&measured.redraws.overlay),
        },
        "filter_to_visible_ms": median_and_max(&measured.filters),
        "hover_pick_ms": median_and_max(&measured.picks),
        "selected": measured.selected,
        "phases": phases,
        "idle": measured.idle.map(|(rest, frames, cpu)| json!({ "rest_ms": ms(rest), "repaints": frames, "cpu_ms": ms(cpu) })),
    })
}

fn phase_report(measured: &Measured, wanted: Phase) -> Value {
    let of = |figure: fn(&Sample) -> Duration| {
        spread(measured.samples.iter().filter(|(phase, _)| *phase == wanted).map(|(_, sample)| figure(sample)))
    };
    json!({
        "frame_cpu_ms": of(Sample::cpu),
        "pass_cpu_ms": of(|s| s.pass),
        "tessellate_cpu_ms": of(|s| s.tessellate),
        "map_cpu_ms": of(|s| s.map),
        "ui_wall_ms": of(|s| s.ui_wall),
        "frame_wall_ms": of(|s| s.interval),
        "process_cpu_ms": of(|s| s.process),
    })
}
