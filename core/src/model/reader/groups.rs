//! Reads `groups` and checks their hierarchy.

use super::columns::GroupColumns;
use super::field::{Raw, Reading};
use super::floor::check_floor;
use super::index::Index;
use super::wanted::Wrong;
use crate::error::FaultCode;
use crate::model::codes::GroupKind;
use crate::model::{Group, GroupId, Organization, Terms};
use crate::network::{HierarchyFault, MAX_DEPTH, hierarchy_faults};

/// Most levels of groups: organizations and workers are the two levels below them.
pub(super) const MAX_GROUP_DEPTH: usize = MAX_DEPTH - 2;

/// Reads a row.
pub(super) fn group(columns: &GroupColumns<'_>, ids: &Index<'_>, row: usize, reading: &mut Reading) -> Option<Group> {
    let parent = columns.parent_id.reference(row, ids, GroupId::new, reading);
    let kind = columns.kind.code(row, reading);
    let capacity_max = columns.capacity_max.whole(row, 0, i64::MAX, reading).map(i64::unsigned_abs);
    let capacity_min = columns.capacity_min.whole(row, 0, i64::MAX, reading).unwrap_or(0).unsigned_abs();
    check_floor(&columns.capacity_min, capacity_min, capacity_max, row, reading);
    let terms = terms(columns, kind, row, reading);
    Some(Group {
        id: ids.text(row).into(),
        parent,
        kind: kind.unwrap_or(GroupKind::Other),
        capacity_max,
        capacity_current: 0,
        capacity_min,
        terms,
    })
}

/// Reads the terms of a fund line; other groups have none.
fn terms(columns: &GroupColumns<'_>, kind: Option<GroupKind>, row: usize, reading: &mut Reading) -> Terms {
    let terms = Terms {
        organization_kinds: columns.organization_kinds.codes(row, reading).unwrap_or_default(),
        domains: columns.domains.codes(row, reading).unwrap_or_default(),
        area: columns.service_area.area(row, reading).unwrap_or_default(),
        valid_from: columns.valid_from.date(row, reading),
        valid_until: columns.valid_until.date(row, reading),
    };
    // A kind that could not be read is a fault already.
    let is_unread = kind.is_none() && columns.kind.column.and_then(|column| Raw::of(column, row)).is_some();
    if kind != Some(GroupKind::FundLine) && !is_unread && !terms.is_free() {
        let wrong = Wrong::new(FaultCode::TermsOfNoFundLine, "fund_line, or no terms in this row");
        columns.kind.fault(row, reading, wrong);
    }
    if let (Some(first), Some(last)) = (terms.valid_from, terms.valid_until)
        && last < first
    {
        columns.valid_until.fault(row, reading, Wrong::new(FaultCode::EndsBeforeStart, "a day from valid_from on"));
    }
    terms
}

/// Counts what the organizations serve already in every group above them.
pub(super) fn count_current(groups: &mut [Group], organizations: &[Organization]) {
    for organization in organizations {
        let mut above = organization.group;
        while let Some(id) = above {
            let group = &mut groups[id.index()];
            group.capacity_current += u64::from(organization.capacity_current);
            above = group.parent;
        }
    }
}

/// Records groups that stand above themselves or too deep. `ids` must not be in canonical order yet.
pub(super) fn check_hierarchy(columns: &GroupColumns<'_>, ids: &Index<'_>, reading: &mut Reading) {
    // What is wrong with a single parent is recorded when its row is read.
    let mut ignored = Reading::default();
    let parents: Vec<Option<u32>> = (0..columns.n_rows)
        .map(|row| columns.parent_id.reference(row, ids, |parent| parent as u32, &mut ignored))
        .collect();
    for (row, fault) in hierarchy_faults(&parents, MAX_GROUP_DEPTH) {
        let wrong = match fault {
            HierarchyFault::Cycle => Wrong::new(FaultCode::CyclicReference, "a group that is not above this one"),
            HierarchyFault::Depth => Wrong::new(FaultCode::TooDeep, "at most 30 levels of groups"),
        };
        columns.parent_id.fault(row, reading, wrong);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Problem;
    use crate::policy::Policy;
    use crate::table::{Table, Tables};

    #[test]
    fn what_organizations_serve_already_takes_places_of_every_group_above() {
        let tables = Tables {
            groups: Some(
                Table::new()
                    .with_texts("group_id", ["top", "middle", "other"])
                    .with_texts("parent_id", ["", "top", ""])
                    .with_ints("capacity_max", [10, 4, 7]),
            ),
            organizations: Table::new()
                .with_texts("organization_id", ["a", "b", "c"])
                .with_ints("capacity_max", [9, 9, 9])
                .with_ints("capacity_current", [5, 2, 9])
                .with_texts("group_id", ["middle", "top", ""]),
            workers: Table::new()
                .with_texts("worker_id", [])
                .with_texts("organization_id", [])
                .with_texts("domains", [])
                .with_ints("caseload_max", []),
            communities: Table::new().with_texts("community", []),
            needs: ["need_id", "community", "domain", "risk"]
                .map(|name| (name, []))
                .into_iter()
                .fold(Table::new(), |table, (name, none)| table.with_texts(name, none)),
            quotas: None,
        };
        let problem = Problem::new(&tables, Policy::default()).unwrap();
        let open = |id| problem.groups()[problem.group_by_id(id).unwrap().index()].open_places();
        assert_eq!([open("top"), open("middle"), open("other")], [Some(3), Some(0), Some(7)]);
    }

    #[test]
    fn the_message_names_the_limit() {
        assert_eq!(MAX_GROUP_DEPTH, 30);
    }
}
