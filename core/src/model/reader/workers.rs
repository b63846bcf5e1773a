//! Reads `workers`.

use super::columns::WorkerColumns;
use super::field::Reading;
use super::floor::{check_current, check_floor};
use super::index::Index;
use super::number::point;
use super::{MAX_PLACES, MAX_TRAVEL_MINUTES};
use crate::model::codes::Sex;
use crate::model::{CommunityId, OrganizationId, Worker};

/// Reads a row.
pub(super) fn worker(
    columns: &WorkerColumns<'_>,
    ids: &Index<'_>,
    organizations: &Index<'_>,
    communities: &Index<'_>,
    row: usize,
    reading: &mut Reading,
) -> Option<Worker> {
    let organization = columns.organization_id.reference(row, organizations, OrganizationId::new, reading);
    let domains = columns.domains.domains(row, reading);
    let caseload_max = columns.caseload_max.count(row, MAX_PLACES, reading);
    let caseload_current = columns.caseload_current.count(row, MAX_PLACES, reading).unwrap_or(0);
    let caseload_min = columns.caseload_min.count(row, MAX_PLACES, reading).unwrap_or(0);
    check_current(&columns.caseload_current, caseload_current, caseload_max, row, reading);
    check_floor(&columns.caseload_min, caseload_min.into(), caseload_max.map(u64::from), row, reading);
    let qualifications = columns.qualifications.qualifications(row, reading).unwrap_or_default();
    let sex = columns.sex.code(row, reading).unwrap_or(Sex::Unknown);
    let languages = columns.languages.codes(row, reading).unwrap_or_default();
    let minor_check_valid_until = columns.minor_check_valid_until.date(row, reading);
    let clearance = columns.clearance.code(row, reading);
    let authorities = columns.authorities.codes(row, reading).unwrap_or_default();
    let base_community = columns.base_community.community(row, communities, CommunityId::new, reading);
    let point = point(&columns.lon, &columns.lat, row, reading);
    let service_area = columns.service_area.area(row, reading).unwrap_or_default();
    let max_travel_minutes = columns.max_travel_minutes.count(row, MAX_TRAVEL_MINUTES, reading);
    Some(Worker {
        id: ids.text(row).into(),
        organization: organization?,
        domains: domains?,
        caseload_max: caseload_max?,
        caseload_current,
        caseload_min,
        qualifications,
        sex,
        languages,
        minor_check_valid_until,
        clearance,
        authorities,
        base_community,
        point,
        service_area,
        max_travel_minutes,
    })
}
