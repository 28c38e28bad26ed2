//! What a list shows when it has no rows.

use egui::{RichText, Ui};

use crate::ui::theme::{self, colors_of};

/// An icon, what is missing, and what to do about it.
pub fn empty_state_ui(ui: &mut Ui, icon: &str, missing: &str, advice: &str) {
    let colors = colors_of(ui);
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.25).clamp(4.0, 48.0));
        ui.label(theme::icon(icon, 22.0).color(colors.text_pale));
        ui.label(theme::semibold(missing, 13.0).color(colors.text));
        ui.label(RichText::new(advice).color(colors.text_weak));
    });
}
