//! Great circles and distances.

use std::borrow::Cow;

use geo::{Distance as _, Geodesic};

use super::LonLat;
use super::vector::{cross, dot, lon_lat_from_vector, unit_vector};

/// Metres in one international nautical mile.
const METRES_PER_NAUTICAL_MILE: f64 = 1852.0;

/// Mean earth radius in kilometres (IUGG R₁); only steps along an arc depend on it, no distance does.
pub(super) const MEAN_RADIUS_KM: f64 = 6371.0088;

/// Distance in metres along the geodesic of the WGS 84 ellipsoid (Karney 2013).
///
/// ```
/// use sealane::geodesy::{LonLat, distance_m};
/// // One minute of latitude at 45° north: 1852.2 m.
/// let minute = distance_m(LonLat::new(0.0, 45.0), LonLat::new(0.0, 45.0 + 1.0 / 60.0));
/// assert!((minute - 1852.2).abs() < 0.1);
/// ```
pub fn distance_m(from: LonLat, to: LonLat) -> f64 {
    Geodesic.distance(geo::Point::new(from.lon_deg, from.lat_deg), geo::Point::new(to.lon_deg, to.lat_deg))
}

/// Length in nautical miles of a line whose parts are geodesics of WGS 84.
pub fn length_nm(line: &[LonLat]) -> f64 {
    let length_m: f64 = line.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum();
    length_m / METRES_PER_NAUTICAL_MILE
}

/// The great circle from `from` to `to` on the sphere, both ends included, with steps of at most `max_step_km` kilometres.
///
/// Longitudes are in −180..180, so neighbors may jump across ±180°. Antipodes have no one shortest way: the arc then runs by the north pole.
pub fn great_circle(from: LonLat, to: LonLat, max_step_km: f64) -> Vec<LonLat> {
    let (a, b) = (unit_vector(from), unit_vector(to));
    let angle = angle_between(a, b);
    let steps = (angle * MEAN_RADIUS_KM / max_step_km.max(0.1)).ceil().clamp(1.0, 400_000.0);
    // The direction at `from`, at right angles to it, towards `to`.
    let towards = normalized(rejected(b, a)).or_else(|| normalized(rejected([0.0, 0.0, 1.0], a))).unwrap_or([1.0, 0.0, 0.0]);
    let mut arc = vec![from];
    let mut step = 1.0;
    while step < steps {
        let (sin, cos) = (angle * step / steps).sin_cos();
        arc.push(lon_lat_from_vector([0, 1, 2].map(|i| a[i] * cos + towards[i] * sin)));
        step += 1.0;
    }
    arc.push(to);
    arc
}

/// Legs up to this length may be drawn straight, kilometres: they stray from their great circle by 200 m at 45° of latitude.
const STRAIGHT_LEG_KM: f64 = 100.0;

/// A line whose long legs follow their great circles, in steps of at most 100 km; borrowed when it has no long leg.
pub fn along_great_circles(line: &[LonLat]) -> Cow<'_, [LonLat]> {
    let is_long = |leg: &[LonLat]| {
        // On most legs this says enough: a degree is 111 km at most.
        let (north_deg, east_deg) = ((leg[1].lat_deg - leg[0].lat_deg).abs(), (leg[1].lon_deg - leg[0].lon_deg).abs());
        let finite = leg[0].is_finite() && leg[1].is_finite();
        finite
            && north_deg.hypot(east_deg) * 111.4 > STRAIGHT_LEG_KM
            && angle_between(unit_vector(leg[0]), unit_vector(leg[1])) * MEAN_RADIUS_KM > STRAIGHT_LEG_KM
    };
    if !line.windows(2).any(is_long) {
        return Cow::Borrowed(line);
    }
    let mut followed = vec![line[0]];
    for leg in line.windows(2) {
        if is_long(leg) {
            followed.extend(great_circle(leg[0], leg[1], STRAIGHT_LEG_KM).into_iter().skip(1));
        } else {
            followed.push(leg[1]);
        }
    }
    Cow::Owned(followed)
}

/// The part of `v` at right angles to the unit vector `axis`.
fn rejected(v: [f64; 3], axis: [f64; 3]) -> [f64; 3] {
    let along = dot(v, axis);
    [0, 1, 2].map(|i| v[i] - along * axis[i])
}

pub(super) fn normalized(v: [f64; 3]) -> Option<[f64; 3]> {
    let length = dot(v, v).sqrt();
    (length > 1e-12).then(|| v.map(|part| part / length))
}

pub(super) fn angle_between(a: [f64; 3], b: [f64; 3]) -> f64 {
    let across = cross(a, b);
    dot(across, across).sqrt().atan2(dot(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_of_the_equator_is_known() {
        // WGS 84: a · π/2 = 10 018 754.17 m.
        let quarter = distance_m(LonLat::new(0.0, 0.0), LonLat::new(90.0, 0.0));
        assert!((quarter - 10_018_754.171).abs() < 0.01, "{quarter}");
        assert!((length_nm(&[LonLat::new(0.0, 0.0), LonLat::new(45.0, 0.0), LonLat::new(90.0, 0.0)]) - quarter / 1852.0).abs() < 1e-6);
    }

    #[test]
    fn an_arc_has_even_steps_and_keeps_its_ends() {
        let (from, to) = (LonLat::new(-79.9, -2.2), LonLat::new(18.4, 42.4));
        let arc = great_circle(from, to, 100.0);
        assert_eq!((arc[0], arc[arc.len() - 1]), (from, to));
        let longest =
            arc.windows(2).map(|pair| angle_between(unit_vector(pair[0]), unit_vector(pair[1])) * MEAN_RADIUS_KM).fold(0.0, f64::max);
        assert!((99.0..=100.0 + 1e-6).contains(&longest), "{longest}");
    }

    #[test]
    fn an_arc_may_cross_the_antimeridian_and_the_pole() {
        let pacific = great_circle(LonLat::new(170.0, 10.0), LonLat::new(-170.0, 10.0), 50.0);
        assert!(pacific.iter().all(|p| p.lon_deg.abs() >= 170.0 - 1e-9 && p.lat_deg >= 10.0 - 1e-9));
        let over_the_pole = great_circle(LonLat::new(0.0, 80.0), LonLat::new(180.0, 80.0), 50.0);
        assert!(over_the_pole.iter().any(|p| p.lat_deg > 89.7));
    }

    #[test]
    fn long_legs_follow_their_great_circles_and_short_ones_stay() {
        let line = [(0.0, 60.0), (0.5, 60.0), (90.0, 60.0)].map(|(lon, lat)| LonLat::new(lon, lat));
        let followed = along_great_circles(&line);
        assert_eq!((followed[0], followed[1], followed[followed.len() - 1]), (line[0], line[1], line[2]));
        assert!(followed.len() > 45 && followed.iter().any(|at| at.lat_deg > 67.0));
        assert!(matches!(along_great_circles(&line[..2]), Cow::Borrowed(_)));
        assert!(matches!(along_great_circles(&[line[0], LonLat::new(f64::NAN, 0.0)]), Cow::Borrowed(_)));
        assert!(along_great_circles(&[]).is_empty());
    }

    #[test]
    fn equal_and_antipodal_ends_give_finite_arcs() {
        let here = LonLat::new(12.0, 41.0);
        assert_eq!(great_circle(here, here, 10.0), vec![here, here]);
        let there = LonLat::new(-168.0, -41.0);
        assert!(great_circle(here, there, 500.0).iter().all(|p| p.lon_deg.is_finite() && p.lat_deg.is_finite()));
    }
}
