//! Events in the order of a space-filling curve, so that every cell of a quadtree is one range of them.

use std::ops::Range;

use crate::geodesy::MapProjection;
use crate::model::{Dataset, PlacePrecision};
use crate::scene::{PlaneBox, PlanePoint};

/// Cells of a level of this number are 2^31 cm wide: four of them hold every world.
pub(super) const COARSEST_LEVEL: u32 = 31;

/// A block of cells of one level, its ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CellRect {
    pub(super) min: [u32; 2],
    pub(super) max: [u32; 2],
}

impl CellRect {
    /// Everything.
    pub(super) const fn whole(level: u32) -> Self {
        Self { min: [0, 0], max: [u32::MAX >> level; 2] }
    }

    /// The cells that a part of the plane touches.
    pub(super) fn around(plane_box: &PlaneBox, level: u32) -> Self {
        let cell = |point: PlanePoint| [offset(point.x_cm) >> level, offset(point.y_cm) >> level];
        Self { min: cell(PlanePoint::from_projected(plane_box.min)), max: cell(PlanePoint::from_projected(plane_box.max)) }
    }

    /// Grown by so many cells on every side and then to whole blocks of cells.
    pub(super) fn grown(self, cells: u32, block: u32, level: u32) -> Self {
        let most = u32::MAX >> level;
        let low = |value: u32| value.saturating_sub(cells) / block * block;
        let high = |value: u32| ((value.saturating_add(cells) / block + 1).saturating_mul(block) - 1).min(most);
        Self { min: self.min.map(low), max: self.max.map(high) }
    }

    pub(super) fn contains(&self, cell: [u32; 2]) -> bool {
        (0..2).all(|axis| (self.min[axis]..=self.max[axis]).contains(&cell[axis]))
    }

    pub(super) fn covers(&self, other: &Self) -> bool {
        self.contains(other.min) && self.contains(other.max)
    }

    fn touches(&self, min: [u32; 2], max: [u32; 2]) -> bool {
        (0..2).all(|axis| min[axis] <= self.max[axis] && self.min[axis] <= max[axis])
    }
}

/// The events of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) at: [u32; 2],
    pub(super) entries: Range<u32>,
}

/// Events with one place that is known better than the country.
#[derive(Debug, Default)]
pub(super) struct EventIndex {
    /// Plane positions as places on the curve, ascending; both coordinates can be read back from them.
    keys: Vec<u64>,
    /// Index of the event in the dataset, aligned with `keys`; ascending at the same place.
    events: Vec<u32>,
    /// Events with several places: drawn at each of them, never together with others, so that no count holds one twice.
    pub(super) scattered: Vec<u32>,
    /// Events with a place that is known only to the country, those at one place together.
    pub(super) country_only: Vec<u32>,
}

impl EventIndex {
    pub(super) fn new(dataset: &Dataset, projection: MapProjection) -> Self {
        let mut found = Vec::with_capacity(dataset.seizures.len());
        let (mut scattered, mut country_only) = (Vec::new(), Vec::new());
        for (index, event) in (0u32..).zip(&dataset.seizures) {
            let Some(position) = event.position else { continue };
            if event.precision == Some(PlacePrecision::Country) {
                country_only.push((position.lon_deg.to_bits(), position.lat_deg.to_bits(), index));
                continue;
            }
            if !event.also_at.is_empty() {
                scattered.push(index);
                continue;
            }
            let at = projection.project(position);
            if at.x_m.is_finite() && at.y_m.is_finite() {
                found.push((key_of(PlanePoint::from_projected(at)), index));
            }
        }
        found.sort_unstable();
        country_only.sort_unstable();
        let country_only = country_only.into_iter().map(|(_, _, index)| index).collect();
        let (keys, events) = found.into_iter().unzip();
        Self { keys, events, scattered, country_only }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Index of an entry's event in the dataset.
    pub(super) fn event(&self, entry: u32) -> u32 {
        self.events[entry as usize]
    }

    pub(super) fn events(&self) -> &[u32] {
        &self.events
    }

    pub(super) fn place(&self, entry: u32) -> PlanePoint {
        place_of(self.keys[entry as usize])
    }

    /// The end of the run of entries at the same place that begins here.
    pub(super) fn same_place_until(&self, entry: u32, end: u32) -> u32 {
        let key = self.keys[entry as usize];
        let run = self.keys[entry as usize..end as usize].iter().take_while(|other| **other == key).count();
        entry + run as u32
    }

    /// The cells of a level with events in them, in the order of the curve.
    pub(super) fn cells(&self, level: u32, wanted: &CellRect) -> Vec<Cell> {
        let mut cells = Vec::new();
        self.descend(0..self.keys.len(), level.min(COARSEST_LEVEL), wanted, &mut cells);
        cells
    }

    fn descend(&self, entries: Range<usize>, level: u32, wanted: &CellRect, cells: &mut Vec<Cell>) {
        let (Some(first), Some(last)) = (self.keys.get(entries.start), self.keys[..entries.end].last()) else { return };
        // The smallest cell that holds them all.
        let common = (u64::BITS - (first ^ last).leading_zeros()).div_ceil(2);
        let node = [gather(*first), gather(first >> 1)];
        if common <= level {
            let at = node.map(|value| value >> level);
            if wanted.contains(at) {
                cells.push(Cell { at, entries: entries.start as u32..entries.end as u32 });
            }
            return;
        }
        let within = |value: u32| (value & !low_bits(common), value | low_bits(common));
        let [(west, east), (south, north)] = node.map(within);
        if !wanted.touches([west >> level, south >> level], [east >> level, north >> level]) {
            return;
        }
        let quarter_bits = 2 * (common - 1);
        let mut begin = entries.start;
        for quarter in 1..=4u64 {
            let end = if quarter == 4 {
                entries.end
            } else {
                let prefix = (first >> quarter_bits) & !3;
                begin + self.keys[begin..entries.end].partition_point(|key| key >> quarter_bits < prefix + quarter)
            };
            if end > begin {
                self.descend(begin..end, level, wanted, cells);
            }
            begin = end;
        }
    }
}

const fn low_bits(count: u32) -> u32 {
    if count >= u32::BITS { u32::MAX } else { (1 << count) - 1 }
}

/// Keeps the order of signed numbers.
const fn offset(value: i32) -> u32 {
    value.cast_unsigned() ^ (1 << 31)
}

fn key_of(at: PlanePoint) -> u64 {
    spread(offset(at.x_cm)) | (spread(offset(at.y_cm)) << 1)
}

fn place_of(key: u64) -> PlanePoint {
    let back = |value: u32| (value ^ (1 << 31)).cast_signed();
    PlanePoint { x_cm: back(gather(key)), y_cm: back(gather(key >> 1)) }
}

/// The bits of a number with a gap of one bit after each.
const fn spread(value: u32) -> u64 {
    let mut bits = value as u64;
    bits = (bits | (bits << 16)) & 0x0000_FFFF_0000_FFFF;
    bits = (bits | (bits << 8)) & 0x00FF_00FF_00FF_00FF;
    bits = (bits | (bits << 4)) & 0x0F0F_0F0F_0F0F_0F0F;
    bits = (bits | (bits << 2)) & 0x3333_3333_3333_3333;
    (bits | (bits << 1)) & 0x5555_5555_5555_5555
}

/// The even bits of a number.
const fn gather(key: u64) -> u32 {
    let mut bits = key & 0x5555_5555_5555_5555;
    bits = (bits | (bits >> 1)) & 0x3333_3333_3333_3333;
    bits = (bits | (bits >> 2)) & 0x0F0F_0F0F_0F0F_0F0F;
    bits = (bits | (bits >> 4)) & 0x00FF_00FF_00FF_00FF;
    bits = (bits | (bits >> 8)) & 0x0000_FFFF_0000_FFFF;
    (bits | (bits >> 16)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::data::events::tests::{events_at, scattered_places};

    #[test]
    fn places_survive_the_way_onto_the_curve_and_back() {
        for at in [(0, 0), (i32::MIN, i32::MAX), (-1, 1), (2_003_750_834, -2_003_750_834)] {
            let at = PlanePoint { x_cm: at.0, y_cm: at.1 };
            assert_eq!(place_of(key_of(at)), at);
        }
    }

    #[test]
    fn the_cells_of_a_level_hold_every_event_once_and_only_their_own() {
        let dataset = events_at(&scattered_places(500));
        let index = EventIndex::new(&dataset, MapProjection::default());
        for level in [0, 20, 26, 28, COARSEST_LEVEL] {
            let cells = index.cells(level, &CellRect::whole(level));
            let entries: Vec<u32> = cells.iter().flat_map(|cell| cell.entries.clone()).collect();
            assert!(entries.iter().copied().eq(0..500), "level {level}");
            for cell in &cells {
                for entry in cell.entries.clone() {
                    let place = index.place(entry);
                    assert_eq!([place.x_cm, place.y_cm].map(|value| offset(value) >> level), cell.at);
                }
            }
        }
    }

    #[test]
    fn a_part_of_the_plane_gets_the_same_cells_as_the_whole() {
        let index = EventIndex::new(&events_at(&scattered_places(500)), MapProjection::default());
        let level = 27;
        let wanted = CellRect { min: [12, 14], max: [19, 17] };
        let mut all = index.cells(level, &CellRect::whole(level));
        all.retain(|cell| wanted.contains(cell.at));
        assert!(all.len() > 5);
        assert_eq!(index.cells(level, &wanted), all);
    }

    #[test]
    fn blocks_grow_to_whole_steps_and_stay_on_the_plane() {
        let grown = CellRect { min: [9, 0], max: [15, 3] }.grown(1, 8, 27);
        assert_eq!(grown, CellRect { min: [8, 0], max: [23, 7] });
        assert!(grown.covers(&CellRect { min: [9, 0], max: [15, 3] }) && !grown.covers(&CellRect { min: [7, 0], max: [15, 3] }));
        assert_eq!(CellRect::whole(27).grown(4, 8, 27), CellRect { min: [0, 0], max: [31, 31] });
    }
}
