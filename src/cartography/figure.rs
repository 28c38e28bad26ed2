//! What a figure says besides the map, and the page it stands on.

use crate::analysis::Comparison;

/// TLP 2.0 marking (FIRST, 2022): capitals, no space, never translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marking {
    /// Not for disclosure, named recipients only.
    Red,
    /// Limited disclosure, the recipient's organization only.
    AmberStrict,
    /// Limited disclosure, the recipient's organization and its clients.
    Amber,
    /// Limited disclosure, the community.
    Green,
    /// Disclosure is not limited.
    Clear,
}

impl Marking {
    /// All markings, the strictest first.
    pub const ALL: [Self; 5] = [Self::Red, Self::AmberStrict, Self::Amber, Self::Green, Self::Clear];

    /// As it must be written.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Red => "TLP:RED",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Amber => "TLP:AMBER",
            Self::Green => "TLP:GREEN",
            Self::Clear => "TLP:CLEAR",
        }
    }

    /// The marking written so.
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|marking| marking.label() == label)
    }

    /// The color of the text on black, 0xRRGGBB, as TLP 2.0 prescribes.
    pub const fn rgb_on_black(self) -> u32 {
        match self {
            Self::Red => 0xFF_2B2B,
            Self::AmberStrict | Self::Amber => 0xFF_C000,
            Self::Green => 0x33_FF00,
            Self::Clear => 0xFF_FFFF,
        }
    }
}

/// The page: its size in CSS pixels (1/96 in) and the dots per inch of its raster form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageSize {
    /// Width in CSS pixels.
    pub width_px: f32,
    /// Height in CSS pixels.
    pub height_px: f32,
    /// Raster dots per inch: 96 gives one device pixel a CSS pixel.
    pub dpi: f32,
}

impl PageSize {
    /// 1920×1080 pixels.
    pub const FULL_HD: Self = Self { width_px: 1920.0, height_px: 1080.0, dpi: 96.0 };
    /// 3840×2160 pixels with the layout of 1920×1080.
    pub const UHD_4K: Self = Self { width_px: 1920.0, height_px: 1080.0, dpi: 192.0 };
    /// A slide of 13.333×7.5 in: 1920×1080 pixels at 144 dpi.
    pub const SLIDE: Self = Self { width_px: 1280.0, height_px: 720.0, dpi: 144.0 };
    /// A4 landscape, 300 dpi: 3508×2480 pixels.
    pub const A4: Self = Self { width_px: 1122.56, height_px: 793.6, dpi: 300.0 };
    /// A4 portrait, 300 dpi: 2480×3508 pixels.
    pub const A4_PORTRAIT: Self = Self { width_px: 793.6, height_px: 1122.56, dpi: 300.0 };
    /// A3 landscape, 300 dpi: 4961×3508 pixels.
    pub const A3: Self = Self { width_px: 1587.52, height_px: 1122.56, dpi: 300.0 };

    /// The named sizes with their names on the command line and for people.
    pub const NAMED: [(&'static str, &'static str, Self); 6] = [
        ("1920x1080", "Screen 1920 × 1080", Self::FULL_HD),
        ("4k", "Screen 3840 × 2160", Self::UHD_4K),
        ("slide", "Slide 13.333 × 7.5 in", Self::SLIDE),
        ("a4", "A4 landscape", Self::A4),
        ("a4-portrait", "A4 portrait", Self::A4_PORTRAIT),
        ("a3", "A3 landscape", Self::A3),
    ];

    /// Device pixels for one CSS pixel.
    pub fn scale(&self) -> f32 {
        self.dpi / 96.0
    }

    /// Size of the raster form in device pixels.
    pub fn device_size(&self) -> (u32, u32) {
        ((self.width_px * self.scale()).round() as u32, (self.height_px * self.scale()).round() as u32)
    }
}

/// What stands around the map on a figure.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureSpec {
    /// Title; empty leaves it out.
    pub title: String,
    /// Subtitle; empty leaves it out.
    pub subtitle: String,
    /// Handling marking; `None` only when the analyst chose to go without.
    pub marking: Option<Marking>,
    /// Note that boundaries imply no endorsement.
    pub boundary_note: bool,
    /// Footnote for Kosovo, used whenever Kosovo is in view.
    pub kosovo_note: String,
    /// Legend, notes, scale bar and sources; without them only the map is drawn.
    pub furniture: bool,
    /// Lines, symbols and names as large as in the window, not as the readers of the page need them: a copy of the map itself.
    pub as_on_screen: bool,
    /// Page and resolution.
    pub page: PageSize,
    /// Two periods side by side or their difference instead of one map.
    pub compare: Option<Comparison>,
}

impl Default for FigureSpec {
    fn default() -> Self {
        Self {
            title: "Maritime corridors from Latin America to the Balkans".to_owned(),
            subtitle: String::new(),
            marking: Some(Marking::Clear),
            boundary_note: true,
            kosovo_note: "References to Kosovo shall be understood in the context of UN Security Council resolution 1244 (1999)".to_owned(),
            furniture: true,
            as_on_screen: false,
            page: PageSize::FULL_HD,
            compare: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_have_the_pixels_that_briefings_need() {
        let sizes: Vec<_> = PageSize::NAMED.iter().map(|(key, _, page)| (*key, page.device_size())).collect();
        assert_eq!(
            sizes,
            [
                ("1920x1080", (1920, 1080)),
                ("4k", (3840, 2160)),
                ("slide", (1920, 1080)),
                ("a4", (3508, 2480)),
                ("a4-portrait", (2480, 3508)),
                ("a3", (4961, 3508)),
            ]
        );
    }

    #[test]
    fn markings_read_back_as_written() {
        for marking in Marking::ALL {
            assert_eq!(Marking::from_label(marking.label()), Some(marking));
        }
        assert_eq!(Marking::from_label("tlp: red"), None);
    }
}
