//! Positions, lengths, projections and the map's cut at the antimeridian. All in `f64`; knows nothing of maps or files.

mod antimeridian;
mod area;
mod cut;
mod great_circle;
mod land;
mod position;
mod projection;
mod rhumb;
pub mod vector;
mod zone;

pub use antimeridian::split_at_antimeridian;
pub use area::{ProjectedArea, project_area, project_coast, project_polygon};
pub use cut::{graticule, outline, project_line};
pub use great_circle::{along_great_circles, distance_m, great_circle, length_nm};
pub use land::{LandIndex, LandStretch};
pub use position::{Extent, LonLat, Projected, wrap_lon_deg};
pub use projection::{MapProjection, ProjectionKind, WEB_MERCATOR_MAX_LAT_DEG};
pub use rhumb::{initial_bearing_deg, rhumb_line};
pub use zone::{Zone, margin_m};
