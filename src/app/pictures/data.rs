//! The thread that draws corridors, ports and seizures.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{DataKey, Drawn, rasterize};
use crate::analysis::Matches;
use crate::cartography::{Emphasis, MapStyle, data_layers, with_states};
use crate::geodesy::MapProjection;
use crate::model::{Dataset, FeatureRef};
use crate::scene::{PickIndex, WorldLayer};

pub(super) struct Request {
    pub(super) dataset: Arc<Dataset>,
    pub(super) matches: Arc<Matches>,
    pub(super) selection: BTreeSet<FeatureRef>,
    /// What the selection is linked to.
    pub(super) linked: BTreeSet<FeatureRef>,
    pub(super) key: DataKey,
}

pub(super) struct Answer {
    pub(super) drawn: Drawn,
    pub(super) layers: Vec<WorldLayer>,
    pub(super) pick: Arc<PickIndex>,
    pub(super) projection: MapProjection,
    pub(super) generation: u64,
}

/// Geometry is made once for a dataset, projection and style; states and pixels for each request.
#[derive(Default)]
pub(super) struct Artist {
    made: Option<(Made, Vec<WorldLayer>, Arc<PickIndex>)>,
}

type Made = (u64, MapProjection, MapStyle);

impl Artist {
    pub(super) fn draw(&mut self, request: Request, outdated: &AtomicBool) -> Option<Answer> {
        let Request { dataset, matches, selection, linked, key } = request;
        let wanted: Made = (key.generation, key.projection, key.style);
        if self.made.as_ref().is_none_or(|(made, _, _)| *made != wanted) {
            let layers = data_layers(&dataset, key.projection, &key.style, 1.0);
            let pick = Arc::new(PickIndex::new(layers.clone()));
            self.made = Some((wanted, layers, pick));
        }
        let (_, layers, pick) = self.made.as_ref()?;
        if outdated.load(Ordering::Relaxed) {
            return None;
        }
        let passes = |feature| matches.passes(feature);
        let emphasis = Emphasis { passes: &passes, selection: &selection, linked: &linked, hovered: None };
        let layers = with_states(layers, &emphasis);
        let image = rasterize(&layers, &key.view, key.scale, None, outdated)?;
        let drawn = Drawn { image, view: key.view, projection: key.projection };
        Some(Answer { drawn, layers, pick: pick.clone(), projection: key.projection, generation: key.generation })
    }
}
