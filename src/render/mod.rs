//! Back ends that draw a scene: the same items, the same order, the same places.

mod error;
#[cfg(test)]
mod fixture;
mod plane;

#[cfg(feature = "gui")]
pub mod egui_shapes;
pub mod raster;
pub mod svg;

pub use error::RenderError;
