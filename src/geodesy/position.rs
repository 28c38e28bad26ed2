//! Geographic and plane positions.

/// A geographic position in degrees, WGS 84 (EPSG:4326), longitude first as in RFC 7946.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LonLat {
    /// Longitude in degrees, east positive.
    pub lon_deg: f64,
    /// Latitude in degrees, north positive.
    pub lat_deg: f64,
}

impl LonLat {
    /// A position from longitude and latitude in degrees.
    pub const fn new(lon_deg: f64, lat_deg: f64) -> Self {
        Self { lon_deg, lat_deg }
    }

    /// Whether both are numbers, whatever their range.
    pub const fn is_finite(self) -> bool {
        self.lon_deg.is_finite() && self.lat_deg.is_finite()
    }
}

/// A position on the projected plane, in metres on a sphere of WGS 84's semi-major axis (6 378 137 m); x east, y north.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Projected {
    /// Metres east of the central meridian.
    pub x_m: f64,
    /// Metres north of the equator.
    pub y_m: f64,
}

impl Projected {
    /// A plane position from metres east and north.
    pub const fn new(x_m: f64, y_m: f64) -> Self {
        Self { x_m, y_m }
    }
}

/// Longitude brought into −180 ≤ lon < 180 degrees; 180 itself becomes −180. Not finite stays not finite.
pub fn wrap_lon_deg(lon_deg: f64) -> f64 {
    if (-180.0..180.0).contains(&lon_deg) {
        return lon_deg;
    }
    (lon_deg + 180.0).rem_euclid(360.0) - 180.0
}

/// An axis-aligned area of the earth in degrees. `west` may be greater than `east`: then it crosses ±180°.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Western limit in degrees.
    pub west_deg: f64,
    /// Southern limit in degrees.
    pub south_deg: f64,
    /// Eastern limit in degrees.
    pub east_deg: f64,
    /// Northern limit in degrees.
    pub north_deg: f64,
}

impl Extent {
    /// An extent from its four limits in degrees, in the order of RFC 7946 bounding boxes.
    pub const fn new(west_deg: f64, south_deg: f64, east_deg: f64, north_deg: f64) -> Self {
        Self { west_deg, south_deg, east_deg, north_deg }
    }

    /// Width in degrees of longitude, 0 to 360.
    pub fn width_deg(&self) -> f64 {
        if self.west_deg <= self.east_deg { self.east_deg - self.west_deg } else { self.east_deg - self.west_deg + 360.0 }
    }

    /// The middle, with its longitude in −180..180.
    pub fn center(&self) -> LonLat {
        LonLat::new(wrap_lon_deg(self.west_deg + self.width_deg() / 2.0), f64::midpoint(self.south_deg, self.north_deg))
    }

    /// Whether the position lies inside or on the edge.
    pub fn contains(&self, position: LonLat) -> bool {
        let from_west = (position.lon_deg - self.west_deg).rem_euclid(360.0);
        from_west <= self.width_deg() && (self.south_deg..=self.north_deg).contains(&position.lat_deg)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longitudes_wrap_into_half_open_range() {
        assert_eq!(wrap_lon_deg(180.0), -180.0);
        assert_eq!(wrap_lon_deg(-180.0), -180.0);
        assert_eq!(wrap_lon_deg(540.5), -179.5);
        assert_eq!(wrap_lon_deg(12.25), 12.25);
        assert!(wrap_lon_deg(f64::NAN).is_nan());
    }

    #[test]
    fn an_extent_may_cross_the_antimeridian() {
        let fiji = Extent::new(177.0, -20.0, -178.0, -12.0);
        assert_eq!(fiji.width_deg(), 5.0);
        assert_eq!(fiji.center(), LonLat::new(179.5, -16.0));
        assert!(fiji.contains(LonLat::new(-179.0, -17.0)));
        assert!(!fiji.contains(LonLat::new(0.0, -17.0)));
    }
}
