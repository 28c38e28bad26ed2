//! What a filter can restrict, and which kinds of record have it.

use std::sync::Arc;

use crate::model::{Attribution, Confidence, Dataset, FeatureKind, RouteMode, SourceReliability, country_name};

/// The key of records that have a dimension but state nothing for it.
pub const NOT_STATED: &str = "";

/// Something that a filter restricts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dimension {
    /// When it happened or was reported.
    Period,
    /// Free text.
    Text,
    /// Groups, by id.
    Group,
    /// Ports stated as origin, stop or destination, by id.
    Port,
    /// Countries, by ISO 3166-1 alpha-2 code.
    Country,
    /// How a load travels.
    Mode,
    /// How sure the atlas is.
    Confidence,
    /// Whether a source names the group.
    Attribution,
    /// Admiralty grade of the sources.
    Reliability,
}

impl Dimension {
    /// All dimensions, in the order of the chips.
    pub const ALL: [Self; 9] = [
        Self::Period,
        Self::Text,
        Self::Group,
        Self::Port,
        Self::Country,
        Self::Mode,
        Self::Confidence,
        Self::Attribution,
        Self::Reliability,
    ];

    /// The dimensions in which values are chosen from a list.
    pub const CHOICES: [Self; 7] =
        [Self::Group, Self::Port, Self::Country, Self::Mode, Self::Confidence, Self::Attribution, Self::Reliability];

    /// The word on the command line.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Period => "period",
            Self::Text => "text",
            Self::Group => "group",
            Self::Port => "port",
            Self::Country => "country",
            Self::Mode => "mode",
            Self::Confidence => "confidence",
            Self::Attribution => "attribution",
            Self::Reliability => "grade",
        }
    }

    /// The words for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Period => "Period",
            Self::Text => "Text",
            Self::Group => "Group",
            Self::Port => "Port",
            Self::Country => "Country",
            Self::Mode => "Mode",
            Self::Confidence => "Confidence",
            Self::Attribution => "Attribution",
            Self::Reliability => "Source grade",
        }
    }

    /// The dimension with this [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dimension| dimension.key() == key)
    }

    /// Whether records of this kind have the dimension. A kind that lacks it is not excluded by it.
    pub const fn applies_to(self, kind: FeatureKind) -> bool {
        use FeatureKind as K;
        match self {
            Self::Period => matches!(kind, K::Route | K::Seizure | K::Tie | K::Statistic),
            Self::Text => !matches!(kind, K::Area),
            Self::Group => matches!(kind, K::Route | K::Seizure | K::Group | K::Tie),
            Self::Port => matches!(kind, K::Route | K::Seizure | K::Port),
            Self::Country => matches!(kind, K::Route | K::Seizure | K::Port | K::Group),
            Self::Mode => matches!(kind, K::Route),
            Self::Confidence => matches!(kind, K::Route | K::Judgement),
            Self::Attribution => matches!(kind, K::Seizure),
            Self::Reliability => !matches!(kind, K::Area),
        }
    }

    /// The dimension as one bit of a mask.
    pub(super) const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// All dimensions that records of a kind have, as a mask of [`Dimension::bit`]s.
pub(super) fn dimensions_of(kind: FeatureKind) -> u16 {
    Dimension::ALL.into_iter().filter(|dimension| dimension.applies_to(kind)).fold(0, |mask, dimension| mask | dimension.bit())
}

/// The words for people for a key: the name of the group or port, the label of a grade, and "Not stated" (or its like) for [`NOT_STATED`].
pub fn key_label(dataset: &Dataset, dimension: Dimension, key: &str) -> String {
    if key == NOT_STATED {
        return match dimension {
            Dimension::Group => "No group named",
            Dimension::Reliability => "Not graded",
            _ => "Not stated",
        }
        .to_owned();
    }
    let record_name = |kind| dataset.find(kind, key).map(|feature| dataset.title(feature));
    let label = match dimension {
        Dimension::Group => record_name(FeatureKind::Group),
        Dimension::Port => record_name(FeatureKind::Port),
        Dimension::Mode => Some(RouteMode(Arc::from(key)).label()),
        Dimension::Confidence => Confidence::from_key(key).map(|value| value.label().to_owned()),
        Dimension::Attribution => Attribution::from_key(key).map(|value| value.label().to_owned()),
        Dimension::Reliability => SourceReliability::from_key(key).map(|value| value.label().to_owned()),
        Dimension::Country => country_name(key).map(str::to_owned),
        Dimension::Period | Dimension::Text => None,
    };
    label.unwrap_or_else(|| key.to_owned())
}

/// Where a key stands in its list: the order of the scale for graded dimensions, the same place for all others.
pub(super) fn key_rank(dimension: Dimension, key: &str) -> usize {
    let rank = match dimension {
        Dimension::Confidence => Confidence::from_key(key).map(|value| value as usize),
        Dimension::Attribution => Attribution::from_key(key).map(|value| value as usize),
        Dimension::Reliability => SourceReliability::from_key(key).map(|value| value as usize),
        _ => None,
    };
    if key == NOT_STATED { usize::MAX } else { rank.unwrap_or(0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_bits_are_unique() {
        let mut mask = 0;
        for dimension in Dimension::ALL {
            assert_eq!(Dimension::from_key(dimension.key()), Some(dimension));
            assert_eq!(mask & dimension.bit(), 0);
            mask |= dimension.bit();
        }
    }

    #[test]
    fn a_missing_grade_is_called_not_graded() {
        let dataset = Dataset::default();
        assert_eq!(key_label(&dataset, Dimension::Reliability, NOT_STATED), "Not graded");
        assert_eq!(key_label(&dataset, Dimension::Reliability, "F"), "F · cannot be judged");
        assert_eq!(key_label(&dataset, Dimension::Group, "unknown-id"), "unknown-id");
    }
}
