//! What the analyst chose about the look of the map.

/// The colors of the map as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MapTheme {
    /// Warm white land, pale blue-grey sea, ink text.
    #[default]
    Light,
    /// Deep navy sea, slate land.
    Dark,
    /// White paper, light grey land.
    Print,
}

/// What the color of corridors and seizures says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ColorBy {
    /// How the load travels; seizures by the kind of place.
    #[default]
    Mode,
    /// Whether a Balkan cell, another group or none is named.
    Group,
    /// How sure the atlas is; seizures by attribution.
    Confidence,
    /// First reported or event year in classes of some years.
    Period,
}

impl ColorBy {
    /// All choices in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Mode, Self::Group, Self::Confidence, Self::Period];

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mode => "Mode",
            Self::Group => "Group",
            Self::Confidence => "Confidence",
            Self::Period => "Period",
        }
    }

    /// The name on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mode => "mode",
            Self::Group => "group",
            Self::Confidence => "confidence",
            Self::Period => "period",
        }
    }
}

/// Which layers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent check box")]
pub struct LayerToggles {
    /// Corridors with their arrowheads.
    pub corridors: bool,
    /// Ports.
    pub ports: bool,
    /// Seizures.
    pub seizures: bool,
    /// Context polygons from files.
    pub areas: bool,
    /// Country names.
    pub country_labels: bool,
    /// Sea names.
    pub sea_labels: bool,
    /// Town names.
    pub town_labels: bool,
    /// Names of ports of the atlas.
    pub port_labels: bool,
    /// Meridians and parallels.
    pub graticule: bool,
    /// Country borders.
    pub borders: bool,
    /// The small map that shows where the view lies.
    pub inset: bool,
}

impl Default for LayerToggles {
    fn default() -> Self {
        Self {
            corridors: true,
            ports: true,
            seizures: true,
            areas: true,
            country_labels: true,
            sea_labels: true,
            town_labels: true,
            port_labels: true,
            graticule: true,
            borders: true,
            inset: true,
        }
    }
}

/// Everything about the look that belongs to the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct MapStyle {
    /// Colors of the map as a whole.
    pub theme: MapTheme,
    /// What the color of data says.
    pub color_by: ColorBy,
    /// Which layers are shown.
    pub layers: LayerToggles,
}
