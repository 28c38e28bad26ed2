//! A menu in which several things are chosen or typed: it closes by a click beside it.

use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{PopupCloseBehavior, Response, Ui};

/// A button that opens `contents` below it.
pub fn stay_open_menu_ui(ui: &mut Ui, title: &str, contents: impl FnOnce(&mut Ui)) -> Response {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    MenuButton::new(title).config(config).ui(ui, contents).0
}
