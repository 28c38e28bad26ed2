//! Pictures for textures.

use crate::render::raster::RasterImage;

/// The picture as egui wants it for a texture: premultiplied, as it is.
pub fn texture_image(image: &RasterImage) -> egui::ColorImage {
    egui::ColorImage::from_rgba_premultiplied([image.width as usize, image.height as usize], &image.rgba_premultiplied)
}
