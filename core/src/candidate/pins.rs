//! Pinned and frozen needs: a person has decided, within the rules and the places.

use std::collections::BTreeMap;

use super::failed_rules;
use super::rule::RuleId;
use crate::error::{Fault, FaultCode, InputError, TableName};
use crate::model::{GroupId, NeedId, OrganizationId, Problem, Quota, QuotaId, WorkerId};

/// Checks that no pin breaks a hard rule, and that the pinned needs fit the open places of their workers, organizations
/// and groups up to the root.
///
/// There is no way to override a rule: a decision outside the rules is recorded elsewhere, and the need left out.
///
/// # Errors
///
/// [`InputError`] with a fault for each pin that breaks a rule, for each worker, organization and group with more pins
/// than open places, and for each quota with more pins than its cap.
pub fn check_pins(problem: &Problem) -> Result<(), InputError> {
    let pins: Vec<(NeedId, WorkerId)> = (0..problem.needs().len())
        .filter_map(|need| Some((NeedId::new(need), problem.needs()[need].pinned_worker?)))
        .collect();
    let mut faults: Vec<Fault> = pins.iter().filter_map(|&(need, worker)| broken_rule(problem, need, worker)).collect();
    faults.extend(above_capacity(problem, &pins));
    faults.extend(above_quotas(problem, &pins));
    if faults.is_empty() { Ok(()) } else { Err(InputError::new(faults)) }
}

fn broken_rule(problem: &Problem, need: NeedId, worker: WorkerId) -> Option<Fault> {
    let failed = failed_rules(problem, need, worker.index() as u32);
    let codes: Vec<&str> = failed.iter().map(RuleId::code).collect();
    let expected = format!("a worker who passes {}", codes.join(", "));
    let row = problem.row_of_need(need);
    let column = if problem.needs()[need.index()].frozen { "frozen" } else { "pinned_worker" };
    let fault = Fault::in_cell(TableName::Needs, row, column, FaultCode::PinBreaksRule, expected);
    (!failed.is_empty()).then_some(fault)
}

/// A fault for each quota that allows fewer needs than are pinned, in a household where it is for each.
fn above_quotas(problem: &Problem, pins: &[(NeedId, WorkerId)]) -> Vec<Fault> {
    let is_full = |quota: &Quota| {
        let Some(cap) = quota.cap else { return false };
        let needs = pins.iter().map(|(need, _)| &problem.needs()[need.index()]);
        let covered = needs.filter(|need| quota.covers(need, &problem.communities()[need.community.index()]));
        let mut of_household: BTreeMap<Option<&str>, u64> = BTreeMap::new();
        for need in covered {
            *of_household.entry(need.household.as_deref().filter(|_| quota.per_household)).or_default() += 1;
        }
        of_household.values().any(|&n| n > cap)
    };
    let full = problem.quotas().iter().enumerate().filter(|(_, quota)| is_full(quota));
    full.map(|(k, _)| {
        let row = problem.row_of_quota(QuotaId::new(k));
        let expected = "a cap that all pinned needs fit";
        Fault::in_cell(TableName::Quotas, row, "cap", FaultCode::PinsAboveCapacity, expected)
    })
    .collect()
}

fn above_capacity(problem: &Problem, pins: &[(NeedId, WorkerId)]) -> Vec<Fault> {
    let (workers, organizations, groups) = (problem.workers(), problem.organizations(), problem.groups());
    let mut of_worker = vec![0u64; workers.len()];
    let mut of_organization = vec![0u64; organizations.len()];
    let mut of_group = vec![0u64; groups.len()];
    for (_, worker) in pins {
        of_worker[worker.index()] += 1;
        let organization = workers[worker.index()].organization;
        of_organization[organization.index()] += 1;
        let mut above = organizations[organization.index()].group;
        while let Some(group) = above {
            of_group[group.index()] += 1;
            above = groups[group.index()].parent;
        }
    }
    let fault = |table, row, column| {
        let expected = "an open place for each pinned need";
        Fault::in_cell(table, row, column, FaultCode::PinsAboveCapacity, expected)
    };
    let full_workers = (0..workers.len()).filter(|&k| of_worker[k] > u64::from(workers[k].open_places()));
    let full_organizations =
        (0..organizations.len()).filter(|&k| of_organization[k] > u64::from(organizations[k].open_places()));
    let full_groups = (0..groups.len()).filter(|&k| groups[k].open_places().is_some_and(|places| of_group[k] > places));

    full_workers
        .map(|k| fault(TableName::Workers, problem.row_of_worker(WorkerId::new(k)), "caseload_max"))
        .chain(full_organizations.map(|k| {
            let row = problem.row_of_organization(OrganizationId::new(k));
            fault(TableName::Organizations, row, "capacity_max")
        }))
        .chain(full_groups.map(|k| fault(TableName::Groups, problem.row_of_group(GroupId::new(k)), "capacity_max")))
        .collect()
}
