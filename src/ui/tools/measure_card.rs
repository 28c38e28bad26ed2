//! The card of the measure tool: the legs, the total, and a way to take them along.

use egui::{RichText, ScrollArea, Ui};

use super::{keys_ui, row_ui, title_ui};
use crate::state::{Command, MeasuredLeg, Measurement, bearing_text};
use crate::ui::icons;
use crate::ui::theme::{self, colors_of};
use crate::ui::widgets::{button_ui, format};

/// Height of the list of legs in points.
const LIST_HEIGHT: f32 = 132.0;

pub(super) fn measure_card_ui(ui: &mut Ui, measurement: &Measurement, commands: &mut Vec<Command>) {
    title_ui(ui, "Measure distance", commands);
    if measurement.points.is_empty() {
        keys_ui(ui, "Click the first point on the map. Distances are on the WGS 84 ellipsoid, bearings from true north.");
        return;
    }
    ScrollArea::vertical().id_salt("legs").max_height(LIST_HEIGHT).auto_shrink([false, true]).stick_to_bottom(true).show(ui, |ui| {
        for (index, leg) in measurement.legs().enumerate() {
            leg_ui(ui, &format!("Leg {}", index + 1), &leg, false);
        }
        if let Some(leg) = measurement.live() {
            leg_ui(ui, "To here", &leg, true);
        }
    });
    let live_m = measurement.live().map_or(0.0, |leg| leg.length_m);
    row_ui(ui, "Total", |ui| {
        ui.label(theme::semibold(format::distance(measurement.length_m() + live_m), 13.0));
    });
    ui.horizontal(|ui| {
        let obstacle = (measurement.points.len() < 2).then_some("Click a second point first");
        if button_ui(ui, icons::COPY, "Copy as text", "Legs with bearings and distances, for a table", obstacle).clicked() {
            commands.push(Command::CopyText(measurement.text()));
        }
        if ui.button("Clear").on_hover_text("Begin anew").clicked() {
            commands.push(Command::Escape);
        }
    });
    let keys = if measurement.finished {
        "Click to measure anew · Esc clears"
    } else {
        "Click adds · Enter ends · Backspace takes back · Esc clears"
    };
    keys_ui(ui, keys);
}

fn leg_ui(ui: &mut Ui, name: &str, leg: &MeasuredLeg, live: bool) {
    let color = if live { colors_of(ui).text_weak } else { colors_of(ui).text };
    row_ui(ui, name, |ui| {
        ui.label(RichText::new(bearing_text(leg.bearing_deg)).monospace().color(color))
            .on_hover_text("Bearing at the start, degrees from true north");
        ui.label(RichText::new(format::distance(leg.length_m)).color(color));
    });
}
