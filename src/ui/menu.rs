//! The bar at the top: menus from the table of actions, search, period, marking and export.

use std::path::Path;

use egui::{Align, Button, Color32, Layout, MenuBar, RichText, Sense, Stroke, Ui, vec2};

use super::icons;
use super::theme::{self, colors_of};
use super::widgets::format;
use crate::cartography::NamedExtent;
use crate::state::{Action, AppState, BookmarkCommand, Command, MenuGroup, OpenMode, SidePanel, ToolKind};

/// The menu of views with a name.
const BOOKMARKS: &str = "Bookmarks and areas";
/// Widest search box in points.
const SEARCH_WIDTH: f32 = 320.0;

/// Shows the menu bar.
pub fn menu_bar_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
    MenuBar::new().ui(ui, |ui| {
        for group in MenuGroup::ALL {
            ui.menu_button(group.label(), |ui| menu_ui(ui, state, group, &mut commands));
        }
        // The rest are buttons, not menus.
        ui.reset_style();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            export_ui(ui, state, &mut commands);
            marking_ui(ui, state, &mut commands);
            period_ui(ui, state);
            search_ui(ui, &mut commands);
        });
    });
    commands
}

/// Actions with many siblings stand in a menu of their own.
fn submenu_of(action: Action) -> Option<&'static str> {
    match action {
        Action::AddBookmark | Action::Bookmarks | Action::Show(_) => Some(BOOKMARKS),
        Action::Project(_) => Some("Projection"),
        Action::Meridian(_) | Action::CenterProjectionHere | Action::AskMeridian | Action::TurnWest | Action::TurnEast => {
            Some("Central meridian")
        }
        Action::Theme(_) => Some("Theme"),
        _ => None,
    }
}

/// Whether a line parts this action from those above it.
fn starts_section(action: Action) -> bool {
    matches!(
        action,
        Action::Save
            | Action::Export
            | Action::Quit
            | Action::SelectAll
            | Action::ClearFilter
            | Action::Tool(ToolKind::Select)
            | Action::EditRoute
            | Action::Palette
            | Action::Fit
            | Action::ViewBack
            | Action::ToggleInset
            | Action::Toggle(SidePanel::Left)
            | Action::About
    )
}

fn menu_ui(ui: &mut Ui, state: &AppState, group: MenuGroup, commands: &mut Vec<Command>) {
    ui.set_min_width(220.0);
    let actions: Vec<Action> = Action::all().into_iter().filter(|action| action.group() == group).collect();
    let mut index = 0;
    while let Some(action) = actions.get(index).copied() {
        if let Some(title) = submenu_of(action) {
            let siblings: Vec<Action> = actions[index..].iter().copied().take_while(|other| submenu_of(*other) == Some(title)).collect();
            index += siblings.len();
            ui.menu_button((blank_icon(), title), |ui| {
                ui.set_min_width(200.0);
                for sibling in siblings {
                    if sibling == Action::Show(NamedExtent::ALL[0]) {
                        bookmarks_ui(ui, state, commands);
                    }
                    action_ui(ui, state, sibling, commands);
                }
            });
            continue;
        }
        index += 1;
        if starts_section(action) && index > 1 {
            ui.separator();
        }
        action_ui(ui, state, action, commands);
        if action == Action::OpenAdd {
            recent_ui(ui, state, commands);
        }
    }
}

fn blank_icon() -> RichText {
    theme::icon(icons::CHECK, 12.0).color(Color32::TRANSPARENT)
}

/// Whether the action stands for something that is in force.
fn is_checked(state: &AppState, action: Action) -> bool {
    match action {
        Action::Project(kind) => state.view.projection.kind == kind,
        Action::Meridian(meridian) => state.view.projection.central_meridian_deg == meridian.lon_deg(),
        Action::ToggleInset => state.document.style.layers.inset,
        Action::Compare => state.document.compare.is_some(),
        Action::CompareDifference => state.document.compare.is_some() && !state.is_split(),
        Action::Theme(theme) => state.theme == theme,
        Action::Tool(tool) => state.tool.kind() == tool,
        Action::Toggle(SidePanel::Left) => state.panels.left_open,
        Action::Toggle(SidePanel::Right) => state.panels.right_open,
        Action::Toggle(SidePanel::Bottom) => state.panels.bottom_open,
        Action::Tab(tab) => state.panels.bottom_open && state.panels.tab == tab,
        _ => false,
    }
}

fn action_ui(ui: &mut Ui, state: &AppState, action: Action, commands: &mut Vec<Command>) {
    let check = if is_checked(state, action) { theme::icon(icons::CHECK, 12.0) } else { blank_icon() };
    let label = match (action, action.label()) {
        (Action::Undo, label) => with_step(&label, state.history.undo_label()),
        (Action::Redo, label) => with_step(&label, state.history.redo_label()),
        (_, label) => label,
    };
    let mut button = Button::new((check, label.as_str()));
    if let Some(shortcut) = action.shortcut() {
        button = button.shortcut_text(shortcut.label());
    }
    let obstacle = action.obstacle(state);
    let response = ui.add_enabled(obstacle.is_none(), button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, obstacle.is_none(), &label));
    let clicked = response.clicked();
    if let Some(reason) = obstacle {
        response.on_disabled_hover_text(reason);
    }
    if clicked {
        commands.push(action.command_in(state));
        ui.close();
    }
}

fn with_step(label: &str, step: Option<&str>) -> String {
    step.map_or_else(|| label.to_owned(), |step| format!("{label}: {}", step.to_lowercase()))
}

/// The analyst's own views, above the areas that come with the program.
fn bookmarks_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    ui.separator();
    ui.set_max_width(360.0);
    for (at, bookmark) in state.document.bookmarks.iter().enumerate() {
        let response = ui.add(Button::new((blank_icon(), bookmark.name.as_str())).truncate());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &bookmark.name));
        if response.on_hover_text(&bookmark.name).clicked() {
            commands.push(Command::Bookmark(BookmarkCommand::GoTo(at)));
            ui.close();
        }
    }
    if !state.document.bookmarks.is_empty() {
        ui.separator();
    }
}

fn recent_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    ui.menu_button((blank_icon(), "Open recent"), |ui| {
        ui.set_min_width(220.0);
        ui.set_max_width(360.0);
        if state.recent_files.is_empty() {
            ui.add_enabled(false, Button::new("No recent files")).on_disabled_hover_text("Files that you open will be listed here");
            return;
        }
        for path in &state.recent_files {
            let button = Button::new(short_name(path)).truncate();
            if ui.add(button).on_hover_text(path.display().to_string()).clicked() {
                commands.push(Command::Open(vec![path.clone()], OpenMode::Replace));
                ui.close();
            }
        }
        ui.separator();
        if ui.button("Clear recent files").clicked() {
            commands.push(Command::ClearRecentFiles);
            ui.close();
        }
    });
}

fn short_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn export_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let colors = colors_of(ui);
    let obstacle = Action::Export.obstacle(state);
    let text = RichText::new("Export").color(if obstacle.is_some() { colors.text_pale } else { colors.on_accent });
    let icon = theme::icon(icons::UPLOAD, 13.0).color(if obstacle.is_some() { colors.text_pale } else { colors.on_accent });
    let fill = if obstacle.is_some() { colors.hover } else { colors.accent };
    let response = ui.add_enabled(obstacle.is_none(), Button::new((icon, text)).fill(fill));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, obstacle.is_none(), "Export"));
    if response.clicked() {
        commands.push(Action::Export.command());
    }
    match obstacle {
        Some(reason) => response.on_disabled_hover_text(reason),
        None => response.on_hover_text("Export the map as a briefing figure (Ctrl+E)"),
    };
}

fn marking_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let colors = colors_of(ui);
    let (text, fill, label) = match state.document.figure.marking {
        Some(marking) => {
            let (text, fill) = theme::marking_colors(marking);
            (text, fill, marking.label())
        }
        None => (colors.warning, colors.hover, "No marking"),
    };
    let button = Button::new(theme::semibold(label, 11.5).color(text)).fill(fill).corner_radius(3);
    if ui.add(button).on_hover_text("Handling marking of the figure; click to change it in the export dialog").clicked() {
        commands.push(Action::Export.command());
    }
}

fn period_ui(ui: &mut Ui, state: &AppState) {
    let colors = colors_of(ui);
    let (text, tip) = match state.document.filter.days {
        Some((first, last)) => (format::period(first, last), "The period chosen on the timeline"),
        None => ("All dates".to_owned(), "No period is chosen; drag over the timeline to choose one"),
    };
    ui.label(RichText::new(text).color(colors.text)).on_hover_text(tip);
    ui.label(theme::icon(icons::CALENDAR, 13.0).color(colors.text_weak));
}

fn search_ui(ui: &mut Ui, commands: &mut Vec<Command>) {
    let colors = colors_of(ui);
    let room = ui.available_width() - 16.0;
    let width = SEARCH_WIDTH.min(room);
    if width < 60.0 {
        return;
    }
    ui.add_space(8.0 + (room - width) / 2.0);
    let icon = theme::icon(icons::SEARCH, 13.0).color(colors.text_weak);
    let hint = RichText::new(Action::Palette.label()).color(colors.text_weak);
    let mut button = Button::new((icon, hint)).fill(colors.field).stroke(Stroke::new(1.0, colors.hairline)).sense(Sense::click());
    if let Some(shortcut) = Action::Palette.shortcut() {
        button = button.shortcut_text(RichText::new(shortcut.label()).color(colors.text_pale));
    }
    let response = ui.add_sized(vec2(width, 22.0), button.truncate());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, Action::Palette.label()));
    if response.on_hover_text("Find a corridor, port, cell, seizure or source, or run a command").clicked() {
        commands.push(Action::Palette.command());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn siblings_of_a_submenu_stand_together() {
        let titles: Vec<_> = Action::all().into_iter().filter_map(submenu_of).collect();
        let mut once = titles.clone();
        once.dedup();
        assert_eq!(once, [BOOKMARKS, "Projection", "Central meridian", "Theme"]);
    }

    #[test]
    fn undo_names_the_step_it_takes_back() {
        assert_eq!(with_step("Undo", Some("Change period")), "Undo: change period");
        assert_eq!(with_step("Undo", None), "Undo");
    }
}
