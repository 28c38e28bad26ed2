//! What an item on the map stands for: one record, or many together.

use std::ops::Range;
use std::sync::Arc;

use crate::model::FeatureRef;

/// Records that one item stands for together; a share of a list, cheap to copy.
#[derive(Clone, Debug)]
pub struct Members {
    all: Arc<[FeatureRef]>,
    range: Range<u32>,
}

impl Members {
    /// The records of a range; an empty list for a range beyond the end.
    pub fn new(all: Arc<[FeatureRef]>, range: Range<u32>) -> Self {
        Self { all, range }
    }

    /// The records.
    pub fn records(&self) -> &[FeatureRef] {
        self.all.get(self.range.start as usize..self.range.end as usize).unwrap_or_default()
    }
}

impl PartialEq for Members {
    /// The same share of the same list, or the same records.
    fn eq(&self, other: &Self) -> bool {
        (Arc::ptr_eq(&self.all, &other.all) && self.range == other.range) || self.records() == other.records()
    }
}

/// What lies under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// One record.
    Record(FeatureRef),
    /// Many records that one symbol or line stands for, such as a cluster of events or an aggregated flow.
    Many(Members),
}

impl Subject {
    /// The record, if it is one.
    pub fn record(&self) -> Option<FeatureRef> {
        match self {
            Self::Record(feature) => Some(*feature),
            Self::Many(_) => None,
        }
    }

    /// All records.
    pub fn records(&self) -> &[FeatureRef] {
        match self {
            Self::Record(feature) => std::slice::from_ref(feature),
            Self::Many(members) => members.records(),
        }
    }
}
