//! Cuts areas at the map's edge and projects them: no band across the map, no seam at ±180°, and the poles close.
//!
//! The boundary is taken apart into lines that are real (edges along ±180° or a pole are not), these are joined across ±180°, cut anew at
//! the map's edge and closed along that edge, always with the area on the left.

use std::collections::HashMap;

use super::cut::{Relative, cut, follow, project_part};
use super::{LonLat, MapProjection, Projected};

/// Degrees around the map's rectangle: up the right edge, along the top, down the left edge, along the bottom.
const AROUND: f64 = 1080.0;

/// Where the corners are on the way around, with their places.
const CORNERS: [(f64, Relative); 4] = [
    (180.0, Relative { x: 180.0, lat: 90.0 }),
    (540.0, Relative { x: -180.0, lat: 90.0 }),
    (720.0, Relative { x: -180.0, lat: -90.0 }),
    (1080.0, Relative { x: 180.0, lat: -90.0 }),
];

/// An area on the projected plane, in metres.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProjectedArea {
    /// Closed rings to fill (even-odd or non-zero); the last point repeats the first.
    pub rings: Vec<Vec<Projected>>,
    /// Lines to stroke: the real boundary without edges along ±180°, a pole or the map's edge.
    pub coast: Vec<Vec<Projected>>,
}

/// Projects an area for filling and for stroking; see [`ProjectedArea`].
///
/// `rings` are the boundary of one area, closed or not: outer rings and holes in any order and orientation. Rings that are cut at ±180°
/// (RFC 7946) and rings that run across it are both understood; the pieces of a cut area should come in one call, so that they become one.
pub fn project_area(projection: &MapProjection, rings: &[Vec<LonLat>]) -> ProjectedArea {
    let curves = boundary(projection, rings);
    let mut area = ProjectedArea::default();
    let mut arcs = Vec::new();
    for curve in curves {
        let mut parts = cut(&curve);
        if parts.len() == 1 && parts[0].first() == parts[0].last() {
            let ring = project_part(projection, &parts[0]);
            area.coast.push(ring.clone());
            area.rings.push(ring);
            continue;
        }
        // A closed curve starts anywhere: its last part runs into its first.
        if let (Some(first), Some(last)) = (parts.first(), parts.last())
            && parts.len() > 1
            && same_place(last.last(), first.first())
        {
            let first = parts.remove(0);
            if let Some(last) = parts.last_mut() {
                last.extend_from_slice(&first[1..]);
            }
        }
        area.coast.extend(parts.iter().map(|part| project_part(projection, part)));
        arcs.extend(parts);
    }
    area.rings.extend(close_along_the_edge(&arcs).iter().map(|ring| project_part(projection, ring)));
    area
}

/// Whether two ends are one place within the map; on its edge, lines end.
fn same_place(a: Option<&Relative>, b: Option<&Relative>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a.x.abs() < 180.0 && (a.x - b.x).abs() < 1e-9 && a.lat == b.lat)
}

/// The closed rings of an area in plane metres, to be filled; see [`project_area`].
pub fn project_polygon(projection: &MapProjection, rings: &[Vec<LonLat>]) -> Vec<Vec<Projected>> {
    project_area(projection, rings).rings
}

/// The real boundary of an area as lines in plane metres, to be stroked; see [`project_area`].
pub fn project_coast(projection: &MapProjection, rings: &[Vec<LonLat>]) -> Vec<Vec<Projected>> {
    project_area(projection, rings).coast
}

/// The boundary as closed curves with the area on the left, relative to the central meridian.
fn boundary(projection: &MapProjection, rings: &[Vec<LonLat>]) -> Vec<Vec<Relative>> {
    let rings = oriented(rings);
    let cut_at_180 = rings.iter().any(|ring| ring.windows(2).any(is_artificial));
    let joined = if cut_at_180 { joined_across_180(&rings) } else { None };
    let turned_by_pole = joined.is_none();
    let curves = joined.unwrap_or(rings).into_iter().map(|ring| follow(projection, &ring));
    curves.map(|curve| if turned_by_pole { with_nearer_pole_on_the_left(curve) } else { curve }).collect()
}

/// A ring around the earth that nothing closes at a pole encloses the nearer one.
fn with_nearer_pole_on_the_left(mut curve: Vec<Relative>) -> Vec<Relative> {
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else { return curve };
    let turns = last.x - first.x;
    let lat_sum: f64 = curve.iter().map(|point| point.lat).sum();
    if turns.abs() > 180.0 && turns * lat_sum < 0.0 {
        curve.reverse();
    }
    curve
}

/// Whether an edge only closes a cut: it lies on ±180° or on a pole.
fn is_artificial(edge: &[LonLat]) -> bool {
    let (a, b) = (edge[0], edge[1]);
    let on_seam = a.lon_deg.abs() == 180.0 && a.lon_deg == b.lon_deg;
    let on_pole = a.lat_deg.abs() >= 90.0 - 1e-9 && (a.lat_deg - b.lat_deg).abs() < 1e-9;
    on_seam || on_pole
}

/// Closed copies of the rings: outer ones counter-clockwise, holes clockwise.
fn oriented(rings: &[Vec<LonLat>]) -> Vec<Vec<LonLat>> {
    let finite = rings.iter().map(|ring| ring.iter().copied().filter(|position| position.is_finite()).collect::<Vec<LonLat>>());
    let mut closed: Vec<Vec<LonLat>> = finite.filter(|ring| ring.len() > 2).collect();
    for ring in &mut closed {
        if ring.first() != ring.last() {
            ring.push(ring[0]);
        }
        if ring.windows(2).any(is_artificial) {
            *ring = without_long_steps(ring);
        }
    }
    // On the plane, pieces that meet at ±180° lie apart; rings that run across it may lie a turn apart.
    let shifts: &[f64] = if closed.iter().any(|ring| ring.windows(2).any(is_artificial)) { &[0.0] } else { &[-360.0, 0.0, 360.0] };
    let planar: Vec<Vec<(f64, f64)>> = closed.iter().map(|ring| on_the_plane(ring)).collect();
    for (index, ring) in closed.iter_mut().enumerate() {
        let depth = if planar.len() > 1 { depth_of(&planar, index, shifts) } else { 0 };
        let counter_clockwise = signed_area(&planar[index]) > 0.0;
        if counter_clockwise != (depth % 2 == 0) {
            ring.reverse();
        }
    }
    closed
}

/// In a ring that is cut at ±180° a step of more than 180° is meant as it stands, as in a box around the whole earth: divided, it stays so.
fn without_long_steps(ring: &[LonLat]) -> Vec<LonLat> {
    let mut points = vec![ring[0]];
    for pair in ring.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if (b.lon_deg - a.lon_deg).abs() > 180.0 && !is_artificial(pair) {
            points.extend(
                [0.25, 0.5, 0.75].map(|t| LonLat::new(a.lon_deg + t * (b.lon_deg - a.lon_deg), a.lat_deg + t * (b.lat_deg - a.lat_deg))),
            );
        }
        points.push(b);
    }
    points
}

/// The ring without jumps at ±180°: as it is when it is cut there, else followed the short way.
fn on_the_plane(ring: &[LonLat]) -> Vec<(f64, f64)> {
    if ring.windows(2).any(is_artificial) {
        return ring.iter().map(|p| (p.lon_deg, p.lat_deg)).collect();
    }
    follow(&MapProjection::default(), ring).iter().map(|p| (p.x, p.lat)).collect()
}

fn signed_area(ring: &[(f64, f64)]) -> f64 {
    ring.windows(2).map(|pair| pair[0].0 * pair[1].1 - pair[1].0 * pair[0].1).sum()
}

/// How many of the other rings contain this one.
fn depth_of(rings: &[Vec<(f64, f64)>], index: usize, shifts: &[f64]) -> usize {
    let (x, y) = rings[index][0];
    let others = rings.iter().enumerate().filter(|(other, _)| *other != index);
    others.filter(|(_, ring)| shifts.iter().any(|shift| contains(ring, x + shift, y))).count()
}

fn contains(ring: &[(f64, f64)], x: f64, y: f64) -> bool {
    let crossings = ring.windows(2).filter(|pair| {
        let ((ax, ay), (bx, by)) = (pair[0], pair[1]);
        (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax)
    });
    crossings.count() % 2 == 1
}

/// The real lines of rings that are cut at ±180°, joined to closed curves across it. `None` when an end has no counterpart on the other
/// side: then ±180° is a real edge of the area.
fn joined_across_180(rings: &[Vec<LonLat>]) -> Option<Vec<Vec<LonLat>>> {
    let mut curves = Vec::new();
    let mut lines = Vec::new();
    for ring in rings {
        let Some(start) = ring.windows(2).position(is_artificial) else {
            curves.push(ring.clone());
            continue;
        };
        let count = ring.len() - 1;
        let mut line = Vec::new();
        for step in 1..=count {
            let at = (start + step) % count;
            line.push(ring[at]);
            if is_artificial(&[ring[at], ring[at + 1]]) {
                if line.len() > 1 {
                    lines.push(std::mem::take(&mut line));
                }
                line.clear();
            }
        }
    }
    let mut by_start: HashMap<(bool, u64), usize> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        by_start.insert(seam_key(line[0], false)?, index);
    }
    let mut used = vec![false; lines.len()];
    for first in 0..lines.len() {
        let mut curve: Vec<LonLat> = Vec::new();
        let mut at = first;
        while !used[at] {
            used[at] = true;
            curve.extend_from_slice(&lines[at]);
            at = *by_start.get(&seam_key(*lines[at].last()?, true)?)?;
        }
        if !curve.is_empty() {
            if at != first {
                return None;
            }
            curve.push(curve[0]);
            curves.push(curve);
        }
    }
    (!curves.is_empty()).then_some(curves)
}

/// A place on ±180°, by its side (or the opposite one) and its latitude; `None` elsewhere.
fn seam_key(position: LonLat, opposite: bool) -> Option<(bool, u64)> {
    (position.lon_deg.abs() == 180.0).then(|| ((position.lon_deg > 0.0) != opposite, position.lat_deg.to_bits()))
}

/// How far around the map's rectangle a point on its left or right edge lies.
fn way_around(point: Relative) -> f64 {
    if point.x > 0.0 { point.lat + 90.0 } else { 540.0 + 90.0 - point.lat }
}

/// Closed rings from lines that end on the map's edge: each goes on along the edge, counter-clockwise, to the next start.
fn close_along_the_edge(arcs: &[Vec<Relative>]) -> Vec<Vec<Relative>> {
    let mut starts: Vec<(f64, usize)> = arcs.iter().enumerate().map(|(index, arc)| (way_around(arc[0]), index)).collect();
    starts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut used = vec![false; arcs.len()];
    let mut rings = Vec::new();
    for first in 0..arcs.len() {
        let mut ring: Vec<Relative> = Vec::new();
        let mut at = first;
        while !used[at] {
            used[at] = true;
            ring.extend_from_slice(&arcs[at]);
            let end = way_around(arcs[at][arcs[at].len() - 1]);
            // A hair behind the end counts as the end itself, else rounding would wrap the area around the whole map.
            let next = starts.partition_point(|(start, _)| *start < end - 1e-9);
            let (start, index) = starts[if next < starts.len() { next } else { 0 }];
            push_corners(&mut ring, end, start);
            at = index;
        }
        if let Some(point) = ring.first().copied() {
            ring.push(point);
            rings.push(ring);
        }
    }
    rings
}

/// The corners of the map's rectangle between two places on the way around.
fn push_corners(ring: &mut Vec<Relative>, end: f64, start: f64) {
    let start = if start < end - 1e-9 { start + AROUND } else { start };
    for turn in [0.0, AROUND] {
        ring.extend(CORNERS.iter().filter(|(at, _)| (end..start).contains(&(at + turn))).map(|(_, corner)| *corner));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::ProjectionKind;

    fn ring(points: &[(f64, f64)]) -> Vec<LonLat> {
        points.iter().map(|&(lon, lat)| LonLat::new(lon, lat)).collect()
    }

    fn area_m2(rings: &[Vec<Projected>]) -> f64 {
        let twice: f64 = rings.iter().flat_map(|ring| ring.windows(2)).map(|p| p[0].x_m * p[1].y_m - p[1].x_m * p[0].y_m).sum();
        twice / 2.0
    }

    /// Area of a box of longitude and latitude on the sphere of the projections.
    fn box_area_m2(width_deg: f64, south_deg: f64, north_deg: f64) -> f64 {
        width_deg.to_radians() * 6_378_137.0_f64.powi(2) * (north_deg.to_radians().sin() - south_deg.to_radians().sin())
    }

    /// Parallels are straight on Equal Earth and meridians are divided every 2°: what the chords cut off stays below a thousandth.
    fn assert_area(projection: &MapProjection, rings: &[Vec<LonLat>], expected_m2: f64) {
        let found = area_m2(&project_polygon(projection, rings));
        assert!((found / expected_m2 - 1.0).abs() < 1e-3, "{projection:?}: {found} instead of {expected_m2}");
    }

    #[test]
    fn a_box_keeps_its_area_wherever_the_map_is_cut() {
        let expected = box_area_m2(60.0, 10.0, 50.0);
        for central in (-180..180).step_by(15) {
            let projection = MapProjection::new(ProjectionKind::EqualEarth, f64::from(central));
            assert_area(&projection, &[ring(&[(-10.0, 10.0), (50.0, 10.0), (50.0, 50.0), (-10.0, 50.0)])], expected);
            // The same turned the other way round, across ±180°.
            assert_area(&projection, &[ring(&[(150.0, 50.0), (-150.0, 50.0), (-150.0, 10.0), (150.0, 10.0)])], expected);
        }
    }

    #[test]
    fn pieces_cut_at_180_become_one_again() {
        let pieces = [
            ring(&[(170.0, 60.0), (180.0, 60.0), (180.0, 70.0), (170.0, 70.0)]),
            ring(&[(-180.0, 60.0), (-160.0, 60.0), (-160.0, 70.0), (-180.0, 70.0)]),
        ];
        let pacific = project_area(&MapProjection::new(ProjectionKind::EqualEarth, 150.0), &pieces);
        assert_eq!((pacific.rings.len(), pacific.coast.len()), (1, 1));
        let atlantic = project_area(&MapProjection::new(ProjectionKind::EqualEarth, 0.0), &pieces);
        assert_eq!((atlantic.rings.len(), atlantic.coast.len()), (2, 2));
        for central in [0.0, 150.0, 30.0, -170.0] {
            assert_area(&MapProjection::new(ProjectionKind::EqualEarth, central), &pieces, box_area_m2(30.0, 60.0, 70.0));
        }
    }

    #[test]
    fn a_polar_cap_closes_along_the_pole() {
        let cap = [ring(&[(-180.0, -90.0), (-180.0, -70.0), (0.0, -70.0), (180.0, -70.0), (180.0, -90.0)])];
        for central in (-180..180).step_by(30) {
            let projection = MapProjection::new(ProjectionKind::EqualEarth, f64::from(central));
            assert_area(&projection, &cap, box_area_m2(360.0, -90.0, -70.0));
            let coast = project_coast(&projection, &cap);
            let pole_y = projection.project(LonLat::new(0.0, -90.0)).y_m;
            assert!(coast.iter().flatten().all(|point| point.y_m > pole_y * 0.99), "the pole is no coast");
        }
        // A ring around the pole that is not cut at all.
        let uncut = [ring(&[(0.0, 70.0), (90.0, 70.0), (180.0, 70.0), (-90.0, 70.0)])];
        assert_area(&MapProjection::new(ProjectionKind::EqualEarth, 20.0), &uncut, box_area_m2(360.0, 70.0, 90.0));
    }

    #[test]
    fn a_belt_around_the_earth_is_filled() {
        let belt = [ring(&[(-180.0, -20.0), (180.0, -20.0), (180.0, 40.0), (-180.0, 40.0)])];
        for central in [0.0, 90.0, -135.0] {
            assert_area(&MapProjection::new(ProjectionKind::EqualEarth, central), &belt, box_area_m2(360.0, -20.0, 40.0));
        }
    }

    #[test]
    fn an_area_that_ends_at_180_keeps_that_edge() {
        let one_sided = [ring(&[(170.0, 10.0), (180.0, 10.0), (180.0, 20.0), (170.0, 20.0)])];
        for central in [0.0, 100.0, -60.0, 180.0] {
            assert_area(&MapProjection::new(ProjectionKind::EqualEarth, central), &one_sided, box_area_m2(10.0, 10.0, 20.0));
        }
    }

    #[test]
    fn rings_that_are_none_are_survived() {
        let projection = MapProjection::new(ProjectionKind::Mercator, -30.0);
        let nan = ring(&[(f64::NAN, 1.0), (2.0, f64::NAN), (180.0, 95.0), (-180.0, 1e300)]);
        for rings in
            [vec![], vec![vec![]], vec![ring(&[(1.0, 1.0)])], vec![ring(&[(1.0, 1.0), (1.0, 1.0), (1.0, 1.0)])], vec![nan.clone(), nan]]
        {
            assert!(project_area(&projection, &rings).rings.len() < 9);
        }
    }

    #[test]
    fn holes_stay_holes_in_any_orientation() {
        let outer = ring(&[(-30.0, -30.0), (30.0, -30.0), (30.0, 30.0), (-30.0, 30.0)]);
        let hole = ring(&[(-10.0, -10.0), (10.0, -10.0), (10.0, 10.0), (-10.0, 10.0)]);
        let expected = box_area_m2(60.0, -30.0, 30.0) - box_area_m2(20.0, -10.0, 10.0);
        for central in [0.0, 175.0, -175.0] {
            assert_area(&MapProjection::new(ProjectionKind::EqualEarth, central), &[hole.clone(), outer.clone()], expected);
        }
    }
}
