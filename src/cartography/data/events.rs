//! Seizures as point symbols, the area by mass.

use super::{DataView, class_index, feature_ref, hollow_dashed, layer, symbol};
use crate::cartography::classes::{equal_area_factor, seizure_diameter_px};
use crate::cartography::{DataClasses, MapColors, MapStyle};
use crate::geodesy::MapProjection;
use crate::model::{Dataset, FeatureKind, PlacePrecision, SeizureEvent};
use crate::scene::{ClassPaint, Color, Paint, Stroke, WorldGeometry, WorldLayer, WorldLayerKind};

/// Looks within a color class of seizures, see [`SeizureLook`].
pub(in crate::cartography) const SEIZURE_LOOKS: usize = 3;

/// How a seizure symbol is filled and outlined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cartography) enum SeizureLook {
    /// Place and mass are stated.
    Exact = 0,
    /// The mass is not stated: hollow.
    NoMass = 1,
    /// The position is approximate: hollow and dotted.
    Approximate = 2,
}

impl SeizureLook {
    fn of(seizure: &SeizureEvent) -> Self {
        match (seizure.precision, seizure.mass_kg) {
            (Some(PlacePrecision::Approximate), _) => Self::Approximate,
            (_, None) => Self::NoMass,
            (_, Some(_)) => Self::Exact,
        }
    }
}

/// Seizures prepared for drawing.
#[derive(Debug)]
pub(super) struct EventMap {
    projection: MapProjection,
    /// The newest layer and what it was made for.
    made: Option<((MapStyle, u32), WorldLayer)>,
}

impl EventMap {
    pub(super) fn new(_dataset: &Dataset, projection: MapProjection) -> Self {
        Self { projection, made: None }
    }

    pub(super) fn layers(&mut self, view: &DataView<'_>, classes: &DataClasses) -> Vec<WorldLayer> {
        let key = (*view.style, view.ink_scale.to_bits());
        if self.made.as_ref().is_none_or(|(made, _)| *made != key) {
            self.made = Some((key, seizures_layer(view, classes, self.projection)));
        }
        self.made.iter().map(|(_, layer)| layer.clone()).collect()
    }
}

fn seizures_layer(view: &DataView<'_>, classes: &DataClasses, projection: MapProjection) -> WorldLayer {
    let DataView { dataset, style, ink_scale, .. } = *view;
    let (color_by, colors) = (style.color_by, MapColors::of(style.theme));
    let key = classes.of_seizures(color_by, colors);
    let classes_table = key.iter().flat_map(|class| seizure_paints(class.color, colors, ink_scale)).collect();
    // The largest first, so that small events stay visible; ties as in the file.
    let mut order: Vec<usize> = (0..dataset.seizures.len()).collect();
    let size = |index: usize| seizure_diameter_px(dataset.seizures[index].mass_kg, style.size_by);
    order.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
    let mut geometry = WorldGeometry::default();
    for index in order {
        let seizure = &dataset.seizures[index];
        if seizure.precision == Some(PlacePrecision::Country) {
            continue;
        }
        let color_class = classes.seizure_class(seizure, color_by);
        let class = class_index(color_class * SEIZURE_LOOKS + SeizureLook::of(seizure) as usize);
        for at in seizure.position.iter().chain(&seizure.also_at) {
            let feature = feature_ref(FeatureKind::Seizure, index);
            let shape = key[color_class].shape;
            let size_px = size(index) * equal_area_factor(shape) * ink_scale;
            symbol(&mut geometry, feature, class, shape, size_px, projection.project(*at));
        }
    }
    layer(WorldLayerKind::Seizures, geometry, classes_table)
}

/// The paints of one color class in the order of [`SeizureLook`].
fn seizure_paints(color: Color, colors: &MapColors, ink_scale: f32) -> [ClassPaint; SEIZURE_LOOKS] {
    let line = color.mixed(colors.ink, 0.3);
    let exact =
        ClassPaint { paint: Paint { fill: Some(color.faded(0.28)), stroke: Some(Stroke::solid(line, 0.9 * ink_scale)) }, casing: None };
    let no_mass = ClassPaint {
        paint: Paint { fill: Some(colors.casing.faded(0.5)), stroke: Some(Stroke::solid(line, 1.4 * ink_scale)) },
        casing: None,
    };
    [exact, no_mass, hollow_dashed(line, color.faded(0.12), ink_scale, 1.6, 2.0)]
}
