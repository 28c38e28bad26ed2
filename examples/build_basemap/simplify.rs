//! Fewer points: Douglas and Peucker's method, with the points fixed where lines meet.

use std::collections::{BTreeMap, BTreeSet};

use crate::rings::{area_km2, edges, is_artificial};
use crate::{Point, Ring, UNITS_PER_DEGREE};

/// Simplified polygons without those that are too small.
pub fn polygons(polygons: &[Vec<Ring>], tolerance_deg: f64, least_area_km2: f64) -> Vec<Vec<Ring>> {
    let kept = polygons.iter().map(|rings| {
        let total: f64 = rings.iter().map(|ring| area_km2(ring)).sum();
        // Pieces that meet at ±180° stay together whatever their size.
        let whole = rings.iter().filter(|ring| total >= least_area_km2 && (area_km2(ring) >= least_area_km2 || touches_seam(ring)));
        whole.filter_map(|ring| simplified_ring(ring, tolerance_deg, &BTreeSet::new())).collect::<Vec<Ring>>()
    });
    kept.filter(|rings| !rings.is_empty()).collect()
}

/// A simplified line with its ends.
pub fn line(line: &[Point], tolerance_deg: f64) -> Vec<Point> {
    let mut keep = vec![false; line.len()];
    keep_within(line, 0, line.len() - 1, tolerance_deg * UNITS_PER_DEGREE, &mut keep);
    line.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

/// Simplifies neighbors alike: points where more than two lines meet stay, and each stretch between them is treated once for both sides.
pub fn together(shapes: &mut [Vec<Vec<Ring>>], tolerance_deg: f64) {
    let mut neighbors: BTreeMap<Point, BTreeSet<Point>> = BTreeMap::new();
    for ring in shapes.iter().flatten().flatten() {
        for (a, b) in edges(ring) {
            neighbors.entry(a).or_default().insert(b);
            neighbors.entry(b).or_default().insert(a);
        }
    }
    let junctions: BTreeSet<Point> = neighbors.into_iter().filter(|(_, around)| around.len() > 2).map(|(point, _)| point).collect();
    for rings in shapes.iter_mut().flatten() {
        *rings = rings.iter().filter_map(|ring| simplified_ring(ring, tolerance_deg, &junctions)).collect();
    }
    shapes.iter_mut().for_each(|polygons| polygons.retain(|rings| !rings.is_empty()));
}

fn touches_seam(ring: &[Point]) -> bool {
    edges(ring).any(|(a, b)| is_artificial(a, b))
}

/// The ring between its fixed points: the given ones, and the ends of edges that close a cut. `None` when no area is left.
fn simplified_ring(ring: &[Point], tolerance_deg: f64, fixed: &BTreeSet<Point>) -> Option<Ring> {
    let count = ring.len();
    let mut anchors: Vec<usize> = (0..count)
        .filter(|&at| {
            let (before, after) = (ring[(at + count - 1) % count], ring[(at + 1) % count]);
            fixed.contains(&ring[at]) || is_artificial(before, ring[at]) || is_artificial(ring[at], after)
        })
        .collect();
    if anchors.is_empty() {
        // The southernmost point is the same one wherever a ring starts.
        anchors.extend((0..count).min_by_key(|&at| (ring[at][1], ring[at][0])));
    }
    if anchors.len() == 1 {
        let start = ring[anchors[0]];
        anchors.extend((0..count).max_by_key(|&at| (distance2(start, ring[at]), ring[at])));
        anchors.sort_unstable();
    }
    let mut result = Ring::new();
    for (index, &from) in anchors.iter().enumerate() {
        let to = anchors[(index + 1) % anchors.len()];
        let len = if to > from { to - from } else { to + count - from };
        let mut stretch: Vec<Point> = (from..=from + len).map(|at| ring[at % count]).collect();
        // The same direction for both neighbors.
        let backwards = stretch[0] > stretch[stretch.len() - 1];
        if backwards {
            stretch.reverse();
        }
        let mut kept = line(&stretch, tolerance_deg);
        if backwards {
            kept.reverse();
        }
        kept.pop();
        result.extend(kept);
    }
    (result.len() > 2).then_some(result)
}

fn distance2(a: Point, b: Point) -> i64 {
    let [dx, dy] = [0, 1].map(|axis| i64::from(a[axis]) - i64::from(b[axis]));
    dx * dx + dy * dy
}

/// Marks the points to keep from `first` to `last`.
fn keep_within(line: &[Point], first: usize, last: usize, tolerance: f64, keep: &mut [bool]) {
    keep[first] = true;
    keep[last] = true;
    let mut open = vec![(first, last)];
    while let Some((first, last)) = open.pop() {
        let between = (first + 1..last).map(|at| (distance_to_chord(line[at], line[first], line[last]), at));
        let Some((distance, farthest)) = between.max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
        if distance > tolerance {
            keep[farthest] = true;
            open.extend([(first, farthest), (farthest, last)]);
        }
    }
}

/// Distance in units of latitude. Longitudes count as on Equal Earth, which draws the poles as lines: never less than 0.4.
fn distance_to_chord(point: Point, from: Point, to: Point) -> f64 {
    let shrink = (f64::from(point[1]) / UNITS_PER_DEGREE).to_radians().cos().max(0.4);
    let relative = |p: Point| [f64::from(p[0] - from[0]) * shrink, f64::from(p[1] - from[1])];
    let ([px, py], [cx, cy]) = (relative(point), relative(to));
    let length2 = cx * cx + cy * cy;
    let t = if length2 > 0.0 { ((px * cx + py * cy) / length2).clamp(0.0, 1.0) } else { 0.0 };
    (px - t * cx).hypot(py - t * cy)
}
