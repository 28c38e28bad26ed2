//! The world set: geometry on the projected plane, with a class table for paint and one small state per item.

use std::ops::Range;
use std::sync::Arc;

use super::{Paint, PlanePoint};
use crate::geodesy::Projected;
use crate::model::FeatureRef;

/// An upright box on the plane, in metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaneBox {
    /// South-west corner.
    pub min: Projected,
    /// North-east corner.
    pub max: Projected,
}

impl PlaneBox {
    /// The box that holds nothing.
    pub const EMPTY: Self =
        Self { min: Projected::new(f64::INFINITY, f64::INFINITY), max: Projected::new(f64::NEG_INFINITY, f64::NEG_INFINITY) };

    /// Grown to hold the point.
    #[must_use]
    pub fn including(self, point: Projected) -> Self {
        Self {
            min: Projected::new(self.min.x_m.min(point.x_m), self.min.y_m.min(point.y_m)),
            max: Projected::new(self.max.x_m.max(point.x_m), self.max.y_m.max(point.y_m)),
        }
    }

    /// Whether the two share a point.
    pub fn intersects(&self, other: &Self) -> bool {
        self.min.x_m <= other.max.x_m && other.min.x_m <= self.max.x_m && self.min.y_m <= other.max.y_m && other.min.y_m <= self.max.y_m
    }
}

/// Which texture and group a layer belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WorldLayerKind {
    /// Land, lakes, borders, graticule: redrawn only when the view or the style changes.
    Basemap,
    /// Context polygons and country-precision places.
    Areas,
    /// Corridors.
    Corridors,
    /// Ports.
    Ports,
    /// Seizures.
    Seizures,
    /// Flags where a corridor runs over land.
    OverLand,
    /// What changed between two periods.
    Changes,
}

impl WorldLayerKind {
    /// Id of the layer in outputs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Basemap => "basemap",
            Self::Areas => "areas",
            Self::Corridors => "corridors",
            Self::Ports => "ports",
            Self::Seizures => "seizures",
            Self::OverLand => "over-land",
            Self::Changes => "changes",
        }
    }
}

/// The form of a point symbol, centered on its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolShape {
    /// Disc.
    Circle,
    /// Upright square.
    Square,
    /// Square on its corner.
    Diamond,
    /// Triangle, corner up.
    Triangle,
    /// Triangle, corner down.
    TriangleDown,
    /// The left half of a disc.
    LeftHalf,
    /// The right half of a disc.
    RightHalf,
}

/// How an item's vertices are meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WorldShape {
    /// Closed rings, filled by the even-odd rule.
    Area,
    /// Open lines.
    Line,
    /// A flow line of changing width. Its parts come in pairs of equal length: the middle of the line, then its left edge; the right edge is
    /// the mirror image. It is filled with the color of the class's outline and cut into that outline's dashes; the width of the outline is
    /// that of a plain line and is not drawn.
    Flow {
        /// Width in the middle of the line in CSS pixels.
        width_px: f32,
        /// Distance between heads along the line in CSS pixels; 0 draws none.
        head_spacing_px: f32,
    },
    /// One point symbol; `size_px` is the diameter (side of the enclosing square) in CSS pixels without the outline.
    Symbol {
        /// Form.
        shape: SymbolShape,
        /// Size in CSS pixels.
        size_px: f32,
    },
}

/// How one item is shown at the moment. Changing it does not touch the geometry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FeatureState {
    /// As its class says.
    #[default]
    Normal,
    /// Does not match the filter or the selection: pale, but there.
    Dimmed,
    /// Under the pointer, on the map or in a list.
    Hovered,
    /// Selected.
    Selected,
}

/// One drawn thing of the world set.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldItem {
    /// The record it stands for; `None` for the basemap and for what stands for many.
    pub feature: Option<FeatureRef>,
    /// The records that it stands for together, such as the events of a cluster: a range of [`WorldGeometry::members`]. Empty for one record.
    pub members: Range<u32>,
    /// Index into [`WorldLayer::classes`].
    pub class: u16,
    /// How its vertices are meant.
    pub shape: WorldShape,
    /// Its lines or rings, see [`WorldGeometry::parts_of`].
    pub parts: Range<u32>,
    /// Box around its vertices.
    pub plane_box: PlaneBox,
}

/// Lines and rings in flat arrays: parts → vertices.
#[derive(Clone, Debug, Default, PartialEq)]
struct PlaneLines {
    /// Vertex ranges; parts of one item are neighbours.
    parts: Vec<Range<u32>>,
    vertices: Vec<PlanePoint>,
    /// For each vertex how far it may be left out: see [`super::detail_at`].
    details: Vec<u8>,
}

/// Items with their geometry. Copies share the vertices until one of them is changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorldGeometry {
    /// Items in drawing order.
    pub items: Vec<WorldItem>,
    /// Records in the order that the ranges of items that stand for many refer to.
    pub members: Arc<[FeatureRef]>,
    lines: Arc<PlaneLines>,
}

impl WorldGeometry {
    /// Nothing yet, with the records that items may stand for together.
    pub fn with_members(members: Arc<[FeatureRef]>) -> Self {
        Self { members, ..Self::default() }
    }

    /// Adds an item made of the given lines or rings. Vertices that are not numbers are left out, and nothing is added when no vertex is left.
    pub fn push<'a>(
        &mut self,
        feature: Option<FeatureRef>,
        class: u16,
        shape: WorldShape,
        parts: impl IntoIterator<Item = &'a [Projected]>,
    ) {
        let lines = Arc::make_mut(&mut self.lines);
        let first_part = lines.parts.len() as u32;
        let mut plane_box = PlaneBox::EMPTY;
        for part in parts {
            // Ranges are 32 bits wide; a world of more vertices than that fits no machine that draws it.
            if lines.vertices.len() + part.len() > u32::MAX as usize {
                break;
            }
            let begin = lines.vertices.len() as u32;
            for point in part.iter().filter(|point| point.x_m.is_finite() && point.y_m.is_finite()) {
                lines.vertices.push(PlanePoint::from_projected(*point));
                plane_box = plane_box.including(*point);
            }
            super::detail::append_codes(&lines.vertices[begin as usize..], &mut lines.details);
            lines.parts.push(begin..lines.vertices.len() as u32);
        }
        let parts = first_part..lines.parts.len() as u32;
        if plane_box != PlaneBox::EMPTY {
            self.items.push(WorldItem { feature, members: 0..0, class, shape, parts, plane_box });
        }
    }

    /// Adds an item that stands for many records: a range of [`Self::members`].
    pub fn push_many<'a>(&mut self, members: Range<u32>, class: u16, shape: WorldShape, parts: impl IntoIterator<Item = &'a [Projected]>) {
        let before = self.items.len();
        self.push(None, class, shape, parts);
        if let Some(item) = self.items.get_mut(before) {
            item.members = members;
        }
    }

    /// One geometry of many, their items one after the other; all must share their list of members.
    pub fn concatenated(chunks: &[Self]) -> Self {
        let total = |count: fn(&PlaneLines) -> usize| chunks.iter().map(|chunk| count(&chunk.lines)).sum::<usize>();
        let mut lines = PlaneLines {
            parts: Vec::with_capacity(total(|lines| lines.parts.len())),
            vertices: Vec::with_capacity(total(|lines| lines.vertices.len())),
            details: Vec::with_capacity(total(|lines| lines.details.len())),
        };
        let mut items = Vec::with_capacity(chunks.iter().map(|chunk| chunk.items.len()).sum());
        for chunk in chunks {
            let (first, before) = (lines.vertices.len(), lines.parts.len() as u32);
            // As in `push`: what 32 bits cannot count is left out whole.
            if first + chunk.lines.vertices.len() > u32::MAX as usize {
                break;
            }
            let shifted = |range: &Range<u32>, by: u32| range.start + by..range.end + by;
            lines.parts.extend(chunk.lines.parts.iter().map(|part| shifted(part, first as u32)));
            items.extend(chunk.items.iter().map(|item| WorldItem { parts: shifted(&item.parts, before), ..item.clone() }));
            lines.vertices.extend_from_slice(&chunk.lines.vertices);
            lines.details.extend_from_slice(&chunk.lines.details);
        }
        let members = chunks.first().map(|chunk| chunk.members.clone()).unwrap_or_default();
        Self { items, members, lines: Arc::new(lines) }
    }

    /// Other items over the same vertices, such as the same ones in another order or of other classes.
    #[must_use]
    pub fn with_items(&self, items: Vec<WorldItem>) -> Self {
        Self { items, members: self.members.clone(), lines: self.lines.clone() }
    }

    /// The lines or rings of an item as a view needs them that does not show less than `detail` (see [`super::detail_at`]).
    pub fn generalized_parts_of<'a>(
        &'a self,
        item: &WorldItem,
        detail: u8,
    ) -> impl Iterator<Item = impl Iterator<Item = PlanePoint> + use<'a>> + use<'a> {
        let lines = &*self.lines;
        lines.parts[item.parts.start as usize..item.parts.end as usize].iter().map(move |range| {
            let range = range.start as usize..range.end as usize;
            let shown = lines.details[range.clone()].iter().zip(&lines.vertices[range]).filter(move |(code, _)| **code >= detail);
            shown.map(|(_, vertex)| *vertex)
        })
    }

    /// The lines of a [`WorldShape::Flow`] as [`Self::generalized_parts_of`] thins them: their middle with their edge.
    pub fn generalized_flows_of<'a>(
        &'a self,
        item: &WorldItem,
        detail: u8,
    ) -> impl Iterator<Item = impl Iterator<Item = (PlanePoint, PlanePoint)> + use<'a>> + use<'a> {
        let lines = &*self.lines;
        let range = |range: &Range<u32>| range.start as usize..range.end as usize;
        self.ranges_of(item).chunks_exact(2).map(move |pair| {
            let (middle, edge) = (range(&pair[0]), range(&pair[1]));
            let codes = lines.details[middle.clone()].iter().zip(&lines.details[edge.clone()]);
            let points = lines.vertices[middle].iter().zip(&lines.vertices[edge]);
            let shown = codes.zip(points).filter(move |((a, b), _)| (**a).max(**b) >= detail);
            shown.map(|(_, (middle, edge))| (*middle, *edge))
        })
    }

    /// The records that an item stands for: one, many, or none for the basemap.
    pub fn records_of<'a>(&'a self, item: &'a WorldItem) -> &'a [FeatureRef] {
        match &item.feature {
            Some(feature) => std::slice::from_ref(feature),
            None => self.members.get(item.members.start as usize..item.members.end as usize).unwrap_or_default(),
        }
    }

    /// The lines of an item that has lines, without what else it is made of: for a flow the middle of each line.
    pub fn lines_of<'a>(&'a self, item: &WorldItem) -> impl Iterator<Item = &'a [PlanePoint]> + use<'a> {
        let step = if matches!(item.shape, WorldShape::Flow { .. }) { 2 } else { 1 };
        self.parts_of(item).step_by(step)
    }

    /// The lines or rings of an item.
    pub fn parts_of<'a>(&'a self, item: &WorldItem) -> impl Iterator<Item = &'a [PlanePoint]> + use<'a> {
        self.ranges_of(item).iter().map(|range| self.vertices(range))
    }

    /// The vertex ranges of an item's parts.
    pub(super) fn ranges_of(&self, item: &WorldItem) -> &[Range<u32>] {
        &self.lines.parts[item.parts.start as usize..item.parts.end as usize]
    }

    /// The vertices of a range.
    pub(super) fn vertices(&self, range: &Range<u32>) -> &[PlanePoint] {
        &self.lines.vertices[range.start as usize..range.end as usize]
    }

    /// How many vertices there are.
    pub fn vertex_count(&self) -> usize {
        self.lines.vertices.len()
    }
}

/// How a class of items looks.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassPaint {
    /// Fill and outline in the normal state.
    pub paint: Paint,
    /// A wider line under the stroke that sets it off from what is below (casing), if any.
    pub casing: Option<super::Stroke>,
}

/// A layer: shared geometry, its class table and one state per item.
#[derive(Clone, Debug)]
pub struct WorldLayer {
    /// Which texture and group it belongs to.
    pub kind: WorldLayerKind,
    /// The items.
    pub geometry: Arc<WorldGeometry>,
    /// Paint per class.
    pub classes: Arc<[ClassPaint]>,
    /// State per item, aligned with `geometry.items`; empty means all normal.
    pub states: Arc<[FeatureState]>,
}

impl WorldLayer {
    /// The state of the item at this index.
    pub fn state(&self, index: usize) -> FeatureState {
        self.states.get(index).copied().unwrap_or_default()
    }

    /// Fill and outline of an item with its state taken into account: dimmed items keep a sixth of their opacity, and states
    /// that need more than paint (hovered, selected) are outlined in the overlay.
    pub fn paint_of(&self, index: usize) -> Option<ClassPaint> {
        let item = self.geometry.items.get(index)?;
        let class = self.classes.get(usize::from(item.class))?;
        Some(match self.state(index) {
            FeatureState::Normal | FeatureState::Hovered | FeatureState::Selected => class.clone(),
            FeatureState::Dimmed => {
                let fade = |stroke: super::Stroke| super::Stroke { color: stroke.color.faded(DIMMED_OPACITY), ..stroke };
                ClassPaint {
                    paint: Paint { fill: class.paint.fill.map(|c| c.faded(DIMMED_OPACITY)), stroke: class.paint.stroke.map(fade) },
                    casing: None,
                }
            }
        })
    }
}

/// Opacity that is left to what does not match.
const DIMMED_OPACITY: f32 = 0.18;
