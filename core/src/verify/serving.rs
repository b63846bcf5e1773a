//! Who serves a domain, and who of them serves a community.

use super::case::policy_where;
use super::supply::Supply;
use crate::candidate::RuleId;
use crate::matching::Node;
use crate::model::codes::{DivisionCode, DivisionLevel, Domain, DomainLevels};
use crate::model::{NeedId, Problem};

/// The providers of each domain.
pub(super) struct Serving {
    domains: Vec<OfDomain>,
}

#[derive(Default)]
struct OfDomain {
    providers: Vec<Node>,
    /// Each provider with each of its divisions, ordered by division.
    by_division: Vec<(DivisionCode, Node)>,
}

impl Serving {
    pub(super) fn of_all(problem: &Problem, supply: &Supply<'_>) -> Self {
        let mut serving = Self { domains: Domain::ALL.iter().map(|_| OfDomain::default()).collect() };
        for node in (0..supply.n_nodes()).map(|position| supply.at(position)) {
            match node {
                Node::Worker(id) => {
                    let worker = &problem.workers()[id.index()];
                    let own = worker.service_area.divisions();
                    let organization = &problem.organizations()[worker.organization.index()];
                    let divisions = if own.is_empty() { organization.service_area.divisions() } else { own };
                    serving.add(node, &worker.domains, divisions);
                }
                Node::Organization(id) => {
                    let organization = &problem.organizations()[id.index()];
                    if organization.direct {
                        serving.add(node, &organization.domains, organization.service_area.divisions());
                    }
                }
                Node::Group(_) => {}
            }
        }
        serving.domains.iter_mut().for_each(|domain| domain.by_division.sort_unstable());
        serving
    }

    fn add(&mut self, node: Node, domains: &DomainLevels, divisions: &[DivisionCode]) {
        for (domain, _) in domains.iter() {
            let of_domain = &mut self.domains[domain as usize];
            of_domain.providers.push(node);
            of_domain.by_division.extend(divisions.iter().map(|&division| (division, node)));
        }
    }

    /// The providers that serve the need's domain and its community.
    pub(super) fn of(&self, problem: &Problem, need: NeedId) -> Vec<Node> {
        let need = &problem.needs()[need.index()];
        let of_domain = &self.domains[need.domain as usize];
        let policy = policy_where(problem, need);
        if !policy.has_rule(RuleId::H14) || policy.cross_area_domains().contains(need.domain) {
            return of_domain.providers.clone();
        }
        let code = problem.communities()[need.community.index()].code;
        let levels = [
            DivisionLevel::Province,
            DivisionLevel::Prefecture,
            DivisionLevel::County,
            DivisionLevel::Township,
            DivisionLevel::Village,
        ];
        let mut covering = Vec::new();
        for division in levels.map(|level| code.at_level(level)) {
            let from = of_domain.by_division.partition_point(|&(other, _)| other < division);
            let here = of_domain.by_division[from..].iter().take_while(|&&(other, _)| other == division);
            covering.extend(here.map(|&(_, node)| node));
        }
        // A provider may name a division and another within it.
        covering.sort_unstable();
        covering.dedup();
        covering
    }
}
