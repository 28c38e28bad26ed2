//! Classes: what the color, dash, shape and size of a record say, and the words for it.

use super::{ColorBy, MapColors};
use crate::model::{
    Attribution, Confidence, Dataset, FeatureKind, GroupKind, KnownRouteMode, PartialDate, PathKind, PlaceKind, Port, Route, SeizureEvent,
};
use crate::scene::{Color, Dash, SymbolShape};

/// One row of the color key.
#[derive(Clone, Debug, PartialEq)]
pub struct DataClass {
    /// The words for it.
    pub label: &'static str,
    /// Its color.
    pub color: Color,
    /// The symbol of seizures in it, so that color never stands alone.
    pub shape: SymbolShape,
}

/// Years that begin the classes of [`ColorBy::Period`]; the first class is everything before the first of them. They never move
/// with a filter.
const PERIOD_STARTS: [i16; 4] = [2010, 2015, 2019, 2022];
/// The words for the period classes and for records without a date.
const PERIOD_LABELS: [&str; 6] = ["Before 2010", "2010–2014", "2015–2018", "2019–2021", "2022 on", "Undated"];
const GROUP_LABELS: [&str; 4] = ["Balkan cell named", "Only another partner named", "Only an umbrella label", "No group named"];

/// The masses in kilograms that the legend shows.
pub const MASS_BREAKS_KG: [f64; 3] = [100.0, 1_000.0, 10_000.0];
/// Diameter of the symbol for one tonne, in CSS pixels.
const TONNE_DIAMETER_PX: f32 = 9.5;
/// Smallest and largest diameter of a symbol: what can still be seen, and what does not hide a whole coast.
const DIAMETER_RANGE_PX: (f32, f32) = (3.0, 44.0);
/// Diameter of the symbol of an event without a stated mass.
pub(super) const NO_MASS_DIAMETER_PX: f32 = 7.0;

/// Diameter in CSS pixels of a seizure symbol: the area is proportional to the mass between the smallest that can be seen (100 kg) and
/// the largest that is drawn (21 t).
pub fn mass_diameter_px(mass_kg: Option<f64>) -> f32 {
    match mass_kg {
        Some(kg) if kg.is_finite() && kg > 0.0 => {
            (TONNE_DIAMETER_PX * (kg / 1_000.0).sqrt() as f32).clamp(DIAMETER_RANGE_PX.0, DIAMETER_RANGE_PX.1)
        }
        _ => NO_MASS_DIAMETER_PX,
    }
}

/// What the size of a shape is multiplied with so that it covers as much of the page as a circle of that diameter.
pub(super) const fn equal_area_factor(shape: SymbolShape) -> f32 {
    match shape {
        SymbolShape::Circle => 1.0,
        SymbolShape::Square => 0.886,
        SymbolShape::Diamond => 1.253,
        SymbolShape::Triangle | SymbolShape::TriangleDown => 1.347,
    }
}

/// Diameter in CSS pixels of a port that this many corridors and events name.
pub fn port_diameter_px(named_by: usize) -> f32 {
    (3.6 + 1.1 * (named_by as f32).sqrt()).min(11.0)
}

/// The color classes of corridors.
pub fn route_classes(color_by: ColorBy, colors: &MapColors) -> Vec<DataClass> {
    let plain = |label, color| DataClass { label, color, shape: SymbolShape::Circle };
    match color_by {
        ColorBy::Mode => KnownRouteMode::ALL
            .iter()
            .zip(colors.unordered)
            .map(|(mode, color)| plain(mode.label(), color))
            .chain([plain("Other mode", colors.not_stated.mixed(colors.ink, 0.5)), plain("Mode not stated", colors.not_stated)])
            .collect(),
        ColorBy::Group => group_classes(colors),
        ColorBy::Confidence => vec![
            plain("High confidence", colors.unordered[0]),
            plain("Medium confidence", colors.unordered[2]),
            plain("Low confidence", colors.unordered[3]),
            plain("Confidence not stated", colors.not_stated),
        ],
        ColorBy::Period => period_classes(colors),
    }
}

/// The color classes of seizures.
pub fn seizure_classes(color_by: ColorBy, colors: &MapColors) -> Vec<DataClass> {
    let with = |label, color, shape| DataClass { label, color, shape };
    match color_by {
        ColorBy::Mode => vec![
            with("Seized in a port", colors.unordered[0], SymbolShape::Circle),
            with("Seized at sea", colors.unordered[2], SymbolShape::Triangle),
            with("Seized inland", colors.unordered[1], SymbolShape::Square),
            with("Kind of place not stated", colors.not_stated, SymbolShape::Diamond),
        ],
        ColorBy::Group => group_classes(colors),
        ColorBy::Confidence => vec![
            with("Attribution explicit", colors.unordered[0], SymbolShape::Triangle),
            with("Attribution suspected", colors.unordered[1], SymbolShape::Square),
            with("No attribution", colors.not_stated, SymbolShape::Circle),
            with("Attribution not stated", colors.not_stated.mixed(colors.paper, 0.4), SymbolShape::Diamond),
        ],
        ColorBy::Period => period_classes(colors),
    }
}

fn group_classes(colors: &MapColors) -> Vec<DataClass> {
    let looks = [
        (colors.unordered[0], SymbolShape::Triangle),
        (colors.unordered[2], SymbolShape::Square),
        (colors.unordered[3], SymbolShape::Diamond),
        (colors.not_stated, SymbolShape::Circle),
    ];
    GROUP_LABELS.iter().zip(looks).map(|(label, (color, shape))| DataClass { label, color, shape }).collect()
}

fn period_classes(colors: &MapColors) -> Vec<DataClass> {
    PERIOD_LABELS
        .iter()
        .zip(colors.ordered.into_iter().chain([colors.not_stated]))
        .enumerate()
        .map(|(index, (label, color))| DataClass {
            label,
            color,
            shape: if index == 5 { SymbolShape::Square } else { SymbolShape::Circle },
        })
        .collect()
}

/// Index of a corridor in [`route_classes`].
pub fn route_class(dataset: &Dataset, route: &Route, color_by: ColorBy) -> usize {
    match color_by {
        ColorBy::Mode => match &route.mode {
            None => KnownRouteMode::ALL.len() + 1,
            Some(mode) => KnownRouteMode::from_key(&mode.0)
                .and_then(|known| KnownRouteMode::ALL.iter().position(|m| *m == known))
                .unwrap_or(KnownRouteMode::ALL.len()),
        },
        ColorBy::Group => group_class(dataset, &route.groups),
        ColorBy::Confidence => confidence_class(route.confidence),
        ColorBy::Period => period_class(route.first_reported),
    }
}

/// Index of a seizure in [`seizure_classes`].
pub fn seizure_class(dataset: &Dataset, seizure: &SeizureEvent, color_by: ColorBy) -> usize {
    match color_by {
        ColorBy::Mode => match seizure.place_kind {
            Some(PlaceKind::Port) => 0,
            Some(PlaceKind::AtSea) => 1,
            Some(PlaceKind::Inland) => 2,
            None => 3,
        },
        ColorBy::Group => group_class(dataset, &seizure.groups),
        ColorBy::Confidence => match seizure.attribution {
            Some(Attribution::Explicit) => 0,
            Some(Attribution::Suspected) => 1,
            Some(Attribution::None) => 2,
            None => 3,
        },
        ColorBy::Period => period_class(seizure.event_date.map(|span| span.begin)),
    }
}

fn group_class(dataset: &Dataset, groups: &[std::sync::Arc<str>]) -> usize {
    let rank = |id: &std::sync::Arc<str>| {
        let group = dataset.find(FeatureKind::Group, id).and_then(|found| dataset.groups.get(found.at()));
        match group {
            Some(group) if group.contested => 2,
            Some(group) if group.group_kind == Some(GroupKind::BalkanCell) => 0,
            _ => 1,
        }
    };
    groups.iter().map(rank).min().unwrap_or(3)
}

/// Index of a confidence among high, medium, low, not stated.
pub(super) const fn confidence_class(confidence: Option<Confidence>) -> usize {
    match confidence {
        Some(Confidence::High) => 0,
        Some(Confidence::Medium) => 1,
        Some(Confidence::Low) => 2,
        None => 3,
    }
}

fn period_class(date: Option<PartialDate>) -> usize {
    date.map_or(PERIOD_LABELS.len() - 1, |date| PERIOD_STARTS.iter().filter(|start| date.year() >= **start).count())
}

/// The dash that says how sure the atlas is, always, whatever the color says.
pub(super) const fn confidence_dash(confidence_index: usize) -> Option<Dash> {
    match confidence_index {
        0 => None,
        1 => Some(Dash { on: 9.0, off: 4.0 }),
        2 => Some(Dash { on: 3.0, off: 3.5 }),
        _ => Some(Dash { on: 1.2, off: 4.5 }),
    }
}

/// The words for the dashes.
pub(super) const CONFIDENCE_LABELS: [&str; 4] = ["High confidence", "Medium confidence", "Low confidence", "Confidence not stated"];

/// The dots of a line that is not a path. They stand the farther apart, the less sure the atlas is.
pub(super) const fn schematic_dash(confidence_index: usize) -> Dash {
    let off = match confidence_index {
        0 => 2.2,
        1 => 3.6,
        2 => 5.0,
        _ => 6.4,
    };
    Dash { on: 1.1, off }
}

/// Whether one line of a route pictures the order of calls only.
pub(super) fn is_schematic(route: &Route, line: usize) -> bool {
    route.path_of_line(line) == Some(PathKind::Schematic)
}

/// Whether a port is known only as a country.
pub(super) fn country_only(port: &Port) -> bool {
    port.precision == Some(crate::model::PlacePrecision::Country)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::MapTheme;

    #[test]
    fn area_is_proportional_to_mass() {
        let (one, four) = (mass_diameter_px(Some(1_000.0)), mass_diameter_px(Some(4_000.0)));
        assert!((four / one - 2.0).abs() < 1e-4);
        assert_eq!(mass_diameter_px(None), NO_MASS_DIAMETER_PX);
        assert_eq!(mass_diameter_px(Some(f64::NAN)), NO_MASS_DIAMETER_PX);
    }

    #[test]
    fn every_mass_of_the_legend_is_drawn_to_scale() {
        for mass_kg in MASS_BREAKS_KG {
            let diameter = f64::from(mass_diameter_px(Some(mass_kg)));
            let per_tonne = f64::from(TONNE_DIAMETER_PX) * (mass_kg / 1_000.0).sqrt();
            assert!((diameter - per_tonne).abs() < 0.01, "{mass_kg}: {diameter}");
        }
        assert_eq!(mass_diameter_px(Some(1e9)), DIAMETER_RANGE_PX.1);
    }

    #[test]
    fn periods_break_where_they_say() {
        let class = |year| PERIOD_LABELS[period_class(Some(PartialDate::from_year(year)))];
        assert_eq!([class(1999), class(2009), class(2010), class(2014)], ["Before 2010", "Before 2010", "2010–2014", "2010–2014"]);
        assert_eq!([class(2018), class(2019), class(2021), class(2022)], ["2015–2018", "2019–2021", "2019–2021", "2022 on"]);
        assert_eq!(PERIOD_LABELS[period_class(None)], "Undated");
    }

    #[test]
    fn every_class_of_a_choice_has_its_own_look() {
        for theme in [MapTheme::Light, MapTheme::Dark, MapTheme::Print] {
            let colors = MapColors::of(theme);
            for choice in ColorBy::ALL {
                for classes in [route_classes(choice, colors), seizure_classes(choice, colors)] {
                    for (i, a) in classes.iter().enumerate() {
                        assert!(classes[..i].iter().all(|b| b.color != a.color || b.shape != a.shape), "{theme:?} {choice:?} {}", a.label);
                    }
                }
            }
        }
    }

    #[test]
    fn unordered_classes_of_seizures_differ_in_shape_too() {
        for choice in [ColorBy::Mode, ColorBy::Group, ColorBy::Confidence] {
            let classes = seizure_classes(choice, MapColors::of(MapTheme::Light));
            for (index, class) in classes.iter().enumerate() {
                assert!(classes[..index].iter().all(|other| other.shape != class.shape), "{choice:?} {}", class.label);
            }
        }
    }

    #[test]
    fn a_named_balkan_cell_counts_before_an_umbrella_label() {
        use crate::model::{DatasetBuilder, Group, Origin, Record};
        let group = |id: &str, contested| {
            Record::Group(Group {
                id: id.into(),
                name: None,
                group_kind: Some(GroupKind::BalkanCell),
                home_country: None,
                home_place: None,
                active_since: None,
                contested,
                sources: Vec::new(),
                note: None,
                position: None,
                extra: None,
                provenance: Origin::default(),
            })
        };
        let mut builder = DatasetBuilder::new();
        builder.add(group("cell", false)).expect("new");
        builder.add(group("label", true)).expect("new");
        let dataset = builder.finish();
        assert_eq!(group_class(&dataset, &["label".into(), "cell".into()]), 0);
        assert_eq!(group_class(&dataset, &["label".into()]), 2);
        assert_eq!(group_class(&dataset, &["unknown".into()]), 1);
        assert_eq!(group_class(&dataset, &[]), 3);
    }
}
