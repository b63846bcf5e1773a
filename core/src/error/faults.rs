//! Collects the faults of a batch in bounded memory.

use super::fault::{Expected, Fault, FaultCode, TableName};
use super::{InputError, MAX_LISTED_FAULTS};

/// The faults found so far: all are counted, the first in order are kept.
///
/// Ten million wrong rows take no more memory than two hundred, and no words are made up for faults that would be
/// dropped at once.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    /// At most twice as many as are listed in the end, so that sorting pays off.
    kept: Vec<Fault>,
    n_faults: usize,
    /// Place of the last fault that would be listed, once there are enough.
    last: Option<(TableName, Option<usize>)>,
}

impl Faults {
    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.n_faults == 0
    }

    /// Adds a fault.
    pub(crate) fn push(&mut self, fault: Fault) {
        self.n_faults += 1;
        if self.is_behind(fault.table, fault.row) {
            return;
        }
        self.kept.push(fault);
        if self.kept.len() == 2 * MAX_LISTED_FAULTS {
            self.kept.sort();
            self.kept.truncate(MAX_LISTED_FAULTS);
            self.last = self.kept.last().map(|fault| (fault.table, fault.row));
        }
    }

    /// Adds a fault of one value; what would be right is only put into words if the fault is kept.
    pub(crate) fn push_cell(
        &mut self,
        table: TableName,
        row: usize,
        column: &'static str,
        code: FaultCode,
        expected: impl FnOnce() -> Expected,
    ) {
        if self.is_behind(table, Some(row)) {
            self.n_faults += 1;
        } else {
            self.push(Fault::in_cell(table, row, column, code, expected()));
        }
    }

    /// All faults as one error, or nothing where there are none.
    pub(crate) fn into_result(mut self) -> Result<(), InputError> {
        if self.is_empty() {
            return Ok(());
        }
        self.kept.sort();
        self.kept.truncate(MAX_LISTED_FAULTS);
        Err(InputError { faults: self.kept, n_faults: self.n_faults })
    }

    /// Whether a fault at this place comes after every fault that will be listed.
    fn is_behind(&self, table: TableName, row: Option<usize>) -> bool {
        self.last.is_some_and(|last| (table, row) > last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(row: usize) -> Fault {
        Fault::in_cell(TableName::Needs, row, "risk", FaultCode::UnknownCode, "")
    }

    #[test]
    fn the_first_hundred_in_order_are_listed_and_all_are_counted() {
        for rows in [(0..100_000).collect::<Vec<usize>>(), (0..100_000).rev().collect()] {
            let mut faults = Faults::default();
            for &row in &rows {
                faults.push(fault(row));
                assert!(faults.kept.len() <= 2 * MAX_LISTED_FAULTS);
            }
            let error = faults.into_result().unwrap_err();
            assert_eq!(error.n_faults(), 100_000);
            assert!(error.faults().iter().enumerate().all(|(k, listed)| listed.row == Some(k)));
            assert_eq!(error.faults().len(), MAX_LISTED_FAULTS);
        }
    }

    #[test]
    fn words_are_made_only_for_faults_that_may_be_listed() {
        let mut faults = Faults::default();
        let mut made = 0;
        for row in 0..10_000 {
            faults.push_cell(TableName::Needs, row, "risk", FaultCode::UnknownCode, || {
                made += 1;
                Expected::Borrowed("a colour")
            });
        }
        assert_eq!(made, 2 * MAX_LISTED_FAULTS);
        assert_eq!(faults.into_result().unwrap_err().n_faults(), 10_000);
    }

    #[test]
    fn without_faults_there_is_no_error() {
        assert_eq!(Faults::default().into_result(), Ok(()));
    }
}
