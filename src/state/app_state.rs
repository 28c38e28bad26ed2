//! Everything the window shows, in one place.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Command, DataBounds, Document, History, LandState, PanelState, RecordSet, SaveScope, Saving, Snapshot, Tool, ViewHistory};
use crate::analysis::{Compared, Filter, Links, Matches};
use crate::cartography::{Legend, MapStyle, MapTheme, MapView, NamedExtent};
use crate::geodesy::MapProjection;
use crate::load::{Diagnostic, FileReport};
use crate::model::{Dataset, FeatureRef};
use crate::scene::SceneRect;

/// Whether opened files replace what is open or are added to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OpenMode {
    /// The files become the atlas.
    Replace,
    /// The files join what is open.
    Add,
}

/// Light or dark, for window and map alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ThemeChoice {
    /// As the operating system says.
    #[default]
    System,
    /// Like a printed chart.
    Light,
    /// Like a bridge at night.
    Dark,
}

/// How serious a notice is: data lost is an error, a fallback is a warning, rare news is information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoticeLevel {
    /// News.
    Info,
    /// A fallback was used.
    Warning,
    /// Something could not be done.
    Error,
}

/// A message that stays until it is dismissed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// For dismissing.
    pub id: u64,
    /// How serious.
    pub level: NoticeLevel,
    /// What happened, in one line.
    pub text: String,
    /// The cause and what to do; may have several lines.
    pub detail: String,
    /// A file to show the place of, for example a finished export.
    pub path: Option<PathBuf>,
}

/// A modal dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum Dialog {
    /// Path box for opening files.
    Open {
        /// What will happen with what is open.
        mode: OpenMode,
        /// The path typed or pasted so far; several are separated by line breaks.
        path: String,
    },
    /// Figure export.
    Export {
        /// Where the figure goes.
        path: String,
    },
    /// Where and what to save.
    Save {
        /// The path typed or pasted so far.
        path: String,
        /// Which records.
        scope: SaveScope,
        /// What comes afterwards.
        then: Option<Box<Command>>,
    },
    /// The question before edits would be lost.
    Unsaved {
        /// What would lose them.
        then: Box<Command>,
    },
    /// The command palette with its search text.
    Palette {
        /// What was typed.
        query: String,
    },
    /// The list of named views.
    Bookmarks {
        /// The one whose name is being typed.
        naming: Option<usize>,
    },
    /// A number for the central meridian.
    CentralMeridian,
    /// The sheet of keyboard shortcuts.
    Shortcuts,
    /// About the program, its data and licences.
    About,
}

/// Work in the background, as the status bar shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// What it does.
    pub label: String,
    /// 0 to 1.
    pub fraction: f32,
}

/// The whole state. Panels read it; only [`super::apply`] and [`super::receive_loaded`] change it.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The open records, edits included.
    pub dataset: Arc<Dataset>,
    /// The records as the files gave them.
    pub opened: Arc<Dataset>,
    /// The records as they were opened or last saved.
    pub saved: Arc<Dataset>,
    /// Links between the records.
    pub links: Arc<Links>,
    /// What loading found.
    pub diagnostics: Arc<Vec<Diagnostic>>,
    /// One per file.
    pub file_reports: Arc<Vec<FileReport>>,
    /// Counts up when other records are open; jobs compare it.
    pub dataset_generation: u64,
    /// What undo brings back.
    pub document: Arc<Document>,
    /// Undo steps.
    pub history: History,
    /// Which records match [`Self::matched_filter`].
    pub matches: Arc<Matches>,
    /// The comparison as it was counted last; read it by [`Self::shown_comparison`].
    pub(super) compared: Option<Arc<Compared>>,
    /// The filter that the matches were made for: the document's, or for a moment the one before.
    pub matched_filter: Filter,
    /// Whether the document's filter is still to be evaluated beside the window.
    pub filter_pending: bool,
    pub(super) bounds: Option<(u64, DataBounds)>,
    /// Which part of the world is looked at.
    pub view: MapView,
    /// Past views.
    pub view_history: ViewHistory,
    /// The map's place in the window, origin at its own top left, in CSS pixels.
    pub canvas: SceneRect,
    /// What is selected.
    pub selection: RecordSet,
    /// Counts up with every change of the selection, so that caches need not compare it.
    pub selection_generation: u64,
    /// What the selected records are linked to; kept in step with the selection.
    pub linked: RecordSet,
    /// What is under the pointer, on the map or in any list.
    pub hovered: Option<FeatureRef>,
    /// Panels and tables.
    pub panels: PanelState,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Whether dark is in force at the moment (set from the theme choice and the system).
    pub dark: bool,
    /// Open dialog.
    pub dialog: Option<Dialog>,
    /// Messages, the oldest first.
    pub notices: Vec<Notice>,
    /// Loading in progress; the old data stays until the new is complete.
    pub loading: Option<Task>,
    /// Records that are being written.
    pub saving: Option<Saving>,
    /// Where and what was saved last.
    pub save_target: Option<(PathBuf, SaveScope)>,
    /// What the pointer does on the map.
    pub tool: Tool,
    /// Export in progress.
    pub exporting: Option<Task>,
    /// Corridors over land.
    pub land: LandState,
    /// The legend of what the map shows; `None` before the first picture.
    pub legend: Option<Arc<Legend>>,
    /// Whether the map is being redrawn in the background.
    pub drawing: bool,
    /// Recently opened files, the newest first.
    pub recent_files: Vec<PathBuf>,
    pub(super) next_notice_id: u64,
}

impl AppState {
    /// The state of a program that has opened nothing yet.
    pub fn new() -> Self {
        let dataset = Arc::new(Dataset::default());
        let links = Arc::new(Links::new(&dataset));
        let document = Document::default();
        let matches = Arc::new(crate::analysis::evaluate(&dataset, &links, &document.filter));
        let canvas = SceneRect::new(0.0, 0.0, 800.0, 500.0);
        Self {
            opened: dataset.clone(),
            saved: dataset.clone(),
            dataset,
            links,
            diagnostics: Arc::default(),
            file_reports: Arc::default(),
            dataset_generation: 0,
            document: Arc::new(document),
            history: History::default(),
            matches,
            compared: None,
            matched_filter: Filter::default(),
            filter_pending: false,
            bounds: None,
            view: MapView::fitting_extent(MapProjection::default(), NamedExtent::Atlantic.extent(), canvas.width, canvas.height, 8.0),
            view_history: ViewHistory::default(),
            canvas,
            selection: RecordSet::new(),
            selection_generation: 0,
            linked: RecordSet::new(),
            hovered: None,
            panels: PanelState::default(),
            theme: ThemeChoice::default(),
            dark: false,
            dialog: None,
            notices: Vec::new(),
            loading: None,
            saving: None,
            save_target: None,
            tool: Tool::Select,
            exporting: None,
            land: LandState::default(),
            legend: None,
            drawing: false,
            recent_files: Vec::new(),
            next_notice_id: 0,
        }
    }

    /// Whether there are edits that are in no file.
    pub fn has_unsaved_edits(&self) -> bool {
        !Arc::ptr_eq(&self.dataset, &self.saved)
    }

    /// What undo brings back after the next change.
    pub(super) fn snapshot(&self) -> Snapshot {
        Snapshot { document: self.document.clone(), records: self.dataset.clone() }
    }

    /// The selected record when exactly one is selected.
    pub fn single_selection(&self) -> Option<FeatureRef> {
        let mut selected = self.selection.iter();
        selected.next().copied().filter(|_| selected.next().is_none())
    }

    /// The style of the map on the screen: the document's, in the colors of the window unless others are chosen.
    pub fn canvas_style(&self) -> MapStyle {
        let style = self.document.style;
        let of_window = if self.dark { MapTheme::Dark } else { MapTheme::Light };
        MapStyle { theme: if style.theme_follows_window { of_window } else { style.theme }, ..style }
    }

    /// The first selected record: what the inspector shows.
    pub fn inspected(&self) -> Option<FeatureRef> {
        self.selection.first().copied()
    }

    /// Whether a record is shown in full: it matches the filter and, when something is selected, is selected or linked to it.
    pub fn is_emphasized(&self, feature: FeatureRef) -> bool {
        self.matches.passes(feature) && (self.selection.is_empty() || self.selection.contains(&feature) || self.linked.contains(&feature))
    }
}

impl Default for AppState {
    fn default() -> Self {
        Self::new()
    }
}
