//! Names: countries and towns with their importance.

use geo::InteriorPoint as _;
use serde::Deserialize;

use crate::encode::Writer;
use crate::{Country, UNITS_PER_DEGREE};

/// A town as `prepare_inputs.py` writes it.
#[derive(Deserialize)]
pub struct Town {
    label: String,
    iso: String,
    lon: f64,
    lat: f64,
    population: u32,
    capital: bool,
    port: bool,
}

struct Label {
    class: u64,
    rank: u64,
    name: String,
    iso: String,
    place: [f64; 2],
    population: u32,
}

/// The block of all labels, the most important first.
pub fn block(countries: &[Country], towns: &[Town]) -> Writer {
    let mut labels: Vec<Label> = countries.iter().filter_map(of_country).collect();
    labels.extend(towns.iter().map(of_town));
    // Stable: what has the same rank and population stays in the order of the inputs, countries first.
    labels.sort_by_key(|label| (label.rank, std::cmp::Reverse(label.population)));
    println!("labels: {}", labels.len());

    let mut writer = Writer::new(UNITS_PER_DEGREE);
    writer.number(labels.len() as u64);
    for label in labels {
        writer.number(label.class);
        writer.number(label.rank);
        writer.text(&label.name);
        writer.text(&label.iso);
        writer.point(label.place.map(|degrees| (degrees * UNITS_PER_DEGREE).round() as i32));
        writer.number(u64::from(label.population));
    }
    writer
}

fn of_country(country: &Country) -> Option<Label> {
    let limits_km2 = [2e6, 6e5, 2e5, 6e4, 1e4, 1e3];
    let rank = limits_km2.iter().filter(|limit| country.area_km2 < **limit).count() as u64;
    let place = country.label.or_else(|| inner_point(country))?;
    Some(Label { class: 0, rank, name: country.name.clone(), iso: country.iso.clone(), place, population: 0 })
}

/// A point inside the largest part, where Natural Earth's 1:110m table has no place for the name.
fn inner_point(country: &Country) -> Option<[f64; 2]> {
    let polygon = |rings: &Vec<Vec<[f64; 2]>>| {
        let mut rings = rings.iter().map(|ring| ring.iter().map(|p| (p[0], p[1])).collect::<geo::LineString>());
        Some(geo::Polygon::new(rings.next()?, rings.collect()))
    };
    let parts = country.polygons.iter().filter_map(polygon);
    let largest = parts.max_by(|a, b| geo::Area::unsigned_area(a).total_cmp(&geo::Area::unsigned_area(b)))?;
    largest.interior_point().map(|point| [point.x(), point.y()])
}

fn of_town(town: &Town) -> Label {
    let limits = [5_000_000, 1_000_000, 300_000, 100_000, 30_000];
    let by_size = 3 + limits.iter().filter(|limit| town.population < **limit).count() as u64;
    let rank = if town.capital { by_size.min(5) - 1 } else { by_size };
    Label {
        class: if town.capital { 1 } else { 2 },
        rank: if town.port { rank.min(6) } else { rank },
        name: town.label.clone(),
        iso: town.iso.clone(),
        place: [town.lon, town.lat],
        population: town.population,
    }
}
