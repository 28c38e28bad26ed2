//! What the window shows is what an export draws: the pictures of the canvas against a PNG file of the same view, pixel by pixel. Names,
//! arrowheads and furniture lie above both and are left out.
#![cfg(feature = "gui")]

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use sealane::analysis::{Dimension, Filter};
use sealane::app::{CanvasPictures, canvas_pictures};
use sealane::cartography::{
    Basemap, ColorBy, FigureArea, FigureInput, FigureSpec, MapStyle, MapTheme, NamedExtent, PageSize, compose_figure,
};
use sealane::export::{ExportSpec, export};
use sealane::geodesy::ProjectionKind;
use sealane::load::{LoadControl, bundled_atlas, load};
use sealane::model::PartialDate;
use sealane::render::raster::Hooks;
use sealane::scene::{SceneRect, ScreenSet};
use sealane::state::{AppState, Command, OpenMode, apply, receive_loaded};

/// Largest difference of a channel, in levels of 255.
///
/// Both blend the data, drawn over nothing, with the basemap by the same sum, and both draw by the same operations. What is left: the canvas
/// pictures begin 128 pixels farther left and up, so that positions in 32 bits round elsewhere by a millionth of a pixel; an edge that
/// is covered by 127.5 of 255 then comes out as one or the other, and marks over marks carry it on.
const TOLERANCE: u8 = 2;
/// Share of the pixels that may differ by those levels.
const MAY_DIFFER: f64 = 0.001;
/// Share of the pixels that may differ by more: where such an edge falls on a pixel's corner and a whole join changes sides.
const MAY_DIFFER_MORE: f64 = 0.000_01;

/// Width and height of the canvas in CSS pixels: whole device pixels at all three ratios.
const CANVAS: (f32, f32) = (640.0, 400.0);

fn atlas() -> AppState {
    let mut state = AppState::new();
    let control = LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
    let loaded = load(&bundled_atlas(), None, &control).expect("not canceled");
    receive_loaded(&mut state, loaded, OpenMode::Replace, &[]);
    apply(&mut state, Command::ResizeCanvas(CANVAS.0, CANVAS.1));
    state
}

/// Rows of red, green, blue.
struct Picture {
    width: usize,
    rgb: Vec<[u8; 3]>,
}

impl Picture {
    /// The canvas as the screen blends it: premultiplied, in the numbers of the pixels, rounded to the nearest.
    fn of_canvas(pictures: &CanvasPictures) -> Self {
        let CanvasPictures { basemap, data, margin_px } = pictures;
        assert_eq!(basemap.size, data.size);
        let [width, height] = basemap.size;
        let rows = *margin_px..height - margin_px;
        let at = |y: usize| (*margin_px..width - margin_px).map(move |x| y * width + x);
        let blended = rows.flat_map(at).map(|pixel| {
            let (below, above) = (basemap.pixels[pixel].to_array(), data.pixels[pixel].to_array());
            assert_eq!(below[3], 255, "the basemap covers the canvas");
            let rest = f64::from(255 - above[3]) / 255.0;
            [0, 1, 2].map(|channel| (f64::from(above[channel]) + f64::from(below[channel]) * rest).round().min(255.0) as u8)
        });
        Self { width: width - 2 * margin_px, rgb: blended.collect() }
    }

    /// The file that an export of the view writes.
    fn of_export(state: &AppState, scale: f32) -> Self {
        let page = PageSize { width_px: CANVAS.0, height_px: CANVAS.1, dpi: 96.0 * scale };
        let frame = SceneRect::new(0.0, 0.0, CANVAS.0, CANVAS.1);
        let mut scene = compose_figure(&FigureInput {
            dataset: &state.dataset,
            links: &state.links,
            filter: &state.document.filter,
            matches: &state.matches,
            basemap: Some(Basemap::bundled().expect("bundled")),
            projection: state.view.projection,
            area: FigureArea::Plane(state.view.on(frame).plane_box(0.0)),
            style: &state.canvas_style(),
            figure: &FigureSpec { furniture: false, as_on_screen: true, page, ..FigureSpec::default() },
            selection: &BTreeSet::new(),
            made_on: PartialDate::from_year(2023),
            version: "0.0.0",
        })
        .expect("a sound basemap");
        scene.overlay = ScreenSet::default();
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("view.png");
        export(&scene, &ExportSpec::for_path(&path, page.dpi).expect("a format"), &Hooks::default()).expect("written");
        let file = std::io::BufReader::new(std::fs::File::open(&path).expect("there"));
        let mut reader = png::Decoder::new(file).read_info().expect("a PNG file");
        let mut bytes = vec![0; reader.output_buffer_size().expect("small")];
        reader.next_frame(&mut bytes).expect("a picture");
        assert_eq!(reader.info().color_type, png::ColorType::Rgb, "opaque");
        let rgb = bytes.as_chunks::<3>().0.to_vec();
        Self { width: reader.info().width as usize, rgb }
    }

    /// The shares of the pixels that differ at all and by more than the tolerance, when this picture is moved right by some pixels.
    fn difference(&self, other: &Self, moved: usize) -> (f64, f64) {
        assert_eq!((self.width, self.rgb.len()), (other.width, other.rgb.len()));
        let apart =
            |a: &[u8; 3], b: &[u8; 3]| [0, 1, 2].map(|channel: usize| a[channel].abs_diff(b[channel])).into_iter().max().unwrap_or(0);
        let rows = self.rgb.chunks(self.width).zip(other.rgb.chunks(self.width));
        let each: Vec<u8> = rows.flat_map(|(a, b)| a.iter().zip(&b[moved..]).map(|(a, b)| apart(a, b))).collect();
        let share = |least: u8| each.iter().filter(|levels| **levels > least).count() as f64 / each.len() as f64;
        (share(0), share(TOLERANCE))
    }
}

/// Five views with different extents, themes, projections, colors and filters.
fn views() -> Vec<(&'static str, AppState)> {
    let atlas = atlas();
    let view = |extent, projection, style: MapStyle, filter: Filter| {
        let mut state = atlas.clone();
        for command in [
            Command::SetProjection(projection),
            Command::ShowExtent(extent),
            Command::SetStyle(MapStyle { theme_follows_window: false, ..style }),
            Command::SetFilter(filter, "Change filter"),
        ] {
            apply(&mut state, command);
        }
        state
    };
    let style = MapStyle::default();
    let mut high = Filter::default();
    high.choose(Dimension::Confidence, "high");
    high.choose(Dimension::Attribution, "explicit");
    vec![
        ("Atlantic", view(NamedExtent::Atlantic, ProjectionKind::EqualEarth, style, Filter::default())),
        (
            "Adriatic, dark",
            view(NamedExtent::Adriatic, ProjectionKind::Mercator, MapStyle { theme: MapTheme::Dark, ..style }, Filter::default()),
        ),
        (
            "Balkans on paper by group",
            view(
                NamedExtent::Balkans,
                ProjectionKind::EqualEarth,
                MapStyle { theme: MapTheme::Print, color_by: ColorBy::Group, ..style },
                Filter::default(),
            ),
        ),
        ("World", view(NamedExtent::World, ProjectionKind::NaturalEarth, style, Filter::default())),
        (
            "Atlantic, filtered, by period",
            view(NamedExtent::Atlantic, ProjectionKind::Mercator, MapStyle { color_by: ColorBy::Period, ..style }, high),
        ),
    ]
}

#[test]
fn the_canvas_shows_what_an_export_draws_at_every_pixel_ratio() {
    for (name, state) in views() {
        for scale in [1.0, 1.5, 2.0] {
            let canvas = Picture::of_canvas(&canvas_pictures(&state, scale).expect("drawn"));
            let exported = Picture::of_export(&state, scale);
            let (some, more) = canvas.difference(&exported, 0);
            assert!(
                some <= MAY_DIFFER && more <= MAY_DIFFER_MORE,
                "{name} at {scale}: {some:.6} differ, {more:.6} by more than {TOLERANCE}"
            );
            // The test can fail: moved by a single pixel the two are far apart.
            let (some, more) = canvas.difference(&exported, 1);
            assert!(some > 50.0 * MAY_DIFFER && more > 1_000.0 * MAY_DIFFER_MORE, "{name} at {scale} moved: {some:.6}, {more:.6}");
        }
    }
}

#[test]
fn a_change_of_style_or_filter_is_seen_by_the_comparison() {
    let (_, state) = views().swap_remove(0);
    let canvas = Picture::of_canvas(&canvas_pictures(&state, 1.0).expect("drawn"));
    let mut filtered = state.clone();
    let mut high = Filter::default();
    high.choose(Dimension::Confidence, "high");
    apply(&mut filtered, Command::SetFilter(high, "Change filter"));
    let mut without_ports = state.document.style;
    without_ports.layers.ports = false;
    let mut styled = state;
    apply(&mut styled, Command::SetStyle(without_ports));
    for other in [filtered, styled] {
        assert!(canvas.difference(&Picture::of_export(&other, 1.0), 0).1 > 100.0 * MAY_DIFFER_MORE);
    }
}
