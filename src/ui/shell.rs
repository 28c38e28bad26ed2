//! The window: where every part stands. The map comes first; the panels around it collapse and remember their sizes.

use egui::{Align, Button, CentralPanel, Frame, Layout, Margin, Panel, Rect, Sense, Stroke, Ui, UiBuilder, Vec2, vec2};

use super::theme::{self, colors_of};
use super::widgets::{format, icon_button_ui};
use super::{cells, chips, compare, dialogs, icons, inspector, left_panel, menu, notices, shortcuts, status_bar, tables, timeline, tools};
use crate::model::FeatureKind;
use crate::state::{Action, AppState, Command, SidePanel, Tab};

const MENU_HEIGHT: f32 = 32.0;
const STATUS_HEIGHT: f32 = 24.0;

/// Sizes of the left, right and bottom panels in points until a person changes them: shares of the window that leave the map half of it.
fn default_sizes(window: Vec2) -> [f32; 3] {
    let share = |length: f32, share: f32, low: f32, high: f32| (length * share).floor().clamp(low, high);
    [share(window.x, 0.146, 180.0, 240.0), share(window.x, 0.175, 220.0, 290.0), share(window.y, 0.186, 120.0, 210.0)]
}

/// Shows the whole window around the map; `canvas` shows the map in the room that is left.
pub fn shell_ui(ui: &mut Ui, state: &AppState, canvas: impl FnOnce(&mut Ui, &AppState) -> Vec<Command>) -> Vec<Command> {
    let mut commands = shortcuts::shortcut_commands(ui.ctx(), state);
    let colors = colors_of(ui);
    let bar = Frame::new().fill(colors.panel).inner_margin(Margin::symmetric(8, 0));
    commands.extend(
        Panel::top("menu")
            .exact_size(MENU_HEIGHT)
            .frame(bar.inner_margin(Margin { top: 5, ..Margin::symmetric(8, 0) }))
            .show(ui, |ui| menu::menu_bar_ui(ui, state))
            .inner,
    );
    commands.extend(Panel::bottom("status").exact_size(STATUS_HEIGHT).frame(bar).show(ui, |ui| status_bar::status_bar_ui(ui, state)).inner);
    collapsible_ui(ui, state, SidePanel::Bottom, &mut commands);
    collapsible_ui(ui, state, SidePanel::Left, &mut commands);
    collapsible_ui(ui, state, SidePanel::Right, &mut commands);
    if state.document.compare.is_some() {
        let panel = Panel::top("compare").exact_size(compare::BAR_HEIGHT).frame(bar.inner_margin(Margin::symmetric(10, 4)));
        commands.extend(panel.show(ui, |ui| compare::compare_bar_ui(ui, state)).inner);
    }
    let map = CentralPanel::no_frame()
        .show(ui, |ui| {
            let map = ui.max_rect();
            commands.extend(canvas(ui, state));
            commands.extend(chips_over_map_ui(ui, state, map));
            commands.extend(tools::tools_ui(ui, state, map));
            map
        })
        .inner;
    commands.extend(notices::notices_ui(ui, state, map));
    commands.extend(dialogs::dialogs_ui(ui, state));
    commands
}

fn collapsible_ui(ui: &mut Ui, state: &AppState, side: SidePanel, commands: &mut Vec<Command>) {
    let colors = colors_of(ui);
    let frame = Frame::new().fill(colors.panel);
    let [left, right, bottom] = default_sizes(ui.ctx().content_rect().size());
    let (panel, was_open) = match side {
        SidePanel::Left => (Panel::left("left").default_size(left).size_range(170.0..=420.0), state.panels.left_open),
        SidePanel::Right => (Panel::right("right").default_size(right).size_range(210.0..=520.0), state.panels.right_open),
        SidePanel::Bottom => (Panel::bottom("bottom").default_size(bottom).size_range(110.0..=520.0), state.panels.bottom_open),
    };
    let mut open = was_open;
    let panel =
        panel.resizable(true).frame(frame.inner_margin(if side == SidePanel::Bottom { Margin::ZERO } else { Margin::symmetric(12, 8) }));
    let shown = panel.show_collapsible(ui, &mut open, |ui| {
        // The size is the person's choice: contents that want more room do not push the map aside.
        let room = ui.available_rect_before_wrap();
        let mut inside = ui.new_child(UiBuilder::new().max_rect(room));
        let commands = match side {
            SidePanel::Left => left_panel::left_panel_ui(&mut inside, state),
            SidePanel::Right => inspector::inspector_ui(&mut inside, state),
            SidePanel::Bottom => bottom_ui(&mut inside, state),
        };
        ui.allocate_rect(room, Sense::empty());
        commands
    });
    commands.extend(shown.into_iter().flat_map(|shown| shown.inner));
    if open != was_open {
        commands.push(Command::TogglePanel(side));
    }
}

/// The filter chips at the top left of the map, without taking the pointer where there is no chip.
fn chips_over_map_ui(ui: &mut Ui, state: &AppState, map: Rect) -> Vec<Command> {
    if state.document.filter.is_empty() {
        return Vec::new();
    }
    let room = Rect::from_min_max(map.min + vec2(12.0, 10.0), map.max - vec2(52.0, 10.0));
    ui.scope_builder(UiBuilder::new().max_rect(room).layout(Layout::left_to_right(Align::Min).with_main_wrap(true)), |ui| {
        chips::chips_ui(ui, state)
    })
    .inner
}

fn bottom_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.spacing_mut().item_spacing.y = 0.0;
    Frame::new().inner_margin(Margin::symmetric(8, 3)).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.scope(|ui| tabs_ui(ui, state, &mut commands));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let tip = "Collapse timeline and tables (F9)";
                if icon_button_ui(ui, icons::CHEVRON_DOWN, tip, None).clicked() {
                    commands.push(Action::Toggle(SidePanel::Bottom).command());
                }
                match state.panels.tab {
                    Tab::Timeline => timeline::timeline_tools_ui(ui, state, &mut commands),
                    Tab::Cells => cells::cells_tools_ui(ui, state, &mut commands),
                    tab => tables::table_tools_ui(ui, state, tab, &mut commands),
                }
            });
        });
    });
    let line = ui.available_rect_before_wrap();
    ui.painter().hline(line.x_range(), line.top(), Stroke::new(1.0, colors_of(ui).hairline));
    Frame::new().inner_margin(Margin { left: 8, right: 8, top: 2, bottom: 2 }).show(ui, |ui| {
        commands.extend(match state.panels.tab {
            Tab::Timeline => timeline::timeline_ui(ui, state),
            Tab::Corridors => tables::corridors::corridors_ui(ui, state),
            Tab::Ports => tables::ports::ports_ui(ui, state),
            Tab::Seizures => tables::seizures::seizures_ui(ui, state),
            Tab::Cells => cells::cells_ui(ui, state),
            Tab::Sources => tables::sources::sources_ui(ui, state),
            Tab::Findings => tables::findings::findings_ui(ui, state),
        });
    });
    commands
}

fn tabs_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let colors = colors_of(ui);
    ui.spacing_mut().item_spacing.x = 0.0;
    ui.spacing_mut().button_padding.x = 7.0;
    for tab in Tab::ALL {
        let front = state.panels.tab == tab;
        let size = 13.0;
        let text = if front {
            theme::semibold(tab.label(), size).color(colors.text)
        } else {
            egui::RichText::new(tab.label()).color(colors.text_weak)
        };
        let response = ui.add(Button::new(text).frame_when_inactive(false).fill(colors.panel));
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, front, tab.label()));
        if front {
            let edge = response.rect.shrink2(vec2(7.0, 0.0));
            ui.painter().hline(edge.x_range(), edge.bottom() + 1.0, Stroke::new(2.0, colors.accent));
        }
        let shortcut = Action::Tab(tab).shortcut().map(|shortcut| shortcut.label()).unwrap_or_default();
        if response.on_hover_text(format!("{} ({shortcut})", tab_tip(state, tab))).clicked() && !front {
            commands.push(Command::ShowTab(tab));
        }
    }
}

fn tab_tip(state: &AppState, tab: Tab) -> String {
    let kind = match tab {
        Tab::Timeline => return "Seizures over time".to_owned(),
        Tab::Findings => return format::counted(state.diagnostics.len() + state.crossing_count(), "finding", "findings"),
        Tab::Corridors => FeatureKind::Route,
        Tab::Ports => FeatureKind::Port,
        Tab::Seizures => FeatureKind::Seizure,
        Tab::Cells => FeatureKind::Group,
        Tab::Sources => FeatureKind::Source,
    };
    format!("{} of {} match", format::count(state.matches.shown(kind)), format::count(state.matches.total(kind)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_keeps_half_of_the_window() {
        for window in [vec2(1366.0, 768.0), vec2(1280.0, 720.0), vec2(1920.0, 1080.0)] {
            let [left, right, bottom] = default_sizes(window);
            let map = (window.x - left - right) * (window.y - bottom - MENU_HEIGHT - STATUS_HEIGHT);
            assert!(map / (window.x * window.y) >= 0.5, "{window:?}: {:.3}", map / (window.x * window.y));
        }
    }
}
