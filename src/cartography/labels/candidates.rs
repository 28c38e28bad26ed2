//! From a name to the places where it may stand.

use std::rc::Rc;
use std::sync::Arc;

use super::area::LevelRows;
use super::curve::{LevelCurve, OnCurve, above_letter, boxes_of, is_smooth, length_m, stretches};
use super::ink::Ink;
use super::point;
use super::room::{Bounds, Room, Segment, Spot};
use super::setting::{self, Setting, two_lines};
use super::{AreaPlace, LabelKind, LabelPlace, MapLabel};
use crate::geodesy::Projected;
use crate::scene::TextAnchor;
use crate::typography::Letter;

/// How the text of a candidate stands.
#[derive(Clone, Debug)]
pub(super) enum Standing {
    /// Level lines of text: at an offset in pixels from a place of the plane.
    Upright {
        from: Projected,
        /// To the first baseline, at the end that `anchor` names.
        offset: (f32, f32),
        anchor: TextAnchor,
        /// Both ends of a leader as offsets.
        leader: Option<[(f32, f32); 2]>,
    },
    /// Letters along a curve, one for each line of text.
    Curved(Vec<OnCurve>),
}

/// A place where a name may stand.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) room: Room,
    pub(super) leader: Option<Segment>,
    pub(super) standing: Standing,
    /// Which of the settings of its name.
    pub(super) setting: u8,
    /// How little the place suits by itself: 0 is best.
    pub(super) cost: f32,
}

/// A name with all places for it.
#[derive(Debug)]
pub(super) struct Name<'a> {
    pub(super) label: &'a MapLabel,
    pub(super) settings: Vec<Setting>,
    pub(super) candidates: Vec<Candidate>,
    /// The point that it names, on the level.
    pub(super) point: Option<Spot>,
    /// Which of several along one line.
    pub(super) number: i64,
    /// All that any of its places may cover.
    pub(super) reach: Bounds,
}

/// A zoom level: names are placed at its resolution, which is a little coarser than that of the view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Level {
    pub(super) resolution: f64,
}

/// Levels to a doubling of the scale.
const LEVELS: f64 = 6.0;

impl Level {
    /// The level for a resolution in plane metres a pixel.
    pub(super) fn of(resolution: f64) -> Self {
        // A hair of tolerance: a resolution on the very step belongs to it.
        Self { resolution: (((resolution.log2() * LEVELS) - 1e-6).ceil() / LEVELS).exp2() }
    }

    pub(super) fn spot(&self, at: Projected) -> Spot {
        Spot::new(at.x_m / self.resolution, -at.y_m / self.resolution)
    }

    pub(super) fn plane(&self, spot: Spot) -> Projected {
        Projected::new(spot.x * self.resolution, -spot.y * self.resolution)
    }
}

/// The part of a level where names are gathered, and what is drawn there.
pub(super) struct Surroundings<'a> {
    pub(super) level: Level,
    /// Names that belong elsewhere are left out.
    pub(super) around: Bounds,
    /// Names of areas stand in here, if given.
    pub(super) window: Option<Bounds>,
    pub(super) ink: &'a Ink,
}

/// Leaders are drawn up to this many plane metres a pixel: farther off they could not be told apart.
const LEADERS_M_PER_PX: f64 = 8_000.0;

/// Names that take part, each with its places; a name along a line takes part several times.
pub(super) fn names<'a>(label: &'a MapLabel, surroundings: &Surroundings<'_>, found: &mut Vec<Name<'a>>) {
    match &label.place {
        LabelPlace::Point { at, clearance_px, may_lead } => {
            let spot = surroundings.level.spot(*at);
            if surroundings.around.contains(spot) {
                let may_lead = *may_lead && surroundings.level.resolution <= LEADERS_M_PER_PX;
                found.push(beside_point(label, *at, spot, f64::from(*clearance_px), may_lead));
            }
        }
        LabelPlace::Area(area) => found.extend(in_area(label, area, surroundings)),
        LabelPlace::Curve { path, spread_em } => found.extend(along_curve(label, path, *spread_em, surroundings)),
        LabelPlace::Line(line) => {
            let line: Vec<Projected> = line.iter().map(|point| point.projected()).collect();
            along_line(label, &line, surroundings, found);
        }
    }
}

fn finished<'a>(label: &'a MapLabel, settings: Vec<Setting>, candidates: Vec<Candidate>, point: Option<Spot>, number: i64) -> Name<'a> {
    let reach = candidates.iter().fold(Bounds::EMPTY, |all, candidate| all.joined(&candidate.room.bounds()));
    Name { label, settings, candidates, point, number, reach }
}

/// Radius of the dot of a town as a share of the em size.
pub(super) const TOWN_DOT_EM: f32 = 0.16;

/// The text box of an upright candidate as a standing text.
fn upright(bounds: &Bounds, from: Projected, at: Spot, anchor: TextAnchor, setting: &Setting, leader: Option<Segment>) -> Standing {
    let x = match anchor {
        TextAnchor::Start => bounds.left,
        TextAnchor::Middle => f64::midpoint(bounds.left, bounds.right),
        TextAnchor::End => bounds.right,
    };
    let offset = |spot: Spot| ((spot.x - at.x) as f32, (spot.y - at.y) as f32);
    let baseline = Spot::new(x, bounds.top + f64::from(setting.ascent));
    Standing::Upright { from, offset: offset(baseline), anchor, leader: leader.map(|(start, end)| [offset(start), offset(end)]) }
}

fn beside_point<'a>(label: &'a MapLabel, from: Projected, at: Spot, clearance: f64, may_lead: bool) -> Name<'a> {
    let setting = Setting::plain(&label.text, setting::face(label.kind), label.size_px);
    let mut places = point::near(at, clearance, &setting);
    if may_lead {
        places.extend(point::with_leader(at, clearance, &setting));
    }
    let dot = f64::from(label.size_px * TOWN_DOT_EM);
    let candidate = |place: point::Beside| Candidate {
        room: if label.kind == LabelKind::Town {
            Room::Many(vec![place.bounds, Bounds::around(at, dot, dot)])
        } else {
            Room::One(place.bounds)
        },
        leader: place.leader,
        standing: upright(&place.bounds, from, at, place.anchor, &setting, place.leader),
        setting: 0,
        cost: place.cost,
    };
    let candidates = places.into_iter().map(candidate).collect();
    finished(label, vec![setting], candidates, Some(at), 0)
}

/// Country names of more letters than this try two lines first.
const LONGEST_LINE: usize = 13;
/// A name of which less than this share lies inside its area would seem to name a neighbor.
const LEAST_INSIDE: f64 = 0.28;
/// Around a place that is too small for its name: shares of its width to the right and of one line down, best first.
const AROUND: [(f64, f64); 17] = [
    (0.0, 0.0),
    (-0.05, 0.0),
    (0.05, 0.0),
    (0.0, -0.25),
    (0.0, 0.25),
    (0.0, -0.5),
    (0.0, 0.5),
    (-0.1, 0.0),
    (0.1, 0.0),
    (-0.2, 0.0),
    (0.2, 0.0),
    (-0.12, -0.6),
    (0.12, -0.6),
    (-0.12, 0.6),
    (0.12, 0.6),
    (0.0, -1.0),
    (0.0, 1.0),
];

/// The ways a country's name may be set, and how little each suits.
fn country_settings(label: &MapLabel, capitals: bool, room_px: f64) -> Vec<(Setting, f32)> {
    let face = setting::face(label.kind);
    let size = label.size_px;
    let mut settings = Vec::new();
    let long = label.text.chars().count() > LONGEST_LINE;
    if capitals {
        let upper = label.text.to_uppercase();
        let lines = two_lines(&upper).filter(|_| long);
        for (lines, cost) in [(Some(vec![upper.clone()]), if long { 0.3 } else { 0.0 }), (lines, 0.0)] {
            let Some(lines) = lines else { continue };
            let natural = lines.iter().map(|line| setting::width_em(line, face)).fold(0.0, f32::max) * size;
            let letters = lines.iter().map(|line| line.chars().count()).max().unwrap_or(1).max(2) as f32;
            let room = room_px as f32;
            // Large countries are named in larger and wider letters.
            let growth = (room / (5.0 * natural)).powf(0.4).clamp(1.0, 1.4);
            let spacing = ((0.5 * room / growth - natural) / (letters - 1.0) / size).clamp(0.12, 0.42);
            settings.push((Setting::new(lines, face, size * growth, size * growth * spacing), cost));
        }
    }
    let plain = if capitals { 1.0 } else { 0.0 };
    settings.push((Setting::plain(&label.text, face, size), plain + if long { 0.3 } else { 0.0 }));
    if let Some(lines) = two_lines(&label.text).filter(|_| label.text.chars().count() > 8) {
        settings.push((Setting::new(lines, face, size, 0.0), plain + if long { 0.0 } else { 0.3 }));
    }
    settings
}

fn in_area<'a>(label: &'a MapLabel, area: &AreaPlace, surroundings: &Surroundings<'_>) -> Option<Name<'a>> {
    let Surroundings { level, around, window, .. } = surroundings;
    let at = level.spot(area.at);
    let near = area.rows.as_ref().map(|rows| rows.bounds(level.resolution)).is_some_and(|bounds| bounds.meets(around));
    if !near && !around.contains(at) {
        return None;
    }
    let rows = area.rows.as_ref().map(|rows| LevelRows::new(rows, level.resolution, window.as_ref()));
    let in_scale = area.in_scale;
    let settings = country_settings(label, in_scale, rows.as_ref().map_or(0.0, LevelRows::widest));
    let mut candidates = Vec::new();
    let mut add = |index: usize, setting: &Setting, spot: Spot, cost: f32| {
        let text = Bounds::around(spot, f64::from(setting.width) / 2.0, f64::from(setting.height) / 2.0);
        candidates.push(Candidate {
            room: Room::One(text),
            leader: None,
            standing: upright(&text, level.plane(spot), spot, TextAnchor::Middle, setting, None),
            setting: u8::try_from(index).unwrap_or(u8::MAX),
            cost,
        });
    };
    for (index, (setting, own_cost)) in settings.iter().enumerate() {
        let inside = rows.as_ref().map_or_else(Vec::new, |rows| rows.inside(at, setting));
        for (spot, cost) in &inside {
            add(index, setting, *spot, own_cost + cost);
        }
        // Capitals stay inside; plain letters may reach over a border.
        if !inside.is_empty() || (in_scale && index < settings.len().saturating_sub(2) && settings.len() > 2) {
            continue;
        }
        let middle = rows.as_ref().filter(|rows| !rows.bounds.contains(at)).map_or(at, |rows| rows.bounds.center());
        for (turn, (right, down)) in AROUND.into_iter().enumerate() {
            let spot = Spot::new(middle.x + right * f64::from(setting.width), middle.y + down * f64::from(setting.leading));
            let text = Bounds::around(spot, f64::from(setting.width) / 2.0, f64::from(setting.height) / 2.0);
            let share = rows.as_ref().map_or(1.0, |rows| rows.share(&text));
            if share >= LEAST_INSIDE || (in_scale && window.is_none()) {
                add(index, setting, spot, own_cost + 3.0 + 4.0 * (1.0 - share as f32) + 0.05 * turn as f32);
            }
        }
    }
    let settings = settings.into_iter().map(|(setting, _)| setting).collect();
    (!candidates.is_empty()).then(|| finished(label, settings, candidates, None, 0))
}

/// Lines of a sea's name take no more of the width of its water than this share of its length.
const LINES_SHARE: f32 = 0.34;

/// How the name of a sea is set on a curve of this length in pixels: larger and wider where there is much room, on two lines where there
/// is little. `None` when it does not fit.
fn sea_settings(label: &MapLabel, spread_em: f32, length: f64) -> Vec<Setting> {
    let face = setting::face(label.kind);
    let length = length as f32;
    let set = |lines: Vec<String>| {
        let longest = lines.iter().max_by(|a, b| setting::width_em(a, face).total_cmp(&setting::width_em(b, face)))?;
        let natural = setting::width_em(longest, face) * label.size_px;
        let gaps = longest.chars().count().saturating_sub(1).max(1) as f32;
        let growth = (length / (3.2 * natural)).powf(0.5).clamp(1.0, 1.45);
        let size = label.size_px * growth;
        let spacing = ((0.66 * length - natural * growth) / gaps).clamp(0.04 * size, spread_em * size);
        let setting = Setting::new(lines, face, size, spacing);
        // Waters are about a third as wide as they are long.
        (setting.width <= 0.97 * length && setting.height <= LINES_SHARE * length).then_some(setting)
    };
    set(vec![label.text.to_string()]).or_else(|| two_lines(&label.text).and_then(set)).into_iter().collect()
}

fn along_curve<'a>(label: &'a MapLabel, curve: &Arc<[Projected]>, spread_em: f32, surroundings: &Surroundings<'_>) -> Option<Name<'a>> {
    let Surroundings { level, around, .. } = surroundings;
    let extent = curve.iter().fold(Bounds::EMPTY, |all, point| all.including(level.spot(*point)));
    if !extent.meets(around) {
        return None;
    }
    let way_m = length_m(curve);
    let length = way_m / level.resolution;
    let setting = sea_settings(label, spread_em, length).pop()?;
    let slack = ((length - f64::from(setting.width)) / 2.0).max(0.0);
    let aside = (0.045 * length).min(f64::from(setting.size) * 1.1) as f32;
    let level_curve = LevelCurve::new(curve, level.resolution)?;
    let own: Vec<_> = setting
        .lines
        .iter()
        .map(|line| {
            (setting::letters(line, setting.face), Setting::new(vec![line.clone()], setting.face, setting.size, setting.spacing).width)
        })
        .collect();
    let mut candidates = Vec::new();
    for (along, along_cost) in [(0.0, 0.0), (-0.45, 0.6), (0.45, 0.6), (-1.0, 1.6), (1.0, 1.6)] {
        for (off, off_cost) in [(0.0, 0.0), (-0.5, 0.5), (0.5, 0.5), (-1.0, 1.1), (1.0, 1.1)] {
            let mut boxes = Vec::new();
            let line = |(index, (letters, width)): (usize, &(Rc<[Letter]>, f32))| {
                // The height of small letters is about 0.55 em: their middle lies on the curve, or that of two lines.
                let down = index as f32 - (setting.lines.len() as f32 - 1.0) / 2.0;
                let name = OnCurve {
                    path: curve.clone(),
                    middle_m: way_m / 2.0 + along * slack * level.resolution,
                    drop: 0.27 * setting.size + off * aside + down * setting.leading,
                    width: *width,
                    size: setting.size,
                    spacing: setting.spacing,
                };
                let placed = level_curve.letters(&name, letters)?;
                boxes.extend(boxes_of(level_curve.origin(), &placed, letters, (setting.size, setting.spacing)));
                Some(name)
            };
            let lines: Option<Vec<OnCurve>> = own.iter().enumerate().map(line).collect();
            let Some(lines) = lines else { continue };
            let standing = Standing::Curved(lines);
            candidates.push(Candidate { room: Room::Many(boxes), leader: None, standing, setting: 0, cost: along_cost + off_cost });
        }
    }
    (!candidates.is_empty()).then(|| finished(label, vec![setting], candidates, None, 0))
}

/// Distance between the middles of a name that is repeated along a line, in em.
const REPEAT_EM: f64 = 52.0;
/// A name does not come again within this distance, on this or on another line of the same name, in em.
pub(super) const APART_EM: f64 = 30.0;
/// Space between a line and its name in em.
const BESIDE_EM: f32 = 0.38;

fn along_line<'a>(label: &'a MapLabel, line: &[Projected], surroundings: &Surroundings<'_>, found: &mut Vec<Name<'a>>) {
    let Surroundings { level, around, ink, .. } = surroundings;
    let setting = Setting::new(vec![label.text.to_string()], setting::face(label.kind), label.size_px, 0.03 * label.size_px);
    let (width, size) = (f64::from(setting.width), f64::from(setting.size));
    let every = (REPEAT_EM * size).max(2.2 * width);
    let reach = width / 2.0 + 0.2 * every;
    let own = setting::letters(&label.text, setting.face);
    for stretch in stretches(line, level.resolution, (reach, every), around) {
        let Some(curve) = LevelCurve::new(&stretch.path, level.resolution) else { continue };
        let mut candidates = Vec::new();
        for (slide, cost) in [(0.0, 0.0), (-0.09, 0.2), (0.09, 0.2), (-0.18, 0.4), (0.18, 0.4)] {
            // Above the line, or below it.
            for (drop, side_cost) in [(-BESIDE_EM * setting.size, 0.0), ((BESIDE_EM + 0.72) * setting.size, 0.1)] {
                // Most places are beside another line: three looks tell, before any letter is set.
                let middle = stretch.middle_m / level.resolution + slide * every;
                let is_drawn =
                    |share: f64| curve.beside(middle + share * width, drop - 0.36 * setting.size).is_none_or(|spot| ink.is_at(spot));
                if [0.0, -0.4, 0.4].into_iter().any(is_drawn) {
                    continue;
                }
                let name = OnCurve {
                    path: stretch.path.clone(),
                    middle_m: stretch.middle_m + slide * every * level.resolution,
                    drop,
                    width: setting.width,
                    size: setting.size,
                    spacing: setting.spacing,
                };
                let Some(placed) = curve.letters(&name, &own) else { continue };
                let covers = |up: f32| {
                    let mut spots = placed.iter().map(|letter| above_letter(curve.origin(), letter, 0.5 * setting.size, up * setting.size));
                    spots.any(|spot| ink.is_at(spot))
                };
                if !is_smooth(&placed) || [0.0, 0.25, 0.5, 0.75].into_iter().any(covers) {
                    continue;
                }
                let room = Room::Many(boxes_of(curve.origin(), &placed, &own, (setting.size, setting.spacing)));
                let standing = Standing::Curved(vec![name]);
                candidates.push(Candidate { room, leader: None, standing, setting: 0, cost: cost + side_cost });
            }
        }
        if !candidates.is_empty() {
            let mut name = finished(label, vec![setting.clone()], candidates, None, stretch.number);
            // What stands so near decides whether this name may come again.
            name.reach = name.reach.grown(APART_EM * size / 2.0);
            found.push(name);
        }
    }
}
