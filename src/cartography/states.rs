//! How each item is shown at the moment: what does not match is dimmed, nothing vanishes.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bits::FeatureBits;
use crate::model::{FeatureKind, FeatureRef};
use crate::scene::{FeatureState, WorldItem, WorldLayer};

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
    let geometry = &layer.geometry;
    let together = geometry.members.first().map(|first| Together::new(first.kind, emphasis));
    let state = |item: &WorldItem| match (geometry.records_of(item), &together) {
        ([], _) => FeatureState::Normal,
        ([feature], _) => emphasis.state(*feature),
        (many, Some(together)) => together.state(many, emphasis),
        (_, None) => FeatureState::Normal,
    };
    let states: Vec<FeatureState> = geometry.items.iter().map(state).collect();
    if states.iter().all(|state| *state == FeatureState::Normal) { Arc::from([]) } else { Arc::from(states) }
}

/// The state of items that stand for many records of one kind.
struct Together {
    selected: FeatureBits,
    linked: FeatureBits,
}

impl Together {
    fn new(kind: FeatureKind, emphasis: &Emphasis<'_>) -> Self {
        let bits = |features: &BTreeSet<FeatureRef>| FeatureBits::new(kind, features.iter().copied());
        Self { selected: bits(emphasis.selection), linked: bits(emphasis.linked) }
    }

    /// Selected when one of them is; pale only when all of them are.
    fn state(&self, many: &[FeatureRef], emphasis: &Emphasis<'_>) -> FeatureState {
        if !self.selected.is_empty() && many.iter().any(|feature| self.selected.has(*feature)) {
            return FeatureState::Selected;
        }
        let shown = |feature: &&FeatureRef| emphasis.selection.is_empty() || self.linked.has(**feature);
        let lit = many.iter().filter(shown).any(|feature| (emphasis.passes)(*feature));
        if lit { FeatureState::Normal } else { FeatureState::Dimmed }
    }
}

/// The layers with their states set.
pub fn with_states(layers: &[WorldLayer], emphasis: &Emphasis<'_>) -> Vec<WorldLayer> {
    layers.iter().map(|layer| WorldLayer { states: item_states(layer, emphasis), ..layer.clone() }).collect()
}

/// The layers as they are drawn: with their states, what is pale below everything else of its layer.
pub fn drawn_layers(layers: &[WorldLayer], emphasis: &Emphasis<'_>) -> Vec<WorldLayer> {
    with_states(layers, emphasis).iter().map(matching_on_top).collect()
}

/// The layer with its pale items below all others, otherwise in the same order: what matches is not hidden.
#[must_use]
pub(super) fn matching_on_top(layer: &WorldLayer) -> WorldLayer {
    if layer.states.is_empty() {
        return layer.clone();
    }
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
    fn what_stands_for_many_is_selected_with_one_of_them_and_pale_with_all() {
        let layers = crate::cartography::test_data::cluster_layers();
        let members = layers[0].geometry.members.to_vec();
        let none = BTreeSet::new();
        let state = |passes: &dyn Fn(FeatureRef) -> bool, selection: &BTreeSet<FeatureRef>, linked: &BTreeSet<FeatureRef>| {
            let states = item_states(&layers[0], &Emphasis { passes, selection, linked, hovered: None });
            states.first().copied().unwrap_or_default()
        };
        assert_eq!(state(&|_| true, &none, &none), FeatureState::Normal);
        assert_eq!(state(&|feature| feature == members[3], &none, &none), FeatureState::Normal);
        assert_eq!(state(&|_| false, &none, &none), FeatureState::Dimmed);
        let elsewhere = BTreeSet::from([A]);
        assert_eq!(state(&|_| true, &BTreeSet::from([members[2]]), &none), FeatureState::Selected);
        assert_eq!(state(&|_| true, &elsewhere, &none), FeatureState::Dimmed);
        assert_eq!(state(&|_| true, &elsewhere, &BTreeSet::from([members[1]])), FeatureState::Normal);
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
