//! The nearest town: tells people where a position is.

use std::collections::HashMap;
use std::sync::Arc;

use super::{PlaceClass, PlaceLabel};
use crate::geodesy::{LonLat, distance_m, wrap_lon_deg};

/// A town farther away says nothing, metres.
const WITHIN_M: f64 = 100_000.0;
/// A degree of latitude is this long at least, metres.
const DEGREE_M: f64 = 110_500.0;

/// The towns and capitals of the basemap in cells of one degree.
#[derive(Debug)]
pub struct Towns {
    cells: HashMap<(i32, i32), Vec<Town>>,
}

type Town = (LonLat, Arc<str>);

impl Towns {
    pub(super) fn new(labels: &[PlaceLabel]) -> Self {
        let mut cells: HashMap<_, Vec<_>> = HashMap::new();
        for label in labels.iter().filter(|label| matches!(label.class, PlaceClass::Town | PlaceClass::Capital)) {
            cells.entry(cell(label.position)).or_default().push((label.position, label.name.clone()));
        }
        Self { cells }
    }

    /// The nearest town within 100 km.
    pub fn near(&self, position: LonLat) -> Option<Arc<str>> {
        if !position.is_finite() {
            return None;
        }
        let (column, row) = cell(position);
        let shrink = position.lat_deg.abs().min(85.0).to_radians().cos();
        // Cells on each side: one more than the distance needs, since the position lies anywhere in its own.
        let wide = (WITHIN_M / DEGREE_M / shrink).ceil() as i32 + 1;
        let around = (row - 1..=row + 1).flat_map(|row| (column - wide..=column + wide).map(move |column| (column, row)));
        let cells = around.filter_map(|(column, row)| self.cells.get(&(wrap_lon_deg(f64::from(column) + 0.5).floor() as i32, row)));
        let measured = cells.flatten().map(|(at, name)| (distance_m(position, *at), name)).filter(|(metres, _)| *metres <= WITHIN_M);
        measured.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name.clone())
    }

    /// Where a line from one place to another lies: "near Patras", "from near Coimbra to near Castelló"; `None` far from any town.
    pub fn near_both(&self, from: LonLat, to: LonLat) -> Option<String> {
        match (self.near(from), self.near(to)) {
            (Some(from), Some(to)) if from != to => Some(format!("from near {from} to near {to}")),
            (Some(name), _) | (None, Some(name)) => Some(format!("near {name}")),
            (None, None) => None,
        }
    }
}

fn cell(position: LonLat) -> (i32, i32) {
    (wrap_lon_deg(position.lon_deg).floor() as i32, position.lat_deg.floor() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn towns(places: &[(&str, f64, f64)]) -> Towns {
        let label = |(name, lon, lat): &(&str, f64, f64)| PlaceLabel {
            name: (*name).into(),
            iso: "XX".into(),
            position: LonLat::new(*lon, *lat),
            class: PlaceClass::Town,
            rank: 5,
            population: 0,
        };
        Towns::new(&places.iter().map(label).collect::<Vec<_>>())
    }

    #[test]
    fn the_nearest_town_is_found_across_cells_and_the_antimeridian() {
        let towns = towns(&[("A", 179.9, 10.0), ("B", -179.5, 10.0), ("C", 20.9, 65.0), ("D", 0.0, 0.0)]);
        let near = |lon, lat| towns.near(LonLat::new(lon, lat));
        assert_eq!(near(-179.9, 10.0).as_deref(), Some("A"));
        assert_eq!(near(-179.6, 10.1).as_deref(), Some("B"));
        assert_eq!(near(22.9, 65.1).as_deref(), Some("C"), "94 km, two cells away");
        assert_eq!(near(2.0, 0.0), None, "222 km are too far");
        assert_eq!(near(f64::NAN, 0.0), None);
        let (a, b) = (LonLat::new(-179.9, 10.0), LonLat::new(-179.5, 10.0));
        assert_eq!(towns.near_both(a, b).as_deref(), Some("from near A to near B"));
        assert_eq!(towns.near_both(a, LonLat::new(-150.0, 0.0)).as_deref(), Some("near A"));
    }
}
