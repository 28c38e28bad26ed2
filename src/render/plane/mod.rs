//! From the plane to pixels: what the back ends that draw the world set have in common.

mod clip;
mod flow;
mod trace;

#[cfg(feature = "gui")]
pub use clip::{ClipBox, clip_line};
pub use flow::FlowLine;
pub use trace::{Figure, Parts, Tracer};
