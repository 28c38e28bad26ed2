//! What a panned frame of the same 10,000 routes costs the UI thread: with walkers 0.65 and its plugin drawing by egui's painter, and with
//! Sealane. Both are measured in this run, one after the other.
//!
//! walkers runs without a window, in a headless egui of 1366×768: processor time of `run_ui` plus tessellation plus a copy of the triangles,
//! while the map is dragged 8 points a frame. Sealane runs as `sealane bench` in a real window of the same size, with all its panels open;
//! its figure (`phases.pan.frame_cpu_ms`) holds the same steps: the pass, tessellation, a copy of the triangles. What is left out of both:
//! uploading and drawing. `map only` is the share of Sealane's map in its figure.
//!
//! What the ratio does not say: Sealane draws its picture on threads beside the window; what these need for one picture is printed, too.

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

use egui::epaint::{Primitive, Vertex};
use egui::{Context, Event, PointerButton, Pos2, RawInput, Rect, Response, Shape, Stroke, Ui, pos2, vec2};
use serde_json::Value;
use walkers::{Map, MapMemory, Plugin, Position, Projector, lon_lat};

const SIZE: egui::Vec2 = vec2(1366.0, 768.0);
const FRAMES: usize = 40;
const WARM_UP: usize = 5;

/// Draws every route as one line, as the widget's own examples do.
struct Routes<'a>(&'a [Vec<Position>]);

impl Plugin for Routes<'_> {
    fn run(self: Box<Self>, ui: &mut Ui, _response: &Response, projector: &Projector, _memory: &MapMemory) {
        let stroke = Stroke::new(1.5, egui::Color32::from_rgb(30, 80, 160));
        for route in self.0 {
            let points: Vec<Pos2> = route.iter().map(|position| projector.project(*position).to_pos2()).collect();
            ui.painter().add(Shape::line(points, stroke));
        }
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [sealane, file] = arguments.as_slice() else {
        eprintln!("usage: cargo run --release -- PATH/OF/sealane routes_10k.geojson");
        return ExitCode::from(2);
    };
    match compare(Path::new(sealane), Path::new(file)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn compare(sealane: &Path, file: &Path) -> Result<(), String> {
    let routes = read(file)?;
    println!("{} routes, {} vertices", routes.len(), routes.iter().map(Vec::len).sum::<usize>());
    let walkers = walkers_frames(&routes);
    drop(routes);
    let report = sealane_report(sealane, file)?;
    let figure = |path: &str| report.pointer(path).and_then(Value::as_f64).ok_or_else(|| format!("the report of sealane has no {path}"));
    let own = figure("/phases/pan/frame_cpu_ms/median")?;
    let map = figure("/phases/pan/map_cpu_ms/median")?;
    println!("{:<44} {:>10}", "UI thread, processor time of a panned frame", "median ms");
    println!("{:<44} {walkers:>10.3}", "walkers 0.65, plugin with egui's painter");
    println!("{:<44} {own:>10.3}   {:.0} times less", "Sealane, the whole window", walkers / own);
    println!("{:<44} {map:>10.3}   {:.0} times less", "Sealane, map only", walkers / map);
    let redraw = figure("/redraw_ms/data/median")?;
    println!("{:<44} {redraw:>10.3}   wall, beside the window, once for many frames", "Sealane, one picture of the data");
    Ok(())
}

/// The lines of all features.
fn read(file: &Path) -> Result<Vec<Vec<Position>>, String> {
    let bytes = std::fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let value: Value = serde_json::from_slice(&bytes).map_err(|error| format!("{}: {error}", file.display()))?;
    let features = value["features"].as_array().ok_or("not a FeatureCollection")?;
    let mut lines = Vec::new();
    for geometry in features.iter().map(|feature| &feature["geometry"]) {
        match (geometry["type"].as_str(), geometry["coordinates"].as_array()) {
            (Some("LineString"), Some(line)) => lines.push(positions(line)),
            (Some("MultiLineString"), Some(parts)) => lines.extend(parts.iter().filter_map(Value::as_array).map(|line| positions(line))),
            _ => {}
        }
    }
    Ok(lines)
}

fn positions(line: &[Value]) -> Vec<Position> {
    line.iter().filter_map(|at| Some(lon_lat(at.get(0)?.as_f64()?, at.get(1)?.as_f64()?))).collect()
}

/// Median processor time of a frame in milliseconds.
fn walkers_frames(routes: &[Vec<Position>]) -> f64 {
    let ctx = Context::default();
    let mut memory = MapMemory::default();
    // About the Atlantic, as Sealane opens it.
    memory.center_at(lon_lat(-25.0, 10.0));
    memory.set_zoom(3.0).expect("a valid zoom");
    let (mut buffer, mut indices): (Vec<Vertex>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut times = Vec::new();
    for frame in 0..FRAMES + WARM_UP {
        let input = RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)), events: drag(frame), ..RawInput::default() };
        let begin = thread_cpu();
        let mut output = ctx.run_ui(input, |ui| {
            ui.add(Map::new(None, &mut memory, lon_lat(0.0, 0.0)).with_plugin(Routes(routes)));
        });
        let shapes = std::mem::take(&mut output.shapes);
        let primitives = ctx.tessellate(shapes, output.pixels_per_point);
        for primitive in &primitives {
            if let Primitive::Mesh(mesh) = &primitive.primitive {
                buffer.clear();
                buffer.extend_from_slice(&mesh.vertices);
                indices.clear();
                indices.extend_from_slice(&mesh.indices);
                black_box((&buffer, &indices));
            }
        }
        times.push(thread_cpu().saturating_sub(begin));
        output.drop_without_applying_deltas();
    }
    let mut times = times.split_off(WARM_UP);
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e3
}

/// Presses in the first frame, then moves by 8 points a frame to and fro.
fn drag(frame: usize) -> Vec<Event> {
    let at = |frame: usize| pos2(SIZE.x / 2.0 + 8.0 * (frame % 40) as f32 - 160.0, SIZE.y / 2.0);
    let button = |pressed| Event::PointerButton { pos: at(frame), button: PointerButton::Primary, pressed, modifiers: Default::default() };
    match frame {
        0 => vec![Event::PointerMoved(at(0))],
        1 => vec![button(true)],
        _ => vec![Event::PointerMoved(at(frame))],
    }
}

fn thread_cpu() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

fn sealane_report(sealane: &Path, file: &Path) -> Result<Value, String> {
    let output = Command::new(sealane)
        .args(["bench", "--frames", "300"])
        .arg(file)
        .output()
        .map_err(|error| format!("{}: {error}", sealane.display()))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("the report of sealane: {error}"))
}
