//! What the program is, where its data come from and under which licences.

use egui::{Label, RichText, ScrollArea, Ui};

use super::title_ui;
use crate::cartography::{BOUNDARY_NOTE, ROUTE_NOTE, SEIZURE_NOTE};
use crate::model::FeatureKind;
use crate::state::{AppState, Command};
use crate::ui::theme;
use crate::ui::widgets::format::count;

/// Width of the dialog in points.
const WIDTH: f32 = 520.0;
/// Height of the text in points.
const HEIGHT: f32 = 420.0;

/// Headings and texts that do not depend on the open files.
const PARTS: [(&str, &str); 3] = [
    ("Offline", "Sealane works without a network. It sends nothing and opens no address: addresses of sources can be copied."),
    (
        "Data and fonts",
        "Basemap: Natural Earth, public domain. Towns: GeoNames, CC BY 4.0. Fonts: Inter and JetBrains Mono, SIL Open Font License 1.1. \
         Icons: Lucide, ISC. Class colors: Okabe and Ito; ColorBrewer.",
    ),
    ("Licence of the program", "MIT or Apache-2.0, at your choice. THIRD-PARTY.md lists all parts by others."),
];

/// Version, open files, notes and licences.
pub(super) fn about_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    ui.set_width(WIDTH);
    title_ui(ui, "About Sealane", commands);
    ScrollArea::vertical().id_salt("about").max_height(HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
        let version = concat!("Version ", env!("CARGO_PKG_VERSION"));
        ui.weak(version);
        ui.add(Label::new("A desktop atlas of maritime trafficking corridors from Latin America to the Balkans").wrap());
        part_ui(ui, "Open data", &open_data_text(state));
        part_ui(
            ui,
            "How to read it",
            &format!("{ROUTE_NOTE} {SEIZURE_NOTE} What a source does not state is shown as not stated, never as zero."),
        );
        part_ui(ui, "Boundaries", &format!("{BOUNDARY_NOTE} The basemap shows de-facto boundaries."));
        for (title, text) in PARTS {
            part_ui(ui, title, text);
        }
        ui.add_space(8.0);
        if ui.button("Copy as text").clicked() {
            commands.push(Command::CopyText(format!("Sealane\n{version}\n{}", open_data_text(state))));
        }
    });
}

fn part_ui(ui: &mut Ui, title: &str, text: &str) {
    ui.add_space(8.0);
    ui.label(theme::semibold(title, 13.0));
    ui.add(Label::new(RichText::new(text)).wrap().selectable(true));
}

/// The files with what they hold, one a line.
fn open_data_text(state: &AppState) -> String {
    if state.dataset.files.is_empty() {
        return "No file is open".to_owned();
    }
    let mut lines: Vec<String> = state
        .dataset
        .files
        .iter()
        .map(|file| format!("{}{}: {} features", file.name, if file.bundled { " (bundled)" } else { "" }, count(file.features)))
        .collect();
    let kinds: Vec<String> = FeatureKind::ALL
        .into_iter()
        .filter(|kind| state.dataset.count(*kind) > 0)
        .map(|kind| format!("{} {}", count(state.dataset.count(kind)), kind.plural().to_lowercase()))
        .collect();
    lines.push(kinds.join(", "));
    lines.join("\n")
}
