//! Cuts rings and lines at a box somewhat larger than the picture, so that no coordinate is ever far outside.

/// An upright box in pixels, y down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClipBox {
    /// Left and top.
    pub min: [f64; 2],
    /// Right and bottom.
    pub max: [f64; 2],
}

impl ClipBox {
    /// Whether the point lies inside or on the edge.
    pub fn contains(&self, point: [f64; 2]) -> bool {
        (0..2).all(|axis| (self.min[axis]..=self.max[axis]).contains(&point[axis]))
    }

    /// The part of the segment inside the box, as shares of its length (Liang–Barsky).
    pub(super) fn shares_inside(&self, from: [f64; 2], to: [f64; 2]) -> Option<(f64, f64)> {
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for axis in 0..2 {
            let delta = to[axis] - from[axis];
            for (delta, room) in [(-delta, from[axis] - self.min[axis]), (delta, self.max[axis] - from[axis])] {
                if delta == 0.0 {
                    if room < 0.0 {
                        return None;
                    }
                } else if delta < 0.0 {
                    enter = enter.max(room / delta);
                } else {
                    leave = leave.min(room / delta);
                }
            }
        }
        (enter <= leave).then_some((enter, leave))
    }

    fn clamped(&self, point: [f64; 2]) -> [f64; 2] {
        std::array::from_fn(|axis| point[axis].clamp(self.min[axis], self.max[axis]))
    }
}

/// The ring's part inside the box (Sutherland–Hodgman); pieces stay joined along the box's edge, which suits fills and lies
/// outside the picture. `ring` and the result do not repeat the first point.
pub fn clip_ring(ring: &mut Vec<[f64; 2]>, scratch: &mut Vec<[f64; 2]>, clip: &ClipBox) {
    for axis in 0..2 {
        for (limit, sign) in [(clip.min[axis], 1.0), (clip.max[axis], -1.0)] {
            let room = |p: [f64; 2]| (p[axis] - limit) * sign;
            scratch.clear();
            let Some(&last) = ring.last() else { return };
            let mut previous = last;
            for &point in ring.iter() {
                let (before, now) = (room(previous), room(point));
                if (before >= 0.0) != (now >= 0.0) {
                    let share = before / (before - now);
                    let mut crossing = [0.0; 2];
                    crossing[axis] = limit;
                    crossing[1 - axis] = previous[1 - axis] + (point[1 - axis] - previous[1 - axis]) * share;
                    scratch.push(crossing);
                }
                if now >= 0.0 {
                    scratch.push(point);
                }
                previous = point;
            }
            std::mem::swap(ring, scratch);
        }
    }
}

/// Hands out the runs of the line inside the box: their points and the length in pixels from the line's start to the run's,
/// which keeps dashes where they are when the view moves.
pub fn clip_line(line: &[[f64; 2]], clip: &ClipBox, mut emit: impl FnMut(&[[f64; 2]], f64)) {
    if line.iter().all(|p| clip.contains(*p)) {
        if line.len() > 1 {
            emit(line, 0.0);
        }
        return;
    }
    let (mut run, mut run_start, mut length) = (Vec::new(), 0.0, 0.0);
    for pair in line.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let segment = ((to[0] - from[0]).powi(2) + (to[1] - from[1]).powi(2)).sqrt();
        if let Some((enter, leave)) = clip.shares_inside(from, to) {
            let at = |share: f64| clip.clamped([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
            if run.is_empty() {
                run.push(at(enter));
                run_start = length + segment * enter;
            }
            run.push(at(leave));
            if leave < 1.0 {
                emit(&run, run_start);
                run.clear();
            }
        } else if run.len() > 1 {
            emit(&run, run_start);
            run.clear();
        }
        length += segment;
    }
    if run.len() > 1 {
        emit(&run, run_start);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BOX: ClipBox = ClipBox { min: [0.0, 0.0], max: [10.0, 10.0] };

    fn runs(line: &[[f64; 2]]) -> Vec<(Vec<[f64; 2]>, f64)> {
        let mut found = Vec::new();
        clip_line(line, &BOX, |points, start| found.push((points.to_vec(), start)));
        found
    }

    fn area(ring: &[[f64; 2]]) -> f64 {
        (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()])).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0
    }

    #[test]
    fn a_line_that_leaves_and_returns_gives_two_runs_with_their_distance() {
        let found = runs(&[[5.0, 5.0], [5.0, 15.0], [8.0, 15.0], [8.0, 5.0]]);
        assert_eq!(found, [(vec![[5.0, 5.0], [5.0, 10.0]], 0.0), (vec![[8.0, 10.0], [8.0, 5.0]], 18.0)]);
    }

    #[test]
    fn a_line_across_the_box_is_cut_on_both_sides() {
        assert_eq!(runs(&[[-10.0, 5.0], [1e12, 5.0]]), [(vec![[0.0, 5.0], [10.0, 5.0]], 10.0)]);
        assert!(runs(&[[-10.0, 20.0], [20.0, 20.0]]).is_empty());
    }

    #[test]
    fn a_ring_around_the_box_becomes_the_box() {
        let mut ring = vec![[-1e9, -1e9], [1e9, -1e9], [1e9, 1e9], [-1e9, 1e9]];
        clip_ring(&mut ring, &mut Vec::new(), &BOX);
        assert_eq!(area(&ring), 100.0);
        let mut outside = vec![[20.0, 20.0], [30.0, 20.0], [30.0, 30.0]];
        clip_ring(&mut outside, &mut Vec::new(), &BOX);
        assert!(outside.is_empty());
    }

    fn points() -> impl Strategy<Value = Vec<[f64; 2]>> {
        let coordinate = prop_oneof![-30.0..40.0_f64, -1e15..1e15_f64, Just(0.0), Just(10.0)];
        prop::collection::vec([coordinate.clone(), coordinate], 0..12)
    }

    proptest! {
        #[test]
        fn nothing_is_left_outside(line in points()) {
            let near = ClipBox { min: [-0.001, -0.001], max: [10.001, 10.001] };
            for (run, start) in runs(&line) {
                prop_assert!(run.len() > 1 && start >= 0.0);
                prop_assert!(run.iter().all(|p| near.contains(*p)));
            }
            let mut ring = line.clone();
            clip_ring(&mut ring, &mut Vec::new(), &BOX);
            prop_assert!(ring.iter().all(|p| p.iter().all(|c| c.is_finite())));
            prop_assert!(area(&ring).abs() <= 100.0 * 12.0);
        }

        #[test]
        fn what_lies_inside_stays_as_it_is(line in prop::collection::vec([0.0..10.0_f64, 0.0..10.0_f64], 2..12)) {
            prop_assert_eq!(runs(&line), vec![(line.clone(), 0.0)]);
            let mut ring = line.clone();
            clip_ring(&mut ring, &mut Vec::new(), &BOX);
            prop_assert_eq!(ring, line);
        }
    }
}
