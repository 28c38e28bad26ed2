//! Short texts that several tables show.

use std::sync::Arc;

use crate::analysis::Relation;
use crate::model::{FeatureKind, FeatureRef};
use crate::state::AppState;

/// The name of the record with this id, or the id itself when no file has the record.
pub(super) fn name_of(state: &AppState, kind: FeatureKind, id: &str) -> String {
    state.dataset.find(kind, id).map_or_else(|| id.to_owned(), |feature| state.dataset.title(feature))
}

/// The names of groups; `None` when none is named.
pub(super) fn group_names(state: &AppState, ids: &[Arc<str>]) -> Option<String> {
    (!ids.is_empty()).then(|| ids.iter().map(|id| name_of(state, FeatureKind::Group, id)).collect::<Vec<_>>().join(", "))
}

/// The reliability letters of the sources of a record, A first, "–" for those not graded: "B B C –". `None` without sources.
pub(super) fn source_grades(state: &AppState, feature: FeatureRef) -> Option<String> {
    let grade = |source: FeatureRef| state.dataset.sources.get(source.at()).and_then(|source| source.reliability);
    let mut letters: Vec<&str> =
        state.links.related_by(feature, Relation::Sources).map(|source| grade(source).map_or("–", |grade| grade.key())).collect();
    // The dash sorts behind the letters.
    letters.sort_unstable();
    (!letters.is_empty()).then(|| letters.join(" "))
}

/// How many records of a kind are linked in one of these relations, each counted once.
pub(super) fn linked_count(state: &AppState, feature: FeatureRef, relations: &[Relation], kind: FeatureKind) -> usize {
    let mut linked: Vec<FeatureRef> = relations.iter().flat_map(|relation| state.links.related_by(feature, *relation)).collect();
    linked.retain(|other| other.kind == kind);
    linked.sort_unstable();
    linked.dedup();
    linked.len()
}

/// A reference to the row of a table of one kind.
pub(super) fn at_row(kind: FeatureKind, row: usize) -> FeatureRef {
    FeatureRef::new(kind, u32::try_from(row).unwrap_or(u32::MAX))
}

/// What a table shows while nothing of its kind is open: `true` when the caller need not show rows.
pub(super) fn nothing_open_ui(ui: &mut egui::Ui, state: &AppState, kind: FeatureKind, icon: &str) -> bool {
    if state.dataset.count(kind) > 0 {
        return false;
    }
    let missing = format!("No {}", kind.plural().to_lowercase());
    crate::ui::widgets::empty_state_ui(
        ui,
        icon,
        &missing,
        "Open or add files that have some (File, Open files…), or drop them on the window",
    );
    true
}
