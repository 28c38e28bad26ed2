//! The legend: exactly what is drawn in view, in words. Figures and the legend panel show the same rows.

use super::classes::{
    CONFIDENCE_LABELS, DataClass, DataClasses, MASS_BREAKS_KG, confidence_dash, confidence_filter, mass_diameter_px, schematic_dash,
};
use super::data::{
    APPROXIMATE_PORT_CLASS, AREA_CLASS, COUNTRY_AREA_CLASS, COUNTRY_PORT_CLASS, COUNTRY_SEIZURE_CLASS, PORT_CLASS, ROUTE_LOOKS,
    SEIZURE_LOOKS, SeizureLook,
};
use super::legend_clusters::{cluster_rows, is_cluster_row};
use super::legend_flows::{FlowsInView, port_total_rows};
use super::{ColorBy, LegendFilter, MapColors, MapStyle, SizeBy};
use crate::analysis::Dimension;
use crate::model::Confidence;
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
    /// A line through a symbol: the class has corridors and seizures.
    LineAndSymbol(Stroke, SymbolShape, Paint),
    /// A patch of an area.
    Swatch(Paint),
}

impl LegendSample {
    /// As everything of it is drawn that does not match the filter or the selection.
    fn faded(self) -> Self {
        let stroke = |stroke: Stroke| Stroke { color: stroke.color.faded(PALE), ..stroke };
        let paint = |paint: Paint| Paint { fill: paint.fill.map(|color| color.faded(PALE)), stroke: paint.stroke.map(stroke) };
        match self {
            Self::Line(line) => Self::Line(stroke(line)),
            Self::Symbol { shape, size_px, paint: own } => Self::Symbol { shape, size_px, paint: paint(own) },
            Self::LineAndSymbol(line, shape, own) => Self::LineAndSymbol(stroke(line), shape, paint(own)),
            Self::Swatch(own) => Self::Swatch(paint(own)),
        }
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendRow {
    /// The sample.
    pub sample: LegendSample,
    /// The words.
    pub label: String,
    /// What a click restricts the filter to; `None` where no filter says the same.
    pub filter: Option<LegendFilter>,
    /// All of the class that is in view is pale: outside the filter or the selection.
    pub pale: bool,
}

impl LegendRow {
    /// A row that says something and filters nothing.
    pub fn new(sample: LegendSample, label: impl Into<String>) -> Self {
        Self { sample, label: label.into(), filter: None, pale: false }
    }

    fn of_class(sample: LegendSample, class: &DataClass, shown: Shown) -> Self {
        Self { filter: class.filter.clone(), ..Self::new(sample, class.label.clone()).shown(shown) }
    }

    fn shown(self, shown: Shown) -> Self {
        let pale = shown == Shown::Pale;
        Self { sample: if pale { self.sample.faded() } else { self.sample }, pale, ..self }
    }
}

/// Rows about one kind of record.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendSection {
    /// The heading.
    pub title: String,
    /// The rows.
    pub rows: Vec<LegendRow>,
    /// Says what pale means, not what a class looks like.
    pub is_about_filter: bool,
}

impl LegendSection {
    /// The widest line with words for all widths, and the row about flows of several corridors.
    fn abridged_widths(&self) -> Vec<LegendRow> {
        let together = |row: &&LegendRow| row.label.ends_with(TOGETHER_END);
        let what = self.title.trim_start_matches(WIDTH_TITLE).trim().trim_start_matches("linked ");
        let widest = self.rows.iter().rfind(|row| !together(row));
        let widest = widest.map(|row| LegendRow { label: format!("Wider: more {what}"), ..row.clone() });
        let flows = self.rows.iter().find(together);
        let flows = flows.map(|row| LegendRow { label: row.label.trim_end_matches(TOGETHER_END).to_owned(), ..row.clone() });
        widest.into_iter().chain(flows).collect()
    }
}

fn is_about_width(section: &LegendSection) -> bool {
    section.title.starts_with(WIDTH_TITLE)
}

/// All rows for a view.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// Sections in the order of reading; none is empty.
    pub sections: Vec<LegendSection>,
}

/// How the heading of the widths of corridors begins.
const WIDTH_TITLE: &str = "Width by";
/// How the row about flows of several corridors ends.
const TOGETHER_END: &str = " corridors together";
/// Heading of the row about what does not match.
const FILTER_TITLE: &str = "Filter";
/// The words for lines that are not paths.
const SCHEMATIC_LABEL: &str = "Schematic, e.g. by road or port not stated";
/// The words for lines that are too many to show more than their color.
const CROWD_LABEL: &str = "Very many: confidence not drawn";
/// The short words for the symbol of a place that is known only as a country.
const COUNTRY_LABEL: &str = "Country only";
/// Opacity that is left to samples of which everything in view is pale: more than on the map, so that a sample can be recognized.
const PALE: f32 = 0.35;
/// Diameter of symbols in color rows, in CSS pixels.
const SAMPLE_SYMBOL_PX: f32 = 9.0;
/// Wordings of headings and rows and their shorter forms for pages with large text.
const SHORT_LABELS: [(&str, &str); 23] = [
    (CROWD_LABEL, "Not drawn: too many"),
    ("Corridors and seizures by group; of several, the one named most", "By group (most named)"),
    ("Corridors and seizures by group", "By group"),
    ("Corridors and seizures by period", "By period"),
    ("Corridors by confidence", "Confidence"),
    ("Seizures by attribution", "Attribution"),
    ("Corridor: has no attribution of its own", "Corridor"),
    ("Seizure: has no confidence of its own", "Seizure"),
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
    ("Only the country is known", COUNTRY_LABEL),
    ("Port; larger when named more often", "Port"),
    ("Port, position approximate", "Port, approximate"),
    ("Country only, port not stated", COUNTRY_LABEL),
];

impl Legend {
    /// The same rows in fewer words, without those of which everything is pale: one row says what pale means.
    pub(super) fn shortened(&self) -> Self {
        let known = |label: &str| SHORT_LABELS.iter().find(|(long, _)| *long == label).map(|(_, short)| (*short).to_owned());
        let short = |label: &str| known(label).unwrap_or_else(|| label.to_owned());
        let of_row = |row: &LegendRow| match row.filter {
            Some(LegendFilter::Values(Dimension::Group, _)) => abridged(&row.label),
            _ => short(row.label.trim_end_matches(TOGETHER_END)),
        };
        let row = |row: &LegendRow| LegendRow { label: of_row(row), ..row.clone() };
        let section = |section: &LegendSection| LegendSection {
            title: short(&section.title),
            rows: section.rows.iter().filter(|row| !row.pale).map(row).collect(),
            is_about_filter: section.is_about_filter,
        };
        let mut sections: Vec<LegendSection> = self.sections.iter().map(section).filter(|section| !section.rows.is_empty()).collect();
        // In fewer words some rows say the same: a dashed diamond is a country, whatever is known of it.
        let mut said = std::collections::HashSet::new();
        for section in &mut sections {
            section.rows.retain(|row| row.label != COUNTRY_LABEL || said.insert(row.label.clone()));
        }
        // Of the widths one row is left, below the other rows about lines.
        if let Some(at) = sections.iter().position(is_about_width).filter(|at| *at > 0) {
            let widths = sections.remove(at);
            sections[at - 1].rows.extend(widths.abridged_widths());
        }
        // Two sizes are enough for a scale of areas.
        let smallest = mass_label(MASS_BREAKS_KG[0]);
        sections.iter_mut().for_each(|section| section.rows.retain(|row| row.label != smallest));
        // The number of events stands in their symbol: one size will do.
        for section in &mut sections {
            let mut told = false;
            section.rows.retain(|row| !(is_cluster_row(row) && std::mem::replace(&mut told, true)));
            if let Some(row) = section.rows.iter_mut().find(|row| is_cluster_row(row)) {
                "Number of events".clone_into(&mut row.label);
            }
        }
        // Of the widths one row is left, below the other rows about lines.
        if let Some(at) = sections.iter().position(is_about_width).filter(|at| *at > 0) {
            let widths = sections.remove(at);
            sections[at - 1].rows.extend(widths.abridged_widths());
        }
        // A heading for one row is a waste of a low page.
        if let [.., before, last] = sections.as_mut_slice()
            && last.is_about_filter
        {
            before.rows.append(&mut last.rows);
            sections.pop();
        }
        Self { sections }
    }
}

/// A name in the room of a narrow column, cut between words; a contested label stays one.
fn abridged(label: &str) -> String {
    const MOST_CHARS: usize = 24;
    let (name, end, most) =
        label.strip_suffix("”, contested label").map_or((label, "…", MOST_CHARS), |name| (name, "…”, contested", MOST_CHARS + 4));
    if end == "…" && label.chars().count() <= most {
        return label.to_owned();
    }
    let room = most - end.chars().count();
    let first = |count: usize| name.char_indices().nth(count).map_or(name, |(at, _)| &name[..at]);
    if first(room) == name {
        return format!("{name}{}", end.trim_start_matches('…'));
    }
    // One more, since the room may end where a word does.
    let words = first(room + 1).rsplit_once(' ').map(|(before, _)| before.trim_end());
    let head = words.filter(|words| words.chars().count() * 2 > room).unwrap_or_else(|| first(room));
    format!("{head}{end}")
}

/// The rows for what the layers show in this view. `classes` are those of the whole dataset that the layers were made from.
pub fn legend(layers: &[WorldLayer], classes: &DataClasses, style: &MapStyle, view: &PlaneView, ink_scale: f32) -> Legend {
    if let Some(changes) = super::difference::difference_legend(layers, style, view, ink_scale) {
        return changes;
    }
    let visible = view.plane_box(0.0);
    let used = |kind: WorldLayerKind| UsedClasses::in_view(layers, kind, &visible);
    let key = Key {
        colors: MapColors::of(style.theme),
        classes,
        style,
        ink_scale,
        areas: used(WorldLayerKind::Areas),
        corridors: used(WorldLayerKind::Corridors),
        seizures: used(WorldLayerKind::Seizures),
        ports: used(WorldLayerKind::Ports),
    };
    let flows = FlowsInView::new(layers, style, &visible, ink_scale);
    let together = flows.together_row();
    let several = flows.several_row(classes.of_routes(style.color_by, key.colors).len());
    let mut sections = Vec::new();
    let mut add = |title: String, rows: Vec<LegendRow>| {
        if !rows.is_empty() {
            sections.push(LegendSection { is_about_filter: title == FILTER_TITLE, title, rows });
        }
    };
    let shared = matches!(style.color_by, ColorBy::Group | ColorBy::Period);
    if shared {
        add(key.shared_title(), key.shared_rows().into_iter().chain(several).collect());
    } else {
        let by = if style.color_by == ColorBy::Mode { " by mode" } else { "" };
        add(
            if style.color_by == ColorBy::Confidence { "Corridors by confidence" } else { "Corridors" }.to_owned() + by,
            key.corridor_rows().into_iter().chain(several).collect(),
        );
    }
    let mut lines = if style.color_by == ColorBy::Confidence { Vec::new() } else { key.confidence_rows() };
    lines.extend(key.schematic_row().into_iter().chain(key.crowd_row()));
    add(if style.color_by == ColorBy::Confidence { "Corridor lines" } else { "Corridors by confidence" }.to_owned(), lines);
    let (title, widths) = flows.width_section().unwrap_or_else(|| ("Corridors together".to_owned(), Vec::new()));
    add(title, widths.into_iter().chain(together).collect());
    let title = match style.color_by {
        ColorBy::Mode => "Seizures by place",
        ColorBy::Attribution => "Seizures by attribution",
        ColorBy::Group | ColorBy::Period => "Seizures by mass",
        ColorBy::Confidence => "Seizures",
    };
    let mut seizures = if shared { Vec::new() } else { key.seizure_color_rows() };
    seizures.extend(key.seizure_form_rows());
    seizures.extend(cluster_rows(layers, &visible, ink_scale));
    add(title.to_owned(), seizures);
    add("Places".to_owned(), key.place_rows());
    if [&key.areas, &key.corridors, &key.seizures, &key.ports].into_iter().any(|used| used.some_pale) {
        let sample = LegendSample::Line(Stroke::solid(key.colors.ink.faded(0.18), 2.0 * ink_scale));
        add(FILTER_TITLE.to_owned(), vec![LegendRow::new(sample, "Pale: outside the filter or selection")]);
    }
    Legend { sections }
}

/// How the items of a class in view are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    /// All of them pale.
    Pale,
    /// At least one in full.
    Full,
}

/// The classes of a layer kind that have an item in view.
#[derive(Default)]
struct UsedClasses {
    /// By class.
    shown: Vec<Option<Shown>>,
    paints: Vec<ClassPaint>,
    /// Whether any item in view is pale.
    some_pale: bool,
    /// Whether lines are so many that each is drawn without casing and dash.
    crowd: bool,
}

impl UsedClasses {
    fn in_view(layers: &[WorldLayer], kind: WorldLayerKind, visible: &PlaneBox) -> Self {
        let mut used = Self::default();
        for layer in layers.iter().filter(|layer| layer.kind == kind) {
            if used.paints.len() < layer.classes.len() {
                used.paints.extend_from_slice(&layer.classes[used.paints.len()..]);
            }
            for (index, item) in layer.geometry.items.iter().enumerate() {
                let shown = if layer.state(index) == FeatureState::Dimmed { Shown::Pale } else { Shown::Full };
                let class = usize::from(item.class);
                if used.shown.len() <= class {
                    used.shown.resize(class + 1, None);
                }
                let news = used.shown[class] < Some(shown) || (shown == Shown::Pale && !used.some_pale);
                if news && in_view(layer, item, visible) {
                    // Of several layers of a kind each has its own table: the one in view counts.
                    if let (None, Some(own)) = (used.shown[class], layer.classes.get(class)) {
                        used.paints[class] = own.clone();
                    }
                    used.shown[class] = used.shown[class].max(Some(shown));
                    used.some_pale |= shown == Shown::Pale;
                    used.crowd |= item.shape == WorldShape::Line && used.paints.get(class).is_some_and(is_bare);
                }
            }
        }
        used
    }

    fn find(&self, class: u16) -> Option<(&ClassPaint, Shown)> {
        let class = usize::from(class);
        Some((self.paints.get(class)?, (*self.shown.get(class)?)?))
    }

    /// How the classes that fulfil a condition are shown; `None` when none of them is in view.
    fn any(&self, wanted: impl Fn(usize) -> bool) -> Option<Shown> {
        self.shown.iter().enumerate().filter(|(class, _)| wanted(*class)).filter_map(|(_, shown)| *shown).max()
    }

    fn paint(&self, class: usize) -> Paint {
        self.paints.get(class).map(|class| class.paint).unwrap_or_default()
    }
}

/// A line of a crowd: neither casing nor dash.
fn is_bare(class: &ClassPaint) -> bool {
    class.casing.is_none() && class.paint.stroke.is_some_and(|stroke| stroke.dash.is_none())
}

/// Whether any part of the item lies in the box.
pub(super) fn in_view(layer: &WorldLayer, item: &WorldItem, visible: &PlaneBox) -> bool {
    if !item.plane_box.intersects(visible) {
        return false;
    }
    match item.shape {
        WorldShape::Symbol { .. } | WorldShape::Area => true,
        WorldShape::Line | WorldShape::Flow { .. } => layer.geometry.lines_of(item).any(|part| {
            part.windows(2).any(|pair| PlaneBox::EMPTY.including(pair[0].projected()).including(pair[1].projected()).intersects(visible))
        }),
    }
}

fn symbol_row(shape: SymbolShape, size_px: f32, paint: Paint, label: impl Into<String>, shown: Shown) -> LegendRow {
    LegendRow::new(LegendSample::Symbol { shape, size_px, paint }, label).shown(shown)
}

fn mass_label(mass_kg: f64) -> String {
    if mass_kg < 1_000.0 { format!("{mass_kg:.0}\u{a0}kg") } else { format!("{:.0}\u{a0}t", mass_kg / 1_000.0) }
}

fn line(color: Color, width: f32, dash: Option<Dash>, ink_scale: f32) -> Stroke {
    let dash = dash.map(|dash| Dash { on: dash.on * ink_scale, off: dash.off * ink_scale });
    Stroke { color, width: width * ink_scale, dash }
}

/// What the rows are made from.
struct Key<'a> {
    colors: &'a MapColors,
    classes: &'a DataClasses,
    style: &'a MapStyle,
    ink_scale: f32,
    areas: UsedClasses,
    corridors: UsedClasses,
    seizures: UsedClasses,
    ports: UsedClasses,
}

impl Key<'_> {
    fn corridor_color(&self, color_class: usize) -> Option<Shown> {
        self.corridors.any(|class| class / ROUTE_LOOKS == color_class)
    }

    fn seizure_color(&self, color_class: usize) -> Option<Shown> {
        self.seizures.any(|class| class / SEIZURE_LOOKS == color_class)
    }

    fn seizure_paint(&self, color_class: usize, look: SeizureLook) -> Paint {
        self.seizures.paint(color_class * SEIZURE_LOOKS + look as usize)
    }

    fn shared_title(&self) -> String {
        let of = match (self.corridors.any(|_| true), self.seizures.any(|_| true)) {
            (Some(_), None) => "Corridors",
            (None, Some(_)) => "Seizures",
            _ => "Corridors and seizures",
        };
        match self.style.color_by {
            ColorBy::Period => format!("{of} by period"),
            // A color can say only one of several groups.
            _ if self.classes.some_have_several(self.style.color_by) => format!("{of} by group; of several, the one named most"),
            _ => format!("{of} by group"),
        }
    }

    /// Rows of classes that corridors and seizures share.
    fn shared_rows(&self) -> Vec<LegendRow> {
        let classes = self.classes.of_routes(self.style.color_by, self.colors);
        let row = |(index, class): (usize, &DataClass)| {
            let stroke = line(class.color, 1.8, None, self.ink_scale);
            let (size_px, paint) = (SAMPLE_SYMBOL_PX * self.ink_scale, self.seizure_paint(index, SeizureLook::Exact));
            let (corridors, seizures) = (self.corridor_color(index), self.seizure_color(index));
            let sample = match (corridors, seizures) {
                (Some(_), Some(_)) => LegendSample::LineAndSymbol(stroke, class.shape, paint),
                (Some(_), None) => LegendSample::Line(stroke),
                _ => LegendSample::Symbol { shape: class.shape, size_px, paint },
            };
            corridors.max(seizures).map(|shown| LegendRow::of_class(sample, class, shown))
        };
        classes.iter().enumerate().filter_map(row).collect()
    }

    fn corridor_rows(&self) -> Vec<LegendRow> {
        let by_confidence = self.style.color_by == ColorBy::Confidence;
        let classes = self.classes.of_routes(self.style.color_by, self.colors);
        let row = |(index, class): (usize, &DataClass)| {
            let dash = if by_confidence && !self.corridors.crowd { confidence_dash(index) } else { None };
            let sample = LegendSample::Line(line(class.color, 1.8, dash, self.ink_scale));
            self.corridor_color(index).map(|shown| LegendRow::of_class(sample, class, shown))
        };
        classes.iter().enumerate().filter_map(row).collect()
    }

    /// The dashes in grey, so that none of them is taken for a color class.
    fn confidence_rows(&self) -> Vec<LegendRow> {
        let row = |(index, label): (usize, &&'static str)| {
            let shown = self.corridors.any(|class| class % (ROUTE_LOOKS / 2) == index && !self.corridors.crowd)?;
            let stroke = line(self.colors.muted_ink.faded(0.8), 1.8, confidence_dash(index), self.ink_scale);
            let filter = Some(confidence_filter(Confidence::ALL.get(index).copied()));
            Some(LegendRow { filter, ..LegendRow::new(LegendSample::Line(stroke), *label).shown(shown) })
        };
        CONFIDENCE_LABELS.iter().enumerate().filter_map(row).collect()
    }

    fn crowd_row(&self) -> Option<LegendRow> {
        let shown = self.corridors.any(|_| self.corridors.crowd)?;
        let stroke = line(self.colors.muted_ink.faded(0.8), 1.0, None, self.ink_scale);
        Some(LegendRow::new(LegendSample::Line(stroke), CROWD_LABEL).shown(shown))
    }

    fn schematic_row(&self) -> Option<LegendRow> {
        let shown = self.corridors.any(|class| class % ROUTE_LOOKS >= ROUTE_LOOKS / 2)?;
        let stroke = line(self.colors.muted_ink.faded(0.9), 1.3, Some(schematic_dash(0)), self.ink_scale);
        Some(LegendRow::new(LegendSample::Line(stroke), SCHEMATIC_LABEL).shown(shown))
    }

    fn seizure_color_rows(&self) -> Vec<LegendRow> {
        let classes = self.classes.of_seizures(self.style.color_by, self.colors);
        let row = |(index, class): (usize, &DataClass)| {
            let (shape, paint) = (class.shape, self.seizure_paint(index, SeizureLook::Exact));
            let sample = LegendSample::Symbol { shape, size_px: SAMPLE_SYMBOL_PX * self.ink_scale, paint };
            self.seizure_color(index).map(|shown| LegendRow::of_class(sample, class, shown))
        };
        classes.iter().enumerate().filter_map(row).collect()
    }

    /// Sizes, and what hollow and dotted symbols mean.
    fn seizure_form_rows(&self) -> Vec<LegendRow> {
        let mut rows = Vec::new();
        let scale = self.ink_scale;
        let neutral = Paint { fill: None, stroke: Some(Stroke::solid(self.colors.muted_ink, 1.0 * scale)) };
        let alone = |class: usize, look: SeizureLook| class % SEIZURE_LOOKS == look as usize;
        let to_scale = self.seizures.any(|class| alone(class, SeizureLook::Exact) || alone(class, SeizureLook::Approximate));
        if let (Some(shown), SizeBy::Mass) = (to_scale, self.style.size_by) {
            for mass_kg in MASS_BREAKS_KG {
                let diameter_px = mass_diameter_px(Some(mass_kg)) * scale;
                rows.push(symbol_row(SymbolShape::Circle, diameter_px, neutral, mass_label(mass_kg), shown));
            }
        }
        let one = |(class, shown): (usize, &Option<Shown>)| shown.is_some() && !alone(class, SeizureLook::Cluster);
        let first = self.seizures.shown.iter().enumerate().position(one).unwrap_or(0) / SEIZURE_LOOKS;
        for (look, label) in [(SeizureLook::NoMass, "Hollow: mass not stated"), (SeizureLook::Approximate, "Dotted: position approximate")]
        {
            if let Some(shown) = self.seizures.any(|class| class % SEIZURE_LOOKS == look as usize) {
                rows.push(symbol_row(SymbolShape::Circle, SAMPLE_SYMBOL_PX * scale, self.seizure_paint(first, look), label, shown));
            }
        }
        if let Some((class, shown)) = self.areas.find(COUNTRY_SEIZURE_CLASS) {
            rows.push(symbol_row(SymbolShape::Diamond, 13.0 * scale, class.paint, "Only the country is known", shown));
        }
        rows
    }

    fn place_rows(&self) -> Vec<LegendRow> {
        let scale = self.ink_scale;
        let symbols = [
            (&self.ports, PORT_CLASS, SymbolShape::Circle, 8.0, "Port; larger when named more often"),
            (&self.ports, APPROXIMATE_PORT_CLASS, SymbolShape::Circle, 8.0, "Port, position approximate"),
            (&self.areas, COUNTRY_PORT_CLASS, SymbolShape::Diamond, 11.0, "Country only, port not stated"),
        ];
        let symbols = symbols.into_iter().filter_map(|(used, class, shape, size, label)| {
            used.find(class).map(|(class, shown)| symbol_row(shape, size * scale, class.paint, label, shown))
        });
        let areas = [(COUNTRY_AREA_CLASS, "Shaded: only the country is known"), (AREA_CLASS, "Area from a file")];
        let areas = areas.into_iter().filter_map(|(class, label)| {
            let (class, shown) = self.areas.find(class)?;
            // On the page a tint alone is hardly seen.
            let frame = Stroke::solid(self.colors.neatline.faded(0.6), 0.6 * scale);
            let paint = Paint { stroke: class.paint.stroke.or(Some(frame)), ..class.paint };
            Some(LegendRow::new(LegendSample::Swatch(paint), label).shown(shown))
        });
        let totals = port_total_rows(self.style.width_by, scale, |class| self.ports.find(class).map(|(paint, _)| paint));
        symbols.chain(totals).chain(areas).collect()
    }
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
        legend(&layers, &DataClasses::new(&small_dataset()), &style, &view, 1.0)
            .sections
            .into_iter()
            .flat_map(|section| section.rows)
            .map(|row| row.label)
            .collect()
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
        assert!(rows.contains(&"Seizure: has no confidence of its own".to_owned()));
        assert!(labels(ColorBy::Attribution, Extent::new(-95.0, -40.0, 45.0, 60.0)).contains(&"Attribution explicit".to_owned()));
    }

    #[test]
    fn every_shorter_wording_is_of_a_row_that_exists() {
        let style = MapStyle::default();
        let layers = data_layers(&small_dataset(), MapProjection::default(), &style, 1_000.0, 1.0);
        let frame = SceneRect::new(0.0, 0.0, 800.0, 600.0);
        let view = MapView::fitting_extent(MapProjection::default(), Extent::new(-95.0, -40.0, 45.0, 60.0), 800.0, 600.0, 0.0).on(frame);
        let full = legend(&layers, &DataClasses::new(&small_dataset()), &style, &view, 1.0);
        let words =
            |legend: &Legend| -> Vec<String> { legend.sections.iter().flat_map(|s| &s.rows).map(|row| row.label.clone()).collect() };
        let (long, short) = (words(&full), words(&full.shortened()));
        assert_eq!(short.iter().filter(|label| *label == COUNTRY_LABEL).count(), 1);
        for label in &short {
            // The row that is left of the widths has words of its own.
            let of_widths = label.starts_with("Wider: more ") && full.sections.iter().any(is_about_width);
            let known = of_widths
                || long.contains(label)
                || SHORT_LABELS.iter().any(|(full, short)| short == label && long.iter().any(|l| l == full));
            assert!(known && label.chars().count() <= 20, "{label}");
        }
    }

    #[test]
    fn long_names_are_cut_between_words_and_contested_labels_stay_marked() {
        assert_eq!(abridged("Kavač clan"), "Kavač clan");
        assert_eq!(abridged("Montenegrin-led sailing and bulk network"), "Montenegrin-led sailing…");
        for label in ["“Balkan cartel”, contested label", "“Albanian-speaking networks”, contested label"] {
            let short = abridged(label);
            assert!(short.starts_with("“Ba") || short.starts_with("“Alb"), "{short}");
            assert!(short.ends_with("”, contested") && short.chars().count() <= 28, "{short}");
        }
    }

    #[test]
    fn what_is_pale_has_a_pale_row_that_still_filters() {
        use crate::analysis::{Filter, Links, evaluate};
        use crate::cartography::{Emphasis, drawn_layers};
        let dataset = small_dataset();
        let (style, classes) = (MapStyle::default(), DataClasses::new(&small_dataset()));
        let layers = data_layers(&dataset, MapProjection::default(), &style, 1_000.0, 1.0);
        let frame = SceneRect::new(0.0, 0.0, 800.0, 600.0);
        let view = MapView::fitting_extent(MapProjection::default(), Extent::new(-95.0, -40.0, 45.0, 60.0), 800.0, 600.0, 0.0).on(frame);
        let row = |legend: &Legend, label: &str| {
            legend.sections.iter().flat_map(|section| &section.rows).find(|row| row.label == label).cloned().expect("a row")
        };
        let whole = legend(&layers, &classes, &style, &view, 1.0);
        let yacht = row(&whole, "Yacht").filter.expect("a filter").applied(&Filter::default(), false);
        let matches = evaluate(&dataset, &Links::new(&dataset), &yacht);
        let none = std::collections::BTreeSet::new();
        let emphasis = Emphasis { passes: &|feature| matches.passes(feature), selection: &none, linked: &none, hovered: None };
        let filtered = legend(&drawn_layers(&layers, &emphasis), &classes, &style, &view, 1.0);
        assert!(!row(&filtered, "Yacht").pale && row(&filtered, "Container").pale);
        assert_eq!(row(&filtered, "Container").filter, row(&whole, "Container").filter);
        assert_eq!(row(&filtered, "Yacht"), row(&whole, "Yacht"), "no filter moves a class");
        assert!(filtered.sections.last().is_some_and(|section| section.is_about_filter));
    }

    #[test]
    fn a_place_known_as_a_country_is_explained_by_its_own_symbol() {
        let style = MapStyle::default();
        let (dataset, projection) = (small_dataset(), MapProjection::default());
        let basemap = crate::cartography::Basemap::bundled().expect("bundled");
        let tint = crate::cartography::CountryAreas::new(&dataset, projection).layer(basemap, &style, &|_| true).expect("sound");
        let layers: Vec<WorldLayer> = tint.into_iter().chain(data_layers(&dataset, projection, &style, 1_000.0, 1.0)).collect();
        let frame = SceneRect::new(0.0, 0.0, 800.0, 600.0);
        let view = MapView::fitting_extent(projection, Extent::new(-95.0, -40.0, 45.0, 60.0), 800.0, 600.0, 0.0).on(frame);
        let found = legend(&layers, &DataClasses::new(&dataset), &style, &view, 1.0);
        let rows = found.sections.iter().flat_map(|section| &section.rows);
        let dashed = |row: &&LegendRow| matches!(row.sample, LegendSample::Symbol { paint, .. } if paint.stroke.is_some_and(|stroke| stroke.dash.is_some()));
        let known: Vec<&str> = rows
            .filter(|row| row.label.contains("country") || row.label.contains("Country"))
            .filter(dashed)
            .map(|row| &*row.label)
            .collect();
        assert_eq!(known, ["Only the country is known", "Country only, port not stated"]);
    }

    #[test]
    fn mass_breaks_stay_fixed() {
        let rows = labels(ColorBy::Period, Extent::new(-95.0, -40.0, 45.0, 60.0));
        for mass in ["100\u{a0}kg", "1\u{a0}t", "10\u{a0}t", "Hollow: mass not stated", "Dotted: position approximate"] {
            assert!(rows.contains(&mass.to_owned()), "{mass} in {rows:?}");
        }
    }
}
