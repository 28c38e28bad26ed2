//! Counts the two compared periods on a thread, so that a slider moves freely over a million events.

use std::sync::Arc;

use crate::analysis::{Compared, Comparison, Filter, Links, compare};
use crate::jobs::{LatestWorker, Wake};
use crate::model::Dataset;
use crate::state::{AppState, receive_compared};

/// What a comparison depends on. How it is shown is no part of it.
#[derive(Clone, PartialEq)]
struct Key {
    generation: u64,
    filter: Filter,
    boundary_year: i16,
}

struct Request {
    key: Key,
    dataset: Arc<Dataset>,
    links: Arc<Links>,
    comparison: Comparison,
}

/// The thread, begun with the first comparison, and what it was asked for last.
pub(super) struct CompareWatch {
    wake: Wake,
    worker: Option<LatestWorker<Request, (Key, Option<Compared>)>>,
    asked: Option<Key>,
}

impl CompareWatch {
    pub(super) fn new(wake: &Wake) -> Self {
        Self { wake: wake.clone(), worker: None, asked: None }
    }

    pub(super) fn is_busy(&self) -> bool {
        self.worker.as_ref().is_some_and(LatestWorker::is_busy)
    }

    /// Takes over what was counted, unless something else is compared by now.
    pub(super) fn receive(&self, state: &mut AppState) {
        if let Some((key, compared)) = self.worker.as_ref().and_then(LatestWorker::take)
            && self.asked.as_ref() == Some(&key)
        {
            receive_compared(state, compared);
        }
    }

    /// Asks for the comparison of the document when it is another one than before.
    pub(super) fn request(&mut self, state: &mut AppState) {
        let Some(comparison) = state.document.compare else {
            if self.asked.take().is_some() {
                receive_compared(state, None);
            }
            return;
        };
        let same = |key: &Key| {
            key.generation == state.dataset_generation
                && key.boundary_year == comparison.boundary_year
                && key.filter == state.document.filter
        };
        if state.dataset_generation == 0 || self.asked.as_ref().is_some_and(same) {
            return;
        }
        if self.worker.is_none() {
            let count = |request: Request, _: &std::sync::atomic::AtomicBool| {
                let Request { key, dataset, links, comparison } = request;
                let compared = compare(&dataset, &links, &key.filter, comparison);
                Some((key, compared))
            };
            self.worker = LatestWorker::spawn("compare", self.wake.clone(), count).ok();
        }
        let Some(worker) = &self.worker else { return };
        let key =
            Key { generation: state.dataset_generation, filter: state.document.filter.clone(), boundary_year: comparison.boundary_year };
        worker.request(Request { key: key.clone(), dataset: state.dataset.clone(), links: state.links.clone(), comparison });
        self.asked = Some(key);
    }
}
