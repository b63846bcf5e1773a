//! What can be found from the policy alone.

use super::finding::{Finding, Lint};
use crate::candidate::RuleId;
use crate::encode::scale::FULL_WEIGHT;
use crate::model::codes::{Domain, Qualification, Risk, ServiceType};
use crate::policy::{MAX_RANK, Policy, Terrain, UnknownLocation};
use crate::score::Criterion;

/// Everything that the policy alone tells.
pub(super) fn findings(policy: &Policy) -> Vec<Finding> {
    let mut found = Vec::new();
    if !policy.validity().holds(policy.evaluation_date()) {
        found.push(Finding::new(Lint::NotInForce, "evaluation_date"));
    }
    names(policy, &mut found);
    if policy.over() != Policy::default().over() && !policy.objective().compares_kinds() {
        found.push(Finding::new(Lint::KeyWithoutEffect, "objective_over").about("objective"));
    }
    let around = of_keys(policy);
    for overlay in policy.overlays() {
        // What holds of the policy around is told there.
        let own = of_keys(overlay.policy()).into_iter().filter(|own| !around.contains(own));
        found.extend(own.map(|own| Finding { key: format!("overlay.{}.{}", overlay.area, own.key), ..own }));
    }
    found.extend(around);
    found
}

/// What the keys tell that an area may change.
fn of_keys(policy: &Policy) -> Vec<Finding> {
    let mut found = Vec::new();
    weights(policy, &mut found);
    services(policy, &mut found);
    ways(policy, &mut found);
    switches(policy, &mut found);
    found
}

fn names(policy: &Policy, found: &mut Vec<Finding>) {
    let default = Policy::default();
    if policy.version() == default.version() && *policy != default {
        found.push(Finding::new(Lint::DefaultName, "version"));
    }
    if policy.seed() == default.seed() {
        found.push(Finding::new(Lint::DefaultSeed, "seed"));
    }
}

fn weights(policy: &Policy, found: &mut Vec<Finding>) {
    for &criterion in Criterion::ALL {
        let weight = policy.weight(criterion);
        let key = || key_of(criterion);
        let numbers = (u64::from(weight), u64::from(FULL_WEIGHT));
        if weight > 0 && is_constant(policy, criterion) {
            found.push(Finding::new(Lint::WeightWithoutEffect, key()).numbers(numbers.0, numbers.1));
        } else if weight > 0 && decides(policy, criterion) {
            found.push(Finding::new(Lint::WeightDecides, key()).numbers(numbers.0, numbers.1));
        }
    }
}

pub(super) fn key_of(criterion: Criterion) -> String {
    format!("criteria.{}", criterion.code())
}

/// Whether the criterion measures the same for every candidate, whoever there is.
fn is_constant(policy: &Policy, criterion: Criterion) -> bool {
    let scoring = policy.scoring();
    match criterion {
        Criterion::TravelTime => policy.travel().max_minutes == 0,
        // Every candidate holds something on the list then, and everything reaches the rank that red asks for.
        Criterion::Qualification => {
            policy.has_rule(RuleId::H01)
                && scoring.organization_rank == MAX_RANK
                && Qualification::ALL.iter().all(|&held| scoring.rank(held) == MAX_RANK)
        }
        _ => false,
    }
}

/// Whether the least difference that the criterion can make, times its weight, is more than all others together.
fn decides(policy: &Policy, criterion: Criterion) -> bool {
    let weight = policy.weight(criterion);
    if weight == FULL_WEIGHT {
        return true;
    }
    let (step, whole) = least_step(policy, criterion);
    weight * step > (FULL_WEIGHT - weight) * whole
}

/// The least difference between two values of the criterion, as a fraction; 0 where there is no least one.
fn least_step(policy: &Policy, criterion: Criterion) -> (u32, u32) {
    match criterion {
        Criterion::DomainCompetence => (1, 3),
        Criterion::Qualification => (1, MAX_RANK),
        Criterion::TravelTime => (0, 1),
        Criterion::Continuity => {
            let share = policy.scoring().same_organization_per_mille;
            let steps = [share, FULL_WEIGHT - share, FULL_WEIGHT];
            (steps.into_iter().filter(|&step| step > 0).min().unwrap_or(FULL_WEIGHT), FULL_WEIGHT)
        }
        Criterion::Waiting => (1, policy.scoring().waiting_full_days),
        Criterion::Languages | Criterion::Preference => (1, 1),
        Criterion::OrganizationGrade => (1, 5),
    }
}

fn services(policy: &Policy, found: &mut Vec<Finding>) {
    for &service in ServiceType::ALL.iter().filter(|&&service| !is_referred(service)) {
        for &risk in Risk::ALL.iter().filter(|&&risk| is_by_nobody(policy, service, risk)) {
            let key = format!("services.{}.{}", service.code(), risk.code());
            found.push(Finding::new(Lint::ServiceByNobody, key));
        }
    }
    for &domain in Domain::ALL.iter().filter(|&&domain| is_referred(policy.usual_service(domain))) {
        found.push(Finding::new(Lint::UsualServiceReferred, format!("usual_service.{}", domain.code())));
    }
}

/// The two services that nobody is ever assigned to (H08, H17).
fn is_referred(service: ServiceType) -> bool {
    matches!(service, ServiceType::PsychTreatment | ServiceType::LawEnforcement)
}

/// Whether H01 leaves neither a worker nor an organization.
fn is_by_nobody(policy: &Policy, service: ServiceType, risk: Risk) -> bool {
    let demands = policy.service(service);
    policy.has_rule(RuleId::H01) && !demands.direct && demands.any_of(risk).is_empty()
}

fn ways(policy: &Policy, found: &mut Vec<Finding>) {
    let travel = policy.travel();
    if !policy.has_rule(RuleId::T01) {
        return;
    }
    for terrain in Terrain::ALL {
        let fixed = travel.roads(terrain).fixed_minutes;
        if fixed > travel.max_minutes {
            let key = format!("travel.{}.fixed_minutes", terrain.key());
            found.push(Finding::new(Lint::OutOfReach, key).numbers(fixed.into(), travel.max_minutes.into()));
        }
    }
}

fn switches(policy: &Policy, found: &mut Vec<Finding>) {
    for &rule in RuleId::ALL.iter().filter(|&&rule| !policy.has_rule(rule)) {
        found.push(Finding::new(Lint::RuleOff, format!("rules.{}", rule.code())));
    }
    let lists = policy.lists();
    if lists.per_need.is_some() && !lists.prove_all_pairs {
        found.push(Finding::new(Lint::NotProven, "candidates.prove_all_pairs"));
    }
    let is_off = |rule| !policy.has_rule(rule);
    let minors = policy.minors();
    let idle = [
        (lists.per_need.is_none() && !lists.prove_all_pairs, "candidates.prove_all_pairs", "candidates.per_need"),
        (is_off(RuleId::H10) && !policy.separate_domains().is_empty(), "assessment.separate_domains", "rules.H10"),
        (is_off(RuleId::H14) && !policy.cross_area_domains().is_empty(), "area.cross_area_domains", "rules.H14"),
        (
            is_off(RuleId::T01) && policy.travel().unknown_location != UnknownLocation::SameTownship,
            "travel.unknown_location",
            "rules.T01",
        ),
        (minors.domains.iter().any(|own| minors.adult_domains.contains(own)), "minors.adult_domains", "minors.domains"),
        (minors.groups.intersects(minors.adult_groups), "minors.adult_groups", "minors.groups"),
    ];
    for (_, key, cause) in idle.into_iter().filter(|(holds, ..)| *holds) {
        found.push(Finding::new(Lint::KeyWithoutEffect, key).about(cause));
    }
}
