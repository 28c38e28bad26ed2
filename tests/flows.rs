//! The flow lines of the bundled atlas, as every output draws them.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;

use sealane::analysis::{Filter, Links, evaluate};
use sealane::cartography::{DataMap, DataView, MapStyle};
use sealane::geodesy::{LonLat, MapProjection};
use sealane::load::{LoadControl, bundled_atlas, load};
use sealane::model::{Dataset, FeatureKind, FeatureRef};
use sealane::render::raster::{Hooks, draw_layers};
use sealane::scene::{PickIndex, PlaneView, ScenePoint, SceneRect, WorldLayer, WorldLayerKind, WorldShape};

/// Lanes come together where they begin and end: this much of them is let off, in pixels.
const AT_PORTS_PX: f64 = 60.0;
/// Lines that differ more in direction than the angle with this cosine cross one another.
const CROSSING_COSINE: f64 = 0.94;
/// Distance between the places that are looked at, in pixels.
const STEP_PX: f64 = 3.0;

fn atlas() -> Dataset {
    let control = LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
    load(&bundled_atlas(), None, &control).expect("not canceled").dataset
}

/// The corridors of a dataset at each resolution, made one after the other by one map.
fn corridors(dataset: &Dataset, resolutions: &[f64]) -> Vec<WorldLayer> {
    let links = Links::new(dataset);
    let matches = evaluate(dataset, &links, &Filter::default());
    let style = MapStyle::default();
    let mut map = DataMap::new(dataset, &links, MapProjection::default());
    let mut layer = |resolution_m_per_px: f64| {
        let view = DataView { dataset, links: &links, matches: &matches, style: &style, resolution_m_per_px, ink_scale: 1.0 };
        let made = map.layers(&view);
        made.into_iter().find(|layer| layer.kind == WorldLayerKind::Corridors).expect("corridors")
    };
    resolutions.iter().map(|resolution| layer(*resolution)).collect()
}

struct Spot {
    at: [f64; 2],
    way: [f64; 2],
    half: f64,
}

/// Places along all lines of an item, in pixels, without what lies near the ends.
fn spots(layer: &WorldLayer, index: usize, resolution: f64) -> Vec<Spot> {
    let item = &layer.geometry.items[index];
    let parts: Vec<_> = layer.geometry.parts_of(item).collect();
    let mut spots = Vec::new();
    for pair in parts.chunks(2) {
        let points: Vec<([f64; 2], f64)> = pair[0]
            .iter()
            .zip(pair[1])
            .map(|(middle, edge)| {
                let (middle, edge) = (middle.projected(), edge.projected());
                let half = (edge.x_m - middle.x_m).hypot(edge.y_m - middle.y_m);
                ([middle.x_m / resolution, middle.y_m / resolution], half / resolution)
            })
            .collect();
        let (mut length, mut next, first) = (0.0, 0.0, spots.len());
        for pair in points.windows(2) {
            let ((a, half_a), (b, half_b)) = (pair[0], pair[1]);
            let step = (b[0] - a[0]).hypot(b[1] - a[1]);
            while step > 0.0 && next < length + step {
                let share = (next - length) / step;
                let mix = |from: f64, to: f64| from + (to - from) * share;
                let at = [mix(a[0], b[0]), mix(a[1], b[1])];
                spots.push(Spot { at, way: [(b[0] - a[0]) / step, (b[1] - a[1]) / step], half: mix(half_a, half_b) });
                next += STEP_PX;
            }
            length += step;
        }
        let off = (AT_PORTS_PX / STEP_PX) as usize;
        let count = spots.len() - first;
        if count <= 2 * off {
            spots.truncate(first);
        } else {
            spots.truncate(first + count - off);
            spots.drain(first..first + off);
        }
    }
    spots
}

/// The share of the length of all lines at which one lies on another that runs along it.
fn overlap(layer: &WorldLayer, resolution: f64) -> f64 {
    let lines: Vec<Vec<Spot>> = (0..layer.geometry.items.len()).map(|index| spots(layer, index, resolution)).collect();
    let records = |index: usize| layer.geometry.records_of(&layer.geometry.items[index]);
    let cell = |at: [f64; 2]| ((at[0] / 8.0).floor() as i64, (at[1] / 8.0).floor() as i64);
    let mut cells: HashMap<(i64, i64), Vec<(usize, usize)>> = HashMap::new();
    for (line, spots) in lines.iter().enumerate() {
        for (index, spot) in spots.iter().enumerate() {
            cells.entry(cell(spot.at)).or_default().push((line, index));
        }
    }
    let (mut all, mut covered) = (0_usize, 0_usize);
    let mut where_it_is: HashMap<(i64, i64), usize> = HashMap::new();
    for (line, spots) in lines.iter().enumerate() {
        for spot in spots {
            all += 1;
            let (column, row) = cell(spot.at);
            let near = (column - 1..=column + 1).flat_map(|column| (row - 1..=row + 1).map(move |row| (column, row)));
            let others = near.flat_map(|key| cells.get(&key).into_iter().flatten());
            // Another piece of the same corridor is no other lane.
            let mut others = others.filter(|(other, _)| *other != line && records(*other) != records(line));
            let touches = others.any(|(other, index)| {
                let other = &lines[*other][*index];
                let (x, y) = (other.at[0] - spot.at[0], other.at[1] - spot.at[1]);
                let aside = (x * spot.way[1] - y * spot.way[0]).abs();
                let along = (x * spot.way[0] + y * spot.way[1]).abs();
                let cosine = (spot.way[0] * other.way[0] + spot.way[1] * other.way[1]).abs();
                along <= STEP_PX * 0.75 && cosine > CROSSING_COSINE && aside < (spot.half + other.half) * 0.9
            });
            if touches {
                covered += 1;
                let degree = |px: f64| (px * resolution / 100_000.0).floor() as i64;
                *where_it_is.entry((degree(spot.at[0]), degree(spot.at[1]))).or_default() += 1;
            }
        }
    }
    let mut worst: Vec<_> = where_it_is.into_iter().collect();
    worst.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let name = |(x, y): (i64, i64)| {
        let at = sealane::geodesy::Projected::new(x as f64 * 100_000.0, y as f64 * 100_000.0);
        MapProjection::default().unproject(at).map_or_else(String::new, |at| format!("{:.1} {:.1}", at.lon_deg, at.lat_deg))
    };
    let worst: Vec<String> = worst.iter().take(8).map(|(at, count)| format!("{} ×{count}", name(*at))).collect();
    println!("{:.2} % of {all} places at {resolution} m a pixel; {worst:?}", covered as f64 / all as f64 * 100.0);
    covered as f64 / all.max(1) as f64
}

#[test]
fn lanes_of_the_atlas_hardly_lie_on_one_another() {
    let dataset = atlas();
    let resolutions = [400.0, 1_000.0, 3_000.0, 10_000.0];
    // Far out the strands of a stream touch and cross at slight angles; close up lanes are apart.
    let most = [0.02, 0.02, 0.06, 0.18];
    for ((layer, resolution), most) in corridors(&dataset, &resolutions).iter().zip(resolutions).zip(most) {
        let share = overlap(layer, resolution);
        assert!(share < most, "{:.1} % at {resolution} m a pixel", share * 100.0);
    }
}

#[test]
fn every_corridor_is_in_one_flow_at_every_scale() {
    let dataset = atlas();
    let mut numbers = Vec::new();
    for layer in corridors(&dataset, &[500.0, 3_000.0, 12_000.0, 60_000.0]) {
        let mut flows: Vec<&[FeatureRef]> = layer.geometry.items.iter().map(|item| layer.geometry.records_of(item)).collect();
        flows.sort();
        // A corridor that is partly schematic has two pieces.
        flows.dedup();
        let mut members: Vec<FeatureRef> = flows.iter().flat_map(|flow| flow.iter().copied()).collect();
        members.sort();
        assert_eq!(members, dataset.refs(FeatureKind::Route).collect::<Vec<_>>());
        numbers.push(flows.len());
    }
    assert_eq!(numbers[0], dataset.routes.len(), "each by itself when looked at closely");
    assert!(numbers[0] > numbers[1] && numbers[1] > numbers[2] && numbers[2] == numbers[3], "{numbers:?}");
}

#[test]
fn what_is_drawn_does_not_depend_on_what_was_looked_at_before() {
    let dataset = atlas();
    let there = corridors(&dataset, &[900.0]);
    let back = corridors(&dataset, &[12_000.0, 300.0, 900.0]);
    assert_eq!(there[0].geometry, back[2].geometry);
}

#[test]
fn a_flow_with_both_ends_outside_the_view_is_drawn_and_can_be_picked() {
    let dataset = atlas();
    let layers = corridors(&dataset, &[1_500.0]);
    // The middle of the Atlantic: no port is within a thousand kilometres.
    let center = MapProjection::default().project(LonLat::new(-42.0, 28.0));
    let view = PlaneView { center, resolution_m_per_px: 1_500.0, frame: SceneRect::new(0.0, 0.0, 800.0, 600.0) };
    let image = draw_layers(&layers, &view, (800, 600), 1.0, None, &Hooks::default()).expect("drawn");
    let inked = image.rgba_premultiplied.chunks(4).filter(|pixel| pixel[3] > 128).count();
    assert!(inked > 2_000, "{inked} pixels");
    let pick = PickIndex::new(layers.clone());
    let found = (0..600).step_by(4).find_map(|y| pick.pick(&view, ScenePoint::new(400.0, y as f32), 3.0).into_iter().next());
    assert_eq!(found.and_then(|picked| picked.subject.record()).map(|record| record.kind), Some(FeatureKind::Route));
}

#[test]
fn lines_are_as_wide_as_their_evidence_and_narrow_towards_the_destination() {
    let layers = corridors(&atlas(), &[500.0]);
    let geometry = &layers[0].geometry;
    let mut widths: Vec<f32> = Vec::new();
    for item in &geometry.items {
        let WorldShape::Flow { width_px, .. } = item.shape else { panic!("a flow") };
        widths.push(width_px);
        let parts: Vec<_> = geometry.parts_of(item).collect();
        assert!(parts.chunks(2).all(|pair| pair.len() == 2 && pair[0].len() == pair[1].len()));
    }
    widths.sort_by(f32::total_cmp);
    widths.dedup();
    assert!(widths.len() >= 4, "{widths:?}");
    let whole = geometry.items.iter().find(|item| item.parts.len() == 2 && geometry.parts_of(item).next().is_some_and(|p| p.len() > 20));
    let parts: Vec<_> = geometry.parts_of(whole.expect("a corridor in one piece")).collect();
    let half = |at: usize| {
        let (middle, edge) = (parts[0][at].projected(), parts[1][at].projected());
        (edge.x_m - middle.x_m).hypot(edge.y_m - middle.y_m)
    };
    assert!(half(0) > half(parts[0].len() - 1) * 1.2);
}
