//! The state of the program and the commands that change it. No egui, no files, no threads: tests drive the whole program with
//! lists of commands.

mod action;
mod app_state;
mod apply;
mod apply_edit;
mod command;
mod document;
mod history;
mod panels;
mod view_history;

pub use action::{Action, Key, MenuGroup, Shortcut};
pub use app_state::{AppState, Dialog, Notice, NoticeLevel, OpenMode, Task, ThemeChoice};
pub use apply::{apply, receive_loaded};
pub use command::{Command, Effect, SelectMode, ZoomStep};
pub use document::Document;
pub use history::{History, Snapshot};
pub use panels::{PanelState, SidePanel, SortOrder, Tab, TableState, TimelineState};
pub use view_history::ViewHistory;
