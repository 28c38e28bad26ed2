//! Which cells of a level belong together: neighbours whose symbols would lie on each other.

use std::collections::HashMap;

use super::index::{Cell, CellRect, EventIndex};
use super::looks::{self, LEAST_CLUSTER};
use crate::geodesy::Projected;
use crate::scene::PlanePoint;

/// Merging looks at neighbours of neighbours: cells so far outside decide about those inside.
pub(super) const REACH_CELLS: u32 = 3;
/// Diameter that a few events are taken for, in CSS pixels.
const FEW_DIAMETER_PX: f64 = 8.0;

/// Cells that make one symbol, or a few when their events need not be drawn together.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) cells: Vec<Cell>,
    /// The mean place of all its events, whatever the filter.
    pub(super) center: Projected,
}

struct Candidate {
    cell: Cell,
    count: u32,
    sum_cm: [i64; 2],
    center: [f64; 2],
}

impl Candidate {
    fn new(index: &EventIndex, cell: Cell) -> Self {
        let mut sum_cm = [0; 2];
        for entry in cell.entries.clone() {
            let PlanePoint { x_cm, y_cm } = index.place(entry);
            sum_cm[0] += i64::from(x_cm);
            sum_cm[1] += i64::from(y_cm);
        }
        let count = cell.entries.end - cell.entries.start;
        Self { center: sum_cm.map(|sum| sum as f64 / f64::from(count)), cell, count, sum_cm }
    }

    /// The one with more events first; of equal ones any, but always the same.
    fn weight(&self) -> (u32, [u32; 2]) {
        (self.count, self.cell.at)
    }

    fn radius_px(&self) -> f64 {
        let diameter = if self.count < LEAST_CLUSTER { FEW_DIAMETER_PX } else { f64::from(looks::cluster_diameter_px(self.count)) };
        diameter / 2.0
    }
}

/// The groups whose first cell lies in the wanted block. What is grouped depends on the events around alone, not on the block: a cell joins the
/// heaviest neighbour that it lies on, unless that one joins another.
pub(super) fn groups(index: &EventIndex, level: u32, wanted: &CellRect, px_per_cm: f64) -> Vec<Group> {
    let cells = index.cells(level, &wanted.grown(REACH_CELLS, 1, level));
    let candidates: Vec<Candidate> = cells.into_iter().map(|cell| Candidate::new(index, cell)).collect();
    let by_place: HashMap<[u32; 2], usize> = candidates.iter().enumerate().map(|(at, candidate)| (candidate.cell.at, at)).collect();
    let (all, by_place) = (&candidates, &by_place);
    let neighbours = |at: usize| {
        let [x, y] = all[at].cell.at;
        let columns = x.saturating_sub(1)..=x.saturating_add(1);
        let around = columns.flat_map(move |x| (y.saturating_sub(1)..=y.saturating_add(1)).map(move |y| [x, y]));
        let known = around.filter_map(move |place| by_place.get(&place).copied());
        known.filter(move |other| *other != at && overlap(&all[at], &all[*other], px_per_cm))
    };
    let heavier = |a: &usize, b: &usize| all[*a].weight().cmp(&all[*b].weight());
    let heaviest: Vec<usize> = (0..all.len()).map(|at| neighbours(at).chain([at]).max_by(heavier).unwrap_or(at)).collect();
    let is_root = |at: usize| heaviest[at] == at;
    let root_of = |at: usize| match heaviest[at] {
        best if is_root(best) => best,
        _ => neighbours(at).filter(|other| is_root(*other)).max_by(heavier).unwrap_or(at),
    };
    let mut joined: Vec<(usize, usize)> = (0..candidates.len()).map(|at| (root_of(at), at)).collect();
    joined.sort_unstable();
    let wanted_groups = joined.chunk_by(|a, b| a.0 == b.0).filter(|group| wanted.contains(candidates[group[0].0].cell.at));
    wanted_groups.map(|group| merged(group.iter().map(|(_, at)| &candidates[*at]))).collect()
}

fn overlap(a: &Candidate, b: &Candidate, px_per_cm: f64) -> bool {
    let distance_px = (a.center[0] - b.center[0]).hypot(a.center[1] - b.center[1]) * px_per_cm;
    distance_px < a.radius_px() + b.radius_px()
}

fn merged<'a>(candidates: impl Iterator<Item = &'a Candidate>) -> Group {
    let (mut cells, mut sum_cm, mut count) = (Vec::new(), [0; 2], 0u64);
    for candidate in candidates {
        cells.push(candidate.cell.clone());
        sum_cm[0] += candidate.sum_cm[0];
        sum_cm[1] += candidate.sum_cm[1];
        count += u64::from(candidate.count);
    }
    let mean_m = sum_cm.map(|sum| sum as f64 / count.max(1) as f64 / 100.0);
    Group { cells, center: Projected::new(mean_m[0], mean_m[1]) }
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
        assert!(joined > 10, "{joined}");
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
                let count: u32 = group.cells.iter().map(|cell| cell.entries.end - cell.entries.start).sum();
                let center = [group.center.x_m, group.center.y_m].map(|value| value * 100.0 * px_per_cm());
                (center, f64::from(looks::cluster_diameter_px(count)) / 2.0)
            })
            .collect();
        let covered = |a: &([f64; 2], f64), b: &([f64; 2], f64)| (a.0[0] - b.0[0]).hypot(a.0[1] - b.0[1]) < (a.1 + b.1) * 0.75;
        let bad = discs.iter().enumerate().filter(|(at, disc)| discs[..*at].iter().any(|other| covered(disc, other))).count();
        assert!(bad * 50 < discs.len(), "{bad} of {}", discs.len());
    }
}
