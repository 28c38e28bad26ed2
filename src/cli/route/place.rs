//! What people write for a place: a position, a UN/LOCODE, a port's name or id.

use std::sync::atomic::AtomicBool;

use anyhow::{anyhow, bail, ensure};

use crate::geodesy::{LonLat, wrap_lon_deg};
use crate::lanes::{PortIndex, PortLookupError};
use crate::load::{LoadControl, bundled_atlas, load};
use crate::model::{Dataset, FeatureKind, PlacePrecision};

/// A place on a route.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// Name for people; `None` for a bare position.
    pub(super) name: Option<String>,
    /// UN/LOCODE, where one is known.
    pub(super) locode: Option<String>,
    pub(super) position: LonLat,
}

/// The ports that can be named: those of the world, and those of the bundled atlas by their ids besides.
pub(super) struct Gazetteer {
    atlas: Dataset,
    world: &'static PortIndex,
}

impl Gazetteer {
    pub(super) fn new() -> anyhow::Result<Self> {
        let control = LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
        let files: Vec<_> = bundled_atlas().into_iter().filter(|file| file.name().ends_with("ports.geojson")).collect();
        Ok(Self { atlas: load(&files, None, &control)?.dataset, world: PortIndex::bundled() })
    }

    /// The place that a text names.
    ///
    /// # Errors
    /// When nothing or more than one port is called that, or a position is none.
    pub(super) fn find(&self, text: &str) -> anyhow::Result<Place> {
        let text = text.trim();
        if let Some(position) = position(text)? {
            return Ok(Place { name: None, locode: None, position });
        }
        if let Some(found) = self.atlas.find(FeatureKind::Port, &text.to_ascii_lowercase()) {
            let port = &self.atlas.ports[found.at()];
            return match port.position {
                Some(position) if port.precision != Some(PlacePrecision::Country) => {
                    Ok(Place { name: Some(self.atlas.title(found)), locode: port.locode.as_deref().map(str::to_owned), position })
                }
                _ => bail!("`{text}` is known only as a country: name a port"),
            };
        }
        let port = self.world.resolve(text).map_err(|error| match error {
            PortLookupError::NotFound { .. } => anyhow!("{error}; a position is written lon,lat, as in -79.9,-2.2"),
            PortLookupError::Ambiguous { .. } => error.into(),
        })?;
        Ok(Place { name: Some(port.name.to_string()), locode: port.locode.as_deref().map(str::to_owned), position: port.position })
    }
}

/// `lon,lat` in decimal degrees; `None` when the text is not two numbers.
fn position(text: &str) -> anyhow::Result<Option<LonLat>> {
    let Some((lon, lat)) = text.split_once(',') else { return Ok(None) };
    let (Ok(lon_deg), Ok(lat_deg)) = (lon.trim().parse::<f64>(), lat.trim().parse::<f64>()) else { return Ok(None) };
    ensure!(lon_deg.is_finite() && lat_deg.is_finite(), "`{text}` is no position on the earth");
    ensure!(lat_deg.abs() <= 90.0, "`{text}`: the latitude {lat_deg} is beyond ±90; the order is lon,lat");
    Ok(Some(LonLat::new(wrap_lon_deg(lon_deg), lat_deg)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_lon_lat_and_wrap() {
        assert_eq!(position("-79.9, -2.2").expect("valid"), Some(LonLat::new(-79.9, -2.2)));
        assert_eq!(position("190,10").expect("valid"), Some(LonLat::new(-170.0, 10.0)));
        assert_eq!(position("Bar, ME").expect("a name"), None);
        let swapped = position("42.1,119").expect_err("no such latitude").to_string();
        assert!(swapped.contains("the order is lon,lat"), "{swapped}");
        assert!(position("NaN,1").is_err() && position("1,inf").is_err());
    }

    #[test]
    fn ports_are_found_by_id_code_and_name() {
        let gazetteer = Gazetteer::new().expect("bundled");
        let guayaquil = gazetteer.find("ec-guayaquil").expect("of the atlas");
        for text in ["ECGYE", "EC GYE", "ecgye", "EC-GUAYAQUIL", "Guayaquil", " guayaquil, Ecuador", "Guayaquil,EC"] {
            assert_eq!(gazetteer.find(text).expect(text), guayaquil, "{text}");
        }
        assert_eq!(gazetteer.find("Gioia Tauro, IT").expect("a port").locode.as_deref(), Some("ITGIT"));
        assert_eq!(gazetteer.find("JPYOK").expect("a port").position.lat_deg.round(), 35.0);
        let country = gazetteer.find("ec-unspecified").expect_err("no port").to_string();
        assert!(country.contains("only as a country"), "{country}");
        assert!(gazetteer.find("Guayaquil, PE").is_err() && gazetteer.find("").is_err());
    }
}
