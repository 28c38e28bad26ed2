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
use crate::ui::widgets::format::{count, counted};
use crate::ui::widgets::{empty_state_ui, segmented_ui};
use crate::ui::{icons, theme};

/// Width of the pane with the ties of the selected group, in points.
const TIES_WIDTH: f32 = 380.0;

/// Groups as a list with the ties of the selected one, or as a network.
pub fn cells_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
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

/// List or network, search and count: in the line of the tabs, from right to left.
pub fn cells_tools_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let table = &state.panels.tables[Tab::Cells.index()];
    let choices = [(false, "List", "Groups as a table with their ties"), (true, "Network", "Groups and ties as a picture")];
    ui.spacing_mut().item_spacing.x = 8.0;
    if let Some(network) = segmented_ui(ui, state.panels.cells_as_network, &choices) {
        commands.push(Command::SetCellsAsNetwork(network));
    }
    theme::outline_inputs(ui);
    let mut search = table.search.clone();
    let edit = TextEdit::singleline(&mut search).hint_text("Search in cells").desired_width(150.0);
    if ui.add(edit).changed() {
        commands.push(Command::SetTableSearch(Tab::Cells, search));
    }
    if !state.panels.cells_as_network {
        let mut only = table.only_matching;
        if ui
            .checkbox(&mut only, "Only matching")
            .on_hover_text("Hide cells that do not match the filters instead of showing them pale")
            .changed()
        {
            commands.push(Command::SetOnlyMatching(Tab::Cells, only));
        }
    }
    let (shown, total) = (state.matches.shown(FeatureKind::Group), state.matches.total(FeatureKind::Group));
    let text = format!("{} of {}, {}", count(shown), count(total), counted(state.dataset.ties.len(), "tie", "ties"));
    ui.label(RichText::new(text).weak()).on_hover_text("Cells that match the filters, and all ties between them");
}
