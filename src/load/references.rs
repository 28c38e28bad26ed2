//! Ids that lead nowhere.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Diagnostic, Severity};
use crate::model::{Dataset, FeatureKind, Origin};

/// Stops of a route with this prefix are drawing aids, not ports: they have no record of their own.
const WAYPOINT_PREFIX: &str = "wp-";
/// Findings that are kept word by word.
const MAX_FINDINGS: usize = 1_000;

/// Adds a finding for every id, in files from `first_file` on, that no open record has.
pub(super) fn check(dataset: &Dataset, first_file: usize, diagnostics: &mut Vec<Diagnostic>) {
    let mut checker = Checker { dataset, first_file, seen: HashSet::new(), diagnostics, count: 0 };
    for route in &dataset.routes {
        let stops =
            route.origin_port.iter().chain(&route.destination_port).chain(route.via.iter().filter(|id| !id.starts_with(WAYPOINT_PREFIX)));
        checker.ids(FeatureKind::Port, stops, route.provenance);
        checker.ids(FeatureKind::Group, &route.groups, route.provenance);
        checker.ids(FeatureKind::Source, &route.sources, route.provenance);
    }
    for port in &dataset.ports {
        checker.ids(FeatureKind::Source, &port.sources, port.provenance);
    }
    for event in &dataset.seizures {
        checker.ids(FeatureKind::Port, event.origin_port.iter().chain(&event.destination_port), event.provenance);
        checker.ids(FeatureKind::Group, &event.groups, event.provenance);
        checker.ids(FeatureKind::Seizure, &event.overlaps, event.provenance);
        checker.ids(FeatureKind::Source, &event.sources, event.provenance);
    }
    for group in &dataset.groups {
        checker.ids(FeatureKind::Source, &group.sources, group.provenance);
    }
    for tie in &dataset.ties {
        checker.ids(FeatureKind::Group, [&tie.a, &tie.b], tie.provenance);
        checker.ids(FeatureKind::Source, &tie.sources, tie.provenance);
    }
    for statistic in &dataset.statistics {
        checker.ids(FeatureKind::Source, &statistic.sources, statistic.provenance);
    }
    for judgement in &dataset.judgements {
        checker.ids(FeatureKind::Source, &judgement.sources, judgement.provenance);
    }
    checker.finish();
}

struct Checker<'a> {
    dataset: &'a Dataset,
    first_file: usize,
    seen: HashSet<(FeatureKind, Arc<str>, Origin)>,
    diagnostics: &'a mut Vec<Diagnostic>,
    count: usize,
}

impl Checker<'_> {
    fn ids<'i>(&mut self, kind: FeatureKind, ids: impl IntoIterator<Item = &'i Arc<str>>, from: Origin) {
        if (from.file as usize) < self.first_file {
            return;
        }
        for id in ids {
            if self.dataset.find(kind, id).is_some() || !self.seen.insert((kind, id.clone(), from)) {
                continue;
            }
            self.count += 1;
            if self.count <= MAX_FINDINGS {
                let message = format!("no open file has a {} with this id", kind.key());
                self.push("unresolved-reference", message, Some(id), from);
            }
        }
    }

    fn finish(mut self) {
        if self.count > MAX_FINDINGS {
            let message = format!("{} more findings `unresolved-reference` are counted but not listed", self.count - MAX_FINDINGS);
            let from = Origin { file: u32::try_from(self.first_file).unwrap_or(u32::MAX), feature: 0 };
            self.push("more-findings", message, None, from);
        }
    }

    fn push(&mut self, code: &'static str, message: String, id: Option<&Arc<str>>, from: Origin) {
        let Some(file) = self.dataset.files.get(from.file as usize) else { return };
        self.diagnostics.push(Diagnostic {
            severity: Severity::Warning,
            code,
            file: file.name.clone(),
            line: None,
            column: None,
            pointer: id.map(|_| "/properties".to_owned()),
            feature: id.map(|_| from.feature),
            value: id.map(|id| id.to_string()),
            message,
            hint: Some("Open the file that describes it as well, or correct the id".to_owned()),
        });
    }
}
