//! Reads who may deliver a service, and which service is usual in a domain.

use super::{Section, codes};
use crate::model::codes::{Domain, Qualification, Qualifications, Risk, ServiceType};
use crate::policy::service::{ServicePolicy, any_qualification};

/// The list that stands for every qualification.
const ANY: &str = "any";

/// The services that somebody can be assigned to.
pub(in crate::policy) fn deliverable_services() -> impl Iterator<Item = ServiceType> {
    let nobody = [ServiceType::PsychTreatment, ServiceType::LawEnforcement];
    ServiceType::ALL.iter().copied().filter(move |service| !nobody.contains(service))
}

pub(super) fn usual_service(section: &Section<'_>) -> Option<[ServiceType; Domain::ALL.len()]> {
    section.allow_only(&codes(Domain::ALL, Domain::code));
    let mut services = [ServiceType::Visit; Domain::ALL.len()];
    let mut complete = true;
    for &domain in Domain::ALL {
        match section.word(domain.code(), ServiceType::from_code, "the code of a service") {
            Some(service) => services[domain as usize] = service,
            None => complete = false,
        }
    }
    complete.then_some(services)
}

pub(super) fn services(section: &Section<'_>) -> [ServicePolicy; ServiceType::ALL.len()] {
    let known: Vec<&str> = deliverable_services().map(ServiceType::code).collect();
    section.allow_only(&known);
    let mut services = [ServicePolicy::nobody(); ServiceType::ALL.len()];
    for service in deliverable_services() {
        services[service as usize] = service_policy(&section.section(service.code()));
    }
    services
}

fn service_policy(section: &Section<'_>) -> ServicePolicy {
    section.allow_only(&["any_of", "green", "blue", "yellow", "red", "direct", "filed_groups", "volunteers"]);
    let any_of = qualifications(section, "any_of");
    let mut by_risk = [any_of; Risk::ALL.len()];
    for &risk in Risk::ALL.iter().filter(|risk| section.has(risk.code())) {
        by_risk[risk as usize] = qualifications(section, risk.code());
    }
    ServicePolicy {
        any_of: by_risk,
        direct: section.flag("direct"),
        filed_groups: section.flag("filed_groups"),
        volunteers: section.flag("volunteers"),
    }
}

fn qualifications(section: &Section<'_>, key: &str) -> Qualifications {
    let meaning = |code: &str| match code {
        ANY => Some(any_qualification()),
        _ => Qualification::from_code(code).map(|qualification| [qualification].into_iter().collect()),
    };
    let sets = section.list(key, meaning, r#"a list of qualifications, or ["any"]"#);
    sets.into_iter().flat_map(Qualifications::iter).collect()
}
