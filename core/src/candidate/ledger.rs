//! Memory that a search holds, asked for before it is taken.

use crate::control::Control;
use crate::error::Error;

/// Sums what is held and asks the control each time.
pub(crate) struct Ledger<'a> {
    control: &'a Control,
    held: u64,
}

impl<'a> Ledger<'a> {
    pub(crate) fn new(control: &'a Control) -> Self {
        Self { control, held: 0 }
    }

    /// Asks for room for so many more values of a type.
    pub(crate) fn take<T>(&mut self, n: usize) -> Result<(), Error> {
        self.held += n as u64 * size_of::<T>() as u64;
        self.control.reserve(self.held)
    }

    /// Gives back the room for so many values of a type.
    pub(super) fn give_back<T>(&mut self, n: usize) {
        self.held -= n as u64 * size_of::<T>() as u64;
    }

    /// Bytes held.
    pub(crate) fn held(&self) -> u64 {
        self.held
    }
}
