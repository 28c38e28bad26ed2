//! One table for menu, palette, tooltips and keyboard: text, tooltip, shortcut, and why an action is not possible now.

use super::{
    AppState, BookmarkCommand, Command, CompareCommand, Dialog, MAX_BOOKMARKS, NamedMeridian, OpenMode, SidePanel, TURN_STEP_DEG, Tab,
    ThemeChoice, Tool, ToolCommand, ToolKind, ViewCommand, ZoomStep, draft_of, land,
};
use crate::analysis::CompareForm;
use crate::cartography::NamedExtent;
use crate::geodesy::ProjectionKind;
use crate::model::{FeatureKind, FeatureRef};

/// A key, named without a toolkit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// A letter, digit or sign as typed without Shift, letters in capitals.
    Char(char),
    /// A function key.
    F(u8),
    /// Escape.
    Escape,
    /// Left arrow.
    Left,
    /// Right arrow.
    Right,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Delete.
    Delete,
}

/// A key with modifiers. `ctrl` is the command key on a Mac.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// Control, or Command on a Mac.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt, or Option on a Mac.
    pub alt: bool,
    /// The key.
    pub key: Key,
}

impl Shortcut {
    const fn plain(key: Key) -> Self {
        Self { ctrl: false, shift: false, alt: false, key }
    }

    const fn ctrl(key: char) -> Self {
        Self { ctrl: true, shift: false, alt: false, key: Key::Char(key) }
    }

    const fn ctrl_shift(key: char) -> Self {
        Self { ctrl: true, shift: true, alt: false, key: Key::Char(key) }
    }

    const fn shift(key: Key) -> Self {
        Self { ctrl: false, shift: true, alt: false, key }
    }

    const fn alt(key: Key) -> Self {
        Self { ctrl: false, shift: false, alt: true, key }
    }

    /// As shown in menus.
    pub fn label(&self) -> String {
        let mut text = String::new();
        for (on, name) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if on {
                text.push_str(name);
            }
        }
        match self.key {
            Key::Char(c) => text.push(c),
            Key::F(n) => text.push_str(&format!("F{n}")),
            Key::Escape => text.push_str("Esc"),
            Key::Left => text.push('←'),
            Key::Right => text.push('→'),
            Key::PageUp => text.push_str("PgUp"),
            Key::PageDown => text.push_str("PgDn"),
            Key::Delete => text.push_str("Del"),
        }
        text
    }
}

/// The menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MenuGroup {
    /// Files and export.
    File,
    /// Undo and selection.
    Edit,
    /// The map and the panels.
    View,
    /// Tables and timeline.
    Analyse,
    /// Shortcuts and about.
    Help,
}

impl MenuGroup {
    /// All menus from left to right.
    pub const ALL: [Self; 5] = [Self::File, Self::Edit, Self::View, Self::Analyse, Self::Help];

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Analyse => "Analyse",
            Self::Help => "Help",
        }
    }
}

/// Something in a menu or the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Open files in place of what is open.
    Open,
    /// Add files to what is open.
    OpenAdd,
    /// Open the bundled atlas.
    OpenBundled,
    /// Save the records where they were saved last.
    Save,
    /// Save the records elsewhere.
    SaveAs,
    /// Export the figure.
    Export,
    /// End the program.
    Quit,
    /// Take back the last step.
    Undo,
    /// Bring it back.
    Redo,
    /// Select all that matches.
    SelectAll,
    /// Deselect everything.
    ClearSelection,
    /// Take all restrictions away.
    ClearFilter,
    /// Take a tool of the map in hand.
    Tool(ToolKind),
    /// Change the points of the selected route.
    EditRoute,
    /// Take the selected routes out.
    DeleteRoutes,
    /// Put every corridor on the water wherever it crosses land.
    RepairLand,
    /// Command palette and search.
    Palette,
    /// Zoom in.
    ZoomIn,
    /// Zoom out.
    ZoomOut,
    /// Fit the selection or everything.
    Fit,
    /// Fit everything.
    FitAll,
    /// Previous view.
    ViewBack,
    /// Next view.
    ViewForward,
    /// A named extent.
    Show(NamedExtent),
    /// A projection.
    Project(ProjectionKind),
    /// Center the projection on the middle of the view.
    CenterProjectionHere,
    /// A central meridian with a name.
    Meridian(NamedMeridian),
    /// A number for the central meridian.
    AskMeridian,
    /// Turn the world so that a meridian farther west stands in the middle.
    TurnWest,
    /// The same to the east.
    TurnEast,
    /// Keep the present view under a name.
    AddBookmark,
    /// The list of named views.
    Bookmarks,
    /// The small map that shows where the view lies.
    ToggleInset,
    /// Two periods side by side, or one map again.
    Compare,
    /// One map of what changed between two periods.
    CompareDifference,
    /// Open or collapse a panel.
    Toggle(SidePanel),
    /// A theme.
    Theme(ThemeChoice),
    /// Full screen.
    FullScreen,
    /// A tab.
    Tab(Tab),
    /// The sheet of shortcuts.
    Shortcuts,
    /// About.
    About,
}

impl Action {
    /// All actions in menu order.
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::Open,
            Self::OpenAdd,
            Self::OpenBundled,
            Self::Save,
            Self::SaveAs,
            Self::Export,
            Self::Quit,
            Self::Undo,
            Self::Redo,
            Self::SelectAll,
            Self::ClearSelection,
            Self::ClearFilter,
            Self::Tool(ToolKind::Select),
            Self::Tool(ToolKind::DrawRoute),
            Self::Tool(ToolKind::Measure),
            Self::EditRoute,
            Self::DeleteRoutes,
            Self::RepairLand,
            Self::Palette,
            Self::ZoomIn,
            Self::ZoomOut,
            Self::Fit,
            Self::FitAll,
            Self::ViewBack,
            Self::ViewForward,
        ];
        all.extend([Self::AddBookmark, Self::Bookmarks]);
        all.extend(NamedExtent::ALL.map(Self::Show));
        all.extend(ProjectionKind::ALL.map(Self::Project));
        all.extend(NamedMeridian::ALL.map(Self::Meridian));
        all.extend([Self::CenterProjectionHere, Self::AskMeridian, Self::TurnWest, Self::TurnEast]);
        all.extend([Self::ToggleInset, Self::Compare, Self::CompareDifference]);
        all.extend([SidePanel::Left, SidePanel::Right, SidePanel::Bottom].map(Self::Toggle));
        all.extend([ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark].map(Self::Theme));
        all.push(Self::FullScreen);
        all.extend(Tab::ALL.map(Self::Tab));
        all.extend([Self::Shortcuts, Self::About]);
        all
    }

    /// The menu it stands in.
    pub const fn group(self) -> MenuGroup {
        match self {
            Self::Open | Self::OpenAdd | Self::OpenBundled | Self::Save | Self::SaveAs | Self::Export | Self::Quit => MenuGroup::File,
            Self::Undo
            | Self::Redo
            | Self::SelectAll
            | Self::ClearSelection
            | Self::ClearFilter
            | Self::Tool(_)
            | Self::EditRoute
            | Self::DeleteRoutes
            | Self::RepairLand
            | Self::Palette => MenuGroup::Edit,
            Self::ZoomIn
            | Self::ZoomOut
            | Self::Fit
            | Self::FitAll
            | Self::ViewBack
            | Self::ViewForward
            | Self::Show(_)
            | Self::Project(_)
            | Self::CenterProjectionHere
            | Self::Meridian(_)
            | Self::AskMeridian
            | Self::TurnWest
            | Self::TurnEast
            | Self::AddBookmark
            | Self::Bookmarks
            | Self::ToggleInset
            | Self::Compare
            | Self::CompareDifference
            | Self::Toggle(_)
            | Self::Theme(_)
            | Self::FullScreen => MenuGroup::View,
            Self::Tab(_) => MenuGroup::Analyse,
            Self::Shortcuts | Self::About => MenuGroup::Help,
        }
    }

    /// Text in menus and the palette.
    pub fn label(self) -> String {
        match self {
            Self::Open => "Open files…".to_owned(),
            Self::OpenAdd => "Add files…".to_owned(),
            Self::OpenBundled => "Open the bundled atlas".to_owned(),
            Self::Save => "Save".to_owned(),
            Self::SaveAs => "Save as GeoJSON…".to_owned(),
            Self::Export => "Export figure…".to_owned(),
            Self::Quit => "Quit".to_owned(),
            Self::Undo => "Undo".to_owned(),
            Self::Redo => "Redo".to_owned(),
            Self::SelectAll => "Select all that matches".to_owned(),
            Self::ClearSelection => "Clear the selection".to_owned(),
            Self::ClearFilter => "Clear all filters".to_owned(),
            Self::Tool(ToolKind::Select) => "Select and move the map".to_owned(),
            Self::Tool(ToolKind::DrawRoute) => "Draw route…".to_owned(),
            Self::Tool(ToolKind::Measure) => "Measure distance".to_owned(),
            Self::EditRoute => "Edit route".to_owned(),
            Self::DeleteRoutes => "Delete the selected corridors".to_owned(),
            Self::RepairLand => "Repair corridors over land".to_owned(),
            Self::Palette => "Search or command…".to_owned(),
            Self::ZoomIn => "Zoom in".to_owned(),
            Self::ZoomOut => "Zoom out".to_owned(),
            Self::Fit => "Fit the selection or everything".to_owned(),
            Self::FitAll => "Fit everything".to_owned(),
            Self::ViewBack => "Previous view".to_owned(),
            Self::ViewForward => "Next view".to_owned(),
            Self::Show(extent) => format!("Show {}", if extent == NamedExtent::World { "the world" } else { extent.label() }),
            Self::Project(kind) => format!("Projection {}", kind.label()),
            Self::CenterProjectionHere => "Center the projection here".to_owned(),
            Self::Meridian(meridian) => format!("Central meridian {}", meridian.label()),
            Self::AskMeridian => "Central meridian by number…".to_owned(),
            Self::TurnWest => "Central meridian 10° west".to_owned(),
            Self::TurnEast => "Central meridian 10° east".to_owned(),
            Self::AddBookmark => "Add bookmark…".to_owned(),
            Self::Bookmarks => "Edit bookmarks…".to_owned(),
            Self::ToggleInset => "Inset locator map".to_owned(),
            Self::Compare => "Compare two periods".to_owned(),
            Self::CompareDifference => "Show what changed between two periods".to_owned(),
            Self::Toggle(SidePanel::Left) => "Layers and filters".to_owned(),
            Self::Toggle(SidePanel::Right) => "Inspector".to_owned(),
            Self::Toggle(SidePanel::Bottom) => "Timeline and tables".to_owned(),
            Self::Theme(ThemeChoice::System) => "Theme of the system".to_owned(),
            Self::Theme(ThemeChoice::Light) => "Light theme".to_owned(),
            Self::Theme(ThemeChoice::Dark) => "Dark theme".to_owned(),
            Self::FullScreen => "Full screen".to_owned(),
            Self::Tab(tab) => tab.label().to_owned(),
            Self::Shortcuts => "Keyboard shortcuts".to_owned(),
            Self::About => "About Sealane".to_owned(),
        }
    }

    /// The key that does it.
    pub const fn shortcut(self) -> Option<Shortcut> {
        Some(match self {
            Self::Open => Shortcut::ctrl('O'),
            Self::OpenAdd => Shortcut::ctrl_shift('O'),
            Self::Save => Shortcut::ctrl('S'),
            Self::SaveAs => Shortcut::ctrl_shift('S'),
            Self::Tool(ToolKind::Select) => Shortcut::plain(Key::Char('V')),
            Self::Tool(ToolKind::DrawRoute) => Shortcut::plain(Key::Char('R')),
            Self::Tool(ToolKind::Measure) => Shortcut::plain(Key::Char('M')),
            Self::EditRoute => Shortcut::plain(Key::Char('E')),
            Self::DeleteRoutes => Shortcut::plain(Key::Delete),
            Self::Export => Shortcut::ctrl('E'),
            Self::Quit => Shortcut::ctrl('Q'),
            Self::Undo => Shortcut::ctrl('Z'),
            Self::Redo => Shortcut::ctrl_shift('Z'),
            Self::SelectAll => Shortcut::ctrl('A'),
            Self::Palette => Shortcut::ctrl('K'),
            Self::ZoomIn => Shortcut::plain(Key::Char('+')),
            Self::ZoomOut => Shortcut::plain(Key::Char('-')),
            Self::Fit => Shortcut::plain(Key::Char('F')),
            Self::ViewBack => Shortcut::alt(Key::Left),
            Self::ViewForward => Shortcut::alt(Key::Right),
            Self::TurnWest => Shortcut::shift(Key::Left),
            Self::TurnEast => Shortcut::shift(Key::Right),
            Self::AddBookmark => Shortcut::ctrl('D'),
            Self::Bookmarks => Shortcut::ctrl_shift('D'),
            Self::ToggleInset => Shortcut::plain(Key::Char('I')),
            Self::Compare => Shortcut::plain(Key::Char('C')),
            Self::CompareDifference => Shortcut::plain(Key::Char('D')),
            Self::FullScreen => Shortcut::plain(Key::F(11)),
            Self::Toggle(SidePanel::Left) => Shortcut::plain(Key::F(7)),
            Self::Toggle(SidePanel::Right) => Shortcut::plain(Key::F(8)),
            Self::Toggle(SidePanel::Bottom) => Shortcut::plain(Key::F(9)),
            Self::Tab(tab) => Shortcut { ctrl: true, shift: false, alt: false, key: Key::Char((b'1' + tab as u8) as char) },
            Self::Shortcuts => Shortcut::plain(Key::Char('?')),
            Self::OpenBundled
            | Self::ClearSelection
            | Self::ClearFilter
            | Self::RepairLand
            | Self::FitAll
            | Self::Show(_)
            | Self::Project(_)
            | Self::CenterProjectionHere
            | Self::Meridian(_)
            | Self::AskMeridian
            | Self::Theme(_)
            | Self::About => return None,
        })
    }

    /// Further keys that do the same.
    pub const fn other_shortcuts(self) -> &'static [Shortcut] {
        match self {
            Self::Redo => const { &[Shortcut::ctrl('Y')] },
            Self::Palette => const { &[Shortcut::ctrl('P'), Shortcut::ctrl('F')] },
            Self::ZoomIn => const { &[Shortcut::plain(Key::PageUp), Shortcut::plain(Key::Char('='))] },
            Self::ZoomOut => const { &[Shortcut::plain(Key::PageDown)] },
            _ => &[],
        }
    }

    /// Why it cannot be done now; `None` when it can.
    pub fn obstacle(self, state: &AppState) -> Option<&'static str> {
        match self {
            Self::Undo => (state.history.undo_label().is_none() && !has_points(state)).then_some("Nothing to undo yet"),
            Self::Redo => state.history.redo_label().is_none().then_some("Nothing was undone"),
            Self::ClearSelection => state.selection.is_empty().then_some("Nothing is selected"),
            Self::ClearFilter => state.document.filter.is_empty().then_some("No filter is set"),
            Self::ViewBack => (!state.view_history.can_go_back()).then_some("This is the first view"),
            Self::ViewForward => (!state.view_history.can_go_forward()).then_some("This is the newest view"),
            Self::AddBookmark => (state.document.bookmarks.len() >= MAX_BOOKMARKS).then_some("There are 200 bookmarks: delete one first"),
            Self::Compare | Self::CompareDifference if state.dataset.seizures.is_empty() => Some("There are no events to compare"),
            Self::Export => state.exporting.is_some().then_some("An export is under way"),
            Self::Save | Self::SaveAs if state.dataset.record_count() == 0 => Some("Nothing is open"),
            Self::Save | Self::SaveAs => state.saving.is_some().then_some("Saving is under way"),
            Self::EditRoute => match state.single_selection() {
                Some(feature) if feature.kind == FeatureKind::Route => draft_of(state, feature).err(),
                _ => Some("Select one corridor first"),
            },
            Self::DeleteRoutes => selected_routes(state).is_empty().then_some("No corridor is selected"),
            Self::RepairLand => land::repair_obstacle(state),
            _ => None,
        }
    }

    /// The command it stands for now.
    pub fn command_in(self, state: &AppState) -> Command {
        match self {
            Self::EditRoute => match state.single_selection() {
                Some(feature) => Command::Tool(ToolCommand::EditRoute(feature)),
                None => self.command(),
            },
            Self::DeleteRoutes if matches!(&state.tool, Tool::DrawRoute(draft) if draft.route.is_some()) => {
                Command::Tool(ToolCommand::RemoveMarked)
            }
            Self::DeleteRoutes => Command::DeleteRoutes(selected_routes(state)),
            Self::CompareDifference if is_difference(state) => Command::Compare(CompareCommand::End),
            _ => self.command(),
        }
    }

    /// The command it stands for, whatever is selected.
    pub fn command(self) -> Command {
        match self {
            Self::Save => Command::Save,
            Self::SaveAs => Command::AskSave(None),
            Self::Tool(kind) => Command::Tool(ToolCommand::Choose(kind)),
            Self::EditRoute => Command::Tool(ToolCommand::Choose(ToolKind::Select)),
            Self::DeleteRoutes => Command::DeleteRoutes(Vec::new()),
            Self::RepairLand => Command::RepairOverWater(Vec::new()),
            Self::Open => Command::AskOpen(OpenMode::Replace),
            Self::OpenAdd => Command::AskOpen(OpenMode::Add),
            Self::OpenBundled => Command::OpenBundled,
            Self::Export => Command::ShowDialog(Dialog::Export { path: String::new() }),
            Self::Quit => Command::Quit,
            Self::Undo => Command::Undo,
            Self::Redo => Command::Redo,
            Self::SelectAll => Command::SelectAll,
            Self::ClearSelection => Command::ClearSelection,
            Self::ClearFilter => Command::ClearFilter,
            Self::Palette => Command::ShowDialog(Dialog::Palette { query: String::new() }),
            Self::ZoomIn => Command::Zoom(ZoomStep::In),
            Self::ZoomOut => Command::Zoom(ZoomStep::Out),
            Self::Fit => Command::Fit,
            Self::FitAll => Command::FitAll,
            Self::ViewBack => Command::ViewBack,
            Self::ViewForward => Command::ViewForward,
            Self::Show(extent) => Command::ShowExtent(extent),
            Self::Project(kind) => Command::SetProjection(kind),
            Self::CenterProjectionHere => Command::CenterProjectionHere,
            Self::Meridian(meridian) => Command::SetCentralMeridian(meridian.lon_deg()),
            Self::AskMeridian => Command::ShowDialog(Dialog::CentralMeridian),
            Self::TurnWest => Command::View(ViewCommand::TurnStep(-TURN_STEP_DEG)),
            Self::TurnEast => Command::View(ViewCommand::TurnStep(TURN_STEP_DEG)),
            Self::AddBookmark => Command::Bookmark(BookmarkCommand::Add),
            Self::Bookmarks => Command::ShowDialog(Dialog::Bookmarks { naming: None }),
            Self::ToggleInset => Command::View(ViewCommand::ToggleInset),
            Self::Compare => Command::Compare(CompareCommand::Toggle),
            Self::CompareDifference => Command::Compare(CompareCommand::Show(CompareForm::Difference)),
            Self::Toggle(panel) => Command::TogglePanel(panel),
            Self::Theme(theme) => Command::SetTheme(theme),
            Self::FullScreen => Command::ToggleFullScreen,
            Self::Tab(tab) => Command::ShowTab(tab),
            Self::Shortcuts => Command::ShowDialog(Dialog::Shortcuts),
            Self::About => Command::ShowDialog(Dialog::About),
        }
    }
}

/// Whether undo takes back a point of what is being drawn or measured.
fn has_points(state: &AppState) -> bool {
    match &state.tool {
        Tool::Select => false,
        Tool::DrawRoute(draft) => draft.route.is_none() && !draft.stops.is_empty(),
        Tool::Measure(measurement) => !measurement.points.is_empty(),
    }
}

/// Whether the map shows what changed between two periods.
fn is_difference(state: &AppState) -> bool {
    state.document.compare.is_some_and(|comparison| comparison.form == CompareForm::Difference)
}

fn selected_routes(state: &AppState) -> Vec<FeatureRef> {
    state.selection.iter().copied().filter(|feature| feature.kind == FeatureKind::Route).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn no_two_actions_share_a_shortcut() {
        let mut owners: HashMap<Shortcut, Action> = HashMap::new();
        for action in Action::all() {
            for shortcut in action.shortcut().into_iter().chain(action.other_shortcuts().iter().copied()) {
                if let Some(other) = owners.insert(shortcut, action) {
                    panic!("{} belongs to {other:?} and {action:?}", shortcut.label());
                }
            }
        }
    }

    #[test]
    fn labels_are_unique_and_in_sentence_case() {
        let mut labels: Vec<_> = Action::all().into_iter().map(Action::label).collect();
        assert!(labels.iter().all(|label| label.starts_with(char::is_uppercase) && !label.ends_with('.')));
        let count = labels.len();
        labels.sort();
        labels.dedup();
        assert_eq!(labels.len(), count);
    }
}
