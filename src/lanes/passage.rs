//! Named passages: straits that a path crosses, canals and river approaches that it follows.

use std::sync::Arc;

use crate::geodesy::LonLat;

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PassageKind {
    /// Natural narrows or a sea gate: its line lies across the water, and a path that crosses the line uses the passage.
    Strait,
    /// Cut through land: its line is the fairway, hand-drawn.
    Canal,
    /// The fairway from the sea to a port up a river or a dredged channel, hand-drawn.
    Approach,
}

/// The largest vessel, as its operator states it. `None` is "not stated".
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct VesselLimits {
    /// Length over all in metres.
    pub length_m: Option<f32>,
    /// Beam in metres.
    pub beam_m: Option<f32>,
    /// Draught in metres.
    pub draught_m: Option<f32>,
}

/// A named passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Passage {
    /// Short name for the command line: `panama`.
    pub id: Arc<str>,
    /// Name for people.
    pub name: Arc<str>,
    /// What it is.
    pub kind: PassageKind,
    /// Whether paths may use it without being asked to.
    pub open_by_default: bool,
    /// The largest vessel.
    pub limits: VesselLimits,
    /// Where position and limits come from.
    pub source: Arc<str>,
    /// Across the water for straits, along the fairway for the others.
    pub line: Vec<LonLat>,
}

/// A set of passages of one network, by their place in [`super::SeaNetwork::passages`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PassageSet(u64);

impl PassageSet {
    /// No passage.
    pub const EMPTY: Self = Self(0);
    /// How many passages a network can have.
    pub const CAPACITY: usize = 64;

    /// The set of one. Indices beyond [`Self::CAPACITY`] give the empty set.
    pub fn single(index: usize) -> Self {
        u32::try_from(index).ok().and_then(|index| 1_u64.checked_shl(index)).map_or(Self::EMPTY, Self)
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether it holds this passage.
    pub fn contains(self, index: usize) -> bool {
        !self.intersection(Self::single(index)).is_empty()
    }

    /// With the passage put in or taken out. Indices beyond [`Self::CAPACITY`] change nothing.
    #[must_use]
    pub fn toggled(self, index: usize) -> Self {
        Self(self.0 ^ Self::single(index).0)
    }

    /// What is in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in this and not in the other.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The indices, smallest first.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..Self::CAPACITY).filter(move |index| self.contains(*index))
    }
}

impl FromIterator<usize> for PassageSet {
    fn from_iter<I: IntoIterator<Item = usize>>(indices: I) -> Self {
        indices.into_iter().fold(Self::EMPTY, |set, index| set.union(Self::single(index)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_was_put_in() {
        let set: PassageSet = [3, 63, 3].into_iter().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), [3, 63]);
        assert!(set.contains(63) && !set.contains(0) && !set.contains(64));
        assert_eq!(set.without(PassageSet::single(3)), PassageSet::single(63));
        assert!(PassageSet::single(64).is_empty() && set.intersection(PassageSet::single(1)).is_empty());
    }
}
