//! World items and screen primitives as elements.

use super::write::{PathData, open_tag, push_attribute, push_number_attribute};
use super::{paint, push_rect, text};
use crate::render::plane::{Figure, FlowLine, Parts, Tracer};
use crate::scene::{ClassPaint, Dash, Paint, PathSegment, Primitive, SceneItem, ScenePoint, Stroke, SymbolShape, WorldLayer};

/// Writes a layer as a group and tells how many items it shows. Neighbours with the same paint share a group that names it.
pub(super) fn push_layer(out: &mut String, id: &str, layer: &WorldLayer, tracer: &mut Tracer) -> usize {
    out.push_str("<g");
    push_attribute(out, "id", id);
    out.push_str(">\n");
    let mut open: Option<Paint> = None;
    let mut shown = 0;
    for (index, item) in layer.geometry.items.iter().enumerate() {
        let Some(ClassPaint { mut paint, casing }) = layer.paint_of(index) else { continue };
        let Some(figure) = tracer.trace(&layer.geometry, item) else { continue };
        let dash = paint.stroke.and_then(|stroke| stroke.dash);
        if let (Figure::Flow(_), Some(stroke)) = (&figure, paint.stroke) {
            paint = Paint::fill(stroke.color);
        }
        if matches!(figure, Figure::Line(_)) {
            paint.fill = None;
        }
        paint.stroke = paint::visible(paint.stroke);
        if open != Some(paint) {
            if open.is_some() {
                out.push_str("</g>\n");
            }
            open_tag(out, "g");
            push_paint(out, &paint);
            out.push_str(">\n");
            open = Some(paint);
        }
        let feature = item.feature.map(feature_attribute).unwrap_or_default();
        match figure {
            Figure::Flow(flow) => push_flow(out, flow, dash, casing, &feature),
            figure => push_figure(out, &figure, &paint, paint::visible(casing), &feature),
        }
        shown += 1;
    }
    if open.is_some() {
        out.push_str("</g>\n");
    }
    out.push_str("</g>\n");
    shown
}

/// Which record an element stands for, as an attribute.
fn feature_attribute(feature: crate::model::FeatureRef) -> String {
    format!(" data-feature=\"{}-{}\"", feature.kind.key(), feature.index)
}

fn push_paint(out: &mut String, paint: &Paint) {
    paint::push_fill(out, paint.fill);
    paint::push_stroke(out, paint.stroke.as_ref());
}

/// A flow line as filled rings, with its casing below.
fn push_flow(out: &mut String, flow: &FlowLine, dash: Option<Dash>, casing: Option<Stroke>, feature: &str) {
    const RULE: &str = " fill-rule=\"nonzero\"";
    let rings = flow.rings(dash);
    let Some(casing) = casing else { return push_parts(out, &rings, true, None, &[feature, RULE]) };
    out.push_str("<g");
    out.push_str(feature);
    out.push_str(RULE);
    out.push_str(">\n");
    let mut below = String::new();
    paint::push_fill(&mut below, Some(casing.color));
    push_parts(out, &flow.casing(f64::from(casing.width) / 2.0), true, None, &[&below]);
    push_parts(out, &rings, true, None, &[]);
    out.push_str("</g>\n");
}

/// The item in the paint of the group around it, with its casing below.
fn push_figure(out: &mut String, figure: &Figure<'_>, paint: &Paint, casing: Option<Stroke>, feature: &str) {
    let Some(casing) = casing else { return push_form(out, figure, paint.stroke.as_ref(), feature, "") };
    out.push_str("<g");
    out.push_str(feature);
    out.push_str(">\n");
    let mut below = String::new();
    paint::push_fill(&mut below, None);
    paint::push_stroke(&mut below, Some(&casing));
    if casing.dash.is_none() && paint.stroke.is_some_and(|stroke| stroke.dash.is_some()) {
        below.push_str(" stroke-dasharray=\"none\" stroke-linecap=\"round\"");
    }
    push_form(out, figure, Some(&casing), "", &below);
    push_form(out, figure, paint.stroke.as_ref(), "", "");
    out.push_str("</g>\n");
}

fn push_form(out: &mut String, figure: &Figure<'_>, stroke: Option<&Stroke>, feature: &str, attributes: &str) {
    match figure {
        Figure::Area(rings) => push_parts(out, rings, true, None, &[feature, attributes]),
        Figure::Flow(flow) => push_parts(out, &flow.rings(None), true, None, &[feature, attributes]),
        Figure::Line(lines) => push_parts(out, lines, false, stroke.and_then(paint::dash), &[feature, attributes]),
        Figure::Symbol { shape: SymbolShape::Circle, center, size } => {
            push_circle(out, *center, size / 2.0);
            out.push_str(feature);
            out.push_str(attributes);
            out.push_str("/>\n");
        }
        Figure::Symbol { shape, center: [x, y], size } => {
            let corner = |p: &ScenePoint| [x + f64::from(p.x) * size, y + f64::from(p.y) * size];
            let corners: Vec<_> = shape.unit_corners().iter().map(corner).collect();
            let mut parts = Parts::default();
            parts.push(&corners, 0.0);
            push_parts(out, &parts, true, None, &[feature, attributes]);
        }
    }
}

/// One path; dashed lines that begin outside the map body get a group, in which each run continues the dashes of its line.
fn push_parts(out: &mut String, parts: &Parts, closed: bool, dash: Option<(f64, f64)>, attributes: &[&str]) {
    let shifted = dash.filter(|_| parts.iter().any(|(_, start_px)| start_px > 0.0));
    let Some((on, off)) = shifted else {
        open_tag(out, "path");
        let mut data = PathData::begin(out);
        parts.iter().for_each(|(part, _)| data.part(part, closed));
        data.end();
        attributes.iter().for_each(|attribute| out.push_str(attribute));
        out.push_str("/>\n");
        return;
    };
    out.push_str("<g");
    attributes.iter().for_each(|attribute| out.push_str(attribute));
    out.push_str(">\n");
    for (part, start_px) in parts.iter() {
        open_tag(out, "path");
        let mut data = PathData::begin(out);
        data.part(part, closed);
        data.end();
        push_number_attribute(out, "stroke-dashoffset", start_px.rem_euclid(on + off));
        out.push_str("/>\n");
    }
    out.push_str("</g>\n");
}

fn push_circle(out: &mut String, [x, y]: [f64; 2], radius: f64) {
    open_tag(out, "circle");
    for (name, value) in [("cx", x), ("cy", y), ("r", radius)] {
        push_number_attribute(out, name, value);
    }
}

/// Writes one thing of a screen set. What has no finite position is left out.
pub(super) fn push_item(out: &mut String, item: &SceneItem) {
    let feature = item.feature.map(feature_attribute).unwrap_or_default();
    let painted = |out: &mut String, paint: &Paint| {
        push_paint(out, &Paint { stroke: paint::visible(paint.stroke), ..*paint });
        out.push_str(&feature);
        out.push_str("/>\n");
    };
    match &item.primitive {
        Primitive::Path { segments, paint } => {
            if matches!(segments.first(), Some(PathSegment::MoveTo(_))) && segments.iter().all(is_finite) {
                open_tag(out, "path");
                push_segments(out, segments);
                painted(out, paint);
            }
        }
        Primitive::Polyline { points, stroke } => {
            if points.len() > 1 && points.iter().all(finite) {
                open_tag(out, "path");
                let points: Vec<_> = points.iter().map(|p| pair(*p)).collect();
                let mut data = PathData::begin(out);
                data.part(&points, false);
                data.end();
                painted(out, &Paint::stroke(*stroke));
            }
        }
        Primitive::Disc { center, radius, paint } => {
            if finite(center) && radius.is_finite() && *radius > 0.0 {
                push_circle(out, pair(*center), (*radius).into());
                painted(out, paint);
            }
        }
        Primitive::Rect { rect, corner_radius, paint } => {
            let numbers = [rect.x, rect.y, rect.width, rect.height];
            if numbers.iter().all(|n| n.is_finite()) && rect.width >= 0.0 && rect.height >= 0.0 {
                push_rect(out, numbers);
                if corner_radius.is_finite() && *corner_radius > 0.0 {
                    push_number_attribute(out, "rx", (*corner_radius).into());
                }
                painted(out, paint);
            }
        }
        Primitive::Text(run) => text::push_text(out, run, &feature),
        Primitive::CurvedText(curved) => text::push_curved(out, curved, &feature),
    }
}

fn pair(point: ScenePoint) -> [f64; 2] {
    [point.x.into(), point.y.into()]
}

fn finite(point: &ScenePoint) -> bool {
    point.x.is_finite() && point.y.is_finite()
}

fn is_finite(segment: &PathSegment) -> bool {
    match segment {
        PathSegment::MoveTo(p) | PathSegment::LineTo(p) => finite(p),
        PathSegment::QuadTo(a, p) => finite(a) && finite(p),
        PathSegment::CubicTo(a, b, p) => finite(a) && finite(b) && finite(p),
        PathSegment::Close => true,
    }
}

fn push_segments(out: &mut String, segments: &[PathSegment]) {
    let mut data = PathData::begin(out);
    for segment in segments {
        match *segment {
            PathSegment::MoveTo(p) => data.move_to(pair(p)),
            PathSegment::LineTo(p) => data.line_to(pair(p)),
            PathSegment::QuadTo(a, p) => data.quad_to(pair(a), pair(p)),
            PathSegment::CubicTo(a, b, p) => data.cubic_to(pair(a), pair(b), pair(p)),
            PathSegment::Close => data.close(),
        }
    }
    data.end();
}
