//! The cells tab: groups with their ties, as a list or as a network.

mod list;
mod network;
mod network_marks;
mod rows;
mod ties;

use egui::{RichText, TextEdit, Ui};

use crate::model::FeatureKind;
use crate::state::{AppState, Command, Tab};
use crate::ui::hover::settle_hover;
use crate::ui::widgets::{empty_state_ui, segmented_ui};
use crate::ui::{icons, theme};

/// Width of the pane with the ties of the selected group, in points.
const TIES_WIDTH: f32 = 380.0;

/// Groups as a list with the ties of the selected one, or as a network.
pub fn cells_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
    toolbar_ui(ui, state, &mut commands);
    if state.dataset.groups.is_empty() {
        empty_state_ui(ui, icons::USERS, "No cells in the open files", "Add a file with features of the kind “group”");
    } else if state.panels.cells_as_network {
        network::network_ui(ui, state, &mut commands);
    } else {
        egui::Panel::right("cell ties").resizable(true).default_size(TIES_WIDTH).size_range(220.0..=620.0).show(ui, |ui| {
            ties::ties_ui(ui, state, &mut commands);
        });
        egui::CentralPanel::default().frame(egui::Frame::NONE).show(ui, |ui| list::list_ui(ui, state, &mut commands));
    }
    settle_hover(ui, state, "cells", &mut commands);
    commands
}

fn toolbar_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let table = &state.panels.tables[Tab::Cells.index()];
    ui.horizontal(|ui| {
        theme::outline_inputs(ui);
        let choices = [(false, "List", "Groups as a table with their ties"), (true, "Network", "Groups and ties as a picture")];
        if let Some(network) = segmented_ui(ui, state.panels.cells_as_network, &choices) {
            commands.push(Command::SetCellsAsNetwork(network));
        }
        let mut search = table.search.clone();
        let edit = TextEdit::singleline(&mut search).hint_text("Find a cell").desired_width(160.0);
        if ui.add(edit).changed() {
            commands.push(Command::SetTableSearch(Tab::Cells, search));
        }
        if !state.panels.cells_as_network {
            let mut only = table.only_matching;
            if ui.checkbox(&mut only, "Only matching").on_hover_text("Hide cells that do not match the filter").changed() {
                commands.push(Command::SetOnlyMatching(Tab::Cells, only));
            }
        }
        let (shown, total) = (state.matches.shown(FeatureKind::Group), state.matches.total(FeatureKind::Group));
        let ties = state.dataset.ties.len();
        ui.label(RichText::new(format!("{shown} of {total} match, {ties} ties")).small().weak());
    });
}
