//! Carries out effects: starts threads and dialogs, hands window matters on.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::{SealaneApp, describe, dialogs};
use crate::analysis::evaluate;
use crate::cartography::FigureArea;
use crate::export::{FigureRequest, export_figure, figure_date};
use crate::jobs::{BackgroundTask, TaskEvent};
use crate::load::Input;
use crate::state::{AppState, Command, Dialog, Effect, NoticeLevel, OpenMode};

impl SealaneApp {
    pub(super) fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Load(paths, mode) => self.start_load(paths.iter().cloned().map(Input::Path).collect(), mode, paths),
            Effect::LoadBundled => self.start_load(crate::load::bundled_atlas(), OpenMode::Replace, Vec::new()),
            Effect::CancelLoad => {
                if let Some(loading) = &self.loading {
                    loading.task.cancel();
                }
                self.loading = None;
            }
            Effect::PickFiles(mode) => self.pick(dialogs::pick_files(mode, self.wake.clone())),
            Effect::PickSavePath => self.pick(dialogs::pick_save_path(self.wake.clone())),
            Effect::Save(path, scope) => self.start_save(path, scope),
            Effect::PickExportPath => self.pick(dialogs::pick_export_path(self.wake.clone())),
            Effect::Export(path) => self.start_export(path),
            Effect::CancelExport => {
                if let Some((_, task)) = &self.exporting {
                    task.cancel();
                }
            }
            Effect::RepairOverWater(crossings) => self.start_repair(&crossings),
            Effect::CancelRepair => self.cancel_repair(),
            Effect::SaveSettings => self.write_settings(),
            Effect::CopyText(_) | Effect::ToggleFullScreen | Effect::Quit => self.window_effects.push(effect),
        }
    }

    fn pick(&mut self, spawned: std::io::Result<BackgroundTask<dialogs::Picked>>) {
        match spawned {
            Ok(task) => self.picking = Some(task),
            Err(error) => self.tell(NoticeLevel::Error, "Could not show the file dialog", &error.to_string()),
        }
    }

    pub(super) fn drain_dialog(&mut self) {
        let Some(event) = self.picking.as_ref().and_then(BackgroundTask::poll) else { return };
        match event {
            TaskEvent::Progress(_) => {}
            TaskEvent::Finished(picked) => {
                self.picking = None;
                self.receive_picked(picked);
            }
            TaskEvent::Failed => {
                self.picking = None;
                self.tell(NoticeLevel::Warning, "This desktop shows no file dialog", "Type or paste the path instead.");
            }
        }
    }

    fn receive_picked(&mut self, picked: dialogs::Picked) {
        match picked {
            dialogs::Picked::Open(paths, mode) if !paths.is_empty() => self.apply(Command::Open(paths, mode)),
            // A minimal desktop answers like a person who cancels: the path box stays open for both.
            dialogs::Picked::Open(..) | dialogs::Picked::Export(None) | dialogs::Picked::Save(None) => {}
            dialogs::Picked::Save(Some(picked)) => {
                if let Some(Dialog::Save { scope, then, .. }) = self.state.dialog.clone() {
                    let path = picked.to_string_lossy().into_owned();
                    self.apply(Command::ShowDialog(Dialog::Save { path, scope, then }));
                }
            }
            dialogs::Picked::Export(Some(path)) => {
                let path = path.to_string_lossy().into_owned();
                self.apply(Command::ShowDialog(Dialog::Export { path }));
            }
        }
    }

    fn start_export(&mut self, path: PathBuf) {
        let request = figure_of(&self.state);
        let target = path.clone();
        let spawned = BackgroundTask::spawn("export", self.wake.clone(), move |context| {
            export_figure(&request, &target, &|fraction| context.report(fraction), &context.cancel)
        });
        match spawned {
            Ok(task) => self.exporting = Some((path, task)),
            Err(error) => {
                self.state.exporting = None;
                self.tell(NoticeLevel::Error, "Could not start the export", &error.to_string());
            }
        }
    }

    pub(super) fn drain_export(&mut self) {
        while let Some((path, task)) = &self.exporting {
            let Some(event) = task.poll() else { return };
            let path = path.clone();
            match event {
                TaskEvent::Progress(fraction) => {
                    if let Some(task) = &mut self.state.exporting {
                        task.fraction = fraction;
                    }
                    continue;
                }
                TaskEvent::Finished(Ok(())) => {
                    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                    self.tell(NoticeLevel::Info, &format!("Exported {name}"), &path.to_string_lossy());
                }
                TaskEvent::Finished(Err(error)) => self.tell(NoticeLevel::Error, "The figure was not written", &describe(&error)),
                TaskEvent::Failed => self.tell(NoticeLevel::Error, "The export broke off", "No file was written."),
            }
            self.exporting = None;
            self.state.exporting = None;
        }
    }
}

/// The figure of what the window shows: the same part of the world, filter, style and selection.
fn figure_of(state: &AppState) -> FigureRequest {
    FigureRequest {
        dataset: state.dataset.clone(),
        links: state.links.clone(),
        filter: state.document.filter.clone(),
        matches: if state.filter_pending {
            Arc::new(evaluate(&state.dataset, &state.links, &state.document.filter))
        } else {
            state.matches.clone()
        },
        projection: state.view.projection,
        area: FigureArea::Plane(state.view.on(state.canvas).plane_box(0.0)),
        style: state.document.style,
        figure: crate::cartography::FigureSpec { compare: state.document.compare, ..state.document.figure.clone() },
        selection: BTreeSet::clone(&state.selection),
        made_on: figure_date(),
    }
}
