//! The comparison of two periods: beginning, changing and leaving it, and taking over what a thread has counted.

use std::sync::Arc;

use super::apply::{change, notify};
use super::{AppState, Effect, NoticeLevel};
use crate::analysis::{CompareForm, Compared, Comparison, Matches, comparable_years, middle_of_events};
use crate::cartography::MapView;

/// What can be done with the comparison of two periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareCommand {
    /// Begins it, or changes how it is shown.
    Show(CompareForm),
    /// Begins it or leaves it.
    Toggle,
    /// The later period begins with this year; part of a gesture.
    SetBoundary(i16),
    /// Leaves it.
    End,
}

pub(super) fn apply_compare(state: &mut AppState, command: CompareCommand) -> Vec<Effect> {
    let present = state.document.compare;
    match command {
        CompareCommand::Show(form) => {
            let wanted = present.map_or_else(|| begin(state, form), |now| Some(Comparison { form, ..now }));
            show(state, wanted);
        }
        CompareCommand::Toggle => {
            let wanted = if present.is_some() { None } else { begin(state, CompareForm::SideBySide) };
            show(state, wanted);
        }
        CompareCommand::SetBoundary(boundary_year) => {
            if let Some(now) = present {
                change(state, "Change the compared periods", true, |document| {
                    document.compare = Some(Comparison { boundary_year, ..now });
                });
            }
        }
        CompareCommand::End => show(state, None),
    }
    Vec::new()
}

/// A comparison with about as many events on either side; `None`, with a word about why, when there are not two years.
fn begin(state: &mut AppState, form: CompareForm) -> Option<Comparison> {
    match comparable_years(&state.dataset, &state.document.filter) {
        Some(years) if years.0 < years.1 => Some(Comparison { boundary_year: middle_of_events(&state.dataset, years), form }),
        _ => {
            cannot_compare(state);
            None
        }
    }
}

fn cannot_compare(state: &mut AppState) {
    let detail = "A comparison needs dated events of at least two years. Choose a longer period on the timeline or open more data.";
    notify(state, NoticeLevel::Info, "There are no two periods to compare".to_owned(), detail.to_owned(), None);
}

fn show(state: &mut AppState, wanted: Option<Comparison>) {
    let label = match wanted {
        None => "Leave the comparison",
        Some(_) => "Compare two periods",
    };
    if state.document.compare == wanted {
        return;
    }
    // From now on the view is chosen: another size of the map does not change its scale.
    state.view_history.leave(state.view, false);
    let halves = |comparison: Option<Comparison>| comparison.is_some_and(|c| c.form == CompareForm::SideBySide);
    let (were, are) = (halves(state.document.compare), halves(wanted));
    change(state, label, false, |document| document.compare = wanted);
    // Each half shows as much of the world as the whole map does.
    let factor = match (were, are) {
        (false, true) => 2.0,
        (true, false) => 0.5,
        _ => return,
    };
    state.view = MapView::new(state.view.projection, state.view.center, state.view.resolution_m_per_px * factor);
}

/// Takes over a comparison; `None` when the records and the filter leave nothing to compare.
pub fn receive_compared(state: &mut AppState, compared: Option<Compared>) {
    if state.document.compare.is_none() {
        state.compared = None;
        return;
    }
    match compared {
        Some(compared) => state.compared = Some(Arc::new(compared)),
        None => {
            state.compared = None;
            cannot_compare(state);
            show(state, None);
        }
    }
}

impl AppState {
    /// The comparison on the screen, once it has been counted.
    pub fn shown_comparison(&self) -> Option<&Arc<Compared>> {
        self.document.compare.and(self.compared.as_ref())
    }

    /// Whether the map is parted into two.
    pub fn is_split(&self) -> bool {
        self.document.compare.is_some_and(|comparison| comparison.form == CompareForm::SideBySide)
    }

    /// The comparison whose differences the map shows, once it has been counted.
    pub fn shown_changes(&self) -> Option<&Arc<Compared>> {
        self.shown_comparison().filter(|_| !self.is_split())
    }

    /// Which records match the filter; within one of the two compared periods when one is given.
    pub fn matches_in(&self, period: Option<usize>) -> &Arc<Matches> {
        let of_period = period.and_then(|period| self.shown_comparison()?.periods.get(period));
        of_period.map_or(&self.matches, |period| &period.matches)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Command, apply};

    #[test]
    fn without_two_years_nothing_is_compared_and_it_says_why() {
        let mut state = AppState::new();
        apply(&mut state, Command::Compare(CompareCommand::Toggle));
        assert_eq!(state.document.compare, None);
        assert!(state.notices.last().is_some_and(|notice| notice.detail.contains("at least two years")));
        assert!(state.history.undo_label().is_none(), "no step for nothing");
    }

    #[test]
    fn a_boundary_is_dragged_in_one_step_and_escape_leaves() {
        let mut state = AppState::new();
        let resolution = state.view.resolution_m_per_px;
        Arc::make_mut(&mut state.document).filter.days = Some((0, 20_000));
        apply(&mut state, Command::Compare(CompareCommand::Toggle));
        assert!(state.is_split());
        apply(&mut state, Command::ResizeCanvas(400.0, 500.0));
        assert_eq!(state.view.resolution_m_per_px, resolution * 2.0, "each half shows the whole area");
        let begun = state.document.compare;
        for year in [2001, 2002, 2003] {
            apply(&mut state, Command::Compare(CompareCommand::SetBoundary(year)));
        }
        apply(&mut state, Command::EndGesture);
        apply(&mut state, Command::Undo);
        assert_eq!(state.document.compare, begun);
        apply(&mut state, Command::Compare(CompareCommand::Show(CompareForm::Difference)));
        assert!(!state.is_split());
        apply(&mut state, Command::Escape);
        assert_eq!(state.document.compare, None);
        assert!(!state.document.filter.is_empty(), "the filter is the next level");
        assert_eq!(state.view.resolution_m_per_px, resolution);
    }
}
