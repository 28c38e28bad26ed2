//! Positions, lengths, projections and the map's cut at the antimeridian. All in `f64`; knows nothing of maps or files.

mod position;
mod projection;

pub use position::{Extent, LonLat, Projected, wrap_lon_deg};
pub use projection::{MapProjection, ProjectionKind, WEB_MERCATOR_MAX_LAT_DEG};
