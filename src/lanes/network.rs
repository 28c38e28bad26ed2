//! The network itself: grown coasts, and the straight legs between them that shortest paths need.

use std::collections::HashMap;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::barriers::Barriers;
use super::decode::{Fairway, Parts, decode};
use super::sphere::{Vector, arcs_cross, length_m, vector};
use super::{NoRoute, Passage, PassageKind, PassageSet, PathRequest, SeaPath, assemble, search};
use crate::geodesy::{LonLat, wrap_lon_deg};

/// The bytes that ship with the program.
static BUNDLED: &[u8] = include_bytes!("../../assets/lanes.bin");

static NETWORK: OnceLock<Result<SeaNetwork, NetworkError>> = OnceLock::new();

/// Why the network cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// The bytes are not those of a network of this version.
    #[error("not a sea network of this version")]
    NotANetwork,
    /// The bytes break off or contradict themselves.
    #[error("the sea network is damaged: {0}")]
    Damaged(&'static str),
}

/// A leg as seen from one of its nodes: small, since a search reads many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leg {
    /// The other node in the lower bits, and above them which of the sets in [`SeaNetwork::crossings`] it crosses.
    packed: u32,
    /// Length on the ellipsoid, metres.
    pub length_m: f32,
}

/// Bits of a node in [`Leg::packed`].
const NODE_BITS: u32 = 18;
const NODE_MASK: u32 = (1 << NODE_BITS) - 1;

impl Leg {
    pub(super) fn node(self) -> u32 {
        self.packed & NODE_MASK
    }
}

/// Grown coasts, every leg between them that a shortest path needs, fairways, and ways out of ports.
#[derive(Debug)]
pub struct SeaNetwork {
    pub(super) passages: Vec<Passage>,
    pub(super) barriers: Barriers,
    clearance_m: f64,
    /// Where each node lies.
    pub(super) nodes: Vec<Vector>,
    /// Which corner of the barriers each of the first nodes is; the nodes after them lie in open water.
    pub(super) corners: Vec<u32>,
    first_leg: Vec<u32>,
    legs: Vec<Leg>,
    /// Sets of straits that legs cross; the first one is empty.
    crossings: Vec<PassageSet>,
    pub(super) fairways: Vec<Fairway>,
    /// Ways out of ports, the port first.
    pub(super) ports: Vec<Vec<Vector>>,
    /// Segments of the lines across straits.
    gates: Vec<(usize, Vector, Vector)>,
}

impl SeaNetwork {
    /// The network in the program itself; the first call decodes it.
    ///
    /// # Errors
    /// When the bundled bytes are damaged.
    pub fn bundled() -> Result<&'static Self, NetworkError> {
        NETWORK.get_or_init(|| Self::from_bytes(BUNDLED)).as_ref().map_err(Clone::clone)
    }

    /// The network in the program itself when it is decoded already; never waits for that, so panels may ask in every frame.
    pub fn ready() -> Option<&'static Self> {
        NETWORK.get()?.as_ref().ok()
    }

    /// A network from bytes of the same format.
    ///
    /// # Errors
    /// When the bytes are not those of a sound network.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NetworkError> {
        let parts = decode(bytes)?;
        let barriers = Barriers::new(&parts.rings);
        let corners: Vec<u32> = (0_u32..).zip(&parts.is_node).filter(|(_, is_node)| **is_node).map(|(corner, _)| corner).collect();
        let mut nodes: Vec<Vector> = corners.iter().map(|corner| barriers.points()[*corner as usize]).collect();
        nodes.extend(&parts.terminals);
        let (first_leg, legs, crossings) = both_ways(&nodes, &parts)?;
        let straits = parts.passages.iter().enumerate().filter(|(_, passage)| passage.kind == PassageKind::Strait);
        let gates = straits.flat_map(|(index, passage)| {
            let pairs = passage.line.windows(2);
            pairs.map(move |pair| (index, vector(pair[0]), vector(pair[1]))).collect::<Vec<_>>()
        });
        Ok(Self {
            gates: gates.collect(),
            barriers,
            clearance_m: parts.clearance_m,
            nodes,
            corners,
            first_leg,
            legs,
            crossings,
            passages: parts.passages,
            fairways: parts.fairways,
            ports: parts.ports,
        })
    }

    /// The named passages.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// How far from the coast paths keep where the water allows it, metres.
    pub fn clearance_m(&self) -> f64 {
        self.clearance_m
    }

    /// A passage by its id, case ignored: its index.
    pub fn passage(&self, id: &str) -> Option<usize> {
        self.passages.iter().position(|passage| passage.id.eq_ignore_ascii_case(id.trim()))
    }

    /// The passages that are closed unless they are allowed or required.
    pub fn closed_by_default(&self) -> PassageSet {
        (0..self.passages.len()).filter(|index| !self.passages[*index].open_by_default).collect()
    }

    /// Numbers of nodes and of legs.
    pub fn size(&self) -> (usize, usize) {
        (self.nodes.len(), self.legs.len() / 2)
    }

    /// The legs from a node, with what they cross.
    pub(super) fn legs(&self, node: u32) -> impl Iterator<Item = (Leg, PassageSet)> + '_ {
        let range = self.first_leg[node as usize] as usize..self.first_leg[node as usize + 1] as usize;
        self.legs[range].iter().map(|leg| (*leg, self.crossings[(leg.packed >> NODE_BITS) as usize]))
    }

    /// The straits that an arc crosses, in its order; one that is crossed twice stands twice.
    pub(super) fn straits_along(&self, a: Vector, b: Vector) -> Vec<usize> {
        let mut crossed: Vec<(f64, usize)> = self
            .gates
            .iter()
            .filter(|(_, p, q)| arcs_cross(a, b, *p, *q))
            .map(|(index, p, q)| (super::sphere::crossing_share(a, b, *p, *q), *index))
            .collect();
        crossed.sort_by(|x, y| x.0.total_cmp(&y.0));
        crossed.into_iter().map(|(_, index)| index).collect()
    }

    /// The shortest path over water, to within two parts in ten thousand.
    ///
    /// # Errors
    /// [`NoRoute`] says why there is none.
    pub fn find(&self, request: &PathRequest) -> Result<SeaPath, NoRoute> {
        let wanted = request.require.intersection(request.forbid);
        if !wanted.is_empty() {
            return Err(NoRoute::Contradiction(self.names(wanted, "and")));
        }
        let from = on_earth(request.from, "the start")?;
        let to = on_earth(request.to, "the destination")?;
        // The search always runs the same way, so that there and back are the same path.
        let swapped = (from.lon_deg, from.lat_deg) > (to.lon_deg, to.lat_deg);
        let ends = if swapped { [to, from] } else { [from, to] };
        let words = if swapped { ["destination", "start"] } else { ["start", "destination"] };
        let accesses = [0, 1].map(|end| {
            self.accesses(vector(ends[end])).map_err(|distance_m| NoRoute::TooFarInland {
                end: words[end],
                distance_km: (distance_m / 1000.0).round() as u32,
                limit_km: (super::access::LONGEST_ACCESS_M / 1000.0) as u32,
            })
        });
        let [start, goal] = accesses;
        let (start, goal) = (start?, goal?);
        let closed = request.forbid.union(self.closed_by_default().without(request.allow).without(request.require));
        let found = search::shortest(self, &start, &goal, closed, request.require)?;
        let found = found.ok_or_else(|| search::explain(self, &start, &goal, closed, request.require))?;
        let mut path = assemble::path(self, &start, &goal, &found, ends);
        if swapped {
            path.reverse();
        }
        Ok(path)
    }

    /// Names of passages for people.
    pub(super) fn names(&self, set: PassageSet, joined_by: &str) -> String {
        let names: Vec<&str> = set.iter().filter_map(|index| self.passages.get(index)).map(|passage| &*passage.name).collect();
        match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} {joined_by} {last}", rest.join(", ")),
            _ => names.concat(),
        }
    }
}

fn on_earth(position: LonLat, what: &'static str) -> Result<LonLat, NoRoute> {
    let sound = position.is_finite() && position.lat_deg.abs() <= 90.0;
    let wrapped = LonLat::new(wrap_lon_deg(position.lon_deg), position.lat_deg);
    if sound { Ok(wrapped) } else { Err(NoRoute::NotAPosition(what)) }
}

/// For each node the index of its first leg; the legs; the sets of straits that they cross.
type Legs = (Vec<u32>, Vec<Leg>, Vec<PassageSet>);

/// The legs from both of their nodes.
fn both_ways(nodes: &[Vector], parts: &Parts) -> Result<Legs, NetworkError> {
    let mut first_leg = vec![0_u32; nodes.len() + 1];
    let pairs = || {
        let starts = parts.counts.iter().zip(0_u32..).flat_map(|(count, node)| std::iter::repeat_n(node, *count as usize));
        starts.zip(&parts.ends).map(|(from, to)| (from, *to))
    };
    for (from, to) in pairs() {
        first_leg[from as usize + 1] += 1;
        first_leg[to as usize + 1] += 1;
    }
    for node in 0..nodes.len() {
        first_leg[node + 1] += first_leg[node];
    }
    let mut next = first_leg.clone();
    if nodes.len() > NODE_MASK as usize {
        return Err(NetworkError::Damaged("too many nodes"));
    }
    let mut legs = vec![Leg { packed: 0, length_m: 0.0 }; parts.ends.len() * 2];
    let mut crossings = vec![PassageSet::EMPTY];
    let mut places = HashMap::new();
    let mut crossed = parts.crossings.iter().peekable();
    let ends: Vec<(u32, u32)> = pairs().collect();
    let lengths: Vec<f32> = ends.par_iter().map(|(from, to)| length_m(nodes[*from as usize], nodes[*to as usize]) as f32).collect();
    for (((from, to), length_m), index) in ends.into_iter().zip(lengths).zip(0_u32..) {
        let crossing = match crossed.next_if(|(leg, _)| *leg == index) {
            None => 0,
            Some((_, straits)) => *places.entry(*straits).or_insert_with(|| {
                crossings.push(*straits);
                crossings.len() as u32 - 1
            }),
        };
        if crossing >= 1 << (u32::BITS - NODE_BITS) {
            return Err(NetworkError::Damaged("too many sets of straits"));
        }
        for (here, there) in [(from, to), (to, from)] {
            let at = &mut next[here as usize];
            legs[*at as usize] = Leg { packed: there | crossing << NODE_BITS, length_m };
            *at += 1;
        }
    }
    Ok((first_leg, legs, crossings))
}
