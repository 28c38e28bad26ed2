//! Who names whom: the ids of a dataset resolved once, in both directions.

use std::sync::Arc;

use super::columns::{DimensionColumns, Lookup, day_column, source_ids};
use super::dimension::Dimension;
use crate::model::{Dataset, FeatureKind, FeatureRef};

/// How a record is related to another, seen from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// The port it comes from.
    Origin,
    /// A port on the way.
    Via,
    /// The port it goes to.
    Destination,
    /// A group that it names, or an end of a tie.
    Groups,
    /// Corridors and events that come from this port.
    OriginOf,
    /// Corridors that call at this port on the way.
    ViaOf,
    /// Corridors and events that go to this port.
    DestinationOf,
    /// Ties of this group.
    Ties,
    /// Corridors that name this group.
    Corridors,
    /// Events that name this group.
    Events,
    /// Events that may describe the same load.
    Overlaps,
    /// What a judgement is about.
    About,
    /// Judgements about this record.
    Judgements,
    /// Publications that it rests on.
    Sources,
    /// Records that rest on this publication.
    CitedBy,
}

impl Relation {
    /// The words for people, as a heading over the related records.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Origin => "Origin",
            Self::Via => "Via",
            Self::Destination => "Destination",
            Self::Groups => "Groups",
            Self::OriginOf => "Origin of",
            Self::ViaOf => "On the way of",
            Self::DestinationOf => "Destination of",
            Self::Ties => "Ties",
            Self::Corridors => "Corridors",
            Self::Events => "Events",
            Self::Overlaps => "May be the same load as",
            Self::About => "About",
            Self::Judgements => "Judgements",
            Self::Sources => "Sources",
            Self::CitedBy => "Cited by",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Link {
    relation: Relation,
    kind: FeatureKind,
    index: u32,
}

/// All relations of a dataset and its filter columns. Valid only for the dataset it was made from.
#[derive(Debug)]
pub struct Links {
    /// Number of the first record of each kind when all records are counted through.
    first: [usize; FeatureKind::ALL.len()],
    counts: [usize; FeatureKind::ALL.len()],
    ends: Vec<u32>,
    links: Vec<Link>,
    columns: Vec<DimensionColumns>,
    days: [Vec<(i32, i32)>; FeatureKind::ALL.len()],
    unresolved: usize,
}

impl Links {
    /// Resolves all ids. Only stated ids count: an event is not tied to a port because it lies near one.
    pub fn new(dataset: &Dataset) -> Self {
        let lookup = Lookup::new(dataset);
        let mut first = [0; FeatureKind::ALL.len()];
        let mut records = 0;
        for kind in FeatureKind::ALL {
            first[kind as usize] = records;
            records += dataset.count(kind);
        }
        let mut found = Edges { lookup: &lookup, first, edges: Vec::new(), unresolved: 0 };
        for kind in FeatureKind::ALL {
            for feature in dataset.refs(kind) {
                found.add_record(dataset, feature);
            }
        }
        let Edges { edges, unresolved, .. } = found;
        let (ends, links) = grouped(records, &edges);
        let columns = Dimension::CHOICES.into_iter().map(|dimension| DimensionColumns::build(dataset, dimension, &lookup)).collect();
        let counts = FeatureKind::ALL.map(|kind| dataset.count(kind));
        let days = FeatureKind::ALL.map(|kind| day_column(dataset, kind));
        Self { first, counts, ends, links, columns, days, unresolved }
    }

    fn of(&self, feature: FeatureRef) -> &[Link] {
        if feature.at() >= self.counts[feature.kind as usize] {
            return &[];
        }
        let number = self.first[feature.kind as usize] + feature.at();
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(number).and_then(|end| self.links.get(start as usize..*end as usize)).unwrap_or_default()
    }

    /// Everything a record is linked to, ordered by relation, kind and index.
    pub fn related(&self, feature: FeatureRef) -> Vec<(Relation, FeatureRef)> {
        self.of(feature).iter().map(|link| (link.relation, FeatureRef::new(link.kind, link.index))).collect()
    }

    /// The records in one relation to this one, in the order of the dataset.
    pub fn related_by(&self, feature: FeatureRef, relation: Relation) -> impl Iterator<Item = FeatureRef> + '_ {
        self.of(feature).iter().filter(move |link| link.relation == relation).map(|link| FeatureRef::new(link.kind, link.index))
    }

    /// Whether two records are linked in any way. Looks through the fewer links of the two.
    pub fn are_related(&self, a: FeatureRef, b: FeatureRef) -> bool {
        let (few, other) = if self.of(a).len() <= self.of(b).len() { (a, b) } else { (b, a) };
        self.neighbors(few).any(|neighbor| neighbor == other)
    }

    /// All linked records, whatever the relation.
    pub fn neighbors(&self, feature: FeatureRef) -> impl Iterator<Item = FeatureRef> + '_ {
        self.of(feature).iter().map(|link| FeatureRef::new(link.kind, link.index))
    }

    /// How many ids name no record of the dataset (waypoints among the stops of a route are not counted).
    pub fn unresolved(&self) -> usize {
        self.unresolved
    }

    /// First and last possible day of every record of a kind; empty for kinds without time.
    pub(super) fn days(&self, kind: FeatureKind) -> &[(i32, i32)] {
        &self.days[kind as usize]
    }

    /// The columns of a dimension of choices; `None` for period and text.
    pub(super) fn columns(&self, dimension: Dimension) -> Option<&DimensionColumns> {
        Dimension::CHOICES.into_iter().position(|choice| choice == dimension).and_then(|at| self.columns.get(at))
    }
}

/// The links of each record in order and without duplicates, and where they end. Grouped by counting: sorting all edges at once takes far longer.
fn grouped(records: usize, edges: &[(u32, Link)]) -> (Vec<u32>, Vec<Link>) {
    let mut next = vec![0_u32; records + 1];
    for (from, _) in edges {
        next[*from as usize + 1] += 1;
    }
    for number in 0..records {
        next[number + 1] += next[number];
    }
    let mut links: Vec<Link> = edges.iter().map(|(_, link)| *link).collect();
    for (from, link) in edges {
        let place = &mut next[*from as usize];
        links[*place as usize] = *link;
        *place += 1;
    }
    // Each entry has moved to the end of its record, which is where the next one starts.
    let (mut kept, mut start) = (0, 0);
    for end in &mut next[..records] {
        let stop = *end as usize;
        links[start..stop].sort_unstable();
        let first = kept;
        for at in start..stop {
            if kept == first || links[kept - 1] != links[at] {
                links[kept] = links[at];
                kept += 1;
            }
        }
        start = stop;
        *end = u32::try_from(kept).unwrap_or(u32::MAX);
    }
    next.truncate(records);
    links.truncate(kept);
    (next, links)
}

struct Edges<'a> {
    lookup: &'a Lookup<'a>,
    first: [usize; FeatureKind::ALL.len()],
    edges: Vec<(u32, Link)>,
    unresolved: usize,
}

impl Edges<'_> {
    /// Adds a relation and its inverse.
    fn add(&mut self, from: FeatureRef, relation: Relation, to: FeatureRef, inverse: Relation) {
        for (a, relation, b) in [(from, relation, to), (to, inverse, from)] {
            let number = u32::try_from(self.first[a.kind as usize] + a.at()).unwrap_or(u32::MAX);
            self.edges.push((number, Link { relation, kind: b.kind, index: b.index }));
        }
    }

    fn add_ids<'i>(
        &mut self,
        from: FeatureRef,
        relation: Relation,
        kind: FeatureKind,
        ids: impl IntoIterator<Item = &'i Arc<str>>,
        inverse: Relation,
    ) {
        for id in ids {
            match self.lookup.find(kind, id) {
                Some(to) if to != from => self.add(from, relation, to, inverse),
                Some(_) => {}
                None => self.unresolved += usize::from(relation != Relation::Via),
            }
        }
    }

    fn add_record(&mut self, dataset: &Dataset, from: FeatureRef) {
        use FeatureKind as K;
        let at = from.at();
        if from.kind != K::Source {
            self.add_ids(from, Relation::Sources, K::Source, source_ids(dataset, from), Relation::CitedBy);
        }
        match from.kind {
            K::Route => {
                let route = &dataset.routes[at];
                self.add_ids(from, Relation::Origin, K::Port, &route.origin_port, Relation::OriginOf);
                self.add_ids(from, Relation::Via, K::Port, &route.via, Relation::ViaOf);
                self.add_ids(from, Relation::Destination, K::Port, &route.destination_port, Relation::DestinationOf);
                self.add_ids(from, Relation::Groups, K::Group, &route.groups, Relation::Corridors);
            }
            K::Seizure => {
                let seizure = &dataset.seizures[at];
                self.add_ids(from, Relation::Origin, K::Port, &seizure.origin_port, Relation::OriginOf);
                self.add_ids(from, Relation::Destination, K::Port, &seizure.destination_port, Relation::DestinationOf);
                self.add_ids(from, Relation::Groups, K::Group, &seizure.groups, Relation::Events);
                self.add_ids(from, Relation::Overlaps, K::Seizure, &seizure.overlaps, Relation::Overlaps);
            }
            K::Tie => {
                let tie = &dataset.ties[at];
                self.add_ids(from, Relation::Groups, K::Group, [&tie.a, &tie.b], Relation::Ties);
            }
            K::Judgement => self.add_judgement(dataset, from),
            K::Port | K::Group | K::Area | K::Statistic | K::Source => {}
        }
    }

    fn add_judgement(&mut self, dataset: &Dataset, from: FeatureRef) {
        for id in &dataset.judgements[from.at()].about {
            let mut targets = 0;
            for kind in [FeatureKind::Route, FeatureKind::Port, FeatureKind::Seizure, FeatureKind::Group] {
                if let Some(to) = self.lookup.find(kind, id) {
                    self.add(from, Relation::About, to, Relation::Judgements);
                    targets += 1;
                }
            }
            self.unresolved += usize::from(targets == 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample;

    #[test]
    fn relations_run_both_ways() {
        let dataset = sample::dataset();
        let links = Links::new(&dataset);
        for kind in FeatureKind::ALL {
            for feature in dataset.refs(kind) {
                for (_, other) in links.related(feature) {
                    assert!(links.neighbors(other).any(|back| back == feature), "{other:?} does not lead back to {feature:?}");
                    assert!(links.are_related(feature, other));
                }
            }
        }
        let durres = dataset.find(FeatureKind::Port, "dur").expect("there");
        assert_eq!(
            links
                .related(durres)
                .into_iter()
                .filter(|(relation, _)| *relation == Relation::DestinationOf)
                .map(|(_, to)| to)
                .collect::<Vec<_>>(),
            [sample::route(0), sample::seizure(0), sample::seizure(1)]
        );
        assert_eq!(links.related_by(durres, Relation::ViaOf).count(), 0);
        assert!(!links.are_related(durres, sample::seizure(3)));
    }

    #[test]
    fn links_are_grouped_sorted_and_unique() {
        let link = |index| Link { relation: Relation::Sources, kind: FeatureKind::Source, index };
        let edges = [(2, link(5)), (0, link(9)), (2, link(1)), (2, link(5)), (0, link(9)), (3, link(0))];
        let (ends, links) = grouped(5, &edges);
        assert_eq!(ends, [1, 1, 3, 4, 4]);
        assert_eq!(links.iter().map(|link| link.index).collect::<Vec<_>>(), [9, 1, 5, 0]);
        assert_eq!(grouped(2, &[]), (vec![0, 0], Vec::new()));
    }

    #[test]
    fn an_overlap_that_only_one_side_names_is_still_mutual() {
        let dataset = sample::dataset();
        let links = Links::new(&dataset);
        assert!(dataset.seizures[0].overlaps.is_empty());
        assert_eq!(links.related_by(sample::seizure(0), Relation::Overlaps).collect::<Vec<_>>(), [sample::seizure(1)]);
    }

    #[test]
    fn ids_without_a_record_are_counted_and_waypoints_are_not() {
        let links = Links::new(&sample::dataset());
        assert_eq!(links.unresolved(), 1, "one seizure names a port that is in no file");
        assert!(links.related(FeatureRef::new(FeatureKind::Port, 99)).is_empty(), "a stale reference has no links");
    }
}
