//! Placed names as things of a screen set.

use super::candidates::{Candidate, Name, Standing, TOWN_DOT_EM};
use super::place::LabelPage;
use super::setting::{Setting, look};
use super::{LabelKind, MapLabel};
use crate::cartography::MapColors;
use crate::scene::{CurvedText, Paint, Primitive, ScenePoint, SceneRect, ScreenSet, Stroke, TextAnchor, TextRun, TurnedLetter};
use crate::typography::start_offset;

/// Names keep this far inside the edge of the map body, in pixels.
const EDGE_PX: f32 = 2.0;

/// Text where it stands on the page.
#[derive(Debug)]
enum OnPage {
    Upright { position: ScenePoint, anchor: TextAnchor, leader: Option<[ScenePoint; 2]> },
    Curved(Vec<Vec<TurnedLetter>>),
}

/// A name that found its place and is seen.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    pub(super) label: &'a MapLabel,
    pub(super) candidate: Candidate,
    setting: Setting,
    on_page: OnPage,
    point: Option<ScenePoint>,
}

impl<'a> Placed<'a> {
    /// The name on the page; `None` when the edge of the map body or something reserved would cut it.
    pub(super) fn new(name: &Name<'a>, candidate: Candidate, page: &LabelPage<'_>) -> Option<Self> {
        let setting = name.settings.get(usize::from(candidate.setting))?.clone();
        let view = page.view;
        let (on_page, boxes) = match &candidate.standing {
            Standing::Upright { from, offset, anchor, leader } => {
                let from = view.scene_from_projected(*from);
                let at = |(x, y): (f32, f32)| ScenePoint::new(from.x + x, from.y + y);
                let position = at(*offset);
                let left = position.x + start_offset(*anchor, setting.width);
                let text = SceneRect::new(left, position.y - setting.ascent, setting.width, setting.height);
                let on_page = OnPage::Upright { position, anchor: *anchor, leader: leader.map(|ends| ends.map(at)) };
                (on_page, vec![text])
            }
            Standing::Curved(curves) => {
                let lines = curves.iter().zip(&setting.lines);
                let lines: Vec<_> = lines.map(|(curve, line)| curve.on_page(line, setting.face, view)).collect::<Option<_>>()?;
                let around =
                    |letter: &TurnedLetter| SceneRect::new(letter.position.x, letter.position.y, 0.0, 0.0).grown(setting.size * 0.8);
                let boxes = lines.iter().flatten().map(around).collect();
                (OnPage::Curved(lines), boxes)
            }
        };
        let inside = view.frame.grown(-EDGE_PX);
        let whole = |rect: &SceneRect| {
            inside.contains(ScenePoint::new(rect.x, rect.y)) && inside.contains(ScenePoint::new(rect.right(), rect.bottom()))
        };
        let free = |rect: &SceneRect| page.reserved.iter().all(|area| !area.intersects(rect));
        let point = match (&candidate.standing, name.point) {
            (Standing::Upright { from, .. }, Some(_)) => Some(view.scene_from_projected(*from)),
            (Standing::Upright { .. } | Standing::Curved(_), _) => None,
        };
        // What is named must be seen itself.
        let seen = point.is_none_or(|at| inside.contains(at) && page.reserved.iter().all(|area| !area.contains(at)));
        (seen && boxes.iter().all(|rect| whole(rect) && free(rect))).then_some(Self {
            label: name.label,
            candidate,
            setting,
            on_page,
            point,
        })
    }
}

/// Draws names, the least important first, so that the halo of a lesser one never covers a greater one; leaders lie below all names.
pub(super) fn draw<'p, 'a: 'p>(set: &mut ScreenSet, placed: impl DoubleEndedIterator<Item = &'p Placed<'a>> + Clone, colors: &MapColors) {
    for name in placed.clone() {
        if let OnPage::Upright { leader: Some([start, end]), .. } = &name.on_page {
            let color = look(name.label, colors).color.faded(if name.label.dimmed { 0.3 } else { 0.7 });
            let stroke = Stroke::solid(color, (name.setting.size * 0.065).max(0.7));
            push(set, name.label, Primitive::Polyline { points: vec![*start, *end], stroke });
        }
    }
    placed.rev().for_each(|name| draw_name(set, name, colors));
}

fn push(set: &mut ScreenSet, label: &MapLabel, primitive: Primitive) {
    match label.feature {
        Some(feature) => set.push_feature("labels", feature, primitive),
        None => set.push("labels", primitive),
    }
}

fn draw_name(set: &mut ScreenSet, name: &Placed<'_>, colors: &MapColors) {
    let Placed { label, setting, on_page, point, .. } = name;
    let look = look(label, colors);
    let fade = if label.dimmed { 0.45 } else { 1.0 };
    let halo = Some((look.halo.faded(0.85 * fade), (label.size_px * 0.16).max(1.5)));
    if let (LabelKind::Town, Some(center)) = (label.kind, *point) {
        // A town is named only together with its dot, which says where it lies.
        let paint = Paint { fill: Some(look.color), stroke: Some(Stroke::solid(look.halo.faded(0.9), 1.0)) };
        set.push("labels", Primitive::Disc { center, radius: label.size_px * TOWN_DOT_EM, paint });
    }
    match on_page {
        OnPage::Upright { position, anchor, .. } => {
            for (index, line) in setting.lines.iter().enumerate() {
                let run = TextRun {
                    text: line.clone(),
                    face: look.face,
                    size: setting.size,
                    letter_spacing: setting.spacing,
                    color: look.color.faded(fade),
                    halo,
                    position: ScenePoint::new(position.x, position.y + setting.leading * index as f32),
                    anchor: *anchor,
                    angle_deg: 0.0,
                };
                push(set, label, Primitive::Text(run));
            }
        }
        OnPage::Curved(lines) => {
            for (letters, line) in lines.iter().zip(&setting.lines) {
                let text = CurvedText {
                    text: line.clone(),
                    face: look.face,
                    size: setting.size,
                    color: look.color.faded(fade),
                    halo,
                    letters: letters.clone(),
                };
                push(set, label, Primitive::CurvedText(text));
            }
        }
    }
}
