//! Search, "only matching" and count of a table, in the line of the tabs.

use egui::{RichText, TextEdit, Ui};

use super::{matching_count, model_of, rows_as_tsv};
use crate::state::{AppState, Command, Tab};
use crate::ui::icons;
use crate::ui::theme::{self, colors_of};
use crate::ui::widgets::{format, icon_button_ui};

/// Shows the tools of a table from right to left.
pub fn table_tools_ui(ui: &mut Ui, state: &AppState, tab: Tab, commands: &mut Vec<Command>) {
    let Some(model) = model_of(state, tab) else { return };
    let table = &state.panels.tables[tab.index()];
    if icon_button_ui(
        ui,
        icons::COPY,
        "Copy the listed rows with a header, for a spreadsheet",
        (model.row_count() == 0).then_some("No rows"),
    )
    .clicked()
    {
        let order = super::order(ui.ctx(), state, tab, model.row_count());
        let text = order.map(|order| rows_as_tsv(model.as_ref(), order.rows.iter().map(|row| *row as usize)));
        commands.extend(text.map(Command::CopyText));
    }
    theme::outline_inputs(ui);
    ui.spacing_mut().item_spacing.x = 8.0;
    let mut search = table.search.clone();
    if !search.is_empty() && icon_button_ui(ui, icons::X, "Clear the search", None).clicked() {
        search.clear();
    }
    let hint = format!("Search in {}", tab.label().to_lowercase());
    let width = (ui.available_width() - 200.0).clamp(80.0, 190.0);
    ui.add(TextEdit::singleline(&mut search).id_salt(("table search", tab.index())).hint_text(hint).desired_width(width));
    if search != table.search {
        commands.push(Command::SetTableSearch(tab, search));
    }
    if tab != Tab::Findings {
        let mut only = table.only_matching;
        if ui
            .checkbox(&mut only, "Only matching")
            .on_hover_text("Hide rows that do not match the filters instead of showing them pale")
            .changed()
        {
            commands.push(Command::SetOnlyMatching(tab, only));
        }
    }
    if tab == Tab::Findings {
        super::findings::repair_tools_ui(ui, state, commands);
    }
    let Some((matching, total)) = matching_count(ui.ctx(), state, tab, model.as_ref()) else {
        ui.weak("Counting…");
        return;
    };
    let text = format!("{} of {}", format::count(matching), format::count(total));
    let tip = if table.search.trim().is_empty() { "Rows that match the filters" } else { "Rows that match the filters and the search" };
    ui.label(RichText::new(text).color(colors_of(ui).text_weak)).on_hover_text(tip);
}
