//! Lines of constant bearing, and bearings.

use geo::{Bearing as _, Geodesic};

use super::{LonLat, distance_m, wrap_lon_deg};

/// Nearer to a pole a line of constant bearing winds around it for ever.
const MAX_LAT_DEG: f64 = 89.9;

/// The rhumb line from `from` to `to`, the short way round, both ends included, with steps of at most about `max_step_km` kilometres:
/// one bearing all the way, a straight line on a Mercator chart.
///
/// Longitudes are in −180..180, so neighbors may jump across ±180°.
pub fn rhumb_line(from: LonLat, to: LonLat, max_step_km: f64) -> Vec<LonLat> {
    let steps = (distance_m(from, to) / 1_000.0 / max_step_km.max(0.1)).ceil().clamp(1.0, 100_000.0);
    let (north_from, north_to) = (mercator_north(from.lat_deg), mercator_north(to.lat_deg));
    let east = wrap_lon_deg(to.lon_deg - from.lon_deg);
    let mut line = vec![from];
    let mut step = 1.0;
    while step < steps {
        let share = step / steps;
        let lat_deg = (north_from + (north_to - north_from) * share).tanh().asin().to_degrees();
        line.push(LonLat::new(wrap_lon_deg(from.lon_deg + east * share), lat_deg));
        step += 1.0;
    }
    line.push(to);
    line
}

/// How far north a Mercator chart draws a latitude, in radii of the sphere.
fn mercator_north(lat_deg: f64) -> f64 {
    lat_deg.clamp(-MAX_LAT_DEG, MAX_LAT_DEG).to_radians().sin().atanh()
}

/// The bearing at `from` of the geodesic of WGS 84 to `to`, degrees clockwise from true north in 0..360; `None` when the two are one.
pub fn initial_bearing_deg(from: LonLat, to: LonLat) -> Option<f64> {
    let bearing = Geodesic.bearing(geo::Point::new(from.lon_deg, from.lat_deg), geo::Point::new(to.lon_deg, to.lat_deg));
    (distance_m(from, to) > 0.0 && bearing.is_finite()).then(|| bearing.rem_euclid(360.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rhumb_line_is_straight_on_a_mercator_chart() {
        let (from, to) = (LonLat::new(-79.9, -2.2), LonLat::new(18.4, 42.4));
        let line = rhumb_line(from, to, 100.0);
        assert_eq!((line[0], line[line.len() - 1]), (from, to));
        let slope = |p: &LonLat| (mercator_north(p.lat_deg) - mercator_north(from.lat_deg)) / (p.lon_deg - from.lon_deg);
        assert!(line[1..].iter().all(|p| (slope(p) - slope(&to)).abs() < 1e-9));
        let length_m: f64 = line.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum();
        assert!(length_m > distance_m(from, to) * 1.005, "a great circle is shorter");
        assert!(line.windows(2).all(|pair| distance_m(pair[0], pair[1]) < 140_000.0));
    }

    #[test]
    fn it_keeps_its_parallel_and_takes_the_short_way_over_the_date_line() {
        let line = rhumb_line(LonLat::new(170.0, 40.0), LonLat::new(-170.0, 40.0), 50.0);
        assert!(line.iter().all(|p| (p.lat_deg - 40.0).abs() < 1e-9 && p.lon_deg.abs() >= 170.0 - 1e-9));
        let pole = rhumb_line(LonLat::new(0.0, 0.0), LonLat::new(10.0, 90.0), 500.0);
        assert!(pole.iter().all(|p| p.is_finite()));
    }

    #[test]
    fn bearings_are_true_and_three_digit() {
        let here = LonLat::new(10.0, 0.0);
        let close = |to: LonLat, wanted: f64| (initial_bearing_deg(here, to).expect("two places") - wanted).abs() < 1e-9;
        assert!(close(LonLat::new(10.0, 5.0), 0.0) && close(LonLat::new(11.0, 0.0), 90.0));
        assert!(close(LonLat::new(10.0, -5.0), 180.0) && close(LonLat::new(9.0, 0.0), 270.0));
        assert_eq!(initial_bearing_deg(here, here), None);
        // Lisbon to New York begins north of west.
        let lisbon = initial_bearing_deg(LonLat::new(-9.14, 38.71), LonLat::new(-74.01, 40.71)).expect("two places");
        assert!((294.0..298.0).contains(&lisbon), "{lisbon}");
    }
}
