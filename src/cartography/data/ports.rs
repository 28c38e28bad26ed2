//! Ports, larger when more records name them.

use std::collections::HashMap;
use std::sync::Arc;

use super::port_totals::{Ends, paints, push_totals};
use super::{DataView, feature_ref, hollow_dashed, layer, symbol};
use crate::cartography::MapColors;
use crate::cartography::classes::{self, country_only};
use crate::geodesy::MapProjection;
use crate::model::{Dataset, FeatureKind, PlacePrecision};
use crate::scene::{ClassPaint, Paint, Stroke, SymbolShape, WorldGeometry, WorldLayer, WorldLayerKind};

/// A port known to the port or city.
pub(in crate::cartography) const PORT_CLASS: u16 = 0;
/// A port of an approximate position.
pub(in crate::cartography) const APPROXIMATE_PORT_CLASS: u16 = 1;

/// How many corridors and seizures name each port, aligned with [`Dataset::ports`].
pub(super) fn port_uses(dataset: &Dataset) -> Vec<usize> {
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

/// Ports of the dataset, over what starts and ends there; `uses` says how many records name each.
pub(super) fn ports_layer(view: &DataView<'_>, projection: MapProjection, uses: &[usize], ends: &[[Ends; 2]]) -> WorldLayer {
    let DataView { dataset, style, ink_scale, .. } = *view;
    let colors = MapColors::of(style.theme);
    let mut geometry = WorldGeometry::default();
    if style.layers.port_totals {
        push_totals(&mut geometry, view, projection, ends);
    }
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
    let table = [solid, approximate].into_iter().chain(paints(colors, ink_scale)).collect();
    layer(WorldLayerKind::Ports, geometry, table)
}
