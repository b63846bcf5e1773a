//! How much memory a problem may need, told before any of it is taken.

use crate::model::{Community, Group, Need, Organization, Quota, Worker};
use crate::table::{Column, Table, Tables};

/// What an allocator takes for one value besides its bytes, at most.
const BYTES_PER_VALUE: usize = 24;
/// What the indices and orders take for one row while the table is read.
const BYTES_PER_KEY: usize = 40;
/// Digits of the longest whole number.
const DIGITS: usize = 19;

/// How much an identifier grows when it is read: not at all.
const ID: usize = 1;
/// How much a list grows at most when it is read: an entry of two digits and a separator becomes a number of eight bytes.
const LIST: usize = 3;

/// The columns whose values lie outside their rows, with their growth.
const NEEDS: &[(&str, usize)] = &[
    ("need_id", ID),
    ("household_id", ID),
    ("preferred_workers", LIST),
    ("excluded_workers", LIST),
    ("excluded_organizations", LIST),
];
const WORKERS: &[(&str, usize)] = &[("worker_id", ID), ("qualifications", LIST), ("service_area", LIST)];
const ORGANIZATIONS: &[(&str, usize)] = &[("organization_id", ID), ("service_area", LIST)];
const COMMUNITIES: &[(&str, usize)] = &[("community", ID), ("name", ID)];
const GROUPS: &[(&str, usize)] = &[("group_id", ID), ("service_area", LIST)];
const QUOTAS: &[(&str, usize)] = &[("quota_id", ID)];

/// Bytes that reading takes at most, beyond the tables themselves.
pub(super) fn bytes_needed(tables: &Tables) -> u64 {
    let groups = tables.groups.as_ref().map_or(0, |groups| bytes_of_table::<Group>(groups, GROUPS));
    let quotas = tables.quotas.as_ref().map_or(0, |quotas| bytes_of_table::<Quota>(quotas, QUOTAS));
    let bytes = bytes_of_table::<Need>(&tables.needs, NEEDS)
        + bytes_of_table::<Worker>(&tables.workers, WORKERS)
        + bytes_of_table::<Organization>(&tables.organizations, ORGANIZATIONS)
        + bytes_of_table::<Community>(&tables.communities, COMMUNITIES)
        + groups
        + quotas;
    bytes as u64
}

fn bytes_of_table<T>(table: &Table, outside: &[(&str, usize)]) -> usize {
    let in_rows = table.n_rows() * (size_of::<T>() + BYTES_PER_KEY);
    let columns = table.columns().iter().filter_map(|(name, column)| {
        let (_, growth) = outside.iter().find(|(outside, _)| outside == name)?;
        Some(match column {
            Column::Text(texts) => texts.n_present() * BYTES_PER_VALUE + texts.n_bytes() * growth,
            _ => column.len() * (BYTES_PER_VALUE + DIGITS),
        })
    });
    in_rows + columns.sum::<usize>()
}
