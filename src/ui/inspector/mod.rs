//! What is selected: every field, the sources with their grades, and what the record is linked to.

mod edit;
mod fields;
mod land;
mod overview;
mod related;
mod sources;

use egui::{RichText, ScrollArea, Ui};

use crate::analysis::Relation;
use crate::model::{FeatureKind, FeatureRef};
use crate::state::{AppState, Command, SelectMode, ToolCommand, draft_of};
use crate::ui::hover::settle_hover;
use crate::ui::icons;
use crate::ui::theme::{self, colors_of};
use crate::ui::widgets::{button_ui, icon_button_ui, memo};

pub use fields::{Field, FieldValue, extra_of, fields_of, provenance_text, record_text};

/// Width of the column of labels, in points.
const LABEL_WIDTH: f32 = 78.0;
/// Height of the list of several selected records, in points.
const SELECTED_LIST_HEIGHT: f32 = 112.0;

/// The inspector: the first selected record, or the totals of what is shown when nothing is selected.
pub fn inspector_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
    ScrollArea::vertical().id_salt("inspector").auto_shrink([false, false]).show(ui, |ui| {
        let Some(feature) = state.inspected() else {
            overview::overview_ui(ui, state, &mut commands);
            return;
        };
        if state.selection.len() > 1 {
            selected_list_ui(ui, state, &mut commands);
            ui.separator();
        }
        ui.push_id(feature, |ui| record_ui(ui, state, feature, &mut commands));
    });
    settle_hover(ui, state, "inspector", &mut commands);
    commands
}

/// The icon that stands for a kind of record.
pub fn kind_icon(kind: FeatureKind) -> &'static str {
    match kind {
        FeatureKind::Route => icons::ROUTE,
        FeatureKind::Port => icons::ANCHOR,
        FeatureKind::Seizure => icons::PACKAGE,
        FeatureKind::Group => icons::USERS,
        FeatureKind::Tie => icons::LINK,
        FeatureKind::Area => icons::MAP,
        FeatureKind::Statistic => icons::CHART_COLUMN,
        FeatureKind::Source => icons::BOOK_OPEN,
        FeatureKind::Judgement => icons::SCALE,
    }
}

/// What one record of a kind is called.
pub const fn kind_word(kind: FeatureKind) -> &'static str {
    match kind {
        FeatureKind::Route => "Corridor",
        FeatureKind::Port => "Port",
        FeatureKind::Seizure => "Seizure",
        FeatureKind::Group => "Cell or group",
        FeatureKind::Tie => "Tie",
        FeatureKind::Area => "Area",
        FeatureKind::Statistic => "Statistic",
        FeatureKind::Source => "Source",
        FeatureKind::Judgement => "Judgement",
    }
}

fn selected_list_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(theme::semibold(format!("{} selected", state.selection.len()), 13.0));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Fit").on_hover_text("Fit all selected records").clicked() {
                commands.push(Command::Fit);
            }
            if ui.button("Clear").on_hover_text("Clear the selection").clicked() {
                commands.push(Command::ClearSelection);
            }
        });
    });
    // The set has no index: the visible rows alone are walked to.
    let row_height = ui.spacing().interact_size.y.min(20.0);
    ScrollArea::vertical().id_salt("selected").max_height(SELECTED_LIST_HEIGHT).auto_shrink([false, true]).show_rows(
        ui,
        row_height,
        state.selection.len(),
        |ui, rows| {
            for feature in state.selection.iter().skip(rows.start).take(rows.len()) {
                let inspected = state.inspected() == Some(*feature);
                record_link_ui(ui, state, *feature, inspected, commands);
            }
        },
    );
}

/// One clickable line that stands for a record: click selects it, hover highlights it everywhere.
pub fn record_link_ui(ui: &mut Ui, state: &AppState, feature: FeatureRef, marked: bool, commands: &mut Vec<Command>) {
    let title = state.dataset.title(feature);
    let mut text = RichText::new(title.as_str());
    if !state.matches.passes(feature) {
        text = text.weak();
    }
    let hovered_elsewhere = state.hovered == Some(feature);
    let mut button = egui::Button::selectable(marked || hovered_elsewhere, text).truncate().min_size(egui::vec2(ui.available_width(), 0.0));
    // Events of one place are told apart by their dates.
    let event = state.dataset.seizures.get(feature.at()).filter(|_| feature.kind == FeatureKind::Seizure);
    if let Some(date) = event.and_then(|event| event.event_date) {
        button = button.right_text(RichText::new(date.to_string()).small().weak());
    }
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, title.as_str()));
    let response = response.on_hover_text(format!("{}: {title}", kind_word(feature.kind)));
    if response.clicked() {
        let toggles = ui.input(|input| input.modifiers.command);
        commands.push(Command::Select(vec![feature], if toggles { SelectMode::Toggle } else { SelectMode::Replace }));
    }
    if response.hovered() {
        commands.push(Command::Hover(Some(feature)));
    }
}

fn record_ui(ui: &mut Ui, state: &AppState, feature: FeatureRef, commands: &mut Vec<Command>) {
    let dataset = &state.dataset;
    header_ui(ui, state, feature, commands);
    if feature.kind == FeatureKind::Route && state.selection.len() == 1 {
        ui.add_space(4.0);
        route_buttons_ui(ui, state, feature, commands);
    }
    ui.add_space(8.0);
    let form = is_form(state, feature);
    if form {
        edit::route_form_ui(ui, state, feature, commands);
        ui.separator();
    }
    for field in fields_of(dataset, feature).iter().filter(|field| !form || FIXED_FIELDS.contains(&field.label)) {
        field_ui(ui, field, commands);
    }
    land::land_ui(ui, state, feature, commands);
    sources::sources_ui(ui, state, feature, commands);
    related::related_ui(ui, state, feature, commands);
    ui.add_space(8.0);
    ui.separator();
    if let Some(text) = provenance_text(dataset, feature) {
        ui.add(egui::Label::new(RichText::new(format!("From {text}")).small().weak()).wrap());
    } else {
        ui.label(RichText::new("Made in Sealane").small().weak());
    }
    if let Some(extra) = extra_of(dataset, feature) {
        egui::CollapsingHeader::new(RichText::new("Further properties").small()).id_salt("extra").show(ui, |ui| {
            ui.add(egui::Label::new(RichText::new(extra).monospace().small()).wrap().selectable(true));
        });
    }
}

/// Fields of a corridor that its points decide, not a form.
const FIXED_FIELDS: [&str; 4] = ["Origin", "Via", "Destination", "Id"];

/// Whether the record is shown as fields to fill in.
fn is_form(state: &AppState, feature: FeatureRef) -> bool {
    state.panels.inspector_edits && feature.kind == FeatureKind::Route && state.selection.len() == 1
}

/// What can be done with the one selected corridor.
fn route_buttons_ui(ui: &mut Ui, state: &AppState, feature: FeatureRef, commands: &mut Vec<Command>) {
    let form = is_form(state, feature);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let (icon, text, tip) = if form {
            (icons::CHECK, "Done", "Show the properties as text")
        } else {
            (icons::PENCIL, "Properties", "Edit name, dates, groups, sources and the like")
        };
        if button_ui(ui, icon, text, tip, None).clicked() {
            commands.push(Command::SetInspectorEdits(!form));
        }
        let key = (state.dataset_generation, feature);
        let obstacle = *memo(ui.ctx(), "why the route is fixed", key, || draft_of(state, feature).err());
        if button_ui(ui, icons::WAYPOINTS, "Edit route", "Move, add and remove its points on the map (E)", obstacle).clicked() {
            commands.push(Command::Tool(ToolCommand::EditRoute(feature)));
        }
        if icon_button_ui(ui, icons::TRASH_2, "Delete the corridor (Del); undo brings it back", None).clicked() {
            commands.push(Command::DeleteRoutes(vec![feature]));
        }
    });
}

fn header_ui(ui: &mut Ui, state: &AppState, feature: FeatureRef, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(theme::icon(kind_icon(feature.kind), 14.0).color(colors_of(ui).text_weak));
        ui.label(RichText::new(kind_word(feature.kind)).small().weak());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button_ui(ui, icons::COPY, "Copy as text", None).clicked() {
                let sources: Vec<_> = state.links.related_by(feature, Relation::Sources).collect();
                commands.push(Command::CopyText(record_text(&state.dataset, feature, &sources)));
            }
            let placed = state.dataset.has_place(feature) || !state.links.related(feature).is_empty();
            let obstacle = (!placed).then_some("It has no place on the map");
            if icon_button_ui(ui, icons::FOCUS, "Fit on the map", obstacle).clicked() {
                commands.push(Command::FitFeatures(vec![feature]));
            }
        });
    });
    ui.add(egui::Label::new(theme::semibold(state.dataset.title(feature), 15.0)).wrap().selectable(true));
    let contested = feature.kind == FeatureKind::Group && state.dataset.groups.get(feature.at()).is_some_and(|group| group.contested);
    if contested {
        ui.label(RichText::new("Contested label").small().color(colors_of(ui).warning));
    }
    if !state.matches.passes(feature) {
        ui.label(RichText::new("Dimmed: does not match the filter").small().weak());
    }
}

fn field_ui(ui: &mut Ui, field: &Field, commands: &mut Vec<Command>) {
    ui.horizontal_top(|ui| {
        let label = egui::Label::new(RichText::new(field.label).small().weak()).wrap();
        ui.allocate_ui_with_layout(egui::vec2(LABEL_WIDTH, 0.0), egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.set_width(LABEL_WIDTH);
            ui.add(label);
        });
        ui.vertical(|ui| match &field.value {
            FieldValue::Stated(value) => {
                ui.add(egui::Label::new(value).wrap().selectable(true));
            }
            FieldValue::Missing(word) => {
                ui.label(RichText::new(*word).color(colors_of(ui).text_pale));
            }
            FieldValue::Caveat(value) => {
                ui.add(egui::Label::new(RichText::new(value).color(colors_of(ui).warning)).wrap().selectable(true));
            }
            FieldValue::Address(url) => address_ui(ui, url, commands),
        });
    });
}

/// An address as text with a button that copies it; the program never opens it.
fn address_ui(ui: &mut Ui, url: &str, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button_ui(ui, icons::COPY, "Copy the address", None).clicked() {
                commands.push(Command::CopyText(url.to_owned()));
            }
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(RichText::new(url).small()).truncate()).on_hover_text(url);
            });
        });
    });
}
