//! Where the plane lies on the page.

use crate::geodesy::Projected;

/// A point on the page in CSS pixels (1/96 in), origin top left, y down.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScenePoint {
    /// Pixels from the left.
    pub x: f32,
    /// Pixels from the top.
    pub y: f32,
}

impl ScenePoint {
    /// A point from its pixels.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }
}

/// An upright rectangle on the page in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SceneRect {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

impl SceneRect {
    /// A rectangle from its top left corner and size.
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// Right edge.
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    /// Bottom edge.
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    /// The middle.
    pub fn center(&self) -> ScenePoint {
        ScenePoint::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(&self, point: ScenePoint) -> bool {
        (self.x..=self.right()).contains(&point.x) && (self.y..=self.bottom()).contains(&point.y)
    }

    /// Whether the two share any area.
    pub fn intersects(&self, other: &Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Grown by `margin` on every side; shrunk when negative.
    #[must_use]
    pub fn grown(&self, margin: f32) -> Self {
        Self::new(self.x - margin, self.y - margin, (self.width + 2.0 * margin).max(0.0), (self.height + 2.0 * margin).max(0.0))
    }
}

/// The map body: which part of the plane is shown where on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaneView {
    /// The plane position in the middle of `frame`.
    pub center: Projected,
    /// Plane metres for one CSS pixel.
    pub resolution_m_per_px: f64,
    /// Where on the page the map body lies.
    pub frame: SceneRect,
}

impl PlaneView {
    /// Plane to page. The subtraction is done in `f64`, so that no jitter is left at any zoom.
    pub fn scene_from_projected(&self, point: Projected) -> ScenePoint {
        let middle = self.frame.center();
        ScenePoint::new(
            ((point.x_m - self.center.x_m) / self.resolution_m_per_px) as f32 + middle.x,
            ((self.center.y_m - point.y_m) / self.resolution_m_per_px) as f32 + middle.y,
        )
    }

    /// Page to plane.
    pub fn projected_from_scene(&self, point: ScenePoint) -> Projected {
        let middle = self.frame.center();
        Projected::new(
            self.center.x_m + f64::from(point.x - middle.x) * self.resolution_m_per_px,
            self.center.y_m - f64::from(point.y - middle.y) * self.resolution_m_per_px,
        )
    }

    /// The shown part of the plane, grown by `margin_px` CSS pixels on every side.
    pub fn plane_box(&self, margin_px: f32) -> super::PlaneBox {
        let half_width = f64::from(self.frame.width / 2.0 + margin_px) * self.resolution_m_per_px;
        let half_height = f64::from(self.frame.height / 2.0 + margin_px) * self.resolution_m_per_px;
        super::PlaneBox {
            min: Projected::new(self.center.x_m - half_width, self.center.y_m - half_height),
            max: Projected::new(self.center.x_m + half_width, self.center.y_m + half_height),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_and_plane_are_inverse() {
        let view = PlaneView {
            center: Projected::new(1_500_000.0, 4_000_000.0),
            resolution_m_per_px: 250.0,
            frame: SceneRect::new(10.0, 20.0, 800.0, 600.0),
        };
        assert_eq!(view.scene_from_projected(view.center), ScenePoint::new(410.0, 320.0));
        let corner = view.projected_from_scene(ScenePoint::new(10.0, 20.0));
        assert_eq!(corner, Projected::new(1_400_000.0, 4_075_000.0));
        assert_eq!(view.scene_from_projected(corner), ScenePoint::new(10.0, 20.0));
    }
}
