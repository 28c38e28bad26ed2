//! The program: hands over to the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    let started = std::time::Instant::now();
    #[cfg(feature = "gui")]
    let windows = Some(sealane::cli::Windows {
        open: |config| Ok(sealane::app::run(config.inputs)?),
        bench: |plan| {
            Ok(sealane::app::bench::run(sealane::app::bench::BenchPlan {
                inputs: plan.inputs,
                frames: plan.frames,
                started: plan.started,
            })?)
        },
        empty: |plan| Ok(sealane::app::bench::run_empty(plan.frames, plan.started)?),
    });
    #[cfg(not(feature = "gui"))]
    let windows: Option<sealane::cli::Windows> = None;
    sealane::cli::run(windows, started)
}
