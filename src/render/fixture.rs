//! A small hand-made scene for the tests of all back ends: 200 × 120 px, one plane metre a pixel, map body at 10, 10, 120 × 100.

use std::sync::Arc;

use crate::geodesy::Projected;
use crate::model::{FeatureKind, FeatureRef};
use crate::scene::{
    ClassPaint, Color, CurvedText, Dash, FeatureState, FontFace, Paint, PathSegment, PlaneView, Primitive, Scene, ScenePoint, SceneRect,
    ScreenSet, Stroke, SymbolShape, TextAnchor, TextRun, TurnedLetter, WorldGeometry, WorldLayer, WorldLayerKind, WorldShape,
};

pub(super) const SEA: Color = Color::hex(0x00D0_E0EC);
pub(super) const LAND: Color = Color::hex(0x00F4_EFE4);
pub(super) const ROUTE: Color = Color::hex(0x00D5_5E00);
pub(super) const PORT: Color = Color::hex(0x0000_72B2);
pub(super) const PAPER: Color = Color::hex(0x00FF_FFFF);
pub(super) const INK: Color = Color::hex(0x001A_2433);

/// A page point inside the map body as a plane position.
pub(super) fn at(x: f64, y: f64) -> Projected {
    Projected::new(x - 70.0, 60.0 - y)
}

pub(super) fn view() -> PlaneView {
    PlaneView { center: Projected::new(0.0, 0.0), resolution_m_per_px: 1.0, frame: SceneRect::new(10.0, 10.0, 120.0, 100.0) }
}

pub(super) fn layer(kind: WorldLayerKind, geometry: WorldGeometry, classes: Vec<ClassPaint>, states: Vec<FeatureState>) -> WorldLayer {
    WorldLayer { kind, geometry: Arc::new(geometry), classes: Arc::from(classes), states: Arc::from(states) }
}

pub(super) fn class(paint: Paint, casing: Option<Stroke>) -> ClassPaint {
    ClassPaint { paint, casing }
}

pub(super) fn text(words: &str, x: f32, y: f32, anchor: TextAnchor) -> TextRun {
    TextRun {
        text: words.to_owned(),
        face: FontFace::Regular,
        size: 12.0,
        letter_spacing: 0.0,
        color: INK,
        halo: None,
        position: ScenePoint::new(x, y),
        anchor,
        angle_deg: 0.0,
    }
}

fn world() -> Vec<WorldLayer> {
    let mut land = WorldGeometry::default();
    let outer = [at(20.0, 20.0), at(60.0, 20.0), at(60.0, 60.0), at(20.0, 60.0), at(20.0, 20.0)];
    let lake = [at(35.0, 35.0), at(45.0, 35.0), at(45.0, 45.0), at(35.0, 45.0), at(35.0, 35.0)];
    land.push(None, 0, WorldShape::Area, [&outer[..], &lake[..]]);
    let far = [at(5_000.0, 5_000.0), at(5_100.0, 5_000.0), at(5_000.0, 5_100.0)];
    land.push(None, 0, WorldShape::Area, [&far[..]]);

    let mut routes = WorldGeometry::default();
    let solid = [at(70.0, 30.0), at(100.0, 30.0), at(4_000.0, 30.0)];
    routes.push(Some(FeatureRef::new(FeatureKind::Route, 12)), 0, WorldShape::Line, [&solid[..]]);
    let dashed = [at(20.0, 80.0), at(120.0, 80.0)];
    routes.push(Some(FeatureRef::new(FeatureKind::Route, 13)), 1, WorldShape::Line, [&dashed[..]]);

    let mut ports = WorldGeometry::default();
    let shapes = [SymbolShape::Circle, SymbolShape::Square, SymbolShape::Diamond, SymbolShape::Triangle];
    for (index, shape) in shapes.into_iter().enumerate() {
        let place = [at(30.0 + 20.0 * index as f64, 98.0)];
        let feature = FeatureRef::new(FeatureKind::Port, index as u32);
        ports.push(Some(feature), 0, WorldShape::Symbol { shape, size_px: 10.0 }, [&place[..]]);
    }

    let dashed = Stroke { color: ROUTE, width: 4.0, dash: Some(Dash { on: 10.0, off: 10.0 }) };
    let white = Stroke::solid(PAPER, 6.0);
    let land_paint = Paint { fill: Some(LAND), stroke: Some(Stroke::solid(INK, 0.5)) };
    vec![
        layer(WorldLayerKind::Basemap, land, vec![class(land_paint, None)], Vec::new()),
        layer(
            WorldLayerKind::Corridors,
            routes,
            vec![class(Paint::stroke(Stroke::solid(ROUTE, 4.0)), Some(white)), class(Paint::stroke(dashed), None)],
            Vec::new(),
        ),
        layer(
            WorldLayerKind::Ports,
            ports,
            vec![class(Paint { fill: Some(PORT), stroke: Some(Stroke::solid(PAPER, 1.0)) }, None)],
            vec![FeatureState::Normal, FeatureState::Normal, FeatureState::Normal, FeatureState::Dimmed],
        ),
    ]
}

fn overlay() -> ScreenSet {
    let mut set = ScreenSet::default();
    let label = TextRun { halo: Some((PAPER, 2.0)), face: FontFace::Italic, ..text("Sea & <co>", 95.0, 55.0, TextAnchor::Middle) };
    set.push("labels", Primitive::Text(label));
    let letter =
        |text: &str, x: f32, y: f32, angle_deg: f32| TurnedLetter { text: text.to_owned(), position: ScenePoint::new(x, y), angle_deg };
    let letters = vec![letter("B", 82.0, 92.0, -20.0), letter("a", 94.0, 88.0, 0.0), letter("y", 104.0, 89.0, 20.0)];
    let halo = Some((PAPER, 1.0));
    set.push(
        "labels",
        Primitive::CurvedText(CurvedText { text: "Bay".to_owned(), face: FontFace::Italic, size: 12.0, color: INK, halo, letters }),
    );
    let arrow = vec![
        PathSegment::MoveTo(ScenePoint::new(100.0, 26.0)),
        PathSegment::LineTo(ScenePoint::new(108.0, 30.0)),
        PathSegment::QuadTo(ScenePoint::new(104.0, 32.0), ScenePoint::new(100.0, 34.0)),
        PathSegment::Close,
    ];
    set.push_feature("arrows", FeatureRef::new(FeatureKind::Route, 12), Primitive::Path { segments: arrow, paint: Paint::fill(INK) });
    set
}

fn furniture() -> ScreenSet {
    let mut set = ScreenSet::default();
    let frame = SceneRect::new(10.0, 10.0, 120.0, 100.0);
    set.push("neatline", Primitive::Rect { rect: frame, corner_radius: 0.0, paint: Paint::stroke(Stroke::solid(INK, 1.0)) });
    let swatch = SceneRect::new(140.0, 40.0, 20.0, 10.0);
    set.push("legend", Primitive::Rect { rect: swatch, corner_radius: 3.0, paint: Paint::fill(ROUTE) });
    set.push("legend", Primitive::Disc { center: ScenePoint::new(150.0, 65.0), radius: 5.0, paint: Paint::fill(PORT) });
    let line = vec![ScenePoint::new(140.0, 80.0), ScenePoint::new(150.0, 75.0), ScenePoint::new(160.0, 80.0)];
    set.push("legend", Primitive::Polyline { points: line, stroke: Stroke::solid(PORT.faded(0.5), 2.0) });
    let title = TextRun { face: FontFace::SemiBold, letter_spacing: 1.0, ..text("Title", 165.0, 25.0, TextAnchor::Middle) };
    set.push("title", Primitive::Text(title));
    let turned = TextRun { face: FontFace::Mono, angle_deg: -90.0, ..text("90°", 185.0, 100.0, TextAnchor::Start) };
    set.push("legend", Primitive::Text(turned));
    set
}

pub(super) fn scene() -> Scene {
    Scene {
        width: 200.0,
        height: 120.0,
        background: PAPER,
        title: "Small scene".to_owned(),
        view: view(),
        map_background: SEA,
        world: world(),
        overlay: overlay(),
        beside: None,
        furniture: furniture(),
    }
}

/// A scene with every number out of reach: nothing of it may panic.
pub(super) fn hostile_scene() -> Scene {
    let mut scene = scene();
    let mut geometry = WorldGeometry::default();
    for number in [1e12, 1e300, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE] {
        let part = [at(50.0, 50.0), Projected::new(number, -number), Projected::new(-number, number), at(60.0, 50.0), at(1e12, number)];
        for shape in [WorldShape::Area, WorldShape::Line, WorldShape::Symbol { shape: SymbolShape::Diamond, size_px: number as f32 }] {
            geometry.push(None, 0, shape, [&part[..], &[], &part[..1]]);
        }
    }
    let dash = Some(Dash { on: 0.2, off: 0.2 });
    let paint = Paint { fill: Some(LAND), stroke: Some(Stroke { color: INK, width: 1.0, dash }) };
    scene.world.push(layer(WorldLayerKind::Areas, geometry, vec![class(paint, Some(Stroke::solid(INK, f32::NAN)))], Vec::new()));
    for number in [f32::NAN, f32::INFINITY, 1e30, -1e30, 0.0] {
        let point = ScenePoint::new(number, 50.0);
        let segments = vec![PathSegment::Close, PathSegment::LineTo(point)];
        scene.overlay.push("odd", Primitive::Path { segments, paint });
        let segments = vec![PathSegment::MoveTo(point), PathSegment::CubicTo(point, ScenePoint::new(1.0, 1.0), point), PathSegment::Close];
        scene.overlay.push("odd", Primitive::Path { segments, paint });
        scene.overlay.push("odd", Primitive::Polyline { points: vec![point, ScenePoint::default()], stroke: Stroke::solid(INK, 1.0) });
        scene.overlay.push("odd", Primitive::Polyline { points: Vec::new(), stroke: Stroke::solid(INK, number) });
        scene.overlay.push("odd", Primitive::Disc { center: ScenePoint::default(), radius: number, paint });
        let rect = SceneRect::new(number, 0.0, number, 10.0);
        scene.overlay.push("odd", Primitive::Rect { rect, corner_radius: number, paint });
        scene
            .overlay
            .push("odd", Primitive::Text(TextRun { size: number, angle_deg: number, ..text("a\u{1}b", 1.0, 1.0, TextAnchor::End) }));
        for (size, at) in [(number, 1.0), (10.0, number)] {
            let letters = vec![TurnedLetter { text: "a\u{1}".to_owned(), position: ScenePoint::new(at, 1.0), angle_deg: at }];
            let text = "a\u{1}".to_owned();
            scene
                .overlay
                .push("odd", Primitive::CurvedText(CurvedText { text, face: FontFace::Mono, size, color: INK, halo: None, letters }));
        }
    }
    scene
}
