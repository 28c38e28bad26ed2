//! The tables of facts as rows that are looked up by column name.

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;

/// One row of a table, with its line number for messages.
pub struct Row {
    table: &'static str,
    line: u64,
    columns: Rc<HashMap<String, usize>>,
    cells: csv::StringRecord,
}

impl Row {
    /// The text of a cell; `None` when it is empty or only says that nothing is stated. An unknown column is an error.
    pub fn text(&self, column: &str) -> Result<Option<&str>, String> {
        let index = self.columns.get(column).ok_or_else(|| format!("{}: there is no column `{column}`", self.table))?;
        Ok(self.cells.get(*index).map(str::trim).filter(|cell| !matches!(*cell, "" | "not stated" | "n.d.")))
    }

    /// The text of a cell that must not be empty.
    pub fn required(&self, column: &str) -> Result<&str, String> {
        self.text(column)?.ok_or_else(|| self.complain(&format!("`{column}` is empty")))
    }

    /// The values of a cell that holds several, divided by `;`.
    pub fn list(&self, column: &str) -> Result<Vec<&str>, String> {
        Ok(self.text(column)?.map(|cell| cell.split(';').filter(|item| !item.is_empty()).collect()).unwrap_or_default())
    }

    /// Longitude and latitude in degrees from the columns `lon` and `lat`.
    pub fn lon_lat(&self) -> Result<[f64; 2], String> {
        let degrees = |column, limit: f64| {
            let number: f64 = self.required(column)?.parse().map_err(|_| self.complain(&format!("`{column}` is no number")))?;
            if number.abs() <= limit { Ok(number) } else { Err(self.complain(&format!("`{column}` is out of range"))) }
        };
        Ok([degrees("lon", 180.0)?, degrees("lat", 90.0)?])
    }

    /// A message with the place of the row.
    pub fn complain(&self, what: &str) -> String {
        format!("{}:{}: {what}", self.table, self.line)
    }
}

/// All tables.
pub struct Facts {
    pub groups: Vec<Row>,
    pub ties: Vec<Row>,
    pub seizures: Vec<Row>,
    pub ports: Vec<Row>,
    pub waypoints: Vec<Row>,
    pub routes: Vec<Row>,
    pub statistics: Vec<Row>,
    pub sources: Vec<Row>,
}

impl Facts {
    /// Reads every table of a folder. Columns that the converter does not know are an error, so that none is dropped silently.
    pub fn read(dir: &Path) -> Result<Self, String> {
        let read = |table, columns: &str| read_table(dir, table, columns);
        Ok(Self {
            groups: read("groups.csv", "id name kind home_country home_place active_since note source_ids")?,
            ties: read("ties.csv", "a b kind since until source_ids note")?,
            seizures: read(
                "seizures.csv",
                "id date place lat lon place_kind country quantity_kg commodity concealment vessel origin_port destination_port group_ids \
                 attribution source_ids verified note",
            )?,
            ports: read("ports.csv", "id name country locode lat lon side note source_ids")?,
            waypoints: read("waypoints.csv", "id name lat lon")?,
            routes: read(
                "routes.csv",
                "id name origin via destination first_reported last_reported mode confidence group_ids source_ids note",
            )?,
            statistics: read("trend.csv", "year series value unit source_ids verified note")?,
            sources: read("sources.csv", "id publisher title date url kind admiralty_reliability note")?,
        })
    }
}

fn read_table(dir: &Path, table: &'static str, known: &str) -> Result<Vec<Row>, String> {
    let path = dir.join(table);
    let mut reader = csv::Reader::from_path(&path).map_err(|error| format!("cannot read the table: {error}\nFile: {}", path.display()))?;
    let header = reader.headers().map_err(|error| format!("{table}: {error}"))?;
    let found: Vec<&str> = header.iter().collect();
    if found != known.split_whitespace().collect::<Vec<_>>() {
        return Err(format!("{table}: the columns are not the expected ones: {}", found.join(", ")));
    }
    let columns: Rc<HashMap<String, usize>> = Rc::new(found.iter().enumerate().map(|(index, name)| ((*name).to_owned(), index)).collect());
    reader
        .records()
        .map(|record| {
            let cells = record.map_err(|error| format!("{table}: {error}"))?;
            let line = cells.position().map_or(0, csv::Position::line);
            Ok(Row { table, line, columns: Rc::clone(&columns), cells })
        })
        .collect()
}
