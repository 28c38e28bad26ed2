//! Derived values that are made anew only when their inputs change, so that a frame neither sorts nor searches.

use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::Arc;

use crate::analysis::Filter;

/// The value for `key`, made by `make` when the key differs from the one of the frame before. Only the newest value of a name is kept.
///
/// Put `state.dataset_generation` and every other input into the key, see [`filter_key`].
pub fn memo<T: Send + Sync + 'static>(ctx: &egui::Context, name: impl egui::AsIdSalt, key: impl Hash, make: impl FnOnce() -> T) -> Arc<T> {
    let id = egui::Id::unique(("memo", egui::IdSalt::new(name)));
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    let key = hasher.finish();
    if let Some((kept_key, value)) = ctx.data(|data| data.get_temp::<(u64, Arc<T>)>(id))
        && kept_key == key
    {
        return value;
    }
    let value = Arc::new(make());
    ctx.data_mut(|data| data.insert_temp(id, (key, value.clone())));
    value
}

/// A number that differs when the filter differs.
pub fn filter_key(filter: &Filter) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&filter.days, &filter.text, &filter.choices).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Dimension;

    #[test]
    fn a_value_is_made_once_for_a_key() {
        let ctx = egui::Context::default();
        let mut made = 0;
        let mut value = |key: u32| {
            *memo(&ctx, "rows", key, || {
                made += 1;
                key * 10
            })
        };
        assert_eq!([value(1), value(1), value(2), value(2), value(1)], [10, 10, 20, 20, 10]);
        assert_eq!(made, 3);
    }

    #[test]
    fn every_part_of_a_filter_changes_its_key() {
        let empty = Filter::default();
        let mut chosen = Filter::default();
        chosen.choose(Dimension::Group, "kavac");
        let keys = [
            filter_key(&empty),
            filter_key(&chosen),
            filter_key(&Filter { text: "x".to_owned(), ..Filter::default() }),
            filter_key(&Filter { days: Some((0, 1)), ..Filter::default() }),
        ];
        let distinct: std::collections::BTreeSet<_> = keys.into_iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }
}
