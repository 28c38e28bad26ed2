//! Page layout: the map body with everything around it becomes one scene.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::basemap::{Basemap, BasemapError};
use super::basemap_layers::{detail_for, ground_layer, land_layer};
use super::country_areas::CountryAreas;
use super::data::{DataMap, DataView};
use super::difference::{difference_layers, difference_note};
use super::furniture::{LEADING, LegendBlock, TextBlock, marking_box, marking_size, text};
use super::inset::quiet_inset;
use super::legend::{Legend, legend};
use super::overlay::{OverlayInput, OverlayScale, SCREEN_LABEL_PX, scaled_overlay};
use super::page_compare::{self, Halves};
use super::place_names::PlacedLabels;
use super::placement::{LegendForm, quiet_scale_bar};
use super::states::{Emphasis, drawn_layers};
use super::{FigureSpec, MapColors, MapStyle, MapView, notes};
use crate::analysis::{CompareForm, Compared, Filter, Links, Matches};
use crate::geodesy::{Extent, LonLat, MapProjection};
use crate::model::{Dataset, FeatureRef, PartialDate};
use crate::scene::{
    FontFace, MapBody, Paint, PlaneBox, PlaneView, Primitive, Scene, ScenePoint, SceneRect, ScreenSet, Stroke, TextAnchor, WorldLayer,
};

/// 10 mm in CSS pixels.
const MARGIN_PX: f32 = 10.0 / 25.4 * 96.0;
/// 8 pt in CSS pixels: the smallest text in print.
const PRINT_TEXT_PX: f32 = 8.0 * 96.0 / 72.0;
/// 14 pt in CSS pixels: the smallest text on a slide.
const SLIDE_TEXT_PX: f32 = 14.0 * 96.0 / 72.0;
/// 12 pt in CSS pixels: the smallest marking.
const MARKING_TEXT_PX: f32 = 12.0 * 96.0 / 72.0;
/// Pages of at least this many dots per inch are read on paper.
const PRINT_DPI: f32 = 200.0;
/// Pages of at least this width in CSS pixels are slides; narrower ones are small pictures.
const SLIDE_WIDTH_PX: f32 = 1200.0;
/// A place in Kosovo: its footnote is due when this is in view.
const KOSOVO: LonLat = LonLat::new(20.9, 42.6);

/// Which part of the world a figure shows. The size of the map body follows from the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FigureArea {
    /// At least this extent.
    Extent(Extent),
    /// At least this part of the plane, for example what a window shows.
    Plane(PlaneBox),
}

/// Everything a figure is made from.
#[derive(Clone, Copy, Debug)]
pub struct FigureInput<'a> {
    /// The records.
    pub dataset: &'a Dataset,
    /// Their links.
    pub links: &'a Links,
    /// What the analyst restricted.
    pub filter: &'a Filter,
    /// Which records match the filter.
    pub matches: &'a Matches,
    /// The bundled basemap; without it only data is drawn.
    pub basemap: Option<&'a Basemap>,
    /// The projection.
    pub projection: MapProjection,
    /// Which part of the world.
    pub area: FigureArea,
    /// The look of the map.
    pub style: &'a MapStyle,
    /// What stands around the map.
    pub figure: &'a FigureSpec,
    /// The selected records.
    pub selection: &'a BTreeSet<FeatureRef>,
    /// The day on which the figure is made.
    pub made_on: PartialDate,
    /// Version of the program.
    pub version: &'a str,
}

/// Text sizes of a page in CSS pixels.
#[derive(Clone, Copy, Debug)]
struct Sizes {
    note: f32,
    legend: f32,
    label: f32,
    title: f32,
    marking: f32,
    /// How much larger lines and symbols are than on the screen.
    ink_scale: f32,
    min: f32,
}

impl Sizes {
    fn of(figure: &FigureSpec) -> Self {
        let page = figure.page;
        if figure.as_on_screen {
            let label = SCREEN_LABEL_PX;
            return Self { note: label, legend: label, label, title: label * 1.75, marking: MARKING_TEXT_PX, ink_scale: 1.0, min: label };
        }
        let min = if page.dpi >= PRINT_DPI {
            PRINT_TEXT_PX
        } else if page.width_px.max(page.height_px) >= SLIDE_WIDTH_PX {
            SLIDE_TEXT_PX
        } else {
            (SLIDE_TEXT_PX * page.width_px.max(page.height_px) / SLIDE_WIDTH_PX).max(PRINT_TEXT_PX)
        };
        // A large sheet is read from farther away.
        let grow = (page.width_px.min(page.height_px) / 793.6).clamp(1.0, 1.35);
        let note = if min > PRINT_TEXT_PX { min } else { min * grow };
        Self {
            note,
            legend: note * 1.02,
            label: note * 0.98_f32.max(min / note),
            title: note * 1.75,
            marking: note.max(MARKING_TEXT_PX),
            ink_scale: (note / PRINT_TEXT_PX).powf(0.6),
            min,
        }
    }
}

struct Layout {
    body: SceneRect,
    legend_at: SceneRect,
    legend_form: LegendForm,
    notes_at: SceneRect,
}

/// A finished page: title, map, legend, scale, sources, notes, dates and marking.
///
/// # Errors
/// When the basemap is damaged.
pub fn compose_figure(input: &FigureInput<'_>) -> Result<Scene, BasemapError> {
    let sizes = Sizes::of(input.figure);
    let colors = MapColors::of(input.style.theme);
    let page = SceneRect::new(0.0, 0.0, input.figure.page.width_px, input.figure.page.height_px);
    let compared = page_compare::comparison(input);
    // Side by side, the first map is that of the earlier period.
    let first = match compared.as_ref().filter(|compared| compared.comparison.form == CompareForm::SideBySide) {
        Some(compared) => FigureInput { matches: &compared.periods[0].matches, ..*input },
        None => *input,
    };
    let mut data = FigureData::new(&first, sizes.ink_scale, compared.as_ref())?;
    let mut furniture = ScreenSet::default();
    let halves_of = |body: SceneRect| Halves::new(compared.as_ref(), body.width, sizes.legend, colors);
    let body_of = |body: SceneRect| halves_of(body).map_or(body, |halves| halves.bodies(body)[0]);
    let view = if input.figure.furniture {
        let head = Head::new(input, &sizes, colors, page);
        let view_of = |layout: &Layout| fitted(input, body_of(layout.body));
        let mut legend_of = |layout: &Layout| {
            let view = view_of(layout);
            let plane_view = view.on(body_of(layout.body));
            let mut legend = legend(&data.layers(&first, &plane_view), data.map.classes(), input.style, &plane_view, sizes.ink_scale);
            compared.iter().for_each(|compared| legend.name_periods(compared));
            legend
        };
        // The notes and a legend below the map decide how large the map is, and the map decides what they must say: twice is enough,
        // since only the height changes.
        let notes_for = |view: Option<&PlaneView>| Notes::new(input, compared.as_ref(), &sizes, colors, page, view);
        let mut layout = arrange(input, &sizes, page, &head, &notes_for(None), None);
        for _ in 0..2 {
            let footnotes = notes_for(Some(&view_of(&layout).on(body_of(layout.body))));
            layout = arrange(input, &sizes, page, &head, &footnotes, Some(&legend_of(&layout)));
        }
        let view = view_of(&layout);
        let body = body_of(layout.body);
        let footnotes = notes_for(Some(&view.on(body)));
        head.draw(&mut furniture, input, &sizes, page);
        frame(&mut furniture, body, colors);
        if let Some(halves) = halves_of(layout.body) {
            halves.draw(&mut furniture, layout.body);
            frame(&mut furniture, halves.bodies(layout.body)[1], colors);
        }
        let least = (sizes.legend, PRINT_TEXT_PX.min(sizes.min));
        let (words, columns) = layout.legend_form.words(&legend_of(&layout));
        let layers = data.layers(&first, &view.on(body));
        let at = layout.legend_at;
        LegendBlock::fitting(&words, at.width, columns, least, at.height).draw(
            &mut furniture,
            layout.legend_at.x,
            layout.legend_at.y,
            colors,
        );
        let edge = sizes.note * 0.5;
        let mut reserved = vec![quiet_scale_bar(&mut furniture, &view, &layers, (body, edge), sizes.note, colors)];
        reserved.extend(quiet_inset(&mut furniture, input, &view.on(body), &layers, (reserved[0].grown(edge), edge), sizes.ink_scale)?);
        footnotes.draw(&mut furniture, input, &sizes, layout.notes_at, page);
        (view, layout.body, reserved)
    } else {
        (fitted(input, body_of(page)), page, Vec::new())
    };
    let (map_view, room, reserved) = view;
    let body = map_body(&first, &mut data, &map_view.on(body_of(room)), &sizes, &reserved)?;
    let beside = match (halves_of(room), &compared) {
        (Some(halves), Some(compared)) => {
            let second = FigureInput { matches: &compared.periods[1].matches, ..*input };
            let mut data = FigureData::new(&second, sizes.ink_scale, Some(compared))?;
            Some(map_body(&second, &mut data, &map_view.on(halves.bodies(room)[1]), &sizes, &[])?)
        }
        _ => None,
    };
    Ok(Scene {
        width: page.width,
        height: page.height,
        background: colors.paper,
        title: input.figure.title.clone(),
        view: body.view,
        map_background: colors.beyond_world,
        world: body.world,
        overlay: body.overlay,
        beside,
        furniture,
    })
}

/// One map with its names; `reserved` is kept free of them.
fn map_body(
    input: &FigureInput<'_>,
    data: &mut FigureData,
    view: &PlaneView,
    sizes: &Sizes,
    reserved: &[SceneRect],
) -> Result<MapBody, BasemapError> {
    let map_view = MapView::new(input.projection, view.center, view.resolution_m_per_px);
    let layers = data.layers(input, view);
    let level = detail_for(map_view.resolution_m_per_px / f64::from(input.figure.page.scale()));
    let mut world = Vec::new();
    if let Some(basemap) = input.basemap {
        world.push(ground_layer(input.projection, input.style, map_view.resolution_m_per_px, sizes.ink_scale));
        world.push(land_layer(basemap, level, input.projection, input.style, sizes.ink_scale)?);
    }
    let names = input.basemap.map(PlacedLabels::new);
    let overlay = scaled_overlay(
        &OverlayInput {
            dataset: input.dataset,
            links: input.links,
            layers: &layers,
            view,
            projection: input.projection,
            style: input.style,
            selection: input.selection,
            hovered: None,
            labels: names.as_ref(),
            index: None,
        },
        &OverlayScale { label_px: sizes.label, ink_scale: sizes.ink_scale, reserved, is_still: true },
    );
    world.extend(layers);
    Ok(MapBody { view: *view, world, overlay })
}

/// The data layers of a figure, for the resolutions that are tried until the page is laid out.
struct FigureData {
    map: DataMap,
    country_areas: Option<WorldLayer>,
    linked: BTreeSet<FeatureRef>,
    /// What a difference map shows instead of the records.
    changes: Option<(Vec<WorldLayer>, Arc<Matches>)>,
    ink_scale: f32,
}

impl FigureData {
    fn new(input: &FigureInput<'_>, ink_scale: f32, compared: Option<&Compared>) -> Result<Self, BasemapError> {
        let changes = compared.filter(|compared| compared.comparison.form == CompareForm::Difference).map(|compared| {
            let layers = difference_layers(input.dataset, compared, input.projection, input.style, ink_scale);
            (layers, compared.any_time.clone())
        });
        let passes = |feature: FeatureRef| input.matches.passes(feature);
        let country_areas = match input.basemap {
            Some(basemap) if changes.is_none() => {
                CountryAreas::new(input.dataset, input.projection).layer(basemap, input.style, &passes)?
            }
            _ => None,
        };
        let related = input.selection.iter().flat_map(|feature| input.links.related(*feature));
        let linked = related.map(|(_, linked)| linked).collect();
        Ok(Self { map: DataMap::new(input.dataset, input.links, input.projection), country_areas, linked, changes, ink_scale })
    }

    /// The layers with their states; pale items lie below all others.
    fn layers(&mut self, input: &FigureInput<'_>, shown: &PlaneView) -> Vec<WorldLayer> {
        let FigureInput { dataset, links, matches, style, .. } = *input;
        let resolution_m_per_px = shown.resolution_m_per_px;
        let view = DataView { dataset, links, matches, style, resolution_m_per_px, ink_scale: self.ink_scale };
        let matches = self.changes.as_ref().map_or(matches, |(_, any_time)| any_time);
        let passes = |feature: FeatureRef| matches.passes(feature);
        let emphasis = Emphasis { passes: &passes, selection: input.selection, linked: &self.linked, hovered: None };
        if let Some((changes, _)) = &self.changes {
            return drawn_layers(changes, &emphasis);
        }
        let marked = drawn_layers(&self.map.layers_around(&view, &shown.plane_box(0.0)), &emphasis);
        self.country_areas.iter().cloned().chain(marked).collect()
    }
}

fn fitted(input: &FigureInput<'_>, body: SceneRect) -> MapView {
    match input.area {
        FigureArea::Extent(extent) => MapView::fitting_extent(input.projection, extent, body.width, body.height, 0.0),
        FigureArea::Plane(plane_box) => MapView::fitting_box(input.projection, plane_box, body.width, body.height, 0.0),
    }
}

const fn is_tall(page: SceneRect) -> bool {
    page.height > page.width
}

fn margin(page: SceneRect) -> f32 {
    // A small picture cannot spare 10 mm on every side.
    MARGIN_PX.min(page.width.min(page.height) * 0.05)
}

fn arrange(input: &FigureInput<'_>, sizes: &Sizes, page: SceneRect, head: &Head, notes: &Notes, found: Option<&Legend>) -> Layout {
    let margin = margin(page);
    let gap = sizes.note * 0.9;
    let inner = page.grown(-margin);
    let top = inner.y + head.height + gap * 0.6;
    let notes_height = notes.height(input, sizes);
    let bottom = inner.bottom() - notes_height - gap * 0.6;
    let notes_at = SceneRect::new(inner.x, inner.bottom() - notes_height, inner.width, notes_height);
    if is_tall(page) {
        let height = found.map_or(0.0, |legend| LegendBlock::new(legend, inner.width, 3, sizes.legend).height()).min(page.height * 0.3);
        let legend_at = SceneRect::new(inner.x, bottom - height, inner.width, height);
        let body = SceneRect::new(inner.x, top, inner.width, (legend_at.y - gap * 0.6 - top).max(16.0));
        return Layout { body, legend_at, legend_form: LegendForm::Below, notes_at };
    }
    let height = (bottom - top).max(16.0);
    let legend_form = found.map_or(LegendForm::Beside, |legend| LegendForm::beside(legend, page, sizes.legend, height));
    let width = legend_form.width(page, sizes.legend);
    let legend_at = SceneRect::new(inner.right() - width, top, width, height);
    // Without a row there is no column to keep free.
    let taken = if found.is_some_and(|legend| legend.sections.is_empty()) { 0.0 } else { width + gap };
    let body = SceneRect::new(inner.x, top, (inner.width - taken).max(16.0), height);
    Layout { body, legend_at, legend_form, notes_at }
}

fn frame(set: &mut ScreenSet, body: SceneRect, colors: &MapColors) {
    let paint = Paint::stroke(Stroke::solid(colors.neatline, 1.0));
    set.push("neatline", Primitive::Rect { rect: body, corner_radius: 0.0, paint });
}

/// Title, subtitle and the upper marking.
struct Head {
    title: TextBlock,
    subtitle: TextBlock,
    height: f32,
}

impl Head {
    fn new(input: &FigureInput<'_>, sizes: &Sizes, colors: &MapColors, page: SceneRect) -> Self {
        let inner = page.width - 2.0 * margin(page);
        let (marking_width, marking_height) = input.figure.marking.map_or((0.0, 0.0), |marking| marking_size(marking, sizes.marking));
        let room = (inner - marking_width - sizes.note).max(sizes.title * 4.0);
        let shrink = (sizes.title, sizes.note * 1.15);
        let title = TextBlock::shrunk(input.figure.title.trim(), FontFace::SemiBold, shrink, colors.ink, room, 2);
        let subtitle = TextBlock::wrapped(input.figure.subtitle.trim(), FontFace::Regular, sizes.note * 1.12, colors.muted_ink, room);
        let height = (title.height() + subtitle.height()).max(marking_height);
        Self { title, subtitle, height }
    }

    fn draw(&self, set: &mut ScreenSet, input: &FigureInput<'_>, sizes: &Sizes, page: SceneRect) {
        let margin = margin(page);
        let below = self.title.draw(set, "title", margin, margin);
        self.subtitle.draw(set, "title", margin, below);
        if let Some(marking) = input.figure.marking {
            marking_box(set, marking, sizes.marking, page.width - margin, margin);
        }
    }
}

/// The paragraphs below the map, the date line and the lower marking.
struct Notes {
    blocks: Vec<TextBlock>,
    dates: TextBlock,
}

impl Notes {
    /// The notes for a view; without one, those that are always due.
    fn new(
        input: &FigureInput<'_>,
        compared: Option<&Compared>,
        sizes: &Sizes,
        colors: &MapColors,
        page: SceneRect,
        view: Option<&PlaneView>,
    ) -> Self {
        let width = page.width - 2.0 * margin(page);
        let kosovo = view.is_some_and(|view| {
            let at = view.scene_from_projected(input.projection.project(KOSOVO));
            view.frame.contains(at)
        });
        let mut shown = notes::shown_text(input.dataset, input.matches, input.filter, input.style);
        if let Some(highlighted) = notes::highlighted_text(input.dataset, input.selection) {
            shown = format!("{shown}; {highlighted}");
        }
        if let Some(compared) = compared {
            let events = compared.periods.iter().map(|period| period.totals.events).sum();
            shown = format!("{shown}. Compared: {}", difference_note(compared, events));
        }
        let sources = notes::source_text(input.dataset, input.matches, input.style);
        let blocks = notes::paragraphs((&shown, &sources), input.figure, input.style, kosovo, input.basemap.is_some())
            .iter()
            .map(|paragraph| TextBlock::wrapped(paragraph, FontFace::Regular, sizes.note, colors.muted_ink, width))
            .collect();
        let marking_width = input.figure.marking.map_or(0.0, |marking| marking_size(marking, sizes.marking).0 + sizes.note);
        let as_of =
            notes::data_as_of(input.dataset).map_or_else(|| "Data undated".to_owned(), |date| format!("Data as of {}", date.for_people()));
        let line = format!(
            "{as_of}; figure made {} with Sealane {}. Projection: {}.",
            input.made_on.for_people(),
            input.version,
            input.projection.kind.label()
        );
        let dates = TextBlock::wrapped(&line, FontFace::Regular, sizes.note, colors.muted_ink, width - marking_width);
        Self { blocks, dates }
    }

    fn last_row_height(&self, input: &FigureInput<'_>, sizes: &Sizes) -> f32 {
        self.dates.height().max(input.figure.marking.map_or(0.0, |marking| marking_size(marking, sizes.marking).1))
    }

    fn height(&self, input: &FigureInput<'_>, sizes: &Sizes) -> f32 {
        let blocks: f32 = self.blocks.iter().map(TextBlock::height).sum();
        blocks + sizes.note * 0.3 + self.last_row_height(input, sizes)
    }

    fn draw(&self, set: &mut ScreenSet, input: &FigureInput<'_>, sizes: &Sizes, at: SceneRect, page: SceneRect) {
        let mut y = at.y;
        for block in &self.blocks {
            y = block.draw(set, "notes", at.x, y);
        }
        y += sizes.note * 0.3;
        let row = self.last_row_height(input, sizes);
        let mut line_y = y + row - self.dates.height();
        for line in &self.dates.lines {
            let position = ScenePoint::new(at.x, line_y + sizes.note * 1.02);
            text(set, "notes", line, (self.dates.face, self.dates.size, self.dates.color), position, TextAnchor::Start);
            line_y += sizes.note * LEADING;
        }
        if let Some(marking) = input.figure.marking {
            let (_, height) = marking_size(marking, sizes.marking);
            marking_box(set, marking, sizes.marking, page.width - margin(page), y + row - height);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::evaluate;
    use crate::cartography::test_data::small_dataset;
    use crate::cartography::{Marking, NamedExtent, PageSize};
    use crate::typography;

    fn compose(figure: &FigureSpec, area: NamedExtent) -> Scene {
        let dataset = small_dataset();
        let links = Links::new(&dataset);
        let filter = Filter::default();
        let matches = evaluate(&dataset, &links, &filter);
        compose_figure(&FigureInput {
            dataset: &dataset,
            links: &links,
            filter: &filter,
            matches: &matches,
            basemap: None,
            projection: MapProjection::default(),
            area: FigureArea::Extent(area.extent()),
            style: &MapStyle::default(),
            figure,
            selection: &BTreeSet::new(),
            made_on: PartialDate::new(2023, Some(5), Some(5)).expect("valid"),
            version: "0.0.0",
        })
        .expect("no basemap to be damaged")
    }

    fn texts(scene: &Scene) -> String {
        let runs = scene
            .furniture
            .items
            .iter()
            .filter_map(|item| if let Primitive::Text(run) = &item.primitive { Some(&*run.text) } else { None });
        runs.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn nothing_leaves_the_page_and_no_text_is_too_small() {
        for (key, _, page) in PageSize::NAMED {
            let title = "A long title that says what is shown, where, when and according to whom, so that it must wrap".to_owned();
            let figure =
                FigureSpec {
                    page, title, subtitle: "2019–2021".to_owned(), marking: Some(Marking::AmberStrict), ..FigureSpec::default()
                };
            let scene = compose(&figure, NamedExtent::Atlantic);
            let min = if page.dpi >= 200.0 { PRINT_TEXT_PX } else { SLIDE_TEXT_PX };
            for item in &scene.furniture.items {
                let Primitive::Text(run) = &item.primitive else { continue };
                let width = typography::run_width(run);
                let left = run.position.x + typography::start_offset(run.anchor, width);
                assert!(left >= 0.0 && left + width <= scene.width && run.position.y < scene.height, "{key}: {}", run.text);
                assert!(run.size >= min - 0.01, "{key}: {} px {}", run.size, run.text);
            }
            assert!(
                scene.view.frame.width > scene.width * 0.45 && scene.view.frame.height > scene.height * 0.3,
                "{key} {:?}",
                scene.view.frame
            );
        }
    }

    #[test]
    fn the_marking_stands_in_header_and_footer() {
        let scene = compose(&FigureSpec { marking: Some(Marking::Red), ..FigureSpec::default() }, NamedExtent::Balkans);
        let marks: Vec<_> = scene
            .furniture
            .items
            .iter()
            .filter_map(|item| if let Primitive::Text(run) = &item.primitive { Some(run) } else { None })
            .filter(|run| run.text == "TLP:RED")
            .collect();
        assert_eq!(marks.len(), 2);
        assert!(marks[0].position.y < scene.height * 0.2 && marks[1].position.y > scene.height * 0.8);
        assert!(marks.iter().all(|run| run.size >= MARKING_TEXT_PX && run.anchor == TextAnchor::End));
    }

    #[test]
    fn notes_follow_the_view() {
        let balkans = texts(&compose(&FigureSpec::default(), NamedExtent::Balkans));
        assert!(balkans.contains("resolution 1244 (1999)") && balkans.contains("figure made 5 May 2023"), "{balkans}");
        let bare = compose(&FigureSpec { furniture: false, ..FigureSpec::default() }, NamedExtent::Balkans);
        assert!(bare.furniture.items.is_empty());
        assert_eq!(bare.view.frame.width, bare.width);
    }
}
