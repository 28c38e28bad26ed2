//! The answer to a query: what was found, as text, JSON and GeoJSON.

use serde_json::{Value, json};

use super::place::Place;
use crate::cartography::grouped;
use crate::geodesy::{LandIndex, LonLat, distance_m, split_at_antimeridian};
use crate::lanes::{NoRoute, Passage, SeaNetwork, SeaPath, StretchKind};
use crate::model::fold_for_search;

const METRES_PER_NAUTICAL_MILE: f64 = 1852.0;

/// What was found.
pub(super) struct Answer<'a> {
    stops: &'a [Place],
    length_m: f64,
    /// Over land, outside canals and approaches and the access at both ends.
    land_m: f64,
    /// The straight lines between the ends and the network's water.
    access_m: f64,
    passages: Vec<&'a Passage>,
    /// Five decimals, none twice in a row.
    positions: Vec<LonLat>,
    speed_kn: f64,
}

/// The JSON object that says why there is no route.
pub(super) fn no_route(reason: &NoRoute) -> Value {
    json!({ "error": "no_route", "reason": reason.to_string() })
}

impl<'a> Answer<'a> {
    /// From one path for each leg between the stops.
    pub(super) fn new(network: &'a SeaNetwork, stops: &'a [Place], legs: &[SeaPath], land: &LandIndex, speed_kn: f64) -> Self {
        let mut positions: Vec<LonLat> = Vec::new();
        for leg in legs {
            // A leg begins where the one before it ends.
            let own = leg.positions.iter().skip(usize::from(!positions.is_empty()));
            positions.extend(own.map(coordinates).map(|[lon, lat]| LonLat::new(lon, lat)));
        }
        positions.dedup();
        let over = |kind: StretchKind| {
            legs.iter()
                .flat_map(move |leg| leg.stretches.iter().filter(move |stretch| stretch.kind == kind).map(move |stretch| (leg, stretch)))
                .filter_map(|(leg, stretch)| leg.positions.get(stretch.start..=stretch.end))
        };
        // An empty sum of `f64` is −0; adding zero makes it 0.
        Self {
            stops,
            length_m: legs.iter().map(|leg| leg.length_m).sum(),
            land_m: over(StretchKind::Sea).flat_map(|line| land.stretches(line)).map(|stretch| stretch.length_m).sum::<f64>() + 0.0,
            access_m: over(StretchKind::Access)
                .map(|line| line.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum::<f64>())
                .sum::<f64>()
                + 0.0,
            passages: legs.iter().flat_map(|leg| &leg.passages).filter_map(|index| network.passages().get(*index)).collect(),
            positions,
            speed_kn,
        }
    }

    fn length_nm(&self) -> f64 {
        self.length_m / METRES_PER_NAUTICAL_MILE
    }

    fn days(&self) -> f64 {
        self.length_nm() / self.speed_kn / 24.0
    }

    fn passage_ids(&self) -> Vec<&str> {
        self.passages.iter().map(|passage| &*passage.id).collect()
    }

    /// One object; lengths to 10 m, coordinates to five decimals.
    pub(super) fn json(&self) -> Value {
        let coordinates: Vec<_> = self.positions.iter().map(coordinates).collect();
        let mut object = json!({
            "from": self.stops.first().map(json_place),
            "to": self.stops.last().map(json_place),
            "length_nm": rounded(self.length_nm(), 2),
            "length_km": rounded(self.length_m / 1_000.0, 2),
            "passages": self.passage_ids(),
            "land_km": rounded(self.land_m / 1_000.0, 2),
            "access_km": rounded(self.access_m / 1_000.0, 2),
            "days": rounded(self.days(), 2),
            "speed_kn": self.speed_kn,
            "coordinates": coordinates,
        });
        if let [_, via @ .., _] = self.stops
            && !via.is_empty()
        {
            object["via"] = via.iter().map(json_place).collect();
        }
        object
    }

    /// A FeatureCollection of one route of the file schema, cut at ±180°.
    pub(super) fn geojson(&self) -> String {
        let parts: Vec<Vec<[f64; 2]>> =
            split_at_antimeridian(&self.positions).iter().map(|part| part.iter().map(coordinates).collect()).collect();
        let geometry = match parts.as_slice() {
            // Both ends are one place, and a line needs two positions.
            [] => {
                json!({ "type": "LineString", "coordinates": self.positions.iter().cycle().take(2).map(coordinates).collect::<Vec<_>>() })
            }
            [one] => json!({ "type": "LineString", "coordinates": one }),
            many => json!({ "type": "MultiLineString", "coordinates": many }),
        };
        let names: Vec<String> = self.stops.iter().map(short_name).collect();
        let slug: Vec<String> = self.stops.iter().map(|stop| slug(stop.locode.as_deref().unwrap_or(&short_name(stop)))).collect();
        let feature = json!({
            "type": "Feature",
            "geometry": geometry,
            "properties": {
                "kind": "route",
                "id": format!("route-{}", slug.join("-")),
                "name": names.join(" – "),
                "path": "routed",
                "passages": self.passage_ids(),
                "length_nm": rounded(self.length_nm(), 2),
            },
        });
        format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{feature}\n]}}\n")
    }

    /// Aligned lines for people.
    pub(super) fn text(&self) -> String {
        let mut rows: Vec<(&str, String)> = Vec::new();
        let last = self.stops.len().saturating_sub(1);
        for (index, stop) in self.stops.iter().enumerate() {
            rows.push((
                if index == 0 {
                    "From"
                } else if index == last {
                    "To"
                } else {
                    "Via"
                },
                place_for_people(stop),
            ));
        }
        rows.push(("Length", format!("{} nm · {} km", grouped(self.length_nm()), grouped(self.length_m / 1_000.0))));
        rows.push(("Time", format!("{:.1} days at {} knots", self.days(), self.speed_kn)));
        let names: Vec<&str> = self.passages.iter().map(|passage| &*passage.name).collect();
        rows.push(("Passages", if names.is_empty() { "none".to_owned() } else { names.join(" → ") }));
        rows.push(("Over land", format!("{:.1} km outside canals and approaches", self.land_m / 1_000.0)));
        rows.push(("Access", format!("{:.1} km in straight lines between the ends and open water", self.access_m / 1_000.0)));
        rows.iter().map(|(label, value)| format!("{label:<9}  {value}\n")).collect()
    }
}

fn coordinates(position: &LonLat) -> [f64; 2] {
    [rounded(position.lon_deg, 5), rounded(position.lat_deg, 5)]
}

fn rounded(value: f64, decimals: i32) -> f64 {
    let factor = 10_f64.powi(decimals);
    // Adding zero turns −0 into 0.
    (value * factor).round() / factor + 0.0
}

fn json_place(place: &Place) -> Value {
    let [lon, lat] = coordinates(&place.position);
    json!({ "name": place.name, "locode": place.locode, "lon": lon, "lat": lat })
}

fn short_name(place: &Place) -> String {
    place.name.clone().unwrap_or_else(|| {
        let [lon, lat] = coordinates(&place.position);
        format!("{lon},{lat}")
    })
}

fn place_for_people(place: &Place) -> String {
    let LonLat { lon_deg, lat_deg } = place.position;
    let (ns, ew) = (if lat_deg < 0.0 { 'S' } else { 'N' }, if lon_deg < 0.0 { 'W' } else { 'E' });
    let position = format!("{:.4}° {ns}, {:.4}° {ew}", lat_deg.abs(), lon_deg.abs());
    match (&place.name, &place.locode) {
        (Some(name), Some(locode)) => format!("{name} ({locode}), {position}"),
        (Some(name), None) => format!("{name}, {position}"),
        (None, _) => position,
    }
}

/// Letters and digits, the rest as single hyphens; a minus stays as `m`.
fn slug(text: &str) -> String {
    let folded = fold_for_search(&text.replace('-', "m").replace('.', "p"));
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::Stretch;

    fn place(name: Option<&str>, lon_deg: f64, lat_deg: f64) -> Place {
        Place { name: name.map(str::to_owned), locode: None, position: LonLat::new(lon_deg, lat_deg) }
    }

    fn path(line: &[(f64, f64)], kinds: &[StretchKind]) -> SeaPath {
        let positions: Vec<LonLat> = line.iter().map(|(lon, lat)| LonLat::new(*lon, *lat)).collect();
        let length_m = positions.windows(2).map(|pair| distance_m(pair[0], pair[1])).sum();
        let stretches = kinds.iter().enumerate().map(|(start, kind)| Stretch { kind: *kind, start, end: start + 1 }).collect();
        SeaPath { positions, length_m, passages: Vec::new(), stretches }
    }

    #[test]
    fn lengths_are_told_by_what_they_run_through() {
        let stops = [place(Some("A"), 0.0, 0.0), place(None, 0.0, 1.2)];
        let legs = [path(&[(0.0, 0.0), (0.0, 0.1), (0.0, 1.1), (0.0, 1.2)], &[StretchKind::Access, StretchKind::Sea, StretchKind::Access])];
        let network = SeaNetwork::bundled().expect("sound");
        let answer = Answer::new(network, &stops, &legs, &LandIndex::default(), 12.0);
        let json = answer.json();
        assert_eq!((json["access_km"].as_f64(), json["land_km"].as_f64()), (Some(22.11), Some(0.0)));
        assert_eq!(
            (json["length_km"].as_f64(), json["length_nm"].as_f64(), json["days"].as_f64()),
            (Some(132.69), Some(71.65), Some(0.25))
        );
        assert!(json.get("via").is_none() && json["to"]["name"].is_null());
        let text = answer.text();
        assert!(text.contains("Length     72 nm · 133 km\n") && text.contains("To         1.2000° N, 0.0000° E\n"), "{text}");
    }

    #[test]
    fn a_route_that_stays_where_it_is_is_still_a_line() {
        let stops = [place(None, 5.0, 5.0), place(None, 5.0, 5.0)];
        let legs = [path(&[(5.0, 5.0), (5.0, 5.0)], &[StretchKind::Sea])];
        let network = SeaNetwork::bundled().expect("sound");
        let answer = Answer::new(network, &stops, &legs, &LandIndex::default(), 14.0);
        assert_eq!(answer.json()["length_nm"], 0.0);
        let file: Value = serde_json::from_str(&answer.geojson()).expect("JSON");
        assert_eq!(file["features"][0]["geometry"]["coordinates"].to_string(), "[[5.0,5.0],[5.0,5.0]]");
    }

    #[test]
    fn legs_join_without_a_double_position_and_lines_are_cut_at_the_date_line() {
        let stops = [place(None, 179.0, 0.0), place(Some("Fiji (Suva)"), -179.0, 0.0), place(None, -178.0, 0.0)];
        let legs = [path(&[(179.0, 0.0), (-179.0, 0.0)], &[StretchKind::Sea]), path(&[(-179.0, 0.0), (-178.0, 0.0)], &[StretchKind::Sea])];
        let network = SeaNetwork::bundled().expect("sound");
        let answer = Answer::new(network, &stops, &legs, &LandIndex::default(), 14.0);
        assert_eq!(answer.json()["coordinates"].to_string(), "[[179.0,0.0],[-179.0,0.0],[-178.0,0.0]]");
        assert_eq!(answer.json()["via"][0]["name"], "Fiji (Suva)");
        let file: Value = serde_json::from_str(&answer.geojson()).expect("JSON");
        let feature = &file["features"][0];
        assert_eq!(
            feature["geometry"].to_string(),
            r#"{"coordinates":[[[179.0,0.0],[180.0,0.0]],[[-180.0,0.0],[-179.0,0.0],[-178.0,0.0]]],"type":"MultiLineString"}"#
        );
        assert_eq!(feature["properties"]["id"], "route-179-0-fiji-suva-m178-0");
    }
}
