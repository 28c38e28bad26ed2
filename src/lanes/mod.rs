//! The sea network: which way a ship can sail between two places, over water all the way.
//!
//! Nothing here knows or ranks how likely a path is to be inspected: the only measure is length.

mod network;
mod passage;
mod path;
mod ports;
mod repair;

pub use network::{NetworkError, SeaNetwork};
pub use passage::{Passage, PassageKind, PassageSet, VesselLimits};
pub use path::{NoRoute, PathRequest, SeaPath, Stretch, StretchKind};
pub use ports::{PortIndex, PortLookupError, PortStanding, PortTableError, WorldPort};
pub use repair::{RepairError, Repaired, Unrepaired, fairways, repair_line};
