//! The outlines of point symbols, one definition for the map, the legend and every output.

use super::{Paint, PathSegment, Primitive, ScenePoint, SymbolShape};

/// Height of an equilateral triangle with sides of 1, halved.
const HALF_TRIANGLE_HEIGHT: f32 = 0.433;

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
        for shape in [SymbolShape::Square, SymbolShape::Diamond, SymbolShape::Triangle, SymbolShape::TriangleDown] {
            assert!(shape.unit_corners().iter().all(|p| p.x.abs() <= 0.5 && p.y.abs() <= 0.5));
            let Primitive::Path { segments, .. } = shape.primitive(ScenePoint::new(5.0, 5.0), 10.0, Paint::default()) else {
                panic!("only the circle is a disc")
            };
            assert_eq!(segments.len(), shape.unit_corners().len() + 1);
        }
    }
}
