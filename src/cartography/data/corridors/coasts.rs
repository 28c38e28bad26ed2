//! Coasts: the seas' shores that ports are put together by when the map shows flows from coast to coast.

use crate::cartography::classes::country_only;
use crate::model::Port;

/// West, south, east, north in degrees.
type Box4 = (f64, f64, f64, f64);

/// Coasts with the boxes that hold their ports; where boxes overlap the first one holds.
const COASTS: [(&str, &[Box4]); 29] = [
    ("Sea of Marmara", &[(26.0, 40.2, 30.2, 41.15)]),
    ("Black Sea", &[(27.0, 40.9, 42.0, 47.5)]),
    ("Ionian Sea", &[(16.4, 38.8, 17.6, 40.55), (19.0, 36.5, 21.9, 40.0)]),
    ("Adriatic", &[(12.0, 43.8, 15.7, 45.95), (13.2, 41.9, 17.0, 44.2), (15.5, 40.3, 20.0, 43.6)]),
    ("Aegean", &[(22.0, 34.8, 28.2, 41.2)]),
    ("Levant and Egypt", &[(27.5, 30.8, 36.8, 37.2)]),
    ("Central Mediterranean", &[(10.0, 32.0, 16.8, 39.0)]),
    ("Western Mediterranean", &[(-5.6, 35.0, 12.0, 44.6), (11.9, 39.0, 15.6, 42.3)]),
    ("Atlantic coast of Iberia", &[(-9.8, 36.0, -5.6, 43.9)]),
    ("Atlantic coast of Morocco", &[(-13.5, 29.6, -5.4, 36.0)]),
    ("North Sea and Channel", &[(-5.7, 48.5, 10.3, 60.0)]),
    ("Baltic Sea", &[(10.3, 53.4, 30.5, 66.0)]),
    ("Canary Islands and Madeira", &[(-18.5, 27.4, -13.2, 33.3)]),
    ("Azores", &[(-31.6, 36.5, -24.8, 40.0)]),
    ("Cape Verde", &[(-25.6, 14.5, -22.4, 17.4)]),
    ("West Africa", &[(-18.2, 4.0, -7.5, 21.5)]),
    ("Gulf of Guinea", &[(-7.5, -1.0, 10.5, 7.2)]),
    (
        "Pacific coast of Central America",
        &[
            (-80.6, 7.0, -77.8, 9.05),
            (-118.0, 20.0, -104.9, 33.0),
            (-106.0, 15.5, -96.5, 19.4),
            (-96.6, 15.0, -92.0, 16.6),
            (-93.0, 12.5, -87.3, 14.9),
            (-88.0, 9.2, -84.0, 12.8),
        ],
    ),
    ("Pacific coast of South America", &[(-82.5, -19.0, -76.8, 7.0), (-77.5, -20.0, -70.0, -11.0), (-76.0, -56.0, -69.8, -17.5)]),
    ("Caribbean coast of Central America", &[(-89.0, 9.05, -77.6, 18.5)]),
    ("Caribbean coast of South America", &[(-77.6, 7.0, -60.0, 13.0)]),
    ("Lesser Antilles", &[(-65.0, 11.0, -59.0, 19.0)]),
    ("Greater Antilles and Bahamas", &[(-85.5, 17.5, -64.5, 23.4), (-79.4, 20.5, -72.0, 27.4)]),
    ("Guianas", &[(-60.0, 1.0, -50.5, 9.0)]),
    ("River Plate and Paraná", &[(-62.0, -39.0, -53.6, -20.0)]),
    ("Atlantic coast of Brazil", &[(-53.6, -34.0, -34.0, 5.0)]),
    ("Gulf of Mexico", &[(-98.0, 18.0, -81.9, 31.0)]),
    ("East coast of North America", &[(-82.0, 24.0, -52.0, 50.0)]),
    ("Argentine Atlantic coast", &[(-69.8, -56.0, -56.0, -36.0)]),
];

/// Countries whose ports all lie on one coast of the list above: enough for a place that is known only as a country.
const ONE_COAST: [(&str, &str); 22] = [
    ("AL", "Adriatic"),
    ("BE", "North Sea and Channel"),
    ("BG", "Black Sea"),
    ("BR", "Atlantic coast of Brazil"),
    ("CL", "Pacific coast of South America"),
    ("CV", "Cape Verde"),
    ("EC", "Pacific coast of South America"),
    ("GE", "Black Sea"),
    ("GY", "Guianas"),
    ("HR", "Adriatic"),
    ("ME", "Adriatic"),
    ("NL", "North Sea and Channel"),
    ("PE", "Pacific coast of South America"),
    ("PY", "River Plate and Paraná"),
    ("RO", "Black Sea"),
    ("SI", "Adriatic"),
    ("SN", "West Africa"),
    ("SR", "Guianas"),
    ("TG", "Gulf of Guinea"),
    ("UA", "Black Sea"),
    ("UY", "River Plate and Paraná"),
    ("VE", "Caribbean coast of South America"),
];

/// The coast a port lies on. `None` when it is on none of the list, when it is not known, and for a country with several coasts.
pub(super) fn coast_of(port: &Port) -> Option<&'static str> {
    if country_only(port) {
        let country = port.country.as_deref()?;
        return ONE_COAST.iter().find(|(code, _)| *code == country).map(|(_, coast)| *coast);
    }
    let at = port.position?;
    let holds = |(west, south, east, north): &Box4| (*west..=*east).contains(&at.lon_deg) && (*south..=*north).contains(&at.lat_deg);
    COASTS.iter().find(|(_, boxes)| boxes.iter().any(holds)).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::test_data::small_dataset;
    use crate::geodesy::LonLat;
    use crate::model::PlacePrecision;

    fn coast(country: &str, precision: PlacePrecision, lon: f64, lat: f64) -> Option<&'static str> {
        let mut port = small_dataset().ports[0].clone();
        (port.country, port.precision, port.position) = (Some(country.into()), Some(precision), Some(LonLat::new(lon, lat)));
        coast_of(&port)
    }

    #[test]
    fn ports_lie_on_their_coasts() {
        let port = PlacePrecision::Port;
        for (country, lon, lat, expected) in [
            ("CO", -77.04, 3.89, "Pacific coast of South America"),
            ("CO", -76.88, 8.07, "Caribbean coast of South America"),
            ("PA", -79.89, 9.37, "Caribbean coast of Central America"),
            ("PA", -79.55, 8.94, "Pacific coast of Central America"),
            ("IT", 13.77, 45.65, "Adriatic"),
            ("IT", 15.89, 38.42, "Central Mediterranean"),
            ("TR", 28.54, 40.99, "Sea of Marmara"),
            ("BG", 27.49, 42.44, "Black Sea"),
            ("ES", -5.44, 36.14, "Western Mediterranean"),
            ("ES", -8.70, 42.24, "Atlantic coast of Iberia"),
            ("BS", -78.70, 26.51, "Greater Antilles and Bahamas"),
            ("BR", -46.32, -23.97, "Atlantic coast of Brazil"),
        ] {
            assert_eq!(coast(country, port, lon, lat), Some(expected), "{country} {lon} {lat}");
        }
    }

    #[test]
    fn a_country_with_several_coasts_has_no_known_one() {
        let country = PlacePrecision::Country;
        assert_eq!(coast("CO", country, -75.52, 10.4), None, "although its placeholder lies in the Caribbean");
        assert_eq!(coast("EC", country, -79.9, -2.2), Some("Pacific coast of South America"));
    }

    #[test]
    fn one_coast_countries_name_coasts_of_the_list() {
        assert!(ONE_COAST.iter().all(|(_, coast)| COASTS.iter().any(|(name, _)| name == coast)));
    }
}
