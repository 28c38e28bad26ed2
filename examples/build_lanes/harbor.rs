//! The way from a port to open water: over as little land and otherwise as short as possible, on a grid around the port.
//!
//! Harbors lie on or behind the coast line of 1:10m, and inlets narrower than the network opens lead to many of them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;
use sealane::geodesy::LonLat;
use sealane::lanes::barriers::Barriers;
use sealane::lanes::sphere::vector;

use crate::clearance::LandGrid;
use crate::coast::{Plane, km_per_unit, lon_lat, near_km, plane};
use crate::encode::{UNITS_PER_DEGREE, units};

/// Grids that are tried in turn: half width and step, km.
const GRIDS: [(f64, f64); 4] = [(12.0, 0.15), (30.0, 0.3), (60.0, 0.5), (120.0, 0.8)];
/// A step over land costs this many times its length.
const LAND_COST: f64 = 60.0;
/// A way with less land than this, beyond that between the position and its quay, is good enough, km.
const ENOUGH_WATER_KM: f64 = 0.1;
/// Ways with more land than this are not offered, km.
const MOST_LAND_KM: f64 = 25.0;

/// What the ways out are looked for in.
pub struct Waters<'a> {
    /// The coast.
    pub land: LandGrid,
    /// The grown coast, fast and right but for a few metres.
    pub grown: LandGrid,
    /// The grown coast as paths see it.
    pub barriers: &'a Barriers,
}

impl Waters<'_> {
    /// Whether a point, rounded as the file rounds it, is open water for paths.
    pub fn is_open(&self, point: Plane) -> bool {
        let rounded = units(position(point)).map(|value| f64::from(value) / UNITS_PER_DEGREE);
        !self.grown.is_land(point) && self.barriers.is_outside(vector(LonLat::new(rounded[0], rounded[1])))
    }
}

/// The way out of each port, from the port to open water; `None` for ports in open water and for those too far from it.
pub fn ways_out(ports: &[LonLat], waters: &Waters<'_>) -> Vec<Option<Vec<Plane>>> {
    ports.par_iter().map(|port| way_out(plane(*port), waters)).collect()
}

/// The way from one point to open water. See [`ways_out`].
pub fn way_out(port: Plane, waters: &Waters<'_>) -> Option<Vec<Plane>> {
    if waters.is_open(port) {
        return None;
    }
    let mut best: Option<(f64, Vec<Plane>)> = None;
    for (half_km, step_km) in GRIDS {
        if let Some(found) = Grid::around(port, half_km, step_km, waters).way(waters) {
            let way = straighten(&found, &waters.land);
            let ashore = land_km(&way, &waters.land) - quay_km(&way, &waters.land);
            // A wider grid is coarser: it must save a good part of the land.
            if best.as_ref().is_none_or(|(least, _)| ashore < 0.7 * least) {
                best = Some((ashore, way));
            }
        }
        if best.as_ref().is_some_and(|(ashore, _)| *ashore < ENOUGH_WATER_KM) {
            break;
        }
    }
    best.filter(|(ashore, _)| *ashore <= MOST_LAND_KM).map(|(_, way)| way)
}

/// Length over land of a line, km, sampled every 50 m.
pub fn land_km(line: &[Plane], coast: &LandGrid) -> f64 {
    line.windows(2).map(|pair| samples(pair[0], pair[1]).filter(|(point, _)| coast.is_land(*point)).map(|(_, km)| km).sum::<f64>()).sum()
}

/// Length of the land at the start of a line, km: positions of ports lie behind the coast line.
fn quay_km(line: &[Plane], coast: &LandGrid) -> f64 {
    let steps = line.windows(2).flat_map(|pair| samples(pair[0], pair[1]));
    steps.take_while(|(point, _)| coast.is_land(*point)).map(|(_, km)| km).sum()
}

fn samples(a: Plane, b: Plane) -> impl Iterator<Item = (Plane, f64)> {
    let km = near_km(a, b);
    let count = (km / 0.05).ceil().max(1.0) as usize;
    (0..count).map(move |i| {
        let t = (i as f64 + 0.5) / count as f64;
        ([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t], km / count as f64)
    })
}

struct Grid {
    origin: Plane,
    step: f64,
    step_km: f64,
    side: usize,
    start: usize,
    land: Vec<bool>,
    open: Vec<bool>,
}

impl Grid {
    fn around(port: Plane, half_km: f64, step_km: f64, waters: &Waters<'_>) -> Self {
        let step = step_km / km_per_unit(port);
        let half = (half_km / step_km).ceil() as usize;
        let side = half * 2 + 1;
        let origin = [port[0] - half as f64 * step, port[1] - half as f64 * step];
        let cell = |index: usize| [origin[0] + (index % side) as f64 * step, origin[1] + (index / side) as f64 * step];
        let land = (0..side * side).map(|index| waters.land.is_land(cell(index))).collect();
        let open = (0..side * side).map(|index| !waters.grown.is_land(cell(index))).collect();
        Self { origin, step, step_km, side, start: half * side + half, land, open }
    }

    fn cell(&self, index: usize) -> Plane {
        [self.origin[0] + (index % self.side) as f64 * self.step, self.origin[1] + (index / self.side) as f64 * self.step]
    }

    /// Dijkstra from the port to the first open cell.
    fn way(&self, waters: &Waters<'_>) -> Option<Vec<Plane>> {
        let mut cost = vec![u64::MAX; self.land.len()];
        let mut parent = vec![usize::MAX; self.land.len()];
        let mut queue = BinaryHeap::from([Reverse((0_u64, self.start))]);
        cost[self.start] = 0;
        while let Some(Reverse((so_far, index))) = queue.pop() {
            if so_far > cost[index] {
                continue;
            }
            if self.open[index] && waters.is_open(self.cell(index)) {
                let mut line = vec![self.cell(index)];
                let mut at = index;
                while at != self.start {
                    at = parent[at];
                    line.push(self.cell(at));
                }
                line.reverse();
                return Some(line);
            }
            let (x, y) = (index % self.side, index / self.side);
            for (dx, dy) in [(-1_i64, -1_i64), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)] {
                let (nx, ny) = (x as i64 + dx, y as i64 + dy);
                let side = self.side as i64;
                if nx < 0 || ny < 0 || nx >= side || ny >= side {
                    continue;
                }
                let next = (ny * side + nx) as usize;
                let length = if dx != 0 && dy != 0 { std::f64::consts::SQRT_2 } else { 1.0 } * self.step_km;
                let ashore = self.land[index] || self.land[next];
                let total = so_far + (length * if ashore { LAND_COST } else { 1.0 } * 10_000.0) as u64;
                if total < cost[next] {
                    cost[next] = total;
                    parent[next] = index;
                    queue.push(Reverse((total, next)));
                }
            }
        }
        None
    }
}

/// Leaves out points while the straight line crosses no more land than the bent one.
fn straighten(line: &[Plane], coast: &LandGrid) -> Vec<Plane> {
    let mut kept = vec![line[0]];
    let mut at = 0;
    while at + 1 < line.len() {
        let mut reach = at + 1;
        let mut stride = 1;
        while at + stride < line.len() {
            let candidate = at + stride;
            if land_km(&[line[at], line[candidate]], coast) > land_km(&line[at..=candidate], coast) + 0.02 {
                break;
            }
            reach = candidate;
            stride *= 2;
        }
        // Between the last reach and the first failure a finer search.
        let limit = (at + stride).min(line.len() - 1);
        for candidate in (reach + 1..=limit).rev() {
            if land_km(&[line[at], line[candidate]], coast) <= land_km(&line[at..=candidate], coast) + 0.02 {
                reach = candidate;
                break;
            }
        }
        kept.push(line[reach]);
        at = reach;
    }
    kept
}

/// The position of a point of the plane.
pub fn position(point: Plane) -> LonLat {
    let [lon, lat] = lon_lat(point);
    LonLat::new(lon, lat)
}
