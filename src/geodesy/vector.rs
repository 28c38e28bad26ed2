//! Positions as unit vectors, and the arithmetic that all great-circle work shares.

use super::{LonLat, wrap_lon_deg};

/// A position on the earth as a unit vector (geodetic latitude), or any vector in space.
pub type Vector = [f64; 3];

/// The unit vector of a position.
pub fn unit_vector(position: LonLat) -> Vector {
    let (sin_lat, cos_lat) = position.lat_deg.to_radians().sin_cos();
    let (sin_lon, cos_lon) = position.lon_deg.to_radians().sin_cos();
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

/// The position of a vector of any length; longitude in -180..180.
pub fn lon_lat_from_vector([x, y, z]: Vector) -> LonLat {
    LonLat::new(wrap_lon_deg(y.atan2(x).to_degrees()), z.atan2(x.hypot(y)).to_degrees())
}

/// Scalar product.
#[inline]
pub fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// Vector product.
#[inline]
pub fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
