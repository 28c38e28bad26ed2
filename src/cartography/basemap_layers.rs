//! The basemap as world layers and names: sea, graticule, land with its coast, lakes, borders.

use std::sync::Arc;

use super::basemap::{Basemap, BasemapError, DetailLevel, PlaceClass, PlaceLabel};
use super::labels::{LabelKind, MapLabel};
use super::{MapColors, MapStyle};
use crate::geodesy::{MapProjection, Projected, graticule, outline, project_area, project_line};
use crate::scene::{ClassPaint, Color, FeatureState, Paint, PlaneView, Stroke, WorldGeometry, WorldLayer, WorldLayerKind, WorldShape};

const SEA_CLASS: u16 = 0;
const GRATICULE_CLASS: u16 = 1;
const LAND_CLASS: u16 = 2;
const COAST_CLASS: u16 = 3;
const LAKE_CLASS: u16 = 4;
const SHORE_CLASS: u16 = 5;
const BORDER_CLASS: u16 = 6;

/// Plane metres for a pixel at which the least demanding names (rank 0) appear; each rank asks for twice the scale.
const FIRST_NAMES_M_PER_PX: f64 = 60_000.0;
/// Country and sea names this many ranks beyond their own scale are still shown where there is room.
const EARLIER_RANKS: i32 = 1;
/// ISO code of Kosovo, whose name carries an asterisk for the footnote.
const KOSOVO: &str = "XK";
/// ISO code of Türkiye, which the United Nations have written so since 2022; the basemap has the older English name.
const TURKIYE: &str = "TR";

/// The detail that suits a resolution in plane metres for one device pixel.
pub fn detail_for(resolution_m_per_px: f64) -> DetailLevel {
    DetailLevel::for_resolution(resolution_m_per_px)
}

/// The color around the world's outline, under everything else.
pub fn map_background(style: &MapStyle) -> Color {
    MapColors::of(style.theme).beyond_world
}

/// Degrees between the lines of the graticule at a resolution in plane metres for one CSS pixel: lines stand 90 px apart or more.
pub(super) fn graticule_step_deg(resolution_m_per_px: f64) -> f64 {
    const STEPS: [f64; 9] = [0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0];
    let wanted = resolution_m_per_px * 90.0 / 111_320.0;
    STEPS.into_iter().find(|step| *step >= wanted).unwrap_or(30.0)
}

/// Sea, graticule, land, lakes and borders in drawing order, as one layer for the screen.
///
/// # Errors
/// When the basemap is damaged. The first call for a level decodes it: call it off the UI thread.
pub fn basemap_layers(
    basemap: &Basemap,
    level: DetailLevel,
    projection: MapProjection,
    style: &MapStyle,
) -> Result<Vec<WorldLayer>, BasemapError> {
    let step_deg = match level {
        DetailLevel::Coarse => 20.0,
        DetailLevel::Medium => 5.0,
        DetailLevel::Fine => 1.0,
    };
    scaled_basemap_layers(basemap, level, step_deg, projection, style, 1.0)
}

/// Like [`basemap_layers`] with a graticule of `step_deg` degrees and lines for a page of any size.
pub(super) fn scaled_basemap_layers(
    basemap: &Basemap,
    level: DetailLevel,
    step_deg: f64,
    projection: MapProjection,
    style: &MapStyle,
    ink_scale: f32,
) -> Result<Vec<WorldLayer>, BasemapError> {
    let shapes = basemap.level(level)?;
    let mut geometry = WorldGeometry::default();
    let mut add =
        |class: u16, shape: WorldShape, parts: &[Vec<Projected>]| geometry.push(None, class, shape, parts.iter().map(Vec::as_slice));
    add(SEA_CLASS, WorldShape::Area, &[outline(&projection)]);
    if style.layers.graticule {
        for line in graticule(&projection, step_deg) {
            add(GRATICULE_CLASS, WorldShape::Line, &[line]);
        }
    }
    // All fills before all strokes: a coast is not half covered by the next island.
    for (polygons, fill_class, line_class) in [(&shapes.land, LAND_CLASS, COAST_CLASS), (&shapes.lakes, LAKE_CLASS, SHORE_CLASS)] {
        let areas: Vec<_> = polygons.iter().map(|polygon| project_area(&projection, &polygon.rings)).collect();
        for area in &areas {
            add(fill_class, WorldShape::Area, &area.rings);
        }
        for area in &areas {
            add(line_class, WorldShape::Line, &area.coast);
        }
    }
    if style.layers.borders {
        for border in &shapes.borders {
            add(BORDER_CLASS, WorldShape::Line, &project_line(&projection, &border.points));
        }
    }
    let states: Arc<[FeatureState]> = Arc::from([]);
    let classes = Arc::from(paints(MapColors::of(style.theme), ink_scale));
    Ok(vec![WorldLayer { kind: WorldLayerKind::Basemap, geometry: Arc::new(geometry), classes, states }])
}

fn paints(colors: &MapColors, ink_scale: f32) -> Vec<ClassPaint> {
    let fill = |color: Color| ClassPaint { paint: Paint::fill(color), casing: None };
    let line = |color: Color, width: f32| ClassPaint { paint: Paint::stroke(Stroke::solid(color, width * ink_scale)), casing: None };
    vec![
        fill(colors.sea),
        line(colors.graticule, 0.6),
        fill(colors.land),
        line(colors.coast, 0.7),
        fill(colors.sea),
        line(colors.coast, 0.5),
        line(colors.border, 0.8),
    ]
}

/// The names of the basemap, ready to be placed in any view.
#[derive(Clone, Debug, Default)]
pub struct PlacedLabels {
    places: Arc<[PlaceLabel]>,
}

impl PlacedLabels {
    /// Takes the names out of a basemap; a damaged one has none. Decodes them: call it off the UI thread.
    pub fn new(basemap: &Basemap) -> Self {
        Self { places: basemap.labels().unwrap_or_default() }
    }

    /// The names that suit a view; `label_px` is the em size of a town's name in CSS pixels.
    pub(super) fn for_view(&self, projection: MapProjection, style: &MapStyle, view: &PlaneView, label_px: f32) -> Vec<MapLabel> {
        // Larger text needs a larger scale for the same name.
        let effective = view.resolution_m_per_px * f64::from(label_px / 11.0);
        let finest_rank = (FIRST_NAMES_M_PER_PX / effective.max(0.1)).log2().floor() as i32;
        let capital_m = f64::from(CAPITAL_EM * label_px) * view.resolution_m_per_px;
        let scale = NameScale { finest_rank, label_px, capital_m };
        self.places.iter().filter_map(|place| map_label(place, projection, style, &scale)).collect()
    }
}

/// Width of a spaced capital as a share of the em size.
const CAPITAL_EM: f32 = 0.86;
/// From this rank on countries are small: some 150 km across in the Balkans.
const SMALL_COUNTRY_RANK: i32 = 4;
/// Spaced capitals wider than this on the plane would reach far beyond a small country, in metres.
const WIDE_NAME_M: f64 = 170_000.0;

/// What a view means for names.
struct NameScale {
    /// Names of a higher rank are for larger scales.
    finest_rank: i32,
    /// Em size of a town's name in CSS pixels.
    label_px: f32,
    /// Width of a spaced capital in plane metres.
    capital_m: f64,
}

fn map_label(place: &PlaceLabel, projection: MapProjection, style: &MapStyle, scale: &NameScale) -> Option<MapLabel> {
    let NameScale { finest_rank, label_px, capital_m } = *scale;
    let layers = &style.layers;
    let rank = i32::from(place.rank);
    let reaches_out = rank >= SMALL_COUNTRY_RANK && place.name.chars().count() as f64 * capital_m > WIDE_NAME_M;
    let (kind, wanted, earlier) = match place.class {
        PlaceClass::Country if rank > finest_rank || reaches_out => (LabelKind::SmallCountry, layers.country_labels, EARLIER_RANKS),
        PlaceClass::Country => (LabelKind::Country, layers.country_labels, EARLIER_RANKS),
        PlaceClass::Ocean | PlaceClass::Sea => (LabelKind::Sea, layers.sea_labels, EARLIER_RANKS),
        PlaceClass::Capital | PlaceClass::Town => (LabelKind::Town, layers.town_labels, 0),
    };
    if !wanted || rank > finest_rank + earlier {
        return None;
    }
    let name = match (&*place.iso, kind) {
        (KOSOVO, LabelKind::Country | LabelKind::SmallCountry) => format!("{}*", place.name),
        (TURKIYE, LabelKind::Country | LabelKind::SmallCountry) => "Türkiye".to_owned(),
        _ => place.name.to_string(),
    };
    let growth = match (place.class, rank) {
        (PlaceClass::Ocean, _) => 1.5,
        (PlaceClass::Country, 0..=1) => 1.12,
        (PlaceClass::Sea, 0..=2) => 1.12,
        _ => 1.0,
    };
    Some(MapLabel {
        text: name,
        kind,
        at: projection.project(place.position),
        weight: f64::from(8 - rank.min(8)) * 1e9 + f64::from(place.population),
        size_px: label_px * growth,
        clearance_px: if kind == LabelKind::Town { 2.5 } else { 0.0 },
        angle_deg: -place.angle_deg,
        feature: None,
        dimmed: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::MapTheme;
    use crate::scene::SceneRect;

    fn names(basemap: &Basemap, resolution_m_per_px: f64) -> Vec<MapLabel> {
        let view = PlaneView { center: Projected::default(), resolution_m_per_px, frame: SceneRect::new(0.0, 0.0, 800.0, 600.0) };
        PlacedLabels::new(basemap).for_view(MapProjection::default(), &MapStyle::default(), &view, 11.0)
    }

    #[test]
    fn the_sea_lies_within_the_outline_and_coasts_have_no_edge_at_180() {
        let basemap = Basemap::bundled().expect("bundled");
        let projection = MapProjection::default();
        let style = MapStyle { theme: MapTheme::Dark, ..MapStyle::default() };
        let layers = basemap_layers(basemap, DetailLevel::Coarse, projection, &style).expect("decoded");
        let geometry = &layers[0].geometry;
        assert_eq!(geometry.items[0].class, SEA_CLASS);
        let (half_width, _) = projection.world_half_size_m();
        let vertices = || geometry.items.iter().flat_map(|item| geometry.parts_of(item)).flatten();
        assert!(vertices().all(|p| p.projected().x_m.abs() <= half_width * 1.000_001));
        let edge = |p: &Projected| projection.unproject(*p).is_none_or(|at| at.lon_deg.abs() > 179.999_9);
        let along_edge_m = geometry
            .items
            .iter()
            .filter(|item| item.class == COAST_CLASS)
            .flat_map(|item| geometry.parts_of(item))
            .flat_map(|part| part.windows(2))
            .map(|pair| [pair[0].projected(), pair[1].projected()])
            .filter(|pair| edge(&pair[0]) && edge(&pair[1]))
            .map(|pair| (pair[1].x_m - pair[0].x_m).hypot(pair[1].y_m - pair[0].y_m))
            .fold(0.0, f64::max);
        // A coast may touch the edge; a cut through Chukotka or Fiji would be far longer.
        assert!(along_edge_m < 10_000.0, "a coast runs {along_edge_m:.0} m along the edge of the map");
    }

    #[test]
    fn kosovo_carries_its_asterisk() {
        let basemap = Basemap::bundled().expect("bundled");
        let labels = names(basemap, 800.0);
        assert!(labels.iter().any(|label| label.text == "Kosovo*"));
        assert!(!labels.iter().any(|label| label.text == "Kosovo"));
    }

    #[test]
    fn nearer_views_know_more_names_and_finer_graticules() {
        let basemap = Basemap::bundled().expect("bundled");
        let count = |resolution| names(basemap, resolution).len();
        assert!(count(500.0) > count(5_000.0) && count(5_000.0) > count(40_000.0));
        assert_eq!(graticule_step_deg(1_000.0), 1.0);
        assert_eq!(graticule_step_deg(1e9), 30.0);
    }
}
