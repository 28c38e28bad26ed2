//! How a place is joined to the network: by open water, by the fairway it lies at, or by a way out of its harbor.

use std::f64::consts::TAU;

use super::SeaNetwork;
use super::sphere::{LEAST_RADIUS_M, Vector, angle, at_bearing, between, length_m, lon_lat, nearest_on_arc, unit};
use crate::geodesy::distance_m;

/// A place this near a fairway lies at it, metres.
const AT_FAIRWAY_M: f64 = 3_000.0;
/// A place this near a port of the network leaves by the port's way out, metres.
const AT_PORT_M: f64 = 4_000.0;
/// Places farther from the network's water than this are not joined, metres.
pub const LONGEST_ACCESS_M: f64 = 60_000.0;

/// A point this far beyond the edge of the grown coast lies in open water, metres.
const BEYOND_M: f64 = 20.0;
/// Growing circles grow by this or a twentieth of their radius, metres.
const CIRCLE_STEP_M: f64 = 500.0;
/// So many points of a circle are tried.
const CIRCLE_POINTS: u32 = 48;

/// One way to join a place to the network.
#[derive(Clone, Debug)]
pub struct Access {
    /// From the place to the network, both ends included.
    pub line: Vec<Vector>,
    /// Length of the line, metres.
    pub length_m: f64,
    /// The passage whose fairway the line follows.
    pub fairway: Option<usize>,
    /// Where on the fairway it begins, metres from the fairway's start; only with a fairway.
    pub along_m: f64,
    /// Where the line meets the network.
    pub to: AccessEnd,
}

/// Where an access meets the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessEnd {
    /// At a point of open water.
    OpenWater,
    /// At a node.
    Node(u32),
}

impl Access {
    /// The last point of the line.
    pub fn end(&self) -> Vector {
        self.line[self.line.len() - 1]
    }

    fn open(line: Vec<Vector>) -> Self {
        let length_m = line_length_m(&line);
        Self { line, length_m, fairway: None, along_m: 0.0, to: AccessEnd::OpenWater }
    }
}

/// Length of a line on the ellipsoid, metres.
pub fn line_length_m(line: &[Vector]) -> f64 {
    line.windows(2).map(|pair| distance_m(lon_lat(pair[0]), lon_lat(pair[1]))).sum()
}

impl SeaNetwork {
    /// All ways to join a place to the network; empty when it lies too far from water, with the distance in metres.
    pub(super) fn accesses(&self, place: Vector) -> Result<Vec<Access>, f64> {
        let at_fairway = self.at_fairways(place);
        // At a river or a dredged channel there is no other way out. Beside a canal there may be.
        if at_fairway.iter().any(|access| access.fairway.is_some_and(|index| !self.is_canal(index))) {
            return Ok(at_fairway);
        }
        let mut found = at_fairway;
        if self.is_open_water(place) {
            found.push(Access::open(vec![place]));
        } else if let Some(port) = self.nearest_port(place) {
            let mut line = vec![place];
            line.extend(port.iter().skip_while(|point| **point == place));
            found.push(Access::open(line));
        } else {
            match self.nearest_open_water(place) {
                Some(water) if length_m(place, water) <= LONGEST_ACCESS_M => found.push(Access::open(vec![place, water])),
                Some(water) if found.is_empty() => return Err(length_m(place, water)),
                _ => {}
            }
        }
        Ok(found)
    }

    /// A point of open water that is near a place ashore: beyond the nearest edge of the grown coast, or, where that is a dead end between
    /// coasts, the first open point on growing circles.
    fn nearest_open_water(&self, place: Vector) -> Option<Vector> {
        let (foot, _) = self.barriers.nearest(place)?;
        let distance = length_m(place, foot);
        let beyond = unit(between(place, foot, 1.0 + BEYOND_M / distance.max(BEYOND_M))).filter(|water| self.is_open_water(*water));
        if beyond.is_some() || distance > LONGEST_ACCESS_M {
            return beyond.or(Some(foot));
        }
        let mut radius_m = distance + BEYOND_M;
        while radius_m <= LONGEST_ACCESS_M {
            let mut on_circle =
                (0..CIRCLE_POINTS).map(|step| at_bearing(place, TAU * f64::from(step) / f64::from(CIRCLE_POINTS), radius_m));
            let open = on_circle.find(|water| self.is_open_water(*water));
            if open.is_some() {
                return open;
            }
            radius_m += CIRCLE_STEP_M.max(radius_m / 20.0);
        }
        None
    }

    fn is_canal(&self, passage: usize) -> bool {
        self.passages[passage].kind == super::PassageKind::Canal
    }

    /// Along each fairway that passes the place, to each of its ends at the sea.
    fn at_fairways(&self, place: Vector) -> Vec<Access> {
        let mut found = Vec::new();
        for fairway in &self.fairways {
            let feet = fairway.line.windows(2).enumerate().map(|(i, pair)| (i, nearest_on_arc(place, pair[0], pair[1])));
            let nearest = feet.min_by(|x, y| angle(place, x.1).total_cmp(&angle(place, y.1)));
            let Some((segment, foot)) = nearest.filter(|(_, foot)| angle(place, *foot) * LEAST_RADIUS_M < AT_FAIRWAY_M) else { continue };
            let along_m = line_length_m(&fairway.line[..=segment]) + length_m(fairway.line[segment], foot);
            let ends = [(fairway.first, true), (fairway.last, false)];
            for (node, towards_start) in ends {
                let Some(node) = node else { continue };
                let mut line = vec![place, foot];
                if towards_start {
                    line.extend(fairway.line[..=segment].iter().rev());
                } else {
                    line.extend(&fairway.line[segment + 1..]);
                }
                line.dedup();
                found.push(Access {
                    length_m: line_length_m(&line),
                    line,
                    fairway: Some(fairway.passage),
                    along_m,
                    to: AccessEnd::Node(node),
                });
            }
        }
        found
    }

    /// The way out of the nearest port, from the port on.
    fn nearest_port(&self, place: Vector) -> Option<&[Vector]> {
        let nearest = self.ports.iter().min_by(|x, y| angle(place, x[0]).total_cmp(&angle(place, y[0])))?;
        (angle(place, nearest[0]) * LEAST_RADIUS_M < AT_PORT_M).then_some(nearest)
    }

    /// Whether a point lies in the water of the network, off all coasts by their clearance.
    pub fn is_open_water(&self, place: Vector) -> bool {
        self.barriers.is_outside(place)
    }
}
