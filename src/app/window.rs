//! The native window.

use eframe::Frame;
use egui::{Context, Ui, ViewportCommand};

use super::SealaneApp;
use crate::load::Input;
use crate::project::Settings;
use crate::state::{Command, Effect};

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
#[error(
    "no window can be opened here ({cause}).\nOn a machine without a display, `sealane export` writes figures, `sealane summary` prints totals and `sealane check` reads files."
)]
pub struct NoWindow {
    cause: String,
}

impl NoWindow {
    pub(super) fn because(cause: &str) -> Self {
        Self { cause: cause.to_owned() }
    }
}

/// Opens the window on these inputs (none: the bundled atlas) and returns when it is closed.
///
/// # Errors
/// There is no display, or no OpenGL.
pub fn run(inputs: Vec<Input>) -> Result<(), NoWindow> {
    has_display()?;
    let early = super::early::EarlyStart::begin(inputs);
    let creator: eframe::AppCreator<'_> = Box::new(move |cc| {
        // Without a settings folder the program works and forgets.
        let settings_path = Settings::default_path().ok();
        Ok(Box::new(Window { app: SealaneApp::with_early_start(&cc.egui_ctx, early, settings_path), closing: false, marked: false }))
    });
    eframe::run_native("Sealane", native_options(), creator).map_err(|error| NoWindow { cause: error.to_string() })
}

/// Says so when there is surely no display.
pub(super) fn has_display() -> Result<(), NoWindow> {
    if cfg!(target_os = "linux") && std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
        return Err(NoWindow::because("neither DISPLAY nor WAYLAND_DISPLAY is set"));
    }
    Ok(())
}

/// The window as it opens.
pub(super) fn native_options() -> eframe::NativeOptions {
    eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Sealane")
            .with_app_id("sealane")
            .with_inner_size([1366.0, 768.0])
            .with_min_inner_size([800.0, 500.0]),
        renderer: eframe::Renderer::Glow,
        // There are no gradients that would show bands, and without it a software driver has less to do.
        dithering: false,
        ..Default::default()
    }
}

struct Window {
    app: SealaneApp,
    /// The person has agreed: the window may close.
    closing: bool,
    /// Whether the title says that there are unsaved edits.
    marked: bool,
}

impl Window {
    /// The cross of the window asks like the Quit action.
    fn guard_closing(&mut self, ui: &Ui) {
        if ui.input(|i| i.viewport().close_requested()) && !self.closing && self.app.state.has_unsaved_edits() {
            ui.send_viewport_cmd(ViewportCommand::CancelClose);
            self.app.apply(Command::Quit);
        }
        let unsaved = self.app.state.has_unsaved_edits();
        if std::mem::replace(&mut self.marked, unsaved) != unsaved {
            let title = if unsaved { "Sealane – unsaved edits" } else { "Sealane" };
            ui.send_viewport_cmd(ViewportCommand::Title(title.to_owned()));
        }
    }
}

impl eframe::App for Window {
    fn logic(&mut self, ctx: &Context, _frame: &mut Frame) {
        self.app.logic(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut Frame) {
        self.app.ui(ui);
        self.guard_closing(ui);
        for effect in self.app.take_window_effects() {
            match effect {
                Effect::CopyText(text) => ui.copy_text(text),
                Effect::ToggleFullScreen => {
                    let full = ui.input(|i| i.viewport().fullscreen.unwrap_or(false));
                    ui.send_viewport_cmd(ViewportCommand::Fullscreen(!full));
                }
                Effect::Quit => {
                    self.closing = true;
                    ui.send_viewport_cmd(ViewportCommand::Close);
                }
                // All others were carried out before they came here.
                Effect::PickFiles(_)
                | Effect::Load(..)
                | Effect::LoadBundled
                | Effect::CancelLoad
                | Effect::PickSavePath
                | Effect::Save(..)
                | Effect::PickExportPath
                | Effect::Export(_)
                | Effect::CancelExport
                | Effect::RepairOverWater(_)
                | Effect::CancelRepair
                | Effect::SaveSettings => {}
            }
        }
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.app.write_settings();
    }
}
