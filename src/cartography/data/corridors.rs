//! Corridors as flow lines.

use super::crowd::{CROWD, Crowd};
use super::{DataView, class_index, feature_ref, layer, push_lines};
use crate::analysis::Links;
use crate::cartography::classes::{confidence_class, confidence_dash, is_schematic, schematic_dash};
use crate::cartography::{DataClasses, MapColors, MapStyle};
use crate::geodesy::{MapProjection, along_great_circles};
use crate::model::{Dataset, FeatureKind};
use crate::scene::{ClassPaint, Color, Dash, Paint, Stroke, WorldGeometry, WorldLayer, WorldLayerKind};

/// Confidence classes of a corridor: high, medium, low, not stated.
pub(super) const CONFIDENCES: usize = 4;
/// Looks within a color class of corridors: four confidences, each as a path and as a schematic line.
pub(in crate::cartography) const ROUTE_LOOKS: usize = CONFIDENCES * 2;
/// Corridors prepared for drawing.
#[derive(Debug)]
pub(super) struct CorridorMap {
    projection: MapProjection,
    /// Where corridors are too many to be told apart.
    crowd: Option<Crowd>,
    /// The newest layer and what it was made for.
    made: Option<((MapStyle, u32), WorldLayer)>,
}

impl CorridorMap {
    pub(super) fn new(dataset: &Dataset, _links: &Links, projection: MapProjection) -> Self {
        let crowd = (dataset.routes.len() > CROWD).then(|| Crowd::new(dataset, projection));
        Self { projection, crowd, made: None }
    }

    pub(super) fn layers(&mut self, view: &DataView<'_>, classes: &DataClasses) -> Vec<WorldLayer> {
        if let Some(crowd) = &mut self.crowd {
            return vec![crowd.layer(view, classes)];
        }
        let key = (*view.style, view.ink_scale.to_bits());
        if self.made.as_ref().is_none_or(|(made, _)| *made != key) {
            self.made = Some((key, corridors_layer(view, classes, self.projection)));
        }
        self.made.iter().map(|(_, layer)| layer.clone()).collect()
    }
}

fn corridors_layer(view: &DataView<'_>, classes: &DataClasses, projection: MapProjection) -> WorldLayer {
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
