//! Clocks of a run: processor time of this thread and of the process, and the memory that was needed.

use std::time::Duration;

/// Processor time that the calling thread has used so far. Where the system does not tell, a clock on the wall stands in for it.
pub(super) fn thread_cpu() -> Duration {
    #[cfg(unix)]
    {
        of(rustix::time::ClockId::ThreadCPUTime)
    }
    #[cfg(not(unix))]
    {
        wall()
    }
}

/// Processor time that all threads of the program have used so far.
pub(super) fn process_cpu() -> Duration {
    #[cfg(unix)]
    {
        of(rustix::time::ClockId::ProcessCPUTime)
    }
    #[cfg(not(unix))]
    {
        wall()
    }
}

#[cfg(unix)]
fn of(clock: rustix::time::ClockId) -> Duration {
    let time = rustix::time::clock_gettime(clock);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

#[cfg(not(unix))]
fn wall() -> Duration {
    static BEGIN: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    BEGIN.get_or_init(std::time::Instant::now).elapsed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_runs_while_the_thread_works() {
        let begin = thread_cpu();
        let mut sum = 0_u64;
        while thread_cpu() == begin {
            sum = std::hint::black_box(sum + 1);
        }
        assert!(process_cpu() > Duration::ZERO);
    }
}
