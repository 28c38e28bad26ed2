//! The display list: a map as a value with everything decided. Every back end draws the same [`Scene`].
//!
//! A scene has a *world set* (geometry on the projected plane, the same for every view of a projection) and *screen sets*
//! (labels, arrowheads, furniture: composed anew for a view, in CSS pixels).

mod detail;
mod paint;
mod picking;
mod plane_point;
mod screen;
mod subject;
mod symbol;
mod view;
mod world;

pub use detail::detail_at;
pub use paint::{Color, Dash, Paint, Stroke};
pub use picking::{PickIndex, Picked};
pub use plane_point::PlanePoint;
pub use screen::{CurvedText, FontFace, PathSegment, Primitive, SceneItem, ScreenSet, TextAnchor, TextRun, TurnedLetter};
pub use subject::{Members, Subject};
pub use view::{PlaneView, ScenePoint, SceneRect};
pub use world::{ClassPaint, FeatureState, PlaneBox, SymbolShape, WorldGeometry, WorldItem, WorldLayer, WorldLayerKind, WorldShape};

/// A finished map: a page of `width` × `height` CSS pixels with one map body and its furniture.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Page width in CSS pixels (1/96 in).
    pub width: f32,
    /// Page height in CSS pixels.
    pub height: f32,
    /// Paper color.
    pub background: Color,
    /// Title of the document, for metadata.
    pub title: String,
    /// The part of the plane that the map body shows, and where on the page.
    pub view: PlaneView,
    /// Color inside the map body before any layer, beyond the world's outline.
    pub map_background: Color,
    /// Geometry of the map body, drawn in order.
    pub world: Vec<WorldLayer>,
    /// Labels, arrowheads and highlights over the map body, clipped to it.
    pub overlay: ScreenSet,
    /// A second map body beside the first, on figures that compare two periods.
    pub beside: Option<MapBody>,
    /// Everything around the map body: title, legend, scale bar, notes, marking.
    pub furniture: ScreenSet,
}

/// A map body of its own within a page.
#[derive(Clone, Debug)]
pub struct MapBody {
    /// The part of the plane that it shows, and where on the page.
    pub view: PlaneView,
    /// Its geometry, drawn in order.
    pub world: Vec<WorldLayer>,
    /// Labels, arrowheads and highlights over it, clipped to it.
    pub overlay: ScreenSet,
}
