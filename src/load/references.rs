//! Ids that lead nowhere.

use std::collections::HashSet;
use std::sync::Arc;

use super::diagnostic::{feature_pointer, shortened};
use super::{Diagnostic, Severity};
use crate::model::{Dataset, FeatureKind, Origin};

/// Stops of a route with this prefix are drawing aids, not ports: they have no record of their own.
const WAYPOINT_PREFIX: &str = "wp-";
/// Findings that are kept word by word.
const MAX_FINDINGS: usize = 1_000;

/// Where the features of a file begin.
#[derive(Default)]
pub(super) struct FeaturePlaces {
    /// What a JSON pointer to a feature begins with.
    pub(super) prefix: &'static str,
    /// Line and column of each feature, from 1.
    pub(super) lines_and_columns: Vec<(u32, u32)>,
}

/// The code of a finding about an id that no open record has. When files are added later, it may be outdated.
pub const UNRESOLVED_REFERENCE: &str = "unresolved-reference";

/// Adds a finding for every id, in files from `first_file` on, that no open record has. `places` has an entry for each of these files.
pub(super) fn check(dataset: &Dataset, first_file: usize, places: &[FeaturePlaces], diagnostics: &mut Vec<Diagnostic>) {
    let mut checker = Checker { dataset, first_file, places, seen: HashSet::new(), diagnostics, count: 0 };
    for route in &dataset.routes {
        checker.ids(FeatureKind::Port, "origin", &route.origin_port, route.provenance);
        checker.ids(FeatureKind::Port, "destination", &route.destination_port, route.provenance);
        checker.ids(FeatureKind::Port, "via", route.via.iter().filter(|id| !id.starts_with(WAYPOINT_PREFIX)), route.provenance);
        checker.ids(FeatureKind::Group, "groups", &route.groups, route.provenance);
        checker.ids(FeatureKind::Source, "sources", &route.sources, route.provenance);
    }
    for port in &dataset.ports {
        checker.ids(FeatureKind::Source, "sources", &port.sources, port.provenance);
    }
    for event in &dataset.seizures {
        checker.ids(FeatureKind::Port, "origin", &event.origin_port, event.provenance);
        checker.ids(FeatureKind::Port, "destination", &event.destination_port, event.provenance);
        checker.ids(FeatureKind::Group, "groups", &event.groups, event.provenance);
        checker.ids(FeatureKind::Seizure, "overlaps", &event.overlaps, event.provenance);
        checker.ids(FeatureKind::Source, "sources", &event.sources, event.provenance);
    }
    for group in &dataset.groups {
        checker.ids(FeatureKind::Source, "sources", &group.sources, group.provenance);
    }
    for tie in &dataset.ties {
        checker.ids(FeatureKind::Group, "a", [&tie.a], tie.provenance);
        checker.ids(FeatureKind::Group, "b", [&tie.b], tie.provenance);
        checker.ids(FeatureKind::Source, "sources", &tie.sources, tie.provenance);
    }
    for statistic in &dataset.statistics {
        checker.ids(FeatureKind::Source, "sources", &statistic.sources, statistic.provenance);
    }
    for judgement in &dataset.judgements {
        checker.ids(FeatureKind::Source, "sources", &judgement.sources, judgement.provenance);
        checker.about(&judgement.about, judgement.provenance);
    }
    checker.finish();
}

struct Checker<'a> {
    dataset: &'a Dataset,
    first_file: usize,
    places: &'a [FeaturePlaces],
    seen: HashSet<(&'static str, Arc<str>, Origin)>,
    diagnostics: &'a mut Vec<Diagnostic>,
    count: usize,
}

impl Checker<'_> {
    fn ids<'i>(&mut self, kind: FeatureKind, key: &'static str, ids: impl IntoIterator<Item = &'i Arc<str>>, from: Origin) {
        let dataset = self.dataset;
        let lost = ids.into_iter().filter(|id| dataset.find(kind, id).is_none());
        self.unresolved(key, lost, from, &format!("no open file has a {} with this id", kind.key()));
    }

    fn unresolved<'i>(&mut self, key: &'static str, ids: impl IntoIterator<Item = &'i Arc<str>>, from: Origin, message: &str) {
        if (from.file as usize) < self.first_file {
            return;
        }
        for id in ids {
            if !self.seen.insert((key, id.clone(), from)) {
                continue;
            }
            self.count += 1;
            if self.count <= MAX_FINDINGS {
                self.push(UNRESOLVED_REFERENCE, message.to_owned(), Some((key, id)), from);
            }
        }
    }

    /// What a judgement is about may be of several kinds.
    fn about(&mut self, ids: &[Arc<str>], from: Origin) {
        const KINDS: [FeatureKind; 4] = [FeatureKind::Route, FeatureKind::Port, FeatureKind::Seizure, FeatureKind::Group];
        let lost = ids.iter().filter(|id| KINDS.iter().all(|kind| self.dataset.find(*kind, id).is_none())).cloned().collect::<Vec<_>>();
        self.unresolved("about", &lost, from, "no open file has a route, port, seizure or group with this id");
    }

    fn finish(mut self) {
        if self.count > MAX_FINDINGS {
            let message = format!("{} more findings `unresolved-reference` are counted but not listed", self.count - MAX_FINDINGS);
            let from = Origin { file: u32::try_from(self.first_file).unwrap_or(u32::MAX), feature: 0 };
            self.push("more-findings", message, None, from);
        }
    }

    fn push(&mut self, code: &'static str, message: String, reference: Option<(&str, &Arc<str>)>, from: Origin) {
        let Some(file) = self.dataset.files.get(from.file as usize) else { return };
        let places = reference.and_then(|_| self.places.get(from.file as usize - self.first_file));
        let place = places.and_then(|places| places.lines_and_columns.get(from.feature as usize));
        let pointer = |key: &str| feature_pointer(places.map_or("", |places| places.prefix), from.feature) + "/properties/" + key;
        self.diagnostics.push(Diagnostic {
            severity: Severity::Warning,
            code,
            file: file.name.clone(),
            line: place.map(|(line, _)| *line),
            column: place.map(|(_, column)| *column),
            pointer: reference.map(|(key, _)| pointer(key)),
            feature: reference.map(|_| from.feature),
            value: reference.map(|(_, id)| shortened(id)),
            message,
            hint: Some("Open the file that describes it as well, or correct the id".to_owned()),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Input, LoadControl, Loaded, load};

    fn open(text: &str, base: Option<&Dataset>) -> Loaded {
        let input = Input::Bytes { name: "input".to_owned(), bytes: text.into() };
        let control = LoadControl { cancel: &std::sync::atomic::AtomicBool::new(false), progress: &|_| {} };
        load(&[input], base, &control).expect("not canceled")
    }

    fn collection(properties: &[&str]) -> String {
        let feature = |p: &&str| format!(r#"{{"type":"Feature","geometry":null,"properties":{p}}}"#);
        format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[\n {}\n]}}",
            properties.iter().map(feature).collect::<Vec<_>>().join(",\n ")
        )
    }

    #[test]
    fn each_property_is_named_with_the_place_of_its_feature() {
        let text = collection(&[
            r#"{"kind":"group","id":"g"}"#,
            r#"{"kind":"tie","a":"g","b":"h"}"#,
            r#"{"kind":"seizure","id":"s","origin":"p","destination":"p","overlaps":["s2","s2"]}"#,
            r#"{"kind":"judgement","id":"j","about":["g","s","nothing"]}"#,
        ]);
        let loaded = open(&text, None);
        let told: Vec<_> = loaded.diagnostics.iter().map(|d| (d.line, d.column, d.pointer.as_deref(), d.value.as_deref())).collect();
        let at = |line, pointer, value| (Some(line), Some(2), Some(pointer), Some(value));
        let expected = [
            at(4, "/features/2/properties/origin", "p"),
            at(4, "/features/2/properties/destination", "p"),
            at(4, "/features/2/properties/overlaps", "s2"),
            at(3, "/features/1/properties/b", "h"),
            at(5, "/features/3/properties/about", "nothing"),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_open_already_is_not_told_again() {
        let base = open(&collection(&[r#"{"kind":"tie","a":"g","b":"h"}"#]), None);
        assert_eq!(base.diagnostics.len(), 2);
        let added = open(&collection(&[r#"{"kind":"group","id":"h"}"#, r#"{"kind":"tie","a":"h","b":"k"}"#]), Some(&base.dataset));
        let told: Vec<_> = added.diagnostics.iter().map(|d| (d.feature, d.value.as_deref())).collect();
        assert_eq!(told, [(Some(1), Some("k"))]);
    }
}
