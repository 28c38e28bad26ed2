//! Which corridors run over land, and where.
//!
//! A corridor says with `path: schematic` that its line is no path at sea; how much land such a line crosses is counted and no more.
//! For all others each stretch over land is a crossing, but for what is land only on a map of 1 : 10 000 000: the surroundings of the line's
//! ends and of its ports, and fairways that the caller names.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::geodesy::{LandIndex, LandStretch, Zone};
use crate::model::{Dataset, FeatureKind, FeatureRef, PathKind, Route};

/// Land this close to an end of a line or to a port of its corridor is no crossing, metres: harbors lie on the coast of a coarse map, or behind it.
pub const APPROACH_M: f64 = 5_000.0;

/// Corridors that are checked together. Between two lots all cores are free for what else wants them, such as drawing.
const BATCH: usize = 256;

/// How a check talks to the outside.
#[derive(Clone, Copy)]
pub struct LandControl<'a> {
    /// Turns true when the check is no longer wanted.
    pub cancel: &'a AtomicBool,
    /// Told how far it is, 0 to 1.
    pub progress: &'a dyn Fn(f32),
}

/// A stretch of a corridor over land.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LandCrossing {
    /// The corridor.
    pub route: FeatureRef,
    /// Which of its lines.
    pub line: usize,
    /// Where on this line and how long.
    pub stretch: LandStretch,
}

/// How much land the line of a schematic corridor crosses: for information, it is not meant as a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SchematicLand {
    /// The corridor.
    pub route: FeatureRef,
    /// Metres over land in all.
    pub length_m: f64,
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LandFindings {
    /// Stretches over land in the order of the corridors and along each line.
    pub crossings: Vec<LandCrossing>,
    /// Schematic corridors that cross land, in the order of the corridors.
    pub schematic: Vec<SchematicLand>,
}

impl LandFindings {
    /// The crossings of one corridor.
    pub fn of(&self, route: FeatureRef) -> &[LandCrossing] {
        let start = self.crossings.partition_point(|crossing| crossing.route < route);
        let end = self.crossings.partition_point(|crossing| crossing.route <= route);
        &self.crossings[start..end]
    }

    /// How much land a schematic corridor crosses, metres; `None` when it crosses none or is not schematic.
    pub fn schematic_m(&self, route: FeatureRef) -> Option<f64> {
        let found = self.schematic.binary_search_by_key(&route, |land| land.route);
        found.ok().map(|at| self.schematic[at].length_m)
    }
}

/// Checks all corridors, on all cores. `fairways` are canals and river approaches: stretches within them are no crossings. What an `earlier`
/// check found is taken over for corridors that are still the same. `None` when it was canceled.
pub fn check_land(
    dataset: &Dataset,
    land: &LandIndex,
    fairways: &[Zone],
    earlier: Option<(&Dataset, &LandFindings)>,
    control: &LandControl<'_>,
) -> Option<LandFindings> {
    let mut all = LandFindings::default();
    let total = dataset.routes.len();
    for start in (0..total).step_by(BATCH) {
        if control.cancel.load(Ordering::Relaxed) {
            return None;
        }
        (control.progress)(start as f32 / total as f32);
        let batch = start..(start + BATCH).min(total);
        let found: Vec<LandFindings> = batch
            .into_par_iter()
            .map(|index| {
                let route = &dataset.routes[index];
                let feature = FeatureRef::new(FeatureKind::Route, u32::try_from(index).unwrap_or(u32::MAX));
                let known = earlier.and_then(|(before, found)| taken_over(before, found, route, feature));
                known.unwrap_or_else(|| check_route(dataset, feature, route, land, fairways))
            })
            .collect();
        for found in found {
            all.crossings.extend(found.crossings);
            all.schematic.extend(found.schematic);
        }
    }
    Some(all)
}

/// What was found of a corridor before, when its line, its way of coming about and its calls are the same. Open ports never move.
fn taken_over(before: &Dataset, found: &LandFindings, route: &Route, feature: FeatureRef) -> Option<LandFindings> {
    let old = before.find(FeatureKind::Route, &route.id)?;
    let other = before.routes.get(old.at())?;
    let same_calls = other.via == route.via && other.origin_port == route.origin_port && other.destination_port == route.destination_port;
    if !same_calls || other.path != route.path || other.line_paths != route.line_paths || other.lines != route.lines {
        return None;
    }
    Some(LandFindings {
        crossings: found.of(old).iter().map(|crossing| LandCrossing { route: feature, ..*crossing }).collect(),
        schematic: found.schematic_m(old).map(|length_m| SchematicLand { route: feature, length_m }).into_iter().collect(),
    })
}

fn check_route(dataset: &Dataset, feature: FeatureRef, route: &Route, land: &LandIndex, fairways: &[Zone]) -> LandFindings {
    let mut found = LandFindings::default();
    let mut zones = None;
    let mut schematic_m = 0.0;
    for (line, positions) in route.lines.iter().enumerate() {
        for stretch in land.stretches(positions) {
            if route.path_of_line(line) == Some(PathKind::Schematic) {
                schematic_m += stretch.length_m;
                continue;
            }
            // Most lines at sea need no zones at all.
            let zones = zones.get_or_insert_with(|| approaches(dataset, route));
            let zones: Vec<&Zone> = zones.iter().chain(fairways).collect();
            let outside = stretch.outside(positions, &zones);
            found.crossings.extend(outside.into_iter().map(|stretch| LandCrossing { route: feature, line, stretch }));
        }
    }
    if schematic_m > 0.0 {
        found.schematic.push(SchematicLand { route: feature, length_m: schematic_m });
    }
    found
}

/// The surroundings of the ends of a corridor's lines and of its ports.
fn approaches(dataset: &Dataset, route: &Route) -> Vec<Zone> {
    // A line that was cut at ±180° does not end there.
    let ends = route.lines.iter().flat_map(|line| [line.first(), line.last()]).flatten().copied();
    let ends = ends.filter(|end| end.lon_deg.abs() < 180.0);
    let ids = route.origin_port.iter().chain(&route.via).chain(&route.destination_port);
    let ports = ids.filter_map(|id| dataset.find(FeatureKind::Port, id)).filter_map(|port| dataset.ports[port.at()].position);
    ends.chain(ports).map(|place| Zone::new(&[place], APPROACH_M)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::sample;
    use crate::geodesy::LonLat;
    use crate::model::{DatasetBuilder, Origin, Record};

    /// An island of 4° by 2° around 2° east on the equator.
    fn island() -> LandIndex {
        let ring = [(0.0, -1.0), (4.0, -1.0), (4.0, 1.0), (0.0, 1.0), (0.0, -1.0)].map(|(lon, lat)| LonLat::new(lon, lat));
        LandIndex::new([ring.as_slice()])
    }

    fn dataset(path: Option<PathKind>, lines: &[&[(f64, f64)]]) -> Dataset {
        let mut route = sample::dataset().routes[0].clone();
        route.path = path;
        route.lines = lines.iter().map(|line| line.iter().map(|(lon, lat)| LonLat::new(*lon, *lat)).collect()).collect();
        route.origin_port = None;
        route.destination_port = None;
        route.via = Vec::new();
        route.provenance = Origin::default();
        let mut builder = DatasetBuilder::new();
        builder.add(Record::Route(route)).expect("a new id");
        builder.finish()
    }

    fn check(dataset: &Dataset, fairways: &[Zone]) -> LandFindings {
        let control = LandControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
        check_land(dataset, &island(), fairways, None, &control).expect("not canceled")
    }

    const ACROSS: &[(f64, f64)] = &[(-5.0, 0.0), (1.0, 0.0), (9.0, 0.0)];

    #[test]
    fn each_stretch_of_a_path_is_a_crossing_and_a_schematic_line_is_counted() {
        for path in [None, Some(PathKind::Drawn), Some(PathKind::Routed)] {
            let found = check(&dataset(path, &[&[(-5.0, 5.0), (9.0, 5.0)], ACROSS]), &[]);
            assert_eq!((found.crossings.len(), found.schematic.len()), (1, 0));
            let crossing = found.crossings[0];
            assert_eq!((crossing.line, crossing.stretch.segment), (1, 0));
            assert!((crossing.stretch.length_m - 4.0 * 111_319.49).abs() < 1.0, "{crossing:?}");
            assert_eq!(found.of(crossing.route).len(), 1);
            assert!(found.of(FeatureRef::new(FeatureKind::Route, 7)).is_empty() && found.schematic_m(crossing.route).is_none());
        }
        let found = check(&dataset(Some(PathKind::Schematic), &[ACROSS]), &[]);
        assert!(found.crossings.is_empty());
        let route = found.schematic[0].route;
        assert!(found.schematic_m(route).is_some_and(|metres| (metres - 4.0 * 111_319.49).abs() < 1.0));
        // Of a mixed corridor only the lines that are paths are checked.
        let mut data = dataset(Some(PathKind::Mixed), &[ACROSS, ACROSS]);
        let line_paths = vec![PathKind::Schematic, PathKind::Routed];
        data.put_route(Route { line_paths, ..data.routes[0].clone() });
        let found = check(&data, &[]);
        assert_eq!((found.crossings.len(), found.crossings[0].line, found.schematic.len()), (1, 1, 1));
    }

    #[test]
    fn land_near_an_end_is_an_approach_and_beyond_it_a_crossing() {
        // 3.3 km inland, then 33 km inland.
        let near = check(&dataset(None, &[&[(-5.0, 0.0), (0.03, 0.0)]]), &[]);
        assert!(near.crossings.is_empty(), "{near:?}");
        let far = check(&dataset(None, &[&[(-5.0, 0.0), (0.3, 0.0)]]), &[]);
        let stretch = far.crossings[0].stretch;
        assert!((stretch.length_m - (0.3 * 111_319.49 - APPROACH_M)).abs() < 150.0, "{stretch:?}");
        assert_eq!(far.crossings.len(), 1);
        // Two pieces that meet on ±180° do not end there.
        let ring = [(179.0, -1.0), (180.0, -1.0), (180.0, 1.0), (179.0, 1.0), (179.0, -1.0)].map(|(lon, lat)| LonLat::new(lon, lat));
        let control = LandControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
        let cut = dataset(None, &[&[(175.0, 0.0), (180.0, 0.0)], &[(-180.0, 0.0), (-175.0, 0.0)]]);
        let found = check_land(&cut, &LandIndex::new([ring.as_slice()]), &[], None, &control).expect("not canceled");
        assert!((found.crossings[0].stretch.length_m - 111_319.49).abs() < 1.0, "{found:?}");
    }

    #[test]
    fn a_fairway_is_no_land_and_what_strays_from_it_is() {
        let canal = Zone::new(&[LonLat::new(-0.1, 0.0), LonLat::new(4.1, 0.0)], 3_000.0);
        assert!(check(&dataset(None, &[ACROSS]), std::slice::from_ref(&canal)).crossings.is_empty());
        let half = Zone::new(&[LonLat::new(-0.1, 0.0), LonLat::new(2.0, 0.0)], 3_000.0);
        let found = check(&dataset(None, &[ACROSS]), &[half]);
        let stretch = found.crossings[0].stretch;
        assert_eq!((found.crossings.len(), stretch.segment), (1, 1));
        assert!((stretch.from.lon_deg - 2.027).abs() < 0.002 && (stretch.to.lon_deg - 4.0).abs() < 1e-6, "{stretch:?}");
        assert!((stretch.start_m - 7.027 * 111_319.49).abs() < 300.0, "{stretch:?}");
        let beside = check(&dataset(None, &[&[(-5.0, 0.1), (9.0, 0.1)]]), &[canal]);
        assert!((beside.crossings[0].stretch.length_m - 4.0 * 111_319.49).abs() < 10.0, "11 km beside the canal");
    }

    #[test]
    fn ports_on_the_way_have_surroundings_too() {
        let mut data = dataset(None, &[&[(-5.0, 1.02), (-0.5, 1.02), (0.0, 0.99), (0.0, 1.02), (9.0, 1.02)]]);
        assert_eq!(check(&data, &[]).crossings.len(), 0, "it keeps to the sea but for a touch: {:?}", check(&data, &[]));
        data = dataset(None, &[&[(-5.0, 1.02), (1.0, 1.02), (1.02, 0.97), (1.04, 1.02), (9.0, 1.02)]]);
        assert_eq!(check(&data, &[]).crossings.len(), 1);
        let mut port = sample::dataset().ports[0].clone();
        port.position = Some(LonLat::new(1.02, 0.98));
        let mut route = data.routes[0].clone();
        route.via = vec![port.id.clone()];
        data.put_route(route);
        data.put_port(port);
        assert_eq!(check(&data, &[]).crossings.len(), 0);
    }

    #[test]
    fn what_was_found_of_an_unchanged_corridor_is_taken_over() {
        let before = dataset(None, &[ACROSS]);
        let found = check(&before, &[]);
        let control = LandControl { cancel: &AtomicBool::new(false), progress: &|_| {} };
        let again = |now: &Dataset| check_land(now, &LandIndex::default(), &[], Some((&before, &found)), &control).expect("not canceled");
        assert_eq!(again(&before), found, "no land was asked for");
        let mut moved = before.clone();
        let mut route = moved.routes[0].clone();
        route.lines[0].pop();
        moved.put_route(route);
        assert!(again(&moved).crossings.is_empty(), "another line is checked anew");
    }

    #[test]
    fn a_check_can_be_given_up() {
        let control = LandControl { cancel: &AtomicBool::new(true), progress: &|_| {} };
        assert_eq!(check_land(&dataset(None, &[ACROSS]), &island(), &[], None, &control), None);
    }
}
