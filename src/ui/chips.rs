//! Why something is dimmed: one removable chip for each restriction, over the map.

use egui::{RichText, Stroke, Ui};

use crate::analysis::{Dimension, FilterChip};
use crate::model::FeatureKind;
use crate::state::{AppState, Command};
use crate::ui::icons;
use crate::ui::theme::{self, colors_of};

/// Longer labels are cut; the whole text shows on hover.
const MAX_CHIP_LETTERS: usize = 36;

/// The chips, "Clear all" and how many events are left; nothing without a filter.
pub fn chips_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
    let chips = state.document.filter.chips(&state.dataset);
    if chips.is_empty() {
        return commands;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        for chip in chips {
            chip_ui(ui, chip, &mut commands);
        }
        if ui.button("Clear all").on_hover_text("Clear all filters").clicked() {
            commands.push(Command::ClearFilter);
        }
        let (shown, total) = (state.matches.shown(FeatureKind::Seizure), state.matches.total(FeatureKind::Seizure));
        let text = format!("Showing {shown} of {total} events");
        ui.label(RichText::new(text).small().background_color(colors_of(ui).panel));
    });
    commands
}

fn chip_ui(ui: &mut Ui, chip: FilterChip, commands: &mut Vec<Command>) {
    let full = chip_text(&chip);
    let colors = colors_of(ui);
    let content = (RichText::new(shortened(&full)).small(), theme::icon(icons::X, 11.0).color(colors.text_weak));
    let button = egui::Button::new(content).fill(colors.raised).stroke(Stroke::new(1.0, colors.hairline)).corner_radius(10);
    let response = ui.add(button).on_hover_text(format!("Remove the filter {full}"));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Remove {full}")));
    if response.clicked() {
        commands.push(Command::RemoveChip(chip));
    }
}

/// Period and words speak for themselves, values need the name of their dimension.
fn chip_text(chip: &FilterChip) -> String {
    match chip.dimension {
        Dimension::Period | Dimension::Text => chip.label.clone(),
        dimension => format!("{}: {}", dimension.label(), chip.label),
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= MAX_CHIP_LETTERS {
        return text.to_owned();
    }
    let head: String = text.chars().take(MAX_CHIP_LETTERS - 1).collect();
    format!("{}…", head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_chips_are_cut_at_letters_not_bytes() {
        assert_eq!(shortened("Group: Kavač clan"), "Group: Kavač clan");
        let cut = shortened(&"č".repeat(50));
        assert_eq!(cut.chars().count(), MAX_CHIP_LETTERS);
        assert!(cut.ends_with('…'));
    }

    #[test]
    fn values_are_named_with_their_dimension() {
        let chip = |dimension, label: &str| FilterChip { dimension, key: None, label: label.to_owned() };
        assert_eq!(chip_text(&chip(Dimension::Mode, "Yacht")), "Mode: Yacht");
        assert_eq!(chip_text(&chip(Dimension::Period, "2019–2021")), "2019–2021");
    }
}
