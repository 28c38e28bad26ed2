//! What starts and ends at each port: half discs, the left one for what leaves, the right one for what arrives.

use std::collections::HashMap;
use std::sync::Arc;

use super::{DataView, feature_ref, hollow_dashed, symbol};
use crate::cartography::classes::country_only;
use crate::cartography::{Evidence, MapColors};
use crate::geodesy::MapProjection;
use crate::model::{Dataset, FeatureKind};
use crate::scene::{ClassPaint, Paint, Stroke, SymbolShape, WorldGeometry};

/// What leaves a port.
pub(in crate::cartography) const LEAVING_CLASS: u16 = 2;
/// What arrives at a port.
pub(in crate::cartography) const ARRIVING_CLASS: u16 = 3;
/// What leaves a country, the port not being stated.
pub(in crate::cartography) const COUNTRY_LEAVING_CLASS: u16 = 4;
/// What arrives in a country, the port not being stated.
pub(in crate::cartography) const COUNTRY_ARRIVING_CLASS: u16 = 5;

/// Diameter for one event, one corridor or 100 kg, in CSS pixels; the area grows with the number.
const ONE_DIAMETER_PX: f64 = 8.0;
/// No half disc is larger, in CSS pixels.
const LARGEST_PX: f64 = 64.0;
/// Kilograms that are as large as one event.
const UNIT_KG: f64 = 400.0;

/// Sums at one port.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Ends {
    events: u32,
    mass_kg: f64,
    corridors: u32,
}

/// What leaves and what arrives at each port, aligned with [`Dataset::ports`]. Only stated ports count.
pub(super) fn port_ends(dataset: &Dataset) -> Vec<[Ends; 2]> {
    let index: HashMap<&str, usize> = dataset.ports.iter().enumerate().map(|(at, port)| (&*port.id, at)).collect();
    let mut ends = vec![[Ends::default(); 2]; dataset.ports.len()];
    let find = |id: &Option<Arc<str>>| id.as_deref().and_then(|id| index.get(id).copied());
    for seizure in &dataset.seizures {
        for (side, port) in [&seizure.origin_port, &seizure.destination_port].into_iter().enumerate() {
            if let Some(at) = find(port) {
                ends[at][side].events += 1;
                ends[at][side].mass_kg += seizure.mass_kg.filter(|mass_kg| mass_kg.is_finite()).unwrap_or(0.0);
            }
        }
    }
    for route in &dataset.routes {
        for (side, port) in [&route.origin_port, &route.destination_port].into_iter().enumerate() {
            if let Some(at) = find(port) {
                ends[at][side].corridors += 1;
            }
        }
    }
    ends
}

/// Diameter in CSS pixels: by events or their mass; by corridors when the width says neither. 0 when there is nothing.
pub(in crate::cartography) fn end_diameter_px(number: f64, measure: Option<Evidence>) -> f32 {
    let unit = if measure == Some(Evidence::MassKg) { UNIT_KG } else { 1.0 };
    if number > 0.0 { (ONE_DIAMETER_PX * (number / unit).sqrt()).clamp(3.0, LARGEST_PX) as f32 } else { 0.0 }
}

/// Adds the half discs, the larger ones first.
pub(super) fn push_totals(geometry: &mut WorldGeometry, view: &DataView<'_>, projection: MapProjection, ends: &[[Ends; 2]]) {
    let measure = view.style.width_by;
    let mut halves: Vec<(f32, usize, usize)> = Vec::new();
    for (index, sides) in ends.iter().enumerate() {
        for (side, ends) in sides.iter().enumerate() {
            let number = match measure {
                Some(Evidence::Events) => f64::from(ends.events),
                Some(Evidence::MassKg) => ends.mass_kg,
                Some(Evidence::ReportedYears) | None => f64::from(ends.corridors),
            };
            halves.push((end_diameter_px(number, measure), index, side));
        }
    }
    halves.retain(|(size_px, ..)| *size_px > 0.0);
    halves.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    for (size_px, index, side) in halves {
        let Some(port) = view.dataset.ports.get(index) else { continue };
        let Some(at) = port.position else { continue };
        let class = [LEAVING_CLASS, ARRIVING_CLASS][side] + if country_only(port) { COUNTRY_LEAVING_CLASS - LEAVING_CLASS } else { 0 };
        let shape = [SymbolShape::LeftHalf, SymbolShape::RightHalf][side];
        symbol(geometry, feature_ref(FeatureKind::Port, index), class, shape, size_px * view.ink_scale, projection.project(at));
    }
}

/// The paints of the classes of this file, in their order: what leaves is darker than what arrives; countries are dashed.
pub(super) fn paints(colors: &MapColors, ink_scale: f32) -> [ClassPaint; 4] {
    let of = |opacity: f32| ClassPaint {
        paint: Paint { fill: Some(colors.port.1.faded(opacity)), stroke: Some(Stroke::solid(colors.port.1.faded(0.85), 0.9 * ink_scale)) },
        casing: None,
    };
    let country = |opacity: f32| hollow_dashed(colors.port.1.faded(0.85), colors.port.1.faded(opacity), ink_scale, 2.4, 2.0);
    [of(0.42), of(0.14), country(0.26), country(0.07)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::test_data::small_dataset;
    use crate::cartography::{MapStyle, data_layers};
    use crate::scene::{WorldLayerKind, WorldShape};

    #[test]
    fn what_starts_and_ends_is_counted_where_the_port_is_stated() {
        let dataset = small_dataset();
        let ends = port_ends(&dataset);
        let of = |id: &str| ends[dataset.find(FeatureKind::Port, id).expect("there").at()];
        assert_eq!((of("me-bar")[0].corridors, of("me-bar")[1].corridors), (0, 2));
        assert_eq!(of("me-bar")[1], Ends { events: 1, mass_kg: 1_400.0, corridors: 2 });
        assert_eq!(of("br-santos")[0].corridors, 1);
    }

    #[test]
    fn the_area_grows_with_the_number() {
        let size = |number| end_diameter_px(number, Some(Evidence::Events));
        assert!((size(4.0) / size(1.0) - 2.0).abs() < 1e-5);
        assert_eq!(size(0.0), 0.0);
    }

    #[test]
    fn half_discs_are_drawn_only_when_asked_for() {
        let halves = |port_totals| {
            let mut style = MapStyle { width_by: None, ..MapStyle::default() };
            style.layers.port_totals = port_totals;
            let layers = data_layers(&small_dataset(), MapProjection::default(), &style, 1_000.0, 1.0);
            let ports = layers.into_iter().find(|layer| layer.kind == WorldLayerKind::Ports).expect("ports");
            let is_half = |shape| matches!(shape, SymbolShape::LeftHalf | SymbolShape::RightHalf);
            ports.geometry.items.iter().filter(|item| matches!(item.shape, WorldShape::Symbol { shape, .. } if is_half(shape))).count()
        };
        assert_eq!((halves(false), halves(true)), (0, 3), "two origins, one destination");
    }
}
