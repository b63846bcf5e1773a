//! People to numbers and back.

pub(crate) mod scale;
