//! How each item is shown at the moment: what does not match is dimmed, nothing vanishes.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::FeatureRef;
use crate::scene::{FeatureState, WorldLayer};

/// What decides the state of items.
#[derive(Clone, Copy)]
pub struct Emphasis<'a> {
    /// Whether a record matches the filter.
    pub passes: &'a dyn Fn(FeatureRef) -> bool,
    /// The selected records.
    pub selection: &'a BTreeSet<FeatureRef>,
    /// Records that are linked to the selected ones: not dimmed while something is selected.
    pub linked: &'a BTreeSet<FeatureRef>,
    /// The record under the pointer.
    pub hovered: Option<FeatureRef>,
}

impl std::fmt::Debug for Emphasis<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Emphasis").field("selection", self.selection).field("hovered", &self.hovered).finish_non_exhaustive()
    }
}

impl Emphasis<'_> {
    /// The state of one record. A selected record stays selected even when it does not match the filter.
    pub fn state(&self, feature: FeatureRef) -> FeatureState {
        if self.selection.contains(&feature) {
            return FeatureState::Selected;
        }
        if self.hovered == Some(feature) {
            return FeatureState::Hovered;
        }
        let apart = !self.selection.is_empty() && !self.linked.contains(&feature);
        if apart || !(self.passes)(feature) { FeatureState::Dimmed } else { FeatureState::Normal }
    }
}

/// One state for each item of a layer; an empty list when all are normal.
pub fn item_states(layer: &WorldLayer, emphasis: &Emphasis<'_>) -> Arc<[FeatureState]> {
    let states: Vec<FeatureState> = layer.geometry.items.iter().map(|item| item_state(layer.geometry.records_of(item), emphasis)).collect();
    if states.iter().all(|state| *state == FeatureState::Normal) { Arc::from([]) } else { Arc::from(states) }
}

/// What stands for many records is pale only when all of them are.
fn item_state(records: &[FeatureRef], emphasis: &Emphasis<'_>) -> FeatureState {
    match records {
        [] => FeatureState::Normal,
        [feature] => emphasis.state(*feature),
        many if many.iter().all(|feature| emphasis.state(*feature) == FeatureState::Dimmed) => FeatureState::Dimmed,
        _ => FeatureState::Normal,
    }
}

/// The layers with their states set.
pub fn with_states(layers: &[WorldLayer], emphasis: &Emphasis<'_>) -> Vec<WorldLayer> {
    layers.iter().map(|layer| WorldLayer { states: item_states(layer, emphasis), ..layer.clone() }).collect()
}

/// The layer with its pale items below all others, otherwise in the same order: what matches is not hidden on a page.
#[must_use]
pub(super) fn matching_on_top(layer: &WorldLayer) -> WorldLayer {
    let mut order: Vec<usize> = (0..layer.geometry.items.len()).collect();
    order.sort_by_key(|index| layer.state(*index) != FeatureState::Dimmed);
    if order.is_sorted() {
        return layer.clone();
    }
    let geometry = layer.geometry.with_items(order.iter().map(|index| layer.geometry.items[*index].clone()).collect());
    let states = order.iter().map(|index| layer.state(*index)).collect();
    WorldLayer { geometry: Arc::new(geometry), states, ..layer.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FeatureKind;

    const A: FeatureRef = FeatureRef::new(FeatureKind::Route, 0);
    const B: FeatureRef = FeatureRef::new(FeatureKind::Port, 1);
    const C: FeatureRef = FeatureRef::new(FeatureKind::Seizure, 2);

    #[test]
    fn what_does_not_match_is_dimmed() {
        let none = BTreeSet::new();
        let emphasis = Emphasis { passes: &|feature| feature != C, selection: &none, linked: &none, hovered: None };
        assert_eq!([A, B, C].map(|f| emphasis.state(f)), [FeatureState::Normal, FeatureState::Normal, FeatureState::Dimmed]);
    }

    #[test]
    fn selection_dims_what_is_not_linked() {
        let (selection, linked) = (BTreeSet::from([A]), BTreeSet::from([B]));
        let emphasis = Emphasis { passes: &|_| true, selection: &selection, linked: &linked, hovered: None };
        assert_eq!([A, B, C].map(|f| emphasis.state(f)), [FeatureState::Selected, FeatureState::Normal, FeatureState::Dimmed]);
        let hovering = Emphasis { hovered: Some(C), ..emphasis };
        assert_eq!(hovering.state(C), FeatureState::Hovered);
    }

    #[test]
    fn pale_items_lie_below_matching_ones() {
        use crate::cartography::{MapStyle, data_layers, test_data::small_dataset};
        let layers = data_layers(&small_dataset(), crate::geodesy::MapProjection::default(), &MapStyle::default(), 1_000.0, 1.0);
        let none = BTreeSet::new();
        let first = layers[1].geometry.items[0].feature;
        let emphasis = Emphasis { passes: &|feature| Some(feature) == first, selection: &none, linked: &none, hovered: None };
        let marked = with_states(&layers, &emphasis);
        let sorted = matching_on_top(&marked[1]);
        let last = sorted.geometry.items.len() - 1;
        assert!(last > 0);
        assert_eq!((sorted.geometry.items[last].feature, sorted.state(last)), (first, FeatureState::Normal));
        assert!((0..last).all(|index| sorted.state(index) == FeatureState::Dimmed));
        assert_eq!(sorted.geometry.vertex_count(), layers[1].geometry.vertex_count());
    }

    #[test]
    fn a_linked_record_outside_the_filter_stays_dimmed() {
        let (selection, linked) = (BTreeSet::from([A]), BTreeSet::from([B]));
        let emphasis = Emphasis { passes: &|feature| feature != B, selection: &selection, linked: &linked, hovered: None };
        assert_eq!(emphasis.state(B), FeatureState::Dimmed);
    }
}
