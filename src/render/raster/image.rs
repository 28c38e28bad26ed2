//! The finished picture and its PNG file.

use std::borrow::Cow;

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, SrgbRenderingIntent, Unit};

use crate::render::RenderError;

const METERS_PER_INCH: f32 = 0.0254;

/// A picture: rows from the top, four bytes a pixel, sRGB with premultiplied opacity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RasterImage {
    /// Width in device pixels.
    pub width: u32,
    /// Height in device pixels.
    pub height: u32,
    /// `width × height × 4` bytes: red, green, blue, opacity.
    pub rgba_premultiplied: Vec<u8>,
}

impl RasterImage {
    /// The pixel at column `x`, row `y`: red, green, blue, opacity, premultiplied; `None` outside.
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        let at = (y as usize * self.width as usize + x as usize) * 4;
        (x < self.width).then(|| self.rgba_premultiplied.get(at..at + 4)?.try_into().ok()).flatten()
    }

    /// Full opacity everywhere: on an opaque page a smaller one can only be the rounding of many blends.
    #[must_use]
    pub fn made_opaque(mut self) -> Self {
        for pixel in self.rgba_premultiplied.chunks_exact_mut(4) {
            pixel[3] = 255;
        }
        self
    }

    /// Four bytes a pixel with straight opacity, as clipboards and most files want it.
    pub fn rgba_straight(&self) -> Vec<u8> {
        let mut bytes = self.rgba_premultiplied.clone();
        for pixel in bytes.chunks_exact_mut(4).filter(|pixel| pixel[3] != 255) {
            let alpha = u32::from(pixel[3]);
            for channel in &mut pixel[..3] {
                *channel = (u32::from(*channel) * 255 + alpha / 2).checked_div(alpha).unwrap_or(0).min(255) as u8;
            }
        }
        bytes
    }

    fn is_opaque(&self) -> bool {
        self.rgba_premultiplied.chunks_exact(4).all(|pixel| pixel[3] == 255)
    }
}

/// The picture as a PNG file with its resolution, the sRGB mark and texts such as `("Title", …)`. Opaque pictures are written
/// without an opacity channel.
pub fn encode_png(image: &RasterImage, dpi: f32, metadata: &[(&str, &str)]) -> Result<Vec<u8>, RenderError> {
    let (color, bytes) = if image.is_opaque() {
        let rgb = image.rgba_premultiplied.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        (ColorType::Rgb, rgb)
    } else {
        (ColorType::Rgba, image.rgba_straight())
    };
    let mut file = Vec::with_capacity(bytes.len() / 8);
    let mut encoder = Encoder::new(&mut file, image.width, image.height);
    encoder.set_color(color);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    encoder.set_source_srgb(SrgbRenderingIntent::Perceptual);
    if dpi.is_finite() && dpi > 0.0 {
        let per_meter = (dpi / METERS_PER_INCH).round() as u32;
        encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_meter, yppu: per_meter, unit: Unit::Meter }));
    }
    for (keyword, text) in metadata {
        let text = printable(text).into_owned();
        if text.chars().all(|c| u32::from(c) < 256) {
            encoder.add_text_chunk((*keyword).to_owned(), text)?;
        } else {
            encoder.add_itxt_chunk((*keyword).to_owned(), text)?;
        }
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&bytes)?;
    writer.finish()?;
    Ok(file)
}

/// PNG texts hold no control characters but line breaks.
fn printable(text: &str) -> Cow<'_, str> {
    let allowed = |c: char| c == '\n' || !c.is_control();
    if text.chars().all(allowed) { Cow::Borrowed(text) } else { Cow::Owned(text.chars().filter(|c| allowed(*c)).collect()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(file: &[u8]) -> (png::Info<'static>, Vec<u8>) {
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut bytes).unwrap();
        (reader.info().clone(), bytes)
    }

    #[test]
    fn an_opaque_picture_comes_back_with_its_resolution_and_texts() {
        let image = RasterImage { width: 2, height: 1, rgba_premultiplied: vec![10, 20, 30, 255, 40, 50, 60, 255] };
        let file = encode_png(&image, 300.0, &[("Title", "Kavač\u{0} map"), ("Software", "Sealane")]).unwrap();
        let (info, bytes) = decoded(&file);
        assert_eq!((info.color_type, bytes), (ColorType::Rgb, vec![10, 20, 30, 40, 50, 60]));
        assert_eq!(info.pixel_dims.map(|d| (d.xppu, d.unit)), Some((11811, Unit::Meter)));
        assert!(info.srgb.is_some());
        assert_eq!(info.utf8_text[0].get_text().unwrap(), "Kavač map");
        assert_eq!(info.uncompressed_latin1_text[0].text, "Sealane");
    }

    #[test]
    fn a_transparent_picture_is_written_with_straight_opacity() {
        let image = RasterImage { width: 2, height: 1, rgba_premultiplied: vec![64, 0, 32, 128, 0, 0, 0, 0] };
        let (info, bytes) = decoded(&encode_png(&image, f32::NAN, &[]).unwrap());
        assert_eq!((info.color_type, bytes), (ColorType::Rgba, vec![128, 0, 64, 128, 0, 0, 0, 0]));
        assert!(info.pixel_dims.is_none());
    }

    #[test]
    fn a_keyword_that_png_forbids_is_an_error() {
        let image = RasterImage { width: 1, height: 1, rgba_premultiplied: vec![0; 4] };
        assert!(matches!(encode_png(&image, 96.0, &[("", "x")]), Err(RenderError::Png(_))));
    }
}
