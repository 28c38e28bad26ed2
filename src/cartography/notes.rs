//! What a figure says about itself in words: what is shown, where it comes from, what it does not mean.

use std::collections::BTreeSet;

use super::words::mass_for_people;
use super::{FigureSpec, MapStyle};
use crate::analysis::{Dimension, Filter, FilterChip, Matches};
use crate::model::{Dataset, FeatureKind, FeatureRef, PartialDate, SourceReliability};

/// Corridors are not tracks.
pub const ROUTE_NOTE: &str = "Routes are general indications drawn from reporting, not vessel tracks.";
/// What seizures reflect.
pub const SEIZURE_NOTE: &str = "Seizures reflect enforcement and reporting as well as trafficking; weights are mostly gross, as announced.";
/// Boundaries imply nothing.
pub const BOUNDARY_NOTE: &str =
    "The boundaries and names shown and the designations used on this map do not imply official endorsement or acceptance.";
/// Who made the basemap.
const BASEMAP_NOTE: &str = "Basemap: Natural Earth (public domain)";
/// Who made the town names.
const TOWNS_NOTE: &str = "towns: GeoNames CC BY 4.0";
/// Publishers that are named before "and others".
const NAMED_PUBLISHERS: usize = 4;

/// "2019–2021; Kavač clan; 14 of 149 seizures, 12.3 t of 298.5 t; 3 of 46 corridors".
pub fn shown_text(dataset: &Dataset, matches: &Matches, filter: &Filter, style: &MapStyle) -> String {
    let words = |chip: FilterChip| match (chip.dimension, &chip.key) {
        (Dimension::Period | Dimension::Text, _) | (_, Some(_)) => chip.label,
        (dimension, None) => format!("{} of “{}”", chip.label, dimension.label().to_lowercase()),
    };
    let mut parts: Vec<String> = filter.chips(dataset).into_iter().map(words).collect();
    if parts.is_empty() {
        parts.push("everything in the data".to_owned());
    }
    let of = |shown: usize, total: usize| if shown == total { total.to_string() } else { format!("{shown} of {total}") };
    if style.layers.corridors {
        let (shown, total) = (matches.shown(FeatureKind::Route), dataset.routes.len());
        parts.push(format!("{} {}", of(shown, total), if total == 1 { "corridor" } else { "corridors" }));
    }
    if style.layers.seizures {
        let (shown, total) = (matches.shown(FeatureKind::Seizure), dataset.seizures.len());
        let mass = |all: bool| -> f64 {
            let wanted = dataset.refs(FeatureKind::Seizure).filter(|feature| all || matches.passes(*feature));
            wanted.filter_map(|feature| dataset.seizures[feature.at()].mass_kg).sum()
        };
        let masses = if shown == total {
            mass_for_people(mass(true))
        } else {
            format!("{} of {}", mass_for_people(mass(false)), mass_for_people(mass(true)))
        };
        let unstated = matches.passing(FeatureKind::Seizure).filter(|feature| dataset.seizures[feature.at()].mass_kg.is_none()).count();
        let rest = if unstated == 0 { String::new() } else { format!(" ({unstated} without a stated mass)") };
        parts.push(format!("{} {}, {masses}{rest}", of(shown, total), if total == 1 { "seizure" } else { "seizures" }));
    }
    parts.join("; ")
}

/// "highlighted: Kavač clan and what is linked to it"; `None` without a selection. A figure whose other records are pale must say why.
pub(super) fn highlighted_text(dataset: &Dataset, selection: &BTreeSet<FeatureRef>) -> Option<String> {
    const NAMED: usize = 3;
    let mut names: Vec<String> = selection.iter().take(NAMED).map(|feature| dataset.title(*feature)).collect();
    if names.is_empty() {
        return None;
    }
    if selection.len() > NAMED {
        names.push(format!("{} more", selection.len() - NAMED));
    }
    Some(format!("highlighted: {} and what is linked", names.join(", ")))
}

/// The publications behind the drawn records that match, with the grades of the sources.
pub fn source_text(dataset: &Dataset, matches: &Matches, style: &MapStyle) -> String {
    let mut unknown: BTreeSet<&str> = BTreeSet::new();
    let mut found: BTreeSet<usize> = BTreeSet::new();
    for kind in [FeatureKind::Route, FeatureKind::Seizure, FeatureKind::Port] {
        let shown = match kind {
            FeatureKind::Route => style.layers.corridors,
            FeatureKind::Seizure => style.layers.seizures,
            _ => style.layers.ports,
        };
        for feature in matches.passing(kind).filter(|_| shown) {
            let sources = match kind {
                FeatureKind::Route => &dataset.routes[feature.at()].sources,
                FeatureKind::Seizure => &dataset.seizures[feature.at()].sources,
                _ => &dataset.ports[feature.at()].sources,
            };
            for id in sources {
                match dataset.find(FeatureKind::Source, id) {
                    Some(source) => found.insert(source.at()),
                    None => unknown.insert(id),
                };
            }
        }
    }
    if found.is_empty() {
        return match unknown.len() {
            0 => "Sources: not stated in the data".to_owned(),
            named => format!("Sources: {named} named in the data without a description"),
        };
    }
    let sources: Vec<_> = found.iter().filter_map(|at| dataset.sources.get(*at)).collect();
    let mut publishers: Vec<(&str, usize)> = Vec::new();
    for name in sources.iter().filter_map(|source| source.publisher.as_deref()) {
        match publishers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => publishers.push((name, 1)),
        }
    }
    publishers.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let named: Vec<&str> = publishers.iter().take(NAMED_PUBLISHERS).map(|(name, _)| *name).collect();
    let more = publishers.len().saturating_sub(named.len());
    let others = if more == 0 { String::new() } else { format!(" and {more} more publishers") };
    let noun = if sources.len() == 1 { "publication" } else { "publications" };
    let from = if named.is_empty() { String::new() } else { format!(", from {}{others}", named.join(", ")) };
    format!("Sources: {} {noun} ({}){from}", sources.len(), grades(&sources))
}

/// "A 3, B 40, not graded 2": how many sources have each grade; grades are never averaged.
fn grades(sources: &[&crate::model::Source]) -> String {
    let mut parts: Vec<String> = SourceReliability::ALL
        .iter()
        .map(|grade| (grade.key(), sources.iter().filter(|source| source.reliability == Some(*grade)).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| format!("{key}\u{a0}{count}"))
        .collect();
    let ungraded = sources.iter().filter(|source| source.reliability.is_none()).count();
    if ungraded > 0 {
        parts.push(format!("not graded\u{a0}{ungraded}"));
    }
    format!("reliability {}", parts.join(", "))
}

/// The date of the newest publication or record: how far the data reaches.
pub fn data_as_of(dataset: &Dataset) -> Option<PartialDate> {
    let sources = dataset.sources.iter().filter_map(|source| source.date);
    let seizures = dataset.seizures.iter().filter_map(|seizure| seizure.event_date.map(|span| span.end));
    let routes = dataset.routes.iter().filter_map(|route| route.last_reported.or(route.first_reported));
    sources.chain(seizures).chain(routes).max_by_key(|date| date.last_day())
}

/// The paragraphs under the map.
pub(super) fn paragraphs(
    texts: (&str, &str),
    figure: &FigureSpec,
    style: &MapStyle,
    kosovo_in_view: bool,
    basemap_shown: bool,
) -> Vec<String> {
    let (shown, sources) = texts;
    let mut credits = vec![sources.to_owned()];
    if basemap_shown {
        credits.push(if style.layers.town_labels { format!("{BASEMAP_NOTE}; {TOWNS_NOTE}") } else { BASEMAP_NOTE.to_owned() });
    }
    let mut caveats = Vec::new();
    if style.layers.corridors {
        caveats.push(ROUTE_NOTE.to_owned());
    }
    if style.layers.seizures {
        caveats.push(SEIZURE_NOTE.to_owned());
    }
    if figure.boundary_note {
        caveats.push(BOUNDARY_NOTE.to_owned());
    }
    if kosovo_in_view && !figure.kosovo_note.trim().is_empty() {
        caveats.push(format!("* {}.", figure.kosovo_note.trim().trim_end_matches('.')));
    }
    let mut paragraphs = vec![format!("Shown: {shown}."), format!("{}.", credits.join(". "))];
    if !caveats.is_empty() {
        paragraphs.push(caveats.join(" "));
    }
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Dimension, Links, evaluate};
    use crate::cartography::test_data::small_dataset;

    #[test]
    fn shown_says_what_of_how_much() {
        let dataset = small_dataset();
        let links = Links::new(&dataset);
        let style = MapStyle::default();
        let all = Filter::default();
        assert_eq!(
            shown_text(&dataset, &evaluate(&dataset, &links, &all), &all, &style),
            "everything in the data; 2 corridors; 4 seizures, 2.5\u{a0}t (1 without a stated mass)"
        );
        let mut high = Filter::default();
        high.choose(Dimension::Confidence, "high");
        let text = shown_text(&dataset, &evaluate(&dataset, &links, &high), &high, &style);
        assert!(text.starts_with("High; 1 of 2 corridors"), "{text}");
    }

    #[test]
    fn a_selection_is_named_because_it_makes_the_rest_pale() {
        let dataset = small_dataset();
        assert_eq!(highlighted_text(&dataset, &BTreeSet::new()), None);
        let one = dataset.refs(FeatureKind::Port).take(1).collect();
        let text = highlighted_text(&dataset, &one).expect("something is selected");
        assert!(text.starts_with("highlighted: ") && text.ends_with(" and what is linked"), "{text}");
        let all = dataset.refs(FeatureKind::Seizure).collect();
        assert!(highlighted_text(&dataset, &all).expect("selected").contains("1 more"));
    }

    #[test]
    fn sources_come_with_their_grades() {
        let dataset = small_dataset();
        let matches = evaluate(&dataset, &Links::new(&dataset), &Filter::default());
        assert_eq!(
            source_text(&dataset, &matches, &MapStyle::default()),
            "Sources: 1 publication (reliability B\u{a0}1), from Port police"
        );
    }

    #[test]
    fn kosovo_has_its_footnote_only_in_view() {
        let text = |kosovo| paragraphs(("x", "y"), &FigureSpec::default(), &MapStyle::default(), kosovo, true).join("\n");
        assert!(
            text(true).contains("* References to Kosovo shall be understood in the context of UN Security Council resolution 1244 (1999).")
        );
        assert!(!text(false).contains("Kosovo"));
        assert!(text(false).contains(BOUNDARY_NOTE) && text(false).contains(ROUTE_NOTE) && text(false).contains(SEIZURE_NOTE));
    }

    #[test]
    fn the_data_reaches_to_the_newest_date() {
        assert_eq!(data_as_of(&small_dataset()).map(PartialDate::for_people).as_deref(), Some("9 January 2023"));
    }
}
