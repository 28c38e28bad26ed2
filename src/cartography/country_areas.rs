//! Countries that records name without a place in them, as areas: a place known only as a country is no dot.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::basemap::{Basemap, BasemapError};
use super::classes::country_only;
use super::data::COUNTRY_AREA_CLASS;
use super::{MapColors, MapStyle};
use crate::geodesy::{MapProjection, project_polygon};
use crate::model::{Dataset, FeatureKind, FeatureRef, PlacePrecision};
use crate::scene::{ClassPaint, Dash, Paint, Stroke, WorldGeometry, WorldLayer, WorldLayerKind, WorldShape};

/// One pale area for each country that is all that is known of the place of a port or seizure which passes; `None` when there is none.
///
/// # Errors
/// When the basemap is damaged.
pub(super) fn country_areas(
    basemap: &Basemap,
    dataset: &Dataset,
    projection: MapProjection,
    style: &MapStyle,
    ink_scale: f32,
    passes: &dyn Fn(FeatureRef) -> bool,
) -> Result<Option<WorldLayer>, BasemapError> {
    let mut geometry = WorldGeometry::default();
    for code in countries(dataset, style, passes) {
        let Some(country) = basemap.country(code)? else { continue };
        for polygon in &country.polygons {
            let parts = project_polygon(&projection, &polygon.rings);
            geometry.push(None, COUNTRY_AREA_CLASS, WorldShape::Area, parts.iter().map(Vec::as_slice));
        }
    }
    if geometry.items.is_empty() {
        return Ok(None);
    }
    let colors = MapColors::of(style.theme);
    let outline = Stroke {
        color: colors.muted_ink.faded(0.55),
        width: 0.7 * ink_scale,
        dash: Some(Dash { on: 3.0 * ink_scale, off: 2.4 * ink_scale }),
    };
    let tint = ClassPaint { paint: Paint { fill: Some(colors.ink.faded(0.09)), stroke: Some(outline) }, casing: None };
    let classes = vec![tint; usize::from(COUNTRY_AREA_CLASS) + 1];
    Ok(Some(WorldLayer { kind: WorldLayerKind::Areas, geometry: Arc::new(geometry), classes: Arc::from(classes), states: Arc::from([]) }))
}

/// ISO codes in order, each once.
fn countries<'a>(dataset: &'a Dataset, style: &MapStyle, passes: &dyn Fn(FeatureRef) -> bool) -> BTreeSet<&'a str> {
    let ports = dataset.refs(FeatureKind::Port).filter(|_| style.layers.ports).filter(|feature| passes(*feature));
    let of_ports =
        ports.map(|feature| &dataset.ports[feature.at()]).filter(|port| country_only(port)).filter_map(|port| port.country.as_deref());
    let seizures = dataset.refs(FeatureKind::Seizure).filter(|_| style.layers.seizures).filter(|feature| passes(*feature));
    let of_seizures = seizures
        .map(|feature| &dataset.seizures[feature.at()])
        .filter(|seizure| seizure.precision == Some(PlacePrecision::Country))
        .filter_map(|seizure| seizure.country.as_deref());
    of_ports.chain(of_seizures).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::test_data::small_dataset;

    fn shaded(style: &MapStyle, passes: &dyn Fn(FeatureRef) -> bool) -> Option<WorldLayer> {
        let basemap = Basemap::bundled().expect("bundled");
        country_areas(basemap, &small_dataset(), MapProjection::default(), style, 1.0, passes).expect("decoded")
    }

    #[test]
    fn only_countries_without_a_stated_place_are_shaded() {
        let dataset = small_dataset();
        assert_eq!(countries(&dataset, &MapStyle::default(), &|_| true).into_iter().collect::<Vec<_>>(), ["EC", "ME"]);
        let layer = shaded(&MapStyle::default(), &|_| true).expect("Ecuador");
        assert!(layer.paint_of(0).and_then(|class| class.paint.fill).is_some_and(|fill| fill.a < 64), "pale");
    }

    #[test]
    fn what_does_not_match_or_is_switched_off_shades_nothing() {
        assert!(shaded(&MapStyle::default(), &|_| false).is_none());
        let mut style = MapStyle::default();
        style.layers.ports = false;
        style.layers.seizures = false;
        assert!(shaded(&style, &|_| true).is_none());
    }
}
