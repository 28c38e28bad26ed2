//! Seizures over time: all events pale behind, matching ones in the accent in front, and a brush that sets the period.

mod axis;
mod brush;
mod paint;
mod selected;
mod zoom;

use std::sync::Arc;

use egui::{Response, Ui};
use egui_plot::{Bar, BarChart, Plot, PlotTransform};

use super::icons;
use super::theme::colors_of;
use super::widgets::{counting_ui, empty_state_ui, filter_key, format, icon_button_ui, later, segmented_ui};
use crate::analysis::{Bin, BinSize, BinSums, Filter, Measure, Timeline, Totals, histogram};
use crate::state::{AppState, Command};

/// Measure and length of the bars, and clearing the period: in the line of the tabs, from right to left.
pub fn timeline_tools_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let timeline = state.panels.timeline;
    let sizes =
        [(BinSize::Year, "Year", "One bar a year"), (BinSize::Month, "Month", "One bar a month; Ctrl+wheel over the timeline zooms")];
    ui.spacing_mut().item_spacing.x = 8.0;
    if let Some(size) = segmented_ui(ui, timeline.bin_size, &sizes) {
        commands.push(Command::SetBinSize(size));
    }
    let measures = [(Measure::Mass, "kg", "Sum of the stated quantities"), (Measure::Events, "Events", "Number of events")];
    if let Some(measure) = segmented_ui(ui, timeline.measure, &measures) {
        commands.push(Command::SetMeasure(measure));
    }
    if zoom::shown_part(ui, state.dataset_generation).is_some()
        && icon_button_ui(ui, icons::ZOOM_OUT, "Show the whole time again (double-click the timeline)", None).clicked()
    {
        zoom::show_part(ui, state.dataset_generation, None);
    }
    if state.document.filter.days.is_some() && icon_button_ui(ui, icons::X, "Show all dates again", None).clicked() {
        commands.extend([Command::SetPeriod(None), Command::EndGesture]);
    }
    let text = timeline_of(ui, state).map(|bars| notes(&bars, timeline.measure)).unwrap_or_default();
    if !text.is_empty() {
        let label = egui::Label::new(egui::RichText::new(text).small().color(colors_of(ui).text_weak)).truncate();
        ui.add(label);
    }
}

/// Shows the histogram with its brush.
pub fn timeline_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    let Some(timeline) = timeline_of(ui, state) else {
        counting_ui(ui, "Counting events…");
        return Vec::new();
    };
    if timeline.bins.is_empty() {
        let (missing, advice) = match timeline.undated {
            Some(_) => ("No event states a date", "The Seizures tab lists the events"),
            None => ("No seizures over time", "Open or add files with seizure events (File, Open files…)"),
        };
        empty_state_ui(ui, icons::CHART_COLUMN, missing, advice);
        return Vec::new();
    }
    let all = zoom::all_days(&timeline.bins);
    let shown = zoom::shown_part(ui, state.dataset_generation).unwrap_or(all);
    let (response, transform) = plot_ui(ui, state, &timeline, shown);
    zoom::follow_wheel(ui, state.dataset_generation, all, &response, &transform);
    if response.double_clicked() {
        zoom::show_part(ui, state.dataset_generation, None);
    }
    paint::no_data(ui, &transform, &timeline);
    paint::without_mass(ui, &transform, &timeline, state.panels.timeline.measure);
    let commands = brush::brush_ui(ui, state, &timeline.bins, &response, &transform);
    let period = state.document.filter.days;
    paint::period(ui, &transform, period);
    tooltip_ui(response, &timeline, &transform);
    commands
}

/// The histogram of the present filter without its period, made anew only when something of it changed.
fn timeline_of(ui: &Ui, state: &AppState) -> Option<Arc<Timeline>> {
    let size = state.panels.timeline.bin_size;
    // Brushing changes the period only, and the bars do not depend on it.
    let free = Filter { days: None, ..state.matched_filter.clone() };
    later(ui.ctx(), state, "timeline", (size, filter_key(&free)), move |state| histogram(&state.dataset, &state.matches, size, None))
}

fn plot_ui(ui: &mut Ui, state: &AppState, timeline: &Arc<Timeline>, shown: zoom::Days) -> (Response, PlotTransform) {
    let colors = colors_of(ui);
    let measure = state.panels.timeline.measure;
    let bars_of = state.panels.timeline.bin_size;
    let bars = |of: fn(&BinSums) -> Totals, name: &str, color: egui::Color32| {
        let bars = timeline.bins.iter().filter_map(|bin| {
            let value = of(&bin.sums?).value(measure);
            let days = f64::from(bin.last_day - bin.first_day + 1);
            Some(Bar::new(f64::from(bin.first_day) + days / 2.0, value).width(days * 0.82).fill(color).stroke(egui::Stroke::NONE))
        });
        BarChart::new(name, bars.collect()).allow_hover(false)
    };
    let total = bars(|sums| sums.total, "All events", colors.bar_total);
    let selected = selected::selected_sums(ui, state, timeline, bars_of);
    let matching_color = if selected.is_some() { colors.accent.gamma_multiply(0.32) } else { colors.accent };
    let matching = bars(|sums| sums.matching, "Matching events", matching_color);
    let lit = timeline.bins.iter().zip(selected.as_deref().cloned().unwrap_or_default()).filter(|(_, sums)| sums.events > 0).map(
        |(bin, sums)| {
            let days = f64::from(bin.last_day - bin.first_day + 1);
            // Events without a quantity must not vanish from a chart of kilograms.
            let value = sums.value(measure).max(highest_of(timeline, measure) * 0.012);
            Bar::new(f64::from(bin.first_day) + days / 2.0, value).width(days * 0.82).fill(colors.accent).stroke(egui::Stroke::NONE)
        },
    );
    let lit = BarChart::new("Events of the selection", lit.collect()).allow_hover(false);
    let in_sight = |bin: &&Bin| f64::from(bin.last_day) >= shown.0 && f64::from(bin.first_day) <= shown.1;
    let in_sight = timeline.bins.iter().filter(in_sight).filter_map(|bin| bin.sums);
    let highest = in_sight.map(|sums| sums.total.value(measure)).fold(0.0, f64::max);
    let plot = Plot::new("timeline")
        .height(ui.available_height())
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_background(false)
        .show_crosshair(false)
        .show_grid([false, true])
        .grid_color(colors.hairline)
        .auto_bounds(false)
        .default_x_bounds(shown.0, shown.1)
        .default_y_bounds(0.0, highest.max(1.0) * 1.12)
        .y_axis_min_width(54.0)
        .x_grid_spacer(move |input| axis::date_marks(input, bars_of))
        .y_grid_spacer(axis::value_marks)
        .x_axis_formatter(|mark, _| axis::date_label(mark.value, mark.step_size))
        .y_axis_formatter(move |mark, range| axis::value_label(mark.value, *range.end(), measure))
        .label_formatter(|_| None)
        .show(ui, |plot| {
            plot.set_plot_bounds_x(shown.0..=shown.1);
            plot.set_plot_bounds_y(0.0..=highest.max(1.0) * 1.12);
            plot.bar_chart(total);
            plot.bar_chart(matching);
            plot.bar_chart(lit);
        });
    plot.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, "Timeline"));
    (plot.response, plot.transform)
}

/// The highest bar, in the unit of the measure.
fn highest_of(timeline: &Timeline, measure: Measure) -> f64 {
    timeline.bins.iter().filter_map(|bin| bin.sums).map(|sums| sums.total.value(measure)).fold(0.0, f64::max)
}

/// What the bars leave out, in words.
fn notes(timeline: &Timeline, measure: Measure) -> String {
    let sums = |bins: &[Bin]| bins.iter().filter_map(|bin| bin.sums).map(|sums| sums.total.events).sum::<usize>();
    let mut notes = Vec::new();
    if let Some(undated) = timeline.undated {
        notes.push(format!("{} without a date", format::counted(undated.total.events, "event", "events")));
    }
    let coarse = sums(&timeline.coarse);
    if coarse > 0 {
        notes.push(format!("{} known only to the year", format::counted(coarse, "event", "events")));
    }
    let unweighed: usize = timeline.bins.iter().filter_map(|bin| bin.sums).map(|sums| sums.total.events_without_mass).sum();
    if measure == Measure::Mass && unweighed > 0 {
        notes.push(format!("○ {} without a quantity", format::counted(unweighed, "event", "events")));
    }
    notes.join(" · ")
}

fn tooltip_ui(response: Response, timeline: &Timeline, transform: &PlotTransform) {
    // Nothing covers the bars while they are being chosen.
    if response.dragged() {
        return;
    }
    let Some(position) = response.hover_pos().filter(|position| transform.frame().contains(*position)) else { return };
    let day = transform.value_from_position(position).x;
    let Some(bin) = brush::bin_at(&timeline.bins, day) else { return };
    let coarse = timeline.coarse.iter().find(|coarse| coarse.first_day <= bin.first_day && bin.last_day <= coarse.last_day);
    let text = bin_text(bin, coarse);
    response.on_hover_text_at_pointer(text);
}

/// The numbers of a bar.
fn bin_text(bin: &Bin, coarse: Option<&Bin>) -> String {
    let mut lines = vec![bin.label.clone()];
    let line = |name: &str, totals: &Totals| {
        let unweighed = match totals.events_without_mass {
            0 => String::new(),
            count => format!(", {} of them without a quantity", format::count(count)),
        };
        format!("{name}: {}, {}{unweighed}", format::mass_total(totals.mass_kg), format::counted(totals.events, "event", "events"))
    };
    match &bin.sums {
        None => lines.push("No data: no event of this period is in the files".to_owned()),
        Some(sums) => {
            lines.push(line("Matching", &sums.matching));
            if sums.matching != sums.total {
                lines.push(line("All", &sums.total));
            }
        }
    }
    if let Some(coarse) = coarse.and_then(|coarse| coarse.sums.map(|sums| (&coarse.label, sums))) {
        lines.push(line(&format!("Known only as {}", coarse.0), &coarse.1.total));
    }
    lines.push("Drag to choose a period, Ctrl+wheel zooms".to_owned());
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bin(sums: Option<BinSums>) -> Bin {
        Bin { first_day: 0, last_day: 364, label: "1970".to_owned(), sums }
    }

    #[test]
    fn no_data_is_not_zero() {
        assert_eq!(
            bin_text(&bin(None), None),
            "1970\nNo data: no event of this period is in the files\nDrag to choose a period, Ctrl+wheel zooms"
        );
        let none_matching = BinSums { matching: Totals::default(), total: Totals { events: 2, events_without_mass: 1, mass_kg: 12_000.0 } };
        let text = bin_text(&bin(Some(none_matching)), None);
        assert!(text.contains("Matching: 0\u{a0}kg, 0\u{a0}events"), "{text}");
        assert!(text.contains("All: 12.0\u{a0}t, 2\u{a0}events, 1 of them without a quantity"), "{text}");
    }

    #[test]
    fn what_the_bars_leave_out_is_said() {
        let two = BinSums { matching: Totals::default(), total: Totals { events: 2, events_without_mass: 2, mass_kg: 0.0 } };
        let timeline = Timeline { bins: vec![bin(Some(two))], coarse: Vec::new(), undated: Some(two) };
        assert_eq!(notes(&timeline, Measure::Events), "2\u{a0}events without a date");
        assert!(notes(&timeline, Measure::Mass).ends_with("○ 2\u{a0}events without a quantity"));
    }
}
