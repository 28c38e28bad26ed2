//! A picture of the network of groups: where each group stands and which ties join them. The same data always give the same picture.

use std::collections::{BTreeMap, HashMap};
use std::f64::consts::{PI, TAU};

use crate::model::{Dataset, FeatureKind, FeatureRef};

/// Width of the part that holds the tied groups; its height is 1.
const WIDTH: f64 = 3.0;
/// Groups without a tie in one row.
const LONE_PER_ROW: usize = 14;
/// Distance between the rows of groups without a tie.
const LONE_ROW_HEIGHT: f64 = 0.12;
/// Above this many tied groups the forces take too long for one frame: groups stand on rings.
const MAX_FORCED: usize = 800;

/// A group in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NetworkNode {
    /// The group.
    pub group: FeatureRef,
    /// From the left, 0 to [`NetworkLayout::width`].
    pub x: f64,
    /// From the top, 0 to [`NetworkLayout::height`].
    pub y: f64,
    /// How many ties it has.
    pub ties: usize,
}

/// A tie in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NetworkEdge {
    /// The tie.
    pub tie: FeatureRef,
    /// Index of its first group in [`NetworkLayout::nodes`].
    pub a: usize,
    /// Index of its second group.
    pub b: usize,
}

/// The picture of the network, in units of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkLayout {
    /// All groups, in the order of the dataset.
    pub nodes: Vec<NetworkNode>,
    /// All ties between two known groups.
    pub edges: Vec<NetworkEdge>,
    /// Width of the picture.
    pub width: f64,
    /// Height of the picture.
    pub height: f64,
    /// Where the rows of groups without a tie begin; `None` when every group has one.
    pub lone_from_y: Option<f64>,
}

/// Places all groups of a dataset: tied ones by the forces of Fruchterman and Reingold (1991) from fixed first positions, those
/// without a tie in rows below.
pub fn network_layout(dataset: &Dataset) -> NetworkLayout {
    let edges: Vec<NetworkEdge> = dataset
        .ties
        .iter()
        .enumerate()
        .filter_map(|(index, tie)| {
            let a = dataset.find(FeatureKind::Group, &tie.a)?.at();
            let b = dataset.find(FeatureKind::Group, &tie.b)?.at();
            let tie = FeatureRef::new(FeatureKind::Tie, u32::try_from(index).ok()?);
            (a != b).then_some(NetworkEdge { tie, a, b })
        })
        .collect();
    let mut nodes: Vec<NetworkNode> =
        dataset.refs(FeatureKind::Group).map(|group| NetworkNode { group, x: 0.0, y: 0.0, ties: 0 }).collect();
    for edge in &edges {
        nodes[edge.a].ties += 1;
        nodes[edge.b].ties += 1;
    }
    let tied: Vec<usize> = (0..nodes.len()).filter(|index| nodes[*index].ties > 0).collect();
    let lone: Vec<usize> = (0..nodes.len()).filter(|index| nodes[*index].ties == 0).collect();

    for (index, position) in tied.iter().zip(forced_positions(&tied, &edges)) {
        (nodes[*index].x, nodes[*index].y) = position;
    }
    let first_row = if tied.is_empty() { 0.0 } else { 1.0 + LONE_ROW_HEIGHT };
    for (place, index) in lone.iter().enumerate() {
        let in_row = (lone.len() - place / LONE_PER_ROW * LONE_PER_ROW).min(LONE_PER_ROW);
        nodes[*index].x = WIDTH * ((place % LONE_PER_ROW) as f64 + 0.5) / in_row as f64;
        nodes[*index].y = first_row + (place / LONE_PER_ROW) as f64 * LONE_ROW_HEIGHT;
    }
    let bottom = nodes.iter().map(|node| node.y).fold(1.0, f64::max);
    NetworkLayout { nodes, edges, width: WIDTH, height: bottom, lone_from_y: (!lone.is_empty()).then_some(first_row) }
}

/// Positions within `WIDTH` × 1 in the order of `tied`: groups that ties join stand together, the largest set on the left.
fn forced_positions(tied: &[usize], edges: &[NetworkEdge]) -> Vec<(f64, f64)> {
    let place: HashMap<usize, usize> = tied.iter().enumerate().map(|(place, index)| (*index, place)).collect();
    let pairs: Vec<(usize, usize)> = edges.iter().filter_map(|edge| Some((*place.get(&edge.a)?, *place.get(&edge.b)?))).collect();
    let parts = connected_parts(tied.len(), &pairs);
    let share = |part: &[usize]| (part.len() as f64).powf(0.75);
    let all: f64 = parts.iter().map(|part| share(part)).sum();
    let mut positions = vec![(0.0, 0.0); tied.len()];
    // Each place's set and its number in that set, so that one pass gives every set its pairs.
    let mut own = vec![(0, 0); tied.len()];
    for (set, part) in parts.iter().enumerate() {
        part.iter().enumerate().for_each(|(at, place)| own[*place] = (set, at));
    }
    let mut pairs_of = vec![Vec::new(); parts.len()];
    for (a, b) in pairs {
        pairs_of[own[a].0].push((own[a].1, own[b].1));
    }
    let mut left = 0.0;
    for (part, own_pairs) in parts.iter().zip(pairs_of) {
        let width = WIDTH * share(part) / all;
        // A little room between the sets, also above and below small ones.
        let inset = (0.5 - part.len() as f64 * 0.06).max(0.0);
        for (place, (x, y)) in part.iter().zip(part_positions(part.len(), &own_pairs, width)) {
            positions[*place] = (left + width * (0.06 + 0.88 * x), inset + (1.0 - 2.0 * inset) * y);
        }
        left += width;
    }
    positions
}

/// The sets of places that pairs join, the largest first.
fn connected_parts(count: usize, pairs: &[(usize, usize)]) -> Vec<Vec<usize>> {
    fn root(parent: &mut [usize], mut place: usize) -> usize {
        while parent[place] != place {
            parent[place] = parent[parent[place]];
            place = parent[place];
        }
        place
    }
    let mut parent: Vec<usize> = (0..count).collect();
    for (a, b) in pairs {
        let (a, b) = (root(&mut parent, *a), root(&mut parent, *b));
        parent[a.max(b)] = a.min(b);
    }
    let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in 0..count {
        let root = root(&mut parent, place);
        parts.entry(root).or_default().push(place);
    }
    let mut parts: Vec<Vec<usize>> = parts.into_values().collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts
}

/// Positions of one connected set, 0 to 1 in both directions, for a box of this width and height 1.
fn part_positions(count: usize, pairs: &[(usize, usize)], width: f64) -> Vec<(f64, f64)> {
    let mut positions: Vec<(f64, f64)> = (0..count).map(|index| first_position(index, count, width)).collect();
    if count <= MAX_FORCED {
        let ideal = (width / count as f64).sqrt() * 0.8;
        // The work grows with the square of the groups: fewer rounds for many of them.
        let rounds = (8_000_000 / (count * count).max(1)).clamp(40, 400);
        for round in 0..rounds {
            let heat = 0.15 * (1.0 - round as f64 / rounds as f64) + 0.002;
            let pushes = forces(&positions, pairs, ideal);
            for (position, push) in positions.iter_mut().zip(pushes) {
                let length = push.0.hypot(push.1).max(1e-12);
                let step = length.min(heat) / length;
                position.0 += push.0 * step;
                position.1 += push.1 * step;
            }
        }
    }
    filled(positions)
}

/// On a sunflower spiral, so that no two begin at one place.
fn first_position(index: usize, count: usize, width: f64) -> (f64, f64) {
    let golden_angle = PI * (3.0 - 5.0_f64.sqrt());
    let radius = ((index as f64 + 0.5) / count as f64).sqrt() * 0.48;
    let angle = (index as f64 * golden_angle).rem_euclid(TAU);
    (width * radius * angle.cos(), radius * angle.sin())
}

fn forces(positions: &[(f64, f64)], pairs: &[(usize, usize)], ideal: f64) -> Vec<(f64, f64)> {
    // A weak pull to the middle keeps long chains from drifting apart.
    let mut pushes: Vec<(f64, f64)> = positions.iter().map(|(x, y)| (-x * 0.05, -y * 0.05)).collect();
    for a in 0..positions.len() {
        for b in a + 1..positions.len() {
            let (dx, dy) = (positions[a].0 - positions[b].0, positions[a].1 - positions[b].1);
            let squared = (dx * dx + dy * dy).max(1e-6);
            let push = ideal * ideal / squared;
            pushes[a].0 += dx * push;
            pushes[a].1 += dy * push;
            pushes[b].0 -= dx * push;
            pushes[b].1 -= dy * push;
        }
    }
    for (a, b) in pairs {
        let (dx, dy) = (positions[*a].0 - positions[*b].0, positions[*a].1 - positions[*b].1);
        let pull = dx.hypot(dy) / ideal;
        pushes[*a].0 -= dx * pull;
        pushes[*a].1 -= dy * pull;
        pushes[*b].0 += dx * pull;
        pushes[*b].1 += dy * pull;
    }
    pushes
}

/// Stretched to fill 0 to 1 in both directions.
fn filled(mut positions: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let range = |values: &mut dyn Iterator<Item = f64>| values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
    let (left, right) = range(&mut positions.iter().map(|p| p.0));
    let (top, bottom) = range(&mut positions.iter().map(|p| p.1));
    for (x, y) in &mut positions {
        *x = if right - left > 1e-9 { (*x - left) / (right - left) } else { 0.5 };
        *y = if bottom - top > 1e-9 { (*y - top) / (bottom - top) } else { 0.5 };
    }
    positions
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{DatasetBuilder, Group, Origin, Record, Tie};

    fn network(groups: usize, ties: &[(usize, usize)]) -> Dataset {
        let mut builder = DatasetBuilder::new();
        for index in 0..groups {
            let group = Group {
                id: Arc::from(format!("g{index}")),
                name: None,
                group_kind: None,
                home_country: None,
                home_place: None,
                active_since: None,
                contested: false,
                sources: Vec::new(),
                note: None,
                position: None,
                extra: None,
                provenance: Origin::default(),
            };
            builder.add(Record::Group(group)).expect("unique");
        }
        for (a, b) in ties {
            let tie = Tie {
                a: Arc::from(format!("g{a}")),
                b: Arc::from(format!("g{b}")),
                tie_kind: None,
                since: None,
                until: None,
                sources: Vec::new(),
                note: None,
                extra: None,
                provenance: Origin::default(),
            };
            builder.add(Record::Tie(tie)).expect("ties have no id");
        }
        builder.finish()
    }

    #[test]
    fn the_picture_is_the_same_every_time_and_stays_inside_its_frame() {
        let dataset = network(30, &[(0, 1), (1, 2), (2, 3), (3, 0), (5, 6), (6, 7)]);
        let layout = network_layout(&dataset);
        assert_eq!(layout, network_layout(&dataset));
        assert!(layout.nodes.iter().all(|n| (0.0..=layout.width).contains(&n.x) && (0.0..=layout.height).contains(&n.y)));
        assert_eq!(layout.nodes[1].ties, 2);
    }

    #[test]
    fn no_two_groups_stand_at_one_place() {
        let ring: Vec<_> = (0..40).map(|i| (i, (i + 1) % 40)).collect();
        let layout = network_layout(&network(60, &ring));
        for a in 0..layout.nodes.len() {
            for b in a + 1..layout.nodes.len() {
                let (one, other) = (layout.nodes[a], layout.nodes[b]);
                assert!((one.x - other.x).hypot(one.y - other.y) > 0.02, "{a} and {b} lie on each other");
            }
        }
    }

    #[test]
    fn groups_without_ties_stand_below_and_unknown_ends_draw_no_edge() {
        let layout = network_layout(&network(4, &[(0, 1), (2, 99), (3, 3)]));
        assert_eq!(layout.edges.len(), 1);
        let lone_from = layout.lone_from_y.expect("two groups have no tie");
        assert!(layout.nodes[2].y >= lone_from && layout.nodes[3].y >= lone_from);
        assert!(layout.nodes[0].y < lone_from && layout.nodes[1].y < lone_from);
    }

    #[test]
    fn nothing_gives_an_empty_picture() {
        assert_eq!(network_layout(&network(0, &[])).nodes, []);
    }
}
