//! Where a name may stand beside a point, in the order that cartographers prefer.

use super::room::{Bounds, Segment, Spot};
use super::setting::Setting;
use crate::scene::TextAnchor;

/// A place of a name beside its point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Beside {
    /// The box of the text.
    pub(super) bounds: Bounds,
    /// Which end of the text stands at the side of the point.
    pub(super) anchor: TextAnchor,
    /// How little it suits: 0 is best.
    pub(super) cost: f32,
    /// A line from the symbol to the name.
    pub(super) leader: Option<Segment>,
}

/// Space between symbol and name in pixels.
const GAP_PX: f64 = 2.5;

/// The places next to a point with a symbol of this radius.
pub(super) fn near(at: Spot, clearance: f64, setting: &Setting) -> Vec<Beside> {
    let (width, height) = (f64::from(setting.width), f64::from(setting.height));
    let gap = clearance + GAP_PX;
    let aslant = gap * 0.75;
    let place = |left: f64, top: f64, anchor: TextAnchor, cost: f32| Beside {
        bounds: Bounds::new(left, top, width, height),
        anchor,
        cost,
        leader: None,
    };
    let (start, middle, end) = (TextAnchor::Start, TextAnchor::Middle, TextAnchor::End);
    let right = at.x + gap;
    let left = at.x - gap - width;
    let level = at.y - height / 2.0;
    let above = at.y - aslant - height * 0.8;
    let below = at.y + aslant - height * 0.2;
    let mut places = vec![
        place(right, level, start, 0.0),
        place(right, level - height * 0.3, start, 0.15),
        place(right, level + height * 0.3, start, 0.2),
        place(at.x + aslant, above, start, 0.3),
        place(at.x + aslant, below, start, 0.45),
        place(left, level, end, 0.6),
        place(left, level - height * 0.3, end, 0.7),
        place(left, level + height * 0.3, end, 0.75),
        place(at.x - width / 2.0, at.y - gap - height, middle, 0.8),
        place(at.x - aslant - width, above, end, 0.9),
        place(at.x - width / 2.0, at.y + gap, middle, 0.95),
        place(at.x - aslant - width, below, end, 1.05),
    ];
    // A little farther off, for names that a line or a symbol keeps away.
    let step = height * 0.45;
    places.extend([
        place(at.x + aslant * 0.4, above - step * 0.5, start, 1.3),
        place(at.x + aslant * 0.4, below + step * 0.5, start, 1.35),
        place(right + step, level, start, 1.4),
        place(at.x - aslant * 0.4 - width, above - step * 0.5, end, 1.5),
        place(at.x - aslant * 0.4 - width, below + step * 0.5, end, 1.55),
        place(left - step, level, end, 1.6),
    ]);
    places
}

/// Directions in which a name may stand off, as clockwise turns from the east in degrees; level ones first.
const AWAY_DEG: [f64; 16] = [0.0, 180.0, -22.5, 22.5, -157.5, 157.5, -45.0, 45.0, -135.0, 135.0, -67.5, 67.5, -112.5, 112.5, -90.0, 90.0];
/// How far off, in heights of the name.
const AWAY_HEIGHTS: [f64; 4] = [1.4, 2.1, 3.0, 4.0];
/// A leader ends this far from its name, in pixels.
const LEADER_GAP_PX: f64 = 1.5;

/// Places off the point with a leader, for a port whose places next to it are all taken.
pub(super) fn with_leader(at: Spot, clearance: f64, setting: &Setting) -> Vec<Beside> {
    let (width, height) = (f64::from(setting.width), f64::from(setting.height));
    let mut places = Vec::with_capacity(AWAY_DEG.len() * AWAY_HEIGHTS.len());
    for (ring, heights) in AWAY_HEIGHTS.into_iter().enumerate() {
        for (turn, angle) in AWAY_DEG.into_iter().enumerate() {
            let (sin, cos) = angle.to_radians().sin_cos();
            let far = clearance + heights * height;
            let tip = Spot::new(at.x + cos * far, at.y + sin * far);
            // A name to the right begins at the tip of its leader, one to the left ends there; above and below it is centered.
            let (left, anchor) = if cos > 0.3 {
                (tip.x, TextAnchor::Start)
            } else if cos < -0.3 {
                (tip.x - width, TextAnchor::End)
            } else {
                (tip.x - width / 2.0, TextAnchor::Middle)
            };
            let top = if anchor == TextAnchor::Middle && sin < 0.0 {
                tip.y - height
            } else if anchor == TextAnchor::Middle {
                tip.y
            } else {
                tip.y - height / 2.0
            };
            let bounds = Bounds::new(left, top, width, height);
            let end = Spot::new(tip.x - cos * LEADER_GAP_PX, tip.y - sin * LEADER_GAP_PX);
            let start = Spot::new(at.x + cos * clearance, at.y + sin * clearance);
            let cost = 3.0 + 0.9 * ring as f32 + 0.06 * turn as f32;
            places.push(Beside { bounds, anchor, cost, leader: Some((start, end)) });
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::FontFace;

    #[test]
    fn no_place_covers_its_own_symbol() {
        let setting = Setting::plain("Guayaquil", FontFace::SemiBold, 12.0);
        for clearance in [2.5, 6.0, 14.0] {
            let at = Spot::new(100.0, 50.0);
            for place in near(at, clearance, &setting).iter().chain(&with_leader(at, clearance, &setting)) {
                let nearest = Spot::new(
                    at.x.clamp(place.bounds.left, place.bounds.right),
                    // Text stands on its baseline: the lowest fifth of the box is for the few letters that reach down.
                    at.y.clamp(place.bounds.top + 0.25 * f64::from(setting.height), place.bounds.bottom - 0.25 * f64::from(setting.height)),
                );
                assert!((nearest.x - at.x).hypot(nearest.y - at.y) > clearance * 0.74, "{place:?}");
            }
        }
    }

    #[test]
    fn the_right_hand_side_is_preferred_and_leaders_come_last() {
        let setting = Setting::plain("Bar", FontFace::SemiBold, 12.0);
        let places = near(Spot::default(), 4.0, &setting);
        assert!(places.len() >= 8 && places[0].anchor == TextAnchor::Start && places[0].bounds.left > 0.0);
        assert!(places.windows(2).all(|pair| pair[0].cost <= pair[1].cost));
        assert!(with_leader(Spot::default(), 4.0, &setting).iter().all(|place| place.cost > places[places.len() - 1].cost));
    }

    #[test]
    fn a_leader_runs_from_the_symbol_to_the_name() {
        let setting = Setting::plain("Antwerpen", FontFace::SemiBold, 12.0);
        for place in with_leader(Spot::default(), 4.0, &setting) {
            let (start, end) = place.leader.expect("it has one");
            assert!((start.x.hypot(start.y) - 4.0).abs() < 1e-9);
            assert!(place.bounds.grown(3.0).contains(end) && !place.bounds.grown(-0.5).contains(end), "{place:?}");
        }
    }
}
