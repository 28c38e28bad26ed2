//! The analysis of the bundled atlas gives the numbers of its tables.

use std::path::Path;
use std::sync::Arc;

use sealane::analysis::{BinSize, Timeline};
use sealane::analysis::{
    Dimension, Filter, Links, Matches, Measure, NOT_STATED, Relation, SummaryBy, Totals, concentration, evaluate, facets, histogram,
    possible_double_counts, search, summarize, totals,
};
use sealane::model::{
    Attribution, Confidence, Dataset, DatasetBuilder, FeatureKind, Group, Origin, PartialDate, Port, Record, Route, RouteMode,
    SeizureEvent, Source, SourceReliability, Tie, TieKind,
};
use serde_json::Value;

/// The records of the atlas that matter here, straight from its JSON: this test is about the analysis, not about the loader.
fn atlas() -> Dataset {
    let mut builder = DatasetBuilder::new();
    for file in ["corridors", "ports", "cells", "seizures", "sources"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("routes").join(file).with_extension("geojson");
        let json: Value = serde_json::from_str(&std::fs::read_to_string(path).expect("the file is there")).expect("it is JSON");
        for feature in json["features"].as_array().expect("a FeatureCollection") {
            builder.add(record(&feature["properties"])).expect("ids are unique");
        }
    }
    builder.finish()
}

fn record(p: &Value) -> Record {
    match p["kind"].as_str().expect("a kind") {
        "route" => Record::Route(route(p)),
        "port" => Record::Port(port(p)),
        "group" => Record::Group(group(p)),
        "tie" => Record::Tie(tie(p)),
        "seizure" => Record::Seizure(seizure(p)),
        "source" => Record::Source(source(p)),
        other => panic!("no {other} in these files"),
    }
}

fn text(p: &Value, name: &str) -> Option<Arc<str>> {
    p[name].as_str().map(Arc::from)
}

fn list(p: &Value, name: &str) -> Vec<Arc<str>> {
    p[name].as_array().into_iter().flatten().filter_map(Value::as_str).map(Arc::from).collect()
}

fn date(p: &Value, name: &str) -> Option<PartialDate> {
    p[name].as_str().map(|text| text.parse().expect("a date"))
}

fn id(p: &Value) -> Arc<str> {
    text(p, "id").expect("an id")
}

fn route(p: &Value) -> Route {
    Route {
        id: id(p),
        name: text(p, "name"),
        origin_port: text(p, "origin"),
        destination_port: text(p, "destination"),
        via: list(p, "via"),
        first_reported: date(p, "first_reported"),
        last_reported: date(p, "last_reported"),
        mode: text(p, "mode").map(RouteMode),
        confidence: p["confidence"].as_str().and_then(Confidence::from_key),
        groups: list(p, "groups"),
        sources: list(p, "sources"),
        note: text(p, "note"),
        path: None,
        line_paths: Vec::new(),
        lines: Vec::new(),
        extra: None,
        provenance: Origin::default(),
    }
}

fn port(p: &Value) -> Port {
    Port {
        id: id(p),
        name: text(p, "name"),
        country: text(p, "country"),
        locode: text(p, "locode"),
        side: None,
        precision: None,
        sources: list(p, "sources"),
        note: text(p, "note"),
        position: None,
        also_at: Vec::new(),
        extra: None,
        provenance: Origin::default(),
    }
}

fn group(p: &Value) -> Group {
    Group {
        id: id(p),
        name: text(p, "name"),
        group_kind: None,
        home_country: text(p, "home_country"),
        home_place: text(p, "home_place"),
        active_since: date(p, "active_since"),
        contested: p["contested"] == true,
        sources: list(p, "sources"),
        note: text(p, "note"),
        position: None,
        extra: None,
        provenance: Origin::default(),
    }
}

fn tie(p: &Value) -> Tie {
    Tie {
        a: text(p, "a").expect("an end"),
        b: text(p, "b").expect("an end"),
        tie_kind: p["tie_kind"].as_str().and_then(TieKind::from_key),
        since: date(p, "since"),
        until: date(p, "until"),
        sources: list(p, "sources"),
        note: text(p, "note"),
        extra: None,
        provenance: Origin::default(),
    }
}

fn seizure(p: &Value) -> SeizureEvent {
    let mut event = SeizureEvent::new(id(p), Origin::default());
    event.event_date = p["date"].as_str().map(|text| text.parse().expect("a date"));
    event.place = text(p, "place");
    event.country = text(p, "country");
    event.mass_kg = p["quantity_kg"].as_f64();
    event.commodity = text(p, "commodity");
    event.concealment = text(p, "concealment");
    event.vessel = text(p, "vessel");
    event.origin_port = text(p, "origin");
    event.destination_port = text(p, "destination");
    event.groups = list(p, "groups");
    event.attribution = p["attribution"].as_str().and_then(Attribution::from_key);
    event.overlaps = list(p, "overlaps");
    event.sources = list(p, "sources");
    event.note = text(p, "note");
    event
}

fn source(p: &Value) -> Source {
    Source {
        id: id(p),
        publisher: text(p, "publisher"),
        title: text(p, "title"),
        date: date(p, "date"),
        url: text(p, "url"),
        source_kind: None,
        reliability: p["reliability"].as_str().and_then(SourceReliability::from_key),
        note: text(p, "note"),
        extra: None,
        provenance: Origin::default(),
    }
}

struct Desk {
    dataset: Dataset,
    links: Links,
}

impl Desk {
    fn open() -> Self {
        let dataset = atlas();
        let links = Links::new(&dataset);
        Self { dataset, links }
    }

    fn matches(&self, filter: &Filter) -> Matches {
        evaluate(&self.dataset, &self.links, filter)
    }

    fn totals(&self, choices: &[(Dimension, &str)]) -> Totals {
        totals(&self.dataset, &self.matches(&choosing(choices)))
    }

    fn timeline(&self, size: BinSize, at_least: Option<(i16, i16)>) -> Timeline {
        histogram(&self.dataset, &self.matches(&Filter::default()), size, at_least)
    }
}

fn choosing(choices: &[(Dimension, &str)]) -> Filter {
    let mut filter = Filter::default();
    for (dimension, key) in choices {
        filter.choose(*dimension, key);
    }
    filter
}

fn tonnes(totals: Totals) -> String {
    format!("{:.1}", totals.value(Measure::Mass) / 1000.0)
}

#[test]
fn totals_are_those_of_the_tables() {
    let desk = Desk::open();
    assert_eq!(desk.links.unresolved(), 0);
    let all = desk.totals(&[]);
    assert_eq!((all.events, all.events_without_mass, tonnes(all).as_str()), (149, 0, "298.5"));
    let explicit = desk.totals(&[(Dimension::Attribution, "explicit")]);
    assert_eq!((explicit.events, tonnes(explicit).as_str()), (33, "85.7"));
    let umbrella = desk.totals(&[(Dimension::Group, "balkan-cartel")]);
    assert_eq!(umbrella.events, 11, "events that name the umbrella label");
    let groups = desk.dataset.refs(FeatureKind::Group);
    let without_event: Vec<_> = groups.filter(|group| desk.links.related_by(*group, Relation::Events).next().is_none()).collect();
    let tied = without_event.iter().filter(|group| desk.links.related_by(**group, Relation::Ties).next().is_some()).count();
    assert_eq!((without_event.len(), tied), (22, 20), "groups without an event, and those of them that have ties");
    let in_2023 = PartialDate::from_year(2023);
    let filter = Filter { days: Some((in_2023.first_day(), in_2023.last_day())), ..choosing(&[(Dimension::Attribution, "explicit")]) };
    assert_eq!(tonnes(totals(&desk.dataset, &desk.matches(&filter))), "17.8");
}

#[test]
fn the_yardstick_for_south_east_european_ports_can_be_repeated() {
    let desk = Desk::open();
    let mut filter = choosing(&["HR", "AL", "ME", "SI", "GR", "BG", "RO"].map(|country| (Dimension::Country, country)));
    filter.days = Some((PartialDate::from_year(2018).first_day(), PartialDate::from_year(2021).last_day()));
    assert_eq!(tonnes(totals(&desk.dataset, &desk.matches(&filter))), "5.9");
}

#[test]
fn the_black_sea_load_is_the_one_possible_double_count() {
    let desk = Desk::open();
    let clusters = possible_double_counts(&desk.dataset, &desk.links, &desk.matches(&Filter::default()));
    assert_eq!(clusters.iter().map(|c| (c.seizures.len(), c.mass_kg, c.largest_kg)).collect::<Vec<_>>(), [(4, 1500.0, Some(1000.0))]);
    let bulgaria = desk.matches(&choosing(&[(Dimension::Country, "BG")]));
    assert!(possible_double_counts(&desk.dataset, &desk.links, &bulgaria).is_empty());
}

#[test]
fn every_summary_has_the_same_total_and_misses_no_event() {
    let desk = Desk::open();
    let matches = desk.matches(&Filter::default());
    for by in SummaryBy::ALL {
        let summary = summarize(&desk.dataset, &matches, by);
        let events: usize = summary.rows.iter().map(|row| row.totals.events).sum();
        assert_eq!((summary.total.events, tonnes(summary.total).as_str()), (149, "298.5"), "{by:?}");
        assert!(events >= 149 && (by.rows_may_share_events() || events == 149), "{by:?}: {events}");
        assert!(summary.rows.iter().rev().skip(1).all(|row| row.key.is_some()), "{by:?}: only the last row may be without a key");
    }
    let groups = summarize(&desk.dataset, &matches, SummaryBy::Group);
    assert_eq!(groups.rows.last().map(|row| row.totals.events), Some(110), "events that name no group");
    let ports = concentration(&summarize(&desk.dataset, &matches, SummaryBy::Port), Measure::Mass).expect("there is mass");
    assert!(!ports.small_number() && (0.0..1.0).contains(&ports.hhi));
    assert!((ports.shares.iter().map(|share| share.share).sum::<f64>() - 1.0).abs() < 1e-9);
}

#[test]
fn the_timeline_shows_the_nineties_as_no_data() {
    let desk = Desk::open();
    let years = desk.timeline(BinSize::Year, Some((1990, 2026)));
    let first = years.bins.iter().position(|bin| bin.sums.is_some()).expect("there are events");
    assert_eq!((years.bins.len(), years.bins[first].label.as_str()), (37, "1999"));
    let recent = years.bins.iter().filter(|bin| ("2019"..="2025").contains(&bin.label.as_str())).filter_map(|bin| bin.sums);
    assert_eq!(recent.map(|sums| sums.total.events).sum::<usize>(), 132);

    let months = desk.timeline(BinSize::Month, None);
    let in_months: usize = months.bins.iter().filter_map(|bin| bin.sums).map(|sums| sums.total.events).sum();
    let coarse: usize = months.coarse.iter().filter_map(|bin| bin.sums).map(|sums| sums.total.events).sum();
    assert_eq!((in_months, coarse), (132, 17), "67 days and 65 months; 17 years stay apart");
}

#[test]
fn typing_finds_a_group_and_its_filter_lights_its_events() {
    let desk = Desk::open();
    let hit = search(&desk.dataset, "kavac", 1).remove(0);
    assert_eq!((hit.title.as_str(), hit.feature.kind), ("Kavač clan", FeatureKind::Group));
    let events: Vec<_> = desk.links.related_by(hit.feature, Relation::Events).collect();
    let matches = desk.matches(&choosing(&[(Dimension::Group, "kavac")]));
    assert!(!events.is_empty());
    assert_eq!(matches.passing(FeatureKind::Seizure).collect::<Vec<_>>(), events);
    assert_eq!(matches.shown(FeatureKind::Tie), desk.links.related_by(hit.feature, Relation::Ties).count());
    let typed = desk.matches(&Filter { text: "Kavač".to_owned(), ..Filter::default() });
    assert!(events.iter().all(|event| typed.passes(*event)), "the text finds them too");
}

#[test]
fn each_facet_counts_what_choosing_it_shows() {
    let desk = Desk::open();
    let start = choosing(&[(Dimension::Attribution, "explicit"), (Dimension::Reliability, "B")]);
    let matches = desk.matches(&start);
    for dimension in Dimension::CHOICES {
        for facet in facets(&desk.dataset, &desk.links, &matches, dimension) {
            let mut only = start.clone();
            only.clear(dimension);
            only.choose(dimension, &facet.key);
            let chosen = desk.matches(&only);
            let shown = [FeatureKind::Route, FeatureKind::Seizure]
                .into_iter()
                .filter(|kind| dimension.applies_to(*kind))
                .map(|kind| chosen.shown(kind))
                .sum::<usize>();
            assert_eq!(facet.matching, shown, "{dimension:?} {}", facet.label);
            assert!(facet.matching <= facet.total);
        }
    }
    let grades = facets(&desk.dataset, &desk.links, &desk.matches(&Filter::default()), Dimension::Reliability);
    assert_eq!(grades.iter().map(|facet| &*facet.key).collect::<Vec<_>>(), ["A", "B", "C", "D"]);
    assert!(grades.iter().all(|facet| &*facet.key != NOT_STATED), "every source of the atlas is graded");
}
