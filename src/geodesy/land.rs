//! Where a line runs over land: the coast in a grid of cells, so that open sea costs next to nothing.

mod grid;
mod stretch;
mod walk;

use self::grid::Grid;
use self::walk::Walk;
use super::{LonLat, distance_m, wrap_lon_deg};

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

impl LandStretch {
    /// Where it ends, metres from the start of the line.
    pub fn end_m(&self) -> f64 {
        self.start_m + self.length_m
    }
}

/// The land of the earth, indexed for fast tests of points and lines. About 20 MB for the coasts of the world.
#[derive(Debug, Default)]
pub struct LandIndex {
    /// `None` is an earth of water.
    grid: Option<Grid>,
}

impl LandIndex {
    /// Shorter stretches are no crossings but touches: rings are rounded to a metre, and where a line runs along a coast, this
    /// metre across it is several along it.
    pub const TOUCH_M: f64 = 20.0;

    /// From closed rings (first position repeated at the end) in degrees, cut at ±180°; even-odd rule, so holes are water.
    ///
    /// Edges are straight in degrees. Those along ±180° and along a pole only close a ring and are no coast.
    pub fn new<'a>(rings: impl IntoIterator<Item = &'a [LonLat]>) -> Self {
        let rings: Vec<&[LonLat]> = rings.into_iter().filter(|ring| ring.len() > 2).collect();
        Self { grid: (!rings.is_empty()).then(|| Grid::new(&rings)) }
    }

    /// Whether the position is on land; `false` for what is no position. Longitudes are wrapped.
    pub fn is_land(&self, position: LonLat) -> bool {
        position.is_finite() && self.grid.as_ref().is_some_and(|grid| grid.is_land(on_earth(position)))
    }

    /// The stretches of a line over land, in its order. Legs are great circles, exact to about a metre; lengths are those on the WGS 84
    /// ellipsoid. Touches of less than [`Self::TOUCH_M`] are left out. A position that is no number ends the line, and the next begins one.
    pub fn stretches(&self, line: &[LonLat]) -> Vec<LandStretch> {
        let Some(grid) = &self.grid else { return Vec::new() };
        let mut stretches = Vec::new();
        let mut first = 0;
        // How far the line was measured: lengths are dear and most lines need none.
        let mut measured_to = (0, 0.0);
        for part in line.split(|position| !position.is_finite()) {
            let shores = Walk::over(grid, part);
            if !shores.is_empty() {
                measured_to = (first, measured_to.1 + length_m(&line[measured_to.0..first]));
                stretches.extend(measured(part, &shores, first, measured_to.1));
            }
            first += part.len() + 1;
        }
        stretches
    }
}

/// Where a line comes ashore or reaches water.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shore {
    segment: usize,
    position: LonLat,
}

/// Shores by twos, ashore and away, as stretches with lengths.
fn measured(part: &[LonLat], shores: &[Shore], first: usize, start_m: f64) -> Vec<LandStretch> {
    let mut walked = (0, start_m);
    let mut along = |shore: &Shore| {
        while walked.0 < shore.segment {
            walked.1 += distance_m(part[walked.0], part[walked.0 + 1]);
            walked.0 += 1;
        }
        walked.1 + distance_m(part[shore.segment], shore.position)
    };
    let stretch = |pair: &[Shore]| {
        let (start_m, end_m) = (along(&pair[0]), along(&pair[1]));
        LandStretch { segment: first + pair[0].segment, start_m, length_m: end_m - start_m, from: pair[0].position, to: pair[1].position }
    };
    shores.chunks_exact(2).map(stretch).filter(|stretch| stretch.length_m >= LandIndex::TOUCH_M).collect()
}

/// Length of a line, without the legs that have no length.
fn length_m(line: &[LonLat]) -> f64 {
    line.windows(2).filter(|leg| leg[0].is_finite() && leg[1].is_finite()).map(|leg| distance_m(leg[0], leg[1])).sum()
}

fn on_earth(position: LonLat) -> LonLat {
    LonLat::new(wrap_lon_deg(position.lon_deg), position.lat_deg.clamp(-90.0, 90.0))
}

#[cfg(test)]
mod tests;
