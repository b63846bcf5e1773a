//! Catches panics, silently: a library writes nothing to its host's terminal.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Mutex, Once, PoisonError};

thread_local! {
    /// How many guarded calls this thread is inside of.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Where the last panic happened, for the message of NEEDMATCH_E_PANIC: a file and line of ours, never data.
/// If two threads panic at once each may report the other's place; both are bugs to be reported anyway.
static PLACE: Mutex<Option<String>> = Mutex::new(None);

/// Runs `work`; a panic becomes an `Err` with the place where it happened.
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    quieten();
    DEPTH.set(DEPTH.get() + 1);
    // Objects that threads share are immutable or behind a lock that a panic poisons, so nothing half changed is
    // seen afterwards.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get() - 1);
    result.map_err(|_| {
        let place = PLACE.lock().unwrap_or_else(PoisonError::into_inner).take();
        place.unwrap_or_else(|| "unknown place".to_owned())
    })
}

/// Replaces the hook that would print the panic to standard error, for our own calls and threads only.
///
/// The shared library has a hook of its own, so this reaches nobody else; a Rust program into which the static
/// library is linked keeps its own hook for its own panics.
fn quieten() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| if is_ours() { remember(info) } else { previous(info) }));
    });
}

fn is_ours() -> bool {
    DEPTH.get() > 0 || std::thread::current().name().is_some_and(|name| name.starts_with("needmatch"))
}

fn remember(info: &PanicHookInfo<'_>) {
    let place = info.location().map(|location| format!("{}:{}", location.file(), location.line()));
    *PLACE.lock().unwrap_or_else(PoisonError::into_inner) = place;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_place_without_its_words() {
        let place = catch(|| panic!("a resident's data")).unwrap_err();
        assert!(place.starts_with("ffi/src/panics.rs:"), "{place}");
    }

    #[test]
    fn what_does_not_panic_passes_through() {
        assert_eq!(catch(|| 7), Ok(7));
    }
}
