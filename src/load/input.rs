//! Where bytes come from, and what they seem to be when they are not GeoJSON.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::diagnostic::Finding;

/// Larger files are refused: offsets and counts are made for less, and so is the memory of the machines this runs on.
pub const MAX_FILE_BYTES: u64 = 4 << 30;

/// Something to load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file on disk.
    Path(PathBuf),
    /// A file of the atlas inside the program.
    Bundled {
        /// Its name.
        name: &'static str,
        /// Its content.
        text: &'static str,
    },
    /// Bytes that are already here: standard input.
    Bytes {
        /// What to call it.
        name: String,
        /// The content.
        bytes: Vec<u8>,
    },
}

impl Input {
    /// The name in findings and lists.
    pub fn name(&self) -> Arc<str> {
        match self {
            Self::Path(path) => Arc::from(path.to_string_lossy()),
            Self::Bundled { name, .. } => Arc::from(*name),
            Self::Bytes { name, .. } => Arc::from(name.as_str()),
        }
    }

    /// The file name without folder and ending.
    pub(super) fn stem(&self) -> String {
        let name = self.name();
        Path::new(&*name).file_stem().map_or_else(|| name.to_string(), |stem| stem.to_string_lossy().into_owned())
    }

    pub(super) fn bytes(&self) -> Result<Cow<'_, [u8]>, Finding> {
        match self {
            Self::Path(path) => read_file(path).map(Cow::Owned),
            Self::Bundled { text, .. } => Ok(Cow::Borrowed(text.as_bytes())),
            Self::Bytes { bytes, .. } if bytes.len() as u64 > MAX_FILE_BYTES => Err(too_large(bytes.len() as u64)),
            Self::Bytes { bytes, .. } => Ok(Cow::Borrowed(bytes)),
        }
    }
}

fn too_large(bytes: u64) -> Finding {
    Finding::error("file-too-large", format!("there are {bytes} bytes or more; the limit is 4 GiB"))
        .hint("Cut it into several files and open them together")
}

fn read_file(path: &Path) -> Result<Vec<u8>, Finding> {
    let unreadable = |error: std::io::Error| {
        let (code, message, hint) = match error.kind() {
            std::io::ErrorKind::NotFound => {
                ("file-not-found", "there is no such file".to_owned(), "Check the path; it may have been moved or renamed")
            }
            std::io::ErrorKind::PermissionDenied => (
                "file-not-readable",
                "the file may not be read".to_owned(),
                "Ask for the right to read it, or copy it to a folder of your own",
            ),
            _ => ("file-not-readable", format!("the file cannot be read: {error}"), "Copy it to this machine and try again"),
        };
        Finding::error(code, message).hint(hint)
    };
    let meta = std::fs::metadata(path).map_err(unreadable)?;
    if meta.is_dir() {
        return Err(Finding::error("is-a-folder", "this is a folder, not a file").hint("Name the files in it one by one"));
    }
    if !meta.is_file() {
        return Err(Finding::error("not-a-file", "this is a device or a pipe, not a file").hint("Use `-` to read standard input"));
    }
    if meta.len() > MAX_FILE_BYTES {
        return Err(too_large(meta.len()));
    }
    std::fs::read(path).map_err(unreadable)
}

/// The text without its byte order mark; other encodings and other formats are named and refused.
///
/// Offsets in findings count from behind the mark, as editors do.
pub(super) fn text_of(bytes: &[u8]) -> Result<&str, Finding> {
    if let Some((name, hint)) = other_format(bytes) {
        return Err(Finding::error("other-format", format!("this is not GeoJSON but {name}")).hint(hint));
    }
    let body = without_mark(bytes);
    match std::str::from_utf8(body) {
        Ok(text) => Ok(text),
        Err(error) => {
            let at = error.valid_up_to();
            let wrong: Vec<String> = body[at..].iter().take(4).map(|byte| format!("{byte:02X}")).collect();
            Err(Finding::error("not-utf8", "the file is not UTF-8 text")
                .at(at, "")
                .value(wrong.join(" "))
                .hint("GeoJSON is UTF-8: save the file with this encoding"))
        }
    }
}

/// The bytes behind a byte order mark.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// What the first bytes say, when they clearly say something else.
fn other_format(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const TEXT: &str = "Save it as GeoJSON, for example from QGIS (Export, Save features as…)";
    let starts = |prefix: &[u8]| bytes.starts_with(prefix);
    if starts(b"\xFF\xFE") || starts(b"\xFE\xFF") {
        return Some(("UTF-16 text", "GeoJSON is UTF-8: save the file with this encoding"));
    }
    if starts(b"PK\x03\x04") {
        return Some(("a ZIP file (KMZ, XLSX or zipped Shapefile)", TEXT));
    }
    if starts(b"SQLite format 3\0") {
        return Some(("an SQLite file (GeoPackage)", TEXT));
    }
    if starts(b"\x89PNG") || starts(b"\xFF\xD8\xFF") || starts(b"GIF8") {
        return Some(("a picture", "Open the data file instead"));
    }
    if starts(b"%PDF") {
        return Some(("a PDF", "Open the data file instead"));
    }
    if starts(b"\x1F\x8B") {
        return Some(("a gzip file", "Unpack it first"));
    }
    if starts(&[0, 0, 0x27, 0x0A]) {
        return Some(("a Shapefile", TEXT));
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with('<') {
        let has = |tag: &str| head.contains(tag);
        return Some(match () {
            () if has("<kml") || has("opengis.net/kml") || has("earth.google.com/kml") => ("KML", TEXT),
            () if has("<gpx") => ("GPX", TEXT),
            () if has("<TrainingCenterDatabase") => ("TCX", TEXT),
            () if has("<html") || has("<!DOCTYPE html") || has("<!doctype html") => ("a web page", "Download the data file itself"),
            () => ("XML", TEXT),
        });
    }
    if !head.starts_with(['{', '[', '"', '\u{1e}']) && !head.is_empty() {
        let line = head.lines().next().unwrap_or_default();
        let separators = line.matches([',', ';', '\t']).count();
        let lines = head.lines().take(3).count();
        if separators >= 1 && lines >= 2 && !line.contains('{') {
            return Some(("a table (CSV)", "Tables are not read yet; save it as GeoJSON, for example from QGIS"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_formats_are_named() {
        for (bytes, name) in [
            (&b"<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\">"[..], "KML"),
            (b"\xEF\xBB\xBF<gpx version=\"1.1\">", "GPX"),
            (b"PK\x03\x04rest", "ZIP"),
            (b"\xFF\xFE{\0", "UTF-16"),
            (b"id,lat,lon\n1,2,3\n", "CSV"),
            (b"\x89PNG\r\n", "picture"),
        ] {
            let finding = text_of(bytes).expect_err("refused");
            assert!(finding.message.contains(name), "{finding:?}");
        }
        assert_eq!(text_of(b"\xEF\xBB\xBF{}"), Ok("{}"));
        assert_eq!(text_of(b"{\"a\": \xFF}").expect_err("refused").offset, Some(6));
    }

    #[test]
    fn folders_and_missing_files_are_told_apart() {
        let folder = tempfile::tempdir().expect("a folder");
        let code = |path: &Path| Input::Path(path.to_owned()).bytes().expect_err("refused").code;
        assert_eq!(code(folder.path()), "is-a-folder");
        assert_eq!(code(&folder.path().join("missing.geojson")), "file-not-found");
    }

    #[test]
    fn text_that_is_not_utf8_is_shown_in_bytes() {
        let finding = text_of(b"\xEF\xBB\xBF{\"a\": \"Kava\xE8\"}").expect_err("refused");
        assert_eq!((finding.code, finding.value.as_deref()), ("not-utf8", Some("E8 22 7D")));
        assert_eq!(finding.offset, Some(11), "counted from behind the mark");
    }

    #[test]
    fn names_and_stems_come_from_the_path() {
        let input = Input::Path("some/folder/my.ports.geojson".into());
        assert_eq!((&*input.name(), input.stem()), ("some/folder/my.ports.geojson", "my.ports".to_owned()));
        let input = Input::Bytes { name: "standard input".to_owned(), bytes: Vec::new() };
        assert_eq!(input.stem(), "standard input");
    }
}
