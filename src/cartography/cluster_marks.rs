//! What lies over clusters of events: their numbers, and rings around those with something selected in them.

use super::MapColors;
use super::overlay::OverlayInput;
use crate::cartography::words::grouped;
use crate::geodesy::Projected;
use crate::scene::{
    FeatureState, FontFace, Paint, PlanePoint, PlaneView, Primitive, ScenePoint, ScreenSet, Stroke, TextAnchor, TextRun, WorldLayer,
    WorldLayerKind, WorldShape,
};

/// Height of a digit of the bundled fonts as a share of the em size.
const DIGIT_HEIGHT_EM: f32 = 0.727;

/// A symbol reaches at most so far into a view, in CSS pixels.
const LARGEST_PX: f32 = 60.0;
/// Names so far outside a view decide about those in it, in CSS pixels.
const NAMES_PX: f32 = 460.0;

/// A cluster in view.
struct Cluster {
    place: PlanePoint,
    center: ScenePoint,
    size_px: f32,
    count: usize,
    state: FeatureState,
}

/// The clusters in a view and so many pixels around it.
fn clusters<'a>(layers: &'a [WorldLayer], view: &'a PlaneView, margin_px: f32) -> impl Iterator<Item = Cluster> + use<'a> {
    let visible = view.plane_box(margin_px);
    let events = layers.iter().filter(|layer| layer.kind == WorldLayerKind::Seizures);
    events.flat_map(move |layer| {
        let many = layer.geometry.items.iter().enumerate().filter(|(_, item)| item.feature.is_none() && !item.members.is_empty());
        many.filter(move |(_, item)| item.plane_box.intersects(&visible)).filter_map(move |(at, item)| {
            let WorldShape::Symbol { size_px, .. } = item.shape else { return None };
            let place = *layer.geometry.parts_of(item).next()?.first()?;
            let center = view.scene_from_projected(place.projected());
            Some(Cluster { place, center, size_px, count: item.members.len(), state: layer.state(at) })
        })
    })
}

/// Rings around clusters with selected events in them.
pub(super) fn cluster_marks(set: &mut ScreenSet, input: &OverlayInput<'_>, ink_scale: f32) {
    let colors = MapColors::of(input.style.theme);
    let width = 2.2 * ink_scale;
    for cluster in clusters(input.layers, input.view, LARGEST_PX).filter(|cluster| cluster.state == FeatureState::Selected) {
        let radius = cluster.size_px / 2.0 + width + 1.5;
        for (stroke_width, color) in [(width + 2.0, colors.casing), (width, colors.accent)] {
            let paint = Paint::stroke(Stroke::solid(color, stroke_width));
            set.push("highlights", Primitive::Disc { center: cluster.center, radius, paint });
        }
    }
}

/// The number of events on each cluster. A pale cluster is silent where something that matches lies on it.
pub(super) fn cluster_counts(set: &mut ScreenSet, input: &OverlayInput<'_>, label_px: f32) {
    let colors = MapColors::of(input.style.theme);
    let shown: Vec<Cluster> = clusters(input.layers, input.view, LARGEST_PX).collect();
    let lit = if shown.iter().any(|cluster| cluster.state == FeatureState::Dimmed) { lit_places(input) } else { Vec::new() };
    let is_covered = |cluster: &Cluster| {
        let reach = cluster.size_px / 2.0;
        let first = lit.partition_point(|place| place.x < cluster.center.x - reach);
        let near = lit[first..].iter().take_while(|place| place.x <= cluster.center.x + reach);
        near.into_iter().any(|place| (place.x - cluster.center.x).hypot(place.y - cluster.center.y) <= reach)
    };
    for cluster in shown {
        let pale = cluster.state == FeatureState::Dimmed;
        if pale && is_covered(&cluster) {
            continue;
        }
        set.push(
            "counts",
            Primitive::Text(TextRun {
                text: grouped(cluster.count as f64),
                face: FontFace::SemiBold,
                size: label_px,
                letter_spacing: 0.0,
                color: if pale { colors.muted_ink.faded(0.38) } else { colors.ink },
                halo: None,
                position: ScenePoint::new(cluster.center.x, cluster.center.y + label_px * DIGIT_HEIGHT_EM / 2.0),
                anchor: TextAnchor::Middle,
                angle_deg: 0.0,
            }),
        );
    }
}

/// Where in view events and clusters lie that are not pale, from west to east.
fn lit_places(input: &OverlayInput<'_>) -> Vec<ScenePoint> {
    let visible = input.view.plane_box(LARGEST_PX);
    let events = input.layers.iter().filter(|layer| layer.kind == WorldLayerKind::Seizures);
    let items = events.flat_map(|layer| layer.geometry.items.iter().enumerate().map(move |(at, item)| (layer.state(at), item)));
    let lit = items.filter(|(state, item)| *state != FeatureState::Dimmed && item.plane_box.intersects(&visible));
    let mut places: Vec<ScenePoint> = lit.map(|(_, item)| input.view.scene_from_projected(item.plane_box.min)).collect();
    places.sort_by(|a, b| a.x.total_cmp(&b.x));
    places
}

/// The discs of clusters that are not pale, near a view: names of points stand beside them.
pub(super) fn cluster_discs(input: &OverlayInput<'_>) -> Vec<ClusterDisc> {
    let lit = clusters(input.layers, input.view, NAMES_PX).filter(|cluster| cluster.state != FeatureState::Dimmed);
    lit.map(|cluster| ClusterDisc { center: cluster.place.projected(), radius_px: cluster.size_px / 2.0 }).collect()
}

/// Where the disc of a cluster lies.
pub(super) struct ClusterDisc {
    center: Projected,
    radius_px: f32,
}

/// How far the name of a point must stay from it, so that it stands beside the cluster that covers the point at this resolution; 0 where none
/// does.
pub(super) fn cluster_clearance_px(discs: &[ClusterDisc], at: Projected, resolution_m_per_px: f64) -> f32 {
    let away_px = |disc: &ClusterDisc| ((disc.center.x_m - at.x_m).hypot(disc.center.y_m - at.y_m) / resolution_m_per_px) as f32;
    let covering = discs.iter().map(|disc| (away_px(disc), disc.radius_px)).filter(|(away, radius)| away <= radius);
    covering.map(|(away, radius)| away + radius).fold(0.0, f32::max)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::analysis::Links;
    use crate::cartography::test_data::{cluster_dataset, cluster_layers};
    use crate::cartography::{Emphasis, MapStyle, MapView, overlay, with_states};
    use crate::geodesy::{Extent, MapProjection};
    use crate::model::{FeatureKind, FeatureRef};
    use crate::scene::SceneRect;

    /// The texts and roles of an overlay over one cluster of six events.
    fn shown(passes: bool, selected: &[u32], hovered: Option<u32>) -> Vec<(&'static str, Option<String>)> {
        let dataset = cluster_dataset();
        let links = Links::new(&dataset);
        let projection = MapProjection::default();
        let event = |index: &u32| FeatureRef::new(FeatureKind::Seizure, *index);
        let selection: BTreeSet<FeatureRef> = selected.iter().map(event).collect();
        let linked = BTreeSet::new();
        let emphasis = Emphasis { passes: &|_| passes, selection: &selection, linked: &linked, hovered: None };
        let layers = with_states(&cluster_layers(), &emphasis);
        let frame = SceneRect::new(0.0, 0.0, 800.0, 600.0);
        let view = MapView::fitting_extent(projection, Extent::new(12.0, 34.5, 31.0, 47.5), 800.0, 600.0, 0.0).on(frame);
        let input = OverlayInput {
            dataset: &dataset,
            links: &links,
            layers: &layers,
            view: &view,
            projection,
            style: &MapStyle::default(),
            selection: &selection,
            hovered: hovered.as_ref().map(event),
            labels: None,
            index: None,
        };
        let set = overlay(&input, 0.0);
        let text = |primitive: &Primitive| if let Primitive::Text(run) = primitive { Some(run.text.clone()) } else { None };
        set.items.iter().map(|item| (item.role, text(&item.primitive))).collect()
    }

    #[test]
    fn a_cluster_says_how_many_events_it_stands_for() {
        assert_eq!(shown(true, &[], None), [("counts", Some("6".to_owned()))]);
        assert_eq!(shown(false, &[], None), [("counts", Some("6".to_owned()))], "pale with its total");
    }

    #[test]
    fn a_name_keeps_clear_of_the_cluster_over_its_place() {
        let discs = [ClusterDisc { center: Projected::new(1_000.0, 0.0), radius_px: 10.0 }];
        assert_eq!(cluster_clearance_px(&discs, Projected::new(1_000.0, 0.0), 100.0), 10.0);
        assert_eq!(cluster_clearance_px(&discs, Projected::new(1_300.0, 400.0), 100.0), 15.0);
        assert_eq!(cluster_clearance_px(&discs, Projected::new(2_100.0, 0.0), 100.0), 0.0);
    }

    #[test]
    fn a_selected_or_hovered_event_shows_above_its_cluster() {
        let highlights = |shown: Vec<(&str, Option<String>)>| shown.iter().filter(|(role, _)| *role == "highlights").count();
        assert_eq!(highlights(shown(true, &[], Some(2))), 2, "a ring of two strokes at its place");
        assert_eq!(highlights(shown(true, &[1, 2], None)), 6, "two of them and the ring around the cluster");
    }
}
