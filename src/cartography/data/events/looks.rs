//! How events and clusters look: classes, paints, sizes.

use crate::cartography::classes::{DataClass, DataClasses, equal_area_factor, seizure_diameter_px};
use crate::cartography::data::{class_index, hollow_dashed};
use crate::cartography::{MapColors, MapStyle};
use crate::model::{Dataset, PlacePrecision, SeizureEvent};
use crate::scene::{ClassPaint, Color, Paint, Stroke, SymbolShape};

/// Looks within a color class of seizures, see [`SeizureLook`].
pub(in crate::cartography) const SEIZURE_LOOKS: usize = 4;

/// How a seizure symbol is filled and outlined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cartography) enum SeizureLook {
    /// Place and mass are stated.
    Exact = 0,
    /// The mass is not stated: hollow.
    NoMass = 1,
    /// The position is approximate: hollow and dotted.
    Approximate = 2,
    /// Several events drawn together, all of one color class; the class after the last color is for those of several.
    Cluster = 3,
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

/// Fewer events than this are never drawn together.
pub(super) const LEAST_CLUSTER: u32 = 4;
/// A cell is at least so wide in CSS pixels, and at most twice as wide.
pub(super) const LEAST_CELL_PX: f64 = 26.0;
/// The room that one event takes when it is asked whether symbols melt together, in square CSS pixels.
const ROOM_PX2: f64 = 45.0;
/// Symbols that cover more than this share of the box around them are drawn as one.
const MELTING_SHARE: f64 = 0.3;
/// What is added to the box around positions for the size of the symbols, in CSS pixels.
const SYMBOL_PX: f64 = 8.0;

/// Clusters of at least so many events and their diameters in CSS pixels. The classes never move with a filter.
pub(in crate::cartography) const CLUSTER_CLASSES: [(u32, f32); 6] =
    [(0, 17.0), (10, 21.0), (100, 27.0), (1_000, 35.0), (10_000, 44.0), (100_000, 54.0)];

/// Index of a number of events in [`CLUSTER_CLASSES`].
pub(in crate::cartography) fn cluster_class(count: u32) -> usize {
    CLUSTER_CLASSES.iter().rposition(|(least, _)| count >= *least).unwrap_or(0)
}

/// Diameter of the symbol for so many events, in CSS pixels.
pub(super) fn cluster_diameter_px(count: u32) -> f32 {
    CLUSTER_CLASSES[cluster_class(count)].1
}

/// Whether so many events within a box of this size (CSS pixels) cannot be told apart.
pub(super) fn melts(count: u32, width_px: f64, height_px: f64) -> bool {
    count >= LEAST_CLUSTER && f64::from(count) * ROOM_PX2 > MELTING_SHARE * (width_px + SYMBOL_PX) * (height_px + SYMBOL_PX)
}

/// The color classes of events under one style.
pub(super) struct EventLooks<'a> {
    dataset: &'a Dataset,
    classes: &'a DataClasses,
    style: &'a MapStyle,
    key: Vec<DataClass>,
    ink_scale: f32,
}

/// One symbol.
pub(super) struct Look {
    pub(super) class: u16,
    pub(super) shape: SymbolShape,
    /// Of the circle that covers as much of the page, in CSS pixels.
    pub(super) diameter_px: f32,
}

impl Look {
    pub(super) fn size_px(&self) -> f32 {
        self.diameter_px * equal_area_factor(self.shape)
    }
}

impl<'a> EventLooks<'a> {
    pub(super) fn new(dataset: &'a Dataset, classes: &'a DataClasses, style: &'a MapStyle, ink_scale: f32) -> Self {
        Self { dataset, classes, style, key: classes.of_seizures(style.color_by, MapColors::of(style.theme)), ink_scale }
    }

    /// The paint of every class of the layer.
    pub(super) fn paints(&self, theme: crate::cartography::MapTheme) -> Vec<ClassPaint> {
        let colors = MapColors::of(theme);
        let mixed = cluster_paint(colors.muted_ink, colors, self.ink_scale);
        let own = self.key.iter().flat_map(|class| seizure_paints(class.color, colors, self.ink_scale));
        own.chain(std::iter::repeat_n(mixed, SEIZURE_LOOKS)).collect()
    }

    /// The color class of an event.
    pub(super) fn color_class(&self, event: u32) -> u8 {
        let class = self.classes.seizure_class(&self.dataset.seizures[event as usize], self.style.color_by);
        u8::try_from(class).unwrap_or(u8::MAX)
    }

    /// The symbol of an event that stands alone.
    pub(super) fn of_event(&self, event: u32) -> Look {
        let seizure = &self.dataset.seizures[event as usize];
        let color_class = usize::from(self.color_class(event));
        let shape = self.key[color_class].shape;
        let diameter_px = seizure_diameter_px(seizure.mass_kg, self.style.size_by) * self.ink_scale;
        Look { class: class_index(color_class * SEIZURE_LOOKS + SeizureLook::of(seizure) as usize), shape, diameter_px }
    }

    /// The symbol of several events; `color_class` is theirs if they share one.
    pub(super) fn of_cluster(&self, count: u32, color_class: Option<u8>) -> Look {
        let color_class = color_class.map_or(self.key.len(), usize::from);
        Look {
            class: class_index(color_class * SEIZURE_LOOKS + SeizureLook::Cluster as usize),
            shape: SymbolShape::Circle,
            diameter_px: cluster_diameter_px(count) * self.ink_scale,
        }
    }
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
    [exact, no_mass, hollow_dashed(line, color.faded(0.12), ink_scale, 1.6, 2.0), cluster_paint(color, colors, ink_scale)]
}

/// A light disc with a strong rim, on which a number can be read.
fn cluster_paint(color: Color, colors: &MapColors, ink_scale: f32) -> ClassPaint {
    let line = color.mixed(colors.ink, 0.2);
    let fill = color.mixed(colors.paper, 0.88).faded(0.94);
    ClassPaint { paint: Paint { fill: Some(fill), stroke: Some(Stroke::solid(line, 1.5 * ink_scale)) }, casing: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_events_and_events_apart_do_not_melt() {
        assert!(!melts(3, 0.0, 0.0), "nested circles of three can be told apart");
        assert!(melts(4, 0.0, 0.0) && melts(60, 60.0, 60.0));
        assert!(!melts(4, 30.0, 30.0) && !melts(5, 40.0, 20.0));
    }

    #[test]
    fn larger_classes_have_larger_symbols() {
        assert!(CLUSTER_CLASSES.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
        assert_eq!([4, 9, 10, 999, 1_000, 5_000_000].map(cluster_diameter_px), [17.0, 17.0, 21.0, 27.0, 35.0, 54.0]);
    }
}
