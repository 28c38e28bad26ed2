//! Everything a person can ask the program to do, and what has to happen outside the state.

use std::path::PathBuf;

use super::{
    BookmarkCommand, CompareCommand, Dialog, NoticeLevel, OpenMode, SaveScope, SidePanel, SortOrder, Tab, ThemeChoice, ToolCommand,
    ViewCommand,
};
use crate::analysis::{BinSize, Filter, FilterChip, LandCrossing, Measure};
use crate::cartography::{FigureSpec, MapStyle, NamedExtent};
use crate::geodesy::ProjectionKind;
use crate::model::{FeatureRef, Route};
use crate::scene::{Members, ScenePoint};

/// How a click changes the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SelectMode {
    /// Only these are selected.
    Replace,
    /// Selected ones are deselected and the other way round.
    Toggle,
    /// These are selected too.
    Extend,
}

/// A zoom step from a key, a menu or a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ZoomStep {
    /// Twice as large.
    In,
    /// Half as large.
    Out,
}

/// A wish. Plain data: tests write lists of them.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    // --- files
    /// Asks for files with the system's dialog and a path box.
    AskOpen(OpenMode),
    /// Shows the system's dialog for choosing files; the path box stays open.
    PickFiles(OpenMode),
    /// Opens files.
    Open(Vec<PathBuf>, OpenMode),
    /// Opens the atlas that is part of the program.
    OpenBundled,
    /// Gives up loading; what was open stays.
    CancelLoad,
    /// Forgets the recent files.
    ClearRecentFiles,
    // --- view
    /// The canvas has this size in CSS pixels.
    ResizeCanvas(f32, f32),
    /// Moves the map with the pointer by CSS pixels right and down; part of a gesture.
    Pan(f32, f32),
    /// Moves the map in one step (arrow keys), CSS pixels right and down.
    PanStep(f32, f32),
    /// Zooms by a factor about a point of the canvas; part of a gesture.
    ZoomAbout(f64, ScenePoint),
    /// Zooms one step about the middle.
    Zoom(ZoomStep),
    /// Zooms one step about a point of the canvas (double click).
    ZoomAt(ZoomStep, ScenePoint),
    /// Shows the selection or, without one, all data.
    Fit,
    /// Shows all data.
    FitAll,
    /// Shows these records.
    FitFeatures(Vec<FeatureRef>),
    /// Shows a named extent.
    ShowExtent(NamedExtent),
    /// The view before.
    ViewBack,
    /// The view after.
    ViewForward,
    /// Changes the projection, the middle stays.
    SetProjection(ProjectionKind),
    /// Rotates the world to this central meridian in degrees.
    SetCentralMeridian(f64),
    /// Centers the projection on the longitude in the middle of the view.
    CenterProjectionHere,
    /// Turns the world or moves the view by the inset.
    View(ViewCommand),
    /// Keeps, shows and edits named views.
    Bookmark(BookmarkCommand),
    /// Compares two periods.
    Compare(CompareCommand),
    // --- selection
    /// What the pointer is over.
    Hover(Option<FeatureRef>),
    /// Selects records.
    Select(Vec<FeatureRef>, SelectMode),
    /// Opens what stands for many records: zooms in so that it falls apart or, where that does not help, selects them.
    OpenMany(Members),
    /// Selects all drawable records that match the filter.
    SelectAll,
    /// Deselects everything.
    ClearSelection,
    /// Peels one level: dialog, then selection, then filter.
    Escape,
    // --- document
    /// Replaces the filter. `label` names the undo step.
    SetFilter(Filter, &'static str),
    /// Sets the words that must occur; part of a gesture.
    SetFilterText(String),
    /// Sets the period in days since 1970-01-01; part of a gesture.
    SetPeriod(Option<(i32, i32)>),
    /// Takes one restriction away.
    RemoveChip(FilterChip),
    /// Takes all restrictions away.
    ClearFilter,
    /// Replaces the look of the map.
    SetStyle(MapStyle),
    /// Replaces title, marking and notes of the figure; part of a gesture.
    SetFigure(FigureSpec),
    /// A drag, a run of wheel notches or an edit ended: the next change is an undo step of its own.
    EndGesture,
    /// Takes back the last step.
    Undo,
    /// Brings it back.
    Redo,
    // --- records: each is one undo step
    /// Adds a route. When its id is taken it gets a free one; selects it.
    AddRoute(Route),
    /// Puts a route in the place of the record with its id. The text names the undo step.
    ReplaceRoute(FeatureRef, Route, &'static str),
    /// Puts several routes in the place of the records with their ids.
    ReplaceRoutes(Vec<(FeatureRef, Route)>, &'static str),
    /// Takes routes out.
    DeleteRoutes(Vec<FeatureRef>),
    // --- corridors over land
    /// Selects the corridor of a stretch over land and shows the stretch.
    ShowCrossing(LandCrossing),
    /// Puts these stretches on the water, along the sea network; without any, all that are known.
    RepairOverWater(Vec<LandCrossing>),
    /// Gives up the repair; nothing is changed.
    CancelRepair,
    /// The inspector shows fields to fill in, or text to read.
    SetInspectorEdits(bool),
    /// Uses a tool of the map.
    Tool(ToolCommand),
    // --- saving
    /// Saves where and what was saved last, otherwise asks.
    Save,
    /// Asks where and what to save; afterwards the other command follows.
    AskSave(Option<Box<Command>>),
    /// Shows the system's dialog for saving; the path box stays open.
    AskSavePath,
    /// Writes the records; afterwards the other command follows.
    SaveTo(PathBuf, SaveScope, Option<Box<Command>>),
    /// Does what would lose edits.
    DiscardEdits(Box<Command>),
    // --- panels
    /// Brings a tab to the front and opens the bottom panel.
    ShowTab(Tab),
    /// Opens or collapses a panel.
    TogglePanel(SidePanel),
    /// Searches in a table.
    SetTableSearch(Tab, String),
    /// Sorts a table.
    SetTableSort(Tab, Option<SortOrder>),
    /// Hides rows that do not match.
    SetOnlyMatching(Tab, bool),
    /// Timeline in kg or events.
    SetMeasure(Measure),
    /// Timeline by year or month.
    SetBinSize(BinSize),
    /// Cells as a network or a list.
    SetCellsAsNetwork(bool),
    /// Light or dark.
    SetTheme(ThemeChoice),
    /// The system's theme, or the resolved choice, is dark.
    SetDark(bool),
    // --- dialogs and messages
    /// Opens a dialog or replaces the open one (also for typing in it).
    ShowDialog(Dialog),
    /// Closes the dialog.
    CloseDialog,
    /// Tells something.
    Notify(NoticeLevel, String, String),
    /// Takes a message away.
    DismissNotice(u64),
    // --- export
    /// Asks where with the system's dialog.
    AskExportPath,
    /// Writes the figure.
    Export(PathBuf),
    /// Gives up the export.
    CancelExport,
    // --- other
    /// Puts text on the clipboard.
    CopyText(String),
    /// Switches full screen.
    ToggleFullScreen,
    /// Ends the program.
    Quit,
}

/// Work outside the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Show the system's dialog for opening files.
    PickFiles(OpenMode),
    /// Load files on a thread.
    Load(Vec<PathBuf>, OpenMode),
    /// Load the bundled atlas on a thread.
    LoadBundled,
    /// Stop loading.
    CancelLoad,
    /// Show the system's dialog for saving records.
    PickSavePath,
    /// Write the records on a thread; the outcome goes to `receive_saved`.
    Save(PathBuf, SaveScope),
    /// Show the system's dialog for saving a figure.
    PickExportPath,
    /// Compose and write the figure on a thread.
    Export(PathBuf),
    /// Stop the export.
    CancelExport,
    /// Find paths over water for these stretches on a thread.
    RepairOverWater(Vec<LandCrossing>),
    /// Stop the repair.
    CancelRepair,
    /// Put text on the clipboard.
    CopyText(String),
    /// Keep recent files, theme and panels for the next start.
    SaveSettings,
    /// Switch full screen.
    ToggleFullScreen,
    /// Close the window.
    Quit,
}
