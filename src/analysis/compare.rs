//! Two periods side by side: what lies in each, and what changed from one to the other for every corridor and port.
//!
//! Only stated ids tie an event to a corridor (the same origin and the same destination) or to a port (origin or destination), as in
//! [`super::SummaryBy`]. An event that may lie in either period counts in neither of them, and an undated one likewise; both are named.

use std::collections::HashMap;
use std::sync::Arc;

use super::filter::Filter;
use super::links::{Links, Relation};
use super::matches::{Matches, evaluate};
use super::totals::Totals;
use crate::model::{Dataset, FeatureKind, FeatureRef, PartialDate};

/// How two periods are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CompareForm {
    /// Two maps, the earlier period on the left.
    #[default]
    SideBySide,
    /// One map of what changed.
    Difference,
}

/// A comparison of two periods that meet at the beginning of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Comparison {
    /// The first year of the later period.
    pub boundary_year: i16,
    /// How it is shown.
    pub form: CompareForm,
}

/// The first and last year that can be compared: those of the chosen period, otherwise those of the dated events. `None` without any.
pub fn comparable_years(dataset: &Dataset, filter: &Filter) -> Option<(i16, i16)> {
    if let Some((first, last)) = filter.days {
        return Some((PartialDate::from_days(first).year(), PartialDate::from_days(last).year()));
    }
    let years = dataset.seizures.iter().filter_map(|event| event.event_date.map(|date| (date.begin.year(), date.end.year())));
    years.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))
}

/// The boundary that parts the years in two halves of the same length, as near as whole years allow.
pub const fn middle_of_years((first, last): (i16, i16)) -> i16 {
    first + (last - first + 1) / 2
}

/// The boundary with as many dated events of the years before it as from it on, as near as whole years allow; both periods hold a year.
pub fn middle_of_events(dataset: &Dataset, (first, last): (i16, i16)) -> i16 {
    let mut years: Vec<i16> = dataset.seizures.iter().filter_map(|event| event.event_date.map(|date| date.begin.year())).collect();
    years.retain(|year| (first..=last).contains(year));
    years.sort_unstable();
    let before = |boundary: i16| years.partition_point(|year| *year < boundary);
    let uneven = |boundary: &i16| (2 * before(*boundary)).abs_diff(years.len());
    (first.saturating_add(1)..=last).min_by_key(uneven).unwrap_or(first)
}

/// One of the two periods.
#[derive(Clone, Debug)]
pub struct ComparedPeriod {
    /// The words for it: "Until 2018", "From 2019", or the years when a period is chosen.
    pub label: String,
    /// First day with events, or of the chosen period, since 1970-01-01.
    pub first_day: i32,
    /// Last day, included.
    pub last_day: i32,
    /// What matches the filter in this period.
    pub matches: Arc<Matches>,
    /// Sums of the events that certainly lie in it.
    pub totals: Totals,
}

impl ComparedPeriod {
    /// How long it is, in years.
    pub fn years(&self) -> f64 {
        f64::from(self.last_day - self.first_day + 1) / 365.2425
    }

    /// The years that the length is counted over: "2010–2018".
    pub fn span_label(&self) -> String {
        let (first, last) = (PartialDate::from_days(self.first_day), PartialDate::from_days(self.last_day));
        if first.year() == last.year() { first.year().to_string() } else { format!("{}–{}", first.year(), last.year()) }
    }

    /// So many events of this period, in events a year.
    pub fn per_year(&self, events: usize) -> f64 {
        events as f64 / self.years().max(1.0 / 366.0)
    }
}

/// The sums of a corridor or port in both periods.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Change {
    /// In the earlier period.
    pub before: Totals,
    /// In the later period.
    pub after: Totals,
}

/// What changed, by the number of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeKind {
    /// Events only in the earlier period.
    OnlyBefore,
    /// In both, more of them in the earlier period.
    Fewer,
    /// In both, as many.
    Same,
    /// In both, more of them in the later period.
    More,
    /// Events only in the later period.
    OnlyAfter,
    /// No event in either.
    Neither,
}

impl ChangeKind {
    /// All kinds, from the earlier period to the later one.
    pub const ALL: [Self; 6] = [Self::OnlyBefore, Self::Fewer, Self::Same, Self::More, Self::OnlyAfter, Self::Neither];

    /// The words for it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::OnlyBefore => "Only before",
            Self::Fewer => "Fewer events after",
            Self::Same => "Both, as many",
            Self::More => "More events after",
            Self::OnlyAfter => "Only after",
            Self::Neither => "No event in either",
        }
    }

    /// The sign that says it without color.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::OnlyBefore => "▽",
            Self::Fewer => "▼",
            Self::Same => "■",
            Self::More => "▲",
            Self::OnlyAfter => "△",
            Self::Neither => "–",
        }
    }
}

impl Change {
    /// What changed.
    pub const fn kind(&self) -> ChangeKind {
        match (self.before.events, self.after.events) {
            (0, 0) => ChangeKind::Neither,
            (_, 0) => ChangeKind::OnlyBefore,
            (0, _) => ChangeKind::OnlyAfter,
            (before, after) if after > before => ChangeKind::More,
            (before, after) if after < before => ChangeKind::Fewer,
            _ => ChangeKind::Same,
        }
    }

    /// By how many events.
    pub const fn size(&self) -> usize {
        self.before.events.abs_diff(self.after.events)
    }
}

/// A comparison carried out. Valid for the dataset and filter that it was made from.
#[derive(Clone, Debug)]
pub struct Compared {
    /// What was asked for, the boundary brought into the years that there are.
    pub comparison: Comparison,
    /// First and last year that can be compared.
    pub years: (i16, i16),
    /// The earlier period, then the later one.
    pub periods: [ComparedPeriod; 2],
    /// Which records match the filter, whatever the period.
    pub any_time: Arc<Matches>,
    /// Events that may lie in either period.
    pub straddling: Totals,
    /// Events that match but state no date.
    pub undated: Totals,
    /// By index of the corridor.
    pub routes: Vec<Change>,
    /// By index of the port.
    pub ports: Vec<Change>,
    /// Events of both periods that belong to a corridor.
    pub on_routes: usize,
    /// Events of both periods that name a port.
    pub at_ports: usize,
}

impl Compared {
    /// What changed for a corridor or port.
    pub fn change_of(&self, feature: FeatureRef) -> Option<&Change> {
        match feature.kind {
            FeatureKind::Route => self.routes.get(feature.at()),
            FeatureKind::Port => self.ports.get(feature.at()),
            _ => None,
        }
    }

    /// The first day of the later period.
    fn boundary_day(&self) -> i32 {
        self.periods[1].first_day
    }

    fn count(&mut self, dataset: &Dataset, links: &Links) {
        let by_ends = routes_by_ends(dataset, links);
        let any_time = self.any_time.clone();
        let (first_day, boundary, last_day) = (self.periods[0].first_day, self.boundary_day(), self.periods[1].last_day);
        for event in any_time.passing(FeatureKind::Seizure) {
            let record = &dataset.seizures[event.at()];
            let Some(date) = record.event_date else {
                self.undated.add(record);
                continue;
            };
            if !date.overlaps_days(first_day, last_day) {
                continue;
            }
            let side = match (date.first_day() < boundary, date.last_day() >= boundary) {
                (true, true) => {
                    self.straddling.add(record);
                    continue;
                }
                (later, _) => usize::from(!later),
            };
            self.periods[side].totals.add(record);
            let add = |change: &mut Change| if side == 0 { change.before.add(record) } else { change.after.add(record) };
            let (origin, destination) = ends(links, event);
            let routes = origin.zip(destination).and_then(|pair| by_ends.get(&pair)).map_or(&[][..], Vec::as_slice);
            self.on_routes += usize::from(!routes.is_empty());
            for route in routes {
                add(&mut self.routes[*route as usize]);
            }
            let both = [origin, destination.filter(|port| Some(*port) != origin)];
            self.at_ports += usize::from(both.iter().any(Option::is_some));
            for port in both.into_iter().flatten() {
                add(&mut self.ports[port as usize]);
            }
        }
    }
}

/// The ports that a corridor or event names as its ends, by index.
fn ends(links: &Links, feature: FeatureRef) -> (Option<u32>, Option<u32>) {
    let end = |relation| links.related_by(feature, relation).next().map(|port| port.index);
    (end(Relation::Origin), end(Relation::Destination))
}

/// Indices of corridors by the ports that they name as their ends.
fn routes_by_ends(dataset: &Dataset, links: &Links) -> HashMap<(u32, u32), Vec<u32>> {
    let mut routes: HashMap<(u32, u32), Vec<u32>> = HashMap::new();
    for route in dataset.refs(FeatureKind::Route) {
        if let (Some(origin), Some(destination)) = ends(links, route) {
            routes.entry((origin, destination)).or_default().push(route.index);
        }
    }
    routes
}

/// Compares two periods under a filter. A chosen period is parted by the boundary; without one the periods are open at their outer ends.
/// `None` when there is no boundary between two years with data.
pub fn compare(dataset: &Dataset, links: &Links, filter: &Filter, comparison: Comparison) -> Option<Compared> {
    let years = comparable_years(dataset, filter).filter(|(first, last)| first < last)?;
    let boundary_year = comparison.boundary_year.clamp(years.0 + 1, years.1);
    let boundary = PartialDate::from_year(boundary_year).first_day();
    let (first_day, last_day) =
        filter.days.unwrap_or((PartialDate::from_year(years.0).first_day(), PartialDate::from_year(years.1).last_day()));
    let open = filter.days.is_none();
    let outer = |day: i32, limit: i32| if open { limit } else { day };
    let within = |days: (i32, i32)| Arc::new(evaluate(dataset, links, &Filter { days: Some(days), ..filter.clone() }));
    let labels = if open {
        [format!("Until {}", boundary_year - 1), format!("From {boundary_year}")]
    } else {
        [(years.0, boundary_year - 1), (boundary_year, years.1)]
            .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}–{last}") })
    };
    let [before, after] = labels;
    let periods = [
        ComparedPeriod {
            label: before,
            first_day,
            last_day: boundary - 1,
            matches: within((outer(first_day, i32::MIN), boundary - 1)),
            totals: Totals::default(),
        },
        ComparedPeriod {
            label: after,
            first_day: boundary,
            last_day,
            matches: within((boundary, outer(last_day, i32::MAX))),
            totals: Totals::default(),
        },
    ];
    let mut compared = Compared {
        comparison: Comparison { boundary_year, ..comparison },
        years,
        periods,
        any_time: Arc::new(evaluate(dataset, links, &Filter { days: None, ..filter.clone() })),
        straddling: Totals::default(),
        undated: Totals::default(),
        routes: vec![Change::default(); dataset.routes.len()],
        ports: vec![Change::default(); dataset.ports.len()],
        on_routes: 0,
        at_ports: 0,
    };
    compared.count(dataset, links);
    Some(compared)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample;

    fn at(boundary_year: i16) -> Comparison {
        Comparison { boundary_year, form: CompareForm::Difference }
    }

    fn compared(filter: &Filter, boundary_year: i16) -> Option<Compared> {
        let dataset = sample::dataset();
        compare(&dataset, &Links::new(&dataset), filter, at(boundary_year))
    }

    #[test]
    fn every_event_is_in_one_period_or_named_as_left_out() {
        let found = compared(&Filter::default(), 2021).expect("2020 to 2022");
        assert_eq!(found.years, (2020, 2022));
        let [before, after] = &found.periods;
        assert_eq!((before.totals.events, after.totals.events, found.undated.events, found.straddling.events), (2, 1, 1, 0));
        assert_eq!((before.totals.mass_kg, after.totals.events_without_mass), (150.0, 1));
        assert_eq!((before.label.as_str(), after.label.as_str()), ("Until 2020", "From 2021"));
        assert_eq!((before.span_label().as_str(), after.span_label().as_str()), ("2020", "2021–2022"));
        assert!((after.per_year(1) - 0.5).abs() < 0.01, "unequal lengths: {}", after.per_year(1));
    }

    #[test]
    fn corridors_and_ports_change_only_by_stated_ends() {
        let found = compared(&Filter::default(), 2021).expect("two periods");
        let corridor = found.change_of(sample::route(0)).expect("a corridor");
        assert_eq!((corridor.kind(), corridor.size(), corridor.before.mass_kg), (ChangeKind::OnlyBefore, 1, 100.0));
        assert_eq!(found.routes[1].kind(), ChangeKind::Neither);
        assert_eq!(found.on_routes, 1);
        assert!(found.change_of(sample::seizure(0)).is_none());
    }

    #[test]
    fn an_event_that_may_lie_in_either_period_counts_in_neither() {
        let dataset = sample::of_events([
            sample::an_event("long", "2019-12/2021-02", "Bar", Some(5.0)),
            sample::an_event("early", "2019", "Bar", None),
            sample::an_event("late", "2021-06", "Bar", Some(7.0)),
        ]);
        let found = compare(&dataset, &Links::new(&dataset), &Filter::default(), at(2021)).expect("2019 to 2021");
        assert_eq!((found.straddling.events, found.straddling.mass_kg), (1, 5.0));
        assert_eq!((found.periods[0].totals.events, found.periods[1].totals.events), (1, 1));
        // On the maps it is shown in both.
        assert_eq!(found.periods.each_ref().map(|period| period.matches.shown(FeatureKind::Seizure)), [2, 2]);
    }

    #[test]
    fn a_chosen_period_is_what_is_compared() {
        let days = Some((PartialDate::from_year(2021).first_day(), PartialDate::from_year(2022).last_day()));
        let found = compared(&Filter { days, ..Filter::default() }, 1900).expect("2021 and 2022");
        assert_eq!((found.comparison.boundary_year, found.periods[0].totals.events, found.periods[1].totals.events), (2022, 0, 1));
        assert_eq!((found.periods[0].label.as_str(), found.periods[1].label.as_str()), ("2021", "2022"));
        let one_year = Some((PartialDate::from_year(2021).first_day(), PartialDate::from_year(2021).last_day()));
        assert!(compared(&Filter { days: one_year, ..Filter::default() }, 2021).is_none(), "one year has no boundary");
    }

    #[test]
    fn the_kinds_of_change_are_told_apart() {
        let totals = |events| Totals { events, ..Totals::default() };
        let kind = |before, after| Change { before: totals(before), after: totals(after) }.kind();
        assert_eq!([kind(1, 0), kind(3, 1), kind(2, 2), kind(1, 4), kind(0, 1), kind(0, 0)], ChangeKind::ALL, "in the order of the legend");
    }

    #[test]
    fn boundaries_are_proposed_by_years_or_by_events() {
        assert_eq!(middle_of_years((1999, 2025)), 2012);
        let dataset = sample::dataset();
        assert_eq!(comparable_years(&dataset, &Filter::default()), Some((2020, 2022)));
        assert_eq!(middle_of_events(&dataset, (2020, 2022)), 2021);
        assert_eq!(comparable_years(&sample::of_events([]), &Filter::default()), None);
    }
}
