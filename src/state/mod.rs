//! The state of the program and the commands that change it. No egui, no files, no threads: tests drive the whole program with
//! lists of commands.

mod action;
mod app_state;
mod apply;
mod apply_edit;
mod apply_many;
mod apply_save;
mod apply_tool;
mod bookmark;
mod command;
mod compare;
mod document;
mod draft_route;
mod filtering;
mod history;
mod land;
mod leg;
mod panels;
mod record_set;
mod snap;
mod tool;
mod tool_command;
mod view_command;
mod view_history;

pub use action::{Action, Key, MenuGroup, Shortcut};
pub use app_state::{AppState, Dialog, Notice, NoticeLevel, OpenMode, Task, ThemeChoice};
pub use apply::{apply, receive_prepared};
pub use apply_save::{SaveScope, Saving, receive_saved};
pub use bookmark::{Bookmark, BookmarkCommand, MAX_BOOKMARKS};
pub use command::{Command, Effect, SelectMode, ZoomStep};
pub use compare::{CompareCommand, receive_compared};
pub use document::Document;
pub use draft_route::draft_of;
pub use filtering::{DataBounds, Prepared, receive_loaded, receive_matches};
pub use history::{History, Snapshot};
pub use land::{LandState, receive_land, receive_repairs};
pub use leg::{Leg, LegKind, PassageWish, PathAnswer};
pub use panels::{PanelState, SidePanel, SortOrder, Tab, TableState, TimelineState};
pub use record_set::RecordSet;
pub use snap::{ports_named, stop_at};
pub use tool::{Draft, ListedPort, MeasuredLeg, Measurement, Place, Stop, Tool, ToolKind, bearing_text};
pub use tool_command::ToolCommand;
pub use view_command::{NamedMeridian, TURN_STEP_DEG, ViewCommand};
pub use view_history::ViewHistory;
