//! Operations in drawing order, and drawing a band of the picture from them.

use vello_cpu::kurbo::{Affine, BezPath, Stroke as PathStroke};
use vello_cpu::peniko::{Color as PenikoColor, Fill};
use vello_cpu::{Level, PixmapMut, RenderContext, RenderSettings, Resources};

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
    /// Draws a line of text.
    Text(text::GlyphLine),
    /// Shows only what lies inside the path, until the next [`Operation::Unclip`].
    Clip(BezPath),
    /// Ends the newest clip.
    Unclip,
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
            Self::Text(line) => Some(line.rows()),
            Self::Clip(_) | Self::Unclip => None,
        }
    }

    fn draw(&self, context: &mut RenderContext, resources: &mut Resources, placed: Affine) {
        context.set_transform(placed);
        match self {
            Self::Fill { path, rule, color } => {
                context.set_paint(*color);
                context.set_fill_rule(*rule);
                context.fill_path(path);
            }
            Self::Stroke { path, stroke, color } => {
                context.set_paint(*color);
                context.set_stroke(stroke.clone());
                context.stroke_path(path);
            }
            Self::Text(line) => line.draw(context, resources, placed),
            Self::Clip(path) => {
                context.set_fill_rule(Fill::NonZero);
                context.push_clip_path(path);
            }
            Self::Unclip => context.pop_clip_path(),
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

    /// Adds everything of another recording.
    pub(super) fn append(&mut self, mut other: Self) {
        self.operations.append(&mut other.operations);
    }

    /// Draws the rows from `top` on into `band`, whose rows are `width` pixels of four bytes.
    pub(super) fn draw_band(&self, band: &mut [u8], width: u16, top: u16, hooks: &Hooks<'_>) -> Result<(), RenderError> {
        let height = (band.len() / (usize::from(width) * 4)) as u16;
        let settings = RenderSettings { level: Level::try_detect().unwrap_or(Level::baseline()), num_threads: 0 };
        let mut context = RenderContext::new_with(width, height, settings);
        let mut resources = Resources::new();
        let placed = Affine::translate((0.0, -f64::from(top)));
        let (first, last) = (f64::from(top), f64::from(top) + f64::from(height));
        for (index, operation) in self.operations.iter().enumerate() {
            if index % CANCEL_STRIDE == 0 {
                stop_if_cancelled(hooks)?;
            }
            if operation.rows().is_none_or(|(from, to)| from <= last && to >= first) {
                operation.draw(&mut context, &mut resources, placed);
            }
        }
        context.flush();
        let target = PixmapMut::new(width, height, band).expect("a band has four bytes a pixel");
        context.render(target, &mut resources);
        Ok(())
    }
}

fn extend(path: &mut BezPath, more: &BezPath, color: PenikoColor, alike: bool) -> bool {
    let merged = alike && color.components[3] >= 1.0 && path.elements().len() < BATCH;
    if merged {
        path.extend(more.iter());
    }
    merged
}
