//! Reads `organizations`.

use super::MAX_PLACES;
use super::columns::OrganizationColumns;
use super::field::{Field, Raw, Reading};
use super::floor::{check_current, check_floor};
use super::index::Index;
use super::number::point;
use super::wanted::Wrong;
use crate::error::FaultCode;
use crate::model::codes::OrganizationStatus;
use crate::model::{Date, GroupId, Organization};
use crate::policy::Policy;

/// Reads a row.
pub(super) fn organization(
    columns: &OrganizationColumns<'_>,
    ids: &Index<'_>,
    groups: &Index<'_>,
    policy: &Policy,
    row: usize,
    reading: &mut Reading,
) -> Option<Organization> {
    let kind = columns.kind.code(row, reading);
    let status = columns.status.code(row, reading);
    let incubated_since = columns.incubated_since.date(row, reading);
    let capacity_max = columns.capacity_max.count(row, MAX_PLACES, reading);
    let capacity_current = columns.capacity_current.count(row, MAX_PLACES, reading).unwrap_or(0);
    let capacity_min = columns.capacity_min.count(row, MAX_PLACES, reading).unwrap_or(0);
    check_current(&columns.capacity_current, capacity_current, capacity_max, row, reading);
    let capacity_now = capacity_max.map(|max| capacity_now(max, status, incubated_since, policy));
    check_floor(&columns.capacity_min, capacity_min.into(), capacity_now.map(u64::from), row, reading);
    let direct = columns.direct.flag(row, reading).unwrap_or(false);
    let domains = columns.domains.domains(row, reading).unwrap_or_default();
    let credit_code = columns.credit_code.credit_code(row, reading);
    let compliant = columns.compliant.flag(row, reading);
    let eval_grade = columns.eval_grade.code_or_zero(row, reading);
    let eval_valid_until = columns.eval_valid_until.date(row, reading);
    let minor_check_valid_until = columns.minor_check_valid_until.date(row, reading);
    let service_area = columns.service_area.area(row, reading).unwrap_or_default();
    let group = match is_list(&columns.group_id, row) {
        true => {
            let one = "one group: an organization on several fund lines has a row for each, with the places that the line pays";
            columns.group_id.fault(row, reading, Wrong::new(FaultCode::SeveralGroups, one));
            None
        }
        false => columns.group_id.reference(row, groups, GroupId::new, reading),
    };
    let point = point(&columns.lon, &columns.lat, row, reading);
    Some(Organization {
        id: ids.text(row).into(),
        kind,
        status,
        incubated_since,
        capacity_now: capacity_now?,
        capacity_max: capacity_max?,
        capacity_current,
        capacity_min,
        direct,
        domains,
        credit_code,
        compliant,
        eval_grade,
        eval_valid_until,
        minor_check_valid_until,
        service_area,
        group,
        point,
    })
}

/// Most needs at a time on the policy's evaluation date.
fn capacity_now(capacity_max: u32, status: Option<OrganizationStatus>, since: Option<Date>, policy: &Policy) -> u32 {
    if status != Some(OrganizationStatus::Incubating) {
        return capacity_max;
    }
    let today = policy.evaluation_date();
    match since {
        Some(since) if since > today => 0,
        since => policy.incubation().cap(capacity_max, since.map(|since| today.days() - since.days())),
    }
}

/// Whether a cell holds several entries.
fn is_list(field: &Field<'_>, row: usize) -> bool {
    let raw = field.column.and_then(|column| Raw::of(column, row));
    matches!(raw, Some(Raw::Text(bytes)) if bytes.contains(&b';'))
}
