//! A quota: how many needs of a kind the run must serve at least, or may serve at most.

use super::codes::{ClientGroup, DivisionCode, Domain, Residence, Risk};
use super::{Community, Need};

/// A checked quota. It is about the needs that meet all of its conditions; a condition that is `None` is met by all.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Quota {
    /// The caller's identifier.
    pub id: Box<str>,
    /// The division in which the need arises.
    pub area: Option<DivisionCode>,
    /// Whether the community is urban or rural; a community of unknown class is neither.
    pub residence: Option<Residence>,
    /// A client group to which the resident belongs.
    pub client_group: Option<ClientGroup>,
    /// The domain.
    pub domain: Option<Domain>,
    /// The colour of the risk.
    pub risk: Option<Risk>,
    /// The bounds hold for the needs of each household, and needs without a household are not bounded.
    pub per_household: bool,
    /// Fewest needs that the run must serve: the number in the table, or that part of the needs which
    /// [`floor_per_mille`](Self::floor_per_mille) asks for where it is more.
    pub floor: u64,
    /// The least part of the quota's needs that the run must serve, in thousandths: of those that lie in its scope, rounded
    /// up; 0 for none.
    pub floor_per_mille: u16,
    /// Most needs that the run may serve; `None` means no limit.
    pub cap: Option<u64>,
}

impl Quota {
    /// Whether a need of a community is one that the quota is about.
    #[must_use]
    pub fn covers(&self, need: &Need, community: &Community) -> bool {
        let residence = community.urban_rural_class.map(Residence::of);
        self.area.is_none_or(|area| area.contains(community.code))
            && (self.residence.is_none() || self.residence == residence)
            && self.client_group.is_none_or(|group| need.groups.contains(group))
            && self.domain.is_none_or(|domain| need.domain == domain)
            && self.risk.is_none_or(|risk| need.risk == risk)
            && (!self.per_household || need.household.is_some())
    }
}
