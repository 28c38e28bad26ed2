//! Colors and strokes as attributes.

use super::write::{number, push_attribute, push_number_attribute};
use crate::scene::{Color, Stroke};

fn hex(color: Color) -> String {
    format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b)
}

fn push_color(out: &mut String, name: &str, opacity_name: &str, color: Color) {
    push_attribute(out, name, &hex(color));
    if color.a < 255 {
        push_number_attribute(out, opacity_name, f64::from(color.a) / 255.0);
    }
}

pub(super) fn push_fill(out: &mut String, fill: Option<Color>) {
    match fill {
        Some(color) => push_color(out, "fill", "fill-opacity", color),
        None => push_attribute(out, "fill", "none"),
    }
}

/// Writes nothing without a stroke; none is the default of SVG.
pub(super) fn push_stroke(out: &mut String, stroke: Option<&Stroke>) {
    let Some(stroke) = stroke else { return };
    push_color(out, "stroke", "stroke-opacity", stroke.color);
    push_number_attribute(out, "stroke-width", stroke.width.into());
    if let Some((on, off)) = dash(stroke) {
        push_attribute(out, "stroke-dasharray", &format!("{} {}", number(on), number(off)));
        push_attribute(out, "stroke-linecap", "butt");
    }
}

/// The stroke unless it would leave nothing.
pub(super) fn visible(stroke: Option<Stroke>) -> Option<Stroke> {
    stroke.filter(|stroke| stroke.width.is_finite() && stroke.width > 0.0 && stroke.color.a > 0)
}

/// On and off lengths in CSS pixels, unless they would melt into a line.
pub(super) fn dash(stroke: &Stroke) -> Option<(f64, f64)> {
    let dash = stroke.dash?;
    [dash.on, dash.off].iter().all(|length| length.is_finite() && *length >= 0.05).then(|| (dash.on.into(), dash.off.into()))
}
