//! Corridors that share water as parallel lanes.
//!
//! For a level of resolution: the paths are pulled together where they nearly coincide ([`network`]), ordered on every leg by the network alone
//! ([`order`]), spread to lanes by least squares ([`spread`]) and drawn as smooth lines ([`shape`]). Nothing depends on where the view lies.

mod grid;
mod network;
mod order;
mod shape;
mod spread;

use rayon::prelude::*;

use network::{Network, Px};
use order::ordered_legs;
use shape::{Sample, lane_line};

use crate::geodesy::Projected;

/// A path that wants a lane.
#[derive(Clone, Debug)]
pub(super) struct LanePath {
    /// Its vertices on the plane.
    pub(super) points: Vec<Projected>,
    /// Indices of vertices at which its look changes.
    pub(super) cuts: Vec<usize>,
    /// Width of its line in CSS pixels.
    pub(super) width_px: f64,
}

/// How lanes are laid out.
#[derive(Clone, Copy, Debug)]
pub(super) struct LaneRules {
    /// Paths nearer to one another than this share their legs, in pixels.
    pub(super) snap_px: f64,
    /// Bends are rounded over this many pixels at least.
    pub(super) rounding_px: f64,
    /// Bundles that would be wider than this are narrowed, in pixels.
    pub(super) widest_px: f64,
}

/// A point of a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LanePoint {
    /// On the path: pixels of the level, metres after [`LaneLevel::new`].
    base: [f64; 2],
    /// How far the lane lies aside, in pixels whatever the resolution.
    aside: [f64; 2],
    /// Half the width of the line in pixels.
    half_px: f64,
}

impl LanePoint {
    /// The middle of the line, for plane metres to one pixel.
    pub(super) fn at(&self, resolution: f64) -> Projected {
        Projected::new(self.base[0] + self.aside[0] * resolution, self.base[1] + self.aside[1] * resolution)
    }

    /// Half the width of the line in pixels.
    pub(super) fn half_px(&self) -> f64 {
        self.half_px
    }
}

/// The lanes of all paths for one level of resolution.
#[derive(Clone, Debug, Default)]
pub(super) struct LaneLevel {
    /// For each path its line, in the pieces that the cuts make.
    pub(super) lines: Vec<Vec<Vec<LanePoint>>>,
    /// How wide the widest bundle would be if no bundle were narrowed, in pixels.
    pub(super) widest_px: f64,
}

impl LaneLevel {
    /// Lays out the lanes; `resolution` in plane metres for one pixel.
    pub(super) fn new(paths: &[LanePath], resolution: f64, rules: LaneRules) -> Self {
        let pixels = |point: &Projected| [point.x_m / resolution, point.y_m / resolution];
        let paths_px: Vec<Vec<Px>> = paths.iter().map(|path| path.points.iter().map(pixels).collect()).collect();
        let network = Network::new(&paths_px, rules.snap_px);
        let (legs, steps) = ordered_legs(&network);
        let widths: Vec<f64> = paths.iter().map(|path| path.width_px).collect();
        let (places, widest_px) = spread::laid_out(&network, &legs, &widths, rules.widest_px);
        let line = |path: usize| {
            let walk = &network.walks[path];
            let nodes: Vec<Px> = walk.iter().map(|node| network.nodes[*node as usize]).collect();
            let mut samples = Vec::new();
            let mut length = 0.0;
            for (step, (pair, leg)) in nodes.windows(2).zip(&steps[path]).enumerate() {
                let leg_length = (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]);
                let (own, forward) = legs[*leg as usize]
                    .passages
                    .iter()
                    .enumerate()
                    .find(|(_, passage)| passage.path as usize == path && passage.step as usize == step)
                    .map_or((0, true), |(own, passage)| (own, passage.forward));
                add_samples(&mut samples, &places[*leg as usize], own, forward, (length, leg_length));
                length += leg_length;
            }
            let cuts = cut_lengths(&nodes, paths[path].cuts.iter().filter_map(|cut| paths_px[path].get(*cut)));
            let mut pieces = lane_line(&nodes, &samples, paths[path].width_px, &cuts, rules.rounding_px);
            for point in pieces.iter_mut().flatten() {
                point.base = point.base.map(|px| px * resolution);
            }
            pieces
        };
        Self { lines: (0..paths.len()).into_par_iter().map(line).collect(), widest_px }
    }
}

fn add_samples(samples: &mut Vec<Sample>, places: &[spread::Place], own: usize, forward: bool, (start, leg_length): (f64, f64)) {
    let sample = |place: &spread::Place, share: f64| {
        let shift = place.shifts[own];
        let right = if forward { shift.right } else { -shift.right };
        Sample { length: start + leg_length * share, right, squeeze: shift.squeeze, half_bundle: shift.half_bundle }
    };
    if let [only] = places {
        // The same all along the leg.
        let margin = (2.0 / leg_length).min(0.25);
        samples.extend([sample(only, margin), sample(only, 1.0 - margin)]);
        return;
    }
    let share = |place: &spread::Place| if forward { place.along } else { 1.0 - place.along };
    let of = |place| sample(place, share(place));
    if forward { samples.extend(places.iter().map(of)) } else { samples.extend(places.iter().rev().map(of)) }
}

/// The lengths along the walk of the nodes nearest to where the look changes, in order.
fn cut_lengths<'a>(nodes: &[Px], cuts: impl Iterator<Item = &'a Px>) -> Vec<f64> {
    let mut lengths = Vec::with_capacity(nodes.len());
    let mut length = 0.0;
    for (index, node) in nodes.iter().enumerate() {
        if index > 0 {
            length += (node[0] - nodes[index - 1][0]).hypot(node[1] - nodes[index - 1][1]);
        }
        lengths.push(length);
    }
    let mut first = 0;
    let mut found = Vec::new();
    for cut in cuts {
        let distance = |index: &usize| (nodes[*index][0] - cut[0]).hypot(nodes[*index][1] - cut[1]);
        if let Some(nearest) = (first..nodes.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))) {
            found.push(lengths[nearest]);
            first = nearest;
        }
    }
    found
}

#[cfg(test)]
mod tests;
