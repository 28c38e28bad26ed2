//! The left panel: what is shown, what must match, and what the marks mean.

mod filters;
mod layers;
mod legend;

use egui::{CollapsingHeader, RichText, ScrollArea, Ui};

use crate::state::{AppState, Command};
use crate::ui::icons;

/// Layers, filters and legend as collapsible sections.
pub fn left_panel_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
    ScrollArea::vertical().id_salt("left panel").auto_shrink([false, false]).show(ui, |ui| {
        section_ui(ui, icons::FUNNEL, "Filters", true, |ui| filters::filters_ui(ui, state, &mut commands));
        section_ui(ui, icons::LAYERS, "Layers", false, |ui| layers::layers_ui(ui, state, &mut commands));
        section_ui(ui, icons::LIST, "Legend", true, |ui| legend::legend_ui(ui, state));
    });
    commands
}

fn section_ui(ui: &mut Ui, icon: &str, title: &str, open: bool, add_contents: impl FnOnce(&mut Ui)) {
    CollapsingHeader::new(RichText::new(format!("{icon} {title}")).strong())
        .id_salt(title)
        .default_open(open)
        .show_unindented(ui, |ui| {
            ui.add_space(4.0);
            add_contents(ui);
            ui.add_space(8.0);
        });
    ui.separator();
}
