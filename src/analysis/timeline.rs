//! Events over time, with the periods that hold no row told apart from those where none matches.

use std::collections::BTreeMap;

use super::dimension::Dimension;
use super::matches::Matches;
use super::totals::Totals;
use crate::model::{Dataset, FeatureKind, PartialDate};

/// How long a bin of the timeline is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BinSize {
    /// A calendar year.
    #[default]
    Year,
    /// A calendar month.
    Month,
}

/// One period of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    /// First day, counted from 1970-01-01.
    pub first_day: i32,
    /// Last day, included.
    pub last_day: i32,
    /// "2023" or "May 2023".
    pub label: String,
    /// Sums of all events and of those that pass every restriction but the period; `None` is "no data", which is not zero.
    pub sums: Option<BinSums>,
}

/// The sums of a bin that holds at least one event.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BinSums {
    /// Events that pass every restriction but the period.
    pub matching: Totals,
    /// All events.
    pub total: Totals,
}

/// A histogram of the events over time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// Without gaps, upwards; empty without dated events and without a range asked for.
    pub bins: Vec<Bin>,
    /// For months: events known only to the year, one bin for each year that has any. They are in no bin of [`Self::bins`].
    pub coarse: Vec<Bin>,
    /// Events without a date; `None` when there are none.
    pub undated: Option<BinSums>,
}

/// Counts events by period. An interval counts once, at its begin.
///
/// The bins cover all dated events and, if given, the years `at_least` (first and last, both included). Because the timeline is where the
/// period is chosen, its own restriction is lifted for [`BinSums::matching`].
pub fn histogram(dataset: &Dataset, matches: &Matches, size: BinSize, at_least: Option<(i16, i16)>) -> Timeline {
    let mut timeline = Timeline::default();
    let mut bins: BTreeMap<i32, BinSums> = BTreeMap::new();
    let mut coarse: BTreeMap<i16, BinSums> = BTreeMap::new();
    for feature in dataset.refs(FeatureKind::Seizure) {
        let event = &dataset.seizures[feature.at()];
        let sums = match (event.event_date.map(|span| span.begin), size) {
            (None, _) => timeline.undated.get_or_insert_default(),
            (Some(date), BinSize::Year) => bins.entry(i32::from(date.year())).or_default(),
            (Some(date), BinSize::Month) => match date.month() {
                Some(month) => bins.entry(i32::from(date.year()) * 12 + i32::from(month) - 1).or_default(),
                None => coarse.entry(date.year()).or_default(),
            },
        };
        sums.total.add(event);
        if matches.passes_except(feature, Dimension::Period) {
            sums.matching.add(event);
        }
    }
    let in_bins = |year: i16, last: bool| match size {
        BinSize::Year => i32::from(year),
        BinSize::Month => i32::from(year) * 12 + if last { 11 } else { 0 },
    };
    let years = coarse.keys().map(|year| (*year, *year)).chain(at_least);
    let asked = years.map(|(first, last)| (in_bins(first, false), in_bins(last, true)));
    let ranges = asked.chain(bins.keys().map(|bin| (*bin, *bin)));
    if let Some((first, last)) = ranges.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) {
        timeline.bins = (first..=last).map(|bin| numbered_bin(bin, size, bins.get(&bin).copied())).collect();
    }
    timeline.coarse = coarse.into_iter().map(|(year, sums)| numbered_bin(i32::from(year), BinSize::Year, Some(sums))).collect();
    timeline
}

/// The bin of a year, or of a month counted from January of the year 0.
fn numbered_bin(number: i32, size: BinSize, sums: Option<BinSums>) -> Bin {
    let (year, month) = match size {
        BinSize::Year => (number, None),
        BinSize::Month => (number.div_euclid(12), u8::try_from(number.rem_euclid(12) + 1).ok()),
    };
    let year = i16::try_from(year).unwrap_or(i16::MAX);
    let date = PartialDate::new(year, month, None).unwrap_or(PartialDate::from_year(year));
    Bin { first_day: date.first_day(), last_day: date.last_day(), label: date.for_people(), sums }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Filter, Links, evaluate, sample};

    fn timeline(filter: &Filter, size: BinSize, at_least: Option<(i16, i16)>) -> Timeline {
        let dataset = sample::dataset();
        let links = Links::new(&dataset);
        histogram(&dataset, &evaluate(&dataset, &links, filter), size, at_least)
    }

    #[test]
    fn a_year_without_rows_is_no_data_and_one_without_matches_is_zero() {
        let mut filter = Filter::default();
        filter.choose(Dimension::Attribution, "explicit");
        let timeline = timeline(&filter, BinSize::Year, Some((2018, 2022)));
        let bins: Vec<_> =
            timeline.bins.iter().map(|bin| (bin.label.as_str(), bin.sums.map(|s| (s.matching.events, s.total.events)))).collect();
        assert_eq!(bins, [("2018", None), ("2019", None), ("2020", Some((1, 2))), ("2021", None), ("2022", Some((0, 1)))]);
        assert_eq!(timeline.undated.map(|sums| sums.total.events), Some(1));
    }

    #[test]
    fn a_year_does_not_fall_into_a_month() {
        let timeline = timeline(&Filter::default(), BinSize::Month, None);
        assert_eq!(timeline.coarse.iter().map(|bin| bin.label.as_str()).collect::<Vec<_>>(), ["2020"]);
        let filled: Vec<&str> = timeline.bins.iter().filter(|bin| bin.sums.is_some()).map(|bin| bin.label.as_str()).collect();
        assert_eq!(filled, ["March 2020", "June 2022"]);
        assert_eq!(timeline.bins.len(), 30, "January 2020 to June 2022: the coarse year is covered");
        let every: usize = timeline.bins.iter().chain(&timeline.coarse).filter_map(|bin| bin.sums).map(|sums| sums.total.events).sum();
        assert_eq!(every + 1, 4, "all events but the undated one");
    }

    #[test]
    fn brushing_does_not_empty_the_bars_beside_the_brush() {
        let year = PartialDate::from_year(2022);
        let brushed = Filter { days: Some((year.first_day(), year.last_day())), ..Filter::default() };
        let free = timeline(&Filter::default(), BinSize::Year, None);
        assert_eq!(timeline(&brushed, BinSize::Year, None), free);
    }

    #[test]
    fn an_interval_counts_once_at_its_begin() {
        let dataset = sample::of_events([sample::an_event("long", "2019-12/2021-02", "Bar", Some(5.0))]);
        let links = Links::new(&dataset);
        let timeline = histogram(&dataset, &evaluate(&dataset, &links, &Filter::default()), BinSize::Year, None);
        assert_eq!(timeline.bins.iter().map(|bin| bin.label.as_str()).collect::<Vec<_>>(), ["2019"]);
    }

    #[test]
    fn an_empty_dataset_has_an_empty_timeline() {
        let dataset = sample::of_events([]);
        let links = Links::new(&dataset);
        let matches = evaluate(&dataset, &links, &Filter::default());
        assert_eq!(histogram(&dataset, &matches, BinSize::Month, None), Timeline::default());
    }
}
