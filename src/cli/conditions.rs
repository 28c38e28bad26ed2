//! `--from`, `--to` and `--where` become a filter.

use anyhow::{Context as _, bail};

use super::args::FilterArgs;
use crate::analysis::{Dimension, FacetCount, Filter, Links, NOT_STATED, evaluate, facets};
use crate::cartography::data_as_of;
use crate::model::{Dataset, PartialDate, fold_for_search};

/// Words that mean "states nothing".
const NOTHING: [&str; 3] = ["not-stated", "not stated", "unknown"];
/// How many values a message lists.
const LISTED_VALUES: usize = 12;

/// The filter that the arguments describe.
///
/// # Errors
/// When a date or a condition cannot be read, or its value occurs nowhere in the data.
pub(super) fn filter_from(args: &FilterArgs, dataset: &Dataset, links: &Links) -> anyhow::Result<Filter> {
    let mut filter = Filter { days: days(args, dataset)?, ..Filter::default() };
    let matches = evaluate(dataset, links, &Filter::default());
    for condition in &args.conditions {
        let (key, value) =
            condition.split_once('=').with_context(|| format!("--where {condition}: write it as KEY=VALUE, for example group=kavac"))?;
        let dimension = Dimension::from_key(key.trim()).filter(|dimension| Dimension::CHOICES.contains(dimension)).with_context(|| {
            let keys: Vec<_> = Dimension::CHOICES.iter().map(|dimension| dimension.key()).collect();
            format!("--where {condition}: no such key, use one of {}", keys.join(", "))
        })?;
        let choices = facets(dataset, links, &matches, dimension);
        let keys = matching_keys(&choices, value.trim());
        if keys.is_empty() {
            let known: Vec<&str> = choices.iter().take(LISTED_VALUES).map(|choice| shown_key(&choice.key)).collect();
            let more = choices.len().saturating_sub(LISTED_VALUES);
            let rest = if more == 0 { String::new() } else { format!(" and {more} more") };
            bail!("--where {condition}: no {key} like that in the data; there is {}{rest}", known.join(", "));
        }
        for key in keys {
            filter.choose(dimension, key);
        }
    }
    Ok(filter)
}

fn shown_key(key: &str) -> &str {
    if key == NOT_STATED { NOTHING[0] } else { key }
}

/// The one key with this id or name, otherwise all whose id or name contains the text.
fn matching_keys<'a>(choices: &'a [FacetCount], value: &str) -> Vec<&'a str> {
    let wanted = fold_for_search(value);
    if NOTHING.contains(&wanted.as_str()) {
        return choices.iter().filter(|choice| &*choice.key == NOT_STATED).map(|choice| &*choice.key).collect();
    }
    let exact = choices.iter().find(|choice| fold_for_search(&choice.key) == wanted || fold_for_search(&choice.label) == wanted);
    if let Some(choice) = exact {
        return vec![&*choice.key];
    }
    let holds = |choice: &&FacetCount| {
        !wanted.is_empty()
            && &*choice.key != NOT_STATED
            && (fold_for_search(&choice.key).contains(&wanted) || fold_for_search(&choice.label).contains(&wanted))
    };
    choices.iter().filter(holds).map(|choice| &*choice.key).collect()
}

/// The period in days; an open end reaches as far as the data.
fn days(args: &FilterArgs, dataset: &Dataset) -> anyhow::Result<Option<(i32, i32)>> {
    let read = |name: &str, text: &Option<String>| -> anyhow::Result<Option<PartialDate>> {
        text.as_deref().map(|text| text.trim().parse().with_context(|| format!("{name} {text}"))).transpose()
    };
    let (from, to) = (read("--from", &args.from)?, read("--to", &args.to)?);
    if from.is_none() && to.is_none() {
        return Ok(None);
    }
    let events = dataset.seizures.iter().filter_map(|seizure| seizure.event_date).map(|span| span.begin);
    let earliest = events.chain(dataset.routes.iter().filter_map(|route| route.first_reported)).min();
    let first = from.or(earliest).map_or(0, PartialDate::first_day);
    // An open end reaches at least to the begin: a period after all data is empty, not the last day of the data.
    let last = to.map_or_else(|| data_as_of(dataset).map_or(first, PartialDate::last_day).max(first), PartialDate::last_day);
    if from.is_some() && to.is_some() && last < first {
        bail!("--to lies before --from");
    }
    Ok(Some((first.min(last), last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(key: &str, label: &str) -> FacetCount {
        FacetCount { key: key.into(), label: label.to_owned(), matching: 1, total: 1 }
    }

    #[test]
    fn values_match_by_id_name_or_part() {
        let choices = [
            choice("kavac", "Kavač clan"),
            choice("kavac-allies", "Kavač allies"),
            choice("tito-dino", "Tito and Dino"),
            choice("", "No group"),
        ];
        assert_eq!(matching_keys(&choices, "kavac"), ["kavac"]);
        assert_eq!(matching_keys(&choices, "KAVAČ CLAN"), ["kavac"]);
        assert_eq!(matching_keys(&choices, "kava"), ["kavac", "kavac-allies"]);
        assert_eq!(matching_keys(&choices, "not stated"), [""]);
        assert!(matching_keys(&choices, "nobody").is_empty() && matching_keys(&choices, "").len() <= 1);
    }

    #[test]
    fn dates_reach_to_the_end_of_what_they_name() {
        let args = FilterArgs { from: Some("2019".to_owned()), to: Some("2021-02".to_owned()), conditions: Vec::new() };
        let days = days(&args, &Dataset::default()).expect("valid").expect("set");
        assert_eq!(
            (PartialDate::from_days(days.0).to_string(), PartialDate::from_days(days.1).to_string()),
            ("2019-01-01".into(), "2021-02-28".into())
        );
        let later = FilterArgs { from: Some("2030".to_owned()), to: None, conditions: Vec::new() };
        let days_later = super::days(&later, &Dataset::default()).expect("valid").expect("set");
        assert_eq!(PartialDate::from_days(days_later.0).to_string(), "2030-01-01", "not moved to the end of the data");
        let reversed = FilterArgs { from: Some("2021".to_owned()), to: Some("2019".to_owned()), conditions: Vec::new() };
        assert!(super::days(&reversed, &Dataset::default()).is_err());
    }
}
