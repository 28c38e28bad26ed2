//! Asks the sea network for the paths of the legs that are being drawn. Only the newest request counts, so that the window never waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::jobs::{LatestWorker, Wake};
use crate::lanes::{PathRequest, SeaNetwork};
use crate::state::{AppState, Command, Leg, NoticeLevel, PathAnswer, Tool, ToolCommand};

type Answers = Result<Vec<(PathRequest, PathAnswer)>, String>;

/// The thread that searches, and what it was asked last.
pub(super) struct SeaPaths {
    worker: Option<LatestWorker<Vec<PathRequest>, Answers>>,
    asked: Vec<PathRequest>,
    told_failure: bool,
}

impl SeaPaths {
    pub(super) fn new(wake: &Wake) -> Self {
        Self { worker: LatestWorker::spawn("sea-paths", wake.clone(), search).ok(), asked: Vec::new(), told_failure: false }
    }

    pub(super) fn is_busy(&self) -> bool {
        self.worker.as_ref().is_some_and(LatestWorker::is_busy)
    }

    /// What arrived since the last pass, as commands.
    pub(super) fn receive(&mut self) -> Vec<Command> {
        let failed = self.worker.as_ref().is_none_or(LatestWorker::has_failed);
        match self.worker.as_ref().and_then(LatestWorker::take) {
            Some(Ok(answers)) => vec![Command::Tool(ToolCommand::TakePaths(answers))],
            Some(Err(reason)) => self.tell(&reason),
            None if failed && !self.asked.is_empty() => self.tell("The search broke off"),
            None => Vec::new(),
        }
    }

    fn tell(&mut self, reason: &str) -> Vec<Command> {
        if std::mem::replace(&mut self.told_failure, true) {
            return Vec::new();
        }
        let detail = format!("{reason}\nStraight legs and great circles can still be drawn.");
        vec![Command::Notify(NoticeLevel::Error, "Sea paths cannot be found".to_owned(), detail)]
    }

    /// Asks for what the draft lacks, once.
    pub(super) fn request(&mut self, state: &AppState) {
        let Tool::DrawRoute(draft) = &state.tool else {
            self.asked.clear();
            return;
        };
        let wanted: Vec<PathRequest> = draft.all_legs().filter_map(Leg::wanted).collect();
        // An answer may have been replaced by a newer one before it was taken: what is still missing is asked for again.
        let again = !wanted.is_empty() && !self.is_busy();
        if wanted == self.asked && !again || wanted.is_empty() || self.told_failure {
            return;
        }
        if let Some(worker) = &self.worker {
            worker.request(wanted.clone());
            self.asked = wanted;
        }
    }
}

fn search(requests: Vec<PathRequest>, outdated: &AtomicBool) -> Option<Answers> {
    let network = match SeaNetwork::bundled() {
        Ok(network) => network,
        Err(error) => return Some(Err(error.to_string())),
    };
    let mut answers = Vec::new();
    for request in requests {
        // What was found so far is worth keeping: most legs stay the same.
        if !answers.is_empty() && outdated.load(Ordering::Relaxed) {
            break;
        }
        answers.push((request, network.find(&request).map(Arc::new)));
    }
    Some(Ok(answers))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::LonLat;

    #[test]
    fn every_request_is_answered_with_its_own_path() {
        let ends = [LonLat::new(-30.0, 10.0), LonLat::new(-25.0, 20.0), LonLat::new(-28.0, 30.0)];
        let requests: Vec<_> = ends.windows(2).map(|pair| PathRequest::between(pair[0], pair[1])).collect();
        let answers = search(requests.clone(), &AtomicBool::new(false)).expect("not outdated").expect("a network");
        assert!(answers.iter().map(|(request, _)| *request).eq(requests));
        assert!(answers.iter().all(|(request, path)| path.as_ref().is_ok_and(|path| path.positions.first() == Some(&request.from))));
    }
}
