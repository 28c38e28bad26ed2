//! What a path must not cross: the coasts grown by their clearance, as closed rings of great-circle arcs.

use super::sphere::{Vector, angle, arcs_cross, cross, dot, nearest_on_arc, vector};
use crate::geodesy::LonLat;

/// Edges in one leaf of the tree. Neighboring edges of a ring lie near each other, so rings need no sorting within themselves.
const LEAF: usize = 8;

/// Places that are certainly open water, so far from each other that one lies within 150° of any point: mid-Pacific, mid-Atlantic, Indian Ocean.
const AFAR: [(f64, f64); 3] = [(-150.03, -30.07), (-30.03, 10.07), (80.03, -35.07)];

/// An axis-parallel box around some edges.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    center: [f64; 3],
    half: [f64; 3],
}

impl Bounds {
    fn around(low: [f64; 3], high: [f64; 3]) -> Self {
        let center = [0, 1, 2].map(|axis| f64::midpoint(low[axis], high[axis]));
        Self { center, half: [0, 1, 2].map(|axis| (high[axis] - low[axis]) / 2.0 + 1e-12) }
    }

    /// The largest and the smallest value of `dot(normal, x)` in the box.
    #[inline]
    fn span(&self, normal: Vector) -> (f64, f64) {
        let middle = dot(normal, self.center);
        let reach = normal[0].abs() * self.half[0] + normal[1].abs() * self.half[1] + normal[2].abs() * self.half[2];
        (middle - reach, middle + reach)
    }

    /// Whether the arc with this plane and these end planes may touch the box.
    #[inline]
    fn may_touch(&self, plane: Vector, start: Vector, end: Vector) -> bool {
        let (low, high) = self.span(plane);
        low <= 0.0 && high >= 0.0 && self.span(start).1 >= 0.0 && self.span(end).1 >= 0.0
    }

    fn least_distance_2(&self, point: Vector) -> f64 {
        (0..3).map(|axis| ((point[axis] - self.center[axis]).abs() - self.half[axis]).max(0.0).powi(2)).sum()
    }
}

/// The rings with a tree of boxes over their edges.
#[derive(Debug, Default)]
pub struct Barriers {
    points: Vec<Vector>,
    /// For each point the index of the next one of its ring.
    next: Vec<u32>,
    /// For each point the index of the one before it in its ring.
    previous: Vec<u32>,
    /// Boxes of the tree, the leaves first, then level by level up to the root.
    levels: Vec<Vec<Bounds>>,
}

impl Barriers {
    /// From open rings, obstacle to the left.
    pub fn new(rings: &[Vec<Vector>]) -> Self {
        let mut barriers = Self::default();
        for ring in rings {
            let first = barriers.points.len() as u32;
            let count = ring.len() as u32;
            barriers.points.extend(ring);
            barriers.next.extend((0..count).map(|i| first + (i + 1) % count));
            barriers.previous.extend((0..count).map(|i| first + (i + count - 1) % count));
        }
        barriers.build_tree();
        barriers
    }

    fn build_tree(&mut self) {
        let edge_box = |edges: std::ops::Range<usize>| {
            let (mut low, mut high) = ([f64::INFINITY; 3], [f64::NEG_INFINITY; 3]);
            for i in edges {
                let (a, b) = (self.points[i], self.points[self.next[i] as usize]);
                // An arc bulges out of the box of its ends by at most its sagitta, an eighth of the square of its chord.
                let chord = [0, 1, 2].map(|axis| a[axis] - b[axis]);
                let bulge = dot(chord, chord) / 7.0;
                for axis in 0..3 {
                    low[axis] = low[axis].min(a[axis].min(b[axis]) - bulge);
                    high[axis] = high[axis].max(a[axis].max(b[axis]) + bulge);
                }
            }
            Bounds::around(low, high)
        };
        let count = self.points.len();
        let mut level: Vec<Bounds> = (0..count).step_by(LEAF).map(|start| edge_box(start..(start + LEAF).min(count))).collect();
        let mut levels = Vec::new();
        while level.len() > 1 {
            let above = level.chunks(2).map(|pair| {
                let (mut low, mut high) = ([f64::INFINITY; 3], [f64::NEG_INFINITY; 3]);
                for bounds in pair {
                    for axis in 0..3 {
                        low[axis] = low[axis].min(bounds.center[axis] - bounds.half[axis]);
                        high[axis] = high[axis].max(bounds.center[axis] + bounds.half[axis]);
                    }
                }
                Bounds::around(low, high)
            });
            let above = above.collect();
            levels.push(std::mem::replace(&mut level, above));
        }
        levels.push(level);
        self.levels = levels;
    }

    /// All corners.
    pub fn points(&self) -> &[Vector] {
        &self.points
    }

    /// The corner before and the corner after one in its ring.
    pub fn neighbors(&self, corner: usize) -> (Vector, Vector) {
        (self.points[self.previous[corner] as usize], self.points[self.next[corner] as usize])
    }

    /// Whether a corner sticks out into the water.
    pub fn is_convex(&self, corner: usize) -> bool {
        let (before, after) = self.neighbors(corner);
        dot(cross(before, self.points[corner]), after) > 0.0
    }

    /// Whether the straight leg between a corner and a point only touches the corner: the coast on both sides of the corner lies on one side of the leg,
    /// or the leg runs along the coast.
    #[inline]
    pub fn is_tangent(&self, corner: usize, towards: Vector) -> bool {
        let plane = cross(self.points[corner], towards);
        let (before, after) = self.neighbors(corner);
        dot(plane, before) * dot(plane, after) >= 0.0 || before == towards || after == towards
    }

    /// Whether the arc from `a` to `b` crosses an edge. Edges that start or end at `a` or `b` do not count.
    pub fn block(&self, a: Vector, b: Vector) -> bool {
        self.first_block(a, b, a).is_some()
    }

    /// An edge that [`Self::block`]s the arc. What lies nearer to the focus is tried first.
    pub fn first_block(&self, a: Vector, b: Vector, focus: Vector) -> Option<(Vector, Vector)> {
        let mut blocker = None;
        self.any_edge_along(a, b, focus, |p, q| {
            let crosses = p != a && p != b && q != a && q != b && arcs_cross(a, b, p, q);
            if crosses {
                blocker = Some((p, q));
            }
            crosses
        });
        blocker
    }

    /// How many edges the arc crosses.
    pub fn crossings(&self, a: Vector, b: Vector) -> usize {
        let mut count = 0;
        self.any_edge_along(a, b, a, |p, q| {
            count += usize::from(arcs_cross(a, b, p, q));
            false
        });
        count
    }

    fn any_edge_along(&self, a: Vector, b: Vector, focus: Vector, mut test: impl FnMut(Vector, Vector) -> bool) -> bool {
        let plane = cross(a, b);
        let (start, end) = (cross(plane, a), cross(b, plane));
        let Some(top) = self.levels.len().checked_sub(1) else { return false };
        let mut open = vec![(top, 0_usize)];
        while let Some((level, index)) = open.pop() {
            if !self.levels[level][index].may_touch(plane, start, end) {
                continue;
            }
            if level > 0 {
                let (below, child) = (&self.levels[level - 1], index * 2);
                if child + 1 >= below.len() {
                    open.push((level - 1, child));
                } else {
                    // The nearer one goes on the stack last, to come off it first.
                    let nearer = usize::from(dot(below[child + 1].center, focus) > dot(below[child].center, focus));
                    open.push((level - 1, child + 1 - nearer));
                    open.push((level - 1, child + nearer));
                }
                continue;
            }
            for i in index * LEAF..((index + 1) * LEAF).min(self.points.len()) {
                if test(self.points[i], self.points[self.next[i] as usize]) {
                    return true;
                }
            }
        }
        false
    }

    /// Whether a point lies outside all obstacles.
    pub fn is_outside(&self, point: Vector) -> bool {
        let afar = AFAR.map(|(lon, lat)| vector(LonLat::new(lon, lat))).into_iter().find(|afar| angle(point, *afar) < 2.6);
        afar.is_some_and(|afar| self.crossings(point, afar).is_multiple_of(2))
    }

    /// The point of any edge nearest to a position, with its chord distance; `None` without edges.
    pub fn nearest(&self, position: Vector) -> Option<(Vector, usize)> {
        let top = self.levels.len().checked_sub(1)?;
        let mut best: Option<(f64, Vector, usize)> = None;
        let mut open = vec![(top, 0_usize)];
        while let Some((level, index)) = open.pop() {
            let bounds = self.levels[level].get(index)?;
            if best.is_some_and(|(least, ..)| bounds.least_distance_2(position) >= least) {
                continue;
            }
            if level > 0 {
                let below = &self.levels[level - 1];
                let mut children: Vec<usize> = (index * 2..(index * 2 + 2).min(below.len())).collect();
                // The nearer one is looked at first, so it goes on the stack last.
                children.sort_by(|x, y| below[*y].least_distance_2(position).total_cmp(&below[*x].least_distance_2(position)));
                open.extend(children.into_iter().map(|child| (level - 1, child)));
                continue;
            }
            for i in index * LEAF..((index + 1) * LEAF).min(self.points.len()) {
                let foot = nearest_on_arc(position, self.points[i], self.points[self.next[i] as usize]);
                let away = [0, 1, 2].map(|axis| foot[axis] - position[axis]);
                let distance_2 = dot(away, away);
                if best.is_none_or(|(least, ..)| distance_2 < least) {
                    best = Some((distance_2, foot, i));
                }
            }
        }
        best.map(|(_, foot, edge)| (foot, edge))
    }
}
