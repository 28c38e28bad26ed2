//! A* over the network, with the legs from the start and to the destination tried only when they matter.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::access::{Access, AccessEnd};
use super::sphere::{Vector, arcs_cross, dot, length_m};
use super::{NoRoute, PassageSet, SeaNetwork};

/// More required passages than this are refused: each doubles the states of the search.
const MAX_REQUIRED: usize = 7;

/// The nodes of a shortest path.
#[derive(Debug)]
pub(super) struct Found {
    /// Index of the access at the start.
    pub start: usize,
    /// Index of the access at the destination.
    pub goal: usize,
    /// The nodes between, in order.
    pub nodes: Vec<u32>,
}

/// Where an entry of the queue came from.
#[derive(Clone, Copy, Debug)]
enum Parent {
    /// Index of the start's access.
    Start(u8),
    /// A node in a layer.
    State(u32, u8),
}

/// What the queue holds: a node reached, or the destination reached. Small, since the queue moves them about.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// Length so far and at least to come, in fiftieths of a metre.
    whole: u32,
    /// To within two metres at most.
    so_far_m: f32,
    /// A node; `u32::MAX` is the destination.
    node: u32,
    /// A node, or the index of the start's access.
    parent: u32,
    /// The layer of the parent node, or [`AT_START`].
    parent_layer: u8,
    layer: u8,
    /// Index of the destination's access, when the node is the destination.
    goal: u8,
    /// The leg was not yet tested for crossing coasts and straits.
    unproven: bool,
}

const DESTINATION: u32 = u32::MAX;
const AT_START: u8 = u8::MAX;

impl Entry {
    fn new(whole_m: f64, so_far_m: f64, node: u32, layer: u8, parent: Parent) -> Self {
        let (parent, parent_layer) = match parent {
            Parent::Start(access) => (u32::from(access), AT_START),
            Parent::State(node, layer) => (node, layer),
        };
        let (whole, so_far_m) = (fiftieths(whole_m), so_far_m as f32);
        Self { whole, so_far_m, node, parent, parent_layer, layer, goal: 0, unproven: false }
    }

    fn parent(&self) -> Parent {
        if self.parent_layer == AT_START { Parent::Start(self.parent as u8) } else { Parent::State(self.parent, self.parent_layer) }
    }
}

/// Lengths in the order of the queue; twice around the earth still fits.
fn fiftieths(metres: f64) -> u32 {
    (metres * 50.0) as u32
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Entry {}
impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Entry {
    /// The shortest is the greatest, as the heap gives the greatest first. Ties are broken by node, so that results do not depend on chance.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.whole, other.node, other.layer).cmp(&(self.whole, self.node, self.layer))
    }
}

/// What is known of the nodes in one layer. Lengths in single precision, to within a few metres, so that the tables stay in the cache.
struct Layer {
    /// The shortest length so far, metres.
    so_far_m: Vec<f32>,
    /// The length at which the legs of a node were offered last.
    left_m: Vec<f32>,
    parents: Vec<Parent>,
}

impl Layer {
    fn new(count: usize) -> Self {
        Self { so_far_m: vec![f32::INFINITY; count], left_m: vec![f32::INFINITY; count], parents: vec![Parent::Start(0); count] }
    }
}

struct Search<'a> {
    network: &'a SeaNetwork,
    start: &'a [Access],
    goal: &'a [Access],
    closed: PassageSet,
    /// The required passages; bit `i` of a layer says that `required[i]` was used an odd number of times.
    required: &'a [usize],
    /// One table for each layer that was reached.
    layers: Vec<Option<Layer>>,
    queue: BinaryHeap<Entry>,
    /// Coast edges that blocked legs before, the newest first. Most legs that a search tries in vain end at the same few coasts.
    blockers: Vec<(Vector, Vector)>,
    /// How many legs were tried in vain.
    vain: usize,
}

/// How many of the nodes nearest to a place are tried for some that it sees.
const TRIED: usize = 24;

/// After so many legs in vain it is worth looking whether the network joins the ends at all, which takes as long as reading all legs.
const MANY_IN_VAIN: usize = 15_000;

/// The length formula is symmetric but not exact: a path over several legs may come out shorter than its straight line by this share.
const FORMULA_SLACK: f64 = 1.0 - 2e-5;

/// How many blockers are remembered.
const REMEMBERED: usize = 24;

/// The shortest path between two places with some passages closed and some required, each used an odd number of times.
pub(super) fn shortest(
    network: &SeaNetwork,
    start: &[Access],
    goal: &[Access],
    closed: PassageSet,
    required: PassageSet,
) -> Result<Option<Found>, NoRoute> {
    let required: Vec<usize> = required.iter().collect();
    if required.len() > MAX_REQUIRED {
        return Err(NoRoute::TooManyRequired(MAX_REQUIRED));
    }
    let mut search = Search::new(network, start, goal, closed, &required);
    search.offer_starts();
    Ok(search.run())
}

/// Why there is no path: what closes every way, or what is required and lies off every way.
pub(super) fn explain(network: &SeaNetwork, start: &[Access], goal: &[Access], closed: PassageSet, required: PassageSet) -> NoRoute {
    let find = |closed, required| shortest(network, start, goal, closed, required).ok().flatten();
    if find(closed, PassageSet::EMPTY).is_some() {
        let alone = required.iter().map(PassageSet::single).filter(|one| find(closed, *one).is_none());
        let off_the_way = alone.fold(PassageSet::EMPTY, PassageSet::union);
        let named = if off_the_way.is_empty() { required } else { off_the_way };
        return NoRoute::RequiredOffTheWay(network.names(named, "and"));
    }
    let mut blocking = PassageSet::EMPTY;
    while let Some(found) = find(blocking, PassageSet::EMPTY) {
        let used = passages_of(network, start, goal, &found).intersection(closed).without(blocking);
        if used.is_empty() {
            break;
        }
        blocking = blocking.union(used);
    }
    // Of what was met on the way, only that counts which opens a way when it alone is opened; if nothing does, all of it.
    let alone: PassageSet =
        blocking.iter().filter(|one| find(closed.without(PassageSet::single(*one)), PassageSet::EMPTY).is_some()).collect();
    let blocking = if alone.is_empty() { blocking } else { alone };
    if blocking.is_empty() { NoRoute::Separate } else { NoRoute::Blocked(network.names(blocking, "or")) }
}

fn passages_of(network: &SeaNetwork, start: &[Access], goal: &[Access], found: &Found) -> PassageSet {
    let (start, goal) = (&start[found.start], &goal[found.goal]);
    let mut points: Vec<Vector> = vec![start.end()];
    points.extend(found.nodes.iter().map(|node| network.nodes[*node as usize]));
    points.push(goal.end());
    let straits = points.windows(2).flat_map(|pair| network.straits_along(pair[0], pair[1]));
    let canals = found.nodes.windows(2).filter_map(|pair| network.canal_between(pair[0], pair[1]).map(|(index, _)| index));
    let at_ends = [start.fairway, goal.fairway].into_iter().flatten();
    straits.chain(canals).chain(at_ends).collect()
}

impl SeaNetwork {
    /// The canal whose ends are these two nodes, and whether it is followed from its first point to its last.
    pub(super) fn canal_between(&self, from: u32, to: u32) -> Option<(usize, bool)> {
        self.fairways.iter().find_map(|fairway| {
            let ends = (fairway.first?, fairway.last?);
            let forward = ends == (from, to);
            (forward || ends == (to, from)).then_some((fairway.passage, forward))
        })
    }

    /// The nodes nearest to a point, in order.
    fn nearest_nodes(&self, here: Vector) -> Vec<u32> {
        let mut near: Vec<(f64, u32)> = (0_u32..).zip(&self.nodes).map(|(node, point)| (-dot(here, *point), node)).collect();
        let tried = TRIED.min(near.len());
        if tried > 0 {
            near.select_nth_unstable_by(tried - 1, |x, y| x.0.total_cmp(&y.0));
        }
        near.truncate(tried);
        near.into_iter().map(|(_, node)| node).collect()
    }

    /// The canals that begin at a node: the passage, the node at the other end, and the length in metres.
    fn canals_from(&self, node: u32) -> impl Iterator<Item = (usize, u32, f64)> + '_ {
        let fairways = if self.is_corner(node) { &[][..] } else { &self.fairways[..] };
        fairways.iter().filter_map(move |fairway| {
            let (first, last) = (fairway.first?, fairway.last?);
            let other = if node == first { last } else { first };
            (node == first || node == last).then_some((fairway.passage, other, fairway.length_m))
        })
    }

    /// Nodes near the end of an access that can be seen from it across nothing closed.
    fn seen_near(&self, access: &Access, closed: PassageSet) -> Vec<u32> {
        if access.fairway.is_some_and(|passage| closed.contains(passage)) {
            return Vec::new();
        }
        if let AccessEnd::Node(node) = access.to {
            return vec![node];
        }
        let here = access.end();
        let across_closed = |point| self.straits_along(here, point).into_iter().any(|strait| closed.contains(strait));
        let near = self.nearest_nodes(here).into_iter();
        near.filter(|node| {
            let point = self.nodes[*node as usize];
            !across_closed(point) && !self.barriers.block(here, point)
        })
        .collect()
    }

    fn is_corner(&self, node: u32) -> bool {
        (node as usize) < self.corners.len()
    }
}

impl<'a> Search<'a> {
    fn new(network: &'a SeaNetwork, start: &'a [Access], goal: &'a [Access], closed: PassageSet, required: &'a [usize]) -> Self {
        let layers = (0..1 << required.len()).map(|_| None).collect();
        let (queue, blockers) = (BinaryHeap::new(), Vec::new());
        Self { network, start, goal, closed, required, layers, queue, blockers, vain: 0 }
    }

    /// The layer after using some passages.
    fn layer_after(&self, layer: u8, used: PassageSet) -> u8 {
        self.required.iter().enumerate().fold(layer, |layer, (bit, passage)| layer ^ (u8::from(used.contains(*passage)) << bit))
    }

    /// No way from this point to the destination is shorter: the geodesics, less what their formula may be off.
    fn least_to_come_m(&self, point: Vector) -> f64 {
        let ends = self.goal.iter().map(|access| length_m(point, access.end()) * FORMULA_SLACK + access.length_m);
        ends.fold(f64::INFINITY, f64::min)
    }

    fn offer_starts(&mut self) {
        let mut entries = Vec::new();
        for (index, access) in self.start.iter().enumerate() {
            let used = access.fairway.map_or(PassageSet::EMPTY, PassageSet::single);
            if !used.intersection(self.closed).is_empty() {
                continue;
            }
            let layer = self.layer_after(0, used);
            let parent = Parent::Start(index as u8);
            let entry = |node: u32, point: Vector, length_m: f64, unproven| {
                let so_far_m = access.length_m + length_m;
                Entry { unproven, ..Entry::new(so_far_m + self.least_to_come_m(point), so_far_m, node, layer, parent) }
            };
            match access.to {
                AccessEnd::Node(node) => entries.push(entry(node, access.end(), 0.0, false)),
                AccessEnd::OpenWater => {
                    let here = access.end();
                    for (node, point) in (0_u32..).zip(&self.network.nodes) {
                        let sensible = !self.network.is_corner(node)
                            || self.network.barriers.is_tangent(self.network.corners[node as usize] as usize, here);
                        if sensible {
                            entries.push(entry(node, *point, length_m(here, *point), true));
                        }
                    }
                    for goal in 0..self.goal.len() {
                        entries.extend(self.to_destination(here, access.length_m, layer, parent, goal));
                    }
                }
            }
        }
        self.queue = BinaryHeap::from(entries);
    }

    /// The straight leg to an open-water access of the destination.
    fn to_destination(&self, here: Vector, so_far_m: f64, layer: u8, parent: Parent, goal: usize) -> Option<Entry> {
        let access = &self.goal[goal];
        let used = access.fairway.map_or(PassageSet::EMPTY, PassageSet::single);
        if access.to != AccessEnd::OpenWater || !used.intersection(self.closed).is_empty() {
            return None;
        }
        let whole_m = so_far_m + length_m(here, access.end()) + access.length_m;
        Some(Entry { goal: goal as u8, unproven: true, ..Entry::new(whole_m, whole_m, DESTINATION, layer, parent) })
    }

    fn point_of(&self, parent: Parent) -> Vector {
        match parent {
            Parent::Start(index) => self.start[index as usize].end(),
            Parent::State(node, _) => self.network.nodes[node as usize],
        }
    }

    fn layer(&mut self, layer: u8) -> &mut Layer {
        let count = self.network.nodes.len();
        self.layers[usize::from(layer)].get_or_insert_with(|| Layer::new(count))
    }

    fn was_left(&mut self, entry: &Entry) -> bool {
        self.layer(entry.layer).left_m[entry.node as usize] <= entry.so_far_m
    }

    fn run(&mut self) -> Option<Found> {
        let all_used = (self.layers.len() - 1) as u8;
        while let Some(mut entry) = self.queue.pop() {
            if entry.unproven {
                if entry.node != DESTINATION && self.required.is_empty() && self.was_left(&entry) {
                    continue;
                }
                match self.proven(entry) {
                    None => {
                        self.vain += 1;
                        if self.vain == MANY_IN_VAIN && !self.ends_are_joined() {
                            return None;
                        }
                        continue;
                    }
                    Some(layer) if layer != entry.layer => {
                        entry.layer = layer;
                        entry.unproven = false;
                        self.queue.push(entry);
                        continue;
                    }
                    Some(_) => {}
                }
            }
            if entry.node == DESTINATION {
                if entry.layer == all_used {
                    return Some(self.found(entry));
                }
                continue;
            }
            // A node may turn out nearer by rounding after it was left: then it is left again.
            if self.was_left(&entry) {
                continue;
            }
            let (node, layer) = (entry.node as usize, self.layer(entry.layer));
            layer.so_far_m[node] = layer.so_far_m[node].min(entry.so_far_m);
            layer.left_m[node] = entry.so_far_m;
            layer.parents[node] = entry.parent();
            self.leave(entry.node, entry.layer, f64::from(entry.so_far_m));
        }
        None
    }

    /// The layer after the leg of an entry, when it crosses no coast and nothing that is closed.
    fn proven(&mut self, entry: Entry) -> Option<u8> {
        let from = self.point_of(entry.parent());
        let to = if entry.node == DESTINATION { self.goal[usize::from(entry.goal)].end() } else { self.network.nodes[entry.node as usize] };
        // What blocks a leg to the destination mostly lies near it, and what blocks one from the start near that.
        if self.is_blocked(from, to, if entry.node == DESTINATION { to } else { from }) {
            return None;
        }
        let mut layer = entry.layer;
        for strait in self.network.straits_along(from, to) {
            if self.closed.contains(strait) {
                return None;
            }
            layer = self.layer_after(layer, PassageSet::single(strait));
        }
        Some(layer)
    }

    fn is_blocked(&mut self, from: Vector, to: Vector, focus: Vector) -> bool {
        let ends_there = |(p, q): &(Vector, Vector)| *p == from || *q == from || *p == to || *q == to;
        let known = self.blockers.iter().position(|edge| !ends_there(edge) && arcs_cross(from, to, edge.0, edge.1));
        if let Some(known) = known {
            self.blockers[..=known].rotate_right(1);
            return true;
        }
        let Some(blocker) = self.network.barriers.first_block(from, to, focus) else { return false };
        self.blockers.insert(0, blocker);
        self.blockers.truncate(REMEMBERED);
        true
    }

    /// Whether the open legs and canals join what can be seen near the start with what can be seen near the destination.
    fn ends_are_joined(&self) -> bool {
        let near =
            |accesses: &[Access]| -> Vec<u32> { accesses.iter().flat_map(|access| self.network.seen_near(access, self.closed)).collect() };
        let (mut open, wanted) = (near(self.start), near(self.goal));
        let mut reached = vec![false; self.network.nodes.len()];
        open.iter().for_each(|node| reached[*node as usize] = true);
        while let Some(node) = open.pop() {
            let legs = self.network.legs(node).filter(|(_, crossed)| crossed.intersection(self.closed).is_empty());
            let canals = self.network.canals_from(node).filter(|(passage, ..)| !self.closed.contains(*passage));
            for next in legs.map(|(leg, _)| leg.node()).chain(canals.map(|(_, other, _)| other)) {
                if !std::mem::replace(&mut reached[next as usize], true) {
                    open.push(next);
                }
            }
        }
        wanted.iter().any(|node| reached[*node as usize])
    }

    /// Offers everything that can be reached from a settled node.
    fn leave(&mut self, node: u32, layer: u8, so_far_m: f64) {
        let network = self.network;
        for (leg, crossed) in network.legs(node) {
            if crossed.intersection(self.closed).is_empty() {
                let layer_there = if crossed.is_empty() { layer } else { self.layer_after(layer, crossed) };
                self.offer(leg.node(), layer_there, so_far_m + f64::from(leg.length_m), Parent::State(node, layer));
            }
        }
        let point = network.nodes[node as usize];
        for (passage, other, length_m) in network.canals_from(node) {
            if !self.closed.contains(passage) {
                let layer_there = self.layer_after(layer, PassageSet::single(passage));
                self.offer(other, layer_there, so_far_m + length_m, Parent::State(node, layer));
            }
        }
        let corner = network.corners.get(node as usize).map(|corner| *corner as usize);
        for goal in 0..self.goal.len() {
            let access = &self.goal[goal];
            let parent = Parent::State(node, layer);
            if access.to == AccessEnd::Node(node) {
                let used = access.fairway.map_or(PassageSet::EMPTY, PassageSet::single);
                if used.intersection(self.closed).is_empty() {
                    let whole_m = so_far_m + access.length_m;
                    let layer = self.layer_after(layer, used);
                    self.queue.push(Entry { goal: goal as u8, ..Entry::new(whole_m, whole_m, DESTINATION, layer, parent) });
                }
            } else if corner.is_none_or(|corner| network.barriers.is_tangent(corner, access.end())) {
                let entry = self.to_destination(point, so_far_m, layer, parent, goal);
                self.queue.extend(entry);
            }
        }
    }

    fn offer(&mut self, node: u32, layer: u8, so_far_m: f64, parent: Parent) {
        let known_m = &mut self.layer(layer).so_far_m[node as usize];
        if *known_m <= so_far_m as f32 {
            return;
        }
        *known_m = so_far_m as f32;
        let whole_m = so_far_m + self.least_to_come_m(self.network.nodes[node as usize]);
        self.queue.push(Entry::new(whole_m, so_far_m, node, layer, parent));
    }

    fn found(&self, last: Entry) -> Found {
        let mut nodes = Vec::new();
        let mut parent = last.parent();
        loop {
            match parent {
                Parent::Start(start) => {
                    nodes.reverse();
                    return Found { start: start as usize, goal: usize::from(last.goal), nodes };
                }
                Parent::State(node, layer) => {
                    nodes.push(node);
                    let known = self.layers[usize::from(layer)].as_ref().map(|table| table.parents[node as usize]);
                    parent = known.unwrap_or(Parent::Start(0));
                }
            }
        }
    }
}
