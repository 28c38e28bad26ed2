//! Levels of detail: how far a view must be zoomed in before a vertex makes a difference.
//!
//! Each vertex carries the distance by which a line without it would stray (Douglas & Peucker 1973), so that every resolution reads its own
//! generalized line from the same array: no second copy, no jump between levels.

use super::PlanePoint;

/// The code of vertices that every resolution needs: the ends of a line.
pub(super) const ALWAYS: u8 = u8::MAX;
/// Codes per doubling of the distance.
const STEPS: f64 = 4.0;
/// Lines are cut into stretches of this many vertices, whose ends always stay: the work grows with the length of a line, not with its square.
const STRETCH: usize = 1_024;

/// The code of a distance in centimetres; the larger, the sooner a vertex is seen.
fn code(distance_cm: f64) -> u8 {
    if distance_cm < 1.0 {
        return 0;
    }
    // The cast saturates; 254 would be farther than the world is wide.
    (distance_cm.log2() * STEPS + 1.0).min(254.0) as u8
}

/// Vertices with at least this code stray from the line by more than the tolerance, in plane metres.
pub fn detail_at(tolerance_m: f64) -> u8 {
    code(tolerance_m * 100.0)
}

/// Appends one code for each vertex of the line.
pub(super) fn append_codes(line: &[PlanePoint], codes: &mut Vec<u8>) {
    let begin = codes.len();
    codes.resize(begin + line.len(), 0);
    let codes = &mut codes[begin..];
    let mut ranges = Vec::new();
    let mut first = 0;
    while first < line.len() {
        let last = (first + STRETCH).min(line.len() - 1);
        codes[first] = ALWAYS;
        codes[last] = ALWAYS;
        ranges.push((first, last, ALWAYS - 1));
        while let Some((a, b, highest)) = ranges.pop() {
            let Some((farthest, distance_cm)) = farthest(line, a, b) else { continue };
            // Never more than its parent: then whoever shows a vertex shows all that it was measured against.
            let code = code(distance_cm).min(highest);
            codes[farthest] = code;
            if code > 0 {
                ranges.push((a, farthest, code));
                ranges.push((farthest, b, code));
            }
        }
        if last == first {
            break;
        }
        first = last;
        if last + 1 == line.len() {
            break;
        }
    }
}

/// The vertex between two that is farthest from the line through them, and its distance in centimetres.
fn farthest(line: &[PlanePoint], a: usize, b: usize) -> Option<(usize, f64)> {
    let (ax, ay) = (f64::from(line[a].x_cm), f64::from(line[a].y_cm));
    let (dx, dy) = (f64::from(line[b].x_cm) - ax, f64::from(line[b].y_cm) - ay);
    let squared = dx * dx + dy * dy;
    let inverse = if squared > 0.0 { 1.0 / squared } else { 0.0 };
    let mut best = None;
    let mut most = -1.0;
    for (index, point) in line.iter().enumerate().take(b).skip(a + 1) {
        let (px, py) = (f64::from(point.x_cm) - ax, f64::from(point.y_cm) - ay);
        // The distance to the segment, not to the endless line: a spike beyond an end counts.
        let along = ((px * dx + py * dy) * inverse).clamp(0.0, 1.0);
        let (ex, ey) = (px - along * dx, py - along * dy);
        let away = ex * ex + ey * ey;
        if away > most {
            most = away;
            best = Some(index);
        }
    }
    best.map(|index| (index, most.sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn codes(line: &[PlanePoint]) -> Vec<u8> {
        let mut codes = Vec::new();
        append_codes(line, &mut codes);
        codes
    }

    fn point(x_cm: i32, y_cm: i32) -> PlanePoint {
        PlanePoint { x_cm, y_cm }
    }

    #[test]
    fn ends_always_stay_and_what_lies_on_a_straight_line_never() {
        let line: Vec<_> = (0..50).map(|step| point(step * 1_000, step * 500)).collect();
        let codes = codes(&line);
        assert_eq!((codes[0], codes[49]), (ALWAYS, ALWAYS));
        assert!(codes[1..49].iter().all(|code| *code == 0));
    }

    #[test]
    fn a_cape_of_ten_kilometres_is_seen_from_afar_and_its_pebbles_are_not() {
        let line = [point(0, 0), point(100_000, 300), point(1_000_000, 1_000_000), point(2_000_000, 0)];
        let codes = codes(&line);
        assert!(codes[2] >= detail_at(9_000.0) && codes[1] < codes[2]);
        assert!(codes[2] < detail_at(30_000.0));
    }

    #[test]
    fn one_vertex_or_none_is_no_trouble() {
        assert!(codes(&[]).is_empty());
        assert_eq!(codes(&[point(1, 2)]), [ALWAYS]);
        assert_eq!(codes(&[point(1, 2), point(1, 2)]), [ALWAYS, ALWAYS]);
    }

    #[test]
    fn very_long_lines_take_no_longer_for_each_vertex() {
        // A comb is the worst case of the method: every vertex is as far as any other.
        let comb: Vec<_> = (0..200_000).map(|step| point(step * 10, (step % 2) * 100_000)).collect();
        assert_eq!(codes(&comb).len(), comb.len());
    }

    proptest! {
        /// The line that a tolerance leaves strays from every vertex by no more than the tolerance and the width of a code.
        #[test]
        fn a_generalized_line_keeps_its_tolerance(
            steps in proptest::collection::vec((-9_000_i32..9_000, -9_000_i32..9_000), 2..300),
            tolerance_m in 1.0_f64..200.0,
        ) {
            let mut at = (0, 0);
            let line: Vec<_> = steps.iter().map(|(dx, dy)| { at = (at.0 + dx, at.1 + dy); point(at.0, at.1) }).collect();
            let codes = codes(&line);
            let kept: Vec<usize> = (0..line.len()).filter(|index| codes[*index] >= detail_at(tolerance_m)).collect();
            prop_assert_eq!((kept.first().copied(), kept.last().copied()), (Some(0), Some(line.len() - 1)));
            for pair in kept.windows(2) {
                if let Some((_, distance_cm)) = farthest(&line, pair[0], pair[1]) {
                    prop_assert!(distance_cm <= tolerance_m * 100.0 * 1.2 + 1.0, "{} cm at {} m", distance_cm, tolerance_m);
                }
            }
        }
    }
}
