//! A dataset of a few made-up records for the tests of this module.

use crate::geodesy::LonLat;
use crate::model::{
    Attribution, Confidence, Dataset, DatasetBuilder, Group, GroupKind, Origin, PathKind, PlaceKind, PlacePrecision, Port, Record, Route,
    RouteMode, SeizureEvent, Source, SourceReliability,
};

/// Three ports (one only a country), two corridors, four seizures, two groups, one source.
pub(super) fn small_dataset() -> Dataset {
    let mut builder = DatasetBuilder::new();
    let records = [
        port("br-santos", "Santos", "BR", PlacePrecision::Port, LonLat::new(-46.3, -24.0)),
        port("me-bar", "Bar", "ME", PlacePrecision::Port, LonLat::new(19.08, 42.09)),
        port("ec-unspecified", "Ecuador (port not stated)", "EC", PlacePrecision::Country, LonLat::new(-79.9, -2.2)),
        route("rt-br-bar", "br-santos", Confidence::High, "container", "cell-a"),
        route("rt-ec-bar", "ec-unspecified", Confidence::Low, "yacht", "label"),
        seizure("sz-1", Some(1_400.0), PlacePrecision::Port, PlaceKind::Port, "2021-06"),
        seizure("sz-2", None, PlacePrecision::Port, PlaceKind::Inland, "2019"),
        seizure("sz-3", Some(250.0), PlacePrecision::Approximate, PlaceKind::AtSea, "2023-01-09"),
        seizure("sz-4", Some(900.0), PlacePrecision::Country, PlaceKind::Port, "2008"),
        group("cell-a", "Cell A", false),
        group("label", "Label", true),
        Record::Source(Source {
            id: "src".into(),
            publisher: Some("Port police".into()),
            title: Some("Press release".into()),
            date: Some("2022-01".parse().expect("valid")),
            url: None,
            source_kind: None,
            reliability: Some(SourceReliability::B),
            note: None,
            extra: None,
            provenance: Origin::default(),
        }),
    ];
    for record in records {
        builder.add(record).expect("ids differ");
    }
    builder.finish()
}

/// A layer with one cluster of six events.
pub(super) fn cluster_layers() -> Vec<crate::scene::WorldLayer> {
    let dataset = cluster_dataset();
    super::data_layers(&dataset, crate::geodesy::MapProjection::default(), &super::MapStyle::default(), 5_000.0, 1.0)
}

/// Six events in one port.
pub(super) fn cluster_dataset() -> Dataset {
    let mut builder = DatasetBuilder::new();
    for number in 0..6 {
        let mut event = SeizureEvent::new(format!("sz-{number}").into(), Origin::default());
        event.position = Some(LonLat::new(19.4488, 41.3187));
        event.mass_kg = (number > 0).then_some(100.0);
        builder.add(Record::Seizure(event)).expect("ids differ");
    }
    builder.finish()
}

fn port(id: &str, name: &str, country: &str, precision: PlacePrecision, position: LonLat) -> Record {
    Record::Port(Port {
        id: id.into(),
        name: Some(name.into()),
        country: Some(country.into()),
        locode: None,
        side: None,
        precision: Some(precision),
        sources: vec!["src".into()],
        note: None,
        position: Some(position),
        also_at: Vec::new(),
        extra: None,
        provenance: Origin::default(),
    })
}

fn route(id: &str, origin: &str, confidence: Confidence, mode: &str, group: &str) -> Record {
    let start = if origin == "br-santos" { LonLat::new(-46.3, -24.0) } else { LonLat::new(-79.9, -2.2) };
    Record::Route(Route {
        id: id.into(),
        name: Some(id.into()),
        origin_port: Some(origin.into()),
        destination_port: Some("me-bar".into()),
        via: Vec::new(),
        first_reported: Some("2019".parse().expect("valid")),
        last_reported: None,
        mode: Some(RouteMode(mode.into())),
        confidence: Some(confidence),
        groups: vec![group.into()],
        sources: vec!["src".into()],
        note: None,
        path: Some(PathKind::Schematic),
        line_paths: Vec::new(),
        lines: vec![vec![start, LonLat::new(-30.0, 0.0), LonLat::new(-6.0, 36.0), LonLat::new(12.0, 37.0), LonLat::new(19.08, 42.09)]],
        extra: None,
        provenance: Origin::default(),
    })
}

fn seizure(id: &str, mass_kg: Option<f64>, precision: PlacePrecision, place_kind: PlaceKind, date: &str) -> Record {
    let mut event = SeizureEvent::new(id.into(), Origin::default());
    event.event_date = Some(date.parse().expect("valid"));
    event.place = Some("Bar".into());
    event.mass_kg = mass_kg;
    event.place_kind = Some(place_kind);
    event.country = Some("ME".into());
    event.destination_port = (id == "sz-1").then(|| "me-bar".into());
    event.groups = vec!["cell-a".into()];
    event.attribution = Some(Attribution::Explicit);
    event.precision = Some(precision);
    event.sources = vec!["src".into()];
    event.position = Some(LonLat::new(19.08, 42.09));
    Record::Seizure(event)
}

fn group(id: &str, name: &str, contested: bool) -> Record {
    Record::Group(Group {
        id: id.into(),
        name: Some(name.into()),
        group_kind: Some(GroupKind::BalkanCell),
        home_country: Some("ME".into()),
        home_place: None,
        active_since: None,
        contested,
        sources: vec!["src".into()],
        note: None,
        position: None,
        extra: None,
        provenance: Origin::default(),
    })
}
