//! What undo brings back and a project file keeps.

use std::sync::Arc;

use super::Bookmark;
use crate::analysis::{Comparison, Filter};
use crate::cartography::{FigureSpec, MapStyle};

/// The analyst's choices about what is shown and how. Cheap to clone and compare.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What must match; the rest is dimmed.
    pub filter: Filter,
    /// The look of the map.
    pub style: MapStyle,
    /// What stands around the map on a figure.
    pub figure: FigureSpec,
    /// Views with a name, in the order of the menu; kept in the settings between runs.
    pub bookmarks: Arc<Vec<Bookmark>>,
    /// Two periods side by side or their difference; `None` shows one map.
    pub compare: Option<Comparison>,
}
