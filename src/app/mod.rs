//! The eframe glue: `logic` drains jobs, `ui` shows panels and applies their commands, effects start jobs and dialogs.

pub mod bench;

mod beside;
mod bookmarks;
mod compare;
mod dialogs;
mod early;
mod effects;
mod land;
mod pictures;
mod saving;
mod sea_paths;
mod window;

use std::path::PathBuf;

use crate::jobs::{BackgroundTask, TaskEvent, Wake};
use crate::load::{Input, LoadError};
use crate::project::Settings;
use crate::state::{AppState, Command, Effect, NoticeLevel, OpenMode, Prepared, ThemeChoice, apply, receive_prepared};
use crate::ui::canvas::MapCanvases;

pub use pictures::{CanvasPictures, canvas_pictures};
pub use window::{NoWindow, run};

/// A load under way.
struct Loading {
    task: BackgroundTask<Result<Prepared, LoadError>>,
    mode: OpenMode,
    paths: Vec<PathBuf>,
}

/// The program behind the window. Tests drive it without one.
pub struct SealaneApp {
    /// Everything that is shown.
    pub state: AppState,
    canvas: MapCanvases,
    pictures: pictures::MapPainter,
    /// Draws the later of two compared periods, while they are side by side.
    later: Option<pictures::MapPainter>,
    compare: compare::CompareWatch,
    wake: Wake,
    loading: Option<Loading>,
    exporting: Option<(PathBuf, BackgroundTask<Result<(), crate::export::ExportError>>)>,
    picking: Option<BackgroundTask<dialogs::Picked>>,
    land: land::LandWatch,
    saving: Option<BackgroundTask<Result<(), String>>>,
    sea_paths: sea_paths::SeaPaths,
    beside: beside::Beside,
    settings_path: Option<PathBuf>,
    /// What the toolkit has to do: it is not at hand where effects are carried out.
    window_effects: Vec<Effect>,
    installed_dark: Option<bool>,
    /// Takes down what the map costs, during a bench.
    meter: Option<bench::Meter>,
}

impl SealaneApp {
    /// A program with the given files on their way; none means the bundled atlas. Settings are read from and written to
    /// `settings_path`, or not at all.
    pub fn new(ctx: &egui::Context, inputs: Vec<Input>, settings_path: Option<PathBuf>) -> Self {
        Self::with_early_start(ctx, early::EarlyStart::begin(inputs), settings_path)
    }

    /// A program whose files have been on their way since before there was a window.
    fn with_early_start(ctx: &egui::Context, early: early::EarlyStart, settings_path: Option<PathBuf>) -> Self {
        let early::EarlyStart { context, wake, loading, is_bundled, .. } = early;
        context.get_or_init(|| ctx.clone());
        let mut app = Self {
            state: AppState::new(),
            canvas: MapCanvases::default(),
            pictures: pictures::MapPainter::new(&wake),
            later: None,
            compare: compare::CompareWatch::new(&wake),
            sea_paths: sea_paths::SeaPaths::new(&wake),
            beside: beside::Beside::new(ctx, &wake),
            wake,
            loading: None,
            exporting: None,
            picking: None,
            land: land::LandWatch::default(),
            saving: None,
            settings_path,
            window_effects: Vec::new(),
            installed_dark: None,
            meter: None,
        };
        app.read_settings();
        let label = if is_bundled { "Loading the bundled atlas" } else { "Loading" }.to_owned();
        app.state.loading = Some(crate::state::Task { label, fraction: 0.0 });
        app.follow_load(loading);
        app
    }

    /// Takes over what threads have brought since the last pass.
    pub fn logic(&mut self, ctx: &egui::Context) {
        self.drain_loading();
        self.drain_export();
        self.drain_dialog();
        self.drain_save();
        self.beside.receive(&mut self.state);
        for command in self.sea_paths.receive() {
            self.apply(command);
        }
        self.compare.receive(&mut self.state);
        let Self { state, pictures, later, meter, .. } = self;
        bench::beside_map(meter.as_ref(), || pictures::receive(pictures, later, ctx, state));
        self.follow_land();
    }

    /// Shows one pass and carries out what the person asked for.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        self.follow_theme(ui);
        let mut commands = dropped_files(ui);
        let Self { state, canvas, pictures, later, meter, .. } = self;
        let second = later.as_ref().map(|later| &later.pictures);
        commands.extend(crate::ui::shell::shell_ui(ui, state, |ui, state| match meter {
            Some(meter) => meter.map(ui, |ui| canvas.ui(ui, state, &pictures.pictures, second)),
            None => canvas.ui(ui, state, &pictures.pictures, second),
        }));
        for command in commands {
            self.apply(command);
        }
        self.compare.request(&mut self.state);
        let Self { state, pictures, later, meter, wake, .. } = self;
        bench::beside_map(meter.as_ref(), || pictures::request(pictures, later, ui, state, wake));
        self.sea_paths.request(&self.state);
        self.beside.request(&mut self.state);
    }

    /// Applies one command and carries out its effects.
    pub fn apply(&mut self, command: Command) {
        for effect in apply(&mut self.state, command) {
            self.carry_out(effect);
        }
    }

    /// What only the window can do; empties the list.
    pub fn take_window_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.window_effects)
    }

    /// Whether anything is under way in the background.
    pub fn is_busy(&self) -> bool {
        let at_work = self.loading.is_some() || self.exporting.is_some() || self.saving.is_some();
        let drawing = self.pictures.is_busy() || self.later.as_ref().is_some_and(pictures::MapPainter::is_busy);
        at_work
            || drawing
            || self.beside.is_busy()
            || self.compare.is_busy()
            || self.sea_paths.is_busy()
            || self.land.is_busy(self.state.dataset_generation)
    }

    fn start_load(&mut self, inputs: Vec<Input>, mode: OpenMode, paths: Vec<PathBuf>) {
        let base = (mode == OpenMode::Add).then(|| self.state.dataset.clone());
        let started = early::start_load(inputs, mode, paths, base, self.state.view.projection, self.wake.clone());
        self.follow_load(started);
    }

    fn follow_load(&mut self, started: std::io::Result<Loading>) {
        match started {
            Ok(loading) => self.loading = Some(loading),
            Err(error) => {
                self.state.loading = None;
                self.tell(NoticeLevel::Error, "Could not start loading", &error.to_string());
            }
        }
    }

    fn drain_loading(&mut self) {
        while let Some(loading) = &self.loading {
            match loading.task.poll() {
                None => return,
                Some(TaskEvent::Progress(fraction)) => {
                    if let Some(task) = &mut self.state.loading {
                        task.fraction = fraction;
                    }
                }
                Some(TaskEvent::Finished(outcome)) => {
                    let Some(Loading { mode, paths, .. }) = self.loading.take() else { return };
                    self.finish_loading(outcome, mode, &paths);
                }
                Some(TaskEvent::Failed) => {
                    self.loading = None;
                    self.state.loading = None;
                    self.tell(
                        NoticeLevel::Error,
                        "Loading broke off",
                        "What was open before is still open. Please report the file that caused this.",
                    );
                }
            }
        }
    }

    fn finish_loading(&mut self, outcome: Result<Prepared, LoadError>, mode: OpenMode, paths: &[PathBuf]) {
        match outcome {
            Ok(prepared) => {
                for effect in receive_prepared(&mut self.state, prepared, mode, paths) {
                    self.carry_out(effect);
                }
            }
            Err(error) => {
                self.state.loading = None;
                self.tell(NoticeLevel::Info, "Loading was canceled", &error.to_string());
            }
        }
    }

    fn tell(&mut self, level: NoticeLevel, text: &str, detail: &str) {
        self.apply(Command::Notify(level, text.to_owned(), detail.to_owned()));
    }

    fn read_settings(&mut self) {
        let Some(path) = &self.settings_path else { return };
        match Settings::read(path) {
            Ok(settings) => {
                self.state.theme = match settings.theme.as_str() {
                    "light" => ThemeChoice::Light,
                    "dark" => ThemeChoice::Dark,
                    _ => ThemeChoice::System,
                };
                self.state.recent_files = settings.recent_files;
                self.state.panels.left_open = settings.left_open;
                self.state.panels.right_open = settings.right_open;
                self.state.panels.bottom_open = settings.bottom_open;
                std::sync::Arc::make_mut(&mut self.state.document).bookmarks = bookmarks::shared(&settings.bookmarks);
            }
            Err(error) => self.tell(NoticeLevel::Warning, "Settings were not read", &describe(&error)),
        }
    }

    /// Writes the settings; a failure is told once and the program goes on.
    pub fn write_settings(&mut self) {
        let Some(path) = &self.settings_path else { return };
        let settings = Settings {
            theme: match self.state.theme {
                ThemeChoice::System => "system",
                ThemeChoice::Light => "light",
                ThemeChoice::Dark => "dark",
            }
            .to_owned(),
            recent_files: self.state.recent_files.clone(),
            left_open: self.state.panels.left_open,
            right_open: self.state.panels.right_open,
            bottom_open: self.state.panels.bottom_open,
            bookmarks: bookmarks::to_settings(&self.state.document.bookmarks),
        };
        if let Err(error) = settings.write(path) {
            self.settings_path = None;
            self.tell(NoticeLevel::Warning, "Settings are not kept", &describe(&error));
        }
    }

    fn follow_theme(&mut self, ui: &egui::Ui) {
        let dark = match self.state.theme {
            ThemeChoice::Light => false,
            ThemeChoice::Dark => true,
            ThemeChoice::System => ui.input(|i| i.raw.system_theme) == Some(egui::Theme::Dark),
        };
        if self.installed_dark != Some(dark) {
            crate::ui::theme::install(ui.ctx(), dark);
            self.installed_dark = Some(dark);
        }
        if self.state.dark != dark {
            self.apply(Command::SetDark(dark));
        }
    }
}

/// An error with its causes, one a line.
fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push('\n');
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}

fn dropped_files(ui: &egui::Ui) -> Vec<Command> {
    // A discarded pass is run again with the same events.
    if ui.current_pass_index() > 0 {
        return Vec::new();
    }
    let (dropped, add) = ui.input(|i| {
        let paths: Vec<PathBuf> = i.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect();
        (paths, i.modifiers.shift)
    });
    if dropped.is_empty() {
        return Vec::new();
    }
    vec![Command::Open(dropped, if add { OpenMode::Add } else { OpenMode::Replace })]
}
