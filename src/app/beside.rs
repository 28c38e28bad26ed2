//! What takes long with many records and is not drawing: evaluating filters, and values that panels derive.

use std::sync::Arc;

use crate::analysis::{Filter, Links, Matches, evaluate};
use crate::jobs::{LatestWorker, NamedWorker, Wake};
use crate::model::Dataset;
use crate::state::{AppState, receive_matches};

struct Request {
    dataset: Arc<Dataset>,
    links: Arc<Links>,
    filter: Filter,
}

struct Answer {
    dataset: Arc<Dataset>,
    matches: Matches,
    filter: Filter,
}

/// Two threads that work beside the window.
pub(super) struct Beside {
    filters: Option<LatestWorker<Request, Answer>>,
    values: Option<NamedWorker>,
    /// The filter that was asked for last.
    asked: Option<(Arc<Dataset>, Filter)>,
}

impl Beside {
    /// Without threads everything is done at once.
    pub(super) fn new(ctx: &egui::Context, wake: &Wake) -> Self {
        let work = |request: Request, _: &std::sync::atomic::AtomicBool| {
            let Request { dataset, links, filter } = request;
            let matches = evaluate(&dataset, &links, &filter);
            Some(Answer { dataset, matches, filter })
        };
        let values = NamedWorker::spawn("values", wake.clone()).ok();
        if let Some(values) = &values {
            let desk = values.desk();
            crate::ui::widgets::work_beside(ctx, move |name, job| desk.ask(name, job));
        }
        Self { filters: LatestWorker::spawn("filter", wake.clone(), work).ok(), values, asked: None }
    }

    pub(super) fn is_busy(&self) -> bool {
        self.filters.as_ref().is_some_and(LatestWorker::is_busy) || self.values.as_ref().is_some_and(NamedWorker::is_busy)
    }

    /// Takes over what was found.
    pub(super) fn receive(&mut self, state: &mut AppState) {
        if let Some(Answer { dataset, matches, filter }) = self.filters.as_ref().and_then(LatestWorker::take) {
            receive_matches(state, &dataset, matches, filter);
        }
    }

    /// Asks for what the present filter lacks.
    pub(super) fn request(&mut self, state: &mut AppState) {
        if !state.filter_pending {
            self.asked = None;
            return;
        }
        let wanted = (&state.dataset, &state.document.filter);
        if self.asked.as_ref().is_some_and(|(dataset, filter)| Arc::ptr_eq(dataset, wanted.0) && filter == wanted.1) {
            return;
        }
        let request = Request { dataset: state.dataset.clone(), links: state.links.clone(), filter: state.document.filter.clone() };
        match &self.filters {
            Some(worker) => {
                self.asked = Some((request.dataset.clone(), request.filter.clone()));
                worker.request(request);
            }
            None => {
                let matches = evaluate(&request.dataset, &request.links, &request.filter);
                receive_matches(state, &request.dataset, matches, request.filter);
            }
        }
    }
}
