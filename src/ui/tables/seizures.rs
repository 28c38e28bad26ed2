//! The table of seizure events.

use egui::Ui;

use super::model::{Column, FilterOffer, SortKey, TableModel};
use super::names::{at_row, group_names, nothing_open_ui, source_grades};
use super::table_ui;
use crate::analysis::{Dimension, key_label};
use crate::model::{FeatureKind, FeatureRef, SeizureEvent};
use crate::state::{AppState, Command, Tab};
use crate::ui::icons;
use crate::ui::widgets::format;

/// Shows the seizure events.
pub fn seizures_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    if nothing_open_ui(ui, state, FeatureKind::Seizure, icons::WEIGHT) {
        return Vec::new();
    }
    table_ui(ui, state, Tab::Seizures, &Seizures(state), &|_| None)
}

pub(super) struct Seizures<'a>(pub(super) &'a AppState);

const COLUMNS: &[Column] = &[
    Column::text("Date", 86.0, "As exactly as stated"),
    Column::text("Place", 190.0, "Place as written"),
    Column::text("Country", 110.0, "Country of the seizure"),
    Column::number("kg", 64.0, "Kilograms, mostly gross, as announced"),
    Column::text("Commodity", 86.0, "What was seized"),
    Column::text("Concealment", 130.0, "How it was hidden"),
    Column::text("Vessel", 110.0, "Name of the ship"),
    Column::text("Groups", 140.0, "Groups that the sources name"),
    Column::text("Attribution", 78.0, "Whether a source names the group"),
    Column::text("Grades", 84.0, "Reliability of the sources, A to F, and credibility of the item, 1 to 6; – is not graded"),
];

impl Seizures<'_> {
    fn event(&self, row: usize) -> &SeizureEvent {
        &self.0.dataset.seizures[row]
    }

    /// "B C · 2", or only what is graded.
    fn grades(&self, row: usize) -> Option<String> {
        let sources = source_grades(self.0, at_row(FeatureKind::Seizure, row));
        match (sources, self.event(row).credibility) {
            (sources, None) => sources,
            (None, Some(item)) => Some(item.key().to_owned()),
            (Some(sources), Some(item)) => Some(format!("{sources} · {}", item.key())),
        }
    }
}

impl TableModel for Seizures<'_> {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn row_count(&self) -> usize {
        self.0.dataset.seizures.len()
    }

    fn feature(&self, row: usize) -> Option<FeatureRef> {
        Some(at_row(FeatureKind::Seizure, row))
    }

    fn cell(&self, row: usize, column: usize) -> Option<String> {
        let event = self.event(row);
        let owned = |text: &Option<std::sync::Arc<str>>| text.as_deref().map(str::to_owned);
        match column {
            0 => event.event_date.map(|date| date.to_string()),
            1 => owned(&event.place),
            2 => event.country.as_deref().map(|country| key_label(&self.0.dataset, Dimension::Country, country)),
            3 => event.mass_kg.map(format::kilograms),
            4 => owned(&event.commodity),
            5 => owned(&event.concealment),
            6 => owned(&event.vessel),
            7 => group_names(self.0, &event.groups),
            8 => event.attribution.map(|attribution| attribution.label().to_owned()),
            _ => self.grades(row),
        }
    }

    fn sort_key(&self, row: usize, column: usize) -> SortKey {
        let event = self.event(row);
        match column {
            0 => SortKey::of_number(event.event_date.map(|date| f64::from(date.first_day()))),
            3 => SortKey::of_number(event.mass_kg),
            _ => SortKey::of_text(self.cell(row, column).as_deref()),
        }
    }

    fn passes(&self, row: usize) -> bool {
        self.0.matches.passes(at_row(FeatureKind::Seizure, row))
    }

    fn filter_offers(&self, row: usize) -> Vec<FilterOffer> {
        let event = self.event(row);
        let groups = event.groups.iter().map(|group| FilterOffer { dimension: Dimension::Group, key: group.clone() });
        let country = event.country.iter().map(|country| FilterOffer { dimension: Dimension::Country, key: country.clone() });
        let ports = [&event.origin_port, &event.destination_port].into_iter().flatten();
        let ports = ports.map(|port| FilterOffer { dimension: Dimension::Port, key: port.clone() });
        groups.chain(country).chain(ports).collect()
    }
}
