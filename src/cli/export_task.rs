//! `export`: a briefing figure without a window.

use std::collections::BTreeSet;

use anyhow::{Context as _, bail};

use super::Outcome;
use super::args::{ColorChoice, CompareChoice, ExportArgs, SizeChoice, ThemeChoice, WidthChoice};
use super::conditions::filter_from;
use super::inputs::{ReadFiles, read_or_bundled};
use super::output::{print_message, progress_bar, set_share};
use super::page::{self, AreaChoice};
use crate::analysis::{CompareForm, Comparison, Links, comparable_years, evaluate};
use crate::cartography::{
    Basemap, ColorBy, Evidence, FigureArea, FigureInput, FigureSpec, MapStyle, MapTheme, NamedExtent, PageSize, SizeBy, compose_figure,
    data_layers,
};
use crate::export::{ExportSpec, export, figure_date};
use crate::geodesy::MapProjection;
use crate::model::Dataset;
use crate::render::raster::Hooks;
use crate::scene::PlaneBox;

/// The arguments, checked.
struct ExportConfig {
    specs: Vec<ExportSpec>,
    figure: FigureSpec,
    style: MapStyle,
    area: AreaChoice,
    projection: MapProjection,
}

impl ExportConfig {
    fn new(args: &ExportArgs) -> anyhow::Result<Self> {
        let bundled = args.files.is_empty();
        let page: PageSize = page::page_size(&args.size, args.dpi)?;
        if !args.no_furniture {
            page::check_room(&page, &args.size)?;
        }
        let specs = args.outputs.iter().map(|path| ExportSpec::for_path(path, page.dpi)).collect::<Result<_, _>>()?;
        let area = page::area(args.extent.as_deref(), bundled)?;
        let base = FigureSpec::default();
        let default_title = if bundled { base.title.clone() } else { "Maritime corridors".to_owned() };
        let form = match args.compare_as {
            CompareChoice::SideBySide => CompareForm::SideBySide,
            CompareChoice::Difference => CompareForm::Difference,
        };
        let figure = FigureSpec {
            title: args.title.clone().unwrap_or(default_title),
            subtitle: args.subtitle.clone().unwrap_or_default(),
            marking: page::marking(&args.marking)?,
            furniture: !args.no_furniture,
            page,
            compare: args.compare.map(|boundary_year| Comparison { boundary_year, form }),
            ..base
        };
        let color_by = match args.color_by {
            ColorChoice::Mode => ColorBy::Mode,
            ColorChoice::Group => ColorBy::Group,
            ColorChoice::Confidence => ColorBy::Confidence,
            ColorChoice::Period => ColorBy::Period,
            ColorChoice::Attribution => ColorBy::Attribution,
        };
        let theme = match args.theme {
            ThemeChoice::Light => MapTheme::Light,
            ThemeChoice::Dark => MapTheme::Dark,
            ThemeChoice::Print => MapTheme::Print,
        };
        let width_by = match args.width_by {
            WidthChoice::Events => Some(Evidence::Events),
            WidthChoice::Kg => Some(Evidence::MassKg),
            WidthChoice::Years => Some(Evidence::ReportedYears),
            WidthChoice::Uniform => None,
        };
        let size_by = match args.size_by {
            SizeChoice::Kg => SizeBy::Mass,
            SizeChoice::Uniform => SizeBy::Uniform,
        };
        let mut style = MapStyle { theme, color_by, width_by, size_by, ..MapStyle::default() };
        style.layers.port_totals = args.port_totals;
        style.layers.inset = !args.no_inset;
        Ok(Self { specs, figure, style, area, projection: page::projection(&args.projection, args.central_meridian, area)? })
    }
}

pub(super) fn run(args: &ExportArgs) -> anyhow::Result<Outcome> {
    let config = ExportConfig::new(args)?;
    let read = read_or_bundled(&args.files)?;
    if args.strict && read.outcome() != Outcome::Clean {
        print_message("error: the files have findings and --strict is set, so nothing was written");
        return Ok(read.outcome().max(Outcome::Findings));
    }
    if read.outcome() == Outcome::Unusable {
        print_message("error: a file cannot be used, so nothing was written");
        return Ok(Outcome::Unusable);
    }
    write_figures(&config, args, &read)?;
    Ok(Outcome::Clean)
}

fn write_figures(config: &ExportConfig, args: &ExportArgs, read: &ReadFiles) -> anyhow::Result<()> {
    let dataset = &read.dataset;
    let links = Links::new(dataset);
    let filter = filter_from(&args.filter, dataset, &links)?;
    let matches = evaluate(dataset, &links, &filter);
    if let Some(comparison) = config.figure.compare {
        let (first, last) = comparable_years(dataset, &filter).context("--compare: no event states a date")?;
        if !(first + 1..=last).contains(&comparison.boundary_year) {
            bail!("--compare {}: the dated events span {first} to {last}, use a year after {first}", comparison.boundary_year);
        }
    }
    let area = match config.area {
        AreaChoice::Extent(extent) => FigureArea::Extent(extent),
        AreaChoice::Data => data_area(dataset, config),
    };
    let scene = compose_figure(&FigureInput {
        dataset,
        links: &links,
        filter: &filter,
        matches: &matches,
        basemap: Some(Basemap::bundled()?),
        projection: config.projection,
        area,
        style: &config.style,
        figure: &config.figure,
        selection: &BTreeSet::new(),
        made_on: figure_date(),
        version: env!("CARGO_PKG_VERSION"),
    })?;
    for spec in &config.specs {
        let bar = progress_bar("Drawing");
        let hooks = Hooks { cancelled: &|| false, progress: &|share| set_share(&bar, share) };
        let result = export(&scene, spec, &hooks);
        bar.finish_and_clear();
        result?;
    }
    Ok(())
}

/// The part of the plane that the data takes, with some room around it; the Atlantic when nothing has a place.
fn data_area(dataset: &Dataset, config: &ExportConfig) -> FigureArea {
    let layers = data_layers(dataset, config.projection, &config.style, 1_000.0, 1.0);
    let around = layers
        .iter()
        .flat_map(|layer| &layer.geometry.items)
        .fold(PlaneBox::EMPTY, |all, item| all.including(item.plane_box.min).including(item.plane_box.max));
    if around == PlaneBox::EMPTY {
        return FigureArea::Extent(NamedExtent::Atlantic.extent());
    }
    // At least 20 km around a single point.
    let room = ((around.max.x_m - around.min.x_m).max(around.max.y_m - around.min.y_m) * 0.06).max(20_000.0);
    let shifted = |point: crate::geodesy::Projected, by: f64| crate::geodesy::Projected::new(point.x_m + by, point.y_m + by);
    FigureArea::Plane(PlaneBox { min: shifted(around.min, -room), max: shifted(around.max, room) })
}
