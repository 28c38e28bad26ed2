//! How the panels are set up: belongs to the person, not to the document.

use crate::analysis::{BinSize, Measure};

/// The tabs below the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// The seizure timeline.
    #[default]
    Timeline,
    /// Table of corridors.
    Corridors,
    /// Table of ports.
    Ports,
    /// Table of seizures.
    Seizures,
    /// Groups and their ties.
    Cells,
    /// The source register.
    Sources,
    /// What loading found.
    Findings,
}

impl Tab {
    /// All tabs from left to right.
    pub const ALL: [Self; 7] = [Self::Timeline, Self::Corridors, Self::Ports, Self::Seizures, Self::Cells, Self::Sources, Self::Findings];

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Timeline => "Timeline",
            Self::Corridors => "Corridors",
            Self::Ports => "Ports",
            Self::Seizures => "Seizures",
            Self::Cells => "Cells",
            Self::Sources => "Sources",
            Self::Findings => "Findings",
        }
    }

    /// Index in [`Tab::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// The panels that can be collapsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SidePanel {
    /// Layers, filters and legend.
    Left,
    /// The inspector.
    Right,
    /// Timeline and tables.
    Bottom,
}

/// Column and direction that a table is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SortOrder {
    /// Column index from the left.
    pub column: usize,
    /// Smallest first.
    pub ascending: bool,
}

/// Search and order of one table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableState {
    /// Rows must contain this.
    pub search: String,
    /// `None` keeps the order of the files.
    pub sort: Option<SortOrder>,
    /// Hide rows that do not match the filter instead of dimming them.
    pub only_matching: bool,
}

/// What the timeline measures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimelineState {
    /// Kilograms or events.
    pub measure: Measure,
    /// Years or months.
    pub bin_size: BinSize,
}

impl Default for TimelineState {
    fn default() -> Self {
        Self { measure: Measure::Mass, bin_size: BinSize::Year }
    }
}

/// All panels.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent switch")]
pub struct PanelState {
    /// Whether the left panel is open.
    pub left_open: bool,
    /// Whether the inspector is open.
    pub right_open: bool,
    /// Whether the bottom panel is open.
    pub bottom_open: bool,
    /// Show cells as a network instead of a list.
    pub cells_as_network: bool,
    /// Whether the inspector shows fields to fill in, for records that can be edited.
    pub inspector_edits: bool,
    /// The tab in front.
    pub tab: Tab,
    /// One per tab.
    pub tables: [TableState; Tab::ALL.len()],
    /// The timeline.
    pub timeline: TimelineState,
}

impl PanelState {
    /// Opens a panel that may be collapsed.
    pub(super) fn open(&mut self, panel: SidePanel) {
        match panel {
            SidePanel::Left => self.left_open = true,
            SidePanel::Right => self.right_open = true,
            SidePanel::Bottom => self.bottom_open = true,
        }
    }
}

impl Default for PanelState {
    fn default() -> Self {
        Self {
            left_open: true,
            right_open: true,
            bottom_open: true,
            cells_as_network: false,
            inspector_edits: false,
            tab: Tab::default(),
            tables: std::array::from_fn(|_| TableState::default()),
            timeline: TimelineState::default(),
        }
    }
}
