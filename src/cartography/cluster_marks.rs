//! What lies over clusters of events: their numbers, rings around those with something selected in them, and the events that a person points at.

use std::collections::HashSet;

use super::overlay::OverlayInput;
use super::{MapColors, seizure_diameter_px};
use crate::cartography::words::grouped;
use crate::model::{FeatureKind, FeatureRef, PlacePrecision};
use crate::scene::{
    FeatureState, FontFace, Paint, PlanePoint, PlaneView, Primitive, ScenePoint, ScreenSet, Stroke, TextAnchor, TextRun, WorldLayer,
    WorldLayerKind, WorldShape,
};

/// Height of a digit of the bundled fonts as a share of the em size.
const DIGIT_HEIGHT_EM: f32 = 0.727;
/// More selected events than this are not shown one by one above their clusters.
const MOST_SHOWN: usize = 24;

/// A cluster in view.
struct Cluster {
    place: PlanePoint,
    center: ScenePoint,
    size_px: f32,
    count: usize,
    state: FeatureState,
}

fn clusters<'a>(layers: &'a [WorldLayer], view: &'a PlaneView) -> impl Iterator<Item = Cluster> + use<'a> {
    let visible = view.plane_box(40.0);
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

/// Rings around clusters with selected events in them, and the symbols of hovered and of a few selected events that clusters hide.
pub(super) fn cluster_marks(set: &mut ScreenSet, input: &OverlayInput<'_>, ink_scale: f32) {
    let colors = MapColors::of(input.style.theme);
    for cluster in clusters(input.layers, input.view).filter(|cluster| cluster.state == FeatureState::Selected) {
        ring(set, cluster.center, cluster.size_px / 2.0, ink_scale, colors, None);
    }
    for feature in hidden_events(input) {
        let Some(event) = input.dataset.seizures.get(feature.at()) else { continue };
        let Some(position) = event.position.filter(|_| event.precision != Some(PlacePrecision::Country)) else { continue };
        let center = input.view.scene_from_projected(input.projection.project(position));
        let radius = seizure_diameter_px(event.mass_kg, input.style.size_by) / 2.0 * ink_scale;
        let paint = Paint { fill: Some(colors.accent.faded(0.35)), stroke: Some(Stroke::solid(colors.accent, 1.2 * ink_scale)) };
        set.push_feature("highlights", feature, Primitive::Disc { center, radius, paint });
    }
}

fn ring(set: &mut ScreenSet, center: ScenePoint, radius: f32, ink_scale: f32, colors: &MapColors, feature: Option<FeatureRef>) {
    let width = 2.2 * ink_scale;
    for (stroke_width, color) in [(width + 2.0, colors.casing), (width, colors.accent)] {
        let disc = Primitive::Disc { center, radius: radius + width + 1.5, paint: Paint::stroke(Stroke::solid(color, stroke_width)) };
        match feature {
            Some(feature) => set.push_feature("highlights", feature, disc),
            None => set.push("highlights", disc),
        }
    }
}

/// The hovered and a few selected events that have no symbol of their own, although events are shown.
fn hidden_events(input: &OverlayInput<'_>) -> Vec<FeatureRef> {
    let Some(layer) = input.layers.iter().find(|layer| layer.kind == WorldLayerKind::Seizures && !layer.geometry.members.is_empty()) else {
        return Vec::new();
    };
    let few = input.selection.iter().copied().filter(|_| input.selection.len() <= MOST_SHOWN);
    let mut wanted: Vec<FeatureRef> = few.chain(input.hovered).filter(|feature| feature.kind == FeatureKind::Seizure).collect();
    wanted.sort_unstable();
    wanted.dedup();
    if !wanted.is_empty() {
        let alone: HashSet<FeatureRef> =
            layer.geometry.items.iter().filter_map(|item| item.feature).filter(|feature| wanted.binary_search(feature).is_ok()).collect();
        wanted.retain(|feature| !alone.contains(feature));
    }
    wanted
}

/// The number of events on each cluster. A pale cluster below one that matches is silent.
pub(super) fn cluster_counts(set: &mut ScreenSet, input: &OverlayInput<'_>, label_px: f32) {
    let colors = MapColors::of(input.style.theme);
    let shown: Vec<Cluster> = clusters(input.layers, input.view).collect();
    let lit: HashSet<PlanePoint> =
        shown.iter().filter(|cluster| cluster.state != FeatureState::Dimmed).map(|cluster| cluster.place).collect();
    for cluster in shown {
        let pale = cluster.state == FeatureState::Dimmed;
        if pale && lit.contains(&cluster.place) {
            continue;
        }
        set.push(
            "counts",
            Primitive::Text(TextRun {
                text: grouped(cluster.count as f64),
                face: FontFace::SemiBold,
                size: label_px,
                letter_spacing: 0.0,
                color: if pale { colors.muted_ink.faded(0.55) } else { colors.ink },
                halo: None,
                position: ScenePoint::new(cluster.center.x, cluster.center.y + label_px * DIGIT_HEIGHT_EM / 2.0),
                anchor: TextAnchor::Middle,
                angle_deg: 0.0,
            }),
        );
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::analysis::Links;
    use crate::cartography::test_data::{cluster_dataset, cluster_layers};
    use crate::cartography::{Emphasis, MapStyle, MapView, overlay, with_states};
    use crate::geodesy::{Extent, MapProjection};
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
    fn a_selected_or_hovered_event_shows_above_its_cluster() {
        let highlights = |shown: Vec<(&str, Option<String>)>| shown.iter().filter(|(role, _)| *role == "highlights").count();
        assert_eq!(highlights(shown(true, &[], Some(2))), 3, "a symbol and a ring of two strokes");
        assert_eq!(highlights(shown(true, &[1, 2], None)), 8, "two of them and the ring around the cluster");
    }
}
