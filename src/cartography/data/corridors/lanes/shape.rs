//! The lines of lanes: where a path lies moved aside, without kinks where its bundle changes or bends.

use super::LanePoint;
use super::network::{Px, simplified_by};

/// Half the length along which a lane moves from one place in its bundle to another, in pixels: once and once more, so that it neither
/// jumps nor bends at once.
const EASE_PX: [f64; 2] = [21.0, 11.0];
/// Distance between points where a lane moves or bends, in pixels.
const STEP_PX: f64 = 6.0;
/// Lanes come together at ports over this length, in pixels.
const PORT_PX: f64 = 46.0;
/// Bends of bundles are rounded over this share of half the width of the bundle.
const ROUNDING: f64 = 0.9;
/// Bends are rounded over no more pixels than this.
const MOST_ROUNDING_PX: f64 = 30.0;
/// Lines stray from their points by at most this many pixels.
const SIMPLIFY_PX: f64 = 0.12;
/// Cosine of the sharpest turn from one point of a line to the next.
const SPIKE_COSINE: f64 = 0.3;
/// Width at the origin in widths; as much is missing at the destination.
const TAPER: f64 = 0.2;

/// How a path lies along its walk: at a length what a place says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    /// Length of the walk up to here in pixels.
    pub(super) length: f64,
    /// To the right of the direction of sailing, in pixels.
    pub(super) right: f64,
    /// Share of its width.
    pub(super) squeeze: f64,
    /// Half the width of the bundle in pixels.
    pub(super) half_bundle: f64,
}

/// The line of a path, cut at the given lengths; its bends are rounded over `rounding_px` at least.
pub(super) fn lane_line(nodes: &[Px], samples: &[Sample], width_px: f64, cuts: &[f64], rounding_px: f64) -> Vec<Vec<LanePoint>> {
    let mut lengths = vec![0.0];
    for pair in nodes.windows(2) {
        lengths.push(lengths[lengths.len() - 1] + (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]));
    }
    let total = lengths[lengths.len() - 1];
    if nodes.len() < 2 || total <= 0.0 {
        return Vec::new();
    }
    let at = places(nodes, &lengths, samples, cuts);
    let middle = |axis: usize| Course::new(lengths.iter().zip(nodes).map(|(length, node)| (*length, node[axis])).collect());
    let (east, north) = (middle(0), middle(1));
    let eased = |value: fn(&Sample) -> f64| {
        let mut course = Course::new(samples.iter().map(|sample| (sample.length, value(sample))).collect());
        for half in EASE_PX {
            course = Course::new(at.iter().map(|length| (*length, course.mean(*length, half.min(*length).min(total - length)))).collect());
        }
        course
    };
    let (right, squeeze, bundle) = (eased(|s| s.right), eased(|s| s.squeeze), eased(|s| s.half_bundle));
    let mut line: Vec<(f64, Px, LanePoint)> = Vec::with_capacity(at.len());
    for (index, length) in at.iter().copied().enumerate() {
        let to_end = length.min(total - length);
        let rounding = (bundle.points[index].1 * ROUNDING).clamp(rounding_px, MOST_ROUNDING_PX).min(to_end);
        let base = [east.mean(length, rounding), north.mean(length, rounding)];
        let reach = rounding.max(0.5);
        let (before, after) = ((length - reach).max(0.0), (length + reach).min(total));
        let way = [east.at(after) - east.at(before), north.at(after) - north.at(before)];
        let norm = way[0].hypot(way[1]).max(1e-9);
        let shift = right.points[index].1 * smooth_step(to_end / PORT_PX);
        let aside = [way[1] / norm * shift, -way[0] / norm * shift];
        let place = [base[0] + aside[0], base[1] + aside[1]];
        let is_end = index == 0 || index + 1 == at.len() || cuts.contains(&length);
        // Inside a bend tighter than its distance from the middle a lane would run back.
        let runs_on = |last: &(f64, Px, LanePoint)| (place[0] - last.1[0]) * way[0] + (place[1] - last.1[1]) * way[1] > 0.0;
        if is_end || line.last().is_none_or(runs_on) {
            let taper = 1.0 + TAPER * (1.0 - 2.0 * length / total);
            let half_px = width_px / 2.0 * squeeze.points[index].1 * taper;
            line.push((length, place, LanePoint { base, aside, half_px }));
        }
    }
    let needed = |length: f64| length == 0.0 || length == total || cuts.contains(&length);
    let line = without_spikes(line, needed);
    let mut pieces = Vec::new();
    let mut rest = &line[..];
    for cut in cuts.iter().filter(|cut| **cut > 0.0 && **cut < total) {
        let end = rest.iter().position(|(length, ..)| length >= cut).unwrap_or(rest.len() - 1);
        pieces.push(&rest[..=end]);
        rest = &rest[end..];
    }
    pieces.push(rest);
    pieces.into_iter().map(simplified).collect()
}

/// The lengths at which the line gets a point: its vertices, and densely around where it bends or moves.
fn places(nodes: &[Px], lengths: &[f64], samples: &[Sample], cuts: &[f64]) -> Vec<f64> {
    let total = lengths[lengths.len() - 1];
    let mut busy: Vec<f64> = Vec::new();
    for (index, three) in nodes.windows(3).enumerate() {
        let (a, b) = ([three[1][0] - three[0][0], three[1][1] - three[0][1]], [three[2][0] - three[1][0], three[2][1] - three[1][1]]);
        let turn = (a[0] * b[1] - a[1] * b[0]).atan2(a[0] * b[0] + a[1] * b[1]).abs();
        if turn > 0.02 {
            busy.push(lengths[index + 1]);
        }
    }
    for pair in samples.windows(2) {
        if (pair[0].right - pair[1].right).abs() > 0.05 || (pair[0].squeeze - pair[1].squeeze).abs() > 0.01 {
            busy.extend([pair[0].length, pair[1].length]);
        }
    }
    busy.sort_by(f64::total_cmp);
    let reach = EASE_PX[0] + EASE_PX[1] + 2.0;
    let mut at: Vec<f64> = lengths.to_vec();
    at.extend(cuts.iter().filter(|cut| **cut > 0.0 && **cut < total));
    let mut stretch = |from: f64, to: f64| {
        let (from, to) = ((from - reach).max(0.0), (to + reach).min(total));
        let steps = ((to - from) / STEP_PX).ceil().max(1.0);
        at.extend((0..=steps as usize).map(|step| from + (to - from) * step as f64 / steps));
    };
    stretch(-reach, PORT_PX - reach);
    stretch(total - PORT_PX + reach, total + reach);
    let mut open: Option<(f64, f64)> = None;
    for length in busy {
        open = match open {
            Some((from, to)) if length - to <= 2.0 * reach => Some((from, length)),
            Some((from, to)) => {
                stretch(from, to);
                Some((length, length))
            }
            None => Some((length, length)),
        };
    }
    if let Some((from, to)) = open {
        stretch(from, to);
    }
    at.sort_by(f64::total_cmp);
    let needed = |length: f64| length == 0.0 || length == total || cuts.contains(&length);
    let mut kept: Vec<f64> = Vec::with_capacity(at.len());
    for length in at {
        match kept.last().copied() {
            Some(last) if length == last => {}
            Some(last) if length - last < STEP_PX / 3.0 && !needed(length) => {}
            Some(last) if length - last < STEP_PX / 3.0 && !needed(last) => {
                kept.pop();
                kept.push(length);
            }
            _ => kept.push(length),
        }
    }
    kept
}

/// Without points at which the line turns so sharply that it nearly runs back: such a spike is left where a lane lies inside a tight bend.
fn without_spikes(line: Vec<(f64, Px, LanePoint)>, needed: impl Fn(f64) -> bool) -> Vec<(f64, Px, LanePoint)> {
    let mut kept: Vec<(f64, Px, LanePoint)> = Vec::with_capacity(line.len());
    for point in line {
        while let [.., before, last] = kept.as_slice() {
            let (a, b) = ([last.1[0] - before.1[0], last.1[1] - before.1[1]], [point.1[0] - last.1[0], point.1[1] - last.1[1]]);
            let cosine = (a[0] * b[0] + a[1] * b[1]) / (a[0].hypot(a[1]) * b[0].hypot(b[1])).max(1e-9);
            if cosine > SPIKE_COSINE || needed(last.0) {
                break;
            }
            kept.pop();
        }
        kept.push(point);
    }
    kept
}

fn smooth_step(share: f64) -> f64 {
    let share = share.clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}

/// A value along a length, straight between its points and constant beyond them.
struct Course {
    points: Vec<(f64, f64)>,
    /// Integral up to each point.
    sums: Vec<f64>,
}

impl Course {
    fn new(points: Vec<(f64, f64)>) -> Self {
        let mut sums = Vec::with_capacity(points.len());
        let mut sum = 0.0;
        for (index, (length, value)) in points.iter().enumerate() {
            if index > 0 {
                let (before, earlier) = points[index - 1];
                sum += (length - before) * f64::midpoint(*value, earlier);
            }
            sums.push(sum);
        }
        Self { points, sums }
    }

    fn after(&self, length: f64) -> usize {
        self.points.partition_point(|(at, _)| *at <= length)
    }

    fn at(&self, length: f64) -> f64 {
        let after = self.after(length);
        match (after.checked_sub(1).map(|before| self.points[before]), self.points.get(after)) {
            (Some((from, a)), Some((to, b))) => a + (b - a) * (length - from) / (to - from),
            (Some((_, value)), None) => value,
            (None, Some((_, value))) => *value,
            (None, None) => 0.0,
        }
    }

    fn sum(&self, length: f64) -> f64 {
        let after = self.after(length);
        match after.checked_sub(1) {
            Some(before) => {
                let (from, value) = self.points[before];
                self.sums[before] + (length - from) * f64::midpoint(value, self.at(length))
            }
            None => self.points.first().map_or(0.0, |(from, value)| (length - from) * value),
        }
    }

    /// The mean over a length on both sides.
    fn mean(&self, length: f64, half: f64) -> f64 {
        if half < 0.05 { self.at(length) } else { (self.sum(length + half) - self.sum(length - half)) / (2.0 * half) }
    }
}

/// The points without those that change neither line nor width visibly.
fn simplified(line: &[(f64, Px, LanePoint)]) -> Vec<LanePoint> {
    let kept = simplified_by(line, |points, first, last| {
        let (a, b) = (&points[first], &points[last]);
        let far = |point: &(f64, Px, LanePoint)| {
            // Against the point at the same share of the way, so that moving it to another resolution keeps the line.
            let share = if b.0 > a.0 { (point.0 - a.0) / (b.0 - a.0) } else { 0.0 };
            let mixed = |from: f64, to: f64| from + (to - from) * share;
            let (dx, dy) = (b.1[0] - a.1[0], b.1[1] - a.1[1]);
            let length = dx.hypot(dy).max(1e-9);
            let aside = ((point.1[0] - a.1[0]) * dy - (point.1[1] - a.1[1]) * dx).abs() / length;
            aside.max((mixed(a.2.half_px, b.2.half_px) - point.2.half_px).abs())
        };
        (first + 1..last).map(|at| (far(&points[at]), at)).max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(far, _)| *far > SIMPLIFY_PX)
    });
    kept.into_iter().map(|(_, _, point)| point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(length: f64, right: f64) -> Sample {
        Sample { length, right, squeeze: 1.0, half_bundle: right.abs() }
    }

    fn place(point: &LanePoint) -> Px {
        [point.base[0] + point.aside[0], point.base[1] + point.aside[1]]
    }

    #[test]
    fn a_lane_starts_and_ends_at_its_ports_and_lies_aside_between() {
        let line = lane_line(&[[0.0, 0.0], [400.0, 0.0]], &[sample(200.0, 10.0)], 2.0, &[], 4.0);
        let points: Vec<Px> = line[0].iter().map(place).collect();
        assert_eq!((points[0], points[points.len() - 1]), ([0.0, 0.0], [400.0, 0.0]));
        assert!(points.iter().filter(|p| (60.0..340.0).contains(&p[0])).all(|p| (p[1] + 10.0).abs() < 0.2), "to the right: {points:?}");
    }

    #[test]
    fn changing_lanes_makes_neither_jumps_nor_kinks() {
        let samples = [sample(0.0, 0.0), sample(298.0, 0.0), sample(302.0, 20.0), sample(600.0, 20.0)];
        let line = lane_line(&[[0.0, 0.0], [300.0, 0.0], [600.0, 0.0]], &samples, 2.0, &[], 4.0);
        let points: Vec<Px> = line[0].iter().map(place).collect();
        for three in points.windows(3) {
            let way = |a: Px, b: Px| (b[1] - a[1]).atan2(b[0] - a[0]);
            assert!((way(three[0], three[1]) - way(three[1], three[2])).abs() < 0.25, "{three:?}");
        }
    }

    #[test]
    fn a_lane_inside_a_sharp_bend_does_not_run_back() {
        let samples = [sample(0.0, 25.0), sample(600.0, 25.0)];
        let line = lane_line(&[[0.0, 0.0], [300.0, 0.0], [340.0, -300.0]], &samples, 2.0, &[], 4.0);
        let points: Vec<Px> = line[0].iter().map(place).collect();
        for three in points.windows(3) {
            let (a, b) = ([three[1][0] - three[0][0], three[1][1] - three[0][1]], [three[2][0] - three[1][0], three[2][1] - three[1][1]]);
            assert!(a[0] * b[0] + a[1] * b[1] > 0.0, "no spike: {three:?}");
        }
    }

    #[test]
    fn cuts_part_the_line_where_it_goes_on() {
        let pieces = lane_line(&[[0.0, 0.0], [100.0, 0.0], [400.0, 0.0]], &[sample(0.0, 5.0)], 2.0, &[100.0], 4.0);
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0].last().map(place), pieces[1].first().map(place));
    }
}
