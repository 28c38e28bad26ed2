//! Text along a curve: every letter stands on it and turns with it.

use harfrust::{ShapeOptions, UnicodeBuffer};

use super::fonts::loaded;
use crate::scene::{FontFace, ScenePoint, TurnedLetter};

/// A letter with the marks that belong to it, and where it stands in a straight line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// Its part of the text.
    pub text: String,
    /// Start from the start of the text for an em of 1, kerning included.
    pub x_em: f32,
    /// Advance for an em of 1.
    pub advance_em: f32,
}

/// The letters of a line of text from left to right; what the shaper joins stays together.
pub fn letters(text: &str, face: FontFace) -> Vec<Letter> {
    let loaded = loaded(face);
    let shown = loaded.displayable(text);
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&shown);
    buffer.guess_segment_properties();
    let shaper = loaded.shaper.shaper(&loaded.font).build();
    let shaped = shaper.shape(buffer, ShapeOptions::new());
    let em = shaper.units_per_em() as f32;
    let mut found: Vec<(usize, f32, f32)> = Vec::new();
    let mut pen = 0_i32;
    for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let advance = position.x_advance as f32 / em;
        match found.last_mut() {
            Some(last) if last.0 == info.cluster as usize => last.2 += advance,
            _ => found.push((info.cluster as usize, pen as f32 / em, advance)),
        }
        pen = pen.saturating_add(position.x_advance);
    }
    let mut starts: Vec<usize> = found.iter().map(|letter| letter.0).collect();
    starts.sort_unstable();
    let end_of = |start: usize| starts.get(starts.partition_point(|other| *other <= start)).copied().unwrap_or(shown.len());
    let letter =
        |(start, x_em, advance_em): (usize, f32, f32)| Some(Letter { text: shown.get(start..end_of(start))?.to_owned(), x_em, advance_em });
    found.into_iter().filter_map(letter).collect()
}

/// A curve measured along its way, in CSS pixels.
#[derive(Clone, Debug, Default)]
pub struct MeasuredCurve {
    points: Vec<ScenePoint>,
    /// Way from the start to each point.
    ways: Vec<f32>,
}

impl MeasuredCurve {
    /// Measures a line through points; points that do not move on are left out.
    pub fn new(points: impl IntoIterator<Item = ScenePoint>) -> Self {
        let mut curve = Self::default();
        for point in points {
            match (curve.points.last(), curve.ways.last()) {
                (Some(last), Some(way)) => {
                    let step = (point.x - last.x).hypot(point.y - last.y);
                    if step > 1e-3 && step.is_finite() {
                        curve.ways.push(way + step);
                        curve.points.push(point);
                    }
                }
                _ => {
                    curve.points.push(point);
                    curve.ways.push(0.0);
                }
            }
        }
        curve
    }

    /// Its whole length in CSS pixels.
    pub fn length(&self) -> f32 {
        self.ways.last().copied().unwrap_or(0.0)
    }

    /// The point after `way` pixels, carried on straight beyond both ends; `None` for a curve without a length.
    pub fn at(&self, way: f32) -> Option<ScenePoint> {
        if self.points.len() < 2 {
            return None;
        }
        let next = self.ways.partition_point(|w| *w <= way).clamp(1, self.points.len() - 1);
        let (a, b) = (self.points[next - 1], self.points[next]);
        let share = (way - self.ways[next - 1]) / (self.ways[next] - self.ways[next - 1]);
        Some(ScenePoint::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share))
    }
}

/// Stands letters on a curve. `start` is where the first one begins, in CSS pixels along the curve; `size` the em size; `spacing` stands
/// between letters; `drop` moves all of them below the curve (negative: above it). `None` when the curve has no length.
pub fn along(letters: &[Letter], curve: &MeasuredCurve, start: f32, (size, spacing, drop): (f32, f32, f32)) -> Option<Vec<TurnedLetter>> {
    let place = |(index, letter): (usize, &Letter)| {
        let from = start + letter.x_em * size + spacing * index as f32;
        let advance = letter.advance_em * size;
        // The chord under a letter and a little beyond it: a wide letter on a tight bend is turned by what it stands on.
        let reach = (0.3 * size - advance / 2.0).max(0.0);
        let (a, b) = (curve.at(from - reach)?, curve.at(from + advance + reach)?);
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let length = dx.hypot(dy);
        if length < 1e-3 {
            return None;
        }
        let (cos, sin) = (dx / length, dy / length);
        let middle = curve.at(from + advance / 2.0)?;
        let position = ScenePoint::new(middle.x - cos * advance / 2.0 - sin * drop, middle.y - sin * advance / 2.0 + cos * drop);
        Some(TurnedLetter { text: letter.text.clone(), position, angle_deg: sin.atan2(cos).to_degrees() })
    };
    letters.iter().enumerate().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typography::measure;

    const FACE: FontFace = FontFace::Italic;

    #[test]
    fn letters_make_up_the_text_and_its_width() {
        for text in ["Adriatic Sea", "Río de la Plata", "Kavac\u{30c}", "ЈАДРАН", "AV"] {
            let letters = letters(text, FACE);
            assert_eq!(letters.iter().map(|letter| &*letter.text).collect::<String>(), text);
            let last = letters.last().expect("not empty");
            assert!((last.x_em + last.advance_em - measure(text, FACE, 1.0).width).abs() < 1e-3, "{text}");
        }
        assert_eq!(letters("Kavac\u{30c}", FACE).len(), 5, "a mark stays with its letter");
        assert!(letters("", FACE).is_empty());
    }

    #[test]
    fn on_a_straight_line_letters_stand_as_in_a_line_of_text() {
        let curve = MeasuredCurve::new([ScenePoint::new(10.0, 50.0), ScenePoint::new(210.0, 50.0)]);
        let letters = letters("Bar", FACE);
        let turned = along(&letters, &curve, 20.0, (10.0, 2.0, 3.0)).expect("it has a length");
        for (index, (letter, turned)) in letters.iter().zip(&turned).enumerate() {
            let x = 30.0 + letter.x_em * 10.0 + 2.0 * index as f32;
            assert!((turned.position.x - x).abs() < 0.01 && (turned.position.y - 53.0).abs() < 0.01 && turned.angle_deg.abs() < 0.01);
        }
    }

    #[test]
    fn on_an_arc_letters_turn_with_it() {
        let on_circle = |i: i32| {
            let angle = (f32::from(i as i16) - 50.0).to_radians();
            ScenePoint::new(200.0 * angle.sin(), -200.0 * angle.cos())
        };
        let curve = MeasuredCurve::new((0..=100).map(on_circle));
        let turned = along(&letters("Ionian Sea", FACE), &curve, 60.0, (16.0, 6.0, 0.0)).expect("it has a length");
        assert!(turned.windows(2).all(|pair| pair[0].angle_deg < pair[1].angle_deg), "clockwise along the arch");
        assert!(turned.iter().all(|letter| (letter.position.x.hypot(letter.position.y) - 200.0).abs() < 1.5));
    }

    #[test]
    fn a_curve_without_length_carries_no_text() {
        for points in [vec![], vec![ScenePoint::new(1.0, 1.0)], vec![ScenePoint::new(1.0, 1.0); 3]] {
            assert!(along(&letters("A", FACE), &MeasuredCurve::new(points), 0.0, (10.0, 0.0, 0.0)).is_none());
        }
    }
}
