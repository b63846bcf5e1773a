//! What the demo shows and writes: one screen for a person, three sheets for a spreadsheet, a progress line.

mod name;

mod screen;
mod sheet;

mod progress;

pub use progress::watched;
pub use screen::{Run, screen};
pub use sheet::{assignments, capacity, unmatched};
