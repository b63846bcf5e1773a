//! A problem for the general engine: the encoded one, with scores in units that leave room for costs of caseloads below.
//!
//! Under the objective `least_unequal`, of the matchings that are best by tiers and score the one counts in which the sum
//! of the squares of the workers' caseloads is least. One more need of a worker with a caseload of c costs 2 c + 1. All
//! costs of any matching together are less than the unit of score, so no cost outweighs any score.

use super::kinds::{Size, Sizes};
use super::quotas::Quotas;
use super::{Bounds, Encoded, Groups};
use crate::control::Control;
use crate::error::{Error, Fault, FaultCode, InputError, TableName};
use crate::matching::Kind;
use crate::model::Problem;
use crate::network::{Loads, Network};
use crate::policy::Objective;

/// The largest scaled score, so that a path of them still fits 64 bits many times over.
const MOST: i64 = 1 << 58;

/// The arrays beside those of the encoded problem.
pub(crate) struct Scaled<'a> {
    pub(super) encoded: Encoded<'a>,
    pub(super) score: Vec<i64>,
    /// What one unit of score counts.
    pub(super) unit: i64,
    pub(super) costs: Option<Costs>,
}

/// Costs of places, owning their arrays.
pub(super) struct Costs {
    indptr: Vec<usize>,
    from: Vec<u64>,
    cost: Vec<i64>,
}

impl Costs {
    pub(super) fn loads(&self) -> Loads<'_> {
        Loads { indptr: &self.indptr, from: &self.from, cost: &self.cost }
    }

    /// Of the workers' caseloads; a worker takes no more needs than are candidates.
    fn of(problem: &Problem, encoded: &Encoded<'_>) -> Self {
        let bounds = &encoded.bounds;
        let mut wanted = vec![0_u64; bounds.forest.n_nodes()];
        encoded.node.iter().for_each(|&v| wanted[v as usize] += 1);
        let mut costs = Self { indptr: vec![0], from: Vec::new(), cost: Vec::new() };
        for (v, &wanted) in wanted.iter().enumerate() {
            if let Some(worker) = problem.workers().get(v) {
                // Pinned needs are part of the caseload.
                let held = u64::from(worker.open_places()) - bounds.capacity[v] + u64::from(worker.caseload_current);
                for k in 0..bounds.capacity[v].min(wanted) {
                    costs.from.push(k);
                    costs.cost.push((2 * (held + k) + 1) as i64);
                }
            }
            costs.indptr.push(costs.from.len());
        }
        costs
    }
}

impl<'a> Scaled<'a> {
    /// Scales the scores as the objective asks.
    ///
    /// # Errors
    ///
    /// [`Error::Limit`] before more memory is taken than the budget allows; [`Error::Input`] where caseloads are so large
    /// that scores beside their squares do not fit.
    pub(crate) fn of(problem: &Problem, encoded: Encoded<'a>, control: &Control) -> Result<Self, Error> {
        control.reserve(encoded.held + 24 * encoded.score.len() as u64)?;
        let is_costly = problem.policy().objective() == Objective::LeastUnequal;
        let costs = is_costly.then(|| Costs::of(problem, &encoded));
        let sum = costs.iter().flat_map(|costs| &costs.cost).try_fold(1_i64, |sum, &cost| sum.checked_add(cost));
        let most = encoded.score.iter().copied().max().unwrap_or(0).max(1);
        let unit = sum.filter(|&unit| unit <= MOST / i64::from(most)).ok_or_else(|| {
            let expected = "smaller caseloads, so that scores beside the sum of their squares fit 64 bits";
            InputError::from(Fault::in_column(TableName::Workers, "caseload_max", FaultCode::OutOfRange, expected))
        })?;
        let score = encoded.score.iter().map(|&score| i64::from(score) * unit).collect();
        Ok(Self { encoded, score, unit, costs })
    }

    /// The quotas.
    pub(crate) fn quotas(&self) -> &Quotas {
        &self.encoded.bounds.quotas
    }

    /// What bounds the run.
    pub(crate) fn bounds(&self) -> &Bounds {
        &self.encoded.bounds
    }

    /// What bounds the run, when all is done.
    pub(crate) fn into_bounds(self) -> Bounds {
        self.encoded.bounds
    }

    /// Lets the floor of each kind of needs be a number of its needs, pinned ones included.
    pub(crate) fn set_floors(&mut self, sizes: &Sizes, floor: impl Fn(Kind, Size) -> u64) {
        let own = |kind| sizes.get(&kind).map_or(0, |&size| floor(kind, size).saturating_sub(size.pinned));
        self.encoded.bounds.quotas.set_floors_of_kinds(own);
    }

    /// Puts quotas in the place of those that there are, and gives these back.
    pub(crate) fn replace_quotas(&mut self, quotas: Quotas) -> Quotas {
        std::mem::replace(&mut self.encoded.bounds.quotas, quotas)
    }

    /// The network with the groups of the quotas.
    ///
    /// # Errors
    ///
    /// As of [`Encoded::network`].
    pub(crate) fn network(&self, control: &Control) -> Result<Network<'_, i64>, Error> {
        self.network_with(&self.encoded.bounds.quotas.groups, control)
    }

    /// The network with these groups of needs.
    ///
    /// # Errors
    ///
    /// As of [`Encoded::network`].
    pub(crate) fn network_with<'b>(&'b self, groups: &'b Groups, control: &Control) -> Result<Network<'b, i64>, Error> {
        let Encoded { indptr, node, tier, bounds, .. } = &self.encoded;
        let build = || {
            let network = Network::of_part(indptr, node, &self.score, &bounds.capacity, &bounds.forest.parent, tier);
            let network = network.with_floors(&bounds.floor)?;
            let network = if groups.parent.is_empty() { network } else { network.with_demand(groups.demand())? };
            match &self.costs {
                Some(costs) => network.with_loads(costs.loads()),
                None => Ok(network),
            }
        };
        let network = build().map_err(|faults: InputError| Error::InternalCheck { check: faults.to_string() })?;
        control.check()?;
        Ok(network)
    }
}
