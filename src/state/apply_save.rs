//! Saving edits, and the question before they would be lost.

use std::path::PathBuf;
use std::sync::Arc;

use super::apply::{apply_file, notify, remember_recent};
use super::{AppState, Command, Dialog, Effect, NoticeLevel, OpenMode};
use crate::model::{Dataset, FeatureKind};

/// Which records a file gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SaveScope {
    /// Everything that is open.
    #[default]
    All,
    /// Corridors that were added or changed since their files were opened, and the ports that were added for them.
    Changed,
}

/// A file that is being written.
#[derive(Clone, Debug)]
pub struct Saving {
    /// The file.
    pub path: PathBuf,
    /// What goes into it.
    pub scope: SaveScope,
    /// The records as they were when saving began.
    records: Arc<Dataset>,
    /// What comes afterwards.
    then: Option<Box<Command>>,
}

impl AppState {
    /// What a file of this scope holds.
    pub fn records_to_save(&self, scope: SaveScope) -> Arc<Dataset> {
        match scope {
            SaveScope::All => self.dataset.clone(),
            SaveScope::Changed => Arc::new(self.dataset.changed_since(&self.opened)),
        }
    }

    /// Where saving is proposed to go, and what: back to the one file that is open, otherwise only what is new.
    fn proposed_save(&self) -> (String, SaveScope) {
        match (&self.save_target, self.dataset.files.as_slice()) {
            (Some((path, scope)), _) => (path.to_string_lossy().into_owned(), *scope),
            (None, [file]) if !file.bundled => (file.name.to_string(), SaveScope::All),
            _ => (String::new(), if self.has_unsaved_edits() { SaveScope::Changed } else { SaveScope::All }),
        }
    }
}

pub(super) fn apply_save(state: &mut AppState, command: Command) -> Vec<Effect> {
    match command {
        Command::Save => match state.save_target.clone() {
            Some((path, scope)) => begin(state, path, scope, None),
            None => ask(state, None),
        },
        Command::AskSave(then) => ask(state, then),
        Command::AskSavePath => vec![Effect::PickSavePath],
        Command::SaveTo(path, scope, then) => begin(state, path, scope, then),
        Command::DiscardEdits(then) => {
            state.dialog = None;
            go_on(state, *then)
        }
        _ => Vec::new(),
    }
}

fn ask(state: &mut AppState, then: Option<Box<Command>>) -> Vec<Effect> {
    let (path, scope) = state.proposed_save();
    state.dialog = Some(Dialog::Save { path, scope, then });
    Vec::new()
}

fn begin(state: &mut AppState, path: PathBuf, scope: SaveScope, then: Option<Box<Command>>) -> Vec<Effect> {
    state.dialog = None;
    if state.saving.is_some() {
        notify(state, NoticeLevel::Info, "Saving is under way".to_owned(), "Try again when it is done.".to_owned(), None);
        return Vec::new();
    }
    state.saving = Some(Saving { path: path.clone(), scope, records: state.dataset.clone(), then });
    vec![Effect::Save(path, scope)]
}

/// Whether a command would lose edits; then the person is asked instead.
pub(super) fn asks_first(state: &mut AppState, command: &Command) -> bool {
    let loses = match command {
        Command::Quit | Command::OpenBundled => true,
        Command::Open(paths, OpenMode::Replace) => !paths.is_empty(),
        _ => false,
    };
    if !loses || !state.has_unsaved_edits() {
        return false;
    }
    state.dialog = Some(Dialog::Unsaved { then: Box::new(command.clone()) });
    true
}

fn go_on(state: &mut AppState, then: Command) -> Vec<Effect> {
    match then {
        Command::Quit => vec![Effect::Quit],
        command => apply_file(state, command),
    }
}

/// Takes over how writing ended: `Err` says in words for people why there is no file. Edits made meanwhile stay unsaved.
pub fn receive_saved(state: &mut AppState, outcome: Result<(), String>) -> Vec<Effect> {
    let Some(Saving { path, scope, records, then }) = state.saving.take() else { return Vec::new() };
    if let Err(reason) = outcome {
        notify(state, NoticeLevel::Error, "The records were not saved".to_owned(), reason, None);
        return Vec::new();
    }
    // A file of what is new does not say what was deleted.
    let is_complete =
        scope == SaveScope::All || state.opened.routes.iter().all(|route| records.find(FeatureKind::Route, &route.id).is_some());
    if is_complete {
        state.saved = records;
    }
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let note =
        if is_complete { "" } else { "\nDeleted corridors are still in the files they came from: save all records to be rid of them." };
    let detail = format!("{}{note}", path.display());
    notify(state, NoticeLevel::Info, format!("Saved {name}"), detail, Some(path.clone()));
    remember_recent(state, &path);
    state.save_target = Some((path, scope));
    let mut effects = vec![Effect::SaveSettings];
    if let Some(then) = then {
        // Edits of the meantime are asked about like any others.
        effects.extend(super::apply(state, *then));
    }
    effects
}
