//! What people see: panels are functions from the state to commands, and change nothing themselves.

pub mod canvas;
pub mod cells;
pub mod chips;
pub mod compare;
pub mod dialogs;
pub mod hover;
pub mod icons;
pub mod inspector;
pub mod left_panel;
pub mod menu;
pub mod notices;
pub mod shell;
pub mod shortcuts;
pub mod status_bar;
pub mod tables;
pub mod theme;
pub mod timeline;
pub mod tools;
pub mod widgets;
