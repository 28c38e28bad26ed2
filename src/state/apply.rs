//! The one place where the state changes. Total: never blocks, touches no file, cannot fail.

use std::path::PathBuf;
use std::sync::Arc;

use super::filtering::{self, Prepared, drawable, refilter_soon, set_matches};
use super::{
    AppState, Command, Dialog, Document, Effect, Notice, NoticeLevel, OpenMode, SelectMode, SidePanel, Task, ThemeChoice, ZoomStep,
    apply_edit, apply_many, apply_save, apply_tool, bookmark, compare, land, view_command,
};
use crate::cartography::MapView;
use crate::geodesy::{LonLat, MapProjection};
use crate::load::{FileStatus, UNRESOLVED_REFERENCE};
use crate::model::{Dataset, FeatureKind, FeatureRef};
use crate::scene::{PlaneBox, SceneRect};

/// Room around fitted data in CSS pixels.
const FIT_MARGIN_PX: f32 = 48.0;
/// A single place is shown with its surroundings, so many metres across.
const LEAST_ACROSS_M: f64 = 400_000.0;
/// How many recent files are kept.
const MAX_RECENT_FILES: usize = 12;
/// Proposed for data that is not the bundled atlas: it claims nothing about what the files hold.
const NEUTRAL_TITLE: &str = "Maritime corridors";
/// More notices than this push out the oldest.
const MAX_NOTICES: usize = 6;

/// Carries out a command; returns what has to happen outside the state.
pub fn apply(state: &mut AppState, command: Command) -> Vec<Effect> {
    if apply_save::asks_first(state, &command) {
        return Vec::new();
    }
    match command {
        Command::Save | Command::AskSave(_) | Command::AskSavePath | Command::SaveTo(..) | Command::DiscardEdits(_) => {
            apply_save::apply_save(state, command)
        }
        Command::Tool(command) => apply_tool::apply_tool(state, command),
        Command::AskOpen(_)
        | Command::PickFiles(_)
        | Command::Open(..)
        | Command::OpenBundled
        | Command::CancelLoad
        | Command::ClearRecentFiles => apply_file(state, command),
        Command::ResizeCanvas(..)
        | Command::Pan(..)
        | Command::PanStep(..)
        | Command::ZoomAbout(..)
        | Command::Zoom(_)
        | Command::ZoomAt(..)
        | Command::Fit
        | Command::FitAll
        | Command::FitFeatures(_)
        | Command::ShowExtent(_)
        | Command::ViewBack
        | Command::ViewForward
        | Command::SetProjection(_)
        | Command::SetCentralMeridian(_)
        | Command::CenterProjectionHere => {
            apply_view(state, &command);
            Vec::new()
        }
        Command::View(command) => view_command::apply_view_command(state, command),
        Command::Bookmark(command) => bookmark::apply_bookmark(state, command),
        Command::Compare(command) => compare::apply_compare(state, command),
        Command::OpenMany(members) => apply_many::open(state, &members),
        Command::Select(..) | Command::SelectAll | Command::ClearSelection | Command::Escape => {
            apply_selection(state, command);
            Vec::new()
        }
        Command::SetFilter(..)
        | Command::SetFilterText(_)
        | Command::SetPeriod(_)
        | Command::RemoveChip(_)
        | Command::ClearFilter
        | Command::SetStyle(_)
        | Command::SetFigure(_)
        | Command::EndGesture
        | Command::Undo
        | Command::Redo => {
            apply_document(state, command);
            Vec::new()
        }
        Command::AddRoute(_) | Command::ReplaceRoute(..) | Command::ReplaceRoutes(..) | Command::DeleteRoutes(_) => {
            apply_edit::apply_edit(state, command)
        }
        Command::ShowCrossing(_) | Command::RepairOverWater(_) | Command::CancelRepair => land::apply_land(state, command),
        Command::ShowTab(_)
        | Command::TogglePanel(_)
        | Command::SetTableSearch(..)
        | Command::SetTableSort(..)
        | Command::SetOnlyMatching(..)
        | Command::SetMeasure(_)
        | Command::SetBinSize(_)
        | Command::SetCellsAsNetwork(_)
        | Command::SetInspectorEdits(_)
        | Command::SetTheme(_)
        | Command::SetDark(_) => apply_panels(state, command),
        Command::Hover(_) | Command::ShowDialog(_) | Command::CloseDialog | Command::Notify(..) | Command::DismissNotice(_) => {
            apply_messages(state, command);
            Vec::new()
        }
        Command::Export(path) => begin_export(state, path),
        Command::AskExportPath | Command::CancelExport | Command::CopyText(_) | Command::ToggleFullScreen | Command::Quit => {
            outside(command).into_iter().collect()
        }
    }
}

/// What only the program around the state can do.
fn outside(command: Command) -> Option<Effect> {
    match command {
        Command::AskExportPath => Some(Effect::PickExportPath),
        Command::CancelExport => Some(Effect::CancelExport),
        Command::CopyText(text) => Some(Effect::CopyText(text)),
        Command::ToggleFullScreen => Some(Effect::ToggleFullScreen),
        Command::Quit => Some(Effect::Quit),
        _ => None,
    }
}

fn begin_export(state: &mut AppState, path: PathBuf) -> Vec<Effect> {
    state.dialog = None;
    state.exporting = Some(Task { label: "Exporting".to_owned(), fraction: 0.0 });
    vec![Effect::Export(path)]
}

/// Takes over what a loading thread brought. When not one file could be used, what was open stays.
pub fn receive_prepared(state: &mut AppState, prepared: Prepared, mode: OpenMode, paths: &[PathBuf]) -> Vec<Effect> {
    state.loading = None;
    let loaded = &prepared.loaded;
    let unusable: Vec<_> = loaded.files.iter().filter(|file| file.status == FileStatus::Unusable).collect();
    for file in &unusable {
        let reason = loaded.diagnostics.iter().find(|d| d.file == file.name && d.feature.is_none());
        let text = format!("Could not open {}", short_name(&file.name));
        let detail = reason.map_or_else(String::new, |d| {
            let message = sentence(&d.message);
            d.hint.as_ref().map_or_else(|| message.clone(), |hint| format!("{message}\n{hint}"))
        });
        notify(state, NoticeLevel::Error, text, detail, None);
    }
    let unusable_names: Vec<_> = unusable.iter().map(|file| file.name.clone()).collect();
    if !loaded.files.is_empty() && unusable.len() == loaded.files.len() {
        return Vec::new();
    }
    let rejected: usize = loaded.files.iter().map(|file| file.rejected).sum();
    if rejected > 0 {
        let text = format!("{rejected} features were not loaded");
        notify(state, NoticeLevel::Warning, text, "The Findings tab lists each one with its place in the file".to_owned(), None);
    }
    replace_dataset(state, prepared, mode);
    let usable = |path: &&PathBuf| !unusable_names.iter().any(|name| **name == *path.to_string_lossy());
    for path in paths.iter().rev().filter(usable) {
        remember_recent(state, path);
    }
    if paths.is_empty() { Vec::new() } else { vec![Effect::SaveSettings] }
}

pub(super) fn remember_recent(state: &mut AppState, path: &PathBuf) {
    state.recent_files.retain(|recent| recent != path);
    state.recent_files.insert(0, path.clone());
    state.recent_files.truncate(MAX_RECENT_FILES);
}

fn replace_dataset(state: &mut AppState, prepared: Prepared, mode: OpenMode) {
    let Prepared { loaded, links, all, bounds } = prepared;
    let first = state.dataset_generation == 0;
    if mode == OpenMode::Add {
        let mut diagnostics = state.diagnostics.as_ref().clone();
        // What led nowhere may lead to the added file.
        let known = |id: &str| FeatureKind::ALL.into_iter().any(|kind| loaded.dataset.find(kind, id).is_some());
        diagnostics.retain(|d| d.code != UNRESOLVED_REFERENCE || !d.value.as_deref().is_some_and(known));
        diagnostics.extend(loaded.diagnostics);
        state.diagnostics = Arc::new(diagnostics);
        let mut files = state.file_reports.as_ref().clone();
        files.extend(loaded.files);
        state.file_reports = Arc::new(files);
        apply_edit::join_added(state, Arc::new(loaded.dataset));
    } else {
        state.dataset = Arc::new(loaded.dataset);
        state.opened = state.dataset.clone();
        state.saved = state.dataset.clone();
        state.diagnostics = Arc::new(loaded.diagnostics);
        state.file_reports = Arc::new(loaded.files);
        // Restrictions speak of ids that other data does not have.
        Arc::make_mut(&mut state.document).filter = crate::analysis::Filter::default();
        Arc::make_mut(&mut state.document).figure.title = title_for(&state.dataset, &state.document.figure.title);
        state.history = super::History::default();
        state.selection.clear();
        state.save_target = None;
    }
    apply_tool::follow_records(state);
    state.hovered = None;
    state.dataset_generation += 1;
    state.links = links;
    state.bounds = Some((state.dataset_generation, bounds));
    selection_changed(state);
    set_matches(state, all, crate::analysis::Filter::default());
    refilter_soon(state);
    if first && state.dataset.files.iter().all(|file| file.bundled) {
        // The atlas opens on the Atlantic corridor, not on the bounding box of every source port.
        return;
    }
    if mode == OpenMode::Replace {
        fit_all(state);
    }
}

pub(super) fn apply_file(state: &mut AppState, command: Command) -> Vec<Effect> {
    let begin = |state: &mut AppState, label: String| state.loading = Some(Task { label, fraction: 0.0 });
    match command {
        Command::AskOpen(mode) => {
            state.dialog = Some(Dialog::Open { mode, path: String::new() });
            Vec::new()
        }
        Command::PickFiles(mode) => vec![Effect::PickFiles(mode)],
        Command::Open(paths, _) if paths.is_empty() => Vec::new(),
        Command::Open(paths, mode) => {
            state.dialog = None;
            let label = match paths.as_slice() {
                [one] => format!("Loading {}", short_name(&one.to_string_lossy())),
                many => format!("Loading {} files", many.len()),
            };
            begin(state, label);
            vec![Effect::Load(paths, mode)]
        }
        Command::OpenBundled => {
            state.dialog = None;
            begin(state, "Loading the bundled atlas".to_owned());
            vec![Effect::LoadBundled]
        }
        Command::CancelLoad => {
            state.loading = None;
            vec![Effect::CancelLoad]
        }
        Command::ClearRecentFiles => {
            state.recent_files.clear();
            vec![Effect::SaveSettings]
        }
        _ => Vec::new(),
    }
}

fn apply_view(state: &mut AppState, command: &Command) {
    let canvas = state.canvas;
    let middle = canvas.center();
    let factor = |step: ZoomStep| if step == ZoomStep::In { 2.0 } else { 0.5 };
    match command {
        Command::ResizeCanvas(width, height) => {
            let grown = (width / canvas.width).min(height / canvas.height);
            // While nothing was moved yet, the first view keeps showing the same area.
            if !state.view_history.can_go_back() && grown.is_finite() && grown > 0.0 {
                let resolution = state.view.resolution_m_per_px / f64::from(grown);
                state.view = MapView::new(state.view.projection, state.view.center, resolution);
            }
            state.canvas = SceneRect::new(0.0, 0.0, width.max(1.0), height.max(1.0));
        }
        Command::Pan(right, down) => move_to(state, state.view.panned(*right, *down), true),
        Command::PanStep(right, down) => move_to(state, state.view.panned(*right, *down), false),
        Command::ZoomAbout(by, at) => move_to(state, state.view.zoomed_about(*by, *at, canvas), true),
        Command::Zoom(step) => move_to(state, state.view.zoomed_about(factor(*step), middle, canvas), false),
        Command::ZoomAt(step, at) => move_to(state, state.view.zoomed_about(factor(*step), *at, canvas), false),
        Command::Fit if !state.selection.is_empty() => {
            let selected: Vec<_> = state.selection.iter().copied().collect();
            let around = with_linked_places(state, &selected);
            fit(state, &around);
        }
        Command::Fit | Command::FitAll => fit_all(state),
        Command::FitFeatures(features) => {
            let around = with_linked_places(state, features);
            fit(state, &around);
        }
        Command::ShowExtent(named) => {
            let view = MapView::fitting_extent(state.view.projection, named.extent(), canvas.width, canvas.height, 8.0);
            move_to(state, view, false);
        }
        Command::ViewBack => {
            if let Some(view) = state.view_history.back(state.view) {
                state.view = view;
            }
        }
        Command::ViewForward => {
            if let Some(view) = state.view_history.forward(state.view) {
                state.view = view;
            }
        }
        Command::SetProjection(kind) => {
            let projection = MapProjection::new(*kind, state.view.projection.central_meridian_deg);
            move_to(state, state.view.reprojected(projection), false);
        }
        Command::SetCentralMeridian(lon_deg) => {
            view_command::rotate(state, *lon_deg, false);
        }
        Command::CenterProjectionHere => {
            if let Some(position) = state.view.center_lon_lat() {
                let projection = MapProjection::new(state.view.projection.kind, position.lon_deg.round());
                move_to(state, state.view.reprojected(projection), false);
            }
        }
        _ => {}
    }
}

pub(super) fn move_to(state: &mut AppState, view: MapView, continues_gesture: bool) {
    if view != state.view {
        state.view_history.leave(state.view, continues_gesture);
        state.view = view;
    }
}

fn fit(state: &mut AppState, features: &[FeatureRef]) {
    let mut positions = Vec::new();
    for feature in features {
        state.dataset.for_each_position(*feature, &mut |position| positions.push(position));
    }
    fit_positions(state, &positions, LEAST_ACROSS_M);
}

fn fit_all(state: &mut AppState) {
    let plane_box = filtering::bounds(state);
    fit_box(state, plane_box, LEAST_ACROSS_M);
}

/// Shows positions and at least so many metres of their surroundings.
pub(super) fn fit_positions(state: &mut AppState, positions: &[LonLat], least_m: f64) {
    let projection = state.view.projection;
    let plane_box = positions.iter().fold(PlaneBox::EMPTY, |plane_box, position| plane_box.including(projection.project(*position)));
    fit_box(state, plane_box, least_m);
}

fn fit_box(state: &mut AppState, mut plane_box: PlaneBox, least_m: f64) {
    if plane_box == PlaneBox::EMPTY {
        return;
    }
    let grow = |low: &mut f64, high: &mut f64| {
        let missing = (least_m - (*high - *low)).max(0.0) / 2.0;
        *low -= missing;
        *high += missing;
    };
    grow(&mut plane_box.min.x_m, &mut plane_box.max.x_m);
    grow(&mut plane_box.min.y_m, &mut plane_box.max.y_m);
    let view = MapView::fitting_box(state.view.projection, plane_box, state.canvas.width, state.canvas.height, FIT_MARGIN_PX);
    move_to(state, view, false);
}

/// The records and, for those that have no place of their own (cells, sources), the places they are linked to.
fn with_linked_places(state: &AppState, features: &[FeatureRef]) -> Vec<FeatureRef> {
    let mut places = Vec::new();
    for feature in features {
        let linked = state.links.related(*feature).into_iter().map(|(_, other)| other);
        if state.dataset.has_place(*feature) {
            places.push(*feature);
        } else {
            places.extend(linked.filter(|other| state.dataset.has_place(*other)));
        }
    }
    places
}

fn apply_messages(state: &mut AppState, command: Command) {
    match command {
        Command::Hover(feature) => state.hovered = feature,
        Command::ShowDialog(dialog) => state.dialog = Some(dialog),
        Command::CloseDialog => state.dialog = None,
        Command::Notify(level, text, detail) => notify(state, level, text, detail, None),
        Command::DismissNotice(id) => state.notices.retain(|notice| notice.id != id),
        _ => {}
    }
}

pub(super) fn apply_selection(state: &mut AppState, command: Command) {
    match command {
        Command::Select(features, mode) => match mode {
            SelectMode::Replace => state.selection = features.into_iter().collect(),
            SelectMode::Extend => state.selection.extend(features),
            SelectMode::Toggle => {
                for feature in features {
                    if !state.selection.remove(&feature) {
                        state.selection.insert(feature);
                    }
                }
            }
        },
        Command::SelectAll => {
            let matches = state.matches.clone();
            state.selection = drawable(&state.dataset).filter(|feature| matches.passes(*feature)).collect();
        }
        Command::ClearSelection => state.selection.clear(),
        Command::Escape => {
            if state.dialog.take().is_some() || apply_tool::cancel(state) {
                return;
            }
            if !state.selection.is_empty() {
                state.selection.clear();
            } else if state.document.compare.is_some() {
                drop(compare::apply_compare(state, compare::CompareCommand::End));
            } else if !state.document.filter.is_empty() {
                apply_document(state, Command::ClearFilter);
            }
        }
        _ => {}
    }
    selection_changed(state);
}

/// Keeps what depends on the selection in step with it.
pub(super) fn selection_changed(state: &mut AppState) {
    state.selection_generation += 1;
    state.linked = state.selection.iter().flat_map(|feature| state.links.neighbors(*feature)).collect();
}

fn apply_document(state: &mut AppState, command: Command) {
    match command {
        Command::SetFilter(filter, label) => change(state, label, false, |document| document.filter = filter),
        Command::SetFilterText(text) => change(state, "Filter by words", true, |document| document.filter.text = text),
        Command::SetPeriod(days) => change(state, "Change period", true, |document| document.filter.days = days),
        Command::RemoveChip(chip) => change(state, "Remove filter", false, |document| document.filter = document.filter.without(&chip)),
        Command::ClearFilter => change(state, "Clear filters", false, |document| document.filter = crate::analysis::Filter::default()),
        Command::SetStyle(style) => change(state, "Change style", false, |document| document.style = style),
        Command::SetFigure(figure) => change(state, "Edit figure", true, |document| document.figure = figure),
        Command::EndGesture => {
            state.history.end_gesture();
            state.view_history.end_gesture();
        }
        Command::Undo if apply_tool::undo_point(state) => {}
        Command::Undo if apply_edit::must_wait(state, state.history.next_undo()) => apply_edit::tell_to_wait(state),
        Command::Redo if apply_edit::must_wait(state, state.history.next_redo()) => apply_edit::tell_to_wait(state),
        Command::Undo => {
            let present = state.snapshot();
            if let Some((before, _)) = state.history.undo(&present) {
                apply_edit::restore(state, before);
            }
        }
        Command::Redo => {
            let present = state.snapshot();
            if let Some((after, _)) = state.history.redo(&present) {
                apply_edit::restore(state, after);
            }
        }
        _ => {}
    }
}

pub(super) fn change(state: &mut AppState, label: &'static str, continues_gesture: bool, edit: impl FnOnce(&mut Document)) {
    let mut document = state.document.as_ref().clone();
    edit(&mut document);
    if document == *state.document {
        return;
    }
    let filter_changed = document.filter != state.document.filter;
    state.history.remember(&state.snapshot(), label, continues_gesture);
    state.document = Arc::new(document);
    if filter_changed {
        refilter_soon(state);
    }
}

fn apply_panels(state: &mut AppState, command: Command) -> Vec<Effect> {
    let panels = &mut state.panels;
    match command {
        Command::ShowTab(tab) => {
            panels.tab = tab;
            panels.bottom_open = true;
        }
        Command::TogglePanel(SidePanel::Left) => panels.left_open = !panels.left_open,
        Command::TogglePanel(SidePanel::Right) => panels.right_open = !panels.right_open,
        Command::TogglePanel(SidePanel::Bottom) => panels.bottom_open = !panels.bottom_open,
        Command::SetTableSearch(tab, search) => panels.tables[tab.index()].search = search,
        Command::SetTableSort(tab, sort) => panels.tables[tab.index()].sort = sort,
        Command::SetOnlyMatching(tab, only) => panels.tables[tab.index()].only_matching = only,
        Command::SetMeasure(measure) => panels.timeline.measure = measure,
        Command::SetBinSize(bin_size) => panels.timeline.bin_size = bin_size,
        Command::SetCellsAsNetwork(network) => panels.cells_as_network = network,
        Command::SetInspectorEdits(edits) => panels.inspector_edits = edits,
        Command::SetTheme(theme) => {
            state.theme = theme;
            match theme {
                ThemeChoice::System => {}
                ThemeChoice::Light => state.dark = false,
                ThemeChoice::Dark => state.dark = true,
            }
            return vec![Effect::SaveSettings];
        }
        Command::SetDark(dark) => state.dark = dark,
        _ => {}
    }
    Vec::new()
}

pub(super) fn notify(state: &mut AppState, level: NoticeLevel, text: String, detail: String, path: Option<PathBuf>) {
    let id = state.next_notice_id;
    state.next_notice_id += 1;
    state.notices.push(Notice { id, level, text, detail, path });
    if state.notices.len() > MAX_NOTICES {
        state.notices.remove(0);
    }
}

fn short_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}

/// With a capital at the beginning, as a text of its own.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The title of a figure after other data was opened: one that the analyst wrote stays, the proposed ones follow the data.
fn title_for(dataset: &Dataset, present: &str) -> String {
    let of_atlas = crate::cartography::FigureSpec::default().title;
    if present != of_atlas && present != NEUTRAL_TITLE {
        return present.to_owned();
    }
    if dataset.files.iter().all(|file| file.bundled) { of_atlas } else { NEUTRAL_TITLE.to_owned() }
}
