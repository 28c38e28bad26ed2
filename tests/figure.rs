//! One small figure as text, so that a change of layout, classes or words is seen in review. `UPDATE_GOLDEN=1` writes it anew.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use sealane::analysis::{Dimension, Filter, Links, evaluate};
use sealane::cartography::{
    Basemap, ColorBy, FigureArea, FigureInput, FigureSpec, MapStyle, Marking, NamedExtent, PageSize, compose_figure,
};
use sealane::geodesy::{MapProjection, ProjectionKind};
use sealane::load::{Input, LoadControl, bundled_atlas, load};
use sealane::model::PartialDate;
use sealane::render::svg::{SvgOptions, svg};
use sealane::scene::{Primitive, SceneItem};

const RECORDS: &str = include_str!("golden/small_figure.geojson");

fn small_figure() -> String {
    let input = Input::Bytes { name: "small_figure.geojson".to_owned(), bytes: RECORDS.as_bytes().to_vec() };
    let control = LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
    let dataset = load(&[input], None, &control).expect("not canceled").dataset;
    assert_eq!((dataset.routes.len(), dataset.ports.len(), dataset.seizures.len()), (2, 3, 3));
    let links = Links::new(&dataset);
    let filter = Filter::default();
    let matches = evaluate(&dataset, &links, &filter);
    let figure = FigureSpec {
        title: "A small figure".to_owned(),
        subtitle: "For the test".to_owned(),
        marking: Some(Marking::Green),
        page: PageSize { width_px: 800.0, height_px: 500.0, dpi: 96.0 },
        ..FigureSpec::default()
    };
    let scene = compose_figure(&FigureInput {
        dataset: &dataset,
        links: &links,
        filter: &filter,
        matches: &matches,
        basemap: None,
        projection: MapProjection::new(ProjectionKind::EqualEarth, -25.0),
        area: FigureArea::Extent(NamedExtent::Atlantic.extent()),
        style: &MapStyle::default(),
        figure: &figure,
        selection: &BTreeSet::new(),
        made_on: PartialDate::new(2023, Some(5), Some(5)).expect("valid"),
        version: "0.0.0",
    })
    .expect("no basemap to be damaged");
    svg(&scene, &SvgOptions::default())
}

/// The smallest text of the bundled atlas on this page with everything in view, perhaps one group chosen, in CSS pixels.
fn smallest_text(page: PageSize, color_by: ColorBy, group: Option<&str>) -> f32 {
    let control = LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
    let dataset = load(&bundled_atlas(), None, &control).expect("not canceled").dataset;
    let links = Links::new(&dataset);
    let mut filter = Filter::default();
    group.into_iter().for_each(|group| filter.choose(Dimension::Group, group));
    let matches = evaluate(&dataset, &links, &filter);
    let scene = compose_figure(&FigureInput {
        dataset: &dataset,
        links: &links,
        filter: &filter,
        matches: &matches,
        basemap: Some(Basemap::bundled().expect("bundled")),
        projection: MapProjection::default(),
        area: FigureArea::Extent(NamedExtent::Atlantic.extent()),
        style: &MapStyle { color_by, ..MapStyle::default() },
        figure: &FigureSpec { page, ..FigureSpec::default() },
        selection: &BTreeSet::new(),
        made_on: PartialDate::new(2023, Some(5), Some(5)).expect("valid"),
        version: "0.0.0",
    })
    .expect("no basemap to be damaged");
    let size = |item: &SceneItem| if let Primitive::Text(run) = &item.primitive { run.size } else { f32::INFINITY };
    scene.furniture.items.iter().map(size).fold(f32::INFINITY, f32::min)
}

#[test]
fn the_whole_atlas_has_text_that_can_be_read_on_every_page() {
    for (key, _, page) in PageSize::NAMED {
        let least_pt = if page.dpi >= 200.0 { 8.0 } else { 14.0 };
        for color_by in ColorBy::ALL {
            for group in [Some("kavac"), None] {
                let found_pt = smallest_text(page, color_by, group) * 72.0 / 96.0;
                assert!(found_pt >= least_pt - 0.01, "{key} by {}, {group:?}: {found_pt} pt", color_by.label());
            }
        }
    }
}

#[test]
fn the_small_figure_is_as_it_was() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/small_figure.svg");
    let drawn = small_figure();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &drawn).expect("written");
    }
    let golden = std::fs::read_to_string(&path).expect("the golden file is there");
    let differing = golden.lines().zip(drawn.lines()).enumerate().find(|(_, (old, new))| old != new);
    assert!(differing.is_none(), "line {differing:?} differs; look at the figure and set UPDATE_GOLDEN=1 if it is right");
    assert_eq!(golden.lines().count(), drawn.lines().count());
}
