//! The basemap as world layers: sea, graticule, land with its coast, lakes, borders.

use std::sync::Arc;

use super::basemap::{Basemap, BasemapError, DetailLevel};
use super::{MapColors, MapStyle};
use crate::geodesy::{MapProjection, Projected, graticule, outline, project_area, project_line};
use crate::scene::{ClassPaint, Color, FeatureState, Paint, Stroke, WorldGeometry, WorldLayer, WorldLayerKind, WorldShape};

const SEA_CLASS: u16 = 0;
const GRATICULE_CLASS: u16 = 1;
const LAND_CLASS: u16 = 2;
const COAST_CLASS: u16 = 3;
const LAKE_CLASS: u16 = 4;
const SHORE_CLASS: u16 = 5;
const BORDER_CLASS: u16 = 6;

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

/// Sea, graticule, land, lakes and borders in drawing order, for the screen. The graticule is that of the scale in which a level begins.
///
/// # Errors
/// When the basemap is damaged. The first call for a level decodes it: call it off the UI thread.
pub fn basemap_layers(
    basemap: &Basemap,
    level: DetailLevel,
    projection: MapProjection,
    style: &MapStyle,
) -> Result<Vec<WorldLayer>, BasemapError> {
    let resolution_m_per_px = match level {
        DetailLevel::Coarse => 20_000.0,
        DetailLevel::Medium => 5_000.0,
        DetailLevel::Fine => 1_000.0,
    };
    Ok(vec![ground_layer(projection, style, resolution_m_per_px, 1.0), land_layer(basemap, level, projection, style, 1.0)?])
}

fn layer(geometry: WorldGeometry, style: &MapStyle, ink_scale: f32) -> WorldLayer {
    let states: Arc<[FeatureState]> = Arc::from([]);
    let classes = Arc::from(paints(MapColors::of(style.theme), ink_scale));
    WorldLayer { kind: WorldLayerKind::Basemap, geometry: Arc::new(geometry), classes, states }
}

/// Sea and graticule, with the lines that suit a resolution in plane metres for one CSS pixel. Cheap: it is made for every scale.
pub fn ground_layer(projection: MapProjection, style: &MapStyle, resolution_m_per_px: f64, ink_scale: f32) -> WorldLayer {
    let mut geometry = WorldGeometry::default();
    geometry.push(None, SEA_CLASS, WorldShape::Area, [outline(&projection).as_slice()]);
    if style.layers.graticule {
        for line in graticule(&projection, graticule_step_deg(resolution_m_per_px)) {
            geometry.push(None, GRATICULE_CLASS, WorldShape::Line, [line.as_slice()]);
        }
    }
    layer(geometry, style, ink_scale)
}

/// Land with its coast, lakes and borders, for lines of a page of any size (`ink_scale`; 1 on the screen).
///
/// # Errors
/// When the basemap is damaged. The first call for a level decodes it: call it off the UI thread.
pub fn land_layer(
    basemap: &Basemap,
    level: DetailLevel,
    projection: MapProjection,
    style: &MapStyle,
    ink_scale: f32,
) -> Result<WorldLayer, BasemapError> {
    let shapes = basemap.level(level)?;
    let mut geometry = WorldGeometry::default();
    let mut add =
        |class: u16, shape: WorldShape, parts: &[Vec<Projected>]| geometry.push(None, class, shape, parts.iter().map(Vec::as_slice));
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
    Ok(layer(geometry, style, ink_scale))
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
        // Lakes are many and say little here.
        line(colors.coast.mixed(colors.sea, 0.35), 0.5),
        line(colors.border, 0.8),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::MapTheme;

    #[test]
    fn the_sea_lies_within_the_outline_and_coasts_have_no_edge_at_180() {
        let basemap = Basemap::bundled().expect("bundled");
        let projection = MapProjection::default();
        let style = MapStyle { theme: MapTheme::Dark, ..MapStyle::default() };
        let layers = basemap_layers(basemap, DetailLevel::Coarse, projection, &style).expect("decoded");
        let ground = &layers[0].geometry;
        assert_eq!(ground.items[0].class, SEA_CLASS);
        let geometry = &layers[1].geometry;
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
    fn nearer_views_have_finer_graticules() {
        assert_eq!(graticule_step_deg(1_000.0), 1.0);
        assert_eq!(graticule_step_deg(1e9), 30.0);
    }
}
