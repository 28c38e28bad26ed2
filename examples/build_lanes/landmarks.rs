//! Distances from a few far-flung nodes to all nodes: lower bounds that keep the search from looking the wrong way (the ALT method:
//! Goldberg and Harrelson, "Computing the shortest path: A* search meets graph theory", 2005).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use sealane::lanes::LANDMARK_UNIT_M;
use sealane::lanes::sphere::{Vector, length_m};

use crate::spanner::Leg;

/// How many landmarks.
const COUNT: usize = 8;
/// A node that a landmark does not reach.
pub const UNREACHED: u16 = u16::MAX;

/// Joined nodes with lengths in metres.
pub struct Graph {
    joined: Vec<Vec<(u32, f64)>>,
}

impl Graph {
    /// From the legs that are open by default and other joints, such as canals.
    pub fn new<'a>(nodes: &[Vector], legs: impl Iterator<Item = &'a Leg>, others: &[(u32, u32, f64)]) -> Self {
        let mut joined = vec![Vec::new(); nodes.len()];
        let legs = legs.map(|leg| (leg.from, leg.to, length_m(nodes[leg.from as usize], nodes[leg.to as usize])));
        for (from, to, length) in legs.chain(others.iter().copied()) {
            joined[from as usize].push((to, length));
            joined[to as usize].push((from, length));
        }
        Self { joined }
    }

    fn distances_m(&self, from: usize) -> Vec<f64> {
        let mut distances = vec![f64::INFINITY; self.joined.len()];
        let mut queue = BinaryHeap::from([Reverse((0_u64, from as u32))]);
        distances[from] = 0.0;
        while let Some(Reverse((millimetres, node))) = queue.pop() {
            if millimetres as f64 > distances[node as usize] * 1000.0 + 1.0 {
                continue;
            }
            for (next, length) in &self.joined[node as usize] {
                let distance = distances[node as usize] + length;
                if distance < distances[*next as usize] {
                    distances[*next as usize] = distance;
                    queue.push(Reverse(((distance * 1000.0) as u64, *next)));
                }
            }
        }
        distances
    }

    /// For each landmark the distances of all nodes, rounded down to units. Each landmark is the node farthest from those before it.
    pub fn landmarks(&self) -> Vec<Vec<u16>> {
        let center = (0..self.joined.len()).max_by_key(|node| (self.joined[*node].len(), Reverse(*node))).unwrap_or(0);
        let mut nearest = self.distances_m(center);
        let mut landmarks = Vec::new();
        while landmarks.len() < COUNT {
            let reached = nearest.iter().enumerate().filter(|(_, distance)| distance.is_finite());
            let Some((farthest, _)) = reached.max_by(|x, y| x.1.total_cmp(y.1)) else { break };
            let distances = self.distances_m(farthest);
            if landmarks.is_empty() {
                nearest.clone_from(&distances);
            }
            for (known, distance) in nearest.iter_mut().zip(&distances) {
                *known = known.min(*distance);
            }
            let units = distances.iter().map(|metres| if metres.is_finite() { (metres / LANDMARK_UNIT_M) as u16 } else { UNREACHED });
            landmarks.push(units.collect());
        }
        landmarks
    }
}
