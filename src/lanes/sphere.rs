//! Arithmetic on unit vectors: great-circle arcs, sides, crossings, and lengths on the ellipsoid.

pub use crate::geodesy::vector::{Vector, cross, dot, lon_lat_from_vector as lon_lat, unit_vector as vector};

/// Equatorial radius of WGS 84, metres.
const EQUATORIAL_RADIUS_M: f64 = 6_378_137.0;
/// Flattening of WGS 84.
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// No length on the ellipsoid is shorter than the central angle of the unit vectors times this: the radius of curvature
/// of the meridian at the equator, metres.
pub const LEAST_RADIUS_M: f64 = 6_335_439.0;

/// The vector with length 1; `None` for one too short to have a direction.
pub fn unit(v: Vector) -> Option<Vector> {
    let length = dot(v, v).sqrt();
    (length > 1e-300).then(|| v.map(|part| part / length))
}

/// Angle between two unit vectors, radians; exact for small angles too.
#[inline]
pub fn angle(a: Vector, b: Vector) -> f64 {
    let chord = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    2.0 * (0.5 * dot(chord, chord).sqrt()).min(1.0).asin()
}

/// The point at share `t` of the arc from `a` to `b`.
pub fn between(a: Vector, b: Vector, t: f64) -> Vector {
    let full = angle(a, b);
    if full < 1e-12 {
        return a;
    }
    let (weight_a, weight_b) = (((1.0 - t) * full).sin() / full.sin(), (t * full).sin() / full.sin());
    [0, 1, 2].map(|axis| weight_a * a[axis] + weight_b * b[axis])
}

/// The point at a bearing (radians from any fixed direction) and about this distance in metres from a position.
pub fn at_bearing(position: Vector, bearing: f64, distance_m: f64) -> Vector {
    let aside = if position[2].abs() < 0.9 { [0.0, 0.0, 1.0] } else { [1.0, 0.0, 0.0] };
    let Some(east) = unit(cross(aside, position)) else { return position };
    let north = cross(position, east);
    let (sin, cos) = (distance_m / EQUATORIAL_RADIUS_M).sin_cos();
    let (across, along) = bearing.sin_cos();
    [0, 1, 2].map(|axis| position[axis] * cos + (east[axis] * across + north[axis] * along) * sin)
}

/// Whether two arcs cross in their inner parts. Arcs that only touch do not. Both must be shorter than half the earth.
#[inline]
pub fn arcs_cross(a: Vector, b: Vector, p: Vector, q: Vector) -> bool {
    let plane = cross(a, b);
    if dot(plane, p) * dot(plane, q) >= 0.0 {
        return false;
    }
    let other = cross(p, q);
    if dot(other, a) * dot(other, b) >= 0.0 {
        return false;
    }
    // The great circles cross at two opposite points; the arcs must hold the same one.
    let meeting = cross(plane, other);
    let (middle, other_middle) = ([a[0] + b[0], a[1] + b[1], a[2] + b[2]], [p[0] + q[0], p[1] + q[1], p[2] + q[2]]);
    dot(meeting, middle) * dot(meeting, other_middle) > 0.0
}

/// Where along the arc from `a` to `b` it is crossed by the arc from `p` to `q`: 0 at `a`, 1 at `b`. For arcs that do cross.
pub fn crossing_share(a: Vector, b: Vector, p: Vector, q: Vector) -> f64 {
    let meeting = unit(cross(cross(a, b), cross(p, q))).unwrap_or(a);
    let middle = [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
    let meeting = if dot(meeting, middle) < 0.0 { meeting.map(|part| -part) } else { meeting };
    angle(a, meeting) / angle(a, b).max(1e-300)
}

/// The point of an arc nearest to a position.
pub fn nearest_on_arc(position: Vector, a: Vector, b: Vector) -> Vector {
    let plane = cross(a, b);
    let inside = dot(cross(plane, a), position) > 0.0 && dot(cross(b, plane), position) > 0.0;
    let foot = unit(plane).and_then(|normal| {
        let height = dot(normal, position);
        unit([0, 1, 2].map(|axis| position[axis] - height * normal[axis]))
    });
    match foot {
        Some(foot) if inside => foot,
        _ if angle(position, a) <= angle(position, b) => a,
        _ => b,
    }
}

/// Length of the geodesic between two points on WGS 84, metres, to first order in the flattening (Andoyer–Lambert; within some
/// 50 m at 10 000 km). Symmetric, and fast enough for a million edges.
#[inline]
pub fn length_m(a: Vector, b: Vector) -> f64 {
    // Reduced latitudes, as the formula asks for.
    let (a, b) = (reduced(a), reduced(b));
    let chord = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
    // 1 - cos(sigma) and 1 + cos(sigma), exact for near points too.
    let less = dot(chord, chord) / 2.0;
    let more = 2.0 - less;
    if less < 1e-18 {
        return (2.0 * less).sqrt() * EQUATORIAL_RADIUS_M;
    }
    let sigma = 2.0 * (0.5 * less).sqrt().min(1.0).asin();
    let sin = (less * more.max(0.0)).sqrt();
    let (sum, difference) = (a[2] + b[2], a[2] - b[2]);
    let correction = FLATTENING / 4.0 * ((sigma - sin) * sum * sum / more.max(1e-9) + (sigma + sin) * difference * difference / less);
    EQUATORIAL_RADIUS_M * (sigma - correction)
}

#[inline]
fn reduced(v: Vector) -> Vector {
    let z = v[2] * (1.0 - FLATTENING);
    let scale = 1.0 / (v[0] * v[0] + v[1] * v[1] + z * z).sqrt();
    [v[0] * scale, v[1] * scale, z * scale]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::{LonLat, distance_m};

    fn at(lon: f64, lat: f64) -> Vector {
        vector(LonLat::new(lon, lat))
    }

    #[test]
    fn lengths_agree_with_the_exact_geodesic() {
        let ends = [
            (-79.9, -2.2, 4.4, 51.9),
            (0.0, 0.0, 0.5, 0.5),
            (170.0, -40.0, -70.0, -55.0),
            (18.0, 42.0, 18.001, 42.0),
            (0.0, 80.0, 170.0, 75.0),
        ];
        for (lon_a, lat_a, lon_b, lat_b) in ends {
            let exact = distance_m(LonLat::new(lon_a, lat_a), LonLat::new(lon_b, lat_b));
            let fast = length_m(at(lon_a, lat_a), at(lon_b, lat_b));
            assert!((fast - exact).abs() < 2e-5 * exact + 0.01, "{exact} {fast}");
            assert!(angle(at(lon_a, lat_a), at(lon_b, lat_b)) * LEAST_RADIUS_M <= exact);
        }
    }

    #[test]
    fn arcs_cross_only_where_they_do() {
        let (a, b) = (at(170.0, 0.0), at(-170.0, 0.0));
        assert!(arcs_cross(a, b, at(180.0, -5.0), at(180.0, 5.0)));
        assert!(!arcs_cross(a, b, at(160.0, -5.0), at(160.0, 5.0)));
        assert!(!arcs_cross(a, b, at(0.0, -5.0), at(0.0, 5.0)), "the opposite side of the earth");
        assert!(!arcs_cross(a, b, a, at(180.0, 5.0)), "touching at an end");
    }

    #[test]
    fn the_nearest_point_lies_on_the_arc_or_at_its_end() {
        let near = lon_lat(nearest_on_arc(at(5.0, 1.0), at(0.0, 0.0), at(10.0, 0.0)));
        assert!((near.lon_deg - 5.0).abs() < 1e-9 && near.lat_deg.abs() < 1e-9, "{near:?}");
        assert_eq!(nearest_on_arc(at(20.0, 1.0), at(0.0, 0.0), at(10.0, 0.0)), at(10.0, 0.0));
    }
}
