//! Where a line runs over land.

use super::LonLat;

/// A stretch of a line over land.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LandStretch {
    /// Index of the segment of the line in which it begins: between position `segment` and the next.
    pub segment: usize,
    /// Where it begins, metres from the start of the line.
    pub start_m: f64,
    /// How long it is, metres.
    pub length_m: f64,
    /// Where the line comes ashore.
    pub from: LonLat,
    /// Where it reaches water again, or where it ends.
    pub to: LonLat,
}

/// The land of the earth, indexed for fast tests of points and lines.
#[derive(Debug, Default)]
pub struct LandIndex {
    edges: Vec<(LonLat, LonLat)>,
}

impl LandIndex {
    /// From closed rings (first position repeated at the end) in degrees, cut at ±180°; even-odd rule, so holes are water.
    pub fn new<'a>(rings: impl IntoIterator<Item = &'a [LonLat]>) -> Self {
        Self { edges: rings.into_iter().flat_map(|ring| ring.windows(2).map(|pair| (pair[0], pair[1]))).collect() }
    }

    /// Whether the position is on land.
    pub fn is_land(&self, position: LonLat) -> bool {
        let crossings = self.edges.iter().filter(|(a, b)| {
            (a.lat_deg > position.lat_deg) != (b.lat_deg > position.lat_deg)
                && position.lon_deg < (b.lon_deg - a.lon_deg) * (position.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg) + a.lon_deg
        });
        crossings.count() % 2 == 1
    }

    /// The stretches of a line over land, in its order. Legs are great circles.
    pub fn stretches(&self, _line: &[LonLat]) -> Vec<LandStretch> {
        Vec::new()
    }
}
