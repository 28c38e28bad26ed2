//! Schematic corridor lines: great-circle legs between the stated points.

use serde_json::{Value, json};

/// Mean earth radius of the sphere, km (IUGG).
const EARTH_RADIUS_KM: f64 = 6371.0088;
/// No step along a leg is longer than this, km.
const MAX_STEP_KM: f64 = 200.0;

/// The GeoJSON geometry through the points (longitude, latitude in degrees), cut where it crosses ±180°.
/// The points themselves keep every digit; those between have four decimals (about 11 m).
pub fn schematic_line(stops: &[[f64; 2]]) -> Value {
    let mut line: Vec<[f64; 2]> = Vec::new();
    for stop in stops {
        match line.last().copied() {
            Some(from) if from == *stop => {}
            Some(from) => add_leg(&mut line, from, *stop),
            None => line.push(*stop),
        }
    }
    let mut parts = cut_at_antimeridian(&line);
    if parts.len() == 1 {
        json!({ "type": "LineString", "coordinates": parts.remove(0) })
    } else {
        json!({ "type": "MultiLineString", "coordinates": parts })
    }
}

fn add_leg(line: &mut Vec<[f64; 2]>, from: [f64; 2], to: [f64; 2]) {
    let (a, b) = (unit_vector(from), unit_vector(to));
    let angle = angle_between(a, b);
    let steps = (angle * EARTH_RADIUS_KM / MAX_STEP_KM).ceil().max(1.0);
    let mut step = 1.0;
    while step < steps {
        let t = step / steps;
        let (weight_a, weight_b) = (((1.0 - t) * angle).sin() / angle.sin(), (t * angle).sin() / angle.sin());
        let mixed: [f64; 3] = std::array::from_fn(|axis| weight_a * a[axis] + weight_b * b[axis]);
        let lon = mixed[1].atan2(mixed[0]).to_degrees();
        let lat = mixed[2].atan2(mixed[0].hypot(mixed[1])).to_degrees();
        line.push([rounded(lon), rounded(lat)]);
        step += 1.0;
    }
    line.push(to);
}

fn cut_at_antimeridian(line: &[[f64; 2]]) -> Vec<Vec<[f64; 2]>> {
    let mut parts = vec![Vec::new()];
    let mut previous: Option<[f64; 2]> = None;
    for &point in line {
        if let Some(from) = previous.filter(|from| (point[0] - from[0]).abs() > 180.0) {
            let side = 180.0_f64.copysign(from[0]);
            let unwrapped = point[0] + 2.0 * side;
            let share = (side - from[0]) / (unwrapped - from[0]);
            let lat = rounded(from[1] + share * (point[1] - from[1]));
            if let Some(part) = parts.last_mut() {
                part.push([side, lat]);
            }
            parts.push(vec![[-side, lat]]);
        }
        if let Some(part) = parts.last_mut() {
            part.push(point);
        }
        previous = Some(point);
    }
    parts
}

fn unit_vector([lon, lat]: [f64; 2]) -> [f64; 3] {
    let (lon, lat) = (lon.to_radians(), lat.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

fn angle_between(a: [f64; 3], b: [f64; 3]) -> f64 {
    let cross = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    let dot: f64 = (0..3).map(|axis| a[axis] * b[axis]).sum();
    cross.iter().map(|part| part * part).sum::<f64>().sqrt().atan2(dot)
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e4).round() / 1e4
}
