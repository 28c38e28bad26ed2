//! The sources that a record rests on, each with its grade.

use egui::{RichText, Ui};

use super::address_ui;
use crate::analysis::Relation;
use crate::model::{Dataset, FeatureKind, FeatureRef, Source};
use crate::state::{AppState, Command, SelectMode};
use crate::ui::theme::{self, colors_of};

/// The sources of a record; nothing for a source itself.
pub(super) fn sources_ui(ui: &mut Ui, state: &AppState, feature: FeatureRef, commands: &mut Vec<Command>) {
    if feature.kind == FeatureKind::Source || feature.kind == FeatureKind::Area {
        return;
    }
    let sources: Vec<FeatureRef> = state.links.related_by(feature, Relation::Sources).collect();
    let unknown = unknown_ids(&state.dataset, feature);
    ui.add_space(12.0);
    ui.label(theme::semibold(format!("Sources ({})", sources.len() + unknown.len()), 13.0));
    if sources.is_empty() && unknown.is_empty() {
        ui.weak("No source stated");
    }
    for reference in sources {
        if let Some(source) = state.dataset.sources.get(reference.at()) {
            ui.push_id(reference, |ui| source_row_ui(ui, state, reference, source, commands));
        }
    }
    for id in unknown {
        ui.weak(format!("{id} (in no open file)"));
    }
}

fn unknown_ids(dataset: &Dataset, feature: FeatureRef) -> Vec<String> {
    let at = feature.at();
    let ids = match feature.kind {
        FeatureKind::Route => dataset.routes.get(at).map(|r| &r.sources),
        FeatureKind::Port => dataset.ports.get(at).map(|r| &r.sources),
        FeatureKind::Seizure => dataset.seizures.get(at).map(|r| &r.sources),
        FeatureKind::Group => dataset.groups.get(at).map(|r| &r.sources),
        FeatureKind::Tie => dataset.ties.get(at).map(|r| &r.sources),
        FeatureKind::Statistic => dataset.statistics.get(at).map(|r| &r.sources),
        FeatureKind::Judgement => dataset.judgements.get(at).map(|r| &r.sources),
        FeatureKind::Area | FeatureKind::Source => None,
    };
    let unknown = |id: &&std::sync::Arc<str>| dataset.find(FeatureKind::Source, id).is_none();
    ids.into_iter().flatten().filter(unknown).map(ToString::to_string).collect()
}

fn source_row_ui(ui: &mut Ui, state: &AppState, reference: FeatureRef, source: &Source, commands: &mut Vec<Command>) {
    ui.add_space(4.0);
    ui.horizontal_top(|ui| {
        reliability_badge_ui(ui, source);
        ui.vertical(|ui| {
            let publisher = source.publisher.as_deref().unwrap_or("Publisher not stated");
            let date = source.date.map_or_else(|| "date not stated".to_owned(), |date| date.for_people());
            ui.add(egui::Label::new(RichText::new(format!("{publisher}, {date}")).small().weak()).wrap());
            let title = state.dataset.title(reference);
            let label = egui::Label::new(title.as_str()).wrap().sense(egui::Sense::click());
            let response = ui.add(label).on_hover_text("Show the source and what cites it");
            if response.clicked() {
                commands.push(Command::Select(vec![reference], SelectMode::Replace));
            }
            if response.hovered() {
                commands.push(Command::Hover(Some(reference)));
            }
            if let Some(url) = &source.url {
                address_ui(ui, url, commands);
            }
            if let Some(note) = &source.note {
                ui.add(egui::Label::new(RichText::new(&**note).small()).wrap());
            }
        });
    });
}

/// The Admiralty letter in a small frame; a dash when the source is not graded.
fn reliability_badge_ui(ui: &mut Ui, source: &Source) {
    let letter = source.reliability.map_or("–", |grade| grade.key());
    let meaning = source.reliability.map_or("Reliability not graded", |grade| grade.label());
    egui::Frame::new()
        .stroke(egui::Stroke::new(1.0, colors_of(ui).hairline))
        .corner_radius(3)
        .inner_margin(egui::Margin::symmetric(5, 1))
        .show(ui, |ui| ui.label(theme::semibold(letter, 12.0)))
        .response
        .on_hover_text(meaning);
}
