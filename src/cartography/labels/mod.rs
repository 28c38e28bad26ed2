//! Names on the map: which of them find room, and where.
//!
//! Names are placed on the plane at a zoom level, six levels to a doubling of the scale, and not in the window: which names stand where
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
use crate::scene::{Color, PlanePoint, PlaneView};

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
    /// Along the middle of a water.
    Curve {
        /// A smooth curve in the direction of reading.
        path: Arc<[Projected]>,
        /// Space between letters at most, in em.
        spread_em: f32,
    },
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
    /// Whether the map is large enough for the name by its rank; otherwise it is set in plain letters and must fit.
    in_scale: bool,
    /// Whether it comes before the names of ports.
    before_ports: bool,
}

impl AreaPlace {
    pub(super) fn new(at: Projected, rows: Option<Arc<PlaneRows>>, in_scale: bool, before_ports: bool) -> Self {
        Self { at, rows, in_scale, before_ports }
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
    /// Color of what it names, such as a line; the name is set in a darker shade of it.
    pub tint: Option<Color>,
    /// The record it belongs to.
    pub feature: Option<FeatureRef>,
    /// Shown pale, as its record does not match.
    pub dimmed: bool,
}

/// The resolution at which the names of a view are placed, in plane metres a pixel: that of its zoom level, or its own where nothing moves.
pub(super) fn placing_resolution(view: &PlaneView, is_still: bool) -> f64 {
    if is_still { view.resolution_m_per_px } else { candidates::Level::of(view.resolution_m_per_px).resolution }
}

/// A name along a line of the plane, repeated where the line is long: upright, only where the line is smooth and long enough, beside the
/// line and clear of other lines. For corridors and flows; `tint` is the color of the line, `size_px` the em size in CSS pixels.
pub fn line_label(
    text: &str,
    line: &[PlanePoint],
    feature: Option<FeatureRef>,
    (tint, weight, size_px): (Option<Color>, f64, f32),
) -> MapLabel {
    MapLabel {
        text: shortened_line_name(text).into(),
        kind: LabelKind::Corridor,
        place: LabelPlace::Line(line.into()),
        weight,
        size_px,
        tint,
        feature,
        dimmed: false,
    }
}

/// A name short enough for a line: dashes between its parts, nothing in brackets, at most 36 characters, cut between its parts or words.
fn shortened_line_name(name: &str) -> String {
    const MOST_CHARS: usize = 36;
    let mut plain = String::with_capacity(name.len());
    let mut depth = 0_u32;
    for c in name.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ").replace(" - ", " – ");
    let name = if plain.is_empty() { name.to_owned() } else { plain };
    let Some((end, _)) = name.char_indices().nth(MOST_CHARS) else { return name };
    let cut = &name[..end];
    // Between parts if enough is left, else between words, else anywhere.
    let at = cut.rfind(" – ").filter(|at| *at >= MOST_CHARS * 3 / 5).map(|at| (at, " – …"));
    let (at, ending) = at.or_else(|| cut.rfind(' ').filter(|at| *at >= MOST_CHARS / 2).map(|at| (at, " …"))).unwrap_or((end, "…"));
    format!("{}{ending}", &name[..at])
}

#[cfg(test)]
mod tests;
