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

impl MapTheme {
    /// All themes in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Print];

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::Print => "Print",
        }
    }
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
    /// Whether a source names the group of a seizure; a corridor has no attribution of its own and stays neutral.
    Attribution,
}

impl ColorBy {
    /// All choices in the order of the menu.
    pub const ALL: [Self; 5] = [Self::Mode, Self::Group, Self::Confidence, Self::Period, Self::Attribution];

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mode => "Mode",
            Self::Group => "Group",
            Self::Confidence => "Confidence",
            Self::Period => "Period",
            Self::Attribution => "Attribution",
        }
    }

    /// The name on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mode => "mode",
            Self::Group => "group",
            Self::Confidence => "confidence",
            Self::Period => "period",
            Self::Attribution => "attribution",
        }
    }
}

/// How much is behind a corridor: what its width can stand for. Evidence is what the open files report, not traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// Seizure events that name it or its ends.
    Events,
    /// Kilograms of those events, as far as stated.
    MassKg,
    /// Years from the first to the last report.
    ReportedYears,
}

impl Evidence {
    /// All measures in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Events, Self::MassKg, Self::ReportedYears];

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Events => "Events",
            Self::MassKg => "Mass in kg",
            Self::ReportedYears => "Reported years",
        }
    }

    /// The name on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::MassKg => "kg",
            Self::ReportedYears => "years",
        }
    }

    /// The measure with this [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|evidence| evidence.key() == key)
    }
}

/// What the size of seizure symbols says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SizeBy {
    /// The area is proportional to the mass.
    #[default]
    Mass,
    /// All symbols are alike.
    Uniform,
}

impl SizeBy {
    /// All choices in the order of the menu.
    pub const ALL: [Self; 2] = [Self::Mass, Self::Uniform];

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mass => "Mass in kg",
            Self::Uniform => "All alike",
        }
    }

    /// The name on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mass => "kg",
            Self::Uniform => "uniform",
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
    /// What starts and ends at each port.
    pub port_totals: bool,
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
    /// Names of corridors along their lines, where there is room.
    pub corridor_labels: bool,
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
            port_totals: false,
            seizures: true,
            areas: true,
            country_labels: true,
            sea_labels: true,
            town_labels: true,
            port_labels: true,
            corridor_labels: true,
            graticule: true,
            borders: true,
            inset: true,
        }
    }
}

/// Everything about the look that belongs to the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MapStyle {
    /// Colors of the map as a whole.
    pub theme: MapTheme,
    /// Whether the map in the window takes light or dark from the window; figures always have `theme`.
    pub theme_follows_window: bool,
    /// What the color of data says.
    pub color_by: ColorBy,
    /// What the width of corridors says; `None` draws all alike.
    pub width_by: Option<Evidence>,
    /// What the size of seizures says.
    pub size_by: SizeBy,
    /// Which layers are shown.
    pub layers: LayerToggles,
}

impl MapStyle {
    /// The part of it that the basemap shows, in the same theme: while it stays the same, so does the basemap.
    #[must_use]
    pub fn of_basemap(&self) -> Self {
        let layers = LayerToggles { graticule: self.layers.graticule, borders: self.layers.borders, ..LayerToggles::default() };
        Self { theme: self.theme, layers, ..Self::default() }
    }
}

impl Default for MapStyle {
    fn default() -> Self {
        Self {
            theme: MapTheme::Light,
            theme_follows_window: true,
            color_by: ColorBy::Mode,
            width_by: Some(Evidence::Events),
            size_by: SizeBy::Mass,
            layers: LayerToggles::default(),
        }
    }
}
