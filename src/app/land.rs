//! Watches the open records for corridors over land, and repairs them, on threads of its own.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::SealaneApp;
use crate::analysis::{LandControl, LandCrossing, LandFindings, check_land};
use crate::cartography::Basemap;
use crate::geodesy::{LandIndex, LandStretch};
use crate::jobs::{BackgroundTask, TaskEvent};
use crate::lanes::{RouteRepair, SeaNetwork, fairways, repair_route};
use crate::model::{Dataset, FeatureRef};
use crate::state::{NoticeLevel, Task, receive_land, receive_repairs};

/// `None` when it was given up, or the reason why it could not be done.
type Outcome<T> = Result<Option<T>, String>;

/// The check and the repair under way.
#[derive(Default)]
pub(super) struct LandWatch {
    checking: Option<(Arc<Dataset>, BackgroundTask<Outcome<LandFindings>>)>,
    repairing: Option<(u64, BackgroundTask<Outcome<Vec<RouteRepair>>>)>,
    /// Generation of the records that were checked last or are being checked.
    asked: u64,
}

impl LandWatch {
    /// Whether anything is under way or about to be.
    pub(super) fn is_busy(&self, generation: u64) -> bool {
        self.checking.is_some() || self.repairing.is_some() || self.asked != generation
    }
}

impl SealaneApp {
    /// Checks the records when they are others than before, and takes over what the threads have brought. The map is drawn first.
    pub(super) fn follow_land(&mut self) {
        let generation = self.state.dataset_generation;
        if self.land.asked != generation && self.loading.is_none() && !self.pictures.is_busy() {
            self.start_land_check(generation);
        }
        self.drain_land_check();
        self.drain_repair();
    }

    fn start_land_check(&mut self, generation: u64) {
        self.land.asked = generation;
        // Dropping the old one cancels it.
        self.land.checking = None;
        self.state.land.checking = None;
        if self.state.dataset.routes.is_empty() {
            let records = self.state.dataset.clone();
            receive_land(&mut self.state, generation, records, LandFindings::default());
            return;
        }
        let dataset = self.state.dataset.clone();
        let checked = dataset.clone();
        let earlier = self.state.earlier_land_findings();
        let spawned = BackgroundTask::spawn("land-check", self.wake.clone(), move |context| {
            let (land, network) = land_and_network()?;
            let control = LandControl { cancel: &context.cancel, progress: &|fraction| context.report(fraction) };
            let earlier = earlier.as_ref().map(|(records, found)| (records.as_ref(), found.as_ref()));
            Ok(check_land(&dataset, &land, &fairways(network), earlier, &control))
        });
        match spawned {
            Ok(task) => {
                self.land.checking = Some((checked, task));
                self.state.land.checking = Some(Task { label: "Checking for land".to_owned(), fraction: 0.0 });
            }
            Err(error) => self.tell(NoticeLevel::Warning, "Corridors are not checked for land", &error.to_string()),
        }
    }

    fn drain_land_check(&mut self) {
        while let Some((records, task)) = &self.land.checking {
            let Some(event) = task.poll() else { return };
            let records = records.clone();
            if let TaskEvent::Progress(fraction) = event {
                set_fraction(&mut self.state.land.checking, fraction);
                continue;
            }
            self.land.checking = None;
            self.state.land.checking = None;
            match event {
                TaskEvent::Finished(Ok(Some(found))) => receive_land(&mut self.state, self.land.asked, records, found),
                TaskEvent::Finished(Ok(None)) | TaskEvent::Progress(_) => {}
                TaskEvent::Finished(Err(reason)) => self.tell(NoticeLevel::Warning, "Corridors are not checked for land", &reason),
                TaskEvent::Failed => self.tell(NoticeLevel::Warning, "The check for land broke off", "All else works as before."),
            }
        }
    }

    pub(super) fn start_repair(&mut self, crossings: &[LandCrossing]) {
        let generation = self.state.dataset_generation;
        let dataset = self.state.dataset.clone();
        let mut by_route: BTreeMap<FeatureRef, Vec<(usize, LandStretch)>> = BTreeMap::new();
        for crossing in crossings {
            by_route.entry(crossing.route).or_default().push((crossing.line, crossing.stretch));
        }
        let spawned = BackgroundTask::spawn("land-repair", self.wake.clone(), move |context| {
            let (land, network) = land_and_network()?;
            let mut repairs = Vec::new();
            let total = by_route.len();
            for (done, (feature, stretches)) in by_route.into_iter().enumerate() {
                if context.cancel.load(Ordering::Relaxed) {
                    return Ok(None);
                }
                context.report(done as f32 / total as f32);
                if let Some(route) = dataset.routes.get(feature.at()) {
                    repairs.push(repair_route(network, &land, route, &stretches));
                }
            }
            Ok(Some(repairs))
        });
        match spawned {
            Ok(task) => self.land.repairing = Some((generation, task)),
            Err(error) => {
                self.state.land.repairing = None;
                self.tell(NoticeLevel::Error, "Could not start the repair", &error.to_string());
            }
        }
    }

    pub(super) fn cancel_repair(&mut self) {
        self.land.repairing = None;
    }

    fn drain_repair(&mut self) {
        while let Some((generation, task)) = &self.land.repairing {
            let Some(event) = task.poll() else { return };
            let generation = *generation;
            if let TaskEvent::Progress(fraction) = event {
                set_fraction(&mut self.state.land.repairing, fraction);
                continue;
            }
            self.land.repairing = None;
            self.state.land.repairing = None;
            match event {
                TaskEvent::Finished(Ok(Some(repairs))) => {
                    for effect in receive_repairs(&mut self.state, generation, repairs) {
                        self.carry_out(effect);
                    }
                }
                TaskEvent::Finished(Ok(None)) | TaskEvent::Progress(_) => {}
                TaskEvent::Finished(Err(reason)) => self.tell(NoticeLevel::Error, "Nothing was repaired", &reason),
                TaskEvent::Failed => self.tell(NoticeLevel::Error, "The repair broke off", "All corridors are as they were."),
            }
        }
    }
}

/// The land and the sea network in the program; the first call decodes them.
fn land_and_network() -> Result<(Arc<LandIndex>, &'static SeaNetwork), String> {
    let land = Basemap::bundled().and_then(Basemap::land_index).map_err(|error| error.to_string())?;
    Ok((land, SeaNetwork::bundled().map_err(|error| error.to_string())?))
}

fn set_fraction(task: &mut Option<Task>, fraction: f32) {
    if let Some(task) = task {
        // Several cores report; the bar does not run back.
        task.fraction = task.fraction.max(fraction);
    }
}
