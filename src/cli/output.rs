//! Data on standard output, messages on standard error.

use std::io::{IsTerminal as _, Write as _};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Writes data to standard output. A reader that has gone away is no fault.
///
/// # Errors
/// When standard output cannot be written for another reason.
pub(super) fn print_data(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Writes a message to standard error; there is nobody to tell when that fails.
pub(super) fn print_message(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// A bar on a terminal, nothing elsewhere. Counts to 1000.
pub(super) fn progress_bar(what: &str) -> ProgressBar {
    let target = if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(1000), target);
    // NO_COLOR asks for plain text; the bar has no color of its own.
    if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {percent} %") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_message(what.to_owned());
    bar
}

/// Sets a bar to a share from 0 to 1.
pub(super) fn set_share(bar: &ProgressBar, share: f32) {
    bar.set_position((share.clamp(0.0, 1.0) * 1000.0) as u64);
}
