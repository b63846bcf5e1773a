//! Qualifications for a service, a severity and a caller's own demand.

use super::{Demand, Policy, ProfileRule, RuleId, Supply};
use crate::model::codes::{Qualification, Qualifications};

/// H01. A worker passes with one valid qualification out of the policy's list for the service and the risk, and, where
/// the need demands a least qualification, one valid qualification that is at least that.
///
/// An organization passes without naming a worker if the policy lets organizations deliver the service directly and
/// the need demands no least qualification: it answers for whom it sends.
pub(super) struct Qualified;

impl ProfileRule for Qualified {
    fn id(&self) -> RuleId {
        RuleId::H01
    }

    fn passes(&self, demand: &Demand, supply: &Supply, policy: &Policy) -> bool {
        let service = policy.service(demand.service);
        match &supply.person {
            Some(person) => {
                person.qualifications.intersects(service.any_of(demand.risk))
                    && demand.min_qualification.is_none_or(|least| reaches(person.qualifications, least))
            }
            None => service.direct && demand.min_qualification.is_none(),
        }
    }
}

/// Grades of one profession, from low to high.
const LADDERS: [&[Qualification]; 2] = [
    &[Qualification::SwAuxiliary, Qualification::SwAssistant, Qualification::SwCertified, Qualification::SwSenior],
    &[
        Qualification::ElderCarer5,
        Qualification::ElderCarer4,
        Qualification::ElderCarer3,
        Qualification::ElderCarer2,
        Qualification::ElderCarer1,
    ],
];

/// Whether one of the qualifications is the least one or stands above it in its profession.
fn reaches(held: Qualifications, least: Qualification) -> bool {
    let enough = LADDERS.iter().find_map(|ladder| {
        let position = ladder.iter().position(|&step| step == least)?;
        Some(&ladder[position..])
    });
    match enough {
        Some(steps) => steps.iter().any(|&step| held.contains(step)),
        None => held.contains(least),
    }
}
