//! The card of the drawing tool: where to, which way, how far.

use egui::{DragValue, Key, Label, RichText, TextEdit, Ui};

use super::{keys_ui, row_ui, title_ui};
use crate::lanes::{PassageSet, SeaNetwork};
use crate::model::country_name;
use crate::state::{AppState, Command, Draft, LegKind, PassageWish, Place, Stop, ToolCommand, ports_named};
use crate::ui::icons;
use crate::ui::theme::{self, colors_of};
use crate::ui::widgets::{format, main_button_ui, memo, segmented_ui, stay_open_menu_ui};

/// Ports that are offered while typing.
const MAX_OFFERED: usize = 6;

pub(super) fn draw_card_ui(ui: &mut Ui, state: &AppState, draft: &Draft, commands: &mut Vec<Command>) {
    let is_new = draft.route.is_none();
    title_ui(ui, if is_new { "Draw route" } else { "Edit route" }, commands);
    if is_new {
        search_ui(ui, state, draft, commands);
    }
    legs_ui(ui, draft, commands);
    facts_ui(ui, draft, commands);
    passages_menu_ui(ui, draft, commands);
    let obstacle = draft.obstacle().filter(|_| draft.stops.len() >= 2);
    if let Some(reason) = &obstacle {
        ui.add(Label::new(RichText::new(sentence(reason)).small().color(colors_of(ui).warning)).wrap());
    }
    buttons_ui(ui, draft, commands);
    keys_ui(
        ui,
        match (is_new, draft.stops.is_empty()) {
            (true, true) => "Click the origin on the map or search for a port",
            (true, false) => "Click adds · Enter or double-click ends · Backspace takes back · Esc cancels",
            (false, _) => "Drag a point · click the line to add one · Del removes the marked one · Enter ends",
        },
    );
}

fn search_ui(ui: &mut Ui, state: &AppState, draft: &Draft, commands: &mut Vec<Command>) {
    let next = if draft.stops.is_empty() { "Origin" } else { "Next port or destination" };
    let label = ui.label(RichText::new(next).small().weak());
    let mut text = draft.search.clone();
    let edit = TextEdit::singleline(&mut text).hint_text("Name or UN/LOCODE").desired_width(f32::INFINITY);
    let response = ui.add(edit).labelled_by(label.id);
    if response.changed() {
        commands.push(Command::Tool(ToolCommand::SetSearch(text.clone())));
    }
    let key = (state.dataset_generation, text.as_str());
    let offered = memo(ui.ctx(), "offered ports", key, || ports_named(state, &text, MAX_OFFERED));
    if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
        if let Some(first) = offered.first() {
            commands.push(Command::Tool(ToolCommand::Add(first.clone())));
            response.request_focus();
        } else if text.trim().is_empty() {
            commands.push(Command::Tool(ToolCommand::Finish));
        }
    }
    for stop in offered.iter() {
        offer_ui(ui, stop, commands);
    }
    if offered.is_empty() && !text.trim().is_empty() {
        ui.label(RichText::new("No port of this name; click its place on the map").small().weak());
    }
}

fn offer_ui(ui: &mut Ui, stop: &Stop, commands: &mut Vec<Command>) {
    let (icon, name, detail) = match &stop.place {
        Some(Place::World(port)) => {
            let country = country_name(&port.country).unwrap_or(&port.country);
            (icons::MAP_PIN, &port.name, format!("{country}{}", port.locode.as_ref().map_or_else(String::new, |code| format!(" · {code}"))))
        }
        Some(Place::Port { name, .. }) => (icons::ANCHOR, name, "Among the open records".to_owned()),
        None => return,
    };
    let content = (theme::icon(icon, 12.0).color(colors_of(ui).text_weak), name.as_ref());
    let button = egui::Button::selectable(false, content).right_text(RichText::new(&detail).small().weak()).truncate();
    let response = ui.add(button.min_size(egui::vec2(ui.available_width(), 20.0)));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Add {name}")));
    if response.on_hover_text(format!("{name}\n{detail}")).clicked() {
        commands.push(Command::Tool(ToolCommand::Add(stop.clone())));
    }
}

fn legs_ui(ui: &mut Ui, draft: &Draft, commands: &mut Vec<Command>) {
    let choices = LegKind::ALL.map(|kind| (kind, kind.label(), kind.explanation()));
    let is_new = draft.route.is_none();
    ui.add_space(4.0);
    ui.label(RichText::new(if is_new { "Next leg" } else { "All legs" }).small().weak());
    if let Some(kind) = segmented_ui(ui, draft.next_kind, &choices) {
        commands.push(Command::Tool(if is_new { ToolCommand::SetNextLeg(kind) } else { ToolCommand::SetAllLegs(kind) }));
    }
    let others = draft.legs.iter().any(|leg| leg.kind() != draft.next_kind);
    if is_new && others {
        let text = format!("{} for all legs", draft.next_kind.label());
        if ui.link(RichText::new(text).small()).on_hover_text("Draw the finished legs so too").clicked() {
            commands.push(Command::Tool(ToolCommand::SetAllLegs(draft.next_kind)));
        }
    }
}

fn facts_ui(ui: &mut Ui, draft: &Draft, commands: &mut Vec<Command>) {
    ui.add_space(4.0);
    row_ui(ui, "Length", |ui| {
        let text = if draft.legs.is_empty() { format::MISSING.to_owned() } else { format::distance(draft.length_m()) };
        ui.label(theme::semibold(text, 13.0));
    });
    if let Some(live) = &draft.live {
        let text = live.obstacle().or_else(|| (!live.line().is_empty()).then(|| format::distance(live.length_m())));
        if let Some(text) = text {
            row_ui(ui, "Next leg", |ui| ui.add(Label::new(RichText::new(sentence(&text)).color(colors_of(ui).text_weak)).wrap()));
        }
    }
    row_ui(ui, "Duration", |ui| {
        let days = draft.days().filter(|_| !draft.legs.is_empty());
        ui.label(days.map_or_else(|| format::MISSING.to_owned(), format::days));
        ui.label(RichText::new("at").weak());
        let mut speed_kn = draft.speed_kn;
        let drag = ui.add(DragValue::new(&mut speed_kn).range(0.5..=60.0).speed(0.1).max_decimals(1).suffix(" kn"));
        drag.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, "Speed in knots"));
        if drag.on_hover_text("Speed in knots; drag or click to change it").changed() {
            commands.push(Command::Tool(ToolCommand::SetSpeed(speed_kn)));
        }
    });
    let names = passage_names(&draft.passages());
    if !names.is_empty() {
        row_ui(ui, "Passes", |ui| ui.add(Label::new(RichText::new(names.join(" → ")).small()).wrap()));
    }
}

fn passage_names(indices: &[usize]) -> Vec<String> {
    let Some(network) = SeaNetwork::ready() else { return Vec::new() };
    indices.iter().filter_map(|index| network.passages().get(*index)).map(|passage| passage.name.to_string()).collect()
}

/// Which canals and straits sea paths may use.
fn passages_menu_ui(ui: &mut Ui, draft: &Draft, commands: &mut Vec<Command>) {
    let Some(network) = SeaNetwork::ready() else { return };
    let changed = draft.wish.forbid.iter().count() + draft.wish.allow.iter().count();
    let title = if changed == 0 { "Passages…".to_owned() } else { format!("Passages… {changed} changed") };
    stay_open_menu_ui(ui, &title, |ui| {
        ui.set_min_width(220.0);
        egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
            for (index, passage) in network.passages().iter().enumerate() {
                let mut open = is_open(draft.wish, index, passage.open_by_default);
                let tip = if passage.open_by_default { "Open by default" } else { "Closed by default" };
                if ui.checkbox(&mut open, &*passage.name).on_hover_text(format!("{tip}\n{}", passage.source)).changed() {
                    let wish = with_passage(draft.wish, index, passage.open_by_default, open);
                    commands.push(Command::Tool(ToolCommand::SetPassages(wish)));
                }
            }
        });
    })
    .on_hover_text("Which canals, straits and approaches sea paths may use");
}

fn is_open(wish: PassageWish, index: usize, by_default: bool) -> bool {
    if by_default { !wish.forbid.contains(index) } else { wish.allow.contains(index) }
}

fn with_passage(wish: PassageWish, index: usize, by_default: bool, open: bool) -> PassageWish {
    let one = PassageSet::single(index);
    let set = |set: PassageSet, on: bool| if on { set.union(one) } else { set.without(one) };
    if by_default { PassageWish { forbid: set(wish.forbid, !open), ..wish } } else { PassageWish { allow: set(wish.allow, open), ..wish } }
}

fn buttons_ui(ui: &mut Ui, draft: &Draft, commands: &mut Vec<Command>) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let obstacle = draft.obstacle().filter(|_| draft.route.is_none());
        let (label, tip) =
            if draft.route.is_none() { ("Finish", "Add the route to the records (Enter)") } else { ("Done", "Changes are kept (Enter)") };
        if main_button_ui(ui, icons::CHECK, label, tip, obstacle.as_deref()).clicked() {
            commands.push(Command::Tool(ToolCommand::Finish));
        }
        if draft.route.is_none() {
            let enabled = !draft.stops.is_empty();
            let response = ui.add_enabled(enabled, egui::Button::new("Back")).on_disabled_hover_text("There is no point yet");
            if response.on_hover_text("Take the last point back (Backspace)").clicked() {
                commands.push(Command::Tool(ToolCommand::RemoveLast));
            }
        } else if draft.marked.is_some() {
            let obstacle = (draft.stops.len() <= 2).then_some("A route needs two points");
            let response = ui.add_enabled(obstacle.is_none(), egui::Button::new("Remove point"));
            let response = response.on_disabled_hover_text(obstacle.unwrap_or_default());
            if response.on_hover_text("Take the marked point out (Del)").clicked() {
                commands.push(Command::Tool(ToolCommand::RemoveMarked));
            }
        }
    });
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_mark_says_whether_a_passage_may_be_used() {
        let wish = PassageWish::default();
        assert!(is_open(wish, 0, true) && !is_open(wish, 1, false));
        let wish = with_passage(with_passage(wish, 0, true, false), 1, false, true);
        assert!(!is_open(wish, 0, true) && is_open(wish, 1, false));
        assert_eq!(with_passage(with_passage(wish, 0, true, true), 1, false, false), PassageWish::default());
    }
}
