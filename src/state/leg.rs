//! A leg of a drafted route: how it is drawn and, for sea paths, what the network has answered so far.

use std::sync::Arc;

use crate::geodesy::{LonLat, distance_m, great_circle, rhumb_line};
use crate::lanes::{NoRoute, PassageSet, PathRequest, SeaPath};

/// Longest step of a drawn leg in kilometres.
const STEP_KM: f64 = 25.0;

/// How a leg runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LegKind {
    /// Over water, along the sea network.
    #[default]
    Sea,
    /// The shortest way over the globe, whatever lies there.
    GreatCircle,
    /// One bearing all the way, a straight line on a Mercator chart.
    Rhumb,
}

impl LegKind {
    /// All kinds in the order of display.
    pub const ALL: [Self; 3] = [Self::Sea, Self::GreatCircle, Self::Rhumb];

    /// The words for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sea => "Sea path",
            Self::GreatCircle => "Great circle",
            Self::Rhumb => "Straight",
        }
    }

    /// What it means.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::Sea => "The shortest path over water",
            Self::GreatCircle => "The shortest line on the globe; it may cross land",
            Self::Rhumb => "A rhumb line: one bearing all the way, straight on a Mercator chart; it may cross land",
        }
    }

    /// The word in files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Sea => "sea",
            Self::GreatCircle => "great_circle",
            Self::Rhumb => "rhumb",
        }
    }

    /// The kind with this [`key`](Self::key).
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Passages that were opened or closed by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PassageWish {
    /// Open ones that must not be used.
    pub forbid: PassageSet,
    /// Ones that are closed by default and may be used.
    pub allow: PassageSet,
}

/// What the network answered.
pub type PathAnswer = Result<Arc<SeaPath>, NoRoute>;

/// A leg between two points.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    kind: LegKind,
    request: PathRequest,
    /// The newest answer, perhaps to an older request: it stays in sight until the next one is there.
    answer: Option<(PathRequest, PathAnswer)>,
    /// The line of a leg that needs no network, or one that was drawn before.
    drawn: Option<Arc<Vec<LonLat>>>,
    length_m: f64,
}

impl Leg {
    /// A new leg. A sea path is pending until the network has answered.
    pub fn new(kind: LegKind, from: LonLat, to: LonLat, wish: PassageWish) -> Self {
        let request = PathRequest { forbid: wish.forbid, allow: wish.allow, ..PathRequest::between(from, to) };
        let mut leg = Self { kind, request, answer: None, drawn: None, length_m: 0.0 };
        match kind {
            LegKind::Sea => {}
            LegKind::GreatCircle => leg.set_drawn(great_circle(from, to, STEP_KM)),
            LegKind::Rhumb => leg.set_drawn(rhumb_line(from, to, STEP_KM)),
        }
        leg
    }

    /// A leg whose line is known from a file.
    pub fn with_line(kind: LegKind, line: Vec<LonLat>, wish: PassageWish) -> Option<Self> {
        let (from, to) = (*line.first()?, *line.last()?);
        let request = PathRequest { forbid: wish.forbid, allow: wish.allow, ..PathRequest::between(from, to) };
        let mut leg = Self { kind, request, answer: None, drawn: None, length_m: 0.0 };
        leg.set_drawn(line);
        Some(leg)
    }

    fn set_drawn(&mut self, line: Vec<LonLat>) {
        self.length_m = line.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum();
        self.drawn = Some(Arc::new(line));
    }

    /// The leg between other points, with other wishes or of another kind. Its present path stays in sight until the new one is there.
    #[must_use]
    pub fn changed(&self, kind: LegKind, from: LonLat, to: LonLat, wish: PassageWish) -> Self {
        let mut leg = Self::new(kind, from, to, wish);
        if leg.request == self.request && kind == self.kind {
            return self.clone();
        }
        if kind == LegKind::Sea && self.kind == LegKind::Sea {
            leg.answer = self.answer.clone();
            if leg.answer.is_none()
                && let Some(line) = &self.drawn
            {
                let path =
                    SeaPath { positions: line.as_ref().clone(), length_m: self.length_m, passages: Vec::new(), stretches: Vec::new() };
                leg.answer = Some((self.request, Ok(Arc::new(path))));
            }
        }
        leg
    }

    /// How it runs.
    pub const fn kind(&self) -> LegKind {
        self.kind
    }

    /// Where it begins.
    pub const fn from(&self) -> LonLat {
        self.request.from
    }

    /// Where it ends.
    pub const fn to(&self) -> LonLat {
        self.request.to
    }

    /// What the network has yet to answer.
    pub fn wanted(&self) -> Option<PathRequest> {
        self.is_pending().then_some(self.request)
    }

    /// Whether its sea path has not arrived yet.
    pub fn is_pending(&self) -> bool {
        self.kind == LegKind::Sea && self.drawn.is_none() && self.answer.as_ref().is_none_or(|(request, _)| *request != self.request)
    }

    /// Takes over an answer if it is one to this leg's present request, or a newer one than what is in sight.
    pub(super) fn take(&mut self, request: &PathRequest, answer: &PathAnswer) {
        let of_this_leg = request.from == self.request.from && (request.forbid, request.allow) == (self.request.forbid, self.request.allow);
        if self.is_pending() && (*request == self.request || of_this_leg && answer.is_ok()) {
            self.answer = Some((*request, answer.clone()));
        }
    }

    fn path(&self) -> Option<&SeaPath> {
        self.answer.as_ref().and_then(|(_, answer)| answer.as_deref().ok())
    }

    /// The line in sight; empty while nothing is known. It may be an older one that ends elsewhere: see [`Self::is_pending`].
    pub fn line(&self) -> &[LonLat] {
        match &self.drawn {
            Some(line) => line,
            None => self.path().map_or(&[], |path| &path.positions),
        }
    }

    /// Length of the line in sight in metres on the ellipsoid.
    pub fn length_m(&self) -> f64 {
        if self.drawn.is_some() { self.length_m } else { self.path().map_or(0.0, |path| path.length_m) }
    }

    /// Passages of the line in sight, in order.
    pub fn passages(&self) -> &[usize] {
        self.path().filter(|_| self.drawn.is_none()).map_or(&[], |path| &path.passages)
    }

    /// Why there is no path, once that is known.
    pub fn obstacle(&self) -> Option<String> {
        match &self.answer {
            Some((request, Err(reason))) if *request == self.request && self.drawn.is_none() => Some(reason.to_string()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::SeaNetwork;

    const HERE: LonLat = LonLat::new(-30.0, 10.0);
    const THERE: LonLat = LonLat::new(-20.0, 30.0);

    fn found(leg: &Leg) -> (PathRequest, PathAnswer) {
        let request = leg.wanted().expect("pending");
        (request, SeaNetwork::bundled().expect("bundled").find(&request).map(Arc::new))
    }

    #[test]
    fn a_sea_leg_waits_for_its_path_and_keeps_the_old_one_meanwhile() {
        let mut leg = Leg::new(LegKind::Sea, HERE, THERE, PassageWish::default());
        assert!(leg.is_pending() && leg.line().is_empty());
        let (request, answer) = found(&leg);
        leg.take(&request, &answer);
        assert!(!leg.is_pending() && leg.length_m() > 2_000_000.0);
        let moved = leg.changed(LegKind::Sea, HERE, LonLat::new(-21.0, 31.0), PassageWish::default());
        assert!(moved.is_pending() && moved.line() == leg.line());
        assert!(!moved.changed(LegKind::GreatCircle, HERE, THERE, PassageWish::default()).is_pending());
        assert_eq!(leg.changed(LegKind::Sea, HERE, THERE, PassageWish::default()), leg, "nothing new is asked");
    }

    #[test]
    fn a_refusal_is_told_in_words_and_only_for_what_was_asked() {
        let mut leg = Leg::new(LegKind::Sea, HERE, THERE, PassageWish::default());
        let request = leg.wanted().expect("pending");
        let elsewhere = PathRequest { from: THERE, ..request };
        leg.take(&elsewhere, &Err(NoRoute::Separate));
        assert!(leg.is_pending() && leg.obstacle().is_none());
        leg.take(&request, &Err(NoRoute::Separate));
        assert!(leg.obstacle().is_some_and(|reason| reason.contains("separate waters")) && !leg.is_pending());
    }

    #[test]
    fn kinds_have_keys() {
        assert!(LegKind::ALL.into_iter().all(|kind| LegKind::from_key(kind.key()) == Some(kind)));
    }
}
