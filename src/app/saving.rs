//! Writes records to a file on a thread, and says in plain words why that failed and what to do.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::SealaneApp;
use crate::export::{ExportError, write_file};
use crate::jobs::{BackgroundTask, TaskEvent};
use crate::load::to_geojson;
use crate::state::{SaveScope, receive_saved};

impl SealaneApp {
    pub(super) fn start_save(&mut self, path: PathBuf, scope: SaveScope) {
        let records = self.state.records_to_save(scope);
        let spawned = BackgroundTask::spawn("save", self.wake.clone(), move |_| {
            write_file(&path, to_geojson(&records).as_bytes()).map_err(|error| advice(&path, &error))
        });
        match spawned {
            Ok(task) => self.saving = Some(task),
            Err(error) => self.finish_save(Err(format!("Saving could not start: {error}"))),
        }
    }

    pub(super) fn drain_save(&mut self) {
        let Some(event) = self.saving.as_ref().and_then(BackgroundTask::poll) else { return };
        match event {
            TaskEvent::Progress(_) => return,
            TaskEvent::Finished(outcome) => self.finish_save(outcome),
            TaskEvent::Failed => self.finish_save(Err("Writing broke off. Your edits are still open: save them again.".to_owned())),
        }
        self.saving = None;
    }

    fn finish_save(&mut self, outcome: Result<(), String>) {
        for effect in receive_saved(&mut self.state, outcome) {
            self.carry_out(effect);
        }
    }
}

/// The cause, and what to do about it. The edits are still open, and a file that was there before is untouched.
fn advice(path: &Path, error: &ExportError) -> String {
    let remedy = match error {
        ExportError::NoFolder { .. } => "The folder does not exist: choose another one or create it first.",
        ExportError::Write { source, .. } => match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "The disk is full: free some space or choose a place on another disk.",
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                "You may not write there: choose another folder, for example your own documents."
            }
            ErrorKind::IsADirectory => "This is a folder: give the file a name of its own.",
            _ => "Choose another place, for example a folder of your own.",
        },
        _ => "Choose another place, for example a folder of your own.",
    };
    let cause = match error {
        ExportError::Write { source, .. } => format!("\nCause: {source}"),
        _ => String::new(),
    };
    format!("{remedy}\nYour edits are still open; a file of that name is as it was.{cause}\nFile: {}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_says_what_to_do() {
        let write = |kind: ErrorKind| ExportError::Write { path: "a.geojson".into(), source: kind.into() };
        let text = |error: &ExportError| advice(Path::new("/x/a.geojson"), error);
        assert!(text(&write(ErrorKind::StorageFull)).starts_with("The disk is full"));
        assert!(text(&write(ErrorKind::PermissionDenied)).contains("another folder"));
        assert!(text(&ExportError::NoFolder { folder: "/x".into() }).contains("does not exist"));
        assert!(
            text(&write(ErrorKind::Other)).contains("Your edits are still open") && text(&write(ErrorKind::Other)).contains("/x/a.geojson")
        );
    }
}
