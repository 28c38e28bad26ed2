//! What corridors that are drawn as one flow have in common, in words.

use super::flows::{End, Together, ends_of};
use crate::analysis::{CorridorEvidence, Dimension, EvidenceTotals, key_label};
use crate::model::{Dataset, FeatureKind, FeatureRef};

/// Corridors together.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowSummary {
    /// From where to where, as far as they have it in common.
    pub title: String,
    /// How many corridors.
    pub corridors: usize,
    /// What is behind them; an event that several name counts once.
    pub totals: EvidenceTotals,
}

/// Sums up the corridors among the records; `None` when there are none.
pub fn flow_summary(dataset: &Dataset, evidence: &CorridorEvidence, records: &[FeatureRef]) -> Option<FlowSummary> {
    let routes: Vec<usize> = records.iter().filter(|record| record.kind == FeatureKind::Route).map(|record| record.at()).collect();
    let first = *routes.first()?;
    let common = |together: Together| {
        let ends = ends_of(dataset, first, together)?;
        routes[1..].iter().all(|route| ends_of(dataset, *route, together).as_ref() == Some(&ends)).then_some(ends)
    };
    let words = |end: &End| match end {
        End::Coast(name) => (*name).to_owned(),
        End::Country(code) => key_label(dataset, Dimension::Country, code),
    };
    let title = common(Together::Countries)
        .or_else(|| common(Together::Coasts))
        .map_or_else(|| "Several corridors".to_owned(), |(from, to)| format!("{} → {}", words(&from), words(&to)));
    Some(FlowSummary { title, corridors: routes.len(), totals: evidence.totals(dataset, routes) })
}
