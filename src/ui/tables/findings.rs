//! The table of what loading found: every rejected or doubtful feature with its place in the file.

use egui::Ui;

use super::model::{Column, SortKey, TableModel, rows_as_tsv};
use super::table_ui;
use crate::load::{Diagnostic, Severity};
use crate::model::{Dataset, FeatureKind, FeatureRef, Origin};
use crate::state::{AppState, Command, SelectMode, Tab};
use crate::ui::icons;
use crate::ui::theme::colors;
use crate::ui::widgets::empty_state_ui;

/// Shows the findings. A click selects the record if it was loaded, and copies the finding if it was rejected.
pub fn findings_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    if state.diagnostics.is_empty() {
        let (missing, advice) = if state.file_reports.is_empty() {
            ("Nothing was loaded yet", "Open files to see what loading finds (File, Open files…)")
        } else {
            ("No findings", "Every feature of the open files was loaded as it is")
        };
        empty_state_ui(ui, icons::CIRCLE_CHECK, missing, advice);
        return Vec::new();
    }
    let model = Findings(state);
    table_ui(ui, state, Tab::Findings, &model, &|row| {
        Some(match record_of(&state.dataset, &state.diagnostics[row]) {
            Some(feature) => Command::Select(vec![feature], SelectMode::Replace),
            None => Command::CopyText(rows_as_tsv(&model, std::iter::once(row))),
        })
    })
}

pub(super) struct Findings<'a>(pub(super) &'a AppState);

const COLUMNS: &[Column] = &[
    Column::text("Severity", 86.0, "Error: not loaded; warning: loaded with a doubt"),
    Column::text("Code", 124.0, "Stable name of the kind of finding"),
    Column::text("What", 370.0, "What is wrong"),
    Column::text("Place", 140.0, "File, line and column"),
    Column::text("Pointer", 130.0, "JSON pointer to the value"),
    Column::number("Feature", 60.0, "Number of the feature in the file, from 0"),
    Column::text("Value", 120.0, "The value that was found"),
    Column::text("What to do", 200.0, "How to repair it"),
];

impl Findings<'_> {
    fn finding(&self, row: usize) -> &Diagnostic {
        &self.0.diagnostics[row]
    }
}

impl TableModel for Findings<'_> {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn row_count(&self) -> usize {
        self.0.diagnostics.len()
    }

    fn feature(&self, _row: usize) -> Option<FeatureRef> {
        None
    }

    fn cell(&self, row: usize, column: usize) -> Option<String> {
        let finding = self.finding(row);
        match column {
            0 => Some(severity_label(finding.severity).to_owned()),
            1 => Some(finding.code.to_owned()),
            2 => Some(finding.message.clone()),
            3 => Some(place(finding)),
            4 => finding.pointer.clone(),
            5 => finding.feature.map(|feature| feature.to_string()),
            6 => finding.value.clone(),
            _ => finding.hint.clone(),
        }
    }

    fn sort_key(&self, row: usize, column: usize) -> SortKey {
        let finding = self.finding(row);
        match column {
            0 => SortKey::Number(f64::from(severity_rank(finding.severity))),
            5 => SortKey::of_number(finding.feature.map(f64::from)),
            _ => SortKey::of_text(self.cell(row, column).as_deref()),
        }
    }

    fn passes(&self, _row: usize) -> bool {
        true
    }

    fn icon(&self, row: usize) -> Option<(&'static str, egui::Color32)> {
        let colors = colors(self.0.dark);
        Some(match self.finding(row).severity {
            Severity::Error => (icons::CIRCLE_X, colors.error),
            Severity::Warning => (icons::TRIANGLE_ALERT, colors.warning),
            Severity::Info => (icons::INFO, colors.accent),
        })
    }
}

fn severity_label(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Info",
    }
}

fn severity_rank(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}

/// "ports.geojson:12:5"
fn place(finding: &Diagnostic) -> String {
    let name = finding.file.rsplit(['/', '\\']).next().unwrap_or(&finding.file);
    match (finding.line, finding.column) {
        (Some(line), Some(column)) => format!("{name}:{line}:{column}"),
        (Some(line), None) => format!("{name}:{line}"),
        _ => name.to_owned(),
    }
}

/// The record that a finding is about, if it was loaded.
fn record_of(dataset: &Dataset, finding: &Diagnostic) -> Option<FeatureRef> {
    let file = dataset.files.iter().position(|file| *file.name == *finding.file)?;
    let wanted = Origin { file: u32::try_from(file).ok()?, feature: finding.feature? };
    let found = |kind, at: Option<usize>| Some(FeatureRef::new(kind, u32::try_from(at?).ok()?));
    found(FeatureKind::Route, dataset.routes.iter().position(|r| r.provenance == wanted))
        .or_else(|| found(FeatureKind::Port, dataset.ports.iter().position(|r| r.provenance == wanted)))
        .or_else(|| found(FeatureKind::Seizure, dataset.seizures.iter().position(|r| r.provenance == wanted)))
        .or_else(|| found(FeatureKind::Group, dataset.groups.iter().position(|r| r.provenance == wanted)))
        .or_else(|| found(FeatureKind::Tie, dataset.ties.iter().position(|r| r.provenance == wanted)))
        .or_else(|| found(FeatureKind::Area, dataset.areas.iter().position(|r| r.provenance == wanted)))
        .or_else(|| found(FeatureKind::Source, dataset.sources.iter().position(|r| r.provenance == wanted)))
        .or_else(|| found(FeatureKind::Judgement, dataset.judgements.iter().position(|r| r.provenance == wanted)))
}
