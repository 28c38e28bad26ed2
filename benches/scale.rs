//! What large files cost, part by part: load, links, filter, geometry, picking, one picture of the canvas.
//!
//! `cargo bench --no-default-features --bench scale -- FILE…` with files of any size; it prints one line a part. Figures are for
//! comparing changes on one machine in one run.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use sealane::analysis::{Dimension, Filter, Links, evaluate, facets};
use sealane::cartography::{DataMap, DataView, MapStyle, MapView, NamedExtent};
use sealane::geodesy::MapProjection;
use sealane::load::{Input, LoadControl, load};
use sealane::render::raster::{Hooks, draw_layers};
use sealane::scene::{PickIndex, PlaneView, ScenePoint, SceneRect};

fn main() {
    let files: Vec<Input> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).map(|path| Input::Path(path.into())).collect();
    if files.is_empty() {
        println!("name the files to measure with: cargo bench --no-default-features --bench scale -- FILE…");
        return;
    }
    let control = LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
    let dataset = timed("load", || load(&files, None, &control)).expect("not canceled").dataset;
    println!("{:>10.1} MB resident", resident_mb());
    let links = timed("links and columns", || Links::new(&dataset));
    println!("{:>10.1} MB resident", resident_mb());
    filters(&dataset, &links);
    let style = MapStyle::default();
    let matches = evaluate(&dataset, &links, &Filter::default());
    let mut map = timed("map", || DataMap::new(&dataset, &links, MapProjection::default()));
    println!("{:>10.1} MB resident", resident_mb());
    for (name, factor) in [("world", 0.0), ("Atlantic", 1.0), ("sea", 4.0), ("coast", 32.0), ("port", 512.0)] {
        let view = canvas(factor);
        let wanted = DataView {
            dataset: &dataset,
            links: &links,
            matches: &matches,
            style: &style,
            resolution_m_per_px: view.resolution_m_per_px,
            ink_scale: 1.0,
        };
        let layers = timed(&format!("layers, {name}"), || map.layers_around(&wanted, &view.plane_box(0.0)));
        let pick = timed(&format!("pick index, {name}"), || PickIndex::new(layers.clone()));
        for _ in 0..2 {
            timed(&format!("picture, {name}"), || draw_layers(&layers, &view, (1622, 1024), 1.0, None, &Hooks::default())).expect("fits");
        }
        timed(&format!("100 picks, {name}"), || {
            for step in 0..100u8 {
                let at = ScenePoint::new(160.0 + f32::from(step) * 13.0, 140.0 + f32::from(step) * 7.0);
                std::hint::black_box(pick.pick(&view, at, 4.0));
            }
        });
    }
}

fn filters(dataset: &sealane::model::Dataset, links: &Links) {
    let period = Filter { days: Some((10_000, 15_000)), ..Filter::default() };
    let matches = timed("filter by period", || evaluate(dataset, links, &period));
    let mut group = Filter::default();
    group.choose(Dimension::Group, "Atlas");
    timed("filter by group", || evaluate(dataset, links, &group));
    let text = Filter { text: "atlas".to_owned(), ..Filter::default() };
    timed("filter by text", || evaluate(dataset, links, &text));
    timed("facets of all dimensions", || {
        for dimension in Dimension::CHOICES {
            std::hint::black_box(facets(dataset, links, &matches, dimension));
        }
    });
}

/// A canvas of 1366×768 with the margin that the window draws, on the Atlantic; `factor` times closer, 0 shows the world.
fn canvas(factor: f64) -> PlaneView {
    let (width, height) = (1622.0, 1024.0);
    let projection = MapProjection::default();
    let mut view = MapView::fitting_extent(projection, NamedExtent::Atlantic.extent(), width, height, 136.0);
    if factor > 0.0 {
        view.resolution_m_per_px /= factor;
    } else {
        view.resolution_m_per_px = 2.0 * projection.world_half_size_m().0 / f64::from(width - 256.0);
        view.center = Default::default();
    }
    view.on(SceneRect::new(0.0, 0.0, width, height))
}

/// Runs the work and prints its wall time and the processor time of all threads.
fn timed<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let (start, cpu) = (Instant::now(), cpu_ms());
    let result = work();
    println!("{:>10.1} ms {:>10.1} ms of processor  {name}", start.elapsed().as_secs_f64() * 1e3, cpu_ms() - cpu);
    result
}

/// Processor time of all living threads so far; 0 where the system does not tell.
fn cpu_ms() -> f64 {
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else { return 0.0 };
    let of_thread = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(path.join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    };
    tasks.flatten().filter_map(|task| of_thread(task.path())).sum::<f64>() / 1e6
}

fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}
