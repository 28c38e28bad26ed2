//! One hover for all panels: what a list has under the pointer lights up everywhere, and goes out when the pointer leaves the list.

use egui::Context;

use crate::model::FeatureRef;
use crate::state::{AppState, Command};

/// Leaves at most one hover command among those of a panel: the newest, and only when it is news. A panel pushes
/// `Command::Hover(Some(..))` in every frame in which the pointer is over a record; `panel` names it.
pub fn settle_hover(ctx: &Context, state: &AppState, panel: &'static str, commands: &mut Vec<Command>) {
    let mut hovered = None;
    commands.retain(|command| match command {
        Command::Hover(feature) => {
            hovered = *feature;
            false
        }
        _ => true,
    });
    let id = egui::Id::unique(("hovered in", panel));
    let before = ctx.data(|data| data.get_temp::<Option<FeatureRef>>(id)).flatten();
    if hovered != before {
        ctx.data_mut(|data| data.insert_temp(id, hovered));
    }
    // Another panel may have taken over meanwhile: only what this one lit is put out.
    let put_out = hovered.is_none() && before.is_some() && state.hovered == before;
    if (hovered.is_some() && state.hovered != hovered) || put_out {
        commands.push(Command::Hover(hovered));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FeatureKind;
    use crate::state::apply;

    #[test]
    fn the_light_goes_on_once_and_out_when_the_pointer_leaves() {
        let ctx = Context::default();
        let mut state = AppState::new();
        let port = Some(FeatureRef::new(FeatureKind::Port, 1));
        let frame = |state: &mut AppState, hovered: Option<FeatureRef>| {
            let mut commands: Vec<Command> = hovered.into_iter().map(|feature| Command::Hover(Some(feature))).collect();
            settle_hover(&ctx, state, "list", &mut commands);
            commands.iter().cloned().for_each(|command| drop(apply(state, command)));
            commands
        };
        assert_eq!(frame(&mut state, port), [Command::Hover(port)]);
        assert_eq!(frame(&mut state, port), []);
        assert_eq!(frame(&mut state, None), [Command::Hover(None)]);
        assert_eq!(frame(&mut state, None), []);
        frame(&mut state, port);
        state.hovered = Some(FeatureRef::new(FeatureKind::Route, 0));
        assert_eq!(frame(&mut state, None), [], "another panel has taken over");
    }
}
