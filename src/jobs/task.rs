//! A long task with progress and cancel: loading, exporting, waiting for a dialog.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};

use super::Wake;

/// News from a task.
#[derive(Debug, PartialEq)]
pub enum TaskEvent<Output> {
    /// 0 to 1.
    Progress(f32),
    /// It is over.
    Finished(Output),
    /// It panicked; nothing came of it.
    Failed,
}

/// What a task sees of the outside.
pub struct TaskContext {
    /// Turns true when the person gave up.
    pub cancel: Arc<AtomicBool>,
    progress: Box<dyn Fn(f32) + Send + Sync>,
}

impl TaskContext {
    /// Tells how far it is, 0 to 1. Never blocks: news that finds no room is dropped.
    pub fn report(&self, fraction: f32) {
        (self.progress)(fraction);
    }
}

/// A running task; dropping it cancels it without waiting.
pub struct BackgroundTask<Output> {
    events: Receiver<TaskEvent<Output>>,
    cancel: Arc<AtomicBool>,
}

impl<Output: Send + 'static> BackgroundTask<Output> {
    /// Starts a named thread.
    ///
    /// # Errors
    /// The operating system refused another thread.
    pub fn spawn(name: &str, wake: Wake, work: impl FnOnce(&TaskContext) -> Output + Send + 'static) -> std::io::Result<Self> {
        let (sender, events) = sync_channel(64);
        let cancel = Arc::new(AtomicBool::new(false));
        let context = TaskContext { cancel: cancel.clone(), progress: progress_reporter(sender.clone(), wake.clone()) };
        std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(&context)));
            let event = outcome.map_or(TaskEvent::Failed, TaskEvent::Finished);
            // When nobody listens any more, the outcome is not wanted.
            drop(sender.send(event));
            wake();
        })?;
        Ok(Self { events, cancel })
    }

    /// The next piece of news. A thread that vanished counts as failed.
    pub fn poll(&self) -> Option<TaskEvent<Output>> {
        match self.events.try_recv() {
            Ok(event) => Some(event),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(TaskEvent::Failed),
        }
    }

    /// Asks it to stop.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }
}

impl<Output> Drop for BackgroundTask<Output> {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
    }
}

fn progress_reporter<Output: Send + 'static>(sender: SyncSender<TaskEvent<Output>>, wake: Wake) -> Box<dyn Fn(f32) + Send + Sync> {
    Box::new(move |fraction| {
        if sender.try_send(TaskEvent::Progress(fraction)).is_ok() {
            wake();
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait<T: Send + 'static>(task: &BackgroundTask<T>) -> TaskEvent<T> {
        loop {
            match task.poll() {
                Some(TaskEvent::Progress(_)) | None => std::thread::yield_now(),
                Some(event) => return event,
            }
        }
    }

    #[test]
    fn progress_comes_before_the_result() {
        let task = BackgroundTask::spawn("test", Arc::new(|| {}), |context| {
            context.report(0.5);
            7
        })
        .expect("a thread");
        let mut seen = Vec::new();
        while seen.last() != Some(&TaskEvent::Finished(7)) {
            seen.extend(task.poll());
        }
        assert_eq!(seen, [TaskEvent::Progress(0.5), TaskEvent::Finished(7)]);
    }

    #[test]
    fn a_flood_of_progress_never_blocks_the_work() {
        let task = BackgroundTask::spawn("test", Arc::new(|| {}), |context| {
            for step in 0..10_000 {
                context.report(step as f32 / 10_000.0);
            }
        })
        .expect("a thread");
        assert_eq!(wait(&task), TaskEvent::Finished(()));
    }

    #[test]
    fn a_panic_is_a_failure_and_cancel_is_seen() {
        let task: BackgroundTask<()> = BackgroundTask::spawn("test", Arc::new(|| {}), |_| panic!("on purpose")).expect("a thread");
        assert_eq!(wait(&task), TaskEvent::Failed);
        let task = BackgroundTask::spawn("test", Arc::new(|| {}), |context| {
            while !context.cancel.load(Ordering::Relaxed) {
                std::thread::yield_now();
            }
        })
        .expect("a thread");
        task.cancel();
        assert_eq!(wait(&task), TaskEvent::Finished(()));
    }
}
