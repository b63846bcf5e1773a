//! The rows of each table, column by column in the order of the documentation.

use super::encoder::Encoder;
use crate::error::TableName;
use crate::model::codes::{DomainLevels, ServiceArea};
use crate::model::problem::Rows;
use crate::model::{
    Community, CommunityId, Group, GroupId, Need, Organization, OrganizationId, Problem, Quota, Terms, Worker, WorkerId,
};

/// Encodes all tables.
pub(super) fn encode(problem: &Problem, to: &mut Encoder) {
    let names = Names {
        problem,
        communities: problem.communities().iter().map(|community| community.code.to_string()).collect(),
        worker_ranks: ranks(&problem.workers),
        organization_ranks: ranks(&problem.organizations),
    };
    table(TableName::Communities, &problem.communities, to, community);
    table(TableName::Groups, &problem.groups, to, |row, to| group(&names, row, to));
    table(TableName::Organizations, &problem.organizations, to, |row, to| organization(&names, row, to));
    table(TableName::Workers, &problem.workers, to, |row, to| worker(&names, row, to));
    table(TableName::Needs, &problem.needs, to, |row, to| need(&names, row, to));
    // Written only if there are any, so that digests from before there were quotas hold.
    if !problem.quotas.items.is_empty() {
        table(TableName::Quotas, &problem.quotas, to, quota);
    }
}

/// The identifiers by which rows refer to each other.
struct Names<'p> {
    problem: &'p Problem,
    /// The code of each community.
    communities: Vec<String>,
    /// For each canonical position its place in the order of the identifiers, in which lists are written.
    worker_ranks: Vec<u32>,
    organization_ranks: Vec<u32>,
}

impl<'p> Names<'p> {
    fn community(&self, community: CommunityId) -> &str {
        &self.communities[community.index()]
    }

    fn group(&self, group: GroupId) -> &'p str {
        &self.problem.groups()[group.index()].id
    }

    fn organization(&self, organization: OrganizationId) -> &'p str {
        &self.problem.organizations()[organization.index()].id
    }

    fn worker(&self, worker: WorkerId) -> &'p str {
        &self.problem.workers()[worker.index()].id
    }
}

fn ranks<T>(rows: &Rows<T>) -> Vec<u32> {
    let mut ranks = vec![0; rows.items.len()];
    for (rank, &position) in rows.by_id.iter().enumerate() {
        ranks[position as usize] = rank as u32;
    }
    ranks
}

fn table<T>(name: TableName, rows: &Rows<T>, to: &mut Encoder, mut encode: impl FnMut(&T, &mut Encoder)) {
    to.text(name.as_str());
    to.count(rows.items.len());
    for &position in &rows.by_id {
        encode(&rows.items[position as usize], to);
        to.end_row();
    }
}

fn community(row: &Community, to: &mut Encoder) {
    to.text(&row.code.to_string());
    to.option(row.name.as_deref(), Encoder::text);
    to.option(row.urban_rural_class, Encoder::code);
    to.option(row.point, Encoder::point);
    to.flag(row.pilot);
}

fn group(names: &Names<'_>, row: &Group, to: &mut Encoder) {
    to.text(&row.id);
    to.option(row.parent, |to, parent| to.text(names.group(parent)));
    to.code(row.kind);
    to.option(row.capacity_max, Encoder::number);
    to.number(row.capacity_min);
    let Terms { organization_kinds, domains, area: divisions, valid_from, valid_until } = &row.terms;
    to.codes(organization_kinds.iter());
    to.codes(domains.iter());
    area(divisions, to);
    to.option(*valid_from, Encoder::date);
    to.option(*valid_until, Encoder::date);
}

fn organization(names: &Names<'_>, row: &Organization, to: &mut Encoder) {
    to.text(&row.id);
    to.option(row.kind, Encoder::code);
    to.option(row.status, Encoder::code);
    to.option(row.incubated_since, Encoder::date);
    to.number(row.capacity_max.into());
    to.number(row.capacity_current.into());
    to.number(row.capacity_min.into());
    to.flag(row.direct);
    domains(&row.domains, to);
    to.option(row.credit_code, |to, code| to.text(code.as_str()));
    to.option(row.compliant, Encoder::flag);
    to.option(row.eval_grade, Encoder::code);
    to.option(row.eval_valid_until, Encoder::date);
    to.option(row.minor_check_valid_until, Encoder::date);
    area(&row.service_area, to);
    to.option(row.group, |to, group| to.text(names.group(group)));
    to.option(row.point, Encoder::point);
}

fn worker(names: &Names<'_>, row: &Worker, to: &mut Encoder) {
    to.text(&row.id);
    to.text(names.organization(row.organization));
    domains(&row.domains, to);
    to.number(row.caseload_max.into());
    to.number(row.caseload_current.into());
    to.number(row.caseload_min.into());
    to.count(row.qualifications.len());
    for &(qualification, valid_until) in &row.qualifications {
        to.code(qualification);
        to.option(valid_until, Encoder::date);
    }
    to.code(row.sex);
    to.codes(row.languages.iter());
    to.option(row.minor_check_valid_until, Encoder::date);
    to.option(row.clearance, Encoder::code);
    to.codes(row.authorities.iter());
    to.option(row.base_community, |to, community| to.text(names.community(community)));
    to.option(row.point, Encoder::point);
    area(&row.service_area, to);
    to.option(row.max_travel_minutes, |to, minutes| to.number(minutes.into()));
}

fn need(names: &Names<'_>, row: &Need, to: &mut Encoder) {
    to.text(&row.id);
    to.text(names.community(row.community));
    to.code(row.domain);
    to.code(row.risk);
    to.option(row.service_type, Encoder::code);
    to.codes(row.groups.iter());
    to.option(row.age_band, Encoder::code);
    to.code(row.sex);
    to.flag(row.juvenile_case);
    to.option(row.guardianship, Encoder::code);
    to.codes(row.emergencies.iter());
    to.option(row.min_qualification, Encoder::code);
    to.code(row.required_sex);
    to.codes(row.languages.iter());
    to.number(row.waiting_days.into());
    to.option(row.household.as_deref(), Encoder::text);
    to.option(row.current_worker, |to, worker| to.text(names.worker(worker)));
    to.option(row.current_organization, |to, organization| to.text(names.organization(organization)));
    workers(names, &row.preferred_workers, to);
    workers(names, &row.excluded_workers, to);
    organizations(names, &row.excluded_organizations, to);
    to.option(row.assessor_organization, |to, organization| to.text(names.organization(organization)));
    to.code(row.confidentiality);
    to.codes(row.consents.iter());
    to.flag(row.automated_decision_refused);
    match row.pinned_worker {
        Some(worker) if row.frozen => {
            to.frozen();
            to.text(names.worker(worker));
        }
        pinned => to.option(pinned, |to, worker| to.text(names.worker(worker))),
    }
    to.option(row.point, Encoder::point);
}

fn quota(row: &Quota, to: &mut Encoder) {
    to.text(&row.id);
    to.option(row.area, |to, area| to.text(&area.to_string()));
    to.option(row.residence, Encoder::code);
    to.option(row.client_group, Encoder::code);
    to.option(row.domain, Encoder::code);
    to.option(row.risk, Encoder::code);
    to.flag(row.per_household);
    to.number(row.floor);
    to.option(row.cap, Encoder::number);
    // Written only where there is one, so that digests from before there were such floors hold.
    if row.floor_per_mille > 0 {
        to.number(row.floor_per_mille.into());
    }
}

fn workers(names: &Names<'_>, workers: &[WorkerId], to: &mut Encoder) {
    let mut workers = workers.to_vec();
    workers.sort_unstable_by_key(|worker| names.worker_ranks[worker.index()]);
    to.count(workers.len());
    for worker in workers {
        to.text(names.worker(worker));
    }
}

fn organizations(names: &Names<'_>, organizations: &[OrganizationId], to: &mut Encoder) {
    let mut organizations = organizations.to_vec();
    organizations.sort_unstable_by_key(|organization| names.organization_ranks[organization.index()]);
    to.count(organizations.len());
    for organization in organizations {
        to.text(names.organization(organization));
    }
}

fn domains(levels: &DomainLevels, to: &mut Encoder) {
    to.count(levels.iter().count());
    for (domain, level) in levels.iter() {
        to.code(domain);
        to.number(level.into());
    }
}

fn area(area: &ServiceArea, to: &mut Encoder) {
    to.count(area.divisions().len());
    for division in area.divisions() {
        to.text(&division.to_string());
    }
}
