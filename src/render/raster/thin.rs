//! Thin solid lines, drawn pixel by pixel: coasts, borders and crowds of corridors.
//!
//! A general rasterizer turns every segment of a line into an outline with joins before it fills it, which costs most of the time where
//! lines are hardly wider than a pixel and no join can be seen. Here a segment is walked along its longer axis, and each step covers as much of
//! the pixels across as the line does there (box filter across the line, after Wu 1991). Segments are half-open, so that joints are not
//! covered twice. All arithmetic is done on integers, so that a picture is the same however it is cut into bands.

use crate::scene::Color;

/// The widest line that is drawn so, in device pixels: beyond, joins and ends would be seen.
pub(super) const WIDEST_PX: f64 = 2.0;
/// Segments are sorted into bins of this many rows, which fit the processor's cache; bands must be whole multiples of it.
pub(super) const BIN_ROWS: usize = 64;
/// Positions are kept in this part of a pixel: 8 bits.
const SUBPIXEL: f64 = 256.0;
/// Pixels beyond this are not drawn: the positions of a picture are cut to its surroundings before.
const FARTHEST_PX: f64 = 100_000.0;

/// One line's paint.
#[derive(Clone, Copy, PartialEq)]
struct ThinPaint {
    /// Red, green, blue, alpha, premultiplied, the first in the lowest byte.
    color: u32,
    /// In device pixels.
    width: f32,
}

/// Both ends in parts of a pixel, and which paint.
#[derive(Clone, Copy)]
struct Segment {
    from: [i32; 2],
    to: [i32; 2],
    paint: u32,
}

/// Segments of any paints in drawing order, sorted into bins of rows.
#[derive(Default)]
pub(super) struct ThinLines {
    paints: Vec<ThinPaint>,
    /// Number of the first bin.
    first_bin: usize,
    bins: Vec<Vec<Segment>>,
}

/// The part of a picture that is drawn: rows of `width` pixels, from row `top` on.
pub(super) struct Band<'a> {
    pub(super) pixels: &'a mut [u8],
    pub(super) width: usize,
    pub(super) top: usize,
    /// First column and the one after the last that may be touched.
    pub(super) columns: (usize, usize),
    /// First row and the one after the last that may be touched, counted from the top of the picture.
    pub(super) rows: (usize, usize),
}

impl ThinLines {
    /// Adds a line of this width in device pixels.
    pub(super) fn add(&mut self, color: Color, width: f32, line: &[[f64; 2]], closed: bool) {
        let premultiplied = |value: u8| ((u16::from(value) * u16::from(color.a) + 127) / 255) as u8;
        let color = [premultiplied(color.r), premultiplied(color.g), premultiplied(color.b), color.a];
        let paint = self.paint(ThinPaint { color: u32::from_le_bytes(color), width });
        for pair in line.windows(2) {
            self.add_segment(pair[0], pair[1], paint);
        }
        if let (true, Some(first), Some(last)) = (closed, line.first(), line.last()) {
            self.add_segment(*last, *first, paint);
        }
    }

    fn paint(&mut self, paint: ThinPaint) -> u32 {
        // There are few paints, and the newest is the likeliest.
        let at = self.paints.iter().rposition(|known| *known == paint).unwrap_or_else(|| {
            self.paints.push(paint);
            self.paints.len() - 1
        });
        at as u32
    }

    fn add_segment(&mut self, from: [f64; 2], to: [f64; 2], paint: u32) {
        // The casts saturate, and what is not a number becomes 0.
        let ends = [from, to].map(|end| end.map(|c| (c.clamp(-FARTHEST_PX, FARTHEST_PX) * SUBPIXEL) as i32));
        if [from, to].iter().flatten().all(|c| c.is_finite()) {
            self.put(Segment { from: ends[0], to: ends[1], paint });
        }
    }

    fn put(&mut self, segment: Segment) {
        // A slanted line reaches farther up and down than half its width.
        let reach = (self.paints[segment.paint as usize].width * 0.75 + 1.0).ceil() as i32;
        let (high, low) = (segment.from[1].min(segment.to[1]) >> 8, segment.from[1].max(segment.to[1]) >> 8);
        if low + reach < 0 {
            return;
        }
        let (first, last) = ((high - reach).max(0) as usize / BIN_ROWS, (low + reach) as usize / BIN_ROWS);
        if self.bins.is_empty() {
            self.first_bin = first;
        }
        if first < self.first_bin {
            let missing = self.first_bin - first;
            self.bins.splice(0..0, std::iter::repeat_with(Vec::new).take(missing));
            self.first_bin = first;
        }
        if last >= self.first_bin + self.bins.len() {
            self.bins.resize_with(last + 1 - self.first_bin, Vec::new);
        }
        for bin in &mut self.bins[first - self.first_bin..=last - self.first_bin] {
            bin.push(segment);
        }
    }

    /// First and last row that they may touch; a row above the picture when there is none.
    pub(super) fn rows(&self) -> (f64, f64) {
        let last = (self.first_bin + self.bins.len()) * BIN_ROWS;
        if self.bins.is_empty() { (-1.0, -1.0) } else { ((self.first_bin * BIN_ROWS) as f64, last as f64) }
    }

    /// Draws what lies in the band over what is there.
    pub(super) fn draw(&self, band: &mut Band<'_>) {
        let (pixels, _) = band.pixels.as_chunks_mut::<4>();
        for (number, bin) in (self.first_bin..).zip(&self.bins) {
            let rows = ((number * BIN_ROWS).max(band.rows.0), ((number + 1) * BIN_ROWS).min(band.rows.1));
            if rows.0 < rows.1 && rows.0 >= band.top {
                let mut target = Target {
                    pixels: &mut *pixels,
                    width: band.width,
                    top: band.top,
                    columns: (band.columns.0 as i32, band.columns.1.min(band.width) as i32),
                    rows: (rows.0 as i32, rows.1 as i32),
                };
                bin.iter().for_each(|segment| target.segment(segment, self.paints[segment.paint as usize]));
            }
        }
    }
}

/// Where a bin is drawn.
struct Target<'a> {
    pixels: &'a mut [[u8; 4]],
    width: usize,
    top: usize,
    columns: (i32, i32),
    rows: (i32, i32),
}

impl Target<'_> {
    fn segment(&mut self, segment: &Segment, paint: ThinPaint) {
        let (dx, dy) = (segment.to[0] - segment.from[0], segment.to[1] - segment.from[1]);
        if dx.abs() >= dy.abs() {
            if dx != 0 {
                let (from, to) = if dx > 0 { (segment.from, segment.to) } else { (segment.to, segment.from) };
                self.flat(&Walk::new(from, to, [0, 1], paint.width), paint.color);
            }
        } else {
            let (from, to) = if dy > 0 { (segment.from, segment.to) } else { (segment.to, segment.from) };
            self.steep(&Walk::new(from, to, [1, 0], paint.width), paint.color);
        }
    }

    /// A line that runs farther across than down: column by column.
    fn flat(&mut self, walk: &Walk, color: u32) {
        let (begin, end) = walk.steps_within(self.columns, self.rows);
        for column in begin..end {
            let (low, high) = walk.interval(column);
            let (first, last) = ((low >> 16) as i32, ((high - 1) >> 16) as i32);
            for row in first.max(self.rows.0)..(last + 1).min(self.rows.1) {
                self.blend(column, row, color, overlap(low, high, row));
            }
        }
    }

    /// A line that runs farther down than across: row by row.
    fn steep(&mut self, walk: &Walk, color: u32) {
        let (begin, end) = walk.steps_within(self.rows, self.columns);
        for row in begin..end {
            let (low, high) = walk.interval(row);
            let (first, last) = ((low >> 16) as i32, ((high - 1) >> 16) as i32);
            for column in first.max(self.columns.0)..(last + 1).min(self.columns.1) {
                self.blend(column, row, color, overlap(low, high, column));
            }
        }
    }

    /// Puts the color over a pixel with a coverage of 0 to 256.
    #[inline]
    fn blend(&mut self, column: i32, row: i32, color: u32, coverage: u32) {
        let at = (row as usize - self.top) * self.width + column as usize;
        let Some(pixel) = self.pixels.get_mut(at) else { return };
        *pixel = mixed(u32::from_le_bytes(*pixel), color, coverage).to_le_bytes();
    }
}

/// Two channels of eight bits with room above each.
const PAIR: u32 = 0x00ff_00ff;
/// One half in the place below each channel.
const HALF: u32 = 0x0080_0080;

/// A premultiplied color over another with a coverage of 0 to 256.
#[inline]
fn mixed(below: u32, color: u32, coverage: u32) -> u32 {
    // Two channels at a time: red and blue, green and alpha.
    let source_rb = (((color & PAIR) * coverage + HALF) >> 8) & PAIR;
    let source_ga = ((((color >> 8) & PAIR) * coverage + HALF) >> 8) & PAIR;
    let rest = 255 - (source_ga >> 16);
    // From 0..=255 to 0..=256, so that a full share loses nothing.
    let rest = rest + (rest >> 7);
    let rb = source_rb + ((((below & PAIR) * rest + HALF) >> 8) & PAIR);
    let ga = source_ga + (((((below >> 8) & PAIR) * rest + HALF) >> 8) & PAIR);
    saturated(rb) | saturated(ga) << 8
}

/// Rounding may carry a channel to 256: then it is full.
#[inline]
const fn saturated(pair: u32) -> u32 {
    let over = (pair >> 8) & 0x0001_0001;
    (pair | (over * 255)) & PAIR
}

/// A segment walked along its longer axis: which part across it covers at each step, in 1/65536 of a pixel.
struct Walk {
    begin: i32,
    end: i32,
    /// The middle of the line at the center of the first step.
    middle: i64,
    slope: i64,
    half: i64,
}

impl Walk {
    /// From a point to one farther along the first of the two axes.
    fn new(from: [i32; 2], to: [i32; 2], [along, across]: [usize; 2], width: f32) -> Self {
        let (length, rise) = (i64::from(to[along] - from[along]), i64::from(to[across] - from[across]));
        let slope = (rise << 16) / length;
        let per_step = slope as f32 / 65_536.0;
        let half = (width * 0.5 * (1.0 + per_step * per_step).sqrt() * 65_536.0) as i64;
        // Steps whose centers lie behind the first end and not behind the second.
        let (begin, end) = ((from[along] + 127) >> 8, (to[along] + 127) >> 8);
        let to_center = i64::from((begin << 8) + 128 - from[along]);
        let middle = (i64::from(from[across]) << 8) + ((slope * to_center) >> 8);
        Self { begin, end, middle, slope, half }
    }

    /// The part that is covered at a step.
    #[inline]
    fn interval(&self, step: i32) -> (i64, i64) {
        let middle = self.middle + self.slope * i64::from(step - self.begin);
        (middle - self.half, middle + self.half)
    }

    /// The steps within the limits along the walk at which something within the limits across may be covered.
    fn steps_within(&self, along: (i32, i32), across: (i32, i32)) -> (i32, i32) {
        let (mut begin, mut end) = (self.begin.max(along.0), self.end.min(along.1));
        let (low, high) = ((i64::from(across.0) << 16) - self.half, (i64::from(across.1) << 16) + self.half);
        if self.slope == 0 {
            return if self.middle > low && self.middle < high { (begin, end.max(begin)) } else { (begin, begin) };
        }
        // A step more on either side for what the division drops.
        let (a, b) = ((low - self.middle) / self.slope, (high - self.middle) / self.slope);
        let step = |count: i64| (i64::from(self.begin) + count).clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
        begin = begin.max(step(a.min(b) - 1));
        end = end.min(step(a.max(b) + 2));
        (begin, end.max(begin))
    }
}

/// How much of a pixel an interval covers, 0 to 256.
#[inline]
fn overlap(low: i64, high: i64, pixel: i32) -> u32 {
    let edge = i64::from(pixel) << 16;
    ((high.min(edge + 65_536) - low.max(edge)) >> 8) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Color;

    const WIDTH: usize = 40;
    const HEIGHT: usize = 200;
    const INK: Color = Color { r: 200, g: 100, b: 50, a: 255 };

    fn drawn(color: Color, width: f32, lines: &[&[[f64; 2]]], bands: &[(usize, usize)]) -> Vec<u8> {
        let mut thin = ThinLines::default();
        lines.iter().for_each(|line| thin.add(color, width, line, false));
        let mut pixels = vec![0; WIDTH * HEIGHT * 4];
        for (top, bottom) in bands {
            let pixels = &mut pixels[top * WIDTH * 4..bottom * WIDTH * 4];
            thin.draw(&mut Band { pixels, width: WIDTH, top: *top, columns: (0, WIDTH), rows: (*top, *bottom) });
        }
        pixels
    }

    fn alpha(pixels: &[u8], x: usize, y: usize) -> u8 {
        pixels[(y * WIDTH + x) * 4 + 3]
    }

    #[test]
    fn a_line_covers_what_it_is_wide() {
        let pixels = drawn(INK, 1.0, &[&[[5.0, 10.5], [15.0, 10.5]]], &[(0, HEIGHT)]);
        assert_eq!(&pixels[(10 * WIDTH + 8) * 4..][..4], [200, 100, 50, 255]);
        assert_eq!((alpha(&pixels, 8, 9), alpha(&pixels, 8, 11)), (0, 0));
        assert_eq!((alpha(&pixels, 4, 10), alpha(&pixels, 5, 10), alpha(&pixels, 14, 10), alpha(&pixels, 15, 10)), (0, 255, 255, 0));
        let between = drawn(INK, 1.0, &[&[[5.0, 11.0], [15.0, 11.0]]], &[(0, HEIGHT)]);
        assert_eq!((alpha(&between, 8, 10), alpha(&between, 8, 11)), (128, 128));
    }

    #[test]
    fn a_slanted_line_has_the_ink_of_its_length() {
        for end in [[30.0, 8.0], [30.0, 25.0], [9.0, 28.0], [4.0, 28.0]] {
            let pixels = drawn(INK, 1.2, &[&[[5.0, 5.0], end]], &[(0, HEIGHT)]);
            let ink: f64 = pixels.chunks_exact(4).map(|pixel| f64::from(pixel[3]) / 255.0).sum();
            let wanted = 1.2 * (end[0] - 5.0_f64).hypot(end[1] - 5.0);
            assert!((ink / wanted - 1.0).abs() < 0.05, "{ink} for {wanted}");
        }
    }

    #[test]
    fn bands_and_the_whole_picture_are_the_same() {
        let lines: [&[[f64; 2]]; 3] =
            [&[[-10.0, 53.0], [22.3, 64.2], [60.0, 90.0]], &[[3.0, 240.0], [5.5, -9.0]], &[[30.0, 3.3], [12.0, 127.0], [39.5, 63.0]]];
        let whole = drawn(INK, 1.4, &lines, &[(0, HEIGHT)]);
        assert_eq!(whole, drawn(INK, 1.4, &lines, &[(0, 64), (64, 128), (128, HEIGHT)]));
        assert!(whole.iter().any(|byte| *byte > 0));
    }

    #[test]
    fn joints_of_translucent_lines_are_no_darker_than_the_lines() {
        let pale = Color { a: 100, ..INK };
        let pixels = drawn(pale, 1.0, &[&[[5.0, 10.5], [9.5, 10.5], [15.0, 10.5], [25.0, 10.5]]], &[(0, HEIGHT)]);
        assert!((5..25).all(|x| alpha(&pixels, x, 10) == 100));
    }

    #[test]
    fn any_coverage_on_any_color_stays_in_range() {
        for below in [[0; 4], [255; 4], [10, 200, 255, 255], [1, 1, 1, 1]] {
            for a in [0_u8, 1, 127, 254, 255] {
                // Premultiplied: full red, half green, no blue.
                let color = [a, a / 2, 0, a];
                for coverage in 0..=256 {
                    let pixel = mixed(u32::from_le_bytes(below), u32::from_le_bytes(color), coverage).to_le_bytes();
                    let share = f64::from(coverage) / 256.0;
                    for channel in 0..4 {
                        let kept = f64::from(below[channel]) * (1.0 - f64::from(a) / 255.0 * share);
                        let wanted = f64::from(color[channel]) * share + kept;
                        assert!((f64::from(pixel[channel]) - wanted).abs() <= 2.0, "{coverage} {a} {below:?}: {pixel:?} {wanted}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_lies_far_outside_or_is_no_number_draws_nothing() {
        let pixels = drawn(
            INK,
            1.0,
            &[&[[-1e9, -1e9], [-1e8, 5.0]], &[[f64::NAN, 3.0], [8.0, f64::NAN]], &[[5.0, 5.0], [5.0, 5.0]]],
            &[(0, HEIGHT)],
        );
        assert!(pixels.iter().all(|byte| *byte == 0));
    }
}
