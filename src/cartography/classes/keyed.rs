//! Classes for values without an order: the words of files, such as group ids and modes. Those that occur most often in the whole
//! dataset have a class each, so that no filter moves a class or its color.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Dataset, FeatureKind, KnownRouteMode, Route, RouteMode};

/// Values with a class of their own: as many as a palette for color-blind readers holds.
pub(super) const MAX_CLASSES: usize = 8;

/// One value with its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeyClass {
    /// The word in the files.
    pub(super) key: Arc<str>,
    /// The words for people.
    pub(super) label: String,
    /// Index into the colors for classes without an order.
    pub(super) color_slot: usize,
}

/// The values of one property in their classes: those of their own, then "other", then "not stated".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct KeyedClasses {
    pub(super) own: Vec<KeyClass>,
    /// Values that share the class "other", in the order of their numbers of records.
    pub(super) others: Vec<Arc<str>>,
    /// Values that give way to another one of the same record: labels whose use is contested.
    yielding: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, usize>,
    /// Whether some record has several values: its color can only say one.
    pub(super) some_have_several: bool,
}

impl KeyedClasses {
    /// The groups that corridors and seizures name.
    pub(super) fn groups(dataset: &Dataset) -> Self {
        let of_routes = dataset.routes.iter().map(|route| &route.groups);
        let named = of_routes.chain(dataset.seizures.iter().map(|seizure| &seizure.groups)).filter(|groups| !groups.is_empty());
        let mut counts = HashMap::new();
        let mut some_have_several = false;
        for groups in named {
            some_have_several |= groups.len() > 1;
            groups.iter().for_each(|id| *counts.entry(id.clone()).or_insert(0) += 1);
        }
        let group = |id: &str| dataset.find(FeatureKind::Group, id).and_then(|found| dataset.groups.get(found.at()));
        let contested = |id: &str| group(id).is_some_and(|group| group.contested);
        let sorted = by_count(counts);
        let yielding = sorted.iter().filter(|id| contested(id)).cloned().collect();
        let name = |id: &Arc<str>| group(id).and_then(|group| group.name.clone()).unwrap_or_else(|| id.clone());
        // Contested labels come last, so that the strongest colors are for what is named firmly.
        let mut chosen: Vec<Arc<str>> = sorted.iter().take(MAX_CLASSES).cloned().collect();
        chosen.sort_by_key(|id| contested(id));
        let names: Vec<Arc<str>> = chosen.iter().map(name).collect();
        let own = chosen.iter().zip(&names).enumerate().map(|(color_slot, (id, name))| {
            let short = without_remark(name);
            let unique = names.iter().filter(|other| without_remark(other) == short).count() == 1;
            let label = if unique { short } else { name };
            let label = if contested(id) { format!("“{label}”, contested label") } else { label.to_owned() };
            KeyClass { key: id.clone(), label, color_slot }
        });
        let own = own.collect();
        Self::new(own, sorted.iter().skip(MAX_CLASSES).cloned().collect(), yielding, some_have_several)
    }

    /// How loads travel. The standard modes keep their colors in every dataset; other words take what those that do not occur leave.
    pub(super) fn modes(dataset: &Dataset) -> Self {
        let mut counts: HashMap<Arc<str>, usize> = HashMap::new();
        for mode in dataset.routes.iter().filter_map(|route| route.mode.as_ref()) {
            *counts.entry(mode.0.clone()).or_default() += 1;
        }
        let occurs = |mode: &KnownRouteMode| counts.contains_key(mode.key());
        let taken: Vec<usize> = KnownRouteMode::ALL.iter().enumerate().filter(|(_, mode)| occurs(mode)).map(|(slot, _)| slot).collect();
        let mut own: Vec<KeyClass> = taken
            .iter()
            .map(|slot| KnownRouteMode::ALL[*slot])
            .zip(&taken)
            .map(|(mode, slot)| KeyClass { key: Arc::from(mode.key()), label: mode.label().to_owned(), color_slot: *slot })
            .collect();
        let mut words = by_count(counts);
        words.retain(|word| KnownRouteMode::from_key(word).is_none());
        let free: Vec<usize> = (0..MAX_CLASSES).filter(|slot| !taken.contains(slot)).collect();
        let others = words.split_off(words.len().min(free.len()));
        own.extend(words.into_iter().zip(free).map(|(key, color_slot)| KeyClass {
            label: capitalized(&RouteMode(key.clone()).label()),
            key,
            color_slot,
        }));
        Self::new(own, others, Vec::new(), false)
    }

    fn new(own: Vec<KeyClass>, others: Vec<Arc<str>>, yielding: Vec<Arc<str>>, some_have_several: bool) -> Self {
        let numbers = own.iter().enumerate().map(|(number, class)| (class.key.clone(), number)).collect();
        Self { own, others, yielding, numbers, some_have_several }
    }

    /// The class of values that have none of their own.
    pub(super) fn other(&self) -> usize {
        self.own.len()
    }

    /// The class of records that state nothing.
    pub(super) fn not_stated(&self) -> usize {
        self.own.len() + 1
    }

    /// The class of a record with these values. Of several the one with the lowest class counts, and a contested label only when there
    /// is nothing else.
    pub(super) fn of(&self, keys: &[Arc<str>]) -> usize {
        let class = |key: &Arc<str>| self.numbers.get(key).copied().unwrap_or(self.other());
        let firm = keys.iter().filter(|key| !self.yielding.contains(key)).map(class).min();
        firm.or_else(|| keys.iter().map(class).min()).unwrap_or(self.not_stated())
    }

    /// The class of a corridor by its mode.
    pub(super) fn of_mode(&self, route: &Route) -> usize {
        route.mode.as_ref().map_or(self.not_stated(), |mode| self.of(std::slice::from_ref(&mode.0)))
    }
}

/// The keys, those with most records first, then in alphabetical order.
fn by_count(counts: HashMap<Arc<str>, usize>) -> Vec<Arc<str>> {
    let mut sorted: Vec<(Arc<str>, usize)> = counts.into_iter().collect();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sorted.into_iter().map(|(key, _)| key).collect()
}

/// "Vigo port extraction crew (Operation Leyden)" without what stands in brackets: a legend has little room.
fn without_remark(name: &str) -> &str {
    match name.split_once(" (") {
        Some((before, after)) if after.ends_with(')') && !before.trim().is_empty() => before.trim(),
        _ => name,
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cartography::test_data::small_dataset;
    use crate::model::{Group, GroupKind, Origin, SeizureEvent};

    fn group(id: &str, contested: bool) -> Group {
        Group {
            id: id.into(),
            name: Some(format!("Name of {id}").into()),
            group_kind: Some(GroupKind::BalkanCell),
            home_country: None,
            home_place: None,
            active_since: None,
            contested,
            sources: Vec::new(),
            note: None,
            position: None,
            extra: None,
            provenance: Origin::default(),
        }
    }

    /// A dataset whose seizures name these groups, one list a seizure.
    pub(in crate::cartography) fn naming(lists: &[&[&str]], groups: &[(&str, bool)]) -> Dataset {
        use crate::model::{DatasetBuilder, Record};
        let mut builder = DatasetBuilder::new();
        for (id, contested) in groups {
            builder.add(Record::Group(group(id, *contested))).expect("new");
        }
        for (index, list) in lists.iter().enumerate() {
            let groups = list.iter().map(|id| Arc::from(*id)).collect();
            let mut event = SeizureEvent::new(format!("s{index}").into(), Origin::default());
            event.groups = groups;
            builder.add(Record::Seizure(event)).expect("new");
        }
        builder.finish()
    }

    fn ids(words: &[&str]) -> Vec<Arc<str>> {
        words.iter().map(|word| Arc::from(*word)).collect()
    }

    #[test]
    fn a_named_cell_counts_before_a_contested_label_however_frequent() {
        let classes = KeyedClasses::groups(&naming(
            &[&["label"], &["label"], &["label", "cell"], &["cell"], &["stranger"]],
            &[("cell", false), ("label", true)],
        ));
        let labels: Vec<&str> = classes.own.iter().map(|class| class.label.as_str()).collect();
        assert_eq!(labels, ["Name of cell", "stranger", "“Name of label”, contested label"]);
        assert_eq!(classes.of(&ids(&["label", "cell"])), 0);
        assert_eq!(classes.of(&ids(&["label", "never seen"])), classes.other());
        assert_eq!(classes.of(&ids(&["label"])), 2);
        assert_eq!(classes.of(&ids(&["stranger"])), 1, "an id that no record has is shown as written");
        assert_eq!(classes.of(&ids(&["never seen"])), classes.other());
        assert_eq!(classes.of(&[]), classes.not_stated());
        assert!(classes.some_have_several);
    }

    #[test]
    fn a_remark_in_a_name_is_left_out_unless_two_names_differ_by_it() {
        assert_eq!(without_remark("Port crew (Operation A)"), "Port crew");
        assert_eq!(without_remark("(unnamed)"), "(unnamed)");
        let mut dataset = naming(&[&["a"], &["b"]], &[("a", false), ("b", false)]);
        dataset.groups = [("a", "Crew (2019)"), ("b", "Crew (2021)")]
            .into_iter()
            .map(|(id, name)| Group { name: Some(name.into()), ..group(id, false) })
            .collect();
        let labels: Vec<String> = KeyedClasses::groups(&dataset).own.into_iter().map(|class| class.label).collect();
        assert_eq!(labels, ["Crew (2019)", "Crew (2021)"]);
    }

    #[test]
    fn more_groups_than_colors_share_the_last_class() {
        let names: Vec<String> = (0..12).map(|n| format!("g{n:02}")).collect();
        // g00 is named once, g11 twelve times.
        let lists: Vec<Vec<&str>> = (0..12).flat_map(|n| vec![vec![names[n].as_str()]; n + 1]).collect();
        let lists: Vec<&[&str]> = lists.iter().map(Vec::as_slice).collect();
        let classes = KeyedClasses::groups(&naming(&lists, &[]));
        assert_eq!(classes.own.len(), MAX_CLASSES);
        assert_eq!((&*classes.own[0].key, &*classes.own[7].key), ("g11", "g04"));
        assert_eq!(classes.others, ids(&["g03", "g02", "g01", "g00"]));
        assert_eq!(classes.of(&ids(&["g00"])), classes.other());
    }

    #[test]
    fn words_for_modes_that_are_not_standard_take_free_colors() {
        let mut dataset = small_dataset();
        let template = dataset.routes[0].clone();
        for (index, word) in ["sea", "sea", "air", "land_bridge"].into_iter().enumerate() {
            dataset.put_route(Route { id: format!("r{index}").into(), mode: Some(RouteMode(Arc::from(word))), ..template.clone() });
        }
        let classes = KeyedClasses::modes(&dataset);
        let found: Vec<(&str, usize)> = classes.own.iter().map(|class| (class.label.as_str(), class.color_slot)).collect();
        assert_eq!(found, [("Container", 0), ("Yacht", 2), ("Sea", 1), ("Air", 3), ("Land bridge", 4)]);
        assert_eq!(classes.of_mode(&Route { mode: None, ..template }), classes.not_stated());
    }
}
