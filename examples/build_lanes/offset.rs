//! Grows the land by its clearance: the union of the land and of a tapered band along every coast edge.

use std::f64::consts::{PI, TAU};

use i_overlay::core::fill_rule::FillRule;
use i_overlay::float::simplify::SimplifyShape as _;

use crate::coast::{Plane, is_artificial, km_per_unit, pairs};

/// Corners of the polygon around a disc.
const CORNERS: usize = 8;

/// The land grown by a radius in km that changes along the coast. Rings with the obstacle to the left, within ±180°.
pub fn grow(rings: &[Vec<Plane>], radii_km: &[Vec<f64>]) -> Vec<Vec<Plane>> {
    let mut shapes: Vec<Vec<Plane>> = Vec::new();
    for (ring, radii) in rings.iter().zip(radii_km) {
        shapes.push(ring.clone());
        let n = ring.len();
        for (i, (a, b)) in pairs(ring).enumerate() {
            if is_artificial(a, b) {
                continue;
            }
            let band = band(a, radii[i] / km_per_unit(a), b, radii[(i + 1) % n] / km_per_unit(b));
            for turn in [-TAU, TAU] {
                if band.iter().any(|p| p[0] + turn > -PI && p[0] + turn < PI) {
                    shapes.push(band.iter().map(|p| [p[0] + turn, p[1]]).collect());
                }
            }
            shapes.push(band);
        }
    }
    let grown = shapes.simplify_shape(FillRule::NonZero);
    let clip: Vec<Plane> = vec![[-PI, -3.2], [PI, -3.2], [PI, 4.0], [-PI, 4.0]];
    let mut within = i_overlay::float::overlay::FloatOverlay::with_subj_and_clip(&grown, &clip);
    let clipped = within.overlay(i_overlay::core::overlay_rule::OverlayRule::Intersect, FillRule::NonZero);
    clipped.into_iter().flatten().collect()
}

/// Rings that overlap or lie within each other as one.
pub fn merged(rings: &[Vec<Plane>]) -> Vec<Vec<Plane>> {
    rings.to_vec().simplify_shape(FillRule::NonZero).into_iter().flatten().collect()
}

/// The convex hull of two discs.
fn band(a: Plane, radius_a: f64, b: Plane, radius_b: f64) -> Vec<Plane> {
    let grown = 1.0 / (PI / CORNERS as f64).cos();
    let corners = [(a, radius_a), (b, radius_b)].into_iter().flat_map(|(center, radius)| {
        (0..CORNERS).map(move |k| {
            let (sin, cos) = (TAU * (k as f64 + 0.5) / CORNERS as f64).sin_cos();
            [center[0] + radius * grown * cos, center[1] + radius * grown * sin]
        })
    });
    convex_hull(corners.collect())
}

fn convex_hull(mut points: Vec<Plane>) -> Vec<Plane> {
    points.sort_by(|p, q| p[0].total_cmp(&q[0]).then(p[1].total_cmp(&q[1])));
    let half = |points: &mut dyn Iterator<Item = Plane>| {
        let mut chain: Vec<Plane> = Vec::new();
        for p in points {
            while chain.len() > 1 {
                let (a, b) = (chain[chain.len() - 2], chain[chain.len() - 1]);
                if (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(p);
        }
        chain.pop();
        chain
    };
    let mut hull = half(&mut points.iter().copied());
    hull.extend(half(&mut points.iter().rev().copied()));
    hull
}
