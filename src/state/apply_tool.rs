//! The tools of the map: drawing, changing and measuring.

use super::apply::notify;
use super::apply_edit::{add_route, replace_routes};
use super::draft_route::{draft_of, route_of};
use super::{AppState, Draft, Effect, Leg, LegKind, Measurement, NoticeLevel, PassageWish, SidePanel, Stop, Tool, ToolCommand, ToolKind};
use crate::model::{FeatureKind, FeatureRef};

/// Name of the undo step of a new route.
const ADD: &str = "Draw corridor";

pub(super) fn apply_tool(state: &mut AppState, command: ToolCommand) -> Vec<Effect> {
    match command {
        ToolCommand::Choose(kind) => choose(state, kind),
        ToolCommand::EditRoute(feature) => edit_route(state, feature),
        ToolCommand::Finish => finish(state),
        command => match &mut state.tool {
            Tool::Select => {}
            Tool::Measure(measurement) => measure(measurement, &command),
            Tool::DrawRoute(draft) => {
                change_draft(draft, command);
                write_if_ready(state);
            }
        },
    }
    Vec::new()
}

fn choose(state: &mut AppState, kind: ToolKind) {
    let changes_a_route = matches!(&state.tool, Tool::DrawRoute(draft) if draft.route.is_some());
    if state.tool.kind() == kind && !changes_a_route {
        return;
    }
    state.hovered = None;
    state.tool = match kind {
        ToolKind::Select => Tool::Select,
        ToolKind::DrawRoute => Tool::DrawRoute(Draft::default()),
        ToolKind::Measure => Tool::Measure(Measurement::default()),
    };
}

fn edit_route(state: &mut AppState, feature: FeatureRef) {
    match draft_of(state, feature) {
        Ok(draft) => {
            state.hovered = None;
            state.tool = Tool::DrawRoute(draft);
        }
        Err(reason) => {
            let detail = format!("{reason}. Draw it anew with the drawing tool to place its points by hand.");
            notify(state, NoticeLevel::Info, "This path cannot be changed point by point".to_owned(), detail, None);
        }
    }
}

/// Esc: lets go of the tool and what it holds; a point in hand goes back first. Returns whether there was one.
pub(super) fn cancel(state: &mut AppState) -> bool {
    if let Tool::DrawRoute(draft) = &mut state.tool
        && let Some((index, before)) = draft.dragged.take()
    {
        put_stop(draft, index, before);
        return true;
    }
    if let Tool::Measure(measurement) = &mut state.tool
        && !measurement.points.is_empty()
    {
        *measurement = Measurement { pointer: measurement.pointer, ..Measurement::default() };
        return true;
    }
    std::mem::take(&mut state.tool) != Tool::Select
}

/// Undo while a new route is drawn takes its last point back; returns whether there was one.
pub(super) fn undo_point(state: &mut AppState) -> bool {
    match &mut state.tool {
        Tool::DrawRoute(draft) if draft.route.is_none() && !draft.stops.is_empty() => remove_last(draft),
        Tool::Measure(measurement) if !measurement.points.is_empty() => measure(measurement, &ToolCommand::RemoveLast),
        _ => return false,
    }
    true
}

/// After undo, redo or an edit elsewhere: the points in hand are those of the record as it is now.
pub(super) fn follow_records(state: &mut AppState) {
    let Tool::DrawRoute(Draft { route: Some(id), .. }) = &state.tool else { return };
    let now = state.dataset.find(FeatureKind::Route, id).map(|feature| draft_of(state, feature));
    let Tool::DrawRoute(old) = std::mem::take(&mut state.tool) else { return };
    if let Some(Ok(now)) = now {
        let Draft { speed_kn, pointer, search, .. } = old;
        state.tool = Tool::DrawRoute(Draft { speed_kn, pointer, search, ..now });
    }
}

fn measure(measurement: &mut Measurement, command: &ToolCommand) {
    match command {
        ToolCommand::Point(stop) => measurement.pointer = stop.as_ref().map(|stop| stop.position),
        ToolCommand::Add(stop) => {
            if std::mem::take(&mut measurement.finished) {
                measurement.points.clear();
            }
            if measurement.points.last() != Some(&stop.position) {
                measurement.points.push(stop.position);
            }
        }
        ToolCommand::RemoveLast => {
            measurement.points.pop();
            measurement.finished = false;
        }
        _ => {}
    }
}

fn change_draft(draft: &mut Draft, command: ToolCommand) {
    match command {
        ToolCommand::Point(stop) => {
            draft.pointer = stop;
            renew_live(draft);
        }
        ToolCommand::Add(stop) => add(draft, stop),
        ToolCommand::RemoveLast if draft.route.is_none() => remove_last(draft),
        ToolCommand::RemoveLast | ToolCommand::RemoveMarked => remove_marked(draft),
        ToolCommand::Insert { leg, stop } => insert(draft, leg, stop),
        ToolCommand::Drag { index, stop } => drag(draft, index, stop),
        ToolCommand::Drop => {
            if let Some((index, before)) = draft.dragged.take()
                && draft.stops.get(index) != Some(&before)
            {
                draft.unwritten = draft.route.is_some().then_some("Move point");
            }
        }
        ToolCommand::SetNextLeg(kind) => {
            draft.next_kind = kind;
            renew_live(draft);
        }
        ToolCommand::SetAllLegs(kind) => {
            draft.next_kind = kind;
            renew_legs(draft, |_| kind);
        }
        ToolCommand::SetPassages(wish) => set_passages(draft, wish),
        ToolCommand::SetSpeed(speed_kn) if speed_kn.is_finite() => draft.speed_kn = speed_kn.clamp(0.5, 60.0),
        ToolCommand::SetSearch(search) => draft.search = search,
        ToolCommand::TakePaths(answers) => {
            for leg in draft.all_legs_mut() {
                answers.iter().for_each(|(request, answer)| leg.take(request, answer));
            }
        }
        _ => {}
    }
}

fn set_passages(draft: &mut Draft, wish: PassageWish) {
    if draft.wish != wish {
        draft.wish = wish;
        renew_legs(draft, Leg::kind);
    }
}

fn renew_legs(draft: &mut Draft, kind: impl Fn(&Leg) -> LegKind) {
    let before = std::mem::take(&mut draft.legs);
    draft.legs = before.iter().map(|leg| leg.changed(kind(leg), leg.from(), leg.to(), draft.wish)).collect();
    if draft.route.is_some() && draft.legs != before {
        draft.unwritten = Some("Change path");
    }
    renew_live(draft);
}

/// The leg from the last stop to the pointer; only a new route has one.
fn renew_live(draft: &mut Draft) {
    let ends = draft.stops.last().zip(draft.pointer.as_ref()).filter(|_| draft.route.is_none());
    draft.live = ends.map(|(last, pointer)| match &draft.live {
        Some(leg) if leg.from() == last.position => leg.changed(draft.next_kind, last.position, pointer.position, draft.wish),
        _ => Leg::new(draft.next_kind, last.position, pointer.position, draft.wish),
    });
}

fn add(draft: &mut Draft, stop: Stop) {
    let here = draft.stops.last().is_some_and(|last| last.position == stop.position);
    if draft.route.is_some() || here || !stop.position.is_finite() {
        return;
    }
    if let Some(last) = draft.stops.last() {
        let leg = draft.live.take().filter(|leg| leg.from() == last.position && leg.to() == stop.position && leg.kind() == draft.next_kind);
        draft.legs.push(leg.unwrap_or_else(|| Leg::new(draft.next_kind, last.position, stop.position, draft.wish)));
    }
    draft.stops.push(stop);
    draft.search.clear();
    renew_live(draft);
}

fn remove_last(draft: &mut Draft) {
    draft.stops.pop();
    draft.legs.pop();
    draft.unwritten = None;
    renew_live(draft);
}

fn remove_marked(draft: &mut Draft) {
    let Some(index) = draft.marked.take().filter(|index| *index < draft.stops.len()) else { return };
    if draft.route.is_none() || draft.stops.len() <= 2 || draft.dragged.is_some() {
        return;
    }
    draft.stops.remove(index);
    if index == 0 {
        draft.legs.remove(0);
    } else if index == draft.stops.len() {
        draft.legs.pop();
    } else {
        let kind = draft.legs[index - 1].kind();
        draft.legs.remove(index);
        draft.legs[index - 1] = Leg::new(kind, draft.stops[index - 1].position, draft.stops[index].position, draft.wish);
    }
    draft.unwritten = Some("Remove point");
}

fn insert(draft: &mut Draft, index: usize, stop: Stop) {
    let Some(leg) = draft.legs.get(index).filter(|leg| leg.from() != stop.position && leg.to() != stop.position) else { return };
    let (kind, from, to) = (leg.kind(), leg.from(), leg.to());
    draft.legs[index] = Leg::new(kind, from, stop.position, draft.wish);
    draft.legs.insert(index + 1, Leg::new(kind, stop.position, to, draft.wish));
    draft.stops.insert(index + 1, stop);
    draft.marked = Some(index + 1);
    draft.unwritten = draft.route.is_some().then_some("Add point");
}

fn drag(draft: &mut Draft, index: usize, stop: Stop) {
    if draft.dragged.as_ref().is_some_and(|(held, _)| *held != index) {
        return;
    }
    let Some(before) = draft.stops.get(index).cloned() else { return };
    draft.dragged.get_or_insert((index, before));
    draft.marked = Some(index);
    put_stop(draft, index, stop);
}

fn put_stop(draft: &mut Draft, index: usize, stop: Stop) {
    let position = stop.position;
    let Some(place) = draft.stops.get_mut(index) else { return };
    *place = stop;
    if let Some(leg) = index.checked_sub(1).and_then(|before| draft.legs.get_mut(before)) {
        *leg = leg.changed(leg.kind(), leg.from(), position, draft.wish);
    }
    if let Some(leg) = draft.legs.get_mut(index) {
        *leg = leg.changed(leg.kind(), position, leg.to(), draft.wish);
    }
}

fn finish(state: &mut AppState) {
    match &mut state.tool {
        Tool::Select => {}
        Tool::Measure(measurement) => measurement.finished = measurement.points.len() >= 2,
        // Every change was written when it was made, or is still being looked for.
        Tool::DrawRoute(draft) if draft.route.is_some() => {
            if draft.unwritten.is_none() {
                state.tool = Tool::Select;
            }
        }
        Tool::DrawRoute(draft) => {
            if draft.stops.len() >= 2 {
                draft.unwritten = Some(ADD);
            }
            write_if_ready(state);
        }
    }
}

/// Writes a finished or changed draft to the records once all its sea paths are there.
fn write_if_ready(state: &mut AppState) {
    let Tool::DrawRoute(draft) = &state.tool else { return };
    let (Some(label), None, None) = (draft.unwritten, &draft.dragged, draft.obstacle()) else { return };
    let Tool::DrawRoute(mut draft) = std::mem::take(&mut state.tool) else { return };
    draft.unwritten = None;
    let Some(id) = draft.route.clone() else {
        let drawn = route_of(state, &draft, None);
        if add_route(state, drawn.route, drawn.ports, label) {
            state.panels.open(SidePanel::Right);
            state.panels.inspector_edits = true;
        } else {
            // Nothing is lost while files are on their way.
            state.tool = Tool::DrawRoute(draft);
        }
        return;
    };
    let Some(base) = state.dataset.find(FeatureKind::Route, &id).and_then(|feature| state.dataset.routes.get(feature.at())).cloned() else {
        return;
    };
    let drawn = route_of(state, &draft, Some(&base));
    let written = replace_routes(state, vec![drawn.route], drawn.ports, label);
    // A refused change would be shown but nowhere kept.
    state.tool = Tool::DrawRoute(draft);
    if !written {
        follow_records(state);
    }
}
