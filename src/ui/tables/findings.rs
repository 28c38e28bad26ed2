//! The table of what loading found, every rejected or doubtful feature with its place in the file, and of corridors over land.

use egui::Ui;

use super::model::{Column, SortKey, TableModel, rows_as_tsv};
use super::table_ui;
use crate::analysis::LandCrossing;
use crate::cartography::Basemap;
use crate::load::{Diagnostic, Severity};
use crate::model::{Dataset, FeatureKind, FeatureRef, Origin};
use crate::state::{AppState, Command, SelectMode, Tab};
use crate::ui::icons;
use crate::ui::theme::colors;
use crate::ui::widgets::{empty_state_ui, format};

/// Shows the findings. A click selects the record if it was loaded, and copies the finding if it was rejected; a click on a stretch over
/// land shows the stretch.
pub fn findings_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    let model = Findings(state);
    if model.row_count() == 0 {
        let (missing, advice) = if state.file_reports.is_empty() {
            ("Nothing was loaded yet", "Open files to see what loading finds (File, Open files…)")
        } else if state.land_findings().is_none() {
            ("No findings so far", "Every feature was loaded as it is; corridors are being checked for land")
        } else {
            ("No findings", "Every feature of the open files was loaded as it is, and no corridor crosses land")
        };
        empty_state_ui(ui, icons::CIRCLE_CHECK, missing, advice);
        return Vec::new();
    }
    table_ui(ui, state, Tab::Findings, &model, &|row| {
        Some(match model.finding(row)? {
            Finding::Loading(finding) => match record_of(&state.dataset, finding) {
                Some(feature) => Command::Select(vec![feature], SelectMode::Replace),
                None => Command::CopyText(rows_as_tsv(&model, std::iter::once(row))),
            },
            Finding::OverLand(crossing) => Command::ShowCrossing(*crossing),
        })
    })
}

/// The button that repairs every stretch over land, or those of the selected corridors.
pub(super) fn repair_tools_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let Some(found) = state.land_findings().filter(|found| !found.crossings.is_empty()) else { return };
    let selected = || state.selection.iter().flat_map(|feature| found.of(*feature));
    let some = selected().next().is_some();
    let (words, tip) = if some {
        ("Repair selected", "Puts the selected corridors on the water wherever they cross land; undo brings the old lines back")
    } else {
        ("Repair all", "Puts every corridor on the water wherever it crosses land; undo brings the old lines back")
    };
    let button = ui.add_enabled(state.land.repairing.is_none(), egui::Button::new(words).small());
    if button.on_hover_text(tip).on_disabled_hover_text("A repair is under way").clicked() {
        let crossings = if some { selected().copied().collect() } else { found.crossings.clone() };
        commands.push(Command::RepairOverWater(crossings));
    }
}

/// What loading found, then the stretches of corridors over land.
pub(super) struct Findings<'a>(pub(super) &'a AppState);

/// One row.
enum Finding<'a> {
    Loading(&'a Diagnostic),
    OverLand(&'a LandCrossing),
}

const COLUMNS: &[Column] = &[
    Column::text("Severity", 86.0, "Error: not loaded; warning: loaded with a doubt"),
    Column::text("Code", 124.0, "Stable name of the kind of finding"),
    Column::text("What", 370.0, "What is wrong"),
    Column::text("Place", 140.0, "File, line and column; latitude and longitude of a stretch over land"),
    Column::text("Pointer", 130.0, "JSON pointer to the value"),
    Column::number("Feature", 60.0, "Number of the feature in the file, from 0"),
    Column::text("Value", 120.0, "The value that was found; the length of a stretch over land"),
    Column::text("What to do", 200.0, "How to repair it"),
];

impl Findings<'_> {
    fn finding(&self, row: usize) -> Option<Finding<'_>> {
        let loading = &self.0.diagnostics;
        match loading.get(row) {
            Some(finding) => Some(Finding::Loading(finding)),
            None => self.0.land_findings()?.crossings.get(row - loading.len()).map(Finding::OverLand),
        }
    }
}

impl TableModel for Findings<'_> {
    fn columns(&self) -> &'static [Column] {
        COLUMNS
    }

    fn row_count(&self) -> usize {
        self.0.diagnostics.len() + self.0.crossing_count()
    }

    fn feature(&self, _row: usize) -> Option<FeatureRef> {
        None
    }

    fn cell(&self, row: usize, column: usize) -> Option<String> {
        match self.finding(row)? {
            Finding::Loading(finding) => match column {
                0 => Some(severity_label(finding.severity).to_owned()),
                1 => Some(finding.code.to_owned()),
                2 => Some(finding.message.clone()),
                3 => Some(place(finding)),
                4 => finding.pointer.clone(),
                5 => finding.feature.map(|feature| feature.to_string()),
                6 => finding.value.clone(),
                _ => finding.hint.clone(),
            },
            Finding::OverLand(crossing) => land_cell(&self.0.dataset, crossing, column),
        }
    }

    fn sort_key(&self, row: usize, column: usize) -> SortKey {
        match (self.finding(row), column) {
            (Some(Finding::Loading(finding)), 0) => SortKey::Number(f64::from(severity_rank(finding.severity))),
            (Some(Finding::OverLand(_)), 0) => SortKey::Number(f64::from(severity_rank(Severity::Warning))),
            (Some(Finding::Loading(finding)), 5) => SortKey::of_number(finding.feature.map(f64::from)),
            (Some(Finding::OverLand(crossing)), 5) => {
                SortKey::of_number(origin_of(&self.0.dataset, crossing).map(|origin| f64::from(origin.feature)))
            }
            // Lengths among themselves go by length, before other values.
            (Some(Finding::OverLand(crossing)), 6) => SortKey::Number(crossing.stretch.length_m),
            _ => SortKey::of_text(self.cell(row, column).as_deref()),
        }
    }

    fn passes(&self, _row: usize) -> bool {
        true
    }

    fn icon(&self, row: usize) -> Option<(&'static str, egui::Color32)> {
        let colors = colors(self.0.dark);
        let severity = match self.finding(row)? {
            Finding::Loading(finding) => finding.severity,
            Finding::OverLand(_) => Severity::Warning,
        };
        Some(match severity {
            Severity::Error => (icons::CIRCLE_X, colors.error),
            Severity::Warning => (icons::TRIANGLE_ALERT, colors.warning),
            Severity::Info => (icons::INFO, colors.accent),
        })
    }

    fn actions(&self, row: usize) -> Vec<(&'static str, Command)> {
        match self.finding(row) {
            Some(Finding::OverLand(crossing)) => {
                let mut actions = vec![("Show on the map", Command::ShowCrossing(*crossing))];
                if self.0.land.repairing.is_none() {
                    actions.push(("Repair over water", Command::RepairOverWater(vec![*crossing])));
                }
                actions
            }
            _ => Vec::new(),
        }
    }
}

fn origin_of(dataset: &Dataset, crossing: &LandCrossing) -> Option<Origin> {
    dataset.routes.get(crossing.route.at()).map(|route| route.provenance).filter(|origin| dataset.files.len() > origin.file as usize)
}

/// "near Patras"; nothing far from towns.
fn near(crossing: &LandCrossing) -> Option<String> {
    let towns = Basemap::bundled().and_then(Basemap::towns).ok()?;
    towns.near_both(crossing.stretch.from, crossing.stretch.to)
}

fn land_cell(dataset: &Dataset, crossing: &LandCrossing, column: usize) -> Option<String> {
    let length = format::kilometers(crossing.stretch.length_m);
    match column {
        0 => Some(severity_label(Severity::Warning).to_owned()),
        1 => Some("route-over-land".to_owned()),
        2 => {
            let near = near(crossing).map_or_else(String::new, |near| format!(" {near}"));
            let start = format::kilometers(crossing.stretch.start_m);
            Some(format!("{} runs over land for {length}{near}, {start} after its start", dataset.title(crossing.route)))
        }
        3 => Some(format::position(crossing.stretch.from)),
        5 => origin_of(dataset, crossing).map(|origin| origin.feature.to_string()),
        6 => Some(length),
        4 => None,
        _ => Some("Repair over water: right-click, or the button above".to_owned()),
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
