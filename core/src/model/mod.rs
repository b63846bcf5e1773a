//! The checked, immutable input in canonical order: what everything after it relies on.
//!
//! Rows are put into a canonical order at the door, by a hash of the policy's lottery seed and their identifier, so
//! that neither the order of the rows nor the alphabet decides who gets help.

pub mod codes;

mod date;
mod id;
mod point;

mod community;
mod group;
mod need;
mod organization;
mod quota;
mod terms;
mod worker;

mod digest;
mod order;
mod problem;
mod protection;
mod reader;

pub use community::Community;
pub use date::Date;
pub(crate) use digest::hex;
pub use group::Group;
pub use id::{CommunityId, GroupId, NeedId, OrganizationId, QuotaId, WorkerId};
pub use need::Need;
pub use organization::Organization;
pub use point::Point;
pub(crate) use point::{arc_km, chord_squared, chord_squared_of_arc};
pub use problem::Problem;
pub(crate) use protection::{is_immediate, is_left_alone, is_minor};
pub use quota::Quota;
pub use terms::Terms;
pub use worker::{HeldQualification, Worker};
