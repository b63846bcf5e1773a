//! Reads columns into checked values.

use super::Problem;
use super::problem::Rows;
use crate::error::{Fault, FaultCode, InputError, TableName};
use crate::policy::Policy;
use crate::table::Tables;

/// Reads the tables. So far only empty ones are read.
pub(super) fn read(tables: &Tables, policy: Policy) -> Result<Problem, InputError> {
    let mut faults = Vec::new();
    let named = [
        (TableName::Needs, Some(&tables.needs)),
        (TableName::Workers, Some(&tables.workers)),
        (TableName::Organizations, Some(&tables.organizations)),
        (TableName::Communities, Some(&tables.communities)),
        (TableName::Groups, tables.groups.as_ref()),
        (TableName::Quotas, tables.quotas.as_ref()),
    ];
    for (name, table) in named {
        if table.is_some_and(|table| table.n_rows() > 0) {
            faults.push(Fault::in_table(name, FaultCode::UnsupportedTable, "no rows"));
        }
    }
    if !faults.is_empty() {
        return Err(InputError::new(faults));
    }
    Ok(Problem {
        needs: Rows::default(),
        workers: Rows::default(),
        organizations: Rows::default(),
        communities: Rows::default(),
        groups: Rows::default(),
        policy,
        input_digest: String::new(),
    })
}
