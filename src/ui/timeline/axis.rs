//! Dates and quantities along the axes of the timeline.

use egui_plot::{GridInput, GridMark};

use crate::analysis::{BinSize, Measure};
use crate::model::PartialDate;
use crate::ui::widgets::format;

/// A year in days, near enough for the thickness of a mark.
const YEAR_DAYS: f64 = 365.25;

/// Marks in the middle of years, so that their labels stand below the bars; in the middle of months where
/// bars of months have room for them.
#[expect(clippy::needless_pass_by_value, reason = "the plot asks for this signature")]
pub(super) fn date_marks(input: GridInput, bars: BinSize) -> Vec<GridMark> {
    let (begin, end) = input.bounds;
    let year_of = |days: f64| i32::from(PartialDate::from_days(days.clamp(-700_000.0, 11_000_000.0) as i32).year());
    let (first, last) = (year_of(begin), year_of(end));
    let mark = |year: i32, month: Option<u8>, step_size: f64| {
        let date = PartialDate::new(i16::try_from(year).ok()?, month, None).ok()?;
        let value = f64::midpoint(f64::from(date.first_day()), f64::from(date.last_day()));
        // A label beside the edge would be cut off.
        let room = (end - begin) * if month.is_some() { 0.025 } else { 0.015 };
        (begin + room <= value && value + room <= end).then_some(GridMark { value, step_size })
    };
    let length = (end - begin) / YEAR_DAYS;
    if bars == BinSize::Year || length > 4.5 {
        let step = year_step(last - first);
        let years = (first - first.rem_euclid(step)..=last).step_by(step as usize);
        return years.filter_map(|year| mark(year, None, YEAR_DAYS * f64::from(step))).collect();
    }
    let months: u8 = if length > 1.7 { 3 } else { 1 };
    let of_year = |year: i32| (1..=12_u8).step_by(usize::from(months)).map(move |month| (year, month));
    (first..=last).flat_map(of_year).filter_map(|(year, month)| mark(year, Some(month), YEAR_DAYS / 12.0 * f64::from(months))).collect()
}

/// Years between two marks, so that about a dozen stand side by side.
fn year_step(years: i32) -> i32 {
    [1, 2, 5, 10, 20, 50, 100].into_iter().find(|step| years / step <= 24).unwrap_or(500)
}

/// Two or three round values above zero, so that all of them have room for a label in a low panel.
#[expect(clippy::needless_pass_by_value, reason = "the plot asks for this signature")]
pub(super) fn value_marks(input: GridInput) -> Vec<GridMark> {
    let highest = input.bounds.1;
    if !highest.is_finite() || highest <= 0.0 {
        return Vec::new();
    }
    let least = highest / 3.0;
    let unit = 10_f64.powf(least.log10().floor());
    let factor = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().find(|factor| factor * unit >= least * 0.999);
    let step_size = factor.unwrap_or(10.0) * unit;
    (0..4).map(|index| f64::from(index) * step_size).filter(|value| *value <= highest).map(|value| GridMark { value, step_size }).collect()
}

/// "2023", or "Apr 2023" for marks of months.
pub(super) fn date_label(days: f64, step_size: f64) -> String {
    let date = PartialDate::from_days(days.round() as i32);
    match date.month() {
        Some(month) if step_size < 300.0 => {
            const SHORT: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
            format!("{} {}", SHORT[usize::from(month) - 1], date.year())
        }
        _ => date.year().to_string(),
    }
}

/// A quantity in the unit of the whole axis (tonnes when it reaches 10 t), or a number of events.
pub(super) fn value_label(value: f64, axis_end: f64, measure: Measure) -> String {
    if value < 0.0 {
        return String::new();
    }
    match measure {
        Measure::Mass if axis_end >= 10_000.0 => format!("{}\u{a0}t", format::kilograms(value / 1_000.0)),
        Measure::Mass => format!("{}\u{a0}kg", format::kilograms(value)),
        // Between whole events there is nothing to say.
        Measure::Events if value.fract() != 0.0 => String::new(),
        Measure::Events => format::count(value as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(first_year: i16, last_year: i16) -> Vec<String> {
        let day = |year| f64::from(PartialDate::from_year(year).first_day());
        let input = GridInput { bounds: (day(first_year), day(last_year)), base_step_size: 1.0 };
        date_marks(input, BinSize::Month).into_iter().map(|mark| date_label(mark.value, mark.step_size)).collect()
    }

    #[test]
    fn long_spans_are_marked_by_round_years() {
        assert_eq!(marks(1993, 2025)[..3], ["1994", "1996", "1998"]);
        assert_eq!(marks(2010, 2015), ["2010", "2011", "2012", "2013", "2014"]);
        assert_eq!(marks(2020, 2023)[..3], ["Apr 2020", "Jul 2020", "Oct 2020"]);
        assert_eq!(marks(2020, 2021)[..2], ["Jan 2020", "Feb 2020"]);
    }

    #[test]
    fn few_round_values_are_marked() {
        let values = |highest| {
            let marks = value_marks(GridInput { bounds: (0.0, highest), base_step_size: 1.0 });
            marks.into_iter().map(|mark| mark.value).collect::<Vec<_>>()
        };
        assert_eq!(values(59_000.0), [0.0, 20_000.0, 40_000.0]);
        assert_eq!(values(3.0), [0.0, 1.0, 2.0, 3.0]);
        assert!(values(0.0).is_empty() && values(f64::NAN).is_empty());
    }

    #[test]
    fn the_axis_keeps_one_unit() {
        assert_eq!(value_label(500.0, 9_000.0, Measure::Mass), "500\u{a0}kg");
        assert_eq!(value_label(5_000.0, 20_000.0, Measure::Mass), "5\u{a0}t");
        assert_eq!(value_label(1.5, 4.0, Measure::Events), "");
        assert_eq!(value_label(2.0, 4.0, Measure::Events), "2");
    }
}
