//! Files, standard input or the bundled atlas become one dataset.

use std::io::Read as _;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use anyhow::Context as _;

use super::Outcome;
use super::output::{print_message, progress_bar, set_share};
use crate::load::{Diagnostic, FileReport, FileStatus, Input, LoadControl, MAX_FILE_BYTES, bundled_atlas, load};
use crate::model::Dataset;

/// Findings that are told on standard error before the rest is only counted.
const TOLD_FINDINGS: usize = 20;

/// What was read.
pub(super) struct ReadFiles {
    pub(super) dataset: Dataset,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) files: Vec<FileReport>,
}

impl ReadFiles {
    /// The worst of all files.
    pub(super) fn outcome(&self) -> Outcome {
        let one = |report: &FileReport| match report.status {
            FileStatus::Clean => Outcome::Clean,
            FileStatus::Findings => Outcome::Findings,
            FileStatus::Unusable => Outcome::Unusable,
        };
        self.files.iter().map(one).max().unwrap_or(Outcome::Clean)
    }

    /// Whether no file at all could be used, so that there is nothing to count.
    pub(super) fn nothing_usable(&self) -> bool {
        self.files.iter().all(|report| report.status == FileStatus::Unusable)
    }
}

/// The input that an argument names: `-` is standard input.
pub(super) fn input(path: &Path) -> anyhow::Result<Input> {
    if path.as_os_str() != "-" {
        return Ok(Input::Path(path.to_owned()));
    }
    let mut bytes = Vec::new();
    // One byte more than is allowed, so that the loader sees it; an endless stream ends here.
    std::io::stdin().lock().take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).context("cannot read standard input")?;
    Ok(Input::Bytes { name: "standard input".to_owned(), bytes })
}

/// Reads the files and says nothing about findings.
pub(super) fn read(files: &[std::path::PathBuf]) -> anyhow::Result<ReadFiles> {
    let inputs: Vec<Input> =
        if files.is_empty() { bundled_atlas() } else { files.iter().map(|path| input(path)).collect::<anyhow::Result<_>>()? };
    let bar = progress_bar("Reading");
    let loaded = load(&inputs, None, &LoadControl { cancel: &AtomicBool::new(false), progress: &|share| set_share(&bar, share) });
    bar.finish_and_clear();
    let loaded = loaded?;
    Ok(ReadFiles { dataset: loaded.dataset, diagnostics: loaded.diagnostics, files: loaded.files })
}

/// Reads the files, or the bundled atlas without any, and tells findings on standard error.
pub(super) fn read_or_bundled(files: &[std::path::PathBuf]) -> anyhow::Result<ReadFiles> {
    let read = read(files)?;
    // The atlas in the program is what it is: its remarks are for `check` and the findings panel.
    if !files.is_empty() {
        for diagnostic in read.diagnostics.iter().take(TOLD_FINDINGS) {
            print_message(&line(diagnostic));
        }
        let more = read.diagnostics.len().saturating_sub(TOLD_FINDINGS);
        if more > 0 {
            print_message(&format!("and {more} more findings; `sealane check` lists them all"));
        }
    }
    Ok(read)
}

/// A finding on one line: file:line:column, severity, code, what is wrong with which value, and what to do.
pub(super) fn line(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.file.to_string();
    for number in [diagnostic.line, diagnostic.column].into_iter().flatten() {
        text.push_str(&format!(":{number}"));
    }
    text.push_str(&format!(": {} [{}] {}", diagnostic.severity.key(), diagnostic.code, diagnostic.message));
    if let Some(value) = &diagnostic.value {
        text.push_str(&format!(" ({value})"));
    }
    let feature = diagnostic.feature.map(|index| format!("feature {index}"));
    let place: Vec<String> = feature.into_iter().chain(diagnostic.pointer.clone().filter(|pointer| !pointer.is_empty())).collect();
    if !place.is_empty() {
        text.push_str(&format!(", at {}", place.join(" ")));
    }
    if let Some(hint) = &diagnostic.hint {
        text.push_str(&format!(". {hint}"));
    }
    // Names of files and members may hold anything; a terminal must not obey it.
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Severity;

    #[test]
    fn a_finding_names_its_place_and_what_to_do() {
        let diagnostic = Diagnostic {
            severity: Severity::Error,
            code: "bad-date",
            file: "a.geojson".into(),
            line: Some(3),
            column: Some(14),
            pointer: Some("/features/2/properties/date".to_owned()),
            feature: Some(2),
            value: Some("2023-13".to_owned()),
            message: "no such day in the calendar".to_owned(),
            hint: Some("Write it as YYYY-MM-DD".to_owned()),
        };
        assert_eq!(
            line(&diagnostic),
            "a.geojson:3:14: error [bad-date] no such day in the calendar (2023-13), at feature 2 /features/2/properties/date. Write it as YYYY-MM-DD"
        );
    }
}
