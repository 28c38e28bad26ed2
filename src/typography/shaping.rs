//! From text to placed glyphs.

use harfrust::{Direction, ShapeOptions, UnicodeBuffer, script};

use super::fonts::loaded;
use crate::scene::{FontFace, TextAnchor, TextRun};

/// The room that a line of text takes, in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TextSize {
    /// Sum of the advances, kerning included.
    pub width: f32,
    /// From the baseline up to the top of the line.
    pub ascent: f32,
    /// From the baseline down to the bottom of the line; positive.
    pub descent: f32,
}

impl TextSize {
    /// Ascent and descent together.
    pub fn height(&self) -> f32 {
        self.ascent + self.descent
    }
}

/// A glyph and where its origin stands, in CSS pixels from the start of the run on the baseline, y down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedGlyph {
    /// Index of the glyph in the font.
    pub glyph_id: u32,
    /// Pixels right of the start.
    pub x: f32,
    /// Pixels below the baseline.
    pub y: f32,
}

/// A line of text as glyphs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShapedRun {
    /// The glyphs from left to right.
    pub glyphs: Vec<PlacedGlyph>,
    /// Sum of the advances in CSS pixels.
    pub width: f32,
}

/// Shapes one line of text at an em size in CSS pixels: kerning and ligatures on, no hinting, so the result scales exactly.
/// Characters that the face lacks become its replacement sign.
pub fn shape(text: &str, face: FontFace, size_px: f32) -> ShapedRun {
    if text.is_empty() {
        return ShapedRun::default();
    }
    let loaded = loaded(face);
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&loaded.displayable(text));
    buffer.guess_segment_properties();
    let script_or_latin = match buffer.script() {
        script::UNKNOWN | script::COMMON | script::INHERITED => script::LATIN,
        known => known,
    };
    buffer.set_script(script_or_latin);
    let latin = script_or_latin == script::LATIN && buffer.direction() == Direction::LeftToRight && buffer.language().is_none();
    let shaper = loaded.shaper.shaper(&loaded.font).build();
    let shaped = shaper.shape(buffer, ShapeOptions::new().plan(latin.then_some(&loaded.latin_plan)));
    let px_per_unit = size_px / shaper.units_per_em() as f32;
    let mut pen = 0_i32;
    let glyphs = shaped
        .glyph_infos()
        .iter()
        .zip(shaped.glyph_positions())
        .map(|(info, position)| {
            // A text of megabytes is wider than the units can count; it stays at the widest.
            let x = pen.saturating_add(position.x_offset) as f32 * px_per_unit;
            pen = pen.saturating_add(position.x_advance);
            PlacedGlyph { glyph_id: info.glyph_id, x, y: -position.y_offset as f32 * px_per_unit }
        })
        .collect();
    ShapedRun { glyphs, width: pen as f32 * px_per_unit }
}

/// The room that one line of text takes at an em size in CSS pixels. The height depends on the face alone.
pub fn measure(text: &str, face: FontFace, size_px: f32) -> TextSize {
    let loaded = loaded(face);
    TextSize { width: shape(text, face, size_px).width, ascent: loaded.ascent_em * size_px, descent: loaded.descent_em * size_px }
}

/// Width of a run in CSS pixels with its letter spacing, which stands between letters only.
pub fn run_width(run: &TextRun) -> f32 {
    let shaped = shape(&run.text, run.face, run.size);
    shaped.width + run.letter_spacing * shaped.glyphs.len().saturating_sub(1) as f32
}

/// How far left of its position a text of this width starts, in CSS pixels: zero or negative.
pub fn start_offset(anchor: TextAnchor, width: f32) -> f32 {
    match anchor {
        TextAnchor::Start => 0.0,
        TextAnchor::Middle => -width / 2.0,
        TextAnchor::End => -width,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_takes_no_width() {
        assert_eq!(measure("", FontFace::Regular, 14.0).width, 0.0);
        assert!(measure("", FontFace::Regular, 14.0).height() > 14.0);
    }

    #[test]
    fn width_grows_with_size_and_is_kerned() {
        let small = measure("Guayaquil", FontFace::Regular, 10.0).width;
        let large = measure("Guayaquil", FontFace::Regular, 20.0).width;
        assert!((large - 2.0 * small).abs() < 0.001);
        let apart = measure("A", FontFace::Regular, 100.0).width + measure("V", FontFace::Regular, 100.0).width;
        assert!(measure("AV", FontFace::Regular, 100.0).width < apart);
    }

    #[test]
    fn digits_of_the_mono_face_are_equally_wide() {
        let widths = ["1111", "8888", "0.0N"].map(|text| measure(text, FontFace::Mono, 12.0).width);
        assert!(widths.iter().all(|w| (w - widths[0]).abs() < 0.001), "{widths:?}");
    }

    #[test]
    fn glyphs_run_from_left_to_right() {
        let run = shape("Rotterdam 42", FontFace::SemiBold, 13.0);
        assert_eq!(run.glyphs.len(), 12);
        assert!(run.glyphs.windows(2).all(|pair| pair[0].x < pair[1].x));
        assert!(run.glyphs.iter().all(|g| g.x < run.width));
    }

    #[test]
    fn composed_and_decomposed_letters_are_equally_wide() {
        let composed = measure("Kava\u{10d}", FontFace::Regular, 16.0).width;
        let decomposed = measure("Kavac\u{30c}", FontFace::Regular, 16.0).width;
        assert!((composed - decomposed).abs() < 0.01);
    }

    #[test]
    fn odd_text_does_not_panic() {
        for text in [
            "\u{4e2d}\u{6587}",
            "\u{0}\u{7f}\n",
            "\u{202e}abc",
            "\u{5d0}\u{5d1}",
            "\u{627}\u{644}",
            "\u{1f4a9}\u{fe0f}",
            "\u{300}\u{301}",
            "क्ष",
        ] {
            assert!(shape(text, FontFace::Regular, 12.0).width.is_finite());
        }
    }
}
