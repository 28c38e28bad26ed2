//! Shapes of a small scene, without a window.

use egui::{Context, RawInput, Rect, Shape, Vec2, pos2, vec2};

use super::*;
use crate::render::fixture;
use crate::scene::{Dash, FontFace, Primitive, ScenePoint, ScreenSet, Stroke, TextAnchor, TextRun};
use crate::typography;

/// What egui would draw for the set.
fn shapes_of(set: &ScreenSet, offset: Vec2) -> Vec<Shape> {
    let ctx = Context::default();
    ctx.set_fonts(font_definitions());
    let mut found = Vec::new();
    for _ in 0..2 {
        let output = ctx.run_ui(RawInput::default(), |ui| {
            let clip = Rect::from_min_max(pos2(0.0, 0.0), pos2(400.0, 300.0));
            let painter = ui.painter().with_clip_rect(clip);
            shapes(set, &painter, offset);
            found.clear();
            painter.for_each_shape(|clipped| found.push(clipped.shape.clone()));
        });
        output.drop_without_applying_deltas();
    }
    found
}

fn text_rects(shapes: &[Shape]) -> Vec<Rect> {
    shapes.iter().filter_map(|shape| if let Shape::Text(text) = shape { Some(text.visual_bounding_rect()) } else { None }).collect()
}

#[test]
fn every_primitive_is_painted_at_the_offset() {
    let scene = fixture::scene();
    let mut set = scene.furniture.clone();
    set.items.extend(scene.overlay.items);
    let (here, there) = (shapes_of(&set, Vec2::ZERO), shapes_of(&set, vec2(50.0, 20.0)));
    assert!(here.len() > set.items.len());
    assert_eq!(here.len(), there.len());
    for (a, b) in here.iter().zip(&there) {
        let moved = b.visual_bounding_rect().min - a.visual_bounding_rect().min;
        assert!((moved - vec2(50.0, 20.0)).length() < 1.0, "{moved}");
    }
}

#[test]
fn text_stands_on_its_baseline_and_is_as_wide_as_measured() {
    let rect_of = |run: TextRun| {
        let mut set = ScreenSet::default();
        set.push("labels", Primitive::Text(run));
        text_rects(&shapes_of(&set, Vec2::ZERO))[0]
    };
    let measured = typography::measure("HHHHHH", FontFace::Regular, 24.0);
    let run = |anchor| TextRun { size: 24.0, ..fixture::text("HHHHHH", 200.0, 100.0, anchor) };
    let start = rect_of(run(TextAnchor::Start));
    assert!((start.bottom() - 100.0).abs() < 1.6 && (start.left() - 200.0).abs() < 4.0, "{start}");
    assert!((start.width() - measured.width).abs() < 6.0, "{start} for {measured:?}");
    assert!((rect_of(run(TextAnchor::End)).right() - 200.0).abs() < 4.0);
    assert!((rect_of(run(TextAnchor::Middle)).center().x - 200.0).abs() < 3.0);
    let down = rect_of(TextRun { angle_deg: 90.0, ..run(TextAnchor::Start) });
    assert!(down.top() > 195.0 - 100.0 && down.height() > down.width(), "clockwise: reads downwards: {down}");
}

#[test]
fn a_halo_lies_below_its_text() {
    let mut set = ScreenSet::default();
    let halo = Some((fixture::PAPER, 1.0));
    set.push("labels", Primitive::Text(TextRun { halo, ..fixture::text("Bar", 50.0, 50.0, TextAnchor::Start) }));
    let colors: Vec<_> = shapes_of(&set, Vec2::ZERO)
        .iter()
        .filter_map(|shape| if let Shape::Text(text) = shape { Some(text.fallback_color) } else { None })
        .collect();
    assert_eq!(colors.len(), 9);
    assert_eq!((colors[0], colors[8]), (color32(fixture::PAPER), color32(fixture::INK)));
}

#[test]
fn long_dashed_lines_cost_only_what_is_seen() {
    let mut set = ScreenSet::default();
    let points = vec![ScenePoint::new(-1.0e6, 50.0), ScenePoint::new(1.0e6, 50.0)];
    let stroke = Stroke { dash: Some(Dash { on: 5.0, off: 5.0 }), ..Stroke::solid(fixture::INK, 1.0) };
    set.push("outline", Primitive::Polyline { points, stroke });
    let count = shapes_of(&set, Vec2::ZERO).len();
    assert!((40..80).contains(&count), "{count}");
}

#[test]
fn odd_numbers_do_not_panic() {
    shapes_of(&fixture::hostile_scene().overlay, Vec2::ZERO);
    shapes_of(&fixture::scene().overlay, vec2(f32::NAN, f32::INFINITY));
}

#[test]
fn textures_keep_premultiplied_pixels() {
    let image = crate::render::raster::RasterImage { width: 1, height: 1, rgba_premultiplied: vec![10, 20, 30, 40] };
    let texture = texture_image(&image);
    assert_eq!((texture.size, texture.pixels[0].to_array()), ([1, 1], [10, 20, 30, 40]));
}
