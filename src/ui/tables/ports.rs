//! The table of ports.

use egui::Ui;

use super::model::{Column, FilterOffer, SortKey, TableModel};
use super::names::{at_row, linked_count, nothing_open_ui};
use super::table_ui;
use crate::analysis::{Dimension, Relation, key_label};
use crate::model::{FeatureKind, FeatureRef, Port};
use crate::state::{AppState, Command, Tab};
use crate::ui::icons;
use crate::ui::widgets::format;

/// Shows the ports.
pub fn ports_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    if nothing_open_ui(ui, state, FeatureKind::Port, icons::ANCHOR) {
        return Vec::new();
    }
    table_ui(ui, state, Tab::Ports, &Ports(state), &|_| None)
}

pub(super) struct Ports<'a>(pub(super) &'a AppState);

const COLUMNS: &[Column] = &[
    Column::text("Port", 220.0, "Name of the port or place"),
    Column::text("Country", 150.0, "Country of the port"),
    Column::text("LOCODE", 76.0, "UN/LOCODE"),
    Column::number("Corridors", 70.0, "Corridors that begin, call or end here"),
    Column::number("Seizures", 70.0, "Events that state this port as origin or destination"),
    Column::number("Sources", 60.0, "Number of sources"),
    Column::text("Side", 190.0, "The part it plays in the corridors"),
    Column::text("Precision", 130.0, "How exactly the place is known"),
];

const RELATIONS: &[Relation] = &[Relation::OriginOf, Relation::ViaOf, Relation::DestinationOf];

impl Ports<'_> {
    fn port(&self, row: usize) -> &Port {
        &self.0.dataset.ports[row]
    }

    fn linked(&self, row: usize, kind: FeatureKind) -> usize {
        linked_count(self.0, at_row(FeatureKind::Port, row), RELATIONS, kind)
    }
}

impl TableModel for Ports<'_> {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn row_count(&self) -> usize {
        self.0.dataset.ports.len()
    }

    fn feature(&self, row: usize) -> Option<FeatureRef> {
        Some(at_row(FeatureKind::Port, row))
    }

    fn cell(&self, row: usize, column: usize) -> Option<String> {
        let port = self.port(row);
        match column {
            0 => Some(self.0.dataset.title(at_row(FeatureKind::Port, row))),
            1 => port.country.as_deref().map(|country| key_label(&self.0.dataset, Dimension::Country, country)),
            2 => port.locode.as_deref().map(str::to_owned),
            3 => Some(format::count(self.linked(row, FeatureKind::Route))),
            4 => Some(format::count(self.linked(row, FeatureKind::Seizure))),
            5 => Some(format::count(port.sources.len())),
            6 => port.side.map(|side| side.label().to_owned()),
            _ => port.precision.map(|precision| precision.label().to_owned()),
        }
    }

    fn sort_key(&self, row: usize, column: usize) -> SortKey {
        match column {
            3 => SortKey::Number(self.linked(row, FeatureKind::Route) as f64),
            4 => SortKey::Number(self.linked(row, FeatureKind::Seizure) as f64),
            5 => SortKey::Number(self.port(row).sources.len() as f64),
            _ => SortKey::of_text(self.cell(row, column).as_deref()),
        }
    }

    fn passes(&self, row: usize) -> bool {
        self.0.matches.passes(at_row(FeatureKind::Port, row))
    }

    fn filter_offers(&self, row: usize) -> Vec<FilterOffer> {
        let port = self.port(row);
        let own = FilterOffer { dimension: Dimension::Port, key: port.id.clone() };
        let country = port.country.iter().map(|country| FilterOffer { dimension: Dimension::Country, key: country.clone() });
        std::iter::once(own).chain(country).collect()
    }
}
