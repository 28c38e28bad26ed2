//! What many seizure events cost on the map: the index once, then the symbols for a resolution and a filter.
//!
//! `cargo bench --no-default-features --bench events -- FILE…`; it prints one line a part. Figures are for comparing changes on one machine in
//! one run.

use std::sync::atomic::AtomicBool;
use std::time::Instant;

use sealane::analysis::{Filter, Links, evaluate};
use sealane::cartography::{DataMap, DataView, Emphasis, MapStyle, with_states};
use sealane::geodesy::{MapProjection, Projected};
use sealane::load::{Input, LoadControl, bundled_atlas, load};
use sealane::scene::PlaneBox;

fn main() {
    let named: Vec<Input> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).map(|path| Input::Path(path.into())).collect();
    let files = if named.is_empty() { bundled_atlas() } else { named };
    let control = LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
    let before = status_mb("VmRSS");
    let dataset = timed("load", || load(&files, None, &control)).expect("not canceled").dataset;
    let events = dataset.seizures.len().max(1) as f64;
    println!(
        "{:>10.1} MB resident, {:.0} bytes an event; peak {:.1} MB",
        status_mb("VmRSS"),
        (status_mb("VmRSS") - before) * 1e6 * 1.048_576 / events,
        status_mb("VmHWM")
    );
    let links = timed("links and columns", || Links::new(&dataset));
    println!("{:>10.1} MB resident", status_mb("VmRSS"));
    let mut map = timed("map with its index", || DataMap::new(&dataset, &links, MapProjection::default()));
    let style = MapStyle::default();
    let period = Filter { days: Some((10_000, 15_000)), ..Filter::default() };
    let filters = [("everything", evaluate(&dataset, &links, &Filter::default())), ("a period", evaluate(&dataset, &links, &period))];
    for resolution_m_per_px in [30_000.0, 12_000.0, 3_000.0, 700.0, 100.0] {
        for (name, matches) in &filters {
            let view = DataView { dataset: &dataset, links: &links, matches, style: &style, resolution_m_per_px, ink_scale: 1.0 };
            // A canvas of 1622×1024 in the middle of the Atlantic corridor.
            let (half_width, half_height) = (811.0 * resolution_m_per_px, 512.0 * resolution_m_per_px);
            let shown = PlaneBox {
                min: Projected::new(500_000.0 - half_width, 4_200_000.0 - half_height),
                max: Projected::new(500_000.0 + half_width, 4_200_000.0 + half_height),
            };
            let layers = timed(&format!("{name} at {resolution_m_per_px} m/px"), || map.layers_around(&view, &shown));
            let items: usize = layers.iter().map(|layer| layer.geometry.items.len()).sum();
            timed("  the same again", || map.layers_around(&view, &shown));
            let none = std::collections::BTreeSet::new();
            let passes = |feature| matches.passes(feature);
            let emphasis = Emphasis { passes: &passes, selection: &none, linked: &none, hovered: None };
            timed(&format!("  states of {items} items"), || with_states(&layers, &emphasis));
        }
    }
    println!("{:>10.1} MB resident", status_mb("VmRSS"));
    let view =
        DataView { dataset: &dataset, links: &links, matches: &filters[0].1, style: &style, resolution_m_per_px: 1_000.0, ink_scale: 1.0 };
    timed("everything everywhere at 1000 m/px", || map.layers(&view));
}

fn timed<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    println!("{:>10.2} ms {name}", start.elapsed().as_secs_f64() * 1e3);
    result
}

fn status_mb(key: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(key)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}
