//! Repairs lines that run over land: the legs that do are put back on the water.

use super::{NoRoute, PassageKind, PathRequest, SeaNetwork, SeaPath};
use crate::geodesy::{LandIndex, LandStretch, LonLat, Zone, distance_m};
use crate::model::{PathKind, Route};

/// A line this close to the middle of a canal or of a river approach runs in it, metres: both are drawn by hand.
const FAIRWAY_M: f64 = 3_000.0;

/// The ends of a line may lie behind the coast of a coarse map by as much, metres.
const END_M: f64 = 5_000.0;

/// A position closer than this to where the line comes ashore is no good place to leave it, metres.
const MARGIN_M: f64 = 1_000.0;

/// A line after a repair.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Repaired {
    /// The line; where nothing was repaired, as it was.
    pub positions: Vec<LonLat>,
    /// The stretches that are gone.
    pub repaired: Vec<LandStretch>,
    /// The stretches that are still there.
    pub unrepaired: Vec<Unrepaired>,
}

/// A stretch over land that stays.
#[derive(Clone, Debug, PartialEq)]
pub struct Unrepaired {
    /// Where.
    pub stretch: LandStretch,
    /// Why.
    pub reason: RepairError,
}

/// Why a stretch could not be put on the water.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RepairError {
    /// The network has no path around the land.
    #[error("no path over water: {0}")]
    NoRoute(#[from] NoRoute),
    /// The path that the network has crosses land as well.
    #[error("the path that was found runs over land too, for {:.1} km", length_m / 1000.0)]
    StillLand {
        /// How much, metres.
        length_m: f64,
    },
}

/// A corridor after a repair.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteRepair {
    /// The corridor with its new lines; as it was when nothing could be repaired.
    pub route: Route,
    /// How many stretches are gone.
    pub repaired: usize,
    /// The stretches that are still there.
    pub unrepaired: Vec<Unrepaired>,
}

/// The canals and river approaches of a network: a line in one of them runs over land only on a coarse map.
pub fn fairways(network: &SeaNetwork) -> Vec<Zone> {
    let drawn = network.passages().iter().filter(|passage| matches!(passage.kind, PassageKind::Canal | PassageKind::Approach));
    drawn.map(|passage| Zone::new(&passage.line, FAIRWAY_M)).collect()
}

/// Puts stretches of a line over land on the water: from the last position before in the water to the first after, along the network.
///
/// `stretches` are those of this line, in its order (see [`LandIndex::stretches`]). A path that crosses land outside of fairways itself is not
/// taken, and its stretch is reported with the reason.
pub fn repair_line(network: &SeaNetwork, land: &LandIndex, line: &[LonLat], stretches: &[LandStretch]) -> Repaired {
    repair(land, &fairways(network), line, stretches, |from, to| network.find(&PathRequest::between(from, to)))
}

/// Repairs lines of a corridor: `stretches` name the line and where it runs over land, in order. A corridor whose stretches are all gone
/// is routed from now on.
pub fn repair_route(network: &SeaNetwork, land: &LandIndex, route: &Route, stretches: &[(usize, LandStretch)]) -> RouteRepair {
    let mut repair = RouteRepair { route: route.clone(), repaired: 0, unrepaired: Vec::new() };
    for (index, line) in repair.route.lines.iter_mut().enumerate() {
        let of_line: Vec<LandStretch> = stretches.iter().filter(|(at, _)| *at == index).map(|(_, stretch)| *stretch).collect();
        if !of_line.is_empty() {
            let repaired = repair_line(network, land, line, &of_line);
            *line = repaired.positions;
            if let Some(path) = repair.route.line_paths.get_mut(index).filter(|_| repaired.unrepaired.is_empty()) {
                *path = PathKind::Routed;
            }
            repair.repaired += repaired.repaired.len();
            repair.unrepaired.extend(repaired.unrepaired);
        }
    }
    // Of a mixed corridor other lines may be schematic still.
    if repair.repaired > 0 && repair.unrepaired.is_empty() && repair.route.line_paths.iter().all(|path| *path == PathKind::Routed) {
        repair.route.path = Some(PathKind::Routed);
        repair.route.line_paths.clear();
    }
    repair
}

fn repair(
    land: &LandIndex,
    fairways: &[Zone],
    line: &[LonLat],
    stretches: &[LandStretch],
    find: impl Fn(LonLat, LonLat) -> Result<SeaPath, NoRoute>,
) -> Repaired {
    let mut repaired = Repaired::default();
    let ends: Vec<Zone> = [line.first(), line.last()].into_iter().flatten().map(|end| Zone::new(&[*end], END_M)).collect();
    let zones: Vec<&Zone> = ends.iter().chain(fairways).collect();
    let mut kept = 0;
    for Detour { from, to, stretches } in detours(land, line, stretches) {
        let path = find(line[from], line[to]).map_err(RepairError::from).and_then(|path| {
            let positions = joined(line[from], &path.positions, line[to]);
            let over_land = land.stretches(&positions);
            let length_m: f64 = over_land.iter().flat_map(|stretch| stretch.outside(&positions, &zones)).map(|part| part.length_m).sum();
            if length_m > 0.0 { Err(RepairError::StillLand { length_m }) } else { Ok(positions) }
        });
        match path {
            Ok(path) => {
                repaired.positions.extend(&line[kept..from]);
                // The last position comes with the rest of the line.
                repaired.positions.extend(&path[..path.len() - 1]);
                kept = to;
                repaired.repaired.extend(stretches);
            }
            Err(reason) => {
                let stays = stretches.into_iter().map(|stretch| Unrepaired { stretch, reason: reason.clone() });
                repaired.unrepaired.extend(stays);
            }
        }
    }
    repaired.positions.extend(&line[kept..]);
    repaired
}

/// Positions of a line between which it is to leave its old way, and what is mended by that.
struct Detour {
    from: usize,
    to: usize,
    stretches: Vec<LandStretch>,
}

/// One detour for each stretch; those that meet are one.
fn detours(land: &LandIndex, line: &[LonLat], stretches: &[LandStretch]) -> Vec<Detour> {
    let mut detours: Vec<Detour> = Vec::new();
    let at_sea =
        |position: LonLat, shore: LonLat| position.is_finite() && !land.is_land(position) && distance_m(position, shore) > MARGIN_M;
    for stretch in stretches.iter().filter(|stretch| stretch.segment + 1 < line.len()) {
        let from = (0..=stretch.segment).rev().find(|at| at_sea(line[*at], stretch.from)).unwrap_or(0);
        let last = line.len() - 1;
        let to = (stretch.last_segment(line) + 1..=last).find(|at| at_sea(line[*at], stretch.to)).unwrap_or(last);
        match detours.last_mut().filter(|before| from < before.to) {
            Some(before) => {
                before.to = before.to.max(to);
                before.stretches.push(*stretch);
            }
            None => detours.push(Detour { from, to, stretches: vec![*stretch] }),
        }
    }
    detours
}

/// A path with exactly these ends and no position twice in a row.
fn joined(from: LonLat, path: &[LonLat], to: LonLat) -> Vec<LonLat> {
    let mut positions = vec![from];
    positions.extend(path.iter().copied().filter(|at| at.is_finite()));
    positions.push(to);
    positions.dedup_by(|a, b| distance_m(*a, *b) < 1.0);
    // A path that ends within a metre of its end has swallowed it.
    if let Some(last) = positions.last_mut() {
        *last = to;
    }
    if positions.len() < 2 {
        positions.push(to);
    }
    positions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::{Stretch, StretchKind};

    fn positions(line: &[(f64, f64)]) -> Vec<LonLat> {
        line.iter().map(|(lon, lat)| LonLat::new(*lon, *lat)).collect()
    }

    /// An island from 0° to 4° east, 1° north and south of the equator, and one at 10°.
    fn islands() -> LandIndex {
        let rings = [0.0, 10.0].map(|west| positions(&[(west, -1.0), (west + 4.0, -1.0), (west + 4.0, 1.0), (west, 1.0), (west, -1.0)]));
        LandIndex::new(rings.iter().map(Vec::as_slice))
    }

    fn path(line: Vec<LonLat>) -> SeaPath {
        let stretches = vec![Stretch { kind: StretchKind::Sea, start: 0, end: line.len() - 1 }];
        SeaPath { length_m: line.windows(2).map(|leg| distance_m(leg[0], leg[1])).sum(), positions: line, passages: Vec::new(), stretches }
    }

    /// Around the islands by 2° north.
    fn around(from: LonLat, to: LonLat) -> Result<SeaPath, NoRoute> {
        Ok(path(vec![from, LonLat::new(from.lon_deg, 2.0), LonLat::new(to.lon_deg, 2.0), to]))
    }

    fn repair_with(line: &[LonLat], find: impl Fn(LonLat, LonLat) -> Result<SeaPath, NoRoute>) -> Repaired {
        let land = islands();
        let stretches = land.stretches(line);
        repair(&land, &[], line, &stretches, find)
    }

    #[test]
    fn a_crossing_is_replaced_by_a_path_over_water_and_the_rest_stays() {
        let line = positions(&[(-9.0, 3.0), (-5.0, 0.0), (1.0, 0.0), (3.0, 0.5), (5.0, 0.0), (6.0, 3.0)]);
        let repaired = repair_with(&line, around);
        assert_eq!(
            repaired.positions,
            positions(&[(-9.0, 3.0), (-5.0, 0.0), (-5.0, 2.0), (5.0, 2.0), (5.0, 0.0), (6.0, 3.0)]),
            "it leaves and joins the line at its positions in the water"
        );
        assert_eq!((repaired.repaired.len(), repaired.unrepaired.len()), (1, 0));
        assert!(islands().stretches(&repaired.positions).is_empty());
    }

    #[test]
    fn two_crossings_are_two_detours_and_one_when_they_meet() {
        let line = positions(&[(-5.0, 0.0), (7.0, 0.0), (20.0, 0.0)]);
        let repaired = repair_with(&line, around);
        assert_eq!(repaired.repaired.len(), 2);
        assert_eq!(
            repaired.positions,
            positions(&[(-5.0, 0.0), (-5.0, 2.0), (7.0, 2.0), (7.0, 0.0), (7.0, 2.0), (20.0, 2.0), (20.0, 0.0)])
        );
        let one_leg = repair_with(&positions(&[(-5.0, 0.0), (20.0, 0.0)]), around);
        assert_eq!((one_leg.repaired.len(), one_leg.positions.len()), (2, 4));
    }

    #[test]
    fn without_a_way_around_the_line_stays_as_it_was() {
        let line = positions(&[(-5.0, 0.0), (7.0, 0.0)]);
        let blocked = repair_with(&line, |_, _| Err(NoRoute::Separate));
        assert_eq!(blocked.positions, line);
        assert_eq!(blocked.unrepaired[0].reason, RepairError::NoRoute(NoRoute::Separate));
        let straight = repair_with(&line, |from, to| Ok(path(vec![from, to])));
        assert_eq!(straight.positions, line);
        assert!(matches!(straight.unrepaired[0].reason, RepairError::StillLand { length_m } if (length_m - 4.0 * 111_319.49).abs() < 1.0));
        assert!(straight.unrepaired[0].reason.to_string().contains("445.3 km"), "{}", straight.unrepaired[0].reason);
    }

    #[test]
    fn a_fairway_over_land_is_a_way() {
        let line = positions(&[(-5.0, 0.5), (7.0, 0.5)]);
        let canal = positions(&[(-0.1, 0.0), (4.1, 0.0)]);
        let through = |from, to| Ok(path(vec![from, canal[0], canal[1], to]));
        let land = islands();
        let repaired = repair(&land, &[Zone::new(&canal, FAIRWAY_M)], &line, &land.stretches(&line), through);
        assert_eq!((repaired.repaired.len(), repaired.positions.len()), (1, 4));
    }

    #[test]
    fn a_line_that_begins_ashore_is_repaired_from_its_end() {
        // A port 2 km behind the coast, on the wrong side of the island.
        let line = positions(&[(0.02, 0.0), (7.0, 0.0)]);
        let out =
            |from: LonLat, to: LonLat| Ok(path(vec![from, LonLat::new(-1.0, 0.0), LonLat::new(-1.0, 2.0), LonLat::new(7.0, 2.0), to]));
        let repaired = repair_with(&line, out);
        assert_eq!(repaired.unrepaired, Vec::new());
        assert_eq!((repaired.positions.first(), repaired.positions.last()), (line.first(), line.last()));
        assert!(repair_with(&[], around).positions.is_empty());
    }
}
