//! Names along curves: seas along the middle of their water, corridors along their line.

use std::sync::Arc;

use super::room::{Bounds, Spot};
use super::setting::letters;
use crate::geodesy::Projected;
use crate::scene::{FontFace, PlaneView, ScenePoint, TurnedLetter};
use crate::typography::{Letter, MeasuredCurve, along};

/// A name on a curve of the plane.
#[derive(Clone, Debug)]
pub(super) struct OnCurve {
    /// The curve, in the direction of reading.
    pub(super) path: Arc<[Projected]>,
    /// Way along it to the middle of the name, in plane metres.
    pub(super) middle_m: f64,
    /// How far below the curve the baseline lies, in pixels.
    pub(super) drop: f32,
    /// Width of the name with its spacing, in pixels.
    pub(super) width: f32,
    /// Em size in pixels.
    pub(super) size: f32,
    /// Extra space between letters in pixels.
    pub(super) spacing: f32,
}

/// A curve of the plane in pixels of a level, relative to its start.
pub(super) struct LevelCurve {
    origin: Spot,
    curve: MeasuredCurve,
    px_per_m: f64,
}

impl LevelCurve {
    /// `None` for a curve without points.
    pub(super) fn new(path: &[Projected], resolution: f64) -> Option<Self> {
        let origin = path.first()?;
        let place = |point: &Projected| {
            ScenePoint::new(((point.x_m - origin.x_m) / resolution) as f32, ((origin.y_m - point.y_m) / resolution) as f32)
        };
        let curve = MeasuredCurve::new(path.iter().map(place));
        Some(Self { origin: Spot::new(origin.x_m / resolution, -origin.y_m / resolution), curve, px_per_m: 1.0 / resolution })
    }

    /// The letters of a name, relative to the start of the curve.
    pub(super) fn letters(&self, name: &OnCurve, own: &[Letter]) -> Option<Vec<TurnedLetter>> {
        name.stand(own, &self.curve, self.px_per_m)
    }

    /// Where its start lies on the level.
    pub(super) const fn origin(&self) -> Spot {
        self.origin
    }

    /// The place `aside` pixels below the curve (negative: above it) after `way` pixels.
    pub(super) fn beside(&self, way: f64, aside: f32) -> Option<Spot> {
        let (a, b) = (self.curve.at(way as f32 - 1.0)?, self.curve.at(way as f32 + 1.0)?);
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length = dx.hypot(dy).max(1e-6);
        let (x, y) = (f32::midpoint(a.x, b.x) - dy / length * aside, f32::midpoint(a.y, b.y) + dx / length * aside);
        Some(Spot::new(self.origin.x + f64::from(x), self.origin.y + f64::from(y)))
    }
}

impl OnCurve {
    fn stand(&self, own: &[Letter], curve: &MeasuredCurve, px_per_m: f64) -> Option<Vec<TurnedLetter>> {
        let start = (self.middle_m * px_per_m) as f32 - self.width / 2.0;
        along(own, curve, start, (self.size, self.spacing, self.drop))
    }

    /// The letters on the page.
    pub(super) fn on_page(&self, text: &str, face: FontFace, view: &PlaneView) -> Option<Vec<TurnedLetter>> {
        let curve = MeasuredCurve::new(self.path.iter().map(|point| view.scene_from_projected(*point)));
        self.stand(&letters(text, face), &curve, 1.0 / view.resolution_m_per_px)
    }
}

/// The middle of a letter that stands at `letter`, `up` pixels above its baseline, on a level.
pub(super) fn above_letter(origin: Spot, letter: &TurnedLetter, advance: f32, up: f32) -> Spot {
    let (sin, cos) = letter.angle_deg.to_radians().sin_cos();
    let (x, y) = (cos * advance / 2.0 + sin * up, sin * advance / 2.0 - cos * up);
    Spot::new(origin.x + f64::from(letter.position.x + x), origin.y + f64::from(letter.position.y + y))
}

/// The boxes around turned letters: each with the space to the next.
pub(super) fn boxes_of(origin: Spot, placed: &[TurnedLetter], own: &[Letter], (size, spacing): (f32, f32)) -> Vec<Bounds> {
    let boxes = placed.iter().zip(own).filter(|(letter, _)| !letter.text.trim().is_empty()).map(|(letter, measure)| {
        let advance = measure.advance_em * size;
        let center = above_letter(origin, letter, advance, 0.3 * size);
        let (sin, cos) = letter.angle_deg.to_radians().sin_cos();
        let (half_width, half_height) = ((advance + spacing.min(size * 0.5)) / 2.0, size * 0.5);
        let across = cos.abs() * half_width + sin.abs() * half_height;
        let down = sin.abs() * half_width + cos.abs() * half_height;
        Bounds::around(center, f64::from(across), f64::from(down))
    });
    boxes.collect()
}

/// A smooth curve through points of the plane (Catmull–Rom), and its length in metres.
pub(in crate::cartography) fn smooth(points: &[Projected]) -> Arc<[Projected]> {
    const STEPS: u8 = 12;
    if points.len() < 3 {
        return points.into();
    }
    let mut curve = Vec::with_capacity(points.len() * usize::from(STEPS));
    for index in 0..points.len() - 1 {
        let (b, c) = (points[index], points[index + 1]);
        // Beyond the ends the curve goes on as it bends.
        let a = if index > 0 {
            points[index - 1]
        } else {
            Projected::new(3.0 * b.x_m - 3.0 * c.x_m + points[2].x_m, 3.0 * b.y_m - 3.0 * c.y_m + points[2].y_m)
        };
        let d = points.get(index + 2).copied().unwrap_or_else(|| {
            let before = points[index - 1];
            Projected::new(3.0 * c.x_m - 3.0 * b.x_m + before.x_m, 3.0 * c.y_m - 3.0 * b.y_m + before.y_m)
        });
        for step in 0..STEPS {
            let t = f64::from(step) / f64::from(STEPS);
            let mix = |a: f64, b: f64, c: f64, d: f64| {
                0.5 * (2.0 * b + (c - a) * t + (2.0 * a - 5.0 * b + 4.0 * c - d) * t * t + (3.0 * b - a - 3.0 * c + d) * t * t * t)
            };
            curve.push(Projected::new(mix(a.x_m, b.x_m, c.x_m, d.x_m), mix(a.y_m, b.y_m, c.y_m, d.y_m)));
        }
    }
    curve.extend(points.last());
    curve.into()
}

/// Length of a line on the plane in metres.
pub(super) fn length_m(points: &[Projected]) -> f64 {
    points.windows(2).map(|pair| (pair[1].x_m - pair[0].x_m).hypot(pair[1].y_m - pair[0].y_m)).sum()
}

/// A stretch of a line on which a name may stand.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// The line there and a little beyond, in the direction of reading.
    pub(super) path: Arc<[Projected]>,
    /// Way along `path` to the middle of the stretch in metres.
    pub(super) middle_m: f64,
    /// Which stretch of its line, counted from the middle; tells the stretches apart.
    pub(super) number: i64,
}

/// Stretches of a line at regular distances from its middle, as far as their middle lies in `around` (pixels of the level).
/// `reach` is half the length of a stretch, `every` the distance between their middles, both in pixels.
pub(super) fn stretches(line: &[Projected], resolution: f64, (reach, every): (f64, f64), around: &Bounds) -> Vec<Stretch> {
    let mut ways = Vec::with_capacity(line.len());
    let mut way = 0.0;
    for (index, point) in line.iter().enumerate() {
        if index > 0 {
            way += (point.x_m - line[index - 1].x_m).hypot(point.y_m - line[index - 1].y_m);
        }
        ways.push(way);
    }
    let (reach_m, every_m) = (reach * resolution, every * resolution);
    if line.len() < 2 || way < 2.0 * reach_m || every_m <= 0.0 || !way.is_finite() {
        return Vec::new();
    }
    let at = |way: f64| {
        let next = ways.partition_point(|w| *w <= way).clamp(1, line.len() - 1);
        let (a, b) = (line[next - 1], line[next]);
        let step = ways[next] - ways[next - 1];
        let share = if step > 0.0 { ((way - ways[next - 1]) / step).clamp(0.0, 1.0) } else { 0.0 };
        Projected::new(a.x_m + (b.x_m - a.x_m) * share, a.y_m + (b.y_m - a.y_m) * share)
    };
    // Only stretches on the part of the line that comes near are looked at.
    let near = |(index, pair): (usize, &[Projected])| {
        let spot = |point: Projected| Spot::new(point.x_m / resolution, -point.y_m / resolution);
        let bounds = Bounds::EMPTY.including(spot(pair[0])).including(spot(pair[1])).grown(1.0);
        bounds.meets(around).then(|| (ways[index], ways[index + 1]))
    };
    let nearby = line
        .windows(2)
        .enumerate()
        .filter_map(near)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |all, way| (all.0.min(way.0), all.1.max(way.1)));
    if nearby.0 > nearby.1 {
        return Vec::new();
    }
    let side = ((way / 2.0 - reach_m) / every_m).floor() as i64;
    let number_at = |at: f64| (at - way / 2.0) / every_m;
    let numbers = (number_at(nearby.0).floor() as i64).max(-side)..=(number_at(nearby.1).ceil() as i64).min(side);
    let mut found = Vec::new();
    for number in numbers {
        let middle = way / 2.0 + number as f64 * every_m;
        let place = at(middle);
        if !around.contains(Spot::new(place.x_m / resolution, -place.y_m / resolution)) {
            continue;
        }
        let (from, to) = (middle - reach_m, middle + reach_m);
        let inner = line.iter().zip(&ways).filter(|(_, way)| (from..to).contains(*way)).map(|(point, _)| *point);
        let mut path: Vec<Projected> = std::iter::once(at(from)).chain(inner).chain(std::iter::once(at(to))).collect();
        if path[0].x_m > path[path.len() - 1].x_m {
            path.reverse();
        }
        found.push(Stretch { path: path.into(), middle_m: reach_m, number });
    }
    found
}

/// Letters that turn more than this from one to the next cannot be read along a line, in degrees.
const SHARPEST_TURN_DEG: f32 = 13.0;
/// A name bends by no more than this as a whole, in degrees.
const WIDEST_BEND_DEG: f32 = 42.0;

/// Whether a name on these letters reads well: no sharp turn, no wide bend, not upside down.
pub(super) fn is_smooth(placed: &[TurnedLetter]) -> bool {
    let turn = |a: f32, b: f32| (a - b + 540.0).rem_euclid(360.0) - 180.0;
    let angles = || placed.iter().map(|letter| letter.angle_deg);
    let low = angles().fold(f32::INFINITY, f32::min);
    let high = angles().fold(f32::NEG_INFINITY, f32::max);
    high - low <= WIDEST_BEND_DEG
        && angles().all(|angle| angle.abs() <= 92.0)
        && placed.windows(2).all(|pair| turn(pair[0].angle_deg, pair[1].angle_deg).abs() <= SHARPEST_TURN_DEG)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smooth_curve_goes_through_its_points_and_has_no_corner() {
        let points = [Projected::new(0.0, 0.0), Projected::new(100.0, 40.0), Projected::new(200.0, 0.0)];
        let curve = smooth(&points);
        for point in points {
            assert!(curve.iter().any(|p| (p.x_m - point.x_m).hypot(p.y_m - point.y_m) < 1e-9));
        }
        let turn = |w: &[Projected]| {
            let (a, b) = ((w[1].x_m - w[0].x_m, w[1].y_m - w[0].y_m), (w[2].x_m - w[1].x_m, w[2].y_m - w[1].y_m));
            (a.0 * b.1 - a.1 * b.0).atan2(a.0 * b.0 + a.1 * b.1).to_degrees()
        };
        assert!(curve.windows(3).all(|w| turn(w) < 0.0 && turn(w) > -12.0), "it bends one way, gently");
    }

    #[test]
    fn stretches_stay_where_they_are_when_the_part_that_is_looked_at_moves() {
        let line: Vec<Projected> =
            (0..400).map(|i| Projected::new(f64::from(i) * 5_000.0, 40_000.0 * (f64::from(i) / 25.0).sin())).collect();
        let whole = stretches(&line, 1_000.0, (60.0, 300.0), &Bounds::new(-1e6, -1e6, 2e6, 2e6));
        let part = stretches(&line, 1_000.0, (60.0, 300.0), &Bounds::new(400.0, -500.0, 700.0, 1_000.0));
        assert!(whole.len() > part.len() && part.len() >= 2);
        for stretch in &part {
            let same = whole.iter().find(|other| other.number == stretch.number).expect("it is there");
            assert_eq!(same.path, stretch.path);
        }
        assert!(stretches(&line[..3], 1_000.0, (60.0, 300.0), &Bounds::new(-1e6, -1e6, 2e6, 2e6)).is_empty(), "too short");
    }

    #[test]
    fn names_read_from_left_to_right_on_lines_that_run_to_the_west() {
        let west = [Projected::new(500_000.0, 0.0), Projected::new(-500_000.0, 100_000.0)];
        let found = stretches(&west, 1_000.0, (60.0, 300.0), &Bounds::new(-1e6, -1e6, 2e6, 2e6));
        let name = OnCurve { path: found[0].path.clone(), middle_m: found[0].middle_m, drop: 0.0, width: 60.0, size: 12.0, spacing: 0.0 };
        let stand = |name: &OnCurve| {
            let curve = LevelCurve::new(&name.path, 1_000.0).expect("it has points");
            curve.letters(name, &letters("Santos", FontFace::Regular)).expect("it fits")
        };
        let placed = stand(&name);
        assert!(is_smooth(&placed) && placed.windows(2).all(|pair| pair[0].position.x < pair[1].position.x));
        let corner = [Projected::new(-200_000.0, 0.0), Projected::new(0.0, 0.0), Projected::new(50_000.0, -200_000.0)];
        let bent = OnCurve { path: corner.as_slice().into(), middle_m: 200_000.0, ..name };
        assert!(!is_smooth(&stand(&bent)), "not around a corner");
    }
}
