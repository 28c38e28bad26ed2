//! Messages over the map: each stays until it is dismissed, and its text can be copied.

use egui::{Align2, Area, Frame, Margin, Order, Rect, RichText, Stroke, Ui, vec2};

use super::icons;
use super::theme::{self, UiColors, colors_of};
use super::widgets::icon_button_ui;
use crate::state::{AppState, Command, Notice, NoticeLevel};

const WIDTH: f32 = 380.0;
/// More than this would hide the map; older ones come up as newer ones are dismissed.
const MAX_SHOWN: usize = 4;

/// Shows the notices in the bottom right corner of the map, the newest lowest.
pub fn notices_ui(ui: &mut Ui, state: &AppState, map: Rect) -> Vec<Command> {
    let mut commands = Vec::new();
    if state.notices.is_empty() {
        return commands;
    }
    Area::new(egui::Id::unique("notices"))
        .order(Order::Middle)
        .pivot(Align2::RIGHT_BOTTOM)
        .fixed_pos(map.right_bottom() - vec2(48.0, 12.0))
        .show(ui, |ui| {
            let width = WIDTH.min(map.width() - 60.0);
            ui.spacing_mut().item_spacing.y = 8.0;
            let hidden = state.notices.len().saturating_sub(MAX_SHOWN);
            for notice in &state.notices[hidden..] {
                notice_ui(ui, notice, width, hidden, &mut commands);
            }
        });
    commands
}

fn look(level: NoticeLevel, colors: &UiColors) -> (&'static str, egui::Color32) {
    match level {
        NoticeLevel::Info => (icons::INFO, colors.accent),
        NoticeLevel::Warning => (icons::TRIANGLE_ALERT, colors.warning),
        NoticeLevel::Error => (icons::CIRCLE_ALERT, colors.error),
    }
}

fn notice_ui(ui: &mut Ui, notice: &Notice, width: f32, hidden: usize, commands: &mut Vec<Command>) {
    let colors = colors_of(ui);
    let (icon, color) = look(notice.level, colors);
    let frame = Frame::new()
        .fill(colors.raised)
        .stroke(Stroke::new(1.0, colors.hairline))
        .corner_radius(6)
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::symmetric(12, 8));
    let shown = frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
        // Inside the margins.
        let width = width - 26.0;
        ui.set_width(width);
        ui.horizontal_top(|ui| {
            ui.label(theme::icon(icon, 16.0).color(color));
            ui.vertical(|ui| {
                // The icon at the left and the two buttons at the right.
                ui.set_width(width - 104.0);
                ui.label(theme::semibold(notice.text.as_str(), 13.0).color(colors.text));
                if !notice.detail.is_empty() {
                    egui::ScrollArea::vertical().id_salt(notice.id).max_height(140.0).show(ui, |ui| {
                        ui.label(RichText::new(&notice.detail).color(colors.text_weak));
                    });
                }
                if let Some(path) = &notice.path {
                    let path = path.display().to_string();
                    ui.add(egui::Label::new(RichText::new(&path).monospace().color(colors.text_weak)).truncate()).on_hover_text(&path);
                }
            });
            if icon_button_ui(ui, icons::COPY, "Copy this message", None).clicked() {
                commands.push(Command::CopyText(text_of(notice)));
            }
            let tip = match hidden {
                0 => "Dismiss this message".to_owned(),
                1 => "Dismiss this message; 1 older one is waiting".to_owned(),
                _ => format!("Dismiss this message; {hidden} older ones are waiting"),
            };
            if icon_button_ui(ui, icons::X, &tip, None).clicked() {
                commands.push(Command::DismissNotice(notice.id));
            }
        });
    });
    let edge = shown.response.rect;
    ui.painter().vline(edge.left() + 1.5, edge.top() + 4.0..=edge.bottom() - 4.0, Stroke::new(3.0, color));
}

fn text_of(notice: &Notice) -> String {
    let path = notice.path.as_ref().map(|path| path.display().to_string());
    let parts = [Some(notice.text.clone()), Some(notice.detail.clone()), path];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_message_holds_everything_that_is_shown() {
        let notice =
            Notice { id: 1, level: NoticeLevel::Error, text: "Could not open a".to_owned(), detail: "No such file".to_owned(), path: None };
        assert_eq!(text_of(&notice), "Could not open a\nNo such file");
        let notice = Notice { detail: String::new(), path: Some("b.png".into()), ..notice };
        assert_eq!(text_of(&notice), "Could not open a\nb.png");
    }
}
