//! Text in the bundled fonts: shaping, measuring, line breaking. The same bytes serve the screen and every export, so that text
//! takes the same room everywhere.

mod curve;
mod fonts;
mod lines;
mod shaping;

pub use curve::{Letter, MeasuredCurve, along, letters};
pub use fonts::{displayable, font_bytes, icon_font_bytes};
pub use lines::{break_lines, ellipsize};
pub use shaping::{PlacedGlyph, ShapedRun, TextSize, measure, run_width, shape, start_offset};
