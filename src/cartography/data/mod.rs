//! The records of a dataset as world layers: areas and country-level places, corridors, ports, seizures.
//!
//! [`DataMap`] holds what depends on neither style, view nor filter; [`DataMap::layers`] makes the layers for one resolution, style and filter.
//! What depends on the zoom only must not depend on where the view lies, so that nothing changes while panning.

mod areas;
mod corridors;
mod crowd;
mod events;
mod port_totals;
mod ports;

use std::sync::Arc;

use super::{DataClasses, MapStyle};
use crate::analysis::{Filter, Links, Matches, evaluate};
use crate::geodesy::{LonLat, MapProjection, Projected, project_line};
use crate::model::{Dataset, FeatureKind, FeatureRef};
use crate::scene::{
    ClassPaint, Color, Dash, FeatureState, Paint, PlaneBox, Stroke, SymbolShape, WorldGeometry, WorldLayer, WorldLayerKind, WorldShape,
};

pub(super) use areas::{AREA_CLASS, COUNTRY_AREA_CLASS, COUNTRY_PORT_CLASS, COUNTRY_SEIZURE_CLASS};
pub use corridors::{FlowSummary, flow_summary};
pub(super) use corridors::{ROUTE_LOOKS, width_classes};
pub(super) use events::{CLUSTER_CLASSES, SEIZURE_LOOKS, SeizureLook, cluster_class};
pub use events::{SPREAD_RESOLUTION_M_PER_PX, can_be_spread};
pub(super) use port_totals::{ARRIVING_CLASS, COUNTRY_ARRIVING_CLASS, COUNTRY_LEAVING_CLASS, LEAVING_CLASS, end_diameter_px};
pub(super) use ports::{APPROXIMATE_PORT_CLASS, PORT_CLASS};

/// For what the layers are made.
#[derive(Clone, Copy, Debug)]
pub struct DataView<'a> {
    /// The records; those that the map was made from.
    pub dataset: &'a Dataset,
    /// Their links.
    pub links: &'a Links,
    /// Which records match the filter.
    pub matches: &'a Matches,
    /// What is shown and how.
    pub style: &'a MapStyle,
    /// Plane metres for one CSS pixel.
    pub resolution_m_per_px: f64,
    /// How much larger lines and symbols are than on the screen, for a page that is read from afar.
    pub ink_scale: f32,
}

/// More corridors than this are shown coarsely at first: preparing them takes longer than a person waits without wondering.
const WORTH_A_SKETCH: usize = 5_000;

/// A dataset prepared for drawing in one projection. It must be used with the dataset that it was made from.
#[derive(Debug)]
pub struct DataMap {
    projection: MapProjection,
    classes: DataClasses,
    corridors: corridors::CorridorMap,
    events: events::EventMap,
    port_uses: Vec<usize>,
    /// The newest layers of areas and of ports, and what they were made for.
    places: Option<((MapStyle, u32), [WorldLayer; 2])>,
    port_ends: Vec<[port_totals::Ends; 2]>,
}

impl DataMap {
    /// Prepares the records of a dataset.
    pub fn new(dataset: &Dataset, links: &Links, projection: MapProjection) -> Self {
        Self::with_corridors(dataset, projection, corridors::CorridorMap::new(dataset, links, projection))
    }

    /// The same with coarse corridors, to be shown until [`Self::new`] is ready; `None` when that takes no time to speak of.
    pub fn sketch(dataset: &Dataset, links: &Links, projection: MapProjection) -> Option<Self> {
        let slow = dataset.routes.len() > WORTH_A_SKETCH;
        slow.then(|| Self::with_corridors(dataset, projection, corridors::CorridorMap::sketch(dataset, links, projection)))
    }

    fn with_corridors(dataset: &Dataset, projection: MapProjection, corridors: corridors::CorridorMap) -> Self {
        Self {
            projection,
            classes: DataClasses::new(dataset),
            corridors,
            events: events::EventMap::new(dataset, projection),
            port_uses: ports::port_uses(dataset),
            places: None,
            port_ends: port_totals::port_ends(dataset),
        }
    }

    /// The color classes of the records, the same for every filter.
    pub fn classes(&self) -> &DataClasses {
        &self.classes
    }

    /// The layers in drawing order: areas, corridors, ports, seizures. A layer that is switched off or empty is left out. States are all
    /// normal: see [`super::with_states`].
    pub fn layers(&mut self, view: &DataView<'_>) -> Vec<WorldLayer> {
        self.layers_near(view, None)
    }

    /// Like [`Self::layers`] for a view that shows this part of the plane: of very many records those far away may be left out. What is drawn
    /// does not depend on it.
    pub fn layers_around(&mut self, view: &DataView<'_>, shown: &PlaneBox) -> Vec<WorldLayer> {
        self.layers_near(view, Some(shown))
    }

    fn layers_near(&mut self, view: &DataView<'_>, around: Option<&PlaneBox>) -> Vec<WorldLayer> {
        let [areas, ports] = self.places(view);
        let mut layers = vec![areas];
        if view.style.layers.corridors {
            layers.extend(self.corridors.layers(view, &self.classes));
        }
        if view.style.layers.ports {
            layers.push(ports);
        }
        if view.style.layers.seizures {
            layers.extend(self.events.layers(view, &self.classes, around));
        }
        layers.retain(|layer| !layer.geometry.items.is_empty());
        layers
    }

    /// Areas and ports, the same for every view: whoever indexes the layers need not do so again.
    fn places(&mut self, view: &DataView<'_>) -> [WorldLayer; 2] {
        let key = (*view.style, view.ink_scale.to_bits());
        if let Some((made, layers)) = &self.places
            && *made == key
        {
            return layers.clone();
        }
        let areas = areas::areas_layer(view, self.projection, self.events.country_only());
        let layers = [areas, ports::ports_layer(view, self.projection, &self.port_uses, &self.port_ends)];
        self.places = Some((key, layers.clone()));
        layers
    }
}

/// The layers of a dataset with nothing filtered, for a map of this resolution.
pub fn data_layers(
    dataset: &Dataset,
    projection: MapProjection,
    style: &MapStyle,
    resolution_m_per_px: f64,
    ink_scale: f32,
) -> Vec<WorldLayer> {
    let links = Links::new(dataset);
    let matches = evaluate(dataset, &links, &Filter::default());
    let view = DataView { dataset, links: &links, matches: &matches, style, resolution_m_per_px, ink_scale };
    DataMap::new(dataset, &links, projection).layers(&view)
}

pub(super) fn layer(kind: WorldLayerKind, geometry: WorldGeometry, classes: Vec<ClassPaint>) -> WorldLayer {
    let states: Arc<[FeatureState]> = Arc::from([]);
    WorldLayer { kind, geometry: Arc::new(geometry), classes: Arc::from(classes), states }
}

pub(super) fn symbol(geometry: &mut WorldGeometry, feature: FeatureRef, class: u16, shape: SymbolShape, size_px: f32, at: Projected) {
    geometry.push(Some(feature), class, WorldShape::Symbol { shape, size_px }, [&[at][..]]);
}

pub(super) fn feature_ref(kind: FeatureKind, index: usize) -> FeatureRef {
    FeatureRef::new(kind, u32::try_from(index).unwrap_or(u32::MAX))
}

pub(super) fn class_index(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

pub(super) fn hollow_dashed(color: Color, fill: Color, ink_scale: f32, on: f32, off: f32) -> ClassPaint {
    let dash = Dash { on: on * ink_scale, off: off * ink_scale };
    ClassPaint { paint: Paint { fill: Some(fill), stroke: Some(Stroke { color, width: 1.3 * ink_scale, dash: Some(dash) }) }, casing: None }
}

pub(super) fn push_lines(
    geometry: &mut WorldGeometry,
    feature: FeatureRef,
    class: u16,
    lines: &[impl AsRef<[LonLat]>],
    projection: MapProjection,
) {
    let parts: Vec<Vec<Projected>> = lines.iter().flat_map(|line| project_line(&projection, line.as_ref())).collect();
    geometry.push(Some(feature), class, WorldShape::Line, parts.iter().map(Vec::as_slice));
}

#[cfg(test)]
mod tests {
    use super::corridors::CONFIDENCES;
    use super::*;
    use crate::cartography::ColorBy;
    use crate::cartography::classes::{self, confidence_class, confidence_dash, country_only, schematic_dash};
    use crate::cartography::test_data::small_dataset;
    use crate::model::{PathKind, PlacePrecision};

    fn layers(style: &MapStyle) -> Vec<WorldLayer> {
        data_layers(&small_dataset(), MapProjection::default(), style, 1_000.0, 1.0)
    }

    fn of(layers: &[WorldLayer], kind: WorldLayerKind) -> &WorldLayer {
        layers.iter().find(|layer| layer.kind == kind).expect("present")
    }

    #[test]
    fn country_level_places_are_never_dots() {
        let layers = layers(&MapStyle::default());
        let dataset = small_dataset();
        for (layer, item) in layers.iter().flat_map(|layer| layer.geometry.items.iter().map(move |item| (layer, item))) {
            let Some(feature) = item.feature else { continue };
            let country = match feature.kind {
                FeatureKind::Port => country_only(&dataset.ports[feature.at()]),
                FeatureKind::Seizure => dataset.seizures[feature.at()].precision == Some(PlacePrecision::Country),
                _ => continue,
            };
            assert_eq!(layer.kind == WorldLayerKind::Areas, country, "{}", dataset.title(feature));
            if country {
                let paint = &layer.classes[usize::from(item.class)].paint;
                assert!(paint.stroke.is_some_and(|stroke| stroke.dash.is_some()), "dashed outline");
                assert!(paint.fill.is_none_or(|fill| fill.a < 128), "hollow");
            }
        }
    }

    #[test]
    fn classes_of_all_items_exist_for_every_choice() {
        for color_by in ColorBy::ALL {
            for layer in layers(&MapStyle { color_by, ..MapStyle::default() }) {
                for index in 0..layer.geometry.items.len() {
                    assert!(layer.paint_of(index).is_some(), "{color_by:?} {:?} item {index}", layer.kind);
                }
            }
        }
    }

    #[test]
    fn dash_says_confidence_whatever_the_color_says() {
        let dataset = small_dataset();
        for color_by in ColorBy::ALL {
            let layers = layers(&MapStyle { color_by, ..MapStyle::default() });
            let corridors = of(&layers, WorldLayerKind::Corridors);
            for (index, item) in corridors.geometry.items.iter().enumerate() {
                let route = &dataset.routes[item.feature.expect("a corridor").at()];
                let dash = corridors.paint_of(index).and_then(|class| class.paint.stroke).and_then(|stroke| stroke.dash);
                let confidence = confidence_class(route.confidence);
                let schematic = usize::from(item.class) % ROUTE_LOOKS >= CONFIDENCES;
                assert_eq!(dash, if schematic { Some(schematic_dash(confidence)) } else { confidence_dash(confidence) });
            }
        }
    }

    #[test]
    fn the_schematic_lines_of_a_mixed_route_are_dotted_and_lie_below() {
        let mut dataset = small_dataset();
        let mut route = dataset.routes[0].clone();
        route.path = Some(PathKind::Mixed);
        route.line_paths = vec![PathKind::Routed, PathKind::Schematic, PathKind::Routed];
        route.lines = vec![route.lines[0].clone(); 3];
        dataset.put_route(route);
        let layers = data_layers(&dataset, MapProjection::default(), &MapStyle::default(), 1_000.0, 1.0);
        let corridors = of(&layers, WorldLayerKind::Corridors);
        let own: Vec<usize> = (0..corridors.geometry.items.len())
            .filter(|index| corridors.geometry.items[*index].feature == Some(FeatureRef::new(FeatureKind::Route, 0)))
            .collect();
        let look = |index: usize| {
            let paint = corridors.paint_of(index).expect("a class");
            (
                corridors.geometry.lines_of(&corridors.geometry.items[index]).count(),
                paint.paint.stroke.and_then(|stroke| stroke.dash),
                paint.casing.is_some(),
            )
        };
        let looks: Vec<_> = own.into_iter().map(look).collect();
        assert_eq!(looks, [(1, Some(schematic_dash(0)), false), (2, None, true)]);
    }

    #[test]
    fn larger_seizures_lie_below_smaller_ones() {
        let layers = layers(&MapStyle::default());
        let sizes: Vec<f32> = of(&layers, WorldLayerKind::Seizures)
            .geometry
            .items
            .iter()
            .map(
                |item| {
                    if let WorldShape::Symbol { size_px, shape } = item.shape { size_px / classes::equal_area_factor(shape) } else { 0.0 }
                },
            )
            .collect();
        assert!(sizes.len() > 1 && sizes.windows(2).all(|pair| pair[0] >= pair[1] - 1e-4), "{sizes:?}");
    }

    #[test]
    fn switched_off_layers_are_left_out() {
        let mut style = MapStyle::default();
        style.layers.corridors = false;
        style.layers.seizures = false;
        let kinds: Vec<_> = layers(&style).iter().map(|layer| layer.kind).collect();
        assert_eq!(kinds, [WorldLayerKind::Areas, WorldLayerKind::Ports]);
    }

    #[test]
    fn a_port_counts_each_record_that_names_it_once() {
        let dataset = small_dataset();
        let uses = ports::port_uses(&dataset);
        let bar = dataset.find(FeatureKind::Port, "me-bar").expect("bar");
        assert_eq!(uses[bar.at()], 3);
    }
}
