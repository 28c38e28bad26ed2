//! Sums over seizure events that say what they count.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::dimension::{Dimension, key_label};
use super::links::{Links, Relation};
use super::matches::Matches;
use crate::model::{Dataset, FeatureKind, FeatureRef, SeizureEvent};

/// What a chart or a share measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Kilograms.
    #[default]
    Mass,
    /// Number of events.
    Events,
}

/// A sum over events. A missing mass is not zero: such events are counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    /// All events.
    pub events: usize,
    /// Those of them whose mass is not stated.
    pub events_without_mass: usize,
    /// Sum of the stated masses in kilograms, mostly gross, as announced.
    pub mass_kg: f64,
}

impl Totals {
    /// Adds an event.
    pub fn add(&mut self, event: &SeizureEvent) {
        self.events += 1;
        match event.mass_kg {
            Some(mass_kg) => self.mass_kg += mass_kg,
            None => self.events_without_mass += 1,
        }
    }

    /// Adds another sum.
    fn merge(&mut self, other: &Self) {
        self.events += other.events;
        self.events_without_mass += other.events_without_mass;
        self.mass_kg += other.mass_kg;
    }

    /// The sum in the unit of the measure: kilograms or events.
    pub fn value(&self, measure: Measure) -> f64 {
        match measure {
            Measure::Mass => self.mass_kg,
            // Exact up to 2^53 events.
            Measure::Events => self.events as f64,
        }
    }
}

/// The sum over all events that pass, each counted once.
pub fn totals(dataset: &Dataset, matches: &Matches) -> Totals {
    let mut totals = Totals::default();
    matches.passing(FeatureKind::Seizure).for_each(|event| totals.add(&dataset.seizures[event.at()]));
    totals
}

/// Events that may describe one load, all of them within the selection.
#[derive(Clone, Debug, PartialEq)]
pub struct DoubleCount {
    /// Two or more events, in the order of the dataset.
    pub seizures: Vec<FeatureRef>,
    /// Their sum as the totals count it, kg.
    pub mass_kg: f64,
    /// The largest single mass among them, kg; `None` when no mass is stated.
    pub largest_kg: Option<f64>,
}

/// Clusters of passing events that are linked by [`Relation::Overlaps`]. The totals count every event of a cluster; nothing is taken off.
pub fn possible_double_counts(dataset: &Dataset, links: &Links, matches: &Matches) -> Vec<DoubleCount> {
    let mut seen = vec![false; dataset.seizures.len()];
    let mut clusters = Vec::new();
    for start in matches.passing(FeatureKind::Seizure) {
        if seen[start.at()] {
            continue;
        }
        seen[start.at()] = true;
        let mut cluster = vec![start];
        let mut next = 0;
        while let Some(event) = cluster.get(next).copied() {
            next += 1;
            for other in links.related_by(event, Relation::Overlaps) {
                if matches.passes(other) && !seen[other.at()] {
                    seen[other.at()] = true;
                    cluster.push(other);
                }
            }
        }
        if cluster.len() > 1 {
            cluster.sort_unstable();
            let masses = || cluster.iter().filter_map(|event| dataset.seizures[event.at()].mass_kg);
            let (mass_kg, largest_kg) = (masses().sum(), masses().reduce(f64::max));
            clusters.push(DoubleCount { seizures: cluster, mass_kg, largest_kg });
        }
    }
    clusters
}

/// What the rows of a summary stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SummaryBy {
    /// The year in which the event began.
    Year,
    /// Groups named.
    Group,
    /// Ports stated as origin or destination (not the place of the seizure, which has no port id).
    Port,
    /// The country where the seizure was made.
    Country,
    /// Modes of the corridors of the event: see [`SummaryBy::Route`].
    Mode,
    /// Corridors with the same origin and the same destination as the event. Events name no corridor, so this is a match of ids:
    /// an event that lacks one of the two, or whose pair no corridor has, is "not stated".
    Route,
}

impl SummaryBy {
    /// All choices.
    pub const ALL: [Self; 6] = [Self::Year, Self::Group, Self::Port, Self::Country, Self::Mode, Self::Route];

    /// The word on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Group => "group",
            Self::Port => "port",
            Self::Country => "country",
            Self::Mode => "mode",
            Self::Route => "route",
        }
    }

    /// The choice with this [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.key() == key)
    }

    /// Whether an event may count in several rows, so that the rows may add up to more than the total.
    pub const fn rows_may_share_events(self) -> bool {
        !matches!(self, Self::Year | Self::Country)
    }
}

/// One row of a summary.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryRow {
    /// Id, code or year; `None` for events that state none.
    pub key: Option<Arc<str>>,
    /// The words for people.
    pub label: String,
    /// The sum of the row.
    pub totals: Totals,
}

/// Sums of the passing events by some key.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// What the rows stand for.
    pub by: SummaryBy,
    /// Years upwards, other keys by falling mass, events and then key; "not stated" last. An event with several keys counts fully in each row.
    pub rows: Vec<SummaryRow>,
    /// Every passing event once, whatever the rows add up to.
    pub total: Totals,
}

/// Sums the passing events by a key.
pub fn summarize(dataset: &Dataset, matches: &Matches, by: SummaryBy) -> Summary {
    let routes = RoutesByPorts::new(dataset);
    let mut sums: BTreeMap<Option<Arc<str>>, Totals> = BTreeMap::new();
    let mut add = |mut keys: Vec<Arc<str>>, totals: &Totals| {
        keys.sort_unstable();
        keys.dedup();
        if keys.is_empty() {
            sums.entry(None).or_default().merge(totals);
        }
        for key in keys {
            sums.entry(Some(key)).or_default().merge(totals);
        }
    };
    // Many corridors may join the same two ports: events are summed by their ports first, and each corridor then takes one sum.
    let mut by_ports: BTreeMap<Option<PortPair<'_>>, Totals> = BTreeMap::new();
    for event in matches.passing(FeatureKind::Seizure) {
        let record = &dataset.seizures[event.at()];
        match by {
            SummaryBy::Mode | SummaryBy::Route => by_ports.entry(port_pair(record)).or_default().add(record),
            SummaryBy::Year | SummaryBy::Group | SummaryBy::Port | SummaryBy::Country => {
                let mut one = Totals::default();
                one.add(record);
                add(event_keys(record, by), &one);
            }
        }
    }
    for (pair, totals) in &by_ports {
        let of_pair = routes.of(*pair).iter().map(|at| &dataset.routes[*at]);
        let keys = match by {
            SummaryBy::Mode => of_pair.filter_map(|route| route.mode.as_ref().map(|mode| mode.0.clone())).collect(),
            _ => of_pair.map(|route| route.id.clone()).collect(),
        };
        add(keys, totals);
    }
    let mut rows: Vec<SummaryRow> =
        sums.into_iter().map(|(key, totals)| SummaryRow { label: row_label(dataset, by, key.as_deref()), key, totals }).collect();
    if by == SummaryBy::Year {
        rows.sort_by_key(|row| row.key.is_none());
    } else {
        rows.sort_by(|a, b| {
            let by_size = b.totals.mass_kg.total_cmp(&a.totals.mass_kg).then(b.totals.events.cmp(&a.totals.events));
            a.key.is_none().cmp(&b.key.is_none()).then(by_size).then_with(|| a.key.cmp(&b.key))
        });
    }
    Summary { by, rows, total: totals(dataset, matches) }
}

/// Ids of origin and destination.
type PortPair<'a> = (&'a str, &'a str);

fn port_pair(event: &SeizureEvent) -> Option<PortPair<'_>> {
    event.origin_port.as_deref().zip(event.destination_port.as_deref())
}

/// Corridors by their stated pair of ends.
struct RoutesByPorts<'a>(HashMap<PortPair<'a>, Vec<usize>>);

impl<'a> RoutesByPorts<'a> {
    fn new(dataset: &'a Dataset) -> Self {
        let mut pairs: HashMap<_, Vec<usize>> = HashMap::new();
        for (index, route) in dataset.routes.iter().enumerate() {
            if let (Some(origin), Some(destination)) = (&route.origin_port, &route.destination_port) {
                pairs.entry((&**origin, &**destination)).or_default().push(index);
            }
        }
        Self(pairs)
    }

    fn of(&self, pair: Option<PortPair<'a>>) -> &[usize] {
        pair.and_then(|pair| self.0.get(&pair)).map_or(&[], Vec::as_slice)
    }
}

/// What the event itself says; its corridors are looked up by its ports.
fn event_keys(event: &SeizureEvent, by: SummaryBy) -> Vec<Arc<str>> {
    match by {
        SummaryBy::Year => event.event_date.iter().map(|span| Arc::from(format!("{:04}", span.begin.year()))).collect(),
        SummaryBy::Group => event.groups.clone(),
        SummaryBy::Port => event.origin_port.iter().chain(&event.destination_port).cloned().collect(),
        SummaryBy::Country => event.country.iter().cloned().collect(),
        SummaryBy::Mode | SummaryBy::Route => Vec::new(),
    }
}

fn row_label(dataset: &Dataset, by: SummaryBy, key: Option<&str>) -> String {
    let dimension = match by {
        SummaryBy::Group => Dimension::Group,
        SummaryBy::Port => Dimension::Port,
        SummaryBy::Mode => Dimension::Mode,
        SummaryBy::Country => Dimension::Country,
        SummaryBy::Year | SummaryBy::Route => {
            let route = key.and_then(|id| dataset.find(FeatureKind::Route, id)).filter(|_| by == SummaryBy::Route);
            return route.map_or_else(|| key.unwrap_or("Not stated").to_owned(), |route| dataset.title(route));
        }
    };
    key_label(dataset, dimension, key.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Filter, evaluate, sample};

    fn summary(by: SummaryBy) -> Vec<(String, usize, f64, usize)> {
        let dataset = sample::dataset();
        let links = Links::new(&dataset);
        let summary = summarize(&dataset, &evaluate(&dataset, &links, &Filter::default()), by);
        assert_eq!(summary.total, Totals { events: 4, events_without_mass: 1, mass_kg: 180.0 });
        let row = |row: SummaryRow| (row.label, row.totals.events, row.totals.mass_kg, row.totals.events_without_mass);
        summary.rows.into_iter().map(row).collect()
    }

    fn row(label: &str, events: usize, mass_kg: f64, without: usize) -> (String, usize, f64, usize) {
        (label.to_owned(), events, mass_kg, without)
    }

    #[test]
    fn an_event_with_two_groups_counts_in_both_rows_and_once_in_the_total() {
        let rows =
            [row("Kavač clan", 2, 150.0, 0), row("Primeiro Comando da Capital (PCC)", 1, 50.0, 0), row("No group named", 2, 30.0, 1)];
        assert_eq!(summary(SummaryBy::Group), rows);
    }

    #[test]
    fn years_run_upwards_and_the_undated_come_last() {
        assert_eq!(summary(SummaryBy::Year), [row("2020", 2, 150.0, 0), row("2022", 1, 0.0, 1), row("Not stated", 1, 30.0, 0)]);
    }

    #[test]
    fn events_belong_to_a_corridor_only_by_both_ends() {
        assert_eq!(summary(SummaryBy::Route), [row("ec-dur", 1, 100.0, 0), row("Not stated", 3, 80.0, 1)]);
        assert_eq!(summary(SummaryBy::Mode), [row("Container", 1, 100.0, 0), row("Not stated", 3, 80.0, 1)]);
    }

    #[test]
    fn overlaps_are_listed_only_when_the_selection_holds_two_of_them() {
        let dataset = sample::dataset();
        let links = Links::new(&dataset);
        let mut filter = Filter::default();
        let found = possible_double_counts(&dataset, &links, &evaluate(&dataset, &links, &filter));
        let expected = DoubleCount { seizures: vec![sample::seizure(0), sample::seizure(1)], mass_kg: 150.0, largest_kg: Some(100.0) };
        assert_eq!(found, [expected]);
        filter.choose(Dimension::Group, "pcc");
        assert!(possible_double_counts(&dataset, &links, &evaluate(&dataset, &links, &filter)).is_empty());
    }
}
