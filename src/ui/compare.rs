//! The bar above the map while two periods are compared: the boundary, the form, and what each period holds.

use egui::{Align, Label, Layout, RichText, Slider, Ui};

use super::icons;
use super::theme::{self, colors_of};
use super::widgets::{format, icon_button_ui, segmented_ui};
use crate::analysis::{CompareForm, Compared, ComparedPeriod, Totals, middle_of_events, middle_of_years};
use crate::cartography::difference_note;
use crate::state::{AppState, Command, CompareCommand};

/// Height of the bar in points.
pub const BAR_HEIGHT: f32 = 56.0;

/// Shows the bar.
pub fn compare_bar_ui(ui: &mut Ui, state: &AppState) -> Vec<Command> {
    let mut commands = Vec::new();
    let Some(comparison) = state.document.compare else { return commands };
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.horizontal(|ui| {
        ui.label(theme::semibold("Compare", 13.0));
        let forms = [
            (CompareForm::SideBySide, "Side by side", "The earlier period on the left, the later one on the right"),
            (CompareForm::Difference, "Difference", "One map of what changed"),
        ];
        if let Some(form) = segmented_ui(ui, comparison.form, &forms) {
            commands.push(Command::Compare(CompareCommand::Show(form)));
        }
        match state.shown_comparison() {
            Some(compared) => boundary_ui(ui, state, compared, comparison.boundary_year, &mut commands),
            None => {
                ui.weak("Counting…");
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button_ui(ui, icons::X, "Leave the comparison (Esc)", None).clicked() {
                commands.push(Command::Compare(CompareCommand::End));
            }
            if let Some(compared) = state.shown_comparison() {
                let text = left_out(compared, comparison.form);
                let label = Label::new(RichText::new(&text).small().color(colors_of(ui).text_weak)).truncate();
                ui.add(label).on_hover_text(text);
            }
        });
    });
    if let Some(compared) = state.shown_comparison() {
        match comparison.form {
            CompareForm::SideBySide => ui.columns(2, |columns| {
                for (column, period) in columns.iter_mut().zip(&compared.periods) {
                    period_ui(column, period);
                }
            }),
            CompareForm::Difference => difference_ui(ui, compared),
        }
    }
    commands
}

/// The slider of the year with which the later period begins, and two ways to part the time evenly.
fn boundary_ui(ui: &mut Ui, state: &AppState, compared: &Compared, asked: i16, commands: &mut Vec<Command>) {
    let (first, last) = compared.years;
    let mut year = asked.clamp(first + 1, last);
    let label = ui.label(RichText::new("Later period from").small());
    ui.spacing_mut().slider_width = 150.0;
    theme::show_rails(ui);
    let response = ui.add(Slider::new(&mut year, first + 1..=last)).labelled_by(label.id);
    let response = response.on_hover_text("The year with which the later period begins");
    let mut set = |year| commands.push(Command::Compare(CompareCommand::SetBoundary(year)));
    if response.changed() && year != asked {
        set(year);
    }
    let mut ended = response.drag_stopped() || response.lost_focus();
    let years = (first, last);
    for (text, tip, proposed) in [
        ("Half the years", "Two periods of the same length", middle_of_years as fn(_) -> _),
        ("Half the events", "Two periods with about as many events", |_| 0),
    ] {
        if ui.small_button(text).on_hover_text(tip).clicked() {
            let proposed = match proposed(years) {
                0 => middle_of_events(&state.dataset, years),
                year => year,
            };
            set(proposed);
            ended = true;
        }
    }
    if ended {
        commands.push(Command::EndGesture);
    }
}

fn period_ui(ui: &mut Ui, period: &ComparedPeriod) {
    let text = period_text(period);
    ui.horizontal(|ui| {
        ui.label(theme::semibold(&period.label, 13.0));
        ui.add(Label::new(RichText::new(&text).small()).truncate()).on_hover_text(format!("{}: {text}", period.label));
    });
}

/// "85 events, 8.9 a year (1999–2019, 21 years) · 65.0 t, 12 events without a quantity".
fn period_text(period: &ComparedPeriod) -> String {
    format!("{} · {}", rate_text(period), mass_text(&period.totals))
}

fn rate_text(period: &ComparedPeriod) -> String {
    let years = period.years();
    let whole = years.round().max(1.0);
    let length =
        if (years - whole).abs() < 0.05 { format::counted(whole as usize, "year", "years") } else { format!("{years:.1}\u{a0}years") };
    let events = period.totals.events;
    let rate = events as f64 / if (years - whole).abs() < 0.05 { whole } else { years };
    format!("{}, {rate:.1} a year ({}, {length})", format::counted(events, "event", "events"), period.span_label())
}

/// The stated mass, and how many events state none.
fn mass_text(totals: &Totals) -> String {
    match (totals.events, totals.events_without_mass) {
        (0, _) => "no quantity".to_owned(),
        (events, without) if events == without => "quantity not stated".to_owned(),
        (_, 0) => format::mass_total(totals.mass_kg),
        (_, without) => {
            format!("{}, {} without a quantity", format::mass_total(totals.mass_kg), format::counted(without, "event", "events"))
        }
    }
}

fn difference_ui(ui: &mut Ui, compared: &Compared) {
    let [before, after] = &compared.periods;
    let events = before.totals.events + after.totals.events;
    let text = format!("{} {}  →  {} {}", before.label, rate_text(before), after.label, rate_text(after));
    let notes = format!(
        "{}\nEvents belong to a corridor by both of its ends and to a place by its id; none is guessed.",
        difference_note(compared, events).replace("; ", "\n")
    );
    ui.horizontal(|ui| {
        ui.add(Label::new(theme::semibold(&text, 12.0)).truncate()).on_hover_text(&notes);
        let on = format!("{} of {events} on corridors, {} at places", compared.on_routes, compared.at_ports);
        ui.add(Label::new(RichText::new(on).small().color(colors_of(ui).text_weak)).truncate()).on_hover_text(notes);
    });
}

/// Events that are in no period, or may be in either.
fn left_out(compared: &Compared, form: CompareForm) -> String {
    let mut parts = Vec::new();
    if compared.undated.events > 0 {
        parts.push(format!("{} without a date: in neither period", format::counted(compared.undated.events, "event", "events")));
    }
    if compared.straddling.events > 0 {
        let where_to = if form == CompareForm::SideBySide { "shown in both, counted in neither" } else { "left out" };
        parts.push(format!("{} in either period possible: {where_to}", format::counted(compared.straddling.events, "event", "events")));
    }
    parts.join(" · ")
}

/// Two lines for the hover card of a corridor or place: what each period holds.
pub(super) fn change_lines(compared: &Compared, feature: crate::model::FeatureRef) -> Vec<String> {
    let Some(change) = compared.change_of(feature) else { return Vec::new() };
    let line = |period: &ComparedPeriod, totals: &Totals| {
        let rate = match period.per_year(totals.events) {
            small if small > 0.0 && small < 0.095 => format!("{small:.2}"),
            rate => format!("{rate:.1}"),
        };
        format!("{}: {}, {rate} a year · {}", period.label, format::counted(totals.events, "event", "events"), mass_text(totals))
    };
    let [before, after] = &compared.periods;
    vec![format!("{} {}", change.kind().sign(), change.kind().label()), line(before, &change.before), line(after, &change.after)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_quantity_is_never_zero() {
        let totals = |events, events_without_mass, mass_kg| Totals { events, events_without_mass, mass_kg };
        assert_eq!(mass_text(&totals(0, 0, 0.0)), "no quantity");
        assert_eq!(mass_text(&totals(2, 2, 0.0)), "quantity not stated");
        assert_eq!(mass_text(&totals(3, 0, 1_500.0)), "1\u{2009}500\u{a0}kg");
        assert!(mass_text(&totals(3, 1, 1_500.0)).ends_with("1\u{a0}event without a quantity"));
    }
}
