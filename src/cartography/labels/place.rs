//! The placing itself: what depends on what, in which order, and which place of a name is taken.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::candidates::{APART_EM, Candidate, Level, Name, Surroundings, names};
use super::draw::{self, Placed};
use super::ink::Ink;
use super::room::{Bounds, BoxGrid, Room, Segment, Spot, Taken};
use super::{LabelKind, LabelPlace, MapLabel, placing_resolution};
use crate::cartography::MapColors;
use crate::scene::{FeatureState, PlaneView, SceneRect, ScreenSet, SymbolShape, WorldLayer, WorldLayerKind, WorldShape};

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
/// The same for names along lines, which come last and make way for all others.
const LINES_AROUND_PX: f64 = 450.0;
/// Ports that so many records name come before the seas.
const LEADING_PORT_USES: f64 = 4.0;
/// Length of a plain and a long leader in em at most; long ones are for views of a coast.
const LEADER_EM: [f64; 2] = [3.3, 5.0];
/// Long leaders are drawn up to this many plane metres a pixel.
const LONG_LEADERS_M_PER_PX: f64 = 2_500.0;
/// The name of a sea is not read on more lines than this share of it.
const MOST_INK_ON_SEA: f32 = 0.3;
/// What it costs to cover what is drawn, for a box that is drawn on all over, and for the letters of a sea, which lie on lines anyway.
const INK_COST: f32 = 7.0;
const INK_COST_OF_SEAS: f32 = 4.0;
/// What it costs a name to take the best place of a country's name.
const COUNTRY_COST: f32 = 2.2;
/// What it costs a port to cover the dot of a town.
const TOWN_COST: f32 = 0.5;
/// What it costs a name to stand next to the symbol of another port, and how near that is in pixels.
const NEIGHBOR_COST: f32 = 0.5;
const NEIGHBOR_PX: f64 = 4.0;
/// A name with a leader keeps this far from the symbols of other ports, in pixels.
const LED_PX: f64 = 7.0;
/// A port with so many symbols around it has no leader: its end could not be told from theirs.
const CROWD: usize = 5;
/// How near they are counted, in pixels.
const CROWD_PX: f64 = 13.0;

/// Which names get room first: what is selected, countries, which have few places, leading ports, which have many, seas, other ports, countries
/// that are small at this scale, towns, corridors, pale ports.
fn precedence(label: &MapLabel) -> u8 {
    match label.kind {
        LabelKind::Selected => 0,
        // What does not match the filter gives way to all that does.
        LabelKind::Port if label.dimmed => 8,
        LabelKind::Country if matches!(&label.place, LabelPlace::Area(area) if !area.before_ports) => 5,
        LabelKind::Country => 1,
        LabelKind::Port if label.weight >= LEADING_PORT_USES => 2,
        LabelKind::Sea => 3,
        LabelKind::Port => 4,
        LabelKind::Town => 6,
        LabelKind::Corridor => 7,
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
    let level = Level { resolution: placing_resolution(page.view, page.is_still) };
    let seen = seen(page.view, level);
    let around = seen.grown(AROUND_PX);
    let ink = Ink::new(page.layers, &around, level.resolution);
    let symbols = symbols(page.layers, &around, level);
    let mut all = Vec::new();
    for label in labels {
        let near = if matches!(label.place, LabelPlace::Line(_)) { seen.grown(LINES_AROUND_PX) } else { around };
        names(label, &Surroundings { level, around: near, window: None, ink: &ink }, &mut all);
    }
    let mut map = Map {
        resolution: level.resolution,
        ink: &ink,
        symbols: &symbols,
        kept: BoxGrid::default(),
        keepers: Vec::new(),
        taken: Taken::default(),
        along: HashMap::new(),
    };
    map.keep_places(&all);
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
            let WorldShape::Symbol { size_px, shape } = item.shape else { continue };
            if matches!(shape, SymbolShape::LeftHalf | SymbolShape::RightHalf) {
                continue;
            }
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
    resolution: f64,
    ink: &'a Ink,
    symbols: &'a BoxGrid,
    /// The best place of each country's name and the dots of towns: others leave them free where they can.
    kept: BoxGrid,
    /// For whom each is kept, and what it costs others.
    keepers: Vec<(Arc<str>, f32)>,
    taken: Taken,
    /// Where names along lines stand already.
    along: HashMap<Arc<str>, Vec<Spot>>,
}

impl Map<'_> {
    fn keep_places(&mut self, names: &[Name<'_>]) {
        for name in names {
            let place = match (name.label.kind, name.point) {
                (LabelKind::Country, _) => {
                    let best = name.candidates.iter().min_by(|a, b| a.cost.total_cmp(&b.cost));
                    best.map(|best| (best.room.bounds(), COUNTRY_COST))
                }
                (LabelKind::Town, Some(at)) => Some((Bounds::around(at, 3.0, 3.0), TOWN_COST)),
                _ => None,
            };
            if let Some((bounds, cost)) = place {
                self.kept.add(bounds);
                self.keepers.push((name.label.text.clone(), cost));
            }
        }
    }

    /// Whether the dot of a town would lie under the symbol of a port, which is named itself.
    fn is_hidden(&self, name: &Name<'_>) -> bool {
        let (LabelKind::Town, Some(at)) = (name.label.kind, name.point) else { return false };
        self.symbols.meeting(&Bounds::around(at, 2.5, 2.5)).next().is_some()
    }

    fn ink_share(&self, room: &Room) -> f32 {
        let boxes = room.boxes();
        boxes.iter().map(|bounds| self.ink.share(bounds)).sum::<f32>() / boxes.len().max(1) as f32
    }

    fn cost(&self, name: &Name<'_>, candidate: &Candidate) -> f32 {
        let gives_way = match name.label.kind {
            LabelKind::Country => true,
            LabelKind::Port | LabelKind::Selected => name.point.is_some(),
            LabelKind::Sea | LabelKind::Town | LabelKind::Corridor => false,
        };
        let bounds = candidate.room.bounds();
        let others = self.kept.meeting(&bounds).filter(|(index, _)| self.keepers[*index].0 != name.label.text);
        let cost = |(index, kept): (usize, &Bounds)| self.keepers[index].1 * (3.0 * kept.covered(&bounds) as f32).min(1.0);
        let in_the_way = if gives_way { others.map(cost).fold(0.0, f32::max) } else { 0.0 };
        let ink = if name.label.kind == LabelKind::Sea { INK_COST_OF_SEAS } else { INK_COST };
        let own = |symbol: &Bounds| name.point.is_none_or(|at| symbol.contains(at));
        let beside_other = name.point.is_some() && self.symbols.meeting(&bounds.grown(NEIGHBOR_PX)).any(|(_, symbol)| !own(symbol));
        let mistaken = if beside_other { NEIGHBOR_COST } else { 0.0 };
        candidate.cost + ink * self.ink_share(&candidate.room) + in_the_way + mistaken
    }

    /// How long a leader to this point may be, in pixels; a port in a crowd has none, as it could not be followed to its symbol.
    fn longest_leader(&self, name: &Name<'_>) -> f64 {
        let Some(at) = name.point else { return 0.0 };
        let mut around: Vec<usize> = self.symbols.meeting(&Bounds::around(at, CROWD_PX, CROWD_PX)).map(|(index, _)| index).collect();
        around.sort_unstable();
        around.dedup();
        if around.len() >= CROWD {
            return 0.0;
        }
        let [plain, long] = LEADER_EM.map(|em| em * f64::from(name.label.size_px));
        if self.resolution <= LONG_LEADERS_M_PER_PX { long } else { plain }
    }

    fn is_free(&self, name: &Name<'_>, candidate: &Candidate) -> bool {
        if matches!(name.label.place, LabelPlace::Line(_)) {
            let at = candidate.room.bounds().center();
            let apart = APART_EM * f64::from(name.label.size_px);
            let again = |there: &Spot| (there.x - at.x).hypot(there.y - at.y) < apart;
            if self.along.get(&name.label.text).is_some_and(|there| there.iter().any(again)) {
                return false;
            }
        }
        // A name may come near to its own symbol, and to others at the same place.
        let own = |symbol: &Bounds| name.point.is_some_and(|at| symbol.contains(at));
        self.taken.is_free(&candidate.room)
            && candidate.room.boxes().iter().all(|bounds| {
                let text = bounds.grown(if candidate.leader.is_some() { LED_PX } else { 0.5 });
                self.symbols.meeting(&text).all(|(_, symbol)| own(symbol))
            })
            && (name.label.kind != LabelKind::Sea || self.ink_share(&candidate.room) <= MOST_INK_ON_SEA)
            && candidate.leader.is_none_or(|leader| {
                let (start, end) = leader;
                let around = Bounds::EMPTY.including(start).including(end).grown(1.0);
                self.taken.is_clear(leader) && self.symbols.meeting(&around).all(|(_, symbol)| own(symbol) || !symbol.is_crossed(leader))
            })
    }

    /// Takes the best place that is free and that `suits`.
    fn choose<'n>(&mut self, name: &'n Name<'_>, suits: &dyn Fn(&Candidate) -> bool) -> Option<Candidate> {
        // What a place costs by itself is the least that it can cost: dearer ones need no look once a free one is found.
        let find = |places: &mut dyn Iterator<Item = &'n Candidate>| {
            let mut by_cost: Vec<&Candidate> = places.collect();
            by_cost.sort_by(|a, b| a.cost.total_cmp(&b.cost));
            let mut best: Option<(f32, &Candidate)> = None;
            for candidate in by_cost {
                if best.is_some_and(|(least, _)| candidate.cost >= least) {
                    break;
                }
                if !self.is_free(name, candidate) {
                    continue;
                }
                let cost = self.cost(name, candidate);
                if best.is_none_or(|(least, _)| cost < least) && suits(candidate) {
                    best = Some((cost, candidate));
                }
            }
            best.map(|(_, candidate)| candidate)
        };
        let best = find(&mut name.candidates.iter().filter(|candidate| candidate.leader.is_none())).or_else(|| {
            // A leader is for a name that finds no place next to its point.
            let longest = self.longest_leader(name);
            let is_short = |(start, end): Segment| (end.x - start.x).hypot(end.y - start.y) <= longest;
            find(&mut name.candidates.iter().filter(|candidate| longest > 0.0 && candidate.leader.is_some_and(is_short)))
        })?;
        self.taken.take(&best.room, best.leader);
        if matches!(name.label.place, LabelPlace::Line(_)) {
            self.along.entry(name.label.text.clone()).or_default().push(best.room.bounds().center());
        }
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
