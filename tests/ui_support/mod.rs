//! A small atlas and a person at the window: shared by the tests of the panels.
#![allow(dead_code, reason = "every test file uses its own part")]

use std::sync::Arc;

use egui_kittest::Harness;
use sealane::analysis::{Links, evaluate};
use sealane::geodesy::LonLat;
use sealane::model::{
    Attribution, Confidence, DatasetBuilder, FeatureKind, FeatureRef, Group, GroupKind, Origin, Port, Record, Route, RouteMode,
    SeizureEvent, Source, SourceFile, SourceReliability, Tie, TieKind,
};
use sealane::state::{AppState, Command, apply};
use sealane::ui::theme;

fn ids(list: &str) -> Vec<Arc<str>> {
    list.split_whitespace().map(Arc::from).collect()
}

fn some(text: &str) -> Option<Arc<str>> {
    (!text.is_empty()).then(|| Arc::from(text))
}

fn group(id: &str, name: &str, kind: GroupKind, country: &str, contested: bool) -> Record {
    Record::Group(Group {
        id: id.into(),
        name: some(name),
        group_kind: Some(kind),
        home_country: some(country),
        home_place: None,
        active_since: "2014".parse().ok().filter(|_| id == "kavac"),
        contested,
        sources: ids("grey"),
        note: None,
        position: None,
        extra: None,
        provenance: Origin::default(),
    })
}

fn port(id: &str, name: &str, country: &str, lon: f64, lat: f64) -> Record {
    Record::Port(Port {
        id: id.into(),
        name: some(name),
        country: some(country),
        locode: None,
        side: None,
        precision: None,
        sources: ids("grey"),
        note: None,
        position: Some(LonLat::new(lon, lat)),
        also_at: Vec::new(),
        extra: None,
        provenance: Origin::default(),
    })
}

fn tie(a: &str, b: &str, tie_kind: TieKind, since: &str) -> Record {
    Record::Tie(Tie {
        a: a.into(),
        b: b.into(),
        tie_kind: Some(tie_kind),
        since: since.parse().ok(),
        until: None,
        sources: ids("grey"),
        note: some("Reported by the press"),
        extra: None,
        provenance: Origin::default(),
    })
}

fn event(id: &str, date: &str, place: &str, mass_kg: Option<f64>, groups: &str, attribution: Attribution) -> SeizureEvent {
    let mut event = SeizureEvent::new(id.into(), Origin { file: 0, feature: 7 });
    event.event_date = date.parse().ok();
    event.place = some(place);
    event.mass_kg = mass_kg;
    event.commodity = some("cocaine");
    event.origin_port = some("gye");
    event.destination_port = some("bar");
    event.groups = ids(groups);
    event.attribution = Some(attribution);
    event.sources = ids("grey court");
    event.position = Some(LonLat::new(19.1, 42.1));
    event
}

fn source(id: &str, publisher: &str, title: &str, reliability: Option<SourceReliability>) -> Record {
    Record::Source(Source {
        id: id.into(),
        publisher: some(publisher),
        title: some(title),
        date: "2024-05".parse().ok(),
        url: some("https://example.org/report"),
        source_kind: None,
        reliability,
        note: None,
        extra: None,
        provenance: Origin::default(),
    })
}

/// Three groups, two ties, two ports, a corridor, three events and two sources.
pub fn state() -> AppState {
    let mut builder = DatasetBuilder::new();
    builder.add_file(SourceFile { name: "small.geojson".into(), bundled: false, features: 13 });
    let route = Route {
        id: "gye-bar".into(),
        name: some("Guayaquil – Bar"),
        origin_port: some("gye"),
        destination_port: some("bar"),
        via: Vec::new(),
        first_reported: "2019".parse().ok(),
        last_reported: None,
        mode: Some(RouteMode("container".into())),
        confidence: Some(Confidence::High),
        groups: ids("kavac"),
        sources: ids("grey"),
        note: None,
        path: None,
        line_paths: Vec::new(),
        lines: vec![vec![LonLat::new(-79.9, -2.2), LonLat::new(-30.0, 20.0), LonLat::new(19.1, 42.1)]],
        extra: None,
        provenance: Origin::default(),
    };
    let mut overlapping = event("e1", "2020", "Bar", Some(250.0), "kavac", Attribution::Explicit);
    overlapping.overlaps = ids("e0");
    overlapping.extra = Some("{\"port_agent\":\"unknown\"}".into());
    let records = [
        group("kavac", "Kavač clan", GroupKind::BalkanCell, "ME", false),
        group("umbrella", "Balkan Cartel", GroupKind::BalkanCell, "", true),
        group("pcc", "Primeiro Comando da Capital (PCC)", GroupKind::LatamPartner, "BR", false),
        tie("kavac", "pcc", TieKind::Alliance, "2019"),
        tie("kavac", "umbrella", TieKind::Rivalry, ""),
        port("gye", "Guayaquil", "EC", -79.9, -2.2),
        port("bar", "Bar", "ME", 19.1, 42.1),
        Record::Route(route),
        Record::Seizure(event("e0", "2020-03-05", "Port of Bar", Some(1_250.0), "kavac", Attribution::Explicit)),
        Record::Seizure(overlapping),
        Record::Seizure(event("e2", "2022-06", "Zelenika", None, "", Attribution::None)),
        source("grey", "Grey Dynamics", "Maritime networks", Some(SourceReliability::C)),
        source("court", "High Court", "Judgment", None),
    ];
    for record in records {
        builder.add(record).expect("ids are unique");
    }
    let mut state = AppState::new();
    state.dataset = Arc::new(builder.finish());
    state.opened = state.dataset.clone();
    state.saved = state.dataset.clone();
    state.links = Arc::new(Links::new(&state.dataset));
    state.matches = Arc::new(evaluate(&state.dataset, &state.links, &state.document.filter));
    state.dataset_generation = 1;
    state
}

/// The record with this id.
pub fn record(state: &AppState, kind: FeatureKind, id: &str) -> FeatureRef {
    state.dataset.find(kind, id).expect("in the small atlas")
}

/// The state and every command that the panel sent.
pub struct Window {
    pub state: AppState,
    pub sent: Vec<Command>,
}

impl Window {
    /// What was sent except hovering.
    pub fn deeds(&self) -> Vec<&Command> {
        self.sent.iter().filter(|command| !matches!(command, Command::Hover(_))).collect()
    }
}

/// A window that shows one panel and carries out what it sends.
pub fn window(
    state: AppState,
    width: f32,
    height: f32,
    panel: impl Fn(&mut egui::Ui, &AppState) -> Vec<Command> + 'static,
) -> Harness<'static, Window> {
    Harness::builder().with_size(egui::vec2(width, height)).with_context_setup(|ctx| theme::install(ctx, false)).build_ui_state(
        move |ui, window: &mut Window| {
            for command in panel(ui, &window.state) {
                window.sent.push(command.clone());
                apply(&mut window.state, command);
            }
        },
        Window { state, sent: Vec::new() },
    )
}

/// Two clicks so close together that they count as one gesture; the harness lets time pass between frames.
pub fn double_click(harness: &mut Harness<'_, Window>, at: egui::Pos2) {
    for pressed in [true, false, true, false] {
        let (button, modifiers) = (egui::PointerButton::Primary, egui::Modifiers::NONE);
        harness.input_mut().events.push(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
    }
    harness.run_steps(2);
}
