//! Colors and strokes in the terms of the rasterizer.

use vello_cpu::kurbo::{Cap, Join, Stroke as PathStroke};
use vello_cpu::peniko::Color as PenikoColor;

use crate::scene::{Color, Stroke};

/// Dashes shorter than this in device pixels melt into a line.
const SHORTEST_DASH_PX: f64 = 0.1;

pub(super) fn color(color: Color) -> PenikoColor {
    PenikoColor::from_rgba8(color.r, color.g, color.b, color.a)
}

/// The stroke in device pixels; `None` when it would leave nothing. `start_px` is the length that the line ran before.
pub(super) fn stroke(stroke: &Stroke, scale: f64, start_px: f64) -> Option<PathStroke> {
    let width = f64::from(stroke.width) * scale;
    if !(width.is_finite() && width > 0.0 && stroke.color.a > 0) {
        return None;
    }
    let solid = PathStroke::new(width).with_join(Join::Round);
    let Some(dash) = stroke.dash else { return Some(solid.with_caps(Cap::Round)) };
    let pattern = [f64::from(dash.on) * scale, f64::from(dash.off) * scale];
    if pattern.iter().all(|length| length.is_finite() && *length >= SHORTEST_DASH_PX) {
        Some(solid.with_caps(Cap::Butt).with_dashes(start_px, pattern))
    } else {
        Some(solid.with_caps(Cap::Butt))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Dash;

    #[test]
    fn strokes_scale_and_degenerate_dashes_are_solid() {
        let line = |width, dash| Stroke { color: Color::hex(0), width, dash };
        let dashed = stroke(&line(2.0, Some(Dash { on: 4.0, off: 3.0 })), 2.0, 5.0).expect("visible");
        assert_eq!((dashed.width, dashed.dash_pattern.as_slice(), dashed.dash_offset), (4.0, &[8.0, 6.0][..], 5.0));
        for (on, off) in [(0.0, 0.0), (f32::NAN, 1.0), (4.0, -1.0), (f32::INFINITY, 1.0)] {
            let solid = stroke(&line(1.0, Some(Dash { on, off })), 1.0, 0.0).expect("visible");
            assert!(solid.dash_pattern.is_empty());
        }
        for width in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            assert!(stroke(&line(width, None), 1.0, 0.0).is_none());
        }
    }
}
