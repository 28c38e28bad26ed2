//! The tools of the map: a small bar at its top right, and a card with what the tool in hand has done so far.

mod draw_card;
mod measure_card;

use egui::{Align2, Area, Frame, Id, Margin, Order, Rect, Response, RichText, Role, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::icons;
use super::theme::{self, colors_of};
use super::widgets::icon_button_ui;
use crate::state::{Action, AppState, Command, Tool, ToolCommand, ToolKind};

/// Width of a card in points.
const CARD_WIDTH: f32 = 272.0;

/// Shows the bar of tools and the card of the one in hand; `map` is where the map lies.
pub fn tools_ui(ui: &mut Ui, state: &AppState, map: Rect) -> Vec<Command> {
    let mut commands = Vec::new();
    bar_ui(ui, state, map, &mut commands);
    // Beside the zoom buttons: the corridors run from the upper left to the upper right.
    let corner = map.max - vec2(56.0, 12.0);
    match &state.tool {
        Tool::Select => {}
        Tool::DrawRoute(draft) => card_ui(ui, "draw card", corner, |ui| draw_card::draw_card_ui(ui, state, draft, &mut commands)),
        Tool::Measure(measurement) => {
            card_ui(ui, "measure card", corner, |ui| measure_card::measure_card_ui(ui, measurement, &mut commands));
        }
    }
    commands
}

fn bar_ui(ui: &mut Ui, state: &AppState, map: Rect, commands: &mut Vec<Command>) {
    let colors = colors_of(ui);
    let size = vec2(28.0, 28.0);
    let tools = [(ToolKind::Select, icons::MOUSE_POINTER), (ToolKind::DrawRoute, icons::ROUTE), (ToolKind::Measure, icons::RULER)];
    for (index, (kind, icon)) in tools.into_iter().enumerate() {
        let place = Rect::from_min_size(pos2(map.max.x - size.x - 12.0, map.min.y + 10.0 + index as f32 * (size.y + 4.0)), size);
        let in_hand = state.tool.kind() == kind;
        let (ink, ground) = if in_hand { (colors.on_accent, colors.accent) } else { (colors.text, colors.panel) };
        let response = ui.put(place, egui::Button::new(theme::icon(icon, 15.0).color(ink)).fill(ground));
        let action = Action::Tool(kind);
        let key = action.shortcut().map(|shortcut| shortcut.label()).unwrap_or_default();
        let label = action.label();
        let name = label.trim_end_matches('…');
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, in_hand, name));
        if response.on_hover_text(format!("{name}  {key}")).clicked() {
            let wanted = if in_hand { ToolKind::Select } else { kind };
            commands.push(Command::Tool(ToolCommand::Choose(wanted)));
        }
    }
}

/// A card over the map that keeps the pointer from what lies below.
fn card_ui(ui: &Ui, name: &str, corner: egui::Pos2, contents: impl FnOnce(&mut Ui)) {
    let colors = colors_of(ui);
    let frame = Frame::new()
        .fill(colors.raised)
        .stroke(Stroke::new(1.0, colors.hairline))
        .corner_radius(6)
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::symmetric(12, 10));
    Area::new(Id::unique(name)).order(Order::Middle).pivot(Align2::RIGHT_BOTTOM).fixed_pos(corner).show(ui, |ui| {
        frame.show(ui, |ui| {
            ui.set_width(CARD_WIDTH - 24.0);
            theme::outline_inputs(ui);
            contents(ui);
        });
    });
}

/// The title of a card with a button that puts the tool away.
fn title_ui(ui: &mut Ui, title: &str, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(theme::semibold(title, 13.0));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if icon_button_ui(ui, icons::X, "Put the tool away (Esc)", None).clicked() {
                commands.push(Command::Tool(ToolCommand::Choose(ToolKind::Select)));
            }
        });
    });
}

/// A line of a name and a value.
fn row_ui<R>(ui: &mut Ui, name: &str, value: impl FnOnce(&mut Ui) -> R) {
    ui.horizontal(|ui| {
        let size = vec2(64.0, ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_min_width(64.0);
            ui.label(RichText::new(name).small().weak());
        });
        value(ui);
    });
}

/// Keys that work now, in one pale line.
fn keys_ui(ui: &mut Ui, text: &str) -> Response {
    ui.add_space(2.0);
    ui.add(egui::Label::new(RichText::new(text).small().color(colors_of(ui).text_weak)).wrap())
}
