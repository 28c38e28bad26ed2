//! The look of the window: all colors, fonts and distances in one place. Light like a printed chart, dark like a bridge at night.

use egui::style::{Selection, WidgetVisuals};
use egui::{Color32, Context, CornerRadius, FontFamily, FontId, Margin, RichText, Shadow, Stroke, TextStyle, Visuals, vec2};

use crate::cartography::Marking;
pub use crate::render::egui_shapes::color32;
use crate::render::egui_shapes::{ICON_FAMILY, font_definitions, font_family};
use crate::scene::FontFace;

/// Height of a row of a table or list in points.
pub const ROW_HEIGHT: f32 = 22.0;

/// Every color of the window except those of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UiColors {
    /// Ground of panels.
    pub panel: Color32,
    /// Ground of menus, dialogs and notices, above the panels.
    pub raised: Color32,
    /// Ground of text boxes and of the timeline.
    pub field: Color32,
    /// Text.
    pub text: Color32,
    /// Secondary text: labels, units, hints.
    pub text_weak: Color32,
    /// Rows that do not match the filter, and things that cannot be done.
    pub text_pale: Color32,
    /// Lines between parts.
    pub hairline: Color32,
    /// The one accent: selection, focus, matching bars.
    pub accent: Color32,
    /// Text and icons on the accent.
    pub on_accent: Color32,
    /// Ground of selected rows and of the brush.
    pub accent_soft: Color32,
    /// Ground under the pointer.
    pub hover: Color32,
    /// Ground of a pressed control.
    pub pressed: Color32,
    /// Bars of everything, behind the matching ones.
    pub bar_total: Color32,
    /// Hatching of periods without data.
    pub no_data: Color32,
    /// A fallback, a doubt.
    pub warning: Color32,
    /// A fault. Red stands for nothing else.
    pub error: Color32,
    /// Something went well.
    pub success: Color32,
    /// Shadow of what lies above.
    pub shadow: Color32,
}

const LIGHT: UiColors = UiColors {
    panel: Color32::from_rgb(0xFB, 0xFA, 0xF7),
    raised: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    field: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    text: Color32::from_rgb(0x1B, 0x25, 0x30),
    text_weak: Color32::from_rgb(0x5A, 0x66, 0x72),
    text_pale: Color32::from_rgb(0x9A, 0xA3, 0xAB),
    hairline: Color32::from_rgb(0xDD, 0xDA, 0xD2),
    accent: Color32::from_rgb(0x0B, 0x63, 0x8F),
    on_accent: Color32::from_rgb(0xFF, 0xFF, 0xFF),
    accent_soft: Color32::from_rgb(0xDC, 0xEA, 0xF2),
    hover: Color32::from_rgb(0xF0, 0xEE, 0xE8),
    pressed: Color32::from_rgb(0xE4, 0xE1, 0xD9),
    bar_total: Color32::from_rgb(0xCF, 0xD8, 0xDE),
    no_data: Color32::from_rgb(0xE2, 0xDF, 0xD7),
    warning: Color32::from_rgb(0x94, 0x5B, 0x00),
    error: Color32::from_rgb(0xB3, 0x26, 0x1E),
    success: Color32::from_rgb(0x1F, 0x70, 0x45),
    shadow: Color32::from_black_alpha(38),
};

const DARK: UiColors = UiColors {
    panel: Color32::from_rgb(0x11, 0x19, 0x23),
    raised: Color32::from_rgb(0x1A, 0x24, 0x30),
    field: Color32::from_rgb(0x0C, 0x13, 0x1B),
    text: Color32::from_rgb(0xE3, 0xE8, 0xED),
    text_weak: Color32::from_rgb(0x9D, 0xAA, 0xB6),
    text_pale: Color32::from_rgb(0x62, 0x6F, 0x7C),
    hairline: Color32::from_rgb(0x27, 0x33, 0x40),
    accent: Color32::from_rgb(0x5D, 0xB5, 0xE2),
    on_accent: Color32::from_rgb(0x08, 0x12, 0x1A),
    accent_soft: Color32::from_rgb(0x1B, 0x3A, 0x4E),
    hover: Color32::from_rgb(0x1B, 0x26, 0x33),
    pressed: Color32::from_rgb(0x24, 0x32, 0x41),
    bar_total: Color32::from_rgb(0x33, 0x43, 0x52),
    no_data: Color32::from_rgb(0x22, 0x2D, 0x39),
    warning: Color32::from_rgb(0xE3, 0xA8, 0x4B),
    error: Color32::from_rgb(0xF2, 0x8B, 0x82),
    success: Color32::from_rgb(0x6F, 0xC7, 0x95),
    shadow: Color32::from_black_alpha(120),
};

/// The colors of a theme.
pub const fn colors(dark: bool) -> &'static UiColors {
    if dark { &DARK } else { &LIGHT }
}

/// The colors in force in this part of the window.
pub fn colors_of(ui: &egui::Ui) -> &'static UiColors {
    colors(ui.visuals().dark_mode)
}

/// Text and ground of a marking: the colors on black that TLP 2.0 prescribes.
pub fn marking_colors(marking: Marking) -> (Color32, Color32) {
    let [_, red, green, blue] = marking.rgb_on_black().to_be_bytes();
    (Color32::from_rgb(red, green, blue), Color32::BLACK)
}

/// Gives check boxes, radio buttons and text boxes in this part of the window an outline, so that they stand out from their ground.
pub fn outline_inputs(ui: &mut egui::Ui) {
    let colors = colors_of(ui);
    let visuals = ui.visuals_mut();
    visuals.widgets.inactive.bg_fill = colors.field;
    visuals.widgets.inactive.bg_stroke = Stroke::new(1.0, colors.hairline.lerp_to_gamma(colors.text_weak, 0.35));
}

/// Makes the rails of sliders in this part of the window stand out from the panel.
pub fn show_rails(ui: &mut egui::Ui) {
    let rail = colors_of(ui).bar_total;
    ui.visuals_mut().widgets.inactive.bg_fill = rail;
}

/// Fills the buttons in this part of the window with the accent: for the one thing that a dialog is there for.
pub fn accent_buttons(ui: &mut egui::Ui) {
    let colors = colors_of(ui);
    let widgets = &mut ui.visuals_mut().widgets;
    for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
        state.bg_fill = colors.accent;
        state.weak_bg_fill = colors.accent;
        state.bg_stroke = Stroke::NONE;
        state.fg_stroke = Stroke::new(1.0, colors.on_accent);
    }
    widgets.hovered.weak_bg_fill = colors.accent.lerp_to_gamma(colors.text, 0.15);
    widgets.active.weak_bg_fill = colors.accent.lerp_to_gamma(colors.text, 0.3);
}

/// Text in SemiBold of the given size in points.
pub fn semibold(text: impl Into<String>, size: f32) -> RichText {
    RichText::new(text).font(FontId::new(size, font_family(FontFace::SemiBold)))
}

/// An icon of [`super::icons`] as text of the given size in points.
pub fn icon(icon: &str, size: f32) -> RichText {
    RichText::new(icon).font(FontId::new(size, FontFamily::Name(ICON_FAMILY.into())))
}

/// Installs fonts (once), colors and distances.
pub fn install(ctx: &Context, dark: bool) {
    let marker = egui::Id::unique("fonts installed");
    if !ctx.data(|data| data.get_temp::<bool>(marker).unwrap_or(false)) {
        ctx.set_fonts(font_definitions());
        ctx.data_mut(|data| data.insert_temp(marker, true));
    }
    ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
    let visuals = visuals(dark);
    ctx.all_styles_mut(|style| {
        style.visuals = visuals.clone();
        style.text_styles = [
            (TextStyle::Small, FontId::proportional(12.0)),
            (TextStyle::Body, FontId::proportional(13.0)),
            (TextStyle::Button, FontId::proportional(13.0)),
            (TextStyle::Heading, FontId::new(13.0, font_family(FontFace::SemiBold))),
            (TextStyle::Monospace, FontId::monospace(12.0)),
        ]
        .into();
        style.animation_time = 0.12;
        let spacing = &mut style.spacing;
        spacing.item_spacing = vec2(8.0, 4.0);
        spacing.button_padding = vec2(8.0, 3.0);
        spacing.window_margin = Margin::same(16);
        spacing.menu_margin = Margin::same(6);
        spacing.interact_size = vec2(24.0, 22.0);
        spacing.indent = 16.0;
        spacing.icon_width = 14.0;
        spacing.icon_width_inner = 8.0;
        spacing.combo_width = 96.0;
        spacing.tooltip_width = 360.0;
        spacing.scroll = egui::style::ScrollStyle::thin();
    });
}

fn visuals(dark: bool) -> Visuals {
    let c = colors(dark);
    let mut visuals = if dark { Visuals::dark() } else { Visuals::light() };
    let state = |fill: Color32, edge: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, edge),
        corner_radius: CornerRadius::same(4),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    visuals.widgets.noninteractive = state(c.panel, c.hairline, c.text);
    visuals.widgets.inactive = state(c.hover, Color32::TRANSPARENT, c.text);
    visuals.widgets.hovered = state(c.pressed, Color32::TRANSPARENT, c.text);
    visuals.widgets.active = state(c.accent_soft, c.accent, c.text);
    visuals.widgets.open = state(c.pressed, Color32::TRANSPARENT, c.text);
    visuals.selection = Selection { bg_fill: c.accent_soft, stroke: Stroke::new(1.0, c.text) };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(c.text_weak);
    visuals.hyperlink_color = c.accent;
    visuals.faint_bg_color = c.hover;
    visuals.extreme_bg_color = c.field;
    visuals.text_edit_bg_color = Some(c.field);
    visuals.code_bg_color = c.hover;
    visuals.warn_fg_color = c.warning;
    visuals.error_fg_color = c.error;
    visuals.panel_fill = c.panel;
    visuals.window_fill = c.raised;
    visuals.window_stroke = Stroke::new(1.0, c.hairline);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(6);
    visuals.window_shadow = Shadow { offset: [0, 6], blur: 24, spread: 0, color: c.shadow };
    visuals.popup_shadow = Shadow { offset: [0, 3], blur: 10, spread: 0, color: c.shadow };
    visuals.striped = false;
    visuals.indent_has_left_vline = false;
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.1 relative luminance.
    fn luminance(color: Color32) -> f64 {
        let part = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(color.r()) + 0.7152 * part(color.g()) + 0.0722 * part(color.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn text_is_readable_on_every_ground() {
        for dark in [false, true] {
            let c = colors(dark);
            for ground in [c.panel, c.raised, c.field, c.hover, c.accent_soft] {
                for text in [c.text, c.text_weak, c.accent, c.warning, c.error] {
                    assert!(contrast(text, ground) >= 4.3, "dark {dark}: {text:?} on {ground:?} has {:.2}", contrast(text, ground));
                }
            }
            assert!(contrast(c.on_accent, c.accent) >= 4.5);
        }
    }

    #[test]
    fn markings_keep_their_prescribed_colors() {
        assert_eq!(marking_colors(Marking::Red), (Color32::from_rgb(0xFF, 0x2B, 0x2B), Color32::BLACK));
    }
}
