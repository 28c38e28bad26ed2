//! How much is behind each corridor: events, mass and reported years, as the records state it.
//!
//! An event belongs to a corridor when it names the corridor's origin port and its destination port, by id. Nothing is inferred from where
//! an event lies. An event that names the ends of several corridors belongs to each of them; sums over corridors count it once.

use std::collections::HashMap;
use std::ops::Range;

use super::links::{Links, Relation};
use crate::model::{Dataset, FeatureKind, FeatureRef};

/// What is behind one corridor or several together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EvidenceTotals {
    /// Events that name both ends.
    pub events: u32,
    /// Kilograms of those events, as far as stated.
    pub mass_kg: f64,
    /// Events among them that state no mass: unknown, not zero.
    pub events_without_mass: u32,
    /// Years from the first to the last report, both counted; `None` when no report is dated.
    pub reported_years: Option<u16>,
}

/// The evidence of all corridors of a dataset.
#[derive(Clone, Debug, Default)]
pub struct CorridorEvidence {
    /// Events in groups of the same ends.
    events: Vec<u32>,
    /// The group of each corridor.
    groups: Vec<Range<u32>>,
}

impl CorridorEvidence {
    /// Groups the events by their ends.
    pub fn new(dataset: &Dataset, links: &Links) -> Self {
        let ends = |feature: FeatureRef| {
            let one = |relation| links.related_by(feature, relation).find(|to| to.kind == FeatureKind::Port).map(|to| to.index);
            Some((one(Relation::Origin)?, one(Relation::Destination)?))
        };
        let mut named: Vec<((u32, u32), u32)> =
            dataset.refs(FeatureKind::Seizure).filter_map(|event| Some((ends(event)?, event.index))).collect();
        named.sort_unstable();
        let mut ranges: HashMap<(u32, u32), Range<u32>> = HashMap::new();
        for (at, (pair, _)) in (0_u32..).zip(&named) {
            ranges.entry(*pair).or_insert(at..at).end = at + 1;
        }
        let group = |route| ends(route).and_then(|pair| ranges.get(&pair).cloned()).unwrap_or_default();
        Self { groups: dataset.refs(FeatureKind::Route).map(group).collect(), events: named.into_iter().map(|(_, event)| event).collect() }
    }

    /// The events of a corridor, as indices of the dataset.
    pub fn events_of(&self, route: usize) -> &[u32] {
        self.groups.get(route).and_then(|range| self.events.get(range.start as usize..range.end as usize)).unwrap_or_default()
    }

    /// What is behind these corridors together; each event counts once.
    pub fn totals(&self, dataset: &Dataset, routes: impl IntoIterator<Item = usize>) -> EvidenceTotals {
        let mut totals = EvidenceTotals::default();
        let (mut events, mut years) = (Vec::new(), None::<(i16, i16)>);
        for index in routes {
            events.extend_from_slice(self.events_of(index));
            let Some(route) = dataset.routes.get(index) else { continue };
            for date in [route.first_reported, route.last_reported].into_iter().flatten() {
                let year = date.year();
                years = Some(years.map_or((year, year), |(first, last)| (first.min(year), last.max(year))));
            }
        }
        events.sort_unstable();
        events.dedup();
        for event in events {
            totals.events += 1;
            match dataset.seizures.get(event as usize).and_then(|seizure| seizure.mass_kg) {
                Some(mass_kg) if mass_kg.is_finite() => totals.mass_kg += mass_kg,
                _ => totals.events_without_mass += 1,
            }
        }
        totals.reported_years = years.map(|(first, last)| u16::try_from(i32::from(last) - i32::from(first) + 1).unwrap_or(u16::MAX));
        totals
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample;

    fn with_events(ends: &[(Option<&str>, Option<&str>, Option<f64>)]) -> Dataset {
        let mut dataset = sample::dataset();
        let route = dataset.routes[0].clone();
        let mut builder = crate::model::DatasetBuilder::new();
        for id in [&route.origin_port, &route.destination_port] {
            let at = dataset.find(FeatureKind::Port, id.as_deref().expect("stated")).expect("there");
            builder.add(crate::model::Record::Port(dataset.ports[at.at()].clone())).expect("new");
        }
        builder.add(crate::model::Record::Route(route)).expect("new");
        for (number, (origin, destination, mass_kg)) in ends.iter().enumerate() {
            let mut event = dataset.seizures[0].clone();
            event.id = format!("ev-{number}").into();
            event.origin_port = origin.map(Into::into);
            event.destination_port = destination.map(Into::into);
            event.mass_kg = *mass_kg;
            builder.add(crate::model::Record::Seizure(event)).expect("new");
        }
        dataset = builder.finish();
        dataset
    }

    #[test]
    fn only_events_that_name_both_ends_count_and_unknown_mass_is_not_zero() {
        let sample = sample::dataset();
        let (from, to) = (sample.routes[0].origin_port.clone(), sample.routes[0].destination_port.clone());
        let (from, to) = (from.as_deref(), to.as_deref());
        let dataset = with_events(&[
            (from, to, Some(500.0)),
            (from, to, None),
            (None, to, Some(9_000.0)),
            (from, None, Some(9_000.0)),
            (to, from, Some(9_000.0)),
        ]);
        let evidence = CorridorEvidence::new(&dataset, &Links::new(&dataset));
        let totals = evidence.totals(&dataset, [0]);
        assert_eq!((totals.events, totals.mass_kg, totals.events_without_mass), (2, 500.0, 1));
        assert_eq!(evidence.totals(&dataset, [0, 0]).events, 2, "counted once");
    }

    #[test]
    fn years_run_from_the_first_to_the_last_report() {
        let mut dataset = sample::dataset();
        let mut route = dataset.routes[0].clone();
        route.first_reported = Some("2004-05".parse().expect("valid"));
        route.last_reported = Some("2007".parse().expect("valid"));
        dataset.put_route(route.clone());
        let links = Links::new(&dataset);
        assert_eq!(CorridorEvidence::new(&dataset, &links).totals(&dataset, [0]).reported_years, Some(4));
        (route.first_reported, route.last_reported) = (None, None);
        dataset.put_route(route);
        assert_eq!(CorridorEvidence::new(&dataset, &links).totals(&dataset, [0]).reported_years, None);
        assert_eq!(CorridorEvidence::new(&dataset, &links).totals(&dataset, [99]), EvidenceTotals::default());
    }
}
