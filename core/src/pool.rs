//! Threads for one call: started when it begins, joined before it returns.

use std::num::NonZero;
use std::thread;

use rayon::ThreadPoolBuilder;

use crate::error::Error;

/// More threads than this are never started: no machine that we know would gain by them.
const MAX_THREADS: usize = 512;

/// Runs the work in a pool of its own. The global pool is never touched, since hosts fork.
///
/// `None` and 0 mean one thread for each processor.
///
/// # Errors
///
/// [`Error::Threads`] if they cannot be started, and whatever the work returns.
pub(crate) fn run<T: Send>(threads: Option<usize>, work: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    let processors = || thread::available_parallelism().map_or(1, NonZero::get);
    let threads = threads.filter(|&n| n > 0).unwrap_or_else(processors).min(MAX_THREADS);
    let done = thread::scope(|scope| {
        let mut started = Vec::with_capacity(threads);
        let pool = ThreadPoolBuilder::new().num_threads(threads).spawn_handler(|thread| {
            let name = format!("needmatch-{}", thread.index());
            started.push(thread::Builder::new().name(name).spawn_scoped(scope, || thread.run())?);
            Ok(())
        });
        let done = pool.build().map(|pool| pool.install(work));
        // Leaving the scope waits for what the threads do, but not for their end; a host may unload the library.
        started.into_iter().for_each(|thread| drop(thread.join()));
        done
    });
    done.unwrap_or(Err(Error::Threads { threads }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_work_runs_on_as_many_threads_as_asked_for() {
        for threads in [1, 2, 5] {
            assert_eq!(run(Some(threads), || Ok(rayon::current_num_threads())), Ok(threads));
        }
        assert_eq!(run(Some(100_000), || Ok(rayon::current_num_threads())), Ok(MAX_THREADS));
    }

    #[test]
    fn without_a_number_every_processor_has_a_thread() {
        let processors = std::thread::available_parallelism().unwrap().get();
        assert_eq!(run(None, || Ok(rayon::current_num_threads())), Ok(processors));
        assert_eq!(run(Some(0), || Ok(rayon::current_num_threads())), Ok(processors));
    }

    #[test]
    fn what_the_work_returns_is_passed_on() {
        assert_eq!(run::<()>(Some(1), || Err(Error::Cancelled)), Err(Error::Cancelled));
    }
}
