//! Events at the very same place: close up they are laid around it, so that each can be reached.

use crate::scene::PlanePoint;

/// From this resolution on, in plane metres for a CSS pixel, events at one place stand around it. Farther away a symbol beside its place would
/// stand somewhere else.
pub const SPREAD_RESOLUTION_M_PER_PX: f64 = 300.0;
/// More events than this stay one symbol with their number.
const MOST_SPREAD: usize = 24;
/// So many stand in a ring, more in a spiral.
const MOST_IN_RING: u32 = 12;
/// Space between neighbours in CSS pixels.
const GAP_PX: f64 = 4.0;
/// Symbols are taken to be at least so large, in CSS pixels.
const LEAST_DIAMETER_PX: f64 = 10.0;
/// The turn from one place of a spiral to the next that fills a disc evenly, in radians.
const GOLDEN_ANGLE: f64 = 2.399_963_229_728_653;

/// Whether so many events at one place are laid around it close up; more stay one symbol.
pub const fn can_be_spread(count: usize) -> bool {
    count <= MOST_SPREAD
}

/// Where symbols of these diameters (CSS pixels) stand around a place, in the same order.
pub(super) fn around(place: PlanePoint, diameters_px: &[f32], cm_per_px: f64) -> Vec<PlanePoint> {
    let count = diameters_px.len() as u32;
    if count < 2 {
        return vec![place; diameters_px.len()];
    }
    let mut sorted: Vec<f64> = diameters_px.iter().map(|px| f64::from(*px).max(LEAST_DIAMETER_PX)).collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    // No two neighbours are larger than the largest two.
    let room_px = f64::midpoint(sorted[0], sorted[1]) + GAP_PX;
    let polar = |number: u32| {
        if count <= MOST_IN_RING {
            let turn = std::f64::consts::TAU / f64::from(count);
            (room_px / (2.0 * (turn / 2.0).sin()), turn * f64::from(number))
        } else {
            (room_px * 0.6 * (f64::from(number) + 0.7).sqrt(), GOLDEN_ANGLE * f64::from(number))
        }
    };
    let point = |(radius_px, turn): (f64, f64)| PlanePoint {
        // Clockwise from the top.
        x_cm: place.x_cm.saturating_add((radius_px * cm_per_px * turn.sin()).round() as i32),
        y_cm: place.y_cm.saturating_add((radius_px * cm_per_px * turn.cos()).round() as i32),
    };
    (0..count).map(|number| point(polar(number))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_around_a_place_do_not_touch() {
        for count in [2_usize, 3, 7, 12, 13, 24] {
            let diameters: Vec<f32> = (0..count).map(|at| if at % 3 == 0 { 18.0 } else { 8.0 }).collect();
            let places = around(PlanePoint::default(), &diameters, 100.0);
            for (at, a) in places.iter().enumerate() {
                for (other, b) in places.iter().enumerate().take(at) {
                    let distance_px = (f64::from(a.x_cm - b.x_cm)).hypot(f64::from(a.y_cm - b.y_cm)) / 100.0;
                    let needed = f64::from(diameters[at] + diameters[other]) / 2.0;
                    assert!(distance_px >= needed, "{count}: {at} and {other} are {distance_px} px apart");
                }
            }
        }
    }

    #[test]
    fn one_event_stays_at_its_place() {
        let place = PlanePoint { x_cm: 7, y_cm: -9 };
        assert_eq!(around(place, &[20.0], 100.0), [place]);
    }
}
