//! Text and the fonts of the window.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::epaint::TextShape;
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontData, FontDefinitions, FontFamily, FontId, Painter, Shape, Vec2, pos2, vec2};

use super::paint::color32;
use crate::scene::{FontFace, TextAnchor, TextRun};
use crate::typography::{displayable, font_bytes, icon_font_bytes};

/// Name of the family with the icons, which are also reachable from every other family.
pub const ICON_FAMILY: &str = "Lucide";
/// Halos wider than this in points get a second ring, so that no gap is left.
const SINGLE_RING_PT: f32 = 1.5;
/// Larger text than any screen holds, in points.
const LARGEST_TEXT_PT: f32 = 1_000.0;
const FACES: [FontFace; 4] = [FontFace::Regular, FontFace::SemiBold, FontFace::Italic, FontFace::Mono];

const fn family_name(face: FontFace) -> &'static str {
    match face {
        FontFace::Regular => "Inter",
        FontFace::SemiBold => "Inter SemiBold",
        FontFace::Italic => "Inter Italic",
        FontFace::Mono => "JetBrains Mono",
    }
}

/// The egui family of a face.
pub fn font_family(face: FontFace) -> FontFamily {
    FontFamily::Name(family_name(face).into())
}

/// The bundled fonts: a family for each face and for the icons; proportional is Inter, monospace JetBrains Mono.
pub fn font_definitions() -> FontDefinitions {
    let mut font_data: BTreeMap<String, Arc<FontData>> =
        FACES.into_iter().map(|face| (family_name(face).to_owned(), Arc::new(FontData::from_static(font_bytes(face))))).collect();
    font_data.insert(ICON_FAMILY.to_owned(), Arc::new(FontData::from_static(icon_font_bytes())));
    let regular = family_name(FontFace::Regular);
    let chain = |first: &str| {
        let mut names = vec![first.to_owned()];
        names.extend([regular, ICON_FAMILY].into_iter().filter(|name| *name != first).map(str::to_owned));
        names
    };
    let mut families: BTreeMap<FontFamily, Vec<String>> =
        FACES.into_iter().map(|face| (font_family(face), chain(family_name(face)))).collect();
    families.insert(FontFamily::Name(ICON_FAMILY.into()), chain(ICON_FAMILY));
    families.insert(FontFamily::Proportional, chain(regular));
    families.insert(FontFamily::Monospace, chain(family_name(FontFace::Mono)));
    FontDefinitions { font_data, families }
}

/// Paints a line of text. egui cannot outline text: the halo is the text itself, painted around its place.
pub(super) fn paint(painter: &Painter, run: &TextRun, offset: Vec2) {
    let numbers = [run.letter_spacing, run.position.x, run.position.y, run.angle_deg, offset.x, offset.y];
    if run.text.is_empty() || !(f32::MIN_POSITIVE..=LARGEST_TEXT_PT).contains(&run.size) || numbers.iter().any(|n| !n.is_finite()) {
        return;
    }
    // One layout serves halo and text: the color is filled in later.
    let format = TextFormat {
        font_id: FontId::new(run.size, font_family(run.face)),
        extra_letter_spacing: run.letter_spacing,
        color: Color32::PLACEHOLDER,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(displayable(&run.text, run.face).into_owned(), format);
    job.wrap.max_width = f32::INFINITY;
    let galley = painter.layout_job(job);
    let Some(row) = galley.rows.first() else { return };
    let Some(glyph) = row.row.glyphs.first() else { return };
    let baseline = row.pos.y + glyph.pos.y;
    let share = match run.anchor {
        TextAnchor::Start => 0.0,
        TextAnchor::Middle => 0.5,
        TextAnchor::End => 1.0,
    };
    let angle = run.angle_deg.to_radians();
    let from_corner = vec2(galley.size().x * share, baseline);
    let corner = pos2(run.position.x, run.position.y) + offset - egui::emath::Rot2::from_angle(angle) * from_corner;
    let put = |at: Vec2, color: Color32| {
        painter.add(Shape::Text(TextShape::new(corner + at, galley.clone(), color).with_angle(angle)));
    };
    if let Some((color, width)) = run.halo.filter(|(color, width)| color.a > 0 && width.is_finite() && *width > 0.0) {
        let rings: &[f32] = if width > SINGLE_RING_PT { &[0.5, 1.0] } else { &[1.0] };
        for radius in rings.iter().map(|share| share * width) {
            for eighth in 0..8_u8 {
                put(Vec2::angled(f32::from(eighth) * std::f32::consts::FRAC_PI_4) * radius, color32(color));
            }
        }
    }
    put(Vec2::ZERO, color32(run.color));
}
