//! Context areas, and places that are known only as a country.

use super::{DataView, can_be_spread, feature_ref, hollow_dashed, layer, push_lines, symbol};
use crate::cartography::MapColors;
use crate::cartography::classes::country_only;
use crate::geodesy::{MapProjection, project_polygon};
use crate::model::{FeatureKind, FeatureRef, Geometry};
use crate::scene::{ClassPaint, Paint, Stroke, SymbolShape, WorldGeometry, WorldLayer, WorldLayerKind, WorldShape};

/// Size of the symbol for a place that is known only as a country, in CSS pixels.
const COUNTRY_SYMBOL_PX: f32 = 15.0;

/// Classes of the areas layer.
pub(in crate::cartography) const AREA_CLASS: u16 = 0;
/// A port known only as a country.
pub(in crate::cartography) const COUNTRY_PORT_CLASS: u16 = 1;
/// A seizure known only to the country.
pub(in crate::cartography) const COUNTRY_SEIZURE_CLASS: u16 = 2;
/// The area of a country that records name without a place in it; only [`crate::cartography::CountryAreas`] makes items of it.
pub(in crate::cartography) const COUNTRY_AREA_CLASS: u16 = 3;

/// Context areas, and ports and seizures that are known only to the country.
///
/// `country_events` are the seizures known only to the country, those at one place together.
pub(super) fn areas_layer(view: &DataView<'_>, projection: MapProjection, country_events: &[u32]) -> WorldLayer {
    let DataView { dataset, style, ink_scale, .. } = *view;
    let colors = MapColors::of(style.theme);
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
        push_country_events(&mut geometry, view, projection, country_events, size_px * 1.3);
    }
    let context = ClassPaint {
        paint: Paint {
            fill: Some(colors.not_stated.faded(0.14)),
            stroke: Some(Stroke::solid(colors.not_stated.faded(0.7), 0.9 * ink_scale)),
        },
        casing: None,
    };
    let port = hollow_dashed(colors.port.1, colors.port.0.faded(0.35), ink_scale, 2.6, 2.2);
    let seizure = hollow_dashed(colors.muted_ink, colors.muted_ink.faded(0.10), ink_scale, 4.2, 2.6);
    layer(WorldLayerKind::Areas, geometry, vec![context, port, seizure])
}

/// Events at one place are drawn on each other; a crowd of them is one symbol, which a click selects.
fn push_country_events(geometry: &mut WorldGeometry, view: &DataView<'_>, projection: MapProjection, events: &[u32], size_px: f32) {
    let position = |event: &u32| view.dataset.seizures.get(*event as usize).and_then(|seizure| seizure.position);
    let mut members: Vec<FeatureRef> = Vec::new();
    for crowd in events.chunk_by(|a, b| position(a) == position(b)) {
        let Some(at) = crowd.first().and_then(position).map(|at| projection.project(at)) else { continue };
        let features = crowd.iter().map(|event| FeatureRef::new(FeatureKind::Seizure, *event));
        if can_be_spread(crowd.len()) {
            features.for_each(|feature| symbol(geometry, feature, COUNTRY_SEIZURE_CLASS, SymbolShape::Diamond, size_px, at));
            continue;
        }
        let begin = members.len() as u32;
        members.extend(features);
        let shape = WorldShape::Symbol { shape: SymbolShape::Diamond, size_px };
        geometry.push_many(begin..members.len() as u32, COUNTRY_SEIZURE_CLASS, shape, [&[at][..]]);
    }
    geometry.members = members.into();
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
