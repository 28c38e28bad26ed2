//! Seizures as point symbols, the area by mass; where symbols would melt together, one symbol for all of them with their number.
//!
//! What is drawn together depends on the zoom level (a power of two) and on nothing that moves with the view. A filter changes which events a
//! cluster counts, not where it lies: those that do not match lie pale below.

mod groups;
mod index;
mod looks;
mod spread;

use std::ops::Range;
use std::sync::Arc;

use self::groups::{Group, groups};
use self::index::{COARSEST_LEVEL, CellRect, EventIndex};
pub(in crate::cartography) use self::looks::{CLUSTER_CLASSES, SEIZURE_LOOKS, SeizureLook, cluster_class};
use self::looks::{EventLooks, LEAST_CELL_PX, Look, melts};
pub use self::spread::{SPREAD_RESOLUTION_M_PER_PX, can_be_spread};
use super::{DataView, feature_ref, layer};
use crate::cartography::bits::FeatureBits;
use crate::cartography::{ColorBy, DataClasses, MapStyle};
use crate::geodesy::{MapProjection, Projected};
use crate::model::{Dataset, FeatureKind, FeatureRef};
use crate::scene::{PlaneBox, PlanePoint, WorldGeometry, WorldLayer, WorldLayerKind, WorldShape};

/// Up to so many events are drawn wherever they are, so that nothing is made anew while panning; of more only those around the view.
const FEW_EVENTS: usize = 20_000;
/// What is drawn around a view reaches to whole blocks of so many cells.
const BLOCK_CELLS: u32 = 8;

/// Seizures prepared for drawing.
#[derive(Debug)]
pub(super) struct EventMap {
    projection: MapProjection,
    index: EventIndex,
    /// The color class of every entry of the index under the newest choice.
    colors: Option<(ColorBy, Vec<u8>)>,
    /// The newest layer and what it was made for.
    made: Option<(Made, WorldLayer)>,
}

#[derive(Debug)]
struct Made {
    style: MapStyle,
    ink_scale: u32,
    level: u32,
    block: CellRect,
    passing: FeatureBits,
}

impl EventMap {
    pub(super) fn new(dataset: &Dataset, projection: MapProjection) -> Self {
        Self { projection, index: EventIndex::new(dataset, projection), colors: None, made: None }
    }

    /// Events known only to the country: they stand in the layer of areas.
    pub(super) fn country_only(&self) -> &[u32] {
        &self.index.country_only
    }

    /// The events around a part of the plane; all of them without one.
    pub(super) fn layers(&mut self, view: &DataView<'_>, classes: &DataClasses, around: Option<&PlaneBox>) -> Vec<WorldLayer> {
        let level = level_for(view.resolution_m_per_px * f64::from(view.ink_scale));
        let needed = around.filter(|_| self.index.len() > FEW_EVENTS).map(|plane_box| CellRect::around(plane_box, level));
        let needed = needed.unwrap_or_else(|| CellRect::whole(level));
        let passing = FeatureBits::passing(view.matches, FeatureKind::Seizure);
        let key = (*view.style, view.ink_scale.to_bits(), level);
        let is_same =
            |made: &Made| (made.style, made.ink_scale, made.level) == key && made.block.covers(&needed) && made.passing == passing;
        if !self.made.as_ref().is_some_and(|(made, _)| is_same(made)) {
            let block = needed.grown(1, BLOCK_CELLS, level);
            let layer = self.drawn(view, classes, level, &block, &passing);
            let made = Made { style: *view.style, ink_scale: view.ink_scale.to_bits(), level, block, passing };
            self.made = Some((made, layer));
        }
        self.made.iter().map(|(_, layer)| layer.clone()).collect()
    }

    fn drawn(&mut self, view: &DataView<'_>, classes: &DataClasses, level: u32, block: &CellRect, passing: &FeatureBits) -> WorldLayer {
        let looks = EventLooks::new(view.dataset, classes, view.style, view.ink_scale);
        if self.colors.as_ref().is_none_or(|(color_by, _)| *color_by != view.style.color_by) {
            let mut of_event = vec![0; view.dataset.seizures.len()];
            for (color, event) in of_event.iter_mut().zip(0..) {
                *color = looks.color_class(event);
            }
            let colors = self.index.events().iter().map(|event| of_event[*event as usize]).collect();
            self.colors = Some((view.style.color_by, colors));
        }
        let colors = self.colors.as_ref().map_or(&[][..], |(_, colors)| colors);
        let cell_cm = (1u64 << level) as f64;
        let cm_per_px = cell_cm / LEAST_CELL_PX;
        let mut sheet = Sheet {
            index: &self.index,
            colors,
            looks: &looks,
            passing,
            ink_scale: view.ink_scale,
            cm_per_px,
            marks: Vec::new(),
            members: Vec::new(),
        };
        for group in groups(&self.index, level, block, 1.0 / cm_per_px) {
            sheet.draw(&group);
        }
        for event in &self.index.scattered {
            let seizure = &view.dataset.seizures[*event as usize];
            for at in seizure.position.iter().chain(&seizure.also_at) {
                sheet.single(*event, self.projection.project(*at));
            }
        }
        layer(WorldLayerKind::Seizures, sheet.geometry(), looks.paints(view.style.theme))
    }
}

/// The level whose cells are at least [`LEAST_CELL_PX`] wide at a resolution in plane metres for a CSS pixel.
fn level_for(resolution_m_per_px: f64) -> u32 {
    let cell_cm = LEAST_CELL_PX * resolution_m_per_px * 100.0;
    (0..COARSEST_LEVEL).find(|level| (1u64 << level) as f64 >= cell_cm).unwrap_or(COARSEST_LEVEL)
}

/// One symbol before it is put in order.
struct Mark {
    pale: bool,
    look: Look,
    at: Projected,
    stands_for: StandsFor,
}

enum StandsFor {
    Event(u32),
    /// A range of the members.
    Many(Range<u32>),
}

/// Events of a group that all match, or all do not.
#[derive(Default)]
struct Share {
    entries: Vec<(u32, PlanePoint)>,
}

impl Share {
    /// Width and height of the box around the places, in centimetres.
    fn size_cm(&self) -> [f64; 2] {
        let range = |axis: fn(&PlanePoint) -> i32| {
            let values = self.entries.iter().map(|(_, place)| axis(place));
            let (low, high) = values.fold((i32::MAX, i32::MIN), |(low, high), value| (low.min(value), high.max(value)));
            (f64::from(high) - f64::from(low)).max(0.0)
        };
        [range(|place| place.x_cm), range(|place| place.y_cm)]
    }
}

/// Collects the symbols of a layer.
struct Sheet<'a> {
    index: &'a EventIndex,
    colors: &'a [u8],
    looks: &'a EventLooks<'a>,
    passing: &'a FeatureBits,
    ink_scale: f32,
    /// Centimetres for one pixel where the symbols of this level stand closest; pixels that are not yet enlarged by the ink scale.
    cm_per_px: f64,
    marks: Vec<Mark>,
    members: Vec<FeatureRef>,
}

impl Sheet<'_> {
    fn draw(&mut self, group: &Group) {
        let (mut matching, mut others) = (Share::default(), Share::default());
        let spreads = self.cm_per_px <= SPREAD_RESOLUTION_M_PER_PX * 100.0;
        for cell in &group.cells {
            let mut entry = cell.entries.start;
            while entry < cell.entries.end {
                let run_end = if spreads { self.index.same_place_until(entry, cell.entries.end) } else { entry + 1 };
                let run = entry..run_end;
                let places = if run.len() > 1 && can_be_spread(run.len()) { self.spread(run.clone()) } else { Vec::new() };
                for (number, entry) in run.enumerate() {
                    let place = places.get(number).copied().unwrap_or_else(|| self.index.place(entry));
                    let share = if self.passing.has_index(self.index.event(entry)) { &mut matching } else { &mut others };
                    share.entries.push((entry, place));
                }
                entry = run_end;
            }
        }
        self.put(&others, group.center, true);
        self.put(&matching, group.center, false);
    }

    /// Places around the common one, the same whatever the filter.
    fn spread(&self, run: Range<u32>) -> Vec<PlanePoint> {
        let diameters: Vec<f32> =
            run.clone().map(|entry| self.looks.of_event(self.index.event(entry)).size_px() / self.ink_scale).collect();
        spread::around(self.index.place(run.start), &diameters, self.cm_per_px)
    }

    fn put(&mut self, share: &Share, center: Projected, pale: bool) {
        let count = share.entries.len() as u32;
        let [width_px, height_px] = share.size_cm().map(|cm| cm / self.cm_per_px);
        if !melts(count, width_px, height_px) {
            for (entry, place) in &share.entries {
                let event = self.index.event(*entry);
                let look = self.looks.of_event(event);
                self.marks.push(Mark { pale, look, at: place.projected(), stands_for: StandsFor::Event(event) });
            }
            return;
        }
        let first_color = self.colors.get(share.entries[0].0 as usize).copied();
        let shared = first_color.filter(|color| share.entries.iter().all(|(entry, _)| self.colors[*entry as usize] == *color));
        let begin = self.members.len() as u32;
        self.members.extend(share.entries.iter().map(|(entry, _)| FeatureRef::new(FeatureKind::Seizure, self.index.event(*entry))));
        let stands_for = StandsFor::Many(begin..self.members.len() as u32);
        self.marks.push(Mark { pale, look: self.looks.of_cluster(count, shared), at: center, stands_for });
    }

    fn single(&mut self, event: u32, at: Projected) {
        let pale = !self.passing.has_index(event);
        self.marks.push(Mark { pale, look: self.looks.of_event(event), at, stands_for: StandsFor::Event(event) });
    }

    /// Pale symbols below all others, then the largest first, so that small ones stay visible.
    fn geometry(mut self) -> WorldGeometry {
        let rank = |mark: &Mark| match &mark.stands_for {
            StandsFor::Event(event) => (0, *event),
            StandsFor::Many(members) => (1, members.start),
        };
        self.marks.sort_by(|a, b| {
            b.pale.cmp(&a.pale).then(b.look.diameter_px.total_cmp(&a.look.diameter_px)).then_with(|| rank(a).cmp(&rank(b)))
        });
        let mut geometry = WorldGeometry::with_members(Arc::from(self.members));
        for Mark { look, at, stands_for, .. } in self.marks {
            let shape = WorldShape::Symbol { shape: look.shape, size_px: look.size_px() };
            match stands_for {
                StandsFor::Event(event) => {
                    geometry.push(Some(feature_ref(FeatureKind::Seizure, event as usize)), look.class, shape, [&[at][..]]);
                }
                StandsFor::Many(members) => geometry.push_many(members, look.class, shape, [&[at][..]]),
            }
        }
        geometry
    }
}

#[cfg(test)]
pub(super) mod tests;
