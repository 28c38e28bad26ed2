//! A figure from request to file, for work on another thread.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{ExportError, ExportSpec, export};
use crate::analysis::{Filter, Links, Matches};
use crate::cartography::{Basemap, FigureArea, FigureInput, FigureSpec, MapStyle, compose_figure};
use crate::geodesy::MapProjection;
use crate::model::{Dataset, FeatureRef, PartialDate};
use crate::render::raster::Hooks;

/// Everything that a figure is made from, owned and cheap to clone.
#[derive(Clone, Debug)]
pub struct FigureRequest {
    /// The records.
    pub dataset: Arc<Dataset>,
    /// Their links.
    pub links: Arc<Links>,
    /// What the analyst restricted.
    pub filter: Filter,
    /// Which records match the filter.
    pub matches: Arc<Matches>,
    /// The projection.
    pub projection: MapProjection,
    /// Which part of the world.
    pub area: FigureArea,
    /// The look of the map.
    pub style: MapStyle,
    /// What stands around the map.
    pub figure: FigureSpec,
    /// The selected records.
    pub selection: BTreeSet<FeatureRef>,
    /// The day on which the figure is made.
    pub made_on: PartialDate,
}

/// Composes, draws and writes a figure; the ending of the path decides the format.
///
/// # Errors
/// When the format is not supported, the basemap is damaged, or drawing or writing fails; an older file is then unchanged.
pub fn export_figure(
    request: &FigureRequest,
    path: &Path,
    progress: &(dyn Fn(f32) + Sync),
    cancel: &AtomicBool,
) -> Result<(), ExportError> {
    let spec = ExportSpec::for_path(path, request.figure.page.dpi)?;
    let scene = compose_figure(&FigureInput {
        dataset: &request.dataset,
        links: &request.links,
        filter: &request.filter,
        matches: &request.matches,
        basemap: Some(Basemap::bundled()?),
        projection: request.projection,
        area: request.area,
        style: &request.style,
        figure: &request.figure,
        selection: &request.selection,
        made_on: request.made_on,
        version: env!("CARGO_PKG_VERSION"),
    })?;
    export(&scene, &spec, &Hooks { cancelled: &|| cancel.load(Ordering::Relaxed), progress })
}

/// The date to print on figures: today, or the day of `SOURCE_DATE_EPOCH` where the same input must give the same file.
pub fn figure_date() -> PartialDate {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse::<i64>().ok());
    if let Some(day) = fixed.and_then(|seconds| i32::try_from(seconds.div_euclid(86_400)).ok()) {
        return PartialDate::from_days(day);
    }
    let date = jiff::ZonedDateTime::now().date();
    let part = |value: i8| u8::try_from(value).ok();
    PartialDate::new(date.year(), part(date.month()), part(date.day())).unwrap_or(PartialDate::from_year(date.year()))
}
