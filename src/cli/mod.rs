//! The command line: arguments, then a checked configuration, then the work. See the contract in the README.

mod args;
mod bench;
mod check;
mod conditions;
mod export_task;
mod inputs;
mod land;
mod output;
mod page;
mod route;
mod summary;

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser as _;

use crate::load;
use args::{Cli, Task};

/// How a run ended; the order is that of severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// All well: 0.
    Clean,
    /// Something to look at: 1.
    Findings,
    /// An input or the usage could not be made sense of: 2.
    Unusable,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Findings => Self::from(1),
            Outcome::Unusable => Self::from(2),
        }
    }
}

/// What the window starts with.
#[derive(Clone, Debug)]
pub struct WindowConfig {
    /// Files to open; empty opens the bundled atlas.
    pub inputs: Vec<load::Input>,
}

/// What a bench of the window does.
#[derive(Clone, Debug)]
pub struct BenchConfig {
    /// Files to open; empty opens the bundled atlas.
    pub inputs: Vec<load::Input>,
    /// Frames of panning; the other parts of the run follow this number.
    pub frames: usize,
    /// When `main` began.
    pub started: Instant,
}

/// The work that needs a window.
#[derive(Clone, Copy, Debug)]
pub struct Windows {
    /// Opens the window and returns when it is closed.
    pub open: fn(WindowConfig) -> anyhow::Result<()>,
    /// Opens the window, measures and returns the report.
    pub bench: fn(BenchConfig) -> anyhow::Result<serde_json::Value>,
    /// Measures an empty window.
    pub empty: fn(BenchConfig) -> anyhow::Result<serde_json::Value>,
}

/// Runs the command line of this process. `windows` is `None` in a build without the window; `started` is when `main` began.
pub fn run(windows: Option<Windows>, started: Instant) -> ExitCode {
    let cli = match Cli::try_parse_from(args::arguments(std::env::args_os())) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output, mistakes to standard error; a closed pipe is no fault.
            let _ = error.print();
            return if error.use_stderr() { Outcome::Unusable.into() } else { ExitCode::SUCCESS };
        }
    };
    let result = match &cli.command {
        Some(Task::Export(args)) => export_task::run(args),
        Some(Task::Check(args)) => check::run(args),
        Some(Task::Summary(args)) => summary::run(args),
        Some(Task::Route(args)) => route::run(args),
        Some(Task::Bench(args)) => windows_of(windows).and_then(|windows| bench::run(args, windows, started)),
        None => windows_of(windows).and_then(|windows| window(&cli, windows)),
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            output::print_message(&format!("error: {error:#}"));
            Outcome::Unusable.into()
        }
    }
}

/// What works only with a window, when there can be one.
fn windows_of(windows: Option<Windows>) -> anyhow::Result<Windows> {
    let Some(windows) = windows else {
        anyhow::bail!("this build has no window; `sealane export -o figure.png` draws a figure without one");
    };
    if !has_display() {
        anyhow::bail!("there is no display to open a window on; `sealane export -o figure.png` draws a figure without one");
    }
    Ok(windows)
}

fn window(cli: &Cli, windows: Windows) -> anyhow::Result<Outcome> {
    let inputs = cli.files.iter().map(|path| inputs::input(path)).collect::<anyhow::Result<_>>()?;
    (windows.open)(WindowConfig { inputs })?;
    Ok(Outcome::Clean)
}

/// Whether a window can be opened at all; only on systems with X11 or Wayland can it be missing.
fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(all(unix, not(target_os = "macos"))) || set("DISPLAY") || set("WAYLAND_DISPLAY") || set("WAYLAND_SOCKET")
}
