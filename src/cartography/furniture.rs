//! Parts around the map body: text blocks, scale bar, marking, legend. Everything is measured, nothing is cut.

use super::legend::{Legend, LegendRow, LegendSample};
use super::{MapColors, MapStyle, MapView, Marking};
use crate::geodesy::{LonLat, MapProjection};
use crate::scene::{Color, FontFace, Paint, PlaneView, Primitive, ScenePoint, SceneRect, ScreenSet, Stroke, TextAnchor, TextRun};
use crate::typography;

/// Metres in one international nautical mile (exact; BIPM, *The International System of Units*, 9th ed., table 8).
const M_PER_NM: f64 = 1_852.0;
/// How far legend text may shrink below its smallest size before rows are let run over.
const LAST_RESORT: f32 = 0.6;
/// Height of a legend row with one line as a share of the em size.
const ROW_EM: f32 = 1.2;
/// Gap between sections of a legend as a share of the em size.
const SECTION_GAP_EM: f32 = 0.42;
/// Line distance as a share of the em size.
pub(super) const LEADING: f32 = 1.34;

/// Text of one look, broken into lines.
#[derive(Clone, Debug)]
pub(super) struct TextBlock {
    pub(super) lines: Vec<String>,
    pub(super) face: FontFace,
    pub(super) size: f32,
    pub(super) color: Color,
}

impl TextBlock {
    /// Wrapped to a width in CSS pixels.
    pub(super) fn wrapped(text: &str, face: FontFace, size: f32, color: Color, width: f32) -> Self {
        Self { lines: typography::break_lines(text, face, size, width), face, size, color }
    }

    /// Wrapped to at most `max_lines`: the size shrinks to no less than `min_size` first, then there are more lines.
    pub(super) fn shrunk(text: &str, face: FontFace, sizes: (f32, f32), color: Color, width: f32, max_lines: usize) -> Self {
        let (mut size, min_size) = sizes;
        loop {
            let block = Self::wrapped(text, face, size, color, width);
            if block.lines.len() <= max_lines || size <= min_size {
                return block;
            }
            size = (size * 0.94).max(min_size);
        }
    }

    pub(super) fn height(&self) -> f32 {
        self.lines.len() as f32 * self.size * LEADING
    }

    /// Draws the lines below `y` and returns the bottom edge.
    pub(super) fn draw(&self, set: &mut ScreenSet, role: &'static str, x: f32, y: f32) -> f32 {
        for (index, line) in self.lines.iter().enumerate() {
            let baseline = y + self.size * (index as f32 * LEADING + 1.02);
            text(set, role, line, (self.face, self.size, self.color), ScenePoint::new(x, baseline), TextAnchor::Start);
        }
        y + self.height()
    }
}

/// Adds one line of text without a halo; `position` is on the baseline.
pub(super) fn text(
    set: &mut ScreenSet,
    role: &'static str,
    words: &str,
    (face, size, color): (FontFace, f32, Color),
    position: ScenePoint,
    anchor: TextAnchor,
) {
    if words.is_empty() {
        return;
    }
    let run = TextRun { text: words.to_owned(), face, size, letter_spacing: 0.0, color, halo: None, position, anchor, angle_deg: 0.0 };
    set.push(role, Primitive::Text(run));
}

/// Width and height in CSS pixels of the black box of a marking.
pub(super) fn marking_size(marking: Marking, size: f32) -> (f32, f32) {
    (typography::measure(marking.label(), FontFace::SemiBold, size).width + size * 0.9, size * 1.55)
}

/// The marking in its color on black, its right edge at `right`.
pub(super) fn marking_box(set: &mut ScreenSet, marking: Marking, size: f32, right: f32, y: f32) {
    let (width, height) = marking_size(marking, size);
    let rect = SceneRect::new(right - width, y, width, height);
    set.push("marking", Primitive::Rect { rect, corner_radius: 0.0, paint: Paint::fill(Color::hex(0)) });
    let position = ScenePoint::new(right - size * 0.45, y + height / 2.0 + size * 0.36);
    let look = (FontFace::SemiBold, size, Color::hex(marking.rgb_on_black()));
    text(set, "marking", marking.label(), look, position, TextAnchor::End);
}

/// The largest of 1, 2, 5 × 10ⁿ that is not above `limit`; `limit` itself when it is not a positive number.
pub(super) fn round_below(limit: f64) -> f64 {
    if !limit.is_finite() || limit <= 0.0 {
        return limit;
    }
    let power = 10_f64.powf(limit.log10().floor());
    [5.0, 2.0, 1.0].into_iter().map(|step| step * power).find(|value| *value <= limit * 1.000_001).unwrap_or(power)
}

fn with_unit(value: f64, unit: &str) -> String {
    if value < 1.0 { format!("{value:.2}\u{a0}{unit}") } else { format!("{}\u{a0}{unit}", super::words::grouped(value)) }
}

/// Kilometres and nautical miles, true along the parallel at the middle of the map, in a box with its lower left corner there.
/// Returns that box.
pub(super) fn scale_bar(set: &mut ScreenSet, view: &MapView, left: f32, bottom: f32, size: f32, colors: &MapColors) -> SceneRect {
    let ground_m_per_px = ground_m_per_px(view);
    let longest_m = f64::from(size * 8.0) * ground_m_per_px;
    let km = round_below(longest_m / 1_000.0);
    let nm = round_below(longest_m / M_PER_NM);
    let bars = [(km * 1_000.0, with_unit(km, "km")), (nm * M_PER_NM, with_unit(nm, "nm"))];
    let note = "True at the map center";
    let bar_px = |length_m: f64| (length_m / ground_m_per_px) as f32;
    let widest = bars.iter().map(|(m, label)| bar_px(*m) + size * 0.5 + typography::measure(label, FontFace::Regular, size).width);
    let width = widest.fold(typography::measure(note, FontFace::Regular, size).width, f32::max) + size;
    let row = size * 1.35;
    let height = row * 3.0 + size * 0.6;
    let box_at = SceneRect::new(left, bottom - height, width, height);
    let paint = Paint { fill: Some(colors.paper.faded(0.88)), stroke: None };
    set.push("scale", Primitive::Rect { rect: box_at, corner_radius: 2.0, paint });
    let x = left + size * 0.5;
    for (index, (length_m, label)) in bars.iter().enumerate() {
        let y = box_at.y + size * 0.3 + row * (index as f32 + 0.5);
        let (length, thick) = (bar_px(*length_m), size * 0.28);
        let outline = Paint { fill: Some(colors.paper), stroke: Some(Stroke::solid(colors.ink, 0.9)) };
        let whole = SceneRect::new(x, y - thick / 2.0, length, thick);
        set.push("scale", Primitive::Rect { rect: whole, corner_radius: 0.0, paint: outline });
        let half = SceneRect { width: length / 2.0, ..whole };
        set.push("scale", Primitive::Rect { rect: half, corner_radius: 0.0, paint: Paint::fill(colors.ink) });
        let position = ScenePoint::new(x + length + size * 0.5, y + size * 0.36);
        text(set, "scale", label, (FontFace::Regular, size, colors.ink), position, TextAnchor::Start);
    }
    let position = ScenePoint::new(x, box_at.y + size * 0.3 + row * 2.5 + size * 0.36);
    text(set, "scale", note, (FontFace::Regular, size, colors.muted_ink), position, TextAnchor::Start);
    box_at
}

/// The scale bar of the window, in kilometres along the parallel at the middle of the view: 34 CSS pixels high with its upper left
/// corner at the origin.
pub fn screen_scale_bar(view: &PlaneView, projection: MapProjection, style: &MapStyle) -> ScreenSet {
    const TEXT_PX: f32 = 11.0;
    let colors = MapColors::of(style.theme);
    let map_view = MapView::new(projection, view.center, view.resolution_m_per_px);
    let ground_m_per_px = ground_m_per_px(&map_view);
    let km = round_below(f64::from(TEXT_PX * 12.0) * ground_m_per_px / 1_000.0);
    let length = (km * 1_000.0 / ground_m_per_px) as f32;
    let label = with_unit(km, "km");
    let width = length.max(typography::measure(&label, FontFace::Regular, TEXT_PX).width) + 12.0;
    let mut set = ScreenSet::default();
    let ground = SceneRect::new(0.0, 4.0, width, 26.0);
    set.push("scale", Primitive::Rect { rect: ground, corner_radius: 3.0, paint: Paint::fill(colors.paper.faded(0.8)) });
    text(&mut set, "scale", &label, (FontFace::Regular, TEXT_PX, colors.ink), ScenePoint::new(6.0, 17.0), TextAnchor::Start);
    let points = [(6.0, 20.0), (6.0, 25.0), (6.0 + length, 25.0), (6.0 + length, 20.0)].map(|(x, y)| ScenePoint::new(x, y)).to_vec();
    set.push("scale", Primitive::Polyline { points, stroke: Stroke::solid(colors.ink, 1.3) });
    set
}

/// Metres on the ground for one CSS pixel along the parallel at the middle of the view.
fn ground_m_per_px(view: &MapView) -> f64 {
    let middle = view.center_lon_lat().unwrap_or(LonLat::new(view.projection.central_meridian_deg, 0.0));
    view.resolution_m_per_px / view.projection.scale_factor(middle)
}

/// A legend laid out at one text size: heights are known before anything is drawn.
#[derive(Debug)]
pub(super) struct LegendBlock {
    columns: Vec<Vec<LaidSection>>,
    column_width: f32,
    size: f32,
}

#[derive(Debug)]
struct LaidSection {
    title: Vec<String>,
    rows: Vec<LaidRow>,
}

#[derive(Debug)]
struct LaidRow {
    /// Offset from the left of the column and width of the words.
    x: f32,
    /// Whether the next row stands beside this one.
    shares_line: bool,
    sample: LegendSample,
    pale: bool,
    lines: Vec<String>,
    height: f32,
}

impl LegendBlock {
    /// Lays the sections out in `columns` columns over `width` CSS pixels.
    pub(super) fn new(legend: &Legend, width: f32, columns: usize, size: f32) -> Self {
        let columns = columns.clamp(1, legend.sections.len().max(1));
        let gap = size * 1.4;
        let column_width = (width - gap * (columns as f32 - 1.0)) / columns as f32;
        let mut laid: Vec<Vec<LaidSection>> = (0..columns).map(|_| Vec::new()).collect();
        let sections: Vec<LaidSection> = legend
            .sections
            .iter()
            .map(|section| LaidSection {
                title: typography::break_lines(&section.title, FontFace::SemiBold, size, column_width),
                rows: laid_rows(&section.rows, column_width, size),
            })
            .collect();
        let heights: Vec<f32> = sections.iter().map(|section| section.height(size)).collect();
        for (section, column) in sections.into_iter().zip(columns_for(&heights, columns)) {
            laid[column].push(section);
        }
        Self { columns: laid, column_width, size }
    }

    /// The layout with the largest text that fits the height, in one of these numbers of columns. Text smaller than `min_size` is the
    /// last resort where rows would otherwise run over what lies below.
    pub(super) fn fitting(legend: &Legend, width: f32, columns: &[usize], sizes: (f32, f32), height: f32) -> Self {
        let (mut size, min_size) = sizes;
        loop {
            let fits = |block: &Self| block.height() <= height;
            let found = columns.iter().map(|count| Self::new(legend, width, *count, size)).find(fits);
            match found {
                Some(block) => return block,
                None if size <= min_size * LAST_RESORT => return Self::new(legend, width, columns.last().copied().unwrap_or(1), size),
                None => size *= 0.985,
            }
        }
    }

    /// Height in CSS pixels.
    pub(super) fn height(&self) -> f32 {
        let column = |column: &Vec<LaidSection>| column.iter().map(|section| section.height(self.size)).sum::<f32>();
        // Below the last section no gap is needed.
        (self.columns.iter().map(column).fold(0.0, f32::max) - self.size * SECTION_GAP_EM).max(0.0)
    }

    /// Draws the legend with its top left corner there.
    pub(super) fn draw(&self, set: &mut ScreenSet, left: f32, top: f32, colors: &MapColors) {
        for (index, column) in self.columns.iter().enumerate() {
            let x = left + index as f32 * (self.column_width + self.size * 1.4);
            let mut y = top;
            for section in column {
                for line in &section.title {
                    y += self.size * LEADING;
                    let position = ScenePoint::new(x, y - self.size * 0.3);
                    text(set, "legend", line, (FontFace::SemiBold, self.size, colors.ink), position, TextAnchor::Start);
                }
                y += self.size * 0.2;
                for row in &section.rows {
                    row.draw(set, x, y, self.size, colors);
                    y += if row.shares_line { 0.0 } else { row.height };
                }
                y += self.size * SECTION_GAP_EM;
            }
        }
    }
}

/// The column of each section. Two columns are made as even as they can be; of more, the first sections take one each and the rest
/// stand wherever there is most room.
fn columns_for(heights: &[f32], columns: usize) -> Vec<usize> {
    if columns == 2 && heights.len() <= 10 {
        let right = |mask: usize| (0..heights.len()).map(move |at| (mask >> at) & 1);
        let tallest = |mask: usize| {
            let sum = |side: usize| right(mask).zip(heights).filter(|(column, _)| *column == side).map(|(_, height)| height).sum::<f32>();
            sum(0).max(sum(1))
        };
        // The first section always stands on the left: its bit is not set.
        let best = (0..1_usize << heights.len()).step_by(2).min_by(|a, b| tallest(*a).total_cmp(&tallest(*b)));
        return right(best.unwrap_or(0)).collect();
    }
    let mut filled = vec![0.0_f32; columns];
    let mut places = Vec::with_capacity(heights.len());
    for (index, height) in heights.iter().enumerate() {
        let shortest = filled.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(at, _)| at);
        let column = if index < columns { index } else { shortest };
        filled[column] += height;
        places.push(column);
    }
    places
}

fn sample_width(size: f32) -> f32 {
    size * 2.5
}

fn laid_rows(rows: &[LegendRow], width: f32, size: f32) -> Vec<LaidRow> {
    let indent = sample_width(size) + size * 0.5;
    let half = width / 2.0;
    // Only the steps of one scale stand side by side: rows that mean different things read better below one another.
    let alike = |a: &LegendRow, b: &LegendRow| match (a.sample, b.sample) {
        (LegendSample::Symbol { paint: one, size_px: small, .. }, LegendSample::Symbol { paint: other, size_px: large, .. }) => {
            one == other && small != large
        }
        _ => false,
    };
    let words_width = |row: &LegendRow| typography::measure(&row.label, FontFace::Regular, size).width;
    let mut laid = Vec::with_capacity(rows.len());
    let mut second = false;
    for (index, row) in rows.iter().enumerate() {
        let fits_half = |row: &LegendRow| words_width(row) + indent < half - size * 0.3 && tall(row, size) <= size * 3.2;
        let pairs = !second && fits_half(row) && rows.get(index + 1).is_some_and(|next| fits_half(next) && alike(row, next));
        let available = if pairs || second { half - indent } else { width - indent };
        let lines = typography::break_lines(&row.label, FontFace::Regular, size, available.max(size));
        let mut height = (lines.len() as f32 * size * 1.2 + size * (ROW_EM - 1.2)).max(tall(row, size));
        // Two that share a line stand at the same height.
        if let (true, Some(LaidRow { height: before, .. })) = (second, laid.last_mut()) {
            height = height.max(*before);
            *before = height;
        }
        laid.push(LaidRow { x: if second { half } else { 0.0 }, shares_line: pairs, sample: row.sample, pale: row.pale, lines, height });
        second = pairs;
    }
    laid
}

/// Height that the sample needs.
fn tall(row: &LegendRow, size: f32) -> f32 {
    if let LegendSample::Symbol { size_px, .. } = row.sample { (size_px + size * 0.3).max(size * ROW_EM) } else { size * ROW_EM }
}

impl LaidSection {
    fn height(&self, size: f32) -> f32 {
        let rows: f32 = self.rows.iter().filter(|row| !row.shares_line).map(|row| row.height).sum();
        self.title.len() as f32 * size * LEADING + size * (0.2 + SECTION_GAP_EM) + rows
    }
}

impl LaidRow {
    fn draw(&self, set: &mut ScreenSet, column_x: f32, y: f32, size: f32, colors: &MapColors) {
        let x = column_x + self.x;
        let width = sample_width(size);
        let middle = y + self.height / 2.0;
        match self.sample {
            LegendSample::Line(stroke) => {
                let end = ScenePoint::new(x + width, middle);
                set.push("legend", Primitive::Polyline { points: vec![ScenePoint::new(x, middle), end], stroke });
            }
            LegendSample::Symbol { shape, size_px, paint } => {
                let center = ScenePoint::new(x + width / 2.0, middle);
                set.push("legend", shape.primitive(center, size_px, paint));
            }
            LegendSample::LineAndSymbol(stroke, shape, paint) => {
                let end = ScenePoint::new(x + width, middle);
                set.push("legend", Primitive::Polyline { points: vec![ScenePoint::new(x, middle), end], stroke });
                set.push("legend", shape.primitive(ScenePoint::new(x + width / 2.0, middle), size * 0.72, paint));
            }
            LegendSample::Swatch(paint) => {
                let rect = SceneRect::new(x + size * 0.3, middle - size * 0.42, width - size * 0.6, size * 0.84);
                set.push("legend", Primitive::Rect { rect, corner_radius: 0.0, paint });
            }
        }
        let reach = if let LegendSample::Symbol { size_px, .. } = self.sample { (width + size_px) / 2.0 } else { width };
        let words_x = x + width.max(reach) + size * 0.5;
        let step = size * 1.2;
        let first = middle - step * (self.lines.len() as f32 - 1.0) / 2.0 + size * 0.36;
        for (index, line) in self.lines.iter().enumerate() {
            let position = ScenePoint::new(words_x, first + step * index as f32);
            let ink = if self.pale { colors.muted_ink.faded(0.75) } else { colors.ink };
            text(set, "legend", line, (FontFace::Regular, size, ink), position, TextAnchor::Start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::legend::LegendSection;

    #[test]
    fn bars_have_round_lengths() {
        for (limit, round) in [(1_234.0, 1_000.0), (999.0, 500.0), (0.3, 0.2), (50.0, 50.0), (2.0, 2.0)] {
            assert!((round_below(limit) - round).abs() < 1e-9, "{limit}");
        }
    }

    #[test]
    fn the_scale_bar_is_as_long_as_it_says() {
        // 1 km on the ground a pixel at the equator: 100 km are 100 px.
        let projection = MapProjection::new(crate::geodesy::ProjectionKind::Mercator, 0.0);
        let view = PlaneView { center: crate::geodesy::Projected::default(), resolution_m_per_px: 1_000.0, frame: SceneRect::default() };
        let set = screen_scale_bar(&view, projection, &MapStyle::default());
        let bar = set
            .items
            .iter()
            .find_map(|item| if let Primitive::Polyline { points, .. } = &item.primitive { Some(points.clone()) } else { None });
        let bar = bar.expect("a bar");
        assert!((bar[3].x - bar[0].x - 100.0).abs() < 0.1, "{bar:?}");
    }

    #[test]
    fn a_long_title_shrinks_then_wraps_and_keeps_every_word() {
        let title =
            "Reported maritime corridors from the ports of Latin America to the Adriatic, Aegean and Black Sea coasts of the Balkans";
        let block = TextBlock::shrunk(title, FontFace::SemiBold, (32.0, 20.0), Color::hex(0), 420.0, 2);
        assert_eq!(block.lines.join(" "), title);
        assert!(block.size < 32.0);
        assert!(block.lines.iter().all(|line| typography::measure(line, FontFace::SemiBold, block.size).width <= 420.0));
    }

    #[test]
    fn a_legend_fits_the_height_it_is_given() {
        let row = |label: &str| LegendRow::new(LegendSample::Line(Stroke::solid(Color::hex(0), 1.0)), label);
        let section = LegendSection {
            title: "Corridors".to_owned(),
            rows: (0..14).map(|i| row(&format!("Some class number {i}"))).collect(),
            is_about_filter: false,
        };
        let legend = Legend { sections: vec![section] };
        let natural = LegendBlock::new(&legend, 200.0, 1, 18.0).height();
        let block = LegendBlock::fitting(&legend, 200.0, &[1], (18.0, 8.0), natural * 0.7);
        assert!(block.height() <= natural * 0.7);
        let mut set = ScreenSet::default();
        block.draw(&mut set, 0.0, 0.0, MapColors::of(crate::cartography::MapTheme::Light));
        for item in &set.items {
            if let Primitive::Text(run) = &item.primitive {
                assert!(run.position.x + typography::run_width(run) <= 201.0, "{}", run.text);
            }
        }
    }
}
