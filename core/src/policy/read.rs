//! From TOML to a checked policy: merge with the defaults, read section by section, collect all faults.

mod incubation;
mod lists;
mod overlays;
mod services;
mod travel;
mod validity;

use toml::{Table, Value};

pub(super) use overlays::MAX_OVERLAYS;
pub(super) use services::deliverable_services;
pub(super) use validity::UNLIMITED;

use super::choice::Choice;
use super::risk_scale::{RiskScales, grades_of, is_name};
use super::schema::Notes;
use super::section::{Faults, Section};
use super::{Consent, MAX_RANK, Minors, Objective, Over, Policy, Scope, Scoring};
use crate::candidate::{RuleId, RuleSet};
use crate::encode::scale::{FULL_WEIGHT, ONE};
use crate::error::{Fault, FaultCode, InputError, TableName};
use crate::model::codes::{Authorities, Authority, ClientGroup, Confidentiality, Domain, Qualification, Risk};
use crate::score::{Criterion, N_CRITERIA};

/// The newest form of a policy file that this version reads.
pub(super) const FORMAT: i64 = 1;
/// Longest policy file in bytes.
const MAX_BYTES: usize = 1 << 20;

pub(super) fn from_toml(text: &str, defaults: &str) -> Result<Policy, InputError> {
    let mut given = parse(text)?;
    refuse_newer(&given)?;
    let mut merged = parse(defaults)?;
    let overlays = given.remove("overlay");
    merge(&mut merged, given);

    let faults = Faults::default();
    let policy = read(&Section::root(&merged, &faults));
    let of_overlays = Faults::default();
    let overlays = overlays::overlays(overlays, &merged, &of_overlays);
    let mut faults = faults.into_vec();
    add_own(&mut faults, of_overlays.into_vec());
    match policy {
        Some(policy) if faults.is_empty() => Ok(Policy { overlays, ..policy }),
        _ => Err(InputError::new(faults)),
    }
}

/// Adds the faults of overlays. What is wrong in the policy around is found again in each of them, and told once.
fn add_own(faults: &mut Vec<Fault>, of_overlays: Vec<Fault>) {
    let around: Vec<(Option<String>, FaultCode)> =
        faults.iter().map(|fault| (fault.column.as_deref().map(str::to_owned), fault.code)).collect();
    let is_own = |fault: &Fault| {
        let key = fault.column.as_deref().and_then(|key| key.split_once("].")).map(|(_, key)| key.to_owned());
        key.is_none() || !around.contains(&(key, fault.code))
    };
    faults.extend(of_overlays.into_iter().filter(is_own));
}

/// The section of the scales, whose names are the caller's.
pub(super) const SCALES: &str = "risk_scales";

/// What the reader asks of each key of a file that has them all.
pub(super) fn notes(defaults: &str) -> Notes {
    let (faults, merged) = (Faults::noting(), parse(defaults).unwrap_or_default());
    // Keys that the default leaves out are asked for too, and missed; the policy is of no matter.
    drop(read(&Section::root(&merged, &faults)));
    faults.into_notes()
}

fn parse(text: &str) -> Result<Table, InputError> {
    let fault = |row, expected: &'static str| {
        let place = Fault::in_table(TableName::Policy, FaultCode::MalformedPolicy, expected);
        InputError::from(Fault { row, ..place })
    };
    if text.len() > MAX_BYTES {
        return Err(fault(None, "at most 1 MiB"));
    }
    text.parse().map_err(|error: toml::de::Error| {
        let line = error.span().map(|span| text.as_bytes()[..span.start].iter().filter(|&&b| b == b'\n').count());
        fault(line, "TOML, with each key once")
    })
}

fn refuse_newer(given: &Table) -> Result<(), InputError> {
    match given.get("format") {
        Some(Value::Integer(format)) if *format > FORMAT => {
            let expected = format!("a form up to {FORMAT}");
            Err(Fault::in_column(TableName::Policy, "format", FaultCode::NewerPolicy, expected).into())
        }
        _ => Ok(()),
    }
}

/// Puts the given values over the defaults, section by section. The depth is that of the parser, which bounds it.
fn merge(defaults: &mut Table, given: Table) {
    for (key, value) in given {
        match (defaults.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(value)) => merge(below, value),
            (_, value) => {
                defaults.insert(key, value);
            }
        }
    }
}

/// `None` only where a fault was recorded.
fn read(root: &Section<'_>) -> Option<Policy> {
    root.allow_only(&[
        "format",
        "version",
        "evaluation_date",
        "valid_from",
        "valid_until",
        "seed",
        "objective",
        "objective_over",
        "scope",
        "switch_penalty",
        "rules",
        "criteria",
        "scoring",
        "candidates",
        "incubation",
        "travel",
        "usual_service",
        "services",
        "minors",
        "volunteers",
        "assessment",
        "consent",
        "confidentiality",
        "authorities",
        "area",
        "risk_scales",
        "overlay",
    ]);
    root.integer("format", 1, FORMAT as u32);
    let volunteers = root.section("volunteers");
    volunteers.allow_only(&["max_risk"]);
    let assessment = root.section("assessment");
    assessment.allow_only(&["separate_domains"]);
    let area = root.section("area");
    area.allow_only(&["cross_area_domains"]);

    // Every part is read before the first is missed, so that all faults are found.
    let evaluation_date = root.date("evaluation_date");
    let objective = root.word(
        "objective",
        Objective::from_code,
        "tiers_then_score, coverage_then_score, score, least_unequal, stable, max_min or leximin",
    );
    let over = root.word("objective_over", Over::from_code, "county, township or client_group");
    let scope = root.word("scope", Scope::from_code, "all or pilot");
    let travel = travel::travel(&root.section("travel"));
    let usual_service = services::usual_service(&root.section("usual_service"));
    let confidentiality = root.section("confidentiality");
    let organization_max = confidentiality_classes(&confidentiality);
    let volunteer_max_risk = volunteers.word("max_risk", Risk::from_code, "green, blue, yellow or red");

    Some(Policy {
        version: root.name("version", 64),
        validity: validity::validity(root),
        seed: root.name("seed", 128),
        rules: rules(&root.section("rules")),
        weights: weights(&root.section("criteria")),
        scoring: scoring(&root.section("scoring")),
        switch_penalty: root.integer("switch_penalty", 0, ONE as u32),
        lists: lists::lists(&root.section("candidates")),
        incubation: incubation::incubation(&root.section("incubation")),
        services: services::services(&root.section("services")),
        minors: minors(&root.section("minors")),
        separate_domains: domains(&assessment, "separate_domains").into_iter().collect(),
        consent: consent(&root.section("consent")),
        group_confidentiality: group_confidentiality(&confidentiality.section("groups")),
        authorities: authorities(&root.section("authorities")),
        cross_area_domains: domains(&area, "cross_area_domains").into_iter().collect(),
        risk_scales: risk_scales(&root.section(SCALES)),
        evaluation_date: evaluation_date?,
        objective: objective?,
        over: over?,
        scope: scope?,
        travel: travel?,
        usual_service: usual_service?,
        organization_max_confidentiality: organization_max?,
        volunteer_max_risk: volunteer_max_risk?,
        overlays: Vec::new(),
    })
}

fn rules(section: &Section<'_>) -> RuleSet {
    let switches: Vec<&str> = RuleId::ALL.iter().filter(|rule| rule.has_switch()).map(|rule| rule.code()).collect();
    section.allow_only(&switches);
    RuleId::ALL.iter().copied().filter(|rule| !rule.has_switch() || section.flag(rule.code())).collect()
}

fn weights(section: &Section<'_>) -> [u32; N_CRITERIA] {
    section.allow_only(&codes(Criterion::ALL, Criterion::code));
    let mut weights = [0; N_CRITERIA];
    for &criterion in Criterion::ALL {
        weights[criterion as usize] = section.integer(criterion.code(), 0, FULL_WEIGHT);
    }
    if weights.iter().sum::<u32>() != FULL_WEIGHT {
        section.fault_here(format!("weights that sum to {FULL_WEIGHT}"));
    }
    weights
}

fn scoring(section: &Section<'_>) -> Scoring {
    section.allow_only(&["waiting_full_days", "same_organization_per_mille", "organization_rank", "ranks"]);
    let ranks = section.section("ranks");
    ranks.allow_only(&codes(Qualification::ALL, Qualification::code));
    let mut rank_of = [1; Qualification::ALL.len()];
    for &qualification in Qualification::ALL {
        rank_of[qualification as usize] = ranks.integer(qualification.code(), 1, MAX_RANK);
    }
    Scoring {
        waiting_full_days: section.integer("waiting_full_days", 1, 36_500),
        same_organization_per_mille: section.integer("same_organization_per_mille", 0, 1000),
        organization_rank: section.integer("organization_rank", 1, MAX_RANK),
        rank_of,
    }
}

fn minors(section: &Section<'_>) -> Minors {
    section.allow_only(&["domains", "groups", "adult_domains", "adult_groups"]);
    Minors {
        domains: domains(section, "domains").into_iter().collect(),
        groups: groups(section, "groups").into_iter().collect(),
        adult_domains: domains(section, "adult_domains").into_iter().collect(),
        adult_groups: groups(section, "adult_groups").into_iter().collect(),
    }
}

fn consent(section: &Section<'_>) -> Consent {
    section.allow_only(&["sensitive_groups"]);
    Consent { sensitive_groups: groups(section, "sensitive_groups").into_iter().collect() }
}

/// The highest class that an organization may serve without naming a worker.
fn confidentiality_classes(section: &Section<'_>) -> Option<Confidentiality> {
    section.allow_only(&["organization_max", "groups"]);
    confidentiality_class(section, "organization_max")
}

fn group_confidentiality(section: &Section<'_>) -> [Confidentiality; ClientGroup::ALL.len()] {
    section.allow_only(&codes(ClientGroup::ALL, ClientGroup::code));
    let mut classes = [Confidentiality::Open; ClientGroup::ALL.len()];
    for &group in ClientGroup::ALL.iter().filter(|group| section.has(group.code())) {
        classes[group as usize] = confidentiality_class(section, group.code()).unwrap_or(Confidentiality::Sealed);
    }
    classes
}

fn confidentiality_class(section: &Section<'_>, key: &str) -> Option<Confidentiality> {
    let most = Confidentiality::ALL.len() as u32 - 1;
    Confidentiality::ALL.get(section.integer(key, 0, most) as usize).copied()
}

fn authorities(section: &Section<'_>) -> [Authorities; Domain::ALL.len()] {
    section.allow_only(&codes(Domain::ALL, Domain::code));
    let mut lists = [Authorities::default(); Domain::ALL.len()];
    for &domain in Domain::ALL.iter().filter(|domain| section.has(domain.code())) {
        let list = section.list(domain.code(), Authority::from_code, "a list of authorities");
        lists[domain as usize] = list.into_iter().collect();
    }
    lists
}

fn risk_scales(section: &Section<'_>) -> RiskScales {
    let mut scales = RiskScales::default();
    section.allow_any();
    for scale in section.keys() {
        if !is_name(scale) {
            section.fault_here("names of scales out of a-z 0-9 _");
            continue;
        }
        let colours = section.section(scale);
        colours.allow_only(&codes(Risk::ALL, Risk::code));
        for &risk in Risk::ALL.iter().filter(|risk| colours.has(risk.code())) {
            let grades = colours.list(risk.code(), grades_of, "a list of words out of a-z 0-9 _, numbers and ranges");
            if !scales.add(scale, risk, grades.into_iter().flatten().collect()) {
                colours.fault(risk.code(), "each grade once in its scale");
            }
        }
    }
    scales
}

fn domains(section: &Section<'_>, key: &str) -> Vec<Domain> {
    section.list(key, Domain::from_code, "a list of domains")
}

fn groups(section: &Section<'_>, key: &str) -> Vec<ClientGroup> {
    section.list(key, ClientGroup::from_code, "a list of client groups")
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|&value| code(value)).collect()
}
