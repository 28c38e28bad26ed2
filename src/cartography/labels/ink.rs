//! Where lines and symbols of the data lie: names stand beside them where they can.

use super::room::{Bounds, Spot};
use crate::scene::{WorldGeometry, WorldItem, WorldLayer, WorldLayerKind, WorldShape};

/// Side of a cell in pixels of the level. Cells lie on a lattice through the origin of the plane, so that they do not depend on the view.
const CELL_PX: f64 = 4.0;
/// Layers with more vertices than this are not looked at: a density of lines has no place beside it.
const MOST_VERTICES: usize = 150_000;
/// Grids larger than this stay empty.
const MOST_CELLS: f64 = 4_000_000.0;

const NOTHING: u8 = 0;
const SYMBOL: u8 = 1;
const LINE: u8 = 2;
/// How much a symbol counts where a line counts 1: marks of events are translucent.
const SYMBOL_WEIGHT: f32 = 0.3;

/// A raster of what is drawn in a part of the level.
#[derive(Debug, Default)]
pub(super) struct Ink {
    first: (i64, i64),
    columns: i64,
    rows: i64,
    marked: Vec<u8>,
}

impl Ink {
    /// Corridors and events of the layers within `around`, at `resolution` plane metres a pixel.
    pub(super) fn new(layers: &[WorldLayer], around: &Bounds, resolution: f64) -> Self {
        let cell = |value: f64| (value / CELL_PX).floor();
        let (left, top) = (cell(around.left), cell(around.top));
        let (columns, rows) = (cell(around.right) - left + 1.0, cell(around.bottom) - top + 1.0);
        if !(columns * rows).is_finite() || columns <= 0.0 || rows <= 0.0 || columns * rows > MOST_CELLS {
            return Self::default();
        }
        let (columns, rows) = (columns as i64, rows as i64);
        let mut ink =
            Self { first: (left as i64, top as i64), columns, rows, marked: vec![NOTHING; usize::try_from(columns * rows).unwrap_or(0)] };
        let drawn =
            |layer: &&WorldLayer| matches!(layer.kind, WorldLayerKind::Corridors | WorldLayerKind::Seizures | WorldLayerKind::Areas);
        for layer in layers.iter().filter(drawn).filter(|layer| layer.geometry.vertex_count() <= MOST_VERTICES) {
            for item in &layer.geometry.items {
                ink.add(&layer.geometry, item, around, resolution);
            }
        }
        ink
    }

    fn add(&mut self, geometry: &WorldGeometry, item: &WorldItem, around: &Bounds, resolution: f64) {
        let (min, max) = (item.plane_box.min, item.plane_box.max);
        let place =
            Bounds { left: min.x_m / resolution, top: -max.y_m / resolution, right: max.x_m / resolution, bottom: -min.y_m / resolution };
        if !place.grown(40.0).meets(around) {
            return;
        }
        for part in geometry.lines_of(item) {
            let spots = part.iter().map(|point| {
                let at = point.projected();
                Spot::new(at.x_m / resolution, -at.y_m / resolution)
            });
            match item.shape {
                WorldShape::Line | WorldShape::Flow { .. } => {
                    let mut last: Option<Spot> = None;
                    for spot in spots {
                        if let Some(from) = last {
                            self.line(from, spot);
                        }
                        last = Some(spot);
                    }
                }
                WorldShape::Symbol { size_px, .. } => {
                    let half = f64::from(size_px) / 2.0;
                    spots.for_each(|spot| self.block(&Bounds::around(spot, half, half)));
                }
                WorldShape::Area => {}
            }
        }
    }

    fn mark(&mut self, column: i64, row: i64, what: u8) {
        let (x, y) = (column - self.first.0, row - self.first.1);
        if (0..self.columns).contains(&x) && (0..self.rows).contains(&y) {
            let cell = &mut self.marked[(y * self.columns + x) as usize];
            *cell = what.max(*cell);
        }
    }

    fn block(&mut self, bounds: &Bounds) {
        let cell = |value: f64, first: i64, count: i64| ((value / CELL_PX).floor() as i64).clamp(first - 1, first + count);
        let columns = cell(bounds.left, self.first.0, self.columns)..=cell(bounds.right, self.first.0, self.columns);
        for row in cell(bounds.top, self.first.1, self.rows)..=cell(bounds.bottom, self.first.1, self.rows) {
            columns.clone().for_each(|column| self.mark(column, row, SYMBOL));
        }
    }

    /// Marks every cell that a line touches: row by row, with numbers that depend on the line alone.
    fn line(&mut self, a: Spot, b: Spot) {
        let (left, right) = (self.first.0 as f64 * CELL_PX, (self.first.0 + self.columns) as f64 * CELL_PX);
        if a.x.max(b.x) < left || a.x.min(b.x) > right {
            return;
        }
        let (upper, lower) = if a.y <= b.y { (a, b) } else { (b, a) };
        let cell = |value: f64| (value / CELL_PX).floor() as i64;
        let rows = cell(upper.y).max(self.first.1)..=cell(lower.y).min(self.first.1 + self.rows - 1);
        let x_at = |y: f64| {
            let height = lower.y - upper.y;
            if height < 1e-9 { upper.x } else { upper.x + (lower.x - upper.x) * ((y - upper.y) / height).clamp(0.0, 1.0) }
        };
        for row in rows {
            let (from, to) =
                if lower.y - upper.y < 1e-9 { (upper.x, lower.x) } else { (x_at(row as f64 * CELL_PX), x_at((row + 1) as f64 * CELL_PX)) };
            let first = cell(from.min(to)).max(self.first.0);
            let last = cell(from.max(to)).min(self.first.0 + self.columns - 1);
            (first..=last).for_each(|column| self.mark(column, row, LINE));
        }
    }

    /// Whether a line is drawn at this spot.
    pub(super) fn is_at(&self, spot: Spot) -> bool {
        let (x, y) = ((spot.x / CELL_PX).floor() as i64 - self.first.0, (spot.y / CELL_PX).floor() as i64 - self.first.1);
        (0..self.columns).contains(&x) && (0..self.rows).contains(&y) && self.marked[(y * self.columns + x) as usize] == LINE
    }

    /// The share of a box that is drawn on, 0 to 1; what shines through counts less.
    pub(super) fn share(&self, bounds: &Bounds) -> f32 {
        if self.marked.is_empty() {
            return 0.0;
        }
        let cell = |value: f64| (value / CELL_PX).floor() as i64;
        let (mut all, mut drawn) = (0_u32, 0.0_f32);
        for row in cell(bounds.top)..=cell(bounds.bottom) {
            for column in cell(bounds.left)..=cell(bounds.right) {
                let (x, y) = (column - self.first.0, row - self.first.1);
                all += 1;
                if (0..self.columns).contains(&x) && (0..self.rows).contains(&y) {
                    drawn += match self.marked[(y * self.columns + x) as usize] {
                        LINE => 1.0,
                        SYMBOL => SYMBOL_WEIGHT,
                        _ => 0.0,
                    };
                }
            }
        }
        drawn / all.max(1) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::test_data::small_dataset;
    use crate::cartography::{MapStyle, data_layers};
    use crate::geodesy::MapProjection;

    #[test]
    fn what_is_drawn_does_not_depend_on_the_part_that_is_looked_at() {
        let layers = data_layers(&small_dataset(), MapProjection::default(), &MapStyle::default(), 20_000.0, 1.0);
        // Corridors alone: symbols do not count as lines.
        let whole = Ink::new(&layers, &Bounds::new(-600.0, -400.0, 1_200.0, 800.0), 20_000.0);
        let part = Bounds::new(-131.0, -207.0, 300.0, 290.0);
        let cut = Ink::new(&layers, &part, 20_000.0);
        let mut marked = 0;
        for x in 0..290 {
            for y in 0..280 {
                let spot = Spot::new(part.left + f64::from(x), part.top + f64::from(y));
                assert_eq!(whole.is_at(spot), cut.is_at(spot), "{spot:?}");
                marked += u32::from(cut.is_at(spot));
            }
        }
        assert!(marked > 1_000, "corridors run there: {marked}");
    }

    #[test]
    fn a_box_along_a_line_is_more_drawn_on_than_one_across() {
        let mut ink = Ink { first: (0, 0), columns: 50, rows: 50, marked: vec![NOTHING; 2_500] };
        ink.line(Spot::new(10.0, 50.0), Spot::new(190.0, 50.0));
        let along = ink.share(&Bounds::new(20.0, 44.0, 80.0, 12.0));
        let across = ink.share(&Bounds::new(60.0, 10.0, 12.0, 80.0));
        let beside = ink.share(&Bounds::new(20.0, 60.0, 80.0, 12.0));
        assert!(along > 0.2 && across > 0.0 && across < 0.1 && beside == 0.0, "{along} {across}");
    }
}
