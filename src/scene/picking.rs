//! What lies under the pointer: reads the same items that are drawn.

use std::collections::HashMap;

use static_aabb2d_index::{StaticAABB2DIndex, StaticAABB2DIndexBuilder};

use super::{Members, PlaneBox, PlanePoint, PlaneView, ScenePoint, SceneRect, Subject, WorldLayer, WorldLayerKind, WorldShape};
use crate::geodesy::Projected;
use crate::model::FeatureRef;

/// What lies under the pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Picked {
    /// The record, or the records that one item stands for.
    pub subject: Subject,
    /// Distance from the pointer to its edge in CSS pixels; 0 inside.
    pub distance_px: f32,
}

/// One leaf of the trees: a symbol, an area, or a stretch of a line.
#[derive(Clone, Copy)]
struct Entry {
    layer: u32,
    item: u32,
    /// Its vertices, for a stretch of a line.
    begin: u32,
    end: u32,
}

/// Vertices of a line that one leaf covers: small boxes, so that few segments are measured for a pick.
const STRETCH: usize = 16;

/// More leaves than this are not measured for a pick: in a knot of thousands of lines any of them is as good as another, and the hand must not wait.
const MOST_MEASURED: usize = 1_500;

/// Says that a visit has seen enough.
#[derive(Debug)]
struct Enough;

/// Leaves of one kind with their packed R-tree.
struct Leaves {
    entries: Vec<Entry>,
    /// `None` when there is nothing.
    tree: Option<StaticAABB2DIndex<i32>>,
}

impl Leaves {
    fn new(entries: Vec<Entry>, boxes: &[[i32; 4]]) -> Self {
        let mut builder = StaticAABB2DIndexBuilder::new(boxes.len());
        for [min_x, min_y, max_x, max_y] in boxes {
            builder.add(halved(*min_x), halved(*min_y), halved(*max_x), halved(*max_y));
        }
        // Fails only when nothing was added, or more or less than announced.
        Self { entries, tree: builder.build().ok() }
    }

    /// Visits the leaves whose boxes touch the box.
    fn visit(&self, wanted: &PlaneBox, mut visit: impl FnMut(&Entry)) {
        self.visit_until(wanted, |entry| {
            visit(entry);
            Ok(())
        });
    }

    /// Visits the leaves whose boxes touch the box until one of the visits says that it is enough.
    fn visit_until(&self, wanted: &PlaneBox, mut visit: impl FnMut(&Entry) -> Result<(), Enough>) {
        let (min, max) = (PlanePoint::from_projected(wanted.min), PlanePoint::from_projected(wanted.max));
        if let Some(tree) = &self.tree {
            let mut each = |index: usize| visit(&self.entries[index]);
            // Whether it was enough or all is the same to us.
            let _: Result<(), Enough> = tree.visit_query(halved(min.x_cm), halved(min.y_cm), halved(max.x_cm), halved(max.y_cm), &mut each);
        }
    }
}

/// Boxes are kept in units of 2 cm, so that the width of the world fits into 32 bits. Rounded down on both sides, what touched still does.
const fn halved(value_cm: i32) -> i32 {
    value_cm >> 1
}

fn box_of(points: &[PlanePoint]) -> [i32; 4] {
    points.iter().fold([i32::MAX, i32::MAX, i32::MIN, i32::MIN], |all, point| {
        [all[0].min(point.x_cm), all[1].min(point.y_cm), all[2].max(point.x_cm), all[3].max(point.y_cm)]
    })
}

/// Packed R-trees over the items that stand for records: symbols, whose reach depends on the view, and all else.
pub struct PickIndex {
    layers: Vec<WorldLayer>,
    symbols: Leaves,
    shapes: Leaves,
    /// Half of the largest symbol in CSS pixels.
    symbol_reach_px: f32,
}

impl std::fmt::Debug for PickIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PickIndex({} leaves)", self.symbols.entries.len() + self.shapes.entries.len())
    }
}

impl PickIndex {
    /// Indexes the layers; geometry is shared, not copied.
    pub fn new(layers: Vec<WorldLayer>) -> Self {
        let (mut symbols, mut shapes) = ((Vec::new(), Vec::new()), (Vec::new(), Vec::new()));
        let mut symbol_reach_px = 0.0_f32;
        for (layer, world) in layers.iter().enumerate() {
            let geometry = &world.geometry;
            for (item, shown) in geometry.items.iter().enumerate() {
                if geometry.records_of(shown).is_empty() {
                    continue;
                }
                let (layer, item) = (layer as u32, item as u32);
                let (leaves, whole): (&mut (Vec<Entry>, Vec<[i32; 4]>), bool) = match shown.shape {
                    WorldShape::Symbol { size_px, .. } => {
                        symbol_reach_px = symbol_reach_px.max(size_px / 2.0);
                        (&mut symbols, true)
                    }
                    WorldShape::Area => (&mut shapes, true),
                    WorldShape::Line | WorldShape::Flow { .. } => (&mut shapes, false),
                };
                if whole {
                    leaves.0.push(Entry { layer, item, begin: 0, end: 0 });
                    let corners = [shown.plane_box.min, shown.plane_box.max].map(PlanePoint::from_projected);
                    leaves.1.push(box_of(&corners));
                    continue;
                }
                // Of a flow only the middle counts.
                let step = if matches!(shown.shape, WorldShape::Flow { .. }) { 2 } else { 1 };
                for part in geometry.ranges_of(shown).iter().step_by(step) {
                    // Neighbouring stretches share a vertex, so that no segment is lost.
                    let mut begin = part.start;
                    while begin + 1 < part.end {
                        let end = (begin + STRETCH as u32 + 1).min(part.end);
                        leaves.0.push(Entry { layer, item, begin, end });
                        leaves.1.push(box_of(geometry.vertices(&(begin..end))));
                        begin = end - 1;
                    }
                }
            }
        }
        Self { symbols: Leaves::new(symbols.0, &symbols.1), shapes: Leaves::new(shapes.0, &shapes.1), layers, symbol_reach_px }
    }

    /// What lies within `tolerance_px` of the pointer: points before lines before areas, then the nearest, then what is drawn last. Where very
    /// many lie on one another, some of them.
    pub fn pick(&self, view: &PlaneView, pointer: ScenePoint, tolerance_px: f32) -> Vec<Picked> {
        let at = view.projected_from_scene(pointer);
        let around = |reach_px: f32| {
            let reach = f64::from(reach_px) * view.resolution_m_per_px;
            PlaneBox { min: Projected::new(at.x_m - reach, at.y_m - reach), max: Projected::new(at.x_m + reach, at.y_m + reach) }
        };
        // Of the stretches of one line only the nearest counts.
        let mut nearest: HashMap<(u32, u32), (u8, f32)> = HashMap::new();
        let mut note = |entry: &Entry| {
            let (rank, distance) = self.measure(entry, view, pointer, at);
            if distance <= tolerance_px {
                let kept = nearest.entry((entry.layer, entry.item)).or_insert((rank, distance));
                kept.1 = kept.1.min(distance);
            }
        };
        for (leaves, reach_px) in [(&self.symbols, tolerance_px + self.symbol_reach_px), (&self.shapes, tolerance_px)] {
            let mut measured = 0;
            leaves.visit_until(&around(reach_px), |entry| {
                note(entry);
                measured += 1;
                if measured < MOST_MEASURED { Ok(()) } else { Err(Enough) }
            });
        }
        let mut found: Vec<_> = nearest.into_iter().map(|(place, (rank, distance))| (rank, distance, std::cmp::Reverse(place))).collect();
        found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        let mut seen = std::collections::HashSet::new();
        found
            .into_iter()
            .map(|(_, distance_px, std::cmp::Reverse((layer, item)))| Picked { subject: self.subject(layer, item), distance_px })
            .filter(|picked| picked.subject.record().is_none_or(|feature| seen.insert(feature)))
            .collect()
    }

    fn subject(&self, layer: u32, item: u32) -> Subject {
        let geometry = &self.layers[layer as usize].geometry;
        let item = &geometry.items[item as usize];
        match item.feature {
            Some(feature) => Subject::Record(feature),
            None => Subject::Many(Members::new(geometry.members.clone(), item.members.clone())),
        }
    }

    /// The records with a vertex, symbol or crossing line inside the box. Areas count only when a vertex lies inside.
    pub fn pick_box(&self, view: &PlaneView, rect: SceneRect) -> Vec<FeatureRef> {
        let a = view.projected_from_scene(ScenePoint::new(rect.x, rect.bottom()));
        let b = view.projected_from_scene(ScenePoint::new(rect.right(), rect.y));
        let wanted = PlaneBox { min: a, max: b };
        let inside = |point: &PlanePoint| {
            let point = point.projected();
            PlaneBox { min: point, max: point }.intersects(&wanted)
        };
        let mut items = std::collections::HashSet::new();
        self.symbols.visit(&wanted, |entry| {
            items.insert((entry.layer, entry.item));
        });
        self.shapes.visit(&wanted, |entry| {
            if items.contains(&(entry.layer, entry.item)) {
                return;
            }
            let geometry = &self.layers[entry.layer as usize].geometry;
            let touched = if entry.end > entry.begin {
                let stretch = geometry.vertices(&(entry.begin..entry.end));
                stretch.iter().any(inside) || stretch.windows(2).any(|pair| crosses(pair[0].projected(), pair[1].projected(), &wanted))
            } else {
                geometry.parts_of(&geometry.items[entry.item as usize]).any(|part| part.iter().any(inside))
            };
            if touched {
                items.insert((entry.layer, entry.item));
            }
        });
        let mut found = Vec::new();
        for (layer, item) in items {
            let geometry = &self.layers[layer as usize].geometry;
            found.extend_from_slice(geometry.records_of(&geometry.items[item as usize]));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Rank and distance in CSS pixels.
    fn measure(&self, entry: &Entry, view: &PlaneView, pointer: ScenePoint, at: Projected) -> (u8, f32) {
        let layer = &self.layers[entry.layer as usize];
        let item = &layer.geometry.items[entry.item as usize];
        match item.shape {
            WorldShape::Symbol { size_px, .. } => {
                let Some(place) = layer.geometry.parts_of(item).next().and_then(<[PlanePoint]>::first) else { return (0, f32::INFINITY) };
                let center = view.scene_from_projected(place.projected());
                let distance = (center.x - pointer.x).hypot(center.y - pointer.y) - size_px / 2.0;
                (u8::from(layer.kind == WorldLayerKind::Areas), distance.max(0.0))
            }
            WorldShape::Line => {
                let nearest = line_distance_m(layer.geometry.vertices(&(entry.begin..entry.end)), at);
                (2, (nearest / view.resolution_m_per_px) as f32)
            }
            WorldShape::Flow { width_px, .. } => {
                let nearest = line_distance_m(layer.geometry.vertices(&(entry.begin..entry.end)), at);
                (2, ((nearest / view.resolution_m_per_px) as f32 - width_px / 2.0).max(0.0))
            }
            WorldShape::Area => {
                let inside = layer.geometry.parts_of(item).filter(|ring| ring_contains(ring, at)).count() % 2 == 1;
                (3, if inside { 0.0 } else { f32::INFINITY })
            }
        }
    }
}

fn line_distance_m(line: &[PlanePoint], at: Projected) -> f64 {
    let nearest = line.windows(2).map(|pair| squared_distance_m2(pair[0].projected(), pair[1].projected(), at));
    nearest.fold(f64::INFINITY, f64::min).sqrt()
}

fn squared_distance_m2(a: Projected, b: Projected, at: Projected) -> f64 {
    let (dx, dy) = (b.x_m - a.x_m, b.y_m - a.y_m);
    let squared = dx * dx + dy * dy;
    let along = if squared > 0.0 { (((at.x_m - a.x_m) * dx + (at.y_m - a.y_m) * dy) / squared).clamp(0.0, 1.0) } else { 0.0 };
    (a.x_m + along * dx - at.x_m).powi(2) + (a.y_m + along * dy - at.y_m).powi(2)
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

    use proptest::prelude::*;

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

    proptest! {
        /// The trees find what trying every segment finds, to the ends of the world.
        #[test]
        fn long_lines_are_picked_wherever_they_run(
            points in proptest::collection::vec((-20_000_000.0_f64..20_000_000.0, -20_000_000.0_f64..20_000_000.0), 2..80),
            x in 0.0_f32..400.0,
            y in 0.0_f32..400.0,
        ) {
            let line: Vec<_> = points.iter().map(|(x, y)| Projected::new(*x, *y)).collect();
            let mut geometry = WorldGeometry::default();
            geometry.push(Some(FeatureRef::new(FeatureKind::Route, 0)), 0, WorldShape::Line, [&line[..]]);
            let vertices: Vec<PlanePoint> = geometry.parts_of(&geometry.items[0]).flatten().copied().collect();
            let layer = WorldLayer { kind: WorldLayerKind::Corridors, geometry: Arc::new(geometry), classes: Arc::from([]), states: Arc::from([]) };
            let view = PlaneView { center: Projected::default(), resolution_m_per_px: 100_000.0, frame: SceneRect::new(0.0, 0.0, 400.0, 400.0) };
            let pointer = ScenePoint::new(x, y);
            let distance_px = (line_distance_m(&vertices, view.projected_from_scene(pointer)) / 100_000.0) as f32;
            let picked = PickIndex::new(vec![layer]).pick(&view, pointer, 4.0);
            if (distance_px - 4.0).abs() > 1e-3 {
                prop_assert_eq!(picked.len(), usize::from(distance_px < 4.0));
            }
            for found in picked {
                prop_assert!((found.distance_px - distance_px).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn an_item_of_many_records_is_picked_as_one() {
        let members: Arc<[FeatureRef]> = (0..9).map(|index| FeatureRef::new(FeatureKind::Seizure, index)).collect();
        let mut geometry = WorldGeometry::with_members(members.clone());
        let shape = WorldShape::Symbol { shape: SymbolShape::Circle, size_px: 60.0 };
        geometry.push_many(2..5, 0, shape, [&[Projected::new(0.0, 0.0)][..]]);
        let layer =
            WorldLayer { kind: WorldLayerKind::Seizures, geometry: Arc::new(geometry), classes: Arc::from([]), states: Arc::from([]) };
        let (_, view) = index();
        let index = PickIndex::new(vec![layer]);
        let picked = index.pick(&view, ScenePoint::new(128.0, 50.0), 1.0);
        assert_eq!(picked.len(), 1, "a large symbol reaches far");
        assert_eq!(picked[0].subject.records(), &members[2..5]);
        assert_eq!(index.pick_box(&view, SceneRect::new(90.0, 40.0, 20.0, 20.0)), members[2..5]);
    }
}
