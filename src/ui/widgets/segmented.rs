//! A few choices side by side, one of them in force.

use egui::{Button, Sense, Stroke, Ui};

use crate::ui::theme::colors_of;

/// Shows the choices (value, text, tooltip); returns the one that was clicked if it is not in force already.
pub fn segmented_ui<T: PartialEq + Copy>(ui: &mut Ui, current: T, choices: &[(T, &str, &str)]) -> Option<T> {
    let mut clicked = None;
    let colors = colors_of(ui);
    egui::Frame::new().corner_radius(4).stroke(Stroke::new(1.0, colors.hairline)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.horizontal(|ui| {
            // Rows that are filled from the right show the last choice first.
            let mut ordered: Vec<_> = choices.iter().collect();
            if ui.layout().prefer_right_to_left() {
                ordered.reverse();
            }
            for (value, text, tip) in ordered {
                let selected = *value == current;
                let label = if selected {
                    egui::RichText::new(*text).color(colors.text)
                } else {
                    egui::RichText::new(*text).color(colors.text_weak)
                };
                let button = Button::selectable(selected, label).sense(Sense::click());
                if ui.add(button).on_hover_text(*tip).clicked() && !selected {
                    clicked = Some(*value);
                }
            }
        });
    });
    clicked
}
