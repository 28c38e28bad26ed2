//! The width of flow lines: fixed classes by the evidence behind them, so that no filter moves a class.

use crate::analysis::EvidenceTotals;
use crate::cartography::Evidence;

/// The width of a line with nothing behind it, in CSS pixels; also of schematic lines at most.
const THINNEST_PX: f32 = 1.3;
/// The widths of the classes, the least first, in CSS pixels.
const WIDTHS_PX: [f32; 6] = [2.0, 2.9, 4.0, 5.4, 7.2, 9.4];
/// The width of all lines when width says nothing, in CSS pixels.
const PLAIN_PX: f32 = 2.2;

/// Where the second and later classes begin.
const EVENT_BREAKS: [f64; 5] = [2.0, 4.0, 8.0, 16.0, 32.0];
const MASS_BREAKS: [f64; 5] = [500.0, 2_000.0, 8_000.0, 30_000.0, 100_000.0];
const YEAR_BREAKS: [f64; 5] = [2.0, 4.0, 8.0, 16.0, 32.0];

/// The magnitude behind a line; `None` when nothing is stated.
fn magnitude(measure: Evidence, totals: &EvidenceTotals) -> Option<f64> {
    match measure {
        Evidence::Events => (totals.events > 0).then_some(f64::from(totals.events)),
        Evidence::MassKg => (totals.events > totals.events_without_mass).then_some(totals.mass_kg),
        Evidence::ReportedYears => totals.reported_years.map(f64::from),
    }
}

const fn breaks(measure: Evidence) -> [f64; 5] {
    match measure {
        Evidence::Events => EVENT_BREAKS,
        Evidence::MassKg => MASS_BREAKS,
        Evidence::ReportedYears => YEAR_BREAKS,
    }
}

/// The width of a flow in CSS pixels.
pub(super) fn width_px(width_by: Option<Evidence>, totals: &EvidenceTotals) -> f32 {
    let Some(measure) = width_by else { return PLAIN_PX };
    magnitude(measure, totals).map_or(THINNEST_PX, |value| WIDTHS_PX[breaks(measure).iter().filter(|start| value >= **start).count()])
}

/// The classes of a measure for a legend: the width in CSS pixels and the words, the thinnest first.
pub(in crate::cartography) fn width_classes(measure: Evidence) -> [(f32, &'static str); 7] {
    let labels = match measure {
        Evidence::Events => ["No linked event", "1 event", "2–3 events", "4–7 events", "8–15 events", "16–31 events", "32 events and more"],
        Evidence::MassKg => [
            "No linked mass",
            "Below 500\u{a0}kg",
            "500\u{a0}kg to 2\u{a0}t",
            "2 to 8\u{a0}t",
            "8 to 30\u{a0}t",
            "30 to 100\u{a0}t",
            "100\u{a0}t and more",
        ],
        Evidence::ReportedYears => {
            ["Years not stated", "1 year", "2–3 years", "4–7 years", "8–15 years", "16–31 years", "32 years and more"]
        }
    };
    std::array::from_fn(|index| (if index == 0 { THINNEST_PX } else { WIDTHS_PX[index - 1] }, labels[index]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_begin_where_they_say() {
        let width = |events| width_px(Some(Evidence::Events), &EvidenceTotals { events, ..EvidenceTotals::default() });
        let classes = width_classes(Evidence::Events);
        let label = |events| classes.iter().find(|(px, _)| *px == width(events)).expect("a class").1;
        assert_eq!([0, 1, 2, 3].map(label), ["No linked event", "1 event", "2–3 events", "2–3 events"]);
        assert_eq!([4, 7, 8, 90].map(label), ["4–7 events", "4–7 events", "8–15 events", "32 events and more"]);
    }

    #[test]
    fn unknown_mass_is_the_thinnest_and_not_zero() {
        let unknown = EvidenceTotals { events: 3, events_without_mass: 3, ..EvidenceTotals::default() };
        let small = EvidenceTotals { events: 3, events_without_mass: 2, mass_kg: 4.0, reported_years: None };
        assert_eq!(width_px(Some(Evidence::MassKg), &unknown), THINNEST_PX);
        assert_eq!(width_px(Some(Evidence::MassKg), &small), WIDTHS_PX[0]);
        assert_eq!(width_px(Some(Evidence::ReportedYears), &small), THINNEST_PX);
        assert_eq!(width_px(None, &small), PLAIN_PX);
    }
}
