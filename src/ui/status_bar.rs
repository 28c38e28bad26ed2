//! The line at the bottom: what is shown, what was found, what is going on, and the scale.

use egui::{Align, Button, Layout, ProgressBar, RichText, Ui};

use super::icons;
use super::theme::{self, colors_of};
use super::widgets::{filter_key, format, icon_button_ui, later};
use crate::analysis::{Totals, totals};
use crate::model::FeatureKind;
use crate::state::{AppState, Command, Tab, Task};

/// Shows the status bar.
pub fn status_bar_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.style_mut().override_text_style = Some(egui::TextStyle::Small);
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        counts_ui(ui, state);
        findings_ui(ui, state, &mut commands);
        unsaved_ui(ui, state, &mut commands);
        if let Some(task) = &state.loading {
            task_ui(ui, task, "Cancel loading; what was open stays", Command::CancelLoad, &mut commands);
        }
        if let Some(task) = &state.exporting {
            task_ui(ui, task, "Cancel the export", Command::CancelExport, &mut commands);
        }
        if let Some(task) = &state.land.checking {
            progress_ui(ui, task);
        }
        if let Some(task) = &state.land.repairing {
            task_ui(ui, task, "Cancel the repair; nothing is changed", Command::CancelRepair, &mut commands);
        }
        if state.drawing {
            dot_ui(ui);
            ui.label(RichText::new("Drawing…").color(colors_of(ui).text_weak));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| view_ui(ui, state));
    });
    commands
}

fn counts_ui(ui: &mut Ui, state: &AppState) {
    let colors = colors_of(ui);
    if state.dataset.record_count() == 0 {
        let text = if state.loading.is_some() { "Nothing open yet" } else { "Nothing open · File, Open files…" };
        ui.label(RichText::new(text).color(colors.text_weak));
        return;
    }
    let shown = |kind| format!("{} of {}", format::count(state.matches.shown(kind)), format::count(state.matches.total(kind)));
    ui.label(format!("Showing {} corridors", shown(FeatureKind::Route)))
        .on_hover_text("Corridors that match the filters, of all that are open");
    dot_ui(ui);
    let key = filter_key(&state.matched_filter);
    let Some(sums) = later(ui.ctx(), state, "status totals", key, |state| totals(&state.dataset, &state.matches)) else {
        ui.label(format!("{} seizures", shown(FeatureKind::Seizure)));
        return;
    };
    // Nothing stated is not zero.
    let mass = match sums.events {
        0 => String::new(),
        events if events == sums.events_without_mass => ", quantity not stated".to_owned(),
        _ => format!(", {}", format::mass_total(sums.mass_kg)),
    };
    ui.label(format!("{} seizures{mass}", shown(FeatureKind::Seizure))).on_hover_text(totals_text(&sums));
}

/// What a total counts, in words.
fn totals_text(sums: &Totals) -> String {
    let stated = sums.events - sums.events_without_mass;
    format!(
        "Sum of the weights of {} that match the filters, mostly gross, as announced\n{} without a stated quantity, not counted as zero",
        format::counted(stated, "event", "events"),
        format::counted(sums.events_without_mass, "event", "events"),
    )
}

fn findings_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let count = state.diagnostics.len() + state.crossing_count();
    if count == 0 {
        return;
    }
    dot_ui(ui);
    let text = RichText::new(format::counted(count, "finding", "findings")).color(colors_of(ui).warning);
    let button = Button::new(text).frame_when_inactive(false).small();
    if ui.add(button).on_hover_text("Show what loading found and where corridors run over land, with what to do").clicked() {
        commands.push(Command::ShowTab(Tab::Findings));
    }
}

fn unsaved_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    if state.saving.is_some() {
        dot_ui(ui);
        ui.label(RichText::new("Saving…").color(colors_of(ui).text_weak));
    } else if state.has_unsaved_edits() {
        dot_ui(ui);
        let text = RichText::new("Unsaved edits").color(colors_of(ui).accent);
        if ui.add(Button::new(text).frame_when_inactive(false).small()).on_hover_text("Save them as GeoJSON (Ctrl+S)").clicked() {
            commands.push(Command::Save);
        }
    }
}

fn task_ui(ui: &mut Ui, task: &Task, cancel_tip: &str, cancel: Command, commands: &mut Vec<Command>) {
    progress_ui(ui, task);
    if icon_button_ui(ui, icons::X, cancel_tip, None).clicked() {
        commands.push(cancel);
    }
}

fn progress_ui(ui: &mut Ui, task: &Task) {
    dot_ui(ui);
    let fraction = task.fraction.clamp(0.0, 1.0);
    ui.add(egui::Label::new(format!("{} {:.0} %", task.label, fraction * 100.0)).truncate());
    let bar = ProgressBar::new(fraction).desired_width(96.0).desired_height(6.0).fill(colors_of(ui).accent);
    ui.add(bar);
}

fn view_ui(ui: &mut Ui, state: &AppState) {
    let colors = colors_of(ui);
    let projection = state.view.projection;
    ui.add_space(4.0);
    ui.label(RichText::new(projection.kind.label()).color(colors.text_weak))
        .on_hover_text(format!("Projection, central meridian {:.0}°", projection.central_meridian_deg));
    dot_ui(ui);
    ui.label(theme::semibold(format::scale(state.view.scale_denominator()), 12.0).color(colors.text))
        .on_hover_text("Scale in the middle of the map, on a screen of 96 pixels an inch");
}

fn dot_ui(ui: &mut Ui) {
    ui.label(RichText::new("·").color(colors_of(ui).text_pale));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_say_what_they_count() {
        let text = totals_text(&Totals { events: 4, events_without_mass: 1, mass_kg: 180.0 });
        assert!(text.contains("3\u{a0}events that match") && text.contains("1\u{a0}event without"), "{text}");
    }
}
