//! The rows of the list of cells: counted, searched and sorted once for each change.

use std::cmp::Ordering;

use crate::analysis::{Links, Matches, Relation};
use crate::model::{Attribution, Dataset, FeatureKind, FeatureRef, PartialDate, country_name, fold_for_search};
use crate::state::{SortOrder, TableState};

/// The columns from the left.
pub(super) const COLUMNS: [&str; 7] = ["Name", "Kind", "Home", "Active since", "Ties", "Events", "kg explicit"];

/// Kilograms of the events in which a source names the group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct ExplicitMass {
    /// Events with a stated quantity, and their sum.
    pub stated: usize,
    /// The sum of them in kg.
    pub mass_kg: f64,
    /// Events whose quantity is not stated.
    pub not_stated: usize,
}

/// One cell of the list.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CellRow {
    pub group: FeatureRef,
    pub name: String,
    pub kind: Option<&'static str>,
    pub home: Option<String>,
    pub since: Option<PartialDate>,
    pub ties: usize,
    pub events: usize,
    pub explicit: ExplicitMass,
    pub contested: bool,
    /// Name and home, folded for the order and the search.
    folded: String,
}

/// All rows that hold the search text, in the chosen order.
pub(super) fn cell_rows(dataset: &Dataset, links: &Links, matches: &Matches, table: &TableState) -> Vec<CellRow> {
    let wanted = fold_for_search(table.search.trim());
    let mut rows: Vec<CellRow> = dataset
        .refs(FeatureKind::Group)
        .filter(|group| !table.only_matching || matches.passes(*group))
        .map(|group| cell_row(dataset, links, group))
        .filter(|row| row.folded.contains(&wanted))
        .collect();
    if let Some(sort) = table.sort {
        rows.sort_by(|a, b| compare(a, b, sort));
    }
    rows
}

fn cell_row(dataset: &Dataset, links: &Links, group: FeatureRef) -> CellRow {
    let record = &dataset.groups[group.at()];
    let name = dataset.title(group);
    let home = match (record.home_place.as_deref(), record.home_country.as_deref().map(|code| country_name(code).unwrap_or(code))) {
        (None, None) => None,
        (Some(place), Some(country)) => Some(format!("{place}, {country}")),
        (Some(only), None) | (None, Some(only)) => Some(only.to_owned()),
    };
    let mut explicit = ExplicitMass::default();
    let mut events = 0;
    for event in links.related_by(group, Relation::Events) {
        let Some(event) = dataset.seizures.get(event.at()) else { continue };
        events += 1;
        if event.attribution == Some(Attribution::Explicit) {
            match event.mass_kg {
                Some(mass_kg) => {
                    explicit.stated += 1;
                    explicit.mass_kg += mass_kg;
                }
                None => explicit.not_stated += 1,
            }
        }
    }
    CellRow {
        group,
        folded: fold_for_search(&format!("{name} {}", home.as_deref().unwrap_or_default())),
        name,
        kind: record.group_kind.map(|kind| kind.label()),
        home,
        since: record.active_since,
        ties: links.related_by(group, Relation::Ties).count(),
        events,
        explicit,
        contested: record.contested,
    }
}

/// By the column; what is not stated comes last in both directions.
fn compare(a: &CellRow, b: &CellRow, sort: SortOrder) -> Ordering {
    fn options<T: Ord>(a: Option<T>, b: Option<T>, ascending: bool) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) if ascending => a.cmp(&b),
            (Some(a), Some(b)) => b.cmp(&a),
            (a, b) => a.is_none().cmp(&b.is_none()),
        }
    }
    let up = sort.ascending;
    let order = match sort.column {
        1 => options(a.kind, b.kind, up),
        2 => options(a.home.as_deref(), b.home.as_deref(), up),
        3 => options(a.since, b.since, up),
        4 => options(Some(a.ties), Some(b.ties), up),
        5 => options(Some(a.events), Some(b.events), up),
        6 => {
            // Whole grams compare exactly and have an order.
            let grams = |row: &CellRow| (row.explicit.stated > 0).then_some((row.explicit.mass_kg * 1_000.0).round() as i64);
            options(grams(a), grams(b), up)
        }
        _ => options(Some(&a.folded), Some(&b.folded), up),
    };
    order.then_with(|| a.group.cmp(&b.group))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(index: u32, since: Option<i16>, stated: usize, mass_kg: f64) -> CellRow {
        CellRow {
            group: FeatureRef::new(FeatureKind::Group, index),
            name: index.to_string(),
            kind: None,
            home: None,
            since: since.map(PartialDate::from_year),
            ties: 0,
            events: 0,
            explicit: ExplicitMass { stated, mass_kg, not_stated: 0 },
            contested: false,
            folded: index.to_string(),
        }
    }

    fn order(rows: &mut [CellRow], column: usize, ascending: bool) -> Vec<u32> {
        rows.sort_by(|a, b| compare(a, b, SortOrder { column, ascending }));
        rows.iter().map(|row| row.group.index).collect()
    }

    #[test]
    fn what_is_not_stated_comes_last_in_both_directions() {
        let mut rows = [row(0, None, 0, 0.0), row(1, Some(2014), 1, 5.0), row(2, Some(1998), 2, 700.0)];
        assert_eq!(order(&mut rows, 3, true), [2, 1, 0]);
        assert_eq!(order(&mut rows, 3, false), [1, 2, 0]);
        assert_eq!(order(&mut rows, 6, false), [2, 1, 0]);
        assert_eq!(order(&mut rows, 6, true), [1, 2, 0]);
    }
}
