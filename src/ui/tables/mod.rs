//! The tables below the map: one look and one behavior, a model for each kind of record.

pub mod corridors;
pub mod findings;
pub mod ports;
pub mod seizures;
pub mod sources;

mod body;
mod model;
mod names;
mod tools;

pub use body::{follow_keyboard, has_keyboard, table_ui};
pub use model::{Column, FilterOffer, SortKey, TableModel, ordered_rows, rows_as_tsv};
pub use tools::table_tools_ui;

use std::sync::Arc;

use egui::{Context, Id};

use super::widgets::{filter_key, later, memo};
use crate::state::{AppState, Tab};

/// The rows of a table in the order of display.
#[derive(Debug)]
struct Order {
    rows: Vec<u32>,
    /// All rows are below this.
    end: usize,
}

impl Order {
    fn new(rows: Vec<u32>) -> Self {
        let end = rows.iter().max().map_or(0, |row| *row as usize + 1);
        Self { rows, end }
    }
}

/// Whether a table shows all rows in the order of the files.
fn is_plain(state: &AppState, tab: Tab) -> bool {
    let table = &state.panels.tables[tab.index()];
    table.sort.is_none() && table.search.trim().is_empty() && !table.only_matching
}

/// The order of a table; sorted and searched anew only when something of it changed. `None` while that is being done for the first time.
fn order(ctx: &Context, state: &AppState, tab: Tab, row_count: usize) -> Option<Arc<Order>> {
    if is_plain(state, tab) {
        let rows = || Order::new((0..u32::try_from(row_count).unwrap_or(u32::MAX)).collect());
        return Some(memo(ctx, ("table order of files", tab.index()), row_count, rows));
    }
    let table = &state.panels.tables[tab.index()];
    let sort = table.sort.map(|sort| (sort.column, sort.ascending));
    let filter = table.only_matching.then(|| filter_key(&state.matched_filter));
    let key = (row_count, table.search.clone(), sort, filter);
    let made = later(ctx, state, ("table order", tab.index()), key, move |state| {
        let table = &state.panels.tables[tab.index()];
        let rows = model_of(state, tab).map(|model| ordered_rows(model.as_ref(), &table.search, sort, table.only_matching));
        Order::new(rows.unwrap_or_default())
    });
    // Findings may have become fewer since.
    made.filter(|order| order.end <= row_count)
}

/// "14 of 149": rows that match the filter, of those listed when a search is on, of all otherwise. `None` while they are being counted.
fn matching_count(ctx: &Context, state: &AppState, tab: Tab, model: &dyn TableModel) -> Option<(usize, usize)> {
    let total = model.row_count();
    if is_plain(state, tab) {
        // Tables of records list every record of a kind; findings match always.
        return Some((model.feature(0).map_or(total, |first| state.matches.shown(first.kind)), total));
    }
    let order = order(ctx, state, tab, total)?;
    let table = &state.panels.tables[tab.index()];
    let key = (total, filter_key(&state.matched_filter), table.search.clone(), table.only_matching, order.rows.len());
    let matching = later(ctx, state, ("table matching", tab.index()), key, move |state| {
        let model = model_of(state, tab);
        model.map_or(0, |model| order.rows.iter().filter(|row| model.passes(**row as usize)).count())
    });
    matching.map(|matching| (*matching, total))
}

/// The model of a tab; `None` for tabs without a table.
fn model_of<'a>(state: &'a AppState, tab: Tab) -> Option<Box<dyn TableModel + 'a>> {
    Some(match tab {
        Tab::Corridors => Box::new(corridors::Corridors(state)),
        Tab::Ports => Box::new(ports::Ports(state)),
        Tab::Seizures => Box::new(seizures::Seizures(state)),
        Tab::Sources => Box::new(sources::Sources(state)),
        Tab::Findings => Box::new(findings::Findings(state)),
        Tab::Timeline | Tab::Cells => return None,
    })
}

/// Where the tables remember small things between frames.
fn memory_id(what: &'static str, tab: Tab) -> Id {
    Id::unique(("table", what, tab.index()))
}
