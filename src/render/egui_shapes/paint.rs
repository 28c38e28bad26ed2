//! Colors and strokes in the terms of egui.

use egui::{Color32};

use crate::scene::{Color, Stroke};

/// The color for egui.
pub fn color32(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

/// The stroke unless it would leave nothing.
pub(super) fn visible(stroke: Option<Stroke>) -> Option<(egui::Stroke, Stroke)> {
    let stroke = stroke.filter(|stroke| stroke.width.is_finite() && stroke.width > 0.0 && stroke.color.a > 0)?;
    Some((egui::Stroke::new(stroke.width, color32(stroke.color)), stroke))
}

/// On and off lengths in points, unless they would melt into a line.
pub(super) fn dash(stroke: &Stroke) -> Option<(f32, f32)> {
    let dash = stroke.dash?;
    [dash.on, dash.off].iter().all(|length| length.is_finite() && *length >= 0.1).then_some((dash.on, dash.off))
}
