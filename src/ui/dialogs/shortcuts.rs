//! The sheet of keyboard shortcuts and mouse habits.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::title_ui;
use crate::state::{Action, Command, MenuGroup};
use crate::ui::theme;

/// Width of the dialog in points.
const WIDTH: f32 = 700.0;
/// Greatest height of the lists in points.
const HEIGHT: f32 = 560.0;

/// What the mouse does, by place.
const MOUSE: [(&str, &[(&str, &str)]); 4] = [
    (
        "Map",
        &[
            ("Wheel", "Zoom to the pointer"),
            ("Drag, middle drag, Space and move", "Pan"),
            ("Arrow keys", "Pan in steps"),
            ("Double-click, Shift+double-click", "Zoom in, zoom out"),
            ("Click, Ctrl+click", "Select, add to the selection"),
            ("Shift+drag", "Select a box"),
            ("Alt+drag", "Turn the world"),
            ("Click, drag in the inset", "Move the view"),
            ("Right-click", "Menu with coordinates"),
            ("Mouse buttons 4 and 5", "Previous and next view"),
            ("Esc", "Peel one level"),
        ],
    ),
    (
        "Drawing and measuring",
        &[
            ("Click", "Add a point, on a port near the pointer"),
            ("Enter, double-click", "End"),
            ("Backspace", "Take the last point back"),
            ("Esc", "Cancel"),
            ("Drag a point, click a leg", "Move the point, add one (Edit route)"),
            ("Del", "Take the marked point out (Edit route)"),
        ],
    ),
    ("Timeline", &[("Drag", "Set the period"), ("← →", "Step"), ("Home, End", "Begin, end"), ("Ctrl+wheel", "Zoom")]),
    (
        "Lists and network",
        &[
            ("Click, Ctrl+click", "Select, add to the selection"),
            ("Double-click a row", "Fit on the map"),
            ("Click a column head", "Sort"),
            ("Wheel, drag in the network", "Zoom, pan"),
        ],
    ),
];

/// All actions with a key on the left, the mouse on the right.
pub(super) fn shortcuts_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.set_width(WIDTH);
    title_ui(ui, "Keyboard shortcuts", commands);
    let height = HEIGHT.min(ui.ctx().content_rect().height() - 140.0);
    ScrollArea::vertical().id_salt("shortcuts").max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.columns(2, |columns| {
            for group in MenuGroup::ALL {
                let rows: Vec<(String, String)> =
                    Action::all().into_iter().filter(|action| action.group() == group).filter_map(keys_of).collect();
                let rows: Vec<(&str, &str)> = rows.iter().map(|(keys, label)| (keys.as_str(), label.as_str())).collect();
                section_ui(&mut columns[0], group.label(), &rows);
            }
            for (place, rows) in MOUSE {
                section_ui(&mut columns[1], place, rows);
            }
        });
    });
}

/// All keys of an action and its name; `None` for an action without a key.
fn keys_of(action: Action) -> Option<(String, String)> {
    let all = action.shortcut().into_iter().chain(action.other_shortcuts().iter().copied());
    let keys: Vec<String> = all.map(|shortcut| shortcut.label()).collect();
    (!keys.is_empty()).then(|| (keys.join(", "), action.label().trim_end_matches('…').to_owned()))
}

fn section_ui(ui: &mut Ui, title: &str, rows: &[(&str, &str)]) {
    if rows.is_empty() {
        return;
    }
    ui.label(theme::semibold(title, 13.0));
    Grid::new(("shortcuts", title)).num_columns(2).spacing([12.0, 4.0]).show(ui, |ui| {
        for (keys, label) in rows {
            ui.scope(|ui| {
                // The names of all lists begin at one line.
                ui.set_width(132.0);
                ui.add(egui::Label::new(RichText::new(*keys).small().weak()).wrap());
            });
            ui.add(egui::Label::new(*label).truncate()).on_hover_text(*label);
            ui.end_row();
        }
    });
    ui.add_space(12.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_show_all_their_keys_and_none_without() {
        assert_eq!(keys_of(Action::Redo), Some(("Ctrl+Shift+Z, Ctrl+Y".to_owned(), "Redo".to_owned())));
        assert_eq!(keys_of(Action::About), None);
    }
}
