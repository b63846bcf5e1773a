//! Time and memory of one run.

use std::fs;
use std::time::Duration;

/// The middle of some times; of two in the middle the greater.
///
/// # Panics
///
/// Panics if there are none.
#[must_use]
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// How much the most memory held during some work exceeds the memory held before it, in bytes.
///
/// Counts what is resident, as Linux does; `None` on other systems.
pub fn peak_memory<T>(work: impl FnOnce() -> T) -> (Option<u64>, T) {
    // Writing 5 to this file sets the high-water mark back to what is resident now.
    let watching = fs::write("/proc/self/clear_refs", "5").is_ok();
    let before = status("VmRSS:");
    let result = work();
    let most = resident_at_most().zip(before).filter(|_| watching);
    (most.map(|(most, before)| most.saturating_sub(before)), result)
}

/// The most memory that this process has held since it started, or since [`peak_memory`] last looked, in bytes.
#[must_use]
pub fn resident_at_most() -> Option<u64> {
    status("VmHWM:")
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
    fn median_is_the_middle_of_the_times() {
        let times = |ms: &[u64]| ms.iter().copied().map(Duration::from_millis).collect();
        assert_eq!(median(times(&[30, 1, 2])), Duration::from_millis(2));
        assert_eq!(median(times(&[4, 1])), Duration::from_millis(4));
    }
}
