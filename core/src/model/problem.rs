//! The checked problem: all tables, resolved against each other, in canonical order.

use super::{Community, Group, Need, Organization, Worker};

/// A checked, immutable problem.
#[derive(Clone, Debug)]
pub struct Problem {
    pub(crate) needs: Vec<Need>,
    pub(crate) workers: Vec<Worker>,
    pub(crate) organizations: Vec<Organization>,
    pub(crate) communities: Vec<Community>,
    pub(crate) groups: Vec<Group>,
}
