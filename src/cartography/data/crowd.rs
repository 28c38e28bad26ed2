//! Corridors in such numbers that they cannot be told apart: thin solid lines without casing, drawn in the order of the file.
//!
//! Dash, width and casing would melt into a smear that says nothing; color classes stay, and zooming in does not change the form, so that the
//! map never jumps. The geometry is made once for a projection, on all cores; a change of style only gives its items other classes.

use std::sync::Arc;

use rayon::prelude::*;

use super::{DataView, class_index, feature_ref};
use crate::cartography::MapColors;
use crate::cartography::classes;
use crate::geodesy::{MapProjection, Projected, along_great_circles, project_line};
use crate::model::{Dataset, FeatureKind};
use crate::scene::{ClassPaint, FeatureState, Paint, Stroke, WorldGeometry, WorldItem, WorldLayer, WorldLayerKind, WorldShape};

/// With more corridors than this their lines are a crowd.
pub(super) const CROWD: usize = 400;
/// Corridors that one thread prepares at a time.
const CHUNK: usize = 256;
/// Width of a line in CSS pixels.
const WIDTH_PX: f32 = 1.0;
/// Opacity of a line among a thousand corridors; it falls as their number grows, so that much used waters stand out.
const OPACITY_OF_A_THOUSAND: f32 = 0.8;
/// The least opacity: a line alone must still be seen.
const LEAST_OPACITY: f32 = 0.35;

/// The lines of a crowd.
#[derive(Debug)]
pub(super) struct Crowd {
    geometry: WorldGeometry,
    corridors: usize,
}

impl Crowd {
    /// The lines of all corridors on the plane.
    pub(super) fn new(dataset: &Dataset, projection: MapProjection) -> Self {
        let corridors = dataset.routes.len();
        let chunks: Vec<WorldGeometry> = (0..corridors.div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                let mut geometry = WorldGeometry::default();
                for index in chunk * CHUNK..((chunk + 1) * CHUNK).min(corridors) {
                    let lines = dataset.routes[index].lines.iter();
                    let parts: Vec<Vec<Projected>> = lines.flat_map(|line| project_line(&projection, &along_great_circles(line))).collect();
                    let feature = feature_ref(FeatureKind::Route, index);
                    geometry.push(Some(feature), 0, WorldShape::Line, parts.iter().map(Vec::as_slice));
                }
                geometry
            })
            .collect();
        let geometry = WorldGeometry::concatenated(&chunks);
        Self { geometry, corridors }
    }

    /// The layer in the colors of a style.
    pub(super) fn layer(&self, view: &DataView<'_>) -> WorldLayer {
        let DataView { dataset, style, ink_scale, .. } = *view;
        let colors = MapColors::of(style.theme);
        let share = (1_000.0 / self.corridors.max(1) as f32).min(1.0).powf(0.2);
        let opacity = (OPACITY_OF_A_THOUSAND * share).max(LEAST_OPACITY);
        // The class table has the looks of single corridors, so that the legend reads it the same way.
        let paint = |color: crate::scene::Color| ClassPaint {
            paint: Paint::stroke(Stroke::solid(color.faded(opacity), WIDTH_PX * ink_scale)),
            casing: None,
        };
        let keys = classes::route_classes(style.color_by, colors);
        let table: Vec<ClassPaint> = keys.iter().flat_map(|key| vec![paint(key.color); super::ROUTE_LOOKS]).collect();
        let class_of = |item: &WorldItem| {
            let route = item.feature.and_then(|feature| dataset.routes.get(feature.at()));
            route.map_or(0, |route| class_index(classes::route_class(dataset, route, style.color_by) * super::ROUTE_LOOKS))
        };
        let items = self.geometry.items.par_iter().map(|item| WorldItem { class: class_of(item), ..item.clone() }).collect();
        let states: Arc<[FeatureState]> = Arc::from([]);
        WorldLayer {
            kind: WorldLayerKind::Corridors,
            geometry: Arc::new(self.geometry.with_items(items)),
            classes: Arc::from(table),
            states,
        }
    }
}
