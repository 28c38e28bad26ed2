//! What a person wants to see: a period, a text, and values chosen in each dimension.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::dimension::{Dimension, key_label};
use crate::model::{Dataset, PartialDate};

/// More values of one dimension than this are one chip: a class of the legend may hold hundreds.
const MAX_CHIPS_OF_ONE: usize = 8;

/// A restriction of the dataset; the default restricts nothing.
///
/// Within a dimension any chosen value will do, and all restricted dimensions must agree. A record that has a dimension but states nothing
/// for it passes only when [`super::NOT_STATED`] is among the chosen values (and never a period). Corridors and events are tested by what
/// they state themselves:
///
/// | dimension | corridor | event |
/// | --- | --- | --- |
/// | period | first to last reported | any day its date may mean |
/// | text | its texts, names of its groups and ports | likewise |
/// | group, port | as stated (ports: origin, stops, destination) | as stated (origin, destination) |
/// | country | of its ports | where seized |
/// | mode, confidence | as stated | – |
/// | attribution | – | as stated |
/// | source grade | of any of its sources | of any of its sources |
///
/// Ports, groups, ties and sources are tested by what they have (a group: itself and its home country; a tie: either end and its time, where an
/// end that is not stated excludes nothing). For a restriction that they do not have, they must be linked to a corridor or event that
/// passes and has it: with a period set, a port stays lit when something passed through it in that period. Text is enough in either way.
/// A group also passes a period by a tie of that time; a tie passes with either of its groups. Figures are tested by year, grade and text,
/// judgements by confidence, grade and text; areas are context and always pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// First and last day, both included, counted from 1970-01-01.
    pub days: Option<(i32, i32)>,
    /// Words that must all occur; case and diacritics do not matter.
    pub text: String,
    /// Chosen keys by dimension; change them by [`Self::choose`] and its like, which leave no empty set behind.
    pub choices: BTreeMap<Dimension, BTreeSet<Arc<str>>>,
}

impl Filter {
    /// Whether it restricts nothing.
    pub fn is_empty(&self) -> bool {
        Dimension::ALL.into_iter().all(|dimension| !self.restricts(dimension))
    }

    /// Whether it restricts this dimension.
    pub fn restricts(&self, dimension: Dimension) -> bool {
        match dimension {
            Dimension::Period => self.days.is_some(),
            Dimension::Text => !self.text.trim().is_empty(),
            _ => self.choices.get(&dimension).is_some_and(|keys| !keys.is_empty()),
        }
    }

    /// The chosen keys of a dimension in order; none for an unrestricted one.
    pub fn chosen(&self, dimension: Dimension) -> impl Iterator<Item = &Arc<str>> {
        self.choices.get(&dimension).into_iter().flatten()
    }

    /// Whether this key is chosen.
    pub fn is_chosen(&self, dimension: Dimension, key: &str) -> bool {
        self.choices.get(&dimension).is_some_and(|keys| keys.contains(key))
    }

    /// Chooses a key as well. Period and text have no keys: for them nothing happens.
    pub fn choose(&mut self, dimension: Dimension, key: &str) {
        if Dimension::CHOICES.contains(&dimension) {
            self.choices.entry(dimension).or_default().insert(Arc::from(key));
        }
    }

    /// Takes a key back; without a key left the dimension is free again.
    pub fn unchoose(&mut self, dimension: Dimension, key: &str) {
        if let Some(keys) = self.choices.get_mut(&dimension) {
            keys.remove(key);
            if keys.is_empty() {
                self.choices.remove(&dimension);
            }
        }
    }

    /// Chooses a key or takes it back.
    pub fn toggle(&mut self, dimension: Dimension, key: &str) {
        if self.is_chosen(dimension, key) {
            self.unchoose(dimension, key);
        } else {
            self.choose(dimension, key);
        }
    }

    /// Frees a dimension.
    pub fn clear(&mut self, dimension: Dimension) {
        match dimension {
            Dimension::Period => self.days = None,
            Dimension::Text => self.text.clear(),
            _ => {
                self.choices.remove(&dimension);
            }
        }
    }

    /// One chip for each restriction, in the order of [`Dimension::ALL`]; more than a few values of one dimension share a chip.
    pub fn chips(&self, dataset: &Dataset) -> Vec<FilterChip> {
        let chip = |dimension, key, label| FilterChip { dimension, key, label };
        let mut chips = Vec::new();
        if let Some((first_day, last_day)) = self.days {
            chips.push(chip(Dimension::Period, None, period_label(first_day, last_day)));
        }
        if self.restricts(Dimension::Text) {
            chips.push(chip(Dimension::Text, None, format!("“{}”", self.text.trim())));
        }
        for (dimension, keys) in &self.choices {
            if keys.len() > MAX_CHIPS_OF_ONE {
                chips.push(chip(*dimension, None, format!("{} values", keys.len())));
                continue;
            }
            chips.extend(keys.iter().map(|key| chip(*dimension, Some(key.clone()), key_label(dataset, *dimension, key))));
        }
        chips
    }

    /// The filter without one of its chips.
    #[must_use]
    pub fn without(&self, chip: &FilterChip) -> Self {
        let mut filter = self.clone();
        match &chip.key {
            Some(key) => filter.unchoose(chip.dimension, key),
            None => filter.clear(chip.dimension),
        }
        filter
    }
}

/// One restriction as shown to people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterChip {
    /// What is restricted.
    pub dimension: Dimension,
    /// The chosen key; `None` for period and text, and for many values together.
    pub key: Option<Arc<str>>,
    /// The words for people, without the name of the dimension.
    pub label: String,
}

/// "2019–2021" for whole years, otherwise the two days; one date where both say the same.
fn period_label(first_day: i32, last_day: i32) -> String {
    let (first, last) = (PartialDate::from_days(first_day), PartialDate::from_days(last_day));
    let (first_year, last_year) = (PartialDate::from_year(first.year()), PartialDate::from_year(last.year()));
    if first_day == last_day {
        return first.for_people();
    }
    if first_day == first_year.first_day() && last_day == last_year.last_day() {
        return if first_year == last_year { first_year.to_string() } else { format!("{first_year}–{last_year}") };
    }
    format!("{} – {}", first.for_people(), last.for_people())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{NOT_STATED, sample};

    fn year_days(first: i16, last: i16) -> (i32, i32) {
        (PartialDate::from_year(first).first_day(), PartialDate::from_year(last).last_day())
    }

    #[test]
    fn taking_every_chip_away_leaves_the_empty_filter() {
        let dataset = sample::dataset();
        let mut filter = Filter { days: Some(year_days(2019, 2021)), text: " tauro ".to_owned(), ..Filter::default() };
        filter.choose(Dimension::Group, "kavac");
        filter.choose(Dimension::Group, NOT_STATED);
        filter.toggle(Dimension::Reliability, "B");
        let labels: Vec<String> = filter.chips(&dataset).into_iter().map(|chip| chip.label).collect();
        assert_eq!(labels, ["2019–2021", "“tauro”", "No group named", "Kavač clan", "B · usually reliable"]);
        while let Some(chip) = filter.chips(&dataset).first() {
            let rest = filter.without(chip);
            assert_ne!(rest, filter);
            filter = rest;
        }
        assert_eq!(filter, Filter::default());
        assert!(filter.is_empty());
    }

    #[test]
    fn many_values_share_a_chip_that_takes_them_all_away() {
        let mut filter = Filter::default();
        (0..MAX_CHIPS_OF_ONE).for_each(|n| filter.choose(Dimension::Group, &format!("g{n}")));
        assert_eq!(filter.chips(&Dataset::default()).len(), MAX_CHIPS_OF_ONE);
        filter.choose(Dimension::Group, "one more");
        let chips = filter.chips(&Dataset::default());
        assert_eq!(chips.iter().map(|chip| &*chip.label).collect::<Vec<_>>(), ["9 values"]);
        assert!(filter.without(&chips[0]).is_empty());
    }

    #[test]
    fn toggling_twice_changes_nothing() {
        let mut filter = Filter::default();
        filter.toggle(Dimension::Mode, "yacht");
        assert!(filter.restricts(Dimension::Mode) && filter.is_chosen(Dimension::Mode, "yacht"));
        filter.toggle(Dimension::Mode, "yacht");
        filter.choose(Dimension::Period, "2020");
        assert_eq!(filter, Filter::default());
    }

    #[test]
    fn periods_are_written_as_short_as_they_are_exact() {
        let label = |(first, last)| period_label(first, last);
        assert_eq!(label(year_days(2020, 2020)), "2020");
        assert_eq!(label((0, 0)), "1 January 1970");
        assert_eq!(label((0, 40)), "1 January 1970 – 10 February 1970");
    }
}
