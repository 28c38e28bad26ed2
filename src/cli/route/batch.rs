//! `--batch`: many queries in one run, one JSON object a line.

use std::io::Read as _;
use std::path::Path;
use std::time::Instant;

use anyhow::Context as _;
use serde_json::{Value, json};

use super::answer::{self, Answer};
use super::plan::plan;
use super::{Tools, land};
use crate::cli::Outcome;
use crate::cli::output::print_data;
use crate::geodesy::LandIndex;

/// More than this is no list of queries.
const MAX_BYTES: u64 = 64 << 20;

/// Answers every line. The worst of all answers decides how the run ended.
pub(super) fn run(path: &Path, tools: &Tools) -> anyhow::Result<Outcome> {
    let land = land()?;
    let mut worst = Outcome::Clean;
    for (index, line) in read(path)?.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let (mut object, outcome) = match query(line, tools, &land) {
            Ok(answered) => answered,
            Err(error) => (json!({ "error": "unusable", "reason": format!("{error:#}") }), Outcome::Unusable),
        };
        object["line"] = json!(index + 1);
        print_data(&format!("{object}\n"))?;
        worst = worst.max(outcome);
    }
    Ok(worst)
}

fn read(path: &Path) -> anyhow::Result<String> {
    let mut text = String::new();
    if path.as_os_str() == "-" {
        std::io::stdin().lock().take(MAX_BYTES).read_to_string(&mut text).context("cannot read standard input")?;
    } else {
        let file = std::fs::File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        file.take(MAX_BYTES).read_to_string(&mut text).with_context(|| format!("cannot read {}", path.display()))?;
    }
    Ok(text)
}

/// The answer to one line. `search_ms` is the search alone.
fn query(line: &str, tools: &Tools, land: &LandIndex) -> anyhow::Result<(Value, Outcome)> {
    let (from, to) = ends(line).with_context(|| format!("`{}`: write FROM and TO, divided by a tab", line.trim()))?;
    let stops = [tools.gazetteer.find(&from)?, tools.gazetteer.find(&to)?];
    let started = Instant::now();
    let legs = plan(tools.network, &[stops[0].position, stops[1].position], &tools.wishes);
    let search_ms = started.elapsed().as_secs_f64() * 1e3;
    let (mut object, outcome) = match legs {
        Ok(legs) => (Answer::new(tools.network, &stops, &legs, land, tools.speed_kn).json(), Outcome::Clean),
        Err(reason) => (answer::no_route(&reason), Outcome::Findings),
    };
    object["search_ms"] = json!((search_ms * 1e3).round() / 1e3);
    Ok((object, outcome))
}

/// The two ends of a query: at a tab if there is one, otherwise at the only comma, or at the middle one of two positions.
fn ends(line: &str) -> Option<(String, String)> {
    let line = line.trim_end_matches('\r');
    if let Some((from, to)) = line.split_once('\t') {
        return (!from.trim().is_empty() && !to.trim().is_empty() && !to.contains('\t')).then(|| (from.to_owned(), to.to_owned()));
    }
    let cells: Vec<&str> = line.split(',').map(str::trim).collect();
    let numbers = || cells.iter().all(|cell| cell.parse::<f64>().is_ok());
    match cells.as_slice() {
        [from, to] if !numbers() && !from.is_empty() && !to.is_empty() => Some(((*from).to_owned(), (*to).to_owned())),
        [a, b, c, d] if numbers() => Some((format!("{a},{b}"), format!("{c},{d}"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_two_ends() {
        let pair = |line: &str| ends(line).map(|(from, to)| format!("{from}|{to}"));
        assert_eq!(pair("Gioia Tauro, IT\tBar, ME\r").as_deref(), Some("Gioia Tauro, IT|Bar, ME"));
        assert_eq!(pair("ECGYE,MEBAR").as_deref(), Some("ECGYE|MEBAR"));
        assert_eq!(pair("-79.9,-2.2, 19,42").as_deref(), Some("-79.9,-2.2|19,42"));
        for wrong in ["ECGYE", "ECGYE,", "a,b,c", "19,42", "a\tb\tc", "\tb"] {
            assert_eq!(ends(wrong), None, "{wrong}");
        }
    }
}
