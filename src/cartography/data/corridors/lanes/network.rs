//! Which water paths share: their vertices pulled together where they nearly coincide, so that shared legs become the same legs.

use std::collections::HashMap;

use super::grid::Grid;

/// A position in pixels at the resolution of a level, y up.
pub(super) type Px = [f64; 2];

/// Paths stray from their vertices by at most this many pixels.
const SIMPLIFY_PX: f64 = 0.4;

/// Paths as walks over common nodes.
#[derive(Debug, Default)]
pub(super) struct Network {
    /// Where the nodes lie.
    pub(super) nodes: Vec<Px>,
    /// The nodes of each path in the order of sailing, never the same twice in a row.
    pub(super) walks: Vec<Vec<u32>>,
}

impl Network {
    /// Pulls paths together: vertices nearer to one another or to a leg than `snap_px` become one. Paths that come first decide where the
    /// nodes lie.
    pub(super) fn new(paths: &[Vec<Px>], snap_px: f64) -> Self {
        let mut nodes = Nodes { snap_px, ..Nodes::default() };
        let mut rough: Vec<Vec<u32>> = paths.iter().map(|path| simplified(path).iter().map(|at| nodes.at(*at)).collect()).collect();
        rough.iter_mut().for_each(Vec::dedup);
        let length = |path: &Vec<Px>| path.windows(2).map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1])).sum::<f64>();
        let mut grid = Grid::new(paths.iter().map(length).sum());
        (0_u32..).zip(&nodes.places).for_each(|(number, at)| grid.enter(*at, *at, number));
        let mut known: HashMap<(u32, u32), Vec<u32>> = HashMap::new();
        let walks = rough
            .iter()
            .map(|walk| {
                let mut full: Vec<u32> = walk.first().copied().into_iter().collect();
                for leg in walk.windows(2) {
                    let (low, high) = (leg[0].min(leg[1]), leg[0].max(leg[1]));
                    let between = known.entry((low, high)).or_insert_with(|| between(&nodes, &grid, low, high));
                    if leg[0] == low {
                        full.extend(between.iter());
                    } else {
                        full.extend(between.iter().rev());
                    }
                    full.push(leg[1]);
                }
                without_spurs(full)
            })
            .collect();
        Self { nodes: nodes.places, walks }
    }
}

#[derive(Default)]
struct Nodes {
    snap_px: f64,
    places: Vec<Px>,
    cells: HashMap<(i64, i64), Vec<u32>>,
}

impl Nodes {
    /// The node near a place, a new one if there is none.
    fn at(&mut self, at: Px) -> u32 {
        let cell = |value: f64| (value / self.snap_px).floor() as i64;
        let (column, row) = (cell(at[0]), cell(at[1]));
        let mut best: Option<(f64, u32)> = None;
        for near in (column - 1..=column + 1).flat_map(|column| (row - 1..=row + 1).map(move |row| (column, row))) {
            for number in self.cells.get(&near).into_iter().flatten() {
                let place = self.places[*number as usize];
                let distance = (place[0] - at[0]).hypot(place[1] - at[1]);
                if distance <= self.snap_px && best.is_none_or(|(least, first)| (distance, *number) < (least, first)) {
                    best = Some((distance, *number));
                }
            }
        }
        best.map_or_else(
            || {
                let number = self.places.len() as u32;
                self.places.push(at);
                self.cells.entry((column, row)).or_default().push(number);
                number
            },
            |(_, number)| number,
        )
    }
}

/// The nodes that a leg passes within reach, in its order.
fn between(nodes: &Nodes, grid: &Grid, from: u32, to: u32) -> Vec<u32> {
    let (a, b, snap_px) = (nodes.places[from as usize], nodes.places[to as usize], nodes.snap_px);
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx.hypot(dy);
    let mut found: Vec<(f64, u32)> = grid
        .near(a, b)
        .into_iter()
        .filter(|node| *node != from && *node != to)
        .filter_map(|node| {
            let place = nodes.places[node as usize];
            let (x, y) = (place[0] - a[0], place[1] - a[1]);
            let along = (x * dx + y * dy) / length;
            let aside = ((x * dy - y * dx) / length).abs();
            (aside <= snap_px && along > 0.0 && along < length).then_some((along, node))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, node)| node).collect()
}

/// A walk that does not turn back on its own leg at once.
fn without_spurs(walk: Vec<u32>) -> Vec<u32> {
    let mut kept: Vec<u32> = Vec::with_capacity(walk.len());
    for node in walk {
        if kept.last() == Some(&node) {
            continue;
        }
        if kept.len() > 1 && kept[kept.len() - 2] == node {
            kept.pop();
            continue;
        }
        kept.push(node);
    }
    kept
}

/// The path without vertices that nobody can see (Douglas–Peucker).
fn simplified(path: &[Px]) -> Vec<Px> {
    simplified_by(path, |points, first, last| {
        let (a, b) = (points[first], points[last]);
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let length = dx.hypot(dy);
        let aside = |p: &Px| {
            let (x, y) = (p[0] - a[0], p[1] - a[1]);
            if length > 0.0 && (x * dx + y * dy) > 0.0 && (x * dx + y * dy) < length * length {
                ((x * dy - y * dx) / length).abs()
            } else {
                x.hypot(y).min((p[0] - b[0]).hypot(p[1] - b[1]))
            }
        };
        (first + 1..last).map(|at| (aside(&points[at]), at)).max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(far, _)| *far > SIMPLIFY_PX)
    })
}

/// Keeps the ends and every point that `farthest` names between two kept ones.
pub(super) fn simplified_by<T: Copy>(points: &[T], farthest: impl Fn(&[T], usize, usize) -> Option<(f64, usize)>) -> Vec<T> {
    if points.len() < 3 {
        return points.to_vec();
    }
    let mut keep = vec![false; points.len()];
    (keep[0], keep[points.len() - 1]) = (true, true);
    let mut spans = vec![(0, points.len() - 1)];
    while let Some((first, last)) = spans.pop() {
        if let Some((_, at)) = farthest(points, first, last) {
            keep[at] = true;
            spans.extend([(first, at), (at, last)]);
        }
    }
    points.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_the_same_legs_become_the_same() {
        let a = vec![[0.0, 0.0], [100.0, 0.0], [200.0, 50.0]];
        let b = vec![[0.0, 1.0], [150.0, 26.0], [200.0, 51.0]];
        let network = Network::new(&[a, b], 2.6);
        assert_eq!(network.walks[0].first(), network.walks[1].first());
        let shared = network.walks[1].windows(2).filter(|leg| network.walks[0].windows(2).any(|other| other == *leg)).count();
        assert!(shared >= 1, "{:?}", network.walks);
    }

    #[test]
    fn a_way_into_a_port_and_back_leaves_no_spur() {
        assert_eq!(without_spurs(vec![1, 2, 3, 4, 3, 5]), [1, 2, 3, 5]);
        assert_eq!(without_spurs(vec![1, 1, 2]), [1, 2]);
    }
}
