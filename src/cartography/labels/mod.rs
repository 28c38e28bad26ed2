//! Names on the map: which of them find room, and where.
//!
//! Names are placed on the plane at a zoom level, four levels to a doubling of the scale, and not in the window: which names stand where
//! depends on the level and the data alone, so that panning changes none and a small zoom few. The window only leaves out what its edge
//! would cut. Names of more weight choose first, each the place that suits it best of those that are free.

mod area;
mod candidates;
mod curve;
mod draw;
mod ink;
mod place;
mod point;
mod room;
mod setting;

use std::sync::Arc;

pub(super) use area::{AreaRows, PlaneRows};
pub(super) use curve::smooth;
pub(super) use place::{LabelPage, place_labels};

use crate::geodesy::Projected;
use crate::model::FeatureRef;
use crate::scene::{PlanePoint, PlaneView};

/// What a name names; decides its face and color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LabelKind {
    /// A selected or hovered record.
    Selected,
    /// A country: capitals with space between the letters, or plain letters where these find no room.
    Country,
    /// A sea: italic, along a curve.
    Sea,
    /// A port of the atlas.
    Port,
    /// A town.
    Town,
    /// A corridor, along its line.
    Corridor,
}

/// Where a name belongs on the plane.
#[derive(Clone, Debug)]
pub enum LabelPlace {
    /// Beside a point.
    Point {
        /// The point.
        at: Projected,
        /// Radius of its symbol in CSS pixels, which the name keeps clear of.
        clearance_px: f32,
        /// Whether the name may stand off with a leader when all places beside the point are taken.
        may_lead: bool,
    },
    /// Inside an area.
    Area(AreaPlace),
    /// Along the middle of a water: a smooth curve in the direction of reading.
    Curve(Arc<[Projected]>),
    /// Along a line, repeated where it is long.
    Line(Arc<[PlanePoint]>),
}

/// An area that is named.
#[derive(Clone, Debug)]
pub struct AreaPlace {
    /// Where the name would best stand.
    at: Projected,
    /// Rows across the area; without them the name stands around `at`.
    rows: Option<Arc<PlaneRows>>,
    /// Whether the name may stand there even when most of it lies outside.
    may_overhang: bool,
    /// Whether the name is set in capitals where they fit.
    capitals: bool,
}

impl AreaPlace {
    pub(super) fn new(at: Projected, rows: Option<Arc<PlaneRows>>, may_overhang: bool, capitals: bool) -> Self {
        Self { at, rows, may_overhang, capitals }
    }
}

/// A name that would like to stand on the map.
#[derive(Clone, Debug)]
pub struct MapLabel {
    /// The name as written.
    pub text: Arc<str>,
    /// What it names.
    pub kind: LabelKind,
    /// Where it belongs.
    pub place: LabelPlace,
    /// Importance within its kind: the larger, the earlier it gets room.
    pub weight: f64,
    /// Em size in CSS pixels; names of areas and seas may be set larger.
    pub size_px: f32,
    /// The record it belongs to.
    pub feature: Option<FeatureRef>,
    /// Shown pale, as its record does not match.
    pub dimmed: bool,
}

/// The resolution of the zoom level that a view belongs to, in plane metres a pixel.
pub(super) fn level_resolution(view: &PlaneView) -> f64 {
    candidates::Level::of(view.resolution_m_per_px).resolution
}

/// A name along a line of the plane, repeated where the line is long: upright, only where the line is smooth and long enough, beside the
/// line and clear of other lines. For corridors and flows; `size_px` is the em size in CSS pixels.
pub fn line_label(text: &str, line: &[PlanePoint], feature: Option<FeatureRef>, weight: f64, size_px: f32) -> MapLabel {
    MapLabel {
        text: shortened_line_name(text).into(),
        kind: LabelKind::Corridor,
        place: LabelPlace::Line(line.into()),
        weight,
        size_px,
        feature,
        dimmed: false,
    }
}

/// A name short enough for a line: dashes between its parts, at most 36 characters, cut between words.
fn shortened_line_name(name: &str) -> String {
    const MOST_CHARS: usize = 36;
    let name = name.replace(" - ", " – ");
    if name.chars().count() <= MOST_CHARS {
        return name;
    }
    let cut: String = name.chars().take(MOST_CHARS).collect();
    // Between words, unless one word is nearly all there is.
    let end = cut.rfind(' ').filter(|at| *at > MOST_CHARS / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([' ', '–', ',', '(', '/']))
}

#[cfg(test)]
mod tests;
