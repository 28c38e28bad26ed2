//! How far traffic is concentrated on few corridors, ports or groups.

use std::sync::Arc;

use super::totals::{Measure, Summary};

/// Below this many events a concentration says little.
pub const SMALL_NUMBER_OF_EVENTS: usize = 30;

/// The part of one key.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// Id, code or year.
    pub key: Arc<str>,
    /// The words for people.
    pub label: String,
    /// From 0 to 1, of the sum over all keys.
    pub share: f64,
}

/// Shares and the Herfindahl–Hirschman index.
#[derive(Clone, Debug, PartialEq)]
pub struct Concentration {
    /// In the order of the summary; keys that measure 0 are left out.
    pub shares: Vec<Share>,
    /// Sum of the squared shares: 1 means all in one place, 1/n evenly spread over n.
    pub hhi: f64,
    /// Events with a key, counted once a row.
    pub events: usize,
    /// Events that state no key and are not part of the shares.
    pub events_not_stated: usize,
}

impl Concentration {
    /// Whether the index rests on fewer than [`SMALL_NUMBER_OF_EVENTS`] events and must carry a warning.
    pub fn small_number(&self) -> bool {
        self.events < SMALL_NUMBER_OF_EVENTS
    }
}

/// The concentration over the rows of a summary; `None` when no row measures anything. Shares refer to the sum of the rows, not to the total:
/// an event with two keys weighs in both.
pub fn concentration(summary: &Summary, measure: Measure) -> Option<Concentration> {
    let stated = || summary.rows.iter().filter_map(|row| Some((row.key.clone()?, row)));
    let sum: f64 = stated().map(|(_, row)| row.totals.value(measure)).sum();
    if sum <= 0.0 {
        return None;
    }
    let shares: Vec<Share> = stated()
        .map(|(key, row)| Share { key, label: row.label.clone(), share: row.totals.value(measure) / sum })
        .filter(|share| share.share > 0.0)
        .collect();
    let hhi = shares.iter().map(|share| share.share * share.share).sum();
    let events = stated().map(|(_, row)| row.totals.events).sum();
    let events_not_stated = summary.rows.iter().filter(|row| row.key.is_none()).map(|row| row.totals.events).sum();
    Some(Concentration { shares, hhi, events, events_not_stated })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Filter, Links, SummaryBy, evaluate, sample, summarize};

    fn by_country(measure: Measure) -> Option<Concentration> {
        let dataset = sample::dataset();
        let links = Links::new(&dataset);
        concentration(&summarize(&dataset, &evaluate(&dataset, &links, &Filter::default()), SummaryBy::Country), measure)
    }

    #[test]
    fn all_in_one_place_is_one() {
        let mass = by_country(Measure::Mass).expect("there is mass");
        assert_eq!((mass.shares.len(), mass.hhi, mass.events_not_stated), (1, 1.0, 1), "the Italian event has no mass");
        assert!(mass.small_number());
    }

    #[test]
    fn two_to_one_gives_five_ninths() {
        let events = by_country(Measure::Events).expect("there are events");
        assert!((events.hhi - 5.0 / 9.0).abs() < 1e-12);
        assert_eq!(events.events, 3);
    }

    #[test]
    fn nothing_has_no_concentration() {
        let empty = Summary { by: SummaryBy::Port, rows: Vec::new(), total: crate::analysis::Totals::default() };
        assert_eq!(concentration(&empty, Measure::Mass), None);
    }
}
