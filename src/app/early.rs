//! What can begin before there is a window: the window system and the graphics driver take their time, and another core is free meanwhile.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use super::Loading;
use crate::cartography::{Basemap, DetailLevel};
use crate::geodesy::MapProjection;
use crate::jobs::{BackgroundTask, TaskContext, Wake};
use crate::load::{Input, LoadControl, LoadError, bundled_atlas, load};
use crate::model::Dataset;
use crate::state::{OpenMode, Prepared};

/// Work that is under way when the window opens.
pub(super) struct EarlyStart {
    /// Set as soon as there is a window to wake.
    pub(super) context: Arc<OnceLock<egui::Context>>,
    pub(super) wake: Wake,
    pub(super) loading: std::io::Result<Loading>,
    pub(super) is_bundled: bool,
    pub(super) began: Instant,
}

impl EarlyStart {
    /// Begins to read the inputs (none: the bundled atlas) and to decode the basemap.
    pub(super) fn begin(inputs: Vec<Input>) -> Self {
        let began = Instant::now();
        let context: Arc<OnceLock<egui::Context>> = Arc::default();
        let for_wake = context.clone();
        let wake: Wake = Arc::new(move || {
            // Before there is a window nobody sleeps.
            if let Some(context) = for_wake.get() {
                context.request_repaint();
            }
        });
        let is_bundled = inputs.is_empty();
        let paths = inputs.iter().filter_map(|input| if let Input::Path(path) = input { Some(path.clone()) } else { None }).collect();
        let inputs = if is_bundled { bundled_atlas() } else { inputs };
        let loading = start_load(inputs, OpenMode::Replace, paths, None, MapProjection::default(), wake.clone());
        // Decoded once for the whole program; whoever asks meanwhile waits, and a damaged asset is told by the thread that draws it.
        let decode = |_: &TaskContext| Basemap::bundled().and_then(|basemap| basemap.level(DetailLevel::Coarse)).is_ok();
        drop(BackgroundTask::spawn("basemap", wake.clone(), decode));
        Self { context, wake, loading, is_bundled, began }
    }
}

/// Reads files on a thread and makes ready what they hold.
pub(super) fn start_load(
    inputs: Vec<Input>,
    mode: OpenMode,
    paths: Vec<PathBuf>,
    base: Option<Arc<Dataset>>,
    projection: MapProjection,
    wake: Wake,
) -> std::io::Result<Loading> {
    let task = BackgroundTask::spawn("load", wake, move |context| -> Result<Prepared, LoadError> {
        let control = LoadControl { cancel: &context.cancel, progress: &|fraction| context.report(fraction) };
        let loaded = load(&inputs, base.as_deref(), &control)?;
        Ok(Prepared::new(loaded, projection))
    })?;
    Ok(Loading { task, mode, paths })
}
