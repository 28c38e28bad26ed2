//! The network of cells: shapes say what a group is, lines how two groups relate. Drag pans, the wheel zooms, a click selects.

use std::collections::BTreeSet;

use egui::{Align2, FontId, Pos2, Rect, Sense, Stroke, TextStyle, Ui, Vec2, pos2, vec2};

use super::network_marks::{legend_ui, node_color, node_marks, tie_marks};
use super::ties::period_text;
use crate::analysis::{NetworkEdge, NetworkLayout, NetworkNode, network_layout};
use crate::cartography::{MapColors, MapTheme};
use crate::model::{FeatureRef, fold_for_search};
use crate::state::{AppState, Command, SelectMode, Tab};
use crate::ui::widgets::memo;

/// Width of the legend beside the network, in points.
const LEGEND_WIDTH: f32 = 190.0;
/// Room for labels around the network, in points.
const MARGIN: Vec2 = vec2(56.0, 18.0);
const MIN_ZOOM: f32 = 0.5;
const MAX_ZOOM: f32 = 12.0;
/// A line is under the pointer within this distance, in points.
const EDGE_REACH: f32 = 4.0;

/// What part of the network is looked at. Belongs to the window, not to the document.
#[derive(Clone, Copy, Debug, PartialEq)]
struct NetworkView {
    zoom: f32,
    /// Moved by this many points at the present zoom.
    offset: Vec2,
}

impl Default for NetworkView {
    fn default() -> Self {
        Self { zoom: 1.0, offset: Vec2::ZERO }
    }
}

/// Everything that the painting needs in one frame.
struct Picture<'a> {
    state: &'a AppState,
    layout: &'a NetworkLayout,
    colors: &'static MapColors,
    points: Vec<Pos2>,
    rect: Rect,
    /// Groups and ties next to the selection: the other ends of the ties of a selected group, the ends of a selected tie.
    beside: BTreeSet<FeatureRef>,
}

/// The network with its legend.
pub(super) fn network_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let layout = memo(ui, "cell network", state.dataset_generation, || network_layout(&state.dataset));
    let colors = MapColors::of(if state.dark { MapTheme::Dark } else { MapTheme::Light });
    egui::Panel::right("network legend").resizable(false).exact_size(LEGEND_WIDTH).show(ui, |ui| legend_ui(ui, colors));
    egui::CentralPanel::default().frame(egui::Frame::NONE).show(ui, |ui| canvas_ui(ui, state, &layout, colors, commands));
}

fn canvas_ui(ui: &mut Ui, state: &AppState, layout: &NetworkLayout, colors: &'static MapColors, commands: &mut Vec<Command>) {
    let (rect, background) = ui.allocate_exact_size(ui.available_size().max(vec2(80.0, 60.0)), Sense::click_and_drag());
    let id = ui.make_persistent_id(("network view", state.dataset_generation));
    let before = ui.data(|data| data.get_temp::<NetworkView>(id)).unwrap_or_default();
    let view = moved_view(ui, before, rect, &background);
    ui.data_mut(|data| data.insert_temp(id, view));

    let points = layout.nodes.iter().map(|node| screen_position(node, layout, view, rect)).collect();
    let picture = Picture { state, layout, colors, points, rect, beside: beside_selection(state, layout) };
    let hovered_node = nodes_input(ui, &picture, commands);
    if hovered_node.is_none() {
        edges_input(ui, &picture, &background, commands);
    }
    let painter = ui.painter_at(rect);
    picture.edges(&painter);
    picture.nodes(&painter);
    picture.labels(ui, &painter);
}

fn beside_selection(state: &AppState, layout: &NetworkLayout) -> BTreeSet<FeatureRef> {
    let selected = |feature: FeatureRef| state.selection.contains(&feature);
    let mut beside = BTreeSet::new();
    for edge in &layout.edges {
        let (a, b) = (layout.nodes[edge.a].group, layout.nodes[edge.b].group);
        if selected(edge.tie) || selected(a) || selected(b) {
            beside.extend([edge.tie, a, b]);
        }
    }
    beside
}

fn moved_view(ui: &Ui, mut view: NetworkView, rect: Rect, background: &egui::Response) -> NetworkView {
    if background.dragged() {
        view.offset += background.drag_delta();
    }
    if background.double_clicked() {
        return NetworkView::default();
    }
    let Some(pointer) = ui.input(|input| input.pointer.hover_pos()).filter(|at| rect.contains(*at) && ui.rect_contains_pointer(rect))
    else {
        return view;
    };
    let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
    let factor = (scroll * 0.004).exp() * pinch;
    if (factor - 1.0).abs() > 1e-4 {
        let zoom = (view.zoom * factor).clamp(MIN_ZOOM, MAX_ZOOM);
        let from_middle = pointer - rect.center() - view.offset;
        view.offset += from_middle * (1.0 - zoom / view.zoom);
        view.zoom = zoom;
        ui.input_mut(|input| input.smooth_scroll_delta = Vec2::ZERO);
    }
    view
}

fn screen_position(node: &NetworkNode, layout: &NetworkLayout, view: NetworkView, rect: Rect) -> Pos2 {
    let room = (rect.size() - 2.0 * MARGIN).max(vec2(40.0, 30.0));
    let share = vec2((node.x / layout.width.max(1e-9)) as f32 - 0.5, (node.y / layout.height.max(1e-9)) as f32 - 0.5);
    rect.center() + view.offset + share * room * view.zoom
}

fn radius(node: &NetworkNode) -> f32 {
    4.0 + (node.ties as f32).sqrt().min(6.0)
}

/// Every group is a widget of its own: it can be hovered, clicked and read out.
fn nodes_input(ui: &Ui, picture: &Picture<'_>, commands: &mut Vec<Command>) -> Option<FeatureRef> {
    let mut hovered = None;
    for (node, at) in picture.layout.nodes.iter().zip(&picture.points) {
        if !picture.rect.expand(-2.0).contains(*at) {
            continue;
        }
        let title = picture.state.dataset.title(node.group);
        let reach = Rect::from_center_size(*at, Vec2::splat(2.0 * radius(node) + 4.0));
        let response = ui.interact(reach, ui.scope_id().with(("node", node.group)), Sense::CLICK);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &title));
        if response.clicked() {
            select(ui, node.group, commands);
        }
        if response.hovered() {
            hovered = Some(node.group);
            commands.push(Command::Hover(Some(node.group)));
        }
        let ties = if node.ties == 1 { "1 tie".to_owned() } else { format!("{} ties", node.ties) };
        response.on_hover_text(format!("{title}\n{ties}"));
    }
    hovered
}

fn edges_input(ui: &Ui, picture: &Picture<'_>, background: &egui::Response, commands: &mut Vec<Command>) {
    let Some(pointer) = background.hover_pos() else { return };
    let near = picture
        .layout
        .edges
        .iter()
        .map(|edge| (distance_to_segment(pointer, picture.points[edge.a], picture.points[edge.b]), edge))
        .filter(|(distance, _)| *distance <= EDGE_REACH)
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let Some((_, edge)) = near else { return };
    commands.push(Command::Hover(Some(edge.tie)));
    if background.clicked() {
        select(ui, edge.tie, commands);
    }
    if let Some(tie) = picture.state.dataset.ties.get(edge.tie.at()) {
        let kind = tie.tie_kind.map_or("Kind not stated", |kind| kind.label());
        let text = format!("{}\n{kind}, {}", picture.state.dataset.title(edge.tie), period_text(tie));
        background.clone().on_hover_text_at_pointer(text);
    }
}

fn select(ui: &Ui, feature: FeatureRef, commands: &mut Vec<Command>) {
    let toggles = ui.input(|input| input.modifiers.command);
    commands.push(Command::Select(vec![feature], if toggles { SelectMode::Toggle } else { SelectMode::Replace }));
}

fn distance_to_segment(point: Pos2, from: Pos2, to: Pos2) -> f32 {
    let along = to - from;
    let length_squared = along.length_sq();
    let share = if length_squared > 0.0 { ((point - from).dot(along) / length_squared).clamp(0.0, 1.0) } else { 0.0 };
    point.distance(from + along * share)
}

impl Picture<'_> {
    fn strength(&self, feature: FeatureRef) -> f32 {
        let beside = self.beside.contains(&feature) && self.state.matches.passes(feature);
        if beside || self.state.hovered == Some(feature) || self.state.is_emphasized(feature) { 1.0 } else { 0.25 }
    }

    fn is_marked(&self, feature: FeatureRef) -> bool {
        self.state.selection.contains(&feature) || self.state.hovered == Some(feature)
    }

    fn ends(&self, edge: &NetworkEdge) -> (Pos2, Pos2) {
        let (a, b) = (self.points[edge.a], self.points[edge.b]);
        let along = (b - a).normalized();
        let room = |index: usize| radius(&self.layout.nodes[index]) + 2.0;
        (a + along * room(edge.a), b - along * room(edge.b))
    }

    fn edges(&self, painter: &egui::Painter) {
        for edge in &self.layout.edges {
            let kind = self.state.dataset.ties.get(edge.tie.at()).and_then(|tie| tie.tie_kind);
            let ends = self.ends(edge);
            tie_marks(painter, ends, kind, self.colors, self.strength(edge.tie), self.is_marked(edge.tie));
        }
    }

    fn nodes(&self, painter: &egui::Painter) {
        for (node, at) in self.layout.nodes.iter().zip(&self.points) {
            let Some(group) = self.state.dataset.groups.get(node.group.at()) else { continue };
            let color = node_color(group.group_kind, self.colors).gamma_multiply(self.strength(node.group));
            node_marks(painter, *at, radius(node), group.group_kind, group.contested, color);
            if self.is_marked(node.group) {
                let accent = painter.ctx().global_style().visuals.selection.stroke.color;
                painter.circle_stroke(*at, radius(node) + 3.5, Stroke::new(2.0, accent));
            }
        }
    }

    /// Names of marked groups first, then of those with the most ties; a name that finds no room is left to the hover text.
    fn labels(&self, ui: &Ui, painter: &egui::Painter) {
        let font = TextStyle::Small.resolve(ui.style());
        let wanted = fold_for_search(self.state.panels.tables[Tab::Cells.index()].search.trim());
        let mut order: Vec<(bool, usize, usize, String)> = Vec::with_capacity(self.layout.nodes.len());
        for (index, node) in self.layout.nodes.iter().enumerate() {
            let title = self.state.dataset.title(node.group);
            let found = !wanted.is_empty() && fold_for_search(&title).contains(&wanted);
            order.push((found || self.is_marked(node.group), node.ties, index, title));
        }
        order.sort_by_key(|(marked, ties, index, _)| (!marked, std::cmp::Reverse(*ties), *index));
        let mut taken: Vec<Rect> = self
            .layout
            .nodes
            .iter()
            .zip(&self.points)
            .map(|(node, at)| Rect::from_center_size(*at, Vec2::splat(2.0 * radius(node))))
            .collect();
        for (marked, _, index, title) in order {
            if !self.rect.contains(self.points[index]) {
                continue;
            }
            let color = if marked { ui.visuals().strong_text_color() } else { ui.visuals().text_color() };
            let color = color.gamma_multiply(self.strength(self.layout.nodes[index].group).max(if marked { 1.0 } else { 0.4 }));
            self.label(painter, index, &shortened(&title), font.clone(), color, marked, &mut taken);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one label and all that decides its place")]
    fn label(
        &self,
        painter: &egui::Painter,
        index: usize,
        text: &str,
        font: FontId,
        color: egui::Color32,
        marked: bool,
        taken: &mut Vec<Rect>,
    ) {
        let galley = painter.layout_no_wrap(text.to_owned(), font, color);
        let gap = radius(&self.layout.nodes[index]) + 3.0;
        let at = self.points[index];
        let places = [
            (at + vec2(gap, 0.0), Align2::LEFT_CENTER),
            (at - vec2(gap, 0.0), Align2::RIGHT_CENTER),
            (at + vec2(0.0, gap), Align2::CENTER_TOP),
            (at - vec2(0.0, gap), Align2::CENTER_BOTTOM),
        ];
        let frames = places.map(|(place, align)| align.anchor_size(place, galley.size()));
        let free = |frame: &Rect| self.rect.contains_rect(*frame) && !taken.iter().any(|other| other.intersects(*frame));
        let Some(frame) = frames.iter().find(|frame| free(frame)).or(frames.first().filter(|_| marked)) else { return };
        taken.push(*frame);
        // Keeps the name readable where a line runs behind it.
        painter.rect_filled(frame.expand2(vec2(1.0, -1.0)), 2.0, painter.ctx().global_style().visuals.panel_fill.gamma_multiply(0.8));
        painter.galley(pos2(frame.left(), frame.top()), galley, color);
    }
}

/// Names in brackets are for the hover text; the rest is cut at 28 letters.
fn shortened(title: &str) -> String {
    let plain = title.split_once(" (").map_or(title, |(head, _)| head);
    if plain.chars().count() <= 28 {
        return plain.to_owned();
    }
    let head: String = plain.chars().take(27).collect();
    format!("{}…", head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_near_its_middle_but_not_beyond_its_ends() {
        let (from, to) = (pos2(0.0, 0.0), pos2(100.0, 0.0));
        assert_eq!(distance_to_segment(pos2(50.0, 3.0), from, to), 3.0);
        assert_eq!(distance_to_segment(pos2(104.0, 3.0), from, to), 5.0);
        assert_eq!(distance_to_segment(pos2(3.0, 4.0), from, from), 5.0);
    }

    #[test]
    fn labels_leave_out_what_stands_in_brackets() {
        assert_eq!(shortened("Primeiro Comando da Capital (PCC)"), "Primeiro Comando da Capital");
        assert_eq!(shortened(&"Š".repeat(40)).chars().count(), 28);
    }
}
