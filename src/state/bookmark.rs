//! Views with a name. They belong to the document, so that undo brings a deleted one back.

use std::sync::Arc;

use super::apply::{change, move_to};
use super::{AppState, Dialog, Document, Effect};
use crate::analysis::Filter;
use crate::cartography::MapView;
use crate::geodesy::{LonLat, MapProjection};
use crate::scene::PlaneBox;

/// More bookmarks than this are not kept.
pub const MAX_BOOKMARKS: usize = 200;

/// A view with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Bookmark {
    /// As the analyst calls it.
    pub name: String,
    /// The projection with its central meridian.
    pub projection: MapProjection,
    /// The part of the plane that was in view; it is fitted into the map of the day.
    pub plane_box: PlaneBox,
    /// The filter that belongs to it; `None` leaves the present one as it is.
    pub filter: Option<Filter>,
}

/// What can be done with bookmarks. Numbers count from the top of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum BookmarkCommand {
    /// Keeps the present view under a proposed name and asks for a better one.
    Add,
    /// Shows a bookmark.
    GoTo(usize),
    /// Gives it another name; part of a gesture.
    Rename(usize, String),
    /// Puts the present view in its place.
    Update(usize),
    /// Keeps the present filter with it, or lets go of its filter.
    KeepFilter(usize, bool),
    /// Moves it to another place in the list.
    Move(usize, usize),
    /// Takes it out.
    Delete(usize),
}

pub(super) fn apply_bookmark(state: &mut AppState, command: BookmarkCommand) -> Vec<Effect> {
    let edit = |state: &mut AppState, label: &'static str, typing: bool, edit: &mut dyn FnMut(&mut Vec<Bookmark>)| {
        change(state, label, typing, |document: &mut Document| edit(Arc::make_mut(&mut document.bookmarks)));
        vec![Effect::SaveSettings]
    };
    let shown = present(state);
    match command {
        BookmarkCommand::Add => {
            let count = state.document.bookmarks.len();
            if count >= MAX_BOOKMARKS {
                return Vec::new();
            }
            state.dialog = Some(Dialog::Bookmarks { naming: Some(count) });
            edit(state, "Add bookmark", false, &mut |bookmarks| bookmarks.push(shown.clone()))
        }
        BookmarkCommand::GoTo(at) => {
            go_to(state, at);
            Vec::new()
        }
        BookmarkCommand::Rename(at, name) => {
            edit(state, "Rename bookmark", true, &mut |bookmarks| {
                if let Some(bookmark) = bookmarks.get_mut(at) {
                    bookmark.name.clone_from(&name);
                }
            });
            // Written when the dialog closes or the program ends: not with every letter.
            Vec::new()
        }
        BookmarkCommand::Update(at) => edit(state, "Change bookmark", false, &mut |bookmarks| {
            if let Some(bookmark) = bookmarks.get_mut(at) {
                let (name, filter) = (bookmark.name.clone(), bookmark.filter.as_ref().and(shown.filter.clone()));
                *bookmark = Bookmark { name, filter, ..shown.clone() };
            }
        }),
        BookmarkCommand::KeepFilter(at, keep) => {
            let filter = keep.then(|| state.document.filter.clone());
            edit(state, "Change bookmark", false, &mut |bookmarks| {
                if let Some(bookmark) = bookmarks.get_mut(at) {
                    bookmark.filter.clone_from(&filter);
                }
            })
        }
        BookmarkCommand::Move(from, to) => edit(state, "Move bookmark", false, &mut |bookmarks| {
            if from < bookmarks.len() && to < bookmarks.len() {
                let moved = bookmarks.remove(from);
                bookmarks.insert(to, moved);
            }
        }),
        BookmarkCommand::Delete(at) => edit(state, "Delete bookmark", false, &mut |bookmarks| {
            if at < bookmarks.len() {
                bookmarks.remove(at);
            }
        }),
    }
}

/// The present view as a bookmark, without the filter.
fn present(state: &AppState) -> Bookmark {
    let view = &state.view;
    let filter = (!state.document.filter.is_empty()).then(|| state.document.filter.clone());
    Bookmark { name: proposed_name(view), projection: view.projection, plane_box: view.on(state.canvas).plane_box(0.0), filter }
}

/// "42.1° N 19.1° E, 1:1 200 000": says where it is until the analyst finds a name.
fn proposed_name(view: &MapView) -> String {
    let middle = view.center_lon_lat().unwrap_or(LonLat::new(view.projection.central_meridian_deg, 0.0));
    let half = |degrees: f64, names: [&str; 2]| format!("{:.1}° {}", degrees.abs(), names[usize::from(degrees < 0.0)]);
    let denominator = view.scale_denominator();
    let unit = 10_f64.powf(denominator.max(1.0).log10().floor() - 1.0).max(1.0);
    let rounded = (denominator / unit).round() * unit;
    let scale = crate::cartography::grouped(rounded);
    format!("{} {}, 1:{scale}", half(middle.lat_deg, ["N", "S"]), half(middle.lon_deg, ["E", "W"]))
}

fn go_to(state: &mut AppState, at: usize) {
    let Some(bookmark) = state.document.bookmarks.get(at).cloned() else { return };
    let view = MapView::fitting_box(bookmark.projection, bookmark.plane_box, state.canvas.width, state.canvas.height, 0.0);
    move_to(state, view, false);
    if let Some(filter) = bookmark.filter {
        change(state, "Filter of a bookmark", false, |document| document.filter = filter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::NamedExtent;
    use crate::state::{Command, apply};

    fn send(state: &mut AppState, command: BookmarkCommand) {
        apply(state, Command::Bookmark(command));
    }

    #[test]
    fn a_bookmark_brings_back_view_projection_and_filter() {
        let mut state = AppState::new();
        apply(&mut state, Command::ShowExtent(NamedExtent::Adriatic));
        apply(&mut state, Command::SetCentralMeridian(-20.0));
        apply(&mut state, Command::SetFilterText("bar".to_owned()));
        let (view, filter) = (state.view, state.document.filter.clone());
        send(&mut state, BookmarkCommand::Add);
        assert_eq!(state.dialog, Some(Dialog::Bookmarks { naming: Some(0) }));
        apply(&mut state, Command::ClearFilter);
        apply(&mut state, Command::SetCentralMeridian(100.0));
        apply(&mut state, Command::ShowExtent(NamedExtent::World));
        send(&mut state, BookmarkCommand::GoTo(0));
        assert_eq!(state.view.projection, view.projection);
        let off = (state.view.center.x_m - view.center.x_m).hypot(state.view.center.y_m - view.center.y_m);
        assert!(off < 1.0 && (state.view.resolution_m_per_px / view.resolution_m_per_px - 1.0).abs() < 1e-6);
        assert_eq!(state.document.filter, filter);
        send(&mut state, BookmarkCommand::KeepFilter(0, false));
        apply(&mut state, Command::ClearFilter);
        send(&mut state, BookmarkCommand::GoTo(0));
        assert!(state.document.filter.is_empty(), "a bookmark without a filter leaves the present one");
    }

    #[test]
    fn every_change_of_the_list_can_be_undone() {
        let mut state = AppState::new();
        for name in ["a", "b", "c"] {
            send(&mut state, BookmarkCommand::Add);
            let at = state.document.bookmarks.len() - 1;
            send(&mut state, BookmarkCommand::Rename(at, name.to_owned()));
            apply(&mut state, Command::EndGesture);
        }
        let names = |state: &AppState| state.document.bookmarks.iter().map(|bookmark| bookmark.name.clone()).collect::<String>();
        send(&mut state, BookmarkCommand::Move(2, 0));
        assert_eq!(names(&state), "cab");
        send(&mut state, BookmarkCommand::Delete(1));
        assert_eq!(names(&state), "cb");
        // What is not there changes nothing and leaves no step behind.
        send(&mut state, BookmarkCommand::Delete(9));
        send(&mut state, BookmarkCommand::Move(0, 9));
        for expected in ["cab", "abc"] {
            apply(&mut state, Command::Undo);
            assert_eq!(names(&state), expected);
        }
    }

    #[test]
    fn a_proposed_name_says_where() {
        let view = MapView::fitting_extent(MapProjection::default(), NamedExtent::Adriatic.extent(), 800.0, 500.0, 0.0);
        let name = proposed_name(&view);
        assert!(name.contains("° N") && name.contains("° E, 1:"), "{name}");
    }
}
