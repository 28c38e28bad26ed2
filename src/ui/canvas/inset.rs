//! The inset locator on the canvas: a click or drag in it moves the view.

use egui::{CursorIcon, Rect, Sense, Ui, vec2};

use super::MapPictures;
use super::paint::paint_picture;
use crate::cartography::{inset_mark, screen_inset};
use crate::scene::{SceneRect, ScreenSet};
use crate::state::{AppState, Command, ViewCommand};

/// Shows the inset and takes clicks and drags in it.
pub(super) fn inset_ui(ui: &mut Ui, canvas: Rect, state: &AppState, pictures: &MapPictures, commands: &mut Vec<Command>) {
    let style = state.canvas_style();
    let shown = state.view.on(SceneRect::new(0.0, 0.0, canvas.width(), canvas.height()));
    let Some((place, inset)) = screen_inset(&shown, state.view.projection, &style) else { return };
    let rect = Rect::from_min_size(canvas.min + vec2(place.x, place.y), vec2(place.width, place.height));
    let Some(picture) = pictures.inset.as_ref().filter(|picture| picture.projection == state.view.projection) else { return };
    let response = ui.interact(rect, ui.scope_id().with("inset"), Sense::click_and_drag());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, "Inset locator"));
    let painter = ui.painter_at(rect.expand(3.0));
    painter.rect_filled(rect.expand(2.0), 2, ui.visuals().panel_fill);
    // A picture of the region before stands in until the new one is there.
    let frame = picture.view.frame;
    let corner = |x: f32, y: f32| {
        let at = inset.scene_from_projected(picture.view.projected_from_scene(crate::scene::ScenePoint::new(x, y)));
        rect.min + vec2(at.x, at.y)
    };
    let texture = Rect::from_min_max(corner(frame.x, frame.y), corner(frame.right(), frame.bottom()));
    paint_picture(&ui.painter_at(rect), picture, texture);
    let mut set = ScreenSet::default();
    inset_mark(&mut set, &inset, &shown, &style, 1.0);
    crate::render::egui_shapes::shapes(&set, &ui.painter_at(rect), rect.min.to_vec2());
    if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on() || response.clicked()) {
        let at = crate::scene::ScenePoint::new(pointer.x - rect.min.x, pointer.y - rect.min.y);
        commands.push(Command::View(ViewCommand::CenterOn(inset.projected_from_scene(at))));
    }
    if response.drag_stopped() || response.clicked() {
        commands.push(Command::EndGesture);
    }
    response.on_hover_cursor(CursorIcon::Move).on_hover_text("Where the map lies; click or drag to move it (I hides it)");
}
