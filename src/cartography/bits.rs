//! Sets of records of one kind that are asked about a million times a picture.

use crate::analysis::Matches;
use crate::model::{FeatureKind, FeatureRef};

/// A bit for each record of a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FeatureBits {
    kind: FeatureKind,
    words: Vec<u64>,
}

impl FeatureBits {
    /// These records, as far as they are of the kind.
    pub(super) fn new(kind: FeatureKind, features: impl Iterator<Item = FeatureRef>) -> Self {
        let mut words = Vec::new();
        for feature in features.filter(|feature| feature.kind == kind) {
            let word = feature.at() / 64;
            if word >= words.len() {
                words.resize(word + 1, 0);
            }
            words[word] |= 1u64 << (feature.at() % 64);
        }
        Self { kind, words }
    }

    /// The records of a kind that match a filter.
    pub(super) fn passing(matches: &Matches, kind: FeatureKind) -> Self {
        // Without a branch for each record: what matches is often as good as random.
        let total = u32::try_from(matches.total(kind)).unwrap_or(u32::MAX);
        let bit = |index: u32, place: u32| u64::from(matches.passes(FeatureRef::new(kind, index + place))) << place;
        let words = (0..total).step_by(64).map(|first| (0..64).fold(0, |word, place| word | bit(first, place))).collect();
        Self { kind, words }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether the record of the kind with this index is in the set.
    pub(super) fn has_index(&self, index: u32) -> bool {
        self.words.get(index as usize / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    pub(super) fn has(&self, feature: FeatureRef) -> bool {
        feature.kind == self.kind && self.has_index(feature.index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_holds_what_was_put_in_and_nothing_else() {
        let seizure = |index| FeatureRef::new(FeatureKind::Seizure, index);
        let bits = FeatureBits::new(FeatureKind::Seizure, [seizure(0), seizure(130), FeatureRef::new(FeatureKind::Port, 3)].into_iter());
        let held: Vec<u32> = (0..300).filter(|index| bits.has_index(*index)).collect();
        assert_eq!(held, [0, 130]);
        assert!(bits.has(seizure(130)) && !bits.has(FeatureRef::new(FeatureKind::Port, 130)));
    }
}
