//! What a click on a row of the legend restricts the filter to.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::analysis::{Dimension, Filter, key_label};
use crate::model::Dataset;

/// The restriction that a class of the legend stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LegendFilter {
    /// These values of a dimension.
    Values(Dimension, Vec<Arc<str>>),
    /// What happened or was reported between two days, both included, counted from 1970-01-01.
    Days(i32, i32),
}

impl LegendFilter {
    pub(super) fn value(dimension: Dimension, key: &str) -> Self {
        Self::Values(dimension, vec![Arc::from(key)])
    }

    /// Whether the filter asks for this class, perhaps among others.
    pub fn is_on(&self, filter: &Filter) -> bool {
        match self {
            Self::Values(dimension, keys) => keys.iter().all(|key| filter.is_chosen(*dimension, key)),
            Self::Days(first, last) => filter.days.is_some_and(|(from, to)| from <= *first && *last <= to),
        }
    }

    /// Whether the filter asks for this class and the class restricts anything.
    pub fn is_restricting(&self, filter: &Filter) -> bool {
        let some = !matches!(self, Self::Values(_, keys) if keys.is_empty());
        some && self.is_on(filter)
    }

    /// Whether the filter asks for other classes only.
    pub fn is_off(&self, filter: &Filter) -> bool {
        let restricted = match self {
            Self::Values(dimension, _) => filter.restricts(*dimension),
            Self::Days(..) => filter.days.is_some(),
        };
        restricted && !self.is_on(filter)
    }

    /// The filter after a click: only this class, or any class again if it was the only one. With `add` the class is added to the others or
    /// taken away from them; of periods the one that holds both results.
    #[must_use]
    pub fn applied(&self, filter: &Filter, add: bool) -> Filter {
        let mut changed = filter.clone();
        match self {
            Self::Values(dimension, keys) => {
                let present: BTreeSet<&Arc<str>> = filter.chosen(*dimension).collect();
                let own: BTreeSet<&Arc<str>> = keys.iter().collect();
                if add && self.is_on(filter) || present == own {
                    keys.iter().for_each(|key| changed.unchoose(*dimension, key));
                } else {
                    if !add {
                        changed.clear(*dimension);
                    }
                    keys.iter().for_each(|key| changed.choose(*dimension, key));
                }
            }
            Self::Days(first, last) => {
                changed.days = match filter.days {
                    Some(present) if present == (*first, *last) => None,
                    Some((from, to)) if add => Some((from.min(*first), to.max(*last))),
                    _ => Some((*first, *last)),
                };
            }
        }
        changed
    }

    /// The words for what is left: the full names of a few values.
    pub fn words(&self, dataset: &Dataset) -> String {
        const NAMED: usize = 4;
        match self {
            Self::Values(dimension, keys) => {
                let mut names: Vec<String> = keys.iter().take(NAMED).map(|key| key_label(dataset, *dimension, key)).collect();
                if keys.len() > NAMED {
                    names.push(format!("{} more", keys.len() - NAMED));
                }
                format!("{}: {}", dimension.label(), names.join(", "))
            }
            Self::Days(..) => "what happened or was reported in these years".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(filter: &Filter) -> Vec<&str> {
        filter.chosen(Dimension::Mode).map(|key| &**key).collect()
    }

    #[test]
    fn a_click_restricts_and_the_same_click_releases() {
        let yacht = LegendFilter::value(Dimension::Mode, "yacht");
        let bulk = LegendFilter::value(Dimension::Mode, "bulk");
        let one = yacht.applied(&Filter::default(), false);
        assert_eq!(chosen(&one), ["yacht"]);
        assert!(yacht.is_on(&one) && bulk.is_off(&one) && !bulk.is_off(&Filter::default()));
        assert_eq!(chosen(&bulk.applied(&one, false)), ["bulk"], "another class instead");
        assert_eq!(yacht.applied(&one, false), Filter::default());
    }

    #[test]
    fn adding_keeps_the_other_classes() {
        let (yacht, others) =
            (LegendFilter::value(Dimension::Mode, "yacht"), LegendFilter::Values(Dimension::Mode, vec!["a".into(), "b".into()]));
        let both = others.applied(&yacht.applied(&Filter::default(), true), true);
        assert_eq!(chosen(&both), ["a", "b", "yacht"]);
        assert_eq!(chosen(&others.applied(&both, true)), ["yacht"]);
        assert_eq!(chosen(&yacht.applied(&both, false)), ["yacht"], "a plain click leaves this one alone");
    }

    #[test]
    fn other_restrictions_stay() {
        let mut filter = Filter { text: "bar".to_owned(), ..Filter::default() };
        filter.choose(Dimension::Confidence, "high");
        let changed = LegendFilter::value(Dimension::Mode, "yacht").applied(&filter, false);
        assert!(changed.text == "bar" && changed.is_chosen(Dimension::Confidence, "high"));
    }

    #[test]
    fn periods_join() {
        let (early, late) = (LegendFilter::Days(0, 10), LegendFilter::Days(20, 30));
        let one = early.applied(&Filter::default(), false);
        assert_eq!(one.days, Some((0, 10)));
        let both = late.applied(&one, true);
        assert_eq!(both.days, Some((0, 30)));
        assert!(early.is_on(&both) && late.is_on(&both) && late.is_off(&one));
        assert_eq!(early.applied(&one, false), Filter::default());
    }
}
