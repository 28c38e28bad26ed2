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

use super::widgets::{filter_key, memo};
use crate::state::{AppState, Tab};

/// The rows of a table in the order of display.
#[derive(Debug)]
struct Order {
    rows: Vec<u32>,
}

/// The order of a table; sorted and searched anew only when something of it changed.
fn order(ctx: &Context, state: &AppState, tab: Tab, model: &dyn TableModel) -> Arc<Order> {
    let table = &state.panels.tables[tab.index()];
    let sort = table.sort.map(|sort| (sort.column, sort.ascending));
    let filter = table.only_matching.then(|| filter_key(&state.document.filter));
    let key = (state.dataset_generation, model.row_count(), &table.search, sort, filter);
    memo(ctx, ("table order", tab.index()), key, || Order { rows: ordered_rows(model, &table.search, sort, table.only_matching) })
}

/// "14 of 149": rows that match the filter, of those listed when a search is on, of all otherwise.
fn matching_count(ctx: &Context, state: &AppState, tab: Tab, model: &dyn TableModel) -> (usize, usize) {
    let order = order(ctx, state, tab, model);
    let table = &state.panels.tables[tab.index()];
    let key = (state.dataset_generation, model.row_count(), filter_key(&state.document.filter), &table.search, table.only_matching);
    let matching = memo(ctx, ("table matching", tab.index()), key, || order.rows.iter().filter(|row| model.passes(**row as usize)).count());
    (*matching, model.row_count())
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
