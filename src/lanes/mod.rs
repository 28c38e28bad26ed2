//! The sea network: which way a ship can sail between two places, over water all the way.
//!
//! Nothing here knows or ranks how likely a path is to be inspected: the only measure is length.
//!
//! The coasts of Natural Earth 1:10m are grown by a clearance that shrinks in narrow waters (`examples/build_lanes`). Between the corners of the grown
//! coasts the network holds the straight legs (great circles) that a shortest path can need; a search over them and over
//! hand-drawn canals and river approaches gives the shortest path.

mod access;
mod assemble;
pub mod barriers;
mod decode;
mod network;
mod passage;
mod path;
mod ports;
mod repair;
mod search;
pub mod sphere;

pub use network::{NetworkError, SeaNetwork};
pub use passage::{Passage, PassageKind, PassageSet, VesselLimits};
pub use path::{NoRoute, PathRequest, SeaPath, Stretch, StretchKind};
pub use ports::{PortIndex, PortLookupError, PortStanding, PortTableError, WorldPort};
pub use repair::{RepairError, Repaired, RouteRepair, Unrepaired, fairways, repair_line, repair_route};
