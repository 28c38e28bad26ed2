//! All places within some distance of a line: surroundings of a port, of a canal, of a fairway.

use super::LonLat;
use super::great_circle::{MEAN_RADIUS_KM, angle_between, normalized};
use super::vector::{cross, dot, unit_vector};

const MEAN_RADIUS_M: f64 = MEAN_RADIUS_KM * 1000.0;

/// The places within some distance of a line or a point. Distances are on the sphere, right to half a percent.
#[derive(Clone, Debug)]
pub struct Zone {
    points: Vec<[f64; 3]>,
    within_m: f64,
    /// A point from which all of the zone lies within `reach_m`.
    middle: [f64; 3],
    reach_m: f64,
}

impl Zone {
    /// Around a line, whose legs are great circles, or around one position. Positions that are no numbers are left out.
    pub fn new(line: &[LonLat], within_m: f64) -> Self {
        let points: Vec<[f64; 3]> = line.iter().filter(|position| position.is_finite()).map(|position| unit_vector(*position)).collect();
        let sum = points.iter().fold([0.0; 3], |sum, point| [0, 1, 2].map(|i| sum[i] + point[i]));
        let middle = normalized(sum).unwrap_or([0.0, 0.0, 1.0]);
        let farthest = points.iter().map(|point| angle_between(middle, *point)).fold(0.0, f64::max);
        let longest_leg = points.windows(2).map(|leg| angle_between(leg[0], leg[1])).fold(0.0, f64::max);
        Self { points, within_m, middle, reach_m: (farthest + longest_leg / 2.0) * MEAN_RADIUS_M + within_m }
    }

    /// How far a position is from the zone in metres at least; below zero inside of it, then exactly.
    fn margin_m(&self, at: [f64; 3]) -> f64 {
        if self.points.is_empty() {
            return f64::INFINITY;
        }
        let far_m = angle_between(self.middle, at) * MEAN_RADIUS_M - self.reach_m;
        if far_m > 0.0 {
            return far_m;
        }
        let nearest = match self.points.as_slice() {
            [one] => angle_between(*one, at),
            many => many.windows(2).map(|leg| angle_to_arc(at, leg[0], leg[1])).fold(f64::INFINITY, f64::min),
        };
        nearest * MEAN_RADIUS_M - self.within_m
    }
}

/// How far a position is from the nearest of some zones in metres at least; below zero inside of one. Without zones it is infinite.
pub fn margin_m<'a>(zones: impl IntoIterator<Item = &'a Zone>, position: LonLat) -> f64 {
    let at = unit_vector(position);
    zones.into_iter().map(|zone| zone.margin_m(at)).fold(f64::INFINITY, f64::min)
}

/// The angle between a position and the nearest point of the arc from `a` to `b`.
fn angle_to_arc(at: [f64; 3], a: [f64; 3], b: [f64; 3]) -> f64 {
    let ends = angle_between(at, a).min(angle_between(at, b));
    let Some(normal) = normalized(cross(a, b)) else { return ends };
    let beside = dot(cross(normal, a), at) >= 0.0 && dot(cross(b, normal), at) >= 0.0;
    if beside { dot(normal, at).clamp(-1.0, 1.0).asin().abs() } else { ends }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::distance_m;

    #[test]
    fn margins_are_distances_to_the_line_less_the_width() {
        let canal = Zone::new(&[LonLat::new(0.0, 0.0), LonLat::new(1.0, 0.0), LonLat::new(1.0, 1.0)], 5_000.0);
        let off = |lon, lat| margin_m([&canal], LonLat::new(lon, lat));
        let degree_m = distance_m(LonLat::new(0.0, 0.0), LonLat::new(0.0, 1.0));
        assert!((off(0.5, 0.0) + 5_000.0).abs() < 1.0, "on the line");
        assert!((off(0.5, 0.02) - (0.02 * degree_m - 5_000.0)).abs() < 30.0, "{}", off(0.5, 0.02));
        assert!((off(1.0, 1.03) + 5_000.0 - 0.03 * degree_m).abs() < 30.0, "beyond its end");
        assert!(off(20.0, 0.0) > 1_000_000.0 && off(20.0, 0.0) <= 19.0 * 111_320.0);
    }

    #[test]
    fn a_zone_may_cross_the_antimeridian_or_be_nothing() {
        let zone = Zone::new(&[LonLat::new(179.0, 10.0), LonLat::new(-179.0, 10.0)], 2_000.0);
        assert!(margin_m([&zone], LonLat::new(180.0, 10.0)) < 0.0);
        assert!(margin_m([&zone], LonLat::new(0.0, 10.0)) > 0.0);
        let port = Zone::new(&[LonLat::new(19.08, 42.09)], 5_000.0);
        assert!(margin_m([&zone, &port], LonLat::new(19.1, 42.1)) < 0.0);
        assert_eq!(margin_m([&Zone::new(&[LonLat::new(f64::NAN, 0.0)], 9.0)], LonLat::new(0.0, 0.0)), f64::INFINITY);
        assert_eq!(margin_m([], LonLat::new(0.0, 0.0)), f64::INFINITY);
    }
}
