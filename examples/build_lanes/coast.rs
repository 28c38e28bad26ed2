//! The coast: land rings of the basemap on the Mercator plane, densified, with the land to the left.
//!
//! Mercator is conformal, so that circles stay circles near a point and Delaunay triangles mean what they mean on the ground.

use anyhow::Result;
use sealane::cartography::{Basemap, DetailLevel};
use sealane::geodesy::LonLat;

/// A point on the Mercator plane of the unit sphere, radians.
pub type Plane = [f64; 2];

/// Mean radius of the earth, km (IUGG).
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// South of this there is only Antarctic land; the plane ends here.
const SOUTH_END_DEG: f64 = -85.0;

/// No coast edge is longer, km: the points stand for the coast in what follows.
const MAX_STEP_KM: f64 = 1.0;

/// The whole coast.
pub struct Coast {
    /// Open rings (first point not repeated), land to the left.
    pub rings: Vec<Vec<Plane>>,
}

impl Coast {
    /// How many points all rings have.
    pub fn point_count(&self) -> usize {
        self.rings.iter().map(Vec::len).sum()
    }
}

/// Projects a position.
pub fn plane(position: LonLat) -> Plane {
    let lat = position.lat_deg.clamp(SOUTH_END_DEG, 89.0).to_radians();
    [position.lon_deg.to_radians(), lat.tan().asinh()]
}

/// Longitude and latitude in degrees.
pub fn lon_lat(point: Plane) -> [f64; 2] {
    [point[0].to_degrees(), point[1].sinh().atan().to_degrees()]
}

/// The unit vector of a point.
pub fn vector(point: Plane) -> [f64; 3] {
    let (cos_lat, sin_lat) = (1.0 / point[1].cosh(), point[1].tanh());
    let (sin, cos) = point[0].sin_cos();
    [cos_lat * cos, cos_lat * sin, sin_lat]
}

/// Kilometres per unit of the plane at this point.
pub fn km_per_unit(point: Plane) -> f64 {
    EARTH_RADIUS_KM / point[1].cosh()
}

/// Distance in km of two points that are near each other.
pub fn near_km(a: Plane, b: Plane) -> f64 {
    let middle = [0.0, f64::midpoint(a[1], b[1])];
    (a[0] - b[0]).hypot(a[1] - b[1]) * km_per_unit(middle)
}

/// Whether an edge is not a coast but the cut at ±180° or the end of the plane.
pub fn is_artificial(a: Plane, b: Plane) -> bool {
    let cut = |p: Plane| p[0].abs() > 179.9999_f64.to_radians();
    let end = plane(LonLat::new(0.0, SOUTH_END_DEG))[1] + 1e-9;
    (cut(a) && cut(b)) || (a[1] <= end && b[1] <= end)
}

/// Reads the land of the fine level.
pub fn read() -> Result<Coast> {
    let level = Basemap::bundled()?.level(DetailLevel::Fine)?;
    let mut rings = Vec::new();
    for polygon in &level.land {
        for (index, ring) in polygon.rings.iter().enumerate() {
            let mut points: Vec<Plane> = ring.iter().map(|position| plane(*position)).collect();
            points.pop();
            points.dedup();
            if points.len() < 3 {
                continue;
            }
            if (signed_area(&points) > 0.0) != (index == 0) {
                points.reverse();
            }
            rings.push(densified(&points));
        }
    }
    Ok(Coast { rings })
}

/// Twice the area of a ring, positive when it runs counterclockwise.
pub fn signed_area(ring: &[Plane]) -> f64 {
    pairs(ring).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}

/// The edges of an open ring.
pub fn pairs(ring: &[Plane]) -> impl Iterator<Item = (Plane, Plane)> + '_ {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()]))
}

fn densified(ring: &[Plane]) -> Vec<Plane> {
    let mut dense = Vec::with_capacity(ring.len() * 2);
    for (a, b) in pairs(ring) {
        dense.push(a);
        if is_artificial(a, b) {
            continue;
        }
        let steps = (near_km(a, b) / MAX_STEP_KM).ceil().max(1.0);
        let mut step = 1.0;
        while step < steps {
            let t = step / steps;
            dense.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
            step += 1.0;
        }
    }
    dense
}
