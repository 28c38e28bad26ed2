//! The points that a route was drawn through, kept with it so that it can be changed later: `drawn_stops` (positions) and `drawn_legs`
//! (a word for each leg), two properties that other programs ignore and keep.

use serde_json::{Map, Value, json};

use super::node::number_to_json;
use crate::geodesy::LonLat;
use crate::model::Route;

const STOPS: &str = "drawn_stops";
const LEGS: &str = "drawn_legs";

/// The points that a route was drawn through and the words for its legs, one fewer; `None` when it was not drawn so or they make no sense.
pub fn drawn_stops(route: &Route) -> Option<(Vec<LonLat>, Vec<String>)> {
    let members = members_of(route.extra.as_deref());
    let position = |value: &Value| match value.as_array()?.as_slice() {
        [lon, lat] => Some(LonLat::new(lon.as_f64()?, lat.as_f64()?)).filter(|p| p.lon_deg.abs() <= 180.0 && p.lat_deg.abs() <= 90.0),
        _ => None,
    };
    let stops: Vec<LonLat> = members.get(STOPS)?.as_array()?.iter().map(position).collect::<Option<_>>()?;
    let legs: Vec<String> = members.get(LEGS)?.as_array()?.iter().map(|leg| leg.as_str().map(str::to_owned)).collect::<Option<_>>()?;
    (stops.len() >= 2 && legs.len() + 1 == stops.len()).then_some((stops, legs))
}

/// Unknown properties with the points of a route among them.
pub fn with_drawn_stops(extra: Option<&str>, stops: &[LonLat], legs: &[&str]) -> Box<str> {
    let mut members = members_of(extra);
    let stops = stops.iter().map(|p| json!([number_to_json(p.lon_deg), number_to_json(p.lat_deg)]));
    members.insert(STOPS.to_owned(), stops.collect());
    members.insert(LEGS.to_owned(), legs.iter().copied().collect());
    Value::Object(members).to_string().into()
}

fn members_of(extra: Option<&str>) -> Map<String, Value> {
    extra.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;

    #[test]
    fn stops_come_back_and_other_properties_stay() {
        let stops = [LonLat::new(-79.9, -2.25), LonLat::new(18.0, 42.0)];
        let mut route = Route::new("r".into(), Origin::NEW);
        assert_eq!(drawn_stops(&route), None);
        route.extra = Some(with_drawn_stops(Some(r#"{"colour":"blue"}"#), &stops, &["sea"]));
        assert_eq!(drawn_stops(&route), Some((stops.to_vec(), vec!["sea".to_owned()])));
        assert_eq!(route.extra.as_deref(), Some(r#"{"colour":"blue","drawn_legs":["sea"],"drawn_stops":[[-79.9,-2.25],[18,42]]}"#));
    }

    #[test]
    fn nonsense_is_no_stops() {
        for extra in [r#"{"drawn_stops":[[1,2]],"drawn_legs":[]}"#, r#"{"drawn_stops":[[1,2],[3,400]],"drawn_legs":["sea"]}"#, "{}", "["] {
            let route = Route { extra: Some(extra.into()), ..Route::new("r".into(), Origin::NEW) };
            assert_eq!(drawn_stops(&route), None, "{extra}");
        }
    }
}
