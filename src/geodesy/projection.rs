//! Map projections on the sphere, each with any central meridian.
//!
//! Sources: Mercator as EPSG:1024 (Web Mercator); Equal Earth after Šavrič, Patterson & Jenny (2018), *The Equal Earth map projection*,
//! IJGIS 33(3); Natural Earth after Šavrič, Jenny, Patterson, Petrovič & Hurni (2011), *A polynomial equation for the Natural Earth projection*.

use super::{LonLat, Projected, wrap_lon_deg};

/// Radius of the sphere in metres: WGS 84's semi-major axis, as Web Mercator uses it.
const SPHERE_RADIUS_M: f64 = 6_378_137.0;

/// The latitude in degrees at which Web Mercator's world is square; nothing beyond it is drawn in Mercator.
pub const WEB_MERCATOR_MAX_LAT_DEG: f64 = 85.051_128_779_806_59;

/// Which projection; the central meridian is kept beside it in [`MapProjection`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ProjectionKind {
    /// Conformal; a rhumb line is straight.
    Mercator,
    /// Equal-area, pleasant shapes: the default for comparing magnitudes.
    #[default]
    EqualEarth,
    /// A compromise for world maps.
    NaturalEarth,
}

impl ProjectionKind {
    /// All projections in the order of the menu.
    pub const ALL: [Self; 3] = [Self::EqualEarth, Self::Mercator, Self::NaturalEarth];

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Mercator => "Mercator",
            Self::EqualEarth => "Equal Earth",
            Self::NaturalEarth => "Natural Earth",
        }
    }

    /// The name on the command line and in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Mercator => "mercator",
            Self::EqualEarth => "equal-earth",
            Self::NaturalEarth => "natural-earth",
        }
    }

    /// The projection with this [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// A projection with its central meridian: the map is cut at the meridian opposite to it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MapProjection {
    /// Which projection.
    pub kind: ProjectionKind,
    /// Longitude in degrees that is drawn upright in the middle.
    pub central_meridian_deg: f64,
}

impl MapProjection {
    /// A projection with its central meridian in degrees.
    pub fn new(kind: ProjectionKind, central_meridian_deg: f64) -> Self {
        Self { kind, central_meridian_deg: wrap_lon_deg(central_meridian_deg) }
    }

    /// Longitude relative to the central meridian, −180 ≤ lon < 180 degrees.
    pub fn relative_lon_deg(&self, lon_deg: f64) -> f64 {
        wrap_lon_deg(lon_deg - self.central_meridian_deg)
    }

    /// Degrees to plane metres. Total: latitudes are clamped to the projection's range.
    pub fn project(&self, position: LonLat) -> Projected {
        self.project_relative(self.relative_lon_deg(position.lon_deg), position.lat_deg)
    }

    /// Like [`project`](Self::project) for a longitude already relative to the central meridian (−180 to 180, both ends allowed).
    pub fn project_relative(&self, relative_lon_deg: f64, lat_deg: f64) -> Projected {
        let lambda = relative_lon_deg.to_radians();
        let (x, y) = match self.kind {
            ProjectionKind::Mercator => {
                let phi = lat_deg.clamp(-WEB_MERCATOR_MAX_LAT_DEG, WEB_MERCATOR_MAX_LAT_DEG).to_radians();
                (lambda, phi.sin().atanh())
            }
            ProjectionKind::EqualEarth => equal_earth::forward(lambda, lat_deg.clamp(-90.0, 90.0).to_radians()),
            ProjectionKind::NaturalEarth => natural_earth::forward(lambda, lat_deg.clamp(-90.0, 90.0).to_radians()),
        };
        Projected::new(x * SPHERE_RADIUS_M, y * SPHERE_RADIUS_M)
    }

    /// Plane metres to degrees; `None` outside the world's outline.
    pub fn unproject(&self, point: Projected) -> Option<LonLat> {
        let (x, y) = (point.x_m / SPHERE_RADIUS_M, point.y_m / SPHERE_RADIUS_M);
        let (lambda, phi) = match self.kind {
            ProjectionKind::Mercator => (x, y.tanh().asin()),
            ProjectionKind::EqualEarth => equal_earth::inverse(x, y)?,
            ProjectionKind::NaturalEarth => natural_earth::inverse(x, y)?,
        };
        let (lon, lat) = (lambda.to_degrees(), phi.to_degrees());
        let max_lat = if self.kind == ProjectionKind::Mercator { WEB_MERCATOR_MAX_LAT_DEG } else { 90.0 };
        // A hair of tolerance, so that the outline itself is inside.
        (lon.abs() <= 180.0 + 1e-9 && lat.abs() <= max_lat + 1e-9).then(|| LonLat::new(wrap_lon_deg(lon + self.central_meridian_deg), lat))
    }

    /// Half the width and half the height of the whole world on the plane, in metres.
    pub fn world_half_size_m(&self) -> (f64, f64) {
        (self.project_relative(180.0, 0.0).x_m, self.project_relative(0.0, 90.0).y_m)
    }

    /// Plane metres for one metre on the ground along the parallel at this position; what a scale bar needs.
    pub fn scale_factor(&self, position: LonLat) -> f64 {
        let half_step_deg = 0.01;
        let relative = self.relative_lon_deg(position.lon_deg).clamp(-179.9, 179.9);
        let lat = position.lat_deg.clamp(-84.9, 84.9);
        let a = self.project_relative(relative - half_step_deg, lat);
        let b = self.project_relative(relative + half_step_deg, lat);
        let ground_m = (2.0 * half_step_deg).to_radians() * SPHERE_RADIUS_M * lat.to_radians().cos();
        (b.x_m - a.x_m).hypot(b.y_m - a.y_m) / ground_m
    }
}

/// Newton's method on a monotone function of the parametric latitude; `None` when it does not settle.
fn solve_monotone(start: f64, limit: f64, value_and_slope: impl Fn(f64) -> (f64, f64)) -> Option<f64> {
    let mut theta = start.clamp(-limit, limit);
    for _ in 0..50 {
        let (value, slope) = value_and_slope(theta);
        let step = value / slope;
        theta -= step;
        if step.abs() < 1e-13 {
            return Some(theta);
        }
    }
    None
}

mod equal_earth {
    //! Equal Earth, equations 9 and 10 of the paper.
    const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];

    fn y_and_slope(theta: f64) -> (f64, f64) {
        let t2 = theta * theta;
        let t6 = t2 * t2 * t2;
        let y = theta * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2));
        let slope = A[0] + 3.0 * A[1] * t2 + t6 * (7.0 * A[2] + 9.0 * A[3] * t2);
        (y, slope)
    }

    pub(super) fn forward(lambda: f64, phi: f64) -> (f64, f64) {
        let half_sqrt3 = 3.0_f64.sqrt() / 2.0;
        let theta = (half_sqrt3 * phi.sin()).asin();
        let (y, slope) = y_and_slope(theta);
        (lambda * theta.cos() / (half_sqrt3 * slope), y)
    }

    pub(super) fn inverse(x: f64, y: f64) -> Option<(f64, f64)> {
        let half_sqrt3 = 3.0_f64.sqrt() / 2.0;
        let theta = super::solve_monotone(y, 1.2, |t| {
            let (value, slope) = y_and_slope(t);
            (value - y, slope)
        })?;
        let sin_phi = theta.sin() / half_sqrt3;
        if sin_phi.abs() > 1.0 + 1e-12 {
            return None;
        }
        let (_, slope) = y_and_slope(theta);
        Some((half_sqrt3 * x * slope / theta.cos(), sin_phi.clamp(-1.0, 1.0).asin()))
    }
}

mod natural_earth {
    //! Natural Earth I, the published polynomials.

    fn length_factor(phi: f64) -> f64 {
        let p2 = phi * phi;
        let p4 = p2 * p2;
        0.870_700 + p2 * (-0.131_979 + p2 * (-0.013_791 + p4 * (0.003_971 * p2 - 0.001_529 * p4)))
    }

    fn y_and_slope(phi: f64) -> (f64, f64) {
        let p2 = phi * phi;
        let p4 = p2 * p2;
        let y = phi * (1.007_226 + p2 * (0.015_085 + p4 * (-0.044_475 + 0.028_874 * p2 - 0.005_916 * p4)));
        let slope = 1.007_226 + p2 * (3.0 * 0.015_085 + p4 * (7.0 * -0.044_475 + 9.0 * 0.028_874 * p2 - 11.0 * 0.005_916 * p4));
        (y, slope)
    }

    pub(super) fn forward(lambda: f64, phi: f64) -> (f64, f64) {
        (lambda * length_factor(phi), y_and_slope(phi).0)
    }

    pub(super) fn inverse(x: f64, y: f64) -> Option<(f64, f64)> {
        let half_pi = std::f64::consts::FRAC_PI_2;
        let phi = super::solve_monotone(y, half_pi, |p| {
            let (value, slope) = y_and_slope(p);
            (value - y, slope)
        })?;
        (phi.abs() <= half_pi + 1e-9).then(|| (x / length_factor(phi), phi))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64, tolerance: f64) -> bool {
        (a - b).abs() <= tolerance
    }

    #[test]
    fn unproject_is_the_inverse_of_project() {
        for kind in ProjectionKind::ALL {
            for central in [0.0, -30.0, 150.0] {
                let projection = MapProjection::new(kind, central);
                for lon in (-179..180).step_by(13) {
                    for lat in (-84..=84).step_by(7) {
                        let position = LonLat::new(f64::from(lon), f64::from(lat));
                        let back = projection.unproject(projection.project(position)).expect("inside the outline");
                        assert!(near(back.lat_deg, position.lat_deg, 1e-9), "{kind:?} {position:?} {back:?}");
                        assert!(near(wrap_lon_deg(back.lon_deg - position.lon_deg), 0.0, 1e-9), "{kind:?} {position:?} {back:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn web_mercator_world_is_square() {
        let (half_width, half_height) = MapProjection::new(ProjectionKind::Mercator, 0.0).world_half_size_m();
        // EPSG:3857 area of use: ±20 037 508.34 m.
        assert!(near(half_width, 20_037_508.34, 0.01) && near(half_height, 20_037_508.34, 0.01));
    }

    #[test]
    fn equal_earth_matches_the_published_example() {
        // PROJ `+proj=eqearth +R=1`: the pole lies at y = 1.3173627591574.
        let pole = MapProjection::new(ProjectionKind::EqualEarth, 0.0).project(LonLat::new(0.0, 90.0));
        assert!(near(pole.y_m / 6_378_137.0, 1.317_362_759_157_4, 1e-9), "{}", pole.y_m / 6_378_137.0);
    }

    #[test]
    fn outside_the_outline_there_is_no_position() {
        for kind in ProjectionKind::ALL {
            let projection = MapProjection::new(kind, 0.0);
            let (half_width, half_height) = projection.world_half_size_m();
            assert_eq!(projection.unproject(Projected::new(half_width * 1.01, 0.0)), None, "{kind:?}");
            assert_eq!(projection.unproject(Projected::new(0.0, half_height * 1.01)), None, "{kind:?}");
        }
    }

    #[test]
    fn mercator_doubles_scale_at_sixty_degrees() {
        let factor = MapProjection::new(ProjectionKind::Mercator, 0.0).scale_factor(LonLat::new(20.0, 60.0));
        assert!(near(factor, 2.0, 1e-3), "{factor}");
    }
}
