//! The table of corridors.

use egui::Ui;

use super::model::{Column, FilterOffer, SortKey, TableModel};
use super::names::{at_row, group_names, name_of, nothing_open_ui, source_grades};
use super::table_ui;
use crate::analysis::Dimension;
use crate::model::{Confidence, FeatureKind, FeatureRef, PartialDate, Route};
use crate::state::{AppState, Command, Tab};
use crate::ui::icons;
use crate::ui::widgets::format;

/// Shows the corridors.
pub fn corridors_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    if nothing_open_ui(ui, state, FeatureKind::Route, icons::ROUTE) {
        return Vec::new();
    }
    table_ui(ui, state, Tab::Corridors, &Corridors(state), &|_| None)
}

pub(super) struct Corridors<'a>(pub(super) &'a AppState);

const COLUMNS: &[Column] = &[
    Column::text("Corridor", 250.0, "Name of the corridor"),
    Column::text("Origin", 130.0, "Port where it begins"),
    Column::text("Destination", 130.0, "Port where it ends"),
    Column::number("Via", 40.0, "Number of stops and waypoints on the way"),
    Column::text("Mode", 90.0, "How the load travels"),
    Column::text("Confidence", 78.0, "How sure the atlas is of the corridor"),
    Column::text("Reported", 96.0, "First and last report in the sources; not the start of the corridor's life"),
    Column::text("Groups", 150.0, "Groups that the sources name"),
    Column::number("Sources", 56.0, "Number of sources"),
    Column::text("Grades", 90.0, "Reliability of the sources, A to F; – is not graded"),
];

impl Corridors<'_> {
    fn route(&self, row: usize) -> &Route {
        &self.0.dataset.routes[row]
    }
}

impl TableModel for Corridors<'_> {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn row_count(&self) -> usize {
        self.0.dataset.routes.len()
    }

    fn feature(&self, row: usize) -> Option<FeatureRef> {
        Some(at_row(FeatureKind::Route, row))
    }

    fn cell(&self, row: usize, column: usize) -> Option<String> {
        let route = self.route(row);
        let port = |id: &Option<std::sync::Arc<str>>| id.as_deref().map(|id| name_of(self.0, FeatureKind::Port, id));
        match column {
            0 => Some(self.0.dataset.title(at_row(FeatureKind::Route, row))),
            1 => port(&route.origin_port),
            2 => port(&route.destination_port),
            3 => Some(format::count(route.via.len())),
            4 => route.mode.as_ref().map(|mode| mode.label()),
            5 => route.confidence.map(|confidence| confidence.label().to_owned()),
            6 => reported(route.first_reported, route.last_reported),
            7 => group_names(self.0, &route.groups),
            8 => Some(format::count(route.sources.len())),
            _ => source_grades(self.0, at_row(FeatureKind::Route, row)),
        }
    }

    fn sort_key(&self, row: usize, column: usize) -> SortKey {
        let route = self.route(row);
        match column {
            3 => SortKey::Number(route.via.len() as f64),
            5 => SortKey::of_number(route.confidence.map(confidence_rank)),
            6 => SortKey::of_number(route.first_reported.or(route.last_reported).map(|date| f64::from(date.first_day()))),
            8 => SortKey::Number(route.sources.len() as f64),
            _ => SortKey::of_text(self.cell(row, column).as_deref()),
        }
    }

    fn passes(&self, row: usize) -> bool {
        self.0.matches.passes(at_row(FeatureKind::Route, row))
    }

    fn filter_offers(&self, row: usize) -> Vec<FilterOffer> {
        let route = self.route(row);
        let groups = route.groups.iter().map(|group| FilterOffer { dimension: Dimension::Group, key: group.clone() });
        let ports = [&route.origin_port, &route.destination_port].into_iter().flatten();
        let ports = ports.map(|port| FilterOffer { dimension: Dimension::Port, key: port.clone() });
        let mode = route.mode.iter().map(|mode| FilterOffer { dimension: Dimension::Mode, key: mode.0.clone() });
        groups.chain(ports).chain(mode).collect()
    }
}

/// Low first.
fn confidence_rank(confidence: Confidence) -> f64 {
    match confidence {
        Confidence::Low => 0.0,
        Confidence::Medium => 1.0,
        Confidence::High => 2.0,
    }
}

fn reported(first: Option<PartialDate>, last: Option<PartialDate>) -> Option<String> {
    match (first, last) {
        (None, None) => None,
        (Some(first), Some(last)) if first == last => Some(first.to_string()),
        (Some(first), Some(last)) => Some(format!("{first}–{last}")),
        (Some(first), None) => Some(format!("from {first}")),
        (None, Some(last)) => Some(format!("until {last}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reported_years_are_not_filled_in() {
        let year = |year| Some(PartialDate::from_year(year));
        assert_eq!(reported(year(2019), year(2023)).as_deref(), Some("2019–2023"));
        assert_eq!(reported(year(2019), year(2019)).as_deref(), Some("2019"));
        assert_eq!(reported(year(2019), None).as_deref(), Some("from 2019"));
        assert_eq!(reported(None, None), None);
    }
}
