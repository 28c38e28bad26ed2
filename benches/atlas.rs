//! What the bundled atlas costs: load, filter, geometry, one picture of the canvas, one figure. `cargo bench`.
//!
//! Figures are for comparing changes on one machine in one run; see ARCHITECTURE.md.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;

use sealane::analysis::{Dimension, Filter, Links, evaluate};
use sealane::cartography::{
    Basemap, DetailLevel, FigureArea, FigureInput, FigureSpec, MapStyle, MapView, NamedExtent, OverlayInput, PlacedLabels, basemap_layers,
    compose_figure, data_layers, overlay,
};
use sealane::geodesy::MapProjection;
use sealane::load::{LoadControl, bundled_atlas, load};
use sealane::model::{Dataset, PartialDate};
use sealane::render::raster::{Hooks, draw_layers, draw_scene, encode_png};
use sealane::scene::{PlaneView, SceneRect};

fn main() {
    divan::main();
}

fn atlas() -> Dataset {
    let control = LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
    load(&bundled_atlas(), None, &control).expect("not canceled").dataset
}

/// A canvas of 1366×768 with the margin of 128 px that the window draws.
fn canvas() -> PlaneView {
    let (width, height) = (1366.0 + 256.0, 768.0 + 256.0);
    MapView::fitting_extent(MapProjection::default(), NamedExtent::Atlantic.extent(), width, height, 136.0)
        .on(SceneRect::new(0.0, 0.0, width, height))
}

#[divan::bench]
fn load_the_bundled_atlas() -> Dataset {
    atlas()
}

#[divan::bench]
fn filter_by_group(bencher: divan::Bencher<'_, '_>) {
    let dataset = atlas();
    let links = Links::new(&dataset);
    let mut filter = Filter::default();
    filter.choose(Dimension::Group, "kavac");
    bencher.bench(|| evaluate(&dataset, &links, &filter));
}

#[divan::bench]
fn make_data_geometry(bencher: divan::Bencher<'_, '_>) {
    let dataset = atlas();
    bencher.bench(|| data_layers(&dataset, MapProjection::default(), &MapStyle::default(), 1_000.0, 1.0));
}

#[divan::bench]
fn draw_the_data_of_a_canvas(bencher: divan::Bencher<'_, '_>) {
    let dataset = atlas();
    let layers = data_layers(&dataset, MapProjection::default(), &MapStyle::default(), 1_000.0, 1.0);
    bencher.bench(|| draw_layers(&layers, &canvas(), (1622, 1024), 1.0, None, &Hooks::default()));
}

#[divan::bench]
fn draw_the_basemap_of_a_canvas(bencher: divan::Bencher<'_, '_>) {
    let basemap = Basemap::bundled().expect("the asset is sound");
    let layers = basemap_layers(basemap, DetailLevel::Coarse, MapProjection::default(), &MapStyle::default()).expect("sound");
    bencher.bench(|| draw_layers(&layers, &canvas(), (1622, 1024), 1.0, None, &Hooks::default()));
}

#[divan::bench]
fn take_the_names_out_of_the_basemap(bencher: divan::Bencher<'_, '_>) {
    let basemap = Basemap::bundled().expect("the asset is sound");
    basemap.countries().expect("sound");
    bencher.bench(|| PlacedLabels::new(basemap));
}

/// Arrowheads and names for the canvas of 1366×768; the names are placed anew each time.
#[divan::bench(args = [NamedExtent::Atlantic, NamedExtent::Balkans, NamedExtent::Adriatic])]
fn compose_the_overlay(bencher: divan::Bencher<'_, '_>, extent: NamedExtent) {
    let dataset = atlas();
    let links = Links::new(&dataset);
    let style = MapStyle::default();
    let projection = MapProjection::default();
    let frame = SceneRect::new(0.0, 0.0, 1366.0, 768.0);
    let view = MapView::fitting_extent(projection, extent.extent(), frame.width, frame.height, 8.0).on(frame);
    let layers = data_layers(&dataset, projection, &style, view.resolution_m_per_px, 1.0);
    let names = PlacedLabels::new(Basemap::bundled().expect("the asset is sound"));
    bencher.bench(|| {
        overlay(
            &OverlayInput {
                dataset: &dataset,
                links: &links,
                layers: &layers,
                view: &view,
                projection,
                style: &style,
                selection: &BTreeSet::new(),
                hovered: None,
                labels: Some(&names),
                index: None,
            },
            0.0,
        )
    });
}

#[divan::bench(sample_count = 20)]
fn make_a_full_hd_figure(bencher: divan::Bencher<'_, '_>) {
    let dataset = atlas();
    let links = Links::new(&dataset);
    let filter = Filter::default();
    let matches = evaluate(&dataset, &links, &filter);
    let basemap = Basemap::bundled().expect("the asset is sound");
    bencher.bench(|| {
        let scene = compose_figure(&FigureInput {
            dataset: &dataset,
            links: &links,
            filter: &filter,
            matches: &matches,
            basemap: Some(basemap),
            projection: MapProjection::default(),
            area: FigureArea::Extent(NamedExtent::Atlantic.extent()),
            style: &MapStyle::default(),
            figure: &FigureSpec::default(),
            selection: &BTreeSet::new(),
            made_on: PartialDate::from_year(2026),
            version: "bench",
        })
        .expect("the asset is sound");
        let image = draw_scene(&scene, 1.0, &Hooks::default()).expect("fits");
        encode_png(&image, 96.0, &[]).expect("encodes")
    });
}
