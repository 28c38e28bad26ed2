//! Past views of the map, as a browser keeps past pages.

use crate::cartography::MapView;

/// More views are forgotten, the oldest first.
const MAX_VIEWS: usize = 100;

/// Views behind and ahead of the present one.
#[derive(Clone, Debug, Default)]
pub struct ViewHistory {
    behind: Vec<MapView>,
    ahead: Vec<MapView>,
    open_gesture: bool,
}

impl ViewHistory {
    /// Remembers the view before a movement. A movement that continues a gesture (drag, a run of wheel notches) is not remembered again.
    pub fn leave(&mut self, before: MapView, continues_gesture: bool) {
        let was_open = std::mem::replace(&mut self.open_gesture, continues_gesture);
        if was_open && continues_gesture {
            return;
        }
        if self.behind.last() != Some(&before) {
            self.behind.push(before);
        }
        if self.behind.len() > MAX_VIEWS {
            self.behind.remove(0);
        }
        self.ahead.clear();
    }

    /// Ends a gesture.
    pub fn end_gesture(&mut self) {
        self.open_gesture = false;
    }

    /// The view before this one.
    pub fn back(&mut self, present: MapView) -> Option<MapView> {
        self.open_gesture = false;
        let view = self.behind.pop()?;
        self.ahead.push(present);
        Some(view)
    }

    /// The view after this one.
    pub fn forward(&mut self, present: MapView) -> Option<MapView> {
        self.open_gesture = false;
        let view = self.ahead.pop()?;
        self.behind.push(present);
        Some(view)
    }

    /// Whether there is a view to go back to.
    pub fn can_go_back(&self) -> bool {
        !self.behind.is_empty()
    }

    /// Whether there is a view to go forward to.
    pub fn can_go_forward(&self) -> bool {
        !self.ahead.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::{MapProjection, Projected};

    fn at(x_m: f64) -> MapView {
        MapView::new(MapProjection::default(), Projected::new(x_m, 0.0), 1_000.0)
    }

    #[test]
    fn a_drag_is_one_view_and_back_and_forward_are_inverse() {
        let mut history = ViewHistory::default();
        history.leave(at(0.0), true);
        history.leave(at(1.0), true);
        history.leave(at(2.0), true);
        assert_eq!(history.back(at(3.0)), Some(at(0.0)));
        assert!(!history.can_go_back());
        assert_eq!(history.forward(at(0.0)), Some(at(3.0)));
    }
}
