//! Which days the timeline shows: all of them, or a part after Ctrl and the wheel.

use egui::{Id, Response, Ui};
use egui_plot::PlotTransform;

use crate::analysis::Bin;

/// Room left and right of the outermost bars when all are shown, in days.
const MARGIN_DAYS: f64 = 10.0;
/// Fewer days than these are not spread over the whole width.
const FEWEST_DAYS: f64 = 300.0;

/// First and last day shown.
pub(super) type Days = (f64, f64);

/// All bars with a little room at both ends.
pub(super) fn all_days(bins: &[Bin]) -> Days {
    let first = bins.first().map_or(0, |bin| bin.first_day);
    let last = bins.last().map_or(0, |bin| bin.last_day);
    (f64::from(first) - MARGIN_DAYS, f64::from(last) + MARGIN_DAYS)
}

/// Shown part and the generation of the data that it belongs to.
type Kept = (u64, Days);

fn id() -> Id {
    Id::unique("timeline days shown")
}

/// The part that is shown; `None` for all. Other data start with all of it.
pub(super) fn shown_part(ui: &Ui, generation: u64) -> Option<Days> {
    ui.data(|data| data.get_temp::<Kept>(id())).filter(|(of, _)| *of == generation).map(|(_, days)| days)
}

/// Shows this part from the next frame on.
pub(super) fn show_part(ui: &Ui, generation: u64, part: Option<Days>) {
    ui.data_mut(|data| match part {
        Some(days) => {
            data.insert_temp::<Kept>(id(), (generation, days));
        }
        None => data.remove::<Kept>(id()),
    });
    ui.ctx().request_repaint();
}

/// Ctrl and the wheel zoom around the pointer, the wheel alone moves along.
pub(super) fn follow_wheel(ui: &Ui, generation: u64, all: Days, response: &Response, transform: &PlotTransform) {
    let Some(position) = response.hover_pos() else { return };
    let shown = shown_part(ui, generation).unwrap_or(all);
    let (factor, scrolled) = ui.input(|input| (f64::from(input.zoom_delta()), input.smooth_scroll_delta()));
    if (factor - 1.0).abs() > 1e-6 {
        let at = transform.value_from_position(position).x;
        show_part(ui, generation, zoomed(shown, all, factor, at));
    } else if scrolled != egui::Vec2::ZERO && shown != all {
        let days_per_point = (shown.1 - shown.0) / f64::from(transform.frame().width().max(1.0));
        show_part(ui, generation, moved(shown, all, -f64::from(scrolled.x + scrolled.y) * days_per_point));
    }
}

/// Another part around the day `at`, which stays where it is; `None` when that is all.
fn zoomed(shown: Days, all: Days, factor: f64, at: f64) -> Option<Days> {
    let length = (shown.1 - shown.0).max(1.0);
    let wanted = (length / factor).max(FEWEST_DAYS.min(all.1 - all.0));
    let share = ((at - shown.0) / length).clamp(0.0, 1.0);
    moved((at - wanted * share, at + wanted * (1.0 - share)), all, 0.0)
}

/// The part `by` days later, as far as there are bars.
fn moved(shown: Days, all: Days, by: f64) -> Option<Days> {
    let length = shown.1 - shown.0;
    if length >= all.1 - all.0 - 1.0 {
        return None;
    }
    let first = (shown.0 + by).clamp(all.0, all.1 - length);
    Some((first, first + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Days = (0.0, 10_000.0);

    #[test]
    fn the_day_under_the_pointer_stays_where_it_is() {
        assert_eq!(zoomed(ALL, ALL, 2.0, 5_000.0), Some((2_500.0, 7_500.0)));
        assert_eq!(zoomed(ALL, ALL, 2.0, 10_000.0), Some((5_000.0, 10_000.0)));
        assert_eq!(zoomed(ALL, ALL, 1e9, 0.0), Some((0.0, FEWEST_DAYS)));
    }

    #[test]
    fn zooming_out_ends_with_everything() {
        assert_eq!(zoomed((2_500.0, 7_500.0), ALL, 0.5, 3_000.0), None);
        assert_eq!(zoomed(ALL, ALL, 0.2, 3_000.0), None);
    }

    #[test]
    fn moving_ends_at_the_outermost_bars() {
        assert_eq!(moved((1_000.0, 2_000.0), ALL, 500.0), Some((1_500.0, 2_500.0)));
        assert_eq!(moved((1_000.0, 2_000.0), ALL, -5_000.0), Some((0.0, 1_000.0)));
        assert_eq!(moved((1_000.0, 2_000.0), ALL, 50_000.0), Some((9_000.0, 10_000.0)));
    }
}
