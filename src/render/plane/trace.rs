//! Turns items of the world set into pixels: culled, cut at the picture's surroundings, without vertices that nobody can see.

use super::clip::{ClipBox, clip_line, clip_ring};
use super::flow::FlowLine;
use crate::geodesy::Projected;
use crate::scene::{PlanePoint, PlaneView, SceneRect, SymbolShape, WorldGeometry, WorldItem, WorldShape};

/// How far beyond the map body geometry is kept, in CSS pixels: more than half of the widest line.
const MARGIN_PX: f32 = 64.0;
/// How far a generalized line may stray from its vertices, in device pixels.
const TOLERANCE_PX: f64 = 0.2;
/// No symbol is larger than this in CSS pixels.
const LARGEST_SYMBOL_PX: f32 = 1_000.0;

/// Lines or rings in flat arrays.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    points: Vec<[f64; 2]>,
    /// End of each part in `points`, and the length in pixels that the line ran before it.
    ends: Vec<(usize, f64)>,
}

impl Parts {
    fn clear(&mut self) {
        self.points.clear();
        self.ends.clear();
    }

    /// Adds a part and the length in pixels that its line ran before it.
    pub fn push(&mut self, part: &[[f64; 2]], start_px: f64) {
        self.points.extend_from_slice(part);
        self.ends.push((self.points.len(), start_px));
    }

    /// Each part with the length in pixels that its line ran before it (0 for rings). Rings do not repeat their first point.
    pub fn iter(&self) -> impl Iterator<Item = (&[[f64; 2]], f64)> {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|(end, _)| *end));
        starts.zip(&self.ends).map(|(start, (end, start_px))| (&self.points[start..*end], *start_px))
    }
}

/// The visible form of an item, in pixels.
#[derive(Debug)]
pub enum Figure<'a> {
    /// Rings, to be filled by the even-odd rule.
    Area(&'a Parts),
    /// Lines.
    Line(&'a Parts),
    /// A flow line.
    Flow(&'a FlowLine),
    /// A point symbol.
    Symbol {
        /// Form.
        shape: SymbolShape,
        /// Middle.
        center: [f64; 2],
        /// Diameter without the outline.
        size: f64,
    },
}

/// Traces item after item of one view, with buffers that are used again.
#[derive(Clone, Debug)]
pub struct Tracer {
    center: Projected,
    px_per_m: f64,
    middle: [f64; 2],
    px_per_css: f64,
    clip: ClipBox,
    min_step: f64,
    detail: u8,
    plane_box: crate::scene::PlaneBox,
    ring: Vec<[f64; 2]>,
    scratch: Vec<[f64; 2]>,
    parts: Parts,
    flow: FlowLine,
    flow_points: Vec<([f64; 2], f64)>,
}

impl Tracer {
    /// A tracer for a view on a page with `scale` device pixels per CSS pixel. Vertices closer than `min_step` device pixels to
    /// the one before are left out.
    pub fn new(view: &PlaneView, scale: f32, min_step: f64) -> Self {
        let px_per_css = f64::from(scale);
        let SceneRect { x, y, width, height } = view.frame.grown(MARGIN_PX);
        let corner = |x: f32, y: f32| [f64::from(x) * px_per_css, f64::from(y) * px_per_css];
        let middle = view.frame.center();
        Self {
            center: view.center,
            px_per_m: px_per_css / view.resolution_m_per_px,
            middle: corner(middle.x, middle.y),
            px_per_css,
            clip: ClipBox { min: corner(x, y), max: corner(x + width, y + height) },
            min_step,
            detail: crate::scene::detail_at(TOLERANCE_PX * view.resolution_m_per_px / px_per_css),
            plane_box: view.plane_box(MARGIN_PX),
            ring: Vec::new(),
            scratch: Vec::new(),
            parts: Parts::default(),
            flow: FlowLine::default(),
            flow_points: Vec::new(),
        }
    }

    /// The form of the item in pixels, or `None` when nothing of it can be seen.
    pub fn trace(&mut self, geometry: &WorldGeometry, item: &WorldItem) -> Option<Figure<'_>> {
        match item.shape {
            WorldShape::Symbol { shape, size_px } => {
                let center = self.pixel(*geometry.parts_of(item).next()?.first()?);
                let size = f64::from(size_px) * self.px_per_css;
                let visible = size > 0.0 && size_px <= LARGEST_SYMBOL_PX && self.clip.contains(center);
                visible.then_some(Figure::Symbol { shape, center, size })
            }
            WorldShape::Flow { head_spacing_px, .. } => {
                if !item.plane_box.intersects(&self.plane_box) {
                    return None;
                }
                self.trace_flow(geometry, item, f64::from(head_spacing_px) * self.px_per_css);
                (!self.flow.is_empty()).then_some(Figure::Flow(&self.flow))
            }
            WorldShape::Line => self.trace_parts(geometry, item, false).map(Figure::Line),
            WorldShape::Area => self.trace_parts(geometry, item, true).map(Figure::Area),
        }
    }

    fn trace_parts(&mut self, geometry: &WorldGeometry, item: &WorldItem, closed: bool) -> Option<&Parts> {
        self.parts.clear();
        if !item.plane_box.intersects(&self.plane_box) {
            return None;
        }
        for part in geometry.generalized_parts_of(item, self.detail) {
            self.load(part, closed);
            if closed {
                if !self.ring.iter().all(|p| self.clip.contains(*p)) {
                    clip_ring(&mut self.ring, &mut self.scratch, &self.clip);
                }
                if self.ring.len() > 2 {
                    self.parts.push(&self.ring, 0.0);
                }
            } else {
                let parts = &mut self.parts;
                clip_line(&self.ring, &self.clip, |run, start_px| parts.push(run, start_px));
            }
        }
        (!self.parts.ends.is_empty()).then_some(&self.parts)
    }

    fn trace_flow(&mut self, geometry: &WorldGeometry, item: &WorldItem, head_spacing: f64) {
        self.flow.begin(head_spacing, self.px_per_css);
        for line in geometry.generalized_flows_of(item, self.detail) {
            self.flow_points.clear();
            for (middle, edge) in line {
                let (at, edge) = (self.pixel(middle), self.pixel(edge));
                self.flow_points.push((at, (edge[0] - at[0]).hypot(edge[1] - at[1])));
            }
            self.flow.push(&self.flow_points, &self.clip);
        }
    }

    /// Fills `ring` with the part's pixels, without those that add nothing.
    fn load(&mut self, part: impl Iterator<Item = PlanePoint>, closed: bool) {
        self.ring.clear();
        let nearest = self.min_step * self.min_step;
        let squared = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2);
        let mut skipped = None;
        for point in part {
            let pixel = self.pixel(point);
            if self.ring.last().is_some_and(|last| squared(*last, pixel) < nearest) {
                skipped = Some(pixel);
            } else {
                self.ring.push(pixel);
                skipped = None;
            }
        }
        match (closed, skipped) {
            (true, _) => {
                while self.ring.len() > 1 && squared(self.ring[0], self.ring[self.ring.len() - 1]) < nearest {
                    self.ring.pop();
                }
            }
            (false, Some(end)) if self.ring.len() > 1 => {
                self.ring.pop();
                self.ring.push(end);
            }
            (false, Some(end)) => self.ring.push(end),
            (false, None) => {}
        }
    }

    /// The subtraction is done in `f64`, so that no jitter is left at any zoom.
    fn pixel(&self, point: PlanePoint) -> [f64; 2] {
        let point = point.projected();
        [(point.x_m - self.center.x_m) * self.px_per_m + self.middle[0], (self.center.y_m - point.y_m) * self.px_per_m + self.middle[1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tracer() -> Tracer {
        let view = PlaneView { center: Projected::default(), resolution_m_per_px: 10.0, frame: SceneRect::new(0.0, 0.0, 100.0, 100.0) };
        Tracer::new(&view, 2.0, 0.3)
    }

    fn geometry(shape: WorldShape, points: &[(f64, f64)]) -> WorldGeometry {
        let part: Vec<_> = points.iter().map(|(x, y)| Projected::new(*x, *y)).collect();
        let mut geometry = WorldGeometry::default();
        geometry.push(None, 0, shape, [&part[..]]);
        geometry
    }

    fn pixels(shape: WorldShape, points: &[(f64, f64)]) -> Vec<[f64; 2]> {
        let geometry = geometry(shape, points);
        geometry.items.first().and_then(|item| tracer().trace(&geometry, item).map(|f| points_of(&f))).unwrap_or_default()
    }

    fn points_of(figure: &Figure<'_>) -> Vec<[f64; 2]> {
        match figure {
            Figure::Area(parts) | Figure::Line(parts) => parts.iter().flat_map(|(part, _)| part.to_vec()).collect(),
            Figure::Flow(flow) => flow.rings(None).iter().flat_map(|(part, _)| part.to_vec()).collect(),
            Figure::Symbol { center, .. } => vec![*center],
        }
    }

    #[test]
    fn plane_metres_become_device_pixels() {
        assert_eq!(pixels(WorldShape::Line, &[(0.0, 0.0), (100.0, 50.0)]), [[100.0, 100.0], [120.0, 90.0]]);
    }

    #[test]
    fn vertices_nobody_can_see_are_left_out_but_ends_stay() {
        let line = pixels(WorldShape::Line, &[(0.0, 0.0), (0.1, 0.0), (50.0, 0.0), (50.2, 0.0)]);
        assert_eq!(line.len(), 2);
        assert!((line[1][0] - 110.04).abs() < 1e-9);
        assert_eq!(pixels(WorldShape::Line, &[(0.0, 0.0), (0.1, 0.0)]).len(), 2, "a tiny line keeps both ends");
    }

    #[test]
    fn closing_points_are_not_repeated() {
        assert_eq!(pixels(WorldShape::Area, &[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 0.0)]).len(), 3);
    }

    #[test]
    fn what_is_far_away_or_not_a_number_is_left_out() {
        assert!(pixels(WorldShape::Line, &[(1e12, 1e12), (2e12, 1e12)]).is_empty());
        assert!(pixels(WorldShape::Line, &[(f64::NAN, 0.0), (f64::INFINITY, 0.0)]).is_empty());
        let symbol = WorldShape::Symbol { shape: SymbolShape::Circle, size_px: 8.0 };
        assert!(pixels(symbol, &[(f64::NAN, 0.0)]).is_empty());
        assert_eq!(pixels(symbol, &[(0.0, 0.0)]), [[100.0, 100.0]]);
    }
}
