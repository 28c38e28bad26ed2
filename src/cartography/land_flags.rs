//! Flags where a corridor runs over land: the stretch in the color of faults, and a mark that is seen from afar.

use std::sync::Arc;

use rayon::prelude::*;

use super::{MapColors, MapStyle};
use crate::analysis::LandFindings;
use crate::geodesy::{MapProjection, Projected, project_line};
use crate::model::Dataset;
use crate::scene::{ClassPaint, Paint, Stroke, SymbolShape, WorldGeometry, WorldLayer, WorldLayerKind, WorldShape};

/// The stretch itself.
const STRETCH_CLASS: u16 = 0;
/// The mark in its middle.
const MARK_CLASS: u16 = 1;
/// Size of the mark in CSS pixels.
const MARK_PX: f32 = 9.0;
/// More crossings than this cannot be told apart: thin lines without marks show where they are.
const CROWD: usize = 1_000;

/// The flags of all crossings as a layer above the corridors; `None` without a crossing, and when corridors are switched off.
pub fn land_flags(dataset: &Dataset, findings: &LandFindings, projection: MapProjection, style: &MapStyle) -> Option<WorldLayer> {
    let colors = MapColors::of(style.theme);
    let shown: Vec<_> = findings.crossings.iter().filter(|_| style.layers.corridors).collect();
    let crowded = shown.len() > CROWD;
    let pieces: Vec<_> = shown
        .par_iter()
        .filter_map(|crossing| {
            let line = dataset.routes.get(crossing.route.at()).and_then(|route| route.lines.get(crossing.line))?;
            let parts = project_line(&projection, &crossing.stretch.positions(line));
            let mark = (!crowded).then(|| projection.project(crossing.stretch.middle(line)));
            Some((crossing.route, parts, mark))
        })
        .collect();
    let mut geometry = WorldGeometry::default();
    for (route, parts, _) in &pieces {
        geometry.push(Some(*route), STRETCH_CLASS, WorldShape::Line, parts.iter().map(Vec::as_slice));
    }
    // Above all stretches, so that each is seen.
    for (route, _, mark) in &pieces {
        if let Some(at) = mark {
            let shape = WorldShape::Symbol { shape: SymbolShape::Triangle, size_px: MARK_PX };
            geometry.push(Some(*route), MARK_CLASS, shape, [&[*at][..] as &[Projected]]);
        }
    }
    if geometry.items.is_empty() {
        return None;
    }
    let stretch = if crowded {
        ClassPaint { paint: Paint::stroke(Stroke::solid(colors.fault.faded(0.5), 1.0)), casing: None }
    } else {
        ClassPaint { paint: Paint::stroke(Stroke::solid(colors.fault, 2.6)), casing: Some(Stroke::solid(colors.casing, 5.0)) }
    };
    let mark = ClassPaint { paint: Paint { fill: Some(colors.fault), stroke: Some(Stroke::solid(colors.casing, 1.4)) }, casing: None };
    Some(WorldLayer {
        kind: WorldLayerKind::OverLand,
        geometry: Arc::new(geometry),
        classes: Arc::from(vec![stretch, mark]),
        states: Arc::from([]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::LandCrossing;
    use crate::cartography::test_data::small_dataset;
    use crate::geodesy::{LandStretch, distance_m};
    use crate::model::{FeatureKind, FeatureRef};

    #[test]
    fn each_crossing_has_its_stretch_and_its_mark() {
        let dataset = small_dataset();
        let line = &dataset.routes[0].lines[0];
        let stretch = LandStretch { segment: 0, start_m: 0.0, length_m: distance_m(line[0], line[1]), from: line[0], to: line[1] };
        let route = FeatureRef::new(FeatureKind::Route, 0);
        let stale = LandCrossing { route: FeatureRef::new(FeatureKind::Route, 99), line: 0, stretch };
        let findings = LandFindings { crossings: vec![LandCrossing { route, line: 0, stretch }, stale], schematic: Vec::new() };
        let mut style = MapStyle::default();
        let layer = land_flags(&dataset, &findings, MapProjection::default(), &style).expect("a layer");
        let classes: Vec<_> = layer.geometry.items.iter().map(|item| (item.feature, item.class)).collect();
        assert_eq!(classes, [(Some(route), STRETCH_CLASS), (Some(route), MARK_CLASS)]);
        assert!(land_flags(&dataset, &LandFindings::default(), MapProjection::default(), &style).is_none());
        style.layers.corridors = false;
        assert!(land_flags(&dataset, &findings, MapProjection::default(), &style).is_none());
    }
}
