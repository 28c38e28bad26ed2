//! Operations in drawing order, and drawing a band of the picture from them.

use rayon::prelude::*;
use vello_cpu::kurbo::{Affine, BezPath, Rect, Shape, Stroke as PathStroke};
use vello_cpu::peniko::{Color as PenikoColor, Fill};
use vello_cpu::{CompositeMode, Level, PixmapMut, RasterizerSettings, RenderContext, RenderSettings, Resources};

use super::thin::{Band, ThinLines};
use super::{Hooks, stop_if_cancelled, text};
use crate::render::RenderError;

/// Neighbours of one paint share a path up to this many elements: enough to save work, few enough to skip what is not in a band.
const BATCH: usize = 2_048;
/// Operations between two looks at whether to give up.
const CANCEL_STRIDE: usize = 256;

/// One step of a drawing, in device pixels.
pub(super) enum Operation {
    /// Fills a path.
    Fill { path: BezPath, rule: Fill, color: PenikoColor },
    /// Draws a path's outline.
    Stroke { path: BezPath, stroke: PathStroke, color: PenikoColor },
    /// Draws thin solid lines.
    Thin(ThinLines),
    /// Draws a line of text.
    Text(text::GlyphLine),
    /// Shows only what lies inside the path, until the next [`Operation::Unclip`].
    Clip(BezPath),
    /// Ends the newest clip.
    Unclip,
    /// What follows is drawn over nothing, until the next [`Operation::Join`].
    Apart,
    /// Blends what was drawn since [`Operation::Apart`] over what was there before, as a screen blends one picture over another.
    Join,
}

impl Operation {
    /// First and last row that it may touch; `None` for what is never skipped.
    fn rows(&self) -> Option<(f64, f64)> {
        match self {
            Self::Fill { path, .. } => Some((path.control_box().y0, path.control_box().y1)),
            Self::Stroke { path, stroke, .. } => {
                let reach = stroke.width / 2.0 + 1.0;
                Some((path.control_box().y0 - reach, path.control_box().y1 + reach))
            }
            Self::Thin(lines) => Some(lines.rows()),
            Self::Text(line) => Some(line.rows()),
            Self::Clip(_) | Self::Unclip | Self::Apart | Self::Join => None,
        }
    }
}

/// Operations in drawing order, and for tests how many items they show.
#[derive(Default)]
pub(super) struct Recording {
    pub(super) operations: Vec<Operation>,
    #[cfg(test)]
    pub(super) visible_items: usize,
}

impl Recording {
    /// Adds an operation. Neighbours of one opaque paint become one path, which looks the same and costs less.
    pub(super) fn push(&mut self, operation: Operation) {
        let merged = match (self.operations.last_mut(), &operation) {
            (
                Some(Operation::Fill { path, rule: Fill::NonZero, color }),
                Operation::Fill { path: more, rule: Fill::NonZero, color: same },
            ) => extend(path, more, *color, color == same),
            (Some(Operation::Stroke { path, stroke, color }), Operation::Stroke { path: more, stroke: pen, color: same }) => {
                extend(path, more, *color, color == same && stroke == pen)
            }
            (Some(_) | None, _) => false,
        };
        if !merged {
            self.operations.push(operation);
        }
    }

    /// The thin lines that come next in drawing order: neighbours share an operation, whatever their paint.
    pub(super) fn thin_lines(&mut self) -> &mut ThinLines {
        if !matches!(self.operations.last(), Some(Operation::Thin(_))) {
            self.operations.push(Operation::Thin(ThinLines::default()));
        }
        let Some(Operation::Thin(lines)) = self.operations.last_mut() else { unreachable!("pushed above if it was not there") };
        lines
    }

    /// Adds everything of another recording.
    pub(super) fn append(&mut self, mut other: Self) {
        self.operations.append(&mut other.operations);
    }

    /// First and last row that each operation may touch; `None` for what is never skipped.
    pub(super) fn rows(&self) -> Vec<Option<(f64, f64)>> {
        self.operations.par_iter().map(Operation::rows).collect()
    }

    /// Draws the rows from `top` on into `band`, whose rows are `width` pixels of four bytes.
    ///
    /// `rows` are those of [`Self::rows`].
    pub(super) fn draw_band(
        &self,
        rows: &[Option<(f64, f64)>],
        band: &mut [u8],
        (width, top): (u16, u16),
        hooks: &Hooks<'_>,
    ) -> Result<(), RenderError> {
        let mut painter = BandPainter::new(band, width, top);
        let (first, last) = (f64::from(top), f64::from(top) + f64::from(painter.height));
        for (index, (operation, rows)) in self.operations.iter().zip(rows).enumerate() {
            if index % CANCEL_STRIDE == 0 {
                stop_if_cancelled(hooks)?;
            }
            if rows.is_none_or(|(from, to)| from <= last && to >= first) {
                painter.draw(operation);
            }
        }
        painter.flush();
        Ok(())
    }
}

/// Draws operations into one band: most by the rasterizer, which works through all it was given at once, thin lines directly.
struct BandPainter<'a> {
    band: &'a mut [u8],
    width: u16,
    height: u16,
    top: u16,
    context: RenderContext,
    resources: Resources,
    /// Whether the context holds anything that is not yet in the band.
    pending: bool,
    /// Whether anything is in the band.
    touched: bool,
    clips: Vec<&'a BezPath>,
    /// What was in the band when a part began that is drawn apart.
    below: Option<Vec<u8>>,
}

impl<'a> BandPainter<'a> {
    fn new(band: &'a mut [u8], width: u16, top: u16) -> Self {
        let height = (band.len() / (usize::from(width) * 4)) as u16;
        let settings = RenderSettings { level: Level::try_detect().unwrap_or(Level::baseline()), num_threads: 0 };
        let context = RenderContext::new_with(width, height, settings);
        Self {
            band,
            width,
            height,
            top,
            context,
            resources: Resources::new(),
            pending: false,
            touched: false,
            clips: Vec::new(),
            below: None,
        }
    }

    fn draw(&mut self, operation: &'a Operation) {
        let placed = Affine::translate((0.0, -f64::from(self.top)));
        self.context.set_transform(placed);
        match operation {
            Operation::Fill { path, rule, color } => {
                self.context.set_paint(*color);
                self.context.set_fill_rule(*rule);
                self.context.fill_path(path);
                self.pending = true;
            }
            Operation::Stroke { path, stroke, color } => {
                self.context.set_paint(*color);
                self.context.set_stroke(stroke.clone());
                self.context.stroke_path(path);
                self.pending = true;
            }
            Operation::Thin(lines) => self.draw_thin(lines),
            Operation::Text(line) => {
                line.draw(&mut self.context, &mut self.resources, placed);
                self.pending = true;
            }
            Operation::Clip(path) => {
                self.push_clip(path);
                self.clips.push(path);
            }
            Operation::Unclip => {
                self.context.pop_clip_path();
                self.clips.pop();
            }
            Operation::Apart => {
                self.flush();
                self.below = Some(self.band.to_vec());
                self.band.fill(0);
                self.touched = false;
            }
            Operation::Join => self.join(),
        }
    }

    fn join(&mut self) {
        self.flush();
        let Some(below) = self.below.take() else { return };
        self.touched = true;
        for (above, below) in self.band.as_chunks_mut::<4>().0.iter_mut().zip(below.as_chunks::<4>().0) {
            let rest = 255 - u16::from(above[3]);
            for (above, below) in above.iter_mut().zip(below) {
                // To the nearest: many small errors one way would darken the map.
                *above = above.saturating_add(((u16::from(*below) * rest + 127) / 255) as u8);
            }
        }
    }

    fn push_clip(&mut self, path: &BezPath) {
        self.context.set_transform(Affine::translate((0.0, -f64::from(self.top))));
        self.context.set_fill_rule(Fill::NonZero);
        self.context.push_clip_path(path);
    }

    fn draw_thin(&mut self, lines: &ThinLines) {
        self.flush();
        self.touched = true;
        let band = Rect::new(0.0, f64::from(self.top), f64::from(self.width), f64::from(self.top) + f64::from(self.height));
        // Clips are upright boxes: map bodies.
        let room = self.clips.iter().fold(band, |room, clip| room.intersect(clip.bounding_box()));
        let limits = |low: f64, high: f64| (low.round() as usize, high.round() as usize);
        lines.draw(&mut Band {
            pixels: self.band,
            width: usize::from(self.width),
            top: usize::from(self.top),
            columns: limits(room.x0, room.x1),
            rows: limits(room.y0, room.y1),
        });
    }

    /// Puts what the context holds over what is in the band.
    fn flush(&mut self) {
        if !self.pending {
            return;
        }
        for _ in &self.clips {
            self.context.pop_clip_path();
        }
        self.context.flush();
        let target = PixmapMut::new(self.width, self.height, self.band).expect("a band has four bytes a pixel");
        let composite_mode = if self.touched { CompositeMode::SrcOver } else { CompositeMode::Replace };
        let settings = RasterizerSettings { composite_mode, ..RasterizerSettings::default() };
        self.context.render_with(target, &mut self.resources, settings);
        self.context.reset();
        self.pending = false;
        self.touched = true;
        for clip in std::mem::take(&mut self.clips) {
            self.push_clip(clip);
            self.clips.push(clip);
        }
    }
}

fn extend(path: &mut BezPath, more: &BezPath, color: PenikoColor, alike: bool) -> bool {
    let merged = alike && color.components[3] >= 1.0 && path.elements().len() < BATCH;
    if merged {
        path.extend(more.iter());
    }
    merged
}
