//! Text as glyph outlines of the bundled fonts.

use std::sync::{Arc, OnceLock};

use vello_cpu::kurbo::{Affine, Cap, Join, Rect, Stroke as PathStroke};
use vello_cpu::peniko::{Blob, Fill, FontData};
use vello_cpu::{Glyph, GlyphRunBuilder, RenderContext, Resources};

use super::{Operation, Recording, paint};
use crate::scene::{Color, CurvedText, FontFace, TextAnchor, TextRun};
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

/// A line of text ready to draw: glyphs in CSS pixels and where they go.
pub(super) struct GlyphLine {
    face: FontFace,
    size: f32,
    glyphs: Vec<Glyph>,
    /// From the run's CSS pixels to device pixels.
    placed: Affine,
    color: Color,
    halo: Option<(Color, f32)>,
    rows: (f64, f64),
}

/// Records a line of text.
pub(super) fn record(recording: &mut Recording, run: &TextRun, scale: f64) {
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
    let placed = Affine::scale(scale) * Affine::translate(position) * Affine::rotate(f64::from(run.angle_deg).to_radians());
    let halo = visible_halo(run.halo);
    let reach = f64::from(2.0 * run.size + halo.map_or(0.0, |(_, width)| width));
    let room = Rect::new(f64::from(start) - reach, -reach, f64::from(start + width) + reach, reach);
    let bounds = placed.transform_rect_bbox(room);
    let rows = (bounds.y0, bounds.y1);
    recording.push(Operation::Text(GlyphLine { face: run.face, size: run.size, glyphs, placed, color: run.color, halo, rows }));
}

/// Records a line of text along a curve: first the halos of all letters, so that none covers its neighbor.
pub(super) fn record_curved(recording: &mut Recording, text: &CurvedText, scale: f64) {
    let letter = |color: Color, halo: Option<(Color, f32)>| {
        text.letters.iter().map(move |letter| TextRun {
            text: letter.text.clone(),
            face: text.face,
            size: text.size,
            letter_spacing: 0.0,
            color,
            halo,
            position: letter.position,
            anchor: TextAnchor::Start,
            angle_deg: letter.angle_deg,
        })
    };
    let nothing = Color { a: 0, ..text.color };
    if visible_halo(text.halo).is_some() {
        letter(nothing, text.halo).for_each(|run| record(recording, &run, scale));
    }
    letter(text.color, None).for_each(|run| record(recording, &run, scale));
}

fn visible_halo(halo: Option<(Color, f32)>) -> Option<(Color, f32)> {
    halo.filter(|(color, width)| color.a > 0 && width.is_finite() && *width > 0.0)
}

impl GlyphLine {
    /// First and last row of the picture that it may touch.
    pub(super) fn rows(&self) -> (f64, f64) {
        self.rows
    }

    /// Draws the letters, their halo below them.
    pub(super) fn draw(&self, context: &mut RenderContext, resources: &mut Resources, placed: Affine) {
        context.set_transform(placed * self.placed);
        context.set_fill_rule(Fill::NonZero);
        if let Some((color, width)) = self.halo {
            context.set_stroke(PathStroke::new(2.0 * f64::from(width)).with_join(Join::Round).with_caps(Cap::Round));
            context.set_paint(paint::color(color));
            self.run(context, resources).stroke_glyphs(self.glyphs.iter().copied());
        }
        if self.color.a == 0 {
            return;
        }
        context.set_paint(paint::color(self.color));
        self.run(context, resources).fill_glyphs(self.glyphs.iter().copied());
    }

    fn run<'a>(&self, context: &'a mut RenderContext, resources: &'a mut Resources) -> GlyphRunBuilder<'a> {
        context.glyph_run(resources, font(self.face)).font_size(self.size).hint(false)
    }
}
