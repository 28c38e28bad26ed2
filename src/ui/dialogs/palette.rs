//! The command palette: actions, records and tabs by a few letters.

use egui::{Key, Modifiers, RichText, ScrollArea, TextEdit, Ui};

use crate::analysis::search;
use crate::model::{Dataset, FeatureRef, fold_for_search};
use crate::state::{Action, AppState, Bookmark, BookmarkCommand, Command, Dialog, SelectMode};
use crate::ui::icons;
use crate::ui::inspector::{kind_icon, kind_word};
use crate::ui::theme::{self, colors_of};
use crate::ui::widgets::later;

/// Width of the palette in points.
const WIDTH: f32 = 560.0;
const ROW_HEIGHT: f32 = 26.0;
const VISIBLE_ROWS: f32 = 11.0;
const MAX_RECORDS: usize = 40;

/// What a row of the palette does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Target {
    Do(Action),
    Show(FeatureRef),
    /// The bookmark at this place of the list.
    Visit(usize),
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    target: Target,
    title: String,
    detail: String,
    score: u32,
}

/// Search box and results; up, down and Enter work while typing.
pub(super) fn palette_ui(ui: &mut Ui, state: &AppState, query: &str, fresh: bool, commands: &mut Vec<Command>) {
    ui.set_width(WIDTH);
    let wanted = query.to_owned();
    let names: Vec<&str> = state.document.bookmarks.iter().map(|bookmark| bookmark.name.as_str()).collect();
    let found = later(ui, state, "palette", (query, names), move |state| {
        (with_bookmarks(entries_for(&state.dataset, &wanted), &state.document.bookmarks, &wanted), wanted)
    });
    let (entries, of) = found.as_deref().map_or((&[][..], ""), |(entries, of)| (entries.as_slice(), of.as_str()));
    let (moved, chosen) = keys(ui);
    let index_id = ui.make_persistent_id("palette index");
    let before = if fresh { 0 } else { ui.data(|data| data.get_temp::<usize>(index_id)).unwrap_or(0) };
    let mut index = before.saturating_add_signed(moved).min(entries.len().saturating_sub(1));

    let mut text = query.to_owned();
    let edit = TextEdit::singleline(&mut text).hint_text("Search a cell, port, corridor, seizure or command").desired_width(f32::INFINITY);
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Search or command"));
    if fresh || !response.has_focus() {
        response.request_focus();
    }
    if response.changed() {
        index = 0;
        commands.push(Command::ShowDialog(Dialog::Palette { query: text }));
    }
    ui.data_mut(|data| data.insert_temp(index_id, index));
    ui.add_space(8.0);
    if found.is_none() || (entries.is_empty() && of != query) {
        ui.weak("Searching…");
    } else if entries.is_empty() {
        ui.weak("Nothing fits. Try fewer letters; accents do not matter");
    }
    list_ui(ui, state, entries, index, moved != 0, commands);
    // What was found for fewer letters is not what the person means.
    if let Some(entry) = entries.get(index).filter(|_| chosen && of == query) {
        choose(state, entry, commands);
    }
    ui.add_space(4.0);
    ui.label(RichText::new("↑ ↓ to move, Enter to choose, Esc to close").small().weak());
}

/// How far the arrow keys moved and whether Enter was pressed; taken before the text box sees them.
fn keys(ui: &Ui) -> (isize, bool) {
    ui.input_mut(|input| {
        let mut count = |key| isize::try_from(input.count_and_consume_key(Modifiers::NONE, key)).unwrap_or(0);
        let moved = count(Key::ArrowDown) - count(Key::ArrowUp);
        (moved, input.consume_key(Modifiers::NONE, Key::Enter))
    })
}

fn list_ui(ui: &mut Ui, state: &AppState, entries: &[Entry], index: usize, follow: bool, commands: &mut Vec<Command>) {
    let mut area = ScrollArea::vertical().id_salt("palette rows").max_height(ROW_HEIGHT * VISIBLE_ROWS).auto_shrink([false, false]);
    if follow {
        let middle = (index as f32 - VISIBLE_ROWS / 2.0).max(0.0) * ROW_HEIGHT;
        area = area.vertical_scroll_offset(middle);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(ui, ROW_HEIGHT, entries.len(), |ui, rows| {
        for (offset, entry) in entries[rows.clone()].iter().enumerate() {
            row_ui(ui, state, entry, rows.start + offset == index, commands);
        }
    });
}

fn row_ui(ui: &mut Ui, state: &AppState, entry: &Entry, marked: bool, commands: &mut Vec<Command>) {
    let (icon, kind) = match entry.target {
        Target::Do(Action::Tab(_)) => (icons::TABLE, "Tab"),
        Target::Do(_) => (icons::COMMAND, "Command"),
        Target::Show(feature) => (kind_icon(feature.kind), kind_word(feature.kind)),
        Target::Visit(_) => (icons::BOOKMARK, "Bookmark"),
    };
    let obstacle = match entry.target {
        Target::Do(action) => action.obstacle(state),
        Target::Show(_) | Target::Visit(_) => None,
    };
    let colors = colors_of(ui);
    let ink = if obstacle.is_some() { colors.text_pale } else { colors.text };
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW_HEIGHT), egui::Sense::CLICK);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, obstacle.is_none(), marked, &entry.title));
    if marked || response.hovered() {
        ui.painter().rect_filled(rect, 4.0, if marked { colors.accent_soft } else { colors.hover });
    }
    let mut row = ui.new_child(
        egui::UiBuilder::new().max_rect(rect.shrink2(egui::vec2(8.0, 0.0))).layout(egui::Layout::left_to_right(egui::Align::Center)),
    );
    let plain = |text: RichText| egui::Label::new(text).selectable(false).truncate();
    row.add(plain(theme::icon(icon, 14.0).color(colors.text_weak)));
    row.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        ui.add(plain(RichText::new(&entry.detail).small().color(colors.text_weak)));
        ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| ui.add(plain(RichText::new(&entry.title).color(ink))));
    });
    if response.clicked() {
        choose(state, entry, commands);
    }
    response.on_hover_text(obstacle.map_or_else(|| format!("{kind}: {}", entry.title), |why| format!("{}\n{why}", entry.title)));
}

fn choose(state: &AppState, entry: &Entry, commands: &mut Vec<Command>) {
    match entry.target {
        Target::Do(action) if action.obstacle(state).is_some() => {}
        Target::Do(action) => commands.extend([Command::CloseDialog, action.command_in(state)]),
        Target::Visit(at) => commands.extend([Command::CloseDialog, Command::Bookmark(BookmarkCommand::GoTo(at))]),
        Target::Show(feature) => commands.extend([
            Command::CloseDialog,
            Command::Select(vec![feature], SelectMode::Replace),
            Command::FitFeatures(vec![feature]),
        ]),
    }
}

/// Actions and records that fit, the best first; all actions for a blank query.
fn entries_for(dataset: &Dataset, query: &str) -> Vec<Entry> {
    let folded = fold_for_search(query.trim());
    let action = |action: Action| {
        let title = action.label();
        let score = action_score(&fold_for_search(&title), &folded)?;
        let detail = action.shortcut().map_or_else(|| action.group().label().to_owned(), |shortcut| shortcut.label());
        Some(Entry { target: Target::Do(action), title, detail, score })
    };
    // The palette is open already.
    let mut entries: Vec<Entry> = Action::all().into_iter().filter(|a| *a != Action::Palette).filter_map(action).collect();
    entries.extend(search(dataset, query, MAX_RECORDS).into_iter().map(|hit| Entry {
        target: Target::Show(hit.feature),
        title: hit.title,
        detail: hit.detail,
        score: hit.score,
    }));
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.score));
    entries
}

/// The entries with the bookmarks whose names fit; none for a blank query, which lists the actions.
fn with_bookmarks(mut entries: Vec<Entry>, bookmarks: &[Bookmark], query: &str) -> Vec<Entry> {
    let folded = fold_for_search(query.trim());
    if folded.is_empty() {
        return entries;
    }
    entries.extend(bookmarks.iter().enumerate().filter_map(|(at, bookmark)| {
        // A name that the analyst gave comes before a command.
        let score = action_score(&fold_for_search(&bookmark.name), &folded)? + 1;
        Some(Entry { target: Target::Visit(at), title: bookmark.name.clone(), detail: "Bookmark".to_owned(), score })
    }));
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.score));
    entries
}

/// On the scale of record searches: tens for whole, beginning, beginning of a word, within; a little less than a name of a record.
fn action_score(label: &str, query: &str) -> Option<u32> {
    if query.is_empty() {
        return Some(0);
    }
    let words_begin = label.split_whitespace().any(|word| word.starts_with(query));
    match label.find(query) {
        Some(0) if label.len() == query.len() => Some(44),
        Some(0) => Some(32),
        Some(_) if words_begin => Some(22),
        Some(_) => Some(12),
        None => query.split_whitespace().all(|word| label.contains(word)).then_some(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_query_lists_the_actions_in_menu_order() {
        let entries = entries_for(&Dataset::default(), " ");
        assert_eq!(entries.first().map(|entry| entry.target), Some(Target::Do(Action::Open)));
        assert_eq!(entries.len(), Action::all().len() - 1);
    }

    #[test]
    fn beginnings_come_before_the_rest() {
        let titles: Vec<String> = entries_for(&Dataset::default(), "open").into_iter().map(|entry| entry.title).collect();
        assert_eq!(titles.first().map(String::as_str), Some("Open files…"));
        assert!(entries_for(&Dataset::default(), "zzz").is_empty());
        assert_eq!(action_score("dark theme", "theme dark"), Some(2));
    }
}
