//! The events that belong to the selection, summed per bar: a selected cell lights up its years.

use std::sync::Arc;

use egui::Ui;

use crate::analysis::{Bin, BinSize, Dimension, Filter, Timeline, Totals};
use crate::model::{FeatureKind, FeatureRef};
use crate::state::AppState;
use crate::ui::widgets::{filter_key, later};

/// One sum for each bin over the selected events and those linked to what is selected; `None` when nothing is selected. As for the
/// bars themselves, the period is not counted as a restriction.
pub(super) fn selected_sums(ui: &Ui, state: &AppState, timeline: &Arc<Timeline>, size: BinSize) -> Option<Arc<Vec<Totals>>> {
    if state.selection.is_empty() {
        return None;
    }
    let free = Filter { days: None, ..state.matched_filter.clone() };
    let key = (state.selection_generation, state.selection.len(), state.inspected(), timeline.bins.len(), size, filter_key(&free));
    let bars = timeline.clone();
    later(ui.ctx(), state, "timeline selection", key, move |state| sums_of_selection(state, &bars.bins))
}

fn sums_of_selection(state: &AppState, bins: &[Bin]) -> Vec<Totals> {
    let mut sums = vec![Totals::default(); bins.len()];
    let lit = state.selection.union(&state.linked).filter(|feature| feature.kind == FeatureKind::Seizure);
    for feature in lit.filter(|feature| state.matches.passes_except(**feature, Dimension::Period)) {
        if let Some(index) = bin_of(state, bins, *feature)
            && let Some(event) = state.dataset.seizures.get(feature.at())
        {
            sums[index].add(event);
        }
    }
    sums
}

/// The bin that counts an event: an interval counts at its begin, and a year does not fall into a month.
fn bin_of(state: &AppState, bins: &[Bin], feature: FeatureRef) -> Option<usize> {
    let begin = state.dataset.seizures.get(feature.at())?.event_date?.begin;
    let index = bins.partition_point(|bin| bin.last_day < begin.first_day());
    let bin = bins.get(index)?;
    (bin.first_day <= begin.first_day() && begin.last_day() <= bin.last_day).then_some(index)
}
