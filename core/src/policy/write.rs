//! From a policy to its canonical TOML: every key, one order, one spelling. The text enters the input digest, so a key that
//! came after the first digests were on record is written only where it differs from its default.

mod overlays;

use std::fmt::Write;

use super::choice::Choice;
use super::read::{FORMAT, UNLIMITED, deliverable_services};
use super::travel::Terrain;
use super::{Over, Policy, Scope};
use crate::candidate::RuleId;
use crate::model::Date;
use crate::model::codes::{ClientGroup, Domain, Qualification, Risk};
use crate::score::Criterion;

pub(super) fn to_toml(policy: &Policy) -> String {
    let mut text = Text(without_overlays(policy));
    overlays::write(&mut text, policy);
    text.0
}

fn without_overlays(policy: &Policy) -> String {
    let mut text = Text(String::new());
    text.pair("format", FORMAT);
    text.pair("version", quoted(&policy.version));
    text.pair("evaluation_date", policy.evaluation_date);
    text.end("valid_from", policy.validity.from);
    text.end("valid_until", policy.validity.until);
    text.pair("seed", quoted(&policy.seed));
    text.pair("objective", quoted(policy.objective.code()));
    if policy.over != Over::USUAL {
        text.pair("objective_over", quoted(policy.over.code()));
    }
    if policy.scope != Scope::All {
        text.pair("scope", quoted(policy.scope.code()));
    }
    if policy.switch_penalty != 0 {
        text.pair("switch_penalty", policy.switch_penalty);
    }

    text.section("rules");
    for rule in RuleId::ALL.iter().filter(|rule| rule.has_switch()) {
        text.pair(rule.code(), policy.has_rule(*rule));
    }
    text.section("criteria");
    for &criterion in Criterion::ALL {
        text.pair(criterion.code(), policy.weight(criterion));
    }
    text.section("scoring");
    text.pair("waiting_full_days", policy.scoring.waiting_full_days);
    text.pair("same_organization_per_mille", policy.scoring.same_organization_per_mille);
    text.pair("organization_rank", policy.scoring.organization_rank);
    text.section("scoring.ranks");
    for &qualification in Qualification::ALL {
        text.pair(qualification.code(), policy.scoring.rank(qualification));
    }

    text.section("candidates");
    match policy.lists.per_need {
        Some(n) => text.pair("per_need", n),
        None => text.pair("per_need", quoted("all")),
    }
    text.pair("prove_all_pairs", policy.lists.prove_all_pairs);

    text.section("incubation");
    text.pair("period_days", policy.incubation.period_days);
    let parts: Vec<String> = policy.incubation.ramp_per_mille.iter().map(u32::to_string).collect();
    text.pair("ramp_per_mille", format!("[{}]", parts.join(", ")));

    travel(&mut text, policy);
    services(&mut text, policy);
    protection(&mut text, policy);

    for (scale, grades) in policy.risk_scales.iter() {
        text.section(&format!("risk_scales.{scale}"));
        for &risk in Risk::ALL {
            text.list(risk.code(), grades[risk as usize].iter().copied());
        }
    }
    text.0
}

fn travel(text: &mut Text, policy: &Policy) {
    let travel = &policy.travel;
    text.section("travel");
    text.pair("max_minutes", travel.max_minutes);
    text.pair("unknown_location", quoted(travel.unknown_location.to_code()));
    text.pair("unknown_minutes", travel.unknown_minutes);
    text.list("mountain_divisions", travel.mountain_divisions.iter().map(ToString::to_string));
    for terrain in Terrain::ALL {
        let roads = travel.roads(terrain);
        text.section(&format!("travel.{}", terrain.key()));
        text.pair("factor_per_mille", roads.factor_per_mille);
        text.pair("speed_km_h", roads.speed_km_h);
        text.pair("fixed_minutes", roads.fixed_minutes);
    }
}

fn services(text: &mut Text, policy: &Policy) {
    text.section("usual_service");
    for &domain in Domain::ALL {
        text.pair(domain.code(), quoted(policy.usual_service(domain).code()));
    }
    for service in deliverable_services() {
        let demands = policy.service(service);
        text.section(&format!("services.{}", service.code()));
        // The list for all colours is written too, since the default would fill the gap.
        text.list("any_of", demands.any_of(Risk::Green).iter().map(|qualification| qualification.code()));
        for &risk in Risk::ALL {
            text.list(risk.code(), demands.any_of(risk).iter().map(|qualification| qualification.code()));
        }
        text.pair("direct", demands.direct);
        text.pair("filed_groups", demands.filed_groups);
        text.pair("volunteers", demands.volunteers);
    }
}

fn protection(text: &mut Text, policy: &Policy) {
    let minors = policy.minors;
    text.section("minors");
    text.list("domains", minors.domains.iter().map(Domain::code));
    text.list("groups", minors.groups.iter().map(ClientGroup::code));
    text.list("adult_domains", minors.adult_domains.iter().map(Domain::code));
    text.list("adult_groups", minors.adult_groups.iter().map(ClientGroup::code));

    text.section("volunteers");
    text.pair("max_risk", quoted(policy.volunteer_max_risk.code()));
    text.section("assessment");
    text.list("separate_domains", policy.separate_domains.iter().map(Domain::code));
    text.section("consent");
    text.list("sensitive_groups", policy.consent.sensitive_groups.iter().map(ClientGroup::code));

    text.section("confidentiality");
    text.pair("organization_max", policy.organization_max_confidentiality.code());
    text.section("confidentiality.groups");
    for &group in ClientGroup::ALL {
        text.pair(group.code(), policy.group_confidentiality(group).code());
    }
    text.section("authorities");
    for &domain in Domain::ALL {
        text.list(domain.code(), policy.authorities(domain).iter().map(|authority| authority.code()));
    }
    text.section("area");
    text.list("cross_area_domains", policy.cross_area_domains.iter().map(Domain::code));
}

struct Text(String);

impl Text {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        writeln!(self.0, "{line}").expect("a string takes every text");
    }

    fn section(&mut self, path: &str) {
        self.line(format_args!("\n[{path}]"));
    }

    fn pair(&mut self, key: &str, value: impl std::fmt::Display) {
        self.line(format_args!("{key} = {value}"));
    }

    /// The first or last day of a policy.
    fn end(&mut self, key: &str, day: Option<Date>) {
        match day {
            Some(day) => self.pair(key, day),
            None => self.pair(key, quoted(UNLIMITED)),
        }
    }

    fn list<T: AsRef<str>>(&mut self, key: &str, entries: impl Iterator<Item = T>) {
        let entries: Vec<String> = entries.map(|entry| quoted(entry.as_ref())).collect();
        self.line(format_args!("{key} = [{}]", entries.join(", ")));
    }
}

/// Quotes a code or name; none holds a character that needs escaping.
fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}
