//! Corridors in such numbers that they cannot be told apart: thin solid lines without casing, drawn in the order of the file.
//!
//! Dash, width and casing would melt into a smear that says nothing; color classes stay, and zooming in does not change the form, so that the
//! map never jumps. The geometry is made once for a projection, on all cores; a change of style only gives its items other classes.

use std::sync::Arc;

use rayon::prelude::*;

use super::{DataView, ROUTE_LOOKS, class_index, feature_ref};
use crate::cartography::{ColorBy, DataClasses, MapColors};
use crate::geodesy::{LonLat, MapProjection, Projected, along_great_circles, project_line};
use crate::model::{Dataset, FeatureKind};
use crate::scene::{
    ClassPaint, Color, FeatureState, Paint, PlaneBox, PlanePoint, Stroke, WorldGeometry, WorldItem, WorldLayer, WorldLayerKind, WorldShape,
};

/// With more corridors than this their lines are a crowd.
pub(super) const CROWD: usize = 400;
/// Corridors that one thread prepares at a time.
const CHUNK: usize = 256;
/// Width of a line in CSS pixels.
const WIDTH_PX: f32 = 1.0;
/// What covers a place of average density, as a share of full opacity, when all its lines are drawn one over the other.
const AVERAGE_COVER: f64 = 0.6;
/// The least and the greatest opacity of a single line: it must not vanish, and crossings must still show.
const OPACITIES: (f64, f64) = (0.012, 0.85);

/// The lines of a crowd.
#[derive(Debug)]
pub(super) struct Crowd {
    geometry: WorldGeometry,
    /// Metres of all lines on the plane for each square metre of the box around them.
    lines_per_m: f64,
    /// The geometry with the classes of a choice of colors.
    colored: Option<(ColorBy, Arc<WorldGeometry>)>,
}

impl Crowd {
    /// The lines of all corridors on the plane.
    pub(super) fn new(dataset: &Dataset, projection: MapProjection) -> Self {
        Self::made(dataset, &|line| project_line(&projection, &along_great_circles(line)))
    }

    /// A few vertices of every line, to be shown until all of them are ready: made in a small part of the time.
    pub(super) fn sketch(dataset: &Dataset, projection: MapProjection) -> Self {
        Self::made(dataset, &|line| project_line(&projection, &sketched(line)))
    }

    fn made(dataset: &Dataset, parts_of: &(dyn Fn(&[LonLat]) -> Vec<Vec<Projected>> + Sync)) -> Self {
        let corridors = dataset.routes.len();
        let chunks: Vec<WorldGeometry> = (0..corridors.div_ceil(CHUNK))
            .into_par_iter()
            .map(|chunk| {
                let mut geometry = WorldGeometry::default();
                for index in chunk * CHUNK..((chunk + 1) * CHUNK).min(corridors) {
                    let lines = dataset.routes[index].lines.iter();
                    let parts: Vec<Vec<Projected>> = lines.flat_map(|line| parts_of(line)).collect();
                    let feature = feature_ref(FeatureKind::Route, index);
                    geometry.push(Some(feature), 0, WorldShape::Line, parts.iter().map(Vec::as_slice));
                }
                geometry
            })
            .collect();
        let geometry = WorldGeometry::concatenated(&chunks);
        let around =
            geometry.items.iter().fold(PlaneBox::EMPTY, |all, item| all.including(item.plane_box.min).including(item.plane_box.max));
        let area_m2 = (around.max.x_m - around.min.x_m) * (around.max.y_m - around.min.y_m);
        let length_m: f64 = geometry.items.par_iter().map(|item| length_m(&geometry, item)).sum();
        let lines_per_m = if area_m2 > 0.0 { length_m / area_m2 } else { 0.0 };
        Self { geometry, lines_per_m, colored: None }
    }

    /// The layer in the colors of a style. The smaller the scale, the more lines run through a pixel and the fainter each of them is, so that
    /// much used waters stand out at every scale.
    pub(super) fn layer(&mut self, view: &DataView<'_>, classes: &DataClasses) -> WorldLayer {
        let DataView { style, ink_scale, .. } = *view;
        let colors = MapColors::of(style.theme);
        let width_px = WIDTH_PX * ink_scale;
        let lines_in_a_pixel = self.lines_per_m * view.resolution_m_per_px * f64::from(width_px);
        let opacity = (AVERAGE_COVER / lines_in_a_pixel).clamp(OPACITIES.0, OPACITIES.1) as f32;
        let paint = |color: Color| ClassPaint { paint: Paint::stroke(Stroke::solid(color.faded(opacity), width_px)), casing: None };
        // The class table has the looks of single corridors, so that whoever reads it finds colors at the same places.
        let keys = classes.of_routes(style.color_by, colors);
        let table: Vec<ClassPaint> = keys.iter().flat_map(|key| vec![paint(key.color); ROUTE_LOOKS]).collect();
        let states: Arc<[FeatureState]> = Arc::from([]);
        WorldLayer { kind: WorldLayerKind::Corridors, geometry: self.colored(view, classes), classes: Arc::from(table), states }
    }

    fn colored(&mut self, view: &DataView<'_>, classes: &DataClasses) -> Arc<WorldGeometry> {
        let (dataset, color_by) = (view.dataset, view.style.color_by);
        if let Some((_, geometry)) = self.colored.as_ref().filter(|(made_for, _)| *made_for == color_by) {
            return geometry.clone();
        }
        let class_of = |item: &WorldItem| {
            let route = item.feature.and_then(|feature| dataset.routes.get(feature.at()));
            route.map_or(0, |route| class_index(classes.route_class(route, color_by) * ROUTE_LOOKS))
        };
        let items = self.geometry.items.par_iter().map(|item| WorldItem { class: class_of(item), ..item.clone() }).collect();
        let geometry = Arc::new(self.geometry.with_items(items));
        self.colored = Some((color_by, geometry.clone()));
        geometry
    }
}

/// Vertices of a line in a sketch.
const SKETCHED: usize = 12;

/// Vertices at even steps, both ends among them.
fn sketched(line: &[LonLat]) -> Vec<LonLat> {
    if line.len() <= SKETCHED {
        return line.to_vec();
    }
    (0..SKETCHED).map(|step| line[step * (line.len() - 1) / (SKETCHED - 1)]).collect()
}

fn length_m(geometry: &WorldGeometry, item: &WorldItem) -> f64 {
    let step = |pair: &[PlanePoint]| {
        let (a, b) = (pair[0].projected(), pair[1].projected());
        (b.x_m - a.x_m).hypot(b.y_m - a.y_m)
    };
    geometry.parts_of(item).flat_map(|part| part.windows(2).map(step)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Filter, Links, evaluate};
    use crate::cartography::test_data::small_dataset;
    use crate::cartography::{DataMap, MapStyle};
    use crate::scene::PickIndex;

    fn crowded() -> Dataset {
        let mut dataset = small_dataset();
        let pattern = dataset.routes[0].clone();
        for number in 0..CROWD {
            let mut route = pattern.clone();
            route.id = format!("rt-{number}").into();
            route.lines[0][0].lat_deg += number as f64 * 0.01;
            dataset.put_route(route);
        }
        dataset
    }

    #[test]
    fn a_sketch_has_every_line_with_both_ends() {
        let dataset = crowded();
        let projection = MapProjection::default();
        let (sketch, full) = (Crowd::sketch(&dataset, projection), Crowd::new(&dataset, projection));
        assert_eq!(sketch.geometry.items.len(), full.geometry.items.len());
        assert!(sketch.geometry.vertex_count() < full.geometry.vertex_count());
        for (a, b) in sketch.geometry.items.iter().zip(&full.geometry.items) {
            let ends = |geometry: &WorldGeometry, item: &WorldItem| {
                let part = geometry.parts_of(item).next().expect("a line").to_vec();
                (a.feature, part[0], part[part.len() - 1])
            };
            assert_eq!(ends(&sketch.geometry, a), ends(&full.geometry, b));
        }
        let long: Vec<LonLat> = (0..100).map(|step| LonLat::new(f64::from(step), 0.0)).collect();
        assert_eq!((sketched(&long).len(), sketched(&long)[0], sketched(&long)[SKETCHED - 1]), (SKETCHED, long[0], long[99]));
    }

    #[test]
    fn a_crowd_is_thin_lines_that_grow_fainter_as_the_scale_grows_smaller() {
        let dataset = crowded();
        let links = Links::new(&dataset);
        let matches = evaluate(&dataset, &links, &Filter::default());
        let mut map = DataMap::new(&dataset, &links, MapProjection::default());
        let mut style = MapStyle::default();
        let mut corridors = |style: &MapStyle, resolution_m_per_px| {
            let view = DataView { dataset: &dataset, links: &links, matches: &matches, style, resolution_m_per_px, ink_scale: 1.0 };
            map.layers(&view).into_iter().find(|layer| layer.kind == WorldLayerKind::Corridors).expect("switched on")
        };
        let (near, far) = (corridors(&style, 100.0), corridors(&style, 40_000.0));
        let opacity = |layer: &WorldLayer| layer.paint_of(0).and_then(|class| class.paint.stroke).expect("a line").color.a;
        assert!(opacity(&near) > opacity(&far) && opacity(&far) > 0, "{} {}", opacity(&near), opacity(&far));
        assert!(near.classes.iter().all(|class| class.casing.is_none() && class.paint.stroke.is_some_and(|s| s.dash.is_none())));
        assert!(Arc::ptr_eq(&near.geometry, &far.geometry), "the index over it stays valid");
        assert_eq!(near.geometry.items.len(), dataset.routes.len());
        let mut drawn: Vec<_> = near.geometry.items.iter().filter_map(|item| item.feature).collect();
        drawn.sort();
        assert_eq!(drawn, dataset.refs(FeatureKind::Route).collect::<Vec<_>>(), "nobody is left out");
        style.color_by = ColorBy::Confidence;
        let other = corridors(&style, 100.0);
        assert!((0..other.geometry.items.len()).all(|index| other.paint_of(index).is_some()));
        assert!(format!("{:?}", PickIndex::new(vec![other])).contains("leaves"));
    }
}
