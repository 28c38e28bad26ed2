//! What is being drawn or measured, over the map: lines, points and their words, composed for a view.

use super::{MapColors, MapTheme};
use crate::geodesy::{LonLat, MapProjection, project_line};
use crate::scene::{Color, Dash, FontFace, Paint, PlaneView, Primitive, ScenePoint, SceneRect, ScreenSet, Stroke, TextAnchor, TextRun};
use crate::typography::measure;

/// Em size of words in CSS pixels.
const TEXT_PX: f32 = 11.5;
/// What lies farther than this from the map body is left out, in CSS pixels.
const NEAR_PX: f32 = 200.0;
/// Dashes of what is not settled yet.
const LIVE_DASH: Dash = Dash { on: 6.0, off: 4.0 };

/// How settled a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SketchLineKind {
    /// Drawn.
    Settled,
    /// On its way to the pointer, or an older path that a newer one will replace.
    Live,
    /// Only says where the next leg leads.
    Hint,
}

/// A line of a sketch.
#[derive(Clone, Copy, Debug)]
pub struct SketchLine<'a> {
    /// Positions; between them it runs straight in longitude and latitude.
    pub line: &'a [LonLat],
    /// How settled it is.
    pub kind: SketchLineKind,
}

/// A point of a sketch.
#[derive(Clone, Debug)]
pub struct SketchPoint {
    /// Where.
    pub position: LonLat,
    /// Its name, if any.
    pub name: Option<String>,
    /// The one that a key would act on, or under the pointer.
    pub marked: bool,
}

/// Words in the middle of a line.
#[derive(Clone, Debug)]
pub struct SketchLabel {
    /// Where.
    pub position: LonLat,
    /// The words.
    pub text: String,
}

/// Everything that is being drawn.
#[derive(Clone, Debug, Default)]
pub struct Sketch<'a> {
    /// Lines, the lowest first.
    pub lines: Vec<SketchLine<'a>>,
    /// Points over the lines.
    pub points: Vec<SketchPoint>,
    /// Words beside the lines.
    pub labels: Vec<SketchLabel>,
}

/// The sketch for a view, cut where the map is.
pub fn sketch(sketch: &Sketch<'_>, view: &PlaneView, projection: MapProjection, theme: MapTheme) -> ScreenSet {
    let colors = MapColors::of(theme);
    let mut set = ScreenSet::default();
    for line in &sketch.lines {
        for part in project_line(&projection, line.line) {
            let points: Vec<ScenePoint> = part.iter().map(|at| view.scene_from_projected(*at)).collect();
            if points.len() >= 2 {
                push_line(&mut set, &points, line.kind, colors);
            }
        }
    }
    let around = view.frame.grown(NEAR_PX);
    let place = |position: LonLat| Some(view.scene_from_projected(projection.project(position))).filter(|at| around.contains(*at));
    let mut taken: Vec<SceneRect> = Vec::new();
    for point in &sketch.points {
        let Some(center) = place(point.position) else { continue };
        let (fill, radius) = if point.marked { (colors.accent, 5.5) } else { (colors.casing, 4.5) };
        let paint = Paint { fill: Some(fill), stroke: Some(Stroke::solid(colors.accent, 2.0)) };
        set.push("sketch", Primitive::Disc { center, radius: radius + 2.0, paint: Paint::fill(colors.casing.faded(0.85)) });
        set.push("sketch", Primitive::Disc { center, radius, paint });
        if let Some(name) = &point.name {
            // Above, since the names of the map stand beside their symbols.
            let at = ScenePoint::new(center.x, center.y - 14.0);
            push_text(&mut set, name, at, &mut taken, colors);
        }
    }
    for label in &sketch.labels {
        if let Some(at) = place(label.position) {
            push_text(&mut set, &label.text, ScenePoint::new(at.x, at.y - 9.0), &mut taken, colors);
        }
    }
    set
}

fn push_line(set: &mut ScreenSet, points: &[ScenePoint], kind: SketchLineKind, colors: &MapColors) {
    let mut push = |color: Color, width: f32, dash: Option<Dash>| {
        set.push("sketch", Primitive::Polyline { points: points.to_vec(), stroke: Stroke { color, width, dash } });
    };
    match kind {
        SketchLineKind::Settled => {
            push(colors.casing.faded(0.9), 7.0, None);
            push(colors.accent, 3.2, None);
        }
        SketchLineKind::Live => {
            push(colors.casing.faded(0.8), 6.0, None);
            push(colors.accent, 2.4, None);
        }
        SketchLineKind::Hint => push(colors.accent.faded(0.7), 1.2, Some(LIVE_DASH)),
    }
}

/// Words that would cover others are left out: the lengths are in the card as well.
fn push_text(set: &mut ScreenSet, text: &str, position: ScenePoint, taken: &mut Vec<SceneRect>, colors: &MapColors) {
    let width = measure(text, FontFace::SemiBold, TEXT_PX).width;
    let area = SceneRect::new(position.x - width / 2.0 - 4.0, position.y - TEXT_PX - 1.0, width + 8.0, TEXT_PX + 5.5);
    if taken.iter().any(|other| other.intersects(&area)) {
        return;
    }
    taken.push(area);
    set.push("sketch", Primitive::Rect { rect: area, corner_radius: 3.0, paint: Paint::fill(colors.casing.faded(0.88)) });
    let run = TextRun {
        text: text.to_owned(),
        face: FontFace::SemiBold,
        size: TEXT_PX,
        letter_spacing: 0.0,
        color: colors.ink,
        halo: None,
        position,
        anchor: TextAnchor::Middle,
        angle_deg: 0.0,
    };
    set.push("sketch", Primitive::Text(run));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Projected;

    fn view() -> PlaneView {
        PlaneView { center: Projected::default(), resolution_m_per_px: 50_000.0, frame: SceneRect::new(0.0, 0.0, 900.0, 500.0) }
    }

    fn texts(set: &ScreenSet) -> Vec<String> {
        let text = |item: &crate::scene::SceneItem| if let Primitive::Text(run) = &item.primitive { Some(run.text.clone()) } else { None };
        set.items.iter().filter_map(text).collect()
    }

    #[test]
    fn a_line_over_the_date_line_is_cut() {
        let line = [LonLat::new(170.0, 10.0), LonLat::new(-170.0, 12.0)];
        let drawn = Sketch { lines: vec![SketchLine { line: &line, kind: SketchLineKind::Settled }], ..Sketch::default() };
        let set = sketch(&drawn, &view(), MapProjection::default(), MapTheme::Light);
        assert_eq!(set.items.len(), 4, "two parts, each with its casing");
        for item in &set.items {
            let Primitive::Polyline { points, .. } = &item.primitive else { panic!("a line") };
            assert!(points.windows(2).all(|pair| (pair[0].x - pair[1].x).abs() < 100.0), "no line runs across the map");
        }
    }

    #[test]
    fn words_do_not_cover_each_other_and_far_ones_are_left_out() {
        let label = |lon: f64, text: &str| SketchLabel { position: LonLat::new(lon, 0.0), text: text.to_owned() };
        let point = SketchPoint { position: LonLat::new(0.0, 0.0), name: Some("Bar".to_owned()), marked: true };
        let drawn = Sketch {
            points: vec![point],
            labels: vec![label(1.0, "hidden"), label(60.0, "shown"), label(179.0, "far")],
            ..Sketch::default()
        };
        let near = PlaneView { resolution_m_per_px: 20_000.0, ..view() };
        let set = sketch(&drawn, &near, MapProjection::default(), MapTheme::Dark);
        assert_eq!(texts(&set), ["Bar", "shown"]);
    }
}
