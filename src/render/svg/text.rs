//! Text elements and embedded fonts.

use super::paint;
use super::write::{number, open_tag, push_attribute, push_escaped, push_number_attribute};
use crate::scene::{CurvedText, FontFace, Stroke, TextAnchor, TextRun};
use crate::typography::{font_bytes, shape};

/// The family of most text, with common stand-ins.
pub(super) const FAMILY: &str = "Inter, 'Helvetica Neue', Arial, sans-serif";
const MONO_FAMILY: &str = "'JetBrains Mono', Consolas, monospace";

struct Face {
    family: &'static str,
    weight: &'static str,
    style: &'static str,
    /// Media type and CSS name of the font format.
    format: (&'static str, &'static str),
}

const fn face(face: FontFace) -> Face {
    let opentype = ("font/otf", "opentype");
    match face {
        FontFace::Regular => Face { family: "Inter", weight: "400", style: "normal", format: opentype },
        FontFace::SemiBold => Face { family: "Inter", weight: "600", style: "normal", format: opentype },
        FontFace::Italic => Face { family: "Inter", weight: "400", style: "italic", format: opentype },
        FontFace::Mono => Face { family: "JetBrains Mono", weight: "400", style: "normal", format: ("font/ttf", "truetype") },
    }
}

/// A line of text. `textLength` keeps the measured width where another font stands in.
pub(super) fn push_text(out: &mut String, run: &TextRun, feature: &str) {
    let numbers = [run.size, run.letter_spacing, run.position.x, run.position.y, run.angle_deg];
    if run.text.is_empty() || run.size <= 0.0 || numbers.iter().any(|n| !n.is_finite()) {
        return;
    }
    let shaped = shape(&run.text, run.face, run.size);
    // SVG puts letter spacing after the last letter too: shift, so that the letters stand where they were measured.
    let (anchor, trailing) = match run.anchor {
        TextAnchor::Start => (None, 0.0),
        TextAnchor::Middle => (Some("middle"), run.letter_spacing / 2.0),
        TextAnchor::End => (Some("end"), run.letter_spacing),
    };
    let (sin, cos) = run.angle_deg.to_radians().sin_cos();
    let (x, y) = (run.position.x + trailing * cos, run.position.y + trailing * sin);
    open_tag(out, "text");
    push_number_attribute(out, "x", x.into());
    push_number_attribute(out, "y", y.into());
    push_number_attribute(out, "font-size", run.size.into());
    push_face(out, run.face);
    if let Some(anchor) = anchor {
        push_attribute(out, "text-anchor", anchor);
    }
    if run.letter_spacing != 0.0 {
        push_number_attribute(out, "letter-spacing", run.letter_spacing.into());
    }
    let advance = shaped.width + run.letter_spacing * shaped.glyphs.len() as f32;
    if advance > 0.0 {
        push_number_attribute(out, "textLength", advance.into());
        push_attribute(out, "lengthAdjust", "spacingAndGlyphs");
    }
    paint::push_fill(out, Some(run.color));
    if let Some((color, width)) = run.halo.filter(|(color, width)| color.a > 0 && width.is_finite() && *width > 0.0) {
        paint::push_stroke(out, Some(&Stroke::solid(color, 2.0 * width)));
        push_attribute(out, "paint-order", "stroke");
    }
    if run.angle_deg != 0.0 {
        push_attribute(out, "transform", &format!("rotate({} {} {})", number(run.angle_deg.into()), number(x.into()), number(y.into())));
    }
    out.push_str(feature);
    out.push_str(" xml:space=\"preserve\">");
    push_escaped(out, &run.text);
    out.push_str("</text>\n");
}

fn push_face(out: &mut String, wanted: FontFace) {
    let Face { weight, style, .. } = face(wanted);
    match wanted {
        FontFace::Regular => {}
        FontFace::SemiBold => push_attribute(out, "font-weight", weight),
        FontFace::Italic => push_attribute(out, "font-style", style),
        FontFace::Mono => push_attribute(out, "font-family", MONO_FAMILY),
    }
}

/// A line of text along a curve: a group named by the whole text, with one element a letter. Neither `textPath` nor lists of `rotate`
/// look the same everywhere; turned letters do. The halos of all letters come first, so that none covers its neighbor.
pub(super) fn push_curved(out: &mut String, text: &CurvedText, feature: &str) {
    let finite = |n: f32| n.is_finite();
    let placed = text.letters.iter().all(|letter| [letter.position.x, letter.position.y, letter.angle_deg].into_iter().all(finite));
    if !placed || !finite(text.size) || text.size <= 0.0 || text.letters.is_empty() {
        return;
    }
    open_tag(out, "g");
    push_attribute(out, "role", "img");
    push_attribute(out, "aria-label", &text.text);
    push_number_attribute(out, "font-size", text.size.into());
    push_face(out, text.face);
    out.push_str(feature);
    out.push_str(">\n");
    if let Some((color, width)) = text.halo.filter(|(color, width)| color.a > 0 && width.is_finite() && *width > 0.0) {
        open_tag(out, "g");
        paint::push_fill(out, None);
        paint::push_stroke(out, Some(&Stroke::solid(color, 2.0 * width)));
        out.push_str(">\n");
        push_letters(out, text);
        out.push_str("</g>\n");
    }
    open_tag(out, "g");
    paint::push_fill(out, Some(text.color));
    out.push_str(">\n");
    push_letters(out, text);
    out.push_str("</g>\n</g>\n");
}

fn push_letters(out: &mut String, text: &CurvedText) {
    for letter in text.letters.iter().filter(|letter| !letter.text.trim().is_empty()) {
        open_tag(out, "text");
        let [x, y, angle] = [letter.position.x, letter.position.y, letter.angle_deg].map(|n| number(n.into()));
        push_attribute(out, "transform", &format!("translate({x} {y}) rotate({angle})"));
        out.push('>');
        push_escaped(out, &letter.text);
        out.push_str("</text>\n");
    }
}

/// A style sheet with the fonts themselves.
pub(super) fn push_font_faces(out: &mut String, faces: &[FontFace]) {
    if faces.is_empty() {
        return;
    }
    out.push_str("<style>\n");
    for wanted in faces {
        let Face { family, weight, style, format: (media_type, format) } = face(*wanted);
        out.push_str(&format!(
            "@font-face{{font-family:\"{family}\";font-weight:{weight};font-style:{style};src:url(data:{media_type};base64,"
        ));
        push_base64(out, font_bytes(*wanted));
        out.push_str(&format!(") format(\"{format}\")}}\n"));
    }
    out.push_str("</style>\n");
}

fn push_base64(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out.reserve(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| chunk.get(index).copied().unwrap_or(0);
        let bits = u32::from_be_bytes([0, byte(0), byte(1), byte(2)]);
        for digit in 0..4 {
            let present = digit <= chunk.len();
            out.push(if present { char::from(DIGITS[(bits >> (18 - 6 * digit)) as usize & 63]) } else { '=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_follows_the_standard() {
        let encoded = |text: &str| {
            let mut out = String::new();
            push_base64(&mut out, text.as_bytes());
            out
        };
        assert_eq!(["", "f", "fo", "foo", "foobar"].map(encoded), ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYmFy"]);
    }
}
