//! The window's back end: paints screen sets over the map's textures, in the same fonts as every export.
//!
//! Fills take a path's parts one by one (no holes), which suits symbols, arrowheads and boxes; areas with holes belong to the
//! world set. Register the fonts once with `ctx.set_fonts(font_definitions())`.

mod image;
mod paint;
mod shape;
mod text;

use egui::{Painter, Vec2};

use crate::scene::ScreenSet;

pub use image::texture_image;
pub use paint::color32;
pub use text::{ICON_FAMILY, font_definitions, font_family};

/// Paints the set in order; `offset` is where the page's corner lies on the screen, in points (a CSS pixel is a point).
/// What has no finite position is left out.
pub fn shapes(set: &ScreenSet, painter: &Painter, offset: Vec2) {
    for item in &set.items {
        shape::paint(painter, &item.primitive, offset);
    }
}

#[cfg(test)]
mod tests;
