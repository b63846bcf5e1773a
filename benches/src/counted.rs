//! Instructions of this program's own runs: the same on a busy machine as on an idle one.

use std::process::Command;
use std::thread;

/// The instructions that the running program takes when it is started with these words, as valgrind's cachegrind counts
/// them without simulating any cache.
///
/// # Errors
///
/// What valgrind or the program says.
pub fn instructions(words: &[&str]) -> Result<u64, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let done = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(program)
        .args(words)
        .output()
        .map_err(|error| format!("valgrind: {error}"))?;
    let said = String::from_utf8_lossy(&done.stderr);
    let digits = |line: &str| line.rsplit(':').next().unwrap_or_default().replace([',', ' '], "").parse::<u64>().ok();
    let found = said.lines().find(|line| line.contains("I ") && line.contains("refs:")).and_then(digits);
    found.filter(|_| done.status.success()).ok_or_else(|| format!("{}: {said}", words.join(" ")))
}

/// Does some work for each item, on as many processors as there are; results in order.
///
/// # Errors
///
/// The first error of any, or that a thread has stopped.
pub fn for_each<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> Result<R, String> + Sync,
) -> Result<Vec<R>, String> {
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    let work = &work;
    let mut done: Vec<(usize, Result<R, String>)> = thread::scope(|scope| {
        let share = |first: usize| items.iter().enumerate().skip(first).step_by(n_threads);
        let threads: Vec<_> = (0..n_threads)
            .map(|first| scope.spawn(move || share(first).map(|(k, item)| (k, work(item))).collect::<Vec<_>>()))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    });
    if done.len() < items.len() {
        return Err("a counting thread has stopped".to_owned());
    }
    done.sort_by_key(|(k, _)| *k);
    done.into_iter().map(|(_, result)| result).collect()
}
