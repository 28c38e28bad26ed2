//! The thread that draws corridors, ports and seizures.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{DataKey, Drawn, rasterize};
use crate::analysis::{LandFindings, Matches};
use crate::cartography::{Emphasis, MapStyle, data_layers, land_flags, with_states};
use crate::geodesy::MapProjection;
use crate::model::{Dataset, FeatureRef};
use crate::scene::{PickIndex, WorldLayer};

pub(super) struct Request {
    pub(super) dataset: Arc<Dataset>,
    pub(super) matches: Arc<Matches>,
    pub(super) selection: BTreeSet<FeatureRef>,
    /// What the selection is linked to.
    pub(super) linked: BTreeSet<FeatureRef>,
    /// Where corridors run over land, once it is known.
    pub(super) land: Option<Arc<LandFindings>>,
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
    made: Option<(Made, Vec<WorldLayer>)>,
    /// The same layers with the flags of corridors over land.
    flagged: Option<(usize, Vec<WorldLayer>, Arc<PickIndex>)>,
}

type Made = (u64, MapProjection, MapStyle);

impl Artist {
    pub(super) fn draw(&mut self, request: Request, outdated: &AtomicBool) -> Option<Answer> {
        let Request { dataset, matches, selection, linked, land, key } = request;
        let wanted: Made = (key.generation, key.projection, key.style);
        if self.made.as_ref().is_none_or(|(made, _)| *made != wanted) {
            self.made = Some((wanted, data_layers(&dataset, key.projection, &key.style, 1.0)));
            self.flagged = None;
        }
        let (_, data) = self.made.as_ref()?;
        if self.flagged.as_ref().is_none_or(|(of, _, _)| *of != key.land) {
            let flags = land.and_then(|found| land_flags(&dataset, &found, key.projection, &key.style));
            let layers: Vec<WorldLayer> = data.iter().cloned().chain(flags).collect();
            let pick = Arc::new(PickIndex::new(layers.clone()));
            self.flagged = Some((key.land, layers, pick));
        }
        let (_, layers, pick) = self.flagged.as_ref()?;
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
