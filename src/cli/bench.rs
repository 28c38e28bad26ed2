//! `sealane bench`: what the window costs, as JSON.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::Context as _;
use serde_json::{Value, json};

use super::args::BenchArgs;
use super::output::print_data;
use super::{BenchConfig, Outcome, Windows, inputs};

pub(super) fn run(args: &BenchArgs, windows: Windows, started: Instant) -> anyhow::Result<Outcome> {
    let frames = args.frames.max(16);
    let inputs = args.files.iter().map(|path| inputs::input(path)).collect::<anyhow::Result<_>>()?;
    let config = BenchConfig { inputs, frames, started };
    if args.only_empty_window {
        print_data(&format!("{}\n", (windows.empty)(config)?))?;
        return Ok(Outcome::Clean);
    }
    let mut report = (windows.bench)(config)?;
    report["peak_rss_mb"] = peak_memory_mb().into();
    if args.empty {
        let empty = empty_window(frames)?;
        let rate = |of: &Value| of.as_f64().filter(|rate| *rate > 0.0);
        let ratio = rate(&report["frames_per_second_panning"]).zip(rate(&empty["frames_per_second"])).map(|(own, empty)| own / empty);
        report["empty_window"] = empty;
        report["panning_to_empty"] = json!(ratio.map(|ratio| (ratio * 1_000.0).round() / 1_000.0));
    }
    print_data(&format!("{report:#}\n"))?;
    Ok(Outcome::Clean)
}

/// The same measurement of an empty window, by this program in a process of its own: a program opens windows only once.
fn empty_window(frames: usize) -> anyhow::Result<Value> {
    let program = std::env::current_exe().context("cannot find this program")?;
    let output = Command::new(program)
        .args(["bench", "--only-empty-window", "--frames", &frames.to_string()])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot measure an empty window")?;
    anyhow::ensure!(output.status.success(), "the empty window could not be measured");
    serde_json::from_slice(&output.stdout).context("the empty window was measured without a result")
}

/// Most memory that the process has held, in megabytes of 2²⁰ bytes; `None` where the system does not tell.
fn peak_memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some((kilobytes / 102.4).round() / 10.0)
}
