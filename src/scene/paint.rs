//! Colors and strokes.

/// An sRGB color with straight (not premultiplied) alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity, 255 is opaque.
    pub a: u8,
}

impl Color {
    /// An opaque color from 0xRRGGBB.
    pub const fn hex(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self { r, g, b, a: 255 }
    }

    /// The same color with its opacity multiplied by `factor` (0 to 1).
    #[must_use]
    pub fn faded(self, factor: f32) -> Self {
        Self { a: (f32::from(self.a) * factor.clamp(0.0, 1.0)).round() as u8, ..self }
    }

    /// Mixed towards `other`: 0 is this color, 1 is the other one.
    #[must_use]
    pub fn mixed(self, other: Self, share: f32) -> Self {
        let mix = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share.clamp(0.0, 1.0)).round() as u8;
        Self { r: mix(self.r, other.r), g: mix(self.g, other.g), b: mix(self.b, other.b), a: mix(self.a, other.a) }
    }
}

/// On and off lengths of a dashed line, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dash {
    /// Drawn length.
    pub on: f32,
    /// Gap.
    pub off: f32,
}

/// How a line is drawn. Caps are butt when dashed, round otherwise; joins are round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Line color.
    pub color: Color,
    /// Width in CSS pixels.
    pub width: f32,
    /// Dash pattern, solid when `None`.
    pub dash: Option<Dash>,
}

impl Stroke {
    /// A solid line.
    pub const fn solid(color: Color, width: f32) -> Self {
        Self { color, width, dash: None }
    }
}

/// Fill and outline of a shape; either may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paint {
    /// Color of the inside.
    pub fill: Option<Color>,
    /// The outline.
    pub stroke: Option<Stroke>,
}

impl Paint {
    /// Only a fill.
    pub const fn fill(color: Color) -> Self {
        Self { fill: Some(color), stroke: None }
    }

    /// Only an outline.
    pub const fn stroke(stroke: Stroke) -> Self {
        Self { fill: None, stroke: Some(stroke) }
    }
}
