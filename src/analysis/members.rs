//! What many records that are drawn as one have in common: sums and shares that say what they count.

use std::collections::HashMap;
use std::sync::Arc;

use super::totals::Totals;
use crate::model::{Dataset, FeatureKind, FeatureRef, PartialDate};

/// Sums over events or corridors, one record after another.
#[derive(Clone, Debug, Default)]
pub struct MembersSummary {
    /// Events, their mass and how many state none.
    pub events: Totals,
    /// Corridors.
    pub corridors: usize,
    /// Records of other kinds.
    pub others: usize,
    /// First and last year that a record states.
    pub years: Option<(i16, i16)>,
    /// Records without a stated time.
    pub undated: usize,
    /// Places as written and how many events name them.
    places: HashMap<Arc<str>, usize>,
    /// Port ids and how many corridors begin or end there.
    origins: HashMap<Arc<str>, usize>,
    destinations: HashMap<Arc<str>, usize>,
}

impl MembersSummary {
    /// Adds a record; a stale reference is nothing.
    pub fn add(&mut self, dataset: &Dataset, feature: FeatureRef) {
        match feature.kind {
            FeatureKind::Seizure => {
                let Some(event) = dataset.seizures.get(feature.at()) else { return };
                self.events.add(event);
                self.add_time(event.event_date.map(|span| (span.begin, span.end)));
                count(&mut self.places, event.place.as_ref());
            }
            FeatureKind::Route => {
                let Some(route) = dataset.routes.get(feature.at()) else { return };
                self.corridors += 1;
                let (first, last) = (route.first_reported.or(route.last_reported), route.last_reported.or(route.first_reported));
                self.add_time(first.zip(last));
                count(&mut self.origins, route.origin_port.as_ref());
                count(&mut self.destinations, route.destination_port.as_ref());
            }
            _ => self.others += 1,
        }
    }

    fn add_time(&mut self, time: Option<(PartialDate, PartialDate)>) {
        let Some((begin, end)) = time else {
            self.undated += 1;
            return;
        };
        let (first, last) = self.years.unwrap_or((begin.year(), end.year()));
        self.years = Some((first.min(begin.year()), last.max(end.year())));
    }

    /// The places that most events name, most first.
    pub fn places(&self) -> Vec<(Arc<str>, usize)> {
        ranked(&self.places)
    }

    /// The ids of the ports where most corridors begin, most first.
    pub fn origins(&self) -> Vec<(Arc<str>, usize)> {
        ranked(&self.origins)
    }

    /// The ids of the ports where most corridors end, most first.
    pub fn destinations(&self) -> Vec<(Arc<str>, usize)> {
        ranked(&self.destinations)
    }
}

fn count(counts: &mut HashMap<Arc<str>, usize>, key: Option<&Arc<str>>) {
    let Some(key) = key else { return };
    match counts.get_mut(key) {
        Some(count) => *count += 1,
        None => {
            counts.insert(key.clone(), 1);
        }
    }
}

fn ranked(counts: &HashMap<Arc<str>, usize>) -> Vec<(Arc<str>, usize)> {
    let mut ranked: Vec<_> = counts.iter().map(|(key, count)| (key.clone(), *count)).collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    ranked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{sample, totals};

    #[test]
    fn sums_are_those_of_the_whole_when_all_are_members() {
        let dataset = sample::dataset();
        let mut summary = MembersSummary::default();
        dataset.refs(FeatureKind::Seizure).for_each(|event| summary.add(&dataset, event));
        let links = crate::analysis::Links::new(&dataset);
        let all = totals(&dataset, &crate::analysis::evaluate(&dataset, &links, &crate::analysis::Filter::default()));
        assert_eq!(summary.events, all);
        let dated = dataset.seizures.iter().filter(|event| event.event_date.is_some()).count();
        assert_eq!(summary.undated, dataset.seizures.len() - dated);
    }

    #[test]
    fn corridors_say_where_they_begin() {
        let dataset = sample::dataset();
        let mut summary = MembersSummary::default();
        dataset.refs(FeatureKind::Route).for_each(|route| summary.add(&dataset, route));
        assert_eq!((summary.corridors, summary.events.events), (dataset.routes.len(), 0));
        assert_eq!(summary.origins().first().map(|(id, _)| &**id), Some("ec"));
    }
}
