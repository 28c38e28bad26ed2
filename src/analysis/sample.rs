//! A small dataset for the tests of this module: three ports, three groups, two corridors, four events.

use std::sync::Arc;

use crate::geodesy::LonLat;
use crate::model::{
    Attribution, Confidence, Dataset, DatasetBuilder, FeatureKind, FeatureRef, Group, Origin, PathKind, Port, Record, Route, RouteMode,
    SeizureEvent, Source, SourceKind, SourceReliability, Statistic, Tie, TieKind,
};

pub(super) fn route(index: u32) -> FeatureRef {
    FeatureRef::new(FeatureKind::Route, index)
}

pub(super) fn seizure(index: u32) -> FeatureRef {
    FeatureRef::new(FeatureKind::Seizure, index)
}

fn ids(list: &str) -> Vec<Arc<str>> {
    list.split_whitespace().map(Arc::from).collect()
}

fn some(text: &str) -> Option<Arc<str>> {
    (!text.is_empty()).then(|| Arc::from(text))
}

fn port(id: &str, name: &str, country: &str) -> Record {
    Record::Port(Port {
        id: id.into(),
        name: some(name),
        country: some(country),
        locode: some("ALDRZ").filter(|_| id == "dur"),
        side: None,
        precision: None,
        sources: ids("b"),
        note: None,
        position: Some(LonLat::new(10.0, 40.0)),
        also_at: Vec::new(),
        extra: None,
        provenance: Origin::default(),
    })
}

fn group(id: &str, name: &str, country: &str) -> Record {
    Record::Group(Group {
        id: id.into(),
        name: some(name),
        group_kind: None,
        home_country: some(country),
        home_place: None,
        active_since: None,
        contested: false,
        sources: ids("b"),
        note: None,
        position: None,
        extra: None,
        provenance: Origin::default(),
    })
}

fn tie(a: &str, b: &str, tie_kind: TieKind, since: &str, until: &str) -> Record {
    Record::Tie(Tie {
        a: a.into(),
        b: b.into(),
        tie_kind: Some(tie_kind),
        since: since.parse().ok(),
        until: until.parse().ok(),
        sources: ids("b"),
        note: None,
        extra: None,
        provenance: Origin::default(),
    })
}

pub(super) fn a_route(id: &str, origin: &str, via: &str, destination: &str) -> Route {
    Route {
        id: id.into(),
        name: some(id),
        origin_port: some(origin),
        destination_port: some(destination),
        via: ids(via),
        first_reported: None,
        last_reported: None,
        mode: None,
        confidence: None,
        groups: Vec::new(),
        sources: Vec::new(),
        note: None,
        path: Some(PathKind::Schematic),
        line_paths: Vec::new(),
        lines: Vec::new(),
        extra: None,
        provenance: Origin::default(),
    }
}

pub(super) fn an_event(id: &str, date: &str, place: &str, mass_kg: Option<f64>) -> SeizureEvent {
    let mut event = SeizureEvent::new(id.into(), Origin::default());
    event.event_date = date.parse().ok();
    event.place = some(place);
    event.mass_kg = mass_kg;
    event.commodity = some("cocaine");
    event
}

fn source(id: &str, publisher: &str, reliability: Option<SourceReliability>) -> Record {
    Record::Source(Source {
        id: id.into(),
        publisher: some(publisher),
        title: some("A report"),
        date: "2021".parse().ok(),
        url: None,
        source_kind: Some(SourceKind::Press),
        reliability,
        note: None,
        extra: None,
        provenance: Origin::default(),
    })
}

/// A dataset of these events alone.
pub(super) fn of_events(events: impl IntoIterator<Item = SeizureEvent>) -> Dataset {
    let mut builder = DatasetBuilder::new();
    for event in events {
        builder.add(Record::Seizure(event)).expect("ids are unique");
    }
    builder.finish()
}

/// The sample. The overlap of the first two events is stated by the second only; the third names a port that is in no file.
pub(super) fn dataset() -> Dataset {
    let container = Route {
        first_reported: "2020".parse().ok(),
        last_reported: "2021".parse().ok(),
        mode: Some(RouteMode("container".into())),
        confidence: Some(Confidence::High),
        groups: ids("kavac"),
        sources: ids("b"),
        ..a_route("ec-dur", "ec", "wp-x gt", "dur")
    };
    let old = Route {
        first_reported: "2005".parse().ok(),
        last_reported: "2006".parse().ok(),
        confidence: Some(Confidence::Low),
        sources: ids("d"),
        ..a_route("old", "", "", "gt")
    };
    let mut first = an_event("s0", "2020-03-05", "Durrës", Some(100.0));
    first.country = some("AL");
    first.origin_port = some("ec");
    first.destination_port = some("dur");
    first.groups = ids("kavac");
    first.attribution = Some(Attribution::Explicit);
    first.sources = ids("b d");
    let mut second = an_event("s1", "2020", "Durrës", Some(50.0));
    second.country = some("AL");
    second.destination_port = some("dur");
    second.groups = ids("kavac pcc");
    second.attribution = Some(Attribution::Suspected);
    second.overlaps = ids("s0");
    second.sources = ids("b");
    let mut third = an_event("s2", "2022-06", "Gioia Tauro", None);
    third.country = some("IT");
    third.destination_port = some("nowhere");
    third.attribution = Some(Attribution::None);
    third.vessel = some("Rosio");
    third.sources = ids("u");
    let fourth = an_event("s3", "", "High seas", Some(30.0));
    let mut builder = DatasetBuilder::new();
    let records = [
        port("ec", "Ecuador (port not stated)", "EC"),
        port("gt", "Gioia Tauro", "IT"),
        port("dur", "Durrës", "AL"),
        group("kavac", "Kavač clan", "ME"),
        group("pcc", "Primeiro Comando da Capital (PCC)", "BR"),
        group("skaljari", "Škaljari clan", "ME"),
        tie("kavac", "skaljari", TieKind::Rivalry, "2014", ""),
        tie("kavac", "pcc", TieKind::Alliance, "2019", "2020"),
        Record::Route(container),
        Record::Route(old),
        Record::Seizure(first),
        Record::Seizure(second),
        Record::Seizure(third),
        Record::Seizure(fourth),
        source("b", "Agencija", Some(SourceReliability::B)),
        source("d", "Weblog", Some(SourceReliability::D)),
        source("u", "Ungraded", None),
        Record::Statistic(Statistic {
            series: "eu_cocaine_seized".into(),
            year: "2021".parse().expect("a year"),
            value: 303.0,
            unit: some("t"),
            derived: false,
            sources: ids("b"),
            note: None,
            extra: None,
            provenance: Origin::default(),
        }),
    ];
    for record in records {
        builder.add(record).expect("ids are unique");
    }
    builder.finish()
}
