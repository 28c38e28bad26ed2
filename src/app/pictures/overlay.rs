//! The thread that composes what lies over the data: arrowheads, outlines of the selection, names; and the legend of what is in view.
//! It draws them into a picture of its own, so that the window pays for one more picture, however many names there are.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Drawn, MARGIN_PX, Pixels, device_size};
use crate::analysis::Links;
use crate::cartography::{DataClasses, FeatureIndex, Legend, MapStyle, OverlayInput, PlacedLabels, legend, overlay};
use crate::geodesy::MapProjection;
use crate::model::{Dataset, FeatureRef};
use crate::render::egui_shapes::texture_image;
use crate::render::raster::{Hooks, draw_screen};
use crate::scene::{PlaneView, Primitive, SceneRect, ScreenSet, WorldLayer};
use crate::state::RecordSet;

/// A request and what it was made for.
#[derive(Clone, PartialEq)]
pub(super) struct OverlayKey {
    pub(super) generation: u64,
    pub(super) projection: MapProjection,
    pub(super) style: MapStyle,
    /// Of the data layers.
    pub(super) revision: u64,
    pub(super) selection: u64,
    pub(super) labels_ready: bool,
    pub(super) view: PlaneView,
    pub(super) scale: f32,
}

pub(super) struct Request {
    pub(super) dataset: Arc<Dataset>,
    pub(super) links: Arc<Links>,
    pub(super) layers: Vec<WorldLayer>,
    pub(super) selection: RecordSet,
    pub(super) labels: Option<Arc<PlacedLabels>>,
    pub(super) key: OverlayKey,
}

pub(super) struct Answer {
    pub(super) drawn: Drawn,
    pub(super) legend: Arc<Legend>,
    /// What it was made from.
    pub(super) layers: Vec<WorldLayer>,
    pub(super) index: Arc<FeatureIndex>,
    /// The records whose names are shown.
    pub(super) named: Arc<HashSet<FeatureRef>>,
    pub(super) key: OverlayKey,
}

#[derive(Default)]
pub(super) struct Artist {
    index: Arc<FeatureIndex>,
    /// The classes of the records of a generation, for the legend.
    classes: Option<(u64, DataClasses)>,
}

impl Artist {
    pub(super) fn draw(&mut self, request: &Request, outdated: &AtomicBool) -> Option<Answer> {
        let Request { dataset, links, layers, selection, labels, key } = request;
        if !self.index.is_of(layers) {
            self.index = Arc::new(FeatureIndex::new(layers, &self.index));
        }
        let input = OverlayInput {
            dataset,
            links,
            layers,
            view: &key.view,
            projection: key.projection,
            style: &key.style,
            selection,
            hovered: None,
            labels: labels.as_deref(),
            index: Some(&self.index),
        };
        let set = overlay(&input, MARGIN_PX);
        let hooks = Hooks { cancelled: &|| outdated.load(Ordering::Relaxed), ..Hooks::default() };
        let image = draw_screen(&set, device_size(&key.view, key.scale), key.scale, &hooks).ok()?;
        let drawn = Drawn { image: Pixels::new(texture_image(&image)), view: key.view, projection: key.projection };
        if self.classes.as_ref().is_none_or(|(of, _)| *of != key.generation) {
            self.classes = Some((key.generation, DataClasses::new(dataset)));
        }
        let (_, classes) = self.classes.as_ref()?;
        let legend = Arc::new(legend_in_sight(layers, classes, key));
        Some(Answer { drawn, legend, layers: layers.clone(), index: self.index.clone(), named: Arc::new(named(&set)), key: key.clone() })
    }
}

/// The rows for what is in sight.
fn legend_in_sight(layers: &[WorldLayer], classes: &DataClasses, key: &OverlayKey) -> Legend {
    let frame = key.view.frame;
    let canvas = SceneRect::new(0.0, 0.0, (frame.width - 2.0 * MARGIN_PX).max(1.0), (frame.height - 2.0 * MARGIN_PX).max(1.0));
    legend(layers, classes, &key.style, &PlaneView { frame: canvas, ..key.view }, 1.0)
}

fn named(set: &ScreenSet) -> HashSet<FeatureRef> {
    set.items.iter().filter(|item| matches!(item.primitive, Primitive::Text(_))).filter_map(|item| item.feature).collect()
}
