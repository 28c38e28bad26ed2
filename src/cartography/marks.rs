//! Outlines of what is selected or hovered, found by record: a few marks cost the same among a dozen items and among a million.

use std::sync::Arc;

use super::MapColors;
use super::overlay::OverlayInput;
use crate::model::{FeatureKind, FeatureRef};
use crate::scene::{
    Color, Paint, PathSegment, PlaneView, Primitive, ScenePoint, ScreenSet, Stroke, SymbolShape, WorldGeometry, WorldItem, WorldLayer,
    WorldLayerKind, WorldShape,
};

/// More items than this are not outlined: the outlines would hide the map, and what is not selected is pale anyway.
const MAX_MARKED: usize = 4_000;

/// Which items of a list of layers stand for a record.
#[derive(Clone, Debug, Default)]
pub struct FeatureIndex {
    layers: Vec<(Arc<WorldGeometry>, Arc<[u32]>)>,
}

impl FeatureIndex {
    /// Sorts the items of every layer by their record; what an index of before knows about the same geometry is taken over.
    pub fn new(layers: &[WorldLayer], before: &Self) -> Self {
        let known =
            |geometry: &Arc<WorldGeometry>| before.layers.iter().find(|(of, _)| Arc::ptr_eq(of, geometry)).map(|(_, order)| order.clone());
        let order = |geometry: &Arc<WorldGeometry>| known(geometry).unwrap_or_else(|| sorted_items(geometry));
        Self { layers: layers.iter().map(|layer| (layer.geometry.clone(), order(&layer.geometry))).collect() }
    }

    /// Whether it was made from these layers.
    pub fn is_of(&self, layers: &[WorldLayer]) -> bool {
        self.layers.len() == layers.len() && self.layers.iter().zip(layers).all(|((of, _), layer)| Arc::ptr_eq(of, &layer.geometry))
    }

    /// The items of the layer at this index that stand for the record alone, in drawing order.
    pub fn items_of(&self, layer: usize, feature: FeatureRef) -> &[u32] {
        let Some((geometry, order)) = self.layers.get(layer) else { return &[] };
        let record = |item: &u32| geometry.items.get(*item as usize).and_then(|item| item.feature);
        let first = order.partition_point(|item| record(item) < Some(feature));
        let count = order[first..].partition_point(|item| record(item) == Some(feature));
        &order[first..first + count]
    }
}

fn sorted_items(geometry: &WorldGeometry) -> Arc<[u32]> {
    let mut order: Vec<u32> = (0..u32::try_from(geometry.items.len()).unwrap_or(u32::MAX)).collect();
    order.retain(|item| geometry.items[*item as usize].feature.is_some());
    order.sort_unstable_by_key(|item| (geometry.items[*item as usize].feature, *item));
    Arc::from(order)
}

/// Adds the outlines of these records; `selected` ones are drawn heavier than hovered ones. Events that are drawn together with others get a
/// ring at their own place. Returns how many items were outlined.
pub fn marks(
    set: &mut ScreenSet,
    input: &OverlayInput<'_>,
    index: &FeatureIndex,
    features: impl Iterator<Item = FeatureRef>,
    ink_scale: f32,
) -> usize {
    let visible = input.view.plane_box(80.0);
    let mut marked = 0;
    let mut found: Vec<(usize, u32)> = Vec::new();
    for feature in features.take(MAX_MARKED) {
        let before = found.len();
        for layer in 0..input.layers.len() {
            found.extend(index.items_of(layer, feature).iter().map(|item| (layer, *item)));
        }
        found.extend(flows_of(input.layers, feature));
        if found.len() == before {
            marked += usize::from(mark_place(set, input, feature, ink_scale));
        }
    }
    // In the order of drawing, so that smaller symbols keep their outline over larger ones.
    found.sort_unstable();
    found.dedup();
    for (layer, item) in found {
        let layer = &input.layers[layer];
        let shown = layer.geometry.items.get(item as usize).filter(|item| item.plane_box.intersects(&visible));
        if let Some(shown) = shown {
            mark_item(set, input, layer, item as usize, shown, ink_scale);
            marked += 1;
        }
    }
    marked
}

/// The lines that stand for this corridor and others together. There are few: a crowd of corridors is not put together.
fn flows_of(layers: &[WorldLayer], feature: FeatureRef) -> impl Iterator<Item = (usize, u32)> + use<'_> {
    let corridors =
        layers.iter().enumerate().filter(move |(_, layer)| feature.kind == FeatureKind::Route && layer.kind == WorldLayerKind::Corridors);
    let together = corridors.filter(|(_, layer)| !layer.geometry.members.is_empty());
    together.flat_map(move |(at, layer)| {
        let items = (0_u32..).zip(&layer.geometry.items).filter(|(_, item)| !item.members.is_empty());
        items.filter(move |(_, item)| layer.geometry.records_of(item).contains(&feature)).map(move |(item, _)| (at, item))
    })
}

/// Vertices of the items of a record: what outlining it costs.
pub fn mark_cost(layers: &[WorldLayer], index: &FeatureIndex, feature: FeatureRef) -> usize {
    let vertices = |layer: &WorldLayer, item: u32| {
        layer.geometry.items.get(item as usize).map_or(0, |item| layer.geometry.parts_of(item).map(<[_]>::len).sum::<usize>())
    };
    layers.iter().enumerate().map(|(at, layer)| index.items_of(at, feature).iter().map(|item| vertices(layer, *item)).sum::<usize>()).sum()
}

fn width_of(input: &OverlayInput<'_>, feature: FeatureRef) -> f32 {
    if input.selection.contains(&feature) { 2.6 } else { 1.8 }
}

fn mark_item(set: &mut ScreenSet, input: &OverlayInput<'_>, layer: &WorldLayer, at: usize, item: &WorldItem, ink_scale: f32) {
    let colors = MapColors::of(input.style.theme);
    let records = layer.geometry.records_of(item);
    let Some(feature) = records.iter().copied().find(|record| input.selection.contains(record)).or(records.first().copied()) else {
        return;
    };
    let width = width_of(input, feature) * ink_scale;
    if let Some((center, size)) = symbol_at(layer, item, input.view) {
        if layer.kind == WorldLayerKind::OverLand {
            // The outline of the stretch lies over its mark.
            let paint = Paint { fill: Some(colors.fault), stroke: Some(Stroke::solid(colors.casing, 1.6 * ink_scale)) };
            set.push_feature("highlights", feature, Primitive::Disc { center, radius: size / 2.0, paint });
        } else {
            ring(set, feature, center, size, width, colors);
        }
        return;
    }
    let own = layer.paint_of(at).and_then(|class| class.paint.stroke);
    // A flow is as wide as the evidence behind it; totals at ports have no lines.
    let own = match (own, item.shape) {
        (Some(own), WorldShape::Flow { width_px, .. }) => Some(Stroke { width: width_px, ..own }),
        (_, WorldShape::Symbol { .. }) => return,
        _ => own,
    };
    for part in layer.geometry.lines_of(item) {
        let points: Vec<ScenePoint> = part.iter().map(|at| input.view.scene_from_projected(at.projected())).collect();
        outline(set, feature, &points, item.shape == WorldShape::Area, width, own, colors);
    }
}

/// A ring where an event lies that has no symbol of its own.
fn mark_place(set: &mut ScreenSet, input: &OverlayInput<'_>, feature: FeatureRef, ink_scale: f32) -> bool {
    let event = input.dataset.seizures.get(feature.at()).filter(|_| feature.kind == FeatureKind::Seizure);
    let Some((position, mass_kg)) = event.and_then(|event| Some((event.position?, event.mass_kg))) else { return false };
    let center = input.view.scene_from_projected(input.projection.project(position));
    if !input.view.frame.grown(80.0).contains(center) {
        return false;
    }
    let size = super::seizure_diameter_px(mass_kg, input.style.size_by) * ink_scale;
    ring(set, feature, center, size, width_of(input, feature) * ink_scale, MapColors::of(input.style.theme));
    true
}

fn ring(set: &mut ScreenSet, feature: FeatureRef, center: ScenePoint, size: f32, width: f32, colors: &MapColors) {
    for (stroke_width, color) in [(width + 2.0, colors.casing), (width, colors.accent)] {
        let paint = Paint::stroke(Stroke::solid(color, stroke_width));
        set.push_feature("highlights", feature, Primitive::Disc { center, radius: size / 2.0 + width + 1.5, paint });
    }
}

fn symbol_at(layer: &WorldLayer, item: &WorldItem, view: &PlaneView) -> Option<(ScenePoint, f32)> {
    let WorldShape::Symbol { size_px, shape } = item.shape else { return None };
    // What starts and ends at a port is not marked with it.
    if matches!(shape, SymbolShape::LeftHalf | SymbolShape::RightHalf) {
        return None;
    }
    let at = layer.geometry.parts_of(item).next()?.first()?;
    Some((view.scene_from_projected(at.projected()), size_px))
}

/// A line under an accent casing with its own color on top, or the accent around an area.
fn outline(
    set: &mut ScreenSet,
    feature: FeatureRef,
    points: &[ScenePoint],
    closed: bool,
    width: f32,
    own: Option<Stroke>,
    colors: &MapColors,
) {
    if points.len() < 2 {
        return;
    }
    if closed {
        let mut segments = vec![PathSegment::MoveTo(points[0])];
        segments.extend(points[1..].iter().map(|point| PathSegment::LineTo(*point)));
        segments.push(PathSegment::Close);
        set.push_feature("highlights", feature, Primitive::Path { segments, paint: Paint::stroke(Stroke::solid(colors.accent, width)) });
        return;
    }
    let line = own.unwrap_or(Stroke::solid(colors.accent, width));
    let opaque = Stroke { color: Color { a: 255, ..line.color }, width: line.width + 0.6, ..line };
    for stroke in
        [Stroke::solid(colors.accent.faded(0.9), line.width + 2.0 * width), Stroke::solid(colors.casing, line.width + width * 0.9), opaque]
    {
        set.push_feature("highlights", feature, Primitive::Polyline { points: points.to_vec(), stroke });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::test_data::small_dataset;
    use crate::cartography::{MapStyle, data_layers};
    use crate::geodesy::MapProjection;

    #[test]
    fn every_item_is_found_by_its_record_and_no_other() {
        let layers = data_layers(&small_dataset(), MapProjection::default(), &MapStyle::default(), 1_000.0, 1.0);
        let index = FeatureIndex::new(&layers, &FeatureIndex::default());
        for (at, layer) in layers.iter().enumerate() {
            for (number, item) in layer.geometry.items.iter().enumerate() {
                let Some(feature) = item.feature else { continue };
                let found = index.items_of(at, feature);
                assert!(found.contains(&(number as u32)));
                assert!(found.iter().all(|other| layer.geometry.items[*other as usize].feature == Some(feature)));
            }
            assert!(index.items_of(at, FeatureRef::new(FeatureKind::Statistic, 9)).is_empty());
        }
        assert!(index.is_of(&layers) && !index.is_of(&layers[1..]));
        let again = FeatureIndex::new(&layers[1..], &index);
        assert!(Arc::ptr_eq(&again.layers[0].1, &index.layers[1].1), "the same geometry is not sorted again");
    }
}
