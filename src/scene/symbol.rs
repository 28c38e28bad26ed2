//! The outlines of point symbols, one definition for the map, the legend and every output.

use super::{Paint, PathSegment, Primitive, ScenePoint, SymbolShape};

/// Height of an equilateral triangle with sides of 1, halved.
const HALF_TRIANGLE_HEIGHT: f32 = 0.433;

/// Corners of half a disc: enough for the largest that is drawn.
const HALF_CORNERS: usize = 21;
const LEFT_HALF: [ScenePoint; HALF_CORNERS] = half_disc(-1.0);
const RIGHT_HALF: [ScenePoint; HALF_CORNERS] = half_disc(1.0);

/// Half a disc of diameter 1 on one side of the upright line through the origin.
const fn half_disc(side: f32) -> [ScenePoint; HALF_CORNERS] {
    /// Half the sine of each tenth of a right angle.
    const SINES: [f32; 11] = [0.0000, 0.0782, 0.1545, 0.2270, 0.2939, 0.3536, 0.4045, 0.4455, 0.4755, 0.4938, 0.5000];
    let mut corners = [ScenePoint::new(0.0, 0.0); HALF_CORNERS];
    let mut index = 0;
    while index <= 10 {
        corners[index] = ScenePoint::new(SINES[index] * side, -SINES[10 - index]);
        corners[20 - index] = ScenePoint::new(SINES[index] * side, SINES[10 - index]);
        index += 1;
    }
    corners
}

impl SymbolShape {
    /// Corners for a symbol of size 1 about the origin, y down; none for a circle.
    pub const fn unit_corners(self) -> &'static [ScenePoint] {
        const SQUARE: [ScenePoint; 4] =
            [ScenePoint::new(-0.5, -0.5), ScenePoint::new(0.5, -0.5), ScenePoint::new(0.5, 0.5), ScenePoint::new(-0.5, 0.5)];
        const DIAMOND: [ScenePoint; 4] =
            [ScenePoint::new(0.0, -0.5), ScenePoint::new(0.5, 0.0), ScenePoint::new(0.0, 0.5), ScenePoint::new(-0.5, 0.0)];
        const TRIANGLE: [ScenePoint; 3] = [
            ScenePoint::new(0.0, -HALF_TRIANGLE_HEIGHT),
            ScenePoint::new(0.5, HALF_TRIANGLE_HEIGHT),
            ScenePoint::new(-0.5, HALF_TRIANGLE_HEIGHT),
        ];
        const TRIANGLE_DOWN: [ScenePoint; 3] = [
            ScenePoint::new(-0.5, -HALF_TRIANGLE_HEIGHT),
            ScenePoint::new(0.5, -HALF_TRIANGLE_HEIGHT),
            ScenePoint::new(0.0, HALF_TRIANGLE_HEIGHT),
        ];
        match self {
            Self::Circle => &[],
            Self::Square => &SQUARE,
            Self::Diamond => &DIAMOND,
            Self::Triangle => &TRIANGLE,
            Self::TriangleDown => &TRIANGLE_DOWN,
            Self::LeftHalf => &LEFT_HALF,
            Self::RightHalf => &RIGHT_HALF,
        }
    }

    /// The symbol as a thing of a screen set, for legends; `size_px` is its diameter in CSS pixels without the outline.
    pub fn primitive(self, center: ScenePoint, size_px: f32, paint: Paint) -> Primitive {
        if self == Self::Circle {
            return Primitive::Disc { center, radius: size_px / 2.0, paint };
        }
        let corner = |p: &ScenePoint| ScenePoint::new(center.x + p.x * size_px, center.y + p.y * size_px);
        let corners = self.unit_corners().iter().map(corner).enumerate();
        let mut segments: Vec<PathSegment> =
            corners.map(|(i, p)| if i == 0 { PathSegment::MoveTo(p) } else { PathSegment::LineTo(p) }).collect();
        segments.push(PathSegment::Close);
        Primitive::Path { segments, paint }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_fits_the_square_of_its_size() {
        for shape in [
            SymbolShape::Square,
            SymbolShape::Diamond,
            SymbolShape::Triangle,
            SymbolShape::TriangleDown,
            SymbolShape::LeftHalf,
            SymbolShape::RightHalf,
        ] {
            assert!(shape.unit_corners().iter().all(|p| p.x.abs() <= 0.5 && p.y.abs() <= 0.5));
            let Primitive::Path { segments, .. } = shape.primitive(ScenePoint::new(5.0, 5.0), 10.0, Paint::default()) else {
                panic!("only the circle is a disc")
            };
            assert_eq!(segments.len(), shape.unit_corners().len() + 1);
        }
    }
}
