//! Room on the map: boxes and lines that are taken, in pixels of a zoom level.
//!
//! A level has its origin where the plane has it, and y down, so that the same place has the same numbers wherever the view lies.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Side of a cell of the grids in pixels.
const CELL_PX: f64 = 64.0;

/// A point in pixels of a zoom level.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Spot {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Spot {
    pub(super) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// An upright box in pixels of a zoom level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Bounds {
    pub(super) const EMPTY: Self = Self { left: f64::INFINITY, top: f64::INFINITY, right: f64::NEG_INFINITY, bottom: f64::NEG_INFINITY };

    pub(super) const fn new(left: f64, top: f64, width: f64, height: f64) -> Self {
        Self { left, top, right: left + width, bottom: top + height }
    }

    pub(super) fn around(spot: Spot, half_width: f64, half_height: f64) -> Self {
        Self::new(spot.x - half_width, spot.y - half_height, 2.0 * half_width, 2.0 * half_height)
    }

    #[must_use]
    pub(super) fn including(self, spot: Spot) -> Self {
        self.joined(&Self::new(spot.x, spot.y, 0.0, 0.0))
    }

    #[must_use]
    pub(super) fn joined(self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    #[must_use]
    pub(super) fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub(super) fn center(&self) -> Spot {
        Spot::new(f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    pub(super) fn contains(&self, spot: Spot) -> bool {
        (self.left..=self.right).contains(&spot.x) && (self.top..=self.bottom).contains(&spot.y)
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// The share of this box that another one covers, 0 to 1.
    pub(super) fn covered(&self, other: &Self) -> f64 {
        let across = (self.right.min(other.right) - self.left.max(other.left)).max(0.0);
        let down = (self.bottom.min(other.bottom) - self.top.max(other.top)).max(0.0);
        let area = (self.right - self.left) * (self.bottom - self.top);
        if area > 0.0 { across * down / area } else { 0.0 }
    }

    /// Whether a straight line touches the box.
    pub(super) fn is_crossed(&self, (from, to): (Spot, Spot)) -> bool {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let mut range = (0.0_f64, 1.0_f64);
        for (step, low, high) in [(dx, self.left - from.x, self.right - from.x), (dy, self.top - from.y, self.bottom - from.y)] {
            if step.abs() < 1e-12 {
                if low > 0.0 || high < 0.0 {
                    return false;
                }
                continue;
            }
            let (a, b) = (low / step, high / step);
            range = (range.0.max(a.min(b)), range.1.min(a.max(b)));
        }
        range.0 <= range.1
    }
}

/// The room that a name takes: one box, or one a letter where the text is turned.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Room {
    One(Bounds),
    Many(Vec<Bounds>),
}

impl Room {
    pub(super) fn boxes(&self) -> &[Bounds] {
        match self {
            Self::One(bounds) => std::slice::from_ref(bounds),
            Self::Many(boxes) => boxes,
        }
    }

    pub(super) fn bounds(&self) -> Bounds {
        self.boxes().iter().fold(Bounds::EMPTY, |all, bounds| all.joined(bounds))
    }
}

/// A straight line between two spots.
pub(super) type Segment = (Spot, Spot);

fn cross(a: Segment, b: Segment) -> bool {
    let side = |(from, to): Segment, spot: Spot| (to.x - from.x) * (spot.y - from.y) - (to.y - from.y) * (spot.x - from.x);
    side(a, b.0) * side(a, b.1) <= 0.0 && side(b, a.0) * side(b, a.1) <= 0.0
}

/// Mixes the two numbers of a cell; names ask for cells so often that the hasher of the standard library shows.
#[derive(Clone, Copy, Debug, Default)]
struct CellHasher(u64);

impl Hasher for CellHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_i32(i32::from(*byte)));
    }

    fn write_i32(&mut self, number: i32) {
        // An odd constant near 2^64 divided by the golden ratio.
        self.0 = (self.0.rotate_left(32) ^ u64::from(number.cast_unsigned())).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

/// Things by cell.
type Cells<T> = HashMap<(i32, i32), Vec<T>, BuildHasherDefault<CellHasher>>;

/// Boxes by place.
#[derive(Debug, Default)]
pub(super) struct BoxGrid {
    boxes: Vec<Bounds>,
    cells: Cells<u32>,
}

fn cells_of(bounds: &Bounds) -> impl Iterator<Item = (i32, i32)> + use<> {
    let cell = |value: f64| (value / CELL_PX).floor() as i32;
    let (x0, x1, y0, y1) = (cell(bounds.left), cell(bounds.right), cell(bounds.top), cell(bounds.bottom));
    (x0..=x1).flat_map(move |x| (y0..=y1).map(move |y| (x, y)))
}

impl BoxGrid {
    /// Adds a box; its number is how many came before.
    pub(super) fn add(&mut self, bounds: Bounds) {
        let number = u32::try_from(self.boxes.len()).unwrap_or(u32::MAX);
        self.boxes.push(bounds);
        for cell in cells_of(&bounds) {
            self.cells.entry(cell).or_default().push(number);
        }
    }

    /// The boxes that share area with this one; a box may come more than once.
    pub(super) fn meeting<'a>(&'a self, bounds: &'a Bounds) -> impl Iterator<Item = (usize, &'a Bounds)> {
        let there = cells_of(bounds).filter_map(|cell| self.cells.get(&cell)).flatten();
        there.map(|number| (*number as usize, &self.boxes[*number as usize])).filter(|(_, other)| other.meets(bounds))
    }
}

/// What is taken by names and their leaders.
#[derive(Debug, Default)]
pub(super) struct Taken {
    names: BoxGrid,
    leaders: Cells<Segment>,
}

/// Space kept around each name in pixels.
const PADDING_PX: f64 = 2.5;

fn box_of((from, to): Segment) -> Bounds {
    Bounds::EMPTY.including(from).including(to)
}

impl Taken {
    pub(super) fn is_free(&self, room: &Room) -> bool {
        room.boxes().iter().all(|bounds| {
            let wanted = bounds.grown(PADDING_PX);
            self.names.meeting(&wanted).next().is_none()
                && cells_of(&wanted)
                    .filter_map(|cell| self.leaders.get(&cell))
                    .all(|there| there.iter().all(|leader| !wanted.is_crossed(*leader)))
        })
    }

    /// Whether a leader would cross no name and no other leader.
    pub(super) fn is_clear(&self, leader: Segment) -> bool {
        let around = box_of(leader).grown(1.0);
        self.names.meeting(&around).all(|(_, name)| !name.is_crossed(leader))
            && cells_of(&around).filter_map(|cell| self.leaders.get(&cell)).all(|there| there.iter().all(|other| !cross(*other, leader)))
    }

    pub(super) fn take(&mut self, room: &Room, leader: Option<Segment>) {
        for bounds in room.boxes() {
            self.names.add(*bounds);
        }
        if let Some(leader) = leader {
            for cell in cells_of(&box_of(leader)) {
                self.leaders.entry(cell).or_default().push(leader);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_cross_boxes_and_one_another() {
        let bounds = Bounds::new(10.0, 10.0, 20.0, 5.0);
        let line = |x0, y0, x1, y1| (Spot::new(x0, y0), Spot::new(x1, y1));
        assert!(bounds.is_crossed(line(0.0, 0.0, 40.0, 25.0)));
        assert!(bounds.is_crossed(line(12.0, 11.0, 13.0, 12.0)), "inside");
        assert!(!bounds.is_crossed(line(0.0, 0.0, 9.0, 30.0)) && !bounds.is_crossed(line(0.0, 16.0, 40.0, 16.0)));
        assert!(cross(line(0.0, 0.0, 10.0, 10.0), line(0.0, 10.0, 10.0, 0.0)));
        assert!(!cross(line(0.0, 0.0, 10.0, 10.0), line(20.0, 0.0, 11.0, 9.0)));
    }

    #[test]
    fn taken_room_is_kept_from_names_and_leaders() {
        let mut taken = Taken::default();
        let leader = (Spot::new(-100.0, 0.0), Spot::new(-10.0, 0.0));
        taken.take(&Room::One(Bounds::new(0.0, -5.0, 60.0, 10.0)), Some(leader));
        let free = |left, top| taken.is_free(&Room::One(Bounds::new(left, top, 20.0, 8.0)));
        assert!(!free(50.0, 0.0) && !free(61.0, 0.0) && free(63.0, 0.0), "with its padding");
        assert!(!free(-60.0, -4.0) && free(-60.0, 4.0), "a leader is no place for a name");
        assert!(!taken.is_clear((Spot::new(30.0, -50.0), Spot::new(30.0, 50.0))));
        assert!(!taken.is_clear((Spot::new(-50.0, -50.0), Spot::new(-50.0, 50.0))));
        assert!(taken.is_clear((Spot::new(-50.0, -50.0), Spot::new(90.0, -20.0))));
    }
}
