//! Watching and stopping a run.

use needmatch::Control;

use crate::boundary::{Failure, Out, guard};
use crate::registry;
use crate::status::needmatch_status;

/// Watches and stops one run from any thread. Any number of threads may use it at once.
///
/// Make one for each run: cancelling is final. It may be freed at any time, even while its run goes on.
pub type needmatch_control = u64;

/// The step a run is in: one of the NEEDMATCH_STAGE_ numbers.
pub type needmatch_stage = u32;

/// Not started.
pub const NEEDMATCH_STAGE_IDLE: needmatch_stage = 0;
/// Finding and scoring candidates.
pub const NEEDMATCH_STAGE_CANDIDATES: needmatch_stage = 1;
/// Pricing the places by auction.
pub const NEEDMATCH_STAGE_AUCTION: needmatch_stage = 2;
/// Repairing the prices to an exact optimum.
pub const NEEDMATCH_STAGE_REPAIR: needmatch_stage = 3;
/// Checking the result.
pub const NEEDMATCH_STAGE_VERIFY: needmatch_stage = 4;
/// Finished.
pub const NEEDMATCH_STAGE_DONE: needmatch_stage = 5;

/// Makes a control that limits and stops nothing. Free it with needmatch_control_free.
///
/// # Safety
///
/// `control_out` is valid for one write.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_control_new(control_out: *mut needmatch_control) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promise, passed on unchanged.
        let out = unsafe { Out::new(control_out, "control_out") }?;
        out.write(registry::insert(Control::new())?);
        Ok(())
    })
}

/// Frees a control; 0 does nothing. A run that uses it goes on.
#[unsafe(no_mangle)]
pub extern "C" fn needmatch_control_free(control: needmatch_control) -> needmatch_status {
    guard(|| registry::free::<Control>(control, "control"))
}

/// Asks the run to stop as soon as it can: its call then returns NEEDMATCH_E_CANCELLED and has changed nothing.
///
/// A run that starts with this control later stops at once. Not to be called from a signal handler.
#[unsafe(no_mangle)]
pub extern "C" fn needmatch_control_cancel(control: needmatch_control) -> needmatch_status {
    guard(|| {
        registry::get::<Control>(control, "control")?.cancel();
        Ok(())
    })
}

/// Limits the working memory of a run to so many bytes beyond its input; 0 means no limit.
///
/// A run that would need more returns NEEDMATCH_E_LIMIT before it takes the memory.
#[unsafe(no_mangle)]
pub extern "C" fn needmatch_control_set_memory_budget(control: needmatch_control, bytes: u64) -> needmatch_status {
    guard(|| {
        registry::get::<Control>(control, "control")?.set_memory_budget(bytes);
        Ok(())
    })
}

/// Limits the work of needmatch_assign to about so many units, bids of needs and nodes reached by searches; 0 means no
/// limit.
///
/// A run that comes to the limit gives the best assignment that it has, and a bound on all others: the same on every
/// machine, for any number of threads. Runs of problems and of the general engine heed no such limit.
#[unsafe(no_mangle)]
pub extern "C" fn needmatch_control_set_work_limit(control: needmatch_control, units: u64) -> needmatch_status {
    guard(|| {
        registry::get::<Control>(control, "control")?.set_work_limit(units);
        Ok(())
    })
}

/// Tells how far a run has come: its step, and how many of the step's units are done of how many in all (0 where
/// unknown).
///
/// # Safety
///
/// `stage_out`, `done_out` and `total_out` are valid for one write each.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn needmatch_control_progress(
    control: needmatch_control,
    stage_out: *mut needmatch_stage,
    done_out: *mut u64,
    total_out: *mut u64,
) -> needmatch_status {
    guard(|| {
        // SAFETY: the caller's promise, passed on unchanged.
        let stage = unsafe { Out::new(stage_out, "stage_out") }?;
        // SAFETY: as above.
        let done = unsafe { Out::new(done_out, "done_out") }?;
        // SAFETY: as above.
        let total = unsafe { Out::new(total_out, "total_out") }?;
        let progress = registry::get::<Control>(control, "control")?.progress();
        stage.write(progress.stage as u32);
        done.write(progress.done);
        total.write(progress.total);
        Ok(())
    })
}

/// The control of a run: 0 means none.
pub(crate) fn optional(control: needmatch_control) -> Result<Option<std::sync::Arc<Control>>, Failure> {
    if control == 0 { Ok(None) } else { registry::get(control, "control").map(Some) }
}
