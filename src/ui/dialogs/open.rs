//! Opening files by path; the system's dialog, drag and drop and recent files are the other ways.

use std::path::{Path, PathBuf};

use egui::{Key, KeyboardShortcut, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use super::title_ui;
use crate::state::{AppState, Command, Dialog, OpenMode};
use crate::ui::widgets::{button_ui, main_button_ui};
use crate::ui::{icons, theme};

/// Width of the dialog in points.
const WIDTH: f32 = 520.0;

/// The path box with its choices.
pub(super) fn open_ui(ui: &mut Ui, state: &AppState, mode: OpenMode, path: &str, fresh: bool, commands: &mut Vec<Command>) {
    ui.set_width(WIDTH);
    title_ui(ui, if mode == OpenMode::Add { "Add files" } else { "Open files" }, commands);
    let mut text = path.to_owned();
    let label = ui.label("Path of a file; several in one line each");
    let edit = TextEdit::multiline(&mut text)
        .desired_rows(3)
        .desired_width(f32::INFINITY)
        .hint_text("/home/me/routes.geojson")
        .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter));
    let response = ui.add(edit).labelled_by(label.id);
    if fresh {
        response.request_focus();
    }
    if response.changed() {
        commands.push(Command::ShowDialog(Dialog::Open { mode, path: text.clone() }));
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        for (choice, label) in [(OpenMode::Replace, "Replace what is open"), (OpenMode::Add, "Add to what is open")] {
            if ui.radio(mode == choice, label).clicked() {
                commands.push(Command::ShowDialog(Dialog::Open { mode: choice, path: text.clone() }));
            }
        }
    });
    let enter = response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter) && input.modifiers.is_none());
    ui.add_space(8.0);
    buttons_ui(ui, mode, &text, enter, commands);
    recent_files_ui(ui, state, mode, commands);
    ui.add_space(8.0);
    let hint = "Reads GeoJSON: a FeatureCollection, a single Feature or a bare geometry. Files can also be dropped on the window. \
                Whatever cannot be read is listed under Findings";
    ui.add(egui::Label::new(RichText::new(hint).small().weak()).wrap());
}

fn buttons_ui(ui: &mut Ui, mode: OpenMode, text: &str, enter: bool, commands: &mut Vec<Command>) {
    let paths = paths_from_text(text, std::env::home_dir().as_deref());
    let obstacle = paths.is_empty().then_some("Type or paste a path first");
    ui.horizontal(|ui| {
        if button_ui(ui, icons::FOLDER_OPEN, "Browse…", "Choose files in the system's dialog", None).clicked() {
            commands.push(Command::PickFiles(mode));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let label = if mode == OpenMode::Add { "Add" } else { "Open" };
            let clicked = main_button_ui(ui, icons::CHECK, label, "Load these files (Enter)", obstacle).clicked();
            if (clicked || enter) && obstacle.is_none() {
                commands.push(Command::Open(paths, mode));
            }
            if ui.button("Cancel").clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    });
}

fn recent_files_ui(ui: &mut Ui, state: &AppState, mode: OpenMode, commands: &mut Vec<Command>) {
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        ui.label(theme::semibold("Recent files", 13.0));
        if !state.recent_files.is_empty() && ui.small_button("Clear list").clicked() {
            commands.push(Command::ClearRecentFiles);
        }
    });
    if state.recent_files.is_empty() {
        ui.weak("Files that you open are listed here");
    }
    ScrollArea::vertical().id_salt("recent files").max_height(132.0).auto_shrink([false, true]).show(ui, |ui| {
        for path in &state.recent_files {
            let shown = path.display().to_string();
            let button = egui::Button::selectable(false, &shown).truncate().min_size(egui::vec2(ui.available_width(), 20.0));
            if ui.add(button).on_hover_text(&shown).clicked() {
                commands.push(Command::Open(vec![path.clone()], mode));
            }
        }
        if ui.link("The bundled atlas").on_hover_text("Open the atlas that is part of the program").clicked() {
            commands.push(Command::OpenBundled);
        }
    });
}

/// One path a line, as people paste them: quotes and `file://` are taken away, `~` stands for the home folder.
pub(super) fn paths_from_text(text: &str, home: Option<&Path>) -> Vec<PathBuf> {
    text.lines().filter_map(|line| path_from_line(line, home)).collect()
}

fn path_from_line(line: &str, home: Option<&Path>) -> Option<PathBuf> {
    let line = line.trim().trim_matches(['"', '\'']).trim();
    if line.is_empty() {
        return None;
    }
    if let Some(address) = line.strip_prefix("file://") {
        return Some(PathBuf::from(percent_decoded(address)));
    }
    match (line.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => Some(home.join(rest)),
        _ => Some(PathBuf::from(line)),
    }
}

/// Text with `%20` and its like decoded; what is no valid escape stays as it is.
fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let byte = escape.and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        decoded.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_paths_lose_quotes_and_addresses_become_paths() {
        let text = " \"/data/my routes.geojson\" \n\n'/b.json'\nfile:///tmp/Durr%C3%ABs%20x.geojson\n~/c.geojson";
        let expected = ["/data/my routes.geojson", "/b.json", "/tmp/Durrës x.geojson", "/home/me/c.geojson"];
        assert_eq!(paths_from_text(text, Some(Path::new("/home/me"))), expected.map(PathBuf::from));
    }

    #[test]
    fn broken_escapes_stay_as_they_are() {
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("%zz%4"), "%zz%4");
        assert_eq!(percent_decoded("%FF"), "%FF", "not UTF-8");
    }

    #[test]
    fn without_a_home_the_tilde_is_kept() {
        assert_eq!(paths_from_text("~/c", None), [PathBuf::from("~/c")]);
        assert_eq!(paths_from_text(" \n \"\" ", None), Vec::<PathBuf>::new());
    }
}
