//! Editing a corridor: each field that is left with another value is one undo step.

use std::sync::Arc;

use egui::{ComboBox, Id, Key, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::LABEL_WIDTH;
use crate::model::{
    Confidence, DateParseError, FeatureKind, FeatureRef, KnownRouteMode, PartialDate, PathKind, Route, RouteMode, fold_for_search,
};
use crate::state::{AppState, Command};
use crate::ui::icons;
use crate::ui::theme::{self, colors_of};
use crate::ui::widgets::{icon_button_ui, stay_open_menu_ui};

/// Words for a value that a record does not state.
const NOT_STATED: &str = "Not stated";

/// The fields of a corridor to fill in.
pub(super) fn route_form_ui(ui: &mut Ui, state: &AppState, feature: FeatureRef, commands: &mut Vec<Command>) {
    let Some(route) = state.dataset.routes.get(feature.at()) else { return };
    let form = Form { feature, route };
    theme::outline_inputs(ui);
    let mut changes = Vec::new();
    changes.extend(form.text_ui(ui, "Name", route.name.as_deref(), 1).map(|name| form.with("Rename corridor", |r| r.name = name)));
    changes.extend(form.mode_ui(ui));
    changes.extend(form.confidence_ui(ui));
    changes.extend(form.dates_ui(ui));
    changes.extend(form.path_ui(ui));
    for (kind, label, one, ids) in
        [(FeatureKind::Group, "Groups", "group", &route.groups), (FeatureKind::Source, "Sources", "source", &route.sources)]
    {
        changes.extend(form.ids_ui(ui, state, (kind, label, one), ids));
    }
    changes.extend(form.text_ui(ui, "Note", route.note.as_deref(), 4).map(|note| form.with("Edit note", |r| r.note = note)));
    commands.extend(changes);
}

struct Form<'a> {
    feature: FeatureRef,
    route: &'a Route,
}

impl Form<'_> {
    fn with(&self, label: &'static str, change: impl FnOnce(&mut Route)) -> Command {
        let mut route = self.route.clone();
        change(&mut route);
        Command::ReplaceRoute(self.feature, route, label)
    }

    /// What is typed stays apart from the record until the field is left: then the new text, or `None` for an empty one.
    #[expect(clippy::option_option, reason = "outside: whether it was changed; inside: whether it states anything")]
    fn text_ui(&self, ui: &mut Ui, label: &str, present: Option<&str>, rows: usize) -> Option<Option<Arc<str>>> {
        let typed = row_ui(ui, label, |ui, label_id| self.typing_ui(ui, label, label_id, present.unwrap_or_default(), rows))?;
        let typed = typed.trim();
        (typed != present.unwrap_or_default()).then(|| (!typed.is_empty()).then(|| Arc::from(typed)))
    }

    /// The text box itself; the text when the field was just left. Esc takes the typing back.
    fn typing_ui(&self, ui: &mut Ui, field: &str, label_id: Id, present: &str, rows: usize) -> Option<String> {
        let memory = self.memory(field);
        let kept = ui.data(|data| data.get_temp::<String>(memory));
        let was_typed = kept.is_some();
        let mut text = kept.unwrap_or_else(|| present.to_owned());
        let edit = if rows > 1 { TextEdit::multiline(&mut text).desired_rows(rows) } else { TextEdit::singleline(&mut text) };
        let response = ui.add(edit.id(memory.with("box")).desired_width(f32::INFINITY).hint_text(NOT_STATED)).labelled_by(label_id);
        if response.changed() {
            ui.data_mut(|data| data.insert_temp(memory, text.clone()));
        }
        // A field that was left without typing says nothing.
        if !response.lost_focus() || !(was_typed || response.changed()) {
            return None;
        }
        ui.data_mut(|data| data.remove::<String>(memory));
        (!ui.input(|input| input.key_pressed(Key::Escape))).then_some(text)
    }

    fn memory(&self, field: &str) -> Id {
        Id::unique(("edit corridor", &*self.route.id, field))
    }

    fn mode_ui(&self, ui: &mut Ui) -> Option<Command> {
        let present = self.route.mode.as_ref();
        let text = present.map_or_else(|| NOT_STATED.to_owned(), RouteMode::label);
        let choices = KnownRouteMode::ALL.iter().map(|mode| (Some(RouteMode(mode.key().into())), mode.label()));
        let chosen = choice_ui(ui, "Mode", &text, present, choices)?;
        Some(self.with("Change mode", |r| r.mode = chosen))
    }

    fn confidence_ui(&self, ui: &mut Ui) -> Option<Command> {
        let present = self.route.confidence;
        let choices = Confidence::ALL.iter().map(|value| (Some(*value), value.label()));
        let chosen = choice_ui(ui, "Confidence", present.map_or(NOT_STATED, Confidence::label), present.as_ref(), choices)?;
        Some(self.with("Change confidence", |r| r.confidence = chosen))
    }

    fn path_ui(&self, ui: &mut Ui) -> Option<Command> {
        let present = self.route.path;
        // A mixed corridor says it line by line; whoever chooses a word for the whole gives that up.
        let whole = PathKind::ALL.iter().filter(|value| **value != PathKind::Mixed);
        let choices = whole.map(|value| (Some(*value), value.label()));
        let chosen = choice_ui(ui, "Path", present.map_or(NOT_STATED, PathKind::label), present.as_ref(), choices)?;
        Some(self.with("Change kind of path", |r| {
            r.path = chosen;
            r.line_paths.clear();
        }))
    }

    fn dates_ui(&self, ui: &mut Ui) -> Option<Command> {
        let (first, last) = (self.route.first_reported, self.route.last_reported);
        let new_first = self.date_ui(ui, "First reported", first, |date| order_fault(Some(date), last));
        let new_last = self.date_ui(ui, "Last reported", last, |date| order_fault(first, Some(date)));
        let first = new_first.map(|date| self.with("Change first reported", |r| r.first_reported = date));
        first.or_else(|| new_last.map(|date| self.with("Change last reported", |r| r.last_reported = date)))
    }

    /// A date that may be a year or a month; what cannot be used stays in the box with the reason below it.
    #[expect(clippy::option_option, reason = "outside: whether it was changed; inside: whether a date is stated")]
    fn date_ui(
        &self,
        ui: &mut Ui,
        label: &str,
        present: Option<PartialDate>,
        fault: impl Fn(PartialDate) -> Option<&'static str>,
    ) -> Option<Option<PartialDate>> {
        let written = present.map(|date| date.to_string()).unwrap_or_default();
        let refused = self.memory(label).with("refused");
        let typed = row_ui(ui, label, |ui, label_id| self.typing_ui(ui, label, label_id, &written, 1));
        let Some(typed) = typed else {
            if let Some((text, reason)) = ui.data(|data| data.get_temp::<(String, &'static str)>(refused)) {
                ui.add(
                    egui::Label::new(RichText::new(format!("“{text}” was not taken: {reason}")).small().color(colors_of(ui).warning))
                        .wrap(),
                );
            }
            return None;
        };
        ui.data_mut(|data| data.remove::<(String, &'static str)>(refused));
        match read_date(&typed).and_then(|date| date.and_then(&fault).map_or(Ok(date), Err)) {
            Ok(date) => (date != present).then_some(date),
            Err(reason) => {
                ui.data_mut(|data| data.insert_temp(refused, (typed.trim().to_owned(), reason)));
                None
            }
        }
    }

    /// A list of ids with a way to take each out and to add others.
    fn ids_ui(&self, ui: &mut Ui, state: &AppState, (kind, label, one): (FeatureKind, &str, &str), ids: &[Arc<str>]) -> Option<Command> {
        let mut chosen: Option<Vec<Arc<str>>> = None;
        row_ui(ui, label, |ui, _| {
            ui.vertical(|ui| {
                for id in ids {
                    let name = state.dataset.find(kind, id).map_or_else(|| id.to_string(), |feature| state.dataset.title(feature));
                    ui.horizontal(|ui| {
                        if icon_button_ui(ui, icons::X, &format!("Remove {name}"), None).clicked() {
                            chosen = Some(ids.iter().filter(|other| *other != id).cloned().collect());
                        }
                        ui.add(egui::Label::new(&name).truncate()).on_hover_text(&name);
                    });
                }
                stay_open_menu_ui(ui, &format!("Add {one}…"), |ui| {
                    if let Some(id) = self.picker_ui(ui, state, kind, ids) {
                        chosen = Some(ids.iter().cloned().chain([id]).collect());
                        ui.close();
                    }
                });
            });
        });
        let chosen = chosen?;
        Some(match kind {
            FeatureKind::Group => self.with("Change groups", |r| r.groups = chosen),
            _ => self.with("Change sources", |r| r.sources = chosen),
        })
    }

    /// Records of a kind that are not chosen yet, with a search box.
    fn picker_ui(&self, ui: &mut Ui, state: &AppState, kind: FeatureKind, ids: &[Arc<str>]) -> Option<Arc<str>> {
        ui.set_width(260.0);
        let memory = self.memory(kind.key()).with("search");
        let mut words = ui.data(|data| data.get_temp::<String>(memory)).unwrap_or_default();
        if ui.add(TextEdit::singleline(&mut words).hint_text("Search").desired_width(f32::INFINITY)).changed() {
            ui.data_mut(|data| data.insert_temp(memory, words.clone()));
        }
        let folded = fold_for_search(words.trim());
        let mut picked = None;
        ScrollArea::vertical().max_height(220.0).auto_shrink([false, true]).show(ui, |ui| {
            let titled = state.dataset.refs(kind).filter_map(|feature| Some((state.dataset.id(feature)?, state.dataset.title(feature))));
            let offered = titled.filter(|(id, title)| !ids.contains(id) && fold_for_search(title).contains(&folded));
            let mut any = false;
            for (id, title) in offered.take(60) {
                any = true;
                let button = egui::Button::selectable(false, &title).truncate().min_size(vec2(ui.available_width(), 0.0));
                if ui.add(button).on_hover_text(&title).clicked() {
                    picked = Some(id.clone());
                }
            }
            if !any {
                ui.weak("Nothing of this name among the open records");
            }
        });
        picked
    }
}

fn row_ui<R>(ui: &mut Ui, label: &str, contents: impl FnOnce(&mut Ui, Id) -> R) -> R {
    ui.horizontal_top(|ui| {
        let label = ui
            .allocate_ui_with_layout(
                vec2(LABEL_WIDTH, ui.spacing().interact_size.y),
                egui::Layout::left_to_right(egui::Align::Center),
                |ui| {
                    ui.set_min_width(LABEL_WIDTH);
                    ui.label(RichText::new(label).small().weak())
                },
            )
            .inner;
        contents(ui, label.id)
    })
    .inner
}

/// A list to choose from, "Not stated" first; what was chosen if it is another value.
#[expect(clippy::option_option, reason = "outside: whether it was changed; inside: whether a value is stated")]
fn choice_ui<T: PartialEq>(
    ui: &mut Ui,
    label: &str,
    shown: &str,
    present: Option<&T>,
    choices: impl Iterator<Item = (Option<T>, &'static str)>,
) -> Option<Option<T>> {
    let mut chosen = None;
    row_ui(ui, label, |ui, label_id| {
        let combo = ComboBox::from_id_salt(label).width(ui.available_width()).truncate().selected_text(shown);
        let response = combo.show_ui(ui, |ui| {
            for (value, text) in [(None, NOT_STATED)].into_iter().chain(choices) {
                let in_force = value.as_ref() == present;
                if ui.selectable_label(in_force, text).clicked() && !in_force {
                    chosen = Some(value);
                }
            }
        });
        response.response.labelled_by(label_id);
    });
    chosen
}

/// A typed date; nothing typed is no date.
fn read_date(typed: &str) -> Result<Option<PartialDate>, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    typed.parse().map(Some).map_err(|error| match error {
        DateParseError::Form | DateParseError::Reversed => "write a year, a month or a day: 2023, 2023-05 or 2023-05-17",
        DateParseError::Calendar => "there is no such month or day in the calendar",
    })
}

fn order_fault(first: Option<PartialDate>, last: Option<PartialDate>) -> Option<&'static str> {
    let (first, last) = (first?, last?);
    (last.last_day() < first.first_day()).then_some("the last report would lie before the first one")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_or_refused_with_a_reason() {
        assert_eq!(read_date(" 2023-05 "), Ok(PartialDate::new(2023, Some(5), None).ok()));
        assert_eq!(read_date(""), Ok(None));
        assert!(read_date("May 2023").is_err_and(|reason| reason.contains("2023-05-17")));
        assert!(read_date("2023-13").is_err_and(|reason| reason.contains("calendar")));
    }

    #[test]
    fn the_last_report_cannot_precede_the_first() {
        let year = |year| Some(PartialDate::from_year(year));
        assert!(order_fault(year(2020), year(2019)).is_some());
        assert_eq!(order_fault(year(2020), PartialDate::new(2020, Some(1), None).ok()), None);
        assert_eq!(order_fault(None, year(2019)), None);
    }
}
