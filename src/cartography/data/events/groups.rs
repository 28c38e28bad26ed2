//! Which cells of a level belong together: neighbours whose symbols would lie on each other.

use std::collections::HashMap;

use super::index::{Cell, CellRect, EventIndex};
use super::looks::{self, LEAST_CLUSTER};
use crate::geodesy::Projected;
use crate::scene::PlanePoint;

/// Merging twice looks so many cells around: those outside a block decide about those inside.
pub(super) const REACH_CELLS: u32 = 9;
/// How far neighbours are looked for, in cells, and how near discs must be to become one, as a share of the distance at which they touch:
/// first around each cell, then around what was merged, whose middle may have moved. Discs that cover each other a little stay two.
const ROUNDS: [(u32, f64); 2] = [(1, 0.85), (2, 0.6)];
/// Diameter that a few events are taken for, in CSS pixels.
const FEW_DIAMETER_PX: f64 = 8.0;

/// Cells that make one symbol, or a few when their events need not be drawn together.
#[derive(Clone, Debug)]
pub(super) struct Group {
    /// The first is the one that the others joined.
    pub(super) cells: Vec<Cell>,
    /// How many events they hold, whatever the filter.
    count: u32,
    sum_cm: [i64; 2],
    /// The mean place of all its events, whatever the filter.
    pub(super) center: Projected,
}

impl Group {
    fn of_cell(index: &EventIndex, cell: Cell) -> Self {
        let mut sum_cm = [0; 2];
        for entry in cell.entries.clone() {
            let PlanePoint { x_cm, y_cm } = index.place(entry);
            sum_cm[0] += i64::from(x_cm);
            sum_cm[1] += i64::from(y_cm);
        }
        let count = cell.entries.end - cell.entries.start;
        Self { cells: vec![cell], count, sum_cm, center: mean(sum_cm, count) }
    }

    fn merged(first: &Self, others: &[&Self]) -> Self {
        let mut all = first.clone();
        for other in others {
            all.cells.extend_from_slice(&other.cells);
            all.count += other.count;
            all.sum_cm = [all.sum_cm[0] + other.sum_cm[0], all.sum_cm[1] + other.sum_cm[1]];
        }
        Self { center: mean(all.sum_cm, all.count), ..all }
    }

    fn at(&self) -> [u32; 2] {
        self.cells[0].at
    }

    /// The one with more events first; of equal ones any, but always the same.
    fn weight(&self) -> (u32, [u32; 2]) {
        (self.count, self.at())
    }

    fn radius_px(&self) -> f64 {
        let diameter = if self.count < LEAST_CLUSTER { FEW_DIAMETER_PX } else { f64::from(looks::cluster_diameter_px(self.count)) };
        diameter / 2.0
    }

    fn lies_on(&self, other: &Self, px_per_cm: f64) -> bool {
        let away_m = (self.center.x_m - other.center.x_m).hypot(self.center.y_m - other.center.y_m);
        away_m * 100.0 * px_per_cm < self.radius_px() + other.radius_px()
    }
}

fn mean(sum_cm: [i64; 2], count: u32) -> Projected {
    let [x_m, y_m] = sum_cm.map(|sum| sum as f64 / f64::from(count.max(1)) / 100.0);
    Projected::new(x_m, y_m)
}

/// The groups whose first cell lies in the wanted block. What is grouped depends on the events around alone, not on the block.
pub(super) fn groups(index: &EventIndex, level: u32, wanted: &CellRect, px_per_cm: f64) -> Vec<Group> {
    let cells = index.cells(level, &wanted.grown(REACH_CELLS, 1, level));
    let mut groups: Vec<Group> = cells.into_iter().map(|cell| Group::of_cell(index, cell)).collect();
    for (reach, share) in ROUNDS {
        groups = joined(&groups, reach, px_per_cm / share);
    }
    groups.retain(|group| wanted.contains(group.at()));
    groups
}

/// Each group joins the heaviest neighbour that it lies on, unless that one joins another.
fn joined(groups: &[Group], reach: u32, px_per_cm: f64) -> Vec<Group> {
    let by_place: HashMap<[u32; 2], usize> = groups.iter().enumerate().map(|(number, group)| (group.at(), number)).collect();
    let by_place = &by_place;
    let neighbours = |number: usize| {
        let [x, y] = groups[number].at();
        let columns = x.saturating_sub(reach)..=x.saturating_add(reach);
        let around = columns.flat_map(move |x| (y.saturating_sub(reach)..=y.saturating_add(reach)).map(move |y| [x, y]));
        let known = around.filter_map(move |place| by_place.get(&place).copied());
        known.filter(move |other| *other != number && groups[number].lies_on(&groups[*other], px_per_cm))
    };
    let heavier = |a: &usize, b: &usize| groups[*a].weight().cmp(&groups[*b].weight());
    let heaviest: Vec<usize> =
        (0..groups.len()).map(|number| neighbours(number).chain([number]).max_by(heavier).unwrap_or(number)).collect();
    let stays = |number: usize| heaviest[number] == number;
    let goes_to = |number: usize| match heaviest[number] {
        best if stays(best) => best,
        _ => neighbours(number).filter(|other| stays(*other)).max_by(heavier).unwrap_or(number),
    };
    let mut pairs: Vec<(usize, usize)> = (0..groups.len()).map(|number| (goes_to(number), number)).collect();
    pairs.sort_unstable();
    let of_one = |pairs: &[(usize, usize)]| {
        let first = pairs[0].0;
        let others: Vec<&Group> = pairs.iter().filter(|(_, number)| *number != first).map(|(_, number)| &groups[*number]).collect();
        Group::merged(&groups[first], &others)
    };
    pairs.chunk_by(|a, b| a.0 == b.0).map(of_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::data::events::tests::{events_at, scattered_places};
    use crate::geodesy::MapProjection;

    const LEVEL: u32 = 27;

    fn px_per_cm() -> f64 {
        looks::LEAST_CELL_PX / f64::from(1u32 << LEVEL)
    }

    #[test]
    fn every_event_is_in_one_group() {
        let level = LEVEL - 1;
        let index = EventIndex::new(&events_at(&scattered_places(6_000)), MapProjection::default());
        let groups = groups(&index, level, &CellRect::whole(level), px_per_cm() * 2.0);
        let mut entries: Vec<u32> = groups.iter().flat_map(|group| &group.cells).flat_map(|cell| cell.entries.clone()).collect();
        entries.sort_unstable();
        assert!(entries.into_iter().eq(0..6_000));
        let joined = groups.iter().filter(|group| group.cells.len() > 1).count();
        assert!(joined > 4, "{joined}");
    }

    #[test]
    fn groups_do_not_depend_on_the_block_that_is_asked_for() {
        let index = EventIndex::new(&events_at(&scattered_places(2_000)), MapProjection::default());
        let centers = |wanted: &CellRect| {
            let mut centers: Vec<String> =
                groups(&index, LEVEL, wanted, px_per_cm()).iter().map(|group| format!("{:?}", group.center)).collect();
            centers.sort();
            centers
        };
        let all = centers(&CellRect::whole(LEVEL));
        let (left, right) = (CellRect { min: [0, 0], max: [14, 31] }, CellRect { min: [15, 0], max: [31, 31] });
        let mut halves = [centers(&left), centers(&right)].concat();
        halves.sort();
        assert!(all.len() > 50);
        assert_eq!(halves, all);
    }

    #[test]
    fn clusters_seldom_lie_on_each_other() {
        let index = EventIndex::new(&events_at(&scattered_places(20_000)), MapProjection::default());
        let groups = groups(&index, LEVEL, &CellRect::whole(LEVEL), px_per_cm());
        let discs: Vec<([f64; 2], f64)> = groups
            .iter()
            .map(|group| {
                let center = [group.center.x_m, group.center.y_m].map(|value| value * 100.0 * px_per_cm());
                (center, f64::from(looks::cluster_diameter_px(group.count)) / 2.0)
            })
            .collect();
        let covered = |a: &([f64; 2], f64), b: &([f64; 2], f64)| (a.0[0] - b.0[0]).hypot(a.0[1] - b.0[1]) < (a.1 + b.1) * 0.55;
        let bad = discs.iter().enumerate().filter(|(at, disc)| discs[..*at].iter().any(|other| covered(disc, other))).count();
        assert!(bad * 100 < discs.len(), "{bad} of {}", discs.len());
    }
}
