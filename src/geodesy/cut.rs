//! Cuts lines at the map's edge, the meridian opposite to the central one, and projects them; the world's outline and the graticule.
//!
//! Between two positions a line runs straight in longitude and latitude, the short way round, as RFC 7946 has it. Long steps are divided
//! before they are projected, because such a line is curved on most maps.

use super::{LonLat, MapProjection, Projected, ProjectionKind, WEB_MERCATOR_MAX_LAT_DEG};

/// A longer step in degrees is divided: within 2° the curve of a meridian of Equal Earth leaves its chord by less than 2 km.
const MAX_STEP_DEG: f64 = 2.0;

/// A position relative to the central meridian; `x` may leave −180..180 while a line is followed around the earth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Relative {
    /// Longitude in degrees from the central meridian.
    pub x: f64,
    /// Latitude in degrees.
    pub lat: f64,
}

/// The line in plane metres, in parts that end exactly on the map's edge where it crosses that edge.
pub fn project_line(projection: &MapProjection, line: &[LonLat]) -> Vec<Vec<Projected>> {
    cut(&follow(projection, line)).iter().map(|part| project_part(projection, part)).collect()
}

/// The closed ring around all that the projection can show, in plane metres, counter-clockwise; the last point repeats the first.
pub fn outline(projection: &MapProjection) -> Vec<Projected> {
    let top = top_lat_deg(projection);
    let corners = [(180.0, -top), (180.0, top), (-180.0, top), (-180.0, -top), (180.0, -top)];
    project_part(projection, &corners.map(|(x, lat)| Relative { x, lat }))
}

/// Meridians and parallels at the multiples of `step_deg` degrees (at least 0.1) as lines in plane metres. The map's own edges are left to [`outline`].
pub fn graticule(projection: &MapProjection, step_deg: f64) -> Vec<Vec<Projected>> {
    let step = step_deg.max(0.1);
    let top = top_lat_deg(projection);
    let mut lines = Vec::new();
    let mut line = |from: Relative, to: Relative| lines.push(project_part(projection, &[from, to]));
    for lon in multiples(step, 180.0) {
        let x = projection.relative_lon_deg(lon);
        // −180° and 180° are one meridian.
        if x > -180.0 && lon < 180.0 {
            line(Relative { x, lat: -top }, Relative { x, lat: top });
        }
    }
    for lat in multiples(step, top).into_iter().filter(|lat| lat.abs() < top) {
        line(Relative { x: -180.0, lat }, Relative { x: 180.0, lat });
    }
    lines
}

/// The multiples of `step` from −`limit` to `limit`.
fn multiples(step: f64, limit: f64) -> Vec<f64> {
    let mut found = vec![0.0];
    let mut value = step;
    let mut count = 1.0;
    while value <= limit {
        found.extend([-value, value]);
        count += 1.0;
        value = step * count;
    }
    found
}

/// The northernmost latitude in degrees that the projection draws.
fn top_lat_deg(projection: &MapProjection) -> f64 {
    match projection.kind {
        ProjectionKind::Mercator => WEB_MERCATOR_MAX_LAT_DEG,
        ProjectionKind::EqualEarth | ProjectionKind::NaturalEarth => 90.0,
    }
}

/// The line relative to the central meridian, each step the short way, without jumps at ±180°. Positions that are not finite are left out.
pub(super) fn follow(projection: &MapProjection, line: &[LonLat]) -> Vec<Relative> {
    let mut finite = line.iter().filter(|position| position.is_finite()).peekable();
    let Some(first) = finite.peek() else { return Vec::new() };
    let mut along = projection.relative_lon_deg(first.lon_deg);
    let mut before = first.lon_deg;
    finite
        .map(|position| {
            let step = position.lon_deg - before;
            along += if step.abs() <= 180.0 { step } else { step - 360.0 * (step / 360.0).round() };
            before = position.lon_deg;
            // Not `along` itself: rounding adds up in it, and a ring must come back to the very place where it began.
            let x = projection.relative_lon_deg(position.lon_deg);
            Relative { x: x + 360.0 * ((along - x) / 360.0).round(), lat: position.lat_deg }
        })
        .collect()
}

/// Which turn of the earth, 0 for −180 ≤ x < 180.
fn turn(x: f64) -> f64 {
    ((x + 180.0) / 360.0).floor()
}

/// Cuts at the map's edge and brings every part into −180..180. Parts without length are left out.
pub(super) fn cut(line: &[Relative]) -> Vec<Vec<Relative>> {
    let Some(first) = line.first() else { return Vec::new() };
    let mut parts = Vec::new();
    let mut at = turn(first.x);
    let mut part = vec![Relative { x: first.x - 360.0 * at, lat: first.lat }];
    for pair in line.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let next = turn(to.x);
        if next != at {
            let side = if next > at { 180.0 } else { -180.0 };
            let lat = lat_at(from, to, side + 360.0 * at);
            part.push(Relative { x: side, lat });
            parts.push(std::mem::replace(&mut part, vec![Relative { x: -side, lat }]));
            at = next;
        }
        part.push(Relative { x: to.x - 360.0 * at, lat: to.lat });
    }
    parts.push(part);
    parts.retain(|part| part.len() > 1 && part.iter().any(|point| *point != part[0]));
    parts
}

/// The latitude where a step passes a meridian; exactly that of the end that lies on it.
fn lat_at(from: Relative, to: Relative, x: f64) -> f64 {
    if to.x == x || from.x == to.x {
        return to.lat;
    }
    from.lat + (x - from.x) / (to.x - from.x) * (to.lat - from.lat)
}

/// Divides long steps and projects; `part` lies within −180..180.
pub(super) fn project_part(projection: &MapProjection, part: &[Relative]) -> Vec<Projected> {
    let Some(first) = part.first() else { return Vec::new() };
    let mut points = Vec::with_capacity(part.len());
    points.push(projection.project_relative(first.x, first.lat));
    for pair in part.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let longest = (to.x - from.x).abs().max((to.lat - from.lat).abs());
        // No step on the earth needs more; a latitude that is none must not keep the loop going.
        let steps = (longest / MAX_STEP_DEG).ceil().min(360.0 / MAX_STEP_DEG);
        let mut step = 1.0;
        while step < steps {
            let t = step / steps;
            points.push(projection.project_relative(from.x + t * (to.x - from.x), from.lat + t * (to.lat - from.lat)));
            step += 1.0;
        }
        points.push(projection.project_relative(to.x, to.lat));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_across_the_edge_is_cut_exactly_there() {
        let projection = MapProjection::new(ProjectionKind::EqualEarth, 0.0);
        let parts = project_line(&projection, &[LonLat::new(170.0, 10.0), LonLat::new(-170.0, 20.0)]);
        assert_eq!(parts.len(), 2);
        let (east, west) = (projection.project_relative(180.0, 15.0), projection.project_relative(-180.0, 15.0));
        assert_eq!((*parts[0].last().unwrap(), parts[1][0]), (east, west));
        let pacific = MapProjection::new(ProjectionKind::EqualEarth, 180.0);
        assert_eq!(project_line(&pacific, &[LonLat::new(170.0, 10.0), LonLat::new(-170.0, 20.0)]).len(), 1);
    }

    #[test]
    fn touching_the_edge_leaves_no_stray_part() {
        let projection = MapProjection::new(ProjectionKind::Mercator, 0.0);
        let to_the_edge = project_line(&projection, &[LonLat::new(170.0, 10.0), LonLat::new(180.0, 20.0)]);
        assert_eq!(to_the_edge.len(), 1);
        assert_eq!(*to_the_edge[0].last().unwrap(), projection.project_relative(180.0, 20.0));
        assert_eq!(project_line(&projection, &[LonLat::new(-180.0, 20.0), LonLat::new(170.0, 10.0)]).len(), 1);
        assert!(project_line(&projection, &[]).is_empty());
    }

    #[test]
    fn positions_that_are_none_are_survived() {
        let projection = MapProjection::new(ProjectionKind::EqualEarth, 10.0);
        for odd in [f64::NAN, f64::INFINITY, 1e300] {
            assert!(project_line(&projection, &[LonLat::new(0.0, 0.0), LonLat::new(odd, odd), LonLat::new(170.0, 5.0)]).len() < 5);
        }
    }

    #[test]
    fn the_outline_encloses_the_projected_world() {
        for kind in ProjectionKind::ALL {
            let projection = MapProjection::new(kind, 40.0);
            let ring = outline(&projection);
            assert_eq!(ring.first(), ring.last());
            let (half_width, half_height) = projection.world_half_size_m();
            let widest = ring.iter().map(|p| p.x_m).fold(0.0, f64::max);
            let highest = ring.iter().map(|p| p.y_m).fold(0.0, f64::max);
            assert!(widest <= half_width + 1e-6 && widest > 0.999 * half_width, "{kind:?}");
            assert!((highest - half_height).abs() < 1.0, "{kind:?}");
        }
    }

    #[test]
    fn the_graticule_has_every_line_once() {
        // 30°: 12 meridians, of which −180° is the edge; parallels −60 … 60, the poles are the edge.
        let lines = graticule(&MapProjection::new(ProjectionKind::EqualEarth, 0.0), 30.0);
        assert_eq!(lines.len(), 11 + 5);
        // With the edge at 165° no meridian coincides with it.
        assert_eq!(graticule(&MapProjection::new(ProjectionKind::EqualEarth, -15.0), 30.0).len(), 12 + 5);
    }

    proptest! {
        #[test]
        fn no_part_ever_crosses_the_map(
            central in -180.0..180.0_f64,
            line in prop::collection::vec((-180.0..=180.0_f64, -90.0..=90.0_f64), 2..20),
        ) {
            let projection = MapProjection::new(ProjectionKind::NaturalEarth, central);
            let line: Vec<LonLat> = line.into_iter().map(|(lon, lat)| LonLat::new(lon, lat)).collect();
            // Natural Earth: 2° of longitude are at most 0.87 · 2° wide, 2° of latitude lean by at most 0.95 · π · 2° (180° out, at the pole);
            // together 1/20 of half the width, 0.87 · π.
            let limit = projection.world_half_size_m().0 / 20.0;
            for part in project_line(&projection, &line) {
                for pair in part.windows(2) {
                    prop_assert!((pair[1].x_m - pair[0].x_m).abs() < limit, "{pair:?}");
                }
            }
        }
    }
}
