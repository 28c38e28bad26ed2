//! Every field of a record as label and value. What is not stated says so; nothing is filled in.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::{
    Dataset, FeatureKind, FeatureRef, Group, Judgement, PlacePrecision, Port, Route, SeizureEvent, Source, Statistic, Tie,
    country_with_code,
};
use crate::ui::widgets::format::mass;

/// What stands beside a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// As the file states it.
    Stated(String),
    /// The file leaves it out: "not stated" or "not graded".
    Missing(&'static str),
    /// Something to keep in mind when using the record.
    Caveat(String),
    /// An address: shown with a copy button, never opened.
    Address(String),
}

/// One line of the inspector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The name of the field for people.
    pub label: &'static str,
    /// Its value.
    pub value: FieldValue,
}

/// All fields of a record in the order of display; empty for a reference to a record that is no longer there.
pub fn fields_of(dataset: &Dataset, feature: FeatureRef) -> Vec<Field> {
    let at = feature.at();
    let fields = match feature.kind {
        FeatureKind::Route => dataset.routes.get(at).map(|r| route_fields(dataset, r)),
        FeatureKind::Port => dataset.ports.get(at).map(port_fields),
        FeatureKind::Seizure => dataset.seizures.get(at).map(|r| seizure_fields(dataset, r)),
        FeatureKind::Group => dataset.groups.get(at).map(group_fields),
        FeatureKind::Tie => dataset.ties.get(at).map(|r| tie_fields(dataset, r)),
        FeatureKind::Area => dataset.areas.get(at).map(|r| vec![text("Name", r.name.as_deref()), stated("Id", &*r.id)]),
        FeatureKind::Statistic => dataset.statistics.get(at).map(statistic_fields),
        FeatureKind::Source => dataset.sources.get(at).map(source_fields),
        FeatureKind::Judgement => dataset.judgements.get(at).map(judgement_fields),
    };
    fields.unwrap_or_default()
}

fn stated(label: &'static str, value: impl Into<String>) -> Field {
    Field { label, value: FieldValue::Stated(value.into()) }
}

fn optional(label: &'static str, value: Option<String>) -> Field {
    Field { label, value: value.map_or(FieldValue::Missing("not stated"), FieldValue::Stated) }
}

fn text(label: &'static str, value: Option<&str>) -> Field {
    optional(label, value.map(str::to_owned))
}

fn country(label: &'static str, code: Option<&str>) -> Field {
    optional(label, code.map(country_with_code))
}

fn graded(label: &'static str, value: Option<&'static str>) -> Field {
    Field { label, value: value.map_or(FieldValue::Missing("not graded"), |v| FieldValue::Stated(v.to_owned())) }
}

fn note(fields: &mut Vec<Field>, value: Option<&Arc<str>>) {
    if let Some(value) = value {
        fields.push(Field { label: "Note", value: FieldValue::Stated(value.to_string()) });
    }
}

/// The names of records, joined; an id that no open file explains says so.
fn names(dataset: &Dataset, kind: FeatureKind, ids: &[Arc<str>]) -> Option<String> {
    let name = |id: &Arc<str>| dataset.find(kind, id).map_or_else(|| format!("{id} (in no open file)"), |f| dataset.title(f));
    (!ids.is_empty()).then(|| ids.iter().map(name).collect::<Vec<_>>().join(", "))
}

fn one_name(dataset: &Dataset, kind: FeatureKind, id: Option<&Arc<str>>) -> Option<String> {
    id.and_then(|id| names(dataset, kind, std::slice::from_ref(id)))
}

/// Latitude and longitude in degrees; a point that only stands for its country says so.
fn position_text(position: Option<crate::geodesy::LonLat>, precision: Option<PlacePrecision>) -> Option<String> {
    let of_a_country = if precision == Some(PlacePrecision::Country) { " (stands for the country)" } else { "" };
    position.map(|p| format!("{:.4}, {:.4}{of_a_country}", p.lat_deg, p.lon_deg))
}

/// The name of a waypoint that no record explains: "Panama canal" for `wp-panama-canal`.
fn waypoint_name(id: &str) -> String {
    let bare = id.strip_prefix("wp-").or_else(|| id.strip_prefix("wp_")).unwrap_or(id);
    let mut letters = bare.chars().map(|letter| if matches!(letter, '-' | '_') { ' ' } else { letter });
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn route_fields(dataset: &Dataset, route: &Route) -> Vec<Field> {
    // Stops may be plain waypoints that are no port of the atlas: their ids are the names.
    let stop = |id: &Arc<str>| dataset.find(FeatureKind::Port, id).map_or_else(|| waypoint_name(id), |f| dataset.title(f));
    let via = (!route.via.is_empty()).then(|| route.via.iter().map(stop).collect::<Vec<_>>().join(" → "));
    let mut fields = vec![
        optional("Origin", one_name(dataset, FeatureKind::Port, route.origin_port.as_ref())),
        optional("Via", via),
        optional("Destination", one_name(dataset, FeatureKind::Port, route.destination_port.as_ref())),
        optional("First reported", route.first_reported.map(|d| d.for_people())),
        optional("Last reported", route.last_reported.map(|d| d.for_people())),
        optional("Mode", route.mode.as_ref().map(|mode| mode.label())),
        graded("Confidence", route.confidence.map(|c| c.label())),
        text("Path", route.path.map(|p| p.label())),
        optional("Groups", names(dataset, FeatureKind::Group, &route.groups)),
        stated("Id", &*route.id),
    ];
    note(&mut fields, route.note.as_ref());
    fields
}

fn port_fields(port: &Port) -> Vec<Field> {
    let mut fields = vec![
        country("Country", port.country.as_deref()),
        text("UN/LOCODE", port.locode.as_deref()),
        text("Side", port.side.map(|side| side.label())),
        text("Precision", port.precision.map(|p| p.label())),
        optional("Position", position_text(port.position, port.precision)),
        stated("Id", &*port.id),
    ];
    note(&mut fields, port.note.as_ref());
    fields
}

fn seizure_fields(dataset: &Dataset, seizure: &SeizureEvent) -> Vec<Field> {
    let mut fields = vec![
        optional("Date", seizure.event_date.map(|span| span.for_people())),
        optional("Quantity", seizure.mass_kg.map(mass)),
        text("Commodity", seizure.commodity.as_deref()),
        text("Place", seizure.place.as_deref()),
        text("Kind of place", seizure.place_kind.map(|kind| kind.label())),
        country("Country", seizure.country.as_deref()),
        text("Precision", seizure.precision.map(|p| p.label())),
        optional("Position", position_text(seizure.position, seizure.precision)),
        text("Concealment", seizure.concealment.as_deref()),
        text("Vessel", seizure.vessel.as_deref()),
        optional("Origin", one_name(dataset, FeatureKind::Port, seizure.origin_port.as_ref())),
        optional("Destination", one_name(dataset, FeatureKind::Port, seizure.destination_port.as_ref())),
        optional("Groups", names(dataset, FeatureKind::Group, &seizure.groups)),
        text("Attribution", seizure.attribution.map(|a| a.label())),
        graded("Credibility", seizure.credibility.map(|c| c.label())),
        stated("Id", &*seizure.id),
    ];
    if let Some(overlaps) = names(dataset, FeatureKind::Seizure, &seizure.overlaps) {
        fields.push(Field { label: "Overlaps", value: FieldValue::Caveat(format!("May describe the same load as {overlaps}")) });
    }
    note(&mut fields, seizure.note.as_ref());
    fields
}

fn group_fields(group: &Group) -> Vec<Field> {
    let mut fields = vec![
        text("Kind", group.group_kind.map(|kind| kind.label())),
        country("Home country", group.home_country.as_deref()),
        text("Home place", group.home_place.as_deref()),
        optional("Active since", group.active_since.map(|d| d.for_people())),
        stated("Id", &*group.id),
    ];
    if group.contested {
        let caveat = "Contested label: whether it is one group is disputed".to_owned();
        fields.insert(0, Field { label: "Status", value: FieldValue::Caveat(caveat) });
    }
    note(&mut fields, group.note.as_ref());
    fields
}

fn tie_fields(dataset: &Dataset, tie: &Tie) -> Vec<Field> {
    let mut fields = vec![
        text("Kind", tie.tie_kind.map(|kind| kind.label())),
        optional("First group", one_name(dataset, FeatureKind::Group, Some(&tie.a))),
        optional("Second group", one_name(dataset, FeatureKind::Group, Some(&tie.b))),
        optional("Since", tie.since.map(|d| d.for_people())),
        optional("Until", tie.until.map(|d| d.for_people())),
    ];
    note(&mut fields, tie.note.as_ref());
    fields
}

fn statistic_fields(statistic: &Statistic) -> Vec<Field> {
    let mut fields = vec![
        stated("Series", statistic.series.replace('_', " ")),
        stated("Year", statistic.year.for_people()),
        stated("Value", statistic.value.to_string()),
        text("Unit", statistic.unit.as_deref()),
        stated("Derived", if statistic.derived { "Arithmetic on a published figure" } else { "No, as published" }),
    ];
    note(&mut fields, statistic.note.as_ref());
    fields
}

fn source_fields(source: &Source) -> Vec<Field> {
    let address = source.url.as_ref().map_or(FieldValue::Missing("not stated"), |url| FieldValue::Address(url.to_string()));
    let mut fields = vec![
        text("Publisher", source.publisher.as_deref()),
        optional("Date", source.date.map(|d| d.for_people())),
        text("Kind", source.source_kind.map(|kind| kind.label())),
        graded("Reliability", source.reliability.map(|r| r.label())),
        Field { label: "Address", value: address },
        stated("Id", &*source.id),
    ];
    note(&mut fields, source.note.as_ref());
    fields
}

fn judgement_fields(judgement: &Judgement) -> Vec<Field> {
    vec![
        text("Statement", judgement.statement.as_deref()),
        text("Likelihood", judgement.likelihood.as_ref().map(|l| l.words.as_str())),
        text("Scale", judgement.likelihood.as_ref().and_then(|l| l.scale).map(|s| s.label())),
        graded("Confidence", judgement.confidence.map(|c| c.label())),
        text("Basis", judgement.basis.as_deref()),
        stated("Id", &*judgement.id),
    ]
}

/// Unknown properties and foreign members of a record, as the JSON text of the file.
pub fn extra_of(dataset: &Dataset, feature: FeatureRef) -> Option<Cow<'_, str>> {
    let at = feature.at();
    let kept = match feature.kind {
        FeatureKind::Route => dataset.routes.get(at)?.extra.as_deref(),
        FeatureKind::Port => dataset.ports.get(at)?.extra.as_deref(),
        FeatureKind::Seizure => return dataset.seizures.get(at)?.extra.as_ref().map(|extra| extra.json().into()),
        FeatureKind::Group => dataset.groups.get(at)?.extra.as_deref(),
        FeatureKind::Tie => dataset.ties.get(at)?.extra.as_deref(),
        FeatureKind::Area => dataset.areas.get(at)?.extra.as_deref(),
        FeatureKind::Statistic => dataset.statistics.get(at)?.extra.as_deref(),
        FeatureKind::Source => dataset.sources.get(at)?.extra.as_deref(),
        FeatureKind::Judgement => dataset.judgements.get(at)?.extra.as_deref(),
    };
    kept.map(Cow::Borrowed)
}

/// File and feature index of a record, for people.
pub fn provenance_text(dataset: &Dataset, feature: FeatureRef) -> Option<String> {
    let at = feature.at();
    let origin = match feature.kind {
        FeatureKind::Route => dataset.routes.get(at)?.provenance,
        FeatureKind::Port => dataset.ports.get(at)?.provenance,
        FeatureKind::Seizure => dataset.seizures.get(at)?.provenance,
        FeatureKind::Group => dataset.groups.get(at)?.provenance,
        FeatureKind::Tie => dataset.ties.get(at)?.provenance,
        FeatureKind::Area => dataset.areas.get(at)?.provenance,
        FeatureKind::Statistic => dataset.statistics.get(at)?.provenance,
        FeatureKind::Source => dataset.sources.get(at)?.provenance,
        FeatureKind::Judgement => dataset.judgements.get(at)?.provenance,
    };
    let file = dataset.files.get(origin.file as usize)?;
    let bundled = if file.bundled { " (bundled)" } else { "" };
    Some(format!("{}{bundled}, feature {}", file.name, origin.feature))
}

/// The record as plain text for the clipboard: title, fields, sources.
pub fn record_text(dataset: &Dataset, feature: FeatureRef, sources: &[FeatureRef]) -> String {
    let mut lines = vec![dataset.title(feature)];
    for field in fields_of(dataset, feature) {
        let value = match field.value {
            FieldValue::Stated(value) | FieldValue::Caveat(value) | FieldValue::Address(value) => value,
            FieldValue::Missing(word) => word.to_owned(),
        };
        lines.push(format!("{}\t{value}", field.label));
    }
    for source in sources {
        if let Some(record) = dataset.sources.get(source.at()) {
            let grade = record.reliability.map_or("not graded", |r| r.key());
            let publisher = record.publisher.as_deref().unwrap_or("publisher not stated");
            let date = record.date.map_or_else(|| "date not stated".to_owned(), |d| d.for_people());
            let url = record.url.as_deref().unwrap_or("address not stated");
            lines.push(format!("Source ({grade})\t{publisher}: {}, {date}, {url}", dataset.title(*source)));
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waypoints_are_named_in_words() {
        assert_eq!(waypoint_name("wp-panama-canal"), "Panama canal");
        assert_eq!(waypoint_name("gibraltar_strait"), "Gibraltar strait");
        assert_eq!(waypoint_name(""), "");
    }
}
