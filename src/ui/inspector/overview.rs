//! What the inspector shows while nothing is selected: what to do, and totals that say what they count.

use egui::{Label, RichText, Ui};

use crate::analysis::{DoubleCount, Totals, possible_double_counts, totals};
use crate::model::FeatureKind;
use crate::state::{Action, AppState, Command, SelectMode};
use crate::ui::icons;
use crate::ui::theme::{self, colors_of};
use crate::ui::widgets::format::{counted, mass_total};
use crate::ui::widgets::{filter_key, later};

const KINDS: [(FeatureKind, &str, &str); 5] = [
    (FeatureKind::Seizure, "event", "events"),
    (FeatureKind::Route, "corridor", "corridors"),
    (FeatureKind::Port, "port", "ports"),
    (FeatureKind::Group, "cell or group", "cells and groups"),
    (FeatureKind::Source, "source", "sources"),
];

/// Advice and totals of all that matches the filter.
pub(super) fn overview_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    if state.dataset.record_count() == 0 {
        nothing_open_ui(ui, state, commands);
        return;
    }
    ui.label(theme::semibold("Nothing selected", 13.0));
    ui.add(
        Label::new(RichText::new("Click a corridor, port, event or cell on the map or in a list to see its fields and sources").weak())
            .wrap(),
    );
    ui.add_space(12.0);
    first_steps_ui(ui, commands);
    ui.add_space(12.0);
    let sums = later(ui, state, "overview", filter_key(&state.matched_filter), |state| {
        (totals(&state.dataset, &state.matches), possible_double_counts(&state.dataset, &state.links, &state.matches))
    });
    let heading = if state.document.filter.is_empty() { "All records" } else { "What matches the filter" };
    ui.label(theme::semibold(heading, 13.0));
    for (kind, one, many) in KINDS {
        let (shown, total) = (state.matches.shown(kind), state.matches.total(kind));
        if total > 0 {
            let of = if shown < total { format!(" of {}", crate::ui::widgets::format::count(total)) } else { String::new() };
            ui.label(format!("{}{of}", counted(shown, one, many)));
        }
    }
    if let Some(sums) = sums.filter(|_| state.matches.total(FeatureKind::Seizure) > 0) {
        mass_ui(ui, sums.0);
        double_counts_ui(ui, state, &sums.1, commands);
    }
    ui.add_space(12.0);
    let bias = "Seizures reflect enforcement and reporting as well as trafficking; weights are mostly gross, as announced. \
                Few events can mean few reports";
    ui.add(Label::new(RichText::new(bias).small().weak()).wrap());
}

/// What a newcomer can try at once; it gives way to the record as soon as something is selected.
fn first_steps_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.label(theme::semibold("Three things to try", 13.0));
    let steps = [
        (icons::SEARCH, "Find a cell or port", Some(Action::Palette)),
        (icons::CALENDAR_RANGE, "Drag over the timeline to choose a period", None),
        (icons::UPLOAD, "Export a briefing figure", Some(Action::Export)),
    ];
    for (icon, text, action) in steps {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.label(theme::icon(icon, 13.0).color(colors_of(ui).text_weak));
            let Some(action) = action else {
                ui.add(Label::new(text).wrap());
                return;
            };
            let keys = action.shortcut().map(|shortcut| shortcut.label()).unwrap_or_default();
            if ui.add(egui::Link::new(text)).on_hover_text(format!("{} ({keys})", action.label())).clicked() {
                commands.push(action.command());
            }
            ui.label(RichText::new(keys).small().color(colors_of(ui).text_weak));
        });
    }
}

fn nothing_open_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    if state.loading.is_some() {
        ui.weak("Loading…");
        return;
    }
    ui.label(theme::semibold("Nothing is open", 13.0));
    ui.add(Label::new(RichText::new("Drop a GeoJSON file on the window, or open one").weak()).wrap());
    ui.add_space(8.0);
    if ui.button("Open files…").clicked() {
        commands.push(Command::AskOpen(crate::state::OpenMode::Replace));
    }
    if ui.button("Open the bundled atlas").clicked() {
        commands.push(Command::OpenBundled);
    }
}

fn mass_ui(ui: &mut Ui, sum: Totals) {
    ui.add_space(8.0);
    let stated = sum.events - sum.events_without_mass;
    if stated == 0 {
        ui.weak("No event states a quantity");
        return;
    }
    ui.label(theme::semibold(mass_total(sum.mass_kg), 18.0));
    ui.add(Label::new(format!("stated in {}", counted(stated, "event", "events"))).wrap());
    if sum.events_without_mass > 0 {
        let text = format!("{} without a stated quantity, not counted as zero", counted(sum.events_without_mass, "event", "events"));
        ui.add(Label::new(RichText::new(text).weak()).wrap());
    }
}

fn double_counts_ui(ui: &mut Ui, state: &AppState, clusters: &[DoubleCount], commands: &mut Vec<Command>) {
    if clusters.is_empty() {
        return;
    }
    ui.add_space(8.0);
    let more_kg: f64 = clusters.iter().map(|cluster| cluster.mass_kg - cluster.largest_kg.unwrap_or(0.0)).sum();
    ui.horizontal_top(|ui| {
        ui.label(theme::icon(icons::TRIANGLE_ALERT, 13.0).color(colors_of(ui).warning));
        let loads = counted(clusters.len(), "load", "loads");
        let text = format!("{loads} may be counted more than once: up to {} of the total", mass_total(more_kg));
        ui.add(Label::new(text).wrap());
    });
    for cluster in clusters.iter().take(5) {
        let title = cluster.seizures.first().map(|first| state.dataset.title(*first)).unwrap_or_default();
        let text = format!("{title} ({})", counted(cluster.seizures.len(), "event", "events"));
        if ui.link(text).on_hover_text("Select the events that may describe the same load").clicked() {
            commands.push(Command::Select(cluster.seizures.clone(), SelectMode::Replace));
        }
    }
}
