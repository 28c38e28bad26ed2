//! A click on what stands for many records: it opens by zooming in or, where that shows no more, by selecting them.

use super::apply::{apply_selection, move_to};
use super::{AppState, Command, Effect, SelectMode};
use crate::cartography::{MapView, SPREAD_RESOLUTION_M_PER_PX};
use crate::model::FeatureRef;
use crate::scene::{Members, PlaneBox};

/// Room around the members in CSS pixels.
const MARGIN_PX: f32 = 96.0;
/// Zooming in by less than this would not open anything.
const LEAST_FACTOR: f64 = 1.5;

/// Shows the members so large that they fall apart; when they are in view as large as they can be, selects those that match the filter.
pub(super) fn open(state: &mut AppState, members: &Members) -> Vec<Effect> {
    let projection = state.view.projection;
    let mut plane_box = PlaneBox::EMPTY;
    for feature in members.records() {
        state.dataset.for_each_position(*feature, &mut |position| plane_box = plane_box.including(projection.project(position)));
    }
    if plane_box != PlaneBox::EMPTY {
        let fitted = MapView::fitting_box(projection, plane_box, state.canvas.width, state.canvas.height, MARGIN_PX);
        let now = state.view.resolution_m_per_px;
        // Close by, events at one place stand around it; only crowds need a still closer look.
        let close = SPREAD_RESOLUTION_M_PER_PX / 2.0;
        let resolution = if now > close * LEAST_FACTOR { fitted.resolution_m_per_px.max(close) } else { fitted.resolution_m_per_px };
        let is_one_place = plane_box.min == plane_box.max && !crate::cartography::can_be_spread(members.records().len());
        if !is_one_place && resolution * LEAST_FACTOR <= now {
            move_to(state, MapView::new(projection, fitted.center, resolution), false);
            return Vec::new();
        }
    }
    let matching = matching(state, members);
    apply_selection(state, Command::Select(matching, SelectMode::Replace));
    Vec::new()
}

/// The members that match the filter; all when none does, so that a click on something pale selects it too.
fn matching(state: &AppState, members: &Members) -> Vec<FeatureRef> {
    let passing: Vec<FeatureRef> = members.records().iter().copied().filter(|feature| state.matches.passes(*feature)).collect();
    if passing.is_empty() { members.records().to_vec() } else { passing }
}
