//! How far from each point of the coast a path keeps: the wished clearance, less where another coast is near.
//!
//! With a share below one half, the zones of two coasts that face each other never meet, so no strait is closed by clearance.

use rayon::prelude::*;
use rstar::primitives::GeomWithData;
use rstar::{RTree, RTreeParams};

use crate::coast::{Coast, EARTH_RADIUS_KM, Plane, is_artificial, vector};
use crate::passages::Passages;

/// The share of the distance to the facing coast that each side keeps.
const SHARE: f64 = 0.27;
/// Never less, km.
const LEAST_KM: f64 = 0.03;
/// Waters narrower than this are no way through, except in named straits.
const NARROW_KM: f64 = 4.0;
/// Two points of one ring face each other across water when the way along the coast is this many times longer.
const DETOUR: f64 = 3.0;

type Indexed = GeomWithData<[f64; 3], (u32, u32)>;

struct Params;
impl RTreeParams for Params {
    const MIN_SIZE: usize = 8;
    const MAX_SIZE: usize = 16;
    const REINSERTION_COUNT: usize = 4;
    type DefaultInsertionStrategy = rstar::RStarInsertionStrategy;
}

/// The clearance in km at every point of every ring.
pub fn of(coast: &Coast, passages: &Passages, wished_km: f64) -> Vec<Vec<f64>> {
    let land = LandGrid::new(coast);
    let points: Vec<Indexed> = coast
        .rings
        .iter()
        .enumerate()
        .flat_map(|(r, ring)| ring.iter().enumerate().map(move |(i, p)| GeomWithData::new(vector(*p), (r as u32, i as u32))))
        .collect();
    let tree: RTree<Indexed, Params> = RTree::bulk_load_with_params(points);
    let along: Vec<Vec<f64>> = coast.rings.iter().map(|ring| distances_along(ring)).collect();
    coast
        .rings
        .par_iter()
        .enumerate()
        .map(|(r, ring)| {
            (0..ring.len())
                .into_par_iter()
                .map(|i| facing_km(coast, &land, &tree, &along, (r, i, passages.in_narrows(vector(ring[i]))), wished_km / SHARE) * SHARE)
                .map(|km| km.clamp(LEAST_KM, wished_km))
                .collect()
        })
        .collect()
}

/// Kilometres from the first point of the ring to each point, and the whole length at the end.
fn distances_along(ring: &[Plane]) -> Vec<f64> {
    let mut along = vec![0.0];
    let mut total = 0.0;
    for (a, b) in crate::coast::pairs(ring) {
        total += if is_artificial(a, b) { 0.0 } else { crate::coast::near_km(a, b) };
        along.push(total);
    }
    along
}

fn facing_km(
    coast: &Coast,
    land: &LandGrid,
    tree: &RTree<Indexed, Params>,
    along: &[Vec<f64>],
    at: (usize, usize, bool),
    limit_km: f64,
) -> f64 {
    let (r, i, narrow) = at;
    let point = coast.rings[r][i];
    let limit = limit_km / EARTH_RADIUS_KM;
    for (other, distance_2) in tree.nearest_neighbor_iter_with_distance_2(&vector(point)) {
        if distance_2 > limit * limit {
            break;
        }
        let km = distance_2.sqrt() * EARTH_RADIUS_KM;
        if km < NARROW_KM && !narrow {
            continue;
        }
        let (s, j) = (other.data.0 as usize, other.data.1 as usize);
        if s == r {
            let total = along[r][along[r].len() - 1];
            let one_way = (along[r][i] - along[r][j]).abs();
            if one_way.min(total - one_way) <= DETOUR * km {
                continue;
            }
        }
        if !land.only_land_between(point, coast.rings[s][j]) {
            return km;
        }
    }
    limit_km
}

/// Answers "is this land" by scan lines: for each narrow band of latitude, the coast edges that touch it.
pub struct LandGrid {
    bands: Vec<Vec<(Plane, Plane)>>,
}

const BANDS: usize = 1 << 15;
const BAND_HEIGHT: f64 = 8.0 / BANDS as f64;

impl LandGrid {
    /// Indexes all edges.
    pub fn new(coast: &Coast) -> Self {
        let mut bands = vec![Vec::new(); BANDS];
        for ring in &coast.rings {
            for (a, b) in crate::coast::pairs(ring) {
                for band in &mut bands[Self::band(a[1].min(b[1]))..=Self::band(a[1].max(b[1]))] {
                    band.push((a, b));
                }
            }
        }
        for band in &mut bands {
            band.sort_by(|x, y| x.0[0].max(x.1[0]).total_cmp(&y.0[0].max(y.1[0])));
        }
        Self { bands }
    }

    fn band(y: f64) -> usize {
        (((y + 4.0) / BAND_HEIGHT).max(0.0) as usize).min(BANDS - 1)
    }

    /// Even-odd test; longitudes beyond ±180° are wrapped.
    pub fn is_land(&self, point: Plane) -> bool {
        let x = (point[0] + std::f64::consts::PI).rem_euclid(std::f64::consts::TAU) - std::f64::consts::PI;
        let band = &self.bands[Self::band(point[1])];
        let first = band.partition_point(|(a, b)| a[0].max(b[0]) < x);
        let crossed = band[first..]
            .iter()
            .filter(|(a, b)| (a[1] > point[1]) != (b[1] > point[1]) && x < (b[0] - a[0]) * (point[1] - a[1]) / (b[1] - a[1]) + a[0]);
        crossed.count() % 2 == 1
    }

    fn only_land_between(&self, a: Plane, b: Plane) -> bool {
        let mut x = b[0] - a[0];
        if x.abs() > std::f64::consts::PI {
            x -= std::f64::consts::TAU.copysign(x);
        }
        (1..8).all(|step| {
            let t = f64::from(step) / 8.0;
            self.is_land([a[0] + x * t, a[1] + (b[1] - a[1]) * t])
        })
    }
}
