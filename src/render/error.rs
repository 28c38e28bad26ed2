//! Why nothing was drawn.

/// A picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The picture has no area or more pixels than can be drawn.
    #[error("cannot draw a picture of {width} × {height} pixels: each side must be between 1 and {} and both together at most {} million pixels", u16::MAX, MAX_PIXELS / 1_000_000)]
    Size {
        /// Wanted width in device pixels.
        width: f64,
        /// Wanted height in device pixels.
        height: f64,
    },
    /// The caller asked to stop.
    #[error("drawing was cancelled")]
    Cancelled,
    /// The PNG could not be written.
    #[error("cannot encode the picture as PNG")]
    Png(#[from] png::EncodingError),
}

/// The largest picture: 1 GiB of pixels.
pub(super) const MAX_PIXELS: u64 = 1 << 28;

/// The size of a picture in whole device pixels.
pub(super) fn checked_size(width: f64, height: f64) -> Result<(u16, u16), RenderError> {
    let side = |pixels: f64| (pixels.is_finite() && (1.0..=f64::from(u16::MAX)).contains(&pixels.round())).then(|| pixels.round() as u16);
    match (side(width), side(height)) {
        (Some(w), Some(h)) if u64::from(w) * u64::from(h) <= MAX_PIXELS => Ok((w, h)),
        (Some(_), Some(_)) | (None, _) | (_, None) => Err(RenderError::Size { width, height }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_out_of_reach_are_errors() {
        assert_eq!(checked_size(4961.0, 3508.2).ok(), Some((4961, 3508)));
        for (width, height) in [(0.0, 10.0), (65_536.0, 10.0), (f64::NAN, 10.0), (f64::INFINITY, 1.0), (-5.0, 5.0), (60_000.0, 60_000.0)] {
            let message = checked_size(width, height).expect_err("too large or empty").to_string();
            assert!(message.contains("268 million"), "{message}");
        }
    }
}
