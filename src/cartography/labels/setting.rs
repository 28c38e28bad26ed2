//! Names set in type: faces, sizes and measures.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::{LabelKind, MapLabel};
use crate::cartography::MapColors;
use crate::scene::{Color, FontFace};
use crate::typography::{self, Letter};

/// How much of its color the name of a line takes on: it must stay legible.
const TINT_SHARE: f32 = 0.45;

/// Face and colors of a kind of name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) face: FontFace,
    pub(super) color: Color,
    pub(super) halo: Color,
}

pub(super) fn look(label: &MapLabel, colors: &MapColors) -> Look {
    let plain = Look { face: face(label.kind), color: colors.ink, halo: colors.halo };
    match label.kind {
        LabelKind::Selected => Look { color: colors.accent, ..plain },
        LabelKind::Country => Look { color: colors.country_label, ..plain },
        LabelKind::Sea => Look { color: colors.sea_label, halo: colors.sea_halo, ..plain },
        LabelKind::Port => plain,
        LabelKind::Town => Look { color: colors.town_label, ..plain },
        LabelKind::Corridor => {
            let tint = label.tint.map_or(colors.muted_ink, |tint| Color { a: 255, ..tint });
            Look { color: colors.ink.mixed(tint, TINT_SHARE), halo: colors.sea_halo, ..plain }
        }
    }
}

pub(super) const fn face(kind: LabelKind) -> FontFace {
    match kind {
        LabelKind::Selected | LabelKind::Country | LabelKind::Port => FontFace::SemiBold,
        LabelKind::Sea => FontFace::Italic,
        LabelKind::Town | LabelKind::Corridor => FontFace::Regular,
    }
}

/// Names that are remembered before all are forgotten.
const MOST_REMEMBERED: usize = 20_000;

#[derive(Default)]
struct Remembered {
    widths: [HashMap<Box<str>, f32>; 4],
    letters: [HashMap<Box<str>, Rc<[Letter]>>; 4],
}

thread_local! {
    static REMEMBERED: RefCell<Remembered> = RefCell::default();
}

fn remembered<T: Clone>(map: &mut HashMap<Box<str>, T>, text: &str, make: impl FnOnce() -> T) -> T {
    if let Some(found) = map.get(text) {
        return found.clone();
    }
    if map.len() >= MOST_REMEMBERED {
        map.clear();
    }
    let made = make();
    map.insert(text.into(), made.clone());
    made
}

/// Width of a text at an em size of 1 px; shaped once and remembered, since names come back with every view.
pub(super) fn width_em(text: &str, face: FontFace) -> f32 {
    REMEMBERED
        .with_borrow_mut(|all| remembered(&mut all.widths[face as usize], text, || typography::measure(text, face, 64.0).width / 64.0))
}

/// The letters of a text; shaped once and remembered.
pub(super) fn letters(text: &str, face: FontFace) -> Rc<[Letter]> {
    REMEMBERED.with_borrow_mut(|all| remembered(&mut all.letters[face as usize], text, || Rc::from(typography::letters(text, face))))
}

/// Line distance of a name on several lines as a share of its em size.
const LEADING_EM: f32 = 1.12;

/// A name set in type: its lines and their measures in CSS pixels.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) lines: Vec<String>,
    pub(super) face: FontFace,
    pub(super) size: f32,
    pub(super) spacing: f32,
    pub(super) leading: f32,
    /// From the top of the box to the first baseline.
    pub(super) ascent: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Setting {
    /// Lines of text at an em size with extra space between letters, both in CSS pixels.
    pub(super) fn new(lines: Vec<String>, face: FontFace, size: f32, spacing: f32) -> Self {
        let width = |line: &String| width_em(line, face) * size + line.chars().count().saturating_sub(1) as f32 * spacing;
        Self {
            width: lines.iter().map(width).fold(0.0, f32::max),
            height: size * 1.08 + size * LEADING_EM * (lines.len() as f32 - 1.0),
            leading: size * LEADING_EM,
            ascent: size * 0.80,
            lines,
            face,
            size,
            spacing,
        }
    }

    /// A name on one line without extra space.
    pub(super) fn plain(text: &str, face: FontFace, size: f32) -> Self {
        Self::new(vec![text.to_owned()], face, size, 0.0)
    }
}

/// The name on two lines of about the same length; `None` for one word.
pub(super) fn two_lines(text: &str) -> Option<Vec<String>> {
    let uneven = |at: &usize| (at * 2).abs_diff(text.len());
    let at = text.match_indices(' ').map(|(at, _)| at).min_by_key(uneven)?;
    Some(vec![text[..at].to_owned(), text[at + 1..].to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_break_near_their_middle() {
        assert_eq!(two_lines("BOSNIA AND HERZEGOVINA"), Some(vec!["BOSNIA AND".to_owned(), "HERZEGOVINA".to_owned()]));
        assert_eq!(two_lines("NORTH MACEDONIA"), Some(vec!["NORTH".to_owned(), "MACEDONIA".to_owned()]));
        assert_eq!(two_lines("LIECHTENSTEIN"), None);
    }

    #[test]
    fn spacing_and_lines_count() {
        let plain = Setting::plain("Bar", FontFace::Regular, 10.0);
        let spaced = Setting::new(vec!["Bar".to_owned()], FontFace::Regular, 10.0, 3.0);
        assert!((spaced.width - plain.width - 6.0).abs() < 1e-4);
        let two = Setting::new(vec!["Bar".to_owned(), "Kotor".to_owned()], FontFace::Regular, 10.0, 0.0);
        assert!((two.height - plain.height - two.leading).abs() < 1e-4 && two.width > plain.width);
    }
}
