//! The question before edits would be lost.

use egui::{Label, Ui};

use super::title_ui;
use crate::model::FeatureKind;
use crate::state::{AppState, Command, SaveScope};
use crate::ui::icons;
use crate::ui::widgets::{format, main_button_ui, memo};

/// Width of the dialog in points.
const WIDTH: f32 = 420.0;

/// Save, discard or cancel.
pub(super) fn unsaved_ui(ui: &mut Ui, state: &AppState, then: &Command, commands: &mut Vec<Command>) {
    ui.set_width(WIDTH);
    title_ui(ui, "Unsaved edits", commands);
    let changed = memo(ui.ctx(), "changed records", state.dataset_generation, || state.records_to_save(SaveScope::Changed));
    let (what, number) = match changed.count(FeatureKind::Route) {
        0 => ("Edits are".to_owned(), "them"),
        1 => ("One new or changed corridor is".to_owned(), "it"),
        count => (format!("{} new or changed corridors are", format::count(count)), "them"),
    };
    let loss = if *then == Command::Quit { "Quitting" } else { "Opening other files" };
    ui.add(Label::new(format!("{what} in no file yet. {loss} now would lose {number}.")).wrap());
    ui.add_space(12.0);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if main_button_ui(ui, icons::SAVE, "Save…", "Choose where to save, then go on", None).clicked() {
            commands.push(Command::AskSave(Some(Box::new(then.clone()))));
        }
        if ui.button("Discard").on_hover_text("Go on without saving").clicked() {
            commands.push(Command::DiscardEdits(Box::new(then.clone())));
        }
        if ui.button("Cancel").on_hover_text("Stay here").clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}
