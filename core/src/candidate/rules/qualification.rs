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

#[cfg(test)]
mod tests {
    use super::RuleId;
    use crate::candidate::rules::testing::{organization_passes, worker_passes};
    use crate::testing::Cell;

    #[test]
    fn h01_a_valid_qualification_for_service_and_risk() {
        let passes = |need: &[Cell<'_>], qualifications| {
            worker_passes(RuleId::H01, need, &[("qualifications", qualifications)], &[])
        };
        let case_work: &[Cell<'_>] = &[("service_type", "case_work")];
        assert!(passes(case_work, "sw_assistant"));
        assert!(passes(case_work, "sw_assistant@2025-12-31;sw_certified@2026-12-31"));
        assert!(passes(case_work, "sw_assistant@2026-01-01"), "the last day counts");
        assert!(!passes(case_work, "sw_assistant@2025-12-31"));
        assert!(!passes(case_work, "volunteer;nurse"));
        assert!(!passes(case_work, ""));
        assert!(!passes(&[], ""), "`any` is one of whatever kind, not none");

        let red: &[Cell<'_>] = &[("service_type", "case_work"), ("risk", "red")];
        assert!(passes(red, "sw_certified"));
        assert!(!passes(red, "sw_assistant"));
    }

    #[test]
    fn h01_the_least_qualification_of_a_need() {
        let passes =
            |least, held| worker_passes(RuleId::H01, &[("min_qualification", least)], &[("qualifications", held)], &[]);
        assert!(passes("sw_assistant", "sw_senior"));
        assert!(passes("elder_carer_4", "elder_carer_4") && passes("elder_carer_4", "elder_carer_1"));
        assert!(!passes("elder_carer_4", "elder_carer_5"), "level 5 is the lowest");
        assert!(!passes("sw_certified", "sw_assistant"));
        assert!(!passes("nurse", "sw_senior"), "another profession");
        assert!(!passes("sw_certified", ""));
    }

    #[test]
    fn h01_organizations_answer_for_whom_they_send() {
        assert!(organization_passes(RuleId::H01, &[("service_type", "home_help")], &[]));
        assert!(!organization_passes(RuleId::H01, &[("service_type", "case_work")], &[]));
        assert!(!organization_passes(RuleId::H01, &[("min_qualification", "nurse")], &[]));
    }
}
