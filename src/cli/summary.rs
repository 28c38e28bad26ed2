//! `summary`: seizures counted and weighed, as text, CSV or JSON.

use anyhow::Context as _;
use serde_json::json;

use super::Outcome;
use super::args::{SummaryArgs, TableFormat};
use super::conditions::filter_from;
use super::inputs::read_or_bundled;
use super::output::print_data;
use crate::analysis::{Links, Summary, SummaryBy, Totals, evaluate, summarize};
use crate::cartography::grouped;

pub(super) fn run(args: &SummaryArgs) -> anyhow::Result<Outcome> {
    let by = SummaryBy::from_key(&args.by).with_context(|| {
        let keys: Vec<_> = SummaryBy::ALL.iter().map(|by| by.key()).collect();
        format!("--by {}: use one of {}", args.by, keys.join(", "))
    })?;
    let read = read_or_bundled(&args.files)?;
    if read.nothing_usable() {
        return Ok(Outcome::Unusable);
    }
    let links = Links::new(&read.dataset);
    let filter = filter_from(&args.filter, &read.dataset, &links)?;
    let matches = evaluate(&read.dataset, &links, &filter);
    let summary = summarize(&read.dataset, &matches, by);
    let text = match args.format {
        TableFormat::Text => text_table(&summary),
        TableFormat::Csv => csv_table(&summary),
        TableFormat::Json => json_table(&summary)?,
    };
    print_data(&text)?;
    Ok(read.outcome())
}

fn json_table(summary: &Summary) -> anyhow::Result<String> {
    let counts = |totals: &Totals| {
        json!({
            "events": totals.events,
            "quantity_kg": totals.mass_kg,
            "events_without_quantity": totals.events_without_mass,
        })
    };
    let rows: Vec<_> = summary
        .rows
        .iter()
        .map(|row| {
            let mut object = counts(&row.totals);
            object["key"] = json!(row.key.as_deref());
            object["label"] = json!(row.label);
            object
        })
        .collect();
    let whole = json!({
        "by": summary.by.key(),
        "rows": rows,
        "total": counts(&summary.total),
        "rows_may_share_events": summary.by.rows_may_share_events(),
    });
    Ok(serde_json::to_string_pretty(&whole)? + "\n")
}

/// RFC 4180 with a header. A text that a spreadsheet would take for a formula gets an apostrophe before it, since labels come from files.
fn csv_table(summary: &Summary) -> String {
    let quoted = |field: &str| {
        let field = if field.starts_with(['=', '+', '-', '@', '\t']) { format!("'{field}") } else { field.to_owned() };
        if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
    };
    let mut text = String::from("key,label,events,quantity_kg,events_without_quantity\r\n");
    let mut row = |key: &str, label: &str, totals: &Totals| {
        text.push_str(&format!(
            "{},{},{},{},{}\r\n",
            quoted(key),
            quoted(label),
            totals.events,
            totals.mass_kg,
            totals.events_without_mass
        ));
    };
    for line in &summary.rows {
        row(line.key.as_deref().unwrap_or_default(), &line.label, &line.totals);
    }
    row("total", "Total", &summary.total);
    text
}

fn text_table(summary: &Summary) -> String {
    let mut lines = vec![[summary.by.key().to_owned(), "events".to_owned(), "kg".to_owned(), "without kg".to_owned()]];
    let mut add = |label: &str, totals: &Totals| {
        lines.push([label.to_owned(), grouped(totals.events as f64), grouped(totals.mass_kg), grouped(totals.events_without_mass as f64)]);
    };
    for row in &summary.rows {
        add(&row.label, &row.totals);
    }
    add("Total (each event once)", &summary.total);
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2), width(3)];
    let mut text = String::new();
    for [label, events, kg, without] in &lines {
        text.push_str(&format!("{label:<0$}  {events:>1$}  {kg:>2$}  {without:>3$}\n", widths[0], widths[1], widths[2], widths[3]));
    }
    if summary.by.rows_may_share_events() {
        text.push_str("An event with several keys counts fully in each row.\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::SummaryRow;

    fn summary() -> Summary {
        let totals = Totals { events: 2, events_without_mass: 1, mass_kg: 1_250.0 };
        Summary {
            by: SummaryBy::Group,
            rows: vec![
                SummaryRow { key: Some("a".into()), label: "Cell \"A\", coast".to_owned(), totals },
                SummaryRow { key: None, label: "Not stated".to_owned(), totals },
            ],
            total: totals,
        }
    }

    #[test]
    fn csv_quotes_what_it_must() {
        let csv = csv_table(&summary());
        assert!(csv.contains("a,\"Cell \"\"A\"\", coast\",2,1250,1\r\n"), "{csv}");
        assert!(csv.ends_with("total,Total,2,1250,1\r\n"));
        let mut formula = summary();
        formula.rows[0].label = "=1+1".to_owned();
        assert!(csv_table(&formula).contains("a,'=1+1,2"));
    }

    #[test]
    fn json_names_what_is_not_stated_null() {
        let value: serde_json::Value = serde_json::from_str(&json_table(&summary()).expect("written")).expect("JSON");
        assert_eq!(value["rows"][1]["key"], serde_json::Value::Null);
        assert_eq!(value["total"]["events_without_quantity"], 1);
        assert_eq!(value["rows"][0]["quantity_kg"], 1250.0);
    }

    #[test]
    fn columns_are_aligned() {
        let text = text_table(&summary());
        let lengths: Vec<usize> = text.lines().take(4).map(|line| line.chars().count()).collect();
        assert!(lengths.windows(2).all(|pair| pair[0] == pair[1]), "{text}");
    }
}
