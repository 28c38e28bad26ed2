//! The difference map: what changed between two periods, per corridor and per place. Color never stands alone: signs point up or down, and
//! lines of only one period are dashed.

use std::sync::Arc;

use super::classes::country_only;
use super::legend::{Legend, LegendRow, LegendSample, LegendSection, in_view};
use super::{MapColors, MapStyle, MapTheme};
use crate::analysis::{Change, ChangeKind, Compared};
use crate::geodesy::{LonLat, MapProjection, Projected, along_great_circles, project_line};
use crate::model::{Dataset, FeatureKind, FeatureRef};
use crate::scene::{
    ClassPaint, Color, Dash, Paint, PlaneBox, PlaneView, Stroke, SymbolShape, WorldGeometry, WorldLayer, WorldLayerKind, WorldShape,
};

/// From so many events of difference on, a line is this wide and a sign this large, in CSS pixels.
const STEPS: [(usize, f32, f32); 4] = [(1, 1.9, 10.0), (2, 3.0, 12.5), (5, 4.6, 16.0), (10, 6.6, 20.0)];
/// The words for the steps.
const STEP_LABELS: [&str; 4] = ["By 1 event", "By 2 to 4", "By 5 to 9", "By 10 or more"];
/// Classes of the lines, then of the signs, then of the signs of places known only as a country.
const BLOCK: usize = ChangeKind::ALL.len() * STEPS.len();

/// The colors of the kinds of change in a theme: blue for the earlier period, orange for the later one. Both are told apart in all common
/// kinds of color blindness.
const fn color_of(kind: ChangeKind, theme: MapTheme, colors: &MapColors) -> Color {
    let dark = matches!(theme, MapTheme::Dark);
    match kind {
        ChangeKind::OnlyBefore if dark => Color::hex(0x56_B4E9),
        ChangeKind::OnlyBefore => Color::hex(0x00_4A80),
        ChangeKind::Fewer if dark => Color::hex(0x9C_D3F2),
        ChangeKind::Fewer => Color::hex(0x2B_8CC4),
        ChangeKind::Same => colors.not_stated,
        ChangeKind::More if dark => Color::hex(0xF2_B774),
        ChangeKind::More => Color::hex(0xD5_7A00),
        ChangeKind::OnlyAfter if dark => Color::hex(0xE8_7D2B),
        ChangeKind::OnlyAfter => Color::hex(0xA8_3F00),
        ChangeKind::Neither => colors.not_stated,
    }
}

fn step_of(size: usize) -> usize {
    STEPS.iter().rposition(|(least, ..)| size >= *least).unwrap_or(0)
}

fn class_of(change: &Change, block: usize) -> u16 {
    let kind = ChangeKind::ALL.iter().position(|kind| *kind == change.kind()).unwrap_or(0);
    u16::try_from(block * BLOCK + kind * STEPS.len() + step_of(change.size())).unwrap_or(u16::MAX)
}

const fn shape_of(kind: ChangeKind) -> SymbolShape {
    match kind {
        ChangeKind::OnlyBefore | ChangeKind::Fewer => SymbolShape::TriangleDown,
        ChangeKind::Same => SymbolShape::Square,
        ChangeKind::More | ChangeKind::OnlyAfter => SymbolShape::Triangle,
        ChangeKind::Neither => SymbolShape::Circle,
    }
}

fn paints(style: &MapStyle, ink_scale: f32) -> Arc<[ClassPaint]> {
    let colors = MapColors::of(style.theme);
    let each = |make: &dyn Fn(ChangeKind, Color, usize) -> ClassPaint| {
        let kinds = ChangeKind::ALL.into_iter().map(|kind| (kind, color_of(kind, style.theme, colors)));
        kinds.flat_map(|(kind, color)| (0..STEPS.len()).map(move |step| (kind, color, step))).map(|(k, c, s)| make(k, c, s)).collect()
    };
    let lines: Vec<ClassPaint> = each(&|kind, color, step| {
        let stroke = line_stroke(kind, color, step, ink_scale);
        let casing = (kind != ChangeKind::Neither).then(|| Stroke::solid(colors.casing.faded(0.8), stroke.width + 1.8 * ink_scale));
        ClassPaint { paint: Paint::stroke(stroke), casing }
    });
    let signs: Vec<ClassPaint> = each(&|kind, color, _| ClassPaint { paint: sign_paint(kind, color, colors, ink_scale), casing: None });
    let dashed: Vec<ClassPaint> = each(&|_, color, _| {
        let dash = Some(Dash { on: 2.2 * ink_scale, off: 1.8 * ink_scale });
        let stroke = Stroke { color, width: 1.5 * ink_scale, dash };
        ClassPaint { paint: Paint { fill: Some(color.faded(0.12)), stroke: Some(stroke) }, casing: None }
    });
    lines.into_iter().chain(signs).chain(dashed).collect()
}

fn line_stroke(kind: ChangeKind, color: Color, step: usize, ink_scale: f32) -> Stroke {
    let width = STEPS[step].1 * ink_scale;
    let dashed = |on: f32, off: f32| Some(Dash { on: on * ink_scale, off: off * ink_scale });
    match kind {
        ChangeKind::Neither => Stroke::solid(color.faded(0.35), 0.9 * ink_scale),
        ChangeKind::Same => Stroke::solid(color, 1.6 * ink_scale),
        ChangeKind::OnlyBefore => Stroke { color, width, dash: dashed(2.5, 3.5) },
        ChangeKind::OnlyAfter => Stroke { color, width, dash: dashed(11.0, 3.5) },
        ChangeKind::Fewer | ChangeKind::More => Stroke::solid(color, width),
    }
}

fn sign_paint(kind: ChangeKind, color: Color, colors: &MapColors, ink_scale: f32) -> Paint {
    match kind {
        // Hollow: one of the two periods has nothing.
        ChangeKind::OnlyBefore | ChangeKind::OnlyAfter => {
            Paint { fill: Some(colors.casing), stroke: Some(Stroke::solid(color, 2.0 * ink_scale)) }
        }
        ChangeKind::Fewer | ChangeKind::More => Paint { fill: Some(color), stroke: Some(Stroke::solid(colors.casing, 1.2 * ink_scale)) },
        ChangeKind::Same => Paint { fill: Some(color), stroke: Some(Stroke::solid(colors.casing, 1.0 * ink_scale)) },
        ChangeKind::Neither => {
            Paint { fill: Some(colors.casing.faded(0.6)), stroke: Some(Stroke::solid(color.faded(0.6), 0.9 * ink_scale)) }
        }
    }
}

/// The layers of the difference map in drawing order: lines of corridors, then signs of corridors and places. The largest change lies on top.
pub fn difference_layers(
    dataset: &Dataset,
    compared: &Compared,
    projection: MapProjection,
    style: &MapStyle,
    ink_scale: f32,
) -> Vec<WorldLayer> {
    let classes = paints(style, ink_scale);
    let mut lines = WorldGeometry::default();
    let mut signs = Signs { geometry: WorldGeometry::default(), projection, ink_scale };
    if style.layers.corridors {
        for at in drawing_order(&compared.routes) {
            let Some(route) = dataset.routes.get(at) else { continue };
            let change = &compared.routes[at];
            let feature = feature_ref(FeatureKind::Route, at);
            let curves: Vec<Vec<LonLat>> = route.lines.iter().map(|line| along_great_circles(line).into_owned()).collect();
            let parts: Vec<Vec<Projected>> = curves.iter().flat_map(|line| project_line(&projection, line)).collect();
            lines.push(Some(feature), class_of(change, 0), WorldShape::Line, parts.iter().map(Vec::as_slice));
            if change.kind() != ChangeKind::Neither
                && let Some(middle) = middle_of(&curves)
            {
                signs.push(feature, change, 1, middle);
            }
        }
    }
    if style.layers.ports {
        for at in drawing_order(&compared.ports) {
            let Some((port, position)) = dataset.ports.get(at).and_then(|port| Some((port, port.position?))) else { continue };
            signs.push(feature_ref(FeatureKind::Port, at), &compared.ports[at], if country_only(port) { 2 } else { 1 }, position);
        }
    }
    let layer = |geometry: WorldGeometry| WorldLayer {
        kind: WorldLayerKind::Changes,
        geometry: Arc::new(geometry),
        classes: classes.clone(),
        states: Arc::from([]),
    };
    let layers = [lines, signs.geometry].map(layer);
    layers.into_iter().filter(|layer| !layer.geometry.items.is_empty()).collect()
}

fn feature_ref(kind: FeatureKind, at: usize) -> FeatureRef {
    FeatureRef::new(kind, u32::try_from(at).unwrap_or(u32::MAX))
}

/// What has not changed first, then by the size of the change.
fn drawing_order(changes: &[Change]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..changes.len()).collect();
    order.sort_by_key(|at| (changes[*at].kind() != ChangeKind::Neither, changes[*at].size()));
    order
}

struct Signs {
    geometry: WorldGeometry,
    projection: MapProjection,
    ink_scale: f32,
}

impl Signs {
    fn push(&mut self, feature: FeatureRef, change: &Change, block: usize, at: LonLat) {
        let kind = change.kind();
        let size_px = match kind {
            ChangeKind::Neither => 4.0,
            ChangeKind::Same => 8.0,
            _ => STEPS[step_of(change.size())].2,
        };
        let shape = WorldShape::Symbol { shape: shape_of(kind), size_px: size_px * self.ink_scale };
        let point = self.projection.project(at);
        self.geometry.push(Some(feature), class_of(change, block), shape, [&[point][..]]);
    }
}

/// The position in the middle of the longest line, by the number of its steps (great circles have steps of about the same length).
fn middle_of(curves: &[Vec<LonLat>]) -> Option<LonLat> {
    let longest = curves.iter().max_by(|a, b| length_m(a).total_cmp(&length_m(b)))?;
    let half = length_m(longest) / 2.0;
    let mut walked = 0.0;
    for pair in longest.windows(2) {
        walked += crate::geodesy::distance_m(pair[0], pair[1]);
        if walked >= half {
            return Some(pair[1]);
        }
    }
    longest.first().copied()
}

fn length_m(line: &[LonLat]) -> f64 {
    line.windows(2).map(|pair| crate::geodesy::distance_m(pair[0], pair[1])).sum()
}

/// The rows for a difference map in view; `None` for any other map.
pub(super) fn difference_legend(layers: &[WorldLayer], style: &MapStyle, view: &PlaneView, ink_scale: f32) -> Option<Legend> {
    if !layers.iter().any(|layer| layer.kind == WorldLayerKind::Changes) {
        return None;
    }
    let visible = view.plane_box(0.0);
    let used = used_classes(layers, &visible);
    let classes = paints(style, ink_scale);
    let kinds_in = |block: usize| {
        let of = |class: &usize| class / BLOCK == block;
        ChangeKind::ALL.into_iter().enumerate().filter(|(index, _)| used_kind(&used, *index, of)).collect::<Vec<_>>()
    };
    let (lines, signs, countries) = (kinds_in(0), kinds_in(1), kinds_in(2));
    let mut sections = Vec::new();
    let mut add = |title: &str, rows: Vec<LegendRow>| {
        if !rows.is_empty() {
            sections.push(LegendSection { title: title.to_owned(), rows, is_about_filter: false });
        }
    };
    let line_row = |(index, kind): &(usize, ChangeKind)| {
        let stroke = classes[index * STEPS.len() + 1].paint.stroke.unwrap_or(Stroke::solid(MapColors::of(style.theme).ink, ink_scale));
        LegendRow::new(LegendSample::Line(stroke), kind.label())
    };
    add(LINES_TITLE, lines.iter().map(line_row).collect());
    let sign = |block: usize, index: usize, kind: ChangeKind, label: &str| {
        let size_px = if kind == ChangeKind::Neither { 4.0 } else { 11.0 } * ink_scale;
        let paint = classes[block * BLOCK + index * STEPS.len()].paint;
        LegendRow::new(LegendSample::Symbol { shape: shape_of(kind), size_px, paint }, label)
    };
    let mut rows: Vec<LegendRow> = signs.iter().map(|(index, kind)| sign(1, *index, *kind, kind.label())).collect();
    if let Some((index, kind)) = countries.first() {
        rows.push(sign(2, *index, *kind, "Dashed: only the country is known"));
    }
    add(SIGNS_TITLE, rows);
    let neutral = MapColors::of(style.theme).muted_ink;
    let steps = steps_in_view(layers, &visible);
    let step_row = |step: usize| LegendRow::new(LegendSample::Line(Stroke::solid(neutral, STEPS[step].1 * ink_scale)), STEP_LABELS[step]);
    add("Width and size", (0..STEPS.len()).filter(|step| steps[*step]).map(step_row).collect());
    Some(Legend { sections })
}

const LINES_TITLE: &str = "Corridors, events before and after";
const SIGNS_TITLE: &str = "Signs: on a corridor or at a place";

impl Legend {
    /// Says which periods "before" and "after" are.
    pub fn name_periods(&mut self, compared: &Compared) {
        let [before, after] = &compared.periods;
        let lower = |label: &str| {
            let mut letters = label.chars();
            letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
        };
        if let Some(first) = self.sections.first_mut().filter(|first| [LINES_TITLE, SIGNS_TITLE].contains(&first.title.as_str())) {
            let what = if first.title == LINES_TITLE { "Corridors by events" } else { "Places by events" };
            first.title = format!("{what}, before ({}) and after ({})", lower(&before.label), lower(&after.label));
        }
    }
}

/// What a difference map counts, in words for notes and tooltips.
pub fn difference_note(compared: &Compared, events: usize) -> String {
    let [before, after] = &compared.periods;
    let rate = |period: &crate::analysis::ComparedPeriod| {
        let years = period.years().round().max(1.0);
        let count = period.totals.events;
        format!("{}: {count} events, {:.1} a year ({})", period.label, count as f64 / years, period.span_label())
    };
    let mut text = format!("{}; {}", rate(before), rate(after));
    let on = |count: usize, what: &str| format!("; {count} of {events} events {what}");
    text.push_str(&on(compared.on_routes, "name both ends of a corridor"));
    text.push_str(&on(compared.at_ports, "name a port"));
    for (count, what) in [(compared.undated.events, "without a date"), (compared.straddling.events, "in either period possible")] {
        if count > 0 {
            text.push_str(&format!("; left out: {count} {what}"));
        }
    }
    text
}

fn used_classes(layers: &[WorldLayer], visible: &PlaneBox) -> Vec<usize> {
    let mut used: Vec<usize> = Vec::new();
    for layer in layers.iter().filter(|layer| layer.kind == WorldLayerKind::Changes) {
        for item in &layer.geometry.items {
            let class = usize::from(item.class);
            if !used.contains(&class) && in_view(layer, item, visible) {
                used.push(class);
            }
        }
    }
    used
}

fn used_kind(used: &[usize], kind: usize, in_block: impl Fn(&usize) -> bool) -> bool {
    used.iter().filter(|class| in_block(class)).any(|class| class % BLOCK / STEPS.len() == kind)
}

/// Which steps of difference the map shows, for kinds that have one.
fn steps_in_view(layers: &[WorldLayer], visible: &PlaneBox) -> [bool; STEPS.len()] {
    let mut steps = [false; STEPS.len()];
    for class in used_classes(layers, visible) {
        let kind = ChangeKind::ALL[(class % BLOCK) / STEPS.len()];
        if !matches!(kind, ChangeKind::Neither | ChangeKind::Same) {
            steps[class % STEPS.len()] = true;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{CompareForm, Comparison, Filter, Links, Totals, compare};
    use crate::cartography::MapView;
    use crate::cartography::test_data::small_dataset;
    use crate::geodesy::Extent;
    use crate::scene::SceneRect;

    fn compared() -> (Dataset, Compared) {
        let dataset = small_dataset();
        let links = Links::new(&dataset);
        let wanted = Comparison { boundary_year: 2020, form: CompareForm::Difference };
        let mut found = compare(&dataset, &links, &Filter::default(), wanted).expect("2008 to 2023");
        let totals = |events| Totals { events, ..Totals::default() };
        found.routes[0] = Change { before: totals(1), after: totals(7) };
        found.routes[1] = Change { before: totals(2), after: totals(0) };
        (dataset, found)
    }

    #[test]
    fn no_two_kinds_of_change_look_alike_without_color() {
        for theme in [MapTheme::Light, MapTheme::Dark, MapTheme::Print] {
            let classes = paints(&MapStyle { theme, ..MapStyle::default() }, 1.0);
            let looks: Vec<_> = ChangeKind::ALL
                .iter()
                .enumerate()
                .map(|(index, kind)| {
                    let paint = classes[BLOCK + index * STEPS.len()].paint;
                    let hollow = paint.fill == Some(MapColors::of(theme).casing);
                    (shape_of(*kind), hollow)
                })
                .collect();
            for (index, look) in looks.iter().enumerate() {
                assert!(!looks[..index].contains(look), "{theme:?} {:?}", ChangeKind::ALL[index]);
            }
        }
    }

    #[test]
    fn every_class_of_every_item_exists_and_larger_changes_lie_on_top() {
        let (dataset, compared) = compared();
        let layers = difference_layers(&dataset, &compared, MapProjection::default(), &MapStyle::default(), 1.0);
        assert_eq!(layers.len(), 2);
        for layer in &layers {
            assert!((0..layer.geometry.items.len()).all(|at| layer.paint_of(at).is_some()));
        }
        let order: Vec<u32> = layers[0].geometry.items.iter().filter_map(|item| item.feature).map(|feature| feature.index).collect();
        assert_eq!(order, [1, 0]);
    }

    #[test]
    fn the_legend_says_what_is_drawn_and_names_the_periods() {
        let (dataset, compared) = compared();
        let (projection, style) = (MapProjection::default(), MapStyle::default());
        let layers = difference_layers(&dataset, &compared, projection, &style, 1.0);
        let frame = SceneRect::new(0.0, 0.0, 800.0, 600.0);
        let view = MapView::fitting_extent(projection, Extent::new(-95.0, -40.0, 45.0, 60.0), frame.width, frame.height, 0.0).on(frame);
        let mut legend = difference_legend(&layers, &style, &view, 1.0).expect("a difference map");
        legend.name_periods(&compared);
        let title = &legend.sections[0].title;
        assert!(title.contains("before (until 2019)") && title.contains("after (from 2020)"), "{title}");
        let labels: Vec<&str> = legend.sections.iter().flat_map(|section| &section.rows).map(|row| row.label.as_str()).collect();
        for label in ["More events after", "Only before", "By 5 to 9", "By 2 to 4"] {
            assert!(labels.contains(&label), "{label} in {labels:?}");
        }
        assert!(!labels.contains(&"By 10 or more"));
        assert!(difference_legend(&[], &style, &view, 1.0).is_none());
    }
}
