//! The low level: a network in, a proven assignment out.

mod general;

use crate::control::{Control, Stage};
use crate::engine::{self, Engine, EngineReason};
use crate::error::Error;
use crate::network::{AnyNetwork, Network, Score};
use crate::options::{Options, Ties};
use crate::pool;
use crate::proof::{Proof, TightSet};
use crate::solve::{self, Price};
use crate::total::Total;
use crate::verify::{self, Violation};

/// A greatest assignment of needs to nodes, with the prices that prove it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assigned {
    /// For each need the node whose place it takes, or `None`. *Shape*: `[n_needs]`.
    pub node: Vec<Option<u32>>,
    /// The total over the needs that are served, less what their places cost.
    pub total: Total,
    /// What the prices prove that no assignment can exceed; equal to `total`, unless
    /// [a limit of work](Control::set_work_limit) ended the run before.
    pub bound: Total,
    /// Each node's own price; the least that proves the assignment, unless any would do, or those of the bound. With a
    /// `proof` it is that one's price of the node, for reading. *Shape*: `[n_nodes]`.
    pub price: Vec<Price>,
    /// Whether it is the answer that the tie rule names. It is not where a limit of work ended the run before.
    pub ties: Ties,
    /// How many needs of each tier are served, from tier 0 to the highest of any need.
    pub served: Vec<u64>,
    /// Prices on both sides that prove the assignment, where the general engine found it.
    pub proof: Option<Proof>,
    /// What proves that no assignment meets all floors; nobody is served then, and totals and prices are 0.
    pub infeasible: Option<TightSet>,
    /// The engine that solved it.
    pub engine: Engine,
    /// Why that one.
    pub engine_reason: EngineReason,
}

/// Finds an assignment of the greatest total, proven before it is returned; or, where
/// [a limit of work](Control::set_work_limit) ends the run before, a good one with a bound on all others.
///
/// Needs of higher tiers are served first, then the sum of scores is greatest. Of all greatest assignments it is the one
/// that serves the earlier need rather than a later one and gives each, in their order, its best-scored node, of equals
/// the first; and of all prices that prove it, it has the least, unless [`Ties::Any`] waives that. The result is the same for every
/// number of threads.
///
/// Where floors, groups of needs or costs of places can bind, or [`Options::engine`] asks for it, the general engine is
/// used, and [`Assigned::engine_reason`] says why: the result is the greatest tier
/// by tier, proven by [`Assigned::proof`], and the same for every number of threads and every repetition, but which of
/// several greatest assignments it is follows no stated rule, unless the one that would be the answer without them is
/// within all of them: then it is that one. Floors that cannot be met are no error: the result then
/// holds the set that proves it ([`Assigned::infeasible`]).
///
/// # Errors
///
/// [`Error::Input`] if an engine is asked for that cannot solve the network exactly;
/// [`Error::Cancelled`] or [`Error::Limit`] as the control asks; [`Error::Threads`] if the threads cannot be started;
/// [`Error::InternalCheck`] if the checker rejects the result, which would be a bug of this library.
///
/// # Examples
///
/// Two needs want the same place; the other place serves either.
///
/// ```
/// use needmatch::{Network, Options, assign};
///
/// let network = Network::new(&[0, 2, 4], &[0, 1, 0, 1], &[9i64, 4, 8, 1], &[1, 1])?;
/// let assigned = assign(&network, &Options::default())?;
/// assert_eq!(assigned.node, [Some(1), Some(0)]);
/// assert_eq!(assigned.total.score, 4 + 8);
/// assert_eq!(assigned.bound, assigned.total);
/// # Ok::<(), needmatch::Error>(())
/// ```
pub fn assign<S: Score>(network: &Network<'_, S>, options: &Options<'_>) -> Result<Assigned, Error> {
    assign_any(network.into(), options)
}

fn assign_any(network: AnyNetwork<'_>, options: &Options<'_>) -> Result<Assigned, Error> {
    match network {
        AnyNetwork::Narrow(network) => assign_with(network, options),
        AnyNetwork::Wide(network) => assign_with(network, options),
    }
}

fn assign_with<S: Score>(network: &Network<'_, S>, options: &Options<'_>) -> Result<Assigned, Error> {
    let quiet = Control::new();
    let control = options.control.unwrap_or(&quiet);
    control.check()?;
    let (engine, engine_reason) = engine::choose(options.engine, crate::general::binding(network))?;
    if engine == Engine::General {
        return general::assign(network, options.threads, engine_reason, control);
    }
    pool::run(options.threads, || {
        let limit = control.work_limit();
        let (optimum, work) = solve::solve_within(network, limit, control)?;
        let wants_rule = options.ties == Ties::Canonical && !work.is_spent();
        let ruled = if wants_rule { solve::canonical_within(network, &optimum, &work, control)? } else { None };
        let ties = if ruled.is_some() { Ties::Canonical } else { Ties::Any };
        let flow = ruled.unwrap_or(optimum);
        control.enter(Stage::Verify, network.n_needs() as u64)?;
        let checked = checked(network, &flow.node, &flow.price, ties, control);
        control.check()?;
        let (total, bound) = checked?;
        if total != bound && !work.is_spent() {
            // The same once more, for where they drift apart.
            verify::prove(network, &flow.node, &flow.price)?;
        }
        let served = verify::prove_without(network, &flow.node)?;
        control.enter(Stage::Done, 0)?;
        Ok(Assigned {
            node: flow.node,
            total,
            bound,
            price: flow.price,
            ties,
            served,
            proof: None,
            infeasible: None,
            engine,
            engine_reason,
        })
    })
}

/// The total of a flow, and the bound that the prices prove; where the tie rule asks for these, the flow is the greatest and
/// the prices are the least that prove it.
fn checked<S: Score>(
    network: &Network<'_, S>,
    node: &[Option<u32>],
    price: &[Price],
    ties: Ties,
    control: &Control,
) -> Result<(Total, Total), Violation> {
    let (total, bound) = verify::total_and_bound(network, node, price, control)?;
    if ties == Ties::Canonical {
        if total != bound {
            verify::prove(network, node, price)?;
        }
        verify::prove_least(network, node, price, control)?;
    }
    Ok((total, bound))
}

impl Assigned {
    /// Whether its prices prove it the greatest, so that `bound` is its `total`: always, unless
    /// [a limit of work](Control::set_work_limit) ended the run before.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.total == self.bound
    }

    /// Checks once more that the assignment is feasible and that its prices prove the bound; and where that
    /// [is its total](Self::is_proven), so that it is the greatest, that they are the least that do if the tie rule asks for
    /// these.
    ///
    /// # Errors
    ///
    /// The first [`Violation`] that is found.
    ///
    /// # Complexity
    ///
    /// O(edges + nodes · depth).
    pub fn verify<S: Score>(&self, network: &Network<'_, S>) -> Result<(), Violation> {
        self.verify_any(network.into())
    }

    fn verify_any(&self, network: AnyNetwork<'_>) -> Result<(), Violation> {
        match network {
            AnyNetwork::Narrow(network) => self.verify_with(network),
            AnyNetwork::Wide(network) => self.verify_with(network),
        }
    }

    fn verify_with<S: Score>(&self, network: &Network<'_, S>) -> Result<(), Violation> {
        if !engine::may_say(self.engine, self.engine_reason, crate::general::binding(network)) {
            return Err(Violation::WrongEngine);
        }
        if self.engine == Engine::General {
            return general::verify(self, network);
        }
        if self.proof.is_some() || self.infeasible.is_some() {
            return Err(Violation::Length { list: "proof" });
        }
        let (total, bound) = checked(network, &self.node, &self.price, self.ties, &Control::new())?;
        if self.total != total {
            return Err(Violation::WrongTotal);
        }
        if self.bound != bound {
            return Err(Violation::WrongBound);
        }
        if self.served != verify::prove_without(network, &self.node)? {
            return Err(Violation::WrongTotal);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Binding;
    use crate::oracle::{Arrays, best_flow};

    const ONE_THREAD: Options<'_> = Options { threads: Some(1), control: None, ties: Ties::Canonical, engine: None };

    #[test]
    fn no_assignment_of_a_tiny_network_is_better() {
        for seed in 0..3000 {
            let arrays = Arrays::random(seed);
            let network = arrays.network();
            let assigned = assign(&network, &ONE_THREAD).unwrap();
            assert_eq!(assigned.total, best_flow(&network).0, "seed {seed}");
            assert_eq!(assigned.verify(&network), Ok(()), "seed {seed}");
        }
    }

    #[test]
    fn any_greatest_assignment_is_as_great_as_the_one_of_the_tie_rule() {
        let mut n_different = 0;
        for seed in 0..2000 {
            let arrays = Arrays::random(seed);
            let network = arrays.network();
            let canonical = assign(&network, &ONE_THREAD).unwrap();
            let any = assign(&network, &Options { ties: Ties::Any, ..ONE_THREAD }).unwrap();
            assert_eq!((any.total, any.verify(&network)), (canonical.total, Ok(())), "seed {seed}");
            n_different += usize::from(any.node != canonical.node);
        }
        assert!(n_different > 0, "otherwise the tie rule is not left out");
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        for seed in 0..20 {
            let arrays = Arrays::random(seed);
            let run = |threads| assign(&arrays.network(), &Options { threads, ..Options::default() }).unwrap();
            let one = run(Some(1));
            assert!([Some(2), Some(7), None].into_iter().all(|threads| run(threads) == one), "seed {seed}");
        }
    }

    #[test]
    fn an_assignment_changed_in_any_field_is_rejected() {
        for seed in 0..300 {
            let arrays = Arrays::random(seed);
            let network = arrays.network();
            let assigned = assign(&network, &ONE_THREAD).unwrap();
            let rejects = |change: &dyn Fn(&mut Assigned)| {
                let mut changed = assigned.clone();
                change(&mut changed);
                changed.verify(&network).is_err()
            };
            assert!(rejects(&|a| a.total.tier += 1) && rejects(&|a| a.total.score -= 1), "seed {seed}");
            assert!(rejects(&|a| a.bound.tier -= 1) && rejects(&|a| a.bound.score += 1), "seed {seed}");
            assert!(rejects(&|a| a.node.push(None)) && rejects(&|a| a.price.push(Price::default())), "seed {seed}");
            assert!(rejects(&|a| a.engine = Engine::General) && rejects(&|a| a.proof = Some(Proof::default())));
            assert!(rejects(&|a| a.engine_reason = EngineReason::CanBind(Binding::default())), "seed {seed}");
            for need in 0..network.n_needs() {
                let worth = |(v, score)| (assigned.node[need] == Some(v)).then_some((network.tier(need), score));
                // To serve what adds nothing, or not to, is the same.
                if network.edges(need).find_map(worth).is_some_and(|worth| worth != (0, 0)) {
                    assert!(rejects(&|a| a.node[need] = None), "seed {seed}");
                }
            }
            for v in 0..network.n_nodes() {
                assert!(rejects(&|a| a.price[v].tier = -1) && rejects(&|a| a.price[v].tier += 64), "seed {seed}");
                assert!(rejects(&|a| a.price[v].score += 1) && rejects(&|a| a.price[v].score -= 1), "seed {seed}");
            }
        }
    }

    #[test]
    fn what_a_limit_of_work_leaves_is_checked_says_so_and_does_not_depend_on_threads() {
        let (mut n_unproven, mut n_without_rule) = (0, 0);
        for seed in 0..300 {
            let arrays = Arrays::middle(seed, 3, 3);
            let network = arrays.network();
            let whole = assign(&network, &ONE_THREAD).unwrap();
            for limit in [1, 30, 300, 100_000_000] {
                let control = Control::new();
                control.set_work_limit(limit);
                let run =
                    |threads| assign(&network, &Options { threads, control: Some(&control), ..ONE_THREAD }).unwrap();
                let limited = run(Some(1));
                assert_eq!(limited, run(Some(2)), "seed {seed}");
                assert_eq!(limited.verify(&network), Ok(()), "seed {seed}");
                assert!(limited.total <= whole.total && whole.total <= limited.bound, "seed {seed}");
                assert_eq!(limited.is_proven(), limited.total == whole.total && limited.bound == whole.total);
                assert!(limited.is_proven() || limited.ties == Ties::Any, "the tie rule names an optimum only");
                assert!(limit < 100_000_000 || limited == whole, "seed {seed}");
                n_unproven += usize::from(!limited.is_proven());
                n_without_rule += usize::from(limited.is_proven() && limited.ties == Ties::Any);
                let rejects = |change: &dyn Fn(&mut Assigned)| {
                    let mut changed = limited.clone();
                    change(&mut changed);
                    changed.verify(&network).is_err()
                };
                assert!(rejects(&|a| a.total.score += 1) && rejects(&|a| a.bound.score -= 1), "seed {seed}");
                assert!(rejects(&|a| a.bound.tier += 1) && rejects(&|a| a.served[0] += 1), "seed {seed}");
                assert!(limited.is_proven() || rejects(&|a| a.bound = a.total), "seed {seed}");
                assert!(limited.is_proven() || rejects(&|a| a.ties = Ties::Canonical), "seed {seed}");
            }
        }
        assert!(n_unproven > 100 && n_without_rule > 20, "{n_unproven} {n_without_rule}");
    }

    #[test]
    fn the_general_engine_finds_the_same_total_where_it_is_asked_for() {
        for seed in 0..3000 {
            let arrays = Arrays::random(seed);
            let network = arrays.network();
            let fast = assign(&network, &ONE_THREAD).unwrap();
            assert_eq!((fast.engine, fast.engine_reason), (Engine::Fast, EngineReason::OnlyCapacities));
            let general = assign(&network, &Options { engine: Some(Engine::General), ..ONE_THREAD }).unwrap();
            assert_eq!((general.engine, general.engine_reason), (Engine::General, EngineReason::Asked));
            // In tier 0, to serve what adds nothing, or not to, is the same.
            assert_eq!((general.total, &general.served[1..]), (fast.total, &fast.served[1..]), "seed {seed}");
            assert_eq!(general.verify(&network), Ok(()), "seed {seed}");
            let asked = assign(&network, &Options { engine: Some(Engine::Fast), ..ONE_THREAD }).unwrap();
            assert_eq!(asked, Assigned { engine_reason: EngineReason::Asked, ..fast }, "seed {seed}");
        }
    }

    #[test]
    fn a_run_that_is_cancelled_stops_before_it_starts_threads() {
        let network = Network::new(&[0, 1], &[0], &[5i64], &[1]).unwrap();
        let control = Control::new();
        control.cancel();
        let options = Options { control: Some(&control), ..ONE_THREAD };
        assert_eq!(assign(&network, &options), Err(Error::Cancelled));
    }
}
