//! Rings: rounding, orientation, holes, and the meeting of pieces at ±180°.

use anyhow::{Result, ensure};

use crate::{Point, Ring, UNITS_PER_DEGREE};

const SEAM: i32 = 180 * UNITS_PER_DEGREE as i32;
const POLE: i32 = -90 * UNITS_PER_DEGREE as i32;

/// Ends of the two sides of ±180° that differ by less (0.003°, 300 m) are the same coast.
const SEAM_GAP: i32 = 300;

/// Positions in units without repetitions; what lies within 2 m of ±180° lies on it.
pub fn quantized(points: &[[f64; 2]]) -> Vec<Point> {
    let mut line: Vec<Point> = points
        .iter()
        .map(|point| {
            let [lon, lat] = point.map(|degrees| (degrees * UNITS_PER_DEGREE).round() as i32);
            let lon = if lon.abs() >= SEAM - 2 { SEAM * lon.signum() } else { lon };
            [lon, if lat <= POLE + 2 { POLE } else { lat }]
        })
        .collect();
    line.dedup();
    line
}

/// Rings of a shapefile, where outer rings run clockwise: here they run counter-clockwise.
pub fn read(rings: &[Vec<[f64; 2]>]) -> Vec<Ring> {
    let read = rings.iter().map(|ring| {
        let mut ring = open_ring(ring);
        ring.reverse();
        ring
    });
    read.filter(|ring| ring.len() > 2).collect()
}

/// Rings of a polygon whose first ring is the outer one.
pub fn read_polygon(rings: &[Vec<[f64; 2]>]) -> Vec<Ring> {
    let read = rings.iter().enumerate().map(|(index, ring)| {
        let mut ring = open_ring(ring);
        if (twice_area(&ring) > 0) != (index == 0) {
            ring.reverse();
        }
        ring
    });
    read.filter(|ring| ring.len() > 2).collect()
}

fn open_ring(ring: &[[f64; 2]]) -> Ring {
    let mut ring = quantized(ring);
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

/// Twice the signed area in square units; counter-clockwise is positive.
pub fn twice_area(ring: &[Point]) -> i64 {
    edges(ring).map(|(a, b)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1])).sum()
}

/// Approximate area in km², at the latitude of the ring's middle.
pub fn area_km2(ring: &[Point]) -> f64 {
    let lat = ring.iter().map(|point| f64::from(point[1])).sum::<f64>() / ring.len() as f64 / UNITS_PER_DEGREE;
    let km_per_unit = 111.2 / UNITS_PER_DEGREE;
    (twice_area(ring) as f64).abs() / 2.0 * km_per_unit * km_per_unit * lat.to_radians().cos()
}

/// All edges, the closing one too.
pub fn edges(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| (*a, *b))
}

/// Whether an edge only closes a cut at ±180° or runs along the pole.
pub fn is_artificial(a: Point, b: Point) -> bool {
    (a[0].abs() == SEAM && a[0] == b[0]) || (a[1] == POLE && b[1] == POLE)
}

/// Groups rings into polygons: holes with their outer ring, pieces that meet at ±180° with each other.
pub fn polygons(rings: Vec<Ring>) -> Result<Vec<Vec<Ring>>> {
    let (mut outer, holes): (Vec<Ring>, Vec<Ring>) = rings.into_iter().partition(|ring| twice_area(ring) > 0);
    let mut group: Vec<usize> = (0..outer.len()).collect();
    meet_at_the_seam(&mut outer, &mut group)?;
    for ring in &outer {
        let long = edges(ring).find(|&(a, b)| (a[0] - b[0]).abs() > SEAM && !is_artificial(a, b));
        ensure!(long.is_none(), "an edge is longer than 180°: {long:?}");
    }
    let mut of_hole = Vec::new();
    for hole in &holes {
        let around = (0..outer.len()).filter(|&index| contains(&outer[index], hole[0]));
        let smallest = around.min_by_key(|&index| twice_area(&outer[index]));
        ensure!(smallest.is_some(), "a hole lies in no ring: {:?}", hole[0]);
        of_hole.extend(smallest.map(|index| group[index]));
    }
    let mut polygons: Vec<Vec<Ring>> = vec![Vec::new(); outer.len()];
    for (ring, group) in outer.into_iter().chain(holes).zip(group.iter().copied().chain(of_hole)) {
        polygons[group].push(ring);
    }
    polygons.retain(|rings| !rings.is_empty());
    Ok(polygons)
}

fn contains(ring: &[Point], point: Point) -> bool {
    let [x, y] = point.map(f64::from);
    let crossings = edges(ring).filter(|(a, b)| {
        let ([ax, ay], [bx, by]) = (a.map(f64::from), b.map(f64::from));
        (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax)
    });
    crossings.count() % 2 == 1
}

/// One end of a coast on ±180°.
struct End {
    ring: usize,
    at: usize,
    east: bool,
    lat: i32,
    /// The coast arrives here, else it leaves.
    arrives: bool,
}

/// Gives both sides of ±180° the same latitudes, and the rings that meet there the same group.
fn meet_at_the_seam(rings: &mut [Ring], group: &mut [usize]) -> Result<()> {
    let mut ends = Vec::new();
    for (index, ring) in rings.iter_mut().enumerate() {
        without_points_on_the_seam(ring);
        ends.extend(ends_of(index, ring));
    }
    let (arriving, mut leaving): (Vec<End>, Vec<End>) = ends.into_iter().partition(|end| end.arrives);
    ensure!(arriving.len() == leaving.len(), "the coast crosses ±180° an odd number of times");
    for end in arriving {
        let nearest =
            (0..leaving.len()).filter(|&other| leaving[other].east != end.east).min_by_key(|&other| (leaving[other].lat - end.lat).abs());
        let Some(nearest) = nearest.filter(|&other| (leaving[other].lat - end.lat).abs() <= SEAM_GAP) else {
            anyhow::bail!("the coast ends at ±180°, latitude {}", f64::from(end.lat) / UNITS_PER_DEGREE);
        };
        let other = leaving.swap_remove(nearest);
        let lat = i32::midpoint(end.lat, other.lat);
        rings[end.ring][end.at][1] = lat;
        rings[other.ring][other.at][1] = lat;
        let (keep, drop) = (group[end.ring].min(group[other.ring]), group[end.ring].max(group[other.ring]));
        group.iter_mut().filter(|group| **group == drop).for_each(|group| *group = keep);
    }
    Ok(())
}

/// Drops points between two artificial edges; the corners at the pole stay.
fn without_points_on_the_seam(ring: &mut Ring) {
    let count = ring.len();
    let kept = (0..count).filter(|&at| {
        let (before, here, after) = (ring[(at + count - 1) % count], ring[at], ring[(at + 1) % count]);
        let straight = before[0] == here[0] && here[0] == after[0];
        !(is_artificial(before, here) && is_artificial(here, after) && straight)
    });
    *ring = kept.map(|at| ring[at]).collect();
}

fn ends_of(index: usize, ring: &[Point]) -> Vec<End> {
    let count = ring.len();
    let on_seam = (0..count).filter(|&at| ring[at][0].abs() == SEAM);
    let ends = on_seam.filter_map(|at| {
        let before = is_artificial(ring[(at + count - 1) % count], ring[at]);
        let after = is_artificial(ring[at], ring[(at + 1) % count]);
        (before != after).then(|| End { ring: index, at, east: ring[at][0] > 0, lat: ring[at][1], arrives: after })
    });
    ends.collect()
}
