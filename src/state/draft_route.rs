//! From a draft to a route record and back.

use super::snap::{same_own_port, stop_of_id};
use super::{AppState, Draft, Leg, LegKind, ListedPort, PassageWish, Place, Stop};
use crate::geodesy::{LonLat, distance_m};
use crate::load::{drawn_stops, with_drawn_stops};
use crate::model::{FeatureKind, FeatureRef, Origin, PathKind, PlacePrecision, Port, Route, fold_for_search};

/// A vertex of a line this near to a point is the point, in metres.
const SAME_POINT_M: f64 = 1_000.0;
/// Decimals of degrees in drawn lines: a decimetre.
const DECIMALS: f64 = 1.0e6;

/// What a finished draft adds to the records.
pub(super) struct Drawn {
    pub(super) route: Route,
    pub(super) ports: Vec<Port>,
}

/// The route that a draft stands for, on top of `base` when an existing one is changed.
pub(super) fn route_of(state: &AppState, draft: &Draft, base: Option<&Route>) -> Drawn {
    let mut ports: Vec<Port> = Vec::new();
    let mut ids = Vec::new();
    for stop in &draft.stops {
        ids.push(match &stop.place {
            None => None,
            Some(Place::Port { id, .. }) => state.dataset.find(FeatureKind::Port, id).map(|_| id.clone()),
            Some(Place::World(port)) => Some(match same_own_port(state, port) {
                Some(own) => own.id.clone(),
                None => {
                    let record = record_of(state, port);
                    let id = record.id.clone();
                    if ports.iter().all(|other| other.id != id) {
                        ports.push(record);
                    }
                    id
                }
            }),
        });
    }
    let last = ids.len().saturating_sub(1);
    let routed = draft.legs.iter().all(|leg| leg.kind() == LegKind::Sea);
    let stops: Vec<LonLat> = draft.stops.iter().map(|stop| rounded(stop.position)).collect();
    let legs: Vec<&str> = draft.legs.iter().map(|leg| leg.kind().key()).collect();
    let mut route = base.cloned().unwrap_or_else(|| {
        let name = proposed_name(&draft.stops);
        let id = name.as_deref().map_or_else(|| "route".to_owned(), slug);
        Route { name: name.map(Into::into), ..Route::new(id.into(), Origin::NEW) }
    });
    route.origin_port = ids.first().cloned().flatten();
    route.destination_port = ids.get(last).cloned().flatten();
    route.via = ids.iter().take(last).skip(1).flatten().cloned().collect();
    route.path = Some(if routed { PathKind::Routed } else { PathKind::Drawn });
    route.line_paths = Vec::new();
    route.lines = vec![line_of(draft)];
    route.extra = Some(with_drawn_stops(route.extra.as_deref(), &stops, &legs));
    Drawn { route, ports }
}

/// The legs as one line that passes every stop exactly.
fn line_of(draft: &Draft) -> Vec<LonLat> {
    let mut line: Vec<LonLat> = Vec::new();
    let mut push = |position: LonLat| {
        let position = rounded(position);
        if line.last() != Some(&position) {
            line.push(position);
        }
    };
    for leg in &draft.legs {
        push(leg.from());
        leg.line().iter().for_each(|position| push(*position));
        push(leg.to());
    }
    line
}

fn rounded(position: LonLat) -> LonLat {
    let round = |degrees: f64| (degrees * DECIMALS).round() / DECIMALS;
    LonLat::new(round(position.lon_deg), round(position.lat_deg))
}

fn record_of(state: &AppState, port: &ListedPort) -> Port {
    let wanted = slug(&format!("{} {}", port.country, port.name));
    Port {
        id: state.dataset.free_id(FeatureKind::Port, &wanted),
        name: Some(port.name.clone()),
        country: Some(port.country.clone()),
        locode: port.locode.clone(),
        side: None,
        precision: Some(PlacePrecision::Port),
        sources: Vec::new(),
        note: Some("Name and position from Sealane's index of the world's ports (World Port Index, GeoNames)".into()),
        position: Some(port.position),
        also_at: Vec::new(),
        extra: None,
        provenance: Origin::NEW,
    }
}

/// "Guayaquil – Bar"; an end on no port is called by its position.
fn proposed_name(stops: &[Stop]) -> Option<String> {
    let (first, last) = (stops.first()?, stops.last()?);
    if first.place.is_none() && last.place.is_none() {
        return None;
    }
    let name = |stop: &Stop| stop.place.as_ref().map_or_else(|| position_name(stop.position), |place| place.name().to_string());
    Some(format!("{} – {}", name(first), name(last)))
}

fn position_name(position: LonLat) -> String {
    let part =
        |degrees: f64, positive: char, negative: char| format!("{:.1}°{}", degrees.abs(), if degrees < 0.0 { negative } else { positive });
    format!("{} {}", part(position.lat_deg, 'N', 'S'), part(position.lon_deg, 'E', 'W'))
}

/// Letters and digits of a name, joined by hyphens, as ids are written.
fn slug(name: &str) -> String {
    let folded = fold_for_search(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "route".to_owned() } else { words.join("-") }
}

/// An existing route as a draft.
///
/// # Errors
/// Why it cannot be changed point by point.
pub fn draft_of(state: &AppState, feature: FeatureRef) -> Result<Draft, &'static str> {
    let route =
        state.dataset.routes.get(feature.at()).filter(|_| feature.kind == FeatureKind::Route).ok_or("Only corridors can be changed")?;
    let [line] = route.lines.as_slice() else { return Err("Its path is not one line") };
    let named = named_stops(state, route);
    let (stops, kinds) = match drawn_stops(route) {
        Some((positions, words)) => {
            let place_at = |position: &LonLat| named.iter().flatten().find(|stop| distance_m(stop.position, *position) < 1.0);
            let stops = positions.iter().map(|position| place_at(position).cloned().unwrap_or(Stop::at(*position))).collect();
            (stops, words.iter().map(|word| LegKind::from_key(word).unwrap_or_default()).collect())
        }
        None => {
            let stops: Vec<Stop> = named.into_iter().collect::<Option<_>>().ok_or("Its points are not all ports among the records")?;
            let kind = if route.path == Some(PathKind::Routed) { LegKind::Sea } else { LegKind::GreatCircle };
            let kinds = vec![kind; stops.len().saturating_sub(1)];
            (stops, kinds)
        }
    };
    if stops.len() < 2 {
        return Err("Its origin and destination are not both ports among the records");
    }
    let wish = PassageWish::default();
    let legs = split(line, &stops, &kinds, wish).ok_or("Its path does not pass its points")?;
    let next_kind = kinds.first().copied().unwrap_or_default();
    Ok(Draft { stops, legs, next_kind, wish, route: Some(route.id.clone()), ..Draft::default() })
}

/// Origin, via and destination as far as they are ports with a place.
fn named_stops(state: &AppState, route: &Route) -> Vec<Option<Stop>> {
    let ids = route.origin_port.iter().map(Some).chain(route.via.iter().map(Some)).chain([route.destination_port.as_ref()]);
    ids.map(|id| id.and_then(|id| stop_of_id(state, id))).collect()
}

/// Cuts a line where it passes the stops, in their order.
fn split(line: &[LonLat], stops: &[Stop], kinds: &[LegKind], wish: PassageWish) -> Option<Vec<Leg>> {
    let mut legs = Vec::new();
    let mut begin = nearest(line, 0, stops.first()?.position).filter(|begin| *begin == 0)?;
    for (stop, kind) in stops.iter().skip(1).zip(kinds) {
        let end = nearest(line, begin + 1, stop.position)?;
        legs.push(Leg::with_line(*kind, line.get(begin..=end)?.to_vec(), wish)?);
        begin = end;
    }
    // What lies beyond the last stop would be lost.
    (begin + 1 == line.len()).then_some(legs)
}

/// Index of the vertex nearest to a position from `begin` on, if it is near enough.
fn nearest(line: &[LonLat], begin: usize, position: LonLat) -> Option<usize> {
    let near = line.iter().enumerate().skip(begin).map(|(index, vertex)| (index, distance_m(*vertex, position)));
    // A line may pass a stop twice: the first time counts.
    let mut best: Option<(usize, f64)> = None;
    for (index, distance) in near {
        match best {
            Some((_, least)) if distance >= least && least <= 1.0 => break,
            Some((_, least)) if distance >= least => {}
            _ => best = Some((index, distance)),
        }
    }
    best.filter(|(_, distance)| *distance <= SAME_POINT_M).map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain_words() {
        assert_eq!(slug("Durrës – Río Haina"), "durres-rio-haina");
        assert_eq!(slug("– –"), "route");
    }

    #[test]
    fn names_are_proposed_from_ports_and_never_from_nothing() {
        let port = Stop { position: LonLat::new(19.1, 42.1), place: Some(Place::Port { id: "bar".into(), name: "Bar".into() }) };
        let free = Stop::at(LonLat::new(-30.04, 12.0));
        assert_eq!(proposed_name(&[free.clone(), port.clone()]).as_deref(), Some("12.0°N 30.0°W – Bar"));
        assert_eq!(proposed_name(&[free.clone(), port, free]), None);
    }

    #[test]
    fn a_line_is_cut_at_its_stops() {
        let at = |lon: f64| LonLat::new(lon, 0.0);
        let line = [0.0, 1.0, 2.0, 3.0, 4.0].map(at);
        let stops = [0.0, 2.0, 4.0].map(|lon| Stop::at(at(lon)));
        let legs = split(&line, &stops, &[LegKind::Sea, LegKind::Rhumb], PassageWish::default()).expect("passes all");
        assert_eq!((legs[0].line(), legs[1].line()), (&line[..=2], &line[2..]));
        assert!(legs.iter().all(|leg| !leg.is_pending() && leg.length_m() > 200_000.0));
        assert!(split(&line, &[stops[0].clone(), Stop::at(at(2.5))], &[LegKind::Sea], PassageWish::default()).is_none());
    }
}
