//! Turns pressed keys into commands by the table of actions, as far as no text box or dialog wants them.

use egui::{Context, Event, Modifiers};

use crate::state::{Action, AppState, Command, Key, Shortcut, Tool, ToolCommand};

/// How far an arrow key moves the map, CSS pixels.
const PAN_STEP_PX: f32 = 80.0;

/// Consumes the keys of this frame that stand for commands.
pub fn shortcut_commands(ctx: &Context, state: &AppState) -> Vec<Command> {
    // An open dialog or menu handles its own keys, Escape included.
    if state.dialog.is_some() || egui::Popup::is_any_open(ctx) {
        return Vec::new();
    }
    let typing = ctx.text_edit_focused();
    let map_has_keys = !typing && ctx.memory(|memory| memory.focused().is_none()) && !super::tables::has_keyboard(ctx);
    let mut commands = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            let Some(command) = command_for(state, *key, *modifiers, typing, map_has_keys) else { return true };
            commands.extend(command);
            false
        });
    });
    commands
}

/// `None` when the key is nobody's; `Some(None)` when it is ours but cannot be done now.
#[expect(clippy::option_option, reason = "a key may be taken without leading to a command")]
fn command_for(state: &AppState, key: egui::Key, modifiers: Modifiers, typing: bool, map_has_keys: bool) -> Option<Option<Command>> {
    if let Some(action) = action_for(key, modifiers, typing) {
        return Some(action.obstacle(state).is_none().then(|| action.command_in(state)));
    }
    if modifiers.any() || typing {
        return None;
    }
    if key == egui::Key::Escape {
        return Some(Some(Command::Escape));
    }
    if state.tool != Tool::Select && map_has_keys {
        match key {
            egui::Key::Enter => return Some(Some(Command::Tool(ToolCommand::Finish))),
            egui::Key::Backspace => return Some(Some(Command::Tool(ToolCommand::RemoveLast))),
            _ => {}
        }
    }
    let (right, down) = match key {
        egui::Key::ArrowLeft => (PAN_STEP_PX, 0.0),
        egui::Key::ArrowRight => (-PAN_STEP_PX, 0.0),
        egui::Key::ArrowUp => (0.0, PAN_STEP_PX),
        egui::Key::ArrowDown => (0.0, -PAN_STEP_PX),
        _ => return None,
    };
    map_has_keys.then_some(Some(Command::PanStep(right, down)))
}

fn action_for(key: egui::Key, modifiers: Modifiers, typing: bool) -> Option<Action> {
    // While typing, plain keys are text and these belong to the text.
    let of_the_text = |shortcut: &Shortcut| !shortcut.ctrl || matches!(shortcut.key, Key::Char('A' | 'Z' | 'Y'));
    Action::all().into_iter().find(|action| {
        let mut shortcuts = action.shortcut().into_iter().chain(action.other_shortcuts().iter().copied());
        shortcuts.any(|shortcut| is_pressed(&shortcut, key, modifiers) && !(typing && of_the_text(&shortcut)))
    })
}

fn is_pressed(shortcut: &Shortcut, key: egui::Key, modifiers: Modifiers) -> bool {
    // Signs may need Shift on some keyboards.
    let any_shift = matches!(shortcut.key, Key::Char(c) if !c.is_ascii_alphanumeric());
    egui_key(shortcut.key) == Some(key)
        && shortcut.ctrl == modifiers.command
        && shortcut.alt == modifiers.alt
        && (any_shift || shortcut.shift == modifiers.shift)
}

fn egui_key(key: Key) -> Option<egui::Key> {
    match key {
        Key::Char(c) => egui::Key::from_name(c.encode_utf8(&mut [0; 4])),
        Key::F(number) => egui::Key::from_name(&format!("F{number}")),
        Key::Escape => Some(egui::Key::Escape),
        Key::Left => Some(egui::Key::ArrowLeft),
        Key::Right => Some(egui::Key::ArrowRight),
        Key::PageUp => Some(egui::Key::PageUp),
        Key::PageDown => Some(egui::Key::PageDown),
        Key::Delete => Some(egui::Key::Delete),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shortcut_of_the_table_has_a_key() {
        for action in Action::all() {
            for shortcut in action.shortcut().into_iter().chain(action.other_shortcuts().iter().copied()) {
                let key = egui_key(shortcut.key).unwrap_or_else(|| panic!("{} has no key", shortcut.label()));
                let modifiers =
                    Modifiers { command: shortcut.ctrl, ctrl: shortcut.ctrl, alt: shortcut.alt, shift: shortcut.shift, ..Modifiers::NONE };
                assert_eq!(action_for(key, modifiers, false), Some(action));
            }
        }
    }

    #[test]
    fn typing_keeps_plain_keys_and_the_editing_keys() {
        assert_eq!(action_for(egui::Key::F, Modifiers::NONE, true), None);
        assert_eq!(action_for(egui::Key::Z, Modifiers::COMMAND, true), None);
        assert_eq!(action_for(egui::Key::A, Modifiers::COMMAND, true), None);
        assert_eq!(action_for(egui::Key::K, Modifiers::COMMAND, true), Some(Action::Palette));
    }
}
