//! Time and memory of one run.

use std::fs;
use std::time::{Duration, Instant};

/// The middle of the times that so many runs take, and what the last one gave.
///
/// # Panics
///
/// Panics if `runs` is 0.
pub fn median_time<T>(runs: usize, mut work: impl FnMut() -> T) -> (Duration, T) {
    assert!(runs > 0, "a median needs at least one run");
    let mut times = Vec::with_capacity(runs);
    let result = loop {
        let start = Instant::now();
        let result = work();
        times.push(start.elapsed());
        if times.len() == runs {
            break result;
        }
    };
    times.sort_unstable();
    (times[times.len() / 2], result)
}

/// How much the most memory held during some work exceeds the memory held before it, in bytes.
///
/// Counts what is resident, as Linux does; `None` on other systems.
pub fn peak_memory<T>(work: impl FnOnce() -> T) -> (Option<u64>, T) {
    // Writing 5 to this file sets the high-water mark back to what is resident now.
    let watching = fs::write("/proc/self/clear_refs", "5").is_ok();
    let before = status("VmRSS:");
    let result = work();
    let most = status("VmHWM:").zip(before).filter(|_| watching);
    (most.map(|(most, before)| most.saturating_sub(before)), result)
}

fn status(key: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with(key))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_is_the_middle_of_the_runs() {
        let mut pauses = [30, 1, 1].into_iter();
        let (time, runs) = median_time(3, || {
            std::thread::sleep(Duration::from_millis(pauses.next().unwrap_or_default()));
            pauses.len()
        });
        assert_eq!(runs, 0);
        assert!(time < Duration::from_millis(30));
    }

    #[test]
    fn memory_of_the_work_is_seen_although_it_is_given_back() {
        let (peak, _) = peak_memory(|| std::hint::black_box(vec![1u8; 64 << 20]).len());
        assert!(peak.is_none_or(|bytes| bytes > 60 << 20), "{peak:?}");
    }
}
