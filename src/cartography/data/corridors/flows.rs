//! What is drawn as one line: a corridor, or corridors together from country to country or from coast to coast.

use std::collections::HashMap;
use std::sync::Arc;

use super::coasts::coast_of;
use crate::analysis::{CorridorEvidence, EvidenceTotals};
use crate::cartography::classes::confidence_class;
use crate::model::{Dataset, FeatureKind, Port};

/// How far corridors are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::cartography) enum Together {
    /// Each by itself.
    Not,
    /// From country to country.
    Countries,
    /// From coast to coast.
    Coasts,
}

/// Corridors that are drawn as one line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flow {
    /// The corridors, the one whose path is drawn first.
    pub(super) routes: Vec<u32>,
    /// What is behind them together.
    pub(super) totals: EvidenceTotals,
}

/// An end of a corridor as it is put together: a country or a coast, as far as it is stated.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum End {
    /// On a coast.
    Coast(&'static str),
    /// In a country (ISO code); its coast is not stated or not asked for.
    Country(Arc<str>),
}

impl End {
    pub(super) fn of(port: &Port, together: Together) -> Option<Self> {
        let country = || port.country.clone().map(Self::Country);
        match together {
            Together::Coasts => coast_of(port).map(Self::Coast).or_else(country),
            Together::Countries | Together::Not => country(),
        }
    }
}

/// Both ends of a corridor; `None` when one is not stated.
pub(super) fn ends_of(dataset: &Dataset, route: usize, together: Together) -> Option<(End, End)> {
    let route = dataset.routes.get(route)?;
    let end = |id: &Option<Arc<str>>| {
        let found = dataset.find(FeatureKind::Port, id.as_deref()?)?;
        End::of(dataset.ports.get(found.at())?, together)
    };
    Some((end(&route.origin_port)?, end(&route.destination_port)?))
}

/// The flows of a dataset, those with the most behind them first. A corridor whose ends are not stated stays by itself.
pub(super) fn flows(dataset: &Dataset, evidence: &CorridorEvidence, together: Together) -> Vec<Flow> {
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut known: HashMap<(End, End), usize> = HashMap::new();
    for index in 0..u32::try_from(dataset.routes.len()).unwrap_or(u32::MAX) {
        let ends = if together == Together::Not { None } else { ends_of(dataset, index as usize, together) };
        match ends.map(|ends| *known.entry(ends).or_insert(groups.len())) {
            Some(group) if group < groups.len() => groups[group].push(index),
            _ => groups.push(vec![index]),
        }
    }
    let weight = |index: u32| {
        let totals = evidence.totals(dataset, [index as usize]);
        let confidence = dataset.routes.get(index as usize).map_or(4, |route| confidence_class(route.confidence));
        (std::cmp::Reverse(totals.events), confidence, std::cmp::Reverse(totals.reported_years), index)
    };
    let mut flows: Vec<Flow> = groups
        .into_iter()
        .map(|mut routes| {
            routes.sort_by_key(|index| weight(*index));
            let totals = evidence.totals(dataset, routes.iter().map(|index| *index as usize));
            Flow { routes, totals }
        })
        .collect();
    flows.sort_by_key(|flow| (std::cmp::Reverse(flow.totals.events), weight(flow.routes[0])));
    flows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Links;
    use crate::cartography::test_data::small_dataset;

    #[test]
    fn corridors_between_the_same_coasts_are_one_flow_and_unknown_ends_stay_apart() {
        let mut dataset = small_dataset();
        for (id, origin) in [("rt-br-2", Some("br-santos")), ("rt-none-1", None), ("rt-none-2", None)] {
            let mut route = dataset.routes[0].clone();
            route.id = id.into();
            route.origin_port = origin.map(Into::into);
            dataset.put_route(route);
        }
        let evidence = CorridorEvidence::new(&dataset, &Links::new(&dataset));
        let sizes = |together| {
            let mut sizes: Vec<_> = flows(&dataset, &evidence, together).iter().map(|flow| flow.routes.len()).collect();
            sizes.sort_unstable();
            sizes
        };
        assert_eq!(sizes(Together::Not), [1, 1, 1, 1, 1]);
        assert_eq!(sizes(Together::Countries), [1, 1, 1, 2]);
        assert_eq!(sizes(Together::Coasts), [1, 1, 1, 2]);
    }
}
