//! Theme, panels and recent files.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::SavedBookmark;

/// A settings file larger than this is not ours.
const MAX_SETTINGS_BYTES: u64 = 1 << 20;

/// Why settings could not be read or written. The program goes on with what it has.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The platform names no folder for settings.
    #[error("this system names no folder for settings")]
    NoFolder,
    /// Reading or writing failed.
    #[error("cannot use the settings file\nFile: {path}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not settings as this program writes them.
    #[error("the settings file is damaged and was set aside\nFile: {path}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
}

/// What is kept. Unknown members are ignored, missing ones take their default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// The newest first.
    pub recent_files: Vec<PathBuf>,
    /// Left panel open.
    pub left_open: bool,
    /// Inspector open.
    pub right_open: bool,
    /// Bottom panel open.
    pub bottom_open: bool,
    /// Named views, in the order of the menu.
    pub bookmarks: Vec<SavedBookmark>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: "system".to_owned(),
            recent_files: Vec::new(),
            left_open: true,
            right_open: true,
            bottom_open: true,
            bookmarks: Vec::new(),
        }
    }
}

impl Settings {
    /// The file in the platform's own folder (XDG on Linux).
    ///
    /// # Errors
    /// [`SettingsError::NoFolder`] when there is no home folder.
    pub fn default_path() -> Result<PathBuf, SettingsError> {
        directories::ProjectDirs::from("", "", "sealane").map(|dirs| dirs.config_dir().join("settings.json")).ok_or(SettingsError::NoFolder)
    }

    /// Reads a settings file; a missing one gives the defaults, a damaged one is renamed so that nothing is lost.
    ///
    /// # Errors
    /// The file cannot be read, or it was damaged.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let io = |source| SettingsError::Io { path: path.to_owned(), source };
        let text = match std::fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(io(error)),
            Ok(meta) if meta.len() > MAX_SETTINGS_BYTES => String::new(),
            Ok(_) => std::fs::read_to_string(path).map_err(io)?,
        };
        serde_json::from_str(&text).map_err(|source| {
            // Best effort: when it cannot be set aside, the message still says which file is damaged.
            drop(std::fs::rename(path, path.with_extension("damaged.json")));
            SettingsError::Damaged { path: path.to_owned(), source }
        })
    }

    /// Writes the file in one step: either the old or the new content is there.
    ///
    /// # Errors
    /// The folder or the file cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), SettingsError> {
        let io = |source| SettingsError::Io { path: path.to_owned(), source };
        let folder = path.parent().ok_or(SettingsError::NoFolder)?;
        std::fs::create_dir_all(folder).map_err(io)?;
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(io)?;
        let text = serde_json::to_string_pretty(self).map_err(|source| SettingsError::Damaged { path: path.to_owned(), source })?;
        file.write_all(text.as_bytes()).map_err(io)?;
        file.persist(path).map_err(|error| io(error.error))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_round_trip_and_a_missing_file_gives_defaults() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/settings.json");
        assert_eq!(Settings::read(&path).expect("defaults"), Settings::default());
        let settings = Settings { theme: "dark".to_owned(), recent_files: vec!["/a b/č.geojson".into()], ..Settings::default() };
        settings.write(&path).expect("written");
        assert_eq!(Settings::read(&path).expect("read"), settings);
    }

    #[test]
    fn a_damaged_file_is_set_aside_not_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("settings.json");
        std::fs::write(&path, "{\"theme\": 7").expect("written");
        assert!(matches!(Settings::read(&path), Err(SettingsError::Damaged { .. })));
        assert_eq!(std::fs::read_to_string(folder.path().join("settings.damaged.json")).expect("kept"), "{\"theme\": 7");
        assert_eq!(Settings::read(&path).expect("starts afresh"), Settings::default());
    }
}
