//! Exact, explained, verifiable matching of residents' needs to organizations and social workers.
//!
//! Tables go in, a [`Matching`] comes out: who serves whom, why each other need is left, and the prices that prove that
//! no matching serves more urgent needs, or as many with a greater score. Nothing leaves [`solve`] before code that
//! shares nothing with the solver has checked it. [`assign`] is the same engine on plain numbers.
//!
//! # Examples
//!
//! A registered agency has one social worker with one place left; two residents of a village ask for visits.
//!
//! ```
//! use needmatch::{Options, Policy, Problem, Table, Tables, solve};
//!
//! let tables = Tables {
//!     communities: Table::new().with_texts("community", ["140524100201"]),
//!     organizations: Table::new()
//!         .with_texts("organization_id", ["o1"])
//!         .with_texts("status", ["registered"])
//!         .with_texts("compliant", ["true"])
//!         .with_ints("capacity_max", [10]),
//!     workers: Table::new()
//!         .with_texts("worker_id", ["w1"])
//!         .with_texts("organization_id", ["o1"])
//!         .with_texts("domains", ["elderly_care:2"])
//!         .with_texts("qualifications", ["sw_certified@2030-12-31"])
//!         .with_texts("base_community", ["140524100201"])
//!         .with_texts("service_area", ["140524"])
//!         .with_ints("caseload_max", [1]),
//!     needs: Table::new()
//!         .with_texts("need_id", ["n1", "n2"])
//!         .with_texts("community", ["140524100201"; 2])
//!         .with_texts("domain", ["elderly_care"; 2])
//!         .with_texts("age_band", ["80-89"; 2])
//!         .with_texts("consent", ["general;separate"; 2])
//!         .with_ints("risk", [1, 3]),
//!     ..Tables::default()
//! };
//! let problem = Problem::new(&tables, Policy::default())?;
//! let matching = solve(&problem, &Options::default())?;
//!
//! // The red need comes before the blue one.
//! let served = &matching.assignments()[0];
//! assert_eq!(matching.need_id(served.need), "n2");
//! assert_eq!(served.worker.map(|worker| matching.worker_id(worker)), Some("w1"));
//! // The other has its reason: all places of its candidates are taken.
//! assert_eq!(matching.unmatched()[0].reason.code(), "no_open_place");
//! // The bound that the prices prove equals the total, and the checker says so again.
//! assert_eq!(matching.bound(), matching.total());
//! assert!(matching.verify().is_ok());
//! # Ok::<(), needmatch::Error>(())
//! ```
#![forbid(unsafe_code)]

mod control;
mod engine;
mod error;
mod options;

pub mod model;
pub mod policy;
mod table;

pub mod candidate;
pub mod score;

mod lists;

mod encode;
pub mod matching;

mod general;
mod network;
#[cfg(test)]
mod oracle;
mod pool;
mod proof;
#[cfg(test)]
mod sample;
mod solve;
mod stable;
#[cfg(test)]
mod testing;
mod total;
mod verify;

pub mod explain;
mod sensitivity;

mod assign;
mod lsa;
mod pipeline;

pub mod compare;
pub mod frontier;
pub mod lint;

pub mod equity;
mod texts;

mod decision;
mod log;

pub use assign::{Assigned, assign};
pub use control::{Control, Progress, Stage};
pub use decision::{Decision, DecisionFault, DecisionVerified, replay};
pub use engine::{Binding, Engine, EngineReason};
pub use error::{Error, Expected, Fault, FaultCode, InputError, Language, Limit, MAX_LISTED_FAULTS, TableName};
pub use explain::Explainer;
pub use log::{Log, LogHash, LogRecord, Repeat};
pub use lsa::{Costs, Goal, Pairs, linear_sum_assignment, min_weight_full_matching};
pub use matching::Matching;
pub use model::Problem;
pub use network::{Demand, Loads, MAX_DEPTH, MAX_SCORE, MAX_TIER, Network, Score};
pub use options::{Options, Ties};
pub use pipeline::{ObjectivePrice, objective_price, solve};
pub use policy::Policy;
pub use proof::{Proof, Shortage, TightSet};
pub use solve::Price;
pub use table::{Column, Table, Tables, Texts, Values};
pub use texts::Reader;
pub use total::Total;
pub use verify::{Verified, Violation, verify, verify_all_pairs};
