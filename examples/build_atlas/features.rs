//! Rows become features: one function a kind.

use std::collections::HashMap;

use serde_json::{Value, json};

use sealane::geodesy::LonLat;
use sealane::lanes::SeaNetwork;

use crate::output::{AtlasFile, Feature};
use crate::path::{Stop, StopKind, corridor};
use crate::precision::{self, PORT_NOT_STATED};
use crate::tables::{Facts, Row};
use crate::waypoints::{self, Meaning, ROAD_LEGS, ROAD_NOT_DRAWN};

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
    let network = SeaNetwork::bundled().map_err(|error| error.to_string())?;
    let mut places = HashMap::new();
    let mut add = |row: &Row, kind: StopKind| -> Result<(), String> {
        let [lon_deg, lat_deg] = row.lon_lat()?;
        places.insert(row.required("id")?.to_owned(), (LonLat::new(lon_deg, lat_deg), kind));
        Ok(())
    };
    for row in &facts.ports {
        add(row, if is_placeholder(row.required("id")?) { StopKind::Country } else { StopKind::Port })?;
    }
    let mut waypoints = Vec::new();
    for row in &facts.waypoints {
        let id = row.required("id")?;
        let mut waypoint = json!({ "id": id, "name": row.text("name")?, "coordinates": row.lon_lat()? });
        match waypoints::meaning(id)? {
            Meaning::Passage(passage) => {
                let index = network.passage(passage).ok_or_else(|| format!("the sea network has no passage `{passage}`"))?;
                add(row, StopKind::Passage(index))?;
                waypoint["passage"] = json!(passage);
            }
            Meaning::Area(within_km) => {
                add(row, StopKind::Area(within_km))?;
                waypoint["within_km"] = json!(within_km);
            }
            // No corridor names it as a stop.
            Meaning::Road => {}
        }
        waypoints.push(waypoint);
    }
    let mut file = AtlasFile::new("corridors.geojson", each(&facts.routes, |row| route(row, &places, network))?);
    file.members.push(("waypoints", Value::Array(waypoints)));
    Ok(file)
}

fn route(row: &Row, places: &HashMap<String, (LonLat, StopKind)>, network: &SeaNetwork) -> Result<Feature, String> {
    let id = row.required("id")?;
    let via = row.list("via")?;
    let (origin, destination) = (row.required("origin")?, row.required("destination")?);
    let stops = [origin]
        .into_iter()
        .chain(via.iter().copied())
        .chain([destination])
        .map(|id| {
            let (position, kind) = places.get(id).copied().ok_or_else(|| format!("`{id}` is neither a port nor a waypoint at sea"))?;
            Ok(Stop { id, position, kind })
        })
        .collect::<Result<Vec<_>, String>>()?;
    let name = row.text("name")?;
    let is_road = |from: &str, to: &str| ROAD_LEGS.contains(&(id, from, to));
    let listed = ROAD_LEGS.iter().any(|(corridor, _, _)| *corridor == id);
    let by_road = name.is_some_and(|name| name.contains("by lorry") || name.contains("- road to"));
    let ends_on_land = stops.windows(2).any(|pair| is_road(pair[0].id, pair[1].id));
    if listed != ends_on_land || (by_road && !listed && !ROAD_NOT_DRAWN.contains(&id)) {
        return Err(format!("`{id}`: the name and the list of road legs disagree"));
    }
    let line = corridor(network, &stops, is_road).map_err(|message| format!("`{id}`: {message}"))?;
    let mut feature = Feature::new("route", line.geometry);
    feature
        .text("id", Some(id))
        .text("name", name)
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
        .text("path", Some(line.path.key()))
        .list("line_paths", &line.line_paths);
    Ok(feature)
}

/// Whether a port only stands for its country.
fn is_placeholder(port: &str) -> bool {
    port.ends_with("-unspecified")
}

fn port(row: &Row) -> Result<Feature, String> {
    let name = row.text("name")?;
    let id = row.required("id")?;
    let placeholder = is_placeholder(id);
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
