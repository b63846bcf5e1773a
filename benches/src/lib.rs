//! Seeded families of instances, and what the benches share.
//!
//! A family is a way to make instances of one character at any size: the same name, size and seed give the same arrays
//! on every platform and in every version.
//! Tests, benches and comparisons with other solvers all take their instances from here.
//!
//! ```text
//! families::FAMILIES ─► Family::generate(needs, seed) ─► Instance ─► Instance::network() ─► needmatch::assign
//!                                                           └─► npy::write(folder) ─► npy::read, other solvers
//! ```
#![forbid(unsafe_code)]

mod random;

mod instance;

pub mod city;
pub mod families;
pub mod general;
pub mod twists;

pub mod counted;
pub mod floor;
pub mod measure;
pub mod npy;

pub mod solved;
pub mod square;

pub use families::{FAMILIES, Family, Shape, family};
pub use instance::{Instance, Optimum};
pub use random::Random;
