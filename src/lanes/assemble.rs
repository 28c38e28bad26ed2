//! From the nodes of a shortest path to positions, stretches and passages.

use super::access::Access;
use super::search::Found;
use super::sphere::{LEAST_RADIUS_M, Vector, angle, lon_lat};
use super::{SeaNetwork, SeaPath, Stretch, StretchKind};
use crate::geodesy::{LonLat, distance_m, great_circle};

/// Positions of a path are never farther apart: a straight line on a chart then stays within 100 m of the great circle.
const MAX_STEP_KM: f64 = 50.0;
/// A place this near its fairway needs no line to it, metres.
const AT_LINE_M: f64 = 50.0;

type Piece = (StretchKind, Vec<Vector>);

/// The path through the found nodes; `ends` are the positions as asked for.
pub(super) fn path(network: &SeaNetwork, start: &[Access], goal: &[Access], found: &Found, ends: [LonLat; 2]) -> SeaPath {
    let (start, goal) = (&start[found.start], &goal[found.goal]);
    let pieces = if found.nodes.len() == 1 && start.fairway.is_some() && start.fairway == goal.fairway {
        along_one_fairway(network, start, goal)
    } else if let Some(shared) = shared_access(start, goal, found) {
        vec![(StretchKind::Access, shared)]
    } else {
        pieces(network, start, goal, &found.nodes)
    };
    let passages = passages(network, &pieces);
    let (positions, stretches) = positions(&pieces, ends);
    let length_m = positions.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum();
    SeaPath { positions, length_m, passages, stretches }
}

fn pieces(network: &SeaNetwork, start: &Access, goal: &Access, nodes: &[u32]) -> Vec<Piece> {
    let mut pieces = access_pieces(start);
    let mut sea: Vec<(Vector, Option<u32>)> = vec![(start.end(), None)];
    let mut previous: Option<u32> = None;
    for &node in nodes {
        let canal = previous.and_then(|previous| network.canal_between(previous, node));
        let fairway = canal.and_then(|(index, forward)| network.fairways.iter().find(|f| f.passage == index).map(|f| (f, forward)));
        if let Some((fairway, forward)) = fairway {
            pieces.push((StretchKind::Sea, taut(network, std::mem::take(&mut sea))));
            let mut line = fairway.line.clone();
            if !forward {
                line.reverse();
            }
            pieces.push((StretchKind::Fairway(fairway.passage), line));
        }
        sea.push((network.nodes[node as usize], network.corners.get(node as usize).copied()));
        previous = Some(node);
    }
    sea.push((goal.end(), None));
    pieces.push((StretchKind::Sea, taut(network, sea)));
    let at_goal = access_pieces(goal).into_iter().rev().map(|(kind, line)| (kind, line.into_iter().rev().collect()));
    pieces.extend(at_goal);
    pieces
}

/// The line of an access, split into the way to the fairway and the fairway.
fn access_pieces(access: &Access) -> Vec<Piece> {
    match access.fairway {
        Some(passage) if access.line.len() > 2 && angle(access.line[0], access.line[1]) * LEAST_RADIUS_M > AT_LINE_M => {
            vec![(StretchKind::Access, access.line[..2].to_vec()), (StretchKind::Fairway(passage), access.line[1..].to_vec())]
        }
        Some(passage) => vec![(StretchKind::Fairway(passage), access.line.clone())],
        None => vec![(StretchKind::Access, access.line.clone())],
    }
}

/// Both places lie at one river or canal: the part of the fairway between them.
fn along_one_fairway(network: &SeaNetwork, start: &Access, goal: &Access) -> Vec<Piece> {
    let Some(fairway) = network.fairways.iter().find(|fairway| Some(fairway.passage) == start.fairway) else { return Vec::new() };
    let (near, far) = if start.along_m <= goal.along_m { (start, goal) } else { (goal, start) };
    let foot = |access: &Access| access.line.get(1).copied().unwrap_or(access.line[0]);
    let mut line = vec![foot(near)];
    let mut so_far_m = 0.0;
    for pair in fairway.line.windows(2) {
        so_far_m += distance_m(lon_lat(pair[0]), lon_lat(pair[1]));
        if so_far_m > near.along_m && so_far_m < far.along_m {
            line.push(pair[1]);
        }
    }
    line.push(foot(far));
    if start.along_m > goal.along_m {
        line.reverse();
    }
    vec![
        (StretchKind::Access, vec![start.line[0], line[0]]),
        (StretchKind::Fairway(fairway.passage), line.clone()),
        (StretchKind::Access, vec![line[line.len() - 1], goal.line[0]]),
    ]
}

/// Two places in one harbor: the ways out of it up to where they meet, not out to sea and back.
fn shared_access(start: &Access, goal: &Access, found: &Found) -> Option<Vec<Vector>> {
    let both_out = start.fairway.is_none() && goal.fairway.is_none() && found.nodes.is_empty();
    if !both_out || start.end() != goal.end() || start.line.len() < 2 || goal.line.len() < 2 {
        return None;
    }
    let shared = start.line.iter().rev().zip(goal.line.iter().rev()).take_while(|(a, b)| a == b).count();
    let mut line = start.line[..=start.line.len() - shared].to_vec();
    line.extend(goal.line[..goal.line.len() - shared].iter().rev());
    Some(line)
}

/// Leaves out points that a straight leg can pass by: the search may have bent where a thinned-out leg ran straight.
fn taut(network: &SeaNetwork, mut points: Vec<(Vector, Option<u32>)>) -> Vec<Vector> {
    points.dedup_by(|a, b| a.0 == b.0);
    loop {
        let before = points.len();
        let mut at = 1;
        while at + 1 < points.len() {
            if may_skip(network, points[at - 1], points[at], points[at + 1]) {
                points.remove(at);
            } else {
                at += 1;
            }
        }
        if points.len() == before {
            return points.into_iter().map(|(point, _)| point).collect();
        }
    }
}

fn may_skip(network: &SeaNetwork, from: (Vector, Option<u32>), over: (Vector, Option<u32>), to: (Vector, Option<u32>)) -> bool {
    let touches = |end: (Vector, Option<u32>), towards| end.1.is_none_or(|corner| network.barriers.is_tangent(corner as usize, towards));
    if !touches(from, to.0) || !touches(to, from.0) || network.barriers.block(from.0, to.0) {
        return false;
    }
    let mut bent = network.straits_along(from.0, over.0);
    bent.extend(network.straits_along(over.0, to.0));
    bent == network.straits_along(from.0, to.0)
}

fn passages(network: &SeaNetwork, pieces: &[Piece]) -> Vec<usize> {
    let mut used: Vec<usize> = Vec::new();
    for (kind, line) in pieces {
        match kind {
            StretchKind::Fairway(passage) => used.push(*passage),
            StretchKind::Sea => used.extend(line.windows(2).flat_map(|pair| network.straits_along(pair[0], pair[1]))),
            StretchKind::Access => {}
        }
    }
    used.dedup();
    used
}

fn positions(pieces: &[Piece], ends: [LonLat; 2]) -> (Vec<LonLat>, Vec<Stretch>) {
    let mut positions = vec![ends[0]];
    let mut stretches: Vec<Stretch> = Vec::new();
    for (kind, line) in pieces {
        let start = positions.len() - 1;
        for pair in line.windows(2) {
            positions.extend(great_circle(lon_lat(pair[0]), lon_lat(pair[1]), MAX_STEP_KM).into_iter().skip(1));
        }
        let end = positions.len() - 1;
        if end > start {
            stretches.push(Stretch { kind: *kind, start, end });
        }
    }
    match positions.len() {
        1 => {
            positions.push(ends[1]);
            stretches.push(Stretch { kind: StretchKind::Access, start: 0, end: 1 });
        }
        count => positions[count - 1] = ends[1],
    }
    (positions, stretches)
}

impl SeaPath {
    /// The same path the other way.
    pub(super) fn reverse(&mut self) {
        let last = self.positions.len() - 1;
        self.positions.reverse();
        self.passages.reverse();
        self.stretches.reverse();
        for stretch in &mut self.stretches {
            (stretch.start, stretch.end) = (last - stretch.end, last - stretch.start);
        }
    }
}
