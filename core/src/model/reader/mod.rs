//! Reads tables into a problem: finds the columns, checks every value, resolves the references, records every fault.
//!
//! First the shape of all tables, then their identifiers, then the rest of their rows, so that a reference is resolved
//! as it is read. Once there is a fault nothing is kept but the faults.

mod columns;
mod kind;
mod nearest;

mod field;
mod key;
mod label;
mod list;
mod number;
mod reference;
mod wanted;
mod word;

mod index;
mod memory;

mod communities;
mod floor;
mod groups;
mod needs;
mod organizations;
mod quotas;
mod workers;

#[cfg(test)]
mod tests;

use self::columns::{
    CommunityColumns, GroupColumns, MAX_ROWS, NeedColumns, OrganizationColumns, QuotaColumns, WorkerColumns,
    has_too_many,
};
use self::field::Reading;
use self::index::Index;
use self::needs::Targets;
use super::Problem;
use super::digest::digest;
use super::problem::Rows;
use crate::control::Control;
use crate::error::{Error, Fault, FaultCode, TableName};
use crate::policy::Policy;
use crate::table::{Table, Tables};

/// Most places of an organization or worker, so that they fit the integers of every host language.
const MAX_PLACES: u32 = i32::MAX as u32;
/// A hundred years.
const MAX_WAITING_DAYS: u32 = 36_500;
/// One day.
const MAX_TRAVEL_MINUTES: u32 = 1_440;

/// Rows between two looks at the control.
const ROWS_BETWEEN_LOOKS: usize = 4096;

/// Reads the tables. Fails with other than an input error only if the control says so.
pub(super) fn read(tables: &Tables, policy: Policy, control: &Control) -> Result<Problem, Error> {
    control.reserve(memory::bytes_needed(tables))?;
    let mut reading = Reading::default();
    if !policy.validity().holds(policy.evaluation_date()) {
        let expected = "a day from valid_from to valid_until";
        reading.faults.push(Fault::in_column(TableName::Policy, "evaluation_date", FaultCode::NotInForce, expected));
    }
    let no_groups = Table::new();
    let group_table = tables.groups.as_ref().unwrap_or(&no_groups);
    let no_quotas = Table::new();
    let quota_table = tables.quotas.as_ref().unwrap_or(&no_quotas);

    let c = CommunityColumns::find(&tables.communities, &mut reading);
    let g = GroupColumns::find(group_table, &mut reading);
    let o = OrganizationColumns::find(&tables.organizations, &mut reading);
    let w = WorkerColumns::find(&tables.workers, &mut reading);
    let n = NeedColumns::find(&tables.needs, &mut reading);
    let q = QuotaColumns::find(quota_table, &mut reading);
    if has_too_many(g.n_rows + o.n_rows + w.n_rows) {
        let expected = format!("at most {MAX_ROWS} workers, organizations and groups together");
        reading.faults.push(Fault::in_table(TableName::Workers, FaultCode::TooManyRows, expected));
    }

    let mut communities = Index::of_villages(&c.community, c.n_rows, c.has_columns, &mut reading);
    let mut groups = Index::of_ids(&g.group_id, g.n_rows, g.has_columns, &mut reading);
    let mut organizations = Index::of_ids(&o.organization_id, o.n_rows, o.has_columns, &mut reading);
    let mut workers = Index::of_ids(&w.worker_id, w.n_rows, w.has_columns, &mut reading);
    let mut needs = Index::of_ids(&n.need_id, n.n_rows, n.has_columns, &mut reading);
    let mut quotas = Index::of_ids(&q.quota_id, q.n_rows, q.has_columns, &mut reading);
    control.check()?;
    groups::check_hierarchy(&g, &groups, &mut reading);
    if reading.faults.is_empty() {
        communities.arrange(policy.seed(), TableName::Communities.as_str());
        groups.arrange(policy.seed(), TableName::Groups.as_str());
        organizations.arrange(policy.seed(), TableName::Organizations.as_str());
        workers.arrange(policy.seed(), TableName::Workers.as_str());
        needs.arrange(policy.seed(), TableName::Needs.as_str());
        quotas.arrange(policy.seed(), TableName::Quotas.as_str());
    }

    let r = &mut reading;
    let community_rows = rows(c.n_rows, r, control, |row, r| communities::community(&c, &communities, row, r))?;
    let group_rows = rows(g.n_rows, r, control, |row, r| groups::group(&g, &groups, row, r))?;
    let organization_rows =
        rows(o.n_rows, r, control, |row, r| organizations::organization(&o, &organizations, &groups, &policy, row, r))?;
    let worker_rows =
        rows(w.n_rows, r, control, |row, r| workers::worker(&w, &workers, &organizations, &communities, row, r))?;
    let to = Targets { communities: &communities, organizations: &organizations, workers: &workers };
    let need_rows = rows(n.n_rows, r, control, |row, r| needs::need(&n, &needs, to, &policy, row, r))?;
    let mut quota_rows = rows(q.n_rows, r, control, |row, r| quotas::quota(&q, &quotas, row, r))?;
    reading.faults.into_result()?;
    let mut counting = Reading::default();

    let organizations = Rows::new(organization_rows, organizations.into_arranged());
    let mut groups = Rows::new(group_rows, groups.into_arranged());
    groups::count_current(&mut groups.items, &organizations.items);
    let arranged_communities = Rows::new(community_rows, communities.into_arranged());
    let of_needs = (&need_rows[..], &arranged_communities.items[..], policy.scope());
    quotas::count_floors(&q, &mut quota_rows, of_needs, &mut counting);
    counting.faults.into_result()?;
    let mut problem = Problem {
        needs: Rows::new(need_rows, needs.into_arranged()).into(),
        workers: Rows::new(worker_rows, workers.into_arranged()).into(),
        organizations: organizations.into(),
        layers: arranged_communities.items.iter().map(|community| policy.layer_of(community.code)).collect(),
        communities: arranged_communities.into(),
        groups: groups.into(),
        quotas: Rows::new(quota_rows, quotas.into_arranged()).into(),
        policy,
        input_digest: String::new(),
    };
    problem.input_digest = digest(&problem);
    Ok(problem)
}

/// Reads all rows of a table; keeps them only as long as there is no fault anywhere.
fn rows<T>(
    n_rows: usize,
    reading: &mut Reading,
    control: &Control,
    mut read: impl FnMut(usize, &mut Reading) -> Option<T>,
) -> Result<Vec<T>, Error> {
    let mut items = Vec::with_capacity(if reading.faults.is_empty() { n_rows } else { 0 });
    for row in 0..n_rows {
        if row % ROWS_BETWEEN_LOOKS == 0 {
            control.check()?;
        }
        let item = read(row, reading);
        if reading.faults.is_empty() {
            items.extend(item);
        } else if items.capacity() > 0 {
            items = Vec::new();
        }
    }
    Ok(items)
}
