//! A worker for which only the newest request counts: map drawing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::Wake;

struct Shared<Request, Answer> {
    slots: Mutex<Slots<Request, Answer>>,
    changed: Condvar,
    /// Set while a newer request waits: the running work may stop early.
    outdated: AtomicBool,
}

struct Slots<Request, Answer> {
    request: Option<Request>,
    answer: Option<Answer>,
    working: bool,
    closed: bool,
    /// The newest finished work panicked: the window says so instead of waiting for ever.
    failed: bool,
}

impl<Request, Answer> Shared<Request, Answer> {
    fn lock(&self) -> MutexGuard<'_, Slots<Request, Answer>> {
        // The slots are plain values that are never left half changed.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One named thread with one slot for the next request and one for the newest answer.
pub struct LatestWorker<Request, Answer> {
    shared: Arc<Shared<Request, Answer>>,
    thread: Option<JoinHandle<()>>,
}

impl<Request: Send + 'static, Answer: Send + 'static> LatestWorker<Request, Answer> {
    /// Starts the thread. `work` gets a flag that turns true when its request is outdated; it answers `None` when it gave up.
    ///
    /// # Errors
    /// The operating system refused another thread.
    pub fn spawn(
        name: &str,
        wake: Wake,
        mut work: impl FnMut(Request, &AtomicBool) -> Option<Answer> + Send + 'static,
    ) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            slots: Mutex::new(Slots { request: None, answer: None, working: false, closed: false, failed: false }),
            changed: Condvar::new(),
            outdated: AtomicBool::new(false),
        });
        let for_thread = shared.clone();
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            // A request that cannot be worked on costs its own answer only.
            while std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| serve(&for_thread, &wake, &mut work))).is_err() {
                let mut slots = for_thread.lock();
                slots.working = false;
                slots.failed = true;
                drop(slots);
                wake();
            }
        })?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Asks for work; a request that waits is replaced, a running one is told that it is outdated.
    pub fn request(&self, request: Request) {
        let mut slots = self.shared.lock();
        slots.request = Some(request);
        if slots.working {
            self.shared.outdated.store(true, Ordering::Relaxed);
        }
        drop(slots);
        self.shared.changed.notify_one();
    }

    /// The newest answer, once.
    pub fn take(&self) -> Option<Answer> {
        self.shared.lock().answer.take()
    }

    /// Whether a request waits or is being worked on.
    pub fn is_busy(&self) -> bool {
        let slots = self.shared.lock();
        slots.working || slots.request.is_some()
    }

    /// Whether the newest request that was worked on ended in a panic. The thread goes on with the next one.
    pub fn has_failed(&self) -> bool {
        self.shared.lock().failed
    }
}

impl<Request, Answer> Drop for LatestWorker<Request, Answer> {
    fn drop(&mut self) {
        self.shared.lock().closed = true;
        self.shared.outdated.store(true, Ordering::Relaxed);
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            // A panic was caught in the thread, so joining cannot fail in a way that matters at the end.
            drop(thread.join());
        }
    }
}

fn serve<Request, Answer>(shared: &Shared<Request, Answer>, wake: &Wake, work: &mut impl FnMut(Request, &AtomicBool) -> Option<Answer>) {
    loop {
        let mut slots = shared.lock();
        let request = loop {
            if slots.closed {
                return;
            }
            if let Some(request) = slots.request.take() {
                slots.working = true;
                shared.outdated.store(false, Ordering::Relaxed);
                break request;
            }
            slots = shared.changed.wait(slots).unwrap_or_else(PoisonError::into_inner);
        };
        drop(slots);
        let answer = work(request, &shared.outdated);
        let mut slots = shared.lock();
        slots.working = false;
        slots.failed = false;
        if answer.is_some() {
            slots.answer = answer;
        }
        drop(slots);
        wake();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;

    #[test]
    fn of_many_requests_only_the_newest_is_answered_after_the_running_one() {
        let (started, wait_started) = sync_channel(1);
        let (release, wait_release) = sync_channel::<()>(1);
        let (woken, wait_woken) = sync_channel(16);
        let wake: Wake = Arc::new(move || {
            // A full channel means that the test has not read the last news yet.
            let _ = woken.try_send(());
        });
        let worker = LatestWorker::spawn("test", wake, move |n: u32, outdated| {
            if n == 1 {
                started.send(()).expect("test waits");
                wait_release.recv().expect("test releases");
                return (!outdated.load(Ordering::Relaxed)).then_some(n);
            }
            Some(n)
        })
        .expect("a thread");
        worker.request(1);
        wait_started.recv().expect("started");
        worker.request(2);
        worker.request(3);
        release.send(()).expect("worker waits");
        let mut answers = Vec::new();
        while answers.is_empty() {
            wait_woken.recv().expect("woken");
            answers.extend(worker.take());
        }
        assert_eq!(answers, [3], "1 was told that it is outdated, 2 was replaced");
        assert!(!worker.is_busy());
    }

    #[test]
    fn a_panic_is_told_and_costs_one_answer_only() {
        let (woken, wait_woken) = sync_channel(16);
        let wake: Wake = Arc::new(move || {
            // A full channel means that the test has not read the last news yet.
            let _ = woken.try_send(());
        });
        let work = |n: u32, _: &AtomicBool| if n == 1 { panic!("on purpose") } else { Some(n) };
        let worker = LatestWorker::spawn("test", wake, work).expect("a thread");
        worker.request(1);
        wait_woken.recv().expect("woken");
        assert!(worker.has_failed() && !worker.is_busy());
        worker.request(2);
        wait_woken.recv().expect("woken");
        assert_eq!((worker.take(), worker.has_failed()), (Some(2), false));
    }
}
