//! A worker for many small results: of the requests with one name only the newest counts.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::Wake;

/// Work that leaves its result where it was asked for.
type Job = Box<dyn FnOnce() + Send>;

struct Shared {
    slots: Mutex<Slots>,
    changed: Condvar,
}

#[derive(Default)]
struct Slots {
    /// As many as there are names at most.
    waiting: VecDeque<(u64, Job)>,
    working: bool,
    closed: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Slots> {
        // The slots are plain values that are never left half changed.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One named thread that works on requests in their order.
pub struct NamedWorker {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl NamedWorker {
    /// Starts the thread; it calls `wake` after each job.
    ///
    /// # Errors
    /// The operating system refused another thread.
    pub fn spawn(name: &str, wake: Wake) -> std::io::Result<Self> {
        let shared = Arc::new(Shared { slots: Mutex::default(), changed: Condvar::new() });
        let for_thread = shared.clone();
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || serve(&for_thread, &wake))?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Hands out the right to ask for work.
    pub fn desk(&self) -> JobDesk {
        JobDesk(self.shared.clone())
    }

    /// Whether anything waits or is being worked on.
    pub fn is_busy(&self) -> bool {
        let slots = self.shared.lock();
        slots.working || !slots.waiting.is_empty()
    }
}

impl Drop for NamedWorker {
    fn drop(&mut self) {
        let mut slots = self.shared.lock();
        slots.closed = true;
        slots.waiting.clear();
        drop(slots);
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            // Panics are caught in the thread.
            drop(thread.join());
        }
    }
}

/// Where work is asked for; cheap to copy.
#[derive(Clone)]
pub struct JobDesk(Arc<Shared>);

impl JobDesk {
    /// Asks for work; a request of the same name that still waits is replaced where it stands.
    pub fn ask(&self, name: u64, job: Box<dyn FnOnce() + Send>) {
        let mut slots = self.0.lock();
        match slots.waiting.iter_mut().find(|(other, _)| *other == name) {
            Some(slot) => slot.1 = job,
            None => slots.waiting.push_back((name, job)),
        }
        drop(slots);
        self.0.changed.notify_one();
    }
}

fn serve(shared: &Shared, wake: &Wake) {
    loop {
        let mut slots = shared.lock();
        let job = loop {
            if slots.closed {
                return;
            }
            if let Some((_, job)) = slots.waiting.pop_front() {
                slots.working = true;
                break job;
            }
            slots = shared.changed.wait(slots).unwrap_or_else(PoisonError::into_inner);
        };
        drop(slots);
        // Work that panics leaves no result; the rest goes on.
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
        drop(outcome);
        shared.lock().working = false;
        wake();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;

    #[test]
    fn of_one_name_the_newest_counts_and_a_panic_costs_one_result() {
        let (results, got) = sync_channel(16);
        let (release, held) = sync_channel::<()>(1);
        let worker = NamedWorker::spawn("test", Arc::new(|| {})).expect("a thread");
        let desk = worker.desk();
        desk.ask(1, Box::new(move || held.recv().expect("released")));
        let put = |value: u32| {
            let results = results.clone();
            Box::new(move || results.send(value).expect("room"))
        };
        desk.ask(2, Box::new(|| panic!("on purpose")));
        desk.ask(3, put(30));
        desk.ask(4, put(40));
        desk.ask(3, put(31));
        assert!(worker.is_busy());
        release.send(()).expect("held");
        assert_eq!([got.recv().expect("one"), got.recv().expect("two")], [31, 40]);
    }
}
