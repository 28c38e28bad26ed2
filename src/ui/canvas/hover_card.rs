//! What lies under the pointer: picking, and a card of at most six lines.

use egui::{Rect, Response, Ui};

use super::gestures::{Gesture, PICK_TOLERANCE_PX, on_canvas};
use super::{MapCanvas, MapPictures};
use crate::model::{Dataset, FeatureKind, FeatureRef};
use crate::scene::{SceneRect, Subject};
use crate::state::{AppState, Command, Tool};
use crate::ui::widgets::format;

/// Records of a cluster that are asked whether they are shown in full.
const MOST_ASKED: usize = 1_000;

impl MapCanvas {
    pub(super) fn hover(
        &mut self,
        ui: &Ui,
        response: &Response,
        rect: Rect,
        state: &AppState,
        pictures: &MapPictures,
        commands: &mut Vec<Command>,
    ) {
        let resting = matches!(self.gesture, Gesture::Rest);
        let pointer = response.hover_pos().filter(|_| resting && !response.dragged());
        if pointer != self.picked_at {
            self.picked_at = pointer;
            let was_over = !self.under_pointer.is_empty();
            // A tool has its own eyes.
            let picked = pointer.filter(|_| state.tool == Tool::Select);
            self.under_pointer = picked.map_or_else(Vec::new, |pos| pick(on_canvas(pos, rect), state, self.period, pictures));
            let now = self.under_pointer.first().and_then(Subject::record);
            // Lists hover too: only speak up when the pointer is on the map or has just left something on it.
            if now != state.hovered && (now.is_some() || was_over) {
                commands.push(Command::Hover(now));
            }
            let many = match self.under_pointer.first() {
                Some(Subject::Many(members)) => Some(members),
                _ => None,
            };
            self.many.turn_to(many, pictures.layers.as_ref().map_or(&[], |drawn| &drawn.layers));
        }
        if let (Some(_), Some(subject), Tool::Select) = (pointer, self.under_pointer.first(), &state.tool)
            && !response.context_menu_opened()
        {
            let lines = match subject {
                Subject::Record(feature) => card_lines(state, *feature),
                Subject::Many(_) => self.many.lines(ui, state),
            };
            let more = self.under_pointer.len() - 1;
            let view = state.view.on(SceneRect::new(0.0, 0.0, rect.width(), rect.height()));
            self.many.paint(&ui.painter_at(rect), rect, &view, ui.visuals().selection.stroke.color);
            response.clone().on_hover_ui_at_pointer(|ui| {
                ui.set_max_width(320.0);
                for (index, line) in lines.iter().enumerate() {
                    if index == 0 {
                        ui.label(crate::ui::theme::semibold(line, 13.0));
                    } else {
                        ui.label(line);
                    }
                }
                if more > 0 && lines.len() < 6 {
                    ui.weak(format!("{more} more here; right-click lists them"));
                }
            });
        }
    }
}

fn pick(at: crate::scene::ScenePoint, state: &AppState, period: Option<usize>, pictures: &MapPictures) -> Vec<Subject> {
    let Some(drawn) = &pictures.layers else { return Vec::new() };
    if drawn.dataset_generation != state.dataset_generation || drawn.projection != state.view.projection {
        return Vec::new();
    }
    let found = drawn.pick.pick(&state.view.on(state.canvas), at, PICK_TOLERANCE_PX);
    // Of many records the first ones tell enough: they are drawn as one because all of them match, or none does.
    let in_full = |feature: &FeatureRef| state.is_emphasized(*feature) && state.matches_in(period).passes(*feature);
    let shown = |subject: &Subject| subject.records().iter().take(MOST_ASKED).any(in_full);
    let (shown, dimmed): (Vec<_>, Vec<_>) = found.into_iter().map(|picked| picked.subject).partition(shown);
    shown.into_iter().chain(dimmed).collect()
}

/// At most five lines; the card adds one about what else is there.
fn card_lines(state: &AppState, feature: FeatureRef) -> Vec<String> {
    let dataset = &state.dataset;
    let at = feature.at();
    let mut lines = vec![dataset.title(feature)];
    match feature.kind {
        FeatureKind::Route => {
            if let Some(route) = dataset.routes.get(at) {
                let mode = route.mode.as_ref().map_or_else(|| "mode not stated".to_owned(), |mode| mode.label());
                lines.push(format!("Corridor · {mode}"));
                lines.extend(over_land(state, feature));
                let years = match (route.first_reported, route.last_reported) {
                    (Some(first), Some(last)) if first != last => format!("Reported {first} – {last}"),
                    (Some(date), _) | (None, Some(date)) => format!("Reported {date}"),
                    (None, None) => "Years not stated".to_owned(),
                };
                lines.push(years);
                let confidence = route.confidence.map_or("not stated", crate::model::Confidence::label);
                lines.push(format!("Confidence {} · {}", confidence.to_lowercase(), grades(dataset, &route.sources)));
            }
        }
        FeatureKind::Port => {
            if let Some(port) = dataset.ports.get(at) {
                let side = port.side.map_or("Port", crate::model::PortSide::label);
                let country = port.country.as_deref().map_or_else(|| "country not stated".to_owned(), crate::model::country_with_code);
                lines.push(format!("{side} · {country}"));
                let related = state.links.related(feature);
                let count = |kind| related.iter().filter(|(_, other)| other.kind == kind).count();
                lines.push(format!("{} corridors · {} seizures", count(FeatureKind::Route), count(FeatureKind::Seizure)));
                lines.push(grades(dataset, &port.sources));
            }
        }
        FeatureKind::Seizure => {
            if let Some(event) = dataset.seizures.get(at) {
                let date = event.event_date.map_or_else(|| "date not stated".to_owned(), |date| date.for_people());
                let mass = event.mass_kg.map_or_else(|| "quantity not stated".to_owned(), format::mass);
                lines.push(format!("{date} · {mass}"));
                let attribution = event.attribution.map_or("not stated", crate::model::Attribution::label);
                let groups = if event.groups.is_empty() {
                    "no group named".to_owned()
                } else {
                    let name = |id: &std::sync::Arc<str>| {
                        dataset.find(FeatureKind::Group, id).map_or_else(|| id.to_string(), |group| dataset.title(group))
                    };
                    event.groups.iter().map(name).collect::<Vec<_>>().join(", ")
                };
                lines.push(format!("Attribution {} · {groups}", attribution.to_lowercase()));
                if let Some(precision) = event.precision {
                    lines.push(format!("Place: {}", precision.label().to_lowercase()));
                }
                lines.push(grades(dataset, &event.sources));
            }
        }
        FeatureKind::Group
        | FeatureKind::Tie
        | FeatureKind::Area
        | FeatureKind::Statistic
        | FeatureKind::Source
        | FeatureKind::Judgement => lines.push(feature.kind.plural().to_owned()),
    }
    if let Some(compared) = state.shown_comparison() {
        // What was asked for comes before what else is known.
        let changes = crate::ui::compare::change_lines(compared, feature);
        lines.splice(1..1, changes);
    }
    lines.truncate(5);
    lines
}

/// "Over land, 12 km in 2 stretches", or what a schematic line crosses.
fn over_land(state: &AppState, feature: FeatureRef) -> Option<String> {
    let found = state.land_findings()?;
    let crossings = found.of(feature);
    let total_m: f64 = crossings.iter().map(|crossing| crossing.stretch.length_m).sum();
    match crossings.len() {
        0 => found.schematic_m(feature).map(|length_m| format!("Schematic: crosses {} of land", format::kilometers(length_m))),
        1 => Some(format!("Over land, {}", format::kilometers(total_m))),
        count => Some(format!("Over land, {} in {count} stretches", format::kilometers(total_m))),
    }
}

fn grades(dataset: &Dataset, sources: &[std::sync::Arc<str>]) -> String {
    if sources.is_empty() {
        return "No source named".to_owned();
    }
    let letter = |id: &std::sync::Arc<str>| {
        let source = dataset.find(FeatureKind::Source, id).and_then(|source| dataset.sources.get(source.at()));
        source.and_then(|source| source.reliability).map_or("not graded", crate::model::SourceReliability::key)
    };
    let letters: Vec<_> = sources.iter().take(6).map(letter).collect();
    let noun = if sources.len() == 1 { "source" } else { "sources" };
    format!("{} {noun} · reliability {}", sources.len(), letters.join(" "))
}
