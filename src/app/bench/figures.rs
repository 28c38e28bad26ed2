//! Many measurements as a few figures.

use std::time::Duration;

use serde_json::{Value, json};

/// Milliseconds with three decimals: a microsecond is the finest that means anything here.
pub(super) fn ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

/// The time below which this share of them lies; zero for none.
fn quantile(sorted: &[Duration], share: f64) -> Duration {
    let at = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or_default()
}

/// `{"median":…,"p95":…,"p99":…,"max":…}` in milliseconds; `null` when nothing was measured.
pub(super) fn spread(times: impl IntoIterator<Item = Duration>) -> Value {
    let mut sorted: Vec<Duration> = times.into_iter().collect();
    if sorted.is_empty() {
        return Value::Null;
    }
    sorted.sort_unstable();
    let at = |share| ms(quantile(&sorted, share));
    json!({ "median": at(0.5), "p95": at(0.95), "p99": at(0.99), "max": at(1.0) })
}

/// `{"median":…,"max":…,"count":…}` in milliseconds; `null` when nothing was measured.
pub(super) fn median_and_max(times: &[Duration]) -> Value {
    let mut sorted = times.to_vec();
    if sorted.is_empty() {
        return Value::Null;
    }
    sorted.sort_unstable();
    json!({ "median": ms(quantile(&sorted, 0.5)), "max": ms(quantile(&sorted, 1.0)), "count": sorted.len() })
}

/// Frames in a second at the mean interval.
pub(super) fn per_second(intervals: &[Duration]) -> f64 {
    let sum: Duration = intervals.iter().sum();
    if sum.is_zero() { 0.0 } else { (intervals.len() as f64 / sum.as_secs_f64() * 10.0).round() / 10.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let times = (1..=100).map(Duration::from_millis);
        assert_eq!(spread(times), json!({ "median": 50.0, "p95": 95.0, "p99": 99.0, "max": 100.0 }));
        assert_eq!(spread([Duration::from_micros(1_500)])["p99"], json!(1.5));
        assert_eq!(spread([]), Value::Null);
        assert_eq!(per_second(&[Duration::from_millis(10); 4]), 100.0);
    }
}
