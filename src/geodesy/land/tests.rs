//! Tests on made-up land against a count without an index. Real coasts are in `tests/land.rs`.

use proptest::prelude::*;

use super::*;
use crate::geodesy::great_circle;

/// An island with 3 to 12 corners around a place.
fn island() -> impl Strategy<Value = Vec<LonLat>> {
    (0.0..8.0, 0.0..8.0, prop::collection::vec(0.2..1.0_f64, 3..12), 0.1..2.5).prop_map(|(lon, lat, radii, size_deg)| {
        let corner = |(i, radius): (usize, &f64)| {
            let angle = i as f64 / radii.len() as f64 * std::f64::consts::TAU;
            LonLat::new(lon + angle.cos() * radius * size_deg, lat + angle.sin() * radius * size_deg)
        };
        let mut ring: Vec<LonLat> = radii.iter().enumerate().map(corner).collect();
        ring.push(ring[0]);
        ring
    })
}

/// The part of a ring with all longitudes beyond `limit` left out, or those before it.
fn clipped(ring: &[LonLat], limit: f64, keep_west: bool) -> Vec<LonLat> {
    let kept = |p: LonLat| if keep_west { p.lon_deg <= limit } else { p.lon_deg >= limit };
    let mut part = Vec::new();
    for edge in ring.windows(2) {
        let (a, b) = (edge[0], edge[1]);
        if kept(a) {
            part.push(a);
        }
        if kept(a) != kept(b) {
            let share = (limit - a.lon_deg) / (b.lon_deg - a.lon_deg);
            part.push(LonLat::new(limit, a.lat_deg + share * (b.lat_deg - a.lat_deg)));
        }
    }
    part.extend(part.first().copied());
    part
}

/// Rings moved around the earth and cut at ±180°.
fn moved(rings: &[Vec<LonLat>], by: LonLat) -> Vec<Vec<LonLat>> {
    let shift = |ring: &Vec<LonLat>, more: f64| -> Vec<LonLat> {
        ring.iter().map(|p| LonLat::new(p.lon_deg + by.lon_deg + more, p.lat_deg + by.lat_deg)).collect()
    };
    let cut = |ring| [clipped(&shift(ring, 0.0), 180.0, true), clipped(&shift(ring, -360.0), -180.0, false)];
    rings.iter().flat_map(cut).filter(|ring| ring.len() > 3).collect()
}

fn index(rings: &[Vec<LonLat>]) -> LandIndex {
    LandIndex::new(rings.iter().map(Vec::as_slice))
}

/// The rule itself, edge by edge.
fn is_land_slowly(rings: &[Vec<LonLat>], at: LonLat) -> bool {
    let crossings = rings.iter().flat_map(|ring| ring.windows(2)).filter(|edge| {
        let (a, b) = (edge[0], edge[1]);
        (a.lat_deg > at.lat_deg) != (b.lat_deg > at.lat_deg)
            && at.lon_deg < a.lon_deg + (at.lat_deg - a.lat_deg) / (b.lat_deg - a.lat_deg) * (b.lon_deg - a.lon_deg)
    });
    crossings.count() % 2 == 1
}

fn place() -> impl Strategy<Value = LonLat> {
    (-2.0..10.0, -2.0..10.0).prop_map(|(lon, lat)| LonLat::new(lon, lat))
}

fn plus(a: LonLat, by: LonLat) -> LonLat {
    LonLat::new(a.lon_deg + by.lon_deg, a.lat_deg + by.lat_deg)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_leg_agrees_with_its_samples(
        rings in prop::collection::vec(island(), 1..6),
        from in place(),
        to in place(),
        by in (-180.0..180.0, -75.0..65.0_f64).prop_map(|(lon, lat)| LonLat::new(lon, lat)),
    ) {
        let rings = moved(&rings, by);
        let land = index(&rings);
        let (from, to) = (plus(from, by), plus(to, by));
        let stretches = land.stretches(&[from, to]);
        for sample in great_circle(from, to, 1.0) {
            let here = LonLat::new(wrap_lon_deg(sample.lon_deg), sample.lat_deg);
            prop_assert_eq!(land.is_land(sample), is_land_slowly(&rings, here));
            let at_m = distance_m(from, sample);
            let inside = stretches.iter().any(|s| s.start_m <= at_m && at_m <= s.end_m());
            let near_a_shore = stretches.iter().any(|s| (s.start_m - at_m).abs() < 4.0 || (s.end_m() - at_m).abs() < 4.0);
            prop_assert!(near_a_shore || inside == land.is_land(sample) || near_water(&land, from, to, sample), "{:?} {}", sample, at_m);
        }
    }

    #[test]
    fn a_line_is_as_long_over_land_wherever_it_is_divided(
        rings in prop::collection::vec(island(), 1..6),
        line in prop::collection::vec((-180.0..180.0, -89.0..89.0_f64).prop_map(|(lon, lat)| LonLat::new(lon, lat)), 2..5),
    ) {
        let mut rings = rings;
        rings.push([(-90.0, 50.0), (60.0, 50.0), (60.0, 75.0), (-90.0, 75.0), (-90.0, 50.0)].map(|(x, y)| LonLat::new(x, y)).to_vec());
        let land = index(&rings);
        let finer: Vec<LonLat> = line.windows(2).flat_map(|leg| great_circle(leg[0], leg[1], 40.0)).collect();
        let total = |line: &[LonLat]| land.stretches(line).iter().map(|stretch| stretch.length_m).sum::<f64>();
        let (whole, divided) = (total(&line), total(&finer));
        // A great circle of the sphere is a little longer on the ellipsoid than the geodesic.
        prop_assert!((whole - divided).abs() <= 50.0 + divided * 1e-4, "{} {}", whole, divided);
    }

    #[test]
    fn a_world_moved_around_has_the_same_stretches(
        rings in prop::collection::vec(island(), 1..6),
        line in prop::collection::vec(place(), 2..5),
        east in 100.0..260.0,
    ) {
        let by = LonLat::new(east, 0.0);
        let here = index(&rings).stretches(&line);
        let there = index(&moved(&rings, by)).stretches(&line.iter().map(|p| plus(*p, by)).collect::<Vec<_>>());
        let long = |stretches: &[LandStretch]| stretches.iter().filter(|s| s.length_m > LandIndex::TOUCH_M + 1.0).map(|s| (s.start_m, s.length_m)).collect::<Vec<_>>();
        let (here, there) = (long(&here), long(&there));
        prop_assert_eq!(here.len(), there.len());
        for (a, b) in here.iter().zip(&there) {
            prop_assert!((a.0 - b.0).abs() < 0.01 && (a.1 - b.1).abs() < 0.01, "{:?} {:?}", a, b);
        }
    }
}

/// Whether a sample on land lies in a touch, so that there is water closer than a touch on both sides.
fn near_water(land: &LandIndex, from: LonLat, to: LonLat, sample: LonLat) -> bool {
    let step = |end: LonLat| {
        let share = (LandIndex::TOUCH_M / distance_m(sample, end).max(LandIndex::TOUCH_M)).min(1.0);
        LonLat::new(
            sample.lon_deg + wrap_lon_deg(end.lon_deg - sample.lon_deg) * share,
            sample.lat_deg + (end.lat_deg - sample.lat_deg) * share,
        )
    };
    !land.is_land(step(from)) && !land.is_land(step(to))
}

fn ring(corners: &[(f64, f64)]) -> Vec<LonLat> {
    corners.iter().chain(corners.first()).map(|(lon, lat)| LonLat::new(*lon, *lat)).collect()
}

#[test]
fn a_known_crossing_is_measured() {
    let land = index(&[ring(&[(1.0, -1.0), (2.0, -1.0), (2.0, 1.0), (1.0, 1.0)])]);
    let line = [LonLat::new(0.0, 0.0), LonLat::new(0.5, 0.0), LonLat::new(1.5, 0.0), LonLat::new(3.0, 0.0)];
    let stretches = land.stretches(&line);
    assert_eq!(stretches.len(), 1);
    let degree_m = distance_m(LonLat::new(0.0, 0.0), LonLat::new(1.0, 0.0));
    let found = stretches[0];
    assert_eq!(found.segment, 1);
    assert!((found.start_m - degree_m).abs() < 0.01 && (found.length_m - degree_m).abs() < 0.01, "{found:?}");
    assert!((found.from.lon_deg - 1.0).abs() < 1e-9 && (found.to.lon_deg - 2.0).abs() < 1e-9, "{found:?}");
}

#[test]
fn a_long_leg_follows_its_great_circle() {
    // From 0° to 90° east at 60° north the great circle runs up to 67.8°; the straight line in degrees would hit the box at 61°.
    let on_the_straight_line = index(&[ring(&[(40.0, 59.0), (50.0, 59.0), (50.0, 61.0), (40.0, 61.0)])]);
    let on_the_arc = index(&[ring(&[(40.0, 67.0), (50.0, 67.0), (50.0, 68.5), (40.0, 68.5)])]);
    let leg = [LonLat::new(0.0, 60.0), LonLat::new(90.0, 60.0)];
    assert!(on_the_straight_line.stretches(&leg).is_empty());
    assert_eq!(on_the_arc.stretches(&leg).len(), 1);
}

#[test]
fn land_goes_on_across_the_antimeridian_and_at_the_pole() {
    let pieces = [
        ring(&[(178.0, -1.0), (180.0, -1.0), (180.0, 1.0), (178.0, 1.0)]),
        ring(&[(-180.0, -1.0), (-179.0, -1.0), (-179.0, 1.0), (-180.0, 1.0)]),
    ];
    let ice = ring(&[(-180.0, -90.0), (180.0, -90.0), (180.0, -70.0), (0.0, -71.0), (-180.0, -70.0)]);
    let land = index(&[pieces[0].clone(), pieces[1].clone(), ice]);
    let across = land.stretches(&[LonLat::new(170.0, 0.0), LonLat::new(-170.0, 0.0)]);
    assert_eq!(across.len(), 1);
    assert!((across[0].length_m - 3.0 * 111_319.49).abs() < 1.0, "{across:?}");
    let along = land.stretches(&[LonLat::new(180.0, -3.0), LonLat::new(-180.0, 3.0)]);
    assert_eq!(along.len(), 1, "along the cut itself");
    for lon_deg in [180.0, -180.0, 540.0, 180.5, -181.5] {
        assert!(land.is_land(LonLat::new(lon_deg, 0.5)), "{lon_deg}");
    }
    let over_the_pole = land.stretches(&[LonLat::new(0.0, -60.0), LonLat::new(180.0, -60.0)]);
    assert_eq!(over_the_pole.len(), 1);
    assert!((over_the_pole[0].length_m - 39.0 * 111_600.0).abs() < 30_000.0, "{over_the_pole:?}");
    assert!(land.stretches(&[LonLat::new(0.0, 60.0), LonLat::new(180.0, 60.0)]).is_empty(), "the north pole is water");
    assert!(land.is_land(LonLat::new(12.0, -90.0)) && land.is_land(LonLat::new(0.0, -95.0)));
}

#[test]
fn touches_and_odd_positions_are_harmless() {
    let land = index(&[ring(&[(1.0, 0.0), (1.1, 0.0), (1.1, 1.0), (1.0, 1.0)])]);
    let almost = LonLat::new(1.000_1, 0.5);
    assert!(land.is_land(almost));
    assert!(land.stretches(&[LonLat::new(0.9, 0.5), almost, LonLat::new(0.9, 0.6)]).len() == 1, "11 m in, 22 m in all");
    assert!(land.stretches(&[LonLat::new(0.9, 0.5), LonLat::new(1.000_05, 0.5), LonLat::new(0.9, 0.6)]).is_empty(), "a touch");
    let nothing = LonLat::new(f64::NAN, 0.0);
    assert!(!land.is_land(nothing));
    assert!(land.stretches(&[nothing]).is_empty() && land.stretches(&[]).is_empty());
    let broken = [LonLat::new(0.5, 0.5), LonLat::new(0.6, 0.5), nothing, LonLat::new(0.9, 0.5), LonLat::new(1.2, 0.5)];
    let found = land.stretches(&broken);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].segment, 3);
    let before_m = distance_m(broken[0], broken[1]) + distance_m(broken[3], found[0].from);
    assert!((found[0].start_m - before_m).abs() < 0.01);
    assert!(land.stretches(&[LonLat::new(-169.0, -10.0), LonLat::new(11.0, 10.0)]).len() < 2, "antipodes have an answer");
    assert!(!LandIndex::default().is_land(LonLat::new(0.0, 0.0)) && LandIndex::new([]).stretches(&broken).is_empty());
    assert!(!LandIndex::new([[nothing; 4].as_slice()]).is_land(LonLat::new(0.0, 0.0)));
}

#[test]
fn a_line_that_ends_on_land_ends_its_stretch_there() {
    let land = index(&[ring(&[(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0)])]);
    let (ashore, afloat) = (LonLat::new(1.5, 0.5), LonLat::new(0.5, 0.5));
    assert_eq!(land.stretches(&[afloat, ashore])[0].to, ashore);
    assert_eq!(land.stretches(&[ashore, afloat])[0].from, ashore);
    assert!(land.stretches(&[ashore]).is_empty(), "a point has no length");
}

#[test]
fn a_stretch_knows_its_way_along_the_line() {
    let land = index(&[ring(&[(0.0, -1.0), (4.0, -1.0), (4.0, 1.0), (0.0, 1.0)])]);
    let line = [(-5.0, 0.0), (2.0, 0.0), (4.0, 0.0), (7.0, 0.0)].map(|(lon, lat)| LonLat::new(lon, lat));
    let stretch = land.stretches(&line)[0];
    assert_eq!(stretch.last_segment(&line), 1, "it ends at a position, so in the segment before");
    let positions = stretch.positions(&line);
    assert_eq!((positions[0], positions[positions.len() - 1]), (stretch.from, stretch.to));
    assert!(positions.contains(&line[1]) && positions.windows(2).all(|leg| (1.0..51_000.0).contains(&distance_m(leg[0], leg[1]))));
    assert_eq!(stretch.outside(&line, &[]), [stretch]);
    assert!((stretch.middle(&line).lon_deg - 2.0).abs() < 0.001);
}
