//! Fewer points, within the room that clearance leaves.

use rstar::RTree;

use crate::coast::{Coast, EARTH_RADIUS_KM, Plane, km_per_unit, near_km, vector};

/// How far the coast may be moved before it is grown, as a share of the clearance there.
const COAST_SHARE: f64 = 0.1;
/// How much more clearance than its own a point of the coast may get between its neighbors, as a share.
const INTERPOLATION_SHARE: f64 = 0.1;
/// How far the grown coast may be moved, as a share of the clearance there: less in narrow waters, which must not close. With all
/// shares at their worst the two sides of a strait take 0.98 of its width.
fn obstacle_share(clearance_km: f64, wished_km: f64) -> f64 {
    0.3 + 0.1 * (clearance_km / wished_km).min(1.0)
}

/// The coast with fewer points and the clearance at each that is left. A point goes when the line between its neighbors passes close by
/// and the clearance interpolated there is not much more than its own.
pub fn coast(coast: &Coast, clearances: &[Vec<f64>]) -> (Vec<Vec<Plane>>, Vec<Vec<f64>>) {
    coast
        .rings
        .iter()
        .zip(clearances)
        .map(|(ring, radii)| {
            let kept = kept_points(ring, |i, a, b| {
                let (distance_km, t) = offset_km(ring[i], ring[a], ring[b]);
                let interpolated = radii[a] + (radii[b] - radii[a]) * t;
                (distance_km / (COAST_SHARE * radii[i])).max((interpolated - radii[i]) / (INTERPOLATION_SHARE * radii[i]))
            });
            (kept.iter().map(|i| ring[*i]).collect::<Vec<_>>(), kept.iter().map(|i| radii[*i]).collect::<Vec<_>>())
        })
        .unzip()
}

/// The grown coast with fewer points.
pub fn obstacles(rings: Vec<Vec<Plane>>, coast: &Coast, wished_km: f64) -> Vec<Vec<Plane>> {
    let tree = RTree::bulk_load(coast.rings.iter().flatten().map(|point| vector(*point)).collect());
    let simplified = rings.into_iter().map(|ring| {
        let clearance: Vec<f64> = ring
            .iter()
            .map(|point| {
                let here = vector(*point);
                let nearest = tree.nearest_neighbor(&here).copied().unwrap_or(here);
                (0..3).map(|axis| (nearest[axis] - here[axis]).powi(2)).sum::<f64>().sqrt() * EARTH_RADIUS_KM
            })
            .collect();
        let kept = kept_points(&ring, |i, a, b| {
            offset_km(ring[i], ring[a], ring[b]).0 / (obstacle_share(clearance[i], wished_km) * clearance[i]).max(0.005)
        });
        kept.into_iter().map(|i| ring[i]).collect::<Vec<_>>()
    });
    simplified.filter(|ring| ring.len() > 2).collect()
}

/// Distance of a point from a segment in km, and where along the segment (0 to 1).
fn offset_km(point: Plane, a: Plane, b: Plane) -> (f64, f64) {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length_2 = dx * dx + dy * dy;
    let t = if length_2 > 0.0 { (((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length_2).clamp(0.0, 1.0) } else { 0.0 };
    let foot = [a[0] + dx * t, a[1] + dy * t];
    ((point[0] - foot[0]).hypot(point[1] - foot[1]) * km_per_unit(point), t)
}

/// Douglas–Peucker on a closed ring with an error measure of its own: a run is split where the error exceeds 1.
/// No kept edge is longer than 40 km, so that straight lines of the plane and great circles are the same for the purpose.
fn kept_points(ring: &[Plane], error: impl Fn(usize, usize, usize) -> f64) -> Vec<usize> {
    let n = ring.len();
    let far = (0..n).max_by(|a, b| near_km(ring[0], ring[*a]).total_cmp(&near_km(ring[0], ring[*b]))).unwrap_or(0);
    let mut keep = vec![false; n];
    keep[0] = true;
    keep[far] = true;
    let mut runs = vec![(0, far), (far, n)];
    while let Some((a, b)) = runs.pop() {
        if b <= a + 1 {
            continue;
        }
        let worst = (a + 1..b).map(|i| (i, error(i, a, b % n))).fold((a, 0.0), |best, next| if next.1 > best.1 { next } else { best });
        let split = if worst.1 > 1.0 {
            worst.0
        } else if near_km(ring[a], ring[b % n]) > 40.0 {
            usize::midpoint(a, b)
        } else {
            continue;
        };
        keep[split] = true;
        runs.push((a, split));
        runs.push((split, b));
    }
    (0..n).filter(|i| keep[*i]).collect()
}
