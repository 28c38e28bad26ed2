//! Which part of the world is looked at: an immutable value; every movement makes a new one.

use crate::geodesy::{Extent, LonLat, MapProjection, Projected};
use crate::scene::{PlaneBox, PlaneView, ScenePoint, SceneRect};

/// CSS pixels in a metre: 96 in an inch of 25.4 mm.
const PX_PER_M: f64 = 96.0 / 0.025_4;
/// The closest look: about a harbour basin on the screen.
const MIN_RESOLUTION_M_PER_PX: f64 = 0.5;
/// The farthest look: the world half as wide as a small window.
const MAX_RESOLUTION_M_PER_PX: f64 = 120_000.0;

/// A view of this share of the world's width is a map of the world.
const WORLD_SHARE: f64 = 0.8;

/// A scale as cartographers write it: the n of 1:n, on a screen of 96 px an inch.
pub type ScaleDenominator = f64;

/// A projection, a middle and a resolution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapView {
    /// The projection with its central meridian.
    pub projection: MapProjection,
    /// Plane position in the middle of the map body.
    pub center: Projected,
    /// Plane metres for one CSS pixel.
    pub resolution_m_per_px: f64,
}

/// Extents that have a name on the command line and in the View menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NamedExtent {
    /// From the Caribbean and South America to the Black Sea: the corridors of the bundled atlas.
    Atlantic,
    /// The Adriatic and Ionian seas.
    Adriatic,
    /// The Balkans with the Aegean and the western Black Sea.
    Balkans,
    /// The whole world.
    World,
}

impl NamedExtent {
    /// All named extents in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Atlantic, Self::Adriatic, Self::Balkans, Self::World];

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Atlantic => "Atlantic",
            Self::Adriatic => "Adriatic",
            Self::Balkans => "Balkans",
            Self::World => "World",
        }
    }

    /// The name on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Atlantic => "atlantic",
            Self::Adriatic => "adriatic",
            Self::Balkans => "balkans",
            Self::World => "world",
        }
    }

    /// The area in degrees.
    pub const fn extent(self) -> Extent {
        match self {
            Self::Atlantic => Extent::new(-95.0, -40.0, 45.0, 60.0),
            Self::Adriatic => Extent::new(11.5, 38.0, 22.0, 46.2),
            Self::Balkans => Extent::new(12.0, 34.5, 31.0, 47.5),
            Self::World => Extent::new(-180.0, -60.0, 180.0, 80.0),
        }
    }
}

impl MapView {
    /// A view with its resolution brought into the allowed range. A center that is not finite becomes the origin.
    pub fn new(projection: MapProjection, center: Projected, resolution_m_per_px: f64) -> Self {
        let (half_width, half_height) = projection.world_half_size_m();
        let keep = |value: f64, limit: f64| if value.is_finite() { value.clamp(-limit, limit) } else { 0.0 };
        Self {
            projection,
            center: Projected::new(keep(center.x_m, half_width), keep(center.y_m, half_height)),
            resolution_m_per_px: if resolution_m_per_px.is_finite() {
                resolution_m_per_px.clamp(MIN_RESOLUTION_M_PER_PX, MAX_RESOLUTION_M_PER_PX)
            } else {
                MAX_RESOLUTION_M_PER_PX
            },
        }
    }

    /// The view that shows a whole plane box in a map body of this size (CSS pixels), with a margin on every side.
    pub fn fitting_box(projection: MapProjection, plane_box: PlaneBox, width_px: f32, height_px: f32, margin_px: f32) -> Self {
        let room = |size: f32| f64::from((size - 2.0 * margin_px).max(16.0));
        let resolution =
            ((plane_box.max.x_m - plane_box.min.x_m) / room(width_px)).max((plane_box.max.y_m - plane_box.min.y_m) / room(height_px));
        let center =
            Projected::new(f64::midpoint(plane_box.min.x_m, plane_box.max.x_m), f64::midpoint(plane_box.min.y_m, plane_box.max.y_m));
        Self::new(projection, center, resolution)
    }

    /// The view that shows a whole extent; its outline is sampled, since meridians and parallels may be curves on the plane.
    pub fn fitting_extent(projection: MapProjection, extent: Extent, width_px: f32, height_px: f32, margin_px: f32) -> Self {
        let width = extent.width_deg();
        let mut plane_box = PlaneBox::EMPTY;
        for step in 0..=32 {
            let share = f64::from(step) / 32.0;
            // A hair inside the limits, so that 180° does not wrap to the other edge.
            let lon = extent.west_deg + width * (0.000_001 + 0.999_998 * share);
            let lat = extent.south_deg + (extent.north_deg - extent.south_deg) * share;
            for position in [
                LonLat::new(lon, extent.south_deg),
                LonLat::new(lon, extent.north_deg),
                LonLat::new(extent.west_deg + width * 0.000_001, lat),
                LonLat::new(extent.west_deg + width * 0.999_999, lat),
            ] {
                plane_box = plane_box.including(projection.project(position));
            }
        }
        Self::fitting_box(projection, plane_box, width_px, height_px, margin_px)
    }

    /// The plane view for a map body at `frame`.
    pub fn on(&self, frame: SceneRect) -> PlaneView {
        PlaneView { center: self.center, resolution_m_per_px: self.resolution_m_per_px, frame }
    }

    /// Moved so that what was under the pointer follows it by this many CSS pixels.
    #[must_use]
    pub fn panned(&self, right_px: f32, down_px: f32) -> Self {
        let center = Projected::new(
            self.center.x_m - f64::from(right_px) * self.resolution_m_per_px,
            self.center.y_m + f64::from(down_px) * self.resolution_m_per_px,
        );
        Self::new(self.projection, center, self.resolution_m_per_px)
    }

    /// Zoomed in by `factor` (> 1) or out (< 1) while the plane position under `fixed` stays there.
    #[must_use]
    pub fn zoomed_about(&self, factor: f64, fixed: ScenePoint, frame: SceneRect) -> Self {
        let anchor = self.on(frame).projected_from_scene(fixed);
        let zoomed = Self::new(self.projection, self.center, self.resolution_m_per_px / factor);
        let moved = zoomed.on(frame).projected_from_scene(fixed);
        let center = Projected::new(zoomed.center.x_m + anchor.x_m - moved.x_m, zoomed.center.y_m + anchor.y_m - moved.y_m);
        Self::new(self.projection, center, zoomed.resolution_m_per_px)
    }

    /// The same middle and scale in another projection.
    #[must_use]
    pub fn reprojected(&self, projection: MapProjection) -> Self {
        let middle = self.center_lon_lat().unwrap_or(LonLat::new(self.projection.central_meridian_deg, 0.0));
        let growth = projection.scale_factor(middle) / self.projection.scale_factor(middle);
        Self::new(projection, projection.project(middle), self.resolution_m_per_px * growth)
    }

    /// What this view shows, as far as a picture in another projection can stand in for it.
    #[must_use]
    pub fn stand_in(&self, projection: MapProjection) -> Self {
        match self.center_lon_lat() {
            Some(_) => self.reprojected(projection),
            // Beyond the outline of the world there is no middle to keep.
            None => Self { projection, ..*self },
        }
    }

    /// Whether a map of this width in CSS pixels shows (nearly) the whole world from west to east.
    pub fn shows_world(&self, width_px: f32) -> bool {
        f64::from(width_px) * self.resolution_m_per_px >= WORLD_SHARE * 2.0 * self.projection.world_half_size_m().0
    }

    /// The position in degrees at the middle, if it lies on the world.
    pub fn center_lon_lat(&self) -> Option<LonLat> {
        self.projection.unproject(self.center)
    }

    /// The n of 1:n along the parallel at the middle of the map.
    pub fn scale_denominator(&self) -> ScaleDenominator {
        let middle = self.center_lon_lat().unwrap_or(LonLat::new(self.projection.central_meridian_deg, 0.0));
        self.resolution_m_per_px * PX_PER_M / self.projection.scale_factor(middle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::ProjectionKind;

    const FRAME: SceneRect = SceneRect::new(0.0, 0.0, 900.0, 500.0);

    #[test]
    fn zooming_keeps_the_place_under_the_cursor() {
        let view = MapView::fitting_extent(MapProjection::default(), NamedExtent::Balkans.extent(), 900.0, 500.0, 10.0);
        let cursor = ScenePoint::new(700.0, 120.0);
        let before = view.on(FRAME).projected_from_scene(cursor);
        let after = view.zoomed_about(2.0, cursor, FRAME).on(FRAME).projected_from_scene(cursor);
        assert!((before.x_m - after.x_m).abs() < 1.0 && (before.y_m - after.y_m).abs() < 1.0);
    }

    #[test]
    fn a_fitted_extent_is_wholly_inside_the_frame() {
        for kind in ProjectionKind::ALL {
            for named in NamedExtent::ALL {
                let projection = MapProjection::new(kind, 0.0);
                let extent = named.extent();
                let view = MapView::fitting_extent(projection, extent, FRAME.width, FRAME.height, 8.0).on(FRAME);
                for (lon, lat) in [(extent.west_deg + 0.001, extent.south_deg), (extent.east_deg - 0.001, extent.north_deg)] {
                    let point = view.scene_from_projected(projection.project(LonLat::new(lon, lat)));
                    assert!(FRAME.contains(point), "{kind:?} {named:?} {point:?}");
                }
            }
        }
    }

    #[test]
    fn resolution_and_center_stay_in_range() {
        let view = MapView::new(MapProjection::default(), Projected::new(f64::NAN, 1e300), 1e-9);
        assert_eq!(view.resolution_m_per_px, MIN_RESOLUTION_M_PER_PX);
        assert_eq!(view.center.x_m, 0.0);
        assert!(view.center.y_m < 1e8);
    }

    #[test]
    fn scale_at_the_equator_is_the_plain_ratio() {
        let view = MapView::new(MapProjection::new(ProjectionKind::Mercator, 0.0), Projected::default(), 1_000.0);
        // 1000 m a pixel of 0.264583 mm is 1:3 779 528.
        assert!((view.scale_denominator() - 3_779_527.6).abs() < 10.0, "{}", view.scale_denominator());
    }
}
