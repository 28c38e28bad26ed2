//! Arrowheads along corridors: near the destination and, on long lines, on the way. They follow the line and take its color.

use crate::scene::{FeatureState, Paint, PathSegment, PlaneView, Primitive, ScenePoint, ScreenSet, WorldLayer, WorldLayerKind, WorldShape};

/// Length of an arrowhead in CSS pixels.
const HEAD_LENGTH_PX: f32 = 7.0;
/// Distance between arrowheads on the way, in CSS pixels along the line.
const SPACING_PX: f32 = 260.0;
/// Distance of the last arrowhead from the end of the line, so that it does not lie under the symbol of the port.
const END_GAP_PX: f32 = 14.0;
/// Heads nearer to one another than this are drawn once: shared legs and meeting lines would clot.
const CLOT_PX: f32 = 11.0;
/// Lines that run the same way nearer to one another than this share their heads.
const SHARED_LEG_PX: f32 = 4.0;
/// Cosine of about 10°: heads that turn less from one another point the same way.
const SAME_WAY_COSINE: f32 = 0.985;

/// Adds the arrowheads of all corridors in view: those that match first, so that a pale head never takes their room.
pub(super) fn arrowheads(set: &mut ScreenSet, layers: &[WorldLayer], view: &PlaneView, ink_scale: f32) {
    let mut taken = Vec::new();
    for pale in [false, true] {
        for layer in layers.iter().filter(|layer| layer.kind == WorldLayerKind::Corridors) {
            layer_heads(set, layer, pale, view, ink_scale, &mut taken);
        }
    }
}

fn layer_heads(
    set: &mut ScreenSet,
    layer: &WorldLayer,
    pale: bool,
    view: &PlaneView,
    ink_scale: f32,
    taken: &mut Vec<(ScenePoint, (f32, f32))>,
) {
    let visible = view.plane_box(0.0);
    // From the topmost down, so that the head that stays is the one whose line is seen.
    for (index, item) in layer.geometry.items.iter().enumerate().rev() {
        if (layer.state(index) == FeatureState::Dimmed) != pale || !item.plane_box.intersects(&visible) {
            continue;
        }
        // Flow lines have their own.
        if matches!(item.shape, WorldShape::Flow { .. }) {
            continue;
        }
        let (Some(feature), Some(stroke)) = (item.feature, layer.paint_of(index).and_then(|class| class.paint.stroke)) else { continue };
        for part in layer.geometry.parts_of(item) {
            let points: Vec<ScenePoint> = part.iter().map(|at| view.scene_from_projected(at.projected())).collect();
            for (tip, direction) in head_places(&points, ink_scale) {
                if !view.frame.contains(tip) || taken.iter().any(|other| is_enough(*other, (tip, direction), ink_scale)) {
                    continue;
                }
                taken.push((tip, direction));
                let length = HEAD_LENGTH_PX.max(stroke.width * 2.8) * if ink_scale > 1.0 { ink_scale.sqrt() } else { 1.0 };
                let paint = Paint::fill(stroke.color.opaquer());
                set.push_feature("arrowheads", feature, Primitive::Path { segments: head(tip, direction, length), paint });
            }
        }
    }
}

/// Whether a head that is there already makes a new one needless: it would touch it, or both tell of one leg that lines share.
fn is_enough((other, way): (ScenePoint, (f32, f32)), (tip, direction): (ScenePoint, (f32, f32)), ink_scale: f32) -> bool {
    let (dx, dy) = (tip.x - other.x, tip.y - other.y);
    let distance = dx.hypot(dy);
    let aside = (dx * way.1 - dy * way.0).abs();
    let same_way = way.0 * direction.0 + way.1 * direction.1 > SAME_WAY_COSINE;
    distance < CLOT_PX * ink_scale || (same_way && aside < SHARED_LEG_PX * ink_scale && distance < SPACING_PX / 2.0 * ink_scale)
}

trait Opaquer {
    /// The same color with a little more opacity, since a small head must hold against its thin line.
    fn opaquer(self) -> Self;
}

impl Opaquer for crate::scene::Color {
    fn opaquer(self) -> Self {
        Self { a: self.a.saturating_add(self.a / 4), ..self }
    }
}

/// Tips and unit directions of the heads of one line on the page. Counted from the end, so that they do not move with the clip.
fn head_places(points: &[ScenePoint], ink_scale: f32) -> Vec<(ScenePoint, (f32, f32))> {
    let length: f32 = points.windows(2).map(|pair| (pair[1].x - pair[0].x).hypot(pair[1].y - pair[0].y)).sum();
    if !length.is_finite() || length < 2.5 * END_GAP_PX * ink_scale {
        return Vec::new();
    }
    let spacing = SPACING_PX * ink_scale;
    let mut wanted = Vec::new();
    let mut from_end = END_GAP_PX * ink_scale;
    while from_end < length - spacing / 4.0 && wanted.len() < 64 {
        wanted.push(from_end);
        from_end += spacing;
    }
    let mut places = Vec::with_capacity(wanted.len());
    let mut walked = 0.0;
    let mut next = wanted.into_iter().peekable();
    for pair in points.windows(2).rev() {
        let (dx, dy) = (pair[1].x - pair[0].x, pair[1].y - pair[0].y);
        let step = dx.hypot(dy);
        if step <= 0.0 {
            continue;
        }
        while let Some(distance) = next.next_if(|distance| *distance <= walked + step) {
            let share = (distance - walked) / step;
            places.push((ScenePoint::new(pair[1].x - dx * share, pair[1].y - dy * share), (dx / step, dy / step)));
        }
        walked += step;
    }
    places
}

/// A slim head with a notch, its tip ahead.
fn head(tip: ScenePoint, (dx, dy): (f32, f32), length: f32) -> Vec<PathSegment> {
    let at = |back: f32, side: f32| ScenePoint::new(tip.x - dx * back - dy * side, tip.y - dy * back + dx * side);
    let half = length * 0.38;
    vec![
        PathSegment::MoveTo(tip),
        PathSegment::LineTo(at(length, half)),
        PathSegment::LineTo(at(length * 0.72, 0.0)),
        PathSegment::LineTo(at(length, -half)),
        PathSegment::Close,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_head_stands_before_the_end_and_points_along() {
        let places = head_places(&[ScenePoint::new(0.0, 0.0), ScenePoint::new(100.0, 0.0)], 1.0);
        assert_eq!(places, [(ScenePoint::new(86.0, 0.0), (1.0, 0.0))]);
    }

    #[test]
    fn long_lines_get_heads_on_the_way_and_short_ones_none() {
        let long = head_places(&[ScenePoint::new(0.0, 0.0), ScenePoint::new(0.0, 900.0)], 1.0);
        assert_eq!(long.len(), 4);
        assert!(long.iter().all(|(_, direction)| *direction == (0.0, 1.0)));
        assert!(head_places(&[ScenePoint::new(0.0, 0.0), ScenePoint::new(12.0, 0.0)], 1.0).is_empty());
        assert!(head_places(&[ScenePoint::new(3.0, 3.0)], 1.0).is_empty());
    }

    #[test]
    fn lines_on_one_leg_share_their_heads_and_opposite_ones_do_not() {
        let there = (ScenePoint::new(100.0, 100.0), (1.0, 0.0));
        assert!(is_enough(there, (ScenePoint::new(180.0, 101.0), (1.0, 0.0)), 1.0), "same leg");
        assert!(!is_enough(there, (ScenePoint::new(180.0, 101.0), (-1.0, 0.0)), 1.0), "the way back");
        assert!(!is_enough(there, (ScenePoint::new(180.0, 130.0), (1.0, 0.0)), 1.0), "another line");
        assert!(!is_enough(there, (ScenePoint::new(300.0, 100.0), (1.0, 0.0)), 1.0), "farther along");
        assert!(is_enough(there, (ScenePoint::new(104.0, 104.0), (0.0, 1.0)), 1.0), "touching");
    }

    #[test]
    fn heads_follow_bends() {
        let bend = [ScenePoint::new(0.0, 0.0), ScenePoint::new(300.0, 0.0), ScenePoint::new(300.0, 100.0)];
        let places = head_places(&bend, 1.0);
        assert_eq!(places[0].1, (0.0, 1.0));
        assert_eq!(places[1].1, (1.0, 0.0));
    }
}
