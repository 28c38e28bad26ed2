//! What the waypoints of `waypoints.csv` mean for a path.

/// What a waypoint asks of the path.
#[derive(Clone, Copy)]
pub enum Meaning {
    /// It names a passage of the sea network: the path must use that passage. Its position is a nominal one that no ship need touch.
    Passage(&'static str),
    /// It names a part of the sea: the path must come within so many kilometers of the position. Only where it would not by itself is it led
    /// through the position, since a bend towards a nominal point looks like a call that nobody reported.
    Area(f64),
    /// It lies on land and belongs to a road leg.
    Road,
}

/// Every waypoint and its meaning.
const WAYPOINTS: &[(&str, Meaning)] = &[
    // The position lies in the middle of the canal.
    ("wp-panama-canal", Meaning::Passage("panama")),
    ("wp-gibraltar", Meaning::Passage("gibraltar")),
    ("wp-otranto", Meaning::Passage("otranto")),
    // The positions lie on the shores of 1:10m.
    ("wp-dardanelles", Meaning::Passage("dardanelles")),
    ("wp-bosphorus", Meaning::Passage("bosphorus")),
    // Not the passage `sicily`, which its position lies east of: the report is of a ship that waited off Sicily's south coast.
    ("wp-sicily-channel", Meaning::Area(50.0)),
    // The position lies in the estuary; a ship may leave it north or south of the banks.
    ("wp-river-plate", Meaning::Area(150.0)),
    // Oceanic basins and gulfs are many hundred kilometers wide.
    ("wp-canary-basin", Meaning::Area(500.0)),
    ("wp-cape-verde-basin", Meaning::Area(500.0)),
    ("wp-gulf-of-guinea", Meaning::Area(500.0)),
    // Names the islands around the origin Fort-de-France.
    ("wp-caribbean", Meaning::Area(300.0)),
    // The position lies on the island of Pico, the destination Horta beside it.
    ("wp-azores", Meaning::Area(100.0)),
    ("wp-rotterdam-road", Meaning::Road),
];

/// Legs that the corridor's name says were made on land ("by lorry", "road to"): corridor, from, to.
pub const ROAD_LEGS: &[(&str, &str, &str)] =
    &[("rt-co-pir-bar-al", "me-bar", "al-unspecified"), ("rt-ve-bar-gr", "me-bar", "gr-thessaloniki")];

/// Corridors whose name speaks of a road after the destination: the tables name no place there, so nothing is drawn.
pub const ROAD_NOT_DRAWN: &[&str] = &["rt-ec-thess-balkans", "rt-ec-nl-road"];

/// The meaning of a waypoint.
pub fn meaning(id: &str) -> Result<Meaning, String> {
    let found = WAYPOINTS.iter().find(|(known, _)| *known == id);
    found.map(|(_, meaning)| *meaning).ok_or_else(|| format!("the waypoint `{id}` is new: say in waypoints.rs what it means"))
}
