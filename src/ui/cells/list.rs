//! The list of cells.

use egui::{Align, Key, Label, Layout, RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use super::rows::{COLUMNS, CellRow, cell_rows};
use crate::model::{FeatureKind, FeatureRef};
use crate::state::{AppState, Command, SelectMode, SortOrder, Tab};
use crate::ui::icons;
use crate::ui::tables;
use crate::ui::theme::{self, ROW_HEIGHT, colors_of};
use crate::ui::widgets::format::mass;
use crate::ui::widgets::{empty_state_ui, filter_key, memo};

/// The table: a click selects, Ctrl+click toggles, hover highlights everywhere.
pub(super) fn list_ui(ui: &mut Ui, state: &AppState, commands: &mut Vec<Command>) {
    let table = &state.panels.tables[Tab::Cells.index()];
    let filter = table.only_matching.then(|| filter_key(&state.document.filter));
    let key = (state.dataset_generation, &table.search, table.sort, filter);
    let rows = memo(ui, "cell rows", key, || cell_rows(&state.dataset, &state.links, &state.matches, table));
    if rows.is_empty() {
        empty_state_ui(ui, icons::SEARCH, "No cell fits", "Clear the search box or “Only matching”");
        return;
    }
    let area = ui.available_rect_before_wrap();
    if tables::follow_keyboard(ui, area) && !ui.ctx().text_edit_focused() {
        keys(ui, state, &rows, commands);
    }
    let revealed = row_to_reveal(ui, state, &rows);
    let mut builder = TableBuilder::new(ui);
    if let Some(row) = revealed {
        builder = builder.scroll_to_row(row, None);
    }
    builder
        .id_salt("cells")
        .striped(false)
        // The panel keeps the height that the person gave it.
        .min_scrolled_height(0.0)
        .auto_shrink(false)
        .sense(Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::remainder().at_least(150.0).clip(true))
        .column(Column::initial(128.0).clip(true))
        .column(Column::initial(110.0).clip(true))
        .column(Column::initial(84.0))
        .column(Column::initial(44.0))
        .column(Column::initial(54.0))
        .column(Column::initial(84.0))
        .header(ROW_HEIGHT, |mut header| {
            for (column, label) in COLUMNS.into_iter().enumerate() {
                header.col(|ui| header_cell_ui(ui, column, label, table.sort, commands));
            }
        })
        .body(|body| {
            body.rows(ROW_HEIGHT, rows.len(), |mut row| {
                let index = row.index();
                row_ui(&mut row, state, &rows[index], commands);
            });
        });
}

/// ↑ and ↓ select the cell above or below.
fn keys(ui: &Ui, state: &AppState, rows: &[CellRow], commands: &mut Vec<Command>) {
    let plain = egui::Modifiers::NONE;
    let (down, up) = ui.input_mut(|input| (input.consume_key(plain, Key::ArrowDown), input.consume_key(plain, Key::ArrowUp)));
    if down == up {
        return;
    }
    let next = match rows.iter().position(|row| state.selection.contains(&row.group)) {
        None => 0,
        Some(at) if down => (at + 1).min(rows.len() - 1),
        Some(at) => at.saturating_sub(1),
    };
    commands.extend(rows.get(next).map(|row| Command::Select(vec![row.group], SelectMode::Replace)));
}

/// The row to bring into sight because another cell was selected, here or elsewhere.
fn row_to_reveal(ui: &Ui, state: &AppState, rows: &[CellRow]) -> Option<usize> {
    let selected = state.selection.iter().copied().find(|feature| feature.kind == FeatureKind::Group);
    let id = egui::Id::unique("revealed cell");
    let before = ui.data(|data| data.get_temp::<Option<FeatureRef>>(id)).flatten();
    if before == selected {
        return None;
    }
    ui.data_mut(|data| data.insert_temp(id, selected));
    rows.iter().position(|row| Some(row.group) == selected)
}

fn header_cell_ui(ui: &mut Ui, column: usize, label: &str, sort: Option<SortOrder>, commands: &mut Vec<Command>) {
    let here = sort.filter(|sort| sort.column == column);
    let colors = colors_of(ui);
    let text = RichText::new(label).small().color(if here.is_some() { colors.text } else { colors.text_weak });
    let response = ui.add(Label::new(text).sense(Sense::click()).selectable(false)).on_hover_text(format!("Sort by {label}"));
    if let Some(sort) = here {
        let arrow = if sort.ascending { icons::CHEVRON_UP } else { icons::CHEVRON_DOWN };
        ui.label(theme::icon(arrow, 12.0).color(colors.accent));
    }
    if response.clicked() {
        // Up, down, then the order of the files.
        let next = match here {
            None => Some(SortOrder { column, ascending: column < 4 }),
            Some(sort) if sort.ascending == (column < 4) => Some(SortOrder { column, ascending: !sort.ascending }),
            Some(_) => None,
        };
        commands.push(Command::SetTableSort(Tab::Cells, next));
    }
}

fn row_ui(row: &mut TableRow<'_, '_>, state: &AppState, cell: &CellRow, commands: &mut Vec<Command>) {
    let dimmed = !state.is_emphasized(cell.group);
    row.set_selected(state.selection.contains(&cell.group));
    row.set_hovered(state.hovered == Some(cell.group));
    row.col(|ui| {
        let label = text_cell_ui(ui, &cell.name, dimmed);
        label.on_hover_text(&cell.name);
        if cell.contested {
            ui.label(RichText::new("Contested label").small().color(colors_of(ui).warning));
        }
    });
    row.col(|ui| optional_cell_ui(ui, cell.kind, dimmed));
    row.col(|ui| optional_cell_ui(ui, cell.home.as_deref(), dimmed));
    row.col(|ui| optional_cell_ui(ui, cell.since.map(|date| date.to_string()).as_deref(), dimmed));
    for count in [cell.ties, cell.events] {
        row.col(|ui| {
            text_cell_ui(ui, &count.to_string(), dimmed || count == 0);
        });
    }
    row.col(|ui| explicit_cell_ui(ui, cell, dimmed));
    let response = row.response();
    if response.clicked() {
        let toggles = response.ctx.input(|input| input.modifiers.command);
        commands.push(Command::Select(vec![cell.group], if toggles { SelectMode::Toggle } else { SelectMode::Replace }));
    }
    if response.double_clicked() {
        commands.push(Command::FitFeatures(vec![cell.group]));
    }
    if response.hovered() {
        commands.push(Command::Hover(Some(cell.group)));
    }
}

fn text_cell_ui(ui: &mut Ui, text: &str, dimmed: bool) -> egui::Response {
    let colors = colors_of(ui);
    let text = RichText::new(text).color(if dimmed { colors.text_pale } else { colors.text });
    ui.add(Label::new(text).truncate().selectable(false))
}

fn optional_cell_ui(ui: &mut Ui, text: Option<&str>, dimmed: bool) {
    match text {
        Some(text) => text_cell_ui(ui, text, dimmed).on_hover_text(text),
        None => text_cell_ui(ui, "not stated", true),
    };
}

fn explicit_cell_ui(ui: &mut Ui, cell: &CellRow, dimmed: bool) {
    let explicit = cell.explicit;
    let events = explicit.stated + explicit.not_stated;
    let (text, pale) = match (events, explicit.stated) {
        (0, _) => ("no event".to_owned(), true),
        (_, 0) => ("not stated".to_owned(), true),
        _ => (mass(explicit.mass_kg), dimmed),
    };
    text_cell_ui(ui, &text, pale).on_hover_text(format!(
        "Sum of {} events in which a source names the group; {} more without a stated quantity",
        explicit.stated, explicit.not_stated
    ));
}
