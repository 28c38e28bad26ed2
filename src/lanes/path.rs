//! What is asked of the network, and what it answers.

use super::PassageSet;
use crate::geodesy::LonLat;

/// A wish for a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PathRequest {
    /// Where it starts, WGS 84.
    pub from: LonLat,
    /// Where it ends, WGS 84.
    pub to: LonLat,
    /// Passages that it must not use.
    pub forbid: PassageSet,
    /// Passages that it must use, each once.
    pub require: PassageSet,
    /// Passages that are closed by default and may be used.
    pub allow: PassageSet,
}

impl PathRequest {
    /// A path between two places with the passages that are open by default.
    pub fn between(from: LonLat, to: LonLat) -> Self {
        Self { from, to, forbid: PassageSet::EMPTY, require: PassageSet::EMPTY, allow: PassageSet::EMPTY }
    }
}

/// What a stretch of a path runs through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StretchKind {
    /// Open water of the network.
    Sea,
    /// A canal or river approach of the network, hand-drawn (index into [`super::SeaNetwork::passages`]).
    Fairway(usize),
    /// The straight line from a port or point near or behind the coast to the network's water.
    Access,
}

/// A run of positions of one kind: `positions[start..=end]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// What it runs through.
    pub kind: StretchKind,
    /// Index of its first position.
    pub start: usize,
    /// Index of its last position, which is the first of the next stretch.
    pub end: usize,
}

/// A path over water.
#[derive(Clone, Debug, PartialEq)]
pub struct SeaPath {
    /// From start to end, WGS 84, at most 50 km apart, along geodesics. Longitudes are wrapped into -180..180.
    pub positions: Vec<LonLat>,
    /// Length on the WGS 84 ellipsoid, metres.
    pub length_m: f64,
    /// The passages in the order of use (indices into [`super::SeaNetwork::passages`]).
    pub passages: Vec<usize>,
    /// What it runs through, from start to end without gaps.
    pub stretches: Vec<Stretch>,
}

/// Why there is no path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRoute {
    /// A position is not on the earth.
    #[error("{0} is not a position on the earth")]
    NotAPosition(&'static str),
    /// An end lies too far from water that the network knows.
    #[error("the {end} lies {distance_km} km from the nearest navigable water of the network (at most {limit_km} km)")]
    TooFarInland {
        /// "start" or "destination".
        end: &'static str,
        /// How far.
        distance_km: u32,
        /// The limit.
        limit_km: u32,
    },
    /// The same passage is forbidden and required.
    #[error("{0} is both required and forbidden")]
    Contradiction(String),
    /// Nothing connects the two without what is forbidden or closed.
    #[error("no water connects the two without {0}")]
    Blocked(String),
    /// The two lie in waters that nothing joins.
    #[error("the two lie in separate waters that no passage joins")]
    Separate,
    /// Too many passages are required at once.
    #[error("at most {0} passages can be required at once")]
    TooManyRequired(usize),
    /// No path passes what is required.
    #[error("no path from start to destination passes {0} without turning back in it")]
    RequiredOffTheWay(String),
}
