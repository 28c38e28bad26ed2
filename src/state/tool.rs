//! The tools of the map: what the pointer does there besides selecting, and what has been drawn or measured so far.

use std::sync::Arc;

use super::{Leg, LegKind, PassageWish};
use crate::geodesy::{LonLat, distance_m, initial_bearing_deg};

/// Knots that a draft begins with.
const DEFAULT_SPEED_KN: f64 = 14.0;

/// What the pointer does on the map.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "there is one tool in the whole program")]
pub enum Tool {
    /// Selects records and moves the map.
    #[default]
    Select,
    /// Draws a route or changes one that was drawn.
    DrawRoute(Draft),
    /// Measures distances and bearings.
    Measure(Measurement),
}

/// The tools without what they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ToolKind {
    /// See [`Tool::Select`].
    Select,
    /// See [`Tool::DrawRoute`].
    DrawRoute,
    /// See [`Tool::Measure`].
    Measure,
}

impl Tool {
    /// Which tool it is.
    pub const fn kind(&self) -> ToolKind {
        match self {
            Self::Select => ToolKind::Select,
            Self::DrawRoute(_) => ToolKind::DrawRoute,
            Self::Measure(_) => ToolKind::Measure,
        }
    }
}

/// A port that a point was put on.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// A port among the open records.
    Port {
        /// Its id.
        id: Arc<str>,
        /// What to call it.
        name: Arc<str>,
    },
    /// A port of the world that is not among them.
    World(ListedPort),
}

/// What a record takes over from the index of the world's ports.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedPort {
    /// What to call it.
    pub name: Arc<str>,
    /// ISO 3166-1 alpha-2.
    pub country: Arc<str>,
    /// UN/LOCODE without a space, where one is known.
    pub locode: Option<Arc<str>>,
    /// WGS 84.
    pub position: LonLat,
}

impl Place {
    /// What to call it.
    pub fn name(&self) -> &Arc<str> {
        match self {
            Self::Port { name, .. } => name,
            Self::World(port) => &port.name,
        }
    }
}

/// A point of a route or a measurement.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// Where, WGS 84.
    pub position: LonLat,
    /// The port it was put on.
    pub place: Option<Place>,
}

impl Stop {
    /// A point on no port.
    pub const fn at(position: LonLat) -> Self {
        Self { position, place: None }
    }
}

/// A route on its way: points and the legs between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Origin, via points and destination, in sailing order.
    pub stops: Vec<Stop>,
    /// One fewer than stops.
    pub legs: Vec<Leg>,
    /// How the next leg is drawn.
    pub next_kind: LegKind,
    /// Which passages sea paths may use.
    pub wish: PassageWish,
    /// Speed in knots for the duration.
    pub speed_kn: f64,
    /// Where the pointer is, put on a port near it.
    pub pointer: Option<Stop>,
    /// The leg from the last stop to the pointer, while a new route is drawn.
    pub live: Option<Leg>,
    /// What is typed in the search box.
    pub search: String,
    /// The id of the route that is changed; `None` while a new one is drawn.
    pub route: Option<Arc<str>>,
    /// The stop that was touched last: Delete removes it.
    pub marked: Option<usize>,
    /// The stop under the hand, and where it was.
    pub dragged: Option<(usize, Stop)>,
    /// Stops were changed and the route waits for its sea paths to be written.
    pub unwritten: Option<&'static str>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            stops: Vec::new(),
            legs: Vec::new(),
            next_kind: LegKind::Sea,
            wish: PassageWish::default(),
            speed_kn: DEFAULT_SPEED_KN,
            pointer: None,
            live: None,
            search: String::new(),
            route: None,
            marked: None,
            dragged: None,
            unwritten: None,
        }
    }
}

impl Draft {
    /// All legs, the live one last.
    pub fn all_legs(&self) -> impl Iterator<Item = &Leg> {
        self.legs.iter().chain(&self.live)
    }

    /// As [`Self::all_legs`], to take over paths.
    pub(super) fn all_legs_mut(&mut self) -> impl Iterator<Item = &mut Leg> {
        self.legs.iter_mut().chain(&mut self.live)
    }

    /// Length of the finished legs in metres.
    pub fn length_m(&self) -> f64 {
        self.legs.iter().map(Leg::length_m).sum()
    }

    /// Duration of the finished legs in days at the chosen speed; `None` without a speed.
    pub fn days(&self) -> Option<f64> {
        (self.speed_kn > 0.0).then(|| self.length_m() / 1_852.0 / self.speed_kn / 24.0)
    }

    /// Passages that the finished legs use, in order, each once in a row.
    pub fn passages(&self) -> Vec<usize> {
        let mut used: Vec<usize> = self.legs.iter().flat_map(|leg| leg.passages().iter().copied()).collect();
        used.dedup();
        used
    }

    /// Why the draft is not a route yet, in words for people.
    pub fn obstacle(&self) -> Option<String> {
        if self.stops.len() < 2 {
            return Some("A route needs at least two points".to_owned());
        }
        if let Some((index, reason)) = self.legs.iter().enumerate().find_map(|(index, leg)| Some((index, leg.obstacle()?))) {
            return Some(format!("Leg {}: {reason}", index + 1));
        }
        self.legs.iter().any(Leg::is_pending).then(|| "The sea path is being looked for".to_owned())
    }
}

/// Points whose distances are measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measurement {
    /// The points in order.
    pub points: Vec<LonLat>,
    /// Where the pointer is.
    pub pointer: Option<LonLat>,
    /// Enter or a double click ended it; the next click begins another.
    pub finished: bool,
}

/// A leg of a measurement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeasuredLeg {
    /// From here.
    pub from: LonLat,
    /// To here.
    pub to: LonLat,
    /// Length of the geodesic of WGS 84 in metres.
    pub length_m: f64,
    /// Bearing at its start, degrees from true north; `None` when it has no length.
    pub bearing_deg: Option<f64>,
}

impl Measurement {
    /// The legs between the points.
    pub fn legs(&self) -> impl Iterator<Item = MeasuredLeg> {
        self.points.windows(2).map(|pair| measured(pair[0], pair[1]))
    }

    /// The leg from the last point to the pointer, while it is not finished.
    pub fn live(&self) -> Option<MeasuredLeg> {
        let (last, pointer) = (self.points.last().filter(|_| !self.finished)?, self.pointer?);
        Some(measured(*last, pointer))
    }

    /// Length of all legs in metres.
    pub fn length_m(&self) -> f64 {
        self.legs().map(|leg| leg.length_m).sum()
    }

    /// The measurement as lines of tab-separated text with a header, for the clipboard.
    pub fn text(&self) -> String {
        let mut text = "Leg\tFrom\tTo\tBearing\tnm\tkm\n".to_owned();
        let place = |p: LonLat| format!("{:.5}, {:.5}", p.lat_deg, p.lon_deg);
        for (index, leg) in self.legs().enumerate() {
            let (nm, km) = (leg.length_m / 1_852.0, leg.length_m / 1_000.0);
            let bearing = bearing_text(leg.bearing_deg);
            text.push_str(&format!("{}\t{}\t{}\t{bearing}\t{nm:.1}\t{km:.1}\n", index + 1, place(leg.from), place(leg.to)));
        }
        text.push_str(&format!("Total\t\t\t\t{:.1}\t{:.1}\n", self.length_m() / 1_852.0, self.length_m() / 1_000.0));
        text
    }
}

fn measured(from: LonLat, to: LonLat) -> MeasuredLeg {
    MeasuredLeg { from, to, length_m: distance_m(from, to), bearing_deg: initial_bearing_deg(from, to) }
}

/// A bearing as sailors write it: "087°".
pub fn bearing_text(bearing_deg: Option<f64>) -> String {
    bearing_deg.map_or_else(|| "—".to_owned(), |bearing| format!("{:03}°", bearing.rem_euclid(360.0).round() as u32 % 360))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bearings_have_three_digits_and_never_say_360() {
        assert_eq!(bearing_text(Some(87.2)), "087°");
        assert_eq!(bearing_text(Some(359.7)), "000°");
        assert_eq!(bearing_text(Some(5.4)), "005°");
        assert_eq!(bearing_text(None), "—");
    }

    #[test]
    fn legs_add_up_and_the_live_one_ends_with_the_measurement() {
        let mut measurement = Measurement {
            points: vec![LonLat::new(0.0, 0.0), LonLat::new(1.0, 0.0), LonLat::new(2.0, 0.0)],
            pointer: Some(LonLat::new(2.0, 1.0)),
            finished: false,
        };
        assert!((measurement.length_m() - 2.0 * 111_319.49).abs() < 0.1, "two degrees of the equator");
        assert_eq!(measurement.live().map(|leg| bearing_text(leg.bearing_deg)).as_deref(), Some("000°"));
        assert_eq!(measurement.text().lines().count(), 4);
        assert_eq!(measurement.text().lines().nth(1), Some("1\t0.00000, 0.00000\t0.00000, 1.00000\t090°\t60.1\t111.3"));
        measurement.finished = true;
        assert_eq!(measurement.live(), None);
    }
}
