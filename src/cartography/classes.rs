//! Classes: what the color, dash, shape and size of a record say, and the words for it.

mod keyed;

use keyed::KeyedClasses;

use super::{ColorBy, LegendFilter, MapColors, SizeBy};
use crate::analysis::{Dimension, NOT_STATED};
use crate::model::{Attribution, Confidence, Dataset, PartialDate, PathKind, PlaceKind, Port, Route, SeizureEvent};
use crate::scene::{Color, Dash, SymbolShape};

/// One row of the color key.
#[derive(Clone, Debug, PartialEq)]
pub struct DataClass {
    /// The words for it.
    pub label: String,
    /// Its color.
    pub color: Color,
    /// The symbol of seizures in it, so that color never stands alone.
    pub shape: SymbolShape,
    /// What a click on its row restricts to; `None` where no filter says the same.
    pub filter: Option<LegendFilter>,
}

/// The color classes of one dataset. They are made from all of its records: no filter moves a class or changes a color.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataClasses {
    groups: KeyedClasses,
    modes: KeyedClasses,
}

/// Years that begin the classes of [`ColorBy::Period`]; the first class is everything before the first of them. They never move
/// with a filter.
const PERIOD_STARTS: [i16; 4] = [2010, 2015, 2019, 2022];
/// The words for the period classes and for records without a date.
const PERIOD_LABELS: [&str; 6] = ["Before 2010", "2010–2014", "2015–2018", "2019–2021", "2022 on", "Undated"];
/// First and last year that a period of the filter reaches to where it is open.
const OPEN_YEARS: (i16, i16) = (1900, 2100);
/// The color of seizures while that of corridors says the mode: none of the standard modes has it.
const PLACE_COLOR_SLOT: usize = 6;
/// Symbols of classes without an order. Four shapes tell eight colors and two greys apart: those that look alike to some readers have
/// different ones.
const GROUP_SHAPES: [SymbolShape; 4] = [SymbolShape::Triangle, SymbolShape::Square, SymbolShape::Diamond, SymbolShape::Circle];

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
        SymbolShape::Circle | SymbolShape::LeftHalf | SymbolShape::RightHalf => 1.0,
        SymbolShape::Square => 0.886,
        SymbolShape::Diamond => 1.253,
        SymbolShape::Triangle | SymbolShape::TriangleDown => 1.347,
    }
}

/// Diameter in CSS pixels of a port that this many corridors and events name.
pub fn port_diameter_px(named_by: usize) -> f32 {
    (3.6 + 1.1 * (named_by as f32).sqrt()).min(11.0)
}

/// Diameter in CSS pixels of a seizure symbol when all are alike.
const UNIFORM_DIAMETER_PX: f32 = 7.0;

/// Diameter in CSS pixels of a seizure symbol.
pub fn seizure_diameter_px(mass_kg: Option<f64>, size_by: SizeBy) -> f32 {
    match size_by {
        SizeBy::Mass => mass_diameter_px(mass_kg),
        SizeBy::Uniform => UNIFORM_DIAMETER_PX,
    }
}

impl DataClasses {
    /// The classes of a dataset.
    pub fn new(dataset: &Dataset) -> Self {
        Self { groups: KeyedClasses::groups(dataset), modes: KeyedClasses::modes(dataset) }
    }

    /// Whether a record has several values of what the color says, so that its color names only one of them.
    pub fn some_have_several(&self, color_by: ColorBy) -> bool {
        color_by == ColorBy::Group && self.groups.some_have_several
    }

    /// The color classes of corridors.
    pub fn of_routes(&self, color_by: ColorBy, colors: &MapColors) -> Vec<DataClass> {
        match color_by {
            ColorBy::Mode => keyed_classes(&self.modes, Dimension::Mode, ["Other mode", "Mode not stated"], colors),
            ColorBy::Group => self.group_classes(colors),
            ColorBy::Confidence => confidence_classes(colors),
            ColorBy::Period => period_classes(colors),
            ColorBy::Attribution => vec![plain("Corridor: has no attribution of its own", colors.not_stated, None)],
        }
    }

    /// The color classes of seizures.
    pub fn of_seizures(&self, color_by: ColorBy, colors: &MapColors) -> Vec<DataClass> {
        match color_by {
            ColorBy::Mode => place_classes(colors),
            ColorBy::Group => self.group_classes(colors),
            ColorBy::Confidence => vec![plain("Seizure: has no confidence of its own", colors.not_stated, None)],
            ColorBy::Period => period_classes(colors),
            ColorBy::Attribution => attribution_classes(colors),
        }
    }

    fn group_classes(&self, colors: &MapColors) -> Vec<DataClass> {
        keyed_classes(&self.groups, Dimension::Group, ["Other groups", "No group named"], colors)
    }

    /// Index of a corridor in [`Self::of_routes`].
    pub fn route_class(&self, route: &Route, color_by: ColorBy) -> usize {
        match color_by {
            ColorBy::Mode => self.modes.of_mode(route),
            ColorBy::Group => self.groups.of(&route.groups),
            ColorBy::Confidence => confidence_class(route.confidence),
            ColorBy::Period => period_class(route.first_reported),
            ColorBy::Attribution => 0,
        }
    }

    /// Index of a seizure in [`Self::of_seizures`].
    pub fn seizure_class(&self, seizure: &SeizureEvent, color_by: ColorBy) -> usize {
        match color_by {
            ColorBy::Mode => match seizure.place_kind {
                Some(PlaceKind::Port) => 0,
                Some(PlaceKind::AtSea) => 1,
                Some(PlaceKind::Inland) => 2,
                None => 3,
            },
            ColorBy::Group => self.groups.of(&seizure.groups),
            ColorBy::Confidence => 0,
            ColorBy::Period => period_class(seizure.event_date.map(|span| span.begin)),
            ColorBy::Attribution => match seizure.attribution {
                Some(Attribution::Explicit) => 0,
                Some(Attribution::Suspected) => 1,
                Some(Attribution::None) => 2,
                None => 3,
            },
        }
    }
}

fn with_shape(label: impl Into<String>, color: Color, shape: SymbolShape, filter: Option<LegendFilter>) -> DataClass {
    DataClass { label: label.into(), color, shape, filter }
}

fn plain(label: &str, color: Color, filter: Option<LegendFilter>) -> DataClass {
    with_shape(label, color, SymbolShape::Circle, filter)
}

fn keyed_classes(keyed: &KeyedClasses, dimension: Dimension, [other, not_stated]: [&str; 2], colors: &MapColors) -> Vec<DataClass> {
    let shape = |slot: usize| GROUP_SHAPES[slot % GROUP_SHAPES.len()];
    let own = keyed.own.iter().map(|class| {
        let filter = Some(LegendFilter::value(dimension, &class.key));
        with_shape(&class.label, colors.unordered[class.color_slot], shape(class.color_slot), filter)
    });
    let others = Some(LegendFilter::Values(dimension, keyed.others.clone())).filter(|_| !keyed.others.is_empty());
    let last = [
        with_shape(other, colors.other, SymbolShape::Square, others),
        plain(not_stated, colors.not_stated, Some(LegendFilter::value(dimension, NOT_STATED))),
    ];
    own.chain(last).collect()
}

/// The surer, the stronger the color; the dash says it as well.
fn confidence_classes(colors: &MapColors) -> Vec<DataClass> {
    let strong = [4, 2, 0].map(|step| colors.ordered[step]);
    let known = Confidence::ALL.iter().zip(CONFIDENCE_LABELS).zip(strong);
    known
        .map(|((confidence, label), color)| plain(label, color, Some(confidence_filter(Some(*confidence)))))
        .chain([plain(CONFIDENCE_LABELS[3], colors.not_stated, Some(confidence_filter(None)))])
        .collect()
}

/// What a click on the row of a confidence restricts to.
pub(super) fn confidence_filter(confidence: Option<Confidence>) -> LegendFilter {
    LegendFilter::value(Dimension::Confidence, confidence.map_or(NOT_STATED, Confidence::key))
}

/// What kind of place a seizure was made at, by shape alone: another set of colors beside that of the modes could be taken for it. No
/// filter asks for it.
fn place_classes(colors: &MapColors) -> Vec<DataClass> {
    let hue = colors.unordered[PLACE_COLOR_SLOT];
    vec![
        with_shape("Seized in a port", hue, SymbolShape::Circle, None),
        with_shape("Seized at sea", hue, SymbolShape::Triangle, None),
        with_shape("Seized inland", hue, SymbolShape::Square, None),
        with_shape("Kind of place not stated", colors.not_stated, SymbolShape::Diamond, None),
    ]
}

fn attribution_classes(colors: &MapColors) -> Vec<DataClass> {
    let filter = |key: &str| Some(LegendFilter::value(Dimension::Attribution, key));
    vec![
        with_shape("Attribution explicit", colors.unordered[0], SymbolShape::Triangle, filter(Attribution::Explicit.key())),
        with_shape("Attribution suspected", colors.unordered[1], SymbolShape::Square, filter(Attribution::Suspected.key())),
        with_shape("No attribution", colors.not_stated, SymbolShape::Circle, filter(Attribution::None.key())),
        with_shape("Attribution not stated", colors.other, SymbolShape::Diamond, filter(NOT_STATED)),
    ]
}

fn period_classes(colors: &MapColors) -> Vec<DataClass> {
    let steps = PERIOD_LABELS.iter().zip(colors.ordered).enumerate();
    let dated = steps.map(|(index, (label, color))| plain(label, color, Some(period_filter(index))));
    // No period of the filter holds what has no date.
    let undated = with_shape(PERIOD_LABELS[5], colors.not_stated, SymbolShape::Square, None);
    dated.chain([undated]).collect()
}

fn period_filter(class: usize) -> LegendFilter {
    let start = class.checked_sub(1).map_or(OPEN_YEARS.0, |before| PERIOD_STARTS[before]);
    let end = PERIOD_STARTS.get(class).map_or(OPEN_YEARS.1, |next| next - 1);
    LegendFilter::Days(PartialDate::from_year(start).first_day(), PartialDate::from_year(end).last_day())
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
    use crate::analysis::{Filter, Links, evaluate};
    use crate::cartography::MapTheme;
    use crate::cartography::test_data::small_dataset;
    use crate::model::{FeatureKind, RouteMode};

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

    /// Eight groups and more, so that every class is there.
    fn many_classes() -> DataClasses {
        let mut dataset = small_dataset();
        let template = dataset.routes[0].clone();
        for index in 0..12 {
            let groups = vec![format!("g{index}").into()];
            let mode = Some(RouteMode(format!("mode {index}").into()));
            dataset.put_route(Route { id: format!("r{index}").into(), groups, mode, ..template.clone() });
        }
        DataClasses::new(&dataset)
    }

    #[test]
    fn every_class_of_a_choice_has_its_own_look() {
        let many = many_classes();
        for theme in [MapTheme::Light, MapTheme::Dark, MapTheme::Print] {
            let colors = MapColors::of(theme);
            for choice in ColorBy::ALL {
                for classes in [many.of_routes(choice, colors), many.of_seizures(choice, colors)] {
                    for (i, a) in classes.iter().enumerate() {
                        assert!(classes[..i].iter().all(|b| b.color != a.color || b.shape != a.shape), "{theme:?} {choice:?} {}", a.label);
                    }
                }
            }
        }
    }

    #[test]
    fn few_classes_of_seizures_differ_in_shape_too() {
        for choice in [ColorBy::Mode, ColorBy::Attribution] {
            let classes = DataClasses::new(&small_dataset()).of_seizures(choice, MapColors::of(MapTheme::Light));
            for (index, class) in classes.iter().enumerate() {
                assert!(classes[..index].iter().all(|other| other.shape != class.shape), "{choice:?} {}", class.label);
            }
        }
    }

    #[test]
    fn every_record_has_a_class_in_the_table_and_its_row_finds_it() {
        let mut dataset = small_dataset();
        let template = dataset.routes[0].clone();
        for index in 0..12 {
            let mode = (index != 3).then(|| RouteMode(format!("mode {index}").into()));
            dataset.put_route(Route { id: format!("r{index}").into(), mode, confidence: None, ..template.clone() });
        }
        let classes = DataClasses::new(&dataset);
        let colors = MapColors::of(MapTheme::Light);
        let links = Links::new(&dataset);
        for choice in ColorBy::ALL {
            let table = classes.of_routes(choice, colors);
            for (class, row) in table.iter().enumerate() {
                let Some(filter @ LegendFilter::Values(..)) = &row.filter else { continue };
                let matches = evaluate(&dataset, &links, &filter.applied(&Filter::default(), false));
                for (feature, route) in dataset.refs(FeatureKind::Route).zip(&dataset.routes) {
                    let own = classes.route_class(route, choice);
                    assert!(own < table.len());
                    assert_eq!(matches.passes(feature), own == class, "{choice:?} {} {}", row.label, route.id);
                }
            }
        }
    }

    #[test]
    fn the_filter_of_a_period_holds_its_years_and_no_others() {
        for year in [1999, 2009, 2010, 2014, 2015, 2018, 2019, 2021, 2022, 2025] {
            let date = PartialDate::from_year(year);
            for class in 0..PERIOD_LABELS.len() - 1 {
                let LegendFilter::Days(first, last) = period_filter(class) else { panic!("days") };
                assert_eq!(first <= date.first_day() && date.last_day() <= last, period_class(Some(date)) == class, "{year}");
            }
        }
    }
}
