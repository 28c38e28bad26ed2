//! The legend row for events that are drawn together. Their symbols have the number in them, so one size says enough.

use super::data::cluster_diameter_px;
use super::legend::{LegendRow, LegendSample};
use crate::scene::{FeatureState, PlaneBox, SymbolShape, WorldItem, WorldLayer, WorldLayerKind};

/// The row with the smallest size in view; `None` when no cluster is in view that is not pale.
pub(super) fn cluster_row(layers: &[WorldLayer], visible: &PlaneBox, ink_scale: f32) -> Option<LegendRow> {
    let layer = layers.iter().find(|layer| layer.kind == WorldLayerKind::Seizures)?;
    let is_shown = |at: usize, item: &WorldItem| {
        item.feature.is_none() && layer.state(at) != FeatureState::Dimmed && item.plane_box.intersects(visible)
    };
    let shown = layer.geometry.items.iter().enumerate().filter(|(at, item)| is_shown(*at, item));
    let least = shown.map(|(_, item)| item.members.len() as u32).min()?;
    // The last class is that of clusters of several colors.
    let paint = layer.classes.last().map(|class| class.paint).unwrap_or_default();
    let sample = LegendSample::Symbol { shape: SymbolShape::Circle, size_px: cluster_diameter_px(least) * ink_scale, paint };
    Some(LegendRow::new(sample, "Number of events"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::test_data::cluster_layers;
    use crate::geodesy::Projected;

    #[test]
    fn only_a_cluster_in_view_has_a_row() {
        let layers = cluster_layers();
        let row = |plane_box: PlaneBox| cluster_row(&layers, &plane_box, 1.0).map(|row| row.label);
        let around = PlaneBox { min: Projected::new(0.0, 0.0), max: Projected::new(9e6, 9e6) };
        assert_eq!(row(around).as_deref(), Some("Number of events"));
        assert_eq!(row(PlaneBox { min: Projected::new(-9e6, -9e6), max: Projected::new(0.0, 0.0) }), None);
    }
}
