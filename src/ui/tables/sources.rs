//! The source register.

use egui::Ui;

use super::model::{Column, FilterOffer, SortKey, TableModel};
use super::names::{at_row, nothing_open_ui};
use super::table_ui;
use crate::analysis::{Dimension, Relation};
use crate::model::{FeatureKind, FeatureRef, Source};
use crate::state::{AppState, Command, Tab};
use crate::ui::icons;
use crate::ui::widgets::format;

/// Shows the sources.
pub fn sources_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    if nothing_open_ui(ui, state, FeatureKind::Source, icons::BOOK_OPEN) {
        return Vec::new();
    }
    table_ui(ui, state, Tab::Sources, &Sources(state), &|_| None)
}

pub(super) struct Sources<'a>(pub(super) &'a AppState);

const COLUMNS: &[Column] = &[
    Column::text("Publisher", 190.0, "Who published it"),
    Column::text("Date", 86.0, "Date of publication"),
    Column::text("Kind", 84.0, "What kind of publication"),
    Column::text("Reliability", 160.0, "Admiralty code, A to F; F is not worse than E: it cannot be judged"),
    Column::number("Cited by", 64.0, "Records that rest on it"),
    Column::text("Title", 300.0, "Title, partly translated or descriptive"),
];

impl Sources<'_> {
    fn source(&self, row: usize) -> &Source {
        &self.0.dataset.sources[row]
    }

    fn cited(&self, row: usize) -> usize {
        self.0.links.related_by(at_row(FeatureKind::Source, row), Relation::CitedBy).count()
    }
}

impl TableModel for Sources<'_> {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn row_count(&self) -> usize {
        self.0.dataset.sources.len()
    }

    fn feature(&self, row: usize) -> Option<FeatureRef> {
        Some(at_row(FeatureKind::Source, row))
    }

    fn cell(&self, row: usize, column: usize) -> Option<String> {
        let source = self.source(row);
        match column {
            0 => source.publisher.as_deref().map(str::to_owned),
            1 => source.date.map(|date| date.to_string()),
            2 => source.source_kind.map(|kind| kind.label().to_owned()),
            3 => source.reliability.map(|grade| grade.label().to_owned()),
            4 => Some(format::count(self.cited(row))),
            _ => source.title.as_deref().map(str::to_owned),
        }
    }

    fn sort_key(&self, row: usize, column: usize) -> SortKey {
        match column {
            1 => SortKey::of_number(self.source(row).date.map(|date| f64::from(date.first_day()))),
            4 => SortKey::Number(self.cited(row) as f64),
            _ => SortKey::of_text(self.cell(row, column).as_deref()),
        }
    }

    fn passes(&self, row: usize) -> bool {
        self.0.matches.passes(at_row(FeatureKind::Source, row))
    }

    fn filter_offers(&self, row: usize) -> Vec<FilterOffer> {
        let grade = self.source(row).reliability.into_iter();
        grade.map(|grade| FilterOffer { dimension: Dimension::Reliability, key: grade.key().into() }).collect()
    }
}
