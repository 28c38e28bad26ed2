//! Dates that may be known only to the month or the year, and spans of them.

use std::fmt;
use std::str::FromStr;

/// A calendar date (proleptic Gregorian) known to the year, the month or the day. Orders by its first day, the vaguer one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    year: i16,
    /// 0 when unknown, otherwise 1–12.
    month: u8,
    /// 0 when unknown, otherwise 1–31.
    day: u8,
}

/// Why a text is not a [`PartialDate`] or a [`DateSpan`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateParseError {
    /// Not of the form YYYY, YYYY-MM, YYYY-MM-DD or two of them joined by `/`.
    Form,
    /// The month is not 01–12 or the day is not in that month.
    Calendar,
    /// The end of an interval lies before its begin.
    Reversed,
}

impl fmt::Display for DateParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "a date is written YYYY, YYYY-MM, YYYY-MM-DD or as an interval a/b",
            Self::Calendar => "no such day in the calendar",
            Self::Reversed => "the interval ends before it begins",
        })
    }
}

impl std::error::Error for DateParseError {}

impl PartialDate {
    /// A date known only to the year.
    pub const fn from_year(year: i16) -> Self {
        Self { year, month: 0, day: 0 }
    }

    /// A date from its parts; `None` for the unknown ones. A day needs a month.
    pub fn new(year: i16, month: Option<u8>, day: Option<u8>) -> Result<Self, DateParseError> {
        let month_number = match (month, day) {
            (None, Some(_)) => return Err(DateParseError::Form),
            (None, None) => 0,
            (Some(m @ 1..=12), _) => m,
            (Some(_), _) => return Err(DateParseError::Calendar),
        };
        let day_number = match day {
            None => 0,
            Some(d) if d >= 1 && d <= days_in_month(year, month_number) => d,
            Some(_) => return Err(DateParseError::Calendar),
        };
        Ok(Self { year, month: month_number, day: day_number })
    }

    /// The year.
    pub const fn year(self) -> i16 {
        self.year
    }

    /// The month, 1–12, when known.
    pub const fn month(self) -> Option<u8> {
        if self.month == 0 { None } else { Some(self.month) }
    }

    /// The day of the month, when known.
    pub const fn day(self) -> Option<u8> {
        if self.day == 0 { None } else { Some(self.day) }
    }

    /// The first day it may mean, in days since 1970-01-01.
    pub fn first_day(self) -> i32 {
        days_from_civil(self.year, self.month.max(1), self.day.max(1))
    }

    /// The last day it may mean, in days since 1970-01-01.
    pub fn last_day(self) -> i32 {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in_month(self.year, month) } else { self.day };
        days_from_civil(self.year, month, day)
    }

    /// The full date of a day counted from 1970-01-01.
    pub fn from_days(days: i32) -> Self {
        let (year, month, day) = civil_from_days(days);
        Self { year, month, day }
    }

    /// As written on products: "2023", "May 2023" or "5 May 2023".
    pub fn for_people(self) -> String {
        const MONTHS: [&str; 12] =
            ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        match (self.month(), self.day()) {
            (Some(month), Some(day)) => format!("{day} {} {}", MONTHS[usize::from(month) - 1], self.year),
            (Some(month), None) => format!("{} {}", MONTHS[usize::from(month) - 1], self.year),
            (None, _) => self.year.to_string(),
        }
    }
}

impl fmt::Display for PartialDate {
    /// ISO 8601 with reduced precision.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = DateParseError;

    fn from_str(text: &str) -> Result<Self, DateParseError> {
        fn number<T: FromStr>(part: &str, digits: usize) -> Result<T, DateParseError> {
            if part.len() != digits || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(DateParseError::Form);
            }
            part.parse().map_err(|_| DateParseError::Form)
        }
        let mut parts = text.split('-');
        let year = number::<i16>(parts.next().unwrap_or_default(), 4)?;
        let month = parts.next().map(|part| number::<u8>(part, 2)).transpose()?;
        let day = parts.next().map(|part| number::<u8>(part, 2)).transpose()?;
        if parts.next().is_some() {
            return Err(DateParseError::Form);
        }
        Self::new(year, month, day)
    }
}

/// When something happened: one partial date, or an interval between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DateSpan {
    /// The first date, as stated.
    pub begin: PartialDate,
    /// The last date, as stated; the same as `begin` for a single date.
    pub end: PartialDate,
}

impl DateSpan {
    /// A single date.
    pub const fn single(date: PartialDate) -> Self {
        Self { begin: date, end: date }
    }

    /// First possible day, in days since 1970-01-01.
    pub fn first_day(&self) -> i32 {
        self.begin.first_day()
    }

    /// Last possible day, in days since 1970-01-01.
    pub fn last_day(&self) -> i32 {
        self.end.last_day()
    }

    /// Whether any day it may mean lies within the two days, both included.
    pub fn overlaps_days(&self, first_day: i32, last_day: i32) -> bool {
        self.first_day() <= last_day && self.last_day() >= first_day
    }

    /// As written on products.
    pub fn for_people(&self) -> String {
        if self.begin == self.end { self.begin.for_people() } else { format!("{} – {}", self.begin.for_people(), self.end.for_people()) }
    }
}

impl fmt::Display for DateSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.begin)?;
        if self.begin != self.end {
            write!(f, "/{}", self.end)?;
        }
        Ok(())
    }
}

impl FromStr for DateSpan {
    type Err = DateParseError;

    fn from_str(text: &str) -> Result<Self, DateParseError> {
        let Some((begin, end)) = text.split_once('/') else {
            return Ok(Self::single(text.parse()?));
        };
        let span = Self { begin: begin.parse()?, end: end.parse()? };
        if span.last_day() < span.first_day() {
            return Err(DateParseError::Reversed);
        }
        Ok(span)
    }
}

fn days_in_month(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01, with years counted from 1 March so that the leap day comes last.
fn days_from_civil(year: i16, month: u8, day: u8) -> i32 {
    let shifted_year = i32::from(year) - i32::from(month <= 2);
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let month_from_march = (i32::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i32::from(day) - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil_from_days(days: i32) -> (i16, u8, u8) {
    let shifted = days.clamp(-11_000_000, 11_000_000) + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    (i16::try_from(year).unwrap_or(i16::MAX), u8::try_from(month).unwrap_or(1), u8::try_from(day).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_round_trip_and_span_what_they_may_mean() {
        for text in ["2023", "2023-05", "2023-05-05", "1999-12-31", "2024-02-29"] {
            assert_eq!(text.parse::<PartialDate>().map(|d| d.to_string()), Ok(text.to_owned()));
        }
        let may: PartialDate = "2023-05".parse().expect("valid");
        assert_eq!(PartialDate::from_days(may.first_day()).to_string(), "2023-05-01");
        assert_eq!(PartialDate::from_days(may.last_day()).to_string(), "2023-05-31");
        assert_eq!(PartialDate::from_year(1970).first_day(), 0);
        assert_eq!(PartialDate::from_year(1970).last_day(), 364);
    }

    #[test]
    fn wrong_dates_are_named() {
        for (text, error) in [
            ("", DateParseError::Form),
            ("23", DateParseError::Form),
            ("2023-5", DateParseError::Form),
            ("2023-05-05-01", DateParseError::Form),
            ("2023-13", DateParseError::Calendar),
            ("2023-02-29", DateParseError::Calendar),
            ("+023", DateParseError::Form),
        ] {
            assert_eq!(text.parse::<PartialDate>(), Err(error), "{text}");
        }
        assert_eq!("2023/2021".parse::<DateSpan>(), Err(DateParseError::Reversed));
    }

    #[test]
    fn days_round_trip_over_four_centuries() {
        for days in (-135_000..50_000).step_by(37) {
            assert_eq!(PartialDate::from_days(days).first_day(), days);
        }
    }

    #[test]
    fn intervals_overlap_by_any_possible_day() {
        let span: DateSpan = "2021-03/2021-06-15".parse().expect("valid");
        let day = |text: &str| text.parse::<PartialDate>().expect("valid").first_day();
        assert!(span.overlaps_days(day("2021-06-15"), day("2021-07-01")));
        assert!(!span.overlaps_days(day("2021-06-16"), day("2021-07-01")));
        assert_eq!(span.to_string(), "2021-03/2021-06-15");
    }

    #[test]
    fn products_use_written_months() {
        assert_eq!("2023-05-05".parse::<PartialDate>().map(PartialDate::for_people), Ok("5 May 2023".to_owned()));
    }
}
