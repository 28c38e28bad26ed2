//! Flow lines in pixels: ribbons of changing width, cut into dashes where a class has them, with heads that bend with the line.

use super::clip::ClipBox;
use super::trace::Parts;
use crate::scene::Dash;

/// Length of a head in widths of its line, and its breadth likewise; a thin line needs relatively more.
const HEAD_LENGTH: f64 = 2.4;
/// What is added to the length of a head in CSS pixels, whatever the width.
const HEAD_EXTRA_PX: f64 = 3.6;
/// Half the breadth of a head in its length.
const HEAD_SLIMNESS: f64 = 0.36;
/// Distance of the last head from the end of the line, so that it does not lie under the symbol of the port, in CSS pixels.
const END_GAP_PX: f64 = 14.0;
/// More dashes than this in one run are drawn solid: they are not meant.
const MOST_DASHES: f64 = 20_000.0;
/// Corners are pulled out at most this far, in half widths.
const MITRE: f64 = 1.5;

/// A stretch of a flow line without a gap.
#[derive(Clone, Debug, Default)]
struct Run {
    points: Vec<[f64; 2]>,
    /// Half the width at each point.
    halves: Vec<f64>,
    /// Length of the line up to each point, in device pixels.
    lengths: Vec<f64>,
}

/// The visible form of a flow line, in device pixels.
#[derive(Clone, Debug, Default)]
pub struct FlowLine {
    runs: Vec<Run>,
    /// Length of the whole line, seen or not, that a run belongs to.
    totals: Vec<f64>,
    head_spacing: f64,
    px_per_css: f64,
}

impl FlowLine {
    pub(super) fn begin(&mut self, head_spacing: f64, px_per_css: f64) {
        self.runs.clear();
        self.totals.clear();
        (self.head_spacing, self.px_per_css) = (head_spacing, px_per_css);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Adds the part of a line that can be seen: points in device pixels with half the width at each.
    pub(super) fn push(&mut self, line: &[([f64; 2], f64)], clip: &ClipBox) {
        let first = self.runs.len();
        let (mut run, mut length) = (Run::default(), 0.0);
        for pair in line.windows(2) {
            let ((a, half_a), (b, half_b)) = (pair[0], pair[1]);
            let step = (b[0] - a[0]).hypot(b[1] - a[1]);
            if let Some((enter, leave)) = clip.shares_inside(a, b) {
                let at = |share: f64| [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
                let half = |share: f64| half_a + (half_b - half_a) * share;
                if run.points.is_empty() {
                    run.add(at(enter), half(enter), length + step * enter);
                }
                run.add(at(leave), half(leave), length + step * leave);
                if leave < 1.0 {
                    self.runs.push(std::mem::take(&mut run));
                }
            } else if !run.points.is_empty() {
                self.runs.push(std::mem::take(&mut run));
            }
            length += step;
        }
        if !run.points.is_empty() {
            self.runs.push(run);
        }
        self.runs.retain(|run| run.points.len() > 1);
        self.totals.resize(first.min(self.runs.len()), length);
        self.totals.resize(self.runs.len(), length);
    }

    /// Closed rings that together are the line, to be filled by the nonzero rule. `dash` is in CSS pixels.
    pub fn rings(&self, dash: Option<Dash>) -> Parts {
        let mut rings = Parts::default();
        for (run, total) in self.runs.iter().zip(&self.totals) {
            let (from, to) = run.ends();
            let dash = dash.map(|dash| (f64::from(dash.on) * self.px_per_css, f64::from(dash.off) * self.px_per_css));
            match dash {
                Some((on, off)) if on > 0.0 && off > 0.0 && (to - from) / (on + off) < MOST_DASHES => {
                    let mut start = ((from - on) / (on + off)).ceil().max(0.0) * (on + off);
                    while start < to {
                        run.ribbon(start.max(from), (start + on).min(to), 0.0, &mut rings);
                        start += on + off;
                    }
                }
                _ => run.ribbon(from, to, 0.0, &mut rings),
            }
            self.heads(run, *total, &mut rings);
        }
        rings
    }

    /// Closed rings around the line without its dashes and heads, `reach` device pixels wider on either side, to be filled by the nonzero rule.
    pub fn casing(&self, reach: f64) -> Parts {
        let mut rings = Parts::default();
        for run in &self.runs {
            let (from, to) = run.ends();
            run.ribbon(from, to, reach, &mut rings);
        }
        rings
    }

    /// Heads counted from the end of the line, so that they do not move with the clip.
    fn heads(&self, run: &Run, total: f64, rings: &mut Parts) {
        let gap = END_GAP_PX * self.px_per_css;
        if self.head_spacing <= 0.0 || total < 2.5 * gap {
            return;
        }
        let (from, to) = run.ends();
        let mut number = ((total - gap - to) / self.head_spacing).ceil().max(0.0);
        loop {
            let tip = total - gap - number * self.head_spacing;
            // Neither where the line has hardly begun nor, but for the last one, where the next would follow at once.
            if tip <= from || (number > 0.0 && tip < self.head_spacing / 4.0) {
                return;
            }
            run.head(tip, self.px_per_css, rings);
            number += 1.0;
        }
    }
}

impl Run {
    fn add(&mut self, point: [f64; 2], half: f64, length: f64) {
        if self.points.last() != Some(&point) {
            self.points.push(point);
            self.halves.push(half);
            self.lengths.push(length);
        }
    }

    fn ends(&self) -> (f64, f64) {
        (self.lengths.first().copied().unwrap_or(0.0), self.lengths.last().copied().unwrap_or(0.0))
    }

    /// Point, half width and unit direction at a length.
    fn at(&self, length: f64) -> ([f64; 2], f64, [f64; 2]) {
        let after = self.lengths.partition_point(|l| *l < length).clamp(1, self.points.len() - 1);
        let (a, b) = (self.points[after - 1], self.points[after]);
        let step = self.lengths[after] - self.lengths[after - 1];
        let share = if step > 0.0 { ((length - self.lengths[after - 1]) / step).clamp(0.0, 1.0) } else { 0.0 };
        let half = self.halves[after - 1] + (self.halves[after] - self.halves[after - 1]) * share;
        ([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share], half, unit(a, b))
    }

    /// The band along the line between two lengths, `reach` pixels wider on either side.
    fn ribbon(&self, from: f64, to: f64, reach: f64, rings: &mut Parts) {
        if to - from < 1e-6 {
            return;
        }
        let first = self.lengths.partition_point(|l| *l <= from + 1e-9);
        let last = self.lengths.partition_point(|l| *l < to - 1e-9);
        let mut left = Vec::with_capacity(2 * (last - first + 2));
        let mut right = Vec::with_capacity(last - first + 2);
        let mut add = |[x, y]: [f64; 2], [nx, ny]: [f64; 2], half: f64| {
            let half = half + reach;
            left.push([x + nx * half, y + ny * half]);
            right.push([x - nx * half, y - ny * half]);
        };
        let (point, half, way) = self.at(from + 1e-9);
        add(point, [-way[1], way[0]], half);
        for index in first..last {
            add(self.points[index], self.normal(index), self.halves[index]);
        }
        let (point, half, way) = self.at(to);
        add(point, [-way[1], way[0]], half);
        left.extend(right.into_iter().rev());
        rings.push(&left, 0.0);
    }

    /// The normal at a vertex, longer where the line bends, so that both edges run on.
    fn normal(&self, index: usize) -> [f64; 2] {
        let here = self.points[index];
        let before = unit(self.points[index.saturating_sub(1)], here);
        let after = unit(here, self.points[(index + 1).min(self.points.len() - 1)]);
        let (sum_x, sum_y) = (before[0] + after[0], before[1] + after[1]);
        let length = sum_x.hypot(sum_y);
        if length < 1e-6 {
            return [-before[1], before[0]];
        }
        let cosine = length / 2.0;
        let stretch = (1.0 / cosine).min(MITRE);
        [-sum_y / length * stretch, sum_x / length * stretch]
    }

    /// A slim head with its tip at a length, bent with the line.
    fn head(&self, tip: f64, px_per_css: f64, rings: &mut Parts) {
        let (_, half, _) = self.at(tip);
        let length = half * 2.0 * HEAD_LENGTH + HEAD_EXTRA_PX * px_per_css;
        let (from, to) = self.ends();
        if tip - length < from || tip > to {
            return;
        }
        let (mut left, mut right) = (Vec::new(), Vec::new());
        // The base is hollow, as a notch; the line itself fills it.
        for share in [1.0, 0.75, 0.5, 0.25] {
            let ([x, y], _, way) = self.at(tip - length * share);
            let half = length * HEAD_SLIMNESS * share;
            left.push([x - way[1] * half, y + way[0] * half]);
            right.push([x + way[1] * half, y - way[0] * half]);
        }
        left.push(self.at(tip).0);
        left.extend(right.into_iter().rev());
        left.push(self.at(tip - length * 0.74).0);
        rings.push(&left, 0.0);
    }
}

fn unit(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx.hypot(dy);
    if length > 0.0 { [dx / length, dy / length] } else { [1.0, 0.0] }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIP: ClipBox = ClipBox { min: [0.0, -50.0], max: [300.0, 50.0] };

    fn flow(points: &[([f64; 2], f64)], head_spacing: f64) -> FlowLine {
        let mut flow = FlowLine::default();
        flow.begin(head_spacing, 1.0);
        flow.push(points, &CLIP);
        flow
    }

    fn area(ring: &[[f64; 2]]) -> f64 {
        (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()])).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0
    }

    #[test]
    fn a_band_narrows_as_its_half_widths_say() {
        let rings = flow(&[([0.0, 0.0], 4.0), ([100.0, 0.0], 2.0)], 0.0).rings(None);
        let (ring, _) = rings.iter().next().expect("one");
        assert_eq!(rings.iter().count(), 1);
        assert!((area(ring).abs() - 600.0).abs() < 1e-6, "{ring:?}");
    }

    #[test]
    fn dashes_keep_their_place_when_the_line_begins_outside() {
        let dash = Some(Dash { on: 6.0, off: 4.0 });
        let starts = |flow: &FlowLine| -> Vec<f64> {
            flow.rings(dash).iter().map(|(ring, _)| ring.iter().map(|p| p[0]).fold(f64::INFINITY, f64::min)).collect()
        };
        let seen = starts(&flow(&[([-1003.0, 0.0], 1.0), ([100.0, 0.0], 1.0)], 0.0));
        assert!((seen[0] - 0.0).abs() < 1e-6 && (seen[1] - 7.0).abs() < 1e-6 && (seen[2] - 17.0).abs() < 1e-6, "{seen:?}");
    }

    #[test]
    fn heads_stand_on_the_line_and_turn_the_same_way_as_the_band() {
        let rings = flow(&[([0.0, 0.0], 1.5), ([200.0, 0.0], 1.5), ([200.0, 40.0], 1.5)], 90.0).rings(None);
        let heads: Vec<_> = rings.iter().skip(1).map(|(ring, _)| ring.to_vec()).collect();
        assert_eq!(heads.len(), 3);
        assert!((heads[0][4][0] - 200.0).abs() < 1e-9 && (heads[0][4][1] - 26.0).abs() < 1e-9, "{:?}", heads[0]);
        let (band, _) = rings.iter().next().expect("the band");
        assert!(heads.iter().all(|head| area(head) * area(band) > 0.0), "one orientation, so that the nonzero rule joins them");
    }

    #[test]
    fn a_flow_whose_ends_are_both_outside_is_drawn() {
        let rings = flow(&[([-500.0, 0.0], 2.0), ([900.0, 0.0], 2.0)], 0.0).rings(None);
        let (ring, _) = rings.iter().next().expect("drawn");
        assert!((area(ring).abs() - 1_200.0).abs() < 1e-6);
    }
}
