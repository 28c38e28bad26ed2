//! Rows become features: one function a kind.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::output::{AtlasFile, Feature};
use crate::path::schematic_line;
use crate::precision::{self, PORT_NOT_STATED};
use crate::tables::{Facts, Row};

/// Rows whose notes say that they are finds of one load ("believed part of …", "same load"): each names all others.
const ONE_LOAD: &[&[&str]] = &[&["sz-2019-danube", "sz-2019-constanta-sea", "sz-2019-constanta-beach", "sz-2019-bg-beach"]];

/// The words by which a group's name shows that it is an umbrella label.
const UMBRELLA: &str = "(umbrella label)";

/// All files of the atlas.
pub fn atlas(facts: &Facts) -> Result<Vec<AtlasFile>, String> {
    let countries: Vec<&str> = facts
        .ports
        .iter()
        .filter_map(|row| row.text("name").ok().flatten())
        .filter_map(|name| name.strip_suffix(PORT_NOT_STATED))
        .collect();
    let mut cells = each(&facts.groups, group)?;
    cells.extend(each(&facts.ties, tie)?);
    check_overlaps(&facts.seizures)?;
    Ok(vec![
        corridors(facts)?,
        AtlasFile::new("ports.geojson", each(&facts.ports, port)?),
        AtlasFile::new("cells.geojson", cells),
        AtlasFile::new("seizures.geojson", each(&facts.seizures, |row| seizure(row, &countries))?),
        AtlasFile::new("statistics.geojson", each(&facts.statistics, statistic)?),
        AtlasFile::new("sources.geojson", each(&facts.sources, source)?),
    ])
}

fn each(rows: &[Row], feature: impl Fn(&Row) -> Result<Feature, String>) -> Result<Vec<Feature>, String> {
    rows.iter().map(|row| feature(row).map_err(|message| row.complain(&message))).collect()
}

fn point(row: &Row) -> Result<Value, String> {
    Ok(json!({ "type": "Point", "coordinates": row.lon_lat()? }))
}

fn corridors(facts: &Facts) -> Result<AtlasFile, String> {
    let mut places = HashMap::new();
    for row in facts.ports.iter().chain(&facts.waypoints) {
        places.insert(row.required("id")?, row.lon_lat()?);
    }
    let waypoints = facts
        .waypoints
        .iter()
        .map(|row| Ok(json!({ "id": row.required("id")?, "name": row.text("name")?, "coordinates": row.lon_lat()? })))
        .collect::<Result<Vec<Value>, String>>()?;
    let mut file = AtlasFile::new("corridors.geojson", each(&facts.routes, |row| route(row, &places))?);
    file.members.push(("waypoints", Value::Array(waypoints)));
    Ok(file)
}

fn route(row: &Row, places: &HashMap<&str, [f64; 2]>) -> Result<Feature, String> {
    let via = row.list("via")?;
    let (origin, destination) = (row.required("origin")?, row.required("destination")?);
    let stops = [origin]
        .into_iter()
        .chain(via.iter().copied())
        .chain([destination])
        .map(|id| places.get(id).copied().ok_or_else(|| format!("`{id}` is neither a port nor a waypoint")))
        .collect::<Result<Vec<_>, String>>()?;
    let mut feature = Feature::new("route", schematic_line(&stops));
    feature
        .text("id", Some(row.required("id")?))
        .text("name", row.text("name")?)
        .text("origin", Some(origin))
        .text("destination", Some(destination))
        .list("via", &via)
        .text("first_reported", row.text("first_reported")?)
        .text("last_reported", row.text("last_reported")?)
        .text("mode", row.text("mode")?)
        .text("confidence", row.text("confidence")?)
        .list("groups", &row.list("group_ids")?)
        .list("sources", &row.list("source_ids")?)
        .text("note", row.text("note")?)
        .text("path", Some("schematic"));
    Ok(feature)
}

fn port(row: &Row) -> Result<Feature, String> {
    let name = row.text("name")?;
    let id = row.required("id")?;
    let placeholder = id.ends_with("-unspecified");
    if placeholder != name.is_some_and(|name| name.ends_with(PORT_NOT_STATED)) {
        return Err("the id and the name disagree on whether this is a placeholder".to_owned());
    }
    let mut feature = Feature::new("port", point(row)?);
    feature
        .text("id", Some(id))
        .text("name", name)
        .text("country", row.text("country")?)
        .text("locode", row.text("locode")?)
        .text("side", row.text("side")?)
        .text("precision", Some(if placeholder { "country" } else { "port" }))
        .list("sources", &row.list("source_ids")?)
        .text("note", row.text("note")?);
    Ok(feature)
}

fn group(row: &Row) -> Result<Feature, String> {
    let name = row.text("name")?;
    let mut feature = Feature::new("group", Value::Null);
    feature
        .text("id", Some(row.required("id")?))
        .text("name", name)
        .text("group_kind", row.text("kind")?)
        .text("home_country", row.text("home_country")?)
        .text("home_place", row.text("home_place")?)
        .text("active_since", row.text("active_since")?)
        .flag("contested", name.is_some_and(|name| name.ends_with(UMBRELLA)))
        .list("sources", &row.list("source_ids")?)
        .text("note", row.text("note")?);
    Ok(feature)
}

fn tie(row: &Row) -> Result<Feature, String> {
    let mut feature = Feature::new("tie", Value::Null);
    feature
        .text("a", Some(row.required("a")?))
        .text("b", Some(row.required("b")?))
        .text("tie_kind", row.text("kind")?)
        .text("since", row.text("since")?)
        .text("until", row.text("until")?)
        .list("sources", &row.list("source_ids")?)
        .text("note", row.text("note")?);
    Ok(feature)
}

fn seizure(row: &Row, countries: &[&str]) -> Result<Feature, String> {
    let id = row.required("id")?;
    let overlaps: Vec<&str> =
        ONE_LOAD.iter().filter(|load| load.contains(&id)).flat_map(|load| load.iter().copied()).filter(|other| *other != id).collect();
    let mut feature = Feature::new("seizure", point(row)?);
    feature
        .text("id", Some(id))
        .text("date", row.text("date")?)
        .text("place", row.text("place")?)
        .text("place_kind", row.text("place_kind")?)
        .text("precision", precision::of_seizure(row, countries)?)
        .text("country", row.text("country")?)
        .number("quantity_kg", row.text("quantity_kg")?)?
        .text("commodity", row.text("commodity")?)
        .text("concealment", row.text("concealment")?)
        .text("vessel", row.text("vessel")?)
        .text("origin", row.text("origin_port")?)
        .text("destination", row.text("destination_port")?)
        .list("groups", &row.list("group_ids")?)
        .text("attribution", row.text("attribution")?)
        .list("overlaps", &overlaps)
        .list("sources", &row.list("source_ids")?)
        .text("verified", row.text("verified")?)
        .text("note", row.text("note")?);
    Ok(feature)
}

/// Every id of [`ONE_LOAD`] must be a row, and every row whose note speaks of another row's load must be listed.
fn check_overlaps(rows: &[Row]) -> Result<(), String> {
    let ids: Vec<&str> = rows.iter().map(|row| row.required("id")).collect::<Result<_, _>>()?;
    let listed: Vec<&str> = ONE_LOAD.iter().flat_map(|load| load.iter().copied()).collect();
    if let Some(missing) = listed.iter().find(|id| !ids.contains(*id)) {
        return Err(format!("seizures.csv: there is no row `{missing}`, which shares a load with others"));
    }
    for row in rows {
        let note = row.text("note")?.unwrap_or_default();
        let shares = note.starts_with("Same load") || note.contains("part of the");
        if shares && !listed.contains(&row.required("id")?) {
            return Err(row.complain("the note speaks of another row's load, but the row is in no list of overlaps"));
        }
    }
    Ok(())
}

fn statistic(row: &Row) -> Result<Feature, String> {
    let note = row.text("note")?;
    let mut feature = Feature::new("statistic", Value::Null);
    feature
        .text("series", Some(row.required("series")?))
        .number("year", Some(row.required("year")?))?
        .number("value", Some(row.required("value")?))?
        .text("unit", row.text("unit")?)
        .flag("derived", note.is_some_and(|note| note.starts_with("DERIVED")))
        .list("sources", &row.list("source_ids")?)
        .text("verified", row.text("verified")?)
        .text("note", note);
    Ok(feature)
}

fn source(row: &Row) -> Result<Feature, String> {
    let mut feature = Feature::new("source", Value::Null);
    feature
        .text("id", Some(row.required("id")?))
        .text("publisher", row.text("publisher")?)
        .text("title", row.text("title")?)
        .text("date", row.text("date")?)
        .text("url", row.text("url")?)
        .text("source_kind", row.text("kind")?)
        .text("reliability", row.text("admiralty_reliability")?)
        .text("note", row.text("note")?);
    Ok(feature)
}
