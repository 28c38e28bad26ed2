//! What lies over the world set and is composed anew for a view: arrowheads, outlines of what is selected or hovered, names.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::cluster_marks::{ClusterDisc, cluster_clearance_px, cluster_counts, cluster_discs, cluster_marks};
use super::endonyms::local_name;
use super::labels::{LabelKind, LabelPage, LabelPlace, MapLabel, line_label, place_labels, placing_resolution};
use super::marks::{FeatureIndex, marks};
use super::{MapColors, MapStyle, PlacedLabels, arrows};
use crate::analysis::{Links, Relation};
use crate::cartography::classes::{country_only, port_diameter_px};
use crate::geodesy::{MapProjection, Projected};
use crate::model::{Dataset, FeatureKind, FeatureRef};
use crate::scene::{FeatureState, PlaneBox, PlaneView, SceneRect, ScreenSet, WorldLayer, WorldLayerKind};

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
    /// A page that will not be panned: see [`LabelPage::is_still`].
    pub(super) is_still: bool,
}

/// More selected events than this stay without a name.
const MAX_NAMED_SELECTION: usize = 24;
/// Points farther than this from the map body cannot have a name in it, nor take the room of one that has, in CSS pixels.
const NEAR_PX: f32 = 1_200.0;
/// Corridors are not named in files of more of them, unless they are marked.
const MAX_NAMED_CORRIDORS: usize = 500;
/// Corridors are named in views of at most this many plane metres a pixel: farther off they lie too near to one another.
const CORRIDOR_NAMES_M_PER_PX: f64 = 3_000.0;
/// A town nearer than this to a port of its name is that port's town, in plane metres.
const SAME_TOWN_M: f64 = 80_000.0;
/// Em size of port names on the screen in CSS pixels.
pub(super) const SCREEN_LABEL_PX: f32 = 11.5;

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
    scaled_overlay(input, &OverlayScale { label_px: SCREEN_LABEL_PX, ink_scale: 1.0, reserved: &reserved, is_still: false })
}

/// Like [`overlay`] for a page of any size.
pub(super) fn scaled_overlay(input: &OverlayInput<'_>, scale: &OverlayScale<'_>) -> ScreenSet {
    let mut set = ScreenSet::default();
    let colors = MapColors::of(input.style.theme);
    arrows::arrowheads(&mut set, input.layers, input.view, scale.ink_scale);
    highlights(&mut set, input, scale.ink_scale);
    cluster_marks(&mut set, input, scale.ink_scale);
    cluster_counts(&mut set, input, scale.label_px);
    let mut labels = data_labels(input, scale);
    if let Some(placed) = input.labels {
        let names = placed.for_resolution(input.projection, input.style, placing_resolution(input.view, scale.is_still), scale.label_px);
        // A town that is also a port of the atlas is named once.
        let ports: HashMap<Arc<str>, Projected> = labels.iter().filter_map(|label| Some((label.text.clone(), point_of(label)?))).collect();
        let is_port = |label: &MapLabel| {
            let same = ports.get(&label.text).zip(point_of(label)).map(|(a, b)| (a.x_m - b.x_m).hypot(a.y_m - b.y_m));
            label.kind == LabelKind::Town && same.is_some_and(|apart_m| apart_m < SAME_TOWN_M)
        };
        labels.extend(names.into_iter().filter(|label| !is_port(label)));
    }
    let page = LabelPage { view: input.view, colors, layers: input.layers, reserved: scale.reserved, is_still: scale.is_still };
    place_labels(&mut set, &labels, &page);
    set
}

/// The name of the hovered record beside its symbol, for a map whose other names stay where they are.
pub fn hovered_name(input: &OverlayInput<'_>) -> ScreenSet {
    let mut set = ScreenSet::default();
    // The same scale as on the screen; nothing else stands in the way.
    let scale = OverlayScale { label_px: SCREEN_LABEL_PX, ink_scale: 1.0, reserved: &[], is_still: false };
    let none = BTreeSet::new();
    let alone = OverlayInput { selection: &none, layers: &[], ..*input };
    let Some(hovered) = input.hovered else { return set };
    let labels = match hovered.kind {
        FeatureKind::Port => port_label(&alone, &scale, &none, &[], hovered).into_iter().collect(),
        FeatureKind::Seizure => event_labels(&alone, &scale),
        _ => Vec::new(),
    };
    let page = LabelPage { view: input.view, colors: MapColors::of(input.style.theme), layers: &[], reserved: &[], is_still: true };
    place_labels(&mut set, &labels, &page);
    set
}

fn point_of(label: &MapLabel) -> Option<Projected> {
    match &label.place {
        LabelPlace::Point { at, .. } => Some(*at),
        LabelPlace::Area(_) | LabelPlace::Curve { .. } | LabelPlace::Line(_) => None,
    }
}

/// How many corridors and seizures name a port.
fn port_uses(links: &Links, port: FeatureRef) -> usize {
    let calls = [Relation::OriginOf, Relation::ViaOf, Relation::DestinationOf];
    let mut users: Vec<FeatureRef> = calls.into_iter().flat_map(|relation| links.related_by(port, relation)).collect();
    users.sort_unstable();
    users.dedup();
    users.len()
}

fn is_marked(input: &OverlayInput<'_>, feature: FeatureRef) -> bool {
    input.selection.contains(&feature) || input.hovered == Some(feature)
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
    let dimmed = states_of(input.layers);
    let mut labels = port_labels(input, scale, &dimmed);
    labels.extend(event_labels(input, scale));
    labels.extend(corridor_labels(input, scale));
    labels
}

fn port_labels(input: &OverlayInput<'_>, scale: &OverlayScale<'_>, dimmed: &BTreeSet<FeatureRef>) -> Vec<MapLabel> {
    let ports = input.dataset.refs(FeatureKind::Port);
    let clusters = cluster_discs(input);
    ports.filter_map(|port| port_label(input, scale, dimmed, &clusters, port)).collect()
}

/// The name of one port, if it is shown and lies near enough.
fn port_label(
    input: &OverlayInput<'_>,
    scale: &OverlayScale<'_>,
    dimmed: &BTreeSet<FeatureRef>,
    clusters: &[ClusterDisc],
    feature: FeatureRef,
) -> Option<MapLabel> {
    let shown = input.style.layers.ports && input.style.layers.port_labels;
    let marked = is_marked(input, feature);
    let port = input.dataset.ports.get(feature.at()).filter(|_| shown || marked)?;
    let (position, name) = (port.position?, port.name.as_deref()?);
    let at = input.projection.project(position);
    if !PlaneBox::EMPTY.including(at).intersects(&input.view.plane_box(NEAR_PX)) {
        return None;
    }
    let uses = port_uses(input.links, feature);
    let country = country_only(port);
    let clearance = if country { 7.5 } else { port_diameter_px(uses) / 2.0 + 0.6 };
    let own_px = clearance * scale.ink_scale;
    let clearance_px = own_px.max(cluster_clearance_px(clusters, at, placing_resolution(input.view, scale.is_still)));
    Some(MapLabel {
        text: if country { country_text(&shortened(name)).into() } else { port_text(port.country.as_deref(), name) },
        kind: if marked { LabelKind::Selected } else { LabelKind::Port },
        place: LabelPlace::Point { at, clearance_px, may_lead: !country || marked },
        weight: uses as f64 - if country { 2.5 } else { 0.0 },
        size_px: scale.label_px,
        tint: None,
        feature: Some(feature),
        dimmed: dimmed.contains(&feature),
    })
}

/// A name for each of a few selected events helps; for hundreds it would hide the map.
fn event_labels(input: &OverlayInput<'_>, scale: &OverlayScale<'_>) -> Vec<MapLabel> {
    let selected = input.selection.iter().copied().filter(|_| input.selection.len() <= MAX_NAMED_SELECTION);
    let named = selected.chain(input.hovered.filter(|hovered| !input.selection.contains(hovered)));
    let label = |feature: FeatureRef| {
        let seizure = input.dataset.seizures.get(feature.at()).filter(|_| feature.kind == FeatureKind::Seizure)?;
        let (position, place) = (seizure.position?, seizure.place.as_deref()?);
        let text = seizure.event_date.map_or_else(|| shortened(place), |date| format!("{}, {}", shortened(place), date.for_people()));
        let clearance_px = super::mass_diameter_px(seizure.mass_kg) / 2.0 * scale.ink_scale + 4.0;
        Some(MapLabel {
            text: text.into(),
            kind: LabelKind::Selected,
            place: LabelPlace::Point { at: input.projection.project(position), clearance_px, may_lead: false },
            weight: 0.0,
            size_px: scale.label_px,
            tint: None,
            feature: Some(feature),
            dimmed: false,
        })
    };
    named.filter_map(label).collect()
}

/// Names of corridors along their lines; pale ones have none. In files of very many corridors only marked ones are named.
fn corridor_labels(input: &OverlayInput<'_>, scale: &OverlayScale<'_>) -> Vec<MapLabel> {
    let few = input.dataset.routes.len() <= MAX_NAMED_CORRIDORS;
    let shown = few && input.style.layers.corridor_labels && input.view.resolution_m_per_px <= CORRIDOR_NAMES_M_PER_PX;
    let visible = input.view.plane_box(NEAR_PX);
    let mut labels = Vec::new();
    for layer in input.layers.iter().filter(|layer| layer.kind == WorldLayerKind::Corridors) {
        for (index, item) in layer.geometry.items.iter().enumerate() {
            let Some(feature) = item.feature.filter(|feature| feature.kind == FeatureKind::Route) else { continue };
            let marked = is_marked(input, feature);
            if !(shown || marked) || !item.plane_box.intersects(&visible) || layer.state(index) == FeatureState::Dimmed {
                continue;
            }
            let Some(name) = input.dataset.routes.get(feature.at()).and_then(|route| route.name.as_deref()) else { continue };
            let tint = layer.paint_of(index).and_then(|class| class.paint.stroke).map(|stroke| stroke.color);
            for part in layer.geometry.parts_of(item) {
                let label = line_label(name, part, Some(feature), (tint, 0.0, scale.label_px));
                labels.push(MapLabel { kind: if marked { LabelKind::Selected } else { label.kind }, ..label });
            }
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

/// A port's name in local spelling and without what stands in brackets: "Kocaeli (İzmit)" is "Kocaeli" on the map.
fn port_text(country: Option<&str>, name: &str) -> Arc<str> {
    let plain = name.split_once(" (").map_or(name, |(before, _)| before.trim_end());
    let local = local_name(country, if plain.is_empty() { name } else { plain });
    if local.chars().count() > 40 { shortened(&local).into() } else { local }
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
        assert_eq!(roles, ["labels"]);
        assert!(texts.contains(&"Ecuador (country only)".to_owned()) && texts.contains(&"Bar".to_owned()), "{texts:?}");
    }

    #[test]
    fn a_selected_corridor_gets_its_casing() {
        let selection = BTreeSet::from([FeatureRef::new(FeatureKind::Route, 0)]);
        assert_eq!(roles_and_texts(&selection).0, ["highlights", "labels"]);
    }
}
