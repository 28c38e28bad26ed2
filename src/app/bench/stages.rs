//! The window of a bench run: load, script, filters, rest.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use eframe::Frame;
use egui::{Context, RawInput, Rect, Ui, ViewportCommand};
use serde_json::Value;

use super::super::SealaneApp;
use super::super::early::EarlyStart;
use super::clock::process_cpu;
use super::meter::{EndOfPass, Meter, Sample};
use super::report;
use super::report::Measured;
use super::script::{Phase, periods};
use crate::state::{Command, SidePanel};

/// How long the program is watched at rest.
const REST: Duration = Duration::from_secs(2);
/// Quiet time before that, for animations and tooltips to end.
const BEFORE_REST: Duration = Duration::from_millis(700);
/// Waiting looks again after this time although nothing called.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Where the run stands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    /// Everything is being loaded and drawn.
    Load,
    /// Waits until nothing is under way, then goes on with this part of the script.
    Settle(usize),
    /// A frame of a part of the script.
    Script { part: usize, at: usize },
    /// Waits for a filter to be visible.
    Filter { number: usize, since: Option<Instant> },
    /// Waits for quiet since the given time.
    Quiet(Instant),
    /// Watches the program at rest.
    Rest { since: Instant, cpu: Duration, passes: usize },
    /// Closing.
    Done,
}

pub(super) struct BenchWindow {
    app: SealaneApp,
    meter: Meter,
    stage: Stage,
    frames: usize,
    started: Instant,
    load_began: Instant,
    /// What the frame under way belongs to.
    phase: Option<Phase>,
    /// Whether the frame under way shows the map for the first time.
    shows_map: bool,
    /// A filter that the frame under way shows, and when it was asked for.
    shows_filter: Option<Instant>,
    measured: Measured,
    outcome: Arc<Mutex<Option<Value>>>,
}

impl BenchWindow {
    pub(super) fn new(
        cc: &eframe::CreationContext<'_>,
        early: EarlyStart,
        (frames, started): (usize, Instant),
        outcome: Arc<Mutex<Option<Value>>>,
    ) -> Self {
        let meter = Meter::default();
        cc.egui_ctx.add_plugin(EndOfPass(meter.clone()));
        let load_began = early.began;
        let mut app = SealaneApp::with_early_start(&cc.egui_ctx, early, None);
        app.meter = Some(meter.clone());
        Self {
            app,
            meter,
            stage: Stage::Load,
            frames,
            started,
            load_began,
            phase: None,
            shows_map: false,
            shows_filter: None,
            measured: Measured { adapter: report::adapter(cc.gl.as_deref()), ..Measured::default() },
            outcome,
        }
    }

    /// A frame is over, and what it showed has been handed over.
    fn frame_is_over(&mut self, sample: Sample) {
        let times = &mut self.measured;
        times.first_frame.get_or_insert(self.started.elapsed());
        if std::mem::take(&mut self.shows_map) {
            times.first_map.get_or_insert(self.started.elapsed());
        }
        if let Some(since) = self.shows_filter.take() {
            times.filters.push(since.elapsed());
        }
        if let Some(phase) = self.phase.take() {
            times.samples.push((phase, sample));
        }
    }

    /// Events of the frame that begins.
    fn hand(&mut self, input: &mut RawInput) {
        let Stage::Script { part, at } = self.stage else { return };
        let Some(phase) = Phase::ALL.get(part).copied() else { return };
        let window = input.screen_rect.unwrap_or(Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1366.0, 768.0)));
        let length = phase.length(self.frames);
        // The hand that is tested is the only one.
        input.events.retain(|event| !matches!(event, egui::Event::PointerGone | egui::Event::PointerMoved(_)));
        input.events.extend(phase.events(at, length, window, self.meter.map_rect()));
        self.phase = Some(phase);
    }

    /// Goes on after a frame.
    fn advance(&mut self, ui: &Ui) {
        match self.stage {
            Stage::Load => self.await_load(ui),
            Stage::Settle(part) => {
                if self.app.is_busy() {
                    ui.request_repaint_after(LOOK_AGAIN);
                    return;
                }
                self.begin_part(part);
                ui.request_repaint();
            }
            Stage::Script { part, at } => self.next_frame(ui, part, at),
            Stage::Filter { number, since } => self.filter(ui, number, since),
            Stage::Quiet(since) => {
                if since.elapsed() >= BEFORE_REST && !self.app.is_busy() {
                    self.stage = Stage::Rest { since: Instant::now(), cpu: process_cpu(), passes: 0 };
                    ui.request_repaint_after(REST);
                    return;
                }
                if self.app.is_busy() {
                    self.stage = Stage::Quiet(Instant::now());
                }
                ui.request_repaint_after(BEFORE_REST);
            }
            Stage::Rest { since, cpu, passes } => {
                let rest = since.elapsed();
                if rest < REST {
                    self.stage = Stage::Rest { since, cpu, passes: passes + 1 };
                    ui.request_repaint_after(REST - rest);
                    return;
                }
                self.measured.idle = Some((rest, passes, process_cpu().saturating_sub(cpu)));
                self.finish(ui);
            }
            Stage::Done => {}
        }
    }

    fn await_load(&mut self, ui: &Ui) {
        let loaded = self.app.loading.is_none();
        if loaded && self.measured.load.is_none() {
            self.measured.load = Some(self.load_began.elapsed());
        }
        let pictures = &self.app.pictures.pictures;
        let has_map = pictures.basemap.is_some() && pictures.data.is_some();
        if self.measured.first_frame.is_none() || (has_map && self.measured.first_map.is_none()) {
            self.shows_map = has_map;
            ui.request_repaint();
        }
        if loaded && has_map && !self.app.is_busy() {
            self.measured.complete = Some(self.started.elapsed());
            for side in [SidePanel::Left, SidePanel::Right, SidePanel::Bottom] {
                let panels = &self.app.state.panels;
                let open = match side {
                    SidePanel::Left => panels.left_open,
                    SidePanel::Right => panels.right_open,
                    SidePanel::Bottom => panels.bottom_open,
                };
                if !open {
                    self.app.apply(Command::TogglePanel(side));
                }
            }
            self.stage = Stage::Settle(0);
            ui.request_repaint();
        }
        ui.request_repaint_after(LOOK_AGAIN);
    }

    fn begin_part(&mut self, part: usize) {
        if part == 0 {
            self.measured.picks = self.app.time_picks();
        }
        match Phase::ALL.get(part) {
            Some(phase) => {
                for command in phase.begin() {
                    self.app.apply(command);
                }
                self.stage = Stage::Script { part, at: 0 };
            }
            None => {
                for command in [Command::ClearSelection, Command::ClearFilter, Command::FitAll] {
                    self.app.apply(command);
                }
                self.stage = Stage::Filter { number: 0, since: None };
            }
        }
    }

    fn next_frame(&mut self, ui: &Ui, part: usize, at: usize) {
        ui.request_repaint();
        let Some(phase) = Phase::ALL.get(part) else { return };
        if *phase == Phase::Select {
            self.measured.selected = self.measured.selected.max(self.app.state.selection.len());
        }
        for command in phase.commands(at + 1) {
            self.app.apply(command);
        }
        self.stage = if at + 1 < phase.length(self.frames) { Stage::Script { part, at: at + 1 } } else { Stage::Settle(part + 1) };
    }

    fn filter(&mut self, ui: &Ui, number: usize, since: Option<Instant>) {
        // Without a call from a thread it looks again, but so seldom that it does not disturb.
        ui.request_repaint_after(LOOK_AGAIN);
        if self.app.is_busy() {
            return;
        }
        if let Some(since) = since {
            // This pass shows it; when the next one begins it is on the screen.
            self.shows_filter = Some(since);
            self.stage = Stage::Filter { number: number + 1, since: None };
            ui.request_repaint();
            return;
        }
        match periods().get(number) {
            Some(period) => {
                let since = Instant::now();
                self.app.apply(Command::SetPeriod(*period));
                self.stage = Stage::Filter { number, since: Some(since) };
                ui.request_repaint();
            }
            None => self.stage = Stage::Quiet(Instant::now()),
        }
    }

    fn finish(&mut self, ui: &Ui) {
        self.measured.redraws = std::mem::take(&mut self.app.pictures.redraws);
        let report = report::report(&self.measured, &self.app);
        *self.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(report);
        self.stage = Stage::Done;
        ui.send_viewport_cmd(ViewportCommand::Close);
    }
}

impl eframe::App for BenchWindow {
    fn raw_input_hook(&mut self, _ctx: &Context, input: &mut RawInput) {
        if let Some(sample) = self.meter.begin_frame() {
            self.frame_is_over(sample);
        }
        self.hand(input);
    }

    fn logic(&mut self, ctx: &Context, _frame: &mut Frame) {
        self.app.logic(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        self.app.ui(ui);
        drop(self.app.take_window_effects());
        if ui.current_pass_index() == 0 {
            self.advance(ui);
        }
    }
}
