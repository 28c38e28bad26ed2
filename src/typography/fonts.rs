//! The bundled fonts, parsed once.

use std::borrow::Cow;
use std::sync::OnceLock;

use harfrust::{Direction, FontRef, ShapePlan, ShaperData, script};
use skrifa::MetadataProvider;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};

use crate::scene::FontFace;

/// The font file of a face.
pub const fn font_bytes(face: FontFace) -> &'static [u8] {
    match face {
        FontFace::Regular => include_bytes!("../../assets/fonts/Inter-Regular.otf"),
        FontFace::SemiBold => include_bytes!("../../assets/fonts/Inter-SemiBold.otf"),
        FontFace::Italic => include_bytes!("../../assets/fonts/Inter-Italic.otf"),
        FontFace::Mono => include_bytes!("../../assets/fonts/JetBrainsMono-Regular.ttf"),
    }
}

/// The font file with the icons of the window.
pub const fn icon_font_bytes() -> &'static [u8] {
    include_bytes!("../../assets/fonts/lucide-subset.ttf")
}

/// A parsed face with everything that shaping asks for again and again.
pub(super) struct LoadedFace {
    pub(super) font: FontRef<'static>,
    pub(super) shaper: ShaperData,
    /// The plan for left-to-right Latin text, which nearly all text is.
    pub(super) latin_plan: ShapePlan,
    /// Ascent above the baseline for an em of 1.
    pub(super) ascent_em: f32,
    /// Descent below the baseline for an em of 1; positive.
    pub(super) descent_em: f32,
    charmap: Charmap<'static>,
    replacement: char,
}

/// The parsed face; the first call parses it.
pub(super) fn loaded(face: FontFace) -> &'static LoadedFace {
    static FACES: [OnceLock<LoadedFace>; 4] = [const { OnceLock::new() }; 4];
    let index = match face {
        FontFace::Regular => 0,
        FontFace::SemiBold => 1,
        FontFace::Italic => 2,
        FontFace::Mono => 3,
    };
    FACES[index].get_or_init(|| LoadedFace::parse(font_bytes(face)))
}

impl LoadedFace {
    fn parse(bytes: &'static [u8]) -> Self {
        let font = FontRef::new(bytes).expect("the bundled fonts are valid; a test parses each of them");
        let shaper = ShaperData::new(&font);
        let latin_plan = ShapePlan::new(&shaper.shaper(&font).build(), Direction::LeftToRight, Some(script::LATIN), None, &[]);
        let metrics = font.metrics(Size::new(1.0), LocationRef::default());
        let charmap = font.charmap();
        let replacement = ['\u{fffd}', '\u{25a1}', '?'].into_iter().find(|c| charmap.map(*c).is_some()).unwrap_or('?');
        Self { shaper, latin_plan, ascent_em: metrics.ascent, descent_em: -metrics.descent, charmap, replacement, font }
    }

    /// The text with a replacement sign for each character that the font lacks, and spaces for control characters.
    pub(super) fn displayable<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let shown = |c: char| {
            if c.is_control() {
                ' '
            } else if self.charmap.map(c).is_some() || resolved_by_shaping(c) {
                c
            } else {
                self.replacement
            }
        };
        if text.chars().all(|c| shown(c) == c) { Cow::Borrowed(text) } else { Cow::Owned(text.chars().map(shown).collect()) }
    }
}

/// The text with a replacement sign for each character that the face lacks, and spaces for control characters.
pub fn displayable(text: &str, face: FontFace) -> Cow<'_, str> {
    loaded(face).displayable(text)
}

/// Spaces of all widths, combining marks and invisible characters: shaping composes or hides them without a glyph of their own.
fn resolved_by_shaping(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{2000}'..='\u{200f}' | '\u{2028}'..='\u{202f}'
        | '\u{205f}'..='\u{2064}' | '\u{3000}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACES: [FontFace; 4] = [FontFace::Regular, FontFace::SemiBold, FontFace::Italic, FontFace::Mono];

    #[test]
    fn every_face_parses_and_has_the_letters_of_the_region() {
        for face in FACES {
            let loaded = loaded(face);
            for text in
                ["Škoda Đurđević Čačak Žabljak", "Guayaquil São Luís Málaga", "Πειραιάς", "Одеса Ђердап Ќе", "İzmir Ğğ", "± ° ′ ″ – — …"]
            {
                assert_eq!(loaded.displayable(text), text, "{face:?}");
            }
            assert!(loaded.ascent_em > 0.7 && loaded.descent_em > 0.1, "{face:?}");
        }
    }

    #[test]
    fn what_a_face_lacks_is_replaced_not_dropped() {
        let shown = loaded(FontFace::Regular).displayable("a\u{4e2d}\tb").into_owned();
        assert_eq!(shown.chars().count(), 4);
        assert!(shown.starts_with('a') && shown.ends_with(" b") && !shown.contains('\u{4e2d}'));
    }

    #[test]
    fn the_icon_font_parses() {
        assert!(FontRef::new(icon_font_bytes()).is_ok());
    }
}
