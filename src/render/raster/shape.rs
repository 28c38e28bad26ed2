//! Records world items and screen primitives as paths.

use rayon::prelude::*;
use vello_cpu::kurbo::{BezPath, Circle, Join, Point, Rect, RoundedRect, Shape};
use vello_cpu::peniko::Fill;

use super::{Hooks, Operation, Recording, paint, text, thin};
use crate::render::plane::{Figure, Parts, Tracer};
use crate::scene::{Paint, PathSegment, Primitive, ScenePoint, Stroke, SymbolShape, WorldLayer};

/// Items that one thread prepares at a time.
const CHUNK: usize = 512;
/// Largest deviation of a flattened circle, in device pixels.
const ACCURACY_PX: f64 = 0.1;
/// Screen primitives beyond this many device pixels are pulled in.
const FARTHEST_PX: f64 = 1.0e5;
/// Outlines with more dashes than this are drawn solid: they are not meant.
const MOST_DASHES: f64 = 1.0e5;

impl Recording {
    fn lines(&mut self, parts: &Parts, stroke: &Stroke, scale: f64, closed: bool) {
        let width = f64::from(stroke.width) * scale;
        if stroke.dash.is_none() && width > 0.0 && width <= thin::WIDEST_PX {
            if stroke.color.a > 0 {
                let lines = self.thin_lines();
                parts.iter().for_each(|(part, _)| lines.add(stroke.color, width as f32, part, closed));
            }
            return;
        }
        for (part, start_px) in parts.iter() {
            if let Some(mut pen) = paint::stroke(stroke, scale, start_px) {
                if is_smooth(part) {
                    // Costs a third of a round join and looks the same.
                    pen = pen.with_join(Join::Miter);
                }
                self.push(Operation::Stroke { path: path_of(part, closed), stroke: pen, color: paint::color(stroke.color) });
            }
        }
    }

    /// Adds an item of the layer, casing first.
    fn item(&mut self, layer: &WorldLayer, index: usize, tracer: &mut Tracer, scale: f64) {
        let Some(class) = layer.paint_of(index) else { return };
        let Some(figure) = tracer.trace(&layer.geometry, &layer.geometry.items[index]) else { return };
        #[cfg(test)]
        {
            self.visible_items += 1;
        }
        let strokes = [class.casing, class.paint.stroke];
        match figure {
            Figure::Area(rings) => {
                if let Some(color) = class.paint.fill {
                    let mut path = BezPath::new();
                    rings.iter().for_each(|(ring, _)| append(&mut path, ring, true));
                    self.push(Operation::Fill { path, rule: Fill::EvenOdd, color: paint::color(color) });
                }
                strokes.iter().flatten().for_each(|stroke| self.lines(rings, stroke, scale, true));
            }
            Figure::Line(lines) => strokes.iter().flatten().for_each(|stroke| self.lines(lines, stroke, scale, false)),
            Figure::Flow(flow) => {
                let Some(stroke) = class.paint.stroke else { return };
                let mut fill = |rings: &Parts, color| {
                    let mut path = BezPath::new();
                    rings.iter().for_each(|(ring, _)| append(&mut path, ring, true));
                    self.push(Operation::Fill { path, rule: Fill::NonZero, color: paint::color(color) });
                };
                if let Some(casing) = class.casing {
                    fill(&flow.casing(f64::from(casing.width) * scale / 2.0), casing.color);
                }
                fill(&flow.rings(stroke.dash), stroke.color);
            }
            Figure::Symbol { shape, center, size } => {
                let path = symbol_path(shape, center, size);
                let pen = |stroke: &Stroke| Some((paint::stroke(stroke, scale, 0.0)?, paint::color(stroke.color)));
                if let Some((pen, color)) = class.casing.as_ref().and_then(pen) {
                    self.push(Operation::Stroke { path: path.clone(), stroke: pen, color });
                }
                let outline = class.paint.stroke.as_ref().and_then(pen).map(|pen| (path.clone(), pen));
                if let Some(color) = class.paint.fill {
                    self.push(Operation::Fill { path, rule: Fill::NonZero, color: paint::color(color) });
                }
                if let Some((path, (pen, color))) = outline {
                    self.push(Operation::Stroke { path, stroke: pen, color });
                }
            }
        }
    }
}

/// Prepares the layer's visible items on all cores, in order.
pub(super) fn record_layer(layer: &WorldLayer, tracer: &Tracer, scale: f64, hooks: &Hooks<'_>) -> Vec<Recording> {
    let count = layer.geometry.items.len();
    (0..count.div_ceil(CHUNK))
        .into_par_iter()
        .map_with(tracer.clone(), |tracer, chunk| {
            let mut recording = Recording::default();
            if !(hooks.cancelled)() {
                let items = chunk * CHUNK..((chunk + 1) * CHUNK).min(count);
                items.for_each(|index| recording.item(layer, index, tracer, scale));
            }
            recording
        })
        .collect()
}

/// Whether a line turns nowhere by more than 30°: then a pointed join strays from a round one by less than 4 % of half the width.
fn is_smooth(line: &[[f64; 2]]) -> bool {
    const COSINE_SQUARED: f64 = 0.75;
    line.windows(3).all(|corner| {
        let [a, b, c] = [corner[0], corner[1], corner[2]];
        let (before, after) = ([b[0] - a[0], b[1] - a[1]], [c[0] - b[0], c[1] - b[1]]);
        let dot = before[0] * after[0] + before[1] * after[1];
        let squares = (before[0].powi(2) + before[1].powi(2)) * (after[0].powi(2) + after[1].powi(2));
        dot > 0.0 && dot * dot >= COSINE_SQUARED * squares
    })
}

fn append(path: &mut BezPath, points: &[[f64; 2]], closed: bool) {
    for (index, [x, y]) in points.iter().enumerate() {
        if index == 0 { path.move_to((*x, *y)) } else { path.line_to((*x, *y)) }
    }
    if closed {
        path.close_path();
    }
}

fn path_of(points: &[[f64; 2]], closed: bool) -> BezPath {
    let mut path = BezPath::with_capacity(points.len() + 1);
    append(&mut path, points, closed);
    path
}

fn symbol_path(shape: SymbolShape, [x, y]: [f64; 2], size: f64) -> BezPath {
    if shape == SymbolShape::Circle {
        return Circle::new((x, y), size / 2.0).to_path(ACCURACY_PX);
    }
    let corner = |p: &ScenePoint| [x + f64::from(p.x) * size, y + f64::from(p.y) * size];
    let corners: Vec<_> = shape.unit_corners().iter().map(corner).collect();
    path_of(&corners, true)
}

/// Records one thing of a screen set. What has no finite position is left out.
pub(super) fn record_primitive(recording: &mut Recording, primitive: &Primitive, scale: f64) {
    match primitive {
        Primitive::Path { segments, paint } => {
            if let Some(path) = segments_path(segments, scale) {
                record_painted(recording, scale, path, paint);
            }
        }
        Primitive::Polyline { points, stroke } => {
            let points: Option<Vec<_>> = points.iter().map(|p| device(*p, scale).map(|p| [p.x, p.y])).collect();
            if let Some(points) = points.filter(|points| points.len() > 1) {
                record_painted(recording, scale, path_of(&points, false), &Paint::stroke(*stroke));
            }
        }
        Primitive::Disc { center, radius, paint } => {
            let radius = f64::from(*radius) * scale;
            if let Some(center) = device(*center, scale).filter(|_| radius > 0.0 && radius < FARTHEST_PX) {
                record_painted(recording, scale, Circle::new(center, radius).to_path(ACCURACY_PX), paint);
            }
        }
        Primitive::Rect { rect, corner_radius, paint } => {
            let corners = [ScenePoint::new(rect.x, rect.y), ScenePoint::new(rect.right(), rect.bottom())].map(|p| device(p, scale));
            if let [Some(a), Some(b)] = corners {
                let rect = Rect::from_points(a, b);
                let radius = f64::from(*corner_radius) * scale;
                let path = if radius > 0.0 { RoundedRect::from_rect(rect, radius).to_path(ACCURACY_PX) } else { rect.to_path(ACCURACY_PX) };
                record_painted(recording, scale, path, paint);
            }
        }
        Primitive::Text(run) => text::record(recording, run, scale),
        Primitive::CurvedText(text) => text::record_curved(recording, text, scale),
    }
}

fn record_painted(recording: &mut Recording, scale: f64, path: BezPath, paint: &Paint) {
    let outline = paint.stroke.and_then(|stroke| Some((paint::stroke(&stroke, scale, 0.0)?, paint::color(stroke.color))));
    if let Some(color) = paint.fill {
        recording.push(Operation::Fill { path: path.clone(), rule: Fill::EvenOdd, color: paint::color(color) });
    }
    if let Some((mut stroke, color)) = outline {
        let period: f64 = stroke.dash_pattern.iter().sum();
        if path.perimeter(1.0) > period * MOST_DASHES {
            stroke.dash_pattern.clear();
        }
        recording.push(Operation::Stroke { path, stroke, color });
    }
}

fn device(point: ScenePoint, scale: f64) -> Option<Point> {
    let (x, y) = (f64::from(point.x) * scale, f64::from(point.y) * scale);
    (x.is_finite() && y.is_finite()).then(|| Point::new(x.clamp(-FARTHEST_PX, FARTHEST_PX), y.clamp(-FARTHEST_PX, FARTHEST_PX)))
}

/// `None` when a point is not finite or the path does not start with a `MoveTo`.
fn segments_path(segments: &[PathSegment], scale: f64) -> Option<BezPath> {
    if !matches!(segments.first(), Some(PathSegment::MoveTo(_))) {
        return None;
    }
    let mut path = BezPath::with_capacity(segments.len());
    for segment in segments {
        match *segment {
            PathSegment::MoveTo(p) => path.move_to(device(p, scale)?),
            PathSegment::LineTo(p) => path.line_to(device(p, scale)?),
            PathSegment::QuadTo(a, p) => path.quad_to(device(a, scale)?, device(p, scale)?),
            PathSegment::CubicTo(a, b, p) => path.curve_to(device(a, scale)?, device(b, scale)?, device(p, scale)?),
            PathSegment::Close => path.close_path(),
        }
    }
    Some(path)
}
