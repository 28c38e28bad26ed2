//! The modal dialogs. Each is a function from the state to commands; only one is open at a time.

mod about;
mod bookmarks;
mod export;
mod open;
mod palette;
mod save;
mod shortcuts;
mod unsaved;

use egui::{Id, Modal, Ui};

use crate::state::{AppState, Command, Dialog};
use crate::ui::icons;
use crate::ui::theme;
use crate::ui::widgets::icon_button_ui;

/// Shows the open dialog, if any.
pub fn dialogs_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
    let Some(dialog) = &state.dialog else { return commands };
    let id = Id::unique(("dialog", std::mem::discriminant(dialog)));
    let fresh = just_opened(ui, id);
    let frame = egui::Frame::popup(ui.style()).inner_margin(16);
    let response = Modal::new(id).frame(frame).show(ui.ctx(), |ui| {
        theme::outline_inputs(ui);
        match dialog {
            Dialog::Open { mode, path } => open::open_ui(ui, state, *mode, path, fresh, &mut commands),
            Dialog::Export { path } => export::export_ui(ui, state, path, fresh, &mut commands),
            Dialog::Save { path, scope, then } => save::save_ui(ui, state, &save::Form { path, scope: *scope, then }, fresh, &mut commands),
            Dialog::Unsaved { then } => unsaved::unsaved_ui(ui, state, then, &mut commands),
            Dialog::Palette { query } => palette::palette_ui(ui, state, query, fresh, &mut commands),
            Dialog::Bookmarks { naming } => bookmarks::bookmarks_ui(ui, state, *naming, fresh, &mut commands),
            Dialog::CentralMeridian => bookmarks::meridian_ui(ui, state, fresh, &mut commands),
            Dialog::Shortcuts => shortcuts::shortcuts_ui(ui, &mut commands),
            Dialog::About => about::about_ui(ui, state, &mut commands),
        }
    });
    if response.should_close() {
        commands.push(Command::EndGesture);
        commands.push(Command::CloseDialog);
    }
    commands
}

/// Whether the dialog was not shown in the frame before.
fn just_opened(ui: &Ui, id: Id) -> bool {
    let now = ui.cumulative_pass_nr();
    let seen_id = id.with("seen");
    let before = ui.data(|data| data.get_temp::<u64>(seen_id));
    ui.data_mut(|data| data.insert_temp(seen_id, now));
    // The first pass of a frame may be discarded and run again.
    before.is_none_or(|before| now > before + 2)
}

/// Title line with a button that closes the dialog.
fn title_ui(ui: &mut Ui, title: &str, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(theme::semibold(title, 16.0));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button_ui(ui, icons::X, "Close", None).clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    });
    ui.add_space(8.0);
}
