//! What lies under the pointer: reads the same items that are drawn.

use rstar::{AABB, RTree, RTreeObject};

use super::{Members, PlaneBox, PlanePoint, PlaneView, ScenePoint, SceneRect, Subject, WorldLayer, WorldLayerKind, WorldShape};
use crate::geodesy::Projected;
use crate::model::FeatureRef;

/// Symbols grow beyond their position by at most this many CSS pixels.
const LARGEST_SYMBOL_PX: f32 = 40.0;

/// What lies under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked {
    /// The record, or the records that one item stands for.
    pub subject: Subject,
    /// Distance from the pointer to its edge in CSS pixels; 0 inside.
    pub distance_px: f32,
}

struct Entry {
    plane_box: PlaneBox,
    layer: usize,
    item: usize,
}

impl RTreeObject for Entry {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        envelope(&self.plane_box)
    }
}

fn envelope(plane_box: &PlaneBox) -> AABB<[f64; 2]> {
    AABB::from_corners([plane_box.min.x_m, plane_box.min.y_m], [plane_box.max.x_m, plane_box.max.y_m])
}

/// A packed R-tree over the items that stand for records.
pub struct PickIndex {
    layers: Vec<WorldLayer>,
    tree: RTree<Entry>,
}

impl std::fmt::Debug for PickIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PickIndex({} items)", self.tree.size())
    }
}

impl PickIndex {
    /// Indexes the layers; geometry is shared, not copied.
    pub fn new(layers: Vec<WorldLayer>) -> Self {
        let mut entries = Vec::new();
        for (layer_index, layer) in layers.iter().enumerate() {
            for (item_index, item) in layer.geometry.items.iter().enumerate() {
                if item.feature.is_some() || !item.members.is_empty() {
                    entries.push(Entry { plane_box: item.plane_box, layer: layer_index, item: item_index });
                }
            }
        }
        Self { layers, tree: RTree::bulk_load(entries) }
    }

    /// The records within `tolerance_px` of the pointer: points before lines before areas, then the nearest, then the one drawn last.
    pub fn pick(&self, view: &PlaneView, pointer: ScenePoint, tolerance_px: f32) -> Vec<Picked> {
        let reach = f64::from(tolerance_px + LARGEST_SYMBOL_PX) * view.resolution_m_per_px;
        let at = view.projected_from_scene(pointer);
        let around = AABB::from_corners([at.x_m - reach, at.y_m - reach], [at.x_m + reach, at.y_m + reach]);
        let mut found = Vec::new();
        for entry in self.tree.locate_in_envelope_intersecting(&around) {
            let Some((rank, distance, subject)) = self.measure(entry, view, pointer, at) else { continue };
            if distance <= tolerance_px {
                found.push((rank, distance, std::cmp::Reverse((entry.layer, entry.item)), subject));
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        let mut seen = std::collections::HashSet::new();
        found
            .into_iter()
            .filter(|(_, _, _, subject)| subject.record().is_none_or(|feature| seen.insert(feature)))
            .map(|(_, distance_px, _, subject)| Picked { subject, distance_px })
            .collect()
    }

    /// The records with a vertex, symbol or crossing line inside the box. Areas count only when a vertex lies inside.
    pub fn pick_box(&self, view: &PlaneView, rect: SceneRect) -> Vec<FeatureRef> {
        let a = view.projected_from_scene(ScenePoint::new(rect.x, rect.bottom()));
        let b = view.projected_from_scene(ScenePoint::new(rect.right(), rect.y));
        let wanted = PlaneBox { min: a, max: b };
        let mut found: Vec<FeatureRef> = self
            .tree
            .locate_in_envelope_intersecting(&envelope(&wanted))
            .flat_map(|entry| {
                let layer = &self.layers[entry.layer];
                let item = &layer.geometry.items[entry.item];
                let is_line = matches!(item.shape, WorldShape::Line | WorldShape::Flow { .. });
                let touched = layer.geometry.lines_of(item).any(|part| {
                    part.iter().map(|p| p.projected()).any(|p| PlaneBox { min: p, max: p }.intersects(&wanted))
                        || (is_line && part.windows(2).any(|pair| crosses(pair[0].projected(), pair[1].projected(), &wanted)))
                });
                if touched { layer.geometry.records_of(item) } else { &[] }
            })
            .copied()
            .collect();
        found.sort();
        found.dedup();
        found
    }

    fn measure(&self, entry: &Entry, view: &PlaneView, pointer: ScenePoint, at: Projected) -> Option<(u8, f32, Subject)> {
        let layer = &self.layers[entry.layer];
        let item = &layer.geometry.items[entry.item];
        let subject = match item.feature {
            Some(feature) => Subject::Record(feature),
            None => Subject::Many(Members::new(layer.geometry.members.clone(), item.members.clone())),
        };
        let parts = || layer.geometry.parts_of(item);
        Some(match item.shape {
            WorldShape::Symbol { size_px, .. } => {
                let center = view.scene_from_projected(parts().next()?.first()?.projected());
                let distance = (center.x - pointer.x).hypot(center.y - pointer.y) - size_px / 2.0;
                (u8::from(layer.kind == WorldLayerKind::Areas), distance.max(0.0), subject)
            }
            WorldShape::Line => {
                let nearest = parts().map(|part| line_distance_m(part, at)).fold(f64::INFINITY, f64::min);
                (2, (nearest / view.resolution_m_per_px) as f32, subject)
            }
            WorldShape::Flow { width_px, .. } => {
                let nearest = layer.geometry.lines_of(item).map(|part| line_distance_m(part, at)).fold(f64::INFINITY, f64::min);
                (2, ((nearest / view.resolution_m_per_px) as f32 - width_px / 2.0).max(0.0), subject)
            }
            WorldShape::Area => {
                let inside = parts().filter(|ring| ring_contains(ring, at)).count() % 2 == 1;
                (3, if inside { 0.0 } else { f32::INFINITY }, subject)
            }
        })
    }
}

fn line_distance_m(line: &[PlanePoint], at: Projected) -> f64 {
    line.windows(2).map(|pair| segment_distance_m(pair[0].projected(), pair[1].projected(), at)).fold(f64::INFINITY, f64::min)
}

fn segment_distance_m(a: Projected, b: Projected, at: Projected) -> f64 {
    let (dx, dy) = (b.x_m - a.x_m, b.y_m - a.y_m);
    let squared = dx * dx + dy * dy;
    let along = if squared > 0.0 { (((at.x_m - a.x_m) * dx + (at.y_m - a.y_m) * dy) / squared).clamp(0.0, 1.0) } else { 0.0 };
    (a.x_m + along * dx - at.x_m).hypot(a.y_m + along * dy - at.y_m)
}

fn ring_contains(ring: &[PlanePoint], at: Projected) -> bool {
    ring.windows(2).fold(false, |inside, pair| {
        let (a, b) = (pair[0].projected(), pair[1].projected());
        let straddles = (a.y_m > at.y_m) != (b.y_m > at.y_m);
        if straddles && at.x_m < (b.x_m - a.x_m) * (at.y_m - a.y_m) / (b.y_m - a.y_m) + a.x_m { !inside } else { inside }
    })
}

/// Whether the segment passes through the box (Liang–Barsky clipping).
fn crosses(a: Projected, b: Projected, plane_box: &PlaneBox) -> bool {
    let (dx, dy) = (b.x_m - a.x_m, b.y_m - a.y_m);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (delta, room) in [
        (-dx, a.x_m - plane_box.min.x_m),
        (dx, plane_box.max.x_m - a.x_m),
        (-dy, a.y_m - plane_box.min.y_m),
        (dy, plane_box.max.y_m - a.y_m),
    ] {
        if delta == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if delta < 0.0 {
            enter = enter.max(room / delta);
        } else {
            leave = leave.min(room / delta);
        }
    }
    enter <= leave
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{SymbolShape, WorldGeometry};
    use super::*;
    use crate::model::FeatureKind;

    fn index() -> (PickIndex, PlaneView) {
        let mut lines = WorldGeometry::default();
        let line = [Projected::new(-50_000.0, 0.0), Projected::new(50_000.0, 0.0)];
        lines.push(Some(FeatureRef::new(FeatureKind::Route, 0)), 0, WorldShape::Line, [&line[..]]);
        let mut symbols = WorldGeometry::default();
        let point = [Projected::new(0.0, 2_000.0)];
        let shape = WorldShape::Symbol { shape: SymbolShape::Circle, size_px: 10.0 };
        symbols.push(Some(FeatureRef::new(FeatureKind::Port, 4)), 0, shape, [&point[..]]);
        let layer = |kind, geometry| WorldLayer { kind, geometry: Arc::new(geometry), classes: Arc::from([]), states: Arc::from([]) };
        let view = PlaneView { center: Projected::default(), resolution_m_per_px: 1_000.0, frame: SceneRect::new(0.0, 0.0, 200.0, 100.0) };
        (PickIndex::new(vec![layer(WorldLayerKind::Corridors, lines), layer(WorldLayerKind::Ports, symbols)]), view)
    }

    #[test]
    fn a_point_wins_over_the_line_below_it() {
        let (index, view) = index();
        let picked = index.pick(&view, ScenePoint::new(100.0, 50.0), 3.0);
        let kinds: Vec<_> = picked.iter().map(|p| p.subject.record().expect("a record").kind).collect();
        assert_eq!(kinds, [FeatureKind::Port, FeatureKind::Route]);
    }

    #[test]
    fn far_from_everything_nothing_is_picked() {
        let (index, view) = index();
        assert_eq!(index.pick(&view, ScenePoint::new(100.0, 90.0), 3.0), []);
    }

    #[test]
    fn a_box_takes_lines_that_only_cross_it() {
        let (index, view) = index();
        assert_eq!(index.pick_box(&view, SceneRect::new(60.0, 40.0, 10.0, 20.0)), [FeatureRef::new(FeatureKind::Route, 0)]);
        assert_eq!(index.pick_box(&view, SceneRect::new(60.0, 60.0, 10.0, 20.0)), []);
    }
}
