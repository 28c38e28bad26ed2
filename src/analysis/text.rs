//! Free text over records: which texts a record has, and whether they hold all words of a query.

use std::collections::HashMap;
use std::sync::Arc;

use super::links::Links;
use crate::model::{Dataset, FeatureKind, FeatureRef, fold_for_search};

/// Folds text for comparison without a new string for plain ASCII, which most ids and codes are.
#[derive(Debug, Default)]
pub(super) struct Folder(String);

impl Folder {
    /// The same as [`fold_for_search`], valid until the next call.
    pub(super) fn fold(&mut self, text: &str) -> &str {
        if text.is_ascii() {
            self.0.clear();
            self.0.push_str(text);
            self.0.make_ascii_lowercase();
        } else {
            self.0 = fold_for_search(text);
        }
        &self.0
    }
}

/// Calls `visit` for every text of a record itself, its id first if it has one of its own.
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
    folder: Folder,
}

impl TextQuery {
    /// The most words of a query that count.
    const MAX_WORDS: usize = 64;

    /// `None` when the query has no word.
    pub(super) fn new(query: &str) -> Option<Self> {
        let words: Vec<String> = fold_for_search(query).split_whitespace().take(Self::MAX_WORDS).map(str::to_owned).collect();
        (!words.is_empty()).then(|| Self { words, held: HashMap::new(), folder: Folder::default() })
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
        // The dataset outlives the query, so an address stands for one text.
        let address = Arc::as_ptr(text).cast::<u8>() as usize;
        if let Some(held) = self.held.get(&address) {
            return *held;
        }
        let folded = self.folder.fold(text);
        let words = self.words.iter().enumerate();
        let held = words.filter(|(_, word)| folded.contains(word.as_str())).fold(0, |mask, (at, _)| mask | 1 << at);
        // A text that only its record holds, as most ids, is not asked for again.
        if Arc::strong_count(text) > 2 {
            self.held.insert(address, held);
        }
        held
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
    fn the_short_way_folds_like_the_long_one() {
        let mut folder = Folder::default();
        for text in ["MSC Gayane", "", "Kavač", "'Ndrangheta", "ÎLE", "a-B_9"] {
            assert_eq!(folder.fold(text), fold_for_search(text));
        }
    }

    #[test]
    fn blank_text_is_no_query() {
        assert!(TextQuery::new("  ").is_none());
        assert!(TextQuery::new(&"a ".repeat(100)).is_some_and(|query| query.words.len() == 64));
    }
}
