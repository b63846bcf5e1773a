//! Reads `needs`.

use super::MAX_WAITING_DAYS;
use super::columns::NeedColumns;
use super::field::{Field, Raw, Reading};
use super::index::Index;
use super::number::point;
use super::wanted::Wrong;
use super::word::{code_of, plain};
use crate::error::FaultCode;
use crate::model::codes::{Confidentiality, Risk, Sex};
use crate::model::{CommunityId, Need, OrganizationId, WorkerId, is_immediate};
use crate::policy::Policy;

/// The tables to which a need refers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Targets<'i, 't> {
    pub(super) communities: &'i Index<'t>,
    pub(super) organizations: &'i Index<'t>,
    pub(super) workers: &'i Index<'t>,
}

/// Reads a row.
pub(super) fn need(
    columns: &NeedColumns<'_>,
    ids: &Index<'_>,
    to: Targets<'_, '_>,
    policy: &Policy,
    row: usize,
    reading: &mut Reading,
) -> Option<Need> {
    let community = columns.community.community(row, to.communities, CommunityId::new, reading);
    let domain = columns.domain.code(row, reading);
    let risk = risk(&columns.risk, policy, row, reading);
    let service_type = columns.service_type.code(row, reading);
    let groups = columns.groups.codes(row, reading).unwrap_or_default();
    let age_band = columns.age_band.code(row, reading);
    let sex = columns.sex.code(row, reading).unwrap_or(Sex::Unknown);
    let juvenile_case = columns.juvenile_case.flag(row, reading).unwrap_or(false);
    let guardianship = columns.guardianship.code(row, reading);
    let emergencies = columns.emergencies.codes(row, reading).unwrap_or_default();
    let min_qualification = columns.min_qualification.code(row, reading);
    let required_sex = columns.required_sex.code(row, reading).unwrap_or(Sex::Unknown);
    let languages = columns.languages.codes(row, reading).unwrap_or_default();
    let waiting_days = columns.waiting_days.count(row, MAX_WAITING_DAYS, reading).unwrap_or(0);
    let household = columns.household_id.id(row, reading);
    let current_worker = columns.current_worker.reference(row, to.workers, WorkerId::new, reading);
    let current_organization =
        columns.current_organization.reference(row, to.organizations, OrganizationId::new, reading);
    let preferred_workers = columns.preferred_workers.references(row, to.workers, WorkerId::new, reading);
    let excluded_workers = columns.excluded_workers.references(row, to.workers, WorkerId::new, reading);
    let excluded_organizations =
        columns.excluded_organizations.references(row, to.organizations, OrganizationId::new, reading);
    let assessor_organization =
        columns.assessor_organization.reference(row, to.organizations, OrganizationId::new, reading);
    let confidentiality = columns.confidentiality.code(row, reading).unwrap_or(Confidentiality::Open);
    let consents = columns.consent.codes(row, reading).unwrap_or_default();
    let automated_decision_refused = columns.automated_decision_refused.flag(row, reading).unwrap_or(false);
    let pinned_worker = columns.pinned_worker.reference(row, to.workers, WorkerId::new, reading);
    let frozen = columns.frozen.flag(row, reading).unwrap_or(false);
    if frozen {
        check_frozen(columns, (current_worker, pinned_worker), row, reading);
    }
    let point = point(&columns.lon, &columns.lat, row, reading);
    let mut need = Need {
        id: ids.text(row).into(),
        community: community?,
        domain: domain?,
        risk: risk?,
        service_type,
        groups,
        age_band,
        sex,
        juvenile_case,
        guardianship,
        emergencies,
        min_qualification,
        required_sex,
        languages,
        waiting_days,
        household,
        current_worker,
        current_organization,
        preferred_workers: preferred_workers.unwrap_or_default(),
        excluded_workers: excluded_workers.unwrap_or_default(),
        excluded_organizations: excluded_organizations.unwrap_or_default(),
        assessor_organization,
        confidentiality,
        consents,
        automated_decision_refused,
        pinned_worker: if frozen { current_worker } else { pinned_worker },
        frozen,
        point,
    };
    // An emergency forces red.
    if is_immediate(&need, policy.minors()) {
        need.risk = Risk::Red;
    }
    Some(need)
}

/// A frozen need has a current worker, and is pinned to nobody else.
fn check_frozen(
    columns: &NeedColumns<'_>,
    (current, pinned): (Option<WorkerId>, Option<WorkerId>),
    row: usize,
    reading: &mut Reading,
) {
    let is_given = |field: &Field<'_>| field.column.and_then(|column| Raw::of(column, row)).is_some();
    // A worker who does not exist is a fault already.
    if !is_given(&columns.current_worker) {
        columns.frozen.fault(row, reading, Wrong::new(FaultCode::FrozenNowhere, "a current_worker to keep"));
    }
    if let (Some(current), Some(pinned)) = (current, pinned)
        && current != pinned
    {
        let wrong = Wrong::new(FaultCode::FrozenElsewhere, "the current worker, or nobody");
        columns.pinned_worker.fault(row, reading, wrong);
    }
}

/// Reads a colour, its number, or a raw grade of a scale of the policy.
fn risk(field: &Field<'_>, policy: &Policy, row: usize, reading: &mut Reading) -> Option<Risk> {
    field.read(row, reading, |raw, scratch| {
        let text = plain(raw, scratch)?;
        let Some((scale, grade)) = text.split_once(':') else {
            return code_of(text);
        };
        let wanted = "a colour, a number from 0 to 3, or scale:grade with a scale and a grade of the policy";
        policy.risk_of_grade(scale.trim_end(), grade.trim_start()).ok_or(Wrong::new(FaultCode::UnknownCode, wanted))
    })
}
