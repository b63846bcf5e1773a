//! Words for people: what a row is called on the screen and in the sheets.

use needmatch::Matching;
use needmatch::matching::Node;
use needmatch::model::Organization;
use needmatch::model::codes::{DivisionCode, DivisionLevel};
use needmatch_jincheng::facts;

/// Names of the counties that the sample knows.
pub(crate) struct Counties(Vec<facts::County>);

impl Counties {
    pub(crate) fn new() -> Self {
        Self(facts::counties())
    }

    /// The name of the county that a division is or lies in; its code where the sample has no name for it.
    pub(crate) fn name(&self, division: DivisionCode) -> String {
        let code = short_code(division);
        let known = self.0.iter().find(|county| county.code.to_string() == code);
        known.map_or(code, |county| county.name.to_owned())
    }

    /// The county where an organization serves; the prefecture's code where it serves more than one.
    pub(crate) fn of_organization(&self, organization: &Organization) -> String {
        organization.service_area.divisions().first().map_or_else(String::new, |&division| self.name(division))
    }

    /// The county of a worker's or organization's area; nothing for a group.
    pub(crate) fn of_node(&self, matching: &Matching, node: Node) -> String {
        let problem = matching.problem();
        match node {
            Node::Worker(worker) => {
                let worker = &problem.workers()[worker.index()];
                let own = worker.service_area.divisions().first();
                let organization = &problem.organizations()[worker.organization.index()];
                own.map_or_else(|| self.of_organization(organization), |&division| self.name(division))
            }
            Node::Organization(organization) => self.of_organization(&problem.organizations()[organization.index()]),
            Node::Group(_) => String::new(),
        }
    }
}

/// The first six digits of the code of the county, or four for a prefecture and two for a province.
fn short_code(division: DivisionCode) -> String {
    let digits = match division.level() {
        DivisionLevel::Province => 2,
        DivisionLevel::Prefecture => 4,
        _ => 6,
    };
    division.to_string()[..digits].to_owned()
}

/// The kind of a worker, organization or group, in Chinese.
pub(crate) fn kind(matching: &Matching, node: Node) -> &'static str {
    let problem = matching.problem();
    match node {
        Node::Worker(worker) => {
            problem.workers()[worker.index()].qualifications.first().map_or("", |(held, _)| held.chinese())
        }
        Node::Organization(organization) => {
            problem.organizations()[organization.index()].kind.map_or("", |kind| kind.chinese())
        }
        Node::Group(group) => problem.groups()[group.index()].kind.chinese(),
    }
}
