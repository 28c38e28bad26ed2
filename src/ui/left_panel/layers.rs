//! Which layers are drawn, what color, width and size say, the theme of the map, and the projection.

use egui::Ui;

use crate::cartography::{ColorBy, Evidence, LayerToggles, MapStyle, MapTheme, SizeBy};
use crate::geodesy::ProjectionKind;
use crate::state::{AppState, Command, ViewCommand};
use crate::ui::theme;

type Layer = (&'static str, fn(&mut LayerToggles) -> &mut bool);

/// Width of the labels before boxes to choose from, in points.
const LABEL_WIDTH: f32 = 74.0;

/// The check boxes, data before basemap.
const LAYERS: [Layer; 13] = [
    ("Corridors", |layers| &mut layers.corridors),
    ("Ports", |layers| &mut layers.ports),
    ("Totals at ports", |layers| &mut layers.port_totals),
    ("Seizures", |layers| &mut layers.seizures),
    ("Context areas", |layers| &mut layers.areas),
    ("Port names", |layers| &mut layers.port_labels),
    ("Corridor names", |layers| &mut layers.corridor_labels),
    ("Country names", |layers| &mut layers.country_labels),
    ("Sea names", |layers| &mut layers.sea_labels),
    ("Town names", |layers| &mut layers.town_labels),
    ("Borders", |layers| &mut layers.borders),
    ("Graticule", |layers| &mut layers.graticule),
    ("Inset locator", |layers| &mut layers.inset),
];

/// Check boxes of the layers, color choice, projection and central meridian.
pub(super) fn layers_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let mut style = state.document.style;
    for (label, layer) in LAYERS {
        ui.checkbox(layer(&mut style.layers), label);
    }
    ui.add_space(8.0);
    look_ui(ui, &mut style);
    if style != state.document.style {
        commands.push(Command::SetStyle(style));
    }
    ui.add_space(4.0);
    projection_ui(ui, state, commands);
}

/// What color, width and size say, and the colors of the map as a whole.
fn look_ui(ui: &mut Ui, style: &mut MapStyle) {
    choice_ui(ui, "Color by", &mut style.color_by, ColorBy::ALL.map(|choice| (choice, choice.label())));
    let widths = Evidence::ALL.map(|evidence| (Some(evidence), evidence.label()));
    choice_ui(ui, "Width by", &mut style.width_by, widths.into_iter().chain([(None, "All alike")]))
        .on_hover_text("Width of corridors: what the open files report about them, not how much was shipped");
    choice_ui(ui, "Size by", &mut style.size_by, SizeBy::ALL.map(|choice| (choice, choice.label()))).on_hover_text("Size of seizures");
    let mut theme = (!style.theme_follows_window).then_some(style.theme);
    let themes = [(None, "As the window")].into_iter().chain(MapTheme::ALL.map(|theme| (Some(theme), theme.label())));
    choice_ui(ui, "Map theme", &mut theme, themes).on_hover_text("Colors of the map; a theme chosen here is also that of figures");
    style.theme_follows_window = theme.is_none();
    style.theme = theme.unwrap_or(style.theme);
}

/// A label and a box to choose from; boxes stand in one column and take the rest of the line.
fn choice_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &'static str,
    value: &mut T,
    choices: impl IntoIterator<Item = (T, &'static str)>,
) -> egui::Response {
    let choices: Vec<_> = choices.into_iter().collect();
    let shown = choices.iter().find(|(choice, _)| choice == value).map_or("", |(_, label)| *label);
    ui.horizontal(|ui| {
        let start = ui.cursor().left();
        let label_id = ui.label(label).id;
        ui.add_space((start + LABEL_WIDTH - ui.cursor().left()).max(0.0));
        let room = ui.available_width();
        let list = egui::ComboBox::from_id_salt(label).width(room).truncate().selected_text(shown).show_ui(ui, |ui| {
            for (choice, label) in choices {
                ui.selectable_value(value, choice, label);
            }
        });
        list.response.labelled_by(label_id)
    })
    .inner
}

fn projection_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let projection = state.view.projection;
    let mut kind = projection.kind;
    choice_ui(ui, "Projection", &mut kind, ProjectionKind::ALL.map(|choice| (choice, choice.label())));
    if kind != projection.kind {
        commands.push(Command::SetProjection(kind));
    }
    ui.add_space(4.0);
    let label = ui.label("Central meridian");
    ui.spacing_mut().slider_width = (ui.available_width() - 64.0).max(60.0);
    let mut meridian_deg = projection.central_meridian_deg;
    theme::show_rails(ui);
    let response = ui.add(egui::Slider::new(&mut meridian_deg, -180.0..=180.0).step_by(1.0).suffix("°")).labelled_by(label.id);
    if response.changed() && meridian_deg != projection.central_meridian_deg {
        commands.push(Command::View(ViewCommand::SlideCentralMeridian(meridian_deg)));
    }
    if response.drag_stopped() || response.lost_focus() {
        commands.push(Command::EndGesture);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_layer_has_its_own_check_box() {
        for (label, layer) in LAYERS {
            let mut layers = LayerToggles::default();
            *layer(&mut layers) ^= true;
            assert_ne!(layers, LayerToggles::default(), "{label}");
        }
        let mut all_off = LayerToggles::default();
        for (_, layer) in LAYERS {
            *layer(&mut all_off) = false;
        }
        assert!(!format!("{all_off:?}").contains("true"), "a layer has no check box");
    }
}
