//! Tests of the bundled basemap and of its behavior on damaged bytes.

use super::*;
use crate::geodesy::{LonLat, MapProjection, Projected, ProjectionKind, project_area, project_line};

fn bundled() -> &'static Basemap {
    Basemap::bundled().expect("the bundled basemap opens")
}

fn contains(polygons: &[Polygon], lon: f64, lat: f64) -> bool {
    let crossings = polygons.iter().flat_map(|polygon| &polygon.rings).flat_map(|ring| ring.windows(2)).filter(|edge| {
        let (a, b) = (edge[0], edge[1]);
        (a.lat_deg > lat) != (b.lat_deg > lat) && lon < a.lon_deg + (lat - a.lat_deg) / (b.lat_deg - a.lat_deg) * (b.lon_deg - a.lon_deg)
    });
    crossings.count() % 2 == 1
}

#[test]
fn land_and_sea_are_where_they_belong_at_every_level() {
    for detail in DetailLevel::ALL {
        let level = bundled().level(detail).expect("the basemap decodes");
        for (name, lon, lat) in
            [("Podgorica", 19.26, 42.44), ("Bogotá", -74.07, 4.71), ("South Pole", 0.0, -89.9), ("Chukotka", -175.0, 66.5)]
        {
            assert!(contains(&level.land, lon, lat), "{name} lies on land, {detail:?}");
        }
        for (name, lon, lat) in [("Adriatic", 17.0, 42.5), ("Atlantic", -30.0, 20.0), ("Caspian", 51.0, 41.0), ("Caribbean", -75.0, 15.0)] {
            assert!(!contains(&level.land, lon, lat), "{name} is water, {detail:?}");
        }
        assert!(contains(&level.lakes, -87.0, 43.5), "Lake Michigan, {detail:?}");
    }
}

#[test]
fn rings_are_closed_and_never_jump() {
    for detail in DetailLevel::ALL {
        let level = bundled().level(detail).expect("the basemap decodes");
        for polygon in level.land.iter().chain(&level.lakes) {
            for ring in &polygon.rings {
                assert!(ring.len() >= 4 && ring.first() == ring.last());
                let on_pole = |edge: &[LonLat]| edge.iter().all(|p| p.lat_deg == -90.0);
                assert!(
                    ring.windows(2).all(|e| (e[1].lon_deg - e[0].lon_deg).abs() <= 180.0 || on_pole(e)),
                    "{detail:?} {:?}",
                    polygon.extent
                );
                assert!(ring.iter().all(|point| polygon.extent.contains(*point)));
            }
        }
    }
}

#[test]
fn countries_of_the_subject_are_there() {
    let country = |iso: &str| bundled().country(iso).expect("the basemap decodes").unwrap_or_else(|| panic!("{iso} is missing"));
    for (iso, name, lon, lat) in [
        ("XK", "Kosovo", 21.0, 42.6),
        ("ME", "Montenegro", 19.2, 42.6),
        ("MK", "North Macedonia", 21.5, 41.6),
        ("TW", "Taiwan", 121.0, 24.0),
        ("EC", "Ecuador", -78.5, -1.0),
        ("AL", "Albania", 20.0, 41.0),
    ] {
        let shape = country(iso);
        assert_eq!(&*shape.name, name);
        assert!(contains(&shape.polygons, lon, lat), "{iso}");
    }
    assert!(!contains(&country("RS").polygons, 21.0, 42.6), "de facto, Kosovo is apart from Serbia");
    assert!(bundled().country("ZZ").expect("the basemap decodes").is_none());
}

#[test]
fn labels_have_local_spelling_and_are_sorted() {
    let labels = bundled().labels().expect("the basemap decodes");
    for (name, class) in [
        ("Durrës", PlaceClass::Town),
        ("Ploče", PlaceClass::Town),
        ("Beograd", PlaceClass::Capital),
        ("Bogotá", PlaceClass::Capital),
        ("Thessaloníki", PlaceClass::Town),
        ("İstanbul", PlaceClass::Town),
        ("Montenegro", PlaceClass::Country),
    ] {
        assert_eq!(labels.iter().filter(|label| &*label.name == name && label.class == class).count(), 1, "{name}");
    }
    assert!(labels.is_sorted_by_key(|label| label.rank));
}

/// 3 projections, every 30° of the central meridian.
#[test]
fn no_edge_of_land_crosses_the_map() {
    for detail in DetailLevel::ALL {
        let level = bundled().level(detail).expect("the basemap decodes");
        // The fine level takes long: a few meridians are enough for it.
        let step = if detail == DetailLevel::Fine { 150 } else { 30 };
        for kind in ProjectionKind::ALL {
            for central in (-180..180).step_by(step) {
                let projection = MapProjection::new(kind, f64::from(central));
                // Steps are divided to 2°, with the lean of the meridians at the poles 1/20 of half the width at most (Natural Earth).
                let limit = projection.world_half_size_m().0 / 20.0;
                let check = |lines: &[Vec<Projected>]| {
                    let longest = lines.iter().flat_map(|line| line.windows(2)).map(|e| (e[1].x_m - e[0].x_m).abs()).fold(0.0, f64::max);
                    assert!(longest < limit, "{detail:?} {projection:?}: {longest} m");
                };
                for polygon in level.land.iter().chain(&level.lakes) {
                    let area = project_area(&projection, &polygon.rings);
                    check(&area.rings);
                    check(&area.coast);
                }
                level.borders.iter().for_each(|line| check(&project_line(&projection, &line.points)));
            }
        }
    }
}

#[test]
fn land_keeps_its_area_on_equal_earth_wherever_the_map_is_cut() {
    let level = bundled().level(DetailLevel::Medium).expect("the basemap decodes");
    let areas: Vec<f64> = (-180..180)
        .step_by(30)
        .map(|central| {
            let projection = MapProjection::new(ProjectionKind::EqualEarth, f64::from(central));
            let rings = level.land.iter().flat_map(|polygon| project_area(&projection, &polygon.rings).rings);
            rings.map(|ring| ring.windows(2).map(|e| e[0].x_m * e[1].y_m - e[1].x_m * e[0].y_m).sum::<f64>() / 2.0).sum()
        })
        .collect();
    // Land, with Antarctica and without the Caspian Sea: 147 to 149 million km² on a sphere of WGS 84's semi-major axis.
    for area in &areas {
        assert!((1.46e14..1.50e14).contains(area), "{areas:?}");
        // An edge is straight on the map and not in degrees: its middle strays by about 2° · (2° in radians) / 8 at the worst, on both sides alike.
        assert!((area / areas[0] - 1.0).abs() < 1e-4, "{areas:?}");
    }
}

#[test]
fn damaged_bytes_give_errors() {
    assert_eq!(Basemap::from_bytes(&b"GIF89a..."[..]).unwrap_err(), BasemapError::NotABasemap);
    for len in [0, 5, 6, 40, BUNDLED.len() / 2] {
        let cut = Basemap::from_bytes(&BUNDLED[..len]);
        assert!(cut.is_err() || cut.expect("opens").labels().is_err(), "{len}");
    }
    // A flipped bit in the last block, the labels.
    let mut bytes = BUNDLED.to_vec();
    let middle = bytes.len() - 2_000;
    bytes[middle] ^= 0x10;
    let map = Basemap::from_bytes(bytes).expect("the basemap decodes");
    assert!(map.labels().is_err());
    assert!(map.level(DetailLevel::Coarse).is_ok());
}

#[test]
fn a_count_that_lies_is_refused_before_memory_is_taken() {
    let huge = [100, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f];
    assert!(decode::level(&huge).is_err());
    assert!(decode::countries(&huge).is_err());
    assert!(decode::labels(&huge).is_err());
    assert!(decode::level(&[]).is_err());
}
