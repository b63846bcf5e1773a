//! What the judges share: the corpus, an independent check of certificates, brute force, tiny random instances.
//!
//! | Judge | Asks |
//! |---|---|
//! | `corpus` | do all engines and all faces agree on small, named, explained problems? |
//! | `oracle` | does the answer equal brute force on every tiny problem? |
//! | `reference` | does it reach the same total as established solvers, and as planted optima? |
//! | `properties` | does the total move as it must when the input changes? |
//! | `determinism` | same answer for every thread count, order and repetition? |
//! | `attack` | is every result that was tampered with rejected? |
//! | `quotas` | do floors and quotas hold, and is nothing called best that is not? |
//! | `bad_input` | is every fault reported, and nothing but reported? |
//! | `tidy` | does the repository keep its own promises? |
//!
//! Each judge is blind somewhere; nothing here uses what it judges.
#![forbid(unsafe_code)]

mod cells;
mod general;
mod high;
mod low;

mod brute;
mod certificate;
mod recheck;
mod rows;
mod shapes;
mod tiny;

mod judge;

pub mod errors_page;
pub mod policy_schema;

pub use brute::{Best, best};
pub use certificate::{Claim, check, served_by_tier};
pub use general::{GeneralCase, GeneralExpected, Tight, general_cases};
pub use high::{HighCase, HighExpected, Outcome, high_cases};
pub use judge::{judge, judge_together, side_by_side};
pub use low::{Answer, LowCase, LowExpected, low_cases};
pub use recheck::Recheck;
pub use rows::{TABLES, map_columns, table, take, with_table};
pub use shapes::{Shape, all};
pub use tiny::tiny;
