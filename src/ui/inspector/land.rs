//! What a corridor crosses of land, with a button that mends it.

use egui::{Label, RichText, Ui};

use crate::model::{FeatureKind, FeatureRef};
use crate::state::{AppState, Command};
use crate::ui::theme::colors_of;
use crate::ui::widgets::format;

/// Shows the stretches of a corridor over land; nothing for other records and for corridors at sea.
pub(super) fn land_ui(ui: &mut Ui, state: &AppState, feature: FeatureRef, commands: &mut Vec<Command>) {
    let Some(found) = state.land_findings().filter(|_| feature.kind == FeatureKind::Route) else { return };
    if let Some(length_m) = found.schematic_m(feature) {
        let text = format!("Schematic: crosses {} of land", format::kilometers(length_m));
        ui.label(RichText::new(text).small().color(colors_of(ui).text_weak))
            .on_hover_text("The line shows the order of calls and no path at sea, so this is no fault");
    }
    let crossings = found.of(feature);
    if crossings.is_empty() {
        return;
    }
    let total_m: f64 = crossings.iter().map(|crossing| crossing.stretch.length_m).sum();
    let stretches = format::counted(crossings.len(), "stretch", "stretches");
    let text = format!("Over land: {}, {} in all", stretches, format::kilometers(total_m));
    ui.add(Label::new(RichText::new(text).color(colors_of(ui).error)).wrap());
    ui.horizontal_wrapped(|ui| {
        if ui.small_button("Show").on_hover_text("Show the first stretch on the map").clicked() {
            commands.push(Command::ShowCrossing(crossings[0]));
        }
        let free = state.land.repairing.is_none();
        let button = ui.add_enabled(free, egui::Button::new("Repair over water").small());
        let button = button.on_hover_text("Replaces these stretches by the shortest path over water; undo brings them back");
        if button.on_disabled_hover_text("A repair is under way").clicked() {
            commands.push(Command::RepairOverWater(crossings.to_vec()));
        }
    });
    ui.add_space(4.0);
}
