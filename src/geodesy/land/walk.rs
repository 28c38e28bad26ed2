//! Follows a line along its great circles from coast to coast.

use super::grid::{Grid, crossing};
use super::{Shore, on_earth};
use crate::geodesy::great_circle::{MEAN_RADIUS_KM, normalized};
use crate::geodesy::vector::{lon_lat_from_vector, unit_vector};
use crate::geodesy::{LonLat, wrap_lon_deg};

/// How far a piece of a great circle may stray from the straight line in degrees between its ends, metres.
const MAX_SAGITTA_M: f64 = 0.5;
/// Pieces near the coast are at most this long, metres: then they touch few cells.
const MAX_PIECE_M: f64 = 10_000.0;
/// Pieces are not cut shorter than this, metres; only within 100 km of a pole would they have to be.
const MIN_PIECE_M: f64 = 50.0;
/// Slack for rounding in the limits of a piece, degrees (1 cm).
const SLACK_DEG: f64 = 1e-7;

/// A position, also as a unit vector.
#[derive(Clone, Copy)]
struct Node {
    at: LonLat,
    vector: [f64; 3],
}

impl Node {
    fn new(position: LonLat) -> Self {
        let at = on_earth(position);
        Self { at, vector: unit_vector(at) }
    }

    fn of_vector(vector: [f64; 3]) -> Self {
        Self { at: lon_lat_from_vector(vector), vector }
    }
}

/// A walk along a line.
pub(super) struct Walk<'a> {
    grid: &'a Grid,
    segment: usize,
    ashore: bool,
    shores: Vec<Shore>,
    /// Crossings of one piece, kept for its memory: edge and share of the way.
    hits: Vec<(u32, f64)>,
}

impl<'a> Walk<'a> {
    /// Where a line of finite positions comes ashore and reaches water again, by turns; an even number, since its ends count as shores.
    pub(super) fn over(grid: &'a Grid, line: &[LonLat]) -> Vec<Shore> {
        let Some((first, rest)) = line.split_first() else { return Vec::new() };
        let mut from = Node::new(*first);
        let mut walk = Self { grid, segment: 0, ashore: false, shores: Vec::new(), hits: Vec::new() };
        walk.be(grid.is_land(from.at), from.at);
        for (segment, position) in rest.iter().enumerate() {
            walk.segment = segment;
            let to = Node::new(*position);
            if to.at != from.at {
                walk.leg(from, to);
            }
            from = to;
        }
        walk.be(false, from.at);
        walk.shores
    }

    /// What is underfoot at a position: a change is a shore.
    fn be(&mut self, ashore: bool, position: LonLat) {
        if self.ashore != ashore {
            self.ashore = ashore;
            self.shores.push(Shore { segment: self.segment, position });
        }
    }

    /// Walks a great circle: at once where all around is water or all is land, else in halves until it may be taken for straight.
    fn leg(&mut self, a: Node, b: Node) {
        let sum = [0, 1, 2].map(|i| a.vector[i] + b.vector[i]);
        // The cosine of half the angle: what the middle of the chord has to be divided by to lie on the sphere.
        let half_cos = norm(sum) / 2.0;
        let chord_m = norm([0, 1, 2].map(|i| a.vector[i] - b.vector[i])) * MEAN_RADIUS_KM * 1000.0;
        if half_cos > 0.5 {
            let (lon, lat) = limits(a, b, half_cos);
            if let Some(land) = self.grid.state(lon, lat) {
                self.be(land, a.at);
                return;
            }
            let steep = lat.0.abs().max(lat.1.abs()).to_radians().tan().abs();
            let straight_m = (8.0 * MEAN_RADIUS_KM * 1000.0 * MAX_SAGITTA_M / (1.1 * steep)).sqrt();
            if chord_m <= straight_m.clamp(MIN_PIECE_M, MAX_PIECE_M) {
                self.piece(a.at, b.at, lat);
                return;
            }
        }
        // Antipodes have no middle of their own: by the north pole, as `great_circle` goes.
        let north = [0, 1, 2].map(|i| if i == 2 { 1.0 } else { 0.0 } - a.vector[2] * a.vector[i]);
        let middle = if half_cos > 1e-9 { normalized(sum) } else { normalized(north) };
        let middle = Node::of_vector(middle.unwrap_or([1.0, 0.0, 0.0]));
        self.leg(a, middle);
        self.leg(middle, b);
    }

    /// Walks a piece that is straight in degrees.
    fn piece(&mut self, a: LonLat, b: LonLat, lat: (f64, f64)) {
        let (a, b) = side_by_side(a, b);
        let lon = (a.lon_deg.min(b.lon_deg), a.lon_deg.max(b.lon_deg));
        let mut hits = std::mem::take(&mut self.hits);
        hits.clear();
        self.grid.for_edges_in(lon, lat, |edge, p, q| hits.extend(crossing(a, b, p, q).map(|share| (edge, share))));
        hits.sort_unstable_by_key(|(edge, _)| *edge);
        hits.dedup_by_key(|(edge, _)| *edge);
        hits.sort_unstable_by(|(_, one), (_, other)| one.total_cmp(other));
        for (_, share) in &hits {
            let part = |from: f64, to: f64| from + (to - from) * share;
            let position = LonLat::new(wrap_lon_deg(part(a.lon_deg, b.lon_deg)), part(a.lat_deg, b.lat_deg));
            self.be(!self.ashore, position);
        }
        self.hits = hits;
    }
}

/// West, east, south and north of a great circle of less than 120°. The west is in −180..180, the east may lie beyond.
fn limits(a: Node, b: Node, half_cos: f64) -> ((f64, f64), (f64, f64)) {
    let (p, q) = side_by_side(a.at, b.at);
    let lon = (p.lon_deg.min(q.lon_deg), p.lon_deg.max(q.lon_deg));
    // All of the arc is the chord pushed out, by `half_cos` at most.
    let pushed = |z: f64| (z / half_cos).clamp(-1.0, 1.0).asin().to_degrees();
    let (low, high) = if a.at.lat_deg <= b.at.lat_deg { (a, b) } else { (b, a) };
    let south = if low.at.lat_deg < 0.0 { pushed(low.vector[2]) } else { low.at.lat_deg };
    let north = if high.at.lat_deg > 0.0 { pushed(high.vector[2]) } else { high.at.lat_deg };
    (lon, (south - SLACK_DEG, north + SLACK_DEG))
}

/// Two positions on the shorter way around the earth, the western one in −180..=180.
fn side_by_side(a: LonLat, b: LonLat) -> (LonLat, LonLat) {
    let away_deg = b.lon_deg - a.lon_deg;
    let beyond = |position: LonLat| LonLat::new(position.lon_deg + 360.0, position.lat_deg);
    if a.lon_deg == -180.0 && b.lon_deg == -180.0 {
        // From here the cells on both sides of ±180° are next to it.
        (beyond(a), beyond(b))
    } else if away_deg > 180.0 {
        (beyond(a), b)
    } else if away_deg < -180.0 {
        (a, beyond(b))
    } else {
        (a, b)
    }
}

fn norm(v: [f64; 3]) -> f64 {
    (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).sqrt()
}
