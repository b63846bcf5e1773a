//! The independent checker: shares no code with what produced the result.

mod certificate;

mod violation;

pub(crate) use certificate::prove;
pub use violation::Violation;
