//! Lower bounds of the way still to go, from stored distances to a few landmarks (the ALT method: Goldberg and Harrelson, 2005).

use super::SeaNetwork;
use super::access::{Access, AccessEnd};
use super::sphere::{LEAST_RADIUS_M, Vector, angle, dot, length_m};

/// Stored distances are whole multiples of this, rounded down, metres.
pub const LANDMARK_UNIT_M: f64 = 500.0;
/// Stored for a node that the landmark does not reach.
const UNREACHED: u16 = u16::MAX;
/// Legs that were left out when the network was built make its ways longer by no more than this.
const LEG_SLACK: f64 = 1.0 + 1e-3;
/// How many of the nodes nearest to the destination are tried for one that it sees.
const TRIED: usize = 24;

/// Lower bounds of the way from any point to one of some accesses.
#[derive(Debug)]
pub(super) struct Bounds<'a> {
    network: &'a SeaNetwork,
    /// Where the accesses are, and what each costs beyond that, metres.
    ends: Vec<(Vector, f64)>,
    /// For each landmark, between which lengths the way from it to each access lies, metres; empty when landmarks do not apply.
    ranges: Vec<Vec<(f64, f64)>>,
}

impl<'a> Bounds<'a> {
    /// Prepares the bounds. Landmarks know the passages that are open by default: when more may be used, only the great circle counts.
    pub(super) fn new(network: &'a SeaNetwork, goal: &[Access], only_default_passages: bool) -> Self {
        let ends = goal.iter().map(|access| (access.end(), access.length_m)).collect();
        let mut ranges = Vec::new();
        if only_default_passages {
            let anchors: Option<Vec<(u32, f64)>> = goal.iter().map(|access| anchor(network, access)).collect();
            if let Some(anchors) = anchors {
                for landmark in &network.landmarks {
                    let range = |(node, metres): &(u32, f64)| {
                        let units = landmark[*node as usize];
                        let low = f64::from(units) * LANDMARK_UNIT_M;
                        if units == UNREACHED { (0.0, f64::INFINITY) } else { (low - metres, low + LANDMARK_UNIT_M + metres) }
                    };
                    ranges.push(anchors.iter().map(range).collect());
                }
            }
        }
        Self { network, ends, ranges }
    }

    /// No way from this point to the destination is shorter, metres.
    pub(super) fn from_point(&self, point: Vector) -> f64 {
        self.ends.iter().map(|(end, beyond)| angle(point, *end) * LEAST_RADIUS_M + beyond).fold(f64::INFINITY, f64::min)
    }

    /// Whether a straight leg of this length from a node to one of the places cannot be free of coasts: the way is longer for certain.
    pub(super) fn exclude_leg(&self, node: u32, length_m: f64) -> bool {
        self.from_node(node) > length_m * LEG_SLACK + LANDMARK_UNIT_M
    }

    /// No way from this node to the destination is shorter, metres.
    pub(super) fn from_node(&self, node: u32) -> f64 {
        let straight = self.from_point(self.network.nodes[node as usize]);
        self.network.landmarks.iter().zip(&self.ranges).fold(straight, |best, (landmark, ranges)| {
            let units = landmark[node as usize];
            if units == UNREACHED {
                return best;
            }
            let here = f64::from(units) * LANDMARK_UNIT_M;
            let ways = ranges.iter().zip(&self.ends).map(|((low, high), (_, beyond))| {
                let least = if high.is_finite() { (here - high).max(low - here - LANDMARK_UNIT_M) } else { 0.0 };
                least + beyond
            });
            best.max(ways.fold(f64::INFINITY, f64::min))
        })
    }
}

/// A node whose distance from the access is known: the access's own, or a near one in sight.
fn anchor(network: &SeaNetwork, access: &Access) -> Option<(u32, f64)> {
    if let AccessEnd::Node(node) = access.to {
        return Some((node, 0.0));
    }
    let here = access.end();
    let near = network.nearest_nodes(here);
    let seen = near.into_iter().find(|node| {
        // A leg that does not touch is none of the network's: distances to its node would not bound those to the place.
        let corner = network.corners.get(*node as usize);
        let touches = corner.is_none_or(|corner| network.barriers.is_tangent(*corner as usize, here));
        touches && !network.barriers.block(here, network.nodes[*node as usize])
    });
    seen.map(|node| (node, length_m(here, network.nodes[node as usize])))
}

impl SeaNetwork {
    /// The nodes nearest to a point, in order.
    pub(super) fn nearest_nodes(&self, here: Vector) -> Vec<u32> {
        let mut near: Vec<(f64, u32)> = (0_u32..).zip(&self.nodes).map(|(node, point)| (-dot(here, *point), node)).collect();
        let tried = TRIED.min(near.len());
        if tried > 0 {
            near.select_nth_unstable_by(tried - 1, |x, y| x.0.total_cmp(&y.0));
        }
        near.truncate(tried);
        near.sort_by(|x, y| x.0.total_cmp(&y.0));
        near.into_iter().map(|(_, node)| node).collect()
    }
}
