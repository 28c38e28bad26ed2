//! What a panel shows while its values are being made.

use egui::{RichText, Ui};

/// One pale line in the middle of the room.
pub fn counting_ui(ui: &mut Ui, what: &str) {
    ui.centered_and_justified(|ui| ui.label(RichText::new(what).weak()));
}
