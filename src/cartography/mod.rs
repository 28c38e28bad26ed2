//! Turns a dataset, a document and a view into a scene: style, classes, layers, labels, legend, furniture and page layout.

mod figure;
mod style;
mod view;

pub use figure::{FigureSpec, Marking, PageSize};
pub use style::{ColorBy, LayerToggles, MapStyle, MapTheme};
pub use view::{MapView, NamedExtent, ScaleDenominator};
