//! What stands for many records under the pointer: its card, counted bit by bit so that no frame waits, and a ring around it.

use egui::{Color32, Painter, Pos2, Rect, Stroke, Ui, pos2};

use crate::analysis::MembersSummary;
use crate::model::{Dataset, FeatureKind, FeatureRef};
use crate::scene::{Members, PlanePoint, PlaneView, WorldLayer, WorldShape};
use crate::state::AppState;
use crate::ui::widgets::format;

/// Records that are counted in one frame: about a millisecond of work.
const RECORDS_PER_FRAME: usize = 8_000;
/// Records that are asked what holds for all: whether they match, and their kind.
const ASKED: usize = 1_000;
/// Places that are named.
const NAMED: usize = 3;

/// The card of the newest subject.
#[derive(Default)]
pub(super) struct ManyCard {
    of: Option<Members>,
    summary: MembersSummary,
    counted: usize,
    outline: Outline,
}

/// Where the item lies on the plane.
#[derive(Default)]
struct Outline {
    /// Its only point and its size in CSS pixels.
    symbol: Option<(PlanePoint, f32)>,
    lines: Vec<Vec<PlanePoint>>,
}

impl Outline {
    fn of(members: &Members, layers: &[WorldLayer]) -> Self {
        let same = |layer: &WorldLayer, range| Members::new(layer.geometry.members.clone(), range) == *members;
        let found = layers.iter().filter(|layer| !layer.geometry.members.is_empty()).find_map(|layer| {
            let items = layer.geometry.items.iter().filter(|item| item.feature.is_none());
            items.into_iter().find(|item| same(layer, item.members.clone())).map(|item| (layer, item))
        });
        let Some((layer, item)) = found else { return Self::default() };
        let mut parts = layer.geometry.parts_of(item);
        match item.shape {
            WorldShape::Symbol { size_px, .. } => {
                Self { symbol: parts.next().and_then(<[_]>::first).map(|at| (*at, size_px)), lines: Vec::new() }
            }
            WorldShape::Line | WorldShape::Flow { .. } | WorldShape::Area => {
                Self { symbol: None, lines: layer.geometry.lines_of(item).map(<[_]>::to_vec).collect() }
            }
        }
    }
}

impl ManyCard {
    /// Turns to other members; the same ones stay counted.
    pub(super) fn turn_to(&mut self, members: Option<&Members>, layers: &[WorldLayer]) {
        if self.of.as_ref() != members {
            *self = Self {
                outline: members.map(|members| Outline::of(members, layers)).unwrap_or_default(),
                of: members.cloned(),
                ..Self::default()
            };
        }
    }

    /// At most six lines.
    pub(super) fn lines(&mut self, ui: &Ui, state: &AppState) -> Vec<String> {
        let Some(members) = self.of.clone() else { return Vec::new() };
        let records = members.records();
        let until = (self.counted + RECORDS_PER_FRAME).min(records.len());
        for feature in &records[self.counted..until] {
            self.summary.add(&state.dataset, *feature);
        }
        self.counted = until;
        let mut lines = vec![title(records)];
        if until < records.len() {
            ui.request_repaint();
            lines.push("Counting…".to_owned());
        } else {
            lines.extend(sums(&self.summary, &state.dataset));
        }
        if !records.iter().take(ASKED).any(|feature| state.matches.passes(*feature)) {
            lines.push("Outside the filter".to_owned());
        }
        lines.truncate(6);
        lines
    }

    /// The item under the pointer, marked.
    pub(super) fn paint(&self, painter: &Painter, canvas: Rect, view: &PlaneView, accent: Color32) {
        let place = |at: &PlanePoint| -> Pos2 {
            let point = view.scene_from_projected(at.projected());
            pos2(canvas.min.x + point.x, canvas.min.y + point.y)
        };
        if let Some((at, size_px)) = &self.outline.symbol {
            painter.circle_stroke(place(at), size_px / 2.0 + 3.0, Stroke::new(1.8, accent));
        }
        for line in &self.outline.lines {
            painter.line(line.iter().map(place).collect(), Stroke::new(2.0, accent));
        }
    }
}

/// "312 events".
pub(super) fn title(records: &[FeatureRef]) -> String {
    let kind = records.first().map(|feature| feature.kind);
    match kind.filter(|kind| records.iter().take(ASKED).all(|feature| feature.kind == *kind)) {
        Some(FeatureKind::Seizure) => format::counted(records.len(), "event", "events"),
        Some(FeatureKind::Route) => format::counted(records.len(), "corridor", "corridors"),
        Some(kind) => format!("{} {}", format::count(records.len()), kind.plural().to_lowercase()),
        None => format::counted(records.len(), "record", "records"),
    }
}

fn sums(summary: &MembersSummary, dataset: &Dataset) -> Vec<String> {
    let mut lines = Vec::new();
    if summary.events.events > 0 {
        lines.push(mass(summary));
    }
    lines.push(years(summary));
    if summary.events.events > 0 {
        let places = summary.places();
        lines.extend(most("Most", places.iter().map(|(place, count)| format!("{place} {}", format::count(*count)))));
    }
    if summary.corridors > 0 {
        let port = |id: &str| dataset.find(FeatureKind::Port, id).map_or_else(|| id.to_owned(), |port| dataset.title(port));
        let (origins, destinations) = (summary.origins(), summary.destinations());
        lines.extend(most("From", origins.iter().map(|(id, _)| port(id))));
        lines.extend(most("To", destinations.iter().map(|(id, _)| port(id))));
    }
    lines.push("Click opens it, Ctrl+click selects".to_owned());
    lines
}

/// "12 410 kg (14 without stated mass)".
fn mass(summary: &MembersSummary) -> String {
    let (all, without) = (summary.events.events, summary.events.events_without_mass);
    match (without, all - without) {
        (_, 0) => "Mass not stated".to_owned(),
        (0, _) => format::mass_total(summary.events.mass_kg),
        _ => format!("{} ({} without stated mass)", format::mass_total(summary.events.mass_kg), format::count(without)),
    }
}

/// "2019–2023 (3 undated)".
fn years(summary: &MembersSummary) -> String {
    let years = match summary.years {
        Some((first, last)) if first != last => format!("{first}–{last}"),
        Some((year, _)) => year.to_string(),
        None => return "Time not stated".to_owned(),
    };
    if summary.undated == 0 { years } else { format!("{years} ({} undated)", format::count(summary.undated)) }
}

/// "Most: Durrës 7, Bar 5, …"
fn most(word: &str, names: impl ExactSizeIterator<Item = String>) -> Option<String> {
    let more = if names.len() > NAMED { ", …" } else { "" };
    let named: Vec<String> = names.take(NAMED).collect();
    (!named.is_empty()).then(|| format!("{word}: {}{more}", named.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DatasetBuilder, Origin, Record, SeizureEvent};

    fn events() -> Dataset {
        let mut builder = DatasetBuilder::new();
        for (number, (place, date, mass_kg)) in
            [("Bar", "2019", Some(400.0)), ("Durrës", "2021-03", None), ("Durrës", "2023", Some(2_010.0)), ("", "", None)]
                .into_iter()
                .enumerate()
        {
            let mut event = SeizureEvent::new(format!("e{number}").into(), Origin::default());
            event.place = Some(place.into()).filter(|_| !place.is_empty());
            event.event_date = date.parse().ok();
            event.mass_kg = mass_kg;
            builder.add(Record::Seizure(event)).expect("ids differ");
        }
        builder.finish()
    }

    #[test]
    fn a_card_says_what_it_counts_and_what_is_not_stated() {
        let dataset = events();
        let mut summary = MembersSummary::default();
        let records: Vec<FeatureRef> = dataset.refs(FeatureKind::Seizure).collect();
        records.iter().for_each(|event| summary.add(&dataset, *event));
        assert_eq!(title(&records), "4\u{a0}events");
        let lines = sums(&summary, &dataset);
        assert_eq!(lines[0], "2\u{2009}410\u{a0}kg (2 without stated mass)");
        assert_eq!(lines[1], "2019–2023 (1 undated)");
        assert_eq!(lines[2], "Most: Durrës 2, Bar 1");
    }

    #[test]
    fn an_unknown_mass_is_not_zero() {
        let dataset = events();
        let mut summary = MembersSummary::default();
        summary.add(&dataset, FeatureRef::new(FeatureKind::Seizure, 1));
        assert_eq!(sums(&summary, &dataset)[..2], ["Mass not stated".to_owned(), "2021".to_owned()]);
    }
}
