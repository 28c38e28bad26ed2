//! Screen sets: things of fixed size on the page, in CSS pixels.

use super::{Color, Paint, ScenePoint, SceneRect};
use crate::model::FeatureRef;

/// A face of the bundled fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FontFace {
    /// Inter Regular.
    Regular,
    /// Inter SemiBold.
    SemiBold,
    /// Inter Italic: water names.
    Italic,
    /// JetBrains Mono: coordinates.
    Mono,
}

/// Which end of a text stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextAnchor {
    /// The text begins there.
    Start,
    /// The text is centered there.
    Middle,
    /// The text ends there.
    End,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// The text; no line breaks.
    pub text: String,
    /// Which face.
    pub face: FontFace,
    /// Em size in CSS pixels.
    pub size: f32,
    /// Extra space between letters in CSS pixels.
    pub letter_spacing: f32,
    /// Text color.
    pub color: Color,
    /// Outline that sets it off from the map: color and width on each side in CSS pixels.
    pub halo: Option<(Color, f32)>,
    /// On the baseline, at the end that `anchor` names.
    pub position: ScenePoint,
    /// Which end stands at `position`.
    pub anchor: TextAnchor,
    /// Clockwise turn about `position`, in degrees.
    pub angle_deg: f32,
}

/// A letter that stands and turns by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct TurnedLetter {
    /// The letter with its marks.
    pub text: String,
    /// Where it starts on its baseline, in CSS pixels.
    pub position: ScenePoint,
    /// Clockwise turn about `position`, in degrees.
    pub angle_deg: f32,
}

/// A line of text along a curve.
#[derive(Clone, Debug, PartialEq)]
pub struct CurvedText {
    /// The whole text, for readers that do not see.
    pub text: String,
    /// Which face.
    pub face: FontFace,
    /// Em size in CSS pixels.
    pub size: f32,
    /// Text color.
    pub color: Color,
    /// Outline that sets it off from the map: color and width on each side in CSS pixels.
    pub halo: Option<(Color, f32)>,
    /// Its letters in the order of reading.
    pub letters: Vec<TurnedLetter>,
}

/// A piece of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathSegment {
    /// Starts a part.
    MoveTo(ScenePoint),
    /// A straight line.
    LineTo(ScenePoint),
    /// A quadratic curve with its control point, then its end.
    QuadTo(ScenePoint, ScenePoint),
    /// A cubic curve with its control points, then its end.
    CubicTo(ScenePoint, ScenePoint, ScenePoint),
    /// Closes the part.
    Close,
}

/// Something to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Primitive {
    /// Any path, filled by the even-odd rule.
    Path {
        /// Its pieces.
        segments: Vec<PathSegment>,
        /// How.
        paint: Paint,
    },
    /// An open line through at least two points.
    Polyline {
        /// Its points.
        points: Vec<ScenePoint>,
        /// How.
        stroke: super::Stroke,
    },
    /// A circle; `radius` excludes the outline.
    Disc {
        /// Middle.
        center: ScenePoint,
        /// In CSS pixels.
        radius: f32,
        /// How.
        paint: Paint,
    },
    /// An upright rectangle with rounded corners.
    Rect {
        /// Where.
        rect: SceneRect,
        /// Corner radius in CSS pixels.
        corner_radius: f32,
        /// How.
        paint: Paint,
    },
    /// A line of text.
    Text(TextRun),
    /// A line of text along a curve.
    CurvedText(CurvedText),
}

/// One drawn thing and what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneItem {
    /// What to draw.
    pub primitive: Primitive,
    /// The record it stands for, if any.
    pub feature: Option<FeatureRef>,
    /// Group in outputs, for example "labels", "legend", "marking"; neighbours with the same role form one group.
    pub role: &'static str,
}

/// Things in drawing order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScreenSet {
    /// The items.
    pub items: Vec<SceneItem>,
}

impl ScreenSet {
    /// Adds a thing that stands for no record.
    pub fn push(&mut self, role: &'static str, primitive: Primitive) {
        self.items.push(SceneItem { primitive, feature: None, role });
    }

    /// Adds a thing that stands for a record.
    pub fn push_feature(&mut self, role: &'static str, feature: FeatureRef, primitive: Primitive) {
        self.items.push(SceneItem { primitive, feature: Some(feature), role });
    }
}
