//! The system's file dialogs. They are asked for on the main thread, as some platforms demand, and waited for on a thread of
//! their own, so that the window stays alive.

use std::path::PathBuf;

use crate::jobs::{BackgroundTask, Wake};
use crate::state::OpenMode;

/// What the person picked; nothing when the dialog was closed or could not be shown.
pub(super) enum Picked {
    /// Files to open.
    Open(Vec<PathBuf>, OpenMode),
    /// Where a figure goes.
    Export(Option<PathBuf>),
    /// Where records go.
    Save(Option<PathBuf>),
}

pub(super) fn pick_files(mode: OpenMode, wake: Wake) -> std::io::Result<BackgroundTask<Picked>> {
    let dialog = rfd::AsyncFileDialog::new()
        .set_title(if mode == OpenMode::Add { "Add files" } else { "Open files" })
        .add_filter("GeoJSON", &["geojson", "json", "geojsonl", "ndjson"])
        .add_filter("All files", &["*"])
        .pick_files();
    BackgroundTask::spawn("file-dialog", wake, move |_| {
        let files = pollster::block_on(dialog).unwrap_or_default();
        Picked::Open(files.into_iter().map(|file| file.path().to_owned()).collect(), mode)
    })
}

pub(super) fn pick_export_path(wake: Wake) -> std::io::Result<BackgroundTask<Picked>> {
    let dialog = rfd::AsyncFileDialog::new()
        .set_title("Export figure")
        .set_file_name("sealane-figure.png")
        .add_filter("PNG image", &["png"])
        .add_filter("SVG drawing", &["svg"])
        .save_file();
    BackgroundTask::spawn("file-dialog", wake, move |_| Picked::Export(pollster::block_on(dialog).map(|file| file.path().to_owned())))
}

pub(super) fn pick_save_path(wake: Wake) -> std::io::Result<BackgroundTask<Picked>> {
    let dialog = rfd::AsyncFileDialog::new()
        .set_title("Save as GeoJSON")
        .set_file_name("sealane-routes.geojson")
        .add_filter("GeoJSON", &["geojson", "json"])
        .save_file();
    BackgroundTask::spawn("file-dialog", wake, move |_| Picked::Save(pollster::block_on(dialog).map(|file| file.path().to_owned())))
}
