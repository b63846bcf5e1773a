//! The low level where floors, groups of needs or costs of places bind.

use super::Assigned;
use crate::control::{Control, Stage};
use crate::engine::{Engine, EngineReason};
use crate::error::Error;
use crate::general::{self, Solution};
use crate::network::{Network, Score};
use crate::options::Ties;
use crate::pool;
use crate::proof::{Proof, TightSet};
use crate::solve::Price;
use crate::total::Total;
use crate::verify::{self, Violation, Worth};

/// Solves with the general engine, and checks before anything is returned.
pub(super) fn assign<S: Score>(
    network: &Network<'_, S>,
    threads: Option<usize>,
    reason: EngineReason,
    control: &Control,
) -> Result<Assigned, Error> {
    let solution = pool::run(threads, || general::solve(network, control))?;
    control.enter(Stage::Verify, network.n_needs() as u64)?;
    let assigned = match solution {
        Solution::Optimal { node, proof } => optimal(network, node, proof, reason)?,
        Solution::Infeasible(tight) => infeasible(network, tight, reason)?,
    };
    control.enter(Stage::Done, 0)?;
    Ok(assigned)
}

/// Checks a result that has a proof of its own, or that there is none.
pub(super) fn verify<S: Score>(assigned: &Assigned, network: &Network<'_, S>) -> Result<(), Violation> {
    let expected = match (&assigned.proof, &assigned.infeasible) {
        (Some(proof), None) => optimal(network, assigned.node.clone(), proof.clone(), assigned.engine_reason)?,
        (None, Some(tight)) => infeasible(network, tight.clone(), assigned.engine_reason)?,
        _ => return Err(Violation::Length { list: "proof" }),
    };
    if assigned.bound != expected.bound {
        return Err(Violation::WrongBound);
    }
    if assigned.price != expected.price {
        return Err(Violation::WrongSteps);
    }
    if *assigned != expected { Err(Violation::WrongTotal) } else { Ok(()) }
}

/// The result of places that the proof shows to be the best.
fn optimal<S: Score>(
    network: &Network<'_, S>,
    node: Vec<Option<u32>>,
    proof: Proof,
    engine_reason: EngineReason,
) -> Result<Assigned, Violation> {
    let Worth { total, served } = verify::prove_general(network, &node, &proof)?;
    let price = proof.price.iter().map(|&price| proof.in_tiers(price)).collect();
    Ok(Assigned {
        node,
        total,
        bound: total,
        price,
        ties: Ties::Any,
        served,
        proof: Some(proof),
        infeasible: None,
        engine: Engine::General,
        engine_reason,
    })
}

/// The result where a set shows that the floors cannot be met: nobody is served.
fn infeasible<S: Score>(
    network: &Network<'_, S>,
    tight: TightSet,
    engine_reason: EngineReason,
) -> Result<Assigned, Violation> {
    verify::prove_infeasible(network, &tight)?;
    let highest = (0..network.n_needs()).map(|need| network.tier(need)).max().unwrap_or(0);
    Ok(Assigned {
        node: vec![None; network.n_needs()],
        total: Total::ZERO,
        bound: Total::ZERO,
        price: vec![Price::default(); network.n_nodes()],
        ties: Ties::Any,
        served: vec![0; usize::from(highest) + 1],
        proof: None,
        infeasible: Some(tight),
        engine: Engine::General,
        engine_reason,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oracle::GeneralArrays;
    use crate::proof::Shortage;
    use crate::{Options, assign};

    fn each_result(mut check: impl FnMut(&Network<'_, i64>, &Assigned, &str)) {
        for seed in 0..1500 {
            let arrays = GeneralArrays::random(seed);
            let network = arrays.network();
            let options = Options { threads: Some(1), ..Options::default() };
            let assigned = assign(&network, &options).unwrap();
            check(&network, &assigned, &format!("seed {seed}"));
        }
    }

    #[test]
    fn every_result_verifies_and_says_which_it_is() {
        let mut seen = [0; 3];
        each_result(|network, assigned, seed| {
            assert_eq!(assigned.verify(network), Ok(()), "{seed}");
            seen[usize::from(assigned.proof.is_some()) + 2 * usize::from(assigned.infeasible.is_some())] += 1;
            let binding = crate::general::binding(network);
            assert_eq!(!binding.is_nothing(), assigned.proof.is_some() || assigned.infeasible.is_some());
            if !binding.is_nothing() {
                assert_eq!(assigned.engine_reason, EngineReason::CanBind(binding), "{seed}");
                let fast = Options { threads: Some(1), engine: Some(Engine::Fast), ..Options::default() };
                assert!(matches!(assign(network, &fast), Err(Error::Input(_))), "{seed}");
            }
        });
        assert!(seen.iter().all(|&n| n > 20), "{seen:?}");
    }

    #[test]
    fn a_result_changed_in_any_field_is_rejected() {
        each_result(|network, assigned, seed| {
            let rejects = |change: &dyn Fn(&mut Assigned)| {
                let mut changed = assigned.clone();
                change(&mut changed);
                changed.verify(network).is_err()
            };
            assert!(rejects(&|a| a.total.tier += 1) && rejects(&|a| a.total.score -= 1), "{seed}");
            assert!(rejects(&|a| a.bound.tier -= 1) && rejects(&|a| a.bound.score += 1), "{seed}");
            assert!(rejects(&|a| a.served[0] += 1) && rejects(&|a| a.served.push(0)), "{seed}");
            assert!(rejects(&|a| a.node.push(None)) && rejects(&|a| a.price.push(Price::default())), "{seed}");
            let is_plain = assigned.engine == Engine::Fast;
            assert!(is_plain || rejects(&|a| a.engine = Engine::Fast), "{seed}");
            assert!(is_plain || rejects(&|a| a.engine_reason = EngineReason::OnlyCapacities), "{seed}");
            if assigned.proof.is_some() {
                let change = |change: &dyn Fn(&mut Proof)| rejects(&|a| a.proof.iter_mut().for_each(change));
                assert!(change(&|p| p.step[0] += 1) && change(&|p| p.step.push(7)), "{seed}");
                assert!(change(&|p| p.price.push(0)) && change(&|p| p.demand_price.push(0)), "{seed}");
                for v in 0..network.n_nodes() {
                    assert!(rejects(&|a| a.price[v].score += 1) && change(&|p| p.price[v] -= 1), "{seed}");
                }
            }
            if let Some(tight) = &assigned.infeasible {
                let change = |change: &dyn Fn(&mut TightSet)| rejects(&|a| a.infeasible.iter_mut().for_each(change));
                assert!(change(&|t| t.missing += 1) && change(&|t| t.missing = 0), "{seed}");
                assert!(change(&|t| t.nodes.push(u32::MAX)) && change(&|t| t.groups.push(9)), "{seed}");
                assert!(change(&|t| t.needs.push(99)) && rejects(&|a| a.infeasible = None), "{seed}");
                let other = if tight.shortage == Shortage::Places { Shortage::Needs } else { Shortage::Places };
                assert!(change(&|t| t.shortage = other) || network.n_needs() == 0, "{seed}");
            }
        });
    }

    #[test]
    fn prices_that_cannot_be_added_up_are_rejected() {
        let network = Network::new(&[0, 1], &[0], &[5i64], &[2]).unwrap().with_floors(&[1]).unwrap();
        let assigned = assign(&network, &Options::default()).unwrap();
        for price in [i128::MAX, i128::MIN] {
            let mut changed = assigned.clone();
            changed.proof.iter_mut().for_each(|proof| proof.price[0] = price);
            assert!(changed.verify(&network).is_err());
        }
    }

    #[test]
    fn a_floor_is_met_at_the_least_loss_and_priced_below_zero() {
        // Without the floor both needs would be at node 0.
        let network = Network::new(&[0, 2, 4], &[0, 1, 0, 1], &[9i64, 7, 8, 3], &[2, 2]).unwrap();
        let network = network.with_floors(&[0, 1]).unwrap();
        let assigned = assign(&network, &Options::default()).unwrap();
        assert_eq!(assigned.node, [Some(1), Some(0)]);
        assert_eq!(assigned.total.score, 7 + 8);
        assert!(assigned.price[1].score < 0);
    }

    #[test]
    fn a_floor_that_cannot_be_met_is_explained() {
        let network = Network::new(&[0, 1, 2], &[0, 1], &[9i64, 7], &[2, 2]).unwrap();
        let network = network.with_floors(&[2, 0]).unwrap();
        let assigned = assign(&network, &Options::default()).unwrap();
        let (needs, groups, nodes) = (Vec::new(), Vec::new(), vec![0]);
        let tight = TightSet { shortage: Shortage::Needs, missing: 1, needs, groups, nodes };
        assert_eq!(assigned.infeasible, Some(tight));
        assert_eq!(assigned.node, [None, None]);
    }

    #[test]
    fn one_need_of_a_high_tier_outweighs_any_number_below() {
        // One county may have one need served; a household of the urgent need holds back two others.
        let demand =
            crate::Demand { group_of_need: &[Some(0), Some(0), Some(0)], parent: &[None], cap: &[1], floor: &[0] };
        let network = Network::new(&[0, 1, 2, 3], &[0, 0, 0], &[1i64, 1_000_000, 999_999], &[3]).unwrap();
        let network = network.with_tiers(&[2, 1, 1]).unwrap().with_demand(demand).unwrap();
        let assigned = assign(&network, &Options::default()).unwrap();
        assert_eq!(assigned.node, [Some(0), None, None]);
        assert_eq!(assigned.served, [0, 0, 1]);
    }
}
