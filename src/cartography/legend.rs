//! The legend: exactly what is drawn in view, in words. Figures and the legend panel show the same rows.

use super::classes::{
    CONFIDENCE_LABELS, MASS_BREAKS_KG, confidence_dash, mass_diameter_px, route_classes, schematic_dash, seizure_classes,
};
use super::data::{
    APPROXIMATE_PORT_CLASS, AREA_CLASS, COUNTRY_AREA_CLASS, COUNTRY_PORT_CLASS, COUNTRY_SEIZURE_CLASS, PORT_CLASS, ROUTE_LOOKS,
    SEIZURE_LOOKS, SeizureLook,
};
use super::{ColorBy, MapColors, MapStyle};
use crate::scene::{
    ClassPaint, Color, Dash, FeatureState, Paint, PlaneBox, PlaneView, Stroke, SymbolShape, WorldItem, WorldLayer, WorldLayerKind,
    WorldShape,
};

/// What stands before the words of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LegendSample {
    /// A short line with an arrowhead.
    Line(Stroke),
    /// A point symbol of this size in CSS pixels.
    Symbol {
        /// Form.
        shape: SymbolShape,
        /// Diameter in CSS pixels.
        size_px: f32,
        /// Fill and outline.
        paint: Paint,
    },
    /// A patch of an area.
    Swatch(Paint),
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendRow {
    /// The sample.
    pub sample: LegendSample,
    /// The words.
    pub label: String,
}

impl LegendRow {
    /// A row that says something.
    pub fn new(sample: LegendSample, label: impl Into<String>) -> Self {
        Self { sample, label: label.into() }
    }
}

/// Rows about one kind of record.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendSection {
    /// The heading.
    pub title: String,
    /// The rows.
    pub rows: Vec<LegendRow>,
}

/// All rows for a view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// Sections in the order of reading; none is empty.
    pub sections: Vec<LegendSection>,
}

/// Heading of the row about what does not match.
const FILTER_TITLE: &str = "Filter";
/// The words for lines that are not paths.
const SCHEMATIC_LABEL: &str = "Schematic, e.g. by road or port not stated";
/// Wordings of headings and rows and their shorter forms for pages with large text.
const SHORT_LABELS: [(&str, &str); 20] = [
    ("Corridors by confidence", "Confidence"),
    ("Seizures by attribution", "Attribution"),
    ("Balkan cell named", "Balkan cell"),
    ("Only another partner named", "Another partner"),
    ("Only an umbrella label", "Umbrella label"),
    ("Attribution explicit", "Explicit"),
    ("Attribution suspected", "Suspected"),
    ("High confidence", "High"),
    ("Medium confidence", "Medium"),
    ("Low confidence", "Low"),
    ("Confidence not stated", "Not stated"),
    ("Shaded: only the country is known", "Known as country"),
    ("Pale: outside the filter or selection", "Pale: outside"),
    (SCHEMATIC_LABEL, "Schematic"),
    ("Hollow: mass not stated", "Hollow: no mass"),
    ("Dotted: position approximate", "Approximate"),
    ("Only the country is known", "Country only"),
    ("Port; larger when named more often", "Port"),
    ("Port, position approximate", "Port, approximate"),
    ("Country only, port not stated", "Country only"),
];

impl Legend {
    /// The same rows in fewer words.
    pub(super) fn shortened(&self) -> Self {
        let short = |label: &str| SHORT_LABELS.iter().find(|(long, _)| *long == label).map_or(label, |(_, short)| short).to_owned();
        let row = |row: &LegendRow| LegendRow { sample: row.sample, label: short(&row.label) };
        let section =
            |section: &LegendSection| LegendSection { title: short(&section.title), rows: section.rows.iter().map(row).collect() };
        let mut sections: Vec<LegendSection> = self.sections.iter().map(section).collect();
        // A heading for one row is a waste of a low page.
        if let [.., before, last] = sections.as_mut_slice()
            && last.title == FILTER_TITLE
        {
            before.rows.append(&mut last.rows);
            sections.pop();
        }
        Self { sections }
    }
}

/// The rows for what the layers show in this view.
pub fn legend(layers: &[WorldLayer], style: &MapStyle, view: &PlaneView, ink_scale: f32) -> Legend {
    if let Some(changes) = super::difference::difference_legend(layers, style, view, ink_scale) {
        return changes;
    }
    let colors = MapColors::of(style.theme);
    let visible = view.plane_box(0.0);
    let mut sections = Vec::new();
    let mut add = |title: String, rows: Vec<LegendRow>| {
        if !rows.is_empty() {
            sections.push(LegendSection { title, rows });
        }
    };
    let used = |kind: WorldLayerKind| classes_in_view(layers, kind, &visible);
    let (areas, corridors) = (used(WorldLayerKind::Areas), used(WorldLayerKind::Corridors));
    add(format!("Corridors by {}", by_words(style.color_by, "mode")), corridor_rows(&corridors, style, colors, ink_scale));
    let mut lines = if style.color_by == ColorBy::Confidence { Vec::new() } else { confidence_rows(&corridors, colors, ink_scale) };
    lines.extend(schematic_row(&corridors, colors, ink_scale));
    add(if style.color_by == ColorBy::Confidence { "Corridor lines" } else { "Corridors by confidence" }.to_owned(), lines);
    let mut seizures = seizure_rows(layers, &used(WorldLayerKind::Seizures), style, colors, ink_scale);
    if let Some(class) = areas.find(COUNTRY_SEIZURE_CLASS) {
        seizures.push(symbol_row(SymbolShape::Diamond, 13.0 * ink_scale, class.paint, "Only the country is known"));
    }
    add(format!("Seizures by {}", by_words(style.color_by, "place")), seizures);
    add("Places".to_owned(), place_rows(&used(WorldLayerKind::Ports), &areas, ink_scale));
    let dimmed = layers.iter().any(|layer| {
        layer
            .geometry
            .items
            .iter()
            .enumerate()
            .any(|(at, item)| layer.state(at) == FeatureState::Dimmed && item.plane_box.intersects(&visible))
    });
    if dimmed {
        let sample = LegendSample::Line(Stroke::solid(colors.ink.faded(0.18), 2.0 * ink_scale));
        add(FILTER_TITLE.to_owned(), vec![LegendRow { sample, label: "Pale: outside the filter or selection".to_owned() }]);
    }
    Legend { sections }
}

fn by_words(color_by: ColorBy, mode: &'static str) -> &'static str {
    match color_by {
        ColorBy::Mode => mode,
        ColorBy::Group => "group",
        ColorBy::Confidence if mode == "place" => "attribution",
        ColorBy::Confidence => "confidence",
        ColorBy::Period => "period",
    }
}

/// The classes of a layer kind that have an item in view.
struct UsedClasses {
    classes: Vec<(u16, ClassPaint)>,
}

impl UsedClasses {
    fn find(&self, class: u16) -> Option<&ClassPaint> {
        self.classes.iter().find(|(index, _)| *index == class).map(|(_, paint)| paint)
    }

    fn any(&self, wanted: impl Fn(usize) -> bool) -> bool {
        self.classes.iter().any(|(index, _)| wanted(usize::from(*index)))
    }
}

fn classes_in_view(layers: &[WorldLayer], kind: WorldLayerKind, visible: &PlaneBox) -> UsedClasses {
    let mut classes: Vec<(u16, ClassPaint)> = Vec::new();
    for layer in layers.iter().filter(|layer| layer.kind == kind) {
        for item in &layer.geometry.items {
            if classes.iter().any(|(index, _)| *index == item.class) || !in_view(layer, item, visible) {
                continue;
            }
            if let Some(class) = layer.classes.get(usize::from(item.class)) {
                classes.push((item.class, class.clone()));
            }
        }
    }
    classes.sort_by_key(|(index, _)| *index);
    UsedClasses { classes }
}

/// Whether any part of the item lies in the box.
pub(super) fn in_view(layer: &WorldLayer, item: &WorldItem, visible: &PlaneBox) -> bool {
    if !item.plane_box.intersects(visible) {
        return false;
    }
    match item.shape {
        WorldShape::Symbol { .. } | WorldShape::Area => true,
        WorldShape::Line => layer.geometry.parts_of(item).any(|part| {
            part.windows(2).any(|pair| PlaneBox::EMPTY.including(pair[0].projected()).including(pair[1].projected()).intersects(visible))
        }),
    }
}

fn symbol_row(shape: SymbolShape, size_px: f32, paint: Paint, label: impl Into<String>) -> LegendRow {
    LegendRow { sample: LegendSample::Symbol { shape, size_px, paint }, label: label.into() }
}

fn line_row(color: Color, dash: Option<Dash>, label: &str, ink_scale: f32) -> LegendRow {
    let dash = dash.map(|dash| Dash { on: dash.on * ink_scale, off: dash.off * ink_scale });
    LegendRow { sample: LegendSample::Line(Stroke { color, width: 1.8 * ink_scale, dash }), label: label.to_owned() }
}

fn corridor_rows(used: &UsedClasses, style: &MapStyle, colors: &MapColors, ink_scale: f32) -> Vec<LegendRow> {
    let mut rows = Vec::new();
    for (index, class) in route_classes(style.color_by, colors).iter().enumerate() {
        if used.any(|class| class / ROUTE_LOOKS == index) {
            let dash = if style.color_by == ColorBy::Confidence { confidence_dash(index) } else { None };
            rows.push(line_row(class.color, dash, class.label, ink_scale));
        }
    }
    rows
}

/// The dashes in grey, so that none of them is taken for a color class.
fn confidence_rows(used: &UsedClasses, colors: &MapColors, ink_scale: f32) -> Vec<LegendRow> {
    let labels = CONFIDENCE_LABELS.iter().enumerate().filter(|(index, _)| used.any(|class| class % (ROUTE_LOOKS / 2) == *index));
    labels.map(|(index, label)| line_row(colors.muted_ink.faded(0.8), confidence_dash(index), label, ink_scale)).collect()
}

fn schematic_row(used: &UsedClasses, colors: &MapColors, ink_scale: f32) -> Option<LegendRow> {
    used.any(|class| class % ROUTE_LOOKS >= ROUTE_LOOKS / 2).then(|| {
        let dash = schematic_dash(0);
        let dash = Some(Dash { on: dash.on * ink_scale, off: dash.off * ink_scale });
        let dotted = Stroke { color: colors.muted_ink.faded(0.9), width: 1.3 * ink_scale, dash };
        LegendRow { sample: LegendSample::Line(dotted), label: SCHEMATIC_LABEL.to_owned() }
    })
}

fn seizure_rows(layers: &[WorldLayer], used: &UsedClasses, style: &MapStyle, colors: &MapColors, ink_scale: f32) -> Vec<LegendRow> {
    let mut rows = Vec::new();
    let table = layers.iter().find(|layer| layer.kind == WorldLayerKind::Seizures).map(|layer| layer.classes.clone());
    let Some(table) = table else { return rows };
    let paint = |color_class: usize, look: SeizureLook| {
        table.get(color_class * SEIZURE_LOOKS + look as usize).map(|class| class.paint).unwrap_or_default()
    };
    let mut first = None;
    for (index, class) in seizure_classes(style.color_by, colors).iter().enumerate() {
        if used.any(|class| class / SEIZURE_LOOKS == index) {
            first = first.or(Some(index));
            rows.push(symbol_row(class.shape, 9.0 * ink_scale, paint(index, SeizureLook::Exact), class.label));
        }
    }
    let Some(first) = first else { return rows };
    let neutral = Paint { fill: None, stroke: Some(Stroke::solid(colors.muted_ink, 1.0 * ink_scale)) };
    if used.any(|class| class % SEIZURE_LOOKS != SeizureLook::NoMass as usize) {
        for mass_kg in MASS_BREAKS_KG {
            let label = if mass_kg < 1_000.0 { format!("{mass_kg:.0}\u{a0}kg") } else { format!("{:.0}\u{a0}t", mass_kg / 1_000.0) };
            rows.push(symbol_row(SymbolShape::Circle, mass_diameter_px(Some(mass_kg)) * ink_scale, neutral, label));
        }
    }
    for (look, label) in [(SeizureLook::NoMass, "Hollow: mass not stated"), (SeizureLook::Approximate, "Dotted: position approximate")] {
        if used.any(|class| class % SEIZURE_LOOKS == look as usize) {
            rows.push(symbol_row(SymbolShape::Circle, 9.0 * ink_scale, paint(first, look), label));
        }
    }
    rows
}

fn place_rows(ports: &UsedClasses, areas: &UsedClasses, ink_scale: f32) -> Vec<LegendRow> {
    let mut rows = Vec::new();
    if let Some(class) = ports.find(PORT_CLASS) {
        rows.push(symbol_row(SymbolShape::Circle, 8.0 * ink_scale, class.paint, "Port; larger when named more often"));
    }
    if let Some(class) = ports.find(APPROXIMATE_PORT_CLASS) {
        rows.push(symbol_row(SymbolShape::Circle, 8.0 * ink_scale, class.paint, "Port, position approximate"));
    }
    if let Some(class) = areas.find(COUNTRY_PORT_CLASS) {
        rows.push(symbol_row(SymbolShape::Diamond, 11.0 * ink_scale, class.paint, "Country only, port not stated"));
    }
    if let Some(class) = areas.find(COUNTRY_AREA_CLASS) {
        rows.push(LegendRow { sample: LegendSample::Swatch(class.paint), label: "Shaded: only the country is known".to_owned() });
    }
    if let Some(class) = areas.find(AREA_CLASS) {
        rows.push(LegendRow { sample: LegendSample::Swatch(class.paint), label: "Area from a file".to_owned() });
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::test_data::small_dataset;
    use crate::cartography::{MapView, data_layers};
    use crate::geodesy::{Extent, MapProjection};
    use crate::scene::SceneRect;

    fn labels(color_by: ColorBy, extent: Extent) -> Vec<String> {
        let style = MapStyle { color_by, ..MapStyle::default() };
        let projection = MapProjection::default();
        let layers = data_layers(&small_dataset(), projection, &style, 1_000.0, 1.0);
        let frame = SceneRect::new(0.0, 0.0, 800.0, 600.0);
        let view = MapView::fitting_extent(projection, extent, frame.width, frame.height, 0.0).on(frame);
        legend(&layers, &style, &view, 1.0).sections.into_iter().flat_map(|section| section.rows).map(|row| row.label).collect()
    }

    #[test]
    fn only_what_is_in_view_has_a_row() {
        let all = labels(ColorBy::Mode, Extent::new(-95.0, -40.0, 45.0, 60.0));
        for expected in ["Container", "Yacht", "High confidence", "Low confidence", "Seized inland", "Country only, port not stated"] {
            assert!(all.contains(&expected.to_owned()), "{expected} in {all:?}");
        }
        assert!(!all.contains(&"Fishing vessel".to_owned()) && !all.contains(&"Medium confidence".to_owned()));
        assert!(labels(ColorBy::Mode, Extent::new(100.0, -40.0, 150.0, 0.0)).is_empty());
    }

    #[test]
    fn confidence_as_color_needs_no_second_list() {
        let rows = labels(ColorBy::Confidence, Extent::new(-95.0, -40.0, 45.0, 60.0));
        assert_eq!(rows.iter().filter(|label| label.as_str() == "High confidence").count(), 1);
        assert!(rows.contains(&"Attribution explicit".to_owned()));
    }

    #[test]
    fn every_shorter_wording_is_of_a_row_that_exists() {
        let style = MapStyle::default();
        let layers = data_layers(&small_dataset(), MapProjection::default(), &style, 1_000.0, 1.0);
        let frame = SceneRect::new(0.0, 0.0, 800.0, 600.0);
        let view = MapView::fitting_extent(MapProjection::default(), Extent::new(-95.0, -40.0, 45.0, 60.0), 800.0, 600.0, 0.0).on(frame);
        let full = legend(&layers, &style, &view, 1.0);
        let words =
            |legend: &Legend| -> Vec<String> { legend.sections.iter().flat_map(|s| &s.rows).map(|row| row.label.clone()).collect() };
        let (long, short) = (words(&full), words(&full.shortened()));
        assert_eq!(long.len(), short.len());
        for (long, short) in long.iter().zip(&short) {
            assert!(short.chars().count() <= 20 && (long == short || SHORT_LABELS.contains(&(long, short))), "{long} {short}");
        }
    }

    #[test]
    fn mass_breaks_stay_fixed() {
        let rows = labels(ColorBy::Period, Extent::new(-95.0, -40.0, 45.0, 60.0));
        for mass in ["100\u{a0}kg", "1\u{a0}t", "10\u{a0}t", "Hollow: mass not stated", "Dotted: position approximate"] {
            assert!(rows.contains(&mass.to_owned()), "{mass} in {rows:?}");
        }
    }
}
