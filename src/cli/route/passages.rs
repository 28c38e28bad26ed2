//! `--list-passages`: what can be forbidden, required or allowed.

use anyhow::bail;
use serde_json::json;

use crate::cli::args::RouteFormat;
use crate::lanes::{Passage, PassageKind, SeaNetwork, VesselLimits};

/// The list in the form that was asked for.
pub(super) fn list(network: &SeaNetwork, format: RouteFormat) -> anyhow::Result<String> {
    match format {
        RouteFormat::Text => Ok(text(network.passages())),
        RouteFormat::Json => {
            let passages: Vec<_> = network.passages().iter().map(json_passage).collect();
            Ok(serde_json::to_string_pretty(&json!({ "passages": passages }))? + "\n")
        }
        RouteFormat::Geojson => bail!("--list-passages has the formats text and json"),
    }
}

fn json_passage(passage: &Passage) -> serde_json::Value {
    // Through text: 15.2 as `f32` would be written as 15.199999809.
    let metres = |value: Option<f32>| value.and_then(|value| value.to_string().parse::<f64>().ok());
    json!({
        "id": &*passage.id,
        "name": &*passage.name,
        "kind": kind(passage.kind),
        "open": passage.open_by_default,
        "max_length_m": metres(passage.limits.length_m),
        "max_beam_m": metres(passage.limits.beam_m),
        "max_draught_m": metres(passage.limits.draught_m),
        "source": &*passage.source,
    })
}

const fn kind(kind: PassageKind) -> &'static str {
    match kind {
        PassageKind::Strait => "strait",
        PassageKind::Canal => "canal",
        PassageKind::Approach => "approach",
    }
}

/// "366 × 51.2 m, draught 15.2 m"; a dash when nothing is stated.
fn limits(limits: &VesselLimits) -> String {
    let sides = match (limits.length_m, limits.beam_m) {
        (Some(length), Some(beam)) => Some(format!("{length} × {beam} m")),
        (Some(length), None) => Some(format!("length {length} m")),
        (None, Some(beam)) => Some(format!("beam {beam} m")),
        (None, None) => None,
    };
    let parts: Vec<String> = sides.into_iter().chain(limits.draught_m.map(|draught| format!("draught {draught} m"))).collect();
    if parts.is_empty() { "–".to_owned() } else { parts.join(", ") }
}

fn text(passages: &[Passage]) -> String {
    let header = ["id", "name", "kind", "default", "largest vessel", "source"].map(str::to_owned);
    let row = |p: &Passage| {
        let default = if p.open_by_default { "open" } else { "closed" };
        [p.id.to_string(), p.name.to_string(), kind(p.kind).to_owned(), default.to_owned(), limits(&p.limits), p.source.to_string()]
    };
    let rows: Vec<[String; 6]> = [header].into_iter().chain(passages.iter().map(row)).collect();
    let widths: [usize; 6] = std::array::from_fn(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0));
    let line = |row: &[String; 6]| {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(id: &str, open_by_default: bool, limits: VesselLimits) -> Passage {
        let kind = PassageKind::Canal;
        Passage { id: id.into(), name: id.into(), kind, open_by_default, limits, source: "authority".into(), line: Vec::new() }
    }

    #[test]
    fn columns_are_aligned_and_limits_are_said_as_far_as_stated() {
        let wide = VesselLimits { length_m: Some(366.0), beam_m: Some(51.25), draught_m: Some(15.2) };
        let text = text(&[passage("panama", true, wide), passage("corinth", false, VesselLimits::default())]);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[1].contains("open") && lines[1].contains("366 × 51.25 m, draught 15.2 m"), "{text}");
        assert!(lines[2].contains("closed") && lines[2].contains('–'), "{text}");
        let column = |line: &str, word: &str| line.find(word).map(|at| line[..at].chars().count());
        assert_eq!(column(lines[1], "authority"), column(lines[2], "authority"));
        assert_eq!(json_passage(&passage("panama", true, wide))["max_draught_m"].to_string(), "15.2");
    }
}
