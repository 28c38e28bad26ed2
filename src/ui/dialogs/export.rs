//! Export of the figure: what stands on it, its page, and a check before it is written.

use std::path::{Path, PathBuf};

use egui::{ComboBox, Key, Label, Response, RichText, ScrollArea, TextEdit, Ui};

use super::open::paths_from_text;
use super::title_ui;
use crate::cartography::{FigureSpec, MapTheme, Marking, PageSize};
use crate::model::{FeatureKind, Source};
use crate::state::{Action, AppState, Command, Dialog};
use crate::ui::icons;
use crate::ui::theme::{self, colors_of};
use crate::ui::widgets::{button_ui, main_button_ui, memo};

/// Width of the dialog in points.
const WIDTH: f32 = 560.0;
/// Width of the labels in points.
const LABEL_WIDTH: f32 = 96.0;
/// The name that the path box begins with; PNG opens everywhere.
const DEFAULT_NAME: &str = "sealane-figure.png";

/// The form, the findings of the check, and the export button.
pub(super) fn export_ui(ui: &mut Ui, state: &AppState, path: &str, fresh: bool, commands: &mut Vec<Command>) {
    ui.set_width(WIDTH);
    title_ui(ui, "Export figure", commands);
    let mut text = path.to_owned();
    if fresh && path.is_empty() {
        text = std::env::home_dir().unwrap_or_default().join(DEFAULT_NAME).display().to_string();
        commands.push(Command::ShowDialog(Dialog::Export { path: text.clone() }));
    }
    let room = (ui.ctx().content_rect().height() - 260.0).max(160.0);
    ScrollArea::vertical().id_salt("figure").max_height(room).auto_shrink([false, true]).show(ui, |ui| {
        figure_ui(ui, state, commands);
    });
    ui.separator();
    let enter = path_ui(ui, &mut text, fresh, commands);
    warnings_ui(ui, state);
    ui.add_space(8.0);
    buttons_ui(ui, state, &text, enter, commands);
}

fn row_ui<R>(ui: &mut Ui, label: &str, add_contents: impl FnOnce(&mut Ui, egui::Id) -> R) -> R {
    ui.horizontal(|ui| {
        let size = egui::vec2(LABEL_WIDTH, ui.spacing().interact_size.y);
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        let label = ui
            .allocate_ui_with_layout(size, layout, |ui| {
                ui.set_min_width(LABEL_WIDTH);
                ui.add(Label::new(RichText::new(label).weak()).truncate())
            })
            .inner;
        add_contents(ui, label.id)
    })
    .inner
}

fn figure_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let mut figure = state.document.figure.clone();
    let mut edits: Vec<Response> = Vec::new();
    for (label, text) in [("Title", &mut figure.title), ("Subtitle", &mut figure.subtitle)] {
        edits.push(row_ui(ui, label, |ui, id| ui.add(TextEdit::singleline(text).desired_width(f32::INFINITY)).labelled_by(id)));
    }
    row_ui(ui, "Marking", |ui, _| marking_ui(ui, &mut figure));
    page_ui(ui, &mut figure);
    let mut style = state.document.style;
    if let Some(text) = compared_text(state) {
        row_ui(ui, "Compared", |ui, _| ui.add(Label::new(RichText::new(text).small()).wrap()));
    }
    row_ui(ui, "Map colors", |ui, _| {
        for choice in MapTheme::ALL {
            ui.radio_value(&mut style.theme, choice, choice.label());
        }
    });
    row_ui(ui, "On the page", |ui, _| {
        ui.checkbox(&mut figure.furniture, "Legend, scale and notes");
        ui.checkbox(&mut figure.boundary_note, "Boundary note");
    });
    edits.push(row_ui(ui, "Kosovo note", |ui, id| {
        let edit = TextEdit::multiline(&mut figure.kosovo_note).desired_rows(2).desired_width(f32::INFINITY);
        ui.add(edit).labelled_by(id).on_hover_text("Stands on the figure whenever Kosovo is in view")
    }));
    if figure != state.document.figure {
        commands.push(Command::SetFigure(figure));
    }
    if style != state.document.style {
        commands.push(Command::SetStyle(style));
    }
    if edits.iter().any(Response::lost_focus) {
        commands.push(Command::EndGesture);
    }
}

/// What the figure compares, while two periods are compared.
fn compared_text(state: &AppState) -> Option<String> {
    let compared = state.shown_comparison()?;
    let [before, after] = compared.periods.each_ref().map(|period| period.label.to_lowercase());
    Some(if state.is_split() {
        format!("Two maps side by side: {before} and {after}")
    } else {
        format!("One map of what changed: {before} and {after}")
    })
}

fn marking_ui(ui: &mut Ui, figure: &mut FigureSpec) {
    ui.horizontal_wrapped(|ui| {
        for marking in Marking::ALL {
            let (ink, ground) = theme::marking_colors(marking);
            let label = RichText::new(marking.label()).small().color(ink).background_color(ground);
            ui.radio_value(&mut figure.marking, Some(marking), label);
        }
        ui.radio_value(&mut figure.marking, None, "None");
    });
}

fn page_ui(ui: &mut Ui, figure: &mut FigureSpec) {
    let name_of = |page: &PageSize| {
        let same_paper = |other: &PageSize| other.width_px == page.width_px && other.height_px == page.height_px;
        let exact = PageSize::NAMED.iter().find(|(_, _, named)| named == page);
        exact.or_else(|| PageSize::NAMED.iter().find(|(_, _, named)| same_paper(named))).map_or("Own size", |(_, label, _)| *label)
    };
    row_ui(ui, "Page", |ui, label_id| {
        let combo = ComboBox::from_id_salt("page").width(168.0).selected_text(name_of(&figure.page));
        let response = combo.show_ui(ui, |ui| {
            for (_, label, page) in PageSize::NAMED {
                ui.selectable_value(&mut figure.page, page, label);
            }
        });
        response.response.labelled_by(label_id);
        let drag = egui::DragValue::new(&mut figure.page.dpi).range(72.0..=600.0).suffix(" dpi").max_decimals(0);
        let response = ui.add(drag).on_hover_text("Dots per inch of the PNG; the layout stays");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, "Dots per inch"));
        let (width, height) = figure.page.device_size();
        ui.weak(format!("{width} × {height} px"));
    });
}

/// The path box; returns whether Enter was pressed in it.
fn path_ui(ui: &mut Ui, text: &mut String, fresh: bool, commands: &mut Vec<Command>) -> bool {
    row_ui(ui, "File", |ui, label_id| {
        if button_ui(ui, icons::FOLDER_OPEN, "Browse…", "Choose the place in the system's dialog", None).clicked() {
            commands.push(Command::AskExportPath);
        }
        let response = ui.add(TextEdit::singleline(text).desired_width(f32::INFINITY)).labelled_by(label_id);
        if fresh {
            response.request_focus();
        }
        if response.changed() {
            commands.push(Command::ShowDialog(Dialog::Export { path: text.clone() }));
        }
        response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
    })
}

fn warnings_ui(ui: &mut Ui, state: &AppState) {
    let key = (state.dataset_generation, crate::ui::widgets::filter_key(&state.document.filter));
    let ungraded = *memo(ui, "ungraded sources", key, || {
        let is_ungraded = |source: &&Source| source.reliability.is_none();
        let passing = state.matches.passing(FeatureKind::Source).filter_map(|s| state.dataset.sources.get(s.at()));
        passing.filter(is_ungraded).count()
    });
    for warning in figure_warnings(state, ungraded) {
        ui.horizontal_top(|ui| {
            ui.label(theme::icon(icons::TRIANGLE_ALERT, 13.0).color(colors_of(ui).warning));
            ui.add(Label::new(RichText::new(warning).small()).wrap());
        });
    }
}

fn buttons_ui(ui: &mut Ui, state: &AppState, text: &str, enter: bool, commands: &mut Vec<Command>) {
    let target = target_from_text(text, std::env::home_dir().as_deref());
    let obstacle = match &target {
        Err(reason) => Some(*reason),
        Ok(_) => Action::Export.obstacle(state),
    };
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        let clicked = main_button_ui(ui, icons::DOWNLOAD, "Export", "Write the figure (Enter)", obstacle).clicked();
        if (clicked || enter)
            && obstacle.is_none()
            && let Ok(path) = target
        {
            commands.push(Command::EndGesture);
            commands.push(Command::Export(path));
        }
        if ui.button("Cancel").clicked() {
            commands.push(Command::CloseDialog);
        }
        if let Some(reason) = obstacle {
            ui.label(RichText::new(reason).small().color(colors_of(ui).warning));
        }
    });
}

/// Where the figure goes, or why it cannot.
fn target_from_text(text: &str, home: Option<&Path>) -> Result<PathBuf, &'static str> {
    let path = paths_from_text(text, home).into_iter().next().ok_or("Say where the figure goes")?;
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("png" | "svg") => Ok(path),
        _ => Err("The name must end in .png or .svg"),
    }
}

/// What to think about before the figure leaves the house. `ungraded` counts sources without a reliability grade.
fn figure_warnings(state: &AppState, ungraded: usize) -> Vec<String> {
    let figure = &state.document.figure;
    let mut warnings = Vec::new();
    let mut warn = |condition: bool, text: &str| {
        if condition {
            warnings.push(text.to_owned());
        }
    };
    warn(figure.title.trim().is_empty(), "No title");
    warn(figure.marking.is_none(), "No handling marking");
    warn(!figure.furniture, "Without legend, notes and sources the figure does not explain itself");
    warn(!figure.boundary_note, "Without the boundary note");
    let (shown, total) = (state.matches.shown(FeatureKind::Seizure), state.matches.total(FeatureKind::Seizure));
    warn(shown < total, &format!("The filter dims {} of {total} events; they are drawn pale", total - shown));
    warn(ungraded > 0, &format!("{ungraded} of the sources are not graded"));
    warnings
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn the_extension_decides_and_is_named_when_it_is_wrong() {
        assert_eq!(target_from_text("/tmp/a.PNG", None), Ok(PathBuf::from("/tmp/a.PNG")));
        assert_eq!(target_from_text("~/a.svg", Some(Path::new("/h"))), Ok(PathBuf::from("/h/a.svg")));
        assert_eq!(target_from_text("/tmp/a.jpg", None), Err("The name must end in .png or .svg"));
        assert_eq!(target_from_text("  ", None), Err("Say where the figure goes"));
    }

    #[test]
    fn a_complete_figure_has_no_warning_and_each_gap_has_one() {
        let mut state = AppState::new();
        assert!(figure_warnings(&state, 0).is_empty());
        let document = Arc::make_mut(&mut state.document);
        document.figure.title.clear();
        document.figure.marking = None;
        assert_eq!(figure_warnings(&state, 3), ["No title", "No handling marking", "3 of the sources are not graded"]);
    }
}
