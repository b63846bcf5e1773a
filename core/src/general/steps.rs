//! What a need counts by its tier.
//!
//! With caps on the side of the needs, the sets of needs that can be served together are no matroid: to serve one more
//! need of a high tier may cost several of a lower one. So the steps must make one need of a tier outweigh everything
//! below. Scores and costs of two feasible flows differ by at most 2 B, where B sums each need's largest score and the
//! dearest place of each node as often as it can be taken; a tier of n needs contributes at most n steps of its own.

use super::weight::Weight;
use crate::error::{Error, Fault, FaultCode, InputError, TableName};
use crate::network::{Network, Score};

/// The numbers that decide which integers the engine needs.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    /// For each tier from 0 to the highest, what a need of it counts.
    pub(super) step: Vec<i128>,
    /// The largest magnitude of a score or cost, at least 1.
    pub(super) range: i64,
    /// Bits of the longest path that any search may measure.
    pub(super) bits: u32,
}

impl Steps {
    /// Of a network; a range that 128 bits cannot hold is a fault of the scores.
    pub(super) fn of<S: Score>(network: &Network<'_, S>) -> Result<Self, Error> {
        let mut of_tier = vec![0_i128];
        let (mut whole, mut largest) = (0_i128, 1_i128);
        for need in 0..network.n_needs() {
            let tier = usize::from(network.tier(need));
            if tier >= of_tier.len() {
                of_tier.resize(tier + 1, 0);
            }
            of_tier[tier] += 1;
            let edges = network.edges(need).map(|(_, score)| i128::from(Into::<i64>::into(score)).abs());
            let best = edges.max().unwrap_or(0);
            whole += best;
            largest = largest.max(best);
        }
        for v in 0..network.n_nodes() as u32 {
            let places = network.capacity(v).min(network.n_needs() as u64);
            let cost = network
                .loads()
                .map_or(0, |loads| loads.breakpoints(v).map(|(_, cost)| i128::from(cost).abs()).max().unwrap_or(0));
            whole += cost * i128::from(places);
            largest = largest.max(cost);
        }
        let refused = || {
            let expected = "smaller scores, fewer needs or fewer tiers, so that steps between tiers fit 128 bits";
            Error::from(InputError::from(Fault::in_column(TableName::Arrays, "score", FaultCode::OutOfRange, expected)))
        };
        let mut step = vec![0];
        let mut next = 2 * whole + 1;
        for &n in &of_tier[1..] {
            step.push(next);
            next = n.checked_mul(next).and_then(|all| all.checked_add(next)).ok_or_else(refused)?;
        }
        let vertices = network.n_nodes() + network.demand().map_or(0, |demand| demand.n_groups()) + 2;
        let longest = (2 * (step.last().copied().unwrap_or(0) + largest)).checked_mul(vertices as i128);
        let longest = longest.ok_or_else(refused)?;
        let bits = 128 - longest.leading_zeros();
        if bits > <i128 as Weight>::BITS { Err(refused()) } else { Ok(Self { step, range: largest as i64, bits }) }
    }
}
