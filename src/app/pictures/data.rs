//! The thread that draws corridors, ports and seizures.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{DataKey, Drawn, rasterize};
use crate::analysis::Matches;
use crate::cartography::{Emphasis, MapStyle, data_layers, port_uses, with_states};
use crate::geodesy::MapProjection;
use crate::model::{Dataset, FeatureRef};
use crate::scene::{PickIndex, WorldLayer};

pub(super) struct Request {
    pub(super) dataset: Arc<Dataset>,
    pub(super) matches: Arc<Matches>,
    /// What the selection is linked to.
    pub(super) linked: BTreeSet<FeatureRef>,
    pub(super) key: DataKey,
}

pub(super) struct Answer {
    pub(super) drawn: Drawn,
    pub(super) layers: Vec<WorldLayer>,
    pub(super) pick: Arc<PickIndex>,
    pub(super) port_uses: Arc<Vec<usize>>,
    pub(super) projection: MapProjection,
    pub(super) generation: u64,
}

/// Geometry is made once for a dataset, projection and style; states and pixels for each request.
#[derive(Default)]
pub(super) struct Artist {
    made: Option<Geometry>,
}

/// What was made for one dataset, projection and style.
struct Geometry {
    of: Made,
    layers: Vec<WorldLayer>,
    pick: Arc<PickIndex>,
    port_uses: Arc<Vec<usize>>,
}

type Made = (u64, MapProjection, MapStyle);

impl Artist {
    pub(super) fn draw(&mut self, request: Request, outdated: &AtomicBool) -> Option<Answer> {
        let Request { dataset, matches, linked, key } = request;
        let wanted: Made = (key.generation, key.projection, key.style);
        if self.made.as_ref().is_none_or(|made| made.of != wanted) {
            let layers = data_layers(&dataset, key.projection, &key.style, 1.0);
            let pick = Arc::new(PickIndex::new(layers.clone()));
            self.made = Some(Geometry { of: wanted, layers, pick, port_uses: Arc::new(port_uses(&dataset)) });
        }
        let made = self.made.as_ref()?;
        if outdated.load(Ordering::Relaxed) {
            return None;
        }
        let passes = |feature| matches.passes(feature);
        let emphasis = Emphasis { passes: &passes, selection: &key.selection, linked: &linked, hovered: None };
        let layers = with_states(&made.layers, &emphasis);
        let image = rasterize(&layers, &key.view, key.scale, None)?;
        let drawn = Drawn { image, view: key.view, projection: key.projection };
        Some(Answer { drawn, layers, pick: made.pick.clone(), port_uses: made.port_uses.clone(), projection: key.projection, generation: key.generation })
    }
}
