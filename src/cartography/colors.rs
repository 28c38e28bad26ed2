//! All colors of the map. Data classes are Okabe–Ito (Okabe & Ito 2008) or ColorBrewer ramps; hues of TLP markings are kept out.

use super::MapTheme;
use crate::scene::Color;

/// The colors of the map and the figure in one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MapColors {
    /// The page.
    pub paper: Color,
    /// Titles and text on the page.
    pub ink: Color,
    /// Notes on the page.
    pub muted_ink: Color,
    /// Hairlines and the neatline.
    pub neatline: Color,
    /// Beyond the outline of the world.
    pub beyond_world: Color,
    /// The sea.
    pub sea: Color,
    /// Land.
    pub land: Color,
    /// The coast line.
    pub coast: Color,
    /// Borders of countries.
    pub border: Color,
    /// Meridians and parallels.
    pub graticule: Color,
    /// Country names.
    pub country_label: Color,
    /// Sea names.
    pub sea_label: Color,
    /// Names of towns.
    pub town_label: Color,
    /// Outline of names over land and data.
    pub halo: Color,
    /// Outline of names over water.
    pub sea_halo: Color,
    /// Selection: the one accent.
    pub accent: Color,
    /// Sets the accent and the data off from the map.
    pub casing: Color,
    /// Port symbols: inside and outline.
    pub port: (Color, Color),
    /// Classes without an order, in order of use.
    pub unordered: [Color; 8],
    /// Five classes from the oldest to the newest.
    pub ordered: [Color; 5],
    /// What shares a class for want of colors, and what has no value at all.
    pub other: Color,
    /// "Not stated" and "none".
    pub not_stated: Color,
    /// A fault of the data, such as a corridor over land. Red stands for nothing else.
    pub fault: Color,
}

/// Okabe & Ito 2008 in their order (blue, vermillion, green, purple, black, sky blue, orange, yellow), moved a little so that all pairs differ
/// for every reader and stand out from a pale sea and from land.
const ON_LIGHT: [Color; 8] = [
    Color::hex(0x14_6597),
    Color::hex(0xAA_4F12),
    Color::hex(0x41_9974),
    Color::hex(0xA8_82A5),
    Color::hex(0x13_0C05),
    Color::hex(0x62_A8FC),
    Color::hex(0xB7_820F),
    Color::hex(0xCB_B73C),
];
/// The same for a dark sea, with white for black.
const ON_DARK: [Color; 8] = [
    Color::hex(0x2C_7EBA),
    Color::hex(0xB5_603A),
    Color::hex(0x49_CA91),
    Color::hex(0xD4_96F9),
    Color::hex(0xFA_EDE4),
    Color::hex(0xC1_E8FF),
    Color::hex(0xCE_9B39),
    Color::hex(0xE3_FB93),
];
/// The same for white paper. Their lightness differs as well, so that a copy in grey still tells them apart.
const ON_PAPER: [Color; 8] = [
    Color::hex(0x1A_4B70),
    Color::hex(0x9C_4100),
    Color::hex(0x12_8253),
    Color::hex(0xE5_4F94),
    Color::hex(0x04_0A0F),
    Color::hex(0x85_A0C4),
    Color::hex(0xE0_A476),
    Color::hex(0xD6_C631),
];
/// ColorBrewer BuPu, the five darker of eight.
const BU_PU: [Color; 5] =
    [Color::hex(0x9E_BCDA), Color::hex(0x8C_96C6), Color::hex(0x8C_6BB1), Color::hex(0x88_419D), Color::hex(0x6E_016B)];
/// ColorBrewer YlGnBu, from its middle to its light end.
const GN_YL: [Color; 5] =
    [Color::hex(0x1D_91C0), Color::hex(0x41_B6C4), Color::hex(0x7F_CDBB), Color::hex(0xC7_E9B4), Color::hex(0xFF_FFD9)];

const LIGHT: MapColors = MapColors {
    paper: Color::hex(0xFB_FAF6),
    ink: Color::hex(0x1B_2733),
    muted_ink: Color::hex(0x46_5361),
    neatline: Color::hex(0x7C_8894),
    beyond_world: Color::hex(0xF1_F0EA),
    sea: Color::hex(0xDC_E6EC),
    land: Color::hex(0xFA_F6EB),
    coast: Color::hex(0x8F_A0AC),
    border: Color::hex(0xC4_BBA8),
    graticule: Color::hex(0xC9_D6DE),
    country_label: Color::hex(0x65_5D4E),
    sea_label: Color::hex(0x3F_6079),
    town_label: Color::hex(0x3F_3D38),
    halo: Color::hex(0xFD_FBF4),
    sea_halo: Color::hex(0xDC_E6EC),
    accent: Color::hex(0x0B_4F8A),
    casing: Color::hex(0xFF_FFFF),
    port: (Color::hex(0xFF_FFFF), Color::hex(0x1B_2733)),
    unordered: ON_LIGHT,
    ordered: BU_PU,
    other: Color::hex(0x45_454B),
    not_stated: Color::hex(0x68_6D72),
    fault: Color::hex(0xB3_261E),
};

const DARK: MapColors = MapColors {
    paper: Color::hex(0x0E_1620),
    ink: Color::hex(0xE8_EDF2),
    muted_ink: Color::hex(0xB4_C0CB),
    neatline: Color::hex(0x4D_6072),
    beyond_world: Color::hex(0x0A_1118),
    sea: Color::hex(0x0D_1F33),
    land: Color::hex(0x2A_3744),
    coast: Color::hex(0x5F_7488),
    border: Color::hex(0x55_6472),
    graticule: Color::hex(0x1D_3247),
    country_label: Color::hex(0xC3_CBD3),
    sea_label: Color::hex(0x8F_B2CF),
    town_label: Color::hex(0xD6_DCE2),
    halo: Color::hex(0x16_212C),
    sea_halo: Color::hex(0x0D_1F33),
    accent: Color::hex(0x7C_C4FF),
    casing: Color::hex(0x08_0F16),
    port: (Color::hex(0x10_1C28), Color::hex(0xF2_F5F8)),
    unordered: ON_DARK,
    ordered: GN_YL,
    other: Color::hex(0xA5_AAAF),
    not_stated: Color::hex(0x72_7D87),
    fault: Color::hex(0xF2_8B82),
};

const PRINT: MapColors = MapColors {
    paper: Color::hex(0xFF_FFFF),
    ink: Color::hex(0x11_1111),
    muted_ink: Color::hex(0x40_4040),
    neatline: Color::hex(0x55_5555),
    beyond_world: Color::hex(0xFF_FFFF),
    sea: Color::hex(0xFF_FFFF),
    land: Color::hex(0xE9_E9E6),
    coast: Color::hex(0x84_8484),
    border: Color::hex(0xB4_B4B0),
    graticule: Color::hex(0xDE_DEDE),
    country_label: Color::hex(0x57_5757),
    sea_label: Color::hex(0x45_5A6B),
    town_label: Color::hex(0x33_3333),
    halo: Color::hex(0xFF_FFFF),
    sea_halo: Color::hex(0xFF_FFFF),
    accent: Color::hex(0x0B_4F8A),
    casing: Color::hex(0xFF_FFFF),
    port: (Color::hex(0xFF_FFFF), Color::hex(0x11_1111)),
    unordered: ON_PAPER,
    ordered: BU_PU,
    other: Color::hex(0x3F_3F3F),
    not_stated: Color::hex(0x68_6D72),
    fault: Color::hex(0xB3_261E),
};

impl MapColors {
    /// The colors of a theme.
    pub const fn of(theme: MapTheme) -> &'static Self {
        match theme {
            MapTheme::Light => &LIGHT,
            MapTheme::Dark => &DARK,
            MapTheme::Print => &PRINT,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::Marking;

    const THEMES: [MapTheme; 3] = [MapTheme::Light, MapTheme::Dark, MapTheme::Print];

    fn luminance(color: Color) -> f64 {
        let channel = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(color.r) + 0.7152 * channel(color.g) + 0.0722 * channel(color.b)
    }

    /// WCAG 2 contrast ratio.
    fn contrast(a: Color, b: Color) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_stands_out_from_what_is_behind_it() {
        for theme in THEMES {
            let c = MapColors::of(theme);
            for (text, ground) in [
                (c.ink, c.paper),
                (c.muted_ink, c.paper),
                (c.country_label, c.land),
                (c.country_label, c.sea),
                (c.sea_label, c.sea),
                (c.town_label, c.land),
                (c.ink, c.sea),
                (c.ink, c.land),
            ] {
                assert!(contrast(text, ground) >= 4.5, "{theme:?} {text:?} on {ground:?}: {}", contrast(text, ground));
            }
        }
    }

    #[test]
    fn data_stays_away_from_the_marking_colors() {
        let distance = |a: Color, b: Color| {
            let d = |x: u8, y: u8| (f64::from(x) - f64::from(y)).powi(2);
            (d(a.r, b.r) + d(a.g, b.g) + d(a.b, b.b)).sqrt()
        };
        for theme in THEMES {
            let colors = MapColors::of(theme);
            for marking in [Marking::Red, Marking::Amber, Marking::Green] {
                for color in colors.unordered.iter().chain(&colors.ordered).chain([&colors.accent, &colors.fault]) {
                    assert!(distance(*color, Color::hex(marking.rgb_on_black())) > 40.0, "{theme:?} {color:?} {marking:?}");
                }
            }
        }
    }

    #[test]
    fn ordered_classes_run_one_way_in_lightness() {
        for theme in THEMES {
            let steps: Vec<f64> = MapColors::of(theme).ordered.iter().map(|c| luminance(*c)).collect();
            assert!(steps.is_sorted() || steps.iter().rev().is_sorted(), "{theme:?} {steps:?}");
        }
    }
}
