//! The hard rules once more, from the raw rows. Shares no code with `candidate`, so that a mistake there is noticed.

use super::case::{Case, is_left_alone};
use crate::candidate::{RuleId, RuleSet};
use crate::matching::Node;
use crate::model::codes::{
    Authority, ClientGroup, Confidentiality, Consent, DivisionLevel, Domain, OrganizationStatus, Qualification, Risk,
    ServiceType, Sex,
};
use crate::model::{NeedId, Problem};
use crate::policy::UnknownLocation;

/// The rules in force that a pair breaks.
pub(super) fn broken(problem: &Problem, need: NeedId, provider: Node) -> RuleSet {
    match Case::new(problem, need, provider) {
        Some(case) => {
            RuleId::ALL.iter().copied().filter(|&rule| case.policy.has_rule(rule) && !case.obeys(rule)).collect()
        }
        None => RuleSet::ALL,
    }
}

/// Whether a pair breaks no rule in force.
pub(super) fn is_allowed(problem: &Problem, need: NeedId, provider: Node) -> bool {
    Case::new(problem, need, provider)
        .is_some_and(|case| RuleId::ALL.iter().all(|&rule| !case.policy.has_rule(rule) || case.obeys(rule)))
}

impl Case<'_> {
    fn obeys(&self, rule: RuleId) -> bool {
        match rule {
            RuleId::D01 => self.serves_domain(),
            RuleId::E01 => self.need.emergencies.is_empty(),
            RuleId::H01 => self.is_qualified(),
            RuleId::H02 => self.is_in_good_standing(),
            RuleId::H03 => !self.is_minor() || self.is_checked_for_minors(),
            RuleId::H04 => !(self.is_corrected() && self.may_be_female()) || self.worker.is_none() || self.is_woman(),
            RuleId::H05 => !(self.is_corrected() && self.is_minor()) || self.is_juvenile_specialist(),
            RuleId::H06 => !self.is_girl_victim() || self.is_woman(),
            RuleId::H07 => !self.is_dangerous() || (self.is_joint_team() && !self.is_volunteer()),
            RuleId::H08 => self.service() != ServiceType::PsychTreatment,
            RuleId::H09 => !self.is_excluded(),
            RuleId::H10 => !self.assessed(),
            RuleId::H11 => self.may_see(),
            RuleId::H12 => self.is_consented(),
            RuleId::H14 => self.covers_community(),
            RuleId::H15 => !self.is_volunteer() || self.suits_volunteers(),
            RuleId::H16 => self.has_required_sex(),
            RuleId::H17 => self.service() != ServiceType::LawEnforcement,
            RuleId::H18 => !(self.service() == ServiceType::Mediation && self.is_red_violence()),
            RuleId::H19 => !is_left_alone(self.need, self.policy),
            RuleId::H20 => self.is_paid_for(),
            RuleId::T01 => self.is_within_reach(),
        }
    }

    fn serves_domain(&self) -> bool {
        let organization = self.organization.1;
        match self.worker {
            Some((_, worker)) => worker.domains.level(self.need.domain) >= 1,
            None => organization.direct && organization.domains.level(self.need.domain) >= 1,
        }
    }

    fn is_qualified(&self) -> bool {
        let service = self.policy.service(self.service());
        if self.worker.is_none() {
            return service.direct && self.need.min_qualification.is_none();
        }
        let listed = service.any_of(self.need.risk);
        let reaches_least = match self.need.min_qualification {
            Some(least) => self.holds(|held| reaches(held, least)),
            None => true,
        };
        reaches_least && self.holds(|held| listed.contains(held))
    }

    fn is_in_good_standing(&self) -> bool {
        let organization = self.organization.1;
        match organization.status {
            Some(OrganizationStatus::Registered) => organization.compliant == Some(true),
            Some(OrganizationStatus::Filed | OrganizationStatus::Incubating) => {
                organization.compliant != Some(false)
                    && self.has_host()
                    && self.policy.service(self.service()).filed_groups
            }
            None => false,
        }
    }

    fn is_checked_for_minors(&self) -> bool {
        let worker_is = self.worker.is_none_or(|(_, worker)| self.is_checked(worker.minor_check_valid_until));
        worker_is && self.is_checked(self.organization.1.minor_check_valid_until)
    }

    fn may_be_female(&self) -> bool {
        self.need.sex != Sex::Male
    }

    fn is_woman(&self) -> bool {
        self.worker.is_some_and(|(_, worker)| worker.sex == Sex::Female)
    }

    fn is_juvenile_specialist(&self) -> bool {
        let sealed = self.worker.and_then(|(_, worker)| worker.clearance) == Some(Confidentiality::Sealed);
        sealed && self.holds(|held| held == Qualification::JuvenileSpecialist)
    }

    fn is_girl_victim(&self) -> bool {
        self.is_minor() && self.may_be_female() && self.belongs_to(ClientGroup::ViolenceVictim)
    }

    fn is_dangerous(&self) -> bool {
        let is_ill = self.need.domain == Domain::MentalHealth || self.belongs_to(ClientGroup::SevereMentalDisorder);
        is_ill && self.need.risk == Risk::Red
    }

    fn is_joint_team(&self) -> bool {
        self.worker.is_none_or(|(_, worker)| worker.authorities.contains(Authority::JointTeam))
    }

    fn is_excluded(&self) -> bool {
        let worker_is = self.worker.is_some_and(|(id, _)| self.need.excluded_workers.contains(&id));
        worker_is || self.need.excluded_organizations.contains(&self.organization.0)
    }

    fn assessed(&self) -> bool {
        self.policy.separate_domains().contains(self.need.domain)
            && self.need.assessor_organization == Some(self.organization.0)
    }

    fn may_see(&self) -> bool {
        let (class, listed) = (self.class(), self.policy.authorities(self.need.domain));
        match self.worker {
            Some((_, worker)) => {
                let is_cleared = class == Confidentiality::Open || worker.clearance.is_some_and(|most| class <= most);
                is_cleared && (listed.is_empty() || listed.iter().any(|one| worker.authorities.contains(one)))
            }
            None => listed.is_empty() && class <= self.policy.organization_max_confidentiality(),
        }
    }

    fn is_consented(&self) -> bool {
        let consents = self.need.consents;
        if consents.contains(Consent::Statutory) {
            return true;
        }
        let is_sensitive = self.class() >= Confidentiality::Sensitive
            || self.policy.consent().sensitive_groups.intersects(self.need.groups);
        if is_sensitive && !consents.contains(Consent::Separate) {
            return false;
        }
        if self.needs_guardian() && !consents.contains(Consent::Guardian) {
            return false;
        }
        !consents.is_empty()
    }

    fn covers_community(&self) -> bool {
        self.policy.cross_area_domains().contains(self.need.domain)
            || self.divisions().any(|division| division.contains(self.community.code))
    }

    /// The worker's own divisions, else the organization's.
    fn divisions(&self) -> impl Iterator<Item = crate::model::codes::DivisionCode> + '_ {
        let own = self.worker.map_or(&[][..], |(_, worker)| worker.service_area.divisions());
        let divisions = if own.is_empty() { self.organization.1.service_area.divisions() } else { own };
        divisions.iter().copied()
    }

    fn suits_volunteers(&self) -> bool {
        self.policy.service(self.service()).volunteers && self.need.risk <= self.policy.volunteer_max_risk()
    }

    fn has_required_sex(&self) -> bool {
        match self.need.required_sex {
            Sex::Male | Sex::Female => self.worker.is_some_and(|(_, worker)| worker.sex == self.need.required_sex),
            Sex::Unknown | Sex::NotStated => true,
        }
    }

    fn is_red_violence(&self) -> bool {
        let is_violence = self.need.domain == Domain::WomenFamily || self.belongs_to(ClientGroup::ViolenceVictim);
        is_violence && self.need.risk == Risk::Red
    }

    /// No fund line above has a term that is not met.
    fn is_paid_for(&self) -> bool {
        let (organization, today) = (self.organization.1, self.policy.evaluation_date());
        let mut groups = std::iter::successors(organization.group, |id| self.problem.groups()[id.index()].parent);
        !groups.any(|id| {
            let terms = &self.problem.groups()[id.index()].terms;
            let (kinds, divisions) = (terms.organization_kinds, terms.area.divisions());
            let is_other_domain = !terms.domains.is_empty() && !terms.domains.contains(self.need.domain);
            let is_other_kind = !kinds.is_empty() && kinds.iter().all(|kind| organization.kind != Some(kind));
            let is_elsewhere =
                !divisions.is_empty() && !divisions.iter().any(|division| division.contains(self.community.code));
            let is_early = terms.valid_from.is_some_and(|first| today < first);
            let is_late = terms.valid_until.is_some_and(|last| last < today);
            is_other_domain || is_other_kind || is_elsewhere || is_early || is_late
        })
    }

    fn is_within_reach(&self) -> bool {
        let travel = self.policy.travel();
        let longest = self.worker.and_then(|(_, worker)| worker.max_travel_minutes).unwrap_or(travel.max_minutes);
        if let Some(minutes) = self.minutes() {
            return minutes <= f64::from(longest);
        }
        match travel.unknown_location {
            UnknownLocation::Pass => true,
            UnknownLocation::Fail => false,
            UnknownLocation::SameTownship => self.is_local(),
        }
    }

    fn is_local(&self) -> bool {
        let township = self.community.code.at_level(DivisionLevel::Township);
        match self.worker.and_then(|(_, worker)| worker.base_community) {
            Some(base) => self.problem.communities()[base.index()].code.at_level(DivisionLevel::Township) == township,
            None => self.divisions().any(|division| {
                division.contains(self.community.code)
                    && matches!(division.level(), DivisionLevel::Township | DivisionLevel::Village)
            }),
        }
    }
}

/// Whether a certificate is the least one or a higher one of the same profession.
fn reaches(held: Qualification, least: Qualification) -> bool {
    use Qualification::{
        ElderCarer1, ElderCarer2, ElderCarer3, ElderCarer4, ElderCarer5, SwAssistant, SwAuxiliary, SwCertified,
        SwSenior,
    };
    let grade = |qualification| match qualification {
        SwAuxiliary => Some((0, 0)),
        SwAssistant => Some((0, 1)),
        SwCertified => Some((0, 2)),
        SwSenior => Some((0, 3)),
        // The fifth level is the lowest.
        ElderCarer5 => Some((1, 0)),
        ElderCarer4 => Some((1, 1)),
        ElderCarer3 => Some((1, 2)),
        ElderCarer2 => Some((1, 3)),
        ElderCarer1 => Some((1, 4)),
        _ => None,
    };
    match (grade(held), grade(least)) {
        (Some((profession, height)), Some((other, least))) => profession == other && height >= least,
        _ => held == least,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_reaches_those_below_it_on_its_own_ladder_and_others_only_themselves() {
        use Qualification::{
            ElderCarer1, ElderCarer2, ElderCarer3, ElderCarer4, ElderCarer5, SwAssistant, SwAuxiliary, SwCertified,
            SwSenior,
        };
        let ladders: [&[Qualification]; 2] = [
            &[SwAuxiliary, SwAssistant, SwCertified, SwSenior],
            &[ElderCarer5, ElderCarer4, ElderCarer3, ElderCarer2, ElderCarer1],
        ];
        let step = |one: Qualification| {
            let on = |ladder: &&[Qualification]| ladder.iter().position(|&other| other == one);
            ladders.iter().enumerate().find_map(|(k, ladder)| Some((k, on(ladder)?)))
        };
        for &held in Qualification::ALL {
            for &least in Qualification::ALL {
                let is_enough = match (step(held), step(least)) {
                    (Some((ladder, height)), Some((other, wanted))) => ladder == other && height >= wanted,
                    _ => held == least,
                };
                assert_eq!(reaches(held, least), is_enough, "{held:?} for {least:?}");
            }
        }
    }
}
