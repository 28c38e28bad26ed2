//! The values of every dimension as columns of small numbers, so that filtering never touches a string.

use std::collections::HashMap;
use std::sync::Arc;

use super::dimension::{Dimension, NOT_STATED};
use crate::model::{Dataset, FeatureKind, FeatureRef, PartialDate};

/// The number of [`NOT_STATED`] in every key table.
pub(super) const NOT_STATED_NUMBER: u32 = 0;

/// Distinct keys of a dimension, numbered in the order of their appearance.
#[derive(Debug)]
pub(super) struct KeyTable {
    keys: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
}

impl KeyTable {
    fn new() -> Self {
        let not_stated: Arc<str> = Arc::from(NOT_STATED);
        Self { keys: vec![not_stated.clone()], numbers: HashMap::from([(not_stated, NOT_STATED_NUMBER)]) }
    }

    fn intern(&mut self, key: &str) -> u32 {
        if let Some(number) = self.numbers.get(key) {
            return *number;
        }
        let number = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        let shared: Arc<str> = Arc::from(key);
        self.keys.push(shared.clone());
        self.numbers.insert(shared, number);
        number
    }

    /// All keys; the position is the number.
    pub(super) fn keys(&self) -> &[Arc<str>] {
        &self.keys
    }

    /// The number of a key that occurs.
    pub(super) fn number(&self, key: &str) -> Option<u32> {
        self.numbers.get(key).copied()
    }
}

/// For each record of a kind the numbers of its keys: at least one each.
#[derive(Debug, Default)]
pub(super) struct Column {
    /// Where the numbers of each record end; empty when every record has exactly one.
    ends: Vec<u32>,
    numbers: Vec<u32>,
}

impl Column {
    /// The key numbers of all records in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let count = if self.ends.is_empty() { self.numbers.len() } else { self.ends.len() };
        let mut start = 0;
        (0..count).map(move |record| {
            let end = self.ends.get(record).map_or(record + 1, |end| *end as usize);
            let numbers = &self.numbers[start..end];
            start = end;
            numbers
        })
    }

    /// Lets go of what can be told without it.
    fn settle(&mut self) {
        if self.ends.len() == self.numbers.len() {
            self.ends = Vec::new();
        }
        self.ends.shrink_to_fit();
        self.numbers.shrink_to_fit();
    }
}

/// One dimension of choices: its keys and a column for every kind that has it.
#[derive(Debug)]
pub(super) struct DimensionColumns {
    pub(super) table: KeyTable,
    columns: HashMap<FeatureKind, Column>,
}

impl DimensionColumns {
    /// The column of a kind; `None` when the kind lacks the dimension.
    pub(super) fn column(&self, kind: FeatureKind) -> Option<&Column> {
        self.columns.get(&kind)
    }

    pub(super) fn build(dataset: &Dataset, dimension: Dimension, lookup: &Lookup<'_>) -> Self {
        let mut table = KeyTable::new();
        let mut columns = HashMap::new();
        for kind in FeatureKind::ALL.into_iter().filter(|kind| dimension.applies_to(*kind)) {
            let mut column = Column::default();
            for feature in dataset.refs(kind) {
                let start = column.numbers.len();
                let mut add = |key: &str| {
                    let number = table.intern(key);
                    if !column.numbers[start..].contains(&number) {
                        column.numbers.push(number);
                    }
                };
                visit_keys(dataset, dimension, feature, lookup, &mut add);
                if column.numbers.len() == start {
                    column.numbers.push(NOT_STATED_NUMBER);
                }
                column.ends.push(u32::try_from(column.numbers.len()).unwrap_or(u32::MAX));
            }
            column.settle();
            columns.insert(kind, column);
        }
        Self { table, columns }
    }
}

/// Records by id, for the kinds that others name.
pub(super) struct Lookup<'a> {
    ids: HashMap<(FeatureKind, &'a str), u32>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(dataset: &'a Dataset) -> Self {
        use FeatureKind as K;
        // Events and corridors may be many and are seldom named.
        let events_named = dataset.seizures.iter().any(|event| !event.overlaps.is_empty());
        let judged = !dataset.judgements.is_empty();
        let named = |kind: &K| match kind {
            K::Port | K::Group | K::Source => true,
            K::Seizure => events_named || judged,
            K::Route => judged,
            _ => false,
        };
        let features = K::ALL.into_iter().filter(named).flat_map(|kind| dataset.refs(kind));
        let ids = features.filter_map(|feature| Some(((feature.kind, &**dataset.id(feature)?), feature.index))).collect();
        Self { ids }
    }

    pub(super) fn find(&self, kind: FeatureKind, id: &str) -> Option<FeatureRef> {
        self.ids.get(&(kind, id)).map(|index| FeatureRef::new(kind, *index))
    }
}

/// The sources that a record names by id; a source names itself.
pub(super) fn source_ids(dataset: &Dataset, feature: FeatureRef) -> &[Arc<str>] {
    let at = feature.at();
    match feature.kind {
        FeatureKind::Route => &dataset.routes[at].sources,
        FeatureKind::Port => &dataset.ports[at].sources,
        FeatureKind::Seizure => &dataset.seizures[at].sources,
        FeatureKind::Group => &dataset.groups[at].sources,
        FeatureKind::Tie => &dataset.ties[at].sources,
        FeatureKind::Statistic => &dataset.statistics[at].sources,
        FeatureKind::Judgement => &dataset.judgements[at].sources,
        FeatureKind::Source => std::slice::from_ref(&dataset.sources[at].id),
        FeatureKind::Area => &[],
    }
}

/// First and last possible day of a record; `None` when it states no time. An open end of a tie reaches for ever.
fn possible_days(dataset: &Dataset, feature: FeatureRef) -> Option<(i32, i32)> {
    let at = feature.at();
    let days = |begin: Option<PartialDate>, end: Option<PartialDate>| Some((begin.or(end)?.first_day(), end.or(begin)?.last_day()));
    match feature.kind {
        FeatureKind::Seizure => dataset.seizures[at].event_date.map(|span| (span.first_day(), span.last_day())),
        FeatureKind::Route => days(dataset.routes[at].first_reported, dataset.routes[at].last_reported),
        FeatureKind::Statistic => Some((dataset.statistics[at].year.first_day(), dataset.statistics[at].year.last_day())),
        FeatureKind::Tie => {
            let tie = &dataset.ties[at];
            Some((tie.since.map_or(i32::MIN, PartialDate::first_day), tie.until.map_or(i32::MAX, PartialDate::last_day)))
        }
        _ => None,
    }
}

/// The possible days of all records of a kind; empty for kinds without time. Without a stated time the first day lies after every last day.
pub(super) fn day_column(dataset: &Dataset, kind: FeatureKind) -> Vec<(i32, i32)> {
    const NEVER: (i32, i32) = (i32::MAX, i32::MIN);
    if !Dimension::Period.applies_to(kind) {
        return Vec::new();
    }
    dataset.refs(kind).map(|feature| possible_days(dataset, feature).unwrap_or(NEVER)).collect()
}

fn visit_keys(dataset: &Dataset, dimension: Dimension, feature: FeatureRef, lookup: &Lookup<'_>, add: &mut dyn FnMut(&str)) {
    use FeatureKind as K;
    let at = feature.at();
    let mut add_all = |keys: &[Arc<str>]| keys.iter().for_each(|key| add(key));
    let one = std::slice::from_ref;
    match (dimension, feature.kind) {
        (Dimension::Group, K::Route) => add_all(&dataset.routes[at].groups),
        (Dimension::Group, K::Seizure) => add_all(&dataset.seizures[at].groups),
        (Dimension::Group, K::Group) => add_all(one(&dataset.groups[at].id)),
        (Dimension::Group, K::Tie) => {
            add_all(one(&dataset.ties[at].a));
            add_all(one(&dataset.ties[at].b));
        }
        (Dimension::Port, K::Route) => visit_route_ports(dataset, at, lookup, &mut |id| add(id)),
        (Dimension::Port, K::Seizure) => {
            let seizure = &dataset.seizures[at];
            [&seizure.origin_port, &seizure.destination_port].into_iter().flatten().for_each(|port| add(port));
        }
        (Dimension::Port, K::Port) => add(&dataset.ports[at].id),
        (Dimension::Country, K::Route) => visit_route_ports(dataset, at, lookup, &mut |id| {
            let port = lookup.find(K::Port, id).map(|port| &dataset.ports[port.at()]);
            if let Some(country) = port.and_then(|port| port.country.as_deref()) {
                add(country);
            }
        }),
        (Dimension::Country, K::Seizure) => dataset.seizures[at].country.iter().for_each(|key| add(key)),
        (Dimension::Country, K::Port) => dataset.ports[at].country.iter().for_each(|key| add(key)),
        (Dimension::Country, K::Group) => dataset.groups[at].home_country.iter().for_each(|key| add(key)),
        (Dimension::Mode, K::Route) => dataset.routes[at].mode.iter().for_each(|mode| add(&mode.0)),
        (Dimension::Confidence, K::Route) => dataset.routes[at].confidence.iter().for_each(|value| add(value.key())),
        (Dimension::Confidence, K::Judgement) => dataset.judgements[at].confidence.iter().for_each(|value| add(value.key())),
        (Dimension::Attribution, K::Seizure) => dataset.seizures[at].attribution.iter().for_each(|value| add(value.key())),
        (Dimension::Reliability, _) => {
            for id in source_ids(dataset, feature) {
                let source = lookup.find(K::Source, id).map(|source| &dataset.sources[source.at()]);
                add(source.and_then(|source| source.reliability).map_or(NOT_STATED, |grade| grade.key()));
            }
        }
        _ => {}
    }
}

/// Origin, those stops that are ports (not waypoints), and destination.
fn visit_route_ports(dataset: &Dataset, at: usize, lookup: &Lookup<'_>, add: &mut dyn FnMut(&str)) {
    let route = &dataset.routes[at];
    let stops = route.via.iter().filter(|id| lookup.find(FeatureKind::Port, id).is_some());
    route.origin_port.iter().chain(stops).chain(&route.destination_port).for_each(|id| add(id));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample;

    fn keys(dimension: Dimension, feature: FeatureRef) -> Vec<String> {
        let dataset = sample::dataset();
        let columns = DimensionColumns::build(&dataset, dimension, &Lookup::new(&dataset));
        let numbers = columns.column(feature.kind).and_then(|column| column.iter().nth(feature.at())).expect("the kind has it").to_vec();
        numbers.into_iter().map(|number| columns.table.keys()[number as usize].to_string()).collect()
    }

    #[test]
    fn a_route_has_the_countries_of_its_ports_but_not_of_waypoints() {
        assert_eq!(keys(Dimension::Country, sample::route(0)), ["EC", "IT", "AL"]);
        assert_eq!(keys(Dimension::Port, sample::route(0)), ["ec", "gt", "dur"]);
    }

    #[test]
    fn absent_values_have_their_own_key() {
        assert_eq!(keys(Dimension::Group, sample::seizure(2)), [NOT_STATED]);
        assert_eq!(keys(Dimension::Mode, sample::route(1)), [NOT_STATED]);
        assert_eq!(keys(Dimension::Reliability, sample::seizure(3)), [NOT_STATED], "no source at all is not graded");
    }

    #[test]
    fn a_record_has_the_grades_of_all_its_sources_once() {
        assert_eq!(keys(Dimension::Reliability, sample::seizure(0)), ["B", "D"]);
    }
}
