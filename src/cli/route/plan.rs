//! A path through several stops.

use crate::geodesy::LonLat;
use crate::lanes::{NoRoute, PassageSet, PathRequest, SeaNetwork, SeaPath};

/// Passages that a path may, must or must not use.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Wishes {
    pub(super) forbid: PassageSet,
    pub(super) require: PassageSet,
    pub(super) allow: PassageSet,
}

/// One path for each leg between neighboring stops. A passage that must be used is used on the leg where that costs least.
///
/// # Errors
/// When a leg has no path or no leg can use what is required.
pub(super) fn plan(network: &SeaNetwork, stops: &[LonLat], wishes: &Wishes) -> Result<Vec<SeaPath>, NoRoute> {
    let find = |from: LonLat, to: LonLat, require: PassageSet| {
        network.find(&PathRequest { from, to, forbid: wishes.forbid, require, allow: wishes.allow })
    };
    if let [from, to] = stops {
        return Ok(vec![find(*from, *to, wishes.require)?]);
    }
    let ends: Vec<(LonLat, LonLat)> = stops.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let mut legs = ends.iter().map(|(from, to)| find(*from, *to, PassageSet::EMPTY)).collect::<Result<Vec<_>, _>>()?;
    // What a leg uses anyway it must go on using when more is asked of it.
    let used = |leg: &SeaPath| leg.passages.iter().copied().collect::<PassageSet>().intersection(wishes.require);
    let mut required: Vec<PassageSet> = legs.iter().map(used).collect();
    for passage in wishes.require.iter() {
        if required.iter().any(|set| set.contains(passage)) {
            continue;
        }
        let mut best: Option<(f64, usize, SeaPath)> = None;
        let mut refusal = None;
        for (index, (from, to)) in ends.iter().enumerate() {
            match find(*from, *to, required[index].union(PassageSet::single(passage))) {
                Ok(path) => {
                    let extra_m = path.length_m - legs[index].length_m;
                    if best.as_ref().is_none_or(|(least, _, _)| extra_m < *least) {
                        best = Some((extra_m, index, path));
                    }
                }
                Err(reason) => refusal = Some(reason),
            }
        }
        match (best, refusal) {
            (Some((_, index, path)), _) => {
                required[index] = required[index].union(PassageSet::single(passage));
                legs[index] = path;
            }
            (None, Some(reason)) => return Err(reason),
            // There are no legs.
            (None, None) => {}
        }
    }
    Ok(legs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::distance_m;

    #[test]
    fn every_pair_of_stops_has_its_leg() {
        let network = SeaNetwork::bundled().expect("sound");
        let stops = [LonLat::new(-30.0, 20.0), LonLat::new(-20.0, 35.0), LonLat::new(-12.0, 40.0)];
        let legs = plan(network, &stops, &Wishes::default()).expect("open sea");
        assert_eq!(legs.len(), 2);
        let direct = plan(network, &[stops[0], stops[2]], &Wishes::default()).expect("open sea");
        assert!(legs.iter().map(|leg| leg.length_m).sum::<f64>() >= direct[0].length_m);
        assert!(legs[0].positions.last().is_some_and(|end| distance_m(*end, stops[1]) < 1.0));
    }
}
