//! Finding records by a few letters.

use std::sync::Arc;

use super::text::Folder;
use crate::model::{Dataset, FeatureKind, FeatureRef, country_name, fold_for_search};

/// A record that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchHit {
    /// The record.
    pub feature: FeatureRef,
    /// What to call it.
    pub title: String,
    /// Kind and the most telling facts, for the second line.
    pub detail: String,
    /// How well it fits, higher is better; comparable only within one search.
    pub score: u32,
}

/// How a text fits a query: the greater the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Within = 1,
    WordPrefix = 2,
    Prefix = 3,
    Whole = 4,
}

/// Records whose name, id, place, vessel, code or publisher holds the query, or all its words; case and diacritics do not matter.
///
/// The whole text comes before its beginning, before the beginning of a word, before any other part; names before ids and other fields; then groups, ports,
/// corridors, events and the rest in the order of the dataset. At most `limit` hits; a blank query has none.
pub fn search(dataset: &Dataset, query: &str, limit: usize) -> Vec<SearchHit> {
    const ORDER: [FeatureKind; 8] = [
        FeatureKind::Group,
        FeatureKind::Port,
        FeatureKind::Route,
        FeatureKind::Seizure,
        FeatureKind::Area,
        FeatureKind::Source,
        FeatureKind::Judgement,
        FeatureKind::Statistic,
    ];
    let folded = fold_for_search(query.trim());
    let words: Vec<&str> = folded.split_whitespace().collect();
    if words.is_empty() {
        return Vec::new();
    }
    let phrase = words.join(" ");
    let mut folder = Folder::default();
    let mut found: Vec<(u32, FeatureRef)> = Vec::new();
    for feature in ORDER.into_iter().flat_map(|kind| dataset.refs(kind)) {
        found.extend(score(dataset, feature, &phrase, &words, &mut folder).map(|score| (score, feature)));
    }
    // Stable: equal scores keep the order of kinds and of the dataset.
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let hit = |(score, feature)| SearchHit { feature, title: dataset.title(feature), detail: detail(dataset, feature), score };
    found.into_iter().take(limit).map(hit).collect()
}

/// Ten points for each step of [`Fit`], up to three for the weight of the field; less than ten when only the single words are found.
fn score(dataset: &Dataset, feature: FeatureRef, phrase: &str, words: &[&str], folder: &mut Folder) -> Option<u32> {
    // The word that fits worst decides when the phrase as a whole is nowhere.
    let mut best = None;
    let mut by_word = vec![None; if words.len() > 1 { words.len() } else { 0 }];
    visit_fields(dataset, feature, &mut |weight, text| {
        let folded = folder.fold(text);
        best = best.max(fit(folded, phrase).map(|fit| fit as u32 * 10 + weight));
        for (held, word) in by_word.iter_mut().zip(words) {
            if folded.contains(word) {
                *held = (*held).max(Some(weight));
            }
        }
    });
    best.or_else(|| by_word.into_iter().reduce(|a: Option<u32>, b| Some(a?.min(b?))).flatten())
}

fn fit(text: &str, phrase: &str) -> Option<Fit> {
    let starts_word = |at: usize| text[..at].chars().next_back().is_some_and(|before| !before.is_alphanumeric());
    match text.find(phrase)? {
        0 if text.len() == phrase.len() => Some(Fit::Whole),
        0 => Some(Fit::Prefix),
        _ if text.match_indices(phrase).any(|(at, _)| starts_word(at)) => Some(Fit::WordPrefix),
        _ => Some(Fit::Within),
    }
}

/// Visits the texts that are searched, each with its weight: 3 names, 2 codes and ids, 1 the rest.
fn visit_fields(dataset: &Dataset, feature: FeatureRef, visit: &mut dyn FnMut(u32, &str)) {
    let mut some = |list: &[(u32, &Option<Arc<str>>)]| {
        for (weight, text) in list {
            if let Some(text) = text {
                visit(*weight, text);
            }
        }
    };
    let country = |code: &Option<Arc<str>>| code.as_deref().and_then(country_name).map(Arc::from);
    let at = feature.at();
    match feature.kind {
        FeatureKind::Route => some(&[(3, &dataset.routes[at].name)]),
        FeatureKind::Port => {
            let port = &dataset.ports[at];
            some(&[(3, &port.name), (2, &port.locode), (1, &port.country), (1, &country(&port.country))]);
        }
        FeatureKind::Seizure => {
            let event = &dataset.seizures[at];
            some(&[(3, &event.place), (3, &event.vessel), (1, &event.concealment), (1, &event.country), (1, &country(&event.country))]);
        }
        FeatureKind::Group => {
            let group = &dataset.groups[at];
            some(&[(3, &group.name), (1, &group.home_place), (1, &group.home_country), (1, &country(&group.home_country))]);
        }
        FeatureKind::Area => some(&[(3, &dataset.areas[at].name)]),
        FeatureKind::Source => {
            let source = &dataset.sources[at];
            some(&[(3, &source.publisher), (3, &source.title)]);
        }
        FeatureKind::Judgement => some(&[(3, &dataset.judgements[at].statement)]),
        FeatureKind::Statistic => visit(3, &dataset.statistics[at].series),
        FeatureKind::Tie => {}
    }
    if let Some(id) = dataset.id(feature) {
        visit(2, id);
    }
}

fn detail(dataset: &Dataset, feature: FeatureRef) -> String {
    let at = feature.at();
    let owned = |text: &Option<Arc<str>>| text.as_deref().map(str::to_owned);
    let named = |code: &Option<Arc<str>>| code.as_deref().map(|code| country_name(code).unwrap_or(code).to_owned());
    let (what, facts): (&str, Vec<Option<String>>) = match feature.kind {
        FeatureKind::Route => {
            let route = &dataset.routes[at];
            ("Corridor", vec![route.mode.as_ref().map(crate::model::RouteMode::label)])
        }
        FeatureKind::Port => ("Port", vec![named(&dataset.ports[at].country), owned(&dataset.ports[at].locode)]),
        FeatureKind::Seizure => {
            let event = &dataset.seizures[at];
            let mass =
                event.mass_kg.map_or_else(|| "mass not stated".to_owned(), |mass_kg| format!("{}\u{202f}kg", thin_thousands(mass_kg)));
            ("Seizure", vec![event.event_date.map(|span| span.for_people()), Some(mass), owned(&event.vessel)])
        }
        FeatureKind::Group => {
            let group = &dataset.groups[at];
            let contested = group.contested.then(|| "contested label".to_owned());
            ("Cell", vec![owned(&group.home_place).or_else(|| named(&group.home_country)), contested])
        }
        FeatureKind::Source => {
            let source = &dataset.sources[at];
            let grade = source.reliability.map_or("not graded", |grade| grade.key()).to_owned();
            ("Source", vec![owned(&source.publisher), source.date.map(|date| date.for_people()), Some(grade)])
        }
        FeatureKind::Statistic => {
            let figure = &dataset.statistics[at];
            let unit = figure.unit.as_deref().unwrap_or_default();
            ("Published figure", vec![Some(format!("{}\u{202f}{unit}", figure.value).trim_end().to_owned())])
        }
        FeatureKind::Area => ("Area", Vec::new()),
        FeatureKind::Judgement => ("Judgement", Vec::new()),
        FeatureKind::Tie => ("Tie", Vec::new()),
    };
    std::iter::once(what.to_owned()).chain(facts.into_iter().flatten()).collect::<Vec<_>>().join(" · ")
}

/// The number as it is, its whole part in groups of three: 18144 becomes "18 144" with narrow no-break spaces.
fn thin_thousands(number: f64) -> String {
    let plain = number.to_string();
    let whole = plain.find('.').unwrap_or(plain.len());
    let gap = |at: usize| at > 0 && at < whole && (whole - at).is_multiple_of(3) && plain.as_bytes()[at - 1] != b'-';
    plain.char_indices().flat_map(|(at, c)| gap(at).then_some('\u{202f}').into_iter().chain([c])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample;

    fn titles(query: &str, limit: usize) -> Vec<String> {
        search(&sample::dataset(), query, limit).into_iter().map(|hit| hit.title).collect()
    }

    #[test]
    fn plain_letters_find_diacritics() {
        assert_eq!(titles("kavac", 9), ["Kavač clan"]);
        assert_eq!(titles("durres", 9), ["Durrës", "Durrës", "Durrës"], "the port, then both events");
    }

    #[test]
    fn a_beginning_comes_before_a_word_and_a_word_before_a_part() {
        assert_eq!(titles("clan", 1), ["Kavač clan"]);
        assert_eq!(titles("ta", 3), ["Gioia Tauro", "Gioia Tauro", "Primeiro Comando da Capital (PCC)"]);
        assert_eq!(titles("aldrz", 9), ["Durrës"]);
        assert_eq!(titles("rosio", 9), ["Gioia Tauro"], "by its vessel");
    }

    #[test]
    fn all_words_must_be_there_in_any_order() {
        assert_eq!(titles("clan me", 9), ["Kavač clan", "Škaljari clan"]);
        assert!(titles("clan it", 9).is_empty());
    }

    #[test]
    fn blank_finds_nothing_and_the_limit_holds() {
        assert!(titles("  ", 9).is_empty());
        assert_eq!(titles("a", 2).len(), 2);
    }

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(999.0, "999"), (18144.0, "18\u{202f}144"), (2952.85, "2\u{202f}952.85"), (1e6, "1\u{202f}000\u{202f}000")] {
            assert_eq!(thin_thousands(number), text);
        }
    }

    #[test]
    fn a_missing_mass_is_said() {
        let hit = search(&sample::dataset(), "rosio", 1).remove(0);
        assert_eq!(hit.detail, "Seizure · June 2022 · mass not stated · Rosio");
    }
}
