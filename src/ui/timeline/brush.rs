//! The brush: dragging over the bars chooses a period, dragging its edges or its inside changes it.

use egui::{EventFilter, Id, Key, Modifiers, Response, Ui};
use egui_plot::PlotTransform;

use crate::analysis::Bin;
use crate::state::{AppState, Command};

/// How near to an edge of the brush the pointer takes hold of it, in points.
const EDGE_REACH: f32 = 6.0;

/// First and last day, both included.
type Period = (i32, i32);

/// What is being dragged. Positions are indices of bins.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Grip {
    /// One end is dragged, this bin stays in.
    End { fixed: usize },
    /// The whole period is dragged by this bin; it spans `first` to `last` at the begin.
    Whole { grabbed: usize, first: usize, last: usize },
}

/// Handles pointer and keys over the plot.
pub(super) fn brush_ui(ui: &Ui, state: &AppState, bins: &[Bin], response: &Response, transform: &PlotTransform) -> Vec<Command> {
    let mut commands = Vec::new();
    let grip_id = Id::unique("timeline grip");
    let period = state.document.filter.days;
    let index_at = |position: egui::Pos2| nearest_bin(bins, transform.value_from_position(position).x);
    if response.double_clicked() {
        if period.is_some() {
            commands.extend([Command::SetPeriod(None), Command::EndGesture]);
        }
        return commands;
    }
    if response.clicked() || response.drag_started() {
        response.request_focus();
    }
    if response.drag_started()
        && let Some(origin) = ui.input(|input| input.pointer.press_origin())
    {
        let grip = grip_at(bins, period, transform, origin.x, index_at(origin));
        ui.data_mut(|data| data.insert_temp(grip_id, grip));
    }
    if (response.dragged() || response.drag_stopped())
        && let (Some(grip), Some(position)) = (ui.data(|data| data.get_temp::<Grip>(grip_id)), response.interact_pointer_pos())
    {
        let wanted = dragged_period(bins, grip, index_at(position));
        if wanted.is_some() && wanted != period {
            commands.push(Command::SetPeriod(wanted));
        }
    }
    if response.drag_stopped() {
        commands.push(Command::EndGesture);
        ui.data_mut(|data| data.remove::<Grip>(grip_id));
    }
    show_cursor(ui, response, transform, period);
    if response.has_focus() {
        commands.extend(key_commands(ui, response.id, bins, period));
    }
    commands
}

/// The bin that holds a day.
pub(super) fn bin_at(bins: &[Bin], day: f64) -> Option<&Bin> {
    bins.iter().find(|bin| f64::from(bin.first_day) <= day && day < f64::from(bin.last_day) + 1.0)
}

/// The bin that holds a day, or the outermost one on its side. The bins have no gaps.
fn nearest_bin(bins: &[Bin], day: f64) -> usize {
    bins.partition_point(|bin| f64::from(bin.last_day) + 1.0 <= day).min(bins.len().saturating_sub(1))
}

/// Bins at both ends of a period.
fn ends(bins: &[Bin], (first, last): Period) -> (usize, usize) {
    (nearest_bin(bins, f64::from(first)), nearest_bin(bins, f64::from(last)))
}

fn edges_x(transform: &PlotTransform, (first, last): Period) -> (f32, f32) {
    (transform.position_from_point_x(f64::from(first)), transform.position_from_point_x(f64::from(last) + 1.0))
}

fn grip_at(bins: &[Bin], period: Option<Period>, transform: &PlotTransform, x: f32, index: usize) -> Grip {
    let Some(period) = period else { return Grip::End { fixed: index } };
    let (left, right) = edges_x(transform, period);
    let (first, last) = ends(bins, period);
    if (x - left).abs() <= EDGE_REACH {
        Grip::End { fixed: last }
    } else if (x - right).abs() <= EDGE_REACH {
        Grip::End { fixed: first }
    } else if left < x && x < right {
        Grip::Whole { grabbed: index, first, last }
    } else {
        Grip::End { fixed: index }
    }
}

fn dragged_period(bins: &[Bin], grip: Grip, index: usize) -> Option<Period> {
    match grip {
        Grip::End { fixed } => span(bins, fixed.min(index), fixed.max(index)),
        Grip::Whole { grabbed, first, last } => shifted(bins, first, last, index as isize - grabbed as isize),
    }
}

/// The days of the bins from `first` to `last`.
fn span(bins: &[Bin], first: usize, last: usize) -> Option<Period> {
    Some((bins.get(first)?.first_day, bins.get(last)?.last_day))
}

/// The days of as many bins further right or left, as far as there are bins.
fn shifted(bins: &[Bin], first: usize, last: usize, by: isize) -> Option<Period> {
    let room_left = -(first as isize);
    let room_right = bins.len().checked_sub(last + 1)? as isize;
    let by = by.clamp(room_left, room_right);
    span(bins, first.checked_add_signed(by)?, last.checked_add_signed(by)?)
}

fn show_cursor(ui: &Ui, response: &Response, transform: &PlotTransform, period: Option<Period>) {
    let Some(position) = response.hover_pos() else { return };
    let icon = match period.map(|period| edges_x(transform, period)) {
        Some((left, right)) if (position.x - left).abs() <= EDGE_REACH || (position.x - right).abs() <= EDGE_REACH => {
            egui::CursorIcon::ResizeHorizontal
        }
        Some((left, right)) if left < position.x && position.x < right => egui::CursorIcon::Grab,
        _ => egui::CursorIcon::Crosshair,
    };
    ui.set_cursor_icon(icon);
}

/// ←/→ step the period by one bar, Home and End bring it to the first and last bars.
fn key_commands(ui: &Ui, id: Id, bins: &[Bin], period: Option<Period>) -> Vec<Command> {
    ui.memory_mut(|memory| {
        memory.set_focus_lock_filter(id, EventFilter { horizontal_arrows: true, ..EventFilter::default() });
    });
    let far = isize::try_from(bins.len()).unwrap_or(isize::MAX);
    let steps = [(Key::ArrowLeft, -1), (Key::ArrowRight, 1), (Key::Home, -far), (Key::End, far)];
    let pressed = ui.input_mut(|input| steps.into_iter().find(|(key, _)| input.consume_key(Modifiers::NONE, *key)));
    let Some((_, by)) = pressed else { return Vec::new() };
    let wanted = match period {
        Some(period) => {
            let (first, last) = ends(bins, period);
            shifted(bins, first, last, by)
        }
        // Without a period the first key chooses the bar at the side it comes from.
        None if by > 0 => span(bins, 0, 0),
        None => span(bins, bins.len().saturating_sub(1), bins.len().saturating_sub(1)),
    };
    vec![Command::SetPeriod(wanted), Command::EndGesture]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bins() -> Vec<Bin> {
        (0..4).map(|n| Bin { first_day: n * 10, last_day: n * 10 + 9, label: n.to_string(), sums: None }).collect()
    }

    #[test]
    fn a_drag_takes_whole_bars_in_either_direction() {
        let bins = bins();
        assert_eq!(dragged_period(&bins, Grip::End { fixed: 2 }, 1), Some((10, 29)));
        assert_eq!(dragged_period(&bins, Grip::End { fixed: 1 }, 2), Some((10, 29)));
        assert_eq!((nearest_bin(&bins, -50.0), nearest_bin(&bins, 10.0), nearest_bin(&bins, 9.9), nearest_bin(&bins, 400.0)), (0, 1, 0, 3));
    }

    #[test]
    fn a_moved_period_keeps_its_length_at_the_ends() {
        let bins = bins();
        let grip = Grip::Whole { grabbed: 1, first: 1, last: 2 };
        assert_eq!(dragged_period(&bins, grip, 2), Some((20, 39)));
        assert_eq!(dragged_period(&bins, grip, 3), Some((20, 39)));
        assert_eq!(dragged_period(&bins, grip, 0), Some((0, 19)));
    }

    #[test]
    fn without_bars_nothing_happens() {
        assert_eq!(dragged_period(&[], Grip::End { fixed: 0 }, 0), None);
        assert_eq!(dragged_period(&[], Grip::Whole { grabbed: 0, first: 0, last: 0 }, 1), None);
        assert!(bin_at(&[], 3.0).is_none());
    }
}
