//! Turns a dataset, a document and a view into a scene: style, classes, layers, labels, legend, furniture and page layout.

mod arrows;
pub mod basemap;
mod basemap_layers;
mod bits;
mod classes;
mod cluster_marks;
#[cfg(test)]
mod color_vision;
mod colors;
mod country_areas;
mod data;
mod difference;
mod endonyms;
mod figure;
mod furniture;
mod inset;
mod labels;
mod land_flags;
mod legend;
mod legend_clusters;
mod legend_filter;
mod legend_flows;
mod marks;
mod notes;
mod overlay;
mod page;
mod page_compare;
mod place_names;
mod placement;
mod sketch;
mod states;
mod style;
mod view;
mod words;

#[cfg(test)]
mod test_data;

pub use basemap::{Basemap, BasemapError, DetailLevel};
pub use basemap_layers::{basemap_layers, detail_for, ground_layer, land_layer, map_background};
pub use classes::{DataClass, DataClasses, MASS_BREAKS_KG, mass_diameter_px, port_diameter_px, seizure_diameter_px};
pub use colors::MapColors;
pub use country_areas::CountryAreas;
pub use data::{DataMap, DataView, FlowSummary, SPREAD_RESOLUTION_M_PER_PX, can_be_spread, data_layers, flow_summary};
pub use difference::{difference_layers, difference_note};
pub use figure::{FigureSpec, Marking, PageSize};
pub use furniture::screen_scale_bar as scale_bar;
pub use inset::{inset_ground, inset_mark, inset_view, screen_inset};
pub use labels::{AreaPlace, LabelKind, LabelPlace, MapLabel, line_label};
pub use land_flags::land_flags;
pub use legend::{Legend, LegendRow, LegendSample, LegendSection, legend};
pub use legend_filter::LegendFilter;
pub use marks::{FeatureIndex, mark_cost, marks};
pub use notes::{BOUNDARY_NOTE, ROUTE_NOTE, SEIZURE_NOTE, data_as_of, shown_text, source_text};
pub use overlay::{OverlayInput, hovered_name, overlay};
pub use page::{FigureArea, FigureInput, compose_figure};
pub use place_names::PlacedLabels;
pub use sketch::{Sketch, SketchLabel, SketchLine, SketchLineKind, SketchPoint, sketch};
pub use states::{Emphasis, drawn_layers, item_states, with_states};
pub use style::{ColorBy, Evidence, LayerToggles, MapStyle, MapTheme, SizeBy};
pub use view::{MapView, NamedExtent, ScaleDenominator};
pub use words::{grouped, mass_for_people};
