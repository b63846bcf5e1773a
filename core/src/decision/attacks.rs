//! Decision files of which parts were changed together, so that what is left to fit does: one check alone stands
//! against each.

mod head;
mod network;
mod proof;
mod result;
mod scope;
mod switch;

use super::Decision;
use crate::decision::form::File;
use crate::verify;

fn files(of: impl Iterator<Item = (u64, Vec<u8>)>) -> impl Iterator<Item = (u64, File)> {
    of.map(|(seed, bytes)| (seed, Decision::parse(&bytes).unwrap().file))
}

fn is_believed(file: &File) -> bool {
    verify::decision::check(file).is_ok()
}

/// Changes a copy and asserts that it is refused, if there was a change.
fn refuse(seed: u64, file: &File, what: &str, change: impl FnOnce(&mut File)) -> bool {
    let mut changed = file.clone();
    change(&mut changed);
    let is_changed = changed != *file;
    assert!(!is_changed || !is_believed(&changed), "seed {seed}: {what} is believed");
    is_changed
}
