//! Pixels of a small scene.

use super::*;
use crate::render::fixture::{self, LAND, PAPER, PORT, ROUTE, SEA};
use crate::scene::{Paint, Primitive, Stroke, TextAnchor, TextRun, WorldGeometry, WorldLayerKind, WorldShape};

fn drawn(scene: &Scene) -> RasterImage {
    draw_scene(scene, 1.0, &Hooks::default()).expect("a small scene can be drawn")
}

fn is(image: &RasterImage, x: u32, y: u32, color: Color) -> bool {
    let near = |a: u8, b: u8| a.abs_diff(b) <= 2;
    let [r, g, b, a] = image.pixel(x, y).expect("inside");
    near(r, color.r) && near(g, color.g) && near(b, color.b) && a == 255
}

/// Pixels of a row or block that differ from the background.
fn ink(image: &RasterImage, xs: std::ops::Range<u32>, ys: std::ops::Range<u32>, background: Color) -> usize {
    xs.flat_map(|x| ys.clone().map(move |y| (x, y))).filter(|(x, y)| !is(image, *x, *y, background)).count()
}

#[test]
fn areas_are_filled_with_their_holes_left_open() {
    let image = drawn(&fixture::scene());
    assert!(is(&image, 25, 25, LAND), "inside");
    assert!(is(&image, 40, 40, SEA), "in the lake");
    assert!(is(&image, 64, 25, SEA), "outside");
    assert!(is(&image, 3, 3, PAPER), "beside the map body");
}

#[test]
fn lines_have_their_casing_and_width() {
    let image = drawn(&fixture::scene());
    assert!(is(&image, 85, 30, ROUTE) && is(&image, 85, 29, ROUTE));
    assert!(is(&image, 85, 27, PAPER) && is(&image, 85, 32, PAPER), "casing on both sides");
    assert!(is(&image, 85, 25, SEA) && is(&image, 85, 34, SEA));
}

#[test]
fn dashes_leave_gaps_and_have_straight_ends() {
    let image = drawn(&fixture::scene());
    for (x, color) in [(22, ROUTE), (28, ROUTE), (32, SEA), (38, SEA), (42, ROUTE), (52, SEA)] {
        assert!(is(&image, x, 80, color), "at {x}");
    }
}

#[test]
fn dashes_stay_where_they_are_when_the_line_begins_far_outside() {
    let mut scene = fixture::scene();
    let mut lines = WorldGeometry::default();
    let part = [fixture::at(20.0 - 20_000.0, 80.0), fixture::at(1e9, 80.0)];
    lines.push(None, 1, WorldShape::Line, [&part[..]]);
    scene.world[1].geometry = std::sync::Arc::new(lines);
    let image = drawn(&scene);
    for (x, color) in [(22, ROUTE), (28, ROUTE), (32, SEA), (38, SEA), (42, ROUTE)] {
        assert!(is(&image, x, 80, color), "at {x}");
    }
}

#[test]
fn symbols_have_their_size_and_form() {
    let image = drawn(&fixture::scene());
    assert!([30, 50, 70].iter().all(|x| is(&image, *x, 98, PORT)), "centers");
    assert!(is(&image, 53, 94, PORT) && !is(&image, 33, 94, PORT) && !is(&image, 73, 94, PORT), "only the square has corners");
    assert!(is(&image, 57, 98, SEA), "5 px and half an outline, no more");
    assert!(!is(&image, 90, 98, PORT) && !is(&image, 90, 98, SEA), "dimmed, but there");
}

#[test]
fn the_map_body_ends_at_its_frame() {
    let image = drawn(&fixture::scene());
    assert!(is(&image, 127, 30, ROUTE), "the line runs to the frame");
    assert!(is(&image, 133, 30, PAPER), "and not beyond");
}

#[test]
fn text_leaves_ink_where_it_stands() {
    let mut scene = fixture::scene();
    scene.furniture.items.clear();
    assert_eq!(ink(&drawn(&scene), 132..200, 0..120, PAPER), 0);
    scene.furniture.push("title", Primitive::Text(fixture::text("Hill", 140.0, 60.0, TextAnchor::Start)));
    let image = drawn(&scene);
    assert!(ink(&image, 140..165, 50..61, PAPER) > 30);
    assert_eq!(ink(&image, 132..139, 0..120, PAPER) + ink(&image, 140..200, 62..120, PAPER), 0, "nothing left of it or below");
    scene.furniture.items.clear();
    scene.furniture.push("title", Primitive::Text(fixture::text("Hill", 190.0, 60.0, TextAnchor::End)));
    let image = drawn(&scene);
    assert_eq!(ink(&image, 191..200, 0..120, PAPER), 0);
    assert!(ink(&image, 165..190, 50..61, PAPER) > 30);
    let turned = TextRun { angle_deg: 90.0, ..fixture::text("Hill", 150.0, 60.0, TextAnchor::Start) };
    scene.furniture.items.clear();
    scene.furniture.push("title", Primitive::Text(turned));
    let image = drawn(&scene);
    assert!(ink(&image, 149..162, 60..85, PAPER) > 30, "clockwise: reads downwards");
    assert_eq!(ink(&image, 132..200, 0..58, PAPER), 0);
}

#[test]
fn a_halo_surrounds_the_letters() {
    let image = drawn(&fixture::scene());
    let white = (70..120).flat_map(|x| (42..60).map(move |y| (x, y))).filter(|(x, y)| is(&image, *x, *y, PAPER)).count();
    assert!(white > 100, "{white}");
}

#[test]
fn scale_multiplies_everything() {
    let image = draw_scene(&fixture::scene(), 2.0, &Hooks::default()).expect("small");
    assert_eq!((image.width, image.height, image.rgba_premultiplied.len()), (400, 240, 400 * 240 * 4));
    assert!(is(&image, 50, 50, LAND) && is(&image, 170, 60, ROUTE) && is(&image, 100, 196, PORT) && is(&image, 70, 160, SEA));
}

#[test]
fn layers_alone_are_transparent_without_a_background() {
    let scene = fixture::scene();
    let view = PlaneView { frame: SceneRect::new(0.0, 0.0, 120.0, 100.0), ..scene.view };
    let image = draw_layers(&scene.world, &view, (120, 100), 1.0, None, &Hooks::default()).expect("small");
    assert_eq!(image.pixel(1, 1), Some([0, 0, 0, 0]));
    assert!(is(&image, 15, 15, LAND), "the frame's corner is the picture's");
    let image = draw_layers(&scene.world, &view, (120, 100), 1.0, Some(SEA), &Hooks::default()).expect("small");
    assert!(is(&image, 1, 1, SEA));
}

#[test]
fn large_pictures_are_drawn_by_several_threads_alike() {
    let scene = fixture::scene();
    let image = draw_scene(&scene, 6.0, &Hooks::default()).expect("1200 × 720");
    assert!(is(&image, 150, 150, LAND) && is(&image, 510, 180, ROUTE) && is(&image, 300, 588, PORT));
}

#[test]
fn odd_numbers_do_not_panic_or_hide_the_rest() {
    let image = drawn(&fixture::hostile_scene());
    assert!(is(&image, 150, 45, ROUTE));
}

#[test]
fn pages_too_large_are_an_error() {
    let scene = Scene { width: 70_000.0, ..fixture::scene() };
    assert!(matches!(draw_scene(&scene, 1.0, &Hooks::default()), Err(RenderError::Size { .. })));
    assert!(matches!(draw_scene(&fixture::scene(), f32::NAN, &Hooks::default()), Err(RenderError::Size { .. })));
    let none = draw_layers(&[], &fixture::view(), (0, 5), 1.0, None, &Hooks::default());
    assert!(matches!(none, Err(RenderError::Size { .. })));
}

#[test]
fn drawing_stops_when_asked_and_tells_how_far_it_is() {
    let hooks = Hooks { cancelled: &|| true, ..Hooks::default() };
    assert!(matches!(draw_scene(&fixture::scene(), 1.0, &hooks), Err(RenderError::Cancelled)));
    let shares = std::sync::Mutex::new(Vec::new());
    let watch = |share: f32| shares.lock().expect("not poisoned").push(share);
    draw_scene(&fixture::scene(), 1.0, &Hooks { progress: &watch, ..Hooks::default() }).expect("small");
    let shares = shares.into_inner().expect("not poisoned");
    assert!(shares.windows(2).all(|pair| pair[0] <= pair[1]) && shares.last() == Some(&1.0), "{shares:?}");
}

#[test]
fn neighbours_of_one_opaque_paint_share_a_path() {
    let mut lines = WorldGeometry::default();
    for y in 20..60 {
        let part = [fixture::at(20.0, f64::from(y)), fixture::at(60.0, f64::from(y))];
        lines.push(None, 0, WorldShape::Line, [&part[..]]);
    }
    let tracer = Tracer::new(&fixture::view(), 1.0, MIN_STEP_PX);
    let operations = |color| {
        // Wider than what is drawn without a path.
        let classes = vec![fixture::class(Paint::stroke(Stroke::solid(color, 3.0)), None)];
        let layer = fixture::layer(WorldLayerKind::Corridors, lines.clone(), classes, Vec::new());
        let recorded = shape::record_layer(&layer, &tracer, 1.0, &Hooks::default());
        recorded.iter().map(|recording| recording.operations.len()).sum::<usize>()
    };
    assert_eq!(operations(ROUTE), 1);
    assert_eq!(operations(ROUTE.faded(0.5)), 40, "see-through lines must add up where they cross");
}

#[test]
fn bands_meet_without_a_seam() {
    let scene = fixture::scene();
    let whole = draw_scene(&scene, 2.0, &Hooks::default()).expect("small");
    let mut recording = Recording::default();
    shape::record_layer(&scene.world[0], &Tracer::new(&scene.view, 2.0, MIN_STEP_PX), 2.0, &Hooks::default())
        .into_iter()
        .for_each(|chunk| recording.append(chunk));
    let row_bytes = 400 * 4;
    let (mut once, mut banded) = (vec![0; row_bytes * 240], vec![0; row_bytes * 240]);
    recording.draw_band(&recording.rows(), &mut once, (400, 0), &Hooks::default()).expect("not cancelled");
    for (index, band) in banded.chunks_mut(row_bytes * 48).enumerate() {
        recording.draw_band(&recording.rows(), band, (400, index as u16 * 48), &Hooks::default()).expect("not cancelled");
    }
    assert_eq!(once.len(), whole.rgba_premultiplied.len());
    let differing = once.iter().zip(&banded).filter(|(a, b)| a.abs_diff(**b) > 1).count();
    assert_eq!(differing, 0);
}

#[test]
fn thin_and_wide_lines_lie_over_each_other_in_their_order_and_within_the_map_body() {
    let mut lines = WorldGeometry::default();
    for (class, x) in [(0, 60.0), (1, 65.0), (0, 70.0)] {
        // Crosses the map body and runs out of it on both sides.
        let (down, across) = ([fixture::at(x, -50.0), fixture::at(x, 400.0)], [fixture::at(-50.0, x), fixture::at(400.0, x)]);
        lines.push(None, class, WorldShape::Line, [&down[..], &across[..]]);
    }
    let classes =
        vec![fixture::class(Paint::stroke(Stroke::solid(ROUTE, 6.0)), None), fixture::class(Paint::stroke(Stroke::solid(PORT, 1.0)), None)];
    let mut scene = fixture::scene();
    scene.world = vec![fixture::layer(WorldLayerKind::Corridors, lines, classes, Vec::new())];
    (scene.overlay, scene.furniture) = (ScreenSet::default(), ScreenSet::default());
    let image = draw_scene(&scene, 1.0, &Hooks::default()).expect("small");
    let color = |x: usize, y: usize| {
        let at = (y * 200 + x) * 4;
        Color { r: image.rgba_premultiplied[at], g: image.rgba_premultiplied[at + 1], b: image.rgba_premultiplied[at + 2], a: 255 }
    };
    let near = |a: Color, b: Color| a.r.abs_diff(b.r).max(a.g.abs_diff(b.g)).max(a.b.abs_diff(b.b)) < 3;
    assert!(near(color(60, 30), ROUTE), "{:?}", color(60, 30));
    let thin = Color { r: u8::midpoint(color(64, 30).r, color(65, 30).r), ..color(64, 30) };
    assert!(color(64, 30) != SEA && !near(thin, ROUTE), "the thin line is there");
    assert!(near(color(70, 64), ROUTE), "what comes later lies above: {:?}", color(70, 64));
    assert!(near(color(64, 115), PAPER) && near(color(5, 64), PAPER), "nothing outside the map body");
}

#[test]
fn curved_letters_stand_where_they_are_put_over_their_halos() {
    let image = drawn(&fixture::scene());
    for (name, xs, ys) in [("B", 80..94, 80..94), ("a", 94..101, 80..89), ("y", 103..112, 82..96)] {
        assert!(ink(&image, xs, ys, SEA) > 12, "{name}");
    }
}
