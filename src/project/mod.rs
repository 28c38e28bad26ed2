//! What is kept between runs: settings and recent files, as plain JSON in the platform's own folder.

mod bookmarks;
mod settings;

pub use bookmarks::{SavedBookmark, SavedFilter};
pub use settings::{Settings, SettingsError};
