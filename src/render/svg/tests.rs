//! The text of a small scene.

use super::*;
use crate::render::fixture;
use crate::render::raster;
use crate::scene::{TextAnchor, WorldLayerKind};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/small_scene.svg");

#[test]
fn a_small_scene_is_written_as_before() {
    let text = svg(&fixture::scene(), &SvgOptions::default());
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(GOLDEN, &text).unwrap();
    }
    let golden = std::fs::read_to_string(GOLDEN).unwrap();
    assert_eq!(text, golden, "if the change is meant, run the test again with UPDATE_GOLDEN=1");
}

#[test]
fn every_layer_shows_as_many_items_as_the_raster() {
    let scene = fixture::scene();
    let mut tracer = Tracer::new(&scene.view, 1.0, MIN_STEP_PX);
    let written: Vec<_> = scene.world.iter().map(|layer| shape::push_layer(&mut String::new(), "x", layer, &mut tracer)).collect();
    assert_eq!(written, raster::visible_items(&scene));
    assert_eq!(written, [1, 2, 4]);
}

#[test]
fn elements_balance_and_name_their_records() {
    for scene in [fixture::scene(), fixture::hostile_scene()] {
        let text = svg(&scene, &SvgOptions::default());
        assert_eq!(text.matches("<g").count(), text.matches("</g>").count());
        assert!(!text.contains("NaN") && !text.contains("inf\""));
        for feature in ["route-12", "route-13", "port-0", "port-3"] {
            assert!(text.contains(&format!("data-feature=\"{feature}\"")), "{feature}");
        }
        assert!(!text.contains('\u{1}'));
    }
}

#[test]
fn repeated_roles_get_ids_of_their_own() {
    let text = svg(&fixture::scene(), &SvgOptions::default());
    let ids: Vec<&str> = text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    assert!(ids.contains(&"legend-2") && ids.contains(&WorldLayerKind::Ports.key()));
}

#[test]
fn only_the_fonts_in_use_are_embedded() {
    let mut scene = fixture::scene();
    scene.overlay.items.clear();
    scene.furniture.items.clear();
    assert!(!svg(&scene, &SvgOptions { embed_fonts: true }).contains("@font-face"));
    scene.furniture.push("title", Primitive::Text(fixture::text("A", 1.0, 20.0, TextAnchor::Start)));
    let text = svg(&scene, &SvgOptions { embed_fonts: true });
    assert_eq!(text.matches("@font-face").count(), 1);
    assert!(text.contains("font/otf;base64,T1RUTw"), "an OpenType font starts with OTTO");
}

#[test]
fn curved_text_is_a_named_group_of_turned_letters() {
    let text = svg(&fixture::scene(), &SvgOptions::default());
    let group = text.split("aria-label=\"Bay\"").nth(1).expect("the group names the whole text");
    assert!(group.contains("rotate(-20)\">B</text>") && group.contains("rotate(20)\">y</text>"), "{group}");
}
