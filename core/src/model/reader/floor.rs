//! How floors, caps and current loads must stand to each other.

use super::field::{Field, Reading};
use super::wanted::Wrong;
use crate::error::FaultCode;

/// Records a floor above its cap.
pub(super) fn check_floor(field: &Field<'_>, floor: u64, cap: Option<u64>, row: usize, reading: &mut Reading) {
    if cap.is_some_and(|cap| floor > cap) {
        field.fault(row, reading, Wrong::new(FaultCode::FloorAboveCap, "at most the maximum of the same row"));
    }
}

/// Records a current load above its maximum.
pub(super) fn check_current(field: &Field<'_>, current: u32, max: Option<u32>, row: usize, reading: &mut Reading) {
    if max.is_some_and(|max| current > max) {
        field.fault(row, reading, Wrong::new(FaultCode::CurrentAboveMax, "at most the maximum of the same row"));
    }
}
