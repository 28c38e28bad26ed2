//! Placing of names as a whole.

use proptest::prelude::*;

use super::*;
use crate::cartography::{MapColors, MapTheme};
use crate::scene::{
    Primitive, ScenePoint, SceneRect, ScreenSet, SymbolShape, TextRun, WorldGeometry, WorldLayer, WorldLayerKind, WorldShape,
};
use crate::typography;

fn label(text: &str, kind: LabelKind, (x_m, y_m): (f64, f64), weight: f64) -> MapLabel {
    let at = Projected::new(x_m, y_m);
    let place = match kind {
        LabelKind::Country => LabelPlace::Area(AreaPlace::new(at, None, true, true)),
        LabelKind::Port => LabelPlace::Point { at, clearance_px: 4.0, may_lead: true },
        LabelKind::Selected | LabelKind::Town | LabelKind::Sea | LabelKind::Corridor => {
            LabelPlace::Point { at, clearance_px: 4.0, may_lead: false }
        }
    };
    MapLabel { text: text.into(), kind, place, weight, size_px: 12.0, tint: None, feature: None, dimmed: false }
}

fn view(center: (f64, f64), resolution_m_per_px: f64) -> PlaneView {
    PlaneView { center: Projected::new(center.0, center.1), resolution_m_per_px, frame: SceneRect::new(0.0, 0.0, 800.0, 500.0) }
}

fn placed(labels: &[MapLabel], view: &PlaneView, is_still: bool) -> ScreenSet {
    let mut set = ScreenSet::default();
    let page = LabelPage { view, colors: MapColors::of(MapTheme::Light), layers: &[], reserved: &[], is_still };
    place_labels(&mut set, labels, &page);
    set
}

fn runs(set: &ScreenSet) -> Vec<TextRun> {
    set.items.iter().filter_map(|item| if let Primitive::Text(run) = &item.primitive { Some(run.clone()) } else { None }).collect()
}

fn leaders(set: &ScreenSet) -> Vec<[ScenePoint; 2]> {
    let line = |primitive: &Primitive| if let Primitive::Polyline { points, .. } = primitive { Some([points[0], points[1]]) } else { None };
    set.items.iter().filter_map(|item| line(&item.primitive)).collect()
}

fn text_box(run: &TextRun) -> SceneRect {
    let width = typography::run_width(run);
    SceneRect::new(run.position.x + typography::start_offset(run.anchor, width), run.position.y - run.size * 0.76, width, run.size * 0.9)
}

/// Towns and ports in a crowd, with a few countries and a sea across it, at 1 km a pixel some 900 × 600 px large.
fn crowd() -> Vec<MapLabel> {
    let mut labels: Vec<MapLabel> = (0..170)
        .map(|i| {
            let kind = if i % 3 == 0 { LabelKind::Port } else { LabelKind::Town };
            let spread = |step: u32, over: u32| f64::from((i * step) % over) - f64::from(over) / 2.0;
            label(&format!("Place {i}"), kind, (spread(7_919, 1_801) * 500.0, spread(6_101, 1_201) * 500.0), f64::from(i % 11))
        })
        .collect();
    labels.push(label("Country", LabelKind::Country, (-120_000.0, 60_000.0), 3.0));
    labels.push(label("Another Country", LabelKind::Country, (140_000.0, -90_000.0), 2.0));
    let bend: Vec<Projected> =
        (0..5).map(|i| Projected::new(f64::from(i) * 90_000.0 - 180_000.0, f64::from((i - 2) * (i - 2)) * -9_000.0)).collect();
    labels.push(MapLabel {
        place: LabelPlace::Curve { path: smooth(&bend), spread_em: 0.4 },
        ..label("Middle Sea", LabelKind::Sea, (0.0, 0.0), 1.0)
    });
    let line: Vec<PlanePoint> =
        (0..80).map(|i| PlanePoint::from_projected(Projected::new(f64::from(i) * 20_000.0 - 800_000.0, 150_000.0))).collect();
    labels.push(line_label("Here - There", &line, None, (None, 0.0, 12.0)));
    labels
}

/// Each drawn name with its place on the plane.
fn on_plane(set: &ScreenSet, view: &PlaneView) -> Vec<(String, f64, f64)> {
    let at = |text: &str, position: ScenePoint| {
        let place = view.projected_from_scene(position);
        (text.to_owned(), place.x_m, place.y_m)
    };
    let names = set.items.iter().filter_map(|item| match &item.primitive {
        Primitive::Text(run) => Some(at(&run.text, run.position)),
        Primitive::CurvedText(text) => text.letters.first().map(|letter| at(&text.text, letter.position)),
        Primitive::Path { .. } | Primitive::Polyline { .. } | Primitive::Disc { .. } | Primitive::Rect { .. } => None,
    });
    names.collect()
}

#[test]
fn names_never_overlap() {
    for resolution in [700.0, 1_000.0, 1_900.0, 4_000.0] {
        for still in [false, true] {
            let set = placed(&crowd(), &view((0.0, 0.0), resolution), still);
            let found = runs(&set);
            assert!(found.len() > 10, "{resolution}: {}", found.len());
            let boxes: Vec<SceneRect> = found.iter().map(text_box).collect();
            for (i, a) in boxes.iter().enumerate() {
                let other = boxes[..i].iter().position(|b| a.intersects(b));
                assert!(other.is_none(), "{} overlaps {}", found[i].text, found[other.unwrap_or(0)].text);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn panning_moves_names_and_changes_none(right in -300.0_f64..300.0, down in -200.0_f64..200.0, resolution in 500.0_f64..3_000.0) {
        let labels = crowd();
        let first = view((0.0, 0.0), resolution);
        let moved = view((right * resolution, down * resolution), resolution);
        let (here, there) = (placed(&labels, &first, false), placed(&labels, &moved, false));
        let (here, there) = (on_plane(&here, &first), on_plane(&there, &moved));
        // Whatever stands well inside both views stands in both, at the same place.
        let well_inside = |view: &PlaneView, x_m: f64, y_m: f64| {
            view.frame.grown(-170.0).contains(view.scene_from_projected(Projected::new(x_m, y_m)))
        };
        for (from, to) in [(&here, &there), (&there, &here)] {
            for (text, x_m, y_m) in from.iter().filter(|(_, x, y)| well_inside(&first, *x, *y) && well_inside(&moved, *x, *y)) {
                let same = |(other, x, y): &(String, f64, f64)| {
                    other == text && (x - x_m).abs() < 0.05 * resolution && (y - y_m).abs() < 0.05 * resolution
                };
                prop_assert!(to.iter().any(same), "{text} at {resolution} m/px moved by {right} {down}");
            }
        }
    }

    #[test]
    fn a_small_zoom_keeps_most_names(resolution in 600.0_f64..3_000.0) {
        let labels = crowd();
        let names = |resolution: f64| {
            let found = runs(&placed(&labels, &view((0.0, 0.0), resolution), false));
            found.into_iter().map(|run| run.text).collect::<std::collections::BTreeSet<_>>()
        };
        let (before, after) = (names(resolution), names(resolution / 1.06));
        let kept = before.intersection(&after).count();
        prop_assert!(kept * 10 >= before.len() * 7, "{kept} of {} at {resolution}", before.len());
    }
}

#[test]
fn the_more_important_name_wins() {
    let clash = [
        label("Small town with a long name", LabelKind::Town, (0.0, 0.0), 9.0),
        label("Albania", LabelKind::Country, (0.0, 0.0), 1.0),
        label("Large", LabelKind::Country, (0.0, 3_000.0), 0.5),
    ];
    let found = runs(&placed(&clash, &view((0.0, 0.0), 1_000.0), false));
    assert!(found.iter().any(|run| run.text == "ALBANIA"), "{found:?}");
}

#[test]
fn a_crowded_port_gets_a_leader_that_crosses_nothing() {
    let place = |i: u32| Projected::new(f64::from(i % 3) * 24_000.0, f64::from(i / 3) * 19_000.0);
    let ports: Vec<MapLabel> =
        (0..9).map(|i| label(&format!("Harbor {i}"), LabelKind::Port, (place(i).x_m, place(i).y_m), f64::from(9 - i))).collect();
    let mut symbols = WorldGeometry::default();
    for i in 0..9 {
        symbols.push(None, 0, WorldShape::Symbol { shape: SymbolShape::Circle, size_px: 7.0 }, [&[place(i)][..]]);
    }
    let layer = WorldLayer { kind: WorldLayerKind::Ports, geometry: Arc::new(symbols), classes: Arc::from([]), states: Arc::from([]) };
    let looked_at = view((24_000.0, 19_000.0), 1_000.0);
    let mut set = ScreenSet::default();
    let page = LabelPage { view: &looked_at, colors: MapColors::of(MapTheme::Light), layers: &[layer], reserved: &[], is_still: false };
    place_labels(&mut set, &ports, &page);
    let (found, lines) = (runs(&set), leaders(&set));
    assert!(found.len() >= 6 && !lines.is_empty(), "{} names, {} leaders", found.len(), lines.len());
    let segment =
        |[a, b]: &[ScenePoint; 2]| (room::Spot::new(f64::from(a.x), f64::from(a.y)), room::Spot::new(f64::from(b.x), f64::from(b.y)));
    for (index, line) in lines.iter().enumerate() {
        let (from, to) = segment(line);
        for run in &found {
            let text = text_box(run).grown(-1.0);
            let bounds = room::Bounds::new(f64::from(text.x), f64::from(text.y), f64::from(text.width), f64::from(text.height));
            assert!(!bounds.is_crossed((from, to)), "a leader runs through {}", run.text);
        }
        for other in &lines[..index] {
            let (a, b) = segment(other);
            let side = |p: room::Spot| ((to.x - from.x) * (p.y - from.y) - (to.y - from.y) * (p.x - from.x)).signum();
            let back = |p: room::Spot| ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)).signum();
            assert!(side(a) == side(b) || back(from) == back(to), "two leaders cross");
        }
    }
}

#[test]
fn long_country_names_stand_on_two_lines() {
    let found = runs(&placed(&[label("Papua New Guinea", LabelKind::Country, (0.0, 0.0), 1.0)], &view((0.0, 0.0), 1_000.0), false));
    assert_eq!(found.len(), 2);
    let (upper, lower) = if found[0].position.y < found[1].position.y { (&found[0], &found[1]) } else { (&found[1], &found[0]) };
    assert!(lower.position.y - upper.position.y >= 12.0 && lower.position.x == upper.position.x);
}

#[test]
fn names_are_not_cut_by_the_edge_and_move_inside_on_a_page() {
    let edge = [label("At the very edge", LabelKind::Town, (398_000.0 - 20_000.0, 0.0), 1.0)];
    let looked_at = view((0.0, 0.0), 1_000.0);
    assert!(runs(&placed(&edge, &looked_at, false)).is_empty());
    let still = runs(&placed(&edge, &looked_at, true));
    assert_eq!(still.len(), 1);
    let text = text_box(&still[0]);
    assert!(text.x >= 0.0 && text.right() <= 800.0);
    let under = SceneRect::new(370.0 + 400.0, 240.0, 30.0, 30.0);
    let mut set = ScreenSet::default();
    let page = LabelPage { view: &looked_at, colors: MapColors::of(MapTheme::Light), layers: &[], reserved: &[under], is_still: true };
    place_labels(&mut set, &edge, &page);
    assert!(set.items.is_empty(), "a town under the scale bar is not named");
}

#[test]
fn names_along_lines_are_short() {
    let short = |name: &str| shortened_line_name(name);
    assert_eq!(short("Ecuador - Bar banana line"), "Ecuador – Bar banana line");
    assert_eq!(short("Brazil - Koper soy bulkers (sea chest)"), "Brazil – Koper soy bulkers");
    assert_eq!(short("Colombia - Piraeus - Bar - Albania by lorry"), "Colombia – Piraeus – Bar – …");
    assert_eq!(short("Venezuela - Bar - road to North Macedonia and Greece"), "Venezuela – Bar – road to North …");
    assert_eq!(short("Paraguay-Paraná waterway - River Plate - Hamburg/Antwerp"), "Paraguay-Paraná waterway – …");
    assert_eq!(short("Caribbean Azores yachts and many catamarans"), "Caribbean Azores yachts and many …");
    assert_eq!(short(&"x".repeat(50)).chars().count(), 37);
    assert_eq!(short("(only brackets)"), "(only brackets)");
}
