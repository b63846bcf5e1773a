//! Runs the core without the interpreter lock, while Ctrl-C stays alive.

use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use needmatch::{Error, Options};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::control::Control;
use crate::failure;

/// How long an interrupt may go unnoticed.
const POLL: Duration = Duration::from_millis(20);

/// Does the work on a thread of its own.
///
/// Signal handlers of Python run only in the main thread and only while it holds the lock, so the calling thread comes
/// back for it again and again. If a handler raises, the run is cancelled and the handler's exception is what the caller
/// gets.
pub(crate) fn detached<T: Send>(
    py: Python<'_>,
    threads: Option<usize>,
    control: Option<&Bound<'_, Control>>,
    work: impl FnOnce(&Options<'_>) -> Result<T, Error> + Send,
) -> PyResult<T> {
    if threads == Some(0) {
        return Err(PyValueError::new_err("threads: expected at least 1, or None for one per processor"));
    }
    let control = control.map_or_else(Arc::default, |control| control.get().shared());
    thread::scope(|scope| {
        let (finished, end) = sync_channel::<()>(1);
        // Only to let several calls of one thread borrow it.
        let end = Mutex::new(end);
        let options_control = Arc::clone(&control);
        let worker = scope.spawn(move || {
            // Sends also when the work panics, since the channel closes then.
            let _finished = finished;
            work(&Options { threads, control: Some(&options_control), ..Options::default() })
        });
        let interrupt = loop {
            match py.detach(|| waited(&end)) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(()) | Err(RecvTimeoutError::Disconnected) => break None,
            }
            if let Err(interrupt) = py.check_signals() {
                control.cancel();
                break Some(interrupt);
            }
        };
        let outcome = py.detach(|| worker.join());
        match (interrupt, outcome) {
            (Some(interrupt), _) => Err(interrupt),
            (None, Ok(Ok(result))) => Ok(result),
            (None, Ok(Err(error))) => Err(failure::exception(py, &error)),
            (None, Err(_)) => Err(failure::bug(py)),
        }
    })
}

fn waited(end: &Mutex<Receiver<()>>) -> Result<(), RecvTimeoutError> {
    end.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(POLL)
}
