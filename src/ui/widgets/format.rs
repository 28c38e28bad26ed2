//! Numbers, masses and dates as people read them.

use crate::geodesy::LonLat;
use crate::model::PartialDate;

/// Between groups of three digits.
const THIN_SPACE: char = '\u{2009}';
/// Joins a number and its unit.
const NO_BREAK_SPACE: char = '\u{a0}';

/// What stands where a record says nothing.
pub const MISSING: &str = "—";

/// A whole number with thin spaces between the thousands: "12 345".
pub fn count(number: usize) -> String {
    grouped(&number.to_string())
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(THIN_SPACE);
        }
        text.push(digit);
    }
    text
}

/// Kilograms with as many decimals as matter: "0.5", "1 234".
pub fn kilograms(mass_kg: f64) -> String {
    let rounded = mass_kg.round();
    if mass_kg.abs() < 10.0 && (mass_kg - rounded).abs() > 0.005 {
        return format!("{mass_kg:.1}");
    }
    let sign = if rounded < 0.0 { "−" } else { "" };
    format!("{sign}{}", grouped(&format!("{:.0}", rounded.abs())))
}

/// One mass: "1 234 kg".
pub fn mass(mass_kg: f64) -> String {
    format!("{}{NO_BREAK_SPACE}kg", kilograms(mass_kg))
}

/// A sum of masses: tonnes with one decimal from 10 t on, "298.5 t", else as [`mass`].
pub fn mass_total(mass_kg: f64) -> String {
    if mass_kg.abs() < 10_000.0 {
        return mass(mass_kg);
    }
    let tenths = format!("{:.1}", mass_kg / 1_000.0);
    let (whole, decimal) = tenths.split_once('.').unwrap_or((&tenths, "0"));
    format!("{}.{decimal}{NO_BREAK_SPACE}t", grouped(whole))
}

/// A length: "0.4 km", "12 km", "1 240 km".
pub fn kilometers(length_m: f64) -> String {
    let km = length_m / 1000.0;
    let number = if km < 9.95 { format!("{km:.1}") } else { grouped(&format!("{km:.0}")) };
    format!("{number}{NO_BREAK_SPACE}km")
}

/// A position: "42.093° N, 19.092° E".
pub fn position(at: LonLat) -> String {
    let half = |degrees: f64, names: [&str; 2]| format!("{:.3}°{NO_BREAK_SPACE}{}", degrees.abs(), names[usize::from(degrees < 0.0)]);
    format!("{}, {}", half(at.lat_deg, ["N", "S"]), half(at.lon_deg, ["E", "W"]))
}

/// A length at sea: "1 234 nm · 2 285 km"; one decimal below a hundred.
pub fn distance(length_m: f64) -> String {
    let number = |value: f64| if value < 99.95 { format!("{value:.1}") } else { count(value.round() as usize) };
    let (nm, km) = (length_m / 1_852.0, length_m / 1_000.0);
    format!("{}{NO_BREAK_SPACE}nm · {}{NO_BREAK_SPACE}km", number(nm), number(km))
}

/// A duration: "3.7 days", below two days in hours.
pub fn days(days: f64) -> String {
    if days < 2.0 { format!("{:.0}{NO_BREAK_SPACE}h", days * 24.0) } else { format!("{days:.1}{NO_BREAK_SPACE}days") }
}

/// A scale: "1:24 000 000", rounded to two digits.
pub fn scale(denominator: f64) -> String {
    if !denominator.is_finite() || denominator < 1.0 {
        return MISSING.to_owned();
    }
    let unit = 10_f64.powf(denominator.log10().floor() - 1.0).max(1.0);
    format!("1:{}", grouped(&format!("{:.0}", (denominator / unit).round() * unit)))
}

/// A count with its noun: "1 finding", "3 findings".
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{}{NO_BREAK_SPACE}{}", count(number), if number == 1 { one } else { many })
}

/// A day counted from 1970-01-01: "5 May 2023".
pub fn day(days: i32) -> String {
    PartialDate::from_days(days).for_people()
}

/// A period of days, both included, as short as it is exact: "2019–2021", "2023", "5 May 2023 – 7 May 2023".
pub fn period(first_day: i32, last_day: i32) -> String {
    let (first, last) = (PartialDate::from_days(first_day), PartialDate::from_days(last_day));
    let (first_year, last_year) = (PartialDate::from_year(first.year()), PartialDate::from_year(last.year()));
    if first_day == last_day {
        first.for_people()
    } else if first_day != first_year.first_day() || last_day != last_year.last_day() {
        format!("{} – {}", first.for_people(), last.for_people())
    } else if first_year == last_year {
        first_year.for_people()
    } else {
        format!("{}–{}", first_year.for_people(), last_year.for_people())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_by_thin_spaces() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_234_567), "1\u{2009}234\u{2009}567");
        assert_eq!(mass(1_234.0), "1\u{2009}234\u{a0}kg");
        assert_eq!((kilometers(440.0), kilometers(1_240_400.0)), ("0.4\u{a0}km".to_owned(), "1\u{2009}240\u{a0}km".to_owned()));
        assert_eq!(position(LonLat::new(-46.3, 42.0)), "42.000°\u{a0}N, 46.300°\u{a0}W");
        assert_eq!(mass(0.5), "0.5\u{a0}kg");
        assert_eq!(mass(-1_500.0), "−1\u{2009}500\u{a0}kg");
    }

    #[test]
    fn totals_turn_to_tonnes_at_ten() {
        assert_eq!(mass_total(9_999.0), "9\u{2009}999\u{a0}kg");
        assert_eq!(mass_total(10_000.0), "10.0\u{a0}t");
        assert_eq!(mass_total(298_512.0), "298.5\u{a0}t");
        assert_eq!(mass_total(1_298_560.0), "1\u{2009}298.6\u{a0}t");
    }

    #[test]
    fn distances_and_durations_read_as_at_sea() {
        assert_eq!(distance(1_852.0 * 12.34), "12.3\u{a0}nm · 22.9\u{a0}km");
        assert_eq!(distance(1_852.0 * 5_432.1), "5\u{2009}432\u{a0}nm · 10\u{2009}060\u{a0}km");
        assert_eq!((days(16.25), days(0.5)), ("16.2\u{a0}days".to_owned(), "12\u{a0}h".to_owned()));
    }

    #[test]
    fn scales_are_rounded_to_what_a_reader_needs() {
        assert_eq!(scale(23_987_654.0), "1:24\u{2009}000\u{2009}000");
        assert_eq!(scale(7.0), "1:7");
        assert_eq!(scale(f64::NAN), MISSING);
    }

    #[test]
    fn whole_years_are_written_as_years() {
        let (first, last) = (PartialDate::from_year(2019).first_day(), PartialDate::from_year(2021).last_day());
        assert_eq!(period(first, last), "2019–2021");
        assert_eq!(period(PartialDate::from_year(2021).first_day(), last), "2021");
        assert_eq!(period(0, 0), "1 January 1970");
        assert_eq!(period(0, 40), "1 January 1970 – 10 February 1970");
        assert_eq!(counted(1, "finding", "findings"), "1\u{a0}finding");
    }
}
