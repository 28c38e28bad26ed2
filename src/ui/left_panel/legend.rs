//! The legend of the map: the same rows as on a figure, painted with the same samples. A click on a row restricts the map to its class.

use egui::{Color32, Painter, Pos2, Rect, RichText, Sense, Shape, Stroke, Ui, vec2};

use crate::cartography::{LegendFilter, LegendRow, LegendSample, MapColors};
use crate::scene::{self, Paint, SymbolShape};
use crate::state::{AppState, Command};
use crate::ui::theme;

/// Width of the samples in points.
const SAMPLE_WIDTH: f32 = 32.0;
/// Larger symbols are not drawn larger than this, in points.
const MAX_SYMBOL: f32 = 30.0;

/// The rows for what is in view.
pub(super) fn legend_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    // Made with the picture by the thread that draws it.
    let Some(legend) = &state.legend else { return };
    // Rows as close as on a figure, so that the whole legend is in sight.
    ui.spacing_mut().item_spacing.y = 1.0;
    ui.spacing_mut().interact_size.y = 16.0;
    if legend.sections.is_empty() {
        let nothing_open = state.dataset.record_count() == 0;
        ui.weak(if nothing_open { "Nothing is open" } else { "Nothing of the data is in view" });
        return;
    }
    if let Some(row) = pale_row(state) {
        plain_row_ui(ui, &row);
        ui.add_space(8.0);
    }
    if let Some(row) = over_land_row(state) {
        plain_row_ui(ui, &row);
        ui.add_space(8.0);
    }
    // What pale means stands above, in words that know why.
    for section in legend.sections.iter().filter(|section| !section.is_about_filter) {
        ui.label(RichText::new(&section.title).small().weak());
        for row in &section.rows {
            match &row.filter {
                Some(filter) => class_row_ui(ui, state, row, filter, commands),
                None => plain_row_ui(ui, row),
            }
        }
        ui.add_space(4.0);
    }
}

/// Why some marks are pale, while some are.
fn pale_row(state: &AppState) -> Option<LegendRow> {
    let label = match (!state.document.filter.is_empty(), !state.selection.is_empty()) {
        (false, false) => return None,
        (true, false) => "Pale: does not match the filter",
        (false, true) => "Pale: not linked to the selection",
        (true, true) => "Pale: outside the filter or not linked to the selection",
    };
    let ink = MapColors::of(state.canvas_style().theme).ink;
    Some(LegendRow::new(LegendSample::Line(scene::Stroke::solid(ink.faded(0.25), 2.0)), label))
}

/// What the flags of corridors over land mean, while there are any.
fn over_land_row(state: &AppState) -> Option<LegendRow> {
    if state.crossing_count() == 0 || !state.document.style.layers.corridors {
        return None;
    }
    let colors = MapColors::of(state.canvas_style().theme);
    let paint = Paint { fill: Some(colors.fault), stroke: Some(scene::Stroke::solid(colors.casing, 1.4)) };
    let sample = LegendSample::Symbol { shape: SymbolShape::Triangle, size_px: 9.0, paint };
    Some(LegendRow::new(sample, "Over land: see Findings"))
}

/// A row that says something and cannot be clicked.
fn plain_row_ui(ui: &mut Ui, row: &LegendRow) {
    row_ui(ui, row, false);
}

/// Draws a row and returns where it stands.
fn row_ui(ui: &mut Ui, row: &LegendRow, strong: bool) -> Rect {
    let size = match row.sample {
        LegendSample::Symbol { size_px, .. } => size_px.min(MAX_SYMBOL),
        LegendSample::Line(_) | LegendSample::LineAndSymbol(..) | LegendSample::Swatch(_) => 10.0,
    };
    let row = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let (rect, _) = ui.allocate_exact_size(vec2(SAMPLE_WIDTH, size.max(14.0) + 2.0), Sense::empty());
        paint_sample(ui.painter(), rect, &row.sample);
        let words = RichText::new(&row.label).small();
        let words = match (row.pale, strong) {
            (true, _) => words.weak(),
            (false, true) => words.strong(),
            (false, false) => words,
        };
        ui.add(egui::Label::new(words).wrap().selectable(false));
    });
    row.response.rect
}

/// A row whose click restricts the map to its class, adds it with Ctrl, and releases it again.
fn class_row_ui(ui: &mut Ui, state: &AppState, row: &LegendRow, filter: &LegendFilter, commands: &mut Vec<Command>) {
    let present = &state.document.filter;
    let (on, off) = (filter.is_restricting(present), filter.is_off(present));
    let behind = ui.painter().add(Shape::Noop);
    let shown = LegendRow { pale: row.pale || off, ..row.clone() };
    let place = row_ui(ui, &shown, on);
    let place = Rect::from_x_y_ranges(ui.max_rect().x_range(), place.y_range()).expand2(vec2(2.0, 0.5));
    let response = ui.interact(place, ui.scope_id().with(("legend row", &row.label)), Sense::click());
    let words = format!("Only {}", row.label);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, on, &words));
    let colors = theme::colors_of(ui);
    if response.hovered() || response.has_focus() {
        ui.painter().set(behind, Shape::rect_filled(place, 3.0, colors.hover));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(place, 3.0, Stroke::new(1.0, colors.accent), egui::StrokeKind::Inside);
    }
    if on {
        // A bar in the accent color: this class was asked for.
        let bar = Rect::from_min_size(place.left_top(), vec2(2.0, place.height()));
        ui.painter().rect_filled(bar, 1.0, colors.accent);
    }
    if response.clicked() {
        let add = ui.input(|input| input.modifiers.command);
        commands.push(Command::SetFilter(filter.applied(present, add), "Filter by legend"));
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_ui(|ui| {
        ui.label(tooltip(state, filter, on, off));
    });
}

fn tooltip(state: &AppState, filter: &LegendFilter, on: bool, off: bool) -> String {
    let what = filter.words(&state.dataset);
    match (on, off) {
        (true, _) => format!("Shown: {what}\nClick: all classes again · Ctrl+click: without this one"),
        (_, true) => format!("Click: only {what}\nCtrl+click: this one as well"),
        _ => format!("Click: only {what}"),
    }
}

fn paint_sample(painter: &Painter, rect: Rect, sample: &LegendSample) {
    let middle = rect.center();
    match sample {
        LegendSample::Line(stroke) => {
            let line = Stroke::new(stroke.width, theme::color32(stroke.color));
            let ends = [rect.left_center(), rect.right_center() - vec2(4.0, 0.0)];
            match stroke.dash {
                Some(dash) => painter.extend(Shape::dashed_line(&ends, line, dash.on, dash.off)),
                None => {
                    painter.line_segment(ends, line);
                }
            }
            let tip = rect.right_center();
            let head = vec![tip, tip + vec2(-7.0, -3.5), tip + vec2(-7.0, 3.5)];
            painter.add(Shape::convex_polygon(head, line.color, Stroke::NONE));
        }
        LegendSample::Symbol { shape, size_px, paint } => symbol(painter, middle, *shape, size_px.min(MAX_SYMBOL) / 2.0, *paint),
        LegendSample::LineAndSymbol(stroke, shape, paint) => {
            paint_sample(painter, rect, &LegendSample::Line(*stroke));
            symbol(painter, middle, *shape, 4.0, *paint);
        }
        LegendSample::Swatch(paint) => {
            let (fill, stroke) = fill_and_stroke(*paint);
            painter.rect(rect.shrink2(vec2(4.0, 2.0)), 1.0, fill, stroke, egui::StrokeKind::Inside);
        }
    }
}

fn fill_and_stroke(paint: Paint) -> (Color32, Stroke) {
    let fill = paint.fill.map_or(Color32::TRANSPARENT, theme::color32);
    (fill, paint.stroke.map_or(Stroke::NONE, |stroke| Stroke::new(stroke.width, theme::color32(stroke.color))))
}

fn symbol(painter: &Painter, at: Pos2, shape: SymbolShape, radius: f32, paint: Paint) {
    let (fill, stroke) = fill_and_stroke(paint);
    let dash = paint.stroke.and_then(|stroke| stroke.dash);
    let corners: Vec<Pos2> = outline(shape).into_iter().map(|(x, y)| at + vec2(x, y) * radius).collect();
    let Some(dash) = dash else {
        painter.add(Shape::convex_polygon(corners, fill, stroke));
        return;
    };
    let mut closed = corners.clone();
    closed.extend(corners.first().copied());
    painter.add(Shape::convex_polygon(corners, fill, Stroke::NONE));
    painter.extend(Shape::dashed_line(&closed, stroke, dash.on, dash.off));
}

/// Corners on a circle of radius 1, or on the square around it.
fn outline(shape: SymbolShape) -> Vec<(f32, f32)> {
    match shape {
        SymbolShape::Circle => (0..40).map(|step| (step as f32 / 40.0 * std::f32::consts::TAU).sin_cos()).collect(),
        // `primitive` has the corners of a symbol of size 1.
        SymbolShape::LeftHalf | SymbolShape::RightHalf => shape.unit_corners().iter().map(|p| (p.x * 2.0, p.y * 2.0)).collect(),
        SymbolShape::Square => vec![(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)],
        SymbolShape::Diamond => vec![(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)],
        SymbolShape::Triangle => vec![(0.0, -1.0), (1.0, 1.0), (-1.0, 1.0)],
        SymbolShape::TriangleDown => vec![(-1.0, -1.0), (1.0, -1.0), (0.0, 1.0)],
    }
}
