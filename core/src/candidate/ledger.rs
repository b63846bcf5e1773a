//! Memory that a search holds, asked for before it is taken.

use crate::control::Control;
use crate::error::Error;

/// Sums what is held and asks the control each time.
pub(super) struct Ledger<'a> {
    control: &'a Control,
    held: u64,
}

impl<'a> Ledger<'a> {
    pub(super) fn new(control: &'a Control) -> Self {
        Self { control, held: 0 }
    }

    /// Asks for room for so many more values of a type.
    pub(super) fn take<T>(&mut self, n: usize) -> Result<(), Error> {
        self.held += n as u64 * size_of::<T>() as u64;
        self.control.reserve(self.held)
    }

    /// Gives back the room for so many values of a type.
    pub(super) fn give_back<T>(&mut self, n: usize) {
        self.held -= n as u64 * size_of::<T>() as u64;
    }

    /// Bytes held.
    pub(super) fn held(&self) -> u64 {
        self.held
    }
}
