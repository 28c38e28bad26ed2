//! What lies over the world set and is composed anew for a view: arrowheads, outlines of what is selected or hovered, names.

use std::collections::BTreeSet;

use super::labels::{LabelKind, MapLabel, place_labels};
use super::marks::{FeatureIndex, marks, symbol_at};
use super::{MapColors, MapStyle, PlacedLabels, arrows};
use crate::analysis::{Links, Relation};
use crate::cartography::classes::{country_only, port_diameter_px};
use crate::geodesy::MapProjection;
use crate::model::{Dataset, FeatureKind, FeatureRef};
use crate::scene::{FeatureState, PlaneView, SceneRect, ScreenSet, WorldLayer, WorldLayerKind};

/// What the overlay is made from.
#[derive(Clone, Copy, Debug)]
pub struct OverlayInput<'a> {
    /// The records.
    pub dataset: &'a Dataset,
    /// Their links.
    pub links: &'a Links,
    /// The data layers with their states.
    pub layers: &'a [WorldLayer],
    /// Where the plane lies on the page.
    pub view: &'a PlaneView,
    /// The projection of the layers.
    pub projection: MapProjection,
    /// What is shown and how.
    pub style: &'a MapStyle,
    /// The selected records.
    pub selection: &'a BTreeSet<FeatureRef>,
    /// The record under the pointer.
    pub hovered: Option<FeatureRef>,
    /// Names of the basemap; `None` while they are not ready.
    pub labels: Option<&'a PlacedLabels>,
    /// Which items stand for a record; found out when it is not given.
    pub index: Option<&'a FeatureIndex>,
}

/// How large the overlay is drawn and what it keeps free.
#[derive(Clone, Copy, Debug)]
pub(super) struct OverlayScale<'a> {
    /// Em size of port names in CSS pixels; other names follow.
    pub(super) label_px: f32,
    /// How much larger lines and symbols are than on the screen.
    pub(super) ink_scale: f32,
    /// Parts of the map body that no name may cover, such as the box of the scale bar.
    pub(super) reserved: &'a [SceneRect],
}

/// More selected events than this stay without a name.
const MAX_NAMED_SELECTION: usize = 24;
/// Points farther than this from the map body cannot have a name in it, in CSS pixels.
const NEAR_PX: f32 = 400.0;
/// Em size of port names on the screen in CSS pixels.
const SCREEN_LABEL_PX: f32 = 11.5;

/// Arrowheads, highlights and names for a view on the screen, in drawing order. The canvas is the frame of the view without a margin of
/// `margin_px` CSS pixels on every side, in which things are composed that a pan brings into sight.
pub fn overlay(input: &OverlayInput<'_>, margin_px: f32) -> ScreenSet {
    // The scale bar and the zoom buttons of the window.
    let frame = input.view.frame.grown(-margin_px);
    let mut reserved = vec![
        SceneRect::new(frame.x, frame.bottom() - 38.0, 116.0, 38.0),
        SceneRect::new(frame.right() - 52.0, frame.bottom() - 112.0, 52.0, 112.0),
    ];
    let shown = PlaneView { frame, ..*input.view };
    reserved.extend(super::screen_inset(&shown, input.projection, input.style).map(|(place, _)| place.grown(4.0)));
    scaled_overlay(input, &OverlayScale { label_px: SCREEN_LABEL_PX, ink_scale: 1.0, reserved: &reserved })
}

/// Like [`overlay`] for a page of any size.
pub(super) fn scaled_overlay(input: &OverlayInput<'_>, scale: &OverlayScale<'_>) -> ScreenSet {
    let mut set = ScreenSet::default();
    let colors = MapColors::of(input.style.theme);
    arrows::arrowheads(&mut set, input.layers, input.view, scale.ink_scale);
    highlights(&mut set, input, scale.ink_scale);
    let mut labels = data_labels(input, scale);
    if let Some(placed) = input.labels {
        let named: BTreeSet<String> = labels.iter().map(|label| label.text.clone()).collect();
        // A town that is also a port of the atlas is named once.
        let names = placed.for_view(input.projection, input.style, input.view, scale.label_px);
        labels.extend(names.into_iter().filter(|label| label.kind != LabelKind::Town || !named.contains(&label.text)));
    }
    place_labels(&mut set, &labels, &symbol_boxes(input), scale.reserved, input.view, colors);
    set
}

/// The name of the hovered record beside its symbol, for a map whose other names stay where they are.
pub fn hovered_name(input: &OverlayInput<'_>) -> ScreenSet {
    let mut set = ScreenSet::default();
    let Some(feature) = input.hovered else { return set };
    let record = match feature.kind {
        FeatureKind::Port => input.dataset.ports.get(feature.at()).and_then(|port| {
            let clearance_px = if country_only(port) { 7.5 } else { port_diameter_px(port_uses(input.links, feature)) / 2.0 + 0.6 };
            Some((port.position?, shortened(port.name.as_deref()?), clearance_px))
        }),
        FeatureKind::Seizure => input.dataset.seizures.get(feature.at()).and_then(|event| {
            let place = shortened(event.place.as_deref()?);
            let text = event.event_date.map_or_else(|| place.clone(), |date| format!("{place}, {}", date.for_people()));
            Some((event.position?, text, super::mass_diameter_px(event.mass_kg) / 2.0 + 4.0))
        }),
        _ => None,
    };
    let Some((position, text, clearance_px)) = record else { return set };
    let label = MapLabel {
        text,
        kind: LabelKind::Selected,
        at: input.projection.project(position),
        weight: 0.0,
        size_px: SCREEN_LABEL_PX,
        clearance_px,
        angle_deg: 0.0,
        feature: Some(feature),
        dimmed: false,
    };
    place_labels(&mut set, &[label], &[], &[], input.view, MapColors::of(input.style.theme));
    set
}

/// How many corridors and seizures name a port.
fn port_uses(links: &Links, port: FeatureRef) -> usize {
    let calls = [Relation::OriginOf, Relation::ViaOf, Relation::DestinationOf];
    let users: BTreeSet<FeatureRef> = calls.into_iter().flat_map(|relation| links.related_by(port, relation)).collect();
    users.len()
}

fn is_marked(input: &OverlayInput<'_>, feature: FeatureRef) -> bool {
    input.selection.contains(&feature) || input.hovered == Some(feature)
}

/// Boxes around the port symbols in view: names do not cover them. Seizure circles are translucent and may be written on.
fn symbol_boxes(input: &OverlayInput<'_>) -> Vec<SceneRect> {
    let visible = input.view.plane_box(0.0);
    let ports = input.layers.iter().filter(|layer| matches!(layer.kind, WorldLayerKind::Ports | WorldLayerKind::Changes));
    ports
        .flat_map(|layer| layer.geometry.items.iter().map(move |item| (layer, item)))
        .filter(|(_, item)| item.plane_box.intersects(&visible))
        .filter_map(|(layer, item)| symbol_at(layer, item, input.view))
        .map(|(center, size)| SceneRect::new(center.x - size / 2.0, center.y - size / 2.0, size, size))
        .collect()
}

/// Outlines what is selected or hovered.
fn highlights(set: &mut ScreenSet, input: &OverlayInput<'_>, ink_scale: f32) {
    let hovered = input.hovered.filter(|hovered| !input.selection.contains(hovered));
    if input.selection.is_empty() && hovered.is_none() {
        return;
    }
    let made;
    let index = match input.index {
        Some(index) => index,
        None => {
            made = FeatureIndex::new(input.layers, &FeatureIndex::default());
            &made
        }
    };
    marks(set, input, index, input.selection.iter().copied().chain(hovered), ink_scale);
}

fn data_labels(input: &OverlayInput<'_>, scale: &OverlayScale<'_>) -> Vec<MapLabel> {
    let mut labels = Vec::new();
    let state = states_of(input.layers);
    let around = input.view.frame.grown(NEAR_PX);
    for (index, port) in input.dataset.ports.iter().enumerate() {
        let feature = FeatureRef::new(FeatureKind::Port, u32::try_from(index).unwrap_or(u32::MAX));
        let marked = is_marked(input, feature);
        let shown = input.style.layers.ports && input.style.layers.port_labels;
        let (Some(position), Some(name)) = (port.position, port.name.as_deref()) else { continue };
        if !shown && !marked {
            continue;
        }
        let at = input.projection.project(position);
        if !around.contains(input.view.scene_from_projected(at)) {
            continue;
        }
        let uses = port_uses(input.links, feature);
        let country = country_only(port);
        let name = shortened(name);
        labels.push(MapLabel {
            text: if country { country_text(&name) } else { name },
            kind: if marked { LabelKind::Selected } else { LabelKind::Port },
            at,
            weight: uses as f64 - if country { 2.5 } else { 0.0 },
            size_px: scale.label_px,
            clearance_px: if country { 7.5 } else { port_diameter_px(uses) / 2.0 + 0.6 } * scale.ink_scale,
            angle_deg: 0.0,
            feature: Some(feature),
            dimmed: state.contains(&feature),
        });
    }
    // A name for each of a few selected events helps; for hundreds it would hide the map.
    let selected = input.selection.iter().copied().filter(|_| input.selection.len() <= MAX_NAMED_SELECTION);
    for feature in selected.chain(input.hovered.filter(|hovered| !input.selection.contains(hovered))) {
        if let (FeatureKind::Seizure, Some(seizure)) = (feature.kind, input.dataset.seizures.get(feature.at()))
            && let (Some(position), Some(place)) = (seizure.position, seizure.place.as_deref())
        {
            labels.push(MapLabel {
                text: seizure.event_date.map_or_else(|| shortened(place), |date| format!("{}, {}", shortened(place), date.for_people())),
                kind: LabelKind::Selected,
                at: input.projection.project(position),
                weight: 0.0,
                size_px: scale.label_px,
                clearance_px: super::mass_diameter_px(seizure.mass_kg) / 2.0 * scale.ink_scale + 4.0,
                angle_deg: 0.0,
                feature: Some(feature),
                dimmed: false,
            });
        }
    }
    labels
}

/// A name as shown on the map: at most 60 characters.
fn shortened(name: &str) -> String {
    const MAX_CHARS: usize = 60;
    if name.chars().nth(MAX_CHARS).is_none() {
        return name.to_owned();
    }
    name.chars().take(MAX_CHARS - 1).chain(['…']).collect()
}

/// "Ecuador (port not stated)" and the like become "Ecuador (country only)".
fn country_text(name: &str) -> String {
    let country = name.split(['(', ',']).next().unwrap_or(name).trim();
    format!("{country} (country only)")
}

fn is_port(feature: FeatureRef) -> bool {
    feature.kind == FeatureKind::Port
}

/// The ports that are dimmed in any layer.
fn states_of(layers: &[WorldLayer]) -> BTreeSet<FeatureRef> {
    layers
        .iter()
        .flat_map(|layer| {
            layer
                .geometry
                .items
                .iter()
                .enumerate()
                .filter(|(index, item)| item.feature.is_some_and(is_port) && layer.state(*index) == FeatureState::Dimmed)
                .filter_map(|(_, item)| item.feature)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::test_data::small_dataset;
    use crate::cartography::{MapView, data_layers};
    use crate::geodesy::Extent;
    use crate::scene::Primitive;

    fn roles_and_texts(selection: &BTreeSet<FeatureRef>) -> (Vec<&'static str>, Vec<String>) {
        let dataset = small_dataset();
        let style = MapStyle::default();
        let projection = MapProjection::default();
        let layers = data_layers(&dataset, projection, &style, 1_000.0, 1.0);
        let frame = SceneRect::new(0.0, 0.0, 1000.0, 700.0);
        let view = MapView::fitting_extent(projection, Extent::new(-95.0, -40.0, 45.0, 60.0), frame.width, frame.height, 10.0).on(frame);
        let links = Links::new(&dataset);
        let input = OverlayInput {
            dataset: &dataset,
            links: &links,
            layers: &layers,
            view: &view,
            projection,
            style: &style,
            selection,
            hovered: None,
            labels: None,
            index: None,
        };
        let set = overlay(&input, 0.0);
        let mut roles: Vec<_> = set.items.iter().map(|item| item.role).collect();
        roles.dedup();
        let texts = set
            .items
            .iter()
            .filter_map(|item| if let Primitive::Text(run) = &item.primitive { Some(run.text.clone()) } else { None })
            .collect();
        (roles, texts)
    }

    #[test]
    fn country_level_places_say_so() {
        let (roles, texts) = roles_and_texts(&BTreeSet::new());
        assert_eq!(roles, ["arrowheads", "labels"]);
        assert!(texts.contains(&"Ecuador (country only)".to_owned()) && texts.contains(&"Bar".to_owned()), "{texts:?}");
    }

    #[test]
    fn a_selected_corridor_gets_its_casing() {
        let selection = BTreeSet::from([FeatureRef::new(FeatureKind::Route, 0)]);
        assert_eq!(roles_and_texts(&selection).0, ["arrowheads", "highlights", "labels"]);
    }
}
