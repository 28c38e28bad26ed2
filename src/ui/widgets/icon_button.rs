//! Buttons that say what they do and, when they cannot do it, why.

use egui::{Button, Response, Role, Ui, WidgetInfo, vec2};

use crate::ui::theme::{self, colors_of};

/// A button with an icon alone. `tip` is its tooltip and its name for screen readers; with an obstacle it is disabled and says why.
pub fn icon_button_ui(ui: &mut Ui, icon: &str, tip: &str, obstacle: Option<&str>) -> Response {
    let color = if obstacle.is_some() { colors_of(ui).text_pale } else { colors_of(ui).text_weak };
    let button = Button::new(theme::icon(icon, 15.0).color(color)).frame_when_inactive(false).min_size(vec2(24.0, 22.0));
    let response = ui.add_enabled(obstacle.is_none(), button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, obstacle.is_none(), tip));
    explained(response, tip, obstacle)
}

/// A button with an icon and text. With an obstacle it is disabled and says why.
pub fn button_ui(ui: &mut Ui, icon: &str, text: &str, tip: &str, obstacle: Option<&str>) -> Response {
    let button = Button::new((theme::icon(icon, 14.0), text));
    let response = ui.add_enabled(obstacle.is_none(), button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, obstacle.is_none(), text));
    explained(response, tip, obstacle)
}

/// The button of what a dialog is there for, filled with the accent as long as nothing stands in its way.
pub fn main_button_ui(ui: &mut Ui, icon: &str, text: &str, tip: &str, obstacle: Option<&str>) -> Response {
    ui.scope(|ui| {
        if obstacle.is_none() {
            theme::accent_buttons(ui);
        }
        button_ui(ui, icon, text, tip, obstacle)
    })
    .inner
}

fn explained(response: Response, tip: &str, obstacle: Option<&str>) -> Response {
    match obstacle {
        Some(reason) => response.on_disabled_hover_text(format!("{tip}\n{reason}")),
        None => response.on_hover_text(tip),
    }
}
