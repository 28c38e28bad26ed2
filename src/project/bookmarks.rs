//! Named views as they stand in the settings file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A view with a name. Plain values: what they mean is checked by whoever reads them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedBookmark {
    /// As the analyst calls it.
    pub name: String,
    /// Key of the projection, as on the command line.
    pub projection: String,
    /// Longitude in degrees in the middle of the projection.
    pub central_meridian_deg: f64,
    /// West, south, east and north edge on the plane of that projection, in metres.
    pub plane_box_m: [f64; 4],
    /// The filter that belongs to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<SavedFilter>,
}

/// A filter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedFilter {
    /// First and last day since 1970-01-01, both included.
    pub days: Option<(i32, i32)>,
    /// Words that must occur.
    pub text: String,
    /// Chosen values by the key of their dimension.
    pub choices: BTreeMap<String, Vec<String>>,
}
