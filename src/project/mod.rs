//! What is kept between runs: settings and recent files, as plain JSON in the platform's own folder.

mod settings;

pub use settings::{Settings, SettingsError};
