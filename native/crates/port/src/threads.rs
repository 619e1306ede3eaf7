//! The threads a burst is shared out to.

use gyrus_types::EngineError;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// A pool of so many threads; none for one.
///
/// # Errors
/// When the threads cannot be started.
pub fn pool_of(threads: usize) -> Result<Option<ThreadPool>, EngineError> {
    if threads <= 1 {
        return Ok(None);
    }
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|i| format!("gyrus-burst-{i}"))
        .build()
        .map(Some)
        .map_err(|error| EngineError::Threads(error.to_string()))
}

pub fn in_pool(pool: Option<&ThreadPool>, run: impl FnOnce() + Send) {
    match pool {
        Some(pool) => pool.install(run),
        None => run(),
    }
}
