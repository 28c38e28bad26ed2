//! Derived values of large files: made beside the window, so that no frame waits for them.

use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::{Arc, Mutex, PoisonError};

use super::memo;
use crate::state::AppState;

/// With more records than this, values are made beside the window; with fewer they are there at once.
pub const MANY_RECORDS: usize = 20_000;

type Job = Box<dyn FnOnce() + Send>;

/// Who does work beside the window: takes a name and the work; newer work of a name takes the place of what still waits.
#[derive(Clone)]
pub struct Beside(Arc<dyn Fn(u64, Job) + Send + Sync>);

fn beside_id() -> egui::Id {
    egui::Id::unique("work beside the window")
}

/// Says who does work beside the window. Without anyone everything is done at once.
pub fn work_beside(ctx: &egui::Context, ask: impl Fn(u64, Job) + Send + Sync + 'static) {
    ctx.data_mut(|data| data.insert_temp(beside_id(), Beside(Arc::new(ask))));
}

/// The newest value of a name that is finished, and what it was made for.
struct Slot<T> {
    done: Option<(u64, u64, Arc<T>)>,
    asked: Option<u64>,
}

/// The value for `key`, as [`memo`] has it. In a large file it is made beside the window: until it is there, the value before it stands in
/// if it is of the same records, and otherwise there is none.
///
/// `key` need not hold the generation of the records.
pub fn later<T: Send + Sync + 'static>(
    ctx: &egui::Context,
    state: &AppState,
    name: impl egui::AsIdSalt,
    key: impl Hash,
    make: impl FnOnce(&AppState) -> T + Send + 'static,
) -> Option<Arc<T>> {
    let beside = if state.dataset.record_count() > MANY_RECORDS { ctx.data(|data| data.get_temp::<Beside>(beside_id())) } else { None };
    let Some(beside) = beside else {
        return Some(memo(ctx, name, (state.dataset_generation, key), || make(state)));
    };
    let id = egui::Id::unique(("later", egui::IdSalt::new(name)));
    let generation = state.dataset_generation;
    let key = hashed((generation, key));
    let slot = ctx.data_mut(|data| {
        let new = || Arc::new(Mutex::new(Slot::<T> { done: None, asked: None }));
        data.get_temp_mut_or_insert_with::<Arc<Mutex<Slot<T>>>>(id, new).clone()
    });
    let mut held = slot.lock().unwrap_or_else(PoisonError::into_inner);
    let value = held.done.as_ref().filter(|(of, _, _)| *of == generation).map(|(_, key, value)| (*key, value.clone()));
    if value.as_ref().is_none_or(|(of, _)| *of != key) && held.asked != Some(key) {
        held.asked = Some(key);
        let (snapshot, slot) = (state.clone(), slot.clone());
        let job = Box::new(move || {
            let value = Arc::new(make(&snapshot));
            let mut held = slot.lock().unwrap_or_else(PoisonError::into_inner);
            held.done = Some((generation, key, value));
        });
        (beside.0)(id.value(), job);
    }
    value.map(|(_, value)| value)
}

fn hashed(key: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DatasetBuilder, Origin, Record, Route};

    fn large_state() -> AppState {
        let mut builder = DatasetBuilder::new();
        for number in 0..=MANY_RECORDS {
            builder.add(Record::Route(Route::new(format!("r{number}").into(), Origin::NEW))).expect("a new id");
        }
        let mut state = AppState::new();
        state.dataset = Arc::new(builder.finish());
        state.dataset_generation = 1;
        state
    }

    #[test]
    fn the_value_before_stands_in_until_the_new_one_is_there() {
        let ctx = egui::Context::default();
        let waiting: Arc<Mutex<Vec<Job>>> = Arc::default();
        let desk = waiting.clone();
        work_beside(&ctx, move |_, job| desk.lock().expect("free").push(job));
        let work = || std::mem::take(&mut *waiting.lock().expect("free")).into_iter().for_each(|job| job());
        let mut state = large_state();
        let value = |state: &AppState, key: u32| later(&ctx, state, "double", key, move |_| key * 2).map(|value| *value);
        assert_eq!(value(&state, 1), None);
        assert_eq!((value(&state, 1), waiting.lock().expect("free").len()), (None, 1), "it is asked for once");
        work();
        assert_eq!((value(&state, 1), value(&state, 5)), (Some(2), Some(2)));
        work();
        assert_eq!(value(&state, 5), Some(10));
        state.dataset_generation = 2;
        assert_eq!(value(&state, 5), None, "values of other records do not stand in");
    }

    #[test]
    fn small_files_and_windows_without_help_wait_for_no_one() {
        let ctx = egui::Context::default();
        assert_eq!(later(&ctx, &large_state(), "a", 1, |_| 7).map(|value| *value), Some(7));
        work_beside(&ctx, |_, _| panic!("nothing to do"));
        assert_eq!(later(&ctx, &AppState::new(), "a", 1, |_| 7).map(|value| *value), Some(7));
    }
}
