//! What lies over the bars: hatching where there is no data, marks of events without a quantity, and the period.

use egui::{Rect, Stroke, Ui, pos2};
use egui_plot::PlotTransform;

use crate::analysis::{Measure, Timeline};
use crate::ui::theme::colors_of;

/// Distance of the hatching lines in points.
const HATCH: f32 = 7.0;

fn columns(transform: &PlotTransform, first_day: i32, last_day: i32) -> Rect {
    let frame = transform.frame();
    let left = transform.position_from_point_x(f64::from(first_day));
    let right = transform.position_from_point_x(f64::from(last_day) + 1.0);
    Rect::from_min_max(pos2(left, frame.top()), pos2(right, frame.bottom())).intersect(*frame)
}

/// Hatches the periods without any row, so that they do not look like zero.
pub(super) fn no_data(ui: &Ui, transform: &PlotTransform, timeline: &Timeline) {
    let colors = colors_of(ui);
    let stroke = Stroke::new(1.0, colors.no_data);
    let mut bins = timeline.bins.iter().peekable();
    while let Some(bin) = bins.next() {
        if bin.sums.is_some() {
            continue;
        }
        // A run of empty periods is one area.
        let mut last_day = bin.last_day;
        while let Some(next) = bins.next_if(|next| next.sums.is_none()) {
            last_day = next.last_day;
        }
        let area = columns(transform, bin.first_day, last_day).shrink2(egui::vec2(1.0, 0.0));
        let painter = ui.painter().with_clip_rect(area.intersect(ui.clip_rect()));
        let mut x = area.left() - area.height();
        while x < area.right() {
            painter.line_segment([pos2(x, area.bottom()), pos2(x + area.height(), area.top())], stroke);
            x += HATCH;
        }
        if area.width() > 60.0 {
            let font = egui::FontId::proportional(11.0);
            painter.text(area.center(), egui::Align2::CENTER_CENTER, "no data", font, colors.text_pale);
        }
    }
}

/// A small ring above the bars of periods that have events without a stated quantity.
pub(super) fn without_mass(ui: &Ui, transform: &PlotTransform, timeline: &Timeline, measure: Measure) {
    if measure != Measure::Mass {
        return;
    }
    let painter = ui.painter().with_clip_rect(transform.frame().expand(4.0).intersect(ui.clip_rect()));
    for bin in &timeline.bins {
        let Some(sums) = bin.sums.filter(|sums| sums.total.events_without_mass > 0) else { continue };
        let top = transform.position_from_point_y(sums.total.mass_kg);
        let middle = columns(transform, bin.first_day, bin.last_day).center().x;
        painter.circle_stroke(pos2(middle, top - 6.0), 2.5, Stroke::new(1.2, colors_of(ui).text_weak));
    }
}

/// The chosen period: a tint with edges to take hold of.
pub(super) fn period(ui: &Ui, transform: &PlotTransform, period: Option<(i32, i32)>) {
    let Some((first_day, last_day)) = period else { return };
    let colors = colors_of(ui);
    let area = columns(transform, first_day, last_day);
    let painter = ui.painter().with_clip_rect(transform.frame().expand(3.0).intersect(ui.clip_rect()));
    painter.rect_filled(area, 0.0, colors.accent.gamma_multiply(0.14));
    for x in [area.left(), area.right()] {
        painter.vline(x, area.y_range(), Stroke::new(1.5, colors.accent));
        let grip = Rect::from_center_size(pos2(x, area.center().y), egui::vec2(5.0, 18.0));
        painter.rect_filled(grip, 2.0, colors.accent);
    }
}
