//! Saving records as GeoJSON: where, and which of them.

use std::path::{Path, PathBuf};

use egui::{Key, RichText, TextEdit, Ui};

use super::open::paths_from_text;
use super::title_ui;
use crate::model::FeatureKind;
use crate::state::{Action, AppState, Command, Dialog, SaveScope};
use crate::ui::icons;
use crate::ui::theme::{self, colors_of};
use crate::ui::widgets::{button_ui, format, main_button_ui, memo};

/// Width of the dialog in points.
const WIDTH: f32 = 520.0;
/// The name that the path box begins with.
const DEFAULT_NAME: &str = "sealane-routes.geojson";

/// What the dialog holds.
pub(super) struct Form<'a> {
    /// The path as typed.
    pub(super) path: &'a str,
    /// Which records.
    pub(super) scope: SaveScope,
    /// What comes afterwards.
    pub(super) then: &'a Option<Box<Command>>,
}

impl Form<'_> {
    fn dialog(&self, path: &str, scope: SaveScope) -> Command {
        Command::ShowDialog(Dialog::Save { path: path.to_owned(), scope, then: self.then.clone() })
    }
}

/// Path box, choice of records, and the save button.
pub(super) fn save_ui(ui: &mut Ui, state: &AppState, form: &Form<'_>, fresh: bool, commands: &mut Vec<Command>) {
    ui.set_width(WIDTH);
    title_ui(ui, "Save as GeoJSON", commands);
    let mut text = form.path.to_owned();
    if fresh && form.path.is_empty() {
        text = std::env::home_dir().unwrap_or_default().join(DEFAULT_NAME).display().to_string();
        commands.push(form.dialog(&text, form.scope));
    }
    let label = ui.label("File");
    let enter = ui
        .horizontal(|ui| {
            if button_ui(ui, icons::FOLDER_OPEN, "Browse…", "Choose the place in the system's dialog", None).clicked() {
                commands.push(Command::AskSavePath);
            }
            let response = ui.add(TextEdit::singleline(&mut text).desired_width(f32::INFINITY)).labelled_by(label.id);
            if fresh {
                response.request_focus();
            }
            if response.changed() {
                commands.push(form.dialog(&text, form.scope));
            }
            response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
        })
        .inner;
    ui.add_space(8.0);
    scope_ui(ui, state, form, &text, commands);
    ui.add_space(8.0);
    buttons_ui(ui, state, form, &text, enter, commands);
}

fn scope_ui(ui: &mut Ui, state: &AppState, form: &Form<'_>, text: &str, commands: &mut Vec<Command>) {
    let changed = memo(ui.ctx(), "changed records", state.dataset_generation, || state.records_to_save(SaveScope::Changed));
    let corridors = format::counted(changed.count(FeatureKind::Route), "corridor", "corridors");
    let ports = match changed.count(FeatureKind::Port) {
        0 => String::new(),
        count => format!(" and {}", format::counted(count, "new port", "new ports")),
    };
    let choices = [
        (SaveScope::All, "All records", format::counted(state.dataset.record_count(), "record", "records")),
        (SaveScope::Changed, "New and changed routes", format!("{corridors}{ports}")),
    ];
    for (scope, label, note) in choices {
        ui.horizontal(|ui| {
            if ui.radio(form.scope == scope, label).clicked() {
                commands.push(form.dialog(text, scope));
            }
            ui.label(RichText::new(note).small().weak());
        });
    }
    let deleted = state.opened.routes.iter().filter(|route| state.dataset.find(FeatureKind::Route, &route.id).is_none()).count();
    if form.scope == SaveScope::Changed && deleted > 0 {
        let text =
            format!("{} will still be in the files opened before", format::counted(deleted, "deleted corridor", "deleted corridors"));
        ui.label(RichText::new(text).small().color(colors_of(ui).warning));
    }
}

fn buttons_ui(ui: &mut Ui, state: &AppState, form: &Form<'_>, text: &str, enter: bool, commands: &mut Vec<Command>) {
    let target = target_from_text(text, std::env::home_dir().as_deref());
    let nothing = form.scope == SaveScope::Changed
        && memo(ui.ctx(), "changed records", state.dataset_generation, || state.records_to_save(SaveScope::Changed)).record_count() == 0;
    let obstacle = match &target {
        Err(reason) => Some(*reason),
        Ok(_) if nothing => Some("Nothing was added or changed"),
        Ok(_) => Action::Save.obstacle(state),
    };
    let replaces = target.as_ref().is_ok_and(|path| *memo(ui.ctx(), "target exists", path, || path.exists()));
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let clicked = main_button_ui(ui, icons::SAVE, "Save", "Write the file (Enter)", obstacle).clicked();
        if (clicked || enter)
            && obstacle.is_none()
            && let Ok(path) = target
        {
            commands.push(Command::SaveTo(path, form.scope, form.then.clone()));
        }
        if ui.button("Cancel").clicked() {
            commands.push(Command::CloseDialog);
        }
        match obstacle {
            Some(reason) => {
                ui.label(RichText::new(reason).small().color(colors_of(ui).warning));
            }
            None if replaces => {
                ui.label(RichText::new("The file is there already and will be replaced").small().color(colors_of(ui).warning));
                ui.label(theme::icon(icons::TRIANGLE_ALERT, 13.0).color(colors_of(ui).warning));
            }
            None => {}
        }
    });
}

/// Where the records go, or why they cannot.
fn target_from_text(text: &str, home: Option<&Path>) -> Result<PathBuf, &'static str> {
    let path = paths_from_text(text, home).into_iter().next().ok_or("Say where the file goes")?;
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("geojson" | "json") => Ok(path),
        _ => Err("The name must end in .geojson or .json"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_must_say_that_it_is_geojson() {
        assert_eq!(target_from_text("~/a.GeoJSON", Some(Path::new("/h"))), Ok(PathBuf::from("/h/a.GeoJSON")));
        assert_eq!(target_from_text("/tmp/a.png", None), Err("The name must end in .geojson or .json"));
        assert_eq!(target_from_text(" ", None), Err("Say where the file goes"));
    }
}
