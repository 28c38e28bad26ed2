//! A set of records that is copied at no cost: threads get the selection with every request.

use std::collections::BTreeSet;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use crate::model::FeatureRef;

/// Records in order. Copies share their contents until one of them is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordSet(Arc<BTreeSet<FeatureRef>>);

impl RecordSet {
    /// The set with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Deref for RecordSet {
    type Target = BTreeSet<FeatureRef>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for RecordSet {
    fn deref_mut(&mut self) -> &mut Self::Target {
        Arc::make_mut(&mut self.0)
    }
}

impl From<BTreeSet<FeatureRef>> for RecordSet {
    fn from(records: BTreeSet<FeatureRef>) -> Self {
        Self(Arc::new(records))
    }
}

impl FromIterator<FeatureRef> for RecordSet {
    fn from_iter<I: IntoIterator<Item = FeatureRef>>(records: I) -> Self {
        Self(Arc::new(records.into_iter().collect()))
    }
}

impl<'a> IntoIterator for &'a RecordSet {
    type Item = &'a FeatureRef;
    type IntoIter = std::collections::btree_set::Iter<'a, FeatureRef>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl IntoIterator for RecordSet {
    type Item = FeatureRef;
    type IntoIter = std::collections::btree_set::IntoIter<FeatureRef>;

    fn into_iter(self) -> Self::IntoIter {
        Arc::unwrap_or_clone(self.0).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FeatureKind;

    #[test]
    fn a_changed_copy_leaves_the_other_as_it_is() {
        let port = |index| FeatureRef::new(FeatureKind::Port, index);
        let first: RecordSet = [port(1), port(2)].into_iter().collect();
        let mut second = first.clone();
        second.insert(port(3));
        assert_eq!((first.len(), second.len()), (2, 3));
    }
}
