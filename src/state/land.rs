//! Corridors over land: what the check found of the present records, and repairs on their way.

use std::sync::Arc;

use super::apply::{apply, apply_selection, fit_positions, notify};
use super::{AppState, Command, Effect, NoticeLevel, SelectMode, Task};
use crate::analysis::LandFindings;
use crate::lanes::RouteRepair;
use crate::model::Dataset;

/// Room that is shown around a stretch at least, metres across.
const STRETCH_SURROUNDINGS_M: f64 = 60_000.0;
/// More reasons than this are only counted.
const TOLD_REASONS: usize = 4;

/// What is known about corridors over land.
#[derive(Clone, Debug, Default)]
pub struct LandState {
    /// What was found, the generation of the records that it is about, and these records.
    found: Option<(u64, Arc<LandFindings>, Arc<Dataset>)>,
    /// The check under way.
    pub checking: Option<Task>,
    /// The repair under way.
    pub repairing: Option<Task>,
}

impl AppState {
    /// Where corridors run over land; `None` while the present records are not checked yet.
    pub fn land_findings(&self) -> Option<&Arc<LandFindings>> {
        self.land.found.as_ref().filter(|(generation, ..)| *generation == self.dataset_generation).map(|(_, found, _)| found)
    }

    /// The records that were checked last and what was found, also when they were changed since.
    pub fn earlier_land_findings(&self) -> Option<(Arc<Dataset>, Arc<LandFindings>)> {
        self.land.found.as_ref().map(|(_, found, records)| (records.clone(), found.clone()))
    }

    /// How many stretches over land are known.
    pub fn crossing_count(&self) -> usize {
        self.land_findings().map_or(0, |found| found.crossings.len())
    }
}

/// Takes over what a check found of these records.
pub fn receive_land(state: &mut AppState, generation: u64, records: Arc<Dataset>, found: LandFindings) {
    state.land.checking = None;
    state.land.found = Some((generation, Arc::new(found), records));
}

/// Takes over repaired corridors as one undo step and tells what could not be repaired. Corridors that are no longer as they were stay.
pub fn receive_repairs(state: &mut AppState, generation: u64, repairs: Vec<RouteRepair>) -> Vec<Effect> {
    state.land.repairing = None;
    if generation != state.dataset_generation {
        let text = "Nothing was repaired".to_owned();
        notify(state, NoticeLevel::Info, text, "The records were changed in the meantime. Repair again".to_owned(), None);
        return Vec::new();
    }
    let gone: usize = repairs.iter().map(|repair| repair.repaired).sum();
    let reasons: Vec<String> = repairs
        .iter()
        .flat_map(|repair| {
            let name = repair.route.name.as_ref().unwrap_or(&repair.route.id).clone();
            repair.unrepaired.iter().map(move |left| format!("{name}: {}", left.reason))
        })
        .collect();
    let changed: Vec<_> = repairs
        .into_iter()
        .filter(|repair| repair.repaired > 0)
        .filter_map(|repair| Some((state.dataset.find(crate::model::FeatureKind::Route, &repair.route.id)?, repair.route)))
        .collect();
    let stretches = |count: usize| if count == 1 { "1 stretch".to_owned() } else { format!("{count} stretches") };
    let (level, text) = match (gone, reasons.len()) {
        (0, left) => (NoticeLevel::Warning, format!("{} could not be repaired", stretches(left))),
        (_, 0) => (NoticeLevel::Info, format!("Repaired {} over water", stretches(gone))),
        (_, left) => (NoticeLevel::Warning, format!("Repaired {} over water, {left} could not be repaired", stretches(gone))),
    };
    let mut detail: Vec<String> = reasons.iter().take(TOLD_REASONS).cloned().collect();
    if reasons.len() > TOLD_REASONS {
        detail.push(format!("and {} more", reasons.len() - TOLD_REASONS));
    }
    if detail.is_empty() {
        detail.push("Undo brings the old lines back".to_owned());
    }
    let effects = if changed.is_empty() { Vec::new() } else { apply(state, Command::ReplaceRoutes(changed, "Repair over water")) };
    notify(state, level, text, detail.join("\n"), None);
    effects
}

pub(super) fn apply_land(state: &mut AppState, command: Command) -> Vec<Effect> {
    match command {
        Command::ShowCrossing(crossing) => {
            apply_selection(state, Command::Select(vec![crossing.route], SelectMode::Replace));
            let line = state.dataset.routes.get(crossing.route.at()).and_then(|route| route.lines.get(crossing.line));
            if let Some(line) = line {
                let positions = crossing.stretch.positions(line);
                fit_positions(state, &positions, STRETCH_SURROUNDINGS_M);
            }
            Vec::new()
        }
        Command::RepairOverWater(crossings) if crossings.is_empty() || state.land.repairing.is_some() => Vec::new(),
        Command::RepairOverWater(crossings) => {
            state.land.repairing = Some(Task { label: "Repairing over water".to_owned(), fraction: 0.0 });
            vec![Effect::RepairOverWater(crossings)]
        }
        Command::CancelRepair => {
            state.land.repairing = None;
            vec![Effect::CancelRepair]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::LandCrossing;
    use crate::geodesy::{LandStretch, LonLat};
    use crate::lanes::{NoRoute, RepairError, Unrepaired};
    use crate::model::{DatasetBuilder, FeatureKind, FeatureRef, Origin, PathKind, Record, Route};

    fn dataset() -> Dataset {
        let mut builder = DatasetBuilder::new();
        let lines = vec![vec![LonLat::new(-12.0, 40.0), LonLat::new(2.0, 40.0)]];
        builder.add(Record::Route(Route { lines, ..Route::new("iberia".into(), Origin::NEW) })).expect("a new id");
        builder.finish()
    }

    fn crossing() -> LandCrossing {
        let (from, to) = (LonLat::new(-8.9, 40.0), LonLat::new(0.0, 40.0));
        let stretch = LandStretch { segment: 0, start_m: 260_000.0, length_m: 760_000.0, from, to };
        LandCrossing { route: FeatureRef::new(FeatureKind::Route, 0), line: 0, stretch }
    }

    fn state() -> AppState {
        let mut state = AppState::new();
        state.dataset = Arc::new(dataset());
        state.links = Arc::new(crate::analysis::Links::new(&state.dataset));
        state.dataset_generation = 3;
        let records = state.dataset.clone();
        receive_land(&mut state, 3, records, LandFindings { crossings: vec![crossing()], schematic: Vec::new() });
        state
    }

    #[test]
    fn findings_are_those_of_the_present_records() {
        let mut state = state();
        assert_eq!(state.crossing_count(), 1);
        state.dataset_generation += 1;
        assert!(state.land_findings().is_none());
    }

    #[test]
    fn a_crossing_is_selected_and_shown() {
        let mut state = state();
        apply(&mut state, Command::ShowCrossing(crossing()));
        assert_eq!(state.single_selection(), Some(crossing().route));
        let center = state.view.center_lon_lat().expect("on the map");
        assert!((center.lon_deg + 4.45).abs() < 1.0 && (center.lat_deg - 40.0).abs() < 1.0, "{center:?}");
    }

    #[test]
    fn a_repair_is_one_step_that_undo_takes_back() {
        let mut state = state();
        assert_eq!(apply(&mut state, Command::RepairOverWater(vec![crossing()])), [Effect::RepairOverWater(vec![crossing()])]);
        assert!(state.land.repairing.is_some());
        assert!(apply(&mut state, Command::RepairOverWater(vec![crossing()])).is_empty(), "one at a time");
        let before = state.dataset.routes[0].clone();
        let mut route = before.clone();
        route.lines[0].insert(1, LonLat::new(-6.0, 35.9));
        route.path = Some(PathKind::Routed);
        receive_repairs(&mut state, 3, vec![RouteRepair { route: route.clone(), repaired: 1, unrepaired: Vec::new() }]);
        assert_eq!((state.dataset.routes[0].clone(), state.history.undo_label()), (route, Some("Repair over water")));
        assert!(state.land.repairing.is_none() && state.land_findings().is_none(), "the new records are checked anew");
        assert!(state.notices.last().is_some_and(|notice| notice.text == "Repaired 1 stretch over water"));
        apply(&mut state, Command::Undo);
        assert_eq!(state.dataset.routes[0], before);
    }

    #[test]
    fn what_cannot_be_repaired_is_told_with_its_reason() {
        let mut state = state();
        let left = Unrepaired { stretch: crossing().stretch, reason: RepairError::NoRoute(NoRoute::Separate) };
        let route = state.dataset.routes[0].clone();
        receive_repairs(&mut state, 3, vec![RouteRepair { route: route.clone(), repaired: 0, unrepaired: vec![left] }]);
        let notice = state.notices.last().expect("told");
        assert!(notice.text == "1 stretch could not be repaired" && notice.detail.contains("iberia: no path over water"), "{notice:?}");
        assert_eq!(state.history.undo_label(), None);
        receive_repairs(&mut state, 2, vec![RouteRepair { route, repaired: 1, unrepaired: Vec::new() }]);
        assert!(state.notices.last().is_some_and(|notice| notice.text == "Nothing was repaired"), "of older records");
    }
}
