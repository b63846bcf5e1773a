//! Exact, explained, verifiable matching of residents' needs to organizations and social workers.
#![forbid(unsafe_code)]

mod control;
mod error;
mod options;

pub mod model;
pub mod policy;
mod table;

pub mod candidate;
pub mod score;

mod encode;
pub mod matching;

mod network;
#[cfg(test)]
mod oracle;
mod pool;
#[cfg(test)]
mod sample;
mod solve;
#[cfg(test)]
mod testing;
mod total;
mod verify;

mod assign;
mod lsa;
mod pipeline;

pub use assign::{Assigned, assign};
pub use control::{Control, Progress, Stage};
pub use error::{Error, Expected, Fault, FaultCode, InputError, Language, Limit, MAX_LISTED_FAULTS, TableName};
pub use lsa::{Costs, Goal, Pairs, linear_sum_assignment, min_weight_full_matching};
pub use matching::Matching;
pub use model::Problem;
pub use network::{MAX_DEPTH, MAX_SCORE, MAX_TIER, Network, Score};
pub use options::Options;
pub use pipeline::solve;
pub use policy::Policy;
pub use solve::Price;
pub use table::{Column, Table, Tables, Texts, Values};
pub use total::Total;
pub use verify::{Verified, Violation, verify};
