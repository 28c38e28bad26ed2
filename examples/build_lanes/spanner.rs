//! Leaves out legs that hardly shorten anything: a greedy spanner.
//!
//! Two capes ten kilometres apart are both seen from across an ocean, and both legs are nearly the same. A leg is kept only when the legs
//! kept so far, shorter ones first, join its ends by more than `STRETCH` times its length. No path gets longer by more than this
//! factor, and pulling the found path taut takes back most of it.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use sealane::lanes::PassageSet;
use sealane::lanes::sphere::{Vector, angle};

/// A leg between two nodes.
#[derive(Clone, Copy)]
pub struct Leg {
    pub from: u32,
    pub to: u32,
    /// The straits it crosses.
    pub passages: PassageSet,
}

/// How much longer a path may get.
pub const STRETCH: f64 = 1.0 + 2e-4;

/// The legs that are needed, in the order of their nodes.
pub fn thin_out(nodes: &[Vector], mut legs: Vec<Leg>, stretch: f64) -> Vec<Leg> {
    let length = |leg: &Leg| angle(nodes[leg.from as usize], nodes[leg.to as usize]);
    legs.sort_by(|x, y| length(x).total_cmp(&length(y)).then((x.from, x.to).cmp(&(y.from, y.to))));
    let mut kept: Vec<Vec<(u32, f64, PassageSet)>> = vec![Vec::new(); nodes.len()];
    let mut search = Search::default();
    legs.retain(|leg| {
        let long = length(leg);
        let needed = !search.reaches(nodes, &kept, *leg, long * stretch);
        if needed {
            kept[leg.from as usize].push((leg.to, long, leg.passages));
            kept[leg.to as usize].push((leg.from, long, leg.passages));
        }
        needed
    });
    legs.sort_by_key(|leg| (leg.from, leg.to));
    legs
}

#[derive(Default)]
struct Search {
    best: HashMap<u32, f64>,
    open: BinaryHeap<Reverse<(Ordered, u32)>>,
}

#[derive(PartialEq)]
struct Ordered(f64);
impl Eq for Ordered {}
impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Search {
    /// Whether kept legs that cross no strait which `leg` does not cross join its ends within `limit`.
    fn reaches(&mut self, nodes: &[Vector], kept: &[Vec<(u32, f64, PassageSet)>], leg: Leg, limit: f64) -> bool {
        self.best.clear();
        self.open.clear();
        let goal = nodes[leg.to as usize];
        self.best.insert(leg.from, 0.0);
        self.open.push(Reverse((Ordered(0.0), leg.from)));
        while let Some(Reverse((_, node))) = self.open.pop() {
            if node == leg.to {
                return true;
            }
            let so_far = self.best[&node];
            for (next, length, passages) in &kept[node as usize] {
                let distance = so_far + length;
                let whole = distance + angle(nodes[*next as usize], goal);
                let better = whole <= limit && self.best.get(next).is_none_or(|known| distance < *known);
                if better && passages.without(leg.passages).is_empty() {
                    self.best.insert(*next, distance);
                    self.open.push(Reverse((Ordered(whole), *next)));
                }
            }
        }
        false
    }
}
