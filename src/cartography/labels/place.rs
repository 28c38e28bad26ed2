//! The placing itself: what depends on what, in which order, and which place of a name is taken.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::candidates::{Candidate, Level, Name, Surroundings, names};
use super::draw::{self, Placed};
use super::ink::Ink;
use super::room::{Bounds, BoxGrid, Room, Taken};
use super::{LabelKind, LabelPlace, MapLabel};
use crate::cartography::MapColors;
use crate::scene::{FeatureState, PlaneView, SceneRect, ScreenSet, WorldLayer, WorldLayerKind, WorldShape};

/// The map that is named.
#[derive(Clone, Copy, Debug)]
pub(in crate::cartography) struct LabelPage<'a> {
    /// Where the plane lies on the page.
    pub view: &'a PlaneView,
    /// Colors of names.
    pub colors: &'a MapColors,
    /// The data layers: names keep clear of port symbols and, where they can, of lines and events.
    pub layers: &'a [WorldLayer],
    /// Parts of the page that no name covers.
    pub reserved: &'a [SceneRect],
    /// A page that will not be panned: names that its edge cuts move inside where they can.
    pub is_still: bool,
}

/// Names that belong farther than this outside the view are not looked at: no name reaches so far, nor does a row of names that make way
/// for one another.
const AROUND_PX: f64 = 900.0;
/// Ports that so many records name come before the countries.
const LEADING_PORT_USES: f64 = 4.0;
/// What it costs to cover what is drawn, for a box that is drawn on all over.
const INK_COST: f32 = 7.0;
/// What it costs a port to take the best place of a country's name.
const COUNTRY_COST: f32 = 1.2;

/// Which names get room first: what is selected, leading ports, countries, seas, other ports, towns, corridors, pale ports.
fn precedence(label: &MapLabel) -> u8 {
    match label.kind {
        LabelKind::Selected => 0,
        // What does not match the filter gives way to all that does.
        LabelKind::Port if label.dimmed => 7,
        LabelKind::Port if label.weight >= LEADING_PORT_USES => 1,
        LabelKind::Country => 2,
        LabelKind::Sea => 3,
        LabelKind::Port => 4,
        LabelKind::Town => 5,
        LabelKind::Corridor => 6,
    }
}

/// The order of choice; it does not depend on the order in which labels come.
fn by_importance(a: &Name<'_>, b: &Name<'_>) -> Ordering {
    let place = |name: &Name<'_>| name.reach;
    precedence(a.label)
        .cmp(&precedence(b.label))
        .then(b.label.weight.total_cmp(&a.label.weight))
        .then_with(|| a.label.text.cmp(&b.label.text))
        .then(a.number.unsigned_abs().cmp(&b.number.unsigned_abs()))
        .then(a.number.cmp(&b.number))
        .then(place(a).left.total_cmp(&place(b).left))
        .then(place(a).top.total_cmp(&place(b).top))
}

/// Places the names that find room and adds them to `set`.
pub(in crate::cartography) fn place_labels(set: &mut ScreenSet, labels: &[MapLabel], page: &LabelPage<'_>) {
    let level = Level::of(page.view.resolution_m_per_px);
    let seen = seen(page.view, level);
    let around = seen.grown(AROUND_PX);
    let ink = Ink::new(page.layers, &around, level.resolution);
    let symbols = symbols(page.layers, &around, level);
    let mut all = Vec::new();
    for label in labels {
        names(label, &Surroundings { level, around, window: None, ink: &ink }, &mut all);
    }
    let mut map = Map { ink: &ink, symbols: &symbols, country_places: BoxGrid::default(), taken: Taken::default() };
    map.keep_for_countries(&all);
    let mut wanted = needed(all, &seen);
    wanted.retain(|name| !map.is_hidden(name));
    let chosen: Vec<Option<Candidate>> = wanted.iter().map(|name| map.choose(name, &|_| true)).collect();
    let mut placed: Vec<Placed<'_>> = Vec::new();
    let mut left_out = Vec::new();
    for (name, candidate) in wanted.iter().zip(chosen) {
        match candidate.and_then(|candidate| Placed::new(name, candidate, page)) {
            Some(visible) => placed.push(visible),
            None => left_out.push(name.label),
        }
    }
    let refilled = if page.is_still { fill_edges(&left_out, &placed, page, &mut map, (level, seen)) } else { Vec::new() };
    draw::draw(set, placed.iter().chain(refilled.iter()), page.colors);
}

/// The view on the level.
fn seen(view: &PlaneView, level: Level) -> Bounds {
    let share = view.resolution_m_per_px / level.resolution;
    let center = level.spot(view.center);
    Bounds::around(center, f64::from(view.frame.width) / 2.0 * share, f64::from(view.frame.height) / 2.0 * share)
}

/// Boxes around the symbols of ports and around clusters of events, whose numbers are read: no name covers them. Marks of single events are
/// translucent and may be written on.
fn symbols(layers: &[WorldLayer], around: &Bounds, level: Level) -> BoxGrid {
    let mut grid = BoxGrid::default();
    for layer in layers.iter().filter(|layer| matches!(layer.kind, WorldLayerKind::Ports | WorldLayerKind::Seizures)) {
        for (index, item) in layer.geometry.items.iter().enumerate() {
            let is_lit_cluster = item.feature.is_none() && layer.state(index) != FeatureState::Dimmed;
            if layer.kind == WorldLayerKind::Seizures && !is_lit_cluster {
                continue;
            }
            let WorldShape::Symbol { size_px, .. } = item.shape else { continue };
            let Some(at) = layer.geometry.parts_of(item).next().and_then(|part| part.first()) else { continue };
            let spot = level.spot(at.projected());
            if around.contains(spot) {
                grid.add(Bounds::around(spot, f64::from(size_px) / 2.0, f64::from(size_px) / 2.0));
            }
        }
    }
    grid
}

/// The names that may be seen and all that come before them and may take their room, in the order of choice.
fn needed<'a>(mut all: Vec<Name<'a>>, seen: &Bounds) -> Vec<Name<'a>> {
    all.sort_by(by_importance);
    let mut reaches = BoxGrid::default();
    for name in &all {
        reaches.add(name.reach.grown(4.0));
    }
    let mut needed = vec![false; all.len()];
    let mut waiting: Vec<usize> = (0..all.len()).filter(|index| all[*index].reach.meets(seen)).collect();
    while let Some(index) = waiting.pop() {
        if std::mem::replace(&mut needed[index], true) {
            continue;
        }
        let reach = all[index].reach;
        waiting.extend(reaches.meeting(&reach).map(|(other, _)| other).filter(|other| *other < index && !needed[*other]));
    }
    let mut keep = needed.into_iter();
    all.retain(|_| keep.next().unwrap_or(false));
    all
}

/// What names have to respect.
struct Map<'a> {
    ink: &'a Ink,
    symbols: &'a BoxGrid,
    country_places: BoxGrid,
    taken: Taken,
}

impl Map<'_> {
    /// Remembers the best place of each country's name, which ports leave free where they can.
    fn keep_for_countries(&mut self, names: &[Name<'_>]) {
        for name in names.iter().filter(|name| name.label.kind == LabelKind::Country) {
            let cost = |candidate: &&Candidate| self.ink_cost(&candidate.room) + candidate.cost;
            if let Some(best) = name.candidates.iter().min_by(|a, b| cost(a).total_cmp(&cost(b))) {
                self.country_places.add(best.room.bounds());
            }
        }
    }

    /// Whether the dot of a town would lie under the symbol of a port, which is named itself.
    fn is_hidden(&self, name: &Name<'_>) -> bool {
        let (LabelKind::Town, Some(at)) = (name.label.kind, name.point) else { return false };
        self.symbols.meeting(&Bounds::around(at, 2.5, 2.5)).next().is_some()
    }

    fn ink_cost(&self, room: &Room) -> f32 {
        let boxes = room.boxes();
        INK_COST * boxes.iter().map(|bounds| self.ink.share(bounds)).sum::<f32>() / boxes.len().max(1) as f32
    }

    fn cost(&self, name: &Name<'_>, candidate: &Candidate) -> f32 {
        let is_port = matches!(name.label.kind, LabelKind::Port | LabelKind::Selected) && name.point.is_some();
        let in_the_way = is_port && self.country_places.meeting(&candidate.room.bounds()).next().is_some();
        candidate.cost + self.ink_cost(&candidate.room) + if in_the_way { COUNTRY_COST } else { 0.0 }
    }

    fn is_free(&self, name: &Name<'_>, candidate: &Candidate) -> bool {
        // A name may come near to its own symbol, and to others at the same place.
        let own = |symbol: &Bounds| name.point.is_some_and(|at| symbol.contains(at));
        self.taken.is_free(&candidate.room)
            && candidate.room.boxes().iter().all(|bounds| {
                let text = bounds.grown(0.5);
                self.symbols.meeting(&text).all(|(_, symbol)| own(symbol))
            })
            && candidate.leader.is_none_or(|leader| {
                let (start, end) = leader;
                let around = Bounds::EMPTY.including(start).including(end).grown(1.0);
                self.taken.is_clear(leader) && self.symbols.meeting(&around).all(|(_, symbol)| own(symbol) || !symbol.is_crossed(leader))
            })
    }

    /// Takes the best place that is free and that `suits`.
    fn choose(&mut self, name: &Name<'_>, suits: &dyn Fn(&Candidate) -> bool) -> Option<Candidate> {
        let mut by_cost: Vec<(f32, &Candidate)> = name.candidates.iter().map(|candidate| (self.cost(name, candidate), candidate)).collect();
        by_cost.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (_, best) = by_cost.into_iter().find(|(_, candidate)| self.is_free(name, candidate) && suits(candidate))?;
        self.taken.take(&best.room, best.leader);
        Some(best.clone())
    }
}

/// On a page that will not be panned: names that the edge cuts, or that found their room taken by such a name, get another place inside.
fn fill_edges<'a>(
    left_out: &[&'a MapLabel],
    placed: &[Placed<'a>],
    page: &LabelPage<'_>,
    map: &mut Map<'_>,
    (level, seen): (Level, Bounds),
) -> Vec<Placed<'a>> {
    map.taken = Taken::default();
    for name in placed {
        map.taken.take(&name.candidate.room, name.candidate.leader);
    }
    // A name along a line takes part once for each stretch: as one label it is asked for once.
    let once: BTreeMap<*const MapLabel, &'a MapLabel> = left_out.iter().map(|label| (std::ptr::from_ref(*label), *label)).collect();
    let mut again = Vec::new();
    for label in once.into_values().filter(|label| !matches!(label.place, LabelPlace::Line(_))) {
        names(label, &Surroundings { level, around: seen, window: Some(seen), ink: map.ink }, &mut again);
    }
    again.retain(|name| !map.is_hidden(name));
    again.sort_by(by_importance);
    let mut found = Vec::new();
    for name in &again {
        let visible = |candidate: &Candidate| Placed::new(name, candidate.clone(), page).is_some();
        if let Some(candidate) = map.choose(name, &visible) {
            found.extend(Placed::new(name, candidate, page));
        }
    }
    found
}
