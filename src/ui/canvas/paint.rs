//! Puts the textures on the screen, and the marks that cannot wait for one.

use egui::{Color32, Rect, Ui, Vec2, pos2};

use super::{DrawnMarks, MapCanvas, MapPicture, MapPictures};
use crate::cartography::{MapStyle, MapView, OverlayInput, mark_cost, scale_bar};
use crate::model::FeatureRef;
use crate::scene::{PlaneView, SceneRect, ScreenSet};
use crate::state::{AppState, Command, ZoomStep};
use crate::ui::icons;

/// More vertices than this are outlined by the overlay picture alone, a moment later.
const MAX_MARK_VERTICES: usize = 1_500;

/// Everything the marks depend on: while it stays the same, they are painted again as they are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MarkKey {
    view: MapView,
    canvas: SceneRect,
    style: MapStyle,
    revision: u64,
    /// The selection, unless the overlay picture shows it.
    selection: Option<u64>,
    hovered: Option<FeatureRef>,
}

impl MapCanvas {
    pub(super) fn paint(&mut self, ui: &Ui, rect: Rect, state: &AppState, pictures: &MapPictures) {
        let painter = ui.painter_at(rect);
        let sea = crate::cartography::map_background(&state.canvas_style());
        // The frame of this pass: a resize command is applied only after it.
        let canvas = SceneRect::new(0.0, 0.0, rect.width(), rect.height());
        let view = state.view.on(canvas);
        let scale = ui.pixels_per_point();
        // Where the sharp picture covers everything, the coarse one below it would only cost time.
        let sharp = pictures.basemap.as_ref().filter(|picture| picture.projection == state.view.projection);
        let covered = sharp.is_some_and(|picture| placed(picture, &view, rect, scale).contains_rect(rect));
        if !covered {
            painter.rect_filled(rect, 0, Color32::from_rgb(sea.r, sea.g, sea.b));
        }
        let backdrop = pictures.backdrop.as_ref().filter(|_| !covered);
        for picture in [backdrop, pictures.basemap.as_ref(), pictures.data.as_ref(), pictures.overlay.as_ref()].into_iter().flatten() {
            // In another projection the old picture stands in, its middle and scale in place, until the new one is there.
            let same = picture.projection == state.view.projection;
            let view = if same { view } else { state.view.stand_in(picture.projection).on(canvas) };
            paint_picture(&painter, picture, placed(picture, &view, rect, scale));
        }
        self.paint_marks(&painter, rect, state, pictures, &view);
    }

    /// Outlines what is hovered, and what was selected just now until the overlay picture shows it.
    fn paint_marks(&mut self, painter: &egui::Painter, rect: Rect, state: &AppState, pictures: &MapPictures, view: &PlaneView) {
        let Some(marks) = &pictures.marks else { return };
        if marks.projection != state.view.projection || marks.dataset_generation != state.dataset_generation {
            return;
        }
        let pending = marks.selection != state.selection_generation && !state.selection.is_empty();
        let hovered = state.hovered.filter(|hovered| pending || !state.selection.contains(hovered));
        if !pending && hovered.is_none() {
            self.marks = None;
            return;
        }
        let key = MarkKey {
            view: state.view,
            canvas: view.frame,
            style: state.canvas_style(),
            revision: marks.revision,
            selection: pending.then_some(state.selection_generation),
            hovered,
        };
        if self.marks.as_ref().is_none_or(|(old, _)| *old != key) {
            let set = composed_marks(state, marks, view, &key);
            self.marks = Some((key, set));
        }
        if let Some((_, set)) = &self.marks {
            crate::render::egui_shapes::shapes(set, painter, rect.min.to_vec2());
        }
    }

    /// Scale bar and coordinates at the bottom left, zoom buttons at the bottom right.
    pub(super) fn corner_ui(&mut self, ui: &mut Ui, rect: Rect, state: &AppState, commands: &mut Vec<Command>) {
        let painter = ui.painter_at(rect);
        let view = state.view.on(SceneRect::new(0.0, 0.0, rect.width(), rect.height()));
        let bar = scale_bar(&view, state.view.projection, &state.canvas_style());
        let height = 34.0;
        crate::render::egui_shapes::shapes(&bar, &painter, rect.min.to_vec2() + Vec2::new(12.0, rect.height() - height));
        if let Some(pointer) = self.picked_at {
            let point = view.projected_from_scene(super::gestures::on_canvas(pointer, rect));
            if let Some(position) = state.view.projection.unproject(point) {
                let decimal = super::gestures::decimal(position);
                // Half a map has room for one of the two.
                let text = match self.period {
                    Some(_) => decimal,
                    None => format!("{decimal}   {}", super::gestures::degrees_minutes_seconds(position)),
                };
                let font = egui::FontId::monospace(11.0);
                let at = pos2(rect.center().x, rect.max.y - 10.0);
                let galley = painter.layout_no_wrap(text, font, ui.visuals().text_color());
                let area = Rect::from_center_size(at - Vec2::new(0.0, galley.size().y / 2.0), galley.size()).expand2(Vec2::new(6.0, 2.0));
                painter.rect_filled(area, 3, ui.visuals().panel_fill.gamma_multiply(0.85));
                painter.galley(area.center() - galley.size() / 2.0, galley, ui.visuals().text_color());
            }
        }
        if self.period != Some(0) {
            zoom_buttons_ui(ui, rect, commands);
        }
    }
}

/// While files are dragged over the window: what dropping them does.
pub(super) fn drop_hint(ui: &Ui, rect: Rect) {
    let (hovering, add) = ui.input(|i| (i.raw.hovered_files.len(), i.modifiers.shift));
    if hovering == 0 {
        return;
    }
    let painter = ui.painter_at(rect);
    let visuals = ui.visuals();
    painter.rect_filled(rect, 0, visuals.panel_fill.gamma_multiply(0.86));
    let accent = visuals.selection.stroke.color;
    painter.rect_stroke(rect.shrink(12.0), 6, egui::Stroke::new(2.0, accent), egui::StrokeKind::Inside);
    let files = if hovering == 1 { "the file".to_owned() } else { format!("{hovering} files") };
    let (first, second) = if add {
        (format!("Drop to add {files} to what is open"), "Without Shift it takes the place of what is open")
    } else {
        (format!("Drop to open {files}"), "With Shift it is added to what is open")
    };
    let text = visuals.text_color();
    painter.text(rect.center(), egui::Align2::CENTER_BOTTOM, first, egui::FontId::proportional(20.0), text);
    painter.text(rect.center() + Vec2::new(0.0, 8.0), egui::Align2::CENTER_TOP, second, egui::FontId::proportional(13.0), text);
}

fn zoom_buttons_ui(ui: &mut Ui, rect: Rect, commands: &mut Vec<Command>) {
    let size = Vec2::splat(28.0);
    let buttons = [
        (icons::PLUS, "Zoom in  +", Command::Zoom(ZoomStep::In)),
        (icons::MINUS, "Zoom out  −", Command::Zoom(ZoomStep::Out)),
        (icons::MAXIMIZE, "Fit the selection or everything  F", Command::Fit),
    ];
    let count = buttons.len() as f32;
    for (index, (icon, tip, command)) in buttons.into_iter().enumerate() {
        let up = (count - index as f32) * (size.y + 4.0);
        let place = Rect::from_min_size(pos2(rect.max.x - size.x - 12.0, rect.max.y - up - 8.0), size);
        let text = egui::RichText::new(icon).family(egui::FontFamily::Name("Lucide".into())).size(15.0);
        let response = ui.put(place, egui::Button::new(text).fill(ui.visuals().panel_fill)).on_hover_text(tip);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, tip));
        if response.clicked() {
            commands.push(command);
        }
    }
}

fn composed_marks(state: &AppState, marks: &DrawnMarks, view: &PlaneView, key: &MarkKey) -> ScreenSet {
    let mut set = ScreenSet::default();
    let input = OverlayInput {
        dataset: &state.dataset,
        links: &state.links,
        layers: &marks.layers,
        view,
        projection: state.view.projection,
        style: &key.style,
        selection: &state.selection,
        hovered: key.hovered,
        labels: None,
        index: None,
    };
    let mut room = MAX_MARK_VERTICES;
    let mut affordable = |feature: &FeatureRef| {
        let cost = mark_cost(&marks.layers, &marks.index, *feature) + 40;
        room = room.saturating_sub(cost);
        room > 0
    };
    let selected = state.selection.iter().copied().filter(|_| key.selection.is_some());
    let selected: Vec<FeatureRef> = selected.take_while(|feature| affordable(feature)).collect();
    let wanted = selected.into_iter().chain(key.hovered);
    crate::cartography::marks(&mut set, &input, &marks.index, wanted, 1.0);
    if key.hovered.is_some_and(|hovered| !marks.named.contains(&hovered)) {
        set.items.extend(crate::cartography::hovered_name(&input).items);
    }
    set
}

/// Where a picture lies in the window under the present view. One that is neither larger nor smaller than it was drawn lies on whole device
/// pixels, so that nothing blurs while the map is moved.
fn placed(picture: &MapPicture, view: &PlaneView, canvas: Rect, scale: f32) -> Rect {
    let place = exactly_placed(picture, view, canvas);
    if picture.view.resolution_m_per_px != view.resolution_m_per_px {
        return place;
    }
    let off = |px: f32| (px * scale).round() / scale - px;
    let by = Vec2::new(off(place.min.x), off(place.min.y));
    place.translate(by)
}

fn exactly_placed(picture: &MapPicture, view: &PlaneView, canvas: Rect) -> Rect {
    let frame = picture.view.frame;
    let corner = |x: f32, y: f32| {
        let point = view.scene_from_projected(picture.view.projected_from_scene(crate::scene::ScenePoint::new(x, y)));
        pos2(canvas.min.x + point.x, canvas.min.y + point.y)
    };
    Rect::from_min_max(corner(frame.x, frame.y), corner(frame.right(), frame.bottom()))
}

/// Paints the parts of a picture that hold anything and are in sight: most of an overlay is empty.
pub(super) fn paint_picture(painter: &egui::Painter, picture: &MapPicture, place: Rect) {
    let mut mesh = egui::Mesh::with_texture(picture.texture.id());
    for part in &picture.filled {
        let rect = Rect::from_min_max(place.lerp_inside(part.min.to_vec2()), place.lerp_inside(part.max.to_vec2()));
        if rect.intersects(painter.clip_rect()) {
            mesh.add_rect_with_uv(rect, *part, Color32::WHITE);
        }
    }
    painter.add(egui::Shape::mesh(mesh));
}
