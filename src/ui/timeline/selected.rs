//! The events that belong to the selection, summed per bar: a selected cell lights up its years.

use crate::analysis::{Bin, Dimension, Totals};
use crate::model::{FeatureKind, FeatureRef};
use crate::state::AppState;

/// One sum for each bin over the selected events and those linked to what is selected; `None` when nothing is selected. As for the
/// bars themselves, the period is not counted as a restriction.
pub(super) fn selected_sums(state: &AppState, bins: &[Bin]) -> Option<Vec<Totals>> {
    if state.selection.is_empty() {
        return None;
    }
    let mut sums = vec![Totals::default(); bins.len()];
    let lit = state.selection.union(&state.linked).filter(|feature| feature.kind == FeatureKind::Seizure);
    for feature in lit.filter(|feature| state.matches.passes_except(**feature, Dimension::Period)) {
        if let Some(index) = bin_of(state, bins, *feature)
            && let Some(event) = state.dataset.seizures.get(feature.at())
        {
            sums[index].add(event);
        }
    }
    Some(sums)
}

/// The bin that counts an event: an interval counts at its begin, and a year does not fall into a month.
fn bin_of(state: &AppState, bins: &[Bin], feature: FeatureRef) -> Option<usize> {
    let begin = state.dataset.seizures.get(feature.at())?.event_date?.begin;
    let index = bins.partition_point(|bin| bin.last_day < begin.first_day());
    let bin = bins.get(index)?;
    (bin.first_day <= begin.first_day() && begin.last_day() <= bin.last_day).then_some(index)
}
