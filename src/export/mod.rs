//! A scene becomes a file, whole or not at all: the old file stays until the new one is complete.

mod figure;

use std::io::Write as _;
use std::path::{Path, PathBuf};

pub use figure::{FigureRequest, export_figure, figure_date};

use crate::cartography::BasemapError;
use crate::render::{RenderError, raster, svg};
use crate::scene::Scene;

/// The kinds of file that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    /// A picture of pixels.
    Png,
    /// A drawing that stays sharp at any size.
    Svg,
}

impl ExportFormat {
    /// All formats in the order of the menu.
    pub const ALL: [Self; 2] = [Self::Png, Self::Svg];

    /// The ending of file names, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }

    /// The format that the ending of a path asks for.
    ///
    /// # Errors
    /// When there is no ending or it is not that of a supported format.
    pub fn from_path(path: &Path) -> Result<Self, ExportError> {
        let extension = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        match extension.as_str() {
            "png" => Ok(Self::Png),
            "svg" => Ok(Self::Svg),
            "pdf" | "pptx" => Err(ExportError::NotYetSupported { extension }),
            _ => Err(ExportError::UnknownFormat { path: path.to_owned() }),
        }
    }
}

/// What to write where.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportSpec {
    /// The file.
    pub path: PathBuf,
    /// Its format.
    pub format: ExportFormat,
    /// Raster dots per inch; 96 gives one pixel for a CSS pixel. Without meaning for drawings.
    pub dpi: f32,
}

impl ExportSpec {
    /// The format follows from the ending of the path.
    ///
    /// # Errors
    /// When the ending is not that of a supported format.
    pub fn for_path(path: impl Into<PathBuf>, dpi: f32) -> Result<Self, ExportError> {
        let path = path.into();
        Ok(Self { format: ExportFormat::from_path(&path)?, path, dpi })
    }
}

/// Why no file was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The ending says nothing.
    #[error("cannot tell the format from the file name, use .png or .svg\nFile: {path}")]
    UnknownFormat {
        /// The path as given.
        path: PathBuf,
    },
    /// A format that is still missing.
    #[error(".{extension} is not yet supported, use .png or .svg")]
    NotYetSupported {
        /// The ending.
        extension: String,
    },
    /// The folder to write into is not there.
    #[error("the folder does not exist\nFolder: {folder}")]
    NoFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// The picture could not be drawn.
    #[error("the figure could not be drawn: {0}")]
    Render(#[from] RenderError),
    /// The basemap in the program is damaged.
    #[error("the basemap cannot be read: {0}")]
    Basemap(#[from] BasemapError),
    /// The file could not be written; an older file of that name is untouched.
    #[error("cannot write the file\nFile: {path}")]
    Write {
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The caller asked to stop.
    #[error("the export was cancelled")]
    Cancelled,
}

impl ExportError {
    /// Whether the request itself was wrong, not its execution.
    pub const fn is_usage(&self) -> bool {
        matches!(self, Self::UnknownFormat { .. } | Self::NotYetSupported { .. })
    }
}

/// The bytes of the file.
///
/// # Errors
/// When the picture is too large to draw or the drawing was cancelled.
pub fn encode(scene: &Scene, format: ExportFormat, dpi: f32, hooks: &raster::Hooks<'_>) -> Result<Vec<u8>, ExportError> {
    let cancelled = |error: RenderError| if matches!(error, RenderError::Cancelled) { ExportError::Cancelled } else { error.into() };
    match format {
        ExportFormat::Png => {
            let image = raster::draw_scene(scene, dpi / 96.0, hooks).map_err(cancelled)?;
            let metadata = [("Title", scene.title.as_str()), ("Software", concat!("Sealane ", env!("CARGO_PKG_VERSION")))];
            raster::encode_png(&image, dpi, &metadata).map_err(cancelled)
        }
        ExportFormat::Svg => Ok(svg::svg(scene, &svg::SvgOptions { embed_fonts: true }).into_bytes()),
    }
}

/// Draws the scene and puts the file in its place in one step.
///
/// # Errors
/// When drawing or writing fails; a file that was there before is then unchanged.
pub fn export(scene: &Scene, spec: &ExportSpec, hooks: &raster::Hooks<'_>) -> Result<(), ExportError> {
    // Before the long work: a missing folder is found at once.
    let folder = folder_of(&spec.path)?;
    let bytes = encode(scene, spec.format, spec.dpi, hooks)?;
    if (hooks.cancelled)() {
        return Err(ExportError::Cancelled);
    }
    write_whole(&spec.path, folder, &bytes).map_err(|source| ExportError::Write { path: spec.path.clone(), source })
}

/// Puts bytes into a file in one step.
///
/// # Errors
/// When there is no such folder or writing fails; a file that was there before is then unchanged.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let folder = folder_of(path)?;
    write_whole(path, folder, bytes).map_err(|source| ExportError::Write { path: path.to_owned(), source })
}

fn folder_of(path: &Path) -> Result<&Path, ExportError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if folder.is_dir() { Ok(folder) } else { Err(ExportError::NoFolder { folder: folder.to_owned() }) }
}

fn write_whole(path: &Path, folder: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".sealane-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As for any new file; the umask is taken off by the system.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::Projected;
    use crate::scene::{Color, PlaneView, SceneRect, ScreenSet};

    fn blank() -> Scene {
        Scene {
            width: 20.0,
            height: 10.0,
            background: Color::hex(0xFF_FFFF),
            title: "Blank".to_owned(),
            view: PlaneView { center: Projected::default(), resolution_m_per_px: 1.0, frame: SceneRect::new(0.0, 0.0, 20.0, 10.0) },
            map_background: Color::hex(0xFF_FFFF),
            world: Vec::new(),
            overlay: ScreenSet::default(),
            beside: None,
            furniture: ScreenSet::default(),
        }
    }

    #[test]
    fn the_ending_decides() {
        assert_eq!(ExportFormat::from_path(Path::new("a/Map.PNG")).ok(), Some(ExportFormat::Png));
        let pdf = ExportFormat::from_path(Path::new("a.pdf")).expect_err("missing");
        assert_eq!(pdf.to_string(), ".pdf is not yet supported, use .png or .svg");
        assert!(ExportFormat::from_path(Path::new("a")).expect_err("no ending").is_usage());
    }

    #[test]
    fn files_are_whole_and_of_the_right_kind() {
        let folder = tempfile::tempdir().expect("temp folder");
        for (name, start) in [("a.png", &b"\x89PNG"[..]), ("a.svg", b"<")] {
            let spec = ExportSpec::for_path(folder.path().join(name), 192.0).expect("known");
            export(&blank(), &spec, &raster::Hooks::default()).expect("written");
            assert!(std::fs::read(&spec.path).expect("there").starts_with(start));
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("folder").count(), 2, "no temporary file is left");
    }

    #[test]
    fn a_cancelled_export_leaves_the_old_file() {
        let folder = tempfile::tempdir().expect("temp folder");
        let spec = ExportSpec::for_path(folder.path().join("a.svg"), 96.0).expect("known");
        std::fs::write(&spec.path, "old").expect("written");
        let hooks = raster::Hooks { cancelled: &|| true, ..raster::Hooks::default() };
        assert!(matches!(export(&blank(), &spec, &hooks), Err(ExportError::Cancelled)));
        assert_eq!(std::fs::read_to_string(&spec.path).expect("there"), "old");
    }

    #[test]
    fn a_missing_folder_is_named() {
        let spec = ExportSpec::for_path("/no-such-folder/a.png", 96.0).expect("known");
        let message = export(&blank(), &spec, &raster::Hooks::default()).expect_err("no folder").to_string();
        assert!(message.contains("/no-such-folder"), "{message}");
    }
}
