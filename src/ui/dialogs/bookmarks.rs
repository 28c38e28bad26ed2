//! The list of named views, and the small box for the central meridian.

use egui::{DragValue, Key, RichText, ScrollArea, TextEdit, Ui};

use super::title_ui;
use crate::cartography::NamedExtent;
use crate::state::{Action, AppState, Bookmark, BookmarkCommand, Command, NamedMeridian, ViewCommand};
use crate::ui::icons;
use crate::ui::theme::colors_of;
use crate::ui::widgets::{button_ui, icon_button_ui};

/// Width of the dialog in points.
const WIDTH: f32 = 540.0;
/// Greatest height of the list in points.
const HEIGHT: f32 = 320.0;

/// Names, order and filters of the bookmarks; the areas that come with the program below.
pub(super) fn bookmarks_ui(ui: &mut Ui, state: &AppState, naming: Option<usize>, fresh: bool, commands: &mut Vec<Command>) {
    ui.set_width(WIDTH);
    title_ui(ui, "Bookmarks", commands);
    let bookmarks = &state.document.bookmarks;
    if bookmarks.is_empty() {
        ui.weak("No view is kept yet. Keep the present one with its extent, projection and central meridian (Ctrl+D).");
        ui.add_space(8.0);
    }
    ScrollArea::vertical().id_salt("bookmarks").max_height(HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
        for (at, bookmark) in bookmarks.iter().enumerate() {
            row_ui(ui, at, bookmarks.len(), bookmark, fresh && naming == Some(at), commands);
        }
    });
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let obstacle = Action::AddBookmark.obstacle(state);
        if button_ui(ui, icons::PLUS, "Add the present view", "Keep extent, projection and central meridian", obstacle).clicked() {
            commands.push(Action::AddBookmark.command());
        }
        ui.add_space(12.0);
        ui.label(RichText::new("Areas").small().weak());
        for extent in NamedExtent::ALL {
            if ui.button(extent.label()).on_hover_text(Action::Show(extent).label()).clicked() {
                commands.extend([Action::Show(extent).command(), Command::CloseDialog]);
            }
        }
    });
}

fn row_ui(ui: &mut Ui, at: usize, count: usize, bookmark: &Bookmark, first: bool, commands: &mut Vec<Command>) {
    let mut send = |command| commands.push(Command::Bookmark(command));
    let mut close = false;
    ui.horizontal(|ui| {
        if icon_button_ui(ui, icons::MAP_PIN, &format!("Show {}", bookmark.name), None).clicked() {
            send(BookmarkCommand::GoTo(at));
            close = true;
        }
        let mut name = bookmark.name.clone();
        let response = ui.add(TextEdit::singleline(&mut name).desired_width(220.0).hint_text("Name"));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, format!("Name of bookmark {}", at + 1)));
        if first {
            response.request_focus();
        }
        if response.changed() {
            send(BookmarkCommand::Rename(at, name));
        }
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            close = true;
        }
        let mut keeps = bookmark.filter.is_some();
        if ui.checkbox(&mut keeps, "Filter").on_hover_text("Keep the present filter with this view").changed() {
            send(BookmarkCommand::KeepFilter(at, keeps));
        }
        let up = (at == 0).then_some("This is the first");
        if icon_button_ui(ui, icons::CHEVRON_UP, "Move up", up).clicked() {
            send(BookmarkCommand::Move(at, at - 1));
        }
        let down = (at + 1 == count).then_some("This is the last");
        if icon_button_ui(ui, icons::CHEVRON_DOWN, "Move down", down).clicked() {
            send(BookmarkCommand::Move(at, at + 1));
        }
        if icon_button_ui(ui, icons::REFRESH_CW, "Put the present view in its place", None).clicked() {
            send(BookmarkCommand::Update(at));
        }
        if icon_button_ui(ui, icons::TRASH_2, &format!("Delete {}", bookmark.name), None).clicked() {
            send(BookmarkCommand::Delete(at));
        }
    });
    if close {
        commands.extend([Command::EndGesture, Command::CloseDialog]);
    }
}

/// A number for the central meridian, and those with a name.
pub(super) fn meridian_ui(ui: &mut Ui, state: &AppState, fresh: bool, commands: &mut Vec<Command>) {
    ui.set_width(300.0);
    title_ui(ui, "Central meridian", commands);
    let mut lon_deg = state.view.projection.central_meridian_deg;
    ui.horizontal(|ui| {
        let label = ui.label("Degrees east");
        let drag = DragValue::new(&mut lon_deg).range(-180.0..=180.0).speed(0.5).max_decimals(2).suffix("°");
        let response = ui.add(drag).labelled_by(label.id).on_hover_text("Drag or click and type; west is negative");
        if fresh {
            response.request_focus();
        }
        if response.changed() && lon_deg.is_finite() {
            commands.push(Command::View(ViewCommand::SlideCentralMeridian(lon_deg)));
        }
        if response.drag_stopped() || response.lost_focus() {
            commands.push(Command::EndGesture);
        }
        ui.label(RichText::new("west is negative").small().color(colors_of(ui).text_weak));
    });
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        for meridian in NamedMeridian::ALL {
            if ui.button(meridian.label()).clicked() {
                commands.extend([Action::Meridian(meridian).command(), Command::CloseDialog]);
            }
        }
    });
    ui.add_space(6.0);
    ui.label(RichText::new("Shift+← → turn by 10°, Alt+drag turns the world by hand").small().weak());
}
