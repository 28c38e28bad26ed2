//! Free text over records: which texts a record has, and whether they hold all words of a query.

use std::collections::HashMap;
use std::sync::Arc;

use super::links::Links;
use crate::model::{Dataset, FeatureKind, FeatureRef, fold_for_search};

/// Calls `visit` for every text of a record itself.
pub(super) fn own_texts<'a>(dataset: &'a Dataset, feature: FeatureRef, visit: &mut dyn FnMut(&'a Arc<str>)) {
    let at = feature.at();
    let mut all = |id: Option<&'a Arc<str>>, texts: &[&'a Option<Arc<str>>]| {
        id.into_iter().chain(texts.iter().copied().flatten()).for_each(&mut *visit);
    };
    match feature.kind {
        FeatureKind::Route => {
            let route = &dataset.routes[at];
            all(Some(&route.id), &[&route.name, &route.note]);
            route.mode.iter().for_each(|mode| visit(&mode.0));
        }
        FeatureKind::Port => {
            let port = &dataset.ports[at];
            all(Some(&port.id), &[&port.name, &port.country, &port.locode, &port.note]);
        }
        FeatureKind::Seizure => {
            let s = &dataset.seizures[at];
            all(Some(&s.id), &[&s.place, &s.country, &s.commodity, &s.concealment, &s.vessel, &s.note]);
        }
        FeatureKind::Group => {
            let group = &dataset.groups[at];
            all(Some(&group.id), &[&group.name, &group.home_country, &group.home_place, &group.note]);
        }
        FeatureKind::Tie => {
            let tie = &dataset.ties[at];
            all(Some(&tie.a), &[&tie.note]);
            visit(&tie.b);
        }
        FeatureKind::Statistic => {
            let statistic = &dataset.statistics[at];
            all(Some(&statistic.series), &[&statistic.unit, &statistic.note]);
        }
        FeatureKind::Source => {
            let source = &dataset.sources[at];
            all(Some(&source.id), &[&source.publisher, &source.title, &source.url, &source.note]);
        }
        FeatureKind::Judgement => {
            let judgement = &dataset.judgements[at];
            all(Some(&judgement.id), &[&judgement.statement, &judgement.basis]);
        }
        FeatureKind::Area => {
            let area = &dataset.areas[at];
            all(Some(&area.id), &[&area.name]);
        }
    }
}

/// The words of a query, and for every shared text which of them it holds (texts repeat, so most are folded once only).
pub(super) struct TextQuery {
    words: Vec<String>,
    held: HashMap<usize, u64>,
}

impl TextQuery {
    /// The most words of a query that count.
    const MAX_WORDS: usize = 64;

    /// `None` when the query has no word.
    pub(super) fn new(query: &str) -> Option<Self> {
        let words: Vec<String> = fold_for_search(query).split_whitespace().take(Self::MAX_WORDS).map(str::to_owned).collect();
        (!words.is_empty()).then(|| Self { words, held: HashMap::new() })
    }

    /// Whether the texts of the record, the names of its groups and ports among them, hold every word.
    pub(super) fn matches(&mut self, dataset: &Dataset, links: &Links, feature: FeatureRef) -> bool {
        let all_words = u64::MAX >> (u64::BITS as usize - self.words.len());
        let mut held = 0;
        own_texts(dataset, feature, &mut |text| held |= self.words_in(text));
        if matches!(feature.kind, FeatureKind::Route | FeatureKind::Seizure | FeatureKind::Tie) {
            for other in links.neighbors(feature) {
                let name = match other.kind {
                    FeatureKind::Group => &dataset.groups[other.at()].name,
                    FeatureKind::Port => &dataset.ports[other.at()].name,
                    _ => continue,
                };
                held |= name.as_ref().map_or(0, |name| self.words_in(name));
            }
        }
        held == all_words
    }

    fn words_in(&mut self, text: &Arc<str>) -> u64 {
        let words = &self.words;
        // The dataset outlives the query, so an address stands for one text.
        *self.held.entry(Arc::as_ptr(text).cast::<u8>() as usize).or_insert_with(|| {
            let folded = fold_for_search(text);
            words.iter().enumerate().filter(|(_, word)| folded.contains(word.as_str())).fold(0, |mask, (at, _)| mask | 1 << at)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample;

    fn matching_seizures(query: &str) -> Vec<u32> {
        let dataset = sample::dataset();
        let links = Links::new(&dataset);
        let mut query = TextQuery::new(query).expect("has words");
        dataset.refs(FeatureKind::Seizure).filter(|s| query.matches(&dataset, &links, *s)).map(|s| s.index).collect()
    }

    #[test]
    fn an_event_is_found_by_place_vessel_and_the_names_of_its_groups_and_ports() {
        assert_eq!(matching_seizures("kavac"), [0, 1]);
        assert_eq!(matching_seizures("DURRES ecuador"), [0], "every word, in whatever field");
        assert_eq!(matching_seizures("rosio"), [2]);
        assert!(matching_seizures("rosio durres").is_empty());
    }

    #[test]
    fn blank_text_is_no_query() {
        assert!(TextQuery::new("  ").is_none());
        assert!(TextQuery::new(&"a ".repeat(100)).is_some_and(|query| query.words.len() == 64));
    }
}
