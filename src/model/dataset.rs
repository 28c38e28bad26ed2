//! All records that are open together.

use std::sync::Arc;

use super::id_index::IdIndex;
use super::{ContextArea, FeatureKind, FeatureRef, Group, Judgement, Port, RecordList, Route, SeizureEvent, Source, Statistic, Tie};

/// One file that went into a dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as opened, or the name of a bundled file.
    pub name: Arc<str>,
    /// Part of the atlas inside the program, not a file on disk.
    pub bundled: bool,
    /// Features in the file, loaded or rejected.
    pub features: usize,
}

/// All records of the open files. Copies share their records, so that copying one to change it is cheap.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// The files in the order of opening.
    pub files: Vec<SourceFile>,
    /// Corridors.
    pub routes: RecordList<Route>,
    /// Ports and country-level placeholders.
    pub ports: RecordList<Port>,
    /// Seizure events.
    pub seizures: RecordList<SeizureEvent>,
    /// Groups, cells and umbrella labels.
    pub groups: RecordList<Group>,
    /// Relations between groups.
    pub ties: RecordList<Tie>,
    /// Context features.
    pub areas: RecordList<ContextArea>,
    /// Published yearly figures.
    pub statistics: RecordList<Statistic>,
    /// Publications.
    pub sources: RecordList<Source>,
    /// Judgements.
    pub judgements: RecordList<Judgement>,
    /// Foreign members of collections, to be written back: file index and a JSON object.
    pub foreign: Vec<(u32, Box<str>)>,
    /// Ids to indices, an index for each kind in the order of its declaration.
    ids: [Arc<IdIndex>; FeatureKind::ALL.len()],
}

impl Dataset {
    /// The record with this id.
    pub fn find(&self, kind: FeatureKind, id: &str) -> Option<FeatureRef> {
        let id_of = |index| self.id(FeatureRef::new(kind, index)).map_or("", |id| id);
        self.ids[kind as usize].find(id, id_of).map(|index| FeatureRef::new(kind, index))
    }

    /// How many records of a kind there are.
    pub fn count(&self, kind: FeatureKind) -> usize {
        match kind {
            FeatureKind::Route => self.routes.len(),
            FeatureKind::Port => self.ports.len(),
            FeatureKind::Seizure => self.seizures.len(),
            FeatureKind::Group => self.groups.len(),
            FeatureKind::Tie => self.ties.len(),
            FeatureKind::Area => self.areas.len(),
            FeatureKind::Statistic => self.statistics.len(),
            FeatureKind::Source => self.sources.len(),
            FeatureKind::Judgement => self.judgements.len(),
        }
    }

    /// All records of a kind.
    pub fn refs(&self, kind: FeatureKind) -> impl Iterator<Item = FeatureRef> + use<> {
        (0..u32::try_from(self.count(kind)).unwrap_or(u32::MAX)).map(move |index| FeatureRef::new(kind, index))
    }

    /// All records together.
    pub fn record_count(&self) -> usize {
        FeatureKind::ALL.into_iter().map(|kind| self.count(kind)).sum()
    }

    /// The id of a record in its file; ties and statistics have none. `None` also for a stale reference.
    pub fn id(&self, feature: FeatureRef) -> Option<&Arc<str>> {
        let at = feature.at();
        match feature.kind {
            FeatureKind::Route => self.routes.get(at).map(|r| &r.id),
            FeatureKind::Port => self.ports.get(at).map(|r| &r.id),
            FeatureKind::Seizure => self.seizures.get(at).map(|r| &r.id),
            FeatureKind::Group => self.groups.get(at).map(|r| &r.id),
            FeatureKind::Area => self.areas.get(at).map(|r| &r.id),
            FeatureKind::Source => self.sources.get(at).map(|r| &r.id),
            FeatureKind::Judgement => self.judgements.get(at).map(|r| &r.id),
            FeatureKind::Tie | FeatureKind::Statistic => None,
        }
    }

    /// What to call a record in lists: its name, its place or, failing these, its id.
    pub fn title(&self, feature: FeatureRef) -> String {
        let at = feature.at();
        let named = match feature.kind {
            FeatureKind::Route => self.routes.get(at).and_then(|r| r.name.as_deref()).map(str::to_owned),
            FeatureKind::Port => self.ports.get(at).and_then(|r| r.name.as_deref()).map(str::to_owned),
            FeatureKind::Seizure => self.seizures.get(at).and_then(|r| r.place.as_deref()).map(str::to_owned),
            FeatureKind::Group => self.groups.get(at).and_then(|r| r.name.as_deref()).map(str::to_owned),
            FeatureKind::Area => self.areas.get(at).and_then(|r| r.name.as_deref()).map(str::to_owned),
            FeatureKind::Source => self.sources.get(at).and_then(|r| r.title.as_deref()).map(str::to_owned),
            FeatureKind::Judgement => self.judgements.get(at).and_then(|r| r.statement.as_deref()).map(str::to_owned),
            FeatureKind::Tie => self.ties.get(at).map(|tie| self.tie_title(tie)),
            FeatureKind::Statistic => self.statistics.get(at).map(|r| format!("{} {}", r.series.replace('_', " "), r.year)),
        };
        named.or_else(|| self.id(feature).map(|id| id.to_string())).unwrap_or_else(|| "unnamed".to_owned())
    }

    /// Adds a record. When another record of its kind has the same id, nothing is added and that other record is returned.
    pub(super) fn insert(&mut self, record: Record) -> Result<FeatureRef, FeatureRef> {
        let (kind, id) = (record.kind(), record.id().cloned());
        if let Some(other) = id.as_ref().and_then(|id| self.find(kind, id)) {
            return Err(other);
        }
        let feature = FeatureRef::new(kind, u32::try_from(self.count(kind)).unwrap_or(u32::MAX));
        match record {
            Record::Route(r) => self.routes.push(r),
            Record::Port(r) => self.ports.push(r),
            Record::Seizure(r) => self.seizures.push(r),
            Record::Group(r) => self.groups.push(r),
            Record::Tie(r) => self.ties.push(r),
            Record::Area(r) => self.areas.push(r),
            Record::Statistic(r) => self.statistics.push(r),
            Record::Source(r) => self.sources.push(r),
            Record::Judgement(r) => self.judgements.push(r),
        }
        if let Some(id) = id {
            self.index_id(feature, &id);
        }
        Ok(feature)
    }

    fn index_id(&mut self, feature: FeatureRef, id: &str) {
        let mut index = std::mem::take(&mut self.ids[feature.kind as usize]);
        Arc::make_mut(&mut index).insert(id, feature.index, |known| self.id(FeatureRef::new(feature.kind, known)).map_or("", |id| id));
        self.ids[feature.kind as usize] = index;
    }

    /// Makes the ids of routes anew after some were taken out.
    pub(super) fn reindex_routes(&mut self) {
        self.ids[FeatureKind::Route as usize] = Arc::default();
        let ids: Vec<Arc<str>> = self.routes.iter().map(|route| route.id.clone()).collect();
        for (index, id) in (0..).zip(&ids) {
            self.index_id(FeatureRef::new(FeatureKind::Route, index), id);
        }
    }

    fn tie_title(&self, tie: &Tie) -> String {
        let name = |id: &str| self.find(FeatureKind::Group, id).map_or_else(|| id.to_owned(), |group| self.title(group));
        format!("{} – {}", name(&tie.a), name(&tie.b))
    }
}

/// A record on its way into a dataset.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A corridor.
    Route(Route),
    /// A port.
    Port(Port),
    /// A seizure event.
    Seizure(SeizureEvent),
    /// A group.
    Group(Group),
    /// A relation between groups.
    Tie(Tie),
    /// A context feature.
    Area(ContextArea),
    /// A published figure.
    Statistic(Statistic),
    /// A publication.
    Source(Source),
    /// A judgement.
    Judgement(Judgement),
}

impl Record {
    /// Its kind.
    pub const fn kind(&self) -> FeatureKind {
        match self {
            Self::Route(_) => FeatureKind::Route,
            Self::Port(_) => FeatureKind::Port,
            Self::Seizure(_) => FeatureKind::Seizure,
            Self::Group(_) => FeatureKind::Group,
            Self::Tie(_) => FeatureKind::Tie,
            Self::Area(_) => FeatureKind::Area,
            Self::Statistic(_) => FeatureKind::Statistic,
            Self::Source(_) => FeatureKind::Source,
            Self::Judgement(_) => FeatureKind::Judgement,
        }
    }

    /// Its id; ties and statistics have none.
    pub const fn id(&self) -> Option<&Arc<str>> {
        match self {
            Self::Route(r) => Some(&r.id),
            Self::Port(r) => Some(&r.id),
            Self::Seizure(r) => Some(&r.id),
            Self::Group(r) => Some(&r.id),
            Self::Area(r) => Some(&r.id),
            Self::Source(r) => Some(&r.id),
            Self::Judgement(r) => Some(&r.id),
            Self::Tie(_) | Self::Statistic(_) => None,
        }
    }

    /// The same record with another id; ties and statistics stay as they are.
    #[must_use]
    pub fn with_id(mut self, id: Arc<str>) -> Self {
        match &mut self {
            Self::Route(r) => r.id = id,
            Self::Port(r) => r.id = id,
            Self::Seizure(r) => r.id = id,
            Self::Group(r) => r.id = id,
            Self::Area(r) => r.id = id,
            Self::Source(r) => r.id = id,
            Self::Judgement(r) => r.id = id,
            Self::Tie(_) | Self::Statistic(_) => {}
        }
        self
    }
}

/// Collects records and keeps ids unique within a kind.
#[derive(Debug, Default)]
pub struct DatasetBuilder {
    dataset: Dataset,
}

impl DatasetBuilder {
    /// An empty builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts from an open dataset, to add files to it.
    pub fn extending(dataset: Dataset) -> Self {
        Self { dataset }
    }

    /// Registers a file and returns its index for [`super::Origin::file`].
    pub fn add_file(&mut self, file: SourceFile) -> u32 {
        self.dataset.files.push(file);
        u32::try_from(self.dataset.files.len() - 1).unwrap_or(u32::MAX)
    }

    /// Keeps the foreign members of a file, a JSON object.
    pub fn keep_foreign(&mut self, file: u32, members: Box<str>) {
        self.dataset.foreign.push((file, members));
    }

    /// Whether a record of this kind has this id already.
    pub fn has(&self, kind: FeatureKind, id: &str) -> bool {
        self.dataset.find(kind, id).is_some()
    }

    /// Adds a record. When another record of its kind has the same id, nothing is added and that other record is returned.
    pub fn add(&mut self, record: Record) -> Result<FeatureRef, FeatureRef> {
        self.dataset.insert(record)
    }

    /// The finished dataset.
    pub fn finish(self) -> Dataset {
        self.dataset
    }
}
