//! What a table shows: columns and rows that are computed only for the rows in sight, when sorting and when searching.

use std::sync::Arc;

use crate::analysis::Dimension;
use crate::model::{FeatureRef, fold_for_search};
use crate::state::Command;

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Heading.
    pub title: &'static str,
    /// Width at the start in points.
    pub width: f32,
    /// Numbers stand at the right.
    pub numeric: bool,
    /// What the column says, for the tooltip of the heading.
    pub tip: &'static str,
}

impl Column {
    /// A column of text.
    pub const fn text(title: &'static str, width: f32, tip: &'static str) -> Self {
        Self { title, width, numeric: false, tip }
    }

    /// A column of numbers.
    pub const fn number(title: &'static str, width: f32, tip: &'static str) -> Self {
        Self { title, width, numeric: true, tip }
    }
}

/// What a column is sorted by. Missing values come last in both directions.
#[derive(Clone, Debug, PartialEq)]
pub enum SortKey {
    /// By size.
    Number(f64),
    /// By letters.
    Text(String),
    /// Not stated.
    Missing,
}

impl SortKey {
    /// The key of a text, without regard to case and diacritics.
    pub fn of_text(text: Option<&str>) -> Self {
        text.map_or(Self::Missing, |text| Self::Text(fold_for_search(text)))
    }

    /// The key of a number.
    pub fn of_number(number: Option<f64>) -> Self {
        number.map_or(Self::Missing, Self::Number)
    }

    /// Compares upwards or downwards; missing values are last either way.
    pub fn compare(&self, other: &Self, ascending: bool) -> std::cmp::Ordering {
        use std::cmp::Ordering;
        let order = match (self, other) {
            (Self::Missing, Self::Missing) => return Ordering::Equal,
            (Self::Missing, _) => return Ordering::Greater,
            (_, Self::Missing) => return Ordering::Less,
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Number(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Number(_)) => Ordering::Greater,
        };
        if ascending { order } else { order.reverse() }
    }
}

/// A value that the filter can be restricted to from a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterOffer {
    /// What is restricted.
    pub dimension: Dimension,
    /// The key to choose.
    pub key: Arc<str>,
}

/// The rows of one table.
pub trait TableModel {
    /// From left to right.
    fn columns(&self) -> &'static [Column];

    /// How many rows there are.
    fn row_count(&self) -> usize;

    /// The record of a row; `None` for rows that stand for none.
    fn feature(&self, row: usize) -> Option<FeatureRef>;

    /// The text of a cell; `None` is "not stated".
    fn cell(&self, row: usize, column: usize) -> Option<String>;

    /// What the row is sorted by; the text of the cell unless said otherwise.
    fn sort_key(&self, row: usize, column: usize) -> SortKey {
        SortKey::of_text(self.cell(row, column).as_deref())
    }

    /// Whether the row matches the filter.
    fn passes(&self, row: usize) -> bool;

    /// An icon before the first cell, with its color.
    fn icon(&self, _row: usize) -> Option<(&'static str, egui::Color32)> {
        None
    }

    /// What else can be done with this row: words and command.
    fn actions(&self, _row: usize) -> Vec<(&'static str, Command)> {
        Vec::new()
    }

    /// What the filter can be restricted to from this row.
    fn filter_offers(&self, _row: usize) -> Vec<FilterOffer> {
        Vec::new()
    }
}

/// The rows in the order of display: those that contain every word of `search` and, if asked, match the filter.
pub fn ordered_rows(model: &dyn TableModel, search: &str, sort: Option<(usize, bool)>, only_matching: bool) -> Vec<u32> {
    let folded = fold_for_search(search);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let mut rows: Vec<u32> = (0..u32::try_from(model.row_count()).unwrap_or(u32::MAX))
        .filter(|row| !only_matching || model.passes(*row as usize))
        .filter(|row| words.is_empty() || contains_words(model, *row as usize, &words))
        .collect();
    if let Some((column, ascending)) = sort.filter(|(column, _)| *column < model.columns().len()) {
        let mut keyed: Vec<(SortKey, u32)> = rows.into_iter().map(|row| (model.sort_key(row as usize, column), row)).collect();
        // Stable, so that equal rows keep the order of the files.
        keyed.sort_by(|a, b| a.0.compare(&b.0, ascending));
        rows = keyed.into_iter().map(|(_, row)| row).collect();
    }
    rows
}

fn contains_words(model: &dyn TableModel, row: usize, words: &[&str]) -> bool {
    let cells: Vec<String> = (0..model.columns().len()).filter_map(|column| model.cell(row, column)).collect();
    let text = fold_for_search(&cells.join("\n"));
    words.iter().all(|word| text.contains(word))
}

/// Rows as tab-separated values with a header. Tabs and line breaks within a cell become spaces.
pub fn rows_as_tsv(model: &dyn TableModel, rows: impl Iterator<Item = usize>) -> String {
    let columns = model.columns();
    let mut text = columns.iter().map(|column| column.title).collect::<Vec<_>>().join("\t");
    text.push('\n');
    for row in rows {
        for column in 0..columns.len() {
            if column > 0 {
                text.push('\t');
            }
            let cell = model.cell(row, column).unwrap_or_default();
            // Thin spaces would keep a spreadsheet from reading the number.
            text.extend(cell.chars().filter(|c| *c != '\u{2009}').map(|c| if c.is_control() { ' ' } else { c }));
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sample;

    const ROWS: [(&str, Option<f64>); 4] =
        [("Kavač", Some(2_000.0)), ("Bar\tport", None), ("Škaljari", Some(30.0)), ("Durrës", Some(400.0))];

    impl TableModel for Sample {
        fn columns(&self) -> &'static [Column] {
            const { &[Column::text("Name", 100.0, ""), Column::number("kg", 60.0, "")] }
        }
        fn row_count(&self) -> usize {
            ROWS.len()
        }
        fn feature(&self, _: usize) -> Option<FeatureRef> {
            None
        }
        fn cell(&self, row: usize, column: usize) -> Option<String> {
            if column == 0 { Some(ROWS[row].0.to_owned()) } else { ROWS[row].1.map(crate::ui::widgets::format::kilograms) }
        }
        fn sort_key(&self, row: usize, column: usize) -> SortKey {
            if column == 0 { SortKey::of_text(Some(ROWS[row].0)) } else { SortKey::of_number(ROWS[row].1) }
        }
        fn passes(&self, row: usize) -> bool {
            row != 3
        }
    }

    #[test]
    fn missing_values_are_last_in_both_directions() {
        assert_eq!(ordered_rows(&Sample, "", Some((1, true)), false), [2, 3, 0, 1]);
        assert_eq!(ordered_rows(&Sample, "", Some((1, false)), false), [0, 3, 2, 1]);
        assert_eq!(ordered_rows(&Sample, "", Some((0, true)), false), [1, 3, 0, 2], "diacritics do not matter");
        assert_eq!(ordered_rows(&Sample, "", Some((9, true)), false), [0, 1, 2, 3], "a stale column is no order");
    }

    #[test]
    fn search_folds_and_needs_every_word() {
        assert_eq!(ordered_rows(&Sample, "kavac", None, false), [0]);
        assert_eq!(ordered_rows(&Sample, "  SKALJARI 30", None, false), [2]);
        assert!(ordered_rows(&Sample, "kavac 30", None, false).is_empty());
        assert_eq!(ordered_rows(&Sample, "", None, true), [0, 1, 2]);
    }

    #[test]
    fn copied_rows_have_a_header_and_plain_numbers() {
        assert_eq!(rows_as_tsv(&Sample, [0, 1].into_iter()), "Name\tkg\nKavač\t2000\nBar port\t\n");
    }
}
