//! What must match: words, a period, and values chosen from lists with their counts.

use std::ops::RangeInclusive;

use egui::{CollapsingHeader, RichText, TextEdit, Ui};

use crate::analysis::{Dimension, FacetCount, Filter, facets};
use crate::model::{FeatureKind, PartialDate, fold_for_search};
use crate::state::{AppState, Command};
use crate::ui::icons;
use crate::ui::theme;
use crate::ui::widgets::{filter_key, icon_button_ui, later};

/// A list shows this many values before "Show all".
const SHORT_LIST: usize = 6;
/// A longer list has a search box.
const SEARCH_ABOVE: usize = 8;
/// More values than this are not listed at once; the search box narrows them.
const MAX_LISTED: usize = 200;

/// Search box, period and lists.
pub(super) fn filters_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    text_ui(ui, state, commands);
    ui.add_space(8.0);
    period_ui(ui, state, commands);
    ui.add_space(4.0);
    for dimension in Dimension::CHOICES {
        facet_ui(ui, state, dimension, commands);
    }
    let obstacle = state.document.filter.is_empty();
    ui.add_space(4.0);
    let clear = egui::Button::new("Clear all filters");
    if ui.add_enabled(!obstacle, clear).on_disabled_hover_text("No filter is set").clicked() {
        commands.push(Command::ClearFilter);
    }
}

fn text_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let mut text = state.document.filter.text.clone();
    let label = ui.label(RichText::new("Words").small().weak());
    let edit = TextEdit::singleline(&mut text).hint_text("Name, vessel, place…").desired_width(f32::INFINITY);
    let response = ui.add(edit).labelled_by(label.id);
    if response.changed() {
        commands.push(Command::SetFilterText(text));
    }
    if response.lost_focus() {
        commands.push(Command::EndGesture);
    }
}

fn period_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let label = ui
        .horizontal(|ui| {
            let label = ui.label(RichText::new("Period").small().weak());
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if state.document.filter.days.is_some() && icon_button_ui(ui, icons::X, "Clear the period", None).clicked() {
                    commands.push(Command::SetPeriod(None));
                    commands.push(Command::EndGesture);
                }
            });
            label
        })
        .inner;
    let Some(years) = later(ui, state, "years of the data", (), years_of_data) else {
        ui.weak("Counting…");
        return;
    };
    let Some(years) = years.as_ref().clone() else {
        ui.weak("No dated records");
        return;
    };
    let days = state.document.filter.days;
    let (mut first, mut last) = years_of_period(days, &years);
    ui.spacing_mut().slider_width = (ui.available_width() - 8.0).max(80.0);
    let (low, high) = (*years.start(), *years.end());
    if low < high {
        let slider = ui.scope(|ui| {
            theme::show_rails(ui);
            ui.add(egui::RangeSlider::new(&mut first, &mut last, low..=high).show_value(false)).labelled_by(label.id)
        });
        let slider = slider.inner;
        if slider.changed() {
            commands.push(Command::SetPeriod(period_of_years(first, last, &years)));
        }
        if slider.drag_stopped() {
            commands.push(Command::EndGesture);
        }
    }
    ui.horizontal(|ui| {
        // Two boxes with their margins share the line.
        let width = ((ui.available_width() - 22.0) / 2.0).clamp(48.0, 84.0);
        ui.spacing_mut().item_spacing.x = 4.0;
        for (name, is_end) in [("From", false), ("To", true)] {
            date_box_ui(ui, state, name, is_end, width, commands);
        }
    });
}

/// A box for a date as YYYY, YYYY-MM or YYYY-MM-DD; takes effect with Enter or when it is left.
fn date_box_ui(ui: &mut Ui, state: &AppState, name: &str, is_end: bool, width: f32, commands: &mut Vec<Command>) {
    let days = state.document.filter.days;
    let id = ui.make_persistent_id(("date box", name));
    let present = days.map_or_else(String::new, |(first, last)| shown_date(if is_end { last } else { first }, is_end));
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| present.clone());
    let wrong = !text.trim().is_empty() && text.trim().parse::<PartialDate>().is_err();
    let mut edit = TextEdit::singleline(&mut text).id(id).hint_text(name).desired_width(width).char_limit(10);
    if wrong {
        edit = edit.text_color(ui.visuals().error_fg_color);
    }
    let response = ui.add(edit).on_hover_text(format!("{name}: YYYY, YYYY-MM or YYYY-MM-DD"));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, format!("{name} date")));
    if response.has_focus() {
        ui.data_mut(|data| data.insert_temp(id, text));
        return;
    }
    ui.data_mut(|data| data.remove_temp::<String>(id));
    if !response.lost_focus() || wrong || text == present {
        return;
    }
    let date = text.trim().parse::<PartialDate>().ok();
    commands.push(Command::SetPeriod(with_limit(days, date, is_end)));
    commands.push(Command::EndGesture);
}

/// A day as short as it is exact: the year alone when the limit lies on its edge.
fn shown_date(day: i32, is_end: bool) -> String {
    let date = PartialDate::from_days(day);
    let year = PartialDate::from_year(date.year());
    let edge = if is_end { year.last_day() } else { year.first_day() };
    if edge == day { year.to_string() } else { date.to_string() }
}

/// The period with another first or last date; an open side reaches as far as dates go.
fn with_limit(days: Option<(i32, i32)>, date: Option<PartialDate>, is_end: bool) -> Option<(i32, i32)> {
    let open = (PartialDate::from_year(1900).first_day(), PartialDate::from_year(2100).last_day());
    let (first, last) = days.unwrap_or(open);
    let changed = match (is_end, date) {
        (false, date) => (date.map_or(open.0, PartialDate::first_day), last),
        (true, date) => (first, date.map_or(open.1, PartialDate::last_day)),
    };
    let ordered = (changed.0.min(changed.1), changed.0.max(changed.1));
    (ordered != open).then_some(ordered)
}

/// First and last year of dated events and corridors.
fn years_of_data(state: &AppState) -> Option<RangeInclusive<i16>> {
    let events = state.dataset.seizures.iter().filter_map(|s| s.event_date).flat_map(|span| [span.begin.year(), span.end.year()]);
    let routes = state.dataset.routes.iter().flat_map(|r| [r.first_reported, r.last_reported]).flatten().map(PartialDate::year);
    let (low, high) = events.chain(routes).fold((i16::MAX, i16::MIN), |(low, high), year| (low.min(year), high.max(year)));
    (low <= high).then_some(low..=high)
}

fn years_of_period(days: Option<(i32, i32)>, years: &RangeInclusive<i16>) -> (i16, i16) {
    let year = |day| PartialDate::from_days(day).year().clamp(*years.start(), *years.end());
    days.map_or((*years.start(), *years.end()), |(first, last)| (year(first), year(last)))
}

/// `None` when the years are all the years there are.
fn period_of_years(first: i16, last: i16, years: &RangeInclusive<i16>) -> Option<(i32, i32)> {
    (&(first..=last) != years).then(|| (PartialDate::from_year(first).first_day(), PartialDate::from_year(last).last_day()))
}

fn facet_ui(ui: &mut Ui, state: &AppState, dimension: Dimension, commands: &mut Vec<Command>) {
    let filter = &state.document.filter;
    let chosen = filter.chosen(dimension).count();
    let title = if chosen > 0 { format!("{} ({chosen})", dimension.label()) } else { dimension.label().to_owned() };
    CollapsingHeader::new(title).id_salt(dimension.key()).default_open(dimension == Dimension::Group).show_unindented(ui, |ui| {
        let key = filter_key(&state.matched_filter);
        let counts =
            later(ui, state, ("facet", dimension.key()), key, move |state| facets(&state.dataset, &state.links, &state.matches, dimension));
        let Some(counts) = counts else {
            ui.weak("Counting…");
            return;
        };
        if counts.is_empty() {
            ui.weak("No values in the open files");
            return;
        }
        facet_values_ui(ui, state, dimension, &counts, commands);
    });
}

fn facet_values_ui(ui: &mut Ui, state: &AppState, dimension: Dimension, counts: &[FacetCount], commands: &mut Vec<Command>) {
    let search_id = ui.make_persistent_id("search");
    let all_id = ui.make_persistent_id("show all");
    let mut search = ui.data(|data| data.get_temp::<String>(search_id)).unwrap_or_default();
    if counts.len() > SEARCH_ABOVE {
        let hint = format!("Find in {} values", counts.len());
        if ui.add(TextEdit::singleline(&mut search).hint_text(hint).desired_width(f32::INFINITY)).changed() {
            ui.data_mut(|data| data.insert_temp(search_id, search.clone()));
        }
    }
    let show_all = ui.data(|data| data.get_temp::<bool>(all_id)).unwrap_or(false);
    let listed = listed_values(counts, &state.document.filter, dimension, &search, show_all);
    if listed.is_empty() {
        ui.weak("No value contains these letters");
    }
    for facet in &listed {
        facet_value_ui(ui, state, dimension, facet, commands);
    }
    if search.is_empty() && counts.len() > SHORT_LIST {
        let text = if show_all { "Show fewer".to_owned() } else { format!("Show all {}", counts.len()) };
        if ui.link(text).clicked() {
            ui.data_mut(|data| data.insert_temp(all_id, !show_all));
        }
    }
}

/// The values to show: those that hold the search text, or the first few and all chosen ones.
fn listed_values<'a>(counts: &'a [FacetCount], filter: &Filter, dimension: Dimension, search: &str, show_all: bool) -> Vec<&'a FacetCount> {
    let folded = fold_for_search(search.trim());
    counts
        .iter()
        .enumerate()
        .filter(|(place, facet)| {
            if folded.is_empty() {
                show_all || *place < SHORT_LIST || filter.is_chosen(dimension, &facet.key)
            } else {
                fold_for_search(&facet.label).contains(&folded)
            }
        })
        .map(|(_, facet)| facet)
        .take(MAX_LISTED)
        .collect()
}

fn facet_value_ui(ui: &mut Ui, state: &AppState, dimension: Dimension, facet: &FacetCount, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        let mut on = state.document.filter.is_chosen(dimension, &facet.key);
        let label = if facet.matching == 0 && !on { RichText::new(&facet.label).weak() } else { RichText::new(&facet.label) };
        let room = (ui.available_width() - 34.0).max(40.0);
        let response = ui
            .allocate_ui_with_layout(
                egui::vec2(room, ui.spacing().interact_size.y),
                egui::Layout::left_to_right(egui::Align::Center),
                |ui| {
                    ui.set_max_width(room);
                    ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                    ui.checkbox(&mut on, label)
                },
            )
            .inner
            .on_hover_text(&facet.label);
        if response.changed() {
            let mut filter = state.document.filter.clone();
            filter.toggle(dimension, &facet.key);
            commands.push(Command::SetFilter(filter, "Change filter"));
        }
        highlight_on_hover(state, dimension, facet, &response, commands);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(RichText::new(facet.matching.to_string()).small().weak())
                .on_hover_text(format!("{} of {} records match the other filters", facet.matching, facet.total));
        });
    });
}

/// A group or port in a list lights up everywhere, as in any other list.
fn highlight_on_hover(state: &AppState, dimension: Dimension, facet: &FacetCount, response: &egui::Response, commands: &mut Vec<Command>) {
    let kind = match dimension {
        Dimension::Group => FeatureKind::Group,
        Dimension::Port => FeatureKind::Port,
        _ => return,
    };
    if response.hovered()
        && let Some(feature) = state.dataset.find(kind, &facet.key)
    {
        commands.push(Command::Hover(Some(feature)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(year: i16) -> PartialDate {
        PartialDate::from_year(year)
    }

    #[test]
    fn the_whole_range_is_no_restriction() {
        assert_eq!(period_of_years(2005, 2024, &(2005..=2024)), None);
        assert_eq!(period_of_years(2019, 2021, &(2005..=2024)), Some((year(2019).first_day(), year(2021).last_day())));
    }

    #[test]
    fn one_limit_leaves_the_other_side_open_and_no_limit_clears() {
        let from_2019 = with_limit(None, Some(year(2019)), false).expect("a limit");
        assert_eq!(from_2019.0, year(2019).first_day());
        let both = with_limit(Some(from_2019), Some(year(2021)), true);
        assert_eq!(both, Some((year(2019).first_day(), year(2021).last_day())));
        assert_eq!(with_limit(Some(from_2019), None, false), None);
    }

    #[test]
    fn limits_that_cross_change_places() {
        let (first, last) = with_limit(Some((year(2020).first_day(), year(2021).last_day())), Some(year(2023)), false).expect("a period");
        assert!(first <= last);
    }

    #[test]
    fn a_limit_is_written_as_short_as_it_is_exact() {
        assert_eq!(shown_date(year(2020).first_day(), false), "2020");
        assert_eq!(shown_date(year(2020).last_day(), true), "2020");
        assert_eq!(shown_date(year(2020).first_day(), true), "2020-01-01");
    }
}
