//! Turning the world under the map, and moving the view by the inset.

use super::apply::move_to;
use super::{AppState, Effect};
use crate::cartography::MapView;
use crate::geodesy::{MapProjection, Projected};

/// Central meridians that have a name in the View menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NamedMeridian {
    /// Between the Americas and Europe.
    Atlantic,
    /// The prime meridian.
    Greenwich,
    /// The Pacific in the middle, the cut through Africa.
    Pacific,
}

impl NamedMeridian {
    /// All named meridians in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Atlantic, Self::Greenwich, Self::Pacific];

    /// The name for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Atlantic => "Atlantic 20° W",
            Self::Greenwich => "Greenwich 0°",
            Self::Pacific => "Pacific 180°",
        }
    }

    /// The longitude in degrees.
    pub const fn lon_deg(self) -> f64 {
        match self {
            Self::Atlantic => -20.0,
            Self::Greenwich => 0.0,
            Self::Pacific => -180.0,
        }
    }
}

/// How far a key turns the world, in degrees.
pub const TURN_STEP_DEG: f64 = 10.0;

/// Movements of the view beside panning and zooming.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ViewCommand {
    /// Rotates to this central meridian in degrees while a control is held; part of a gesture.
    SlideCentralMeridian(f64),
    /// Turns the world by hand so that it follows the pointer by CSS pixels to the right; part of a gesture.
    TurnByHand(f32),
    /// Moves the central meridian east by degrees (keys).
    TurnStep(f64),
    /// Puts this plane position in the middle; part of a gesture.
    CenterOn(Projected),
    /// Shows or hides the inset locator.
    ToggleInset,
}

pub(super) fn apply_view_command(state: &mut AppState, command: ViewCommand) -> Vec<Effect> {
    let view = state.view;
    match command {
        ViewCommand::SlideCentralMeridian(lon_deg) => rotate(state, lon_deg, true),
        ViewCommand::TurnByHand(right_px) => {
            let deg = f64::from(right_px) * view.resolution_m_per_px / m_per_degree(&view);
            let turned = turned(&view, -deg);
            move_to(state, turned, true);
        }
        ViewCommand::TurnStep(east_deg) => {
            let turned = turned(&view, east_deg);
            move_to(state, turned, false);
        }
        ViewCommand::CenterOn(point) => move_to(state, MapView::new(view.projection, point, view.resolution_m_per_px), true),
        ViewCommand::ToggleInset => {
            let mut style = state.document.style;
            style.layers.inset ^= true;
            return super::apply(state, super::Command::SetStyle(style));
        }
    }
    Vec::new()
}

/// Rotates the world to a central meridian. A map of the world keeps its outline where it is; a nearer one keeps its middle and scale.
pub(super) fn rotate(state: &mut AppState, lon_deg: f64, continues_gesture: bool) {
    if !lon_deg.is_finite() {
        return;
    }
    let view = state.view;
    let projection = MapProjection::new(view.projection.kind, lon_deg);
    let rotated = if view.shows_world(state.canvas.width) { MapView { projection, ..view } } else { view.reprojected(projection) };
    move_to(state, rotated, continues_gesture);
}

/// The world turned under the view, the outline where it is.
fn turned(view: &MapView, east_deg: f64) -> MapView {
    MapView { projection: MapProjection::new(view.projection.kind, view.projection.central_meridian_deg + east_deg), ..*view }
}

/// Plane metres for a degree along the parallel in the middle of the view.
fn m_per_degree(view: &MapView) -> f64 {
    let lat_deg = view.center_lon_lat().map_or(0.0, |middle| middle.lat_deg);
    let east = view.projection.project_relative(0.5, lat_deg);
    let west = view.projection.project_relative(-0.5, lat_deg);
    (east.x_m - west.x_m).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::NamedExtent;
    use crate::geodesy::ProjectionKind;
    use crate::state::{Command, apply};

    fn showing(extent: NamedExtent) -> AppState {
        let mut state = AppState::new();
        apply(&mut state, Command::ShowExtent(extent));
        state
    }

    #[test]
    fn another_projection_keeps_the_middle_and_the_scale() {
        let mut state = showing(NamedExtent::Balkans);
        let (middle, scale) = (state.view.center_lon_lat().expect("on land"), state.view.scale_denominator());
        for kind in [ProjectionKind::Mercator, ProjectionKind::NaturalEarth, ProjectionKind::EqualEarth] {
            apply(&mut state, Command::SetProjection(kind));
            let now = state.view.center_lon_lat().expect("on land");
            assert!((now.lon_deg - middle.lon_deg).abs() < 1e-6 && (now.lat_deg - middle.lat_deg).abs() < 1e-6, "{kind:?}");
            assert!((state.view.scale_denominator() / scale - 1.0).abs() < 1e-6, "{kind:?}");
        }
    }

    #[test]
    fn a_near_map_keeps_its_middle_and_a_world_map_its_outline() {
        let mut near = showing(NamedExtent::Adriatic);
        let middle = near.view.center_lon_lat().expect("at sea");
        apply(&mut near, Command::SetCentralMeridian(NamedMeridian::Pacific.lon_deg()));
        let now = near.view.center_lon_lat().expect("at sea");
        assert!((now.lon_deg - middle.lon_deg).abs() < 1e-6, "{now:?}");
        let mut world = showing(NamedExtent::World);
        let center = world.view.center;
        apply(&mut world, Command::SetCentralMeridian(NamedMeridian::Pacific.lon_deg()));
        assert_eq!(world.view.center, center);
        assert_eq!(world.view.projection.central_meridian_deg, -180.0);
    }

    #[test]
    fn the_world_follows_the_hand_and_a_turn_is_one_past_view() {
        let mut state = showing(NamedExtent::Atlantic);
        let before = state.view;
        let lon = before.center_lon_lat().expect("at sea").lon_deg;
        for _ in 0..10 {
            apply(&mut state, Command::View(ViewCommand::TurnByHand(5.0)));
        }
        apply(&mut state, Command::EndGesture);
        let now = state.view.center_lon_lat().expect("at sea").lon_deg;
        let expected = 50.0 * before.resolution_m_per_px / m_per_degree(&before);
        assert!((lon - now - expected).abs() < 0.01, "{lon} {now} {expected}");
        apply(&mut state, Command::ViewBack);
        assert_eq!(state.view, before);
        apply(&mut state, Command::SetCentralMeridian(10.0));
        apply(&mut state, Command::SetCentralMeridian(20.0));
        apply(&mut state, Command::SetProjection(ProjectionKind::Mercator));
        apply(&mut state, Command::ViewBack);
        assert_eq!((state.view.projection.kind, state.view.projection.central_meridian_deg), (ProjectionKind::EqualEarth, 20.0));
        apply(&mut state, Command::ViewBack);
        assert_eq!(state.view.projection.central_meridian_deg, 10.0, "each choice is a step of its own");
        apply(&mut state, Command::SetCentralMeridian(f64::NAN));
        assert_eq!(state.view.projection.central_meridian_deg, 10.0);
    }
}
