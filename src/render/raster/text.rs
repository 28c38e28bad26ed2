//! Text as glyph outlines of the bundled fonts.

use std::sync::{Arc, OnceLock};

use vello_cpu::Glyph;
use vello_cpu::kurbo::{Affine, Cap, Join, Stroke as PathStroke};
use vello_cpu::peniko::{Blob, Fill, FontData};

use super::{Canvas, paint};
use crate::scene::{Color, FontFace, TextRun};
use crate::typography::{font_bytes, shape, start_offset};

/// Larger text than any page holds, in CSS pixels.
const LARGEST_TEXT_PX: f32 = 2_000.0;

fn font(face: FontFace) -> &'static FontData {
    static FONTS: OnceLock<[FontData; 4]> = OnceLock::new();
    let load = |face| FontData::new(Blob::new(Arc::new(font_bytes(face))), 0);
    let fonts = FONTS.get_or_init(|| [FontFace::Regular, FontFace::SemiBold, FontFace::Italic, FontFace::Mono].map(load));
    match face {
        FontFace::Regular => &fonts[0],
        FontFace::SemiBold => &fonts[1],
        FontFace::Italic => &fonts[2],
        FontFace::Mono => &fonts[3],
    }
}

/// Draws a line of text, its halo below it.
pub(super) fn draw(canvas: &mut Canvas, run: &TextRun) {
    let numbers = [run.size, run.letter_spacing, run.position.x, run.position.y, run.angle_deg];
    if numbers.iter().any(|n| !n.is_finite()) || !(0.0..=LARGEST_TEXT_PX).contains(&run.size) || run.size == 0.0 {
        return;
    }
    let shaped = shape(&run.text, run.face, run.size);
    let width = shaped.width + run.letter_spacing * shaped.glyphs.len().saturating_sub(1) as f32;
    let start = start_offset(run.anchor, width);
    let glyphs: Vec<Glyph> = shaped
        .glyphs
        .iter()
        .enumerate()
        .map(|(index, glyph)| Glyph { id: glyph.glyph_id, x: start + glyph.x + run.letter_spacing * index as f32, y: glyph.y })
        .collect();
    if glyphs.is_empty() {
        return;
    }
    let position = (f64::from(run.position.x), f64::from(run.position.y));
    let turned = Affine::translate(position) * Affine::rotate(f64::from(run.angle_deg).to_radians());
    canvas.context.set_transform(Affine::scale(canvas.scale) * turned);
    canvas.context.set_fill_rule(Fill::NonZero);
    if let Some((color, width)) = run.halo.filter(|(color, width)| color.a > 0 && width.is_finite() && *width > 0.0) {
        canvas.context.set_stroke(PathStroke::new(2.0 * f64::from(width)).with_join(Join::Round).with_caps(Cap::Round));
        draw_glyphs(canvas, run, color, &glyphs, true);
    }
    draw_glyphs(canvas, run, run.color, &glyphs, false);
    canvas.context.set_transform(Affine::IDENTITY);
}

fn draw_glyphs(canvas: &mut Canvas, run: &TextRun, color: Color, glyphs: &[Glyph], outlined: bool) {
    canvas.context.set_paint(paint::color(color));
    let builder = canvas.context.glyph_run(&mut canvas.resources, font(run.face)).font_size(run.size).hint(false);
    if outlined {
        builder.stroke_glyphs(glyphs.iter().copied());
    } else {
        builder.fill_glyphs(glyphs.iter().copied());
    }
}
