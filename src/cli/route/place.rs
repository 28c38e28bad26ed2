//! What people write for a place: a position, a UN/LOCODE, a port's name or id.

use std::sync::atomic::AtomicBool;

use anyhow::{bail, ensure};

use crate::geodesy::{LonLat, wrap_lon_deg};
use crate::lanes::PortIndex;
use crate::load::{LoadControl, bundled_atlas, load};
use crate::model::{Dataset, PlacePrecision, Port, country_name, fold_for_search};

/// How many ports a message lists.
const LISTED: usize = 6;

/// A place on a route.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Place {
    /// Name for people; `None` for a bare position.
    pub(super) name: Option<String>,
    /// UN/LOCODE, where one is known.
    pub(super) locode: Option<String>,
    pub(super) position: LonLat,
}

/// The ports that can be named: those of the bundled atlas first, then those of the world.
pub(super) struct Gazetteer {
    atlas: Dataset,
    world: &'static PortIndex,
}

impl Gazetteer {
    pub(super) fn new() -> anyhow::Result<Self> {
        let control = LoadControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
        Ok(Self { atlas: load(&bundled_atlas(), None, &control)?.dataset, world: PortIndex::bundled() })
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
        if let Some(place) = self.in_atlas(text)? {
            return Ok(place);
        }
        let found = self.world.by_locode(text).or_else(|| {
            let found = self.world.search(text, 2);
            (found.len() == 1 || found.first().is_some_and(|port| fold_for_search(&port.name) == fold_for_search(text))).then(|| found[0])
        });
        if let Some(port) = found {
            let locode = port.locode.as_deref().map(str::to_owned);
            return Ok(Place { name: Some(port.name.to_string()), locode, position: port.position });
        }
        let similar: Vec<String> = self.world.search(text, LISTED).iter().map(|port| format!("{}, {}", port.name, port.country)).collect();
        let hint = if similar.is_empty() { String::new() } else { format!("; did you mean {}?", similar.join(" · ")) };
        bail!("no port is called `{text}`: write a UN/LOCODE (ECGYE), a name with its country (Bar, ME) or lon,lat{hint}");
    }

    fn in_atlas(&self, text: &str) -> anyhow::Result<Option<Place>> {
        let wanted = fold_for_search(text);
        let code: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let ports = || self.atlas.ports.iter();
        let by_id = ports().find(|port| fold_for_search(&port.id) == wanted);
        let by_code = || ports().find(|port| port.locode.as_deref().is_some_and(|locode| locode.eq_ignore_ascii_case(&code)));
        let found = match by_id.or_else(by_code) {
            Some(port) => Some(port),
            None => {
                let (name, country) = text.rsplit_once(',').map_or((text, None), |(name, country)| (name, Some(country)));
                let named: Vec<&Port> = ports().filter(|port| is_called(port, name) && is_in(port, country)).collect();
                ensure!(named.len() < 2, "`{text}` names several ports: {}", ids(&named));
                named.first().copied()
            }
        };
        let Some(port) = found else { return Ok(None) };
        let name = self.atlas.find(crate::model::FeatureKind::Port, &port.id).map(|port| self.atlas.title(port));
        match port.position {
            Some(position) if port.precision != Some(PlacePrecision::Country) => {
                Ok(Some(Place { name, locode: port.locode.as_deref().map(str::to_owned), position }))
            }
            _ => bail!("`{text}` is known only as a country: name a port"),
        }
    }
}

fn ids(ports: &[&Port]) -> String {
    ports.iter().map(|port| &*port.id).collect::<Vec<_>>().join(", ")
}

/// Whether a port has this name, with or without what its own name has in brackets.
fn is_called(port: &Port, name: &str) -> bool {
    let wanted = fold_for_search(name);
    let own = port.name.as_deref().unwrap_or_default();
    let bare = own.split('(').next().unwrap_or_default();
    !wanted.is_empty() && [own, bare].iter().any(|own| fold_for_search(own.trim()) == wanted)
}

/// Whether a port lies in a country given by code or name; no country is any country.
fn is_in(port: &Port, country: Option<&str>) -> bool {
    let Some(country) = country.map(fold_for_search) else { return true };
    let code = port.country.as_deref().unwrap_or_default();
    let name = country_name(code).map(fold_for_search);
    country == fold_for_search(code) || name.is_some_and(|name| name == country)
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
    fn ports_of_the_atlas_are_found_by_id_code_and_name() {
        let gazetteer = Gazetteer::new().expect("bundled");
        let name = |text: &str| gazetteer.find(text).expect(text).name.expect("a name");
        for text in ["ECGYE", "EC GYE", "ecgye", "ec-guayaquil", "Guayaquil", " guayaquil, Ecuador", "Guayaquil,EC"] {
            assert_eq!(name(text), "Guayaquil", "{text}");
        }
        assert_eq!((name("Gioia Tauro, IT"), name("malta freeport")), ("Gioia Tauro".into(), "Malta Freeport (Marsaxlokk)".into()));
        let unknown = gazetteer.find("Guayaquil, Peru").expect_err("not in Peru").to_string();
        assert!(unknown.contains("no port is called"), "{unknown}");
        let country = gazetteer.find("ec-unspecified").expect_err("no port").to_string();
        assert!(country.contains("only as a country"), "{country}");
    }
}
