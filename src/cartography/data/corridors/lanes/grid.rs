//! Which legs and nodes lie near a leg: a grid whose cells are larger, the more there is to enter.

use std::collections::HashMap;

use super::network::Px;

/// Cells are at least this wide, in pixels; what is looked for must lie within three quarters of it.
const LEAST_CELL_PX: f64 = 64.0;
/// All lines together pass about this many cells at most.
const MOST_CELLS: f64 = 12_000.0;

/// Numbers of legs or nodes by the cells that they pass.
#[derive(Debug)]
pub(super) struct Grid {
    cell: f64,
    cells: HashMap<(i64, i64), Vec<u32>>,
}

impl Grid {
    /// An empty grid for lines of this length in all.
    pub(super) fn new(length_px: f64) -> Self {
        Self { cell: (length_px / MOST_CELLS).max(LEAST_CELL_PX), cells: HashMap::new() }
    }

    fn passed(&self, a: Px, b: Px, mut visit: impl FnMut((i64, i64))) {
        let steps = ((b[0] - a[0]).hypot(b[1] - a[1]) / (self.cell / 4.0)).ceil().max(1.0);
        let mut last = None;
        for step in 0..=steps as usize {
            let share = step as f64 / steps;
            let cell = |axis: usize| ((a[axis] + (b[axis] - a[axis]) * share) / self.cell).floor() as i64;
            let here = (cell(0), cell(1));
            if last != Some(here) {
                visit(here);
                last = Some(here);
            }
        }
    }

    /// Enters a line from `a` to `b`; a place is a line of no length.
    pub(super) fn enter(&mut self, a: Px, b: Px, number: u32) {
        let mut passed = Vec::new();
        self.passed(a, b, |cell| passed.push(cell));
        for cell in passed {
            self.cells.entry(cell).or_default().push(number);
        }
    }

    /// What may lie near the line from `a` to `b`, in the order of the numbers; all that lies within three quarters of a cell is there.
    pub(super) fn near(&self, a: Px, b: Px) -> Vec<u32> {
        let mut found = Vec::new();
        self.passed(a, b, |(column, row)| {
            for near in (column - 1..=column + 1).flat_map(|column| (row - 1..=row + 1).map(move |row| (column, row))) {
                found.extend(self.cells.get(&near).into_iter().flatten());
            }
        });
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_found_and_what_is_far_is_not() {
        let mut grid = Grid::new(1_000.0);
        grid.enter([0.0, 0.0], [1_000.0, 0.0], 7);
        grid.enter([500.0, 900.0], [500.0, 900.0], 8);
        assert_eq!(grid.near([300.0, 46.0], [400.0, 46.0]), [7]);
        assert_eq!(grid.near([450.0, 860.0], [450.0, 860.0]), [8]);
        assert_eq!(grid.near([300.0, 400.0], [400.0, 400.0]), [0_u32; 0]);
    }
}
