//! A stretch over land along its line: where it runs, and what of it lies outside of zones such as canals and the surroundings of ports.

use super::LandStretch;
use crate::geodesy::{LonLat, Zone, distance_m, great_circle, margin_m, wrap_lon_deg};

/// The edge of a zone is found this exactly along a line, metres; what is left of a stretch and shorter counts for nothing.
const RESOLUTION_M: f64 = 100.0;

/// Distances to zones are those on a sphere: this much longer a piece of a line may be on the ellipsoid.
const SPHERE_SLACK: f64 = 1.01;

/// Positions of a stretch are at most this far apart, kilometres: between them a map may draw straight.
const STEP_KM: f64 = 50.0;

impl LandStretch {
    /// The segment of `line` in which it ends. A stretch that ends at a position of the line ends in the segment before it.
    pub fn last_segment(&self, line: &[LonLat]) -> usize {
        let (mut here, mut left_m, mut segment) = (self.from, self.length_m, self.segment);
        while segment + 2 < line.len() {
            let leg_m = distance_m(here, line[segment + 1]);
            // A metre of rounding.
            if leg_m + 1.0 >= left_m {
                break;
            }
            left_m -= leg_m;
            segment += 1;
            here = line[segment];
        }
        segment
    }

    /// Where it runs: from its beginning to its end along the great circles of `line`.
    pub fn positions(&self, line: &[LonLat]) -> Vec<LonLat> {
        let between = line.get(self.segment + 1..=self.last_segment(line)).unwrap_or_default();
        let mut corners = vec![self.from];
        corners.extend(between);
        corners.push(self.to);
        let mut positions = vec![self.from];
        for leg in corners.windows(2).filter(|leg| leg[0] != leg[1]) {
            positions.extend(great_circle(leg[0], leg[1], STEP_KM).into_iter().skip(1));
        }
        positions
    }

    /// Its middle.
    pub fn middle(&self, line: &[LonLat]) -> LonLat {
        let positions = self.positions(line);
        let mut left_m = self.length_m / 2.0;
        for leg in positions.windows(2) {
            let leg_m = distance_m(leg[0], leg[1]);
            if leg_m >= left_m && leg_m > 0.0 {
                let share = left_m / leg_m;
                let east_deg = wrap_lon_deg(leg[1].lon_deg - leg[0].lon_deg);
                return LonLat::new(
                    wrap_lon_deg(leg[0].lon_deg + east_deg * share),
                    leg[0].lat_deg + (leg[1].lat_deg - leg[0].lat_deg) * share,
                );
            }
            left_m -= leg_m;
        }
        self.to
    }

    /// The parts of this stretch of `line` that lie outside of all zones. Parts of less than 100 m that a zone leaves over are dropped.
    pub fn outside(&self, line: &[LonLat], zones: &[&Zone]) -> Vec<Self> {
        if margin_m(zones.iter().copied(), self.from) > self.length_m * SPHERE_SLACK {
            return vec![*self];
        }
        let mut clip = Clip { zones, at_m: self.start_m, segment: self.segment, parts: Vec::new(), open: false };
        let mut here = self.from;
        loop {
            let next = line.get(clip.segment + 1).copied().unwrap_or(self.to);
            let leg_m = distance_m(here, next);
            // The stretch ends in this leg, or the legs are used up.
            if clip.at_m + leg_m >= self.end_m() || clip.segment + 2 >= line.len() {
                clip.leg(here, self.to, self.end_m() - clip.at_m);
                break;
            }
            clip.leg(here, next, leg_m);
            clip.segment += 1;
            here = next;
        }
        let whole = clip.parts.len() == 1 && (clip.parts[0].length_m - self.length_m).abs() < 1e-3;
        if whole { vec![*self] } else { clip.parts.into_iter().filter(|part| part.length_m >= RESOLUTION_M).collect() }
    }
}

/// Walks along a stretch and keeps what lies outside of all zones.
struct Clip<'a> {
    zones: &'a [&'a Zone],
    at_m: f64,
    segment: usize,
    parts: Vec<LandStretch>,
    /// Whether the last part reaches up to here.
    open: bool,
}

impl Clip<'_> {
    /// A piece of a leg. What is true of its middle is true of all of it when the edge of the zones is farther than its half.
    fn leg(&mut self, a: LonLat, b: LonLat, length_m: f64) {
        let middle = great_circle(a, b, length_m / 2000.0 * SPHERE_SLACK)[1];
        let margin = margin_m(self.zones.iter().copied(), middle);
        if margin.abs() <= length_m / 2.0 * SPHERE_SLACK && length_m > 2.0 * RESOLUTION_M {
            self.leg(a, middle, length_m / 2.0);
            self.leg(middle, b, length_m / 2.0);
            return;
        }
        if margin > 0.0 {
            match self.parts.last_mut().filter(|_| self.open) {
                Some(part) => {
                    part.length_m += length_m;
                    part.to = b;
                }
                None => self.parts.push(LandStretch { segment: self.segment, start_m: self.at_m, length_m, from: a, to: b }),
            }
        }
        self.open = margin > 0.0;
        self.at_m += length_m;
    }
}
