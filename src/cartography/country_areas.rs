//! Countries that records name without a place in them, as areas: a place known only as a country is no dot.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::basemap::{Basemap, BasemapError};
use super::classes::country_only;
use super::data::COUNTRY_AREA_CLASS;
use super::{MapColors, MapStyle, MapTheme};
use crate::geodesy::{MapProjection, project_polygon};
use crate::model::{Dataset, FeatureKind, FeatureRef, PlacePrecision};
use crate::scene::{ClassPaint, Paint, WorldGeometry, WorldLayer, WorldLayerKind, WorldShape};

/// The areas of the countries that records of a dataset name without a place in them, in one projection.
#[derive(Clone, Debug)]
pub struct CountryAreas {
    projection: MapProjection,
    /// Ports and seizures that are known only to the country, with its ISO code.
    records: Vec<(FeatureRef, Arc<str>)>,
    /// The newest layer and what it was made for.
    made: Option<(Made, Option<WorldLayer>)>,
}

type Made = (BTreeSet<Arc<str>>, MapTheme);

impl CountryAreas {
    /// Looks for the records.
    pub fn new(dataset: &Dataset, projection: MapProjection) -> Self {
        let ports = dataset.refs(FeatureKind::Port).zip(&dataset.ports);
        let ports = ports.filter(|(_, port)| country_only(port)).filter_map(|(feature, port)| Some((feature, port.country.clone()?)));
        let seizures = dataset.refs(FeatureKind::Seizure).zip(&dataset.seizures);
        let seizures = seizures
            .filter(|(_, seizure)| seizure.precision == Some(PlacePrecision::Country))
            .filter_map(|(feature, seizure)| Some((feature, seizure.country.clone()?)));
        Self { projection, records: ports.chain(seizures).collect(), made: None }
    }

    /// One pale area for each country that is all that is known of the place of a port or seizure which passes; `None` when there is none.
    ///
    /// # Errors
    /// When the basemap is damaged. The first call decodes it: call it off the UI thread.
    pub fn layer(
        &mut self,
        basemap: &Basemap,
        style: &MapStyle,
        passes: &dyn Fn(FeatureRef) -> bool,
    ) -> Result<Option<WorldLayer>, BasemapError> {
        let wanted = (self.countries(style, passes), style.theme);
        if let Some((made, layer)) = &self.made
            && *made == wanted
        {
            return Ok(layer.clone());
        }
        let mut geometry = WorldGeometry::default();
        for code in &wanted.0 {
            let Some(country) = basemap.country(code)? else { continue };
            for polygon in &country.polygons {
                let parts = project_polygon(&self.projection, &polygon.rings);
                geometry.push(None, COUNTRY_AREA_CLASS, WorldShape::Area, parts.iter().map(Vec::as_slice));
            }
        }
        let layer = (!geometry.items.is_empty()).then(|| areas_layer(geometry, style));
        self.made = Some((wanted, layer.clone()));
        Ok(layer)
    }

    /// ISO codes in order, each once.
    fn countries(&self, style: &MapStyle, passes: &dyn Fn(FeatureRef) -> bool) -> BTreeSet<Arc<str>> {
        let shown = |feature: FeatureRef| if feature.kind == FeatureKind::Port { style.layers.ports } else { style.layers.seizures };
        self.records.iter().filter(|(feature, _)| shown(*feature) && passes(*feature)).map(|(_, code)| code.clone()).collect()
    }
}

fn areas_layer(geometry: WorldGeometry, style: &MapStyle) -> WorldLayer {
    let colors = MapColors::of(style.theme);
    // No outline: the border is the basemap's.
    let tint = ClassPaint { paint: Paint::fill(colors.ink.faded(0.06)), casing: None };
    let classes = vec![tint; usize::from(COUNTRY_AREA_CLASS) + 1];
    WorldLayer { kind: WorldLayerKind::Areas, geometry: Arc::new(geometry), classes: Arc::from(classes), states: Arc::from([]) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::test_data::small_dataset;

    fn shaded(style: &MapStyle, passes: &dyn Fn(FeatureRef) -> bool) -> Option<WorldLayer> {
        let basemap = Basemap::bundled().expect("bundled");
        CountryAreas::new(&small_dataset(), MapProjection::default()).layer(basemap, style, passes).expect("decoded")
    }

    #[test]
    fn only_countries_without_a_stated_place_are_shaded() {
        let areas = CountryAreas::new(&small_dataset(), MapProjection::default());
        let codes = areas.countries(&MapStyle::default(), &|_| true);
        assert_eq!(codes.iter().map(|code| &**code).collect::<Vec<_>>(), ["EC", "ME"]);
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
