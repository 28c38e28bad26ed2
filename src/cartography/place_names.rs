//! The names of the basemap: countries, towns and seas, ready to be placed in any view.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::MapStyle;
use super::basemap::{Basemap, PlaceClass, PlaceLabel, SeaName, SeaSize, seas};
use super::labels::{AreaPlace, AreaRows, LabelKind, LabelPlace, MapLabel, PlaneRows, smooth};
use crate::geodesy::{MapProjection, Projected};

/// Plane metres for a pixel at which the least demanding names (rank 0) appear; each rank asks for twice the scale.
const FIRST_NAMES_M_PER_PX: f64 = 60_000.0;
/// Country names this many ranks beyond their own scale are still shown where they fit.
const EARLIER_RANKS: i32 = 2;
/// On maps of a region, up to this many plane metres a pixel, the next smaller countries come before ports.
const REGIONAL_M_PER_PX: f64 = 6_000.0;
/// Em size of names, in CSS pixels, for which ranks are made.
const RANKED_AT_PX: f32 = 11.0;
/// ISO code of Kosovo, whose name carries an asterisk for the footnote.
const KOSOVO: &str = "XK";
/// ISO code of Türkiye, which the United Nations have written so since 2022; the basemap has the older English name.
const TURKIYE: &str = "TR";
/// A sea that would be wider than this many times the half width of the world is cut by the edge of the map.
const CUT_SHARE: f64 = 0.9;

/// The names of the basemap, ready to be placed in any view.
#[derive(Clone, Debug, Default)]
pub struct PlacedLabels {
    places: Arc<[PlaceLabel]>,
    /// Rows across each country, by ISO code.
    rows: Arc<HashMap<Arc<str>, AreaRows>>,
    on_plane: Arc<Mutex<Option<Arc<OnPlane>>>>,
}

/// The names in one projection.
#[derive(Debug)]
struct OnPlane {
    projection: MapProjection,
    places: Vec<Projected>,
    rows: HashMap<Arc<str>, Arc<PlaneRows>>,
    seas: Vec<(&'static SeaName, Arc<[Projected]>)>,
}

impl PlacedLabels {
    /// Takes the names out of a basemap; a damaged one has none. Decodes names and countries: call it off the UI thread.
    pub fn new(basemap: &Basemap) -> Self {
        let countries = basemap.countries().unwrap_or_default();
        let rows = countries.iter().map(|country| (country.iso.clone(), AreaRows::new(country))).collect();
        Self { places: basemap.labels().unwrap_or_default(), rows: Arc::new(rows), on_plane: Arc::default() }
    }

    fn on_plane(&self, projection: MapProjection) -> Arc<OnPlane> {
        // A panic while the lock is held leaves at worst an old projection, which is made anew.
        let mut kept = self.on_plane.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(kept) = kept.as_ref().filter(|kept| kept.projection == projection) {
            return kept.clone();
        }
        let rows = self.rows.iter().map(|(iso, rows)| (iso.clone(), Arc::new(rows.on_plane(projection)))).collect();
        let half_width = projection.world_half_size_m().0;
        let place = |sea: &'static SeaName| {
            let axis: Vec<Projected> = sea.axis.iter().map(|at| projection.project(*at)).collect();
            let whole = axis.windows(2).all(|pair| (pair[0].x_m - pair[1].x_m).abs() < CUT_SHARE * half_width);
            whole.then(|| (sea, smooth(&axis)))
        };
        let made = Arc::new(OnPlane {
            projection,
            places: self.places.iter().map(|place| projection.project(place.position)).collect(),
            rows,
            seas: seas().iter().filter_map(place).collect(),
        });
        *kept = Some(made.clone());
        made
    }

    /// The names for a map of this resolution in plane metres a pixel; `label_px` is the em size of a town's name in CSS pixels.
    pub(super) fn for_resolution(&self, projection: MapProjection, style: &MapStyle, resolution: f64, label_px: f32) -> Vec<MapLabel> {
        let on_plane = self.on_plane(projection);
        // Larger text needs a larger scale for the same name.
        let effective = resolution * f64::from(label_px / RANKED_AT_PX);
        let finest_rank = (FIRST_NAMES_M_PER_PX / effective.max(0.1)).log2().floor() as i32;
        let mut labels = Vec::new();
        for (place, at) in self.places.iter().zip(&on_plane.places) {
            labels.extend(match place.class {
                PlaceClass::Country if style.layers.country_labels => country(place, *at, &on_plane, (finest_rank, resolution), label_px),
                PlaceClass::Capital | PlaceClass::Town if style.layers.town_labels => town(place, *at, finest_rank, label_px),
                PlaceClass::Country | PlaceClass::Capital | PlaceClass::Town => None,
            });
        }
        if style.layers.sea_labels {
            labels.extend(on_plane.seas.iter().map(|(sea, curve)| of_sea(sea, curve, label_px)));
        }
        labels
    }
}

/// Importance among names of one kind: the rank, then the inhabitants.
fn weight(place: &PlaceLabel) -> f64 {
    f64::from(8 - place.rank.min(8)) * 1e9 + f64::from(place.population)
}

fn country(
    place: &PlaceLabel,
    at: Projected,
    on_plane: &OnPlane,
    (finest_rank, resolution): (i32, f64),
    label_px: f32,
) -> Option<MapLabel> {
    let rank = i32::from(place.rank);
    if rank > finest_rank + EARLIER_RANKS {
        return None;
    }
    let text = match &*place.iso {
        KOSOVO => format!("{}*", place.name).into(),
        TURKIYE => "Türkiye".into(),
        _ => place.name.clone(),
    };
    let in_scale = rank <= finest_rank;
    let before_ports = in_scale || (rank == finest_rank + 1 && resolution <= REGIONAL_M_PER_PX);
    let area = AreaPlace::new(at, on_plane.rows.get(&place.iso).cloned(), in_scale, before_ports);
    Some(MapLabel {
        text,
        kind: LabelKind::Country,
        place: LabelPlace::Area(area),
        weight: weight(place),
        size_px: label_px,
        tint: None,
        feature: None,
        dimmed: false,
    })
}

fn town(place: &PlaceLabel, at: Projected, finest_rank: i32, label_px: f32) -> Option<MapLabel> {
    (i32::from(place.rank) <= finest_rank).then(|| MapLabel {
        text: place.name.clone(),
        kind: LabelKind::Town,
        place: LabelPlace::Point { at, clearance_px: 2.5, may_lead: false },
        weight: weight(place),
        size_px: label_px,
        tint: None,
        feature: None,
        dimmed: false,
    })
}

fn of_sea(sea: &SeaName, curve: &Arc<[Projected]>, label_px: f32) -> MapLabel {
    let (weight, growth, spread_em) = match sea.size {
        SeaSize::Ocean => (3.0, 1.2, 0.8),
        SeaSize::Large => (2.0, 1.08, 0.42),
        SeaSize::Medium => (1.0, 1.0, 0.3),
        SeaSize::Small => (0.0, 1.0, 0.2),
    };
    MapLabel {
        text: sea.name.clone(),
        kind: LabelKind::Sea,
        place: LabelPlace::Curve { path: curve.clone(), spread_em },
        weight,
        size_px: label_px * growth,
        tint: None,
        feature: None,
        dimmed: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(resolution: f64) -> Vec<MapLabel> {
        let basemap = Basemap::bundled().expect("bundled");
        PlacedLabels::new(basemap).for_resolution(MapProjection::default(), &MapStyle::default(), resolution, 11.0)
    }

    #[test]
    fn kosovo_carries_its_asterisk() {
        let labels = names(800.0);
        assert!(labels.iter().any(|label| &*label.text == "Kosovo*"));
        assert!(!labels.iter().any(|label| &*label.text == "Kosovo"));
        assert!(labels.iter().any(|label| &*label.text == "Türkiye"));
    }

    #[test]
    fn nearer_views_know_more_names() {
        let count = |resolution| names(resolution).len();
        assert!(count(500.0) > count(5_000.0) && count(5_000.0) > count(40_000.0));
    }

    #[test]
    fn a_sea_across_the_edge_of_the_map_is_left_out() {
        let basemap = Basemap::bundled().expect("bundled");
        let labels = PlacedLabels::new(basemap);
        let seas = |central: f64| {
            let projection = MapProjection::new(crate::geodesy::ProjectionKind::EqualEarth, central);
            let found = labels.for_resolution(projection, &MapStyle::default(), 20_000.0, 11.0);
            found.into_iter().filter(|label| label.kind == LabelKind::Sea).map(|label| label.text).collect::<Vec<_>>()
        };
        assert!(seas(0.0).iter().any(|name| &**name == "North Atlantic Ocean"));
        assert!(!seas(140.0).iter().any(|name| &**name == "North Atlantic Ocean"), "cut at 40° W");
    }

    #[test]
    fn switched_off_names_are_left_out() {
        let basemap = Basemap::bundled().expect("bundled");
        let mut style = MapStyle::default();
        style.layers.sea_labels = false;
        style.layers.town_labels = false;
        let found = PlacedLabels::new(basemap).for_resolution(MapProjection::default(), &style, 2_000.0, 11.0);
        assert!(!found.is_empty() && found.iter().all(|label| label.kind == LabelKind::Country));
    }
}
