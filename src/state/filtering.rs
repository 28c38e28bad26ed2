//! Which records match the filter. In small files that is found out at once; in large ones the window asks a thread, and what matched the
//! filter before stays in sight until the answer is there.

use std::sync::Arc;

use super::{AppState, Effect, OpenMode};
use crate::analysis::{Filter, Links, Matches, evaluate};
use crate::geodesy::{LonLat, MapProjection};
use crate::load::Loaded;
use crate::model::{Dataset, FeatureKind, FeatureRef};
use crate::scene::PlaneBox;
use std::path::PathBuf;

/// With more records than this a filter is evaluated beside the window.
const MANY_RECORDS: usize = 20_000;
/// Of more vertices than this not every one is projected to find out where the data lies.
const MANY_VERTICES: usize = 100_000;

/// What loading found, with everything ready that takes long for many records. Made where the files are read.
#[derive(Debug)]
pub struct Prepared {
    pub(super) loaded: Loaded,
    pub(super) links: Arc<Links>,
    /// All records, for the empty filter.
    pub(super) all: Arc<Matches>,
    pub(super) bounds: DataBounds,
}

impl Prepared {
    /// Links the records, and finds out where they lie in this projection.
    pub fn new(loaded: Loaded, projection: MapProjection) -> Self {
        let links = Arc::new(Links::new(&loaded.dataset));
        let all = Arc::new(evaluate(&loaded.dataset, &links, &Filter::default()));
        let bounds = DataBounds::new(&loaded.dataset, projection);
        Self { loaded, links, all, bounds }
    }
}

/// Where all drawable records lie on the plane of a projection.
#[derive(Clone, Copy, Debug)]
pub struct DataBounds {
    pub(super) projection: MapProjection,
    pub(super) plane_box: PlaneBox,
}

impl DataBounds {
    /// Of many vertices only the outermost of each record count: the box is the same but for the bend of meridians within one record.
    fn new(dataset: &Dataset, projection: MapProjection) -> Self {
        let vertices: usize = dataset.routes.iter().flat_map(|route| &route.lines).map(Vec::len).sum();
        let mut plane_box = PlaneBox::EMPTY;
        for feature in drawable(dataset) {
            if vertices <= MANY_VERTICES {
                dataset.for_each_position(feature, &mut |position| plane_box = plane_box.including(projection.project(position)));
                continue;
            }
            let mut outermost: [Option<LonLat>; 4] = [None; 4];
            dataset.for_each_position(feature, &mut |position| {
                let beyond: [fn(LonLat, LonLat) -> bool; 4] = [
                    |a, b| a.lon_deg < b.lon_deg,
                    |a, b| a.lon_deg > b.lon_deg,
                    |a, b| a.lat_deg < b.lat_deg,
                    |a, b| a.lat_deg > b.lat_deg,
                ];
                for (kept, beyond) in outermost.iter_mut().zip(beyond) {
                    if kept.is_none_or(|kept| beyond(position, kept)) {
                        *kept = Some(position);
                    }
                }
            });
            plane_box =
                outermost.into_iter().flatten().fold(plane_box, |plane_box, position| plane_box.including(projection.project(position)));
        }
        Self { projection, plane_box }
    }
}

/// The records that have a place of their own.
pub(super) fn drawable(dataset: &Dataset) -> impl Iterator<Item = FeatureRef> + '_ {
    [FeatureKind::Route, FeatureKind::Port, FeatureKind::Seizure, FeatureKind::Area].into_iter().flat_map(|kind| dataset.refs(kind))
}

/// Where all data lies in the present projection; found out once.
pub(super) fn bounds(state: &mut AppState) -> PlaneBox {
    let projection = state.view.projection;
    match state.bounds {
        Some((generation, bounds)) if generation == state.dataset_generation && bounds.projection == projection => bounds.plane_box,
        _ => {
            let bounds = DataBounds::new(&state.dataset, projection);
            state.bounds = Some((state.dataset_generation, bounds));
            bounds.plane_box
        }
    }
}

/// Finds out at once what matches.
pub(super) fn refilter(state: &mut AppState) {
    let matches = evaluate(&state.dataset, &state.links, &state.document.filter);
    set_matches(state, Arc::new(matches), state.document.filter.clone());
}

/// Finds out what matches, at once or beside the window. The records must be those that the present matches were made from.
pub(super) fn refilter_soon(state: &mut AppState) {
    if state.dataset.record_count() <= MANY_RECORDS {
        refilter(state);
    } else {
        state.filter_pending = state.document.filter != state.matched_filter;
    }
}

pub(super) fn set_matches(state: &mut AppState, matches: Arc<Matches>, filter: Filter) {
    state.matches = matches;
    state.matched_filter = filter;
    state.filter_pending = state.matched_filter != state.document.filter;
}

/// Takes over what a thread found for a filter. What was found for other records is of no use.
pub fn receive_matches(state: &mut AppState, dataset: &Arc<Dataset>, matches: Matches, filter: Filter) {
    if Arc::ptr_eq(dataset, &state.dataset) {
        set_matches(state, Arc::new(matches), filter);
    }
}

/// Takes over what a loading thread brought, without making it ready first: for small files.
pub fn receive_loaded(state: &mut AppState, loaded: Loaded, mode: OpenMode, paths: &[PathBuf]) -> Vec<Effect> {
    let prepared = Prepared::new(loaded, state.view.projection);
    super::receive_prepared(state, prepared, mode, paths)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DatasetBuilder, Origin, Record, Route};
    use crate::state::{Command, apply};

    fn large_state() -> AppState {
        let mut builder = DatasetBuilder::new();
        for number in 0..=MANY_RECORDS as u32 {
            let at = LonLat::new(f64::from(number % 90), f64::from(number % 50));
            let route = Route { lines: vec![vec![at; 6]], ..Route::new(format!("r{number}").into(), Origin::NEW) };
            builder.add(Record::Route(route)).expect("a new id");
        }
        let loaded = Loaded { dataset: builder.finish(), diagnostics: Vec::new(), files: Vec::new() };
        let mut state = AppState::new();
        receive_loaded(&mut state, loaded, OpenMode::Replace, &[]);
        state
    }

    #[test]
    fn in_a_large_file_what_matched_before_stays_until_the_answer_is_there() {
        let mut state = large_state();
        let all = state.matches.shown(FeatureKind::Route);
        apply(&mut state, Command::SetFilterText("r77".to_owned()));
        assert!(state.filter_pending && state.matches.shown(FeatureKind::Route) == all);
        let filter = state.document.filter.clone();
        let found = evaluate(&state.dataset, &state.links, &filter);
        let dataset = state.dataset.clone();
        apply(&mut state, Command::SetFilterText("r777".to_owned()));
        receive_matches(&mut state, &dataset, found.clone(), filter.clone());
        assert!(state.filter_pending, "a newer filter is still to be evaluated");
        assert!(state.matches.shown(FeatureKind::Route) < all);
        let before = state.matches.clone();
        receive_matches(&mut state, &Arc::new(Dataset::default()), found, filter);
        assert!(Arc::ptr_eq(&before, &state.matches), "matches of other records are of no use");
        apply(&mut state, Command::Undo);
        assert!(!state.filter_pending || state.matched_filter != state.document.filter);
    }

    #[test]
    fn few_positions_of_many_find_the_same_bounds() {
        let state = large_state();
        let quick = DataBounds::new(&state.dataset, state.view.projection).plane_box;
        let mut exact = PlaneBox::EMPTY;
        for feature in drawable(&state.dataset) {
            state.dataset.for_each_position(feature, &mut |at| exact = exact.including(state.view.projection.project(at)));
        }
        assert_eq!(quick, exact);
    }
}
