//! Which records pass a filter, and how many would pass with one more or one less restriction.

use std::cmp::Reverse;
use std::sync::Arc;

use super::columns::DimensionColumns;
use super::dimension::{Dimension, dimensions_of, key_label, key_rank};
use super::filter::Filter;
use super::links::Links;
use super::text::TextQuery;
use crate::model::{Dataset, FeatureKind, FeatureRef};

const KINDS: usize = FeatureKind::ALL.len();

/// Set where a record is not linked to anything that passes (see [`Filter`]).
const UNLINKED: u16 = 1 << Dimension::ALL.len();

/// For every record which restrictions it fails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matches {
    /// By kind and index: one bit for each failed dimension; 0 passes.
    failed: [Vec<u16>; KINDS],
    shown: [usize; KINDS],
}

impl Matches {
    /// Whether the record passes the filter; a stale reference does not.
    pub fn passes(&self, feature: FeatureRef) -> bool {
        self.mask(feature) == Some(0)
    }

    /// Whether the record would pass if this dimension were free.
    pub fn passes_except(&self, feature: FeatureRef, lifted: Dimension) -> bool {
        self.mask(feature).is_some_and(|failed| failed & !lifted.bit() == 0)
    }

    /// How many records of a kind pass.
    pub fn shown(&self, kind: FeatureKind) -> usize {
        self.shown[kind as usize]
    }

    /// How many records of a kind there are.
    pub fn total(&self, kind: FeatureKind) -> usize {
        self.failed[kind as usize].len()
    }

    /// The records of a kind that pass, in the order of the dataset.
    pub fn passing(&self, kind: FeatureKind) -> impl Iterator<Item = FeatureRef> + '_ {
        (0u32..).zip(&self.failed[kind as usize]).filter(|(_, failed)| **failed == 0).map(move |(index, _)| FeatureRef::new(kind, index))
    }

    fn mask(&self, feature: FeatureRef) -> Option<u16> {
        self.failed[feature.kind as usize].get(feature.at()).copied()
    }

    fn fail(&mut self, feature: FeatureRef, bit: u16) {
        if let Some(failed) = self.failed[feature.kind as usize].get_mut(feature.at()) {
            *failed |= bit;
        }
    }
}

/// Tests every record. The rules are those of [`Filter`].
pub fn evaluate(dataset: &Dataset, links: &Links, filter: &Filter) -> Matches {
    let mut matches = Matches { failed: FeatureKind::ALL.map(|kind| vec![0; dataset.count(kind)]), shown: [0; KINDS] };
    if !filter.is_empty() {
        for dimension in Dimension::CHOICES.into_iter().filter(|dimension| filter.restricts(*dimension)) {
            if let Some(columns) = links.columns(dimension) {
                test_choices(&mut matches, filter, dimension, columns);
            }
        }
        test_period(&mut matches, links, filter);
        test_text(&mut matches, dataset, links, filter);
        test_links(&mut matches, dataset, links, filter);
    }
    for kind in FeatureKind::ALL {
        matches.shown[kind as usize] = matches.failed[kind as usize].iter().filter(|failed| **failed == 0).count();
    }
    matches
}

fn test_choices(matches: &mut Matches, filter: &Filter, dimension: Dimension, columns: &DimensionColumns) {
    let mut wanted = vec![false; columns.table.keys().len()];
    for number in filter.chosen(dimension).filter_map(|key| columns.table.number(key)) {
        wanted[number as usize] = true;
    }
    for kind in FeatureKind::ALL {
        let Some(column) = columns.column(kind) else { continue };
        for (failed, numbers) in matches.failed[kind as usize].iter_mut().zip(column.iter()) {
            if !numbers.iter().any(|number| wanted[*number as usize]) {
                *failed |= dimension.bit();
            }
        }
    }
}

fn test_period(matches: &mut Matches, links: &Links, filter: &Filter) {
    let Some((first, last)) = filter.days else { return };
    for kind in FeatureKind::ALL {
        for (failed, (begin, end)) in matches.failed[kind as usize].iter_mut().zip(links.days(kind)) {
            if *begin > last || *end < first {
                *failed |= Dimension::Period.bit();
            }
        }
    }
}

fn test_text(matches: &mut Matches, dataset: &Dataset, links: &Links, filter: &Filter) {
    let Some(mut query) = TextQuery::new(&filter.text) else { return };
    for kind in FeatureKind::ALL.into_iter().filter(|kind| Dimension::Text.applies_to(*kind)) {
        for feature in dataset.refs(kind) {
            if !query.matches(dataset, links, feature) {
                matches.fail(feature, Dimension::Text.bit());
            }
        }
    }
}

/// Tests ports, groups, ties and sources, in this order, by what they are linked to.
fn test_links(matches: &mut Matches, dataset: &Dataset, links: &Links, filter: &Filter) {
    let restricted =
        Dimension::ALL.into_iter().filter(|dimension| filter.restricts(*dimension)).fold(0, |mask, dimension| mask | dimension.bit());
    let text = restricted & Dimension::Text.bit();
    for kind in [FeatureKind::Port, FeatureKind::Group, FeatureKind::Tie, FeatureKind::Source] {
        let foreign = restricted & !dimensions_of(kind);
        if foreign | text == 0 {
            continue;
        }
        for feature in dataset.refs(kind) {
            let lit = links.neighbors(feature).any(|other| {
                let by_kind = match (kind, other.kind) {
                    (FeatureKind::Port | FeatureKind::Group, FeatureKind::Route | FeatureKind::Seizure) => true,
                    // Only time may light a group by its ties: they have none of the other restrictions.
                    (FeatureKind::Group, FeatureKind::Tie) => foreign == Dimension::Period.bit(),
                    (FeatureKind::Tie, FeatureKind::Group) => return foreign != 0 && matches.passes(other),
                    (FeatureKind::Source, _) => true,
                    _ => false,
                };
                by_kind && dimensions_of(other.kind) & (foreign | text) != 0 && matches.passes(other)
            });
            if foreign != 0 && !lit {
                matches.fail(feature, UNLINKED);
            }
            if lit && text != 0 {
                matches.failed[kind as usize][feature.at()] &= !text;
            }
        }
    }
}

/// One value of a dimension and how many corridors and events have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// The key; [`super::NOT_STATED`] for records that state nothing.
    pub key: Arc<str>,
    /// The words for people.
    pub label: String,
    /// Corridors and events with this value that pass all *other* restrictions of the filter.
    pub matching: usize,
    /// Corridors and events with this value.
    pub total: usize,
}

/// The values of a dimension with their counts: graded ones in the order of their scale, others by falling total and then by label, "not stated" last.
/// A corridor or event with several values counts in each. Values that only other kinds of record have are listed with 0; period and text have none.
pub fn facets(dataset: &Dataset, links: &Links, matches: &Matches, dimension: Dimension) -> Vec<FacetCount> {
    let Some(columns) = links.columns(dimension) else { return Vec::new() };
    let mut counts = vec![(0, 0); columns.table.keys().len()];
    for kind in [FeatureKind::Route, FeatureKind::Seizure] {
        let Some(column) = columns.column(kind) else { continue };
        for (numbers, failed) in column.iter().zip(&matches.failed[kind as usize]) {
            let passes = usize::from(failed & !dimension.bit() == 0);
            for number in numbers {
                let (matching, total) = &mut counts[*number as usize];
                *matching += passes;
                *total += 1;
            }
        }
    }
    let values = columns.table.keys().iter().zip(counts).filter(|(key, (_, total))| *total > 0 || !key.is_empty());
    let mut facets: Vec<FacetCount> = values
        .map(|(key, (matching, total))| FacetCount { key: key.clone(), label: key_label(dataset, dimension, key), matching, total })
        .collect();
    facets.sort_by_cached_key(|facet| (key_rank(dimension, &facet.key), Reverse(facet.total), facet.label.clone(), facet.key.clone()));
    facets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{NOT_STATED, sample};
    use crate::model::PartialDate;

    /// The ids (or numbers) of the records of a kind that pass.
    fn passing(filter: &Filter, kind: FeatureKind) -> Vec<u32> {
        let dataset = sample::dataset();
        let links = Links::new(&dataset);
        evaluate(&dataset, &links, filter).passing(kind).map(|feature| feature.index).collect()
    }

    fn choosing(choices: &[(Dimension, &str)]) -> Filter {
        let mut filter = Filter::default();
        for (dimension, key) in choices {
            filter.choose(*dimension, key);
        }
        filter
    }

    fn years(first: i16, last: i16) -> Filter {
        Filter { days: Some((PartialDate::from_year(first).first_day(), PartialDate::from_year(last).last_day())), ..Filter::default() }
    }

    #[test]
    fn the_empty_filter_passes_everything() {
        let dataset = sample::dataset();
        let matches = evaluate(&dataset, &Links::new(&dataset), &Filter::default());
        for kind in FeatureKind::ALL {
            assert_eq!((matches.shown(kind), matches.total(kind)), (dataset.count(kind), dataset.count(kind)));
        }
        assert!(!matches.passes(sample::seizure(99)), "a stale reference passes nothing");
    }

    #[test]
    fn one_dimension_widens_and_several_narrow() {
        let kind = FeatureKind::Seizure;
        assert_eq!(passing(&choosing(&[(Dimension::Group, "pcc")]), kind), [1]);
        assert_eq!(passing(&choosing(&[(Dimension::Group, "pcc"), (Dimension::Group, NOT_STATED)]), kind), [1, 2, 3]);
        assert_eq!(passing(&choosing(&[(Dimension::Group, "kavac"), (Dimension::Attribution, "explicit")]), kind), [0]);
        assert!(passing(&choosing(&[(Dimension::Group, "no-such-group")]), kind).is_empty());
    }

    #[test]
    fn a_dimension_that_a_kind_lacks_does_not_exclude_it() {
        let yachts = choosing(&[(Dimension::Mode, "yacht")]);
        assert_eq!(passing(&yachts, FeatureKind::Seizure).len(), 4);
        assert!(passing(&yachts, FeatureKind::Route).is_empty());
        assert!(passing(&yachts, FeatureKind::Port).is_empty(), "no corridor of this mode lights a port");
    }

    #[test]
    fn a_group_filter_lights_its_events_corridors_ties_and_ports() {
        let kavac = choosing(&[(Dimension::Group, "kavac")]);
        assert_eq!(passing(&kavac, FeatureKind::Group), [0]);
        assert_eq!(passing(&kavac, FeatureKind::Route), [0]);
        assert_eq!(passing(&kavac, FeatureKind::Tie), [0, 1]);
        assert_eq!(passing(&kavac, FeatureKind::Port), [0, 1, 2]);
        assert_eq!(passing(&choosing(&[(Dimension::Group, "pcc")]), FeatureKind::Port), [2]);
    }

    #[test]
    fn a_period_keeps_what_may_lie_in_it_and_drops_the_undated() {
        assert_eq!(passing(&years(2020, 2020), FeatureKind::Seizure), [0, 1]);
        assert_eq!(passing(&years(2022, 2022), FeatureKind::Tie), [0], "an end that is not stated excludes nothing");
        assert_eq!(passing(&years(2022, 2022), FeatureKind::Group), [0, 2], "lit by their tie");
        assert_eq!(passing(&years(2005, 2005), FeatureKind::Port), [1]);
        assert_eq!(passing(&years(2020, 2020), FeatureKind::Statistic), Vec::<u32>::new());
    }

    #[test]
    fn text_lights_what_holds_it_and_what_is_linked_to_that() {
        let rosio = Filter { text: "Rosio".to_owned(), ..Filter::default() };
        assert_eq!(passing(&rosio, FeatureKind::Seizure), [2]);
        assert_eq!(passing(&rosio, FeatureKind::Source), [2]);
        let kavac = Filter { text: "kavač".to_owned(), ..Filter::default() };
        assert_eq!(passing(&kavac, FeatureKind::Port), [0, 1, 2]);
        assert_eq!(passing(&kavac, FeatureKind::Seizure), [0, 1]);
    }

    #[test]
    fn facets_lift_their_own_restriction() {
        let dataset = sample::dataset();
        let links = Links::new(&dataset);
        let filter = choosing(&[(Dimension::Attribution, "explicit"), (Dimension::Country, "AL")]);
        let matches = evaluate(&dataset, &links, &filter);
        let counts: Vec<(String, usize, usize)> = facets(&dataset, &links, &matches, Dimension::Attribution)
            .into_iter()
            .map(|facet| (facet.label, facet.matching, facet.total))
            .collect();
        let expected = [("Explicit", 1, 1), ("Suspected", 1, 1), ("None", 0, 1), ("Not stated", 0, 1)];
        assert_eq!(counts, expected.map(|(label, matching, total)| (label.to_owned(), matching, total)));
        let groups = facets(&dataset, &links, &matches, Dimension::Group);
        assert_eq!(groups.iter().map(|facet| facet.total).collect::<Vec<_>>(), [3, 1, 0, 3]);
    }
}
