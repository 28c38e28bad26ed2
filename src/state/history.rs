//! Undo: snapshots of what can be changed, one step a gesture.

use std::sync::Arc;

use super::Document;
use crate::model::Dataset;

/// More steps are forgotten, the oldest first.
const MAX_STEPS: usize = 200;

/// What a step brings back. Both parts are shared, and datasets share what they have in common.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Filter, style and figure.
    pub document: Arc<Document>,
    /// The records.
    pub records: Arc<Dataset>,
}

/// Past and undone states.
#[derive(Clone, Debug)]
pub struct History<State = Snapshot> {
    past: Vec<(State, &'static str)>,
    undone: Vec<(State, &'static str)>,
    /// The gesture that the newest step belongs to, while it goes on.
    open_gesture: Option<&'static str>,
}

impl<State> Default for History<State> {
    fn default() -> Self {
        Self { past: Vec::new(), undone: Vec::new(), open_gesture: None }
    }
}

impl<State: Clone> History<State> {
    /// Remembers the state as it was before a change. Changes of one gesture (a drag, typing in one box) become one step.
    pub fn remember(&mut self, before: &State, label: &'static str, continues_gesture: bool) {
        self.undone.clear();
        if continues_gesture && self.open_gesture == Some(label) {
            return;
        }
        self.open_gesture = continues_gesture.then_some(label);
        self.past.push((before.clone(), label));
        if self.past.len() > MAX_STEPS {
            self.past.remove(0);
        }
    }

    /// Ends a gesture: the next change is a step of its own.
    pub fn end_gesture(&mut self) {
        self.open_gesture = None;
    }

    /// The state before the newest step; the present one can be redone.
    pub fn undo(&mut self, present: &State) -> Option<(State, &'static str)> {
        self.open_gesture = None;
        let (before, label) = self.past.pop()?;
        self.undone.push((present.clone(), label));
        Some((before, label))
    }

    /// The state after the newest undone step.
    pub fn redo(&mut self, present: &State) -> Option<(State, &'static str)> {
        self.open_gesture = None;
        let (after, label) = self.undone.pop()?;
        self.past.push((present.clone(), label));
        Some((after, label))
    }

    /// All remembered states.
    pub fn states(&self) -> impl Iterator<Item = &State> {
        self.past.iter().chain(&self.undone).map(|(state, _)| state)
    }

    /// Changes every remembered state.
    pub fn for_each_mut(&mut self, change: impl FnMut(&mut State)) {
        self.past.iter_mut().chain(&mut self.undone).map(|(state, _)| state).for_each(change);
    }

    /// What undo would bring back.
    pub fn next_undo(&self) -> Option<&State> {
        self.past.last().map(|(state, _)| state)
    }

    /// What redo would bring back.
    pub fn next_redo(&self) -> Option<&State> {
        self.undone.last().map(|(state, _)| state)
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&'static str> {
        self.past.last().map(|(_, label)| *label)
    }

    /// What redo would bring back.
    pub fn redo_label(&self) -> Option<&'static str> {
        self.undone.last().map(|(_, label)| *label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(title: &str) -> Document {
        let mut document = Document::default();
        document.figure.title = title.to_owned();
        document
    }

    #[test]
    fn a_gesture_is_one_step() {
        let mut history = History::default();
        history.remember(&titled("a"), "Change period", true);
        history.remember(&titled("b"), "Change period", true);
        history.end_gesture();
        history.remember(&titled("c"), "Change period", true);
        assert_eq!(history.undo(&titled("d")).map(|(d, _)| d.figure.title), Some("c".to_owned()));
        assert_eq!(history.undo(&titled("c")).map(|(d, _)| d.figure.title), Some("a".to_owned()));
        assert_eq!(history.undo(&titled("a")), None);
    }

    #[test]
    fn redo_returns_and_a_new_change_forgets_it() {
        let mut history = History::default();
        history.remember(&titled("a"), "Rename", false);
        assert!(history.undo(&titled("b")).is_some());
        assert_eq!(history.redo_label(), Some("Rename"));
        assert_eq!(history.redo(&titled("a")).map(|(d, _)| d.figure.title), Some("b".to_owned()));
        history.remember(&titled("b"), "Rename", false);
        assert_eq!(history.redo_label(), None);
    }
}
