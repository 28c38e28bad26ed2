//! Draws the data of the difference map instead of the records themselves.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::data::{Answer, Request};
use super::{Drawn, rasterize};
use crate::analysis::Compared;
use crate::cartography::{Emphasis, MapStyle, difference_layers, drawn_layers};
use crate::geodesy::MapProjection;
use crate::scene::{PickIndex, WorldLayer};

/// What the layers were made for: they depend neither on the view nor on the selection.
type Made = (u64, MapProjection, MapStyle, usize);

/// Layers and index stay while only the view or the selection changes.
#[derive(Default)]
pub(super) struct Artist {
    made: Option<(Made, Vec<WorldLayer>, Arc<PickIndex>)>,
}

impl Artist {
    pub(super) fn draw(&mut self, request: &Request, compared: &Arc<Compared>, outdated: &AtomicBool) -> Option<Answer> {
        let Request { dataset, selection, linked, key, .. } = request;
        let wanted: Made = (key.generation, key.projection, key.style, Arc::as_ptr(compared) as usize);
        if self.made.as_ref().is_none_or(|(made, ..)| *made != wanted) {
            let layers = difference_layers(dataset, compared, key.projection, &key.style, 1.0);
            let pick = Arc::new(PickIndex::new(layers.clone()));
            self.made = Some((wanted, layers, pick));
        }
        let (_, layers, pick) = self.made.as_ref()?;
        if outdated.load(Ordering::Relaxed) {
            return None;
        }
        let passes = |feature| compared.any_time.passes(feature);
        let emphasis = Emphasis { passes: &passes, selection, linked, hovered: None };
        let layers = drawn_layers(layers, &emphasis);
        let image = rasterize(&layers, &key.view, key.scale, None, outdated)?;
        let drawn = Drawn { image, view: key.view, projection: key.projection };
        Some(Answer { drawn, layers, pick: pick.clone(), projection: key.projection, generation: key.generation, is_sketch: false })
    }
}
