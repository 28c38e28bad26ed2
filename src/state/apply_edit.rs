//! Edits of the open records. Each makes a changed copy of the dataset; undo keeps the one before, and the two share what is the same.

use std::sync::Arc;

use super::apply::{notify, selection_changed};
use super::apply_tool::follow_records;
use super::filtering::{refilter, refilter_soon};
use super::{AppState, Command, Effect, History, NoticeLevel, Snapshot};
use crate::analysis::Links;
use crate::model::{Dataset, FeatureKind, FeatureRef, Port, Route};

pub(super) fn apply_edit(state: &mut AppState, command: Command) -> Vec<Effect> {
    match command {
        Command::AddRoute(route) => {
            add_route(state, route, Vec::new(), "Add corridor");
        }
        Command::ReplaceRoute(_, route, label) => {
            replace_routes(state, vec![route], Vec::new(), label);
        }
        Command::ReplaceRoutes(routes, label) => {
            replace_routes(state, routes.into_iter().map(|(_, route)| route).collect(), Vec::new(), label);
        }
        Command::DeleteRoutes(features) => {
            let is_route = |feature: &&FeatureRef| feature.kind == FeatureKind::Route;
            let ids: Vec<_> = features.iter().filter(is_route).filter_map(|feature| state.dataset.id(*feature).cloned()).collect();
            if !ids.is_empty() {
                edit(state, if ids.len() == 1 { "Delete corridor" } else { "Delete corridors" }, |dataset| dataset.remove_routes(&ids));
            }
        }
        _ => {}
    }
    Vec::new()
}

/// Adds a route and the ports that it needs in one step and selects it. Returns whether it was done.
pub(super) fn add_route(state: &mut AppState, mut route: Route, ports: Vec<Port>, label: &'static str) -> bool {
    route.id = state.dataset.free_id(FeatureKind::Route, &route.id);
    let id = route.id.clone();
    let done = edit(state, label, |dataset| {
        for port in ports {
            dataset.put_port(port);
        }
        dataset.put_route(route);
    });
    if done && let Some(feature) = state.dataset.find(FeatureKind::Route, &id) {
        state.selection = [feature].into_iter().collect();
        selection_changed(state);
    }
    done
}

/// References may be of an older dataset, so the id says which record is meant. Unknown ids and unchanged routes are left out.
/// Returns whether the records say now what was asked for.
pub(super) fn replace_routes(state: &mut AppState, mut routes: Vec<Route>, ports: Vec<Port>, label: &'static str) -> bool {
    routes.retain(|route| state.dataset.find(FeatureKind::Route, &route.id).is_some() && !state.dataset.has_same_route(route));
    if routes.is_empty() {
        return true;
    }
    edit(state, label, |dataset| {
        for port in ports {
            dataset.put_port(port);
        }
        for route in routes {
            dataset.put_route(route);
        }
    })
}

/// One undo step. Nothing happens while files are on their way, since they are put together with the records as they were.
fn edit(state: &mut AppState, label: &'static str, change: impl FnOnce(&mut Dataset)) -> bool {
    if state.loading.is_some() {
        tell_to_wait(state);
        return false;
    }
    let mut records = state.dataset.as_ref().clone();
    change(&mut records);
    state.history.remember(&state.snapshot(), label, false);
    set_records(state, Arc::new(records));
    follow_records(state);
    refilter(state);
    true
}

/// Goes to another state of document and records.
pub(super) fn restore(state: &mut AppState, snapshot: Snapshot) {
    state.document = snapshot.document;
    if !Arc::ptr_eq(&state.dataset, &snapshot.records) {
        set_records(state, snapshot.records);
        follow_records(state);
        refilter(state);
    } else {
        refilter_soon(state);
    }
}

/// Whether this step would change records while files are on their way.
pub(super) fn must_wait(state: &AppState, step: Option<&Snapshot>) -> bool {
    state.loading.is_some() && step.is_some_and(|step| !Arc::ptr_eq(&step.records, &state.dataset))
}

pub(super) fn tell_to_wait(state: &mut AppState) {
    let detail = "Files are being opened. Try again when they are there, or cancel opening.".to_owned();
    notify(state, NoticeLevel::Info, "The records cannot be changed just now".to_owned(), detail, None);
}

/// Shows other records; what is selected stays so by its id.
fn set_records(state: &mut AppState, records: Arc<Dataset>) {
    let before = std::mem::replace(&mut state.dataset, records);
    let same = |feature: FeatureRef| match before.id(feature) {
        Some(id) => state.dataset.find(feature.kind, id),
        // Ties and statistics have no ids and are never edited.
        None => (feature.at() < state.dataset.count(feature.kind)).then_some(feature),
    };
    let selection = state.selection.iter().filter_map(|feature| same(*feature)).collect();
    state.hovered = state.hovered.and_then(same);
    state.selection = selection;
    state.links = Arc::new(Links::new(&state.dataset));
    state.dataset_generation += 1;
    selection_changed(state);
}

/// Takes over records to which files were added: what came is opened and saved as far as the present records are.
pub(super) fn join_added(state: &mut AppState, joined: Arc<Dataset>) {
    let edited = !Arc::ptr_eq(&state.dataset, &state.opened);
    let has_unsaved = state.has_unsaved_edits();
    state.opened = if edited { Arc::new(with_what_came(&state.opened, &state.dataset, &joined)) } else { joined.clone() };
    if !has_unsaved {
        state.saved = joined.clone();
    }
    if state.history.states().any(|step| !Arc::ptr_eq(&step.records, &state.dataset)) {
        // Steps before the files came would take the files away too.
        state.history = History::default();
    }
    state.history.for_each_mut(|step| step.records = joined.clone());
    state.dataset = joined;
}

fn with_what_came(opened: &Dataset, before: &Dataset, joined: &Dataset) -> Dataset {
    let mut opened = opened.clone();
    for route in joined.routes.iter().skip(before.routes.len()) {
        opened.put_route(route.clone());
    }
    for port in joined.ports.iter().skip(before.ports.len()) {
        opened.put_port(port.clone());
    }
    opened
}
