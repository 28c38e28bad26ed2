//! How far each path is moved aside at a place, so that lanes lie side by side: the least squares solution that keeps their order and gaps.

use rayon::prelude::*;

use super::grid::Grid;
use super::network::{Network, Px};
use super::order::Leg;

/// Room between lanes in pixels.
const GAP_PX: f64 = 1.3;
/// Legs farther apart than this do not mind one another, in pixels.
const REACH_PX: f64 = 44.0;
/// Cosine of the angle up to which legs run side by side.
const ALONG_COSINE: f64 = 0.86;
/// Distance between the places of a leg at which lanes are laid out, when other legs are near, in pixels.
const STEP_PX: f64 = 12.0;
/// A leg has at most this many such places.
const MOST_PLACES: usize = 16;
/// Over this length a bundle moves to the outer side of a bend, in pixels.
const BEND_PX: f64 = 300.0;
/// How far before and behind a node its bend is looked for, in pixels.
const BEND_LOOK_PX: f64 = 40.0;
/// Bends of fewer radians do not move a bundle; those of the second number and more move it by half its width.
const LEAST_BEND: f64 = 0.12;
const FULL_BEND: f64 = 0.5;
/// Gaps of narrowed bundles keep at least the first, then lanes at least the second share of their width.
const NARROWEST: (f64, f64) = (0.25, 0.34);

/// How a path lies at a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shift {
    /// To the right of who sails from the lower to the higher node, in pixels.
    pub(super) right: f64,
    /// Share of its width that is left to it.
    pub(super) squeeze: f64,
    /// Half the width of the bundle that it lies in, in pixels.
    pub(super) half_bundle: f64,
}

/// The lanes at one place of a leg.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Share of the leg, from the lower node.
    pub(super) along: f64,
    /// Aligned with the passages of the leg.
    pub(super) shifts: Vec<Shift>,
}

/// Lays out the lanes of all legs; `widths` has the width of each path in pixels. Bundles that would be wider than `widest_px` are narrowed.
/// How wide the widest would be is told as well.
pub(super) fn laid_out(network: &Network, legs: &[Leg], widths: &[f64], widest_px: f64) -> (Vec<Vec<Place>>, f64) {
    let place = |node: u32| network.nodes[node as usize];
    let length = |leg: &Leg| (place(leg.to)[0] - place(leg.from)[0]).hypot(place(leg.to)[1] - place(leg.from)[1]);
    let mut grid = Grid::new(legs.iter().map(length).sum());
    (0_u32..).zip(legs).for_each(|(number, leg)| grid.enter(place(leg.from), place(leg.to), number));
    let bends = bends(network, legs, widths, widest_px);
    let layout =
        || Layout { network, legs, widths, widest_px, bends: &bends, lanes: Vec::new(), seen: vec![0; widths.len()], turn: 0, widest: 0.0 };
    let told: Vec<(Vec<Place>, f64)> = (0..legs.len())
        .into_par_iter()
        .map_init(layout, |layout, number| {
            layout.widest = 0.0;
            (layout.leg(number, &grid), layout.widest)
        })
        .collect();
    let widest = told.iter().map(|(_, widest)| *widest).fold(0.0, f64::max);
    (told.into_iter().map(|(places, _)| places).collect(), widest)
}

struct Layout<'a> {
    network: &'a Network,
    legs: &'a [Leg],
    widths: &'a [f64],
    widest_px: f64,
    /// For each leg how far its bundle would be moved to the right at its ends, because it bends there.
    bends: &'a [[f64; 2]],
    lanes: Vec<Lane>,
    /// For each path the newest place at which it has its lane.
    seen: Vec<u32>,
    turn: u32,
    widest: f64,
}

/// A path that passes a place.
#[derive(Clone, Copy, Debug)]
struct Lane {
    /// Index of the passage on the leg that is laid out; `None` on other legs.
    own: Option<usize>,
    /// Where it would lie by itself, to the right.
    natural: f64,
    width: f64,
    /// Share of its width and of the gaps beside it.
    squeeze: f64,
    gap: f64,
}

impl Layout<'_> {
    fn ends(&self, leg: &Leg) -> (Px, Px) {
        (self.network.nodes[leg.from as usize], self.network.nodes[leg.to as usize])
    }

    fn leg(&mut self, number: usize, grid: &Grid) -> Vec<Place> {
        let leg = &self.legs[number];
        let (a, b) = self.ends(leg);
        let length = (b[0] - a[0]).hypot(b[1] - a[1]);
        let way = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
        let near = self.near(number, a, b, way, grid);
        let shares: Vec<f64> = if near.is_empty() && self.bends[number].iter().all(|bend| bend.abs() < 0.1) {
            vec![0.5]
        } else {
            let places = ((length / STEP_PX).ceil() as usize).clamp(1, MOST_PLACES);
            (0..places).map(|place| (place as f64 + 0.5) / places as f64).collect()
        };
        shares
            .into_iter()
            .map(|along| {
                let at = [a[0] + (b[0] - a[0]) * along, a[1] + (b[1] - a[1]) * along];
                Place { along, shifts: self.shifts(number, (at, along * length, length), way, &near) }
            })
            .collect()
    }

    /// The other legs that run along this one within reach.
    fn near(&self, number: usize, a: Px, b: Px, way: Px, grid: &Grid) -> Vec<u32> {
        grid.near(a, b)
            .into_iter()
            .filter(|other| *other as usize != number)
            .filter(|other| {
                let (c, d) = self.ends(&self.legs[*other as usize]);
                let (x, y) = (d[0] - c[0], d[1] - c[1]);
                let cosine = (x * way[0] + y * way[1]) / x.hypot(y);
                let aside = |p: Px| (p[1] - a[1]) * way[0] - (p[0] - a[0]) * way[1];
                let (from, to) = (aside(c), aside(d));
                cosine.abs() > ALONG_COSINE && from.min(to) < REACH_PX && from.max(to) > -REACH_PX
            })
            .collect()
    }

    /// How far the bundle of a leg is moved to the right, since it bends at the ends: to the outer side, as land lies on the inner one.
    fn moved(&self, leg: usize, from_start: f64, length: f64) -> f64 {
        let reach = BEND_PX.min(length);
        let share = |distance: f64| (1.0 - distance / reach).max(0.0);
        let [start, end] = self.bends[leg];
        start * share(from_start) + end * share(length - from_start)
    }

    fn shifts(&mut self, number: usize, (at, from_start, length): (Px, f64, f64), way: Px, near: &[u32]) -> Vec<Shift> {
        let right = [way[1], -way[0]];
        // The legs across this place: where they lie, how far they are moved, which they are and whether they run the same way.
        let mut across: Vec<(f64, f64, u32, bool)> = vec![(0.0, self.moved(number, from_start, length), number as u32, true)];
        for other in near {
            let (c, d) = self.ends(&self.legs[*other as usize]);
            let along = |p: Px| (p[0] - at[0]) * way[0] + (p[1] - at[1]) * way[1];
            let aside = |p: Px| (p[0] - at[0]) * right[0] + (p[1] - at[1]) * right[1];
            let (from, to) = (along(c), along(d));
            if (from <= 0.0) == (to <= 0.0) {
                continue;
            }
            let share = from / (from - to);
            let natural = aside(c) + (aside(d) - aside(c)) * share;
            if natural.abs() <= REACH_PX {
                let length = (d[0] - c[0]).hypot(d[1] - c[1]);
                let moved = self.moved(*other as usize, share * length, length);
                across.push((natural, if from <= to { moved } else { -moved }, *other, from <= to));
            }
        }
        // Their order is that of the water, not that of where a bend moves them.
        across.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        let own_paths = &self.legs[number].passages;
        self.lanes.clear();
        self.turn += 1;
        own_paths.iter().for_each(|passage| self.seen[passage.path as usize] = self.turn);
        for (natural, moved, leg, same_way) in across {
            let passages = &self.legs[leg as usize].passages;
            for step in 0..passages.len() {
                let index = if same_way { step } else { passages.len() - 1 - step };
                let path = passages[index].path;
                let own = (leg as usize == number).then_some(index);
                // A path that comes by twice, as at a cape, has one lane here.
                let twice = std::mem::replace(&mut self.seen[path as usize], self.turn) == self.turn && own.is_none();
                if !twice {
                    self.lanes.push(Lane { own, natural: natural + moved, width: self.widths[path as usize], squeeze: 1.0, gap: 1.0 });
                }
            }
        }
        let mut shifts = vec![Shift { right: 0.0, squeeze: 1.0, half_bundle: 0.0 }; own_paths.len()];
        let (_, natural_bundles) = settled(&self.lanes);
        for (lanes, width) in &natural_bundles {
            if lanes.clone().any(|index| self.lanes[index].own.is_some()) {
                self.widest = self.widest.max(*width);
            }
            let gaps = GAP_PX * (lanes.len() as f64 - 1.0);
            let gap = if gaps > 0.0 { ((self.widest_px - (width - gaps)) / gaps).clamp(NARROWEST.0, 1.0) } else { 1.0 };
            let squeeze = ((self.widest_px - gap * gaps) / (width - gaps)).clamp(NARROWEST.1, 1.0);
            self.lanes[lanes.clone()].iter_mut().for_each(|lane| (lane.squeeze, lane.gap) = (squeeze, gap));
        }
        let (places, bundles) = settled(&self.lanes);
        for (lanes, width) in bundles {
            for index in lanes {
                if let Some(own) = self.lanes[index].own {
                    shifts[own] = Shift { right: places[index], squeeze: self.lanes[index].squeeze, half_bundle: width / 2.0 };
                }
            }
        }
        shifts
    }
}

/// How far the bundle of each leg would be moved to the right at its lower and its higher node: to the outer side of bends, since paths
/// bend where there is land on the inner side.
fn bends(network: &Network, legs: &[Leg], widths: &[f64], widest_px: f64) -> Vec<[f64; 2]> {
    let profiles: Vec<Vec<f64>> = network.walks.par_iter().map(|walk| bend_profile(walk, network)).collect();
    let of_leg = |leg: &Leg| {
        let mut sums = [0.0; 2];
        let mut width = -GAP_PX;
        for passage in &leg.passages {
            let (profile, step) = (&profiles[passage.path as usize], passage.step as usize);
            let [low, high] = if passage.forward { [profile[step], profile[step + 1]] } else { [-profile[step + 1], -profile[step]] };
            sums = [sums[0] + low, sums[1] + high];
            width += widths[passage.path as usize] + GAP_PX;
        }
        let half = width.min(widest_px) / 2.0;
        sums.map(|sum| sum / leg.passages.len() as f64 * half)
    };
    legs.iter().map(of_leg).collect()
}

/// How much the way bends near each node of a walk: −1 to 1, positive to the left.
fn bend_profile(walk: &[u32], network: &Network) -> Vec<f64> {
    let place = |index: usize| network.nodes[walk[index] as usize];
    let mut lengths = vec![0.0; walk.len()];
    for index in 1..walk.len() {
        let (a, b) = (place(index - 1), place(index));
        lengths[index] = lengths[index - 1] + (b[0] - a[0]).hypot(b[1] - a[1]);
    }
    let own: Vec<(f64, f64)> = (1..walk.len().max(1) - 1)
        .filter_map(|index| {
            let here = place(index);
            let before = (0..index).rev().find(|at| lengths[index] - lengths[*at] >= BEND_LOOK_PX).unwrap_or(0);
            let after = (index + 1..walk.len()).find(|at| lengths[*at] - lengths[index] >= BEND_LOOK_PX).unwrap_or(walk.len() - 1);
            let (a, c) = (place(before), place(after));
            let (from, to) = ([here[0] - a[0], here[1] - a[1]], [c[0] - here[0], c[1] - here[1]]);
            let turn = (from[0] * to[1] - from[1] * to[0]).atan2(from[0] * to[0] + from[1] * to[1]);
            let share = ((turn.abs() - LEAST_BEND) / (FULL_BEND - LEAST_BEND)).clamp(0.0, 1.0);
            (share > 0.0).then_some((lengths[index], share.copysign(turn)))
        })
        .collect();
    let near = |length: f64| {
        let reach = |at: f64| {
            let share = (1.0 - (at - length).abs() / BEND_PX).clamp(0.0, 1.0);
            share * share * (3.0 - 2.0 * share)
        };
        let (mut left, mut right) = (0.0_f64, 0.0_f64);
        let first = own.partition_point(|(at, _)| *at < length - BEND_PX);
        for (at, bend) in own[first..].iter().take_while(|(at, _)| *at <= length + BEND_PX) {
            let value = bend * reach(*at);
            (left, right) = (left.max(value), right.min(value));
        }
        left + right
    };
    lengths.iter().map(|length| near(*length)).collect()
}

/// Where lanes come to lie that keep their order and gaps and stay as near to where they would lie as they can (pool adjacent violators),
/// and the bundles of those that touch, with their widths.
fn settled(lanes: &[Lane]) -> (Vec<f64>, Vec<(std::ops::Range<usize>, f64)>) {
    let mut offsets = Vec::with_capacity(lanes.len());
    let mut offset = 0.0;
    for (index, lane) in lanes.iter().enumerate() {
        if index > 0 {
            let before = &lanes[index - 1];
            offset += (before.width * before.squeeze + lane.width * lane.squeeze) / 2.0 + GAP_PX * before.gap.min(lane.gap);
        }
        offsets.push(offset);
    }
    // Blocks of lanes that touch: their first lane, number and mean of what is left of the natural places without the offsets.
    let mut blocks: Vec<(usize, usize, f64)> = Vec::new();
    for (index, lane) in lanes.iter().enumerate() {
        let mut block = (index, 1, lane.natural - offsets[index]);
        while let Some(last) = blocks.last().filter(|last| last.2 >= block.2) {
            let count = last.1 + block.1;
            block = (last.0, count, (last.2 * last.1 as f64 + block.2 * block.1 as f64) / count as f64);
            blocks.pop();
        }
        blocks.push(block);
    }
    let mut places = vec![0.0; lanes.len()];
    let bundles = blocks
        .into_iter()
        .map(|(first, count, mean)| {
            for index in first..first + count {
                places[index] = mean + offsets[index];
            }
            let (head, tail) = (&lanes[first], &lanes[first + count - 1]);
            let width = offsets[first + count - 1] - offsets[first] + (head.width * head.squeeze + tail.width * tail.squeeze) / 2.0;
            (first..first + count, width)
        })
        .collect();
    (places, bundles)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(natural: f64, width: f64) -> Lane {
        Lane { own: None, natural, width, squeeze: 1.0, gap: 1.0 }
    }

    #[test]
    fn lanes_on_one_line_lie_evenly_around_it() {
        let (places, bundles) = settled(&[lane(0.0, 2.0), lane(0.0, 4.0), lane(0.0, 2.0)]);
        let pitch = 3.0 + GAP_PX;
        assert!(places.iter().zip([-pitch, 0.0, pitch]).all(|(a, b)| (a - b).abs() < 1e-9), "{places:?}");
        assert_eq!(bundles.len(), 1);
        assert!((bundles[0].1 - (2.0 * pitch + 2.0)).abs() < 1e-9);
    }

    #[test]
    fn lanes_with_room_stay_where_they_are_and_touching_ones_share_the_way_aside() {
        let (places, bundles) = settled(&[lane(-30.0, 2.0), lane(0.0, 2.0), lane(1.0, 2.0), lane(30.0, 2.0)]);
        assert_eq!((places[0], places[3], bundles.len()), (-30.0, 30.0, 3));
        assert!((places[2] - places[1] - (2.0 + GAP_PX)).abs() < 1e-9 && (places[1] + places[2] - 1.0).abs() < 1e-9);
    }
}
