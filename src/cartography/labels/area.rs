//! Names inside areas: rows across a country tell where a name fits.

use std::sync::Arc;

use super::room::{Bounds, Spot};
use super::setting::Setting;
use crate::cartography::basemap::{CountryShape, Polygon};
use crate::geodesy::{LonLat, MapProjection};

/// Rows across the main part of an area.
const ROWS: usize = 56;
/// Parts of an area smaller than this share of the largest hold no name.
const LEAST_SHARE: f64 = 0.3;

/// An area as stretches of parallels, in degrees, from north to south.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::cartography) struct AreaRows {
    rows: Vec<(f64, Vec<(f64, f64)>)>,
}

/// The same on the plane, in metres.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::cartography) struct PlaneRows {
    rows: Vec<(f64, Vec<(f64, f64)>)>,
    /// West, south, east and north.
    limits: [f64; 4],
}

impl PlaneRows {
    /// The box around the rows in pixels of a level.
    pub(super) fn bounds(&self, resolution: f64) -> Bounds {
        let [west, south, east, north] = self.limits.map(|limit| limit / resolution);
        Bounds { left: west, top: -north, right: east, bottom: -south }
    }
}

fn ring_area(ring: &[LonLat]) -> f64 {
    let doubled: f64 = ring.windows(2).map(|pair| pair[0].lon_deg * pair[1].lat_deg - pair[1].lon_deg * pair[0].lat_deg).sum();
    let middle = ring.first().map_or(0.0, |point| point.lat_deg);
    doubled.abs() / 2.0 * middle.to_radians().cos()
}

impl AreaRows {
    /// The rows of a country's main parts.
    pub(in crate::cartography) fn new(country: &CountryShape) -> Self {
        let area = |polygon: &Polygon| polygon.rings.first().map_or(0.0, |ring| ring_area(ring));
        let largest = country.polygons.iter().map(area).fold(0.0, f64::max);
        let mains: Vec<&Polygon> = country.polygons.iter().filter(|polygon| area(polygon) >= largest * LEAST_SHARE).collect();
        let south = mains.iter().map(|polygon| polygon.extent.south_deg).fold(f64::INFINITY, f64::min);
        let north = mains.iter().map(|polygon| polygon.extent.north_deg).fold(f64::NEG_INFINITY, f64::max);
        let step = (north - south) / ROWS as f64;
        if !step.is_finite() || step <= 0.0 {
            return Self::default();
        }
        let row_at = |index: usize| north - step * (index as f64 + 0.5);
        let mut crossings: Vec<Vec<f64>> = vec![Vec::new(); ROWS];
        for pair in mains.iter().flat_map(|polygon| &polygon.rings).flat_map(|ring| ring.windows(2)) {
            let (low, high) = if pair[0].lat_deg <= pair[1].lat_deg { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
            let first = ((north - high.lat_deg) / step - 0.5).ceil().max(0.0) as usize;
            for (index, row) in crossings.iter_mut().enumerate().skip(first) {
                let lat = row_at(index);
                if lat < low.lat_deg {
                    break;
                }
                // Half open, so that a corner on the row counts once.
                if lat < high.lat_deg {
                    row.push(low.lon_deg + (high.lon_deg - low.lon_deg) * (lat - low.lat_deg) / (high.lat_deg - low.lat_deg));
                }
            }
        }
        let stretches = |mut row: Vec<f64>| -> Vec<(f64, f64)> {
            row.sort_by(f64::total_cmp);
            row.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
        };
        let rows = crossings.into_iter().enumerate().map(|(index, row)| (row_at(index), stretches(row))).collect();
        Self { rows }
    }

    /// On the plane. Stretches that the edge of the map cuts are left out.
    pub(in crate::cartography) fn on_plane(&self, projection: MapProjection) -> PlaneRows {
        let place = |(lat, stretches): &(f64, Vec<(f64, f64)>)| {
            let mut y_m = projection.project(LonLat::new(projection.central_meridian_deg, *lat)).y_m;
            let mut placed = Vec::with_capacity(stretches.len());
            for (west, east) in stretches {
                // A hair inside, as 180° would wrap to the other edge.
                let (a, b) = (projection.project(LonLat::new(west + 1e-7, *lat)), projection.project(LonLat::new(east - 1e-7, *lat)));
                if a.x_m < b.x_m {
                    y_m = f64::midpoint(a.y_m, b.y_m);
                    placed.push((a.x_m, b.x_m));
                }
            }
            (y_m, placed)
        };
        let rows: Vec<(f64, Vec<(f64, f64)>)> = self.rows.iter().map(place).collect();
        let mut limits = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for (y, stretches) in &rows {
            for (west, east) in stretches {
                limits = [limits[0].min(*west), limits[1].min(*y), limits[2].max(*east), limits[3].max(*y)];
            }
        }
        PlaneRows { rows, limits }
    }
}

/// A place for the middle of a name and how little it suits: 0 is best.
pub(super) type AreaChoice = (Spot, f32);

/// Choices that are kept for one setting.
const MOST_CHOICES: usize = 14;

/// An area in pixels of a level.
#[derive(Clone, Debug)]
pub(super) struct LevelRows {
    rows: Vec<(f64, Vec<(f64, f64)>)>,
    spacing: f64,
    pub(super) bounds: Bounds,
}

impl LevelRows {
    /// The rows at a resolution, cut to the window if there is one.
    pub(super) fn new(rows: &Arc<PlaneRows>, resolution: f64, window: Option<&Bounds>) -> Self {
        let mut bounds = Bounds::EMPTY;
        let mut placed = Vec::with_capacity(rows.rows.len());
        for (y_m, stretches) in &rows.rows {
            let y = -y_m / resolution;
            let cut = stretches.iter().filter_map(|(west, east)| {
                let (mut left, mut right) = (west / resolution, east / resolution);
                if let Some(window) = window {
                    if y < window.top || y > window.bottom {
                        return None;
                    }
                    (left, right) = (left.max(window.left), right.min(window.right));
                }
                (left < right).then_some((left, right))
            });
            let cut: Vec<(f64, f64)> = cut.collect();
            for (left, right) in &cut {
                bounds = bounds.including(Spot::new(*left, y)).including(Spot::new(*right, y));
            }
            placed.push((y, cut));
        }
        let spacing = placed.windows(2).map(|pair| pair[1].0 - pair[0].0).fold(0.0, f64::max);
        Self { rows: placed, spacing, bounds }
    }

    /// The widest stretch in the middle part of the area.
    pub(super) fn widest(&self) -> f64 {
        let widths = self.rows.iter().skip(ROWS / 5).take(ROWS - 2 * (ROWS / 5)).flat_map(|(_, row)| row).map(|(left, right)| right - left);
        widths.fold(0.0, f64::max)
    }

    /// Where a name fits wholly inside, near to `at` first.
    pub(super) fn inside(&self, at: Spot, setting: &Setting) -> Vec<AreaChoice> {
        let (width, half_height) = (f64::from(setting.width) * 1.03, f64::from(setting.height) / 2.0);
        let scale = (self.bounds.bottom - self.bounds.top).max(self.bounds.right - self.bounds.left).max(1.0);
        let mut found: Vec<AreaChoice> = Vec::new();
        for (index, (y, stretches)) in self.rows.iter().enumerate() {
            for stretch in stretches.iter().filter(|(left, right)| right - left >= width) {
                let Some((left, right)) = self.chord(index, *stretch, width, half_height) else { continue };
                let (low, high) = (left + width / 2.0, right - width / 2.0);
                let nearest = at.x.clamp(low, high);
                for x in [nearest, nearest - (nearest - low) * 0.6, nearest + (high - nearest) * 0.6] {
                    let away = (x - at.x).hypot(1.5 * (y - at.y)) / scale;
                    let tight = width / (right - left);
                    let off_middle = (x - f64::midpoint(low, high)).abs() / (right - left);
                    found.push((Spot::new(x, *y), (2.5 * away + 0.4 * tight + 0.4 * off_middle) as f32));
                }
            }
        }
        found.sort_by(|a, b| a.1.total_cmp(&b.1));
        let mut kept: Vec<AreaChoice> = Vec::new();
        for choice in found {
            let near =
                |other: &AreaChoice| (other.0.x - choice.0.x).abs() < width * 0.15 && (other.0.y - choice.0.y).abs() < half_height * 0.8;
            if kept.len() < MOST_CHOICES && !kept.iter().any(near) {
                kept.push(choice);
            }
        }
        kept
    }

    /// The part of a stretch that is inside on all rows which a name of this height touches.
    fn chord(&self, index: usize, stretch: (f64, f64), width: f64, half_height: f64) -> Option<(f64, f64)> {
        let y = self.rows[index].0;
        let mut chord = stretch;
        let mut narrow = |row: &(f64, Vec<(f64, f64)>)| {
            let overlap = |(left, right): &(f64, f64)| right.min(chord.1) - left.max(chord.0);
            let widest = row.1.iter().max_by(|a, b| overlap(a).total_cmp(&overlap(b)))?;
            chord = (widest.0.max(chord.0), widest.1.min(chord.1));
            (chord.1 - chord.0 >= width).then_some(())
        };
        let mut reached = (false, false);
        for row in self.rows[..index].iter().rev() {
            narrow(row)?;
            if y - row.0 >= half_height {
                reached.0 = true;
                break;
            }
        }
        for row in &self.rows[index + 1..] {
            narrow(row)?;
            if row.0 - y >= half_height {
                reached.1 = true;
                break;
            }
        }
        (reached == (true, true)).then_some(chord)
    }

    /// The share of a box that lies inside, 0 to 1.
    pub(super) fn share(&self, bounds: &Bounds) -> f64 {
        const COLUMNS: u8 = 12;
        let mut inside = 0_u32;
        for down in [0.2, 0.5, 0.8] {
            let y = bounds.top + (bounds.bottom - bounds.top) * down;
            // Rows lie from north to south.
            let below = self.rows.partition_point(|row| row.0 < y - self.spacing * 0.51);
            let Some((_, stretches)) = self.rows.get(below).filter(|row| row.0 <= y + self.spacing * 0.51) else { continue };
            for column in 0..COLUMNS {
                let x = bounds.left + (bounds.right - bounds.left) * (f64::from(column) + 0.5) / f64::from(COLUMNS);
                inside += u32::from(stretches.iter().any(|(left, right)| (*left..=*right).contains(&x)));
            }
        }
        f64::from(inside) / (3.0 * f64::from(COLUMNS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::Basemap;
    use crate::geodesy::ProjectionKind;
    use crate::scene::FontFace;

    fn rows(iso: &str, projection: MapProjection) -> Arc<PlaneRows> {
        let country = Basemap::bundled().expect("bundled").country(iso).expect("sound").expect("there");
        Arc::new(AreaRows::new(&country).on_plane(projection))
    }

    #[test]
    fn names_that_fit_lie_inside() {
        let basemap = Basemap::bundled().expect("bundled");
        for kind in ProjectionKind::ALL {
            let projection = MapProjection::new(kind, 0.0);
            for iso in ["AL", "ME", "XK", "MK", "HR", "IT", "GR", "BR", "NO"] {
                let country = basemap.country(iso).expect("sound").expect("there");
                let level = LevelRows::new(&rows(iso, projection), 500.0, None);
                let setting = Setting::plain("Name", FontFace::SemiBold, 14.0);
                let at = level.bounds.center();
                let choices = level.inside(at, &setting);
                assert!(!choices.is_empty(), "{iso}");
                let (mut corners, mut outside) = (0, 0);
                for (spot, _) in choices {
                    for (right, down) in [(-0.5, -0.4), (0.5, -0.4), (-0.5, 0.4), (0.5, 0.4), (0.0, 0.0)] {
                        let x = spot.x + right * f64::from(setting.width);
                        let y = spot.y + down * f64::from(setting.height);
                        let place = projection.unproject(crate::geodesy::Projected::new(x * 500.0, -y * 500.0)).expect("on the map");
                        corners += 1;
                        outside += usize::from(!country.polygons.iter().any(|polygon| crosses(polygon, place) % 2 == 1));
                    }
                }
                // A bay between two rows is not seen.
                assert!(outside * 20 <= corners, "{kind:?} {iso}: {outside} of {corners}");
            }
        }
    }

    /// How often a ray to the east meets the boundary.
    fn crosses(polygon: &Polygon, at: LonLat) -> usize {
        let edges = polygon.rings.iter().flat_map(|ring| ring.windows(2));
        let meets = |pair: &&[LonLat]| {
            let (a, b) = (pair[0], pair[1]);
            (a.lat_deg > at.lat_deg) != (b.lat_deg > at.lat_deg)
                && at.lon_deg < a.lon_deg + (b.lon_deg - a.lon_deg) * (at.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg)
        };
        edges.filter(meets).count()
    }

    #[test]
    fn a_window_keeps_names_in_the_part_that_is_seen() {
        let italy = rows("IT", MapProjection::default());
        let whole = LevelRows::new(&italy, 1_000.0, None);
        let mut north = whole.bounds;
        north.bottom = whole.bounds.center().y;
        let level = LevelRows::new(&italy, 1_000.0, Some(&north));
        let setting = Setting::plain("ITALY", FontFace::SemiBold, 12.0);
        let choices = level.inside(whole.bounds.center(), &setting);
        assert!(!choices.is_empty() && choices.iter().all(|(spot, _)| spot.y + 6.0 < north.bottom));
    }

    #[test]
    fn a_name_larger_than_its_area_lies_partly_outside() {
        let level = LevelRows::new(&rows("ME", MapProjection::default()), 5_000.0, None);
        let setting = Setting::plain("Montenegro", FontFace::SemiBold, 14.0);
        assert!(level.inside(level.bounds.center(), &setting).is_empty());
        let share = level.share(&Bounds::around(level.bounds.center(), f64::from(setting.width) / 2.0, 7.0));
        assert!((0.1..0.8).contains(&share), "{share}");
    }
}
