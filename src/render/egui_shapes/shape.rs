//! Screen primitives as egui shapes.

use egui::epaint::{CircleShape, PathShape, PathStroke, RectShape};
use egui::{Color32, CornerRadius, Mesh, Painter, Pos2, Rect, Shape, StrokeKind, Vec2, pos2};

use super::{paint, text};
use crate::render::plane::{ClipBox, clip_line};
use crate::scene::{Paint, PathSegment, Primitive, ScenePoint, Stroke};

/// Straight pieces of a curve.
const CURVE_STEPS: u8 = 10;
/// Corners of a circle whose outline is dashed.
const DASHED_CIRCLE_CORNERS: u16 = 48;
/// Dashed lines are kept this far beyond the visible part, in points.
const MARGIN_PT: f32 = 64.0;
/// What lies farther away than this in points is left out.
const FARTHEST_PT: f32 = 1.0e7;

/// Paints one thing.
pub(super) fn paint(painter: &Painter, primitive: &Primitive, offset: Vec2) {
    let place = |point: &ScenePoint| {
        let placed = pos2(point.x, point.y) + offset;
        (placed.x.abs() < FARTHEST_PT && placed.y.abs() < FARTHEST_PT).then_some(placed)
    };
    match primitive {
        Primitive::Path { segments, paint } => {
            for (points, closed) in flattened(segments, place).into_iter().flatten() {
                paint_outline(painter, points, closed, paint);
            }
        }
        Primitive::Polyline { points, stroke } => {
            if let Some(points) = points.iter().map(place).collect::<Option<Vec<_>>>() {
                paint_outline(painter, points, false, &Paint::stroke(*stroke));
            }
        }
        Primitive::Disc { center, radius, paint } => {
            if let Some(center) = place(center).filter(|_| *radius > 0.0 && *radius < FARTHEST_PT) {
                paint_disc(painter, center, *radius, paint);
            }
        }
        Primitive::Rect { rect, corner_radius, paint } => {
            let corners = [ScenePoint::new(rect.x, rect.y), ScenePoint::new(rect.right(), rect.bottom())];
            if let [Some(min), Some(max)] = corners.each_ref().map(place) {
                paint_rect(painter, Rect::from_min_max(min, max), *corner_radius, paint);
            }
        }
        Primitive::Text(run) => text::paint(painter, run, offset),
        Primitive::CurvedText(curved) => text::paint_curved(painter, curved, offset),
    }
}

fn fill_of(paint: &Paint) -> Option<Color32> {
    paint.fill.filter(|color| color.a > 0).map(paint::color32)
}

fn paint_outline(painter: &Painter, mut points: Vec<Pos2>, closed: bool, paint: &Paint) {
    points.dedup();
    if points.len() < 2 {
        return;
    }
    if let Some(fill) = fill_of(paint) {
        let convex = is_convex(&points);
        match (convex, triangulated(&points, fill)) {
            (true, _) => drop(painter.add(PathShape::convex_polygon(points.clone(), fill, PathStroke::NONE))),
            (false, Some(mesh)) => drop(painter.add(Shape::mesh(mesh))),
            (false, None) => {}
        }
    }
    let Some((pen, stroke)) = paint::visible(paint.stroke) else { return };
    if paint::dash(&stroke).is_some() {
        if closed {
            points.push(points[0]);
        }
        paint_dashes(painter, &points, pen, &stroke);
    } else if closed {
        painter.add(Shape::closed_line(points, pen));
    } else {
        painter.add(Shape::line(points, pen));
    }
}

/// Dashes along the visible part of the line; they stay in place when the line begins outside.
fn paint_dashes(painter: &Painter, points: &[Pos2], pen: egui::Stroke, stroke: &Stroke) {
    let Some((on, off)) = paint::dash(stroke) else { return };
    let visible = painter.clip_rect().expand(MARGIN_PT);
    let corner = |at: Pos2| [at.x, at.y].map(|c| f64::from(c.clamp(-FARTHEST_PT, FARTHEST_PT)));
    let clip = ClipBox { min: corner(visible.min), max: corner(visible.max) };
    let line: Vec<[f64; 2]> = points.iter().map(|p| [p.x.into(), p.y.into()]).collect();
    clip_line(&line, &clip, |run, start| {
        let phase = start.rem_euclid(f64::from(on + off)) as f32;
        let mut run: Vec<Pos2> = run.iter().map(|[x, y]| pos2(*x as f32, *y as f32)).collect();
        run.dedup();
        painter.extend(Shape::dashed_line_with_offset(&run, pen, &[on], &[off], -phase));
    });
}

fn paint_disc(painter: &Painter, center: Pos2, radius: f32, paint: &Paint) {
    let pen = paint::visible(paint.stroke);
    let dashed = pen.filter(|(_, stroke)| paint::dash(stroke).is_some());
    let solid = if dashed.is_some() { egui::Stroke::NONE } else { pen.map_or(egui::Stroke::NONE, |(pen, _)| pen) };
    painter.add(CircleShape { center, radius, fill: fill_of(paint).unwrap_or(Color32::TRANSPARENT), stroke: solid });
    if let Some((pen, stroke)) = dashed {
        let turn = std::f32::consts::TAU / f32::from(DASHED_CIRCLE_CORNERS);
        let circle: Vec<_> = (0..=DASHED_CIRCLE_CORNERS).map(|i| center + Vec2::angled(f32::from(i) * turn) * radius).collect();
        paint_dashes(painter, &circle, pen, &stroke);
    }
}

fn paint_rect(painter: &Painter, rect: Rect, corner_radius: f32, paint: &Paint) {
    let pen = paint::visible(paint.stroke);
    let dashed = pen.filter(|(_, stroke)| paint::dash(stroke).is_some());
    let solid = if dashed.is_some() { egui::Stroke::NONE } else { pen.map_or(egui::Stroke::NONE, |(pen, _)| pen) };
    let rounding = CornerRadius::same(corner_radius.clamp(0.0, 255.0).round() as u8);
    painter.add(RectShape::new(rect, rounding, fill_of(paint).unwrap_or(Color32::TRANSPARENT), solid, StrokeKind::Middle));
    if let Some((pen, stroke)) = dashed {
        let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
        paint_dashes(painter, &corners, pen, &stroke);
    }
}

type OpenOrClosed = (Vec<Pos2>, bool);

/// The path's parts as corners, and whether each is closed. `None` when a point has no place or the path does not start with one.
fn flattened(segments: &[PathSegment], place: impl Fn(&ScenePoint) -> Option<Pos2>) -> Option<Vec<OpenOrClosed>> {
    let mut parts: Vec<OpenOrClosed> = Vec::new();
    for segment in segments {
        if let PathSegment::MoveTo(point) = segment {
            parts.push((vec![place(point)?], false));
            continue;
        }
        let (points, closed) = parts.last_mut()?;
        let from = *points.last()?;
        let steps = (1..=CURVE_STEPS).map(|step| f32::from(step) / f32::from(CURVE_STEPS));
        match segment {
            PathSegment::MoveTo(_) => {}
            PathSegment::LineTo(point) => points.push(place(point)?),
            PathSegment::QuadTo(control, end) => {
                let (control, end) = (place(control)?, place(end)?);
                points.extend(steps.map(|t| from.lerp(control, t).lerp(control.lerp(end, t), t)));
            }
            PathSegment::CubicTo(first, second, end) => {
                let (first, second, end) = (place(first)?, place(second)?, place(end)?);
                points.extend(steps.map(|t| {
                    let (a, b, c) = (from.lerp(first, t), first.lerp(second, t), second.lerp(end, t));
                    a.lerp(b, t).lerp(b.lerp(c, t), t)
                }));
            }
            PathSegment::Close => {
                *closed = true;
                if points.len() > 1 && points.first() == points.last() {
                    points.pop();
                }
            }
        }
    }
    Some(parts)
}

/// Twice the signed area of the triangle.
fn turn(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    let (u, v) = (b - a, c - b);
    u.x * v.y - u.y * v.x
}

fn is_convex(points: &[Pos2]) -> bool {
    let n = points.len();
    let turns = || (0..n).map(|i| turn(points[i], points[(i + 1) % n], points[(i + 2) % n]));
    n < 4 || turns().all(|t| t >= 0.0) || turns().all(|t| t <= 0.0)
}

/// Cuts off ears until nothing is left; `None` for outlines that cross themselves.
fn triangulated(points: &[Pos2], color: Color32) -> Option<Mesh> {
    let mut mesh = Mesh::default();
    points.iter().for_each(|p| mesh.colored_vertex(*p, color));
    let at = |index: u32| points[index as usize];
    let mut left: Vec<u32> = (0..points.len() as u32).collect();
    let area: f32 = (0..points.len())
        .map(|i| (points[i] - points[0], points[(i + 1) % points.len()] - points[0]))
        .map(|(a, b)| a.x * b.y - a.y * b.x)
        .sum();
    let sign = area.signum();
    while left.len() > 3 {
        let n = left.len();
        let ear = (0..n).find(|i| {
            let (a, b, c) = (left[(i + n - 1) % n], left[*i], left[(i + 1) % n]);
            let inside = |p: Pos2| [(a, b), (b, c), (c, a)].iter().all(|(s, e)| turn(at(*s), at(*e), p) * sign >= 0.0);
            turn(at(a), at(b), at(c)) * sign >= 0.0 && !left.iter().any(|v| ![a, b, c].contains(v) && inside(at(*v)))
        })?;
        mesh.add_triangle(left[(ear + n - 1) % n], left[ear], left[(ear + 1) % n]);
        left.remove(ear);
    }
    if let [a, b, c] = left[..] {
        mesh.add_triangle(a, b, c);
    }
    Some(mesh)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(mesh: &Mesh) -> f32 {
        let corner = |i: u32| mesh.vertices[i as usize].pos;
        mesh.indices.chunks(3).map(|t| turn(corner(t[0]), corner(t[1]), corner(t[2])).abs() / 2.0).sum()
    }

    #[test]
    fn a_notched_arrowhead_keeps_its_area() {
        let notched = [pos2(0.0, 0.0), pos2(10.0, 5.0), pos2(0.0, 10.0), pos2(4.0, 5.0)];
        assert!(!is_convex(&notched));
        let mesh = triangulated(&notched, Color32::BLACK).expect("a simple outline");
        assert!((area(&mesh) - 30.0).abs() < 0.001);
        let mut reversed = notched;
        reversed.reverse();
        assert!((area(&triangulated(&reversed, Color32::BLACK).expect("simple")) - 30.0).abs() < 0.001);
    }

    #[test]
    fn convex_outlines_are_told_from_others() {
        assert!(is_convex(&[pos2(0.0, 0.0), pos2(10.0, 0.0), pos2(10.0, 10.0), pos2(0.0, 10.0)]));
        assert!(is_convex(&[pos2(0.0, 0.0), pos2(0.0, 10.0), pos2(10.0, 10.0), pos2(10.0, 0.0)]));
    }

    #[test]
    fn curves_end_at_their_end() {
        let point = ScenePoint::new;
        let segments = [
            PathSegment::MoveTo(point(0.0, 0.0)),
            PathSegment::QuadTo(point(5.0, 0.0), point(10.0, 10.0)),
            PathSegment::CubicTo(point(1.0, 1.0), point(2.0, 2.0), point(0.0, 0.0)),
            PathSegment::Close,
        ];
        let parts = flattened(&segments, |p| Some(pos2(p.x, p.y))).expect("finite");
        let (points, closed) = &parts[0];
        assert!(*closed && points.contains(&pos2(10.0, 10.0)));
        assert_ne!(points.first(), points.last(), "the start is not repeated");
        assert!(flattened(&segments[1..], |p| Some(pos2(p.x, p.y))).is_none());
        assert!(flattened(&segments, |_| None).is_none());
    }
}
