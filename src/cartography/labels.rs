//! Names on the map: which of them find room, and where. The same view always gives the same labels, and what wins depends on
//! importance alone, never on where the view happens to lie.

use std::cell::RefCell;
use std::collections::HashMap;

use super::MapColors;
use crate::geodesy::Projected;
use crate::model::FeatureRef;
use crate::scene::{Color, FontFace, Paint, PlaneView, Primitive, ScenePoint, SceneRect, ScreenSet, Stroke, TextAnchor, TextRun};
use crate::typography;

/// What a name names; decides face, case and color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelKind {
    /// A selected or hovered record.
    Selected,
    /// A country: capitals with space between the letters.
    Country,
    /// A country that is small at this scale: plain letters, which need less room.
    SmallCountry,
    /// A sea: italic.
    Sea,
    /// A port of the atlas.
    Port,
    /// A town.
    Town,
}

/// A name that would like to stand on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapLabel {
    /// The name as written.
    pub text: String,
    /// What it names.
    pub kind: LabelKind,
    /// Where on the plane.
    pub at: Projected,
    /// Importance within its kind: the larger, the earlier it gets room.
    pub weight: f64,
    /// Em size in CSS pixels.
    pub size_px: f32,
    /// Radius of the symbol that the name must keep clear of, in CSS pixels; 0 centers the name on its position.
    pub clearance_px: f32,
    /// Clockwise turn in degrees.
    pub angle_deg: f32,
    /// The record it belongs to.
    pub feature: Option<FeatureRef>,
    /// Shown pale, as its record does not match.
    pub dimmed: bool,
}

/// How far outside the map body a name still takes room, so that names do not change while panning.
const MARGIN_PX: f32 = 220.0;
/// Side of a cell of the collision grid in CSS pixels.
const CELL_PX: f32 = 64.0;
/// Space kept around each name in CSS pixels.
const PADDING_PX: f32 = 2.5;

struct Look {
    face: FontFace,
    color: Color,
    halo: Color,
    spacing_em: f32,
    capitals: bool,
}

fn look(kind: LabelKind, colors: &MapColors) -> Look {
    let plain = Look { face: FontFace::Regular, color: colors.ink, halo: colors.halo, spacing_em: 0.0, capitals: false };
    match kind {
        LabelKind::Selected => Look { face: FontFace::SemiBold, color: colors.accent, ..plain },
        LabelKind::Country => Look { face: FontFace::SemiBold, color: colors.country_label, spacing_em: 0.14, capitals: true, ..plain },
        LabelKind::SmallCountry => Look { face: FontFace::SemiBold, color: colors.country_label, ..plain },
        LabelKind::Sea => Look { face: FontFace::Italic, color: colors.sea_label, halo: colors.sea_halo, spacing_em: 0.05, ..plain },
        LabelKind::Port => Look { face: FontFace::SemiBold, ..plain },
        LabelKind::Town => Look { color: colors.town_label, ..plain },
    }
}

thread_local! {
    static WIDTHS: RefCell<HashMap<(String, FontFace), f32>> = RefCell::new(HashMap::new());
}

/// Width of a text at an em size of 1 px; shaped once and remembered, since names come back every frame.
fn width_em(text: &str, face: FontFace) -> f32 {
    WIDTHS.with_borrow_mut(|widths| {
        if widths.len() > 20_000 {
            widths.clear();
        }
        if let Some(width) = widths.get(&(text.to_owned(), face)) {
            return *width;
        }
        let width = typography::measure(text, face, 64.0).width / 64.0;
        widths.insert((text.to_owned(), face), width);
        width
    })
}

/// Rectangles that are taken, in a grid of cells.
#[derive(Default)]
struct Taken {
    cells: HashMap<(i32, i32), Vec<SceneRect>>,
}

impl Taken {
    fn cells_of(rect: &SceneRect) -> impl Iterator<Item = (i32, i32)> + use<> {
        let cell = |value: f32| (value / CELL_PX).floor() as i32;
        let (x0, x1, y0, y1) = (cell(rect.x), cell(rect.right()), cell(rect.y), cell(rect.bottom()));
        (x0..=x1).flat_map(move |x| (y0..=y1).map(move |y| (x, y)))
    }

    fn is_free(&self, rect: &SceneRect) -> bool {
        Self::cells_of(rect).all(|cell| self.cells.get(&cell).is_none_or(|taken| taken.iter().all(|other| !other.intersects(rect))))
    }

    fn take(&mut self, rect: SceneRect) {
        for cell in Self::cells_of(&rect) {
            self.cells.entry(cell).or_default().push(rect);
        }
    }
}

/// Where the name of an area may stand: shares of its width to the right and of one line down from its position, best first.
const NEARBY: [(f32, f32); 27] = [
    (0.0, 0.0),
    (0.0, -0.6),
    (0.0, 0.6),
    (-0.12, 0.0),
    (0.12, 0.0),
    (-0.12, -0.6),
    (0.12, -0.6),
    (-0.12, 0.6),
    (0.12, 0.6),
    (0.0, -1.0),
    (0.0, 1.0),
    (-0.12, -1.0),
    (0.12, 1.0),
    // Only where the map is large enough, see `FARTHEST_M`.
    (-0.2, 0.0),
    (0.2, 0.0),
    (-0.2, -0.6),
    (0.2, -0.6),
    (-0.2, 0.6),
    (0.2, 0.6),
    (0.0, -1.6),
    (0.0, 1.6),
    (-0.3, 0.0),
    (0.3, 0.0),
    (-0.3, -1.0),
    (0.3, -1.0),
    (-0.3, 1.0),
    (0.3, 1.0),
];
/// The first of these are near enough at every scale.
const NEAR_CHOICES: usize = 13;
/// A name that stands farther than this from its place, in plane metres, would seem to name a neighbor: the smallest Balkan states are
/// about 150 km across.
const FARTHEST_M: f64 = 100_000.0;
/// How many of these the name of a sea may take.
const SEA_CHOICES: usize = 3;
/// Country names of more letters than this stand on two lines, if they are of several words.
const LONGEST_LINE: usize = 13;
/// Line distance of a name on two lines as a share of its em size.
const NAME_LEADING: f32 = 1.12;

/// The name on one line, or a long one of several words on two lines of about the same length.
fn name_lines(text: &str) -> Vec<&str> {
    if text.chars().count() <= LONGEST_LINE {
        return vec![text];
    }
    let uneven = |at: &usize| (at * 2).abs_diff(text.len());
    text.match_indices(' ').map(|(at, _)| at).min_by_key(uneven).map_or_else(|| vec![text], |at| vec![&text[..at], &text[at + 1..]])
}

/// Where a name of this size may stand around its position, best first: the box and the anchor of the text.
fn candidates(at: ScenePoint, clearance: f32, width: f32, height: f32, baseline: f32) -> Vec<(SceneRect, TextAnchor, ScenePoint)> {
    let place = |x: f32, y: f32, anchor: TextAnchor| {
        let anchor_x = match anchor {
            TextAnchor::Start => x,
            TextAnchor::Middle => x + width / 2.0,
            TextAnchor::End => x + width,
        };
        (SceneRect::new(x, y, width, height), anchor, ScenePoint::new(anchor_x, y + baseline))
    };
    let middle = at.y - height / 2.0;
    if clearance <= 0.0 {
        let line = baseline * 1.35;
        let nearby = |(right, down): (f32, f32)| place(at.x + (right - 0.5) * width, middle + down * line, TextAnchor::Middle);
        return NEARBY.map(nearby).to_vec();
    }
    let gap = clearance + 2.5;
    let diagonal = gap * 0.75;
    vec![
        place(at.x + gap, middle, TextAnchor::Start),
        place(at.x + diagonal, at.y - diagonal - height * 0.8, TextAnchor::Start),
        place(at.x + diagonal, at.y + diagonal - height * 0.2, TextAnchor::Start),
        place(at.x - gap - width, middle, TextAnchor::End),
        place(at.x - width / 2.0, at.y - gap - height, TextAnchor::Middle),
        place(at.x - width / 2.0, at.y + gap, TextAnchor::Middle),
        place(at.x - diagonal - width, at.y - diagonal - height * 0.8, TextAnchor::End),
        place(at.x - diagonal - width, at.y + diagonal - height * 0.2, TextAnchor::End),
    ]
}

/// The box around a turned rectangle, which turns about `pivot`.
fn turned_box(rect: SceneRect, pivot: ScenePoint, angle_deg: f32) -> SceneRect {
    let (sin, cos) = angle_deg.to_radians().sin_cos();
    let corners = [(rect.x, rect.y), (rect.right(), rect.y), (rect.x, rect.bottom()), (rect.right(), rect.bottom())].map(|(x, y)| {
        let (dx, dy) = (x - pivot.x, y - pivot.y);
        (pivot.x + dx * cos - dy * sin, pivot.y + dx * sin + dy * cos)
    });
    let low = corners.iter().fold((f32::INFINITY, f32::INFINITY), |a, c| (a.0.min(c.0), a.1.min(c.1)));
    let high = corners.iter().fold((f32::NEG_INFINITY, f32::NEG_INFINITY), |a, c| (a.0.max(c.0), a.1.max(c.1)));
    SceneRect::new(low.0, low.1, high.0 - low.0, high.1 - low.1)
}

/// Ports that so many records name come before the countries.
const LEADING_PORT_USES: f64 = 4.0;

/// Which names get room first: what is selected, leading ports, countries, seas, other ports, towns, pale ports.
fn precedence(label: &MapLabel) -> u8 {
    match label.kind {
        LabelKind::Selected => 0,
        // What does not match the filter gives way to all that does.
        LabelKind::Port if label.dimmed => 6,
        LabelKind::Port if label.weight >= LEADING_PORT_USES => 1,
        LabelKind::Country | LabelKind::SmallCountry => 2,
        LabelKind::Sea => 3,
        LabelKind::Port => 4,
        LabelKind::Town => 5,
    }
}

/// A name set in type: its lines and their measures in CSS pixels.
struct Setting {
    lines: Vec<String>,
    spacing: f32,
    width: f32,
    leading: f32,
    ascent: f32,
    height: f32,
}

/// The ways a name may be set, best first: a country in spaced capitals or, where these find no room, in plain letters.
fn settings(label: &MapLabel, look: &Look) -> Vec<Setting> {
    let set = |text: &str, spacing_em: f32, may_break: bool| {
        let lines = if may_break { name_lines(text) } else { vec![text] };
        let spacing = spacing_em * label.size_px;
        let line_width = |line: &&str| width_em(line, look.face) * label.size_px + line.chars().count().saturating_sub(1) as f32 * spacing;
        let leading = label.size_px * NAME_LEADING;
        Setting {
            width: lines.iter().map(line_width).fold(0.0, f32::max),
            spacing,
            leading,
            ascent: label.size_px * 0.80,
            height: label.size_px * 1.08 + leading * (lines.len() as f32 - 1.0),
            lines: lines.into_iter().map(str::to_owned).collect(),
        }
    };
    if !look.capitals {
        return vec![set(&label.text, look.spacing_em, label.kind == LabelKind::SmallCountry)];
    }
    vec![set(&label.text.to_uppercase(), look.spacing_em, label.clearance_px <= 0.0), set(&label.text, 0.0, label.clearance_px <= 0.0)]
}

/// The first place around its position where a name finds room. `is_free` judges the box of the text and the box with its padding.
fn place_for(
    label: &MapLabel,
    setting: &Setting,
    at: ScenePoint,
    view: &PlaneView,
    is_free: &dyn Fn(&SceneRect, &SceneRect) -> bool,
) -> Option<(SceneRect, TextAnchor, ScenePoint)> {
    // A sea is named in its water or not at all.
    let choices = if label.kind == LabelKind::Sea { SEA_CHOICES } else { usize::MAX };
    let near_enough = |index: usize, rect: &SceneRect| {
        let center = rect.center();
        let away_m = f64::from((center.x - at.x).hypot(center.y - at.y)) * view.resolution_m_per_px;
        label.clearance_px > 0.0 || index < NEAR_CHOICES || away_m <= FARTHEST_M
    };
    let all = candidates(at, label.clearance_px, setting.width, setting.height, setting.ascent).into_iter().enumerate().take(choices);
    let mut near = all.filter(|(index, (rect, _, _))| near_enough(*index, rect)).map(|(_, candidate)| candidate);
    near.find(|(rect, _, position)| is_free(rect, &turned_box(*rect, *position, label.angle_deg).grown(PADDING_PX)))
}

/// Places the names that find room and adds them to `set`. `symbols` are boxes that names of points do not cover (their own excepted,
/// which lies within the clearance), `reserved` parts of the page that no name covers. Names that would be cut by the edge of the map
/// body are left out.
pub fn place_labels(
    set: &mut ScreenSet,
    labels: &[MapLabel],
    symbols: &[SceneRect],
    reserved: &[SceneRect],
    view: &PlaneView,
    colors: &MapColors,
) {
    let mut order: Vec<&MapLabel> = labels.iter().collect();
    order.sort_by(|a, b| precedence(a).cmp(&precedence(b)).then(b.weight.total_cmp(&a.weight)).then_with(|| a.text.cmp(&b.text)));
    let around = view.frame.grown(MARGIN_PX);
    let mut taken = Taken::default();
    let mut on_symbols = Taken::default();
    for symbol in symbols {
        on_symbols.take(*symbol);
    }
    for label in order {
        let at = view.scene_from_projected(label.at);
        if !around.contains(at) {
            continue;
        }
        let look = look(label.kind, colors);
        let found = settings(label, &look).into_iter().find_map(|setting| {
            place_for(label, &setting, at, view, &|rect, room| {
                taken.is_free(room) && (label.clearance_px <= 0.0 || on_symbols.is_free(&rect.grown(0.5)))
            })
            .map(|place| (setting, place))
        });
        let Some((setting, (rect, anchor, position))) = found else { continue };
        let room = turned_box(rect, position, label.angle_deg);
        taken.take(room.grown(PADDING_PX));
        let inside = view.frame.grown(-2.0);
        if reserved.iter().any(|area| area.intersects(&room))
            || !(inside.contains(ScenePoint::new(room.x, room.y)) && inside.contains(ScenePoint::new(room.right(), room.bottom())))
        {
            continue;
        }
        let fade = if label.dimmed { 0.45 } else { 1.0 };
        if label.kind == LabelKind::Town {
            // A town is named only together with its dot, which says where it lies.
            let paint = Paint { fill: Some(look.color), stroke: Some(Stroke::solid(look.halo.faded(0.9), 1.0)) };
            set.push("labels", Primitive::Disc { center: at, radius: label.size_px * 0.16, paint });
        }
        for (index, line) in setting.lines.into_iter().enumerate() {
            let run = TextRun {
                text: line,
                face: look.face,
                size: label.size_px,
                letter_spacing: setting.spacing,
                color: look.color.faded(fade),
                halo: Some((look.halo.faded(0.85 * fade), (label.size_px * 0.16).max(1.5))),
                position: ScenePoint::new(position.x, position.y + setting.leading * index as f32),
                anchor,
                angle_deg: label.angle_deg,
            };
            match label.feature {
                Some(feature) => set.push_feature("labels", feature, Primitive::Text(run)),
                None => set.push("labels", Primitive::Text(run)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::MapTheme;

    fn label(text: &str, kind: LabelKind, x_m: f64, y_m: f64, weight: f64) -> MapLabel {
        MapLabel {
            text: text.to_owned(),
            kind,
            at: Projected::new(x_m, y_m),
            weight,
            size_px: 12.0,
            clearance_px: if kind == LabelKind::Country { 0.0 } else { 4.0 },
            angle_deg: 0.0,
            feature: None,
            dimmed: false,
        }
    }

    fn view(center_x_m: f64) -> PlaneView {
        PlaneView { center: Projected::new(center_x_m, 0.0), resolution_m_per_px: 1000.0, frame: SceneRect::new(0.0, 0.0, 800.0, 500.0) }
    }

    fn placed(labels: &[MapLabel], view: &PlaneView) -> Vec<TextRun> {
        let mut set = ScreenSet::default();
        place_labels(&mut set, labels, &[], &[], view, MapColors::of(MapTheme::Light));
        set.items.into_iter().filter_map(|item| if let Primitive::Text(run) = item.primitive { Some(run) } else { None }).collect()
    }

    fn crowd() -> Vec<MapLabel> {
        (0..60)
            .map(|i| {
                let kind = if i % 3 == 0 { LabelKind::Port } else { LabelKind::Town };
                label(&format!("Place {i}"), kind, f64::from(i % 10) * 24_000.0, f64::from(i / 10) * 9_000.0, f64::from(i))
            })
            .collect()
    }

    #[test]
    fn names_never_overlap() {
        let runs = placed(&crowd(), &view(100_000.0));
        assert!(runs.len() > 10);
        let boxes: Vec<SceneRect> = runs
            .iter()
            .map(|run| {
                let width = typography::run_width(run);
                SceneRect::new(run.position.x + typography::start_offset(run.anchor, width), run.position.y - 9.0, width, 11.0)
            })
            .collect();
        for (i, a) in boxes.iter().enumerate() {
            assert!(boxes[..i].iter().all(|b| !a.intersects(b)), "{} overlaps", runs[i].text);
        }
    }

    #[test]
    fn panning_moves_names_and_changes_none() {
        let texts = |center| placed(&crowd(), &view(center)).into_iter().map(|run| (run.text, run.anchor)).collect::<Vec<_>>();
        assert_eq!(texts(100_000.0), texts(113_000.0));
    }

    #[test]
    fn the_more_important_name_wins() {
        let mut clash =
            vec![label("Small town with a long name", LabelKind::Town, 0.0, 0.0, 1.0), label("ALBANIA", LabelKind::Country, 0.0, 0.0, 1.0)];
        clash[0].clearance_px = 0.0;
        for extra in [-9.0, 9.0] {
            let mut other = label("Large", LabelKind::Country, 0.0, extra * 1000.0, 0.5);
            other.clearance_px = 0.0;
            clash.push(other);
        }
        assert_eq!(placed(&clash, &view(0.0))[0].text, "ALBANIA");
    }

    #[test]
    fn long_country_names_stand_on_two_lines() {
        assert_eq!(name_lines("BOSNIA AND HERZEGOVINA"), ["BOSNIA AND", "HERZEGOVINA"]);
        assert_eq!(name_lines("NORTH MACEDONIA"), ["NORTH", "MACEDONIA"]);
        assert_eq!([name_lines("UNITED STATES"), name_lines("LIECHTENSTEINERS")].concat(), ["UNITED STATES", "LIECHTENSTEINERS"]);
        let runs = placed(&[label("Papua New Guinea", LabelKind::Country, 0.0, 0.0, 1.0)], &view(0.0));
        assert_eq!(runs.len(), 2);
        assert!(runs[1].position.y - runs[0].position.y >= 12.0 && runs[0].position.x == runs[1].position.x);
    }

    #[test]
    fn names_are_not_cut_by_the_edge() {
        let edge = [label("At the very edge", LabelKind::Sea, 398_000.0, 0.0, 1.0)];
        for run in placed(&edge, &view(0.0)) {
            let width = typography::run_width(&run);
            let start = run.position.x + typography::start_offset(run.anchor, width);
            assert!(start >= 0.0 && start + width <= 800.0);
        }
    }
}
