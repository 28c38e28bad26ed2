//! How the rest of the program points at a record.

/// The kinds of record, in the order of the tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FeatureKind {
    /// A corridor.
    Route,
    /// A port or a country-level placeholder.
    Port,
    /// A reported seizure event.
    Seizure,
    /// A group, cell or umbrella label.
    Group,
    /// A relation between two groups.
    Tie,
    /// A polygon shown as context.
    Area,
    /// A published yearly figure.
    Statistic,
    /// A publication.
    Source,
    /// A statement with likelihood and confidence.
    Judgement,
}

impl FeatureKind {
    /// All kinds.
    pub const ALL: [Self; 9] =
        [Self::Route, Self::Port, Self::Seizure, Self::Group, Self::Tie, Self::Area, Self::Statistic, Self::Source, Self::Judgement];

    /// The word in files (`kind`).
    pub const fn key(self) -> &'static str {
        match self {
            Self::Route => "route",
            Self::Port => "port",
            Self::Seizure => "seizure",
            Self::Group => "group",
            Self::Tie => "tie",
            Self::Area => "area",
            Self::Statistic => "statistic",
            Self::Source => "source",
            Self::Judgement => "judgement",
        }
    }

    /// The plural for people, in sentence case.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Route => "Corridors",
            Self::Port => "Ports",
            Self::Seizure => "Seizures",
            Self::Group => "Cells",
            Self::Tie => "Ties",
            Self::Area => "Areas",
            Self::Statistic => "Statistics",
            Self::Source => "Sources",
            Self::Judgement => "Judgements",
        }
    }
}

/// One record of a [`Dataset`](super::Dataset): its kind and its index in that kind's list. Valid only for that dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FeatureRef {
    /// Which list.
    pub kind: FeatureKind,
    /// Index in the list.
    pub index: u32,
}

impl FeatureRef {
    /// A reference from kind and list index.
    pub const fn new(kind: FeatureKind, index: u32) -> Self {
        Self { kind, index }
    }

    /// The list index as `usize`.
    pub const fn at(self) -> usize {
        self.index as usize
    }
}
