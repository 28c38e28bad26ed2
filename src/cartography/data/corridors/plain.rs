//! Corridors as plain lines, for datasets in which single ones cannot be told apart.

use super::super::{DataView, class_index, feature_ref, layer, push_lines};
use super::{CONFIDENCES, ROUTE_LOOKS};
use crate::cartography::classes::{confidence_class, confidence_dash, is_schematic, schematic_dash};
use crate::cartography::{DataClasses, MapColors};
use crate::geodesy::{MapProjection, along_great_circles};
use crate::model::FeatureKind;
use crate::scene::{ClassPaint, Color, Dash, Paint, Stroke, WorldGeometry, WorldLayer, WorldLayerKind};

/// All corridors, the width of their lines the same.
pub(super) fn corridors_layer(view: &DataView<'_>, classes: &DataClasses, projection: MapProjection) -> WorldLayer {
    let DataView { dataset, style, ink_scale, .. } = *view;
    let (color_by, colors) = (style.color_by, MapColors::of(style.theme));
    let mut classes_table = Vec::new();
    for class in classes.of_routes(color_by, colors) {
        for look in 0..ROUTE_LOOKS {
            classes_table.push(route_paint(class.color, look % CONFIDENCES, look >= CONFIDENCES, colors, ink_scale));
        }
    }
    // The least certain first, so that what is best known lies on top of shared legs; then as in the file.
    let mut order: Vec<usize> = (0..dataset.routes.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(confidence_class(dataset.routes[*index].confidence)));
    let mut geometry = WorldGeometry::default();
    // What is schematic lies below all paths.
    for (schematic, look) in [(true, CONFIDENCES), (false, 0)] {
        for index in &order {
            let route = &dataset.routes[*index];
            let lines = route.lines.iter().enumerate().filter(|(line, _)| is_schematic(route, *line) == schematic);
            // The legs of a corridor are great circles, as they are measured and checked for land.
            let lines: Vec<_> = lines.map(|(_, line)| along_great_circles(line)).collect();
            if lines.is_empty() {
                continue;
            }
            let class = classes.route_class(route, color_by) * ROUTE_LOOKS + confidence_class(route.confidence) + look;
            push_lines(&mut geometry, feature_ref(FeatureKind::Route, *index), class_index(class), &lines, projection);
        }
    }
    layer(WorldLayerKind::Corridors, geometry, classes_table)
}

/// The line of a corridor: dash by confidence; a schematic line is dotted, thinner, lighter and without casing.
fn route_paint(color: Color, confidence: usize, schematic: bool, colors: &MapColors, ink_scale: f32) -> ClassPaint {
    let dash = if schematic { Some(schematic_dash(confidence)) } else { confidence_dash(confidence) };
    let dash = dash.map(|dash| Dash { on: dash.on * ink_scale, off: dash.off * ink_scale });
    let (width, opacity) = if schematic { (1.3, 0.8) } else { (2.0, 1.0) };
    ClassPaint {
        paint: Paint::stroke(Stroke { color: color.faded(opacity), width: width * ink_scale, dash }),
        casing: (!schematic).then(|| Stroke::solid(colors.casing.faded(0.8), (width + 1.8) * ink_scale)),
    }
}
