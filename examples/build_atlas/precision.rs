//! How exactly the place of a seizure is known: explicit rules, read from top to bottom. Where none speaks, nothing is said.

use crate::tables::Row;

/// What `ports.csv` calls a place of which only the country is known.
pub const PORT_NOT_STATED: &str = " (port not stated)";

/// The precision of a seizure's place. `countries` holds the names of the countries that have a placeholder port.
pub fn of_seizure(row: &Row, countries: &[&str]) -> Result<Option<&'static str>, String> {
    let place = row.text("place")?.unwrap_or_default();
    let note = row.text("note")?.unwrap_or_default();
    let place_says = |words: &[&str]| words.iter().any(|word| place.contains(word));
    let note_says = |words: &[&str]| words.iter().any(|word| note.contains(word));

    // 1. The place itself says that only the country is known, or is a country's name with an explanation.
    let head = place.split([',', '(']).next().unwrap_or_default().trim();
    if place_says(&["(point not stated)", "(port not stated)", "(port not named)"]) || countries.contains(&head) {
        return Ok(Some("country"));
    }
    Ok(match row.text("place_kind")? {
        // 2. On the water a position is where the reports roughly place it.
        Some("at_sea") => Some("approximate"),
        // 3. The note takes the position or the terminal back.
        _ if note_says(&["position approximate", "position derived", "position is", "terminal not named"]) => Some("approximate"),
        // 4. A port is named.
        Some("port") => Some("port"),
        // 5. A town, village or crossing is named, not an address.
        Some("inland") => Some("city"),
        _ => None,
    })
}
