//! Legend rows for events that are drawn together.

use super::data::{CLUSTER_CLASSES, cluster_class};
use super::legend::{LegendRow, LegendSample};
use super::words::grouped;
use crate::scene::{FeatureState, PlaneBox, SymbolShape, WorldItem, WorldLayer, WorldLayerKind};

/// Fewest events of a cluster, as the first row says.
const LEAST_EVENTS: u32 = 4;

/// A row for each size of cluster in view, the smallest first.
pub(super) fn cluster_rows(layers: &[WorldLayer], visible: &PlaneBox, ink_scale: f32) -> Vec<LegendRow> {
    let Some(layer) = layers.iter().find(|layer| layer.kind == WorldLayerKind::Seizures) else { return Vec::new() };
    let mut seen = [false; CLUSTER_CLASSES.len()];
    let is_shown = |at: usize, item: &WorldItem| {
        item.feature.is_none() && layer.state(at) != FeatureState::Dimmed && item.plane_box.intersects(visible)
    };
    for (_, item) in layer.geometry.items.iter().enumerate().filter(|(at, item)| is_shown(*at, item)) {
        seen[cluster_class(item.members.len() as u32)] = true;
    }
    // The last class is that of clusters of several colors.
    let paint = layer.classes.last().map(|class| class.paint).unwrap_or_default();
    let row = |(class, _): (usize, bool)| {
        let sample = LegendSample::Symbol { shape: SymbolShape::Circle, size_px: CLUSTER_CLASSES[class].1 * ink_scale, paint };
        LegendRow::new(sample, class_label(class))
    };
    seen.into_iter().enumerate().filter(|(_, seen)| *seen).map(row).collect()
}

/// Whether a row is one of these.
pub(super) fn is_cluster_row(row: &LegendRow) -> bool {
    matches!(row.sample, LegendSample::Symbol { .. }) && row.label.ends_with(" events")
}

fn class_label(class: usize) -> String {
    let number = |count: u32| grouped(f64::from(count));
    let least = number(CLUSTER_CLASSES[class].0.max(LEAST_EVENTS));
    CLUSTER_CLASSES
        .get(class + 1)
        .map_or_else(|| format!("From {least} events"), |(next, _)| format!("{least}–{} events", number(next - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::test_data::cluster_layers;
    use crate::geodesy::Projected;

    #[test]
    fn classes_are_named_by_their_bounds() {
        assert_eq!(
            [0, 1, 3, 5].map(class_label),
            ["4–9 events", "10–99 events", "1\u{2009}000–9\u{2009}999 events", "From 100\u{2009}000 events"]
        );
    }

    #[test]
    fn the_rows_are_known_by_their_words() {
        let paint = crate::scene::Paint::default();
        let sample = LegendSample::Symbol { shape: SymbolShape::Circle, size_px: 9.0, paint };
        assert!((0..CLUSTER_CLASSES.len()).all(|class| is_cluster_row(&LegendRow::new(sample, class_label(class)))));
        let line = LegendSample::Line(crate::scene::Stroke::solid(crate::scene::Color::hex(0), 1.0));
        assert!(!is_cluster_row(&LegendRow::new(line, "2–3 events")), "the width of a corridor");
    }

    #[test]
    fn only_sizes_in_view_have_a_row() {
        let layers = cluster_layers();
        let rows = |plane_box: PlaneBox| cluster_rows(&layers, &plane_box, 1.0).len();
        assert_eq!(rows(PlaneBox { min: Projected::new(0.0, 0.0), max: Projected::new(9e6, 9e6) }), 1);
        assert_eq!(rows(PlaneBox { min: Projected::new(-9e6, -9e6), max: Projected::new(0.0, 0.0) }), 0);
    }
}
