//! The records of a dataset as world layers: areas and country-level places, corridors, ports, seizures.

use std::collections::HashMap;
use std::sync::Arc;

use super::classes::{self, confidence_class, confidence_dash, country_only, is_schematic, schematic_dash};
use super::{ColorBy, MapColors, MapStyle};
use crate::geodesy::{LonLat, MapProjection, Projected, along_great_circles, project_line, project_polygon};
use crate::model::{Dataset, FeatureKind, FeatureRef, Geometry, PlacePrecision, SeizureEvent};
use crate::scene::{
    ClassPaint, Color, Dash, FeatureState, Paint, Stroke, SymbolShape, WorldGeometry, WorldLayer, WorldLayerKind, WorldShape,
};

/// Confidence classes of a corridor: high, medium, low, not stated.
const CONFIDENCES: usize = 4;
/// Looks within a color class of corridors: four confidences, each as a path and as a schematic line.
pub(super) const ROUTE_LOOKS: usize = CONFIDENCES * 2;
/// Looks within a color class of seizures, see [`SeizureLook`].
pub(super) const SEIZURE_LOOKS: usize = 3;
/// Size of the symbol for a place that is known only as a country, in CSS pixels.
const COUNTRY_SYMBOL_PX: f32 = 15.0;

/// Classes of the areas layer.
pub(super) const AREA_CLASS: u16 = 0;
/// A port known only as a country.
pub(super) const COUNTRY_PORT_CLASS: u16 = 1;
/// A seizure known only to the country.
pub(super) const COUNTRY_SEIZURE_CLASS: u16 = 2;
/// The area of a country that records name without a place in it; only [`super::country_areas`] has items of it.
pub(super) const COUNTRY_AREA_CLASS: u16 = 3;
/// A port known to the port or city.
pub(super) const PORT_CLASS: u16 = 0;
/// A port of an approximate position.
pub(super) const APPROXIMATE_PORT_CLASS: u16 = 1;

/// How a seizure symbol is filled and outlined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SeizureLook {
    /// Place and mass are stated.
    Exact = 0,
    /// The mass is not stated: hollow.
    NoMass = 1,
    /// The position is approximate: hollow and dotted.
    Approximate = 2,
}

impl SeizureLook {
    fn of(seizure: &SeizureEvent) -> Self {
        match (seizure.precision, seizure.mass_kg) {
            (Some(PlacePrecision::Approximate), _) => Self::Approximate,
            (_, None) => Self::NoMass,
            (_, Some(_)) => Self::Exact,
        }
    }
}

/// The world layers of a dataset in drawing order: areas, corridors, ports, seizures. A layer that is switched off is left out.
/// `ink_scale` makes lines and symbols larger for a page that is read from afar; 1 on the screen.
pub fn data_layers(dataset: &Dataset, projection: MapProjection, style: &MapStyle, ink_scale: f32) -> Vec<WorldLayer> {
    let colors = MapColors::of(style.theme);
    let uses = port_uses(dataset);
    let mut layers = vec![areas_layer(dataset, projection, style, colors, ink_scale)];
    if style.layers.corridors {
        layers.push(corridors_layer(dataset, projection, style.color_by, colors, ink_scale));
    }
    if style.layers.ports {
        layers.push(ports_layer(dataset, projection, colors, ink_scale, &uses));
    }
    if style.layers.seizures {
        layers.push(seizures_layer(dataset, projection, style.color_by, colors, ink_scale));
    }
    layers.retain(|layer| !layer.geometry.items.is_empty());
    layers
}

/// How many corridors and seizures name each port, aligned with [`Dataset::ports`].
fn port_uses(dataset: &Dataset) -> Vec<usize> {
    let index: HashMap<&str, usize> = dataset.ports.iter().enumerate().map(|(at, port)| (&*port.id, at)).collect();
    let mut uses = vec![0; dataset.ports.len()];
    let mut count = |ids: &mut dyn Iterator<Item = &Arc<str>>| {
        let mut named: Vec<usize> = ids.filter_map(|id| index.get(&**id).copied()).collect();
        named.sort_unstable();
        named.dedup();
        for at in named {
            uses[at] += 1;
        }
    };
    for route in &dataset.routes {
        count(&mut route.origin_port.iter().chain(&route.destination_port).chain(&route.via));
    }
    for seizure in &dataset.seizures {
        count(&mut seizure.origin_port.iter().chain(&seizure.destination_port));
    }
    uses
}

fn layer(kind: WorldLayerKind, geometry: WorldGeometry, classes: Vec<ClassPaint>) -> WorldLayer {
    let states: Arc<[FeatureState]> = Arc::from([]);
    WorldLayer { kind, geometry: Arc::new(geometry), classes: Arc::from(classes), states }
}

fn symbol(geometry: &mut WorldGeometry, feature: FeatureRef, class: u16, shape: SymbolShape, size_px: f32, at: Projected) {
    geometry.push(Some(feature), class, WorldShape::Symbol { shape, size_px }, [&[at][..]]);
}

fn feature_ref(kind: FeatureKind, index: usize) -> FeatureRef {
    FeatureRef::new(kind, u32::try_from(index).unwrap_or(u32::MAX))
}

fn class_index(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn hollow_dashed(color: Color, fill: Color, ink_scale: f32, on: f32, off: f32) -> ClassPaint {
    let dash = Dash { on: on * ink_scale, off: off * ink_scale };
    ClassPaint { paint: Paint { fill: Some(fill), stroke: Some(Stroke { color, width: 1.3 * ink_scale, dash: Some(dash) }) }, casing: None }
}

fn areas_layer(dataset: &Dataset, projection: MapProjection, style: &MapStyle, colors: &MapColors, ink_scale: f32) -> WorldLayer {
    let mut geometry = WorldGeometry::default();
    if style.layers.areas {
        for (index, area) in dataset.areas.iter().enumerate() {
            if let Some(shape) = &area.geometry {
                push_area(&mut geometry, feature_ref(FeatureKind::Area, index), shape, projection, ink_scale);
            }
        }
    }
    let size_px = COUNTRY_SYMBOL_PX * ink_scale;
    if style.layers.ports {
        for (index, port) in dataset.ports.iter().enumerate().filter(|(_, port)| country_only(port)) {
            if let Some(at) = port.position {
                let feature = feature_ref(FeatureKind::Port, index);
                symbol(&mut geometry, feature, COUNTRY_PORT_CLASS, SymbolShape::Diamond, size_px, projection.project(at));
            }
        }
    }
    if style.layers.seizures {
        for (index, seizure) in dataset.seizures.iter().enumerate() {
            if let (Some(PlacePrecision::Country), Some(at)) = (seizure.precision, seizure.position) {
                let feature = feature_ref(FeatureKind::Seizure, index);
                symbol(&mut geometry, feature, COUNTRY_SEIZURE_CLASS, SymbolShape::Diamond, size_px * 1.3, projection.project(at));
            }
        }
    }
    let context = ClassPaint {
        paint: Paint {
            fill: Some(colors.not_stated.faded(0.14)),
            stroke: Some(Stroke::solid(colors.not_stated.faded(0.7), 0.9 * ink_scale)),
        },
        casing: None,
    };
    let port = hollow_dashed(colors.port.1, colors.port.0.faded(0.35), ink_scale, 2.6, 2.2);
    let seizure = hollow_dashed(colors.unordered[0], colors.unordered[0].faded(0.10), ink_scale, 4.2, 2.6);
    layer(WorldLayerKind::Areas, geometry, vec![context, port, seizure])
}

fn push_area(geometry: &mut WorldGeometry, feature: FeatureRef, shape: &Geometry, projection: MapProjection, ink_scale: f32) {
    match shape {
        Geometry::Points(points) => {
            for at in points {
                symbol(geometry, feature, AREA_CLASS, SymbolShape::Square, 5.0 * ink_scale, projection.project(*at));
            }
        }
        Geometry::Lines(lines) => push_lines(geometry, feature, AREA_CLASS, lines, projection),
        Geometry::Polygons(polygons) => {
            for rings in polygons {
                let parts = project_polygon(&projection, rings);
                geometry.push(Some(feature), AREA_CLASS, WorldShape::Area, parts.iter().map(Vec::as_slice));
            }
        }
        Geometry::Collection(members) => {
            for member in members {
                push_area(geometry, feature, member, projection, ink_scale);
            }
        }
    }
}

fn push_lines(geometry: &mut WorldGeometry, feature: FeatureRef, class: u16, lines: &[impl AsRef<[LonLat]>], projection: MapProjection) {
    let parts: Vec<Vec<Projected>> = lines.iter().flat_map(|line| project_line(&projection, line.as_ref())).collect();
    geometry.push(Some(feature), class, WorldShape::Line, parts.iter().map(Vec::as_slice));
}

fn corridors_layer(dataset: &Dataset, projection: MapProjection, color_by: ColorBy, colors: &MapColors, ink_scale: f32) -> WorldLayer {
    let mut classes_table = Vec::new();
    for class in classes::route_classes(color_by, colors) {
        for look in 0..ROUTE_LOOKS {
            classes_table.push(route_paint(class.color, look % CONFIDENCES, look >= CONFIDENCES, colors, ink_scale));
        }
    }
    // The least certain first, so that what is best known lies on top of shared legs; then as in the file.
    let mut order: Vec<usize> = (0..dataset.routes.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(confidence_class(dataset.routes[*index].confidence)));
    let mut geometry = WorldGeometry::default();
    // What is schematic lies below all paths.
    for (schematic, look) in [(true, CONFIDENCES), (false, 0)] {
        for index in &order {
            let route = &dataset.routes[*index];
            let lines = route.lines.iter().enumerate().filter(|(line, _)| is_schematic(route, *line) == schematic);
            // The legs of a corridor are great circles, as they are measured and checked for land.
            let lines: Vec<_> = lines.map(|(_, line)| along_great_circles(line)).collect();
            if lines.is_empty() {
                continue;
            }
            let class = classes::route_class(dataset, route, color_by) * ROUTE_LOOKS + confidence_class(route.confidence) + look;
            push_lines(&mut geometry, feature_ref(FeatureKind::Route, *index), class_index(class), &lines, projection);
        }
    }
    layer(WorldLayerKind::Corridors, geometry, classes_table)
}

/// The line of a corridor: dash by confidence; a schematic line is dotted, thinner, lighter and without casing.
fn route_paint(color: Color, confidence: usize, schematic: bool, colors: &MapColors, ink_scale: f32) -> ClassPaint {
    let dash = if schematic { Some(schematic_dash(confidence)) } else { confidence_dash(confidence) };
    let dash = dash.map(|dash| Dash { on: dash.on * ink_scale, off: dash.off * ink_scale });
    let (width, opacity) = if schematic { (1.3, 0.8) } else { (2.0, 1.0) };
    ClassPaint {
        paint: Paint::stroke(Stroke { color: color.faded(opacity), width: width * ink_scale, dash }),
        casing: (!schematic).then(|| Stroke::solid(colors.casing.faded(0.8), (width + 1.8) * ink_scale)),
    }
}

fn ports_layer(dataset: &Dataset, projection: MapProjection, colors: &MapColors, ink_scale: f32, uses: &[usize]) -> WorldLayer {
    let mut geometry = WorldGeometry::default();
    for (index, port) in dataset.ports.iter().enumerate().filter(|(_, port)| !country_only(port)) {
        let class = if port.precision == Some(PlacePrecision::Approximate) { APPROXIMATE_PORT_CLASS } else { PORT_CLASS };
        let size_px = classes::port_diameter_px(uses.get(index).copied().unwrap_or(0)) * ink_scale;
        for at in port.position.iter().chain(&port.also_at) {
            symbol(&mut geometry, feature_ref(FeatureKind::Port, index), class, SymbolShape::Circle, size_px, projection.project(*at));
        }
    }
    let solid = ClassPaint {
        paint: Paint { fill: Some(colors.port.0), stroke: Some(Stroke::solid(colors.port.1, 1.2 * ink_scale)) },
        casing: None,
    };
    let approximate = hollow_dashed(colors.port.1, colors.port.0.faded(0.3), ink_scale, 1.4, 1.6);
    layer(WorldLayerKind::Ports, geometry, vec![solid, approximate])
}

fn seizures_layer(dataset: &Dataset, projection: MapProjection, color_by: ColorBy, colors: &MapColors, ink_scale: f32) -> WorldLayer {
    let key = classes::seizure_classes(color_by, colors);
    let classes_table = key.iter().flat_map(|class| seizure_paints(class.color, colors, ink_scale)).collect();
    // The largest first, so that small events stay visible; ties as in the file.
    let mut order: Vec<usize> = (0..dataset.seizures.len()).collect();
    let size = |index: usize| classes::mass_diameter_px(dataset.seizures[index].mass_kg);
    order.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
    let mut geometry = WorldGeometry::default();
    for index in order {
        let seizure = &dataset.seizures[index];
        if seizure.precision == Some(PlacePrecision::Country) {
            continue;
        }
        let color_class = classes::seizure_class(dataset, seizure, color_by);
        let class = class_index(color_class * SEIZURE_LOOKS + SeizureLook::of(seizure) as usize);
        for at in seizure.position.iter().chain(&seizure.also_at) {
            let feature = feature_ref(FeatureKind::Seizure, index);
            let shape = key[color_class].shape;
            let size_px = size(index) * classes::equal_area_factor(shape) * ink_scale;
            symbol(&mut geometry, feature, class, shape, size_px, projection.project(*at));
        }
    }
    layer(WorldLayerKind::Seizures, geometry, classes_table)
}

/// The paints of one color class in the order of [`SeizureLook`].
fn seizure_paints(color: Color, colors: &MapColors, ink_scale: f32) -> [ClassPaint; SEIZURE_LOOKS] {
    let line = color.mixed(colors.ink, 0.3);
    let exact =
        ClassPaint { paint: Paint { fill: Some(color.faded(0.28)), stroke: Some(Stroke::solid(line, 0.9 * ink_scale)) }, casing: None };
    let no_mass = ClassPaint {
        paint: Paint { fill: Some(colors.casing.faded(0.5)), stroke: Some(Stroke::solid(line, 1.4 * ink_scale)) },
        casing: None,
    };
    [exact, no_mass, hollow_dashed(line, color.faded(0.12), ink_scale, 1.6, 2.0)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::test_data::small_dataset;
    use crate::model::PathKind;

    fn layers(style: &MapStyle) -> Vec<WorldLayer> {
        data_layers(&small_dataset(), MapProjection::default(), style, 1.0)
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
        let layers = data_layers(&dataset, MapProjection::default(), &MapStyle::default(), 1.0);
        let corridors = of(&layers, WorldLayerKind::Corridors);
        let own: Vec<usize> = (0..corridors.geometry.items.len())
            .filter(|index| corridors.geometry.items[*index].feature == Some(FeatureRef::new(FeatureKind::Route, 0)))
            .collect();
        let look = |index: usize| {
            let paint = corridors.paint_of(index).expect("a class");
            (corridors.geometry.items[index].parts.len(), paint.paint.stroke.and_then(|stroke| stroke.dash), paint.casing.is_some())
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
        let uses = port_uses(&dataset);
        let bar = dataset.find(FeatureKind::Port, "me-bar").expect("bar");
        assert_eq!(uses[bar.at()], 3);
    }
}
