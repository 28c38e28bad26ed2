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
    Color::hex(0x00_3F5F),
    Color::hex(0x9A_4A11),
    Color::hex(0x66_9755),
    Color::hex(0x9D_628D),
    Color::hex(0x0E_1540),
    Color::hex(0x7B_A5CA),
    Color::hex(0xF5_9A10),
    Color::hex(0xEE_C48A),
];
/// ColorBrewer BuPu, a little darker, so that its light end stands out from a pale blue sea.
const RAMP_ON_LIGHT: [Color; 5] =
    [Color::hex(0x80_A6C8), Color::hex(0x7F_88BF), Color::hex(0x8C_62A8), Color::hex(0x7F_3390), Color::hex(0x55_005A)];
/// ColorBrewer YlGnBu from its middle to its light end, with steps that readers without short-wave cones can tell apart.
const RAMP_ON_DARK: [Color; 5] =
    [Color::hex(0x1B_8CC0), Color::hex(0x3D_B3CB), Color::hex(0x86_D3A6), Color::hex(0xD0_E798), Color::hex(0xFF_FBEA)];
/// ColorBrewer BuPu, the five darker of eight.
const RAMP_ON_PAPER: [Color; 5] =
    [Color::hex(0x9E_BCDA), Color::hex(0x8C_96C6), Color::hex(0x8C_6BB1), Color::hex(0x88_419D), Color::hex(0x6E_016B)];

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
    ordered: RAMP_ON_LIGHT,
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
    ordered: RAMP_ON_DARK,
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
    land: Color::hex(0xED_EDEA),
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
    ordered: RAMP_ON_PAPER,
    other: Color::hex(0x00_0000),
    not_stated: Color::hex(0x49_4E53),
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
    use crate::cartography::color_vision::{Vision, delta_e, seen};

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

    /// Smallest CIEDE2000 difference between two classes that may stand side by side, for every kind of color vision. About 1 can just be
    /// noticed in patches that touch; thin lines far apart need several times that, and eight colors with two greys allow no more than 10 to 14.
    const LEAST_BETWEEN_CLASSES: f64 = 10.0;
    /// The same between a class and the sea or the land below it.
    const LEAST_FROM_GROUND: f64 = 18.0;

    /// The sets of colors that stand side by side on one map.
    fn palettes(colors: &MapColors) -> [(&'static str, Vec<Color>); 2] {
        let greys = [colors.other, colors.not_stated];
        [
            ("unordered", colors.unordered.into_iter().chain(greys).collect()),
            // Of the ramp, neighbors may be nearer: their order is what is read.
            ("every second step", vec![colors.ordered[0], colors.ordered[2], colors.ordered[4], colors.not_stated]),
        ]
    }

    #[test]
    fn classes_differ_for_readers_of_every_color_vision() {
        for theme in THEMES {
            let colors = MapColors::of(theme);
            for (name, palette) in palettes(colors) {
                for vision in Vision::ALL {
                    for (index, one) in palette.iter().enumerate() {
                        for other in &palette[..index] {
                            let apart = delta_e(seen(*one, vision), seen(*other, vision));
                            assert!(apart >= LEAST_BETWEEN_CLASSES, "{theme:?} {name} {vision:?} {one:?} {other:?}: {apart:.1}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn neighboring_steps_of_a_ramp_differ_for_readers_of_every_color_vision() {
        for (theme, vision) in THEMES.into_iter().flat_map(|theme| Vision::ALL.map(|vision| (theme, vision))) {
            let steps = MapColors::of(theme).ordered.map(|color| seen(color, vision));
            for pair in steps.windows(2) {
                let apart = delta_e(pair[0], pair[1]);
                assert!(apart >= 7.0, "{theme:?} {vision:?} {pair:?}: {apart:.1}");
            }
            let lightness: Vec<f64> = steps.iter().map(|step| step.lightness).collect();
            assert!(lightness.is_sorted() || lightness.iter().rev().is_sorted(), "{theme:?} {vision:?} {lightness:?}");
        }
    }

    #[test]
    fn classes_stand_out_from_sea_and_land_for_readers_of_every_color_vision() {
        for (theme, vision) in THEMES.into_iter().flat_map(|theme| Vision::ALL.map(|vision| (theme, vision))) {
            let colors = MapColors::of(theme);
            for color in colors.unordered.iter().chain(&colors.ordered).chain([&colors.other, &colors.not_stated]) {
                for ground in [colors.sea, colors.land] {
                    let apart = delta_e(seen(*color, vision), seen(ground, vision));
                    assert!(apart >= LEAST_FROM_GROUND, "{theme:?} {vision:?} {color:?} on {ground:?}: {apart:.1}");
                }
            }
        }
    }

    #[test]
    fn a_copy_in_grey_tells_the_classes_on_paper_apart() {
        let colors = MapColors::of(MapTheme::Print);
        let lightness = |color: &Color| seen(*color, Vision::Full).lightness;
        for palette in [colors.unordered.to_vec(), colors.ordered.to_vec()] {
            let mut steps: Vec<f64> = palette.iter().chain([&colors.not_stated]).map(lightness).collect();
            steps.sort_by(f64::total_cmp);
            assert!(steps.windows(2).all(|pair| pair[1] - pair[0] >= 5.0), "{steps:.0?}");
            assert!(lightness(&colors.land) - steps[steps.len() - 1] >= 9.0, "{steps:.0?}");
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
