//! What a person can do with the tools of the map, and what the network answers.

use super::{LegKind, PassageWish, PathAnswer, Stop, ToolKind};
use crate::lanes::PathRequest;
use crate::model::FeatureRef;

/// A wish that concerns the tool in hand. What makes no sense for it is ignored.
#[derive(Clone, Debug, PartialEq)]
pub enum ToolCommand {
    /// Takes a tool in hand; the one that is in hand already stays as it is.
    Choose(ToolKind),
    /// Changes a route that was drawn.
    EditRoute(FeatureRef),
    /// The pointer is here, put on a port near it; `None` when it left the map.
    Point(Option<Stop>),
    /// Adds a point at the end.
    Add(Stop),
    /// Takes the last point away; of a route that is changed, the marked one.
    RemoveLast,
    /// Takes the marked point away.
    RemoveMarked,
    /// Adds a point within a leg.
    Insert {
        /// The leg, from 0.
        leg: usize,
        /// The point.
        stop: Stop,
    },
    /// Takes a point in hand or moves the one in hand: the legs at it follow.
    Drag {
        /// The point, from 0.
        index: usize,
        /// Where it is now.
        stop: Stop,
    },
    /// Lets go of the point in hand.
    Drop,
    /// How the next leg runs.
    SetNextLeg(LegKind),
    /// How all legs run.
    SetAllLegs(LegKind),
    /// Which passages sea paths may use.
    SetPassages(PassageWish),
    /// Speed in knots for the duration.
    SetSpeed(f64),
    /// What is typed in the search box.
    SetSearch(String),
    /// Ends the draft, the changes or the measurement.
    Finish,
    /// What the network answered.
    TakePaths(Vec<(PathRequest, PathAnswer)>),
}
