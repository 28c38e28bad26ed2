//! What the bench does with the window, event by event, as a person would.

use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, Rect, TouchPhase, pos2, vec2};

use crate::model::PartialDate;
use crate::state::{Command, SelectMode, SortOrder, Tab};

/// A part of the run; its frames are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The map is dragged to and fro, farther than its pictures reach.
    Pan,
    /// The wheel zooms in and out again.
    Zoom,
    /// The pointer runs over the map.
    Hover,
    /// A period is dragged open on the timeline.
    Brush,
    /// A box selects what lies in the middle of the map.
    Select,
    /// The map is panned with that selection.
    PanSelection,
    /// Another table is shown below the map, then the map is panned.
    Table(Tab),
    /// The seizures are sorted by place.
    Sort,
    /// Words are typed into the filter.
    Words,
}

impl Phase {
    /// All, in the order of the run. The first two are the frames of the summary.
    pub(super) const ALL: [Self; 14] = [
        Self::Pan,
        Self::Zoom,
        Self::Hover,
        Self::Brush,
        Self::Select,
        Self::PanSelection,
        Self::Table(Tab::Corridors),
        Self::Table(Tab::Ports),
        Self::Table(Tab::Seizures),
        Self::Sort,
        Self::Table(Tab::Cells),
        Self::Table(Tab::Sources),
        Self::Table(Tab::Findings),
        Self::Words,
    ];

    /// The name in the report.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Pan => "pan",
            Self::Zoom => "zoom",
            Self::Hover => "hover",
            Self::Brush => "brush",
            Self::Select => "select",
            Self::PanSelection => "pan_selection",
            Self::Table(Tab::Corridors) => "table_corridors",
            Self::Table(Tab::Ports) => "table_ports",
            Self::Table(Tab::Seizures) => "table_seizures",
            Self::Table(Tab::Cells) => "table_cells",
            Self::Table(Tab::Sources) => "table_sources",
            Self::Table(Tab::Findings) => "table_findings",
            Self::Table(Tab::Timeline) => "timeline",
            Self::Sort => "sort",
            Self::Words => "words",
        }
    }

    /// How many frames it lasts in a run of `frames` panned frames.
    pub(super) fn length(self, frames: usize) -> usize {
        match self {
            Self::Pan => frames,
            Self::Zoom | Self::Hover | Self::Brush | Self::PanSelection => frames / 2,
            Self::Select | Self::Table(_) | Self::Sort | Self::Words => frames / 8,
        }
        .max(12)
    }

    /// What is done before its first frame.
    pub(super) fn begin(self) -> Vec<Command> {
        match self {
            Self::Brush => vec![Command::ShowTab(Tab::Timeline)],
            Self::Select => vec![Command::SetPeriod(None), Command::EndGesture],
            Self::Table(tab) => vec![Command::Select(Vec::new(), SelectMode::Replace), Command::ShowTab(tab)],
            Self::Sort => {
                vec![Command::ShowTab(Tab::Seizures), Command::SetTableSort(Tab::Seizures, Some(SortOrder { column: 1, ascending: true }))]
            }
            Self::Words => vec![Command::ShowTab(Tab::Timeline)],
            Self::Pan | Self::Zoom | Self::Hover | Self::PanSelection => Vec::new(),
        }
    }

    /// What is done before frame `at`, apart from events.
    pub(super) fn commands(self, at: usize) -> Vec<Command> {
        const LETTERS: [&str; 4] = ["p", "po", "por", "port"];
        match self {
            Self::Words => LETTERS.get(at / 2).map(|text| Command::SetFilterText((*text).to_owned())).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// What the hand does in frame `at` of `length`.
    pub(super) fn events(self, at: usize, length: usize, window: Rect, map: Rect) -> Vec<Event> {
        match self {
            Self::Pan | Self::PanSelection | Self::Table(_) | Self::Sort | Self::Words => {
                drag(at, length, |at| wander(map, at), Modifiers::NONE)
            }
            Self::Zoom => zoom(at, length, map.center()),
            Self::Hover => vec![Event::PointerMoved(wander(map, at))],
            Self::Brush => drag(at, length, |at| along_timeline(window, at), Modifiers::NONE),
            Self::Select => drag(at, length / 2, |at| boxed(map, at, length / 2), Modifiers::SHIFT),
        }
    }
}

/// A path over the map, some eight points a frame, that comes back.
fn wander(map: Rect, at: usize) -> Pos2 {
    let wave = |period: f32| {
        let phase = (at as f32 / period).fract() * 4.0;
        if phase < 1.0 {
            phase
        } else if phase < 3.0 {
            2.0 - phase
        } else {
            phase - 4.0
        }
    };
    map.center() + vec2(wave(173.0) * map.width() * 0.42, wave(131.0) * map.height() * 0.4)
}

/// To and fro over the bars, a little above the status bar.
fn along_timeline(window: Rect, at: usize) -> Pos2 {
    let share = (at as f32 * 0.17).sin() * 0.5 + 0.5;
    pos2(window.left() + window.width() * (0.15 + 0.7 * share), window.bottom() - 80.0)
}

fn boxed(map: Rect, at: usize, length: usize) -> Pos2 {
    let size = map.size() * 0.3 * (at as f32 / length.max(1) as f32);
    map.center() - map.size() * 0.15 + size
}

/// Moves to the path, presses, follows it and lets go in the last frame.
fn drag(at: usize, length: usize, path: impl Fn(usize) -> Pos2, modifiers: Modifiers) -> Vec<Event> {
    let button = |pos, pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers };
    let modified = |modifiers| Event::ModifiersChanged(modifiers);
    if at == 0 {
        vec![Event::PointerMoved(path(0)), modified(modifiers)]
    } else if at == 1 {
        vec![button(path(0), true)]
    } else if at + 1 < length {
        vec![Event::PointerMoved(path(at))]
    } else if at + 1 == length {
        vec![button(path(at), false), modified(Modifiers::NONE)]
    } else {
        Vec::new()
    }
}

/// One notch every fourth frame, in for the first half and out for the second.
fn zoom(at: usize, length: usize, middle: Pos2) -> Vec<Event> {
    let mut events = vec![Event::PointerMoved(middle)];
    if at.is_multiple_of(4) {
        let notch = if at * 2 < length { 50.0 } else { -50.0 };
        events.push(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, notch),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
    }
    events
}

/// Periods to filter by, each different from the one before; the last one lifts the restriction.
pub(super) fn periods() -> Vec<Option<(i32, i32)>> {
    let day = |year: i16| PartialDate::from_year(year);
    let mut periods: Vec<_> = (2012..2020).map(|year| Some((day(year).first_day(), day(year + 4).last_day()))).collect();
    periods.push(None);
    periods
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_button_that_is_pressed_is_let_go() {
        let (window, map) =
            (Rect::from_min_size(Pos2::ZERO, vec2(1366.0, 768.0)), Rect::from_min_size(pos2(200.0, 32.0), vec2(900.0, 560.0)));
        for phase in Phase::ALL {
            let length = phase.length(120);
            let mut pressed_events = 0_i32;
            for at in 0..length {
                for event in phase.events(at, length, window, map) {
                    match event {
                        Event::PointerButton { pressed, .. } => pressed_events += if pressed { 1 } else { -1 },
                        Event::PointerMoved(pos) => assert!(window.contains(pos), "{phase:?} {pos:?}"),
                        _ => {}
                    }
                }
            }
            assert_eq!(pressed_events, 0, "{phase:?}");
        }
    }
}
