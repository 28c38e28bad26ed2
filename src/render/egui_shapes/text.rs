//! Text and the fonts of the window.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::epaint::TextShape;
use egui::text::{LayoutJob, TextFormat};
use egui::{Color32, FontData, FontDefinitions, FontFamily, FontId, Painter, Pos2, Shape, Vec2, pos2, vec2};

use super::paint::color32;
use crate::scene::{Color, CurvedText, FontFace, ScenePoint, TextAnchor, TextRun};
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

/// A laid-out piece of text that stands somewhere, turned.
struct Standing {
    galley: Arc<egui::Galley>,
    corner: Pos2,
    angle: f32,
}

impl Standing {
    /// Lays text out so that the share of its width at `anchor` stands at `position` on the baseline; `None` when there is nothing.
    fn new(
        painter: &Painter,
        text: &str,
        (face, size, spacing): (FontFace, f32, f32),
        at: (ScenePoint, f32),
        anchor: TextAnchor,
    ) -> Option<Self> {
        // One layout serves halo and text: the color is filled in later.
        let format = TextFormat {
            font_id: FontId::new(size, font_family(face)),
            extra_letter_spacing: spacing,
            color: Color32::PLACEHOLDER,
            ..TextFormat::default()
        };
        let mut job = LayoutJob::single_section(displayable(text, face).into_owned(), format);
        job.wrap.max_width = f32::INFINITY;
        let galley = painter.layout_job(job);
        let row = galley.rows.first()?;
        let baseline = row.pos.y + row.row.glyphs.first()?.pos.y;
        let share = match anchor {
            TextAnchor::Start => 0.0,
            TextAnchor::Middle => 0.5,
            TextAnchor::End => 1.0,
        };
        let (position, angle_deg) = at;
        let angle = angle_deg.to_radians();
        let from_corner = vec2(galley.size().x * share, baseline);
        let corner = pos2(position.x, position.y) - egui::emath::Rot2::from_angle(angle) * from_corner;
        Some(Self { galley, corner, angle })
    }

    fn paint(&self, painter: &Painter, offset: Vec2, color: Color) {
        let shape = TextShape::new(self.corner + offset, self.galley.clone(), color32(color));
        painter.add(Shape::Text(shape.with_angle(self.angle)));
    }

    /// egui cannot outline text: the halo is the text itself, painted around its place.
    fn paint_halo(&self, painter: &Painter, offset: Vec2, (color, width): (Color, f32)) {
        let rings: &[f32] = if width > SINGLE_RING_PT { &[0.5, 1.0] } else { &[1.0] };
        for radius in rings.iter().map(|share| share * width) {
            for eighth in 0..8_u8 {
                self.paint(painter, offset + Vec2::angled(f32::from(eighth) * std::f32::consts::FRAC_PI_4) * radius, color);
            }
        }
    }
}

fn is_drawable(size: f32, numbers: &[f32]) -> bool {
    (f32::MIN_POSITIVE..=LARGEST_TEXT_PT).contains(&size) && numbers.iter().all(|n| n.is_finite())
}

fn visible_halo(halo: Option<(Color, f32)>) -> Option<(Color, f32)> {
    halo.filter(|(color, width)| color.a > 0 && width.is_finite() && *width > 0.0)
}

/// Paints a line of text.
pub(super) fn paint(painter: &Painter, run: &TextRun, offset: Vec2) {
    let numbers = [run.letter_spacing, run.position.x, run.position.y, run.angle_deg, offset.x, offset.y];
    if run.text.is_empty() || !is_drawable(run.size, &numbers) {
        return;
    }
    let set = (run.face, run.size, run.letter_spacing);
    let Some(standing) = Standing::new(painter, &run.text, set, (run.position, run.angle_deg), run.anchor) else { return };
    if let Some(halo) = visible_halo(run.halo) {
        standing.paint_halo(painter, offset, halo);
    }
    standing.paint(painter, offset, run.color);
}

/// Paints a line of text along a curve, the halos of all letters first, so that none covers its neighbor.
pub(super) fn paint_curved(painter: &Painter, text: &CurvedText, offset: Vec2) {
    let numbers = |letter: &crate::scene::TurnedLetter| [letter.position.x, letter.position.y, letter.angle_deg, offset.x, offset.y];
    if text.letters.iter().any(|letter| !is_drawable(text.size, &numbers(letter))) {
        return;
    }
    let stand = |letter: &crate::scene::TurnedLetter| {
        let at = (letter.position, letter.angle_deg);
        let visible = !letter.text.trim().is_empty();
        visible.then(|| Standing::new(painter, &letter.text, (text.face, text.size, 0.0), at, TextAnchor::Start)).flatten()
    };
    let letters: Vec<Standing> = text.letters.iter().filter_map(stand).collect();
    if let Some(halo) = visible_halo(text.halo) {
        letters.iter().for_each(|letter| letter.paint_halo(painter, offset, halo));
    }
    letters.iter().for_each(|letter| letter.paint(painter, offset, text.color));
}
