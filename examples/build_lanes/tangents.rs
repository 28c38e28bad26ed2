//! The straight legs that a shortest path can need: between corners that see each other, touching the coast at both ends.

use rayon::prelude::*;
use sealane::lanes::barriers::Barriers;
use sealane::lanes::sphere::{Vector, arcs_cross, cross, dot};

/// A corner with its neighbors in the ring.
#[derive(Clone, Copy)]
struct Corner {
    point: Vector,
    before: Vector,
    after: Vector,
}

impl Corner {
    /// Whether a leg to a point in this plane has the coast at the corner on one side only. A leg along the coast does.
    #[inline]
    fn touches(&self, plane: Vector, there: Vector) -> bool {
        dot(plane, self.before) * dot(plane, self.after) >= 0.0 || self.before == there || self.after == there
    }
}

/// How many coast edges that blocked the legs before are tried first.
const REMEMBERED: usize = 16;

/// For each node (the corners, then the points in open water) the nodes with a higher index that it is joined to, in order.
pub fn legs(barriers: &Barriers, corners: &[u32], open: &[Vector]) -> Vec<Vec<u32>> {
    // In open water every leg touches.
    let open = open.iter().map(|point| Corner { point: *point, before: *point, after: *point });
    let all: Vec<Corner> = corners
        .iter()
        .map(|&corner| {
            let (before, after) = barriers.neighbors(corner as usize);
            Corner { point: barriers.points()[corner as usize], before, after }
        })
        .chain(open)
        .collect();
    (0..all.len()).into_par_iter().map(|i| legs_of(barriers, &all, i)).collect()
}

fn legs_of(barriers: &Barriers, all: &[Corner], i: usize) -> Vec<u32> {
    let here = all[i];
    let mut blockers: Vec<(Vector, Vector)> = Vec::new();
    let mut found = Vec::new();
    for (j, there) in all.iter().enumerate().skip(i + 1) {
        let plane = cross(here.point, there.point);
        if !here.touches(plane, there.point) || !there.touches(plane, here.point) {
            continue;
        }
        let (a, b) = (here.point, there.point);
        let hit = blockers.iter().position(|(p, q)| *p != b && *q != b && arcs_cross(a, b, *p, *q));
        if let Some(hit) = hit {
            blockers[..=hit].rotate_right(1);
        } else if let Some(blocker) = barriers.first_block(a, b, a) {
            blockers.insert(0, blocker);
            blockers.truncate(REMEMBERED);
        } else {
            found.push(j as u32);
        }
    }
    found
}
