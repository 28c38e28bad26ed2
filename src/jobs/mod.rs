//! Named background threads. They know no UI toolkit: a callback wakes the window when there is news.

mod latest;
mod named;
mod task;

pub use latest::LatestWorker;
pub use named::{JobDesk, NamedWorker};
pub use task::{BackgroundTask, TaskContext, TaskEvent};

use std::sync::Arc;

/// Wakes the window; called from worker threads.
pub type Wake = Arc<dyn Fn() + Send + Sync>;
