//! Points that a person means: a port near the pointer, or ports by their names.

use super::{AppState, ListedPort, Place, Stop};
use crate::geodesy::{LonLat, distance_m};
use crate::lanes::{PortIndex, WorldPort};
use crate::model::{FeatureKind, PlacePrecision, Port, fold_for_search};
use crate::scene::{PlaneView, ScenePoint};

/// How near the pointer must be to a port to be put on it, in CSS pixels.
const SNAP_PX: f32 = 12.0;
/// A port of the world this near to one among the records is the same port, in metres.
const SAME_PORT_M: f64 = 3_000.0;

/// The point under the pointer, put on a port near it; `None` beyond the edge of the world. `view` is that of the canvas.
pub fn stop_at(state: &AppState, view: &PlaneView, pointer: ScenePoint) -> Option<Stop> {
    let position = state.view.projection.unproject(view.projected_from_scene(pointer))?;
    let pixels_to = |other: LonLat| {
        let at = view.scene_from_projected(state.view.projection.project(other));
        (at.x - pointer.x).hypot(at.y - pointer.y)
    };
    let own = own_ports(state).filter_map(|port| Some((pixels_to(port.position?), port))).filter(|(pixels, _)| *pixels <= SNAP_PX);
    if let Some((_, port)) = own.min_by(|a, b| a.0.total_cmp(&b.0)) {
        return stop_of_port(port);
    }
    let beside = state.view.projection.unproject(view.projected_from_scene(ScenePoint::new(pointer.x + SNAP_PX, pointer.y)));
    let reach_m = beside.map_or(f64::from(SNAP_PX) * view.resolution_m_per_px, |beside| distance_m(position, beside));
    let world = PortIndex::bundled().nearest(position, reach_m).filter(|port| pixels_to(port.position) <= SNAP_PX);
    Some(world.map_or(Stop::at(position), stop_of_world_port))
}

/// Ports among the records that have a place: one known only as a country is never a point.
fn own_ports(state: &AppState) -> impl Iterator<Item = &Port> {
    state.dataset.ports.iter().filter(|port| port.position.is_some() && port.precision != Some(PlacePrecision::Country))
}

fn stop_of_port(port: &Port) -> Option<Stop> {
    let name = port.name.clone().unwrap_or_else(|| port.id.clone());
    Some(Stop { position: port.position?, place: Some(Place::Port { id: port.id.clone(), name }) })
}

fn listed(port: &WorldPort) -> ListedPort {
    let WorldPort { name, country, locode, position, .. } = port.clone();
    ListedPort { name, country, locode, position }
}

fn stop_of_world_port(port: &WorldPort) -> Stop {
    Stop { position: port.position, place: Some(Place::World(listed(port))) }
}

/// The port among the records with this id as a point.
pub(super) fn stop_of_id(state: &AppState, id: &str) -> Option<Stop> {
    let feature = state.dataset.find(FeatureKind::Port, id)?;
    state.dataset.ports.get(feature.at()).filter(|port| port.precision != Some(PlacePrecision::Country)).and_then(stop_of_port)
}

/// The port among the records that this port of the world is.
pub(super) fn same_own_port<'s>(state: &'s AppState, port: &ListedPort) -> Option<&'s Port> {
    own_ports(state).find(|own| {
        let same_code = own.locode.is_some() && own.locode == port.locode;
        let same_name = own.name.as_deref().is_some_and(|name| fold_for_search(name) == fold_for_search(&port.name));
        let near = own.position.is_some_and(|position| distance_m(position, port.position) <= SAME_PORT_M);
        same_code && near || same_name && own.country.as_deref() == Some(&*port.country)
    })
}

/// Ports with these words in their name or code: those among the records first, then those of the world, at most `limit`.
pub fn ports_named(state: &AppState, words: &str, limit: usize) -> Vec<Stop> {
    let words = fold_for_search(words.trim());
    if words.is_empty() {
        return Vec::new();
    }
    let rank = |port: &Port| {
        let name = port.name.as_deref().map(fold_for_search).unwrap_or_default();
        let code = port.locode.as_deref().map(fold_for_search).unwrap_or_default();
        match (name.find(&words), code.starts_with(&words)) {
            (Some(0), _) | (_, true) => Some(0),
            (Some(_), _) => Some(1),
            (None, false) => None,
        }
    };
    let mut own: Vec<(u8, &Port)> = own_ports(state).filter_map(|port| Some((rank(port)?, port))).collect();
    own.sort_by_key(|(rank, _)| *rank);
    let mut found: Vec<Stop> = own.into_iter().filter_map(|(_, port)| stop_of_port(port)).take(limit).collect();
    let world = PortIndex::bundled().search(&words, limit).into_iter().filter(|port| same_own_port(state, &listed(port)).is_none());
    found.extend(world.map(stop_of_world_port).take(limit - found.len()));
    found
}
