//! Bytes of any file to a dataset and its findings. GeoJSON for now (RFC 7946, and what people write instead of it).
//!
//! A file is taken apart into byte ranges (`document`), its features are read in parallel (`record`), and the records are added one after
//! another, so that the result does not depend on the number of threads. Nothing is dropped silently: features in a file are features
//! loaded plus features rejected, and every rejected one has a finding with its place.

mod bundled;
mod diagnostic;
mod document;
mod geometry;
mod input;
mod node;
mod properties;
mod record;
mod references;
mod stops;
mod write;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

pub use bundled::bundled_atlas;
pub use diagnostic::{Diagnostic, Severity};
pub use input::{Input, MAX_FILE_BYTES};
pub use references::UNRESOLVED_REFERENCE;
pub use stops::{drawn_stops, with_drawn_stops};
pub use write::to_geojson;

use crate::model::{Dataset, DatasetBuilder, FeatureKind, Record, SourceFile};
use diagnostic::{Finding, LineIndex};
use node::Reading;
use properties::Interner;
use record::{FileContext, Outcome, read_feature};
use references::FeaturePlaces;

/// Features in one piece of parallel work.
const CHUNK: usize = 512;
/// Features that are read before their records are added.
const AT_ONCE: usize = CHUNK * 16;
/// Findings of one code in one file that are kept word by word; the rest is counted.
const MAX_FINDINGS_PER_CODE: usize = 1_000;

/// How the outside watches and stops a load.
#[derive(Clone, Copy)]
pub struct LoadControl<'a> {
    /// Turns true when the person gave up.
    pub cancel: &'a AtomicBool,
    /// Told how far it is, 0 to 1.
    pub progress: &'a (dyn Fn(f32) + Sync),
}

/// Why a load as a whole brought nothing. Files that cannot be used are findings instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    /// The person gave up.
    #[error("what was open before is still open")]
    Canceled,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileStatus {
    /// Everything was read without a remark.
    Clean,
    /// Read, with findings.
    Findings,
    /// Nothing could be used.
    Unusable,
}

impl FileStatus {
    /// The word in outputs.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Findings => "findings",
            Self::Unusable => "unusable",
        }
    }
}

/// What became of a file, in numbers: `features` = `loaded` + `rejected`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// The file as opened.
    pub name: Arc<str>,
    /// What became of it.
    pub status: FileStatus,
    /// Features in the file.
    pub features: usize,
    /// Features that are in the dataset.
    pub loaded: usize,
    /// Features that were refused, each with a finding.
    pub rejected: usize,
}

/// The outcome of a load.
#[derive(Debug, Default)]
pub struct Loaded {
    /// All records, those of the dataset it was added to included.
    pub dataset: Dataset,
    /// What was found, in the order of files and features.
    pub diagnostics: Vec<Diagnostic>,
    /// One for each input, in order.
    pub files: Vec<FileReport>,
}

/// Loads files into one dataset, on top of `base` when files are added to what is open. A file that cannot be used does not hide the
/// others: its [`FileReport`] is [`FileStatus::Unusable`] and a finding without feature says why.
///
/// # Errors
/// [`LoadError::Canceled`] when the person gave up.
pub fn load(inputs: &[Input], base: Option<&Dataset>, control: &LoadControl<'_>) -> Result<Loaded, LoadError> {
    let mut loader = Loader {
        builder: base.cloned().map_or_else(DatasetBuilder::new, DatasetBuilder::extending),
        diagnostics: Vec::new(),
        files: Vec::new(),
        places: Vec::new(),
    };
    let first_file = base.map_or(0, |dataset| dataset.files.len());
    let share = 1.0 / inputs.len().max(1) as f32;
    for (index, input) in inputs.iter().enumerate() {
        let progress = |fraction: f32| (control.progress)((index as f32 + fraction) * share);
        loader.file(input, &LoadControl { cancel: control.cancel, progress: &progress });
        if control.cancel.load(Ordering::Relaxed) {
            return Err(LoadError::Canceled);
        }
    }
    let dataset = loader.builder.finish();
    references::check(&dataset, first_file, &loader.places, &mut loader.diagnostics);
    for file in &mut loader.files {
        if file.status == FileStatus::Clean && loader.diagnostics.iter().any(|d| d.file == file.name && d.severity != Severity::Info) {
            file.status = FileStatus::Findings;
        }
    }
    Ok(Loaded { dataset, diagnostics: loader.diagnostics, files: loader.files })
}

struct Loader {
    builder: DatasetBuilder,
    diagnostics: Vec<Diagnostic>,
    files: Vec<FileReport>,
    /// For each file that was added to the builder.
    places: Vec<FeaturePlaces>,
}

impl Loader {
    fn file(&mut self, input: &Input, control: &LoadControl<'_>) {
        let name = input.name();
        let bytes = match input.bytes() {
            Ok(bytes) => bytes,
            Err(finding) => return self.unusable(&name, finding, &[]),
        };
        let text = match input::text_of(&bytes) {
            Ok(found) => found,
            Err(finding) => return self.unusable(&name, finding, &bytes),
        };
        let scan_progress = |fraction: f32| (control.progress)(fraction * 0.3);
        let mut document = match document::read(text.as_bytes(), control.cancel, &scan_progress) {
            Ok(document) => document,
            Err(finding) => return self.unusable(&name, finding, &bytes),
        };
        let file = self.builder.add_file(SourceFile {
            name: name.clone(),
            bundled: matches!(input, Input::Bundled { .. }),
            features: document.features.len(),
        });
        if !document.foreign.is_empty() {
            self.builder.keep_foreign(file, serde_json::Value::Object(std::mem::take(&mut document.foreign)).to_string().into());
        }
        let stem = input.stem();
        let context = FileContext { stem: &stem, file, reference: document.reference };
        self.features(&name, &document, text.as_bytes(), &context, control);
    }

    /// Reads the features, adds their records in order and tells what was found. Many features are read in parallel and taken over before the
    /// next ones are read, so that no file lies in memory twice.
    fn features(
        &mut self,
        name: &Arc<str>,
        document: &document::Document,
        bytes: &[u8],
        context: &FileContext<'_>,
        control: &LoadControl<'_>,
    ) {
        let lines = LineIndex::new(bytes);
        let count = document.features.len();
        let mut report = FileReport { name: name.clone(), status: FileStatus::Clean, features: count, loaded: 0, rejected: 0 };
        let mut kept = Kept::default();
        for note in &document.notes {
            kept.push(note.clone(), name, &lines, None);
        }
        let mut heights = 0;
        let mut first = 0;
        for ranges in document.features.chunks(AT_ONCE) {
            let outcomes = read_all(bytes, ranges, first, context, control.cancel);
            if control.cancel.load(Ordering::Relaxed) {
                return;
            }
            for ((index, range), outcome) in (first..).zip(ranges).zip(outcomes.into_iter().flatten()) {
                let index = u32::try_from(index).unwrap_or(u32::MAX);
                heights += usize::from(outcome.has_heights);
                let mut tell = |finding: Finding| kept.push(finding, name, &lines, Some((index, document.prefix)));
                outcome.notes.into_iter().for_each(&mut tell);
                let kindless = outcome.kindless.then_some(index);
                let added = outcome.record.and_then(|record| self.add(record, range.start, kindless)).map(|renamed| renamed.map(&mut tell));
                match added {
                    Ok(_) => report.loaded += 1,
                    Err(finding) => {
                        report.rejected += 1;
                        tell(finding);
                    }
                }
            }
            first += ranges.len();
            (control.progress)(0.3 + 0.7 * first as f32 / count as f32);
        }
        if heights > 0 {
            let message = format!("heights or further values in the positions of {heights} features are not used");
            kept.push(Finding::new(Severity::Info, "heights-not-used", message), name, &lines, None);
        }
        let lines_and_columns = document.features.iter().map(|range| lines.line_and_column(range.start)).collect();
        self.places.push(FeaturePlaces { prefix: document.prefix, lines_and_columns });
        self.diagnostics.extend(kept.finish(name));
        self.files.push(report);
    }

    /// Adds a record. One without a `kind` (its index is given) gets an id of its own when it is taken, and a note says so; one with a
    /// `kind` is refused, since others refer to it by its id.
    fn add(&mut self, record: Record, begin: usize, kindless: Option<u32>) -> Result<Option<Finding>, Finding> {
        let Some(id) = record.id().cloned() else {
            return self.builder.add(record).map(|_| None).map_err(|other| duplicate(other.kind, "", begin));
        };
        if !self.builder.has(record.kind(), &id) {
            return self.builder.add(record).map(|_| None).map_err(|other| duplicate(other.kind, &id, begin));
        }
        let Some(index) = kindless else { return Err(duplicate(record.kind(), &id, begin)) };
        let kind = record.kind();
        let renamed: Arc<str> = Arc::from(format!("{id}#{index}"));
        let note = Finding::new(
            Severity::Warning,
            "id-made-unique",
            format!("another {} has the same id; this one is now `{renamed}`", kind.key()),
        );
        self.builder.add(record.with_id(renamed)).map_err(|other| duplicate(other.kind, &id, begin))?;
        Ok(Some(note.at(begin, "/id").value(&*id)))
    }

    fn unusable(&mut self, name: &Arc<str>, finding: Finding, bytes: &[u8]) {
        self.diagnostics.push(finding.located(name, &LineIndex::new(input::without_mark(bytes)), None));
        self.files.push(FileReport { name: name.clone(), status: FileStatus::Unusable, features: 0, loaded: 0, rejected: 0 });
    }
}

fn duplicate(kind: FeatureKind, id: &str, begin: usize) -> Finding {
    Finding::error("duplicate-id", format!("another {} has the same id; the first one counts", kind.key()))
        .at(begin, "/properties/id")
        .value(id)
        .hint("Give each record an id of its own, or open the files one at a time")
}

/// Findings of a file, each code capped.
#[derive(Default)]
struct Kept {
    list: Vec<Diagnostic>,
    counts: HashMap<&'static str, usize>,
}

impl Kept {
    fn push(&mut self, finding: Finding, file: &Arc<str>, lines: &LineIndex<'_>, feature: Option<(u32, &str)>) {
        let count = self.counts.entry(finding.code).or_default();
        *count += 1;
        if *count <= MAX_FINDINGS_PER_CODE {
            self.list.push(finding.located(file, lines, feature));
        }
    }

    fn finish(mut self, file: &Arc<str>) -> Vec<Diagnostic> {
        let mut more: Vec<_> = self.counts.into_iter().filter(|(_, count)| *count > MAX_FINDINGS_PER_CODE).collect();
        more.sort_unstable();
        for (code, count) in more {
            let message = format!("{} more findings `{code}` are counted but not listed", count - MAX_FINDINGS_PER_CODE);
            let finding = Finding::new(Severity::Warning, "more-findings", message).value(code);
            self.list.push(finding.located(file, &LineIndex::new(&[]), None));
        }
        self.list
    }
}

/// The features in order, in the pieces that were read together; `first` is the number of the first of them.
fn read_all(
    bytes: &[u8],
    ranges: &[std::ops::Range<usize>],
    first: usize,
    context: &FileContext<'_>,
    cancel: &AtomicBool,
) -> Vec<Vec<Outcome>> {
    let read_piece = |(piece, ranges): (usize, &[std::ops::Range<usize>])| {
        if cancel.load(Ordering::Relaxed) {
            return Vec::new();
        }
        let mut interner = Interner::default();
        let numbered = (first + piece * CHUNK..).zip(ranges);
        let read = |(index, range)| read_one(bytes, range, u32::try_from(index).unwrap_or(u32::MAX), context, &mut interner, cancel);
        numbered.map(read).collect()
    };
    ranges.par_chunks(CHUNK).enumerate().map(read_piece).collect()
}

fn read_one(
    bytes: &[u8],
    range: &std::ops::Range<usize>,
    index: u32,
    context: &FileContext<'_>,
    interner: &mut Interner,
    cancel: &AtomicBool,
) -> Outcome {
    let mut read = |quick: bool| {
        node::parse(&bytes[range.clone()], Reading { base: range.start, quick, cancel: Some(cancel) })
            .map(|node| read_feature(&node, index, context, interner))
    };
    // A feature that is refused is read again with the place of every number, so that the finding can name it.
    let outcome = match read(true) {
        Ok(outcome) if outcome.record.is_ok() => Ok(outcome),
        _ => read(false),
    };
    outcome.unwrap_or_else(|error| Outcome {
        record: Err(Finding::error("not-json", format!("not valid JSON: {}", error.message)).at(error.at, "")),
        notes: Vec::new(),
        has_heights: false,
        kindless: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collection(features: impl IntoIterator<Item = String>) -> Input {
        let features = features.into_iter().collect::<Vec<_>>().join(",");
        Input::Bytes { name: "input".to_owned(), bytes: format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#).into() }
    }

    fn port(id: usize, lon: &str) -> String {
        format!(r#"{{"type":"Feature","properties":{{"kind":"port","id":"{id}"}},"geometry":{{"type":"Point","coordinates":[{lon},2]}}}}"#)
    }

    fn open(input: Input, base: Option<&Dataset>) -> Loaded {
        load(&[input], base, &LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} }).expect("not canceled")
    }

    #[test]
    fn records_keep_the_order_of_the_file_whatever_the_threads_do() {
        let count = CHUNK * 3 + 7;
        let loaded = open(collection((0..count).map(|id| port(id, "1"))), None);
        let ids: Vec<usize> = loaded.dataset.ports.iter().map(|port| port.id.parse().expect("a number")).collect();
        assert!(ids.iter().copied().eq(0..count));
        assert!(loaded.dataset.ports.iter().enumerate().all(|(at, port)| port.provenance.feature as usize == at));
    }

    #[test]
    fn findings_are_capped_but_all_are_counted() {
        let count = MAX_FINDINGS_PER_CODE + 23;
        let loaded = open(collection((0..count).map(|id| port(id, "\"x\"")).chain([port(count, "1")])), None);
        let report = &loaded.files[0];
        assert_eq!((report.features, report.loaded, report.rejected), (count + 1, 1, count));
        assert_eq!(loaded.diagnostics.len(), MAX_FINDINGS_PER_CODE + 1);
        let last = loaded.diagnostics.last().expect("there");
        assert_eq!(last.code, "more-findings");
        assert!(last.message.starts_with("23 more"), "{}", last.message);
    }

    #[test]
    fn a_refused_feature_is_read_again_for_the_place_of_the_fault() {
        // The line is plain and would be read as a flat list, but it stands where a ring belongs.
        let text = r#"{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[0,0],[1,1]]}}"#;
        let loaded = open(Input::Bytes { name: "input".to_owned(), bytes: text.into() }, None);
        let told = &loaded.diagnostics[0];
        assert_eq!((told.code, told.pointer.as_deref()), ("position-not-array", Some("/geometry/coordinates/0/0")));
        let column = text.find("[0,0]").expect("there") + 2;
        assert_eq!((told.column, told.value.as_deref()), (u32::try_from(column).ok(), Some("0")));
    }

    #[test]
    fn files_are_added_to_what_is_open() {
        let base = open(collection([port(1, "1")]), None).dataset;
        let loaded = open(collection([port(1, "5"), port(2, "6")]), Some(&base));
        let report = &loaded.files[0];
        assert_eq!((report.status, report.loaded, report.rejected), (FileStatus::Findings, 1, 1));
        assert_eq!((loaded.dataset.files.len(), loaded.dataset.ports.len()), (2, 2));
        assert_eq!(loaded.dataset.ports[0].position, base.ports[0].position, "the first one counts");
        assert_eq!(loaded.dataset.ports[1].provenance, crate::model::Origin { file: 1, feature: 1 });
    }

    #[test]
    fn giving_up_half_way_brings_nothing_and_progress_reaches_the_end() {
        let input = || collection((0..CHUNK * 4).map(|id| port(id, "1")));
        let cancel = AtomicBool::new(false);
        let give_up = |share: f32| cancel.store(share > 0.35, Ordering::Relaxed);
        assert_eq!(load(&[input(), input()], None, &LoadControl { cancel: &cancel, progress: &give_up }).err(), Some(LoadError::Canceled));
        let largest = std::sync::Mutex::new(0.0_f32);
        let watch = |share: f32| {
            let mut largest = largest.lock().expect("not poisoned");
            assert!((0.0..=1.0).contains(&share), "{share}");
            *largest = largest.max(share);
        };
        load(&[input()], None, &LoadControl { cancel: &AtomicBool::new(false), progress: &watch }).expect("not canceled");
        assert!(*largest.lock().expect("not poisoned") > 0.99);
    }
}
