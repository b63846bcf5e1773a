//! What is asked of an optimum, whichever engine found it.

use super::{Change, Explainer};
use crate::control::Control;
use crate::encode::{Bounds, Scaled};
use crate::error::{Error, Fault, FaultCode, TableName};
use crate::matching::{Certificate, Limited, Matching, Status};
use crate::model::NeedId;
use crate::network::Network;
use crate::policy::Objective;
use crate::proof::Proof;
use crate::sensitivity::{self, Bounded, BoundedWays, Sensitivity, Ways};
use crate::solve::Flow;
use crate::total::Total;

/// An optimum with its residual network.
pub(super) enum Optimum {
    /// Where capacities alone can bind.
    Places(Sensitivity),
    /// Where floors, quotas or costs of caseloads can.
    Bounds(Bounded),
}

/// The ways back to where a need is.
pub(super) enum Back {
    Places(Ways),
    Bounds(BoundedWays),
}

impl Optimum {
    pub(super) fn of_places(network: &Network<'_, i32>, flow: &Flow, control: &Control) -> Result<Self, Error> {
        Ok(Self::Places(Sensitivity::new(network, flow, control)?))
    }

    pub(super) fn within_bounds(
        matching: &Matching,
        bounds: &Bounds,
        (scaled, node): (&Scaled<'_>, &[Option<u32>]),
        control: &Control,
    ) -> Result<Self, Error> {
        let certificate = matching.certificate().filter(|_| matching.status() == Status::Optimal);
        match certificate.filter(|_| bounds.quotas.crossing.is_empty()) {
            Some(own) => {
                let proof = proof(matching, bounds, own);
                let are_costs_last = matching.problem().policy().objective() == Objective::LeastUnequal;
                let network = scaled.network(control)?;
                Ok(Self::Bounds(Bounded::new(&network, node, &proof, (own.unit, are_costs_last))))
            }
            None => Err(not_explained("a result that is proven the best within floors and quotas that do not cross")),
        }
    }

    /// The vertex at which a need is.
    pub(super) fn vertex(&self, need: u32) -> u32 {
        match self {
            Self::Places(own) => own.vertex(need),
            Self::Bounds(own) => own.vertex(need),
        }
    }

    /// The vertex of needs that nobody serves and no quota is about.
    pub(super) fn outside(&self) -> u32 {
        match self {
            Self::Places(own) => own.outside(),
            Self::Bounds(own) => own.outside(),
        }
    }

    pub(super) fn ways_back(&self, vertex: u32) -> Back {
        match self {
            Self::Places(own) => Back::Places(own.ways_back(vertex)),
            Self::Bounds(own) => Back::Bounds(own.ways_back(vertex)),
        }
    }
}

impl Explainer {
    /// The optimum where places alone bind.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with fault 600 for others.
    pub(super) fn of_places(&self) -> Result<&Sensitivity, Error> {
        match &self.optimum {
            Optimum::Places(own) => Ok(own),
            Optimum::Bounds(_) => Err(not_explained("a result of the fast engine: no floors, quotas or costs")),
        }
    }

    /// What is lost if a candidate is forced, and how many needs move; `None` where no matching has the pair.
    pub(super) fn loss_if_forced(&self, back: &Back, need: NeedId, pair: (u32, i32)) -> Option<(Total, u32)> {
        match (&self.optimum, back) {
            (Optimum::Places(own), Back::Places(back)) => {
                let (provider, score) = pair;
                let loss = own.loss_if_forced(back, need.index() as u32, provider, self.worth(need, score))?;
                Some((loss, back.n_moves(provider)))
            }
            _ => self.if_forced(back, need, pair).map(|change| (change.loss, change.moves.len() as u32)),
        }
    }

    /// The same with who would move.
    pub(super) fn if_forced(&self, back: &Back, need: NeedId, (provider, score): (u32, i32)) -> Option<Change> {
        let number = need.index() as u32;
        match (&self.optimum, back) {
            (Optimum::Places(own), Back::Places(back)) => {
                own.if_forced(back, number, provider, self.worth(need, score)).map(|change| self.told(change))
            }
            (Optimum::Bounds(own), Back::Bounds(back)) => {
                let moves = own.if_forced(back, number, provider, (self.tier[need.index()], score));
                moves.map(|moves| self.told_moves(moves))
            }
            _ => None,
        }
    }

    /// What follows if a need may not be where it is; `None` where no matching is so changed.
    pub(super) fn if_forbidden(&self, back: &Back, need: NeedId) -> Option<Change> {
        let number = need.index() as u32;
        match (&self.optimum, back) {
            (Optimum::Places(own), Back::Places(back)) => {
                let edges = self.scored.row(need).map(|(provider, score)| (provider, self.worth(need, score)));
                Some(self.told(own.if_forbidden(back, number, edges)))
            }
            (Optimum::Bounds(own), Back::Bounds(back)) => {
                let tier = self.tier[need.index()];
                let edges = self.scored.row(need).map(|(provider, score)| (provider, (tier, score)));
                own.if_forbidden(back, number, edges).map(|moves| self.told_moves(moves))
            }
            _ => None,
        }
    }

    /// A change that is known by its moves: what it loses is counted from them.
    pub(super) fn told_moves(&self, moves: Vec<sensitivity::Move>) -> Change {
        let worth = |need: u32, node: Option<u32>| {
            let need = NeedId::new(need as usize);
            let score = node.and_then(|node| self.score_of(need, node));
            score.map_or(Total::ZERO, |score| self.worth(need, score))
        };
        let lost = moves.iter().map(|moved| worth(moved.need, moved.from) - worth(moved.need, moved.to));
        let loss = lost.fold(Total::ZERO, |sum, lost| sum + lost);
        self.told(sensitivity::Change { loss, moves })
    }
}

/// The prices of a certificate by node and by group of needs.
fn proof(matching: &Matching, bounds: &Bounds, certificate: &Certificate) -> Proof {
    let mut price = vec![0; bounds.forest.n_nodes()];
    for (row, &own) in matching.capacity().iter().zip(&certificate.price) {
        price[bounds.forest.index(row.node) as usize] = own;
    }
    let of_part = |&k: &usize| {
        let of = bounds.quotas.parts[k].of;
        let quotas = certificate.quota_price.iter().map(|own| (Limited::Quota(own.quota, own.household), own.price));
        let kinds = certificate.kind_price.iter().map(|own| (Limited::Kind(own.kind), own.price));
        quotas.chain(kinds).find(|own| own.0 == of).map_or(0, |own| own.1)
    };
    let demand_price = bounds.quotas.part_of_group.iter().map(of_part).collect();
    Proof { step: certificate.step.clone(), price, demand_price }
}

pub(super) fn not_explained(expected: &'static str) -> Error {
    Error::Input(Fault::in_column(TableName::Quotas, "engine", FaultCode::NotExplained, expected).into())
}
