//! The rows of a table: only those in sight are laid out.

use egui::{Align, Context, Event, Key, Label, Layout, RichText, Sense, Ui};
use egui_extras::{Column as Width, TableBuilder, TableRow};

use super::model::{Column, TableModel, rows_as_tsv};
use super::{memory_id, order};
use crate::model::{FeatureKind, FeatureRef};
use crate::state::{AppState, Command, SelectMode, SortOrder, Tab};
use crate::ui::icons;
use crate::ui::theme::{self, ROW_HEIGHT, colors_of};
use crate::ui::widgets::{counting_ui, empty_state_ui, format};

/// What a click on a row that stands for no record of its own does.
type OtherClick<'a> = &'a dyn Fn(usize) -> Option<Command>;

/// Whether a table was clicked last, so that keys belong to it rather than to the map.
pub fn has_keyboard(ctx: &Context) -> bool {
    ctx.data(|data| data.get_temp::<bool>(egui::Id::unique("table has keyboard")).unwrap_or(false))
}

/// Shows a table. `other_click` answers clicks on rows without a record.
pub fn table_ui(ui: &mut Ui, state: &AppState, tab: Tab, model: &dyn TableModel, other_click: OtherClick<'_>) -> Vec<Command> {
    let mut commands = Vec::new();
    let Some(order) = order(ui.ctx(), state, tab, model.row_count()) else {
        counting_ui(ui, "Ordering rows…");
        return commands;
    };
    if order.rows.is_empty() {
        let table = &state.panels.tables[tab.index()];
        let advice = if table.only_matching && table.search.trim().is_empty() {
            "No row matches the filters; clear a filter or switch “Only matching” off"
        } else {
            "No row contains these words; change or clear the search"
        };
        empty_state_ui(ui, icons::SEARCH, "No rows to show", advice);
        return commands;
    }
    let area = ui.available_rect_before_wrap();
    let keyboard = follow_keyboard(ui, area);
    let scroll_to = row_to_reveal(ui.ctx(), state, tab, model, &order.rows);
    let mut hovered = None;
    egui::ScrollArea::horizontal().id_salt(("table", tab.index())).auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing = egui::vec2(8.0, 0.0);
        let mut builder = TableBuilder::new(ui)
            .id_salt(("columns", tab.index()))
            .sense(Sense::click())
            .resizable(true)
            .auto_shrink(false)
            .min_scrolled_height(0.0)
            .cell_layout(Layout::left_to_right(Align::Center));
        if let Some((row, align)) = scroll_to {
            builder = builder.scroll_to_row(row, align).animate_scrolling(false);
        }
        for (index, column) in model.columns().iter().enumerate() {
            let last = index + 1 == model.columns().len();
            let width = if last { Width::remainder().at_least(column.width) } else { Width::initial(column.width).at_least(36.0) };
            builder = builder.column(width.clip(true));
        }
        let table = builder.header(ROW_HEIGHT, |mut row| header_ui(&mut row, state, tab, model.columns(), &mut commands));
        table.body(|body| {
            body.rows(ROW_HEIGHT, order.rows.len(), |mut row| {
                let number = order.rows[row.index()] as usize;
                if row_ui(&mut row, state, model, number, other_click, &mut commands) {
                    hovered = model.feature(number).or(hovered);
                }
            });
        });
    });
    follow_hover(ui.ctx(), state, tab, hovered, &mut commands);
    if keyboard && !ui.ctx().text_edit_focused() {
        keys(ui, state, model, &order.rows, &mut commands);
    }
    if commands.iter().any(|command| matches!(command, Command::Select(..))) {
        ui.data_mut(|data| data.insert_temp(memory_id("own selection", tab), true));
    }
    commands
}

fn header_ui(row: &mut TableRow<'_, '_>, state: &AppState, tab: Tab, columns: &[Column], commands: &mut Vec<Command>) {
    let sort = state.panels.tables[tab.index()].sort;
    for (index, column) in columns.iter().enumerate() {
        let (_, response) = row.col(|ui| {
            let colors = colors_of(ui);
            let order = sort.filter(|sort| sort.column == index);
            let layout = if column.numeric { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
            ui.with_layout(layout, |ui| {
                ui.spacing_mut().item_spacing.x = 3.0;
                let color = if order.is_some() { colors.text } else { colors.text_weak };
                ui.add(Label::new(RichText::new(column.title).small().color(color)).truncate().selectable(false));
                if let Some(order) = order {
                    let icon = if order.ascending { icons::CHEVRON_UP } else { icons::CHEVRON_DOWN };
                    ui.add(Label::new(theme::icon(icon, 12.0).color(colors.accent)).selectable(false));
                }
            });
            let line = ui.max_rect();
            ui.painter().hline(line.x_range(), line.bottom() - 0.5, egui::Stroke::new(1.0, colors.hairline));
        });
        let next = match sort.filter(|sort| sort.column == index) {
            None => Some(SortOrder { column: index, ascending: true }),
            Some(sort) if sort.ascending => Some(SortOrder { column: index, ascending: false }),
            Some(_) => None,
        };
        if response.on_hover_text(format!("{}\nClick to sort", column.tip)).clicked() {
            commands.push(Command::SetTableSort(tab, next));
        }
    }
}

/// Shows a row; answers whether the pointer is over it.
fn row_ui(
    row: &mut TableRow<'_, '_>,
    state: &AppState,
    model: &dyn TableModel,
    number: usize,
    other_click: OtherClick<'_>,
    commands: &mut Vec<Command>,
) -> bool {
    let feature = model.feature(number);
    row.set_selected(feature.is_some_and(|feature| state.selection.contains(&feature)));
    if feature.is_some() && state.hovered == feature {
        row.set_hovered(true);
    }
    let pale = !model.passes(number);
    for (index, column) in model.columns().iter().enumerate() {
        row.col(|ui| cell_ui(ui, model, number, index, column, pale));
    }
    let response = row.response();
    if response.double_clicked()
        && let Some(feature) = feature
    {
        commands.push(Command::FitFeatures(vec![feature]));
    } else if response.clicked() {
        match feature {
            Some(feature) => {
                let modifiers = response.ctx.input(|input| input.modifiers);
                let mode = match (modifiers.command, modifiers.shift) {
                    (true, _) => SelectMode::Toggle,
                    (_, true) => SelectMode::Extend,
                    _ => SelectMode::Replace,
                };
                commands.push(Command::Select(vec![feature], mode));
            }
            None => commands.extend(other_click(number)),
        }
    }
    let over = response.contains_pointer();
    response.context_menu(|ui| row_menu_ui(ui, state, model, number, commands));
    over
}

fn cell_ui(ui: &mut Ui, model: &dyn TableModel, row: usize, index: usize, column: &Column, pale: bool) {
    let colors = colors_of(ui);
    let color = if pale { colors.text_pale } else { colors.text };
    if index == 0
        && let Some((icon, color)) = model.icon(row)
    {
        ui.add(Label::new(theme::icon(icon, 13.0).color(color)).selectable(false));
    }
    let Some(text) = model.cell(row, index) else {
        let layout = if column.numeric { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
        ui.with_layout(layout, |ui| {
            let missing = RichText::new(format::MISSING).color(colors.text_pale);
            ui.add(Label::new(missing).selectable(false)).on_hover_text("Not stated");
        });
        return;
    };
    if column.numeric {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(Label::new(RichText::new(text).monospace().color(color)).truncate().selectable(false));
        });
    } else {
        ui.add(Label::new(RichText::new(text).color(color)).truncate().selectable(false));
    }
}

fn row_menu_ui(ui: &mut Ui, state: &AppState, model: &dyn TableModel, number: usize, commands: &mut Vec<Command>) {
    ui.set_min_width(180.0);
    if let Some(feature) = model.feature(number)
        && ui.button("Fit on the map").clicked()
    {
        commands.push(Command::FitFeatures(vec![feature]));
        ui.close();
    }
    if ui.button("Copy row").clicked() {
        commands.push(Command::CopyText(rows_as_tsv(model, std::iter::once(number))));
        ui.close();
    }
    for (words, command) in model.actions(number) {
        if ui.button(words).clicked() {
            commands.push(command);
            ui.close();
        }
    }
    for offer in model.filter_offers(number) {
        let value = crate::analysis::key_label(&state.dataset, offer.dimension, &offer.key);
        let text = format!("Filter by {}: {value}", offer.dimension.label().to_lowercase());
        if ui.add(egui::Button::new(text).truncate()).clicked() {
            let mut filter = state.document.filter.clone();
            filter.choose(offer.dimension, &offer.key);
            commands.push(Command::SetFilter(filter, "Filter by a value"));
            ui.close();
        }
    }
}

/// The first selected record that this table may list.
fn first_selected(state: &AppState, model: &dyn TableModel) -> Option<FeatureRef> {
    let kind: FeatureKind = model.feature(0)?.kind;
    state.selection.range(FeatureRef::new(kind, 0)..=FeatureRef::new(kind, u32::MAX)).next().copied()
}

/// The row to bring into sight because the selection changed: to the middle when it was selected elsewhere, just so when it was selected here.
fn row_to_reveal(ctx: &Context, state: &AppState, tab: Tab, model: &dyn TableModel, rows: &[u32]) -> Option<(usize, Option<Align>)> {
    let selected = first_selected(state, model);
    let id = memory_id("revealed", tab);
    let before = ctx.data(|data| data.get_temp::<Option<FeatureRef>>(id)).flatten();
    if before == selected {
        return None;
    }
    let own_id = memory_id("own selection", tab);
    let own = ctx.data_mut(|data| {
        data.insert_temp(id, selected);
        data.remove_temp::<bool>(own_id).unwrap_or(false)
    });
    let selected = selected?;
    let is_selected = |row: &u32| model.feature(*row as usize) == Some(selected);
    // In the order of the files a record stands at its own number.
    let own_place = rows.get(selected.at()).filter(|row| is_selected(row)).map(|_| selected.at());
    let row = own_place.or_else(|| rows.iter().position(is_selected))?;
    Some((row, (!own).then_some(Align::Center)))
}

/// Tells what is under the pointer, and takes it back when the pointer leaves the rows.
fn follow_hover(ctx: &Context, state: &AppState, tab: Tab, hovered: Option<FeatureRef>, commands: &mut Vec<Command>) {
    let id = memory_id("hovered", tab);
    let before = ctx.data(|data| data.get_temp::<Option<FeatureRef>>(id)).flatten();
    if before == hovered {
        return;
    }
    ctx.data_mut(|data| data.insert_temp(id, hovered));
    if hovered.is_some() || state.hovered == before {
        commands.push(Command::Hover(hovered));
    }
}

/// A click into the table gives it the keys, a click elsewhere takes them away.
pub fn follow_keyboard(ui: &Ui, area: egui::Rect) -> bool {
    let id = egui::Id::unique("table has keyboard");
    let pressed_at = ui.input(|input| input.pointer.any_pressed().then(|| input.pointer.interact_pos()).flatten());
    if let Some(position) = pressed_at {
        ui.ctx().data_mut(|data| data.insert_temp(id, area.contains(position)));
    }
    has_keyboard(ui.ctx())
}

fn keys(ui: &Ui, state: &AppState, model: &dyn TableModel, rows: &[u32], commands: &mut Vec<Command>) {
    let (copy, down, up) = ui.input_mut(|input| {
        let copy = input.events.iter().any(|event| matches!(event, Event::Copy));
        let plain = egui::Modifiers::NONE;
        (copy, input.consume_key(plain, Key::ArrowDown), input.consume_key(plain, Key::ArrowUp))
    });
    if copy {
        let is_selected = |row: &usize| model.feature(*row).is_some_and(|feature| state.selection.contains(&feature));
        let selected: Vec<usize> = rows.iter().map(|row| *row as usize).filter(is_selected).collect();
        let text = if selected.is_empty() {
            rows_as_tsv(model, rows.iter().map(|row| *row as usize))
        } else {
            rows_as_tsv(model, selected.into_iter())
        };
        commands.push(Command::CopyText(text));
    }
    if down != up {
        let selected = first_selected(state, model);
        let at = rows.iter().position(|row| selected.is_some() && model.feature(*row as usize) == selected);
        let next = match at {
            None => 0,
            Some(at) if down => (at + 1).min(rows.len() - 1),
            Some(at) => at.saturating_sub(1),
        };
        if let Some(feature) = model.feature(rows[next] as usize) {
            commands.push(Command::Select(vec![feature], SelectMode::Replace));
        }
    }
}
