//! The program: hands over to the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    #[cfg(feature = "gui")]
    let open_window: Option<sealane::cli::OpenWindow> = Some(|config| Ok(sealane::app::run(config.inputs)?));
    #[cfg(not(feature = "gui"))]
    let open_window: Option<sealane::cli::OpenWindow> = None;
    sealane::cli::run(open_window)
}
