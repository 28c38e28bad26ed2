//! The left panel: what is shown, what must match, and what the marks mean.

mod filters;
mod layers;
mod legend;

use egui::{CollapsingHeader, ScrollArea, Ui};

use crate::state::{AppState, Command};
use crate::ui::hover::settle_hover;
use crate::ui::theme;

/// Legend, filters and layers as collapsible sections.
pub fn left_panel_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
    ScrollArea::vertical().id_salt("left panel").auto_shrink([false, false]).show(ui, |ui| {
        theme::outline_inputs(ui);
        // A new reader needs the meaning of the marks first.
        section_ui(ui, "Legend", true, |ui| legend::legend_ui(ui, state, &mut commands));
        section_ui(ui, "Filters", true, |ui| filters::filters_ui(ui, state, &mut commands));
        section_ui(ui, "Layers", false, |ui| layers::layers_ui(ui, state, &mut commands));
    });
    settle_hover(ui, state, "left panel", &mut commands);
    commands
}

fn section_ui(ui: &mut Ui, title: &str, open: bool, add_contents: impl FnOnce(&mut Ui)) {
    CollapsingHeader::new(theme::semibold(title, 13.0)).id_salt(title).default_open(open).show_unindented(ui, |ui| {
        ui.add_space(2.0);
        add_contents(ui);
        ui.add_space(2.0);
    });
    ui.separator();
}
