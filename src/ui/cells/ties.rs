//! The ties of the selected cell.

use egui::{Label, RichText, ScrollArea, Ui};

use crate::analysis::Relation;
use crate::model::{FeatureKind, FeatureRef, Tie};
use crate::state::{AppState, Command, SelectMode};
use crate::ui::icons;
use crate::ui::theme;
use crate::ui::widgets::{empty_state_ui, icon_button_ui};

/// Ties of the first selected group, or of the groups of the selected tie.
pub(super) fn ties_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let Some(group) = state.selection.iter().copied().find(|feature| feature.kind == FeatureKind::Group) else {
        empty_state_ui(ui, icons::LINK, "No cell selected", "Select a cell to see its ties");
        return;
    };
    let ties: Vec<FeatureRef> = state.links.related_by(group, Relation::Ties).collect();
    ui.add(Label::new(theme::semibold(format!("Ties of {} ({})", state.dataset.title(group), ties.len()), 13.0)).truncate());
    if ties.is_empty() {
        ui.weak("No tie reported in the open files");
        return;
    }
    ScrollArea::vertical().id_salt(("ties", group)).auto_shrink([false, false]).show(ui, |ui| {
        for reference in ties {
            if let Some(tie) = state.dataset.ties.get(reference.at()) {
                ui.push_id(reference, |ui| tie_ui(ui, state, group, reference, tie, commands));
            }
        }
    });
}

fn tie_ui(ui: &mut Ui, state: &AppState, group: FeatureRef, reference: FeatureRef, tie: &Tie, commands: &mut Vec<Command>) {
    let dataset = &state.dataset;
    let own_id = dataset.id(group);
    let other_id = if own_id == Some(&tie.a) { &tie.b } else { &tie.a };
    let other = dataset.find(FeatureKind::Group, other_id);
    let name = other.map_or_else(|| format!("{other_id} (in no open file)"), |other| dataset.title(other));
    ui.separator();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let kind = tie.tie_kind.map_or("Kind not stated", |kind| kind.label());
        if icon_button_ui(ui, icons::INFO, "Show the tie with its sources", None).clicked() {
            commands.push(Command::Select(vec![reference], SelectMode::Replace));
        }
        ui.label(theme::semibold(kind, 13.0));
        ui.label("with");
        let response = ui.add_enabled(other.is_some(), egui::Link::new(&name)).on_disabled_hover_text("No open file has this group");
        if let Some(other) = other {
            if response.clicked() {
                commands.push(Command::Select(vec![other], SelectMode::Replace));
            }
            if response.hovered() {
                commands.push(Command::Hover(Some(other)));
            }
        }
    });
    ui.label(RichText::new(format!("{} · {}", period_text(tie), grades_text(state, reference))).small().weak());
    if let Some(note) = &tie.note {
        ui.add(Label::new(RichText::new(&**note).small()).wrap());
    }
}

/// "2014 – until not stated": an open end is not a claim that it goes on.
pub(super) fn period_text(tie: &Tie) -> String {
    let since = tie.since.map_or_else(|| "begin not stated".to_owned(), |date| date.for_people());
    let until = tie.until.map_or_else(|| "end not stated".to_owned(), |date| date.for_people());
    format!("{since} – {until}")
}

/// The letters of its sources, each once: "source grades B, C".
fn grades_text(state: &AppState, reference: FeatureRef) -> String {
    let mut grades: Vec<&str> = state
        .links
        .related_by(reference, Relation::Sources)
        .filter_map(|source| state.dataset.sources.get(source.at()))
        .map(|source| source.reliability.map_or("not graded", |grade| grade.key()))
        .collect();
    grades.sort_unstable();
    grades.dedup();
    if grades.is_empty() { "no source stated".to_owned() } else { format!("source grades {}", grades.join(", ")) }
}
