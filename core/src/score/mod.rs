//! Scores: how good each candidate is, as one integer.

mod criterion;

pub use criterion::{Criterion, N_CRITERIA};
