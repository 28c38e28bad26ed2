//! Thin solid lines, drawn pixel by pixel: coasts, borders and crowds of corridors.
//!
//! A general rasterizer turns every segment of a line into an outline with joins before it fills it, which costs most of the time where
//! lines are hardly wider than a pixel and no join can be seen. Here a segment is walked along its longer axis, and each step covers as much of
//! the pixels across as the line does there (box filter across the line, after Wu 1991). Segments are half-open, so that joints are not
//! covered twice.

/// The widest line that is drawn so, in device pixels: beyond, joins and ends would be seen.
pub(super) const WIDEST_PX: f64 = 2.0;
/// Segments that are skipped together when they lie outside a band.
const BLOCK: usize = 128;

/// Segments of one paint.
pub(super) struct ThinLines {
    /// Red, green, blue, alpha, premultiplied.
    color: [u8; 4],
    width: f32,
    /// x and y of both ends, in device pixels.
    segments: Vec<[f32; 4]>,
    /// First and last row of each block of segments.
    block_rows: Vec<(f32, f32)>,
}

/// The part of a picture that is drawn: rows of `width` pixels, four bytes each, from row `top` on.
pub(super) struct Band<'a> {
    pub(super) pixels: &'a mut [u8],
    pub(super) width: usize,
    pub(super) top: usize,
    /// First and last column (exclusive) and row (exclusive, counted from the top of the picture) that may be touched.
    pub(super) columns: (usize, usize),
    pub(super) rows: (usize, usize),
}

impl ThinLines {
    /// No segments yet of lines of this width in device pixels.
    pub(super) fn new(color: crate::scene::Color, width: f32) -> Self {
        let premultiplied = |value: u8| ((u16::from(value) * u16::from(color.a) + 127) / 255) as u8;
        let color = [premultiplied(color.r), premultiplied(color.g), premultiplied(color.b), color.a];
        Self { color, width, segments: Vec::new(), block_rows: Vec::new() }
    }

    /// Whether lines of the other may be drawn together with these.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.color == other.color && self.width == other.width
    }

    /// Adds the segments of a line.
    pub(super) fn add(&mut self, line: &[[f64; 2]], closed: bool) {
        for pair in line.windows(2) {
            self.add_segment(pair[0], pair[1]);
        }
        if let (true, Some(first), Some(last)) = (closed, line.first(), line.last()) {
            self.add_segment(*last, *first);
        }
    }

    fn add_segment(&mut self, from: [f64; 2], to: [f64; 2]) {
        let segment = [from[0] as f32, from[1] as f32, to[0] as f32, to[1] as f32];
        // A slanted line reaches farther up and down than half its width.
        let reach = self.width * 0.75 + 1.0;
        let rows = (segment[1].min(segment[3]) - reach, segment[1].max(segment[3]) + reach);
        if self.segments.len().is_multiple_of(BLOCK) {
            self.block_rows.push(rows);
        } else if let Some(block) = self.block_rows.last_mut() {
            *block = (block.0.min(rows.0), block.1.max(rows.1));
        }
        self.segments.push(segment);
    }

    /// Adds the segments of another of the same paint.
    pub(super) fn append(&mut self, other: &Self) {
        for [ax, ay, bx, by] in &other.segments {
            self.add_segment([f64::from(*ax), f64::from(*ay)], [f64::from(*bx), f64::from(*by)]);
        }
    }

    /// First and last row that they may touch.
    pub(super) fn rows(&self) -> (f64, f64) {
        let all = self.block_rows.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |all, block| (all.0.min(block.0), all.1.max(block.1)));
        (f64::from(all.0), f64::from(all.1))
    }

    /// Draws what lies in the band over what is there.
    pub(super) fn draw(&self, band: &mut Band<'_>) {
        let (first, last) = (band.rows.0 as f32, band.rows.1 as f32);
        for (block, (from, to)) in self.segments.chunks(BLOCK).zip(&self.block_rows) {
            if *from <= last && *to >= first {
                block.iter().for_each(|segment| self.draw_segment(segment, band));
            }
        }
    }

    fn draw_segment(&self, &[ax, ay, bx, by]: &[f32; 4], band: &mut Band<'_>) {
        let (dx, dy) = (bx - ax, by - ay);
        if dx.abs() >= dy.abs() {
            if dx == 0.0 {
                return;
            }
            let (x0, y0, x1) = if dx > 0.0 { (ax, ay, bx) } else { (bx, by, ax) };
            let slope = dy / dx;
            let half = self.width * 0.5 * slope.mul_add(slope, 1.0).sqrt();
            let (begin, end) = centers(x0, x1, band.columns);
            for column in begin..end {
                let middle = (column as f32 + 0.5 - x0).mul_add(slope, y0);
                let (low, high) = (middle - half, middle + half);
                let rows = covered(low, high, band.rows);
                for row in rows {
                    self.blend(band, column, row, overlap(low, high, row));
                }
            }
        } else {
            let (x0, y0, y1) = if dy > 0.0 { (ax, ay, by) } else { (bx, by, ay) };
            let slope = dx / dy;
            let half = self.width * 0.5 * slope.mul_add(slope, 1.0).sqrt();
            let (begin, end) = centers(y0, y1, band.rows);
            for row in begin..end {
                let middle = (row as f32 + 0.5 - y0).mul_add(slope, x0);
                let (low, high) = (middle - half, middle + half);
                let columns = covered(low, high, band.columns);
                for column in columns {
                    self.blend(band, column, row, overlap(low, high, column));
                }
            }
        }
    }

    /// Puts the color over a pixel with a coverage of 0 to 256.
    fn blend(&self, band: &mut Band<'_>, column: usize, row: usize, coverage: u32) {
        let at = ((row - band.top) * band.width + column) * 4;
        let Some(pixel) = band.pixels.get_mut(at..at + 4).and_then(|bytes| <&mut [u8; 4]>::try_from(bytes).ok()) else { return };
        // Two channels at a time: red and blue, green and alpha.
        let source = u32::from_le_bytes(self.color);
        let (rb, ga) = (source & PAIR, (source >> 8) & PAIR);
        let (rb, ga) = ((rb * coverage + HALF) >> 8 & PAIR, (ga * coverage + HALF) >> 8 & PAIR);
        let rest = 255 - (ga >> 16);
        // From 0..=255 to 0..=256, so that a full share loses nothing.
        let rest = rest + (rest >> 7);
        let below = u32::from_le_bytes(*pixel);
        let (below_rb, below_ga) = (below & PAIR, (below >> 8) & PAIR);
        let rb = rb + ((below_rb * rest + HALF) >> 8 & PAIR);
        let ga = ga + ((below_ga * rest + HALF) >> 8 & PAIR);
        *pixel = (saturated(rb) | saturated(ga) << 8).to_le_bytes();
    }
}

/// Two channels of eight bits with room above each.
const PAIR: u32 = 0x00ff_00ff;
/// One half in the place below each channel.
const HALF: u32 = 0x0080_0080;

/// Rounding may carry a channel to 256: then it is full.
fn saturated(pair: u32) -> u32 {
    let over = (pair >> 8) & 0x0001_0001;
    (pair | (over * 255)) & PAIR
}

/// The pixels whose centers lie in `from..to`, within the limits.
fn centers(from: f32, to: f32, limits: (usize, usize)) -> (usize, usize) {
    // Casts saturate, so that what lies to the left of the picture begins at 0.
    let begin = ((from - 0.5).ceil() as usize).max(limits.0);
    let end = ((to - 0.5).ceil() as usize).min(limits.1);
    (begin, end.max(begin))
}

/// The pixels that an interval touches, within the limits.
fn covered(low: f32, high: f32, limits: (usize, usize)) -> std::ops::Range<usize> {
    let begin = (low.floor() as usize).max(limits.0);
    let end = (high.ceil() as usize).min(limits.1);
    begin..end.max(begin)
}

/// How much of a pixel an interval covers, 0 to 256.
fn overlap(low: f32, high: f32, pixel: usize) -> u32 {
    let edge = pixel as f32;
    ((high.min(edge + 1.0) - low.max(edge)) * 256.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Color;

    const WIDTH: usize = 40;
    const HEIGHT: usize = 30;
    const INK: Color = Color { r: 200, g: 100, b: 50, a: 255 };

    fn drawn(color: Color, width: f32, lines: &[&[[f64; 2]]], bands: &[(usize, usize)]) -> Vec<u8> {
        let mut thin = ThinLines::new(color, width);
        lines.iter().for_each(|line| thin.add(line, false));
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
            [&[[-10.0, -3.0], [22.3, 14.2], [60.0, 40.0]], &[[3.0, 40.0], [5.5, -9.0]], &[[30.0, 3.3], [12.0, 27.0], [39.5, 12.0]]];
        let whole = drawn(INK, 1.4, &lines, &[(0, HEIGHT)]);
        assert_eq!(whole, drawn(INK, 1.4, &lines, &[(0, 7), (7, 16), (16, HEIGHT)]));
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
            for a in [0, 1, 127, 254, 255] {
                for coverage in 0..=256 {
                    let thin = ThinLines::new(Color { r: 255, g: 254, b: 0, a }, 1.0);
                    let mut pixels = below;
                    thin.blend(&mut Band { pixels: &mut pixels, width: 1, top: 0, columns: (0, 1), rows: (0, 1) }, 0, 0, coverage);
                    let mixed = |top: u8, below: u8| {
                        f64::from(top) * f64::from(a) / 255.0 * f64::from(coverage) / 256.0
                            + f64::from(below) * (1.0 - f64::from(a) / 255.0 * f64::from(coverage) / 256.0)
                    };
                    for (channel, top) in [(0, 255), (1, 254), (2, 0), (3, 255)] {
                        let wanted = mixed(top, below[channel]);
                        assert!(
                            (f64::from(pixels[channel]) - wanted).abs() <= 2.0,
                            "{channel} {coverage} {a} {below:?}: {} {wanted}",
                            pixels[channel]
                        );
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
