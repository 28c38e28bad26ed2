//! The SVG back end: the page as text, with one group per layer and role, for editing in a drawing program.

mod paint;
mod shape;
mod text;
mod write;

use std::collections::BTreeMap;

use super::plane::Tracer;
use crate::scene::{FontFace, Primitive, Scene, SceneItem, SceneRect, ScreenSet};
use write::{open_tag, push_attribute, push_escaped, push_number_attribute};

/// Vertices closer than this to the one before are left out, in CSS pixels.
const MIN_STEP_PX: f64 = 0.1;

/// How a scene is written as SVG.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SvgOptions {
    /// Puts the fonts that the page uses into the file (about 0.35 MB each), so that it looks the same everywhere.
    pub embed_fonts: bool,
}

/// Writes a whole page. The same scene always gives the same text; lengths are CSS pixels, rounded to hundredths.
pub fn svg(scene: &Scene, options: &SvgOptions) -> String {
    let mut out = String::with_capacity(64 * 1024);
    open_root(&mut out, scene);
    if options.embed_fonts {
        text::push_font_faces(&mut out, &faces(scene));
    }
    let mut ids = Ids::default();
    push_clip_path(&mut out, "map-clip", scene.view.frame);
    push_page_rect(&mut out, scene);
    out.push_str("<g id=\"map\" clip-path=\"url(#map-clip)\">\n");
    push_map_background(&mut out, scene, scene.view.frame);
    let mut tracer = Tracer::new(&scene.view, 1.0, MIN_STEP_PX);
    for layer in &scene.world {
        shape::push_layer(&mut out, &ids.claim(layer.kind.key()), layer, &mut tracer);
    }
    push_set(&mut out, &scene.overlay, "overlay", &mut ids);
    out.push_str("</g>\n");
    if let Some(body) = &scene.beside {
        push_clip_path(&mut out, "map-clip-2", body.view.frame);
        out.push_str("<g id=\"map-2\" clip-path=\"url(#map-clip-2)\">\n");
        push_map_background(&mut out, scene, body.view.frame);
        let mut tracer = Tracer::new(&body.view, 1.0, MIN_STEP_PX);
        for layer in &body.world {
            shape::push_layer(&mut out, &ids.claim(layer.kind.key()), layer, &mut tracer);
        }
        push_set(&mut out, &body.overlay, "overlay", &mut ids);
        out.push_str("</g>\n");
    }
    push_set(&mut out, &scene.furniture, "furniture", &mut ids);
    out.push_str("</svg>\n");
    out
}

fn open_root(out: &mut String, scene: &Scene) {
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
    let (width, height) = (write::number(scene.width.into()), write::number(scene.height.into()));
    push_attribute(out, "width", &width);
    push_attribute(out, "height", &height);
    push_attribute(out, "viewBox", &format!("0 0 {width} {height}"));
    push_attribute(out, "font-family", text::FAMILY);
    out.push_str(" fill-rule=\"evenodd\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n<title>");
    push_escaped(out, &scene.title);
    out.push_str("</title>\n");
}

fn push_rect(out: &mut String, [x, y, width, height]: [f32; 4]) {
    open_tag(out, "rect");
    for (name, value) in [("x", x), ("y", y), ("width", width), ("height", height)] {
        push_number_attribute(out, name, value.into());
    }
}

fn push_clip_path(out: &mut String, id: &str, frame: SceneRect) {
    out.push_str("<clipPath");
    push_attribute(out, "id", id);
    out.push('>');
    push_rect(out, [frame.x, frame.y, frame.width, frame.height]);
    out.push_str("/></clipPath>\n");
}

fn push_page_rect(out: &mut String, scene: &Scene) {
    push_rect(out, [0.0, 0.0, scene.width, scene.height]);
    paint::push_fill(out, Some(scene.background));
    out.push_str(" id=\"paper\"/>\n");
}

fn push_map_background(out: &mut String, scene: &Scene, frame: SceneRect) {
    push_rect(out, [frame.x, frame.y, frame.width, frame.height]);
    paint::push_fill(out, Some(scene.map_background));
    out.push_str(if frame == scene.view.frame { " id=\"map-background\"/>\n" } else { " id=\"map-background-2\"/>\n" });
}

/// Neighbours with the same role form a group.
fn push_set(out: &mut String, set: &ScreenSet, id: &str, ids: &mut Ids) {
    out.push_str("<g");
    push_attribute(out, "id", &ids.claim(id));
    out.push_str(">\n");
    for group in set.items.chunk_by(|a, b| a.role == b.role) {
        out.push_str("<g");
        push_attribute(out, "id", &ids.claim(group[0].role));
        out.push_str(">\n");
        group.iter().for_each(|item| shape::push_item(out, item));
        out.push_str("</g>\n");
    }
    out.push_str("</g>\n");
}

/// The faces that the page's text uses.
fn faces(scene: &Scene) -> Vec<FontFace> {
    let face = |item: &SceneItem| match &item.primitive {
        Primitive::Text(run) => Some(run.face),
        Primitive::CurvedText(text) => Some(text.face),
        Primitive::Path { .. } | Primitive::Polyline { .. } | Primitive::Disc { .. } | Primitive::Rect { .. } => None,
    };
    let beside = scene.beside.iter().flat_map(|body| &body.overlay.items);
    let mut faces: Vec<FontFace> = scene.overlay.items.iter().chain(beside).chain(&scene.furniture.items).filter_map(face).collect();
    faces.sort();
    faces.dedup();
    faces
}

/// Hands out each id once: "legend", then "legend-2".
#[derive(Debug, Default)]
struct Ids {
    used: BTreeMap<String, u32>,
}

impl Ids {
    fn claim(&mut self, wanted: &str) -> String {
        let times = self.used.entry(wanted.to_owned()).or_default();
        *times += 1;
        if *times == 1 { wanted.to_owned() } else { format!("{wanted}-{times}") }
    }
}

#[cfg(test)]
mod tests;
