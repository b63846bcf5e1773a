//! The whole way from a problem to a verified matching: the first file to read.

mod crossing;
mod leximin;
mod max_min;
mod obstacle;
mod price;

pub use price::{ObjectivePrice, objective_price};

use self::crossing::Solver;
use crate::control::{Control, Stage};
use crate::encode::{Bounds, Found, Reached, Scaled};
use crate::engine::{Binding, Engine, EngineReason};
use crate::error::{Error, Fault, FaultCode, InputError, TableName};
use crate::lists::Lists;
use crate::matching::{Matching, OptimalOver};
use crate::model::Problem;
use crate::options::Options;
use crate::policy::Objective;
use crate::solve::{self as fast, Flow};
use crate::total::Total;
use crate::{candidate, encode, engine, pool, stable, verify};

/// Matches the needs of a problem to its providers: the best matching there is, proven before it is returned.
///
/// The result is the same for every number of threads. Floors that cannot be met are no error: nobody is served then, and
/// [`Matching::unmet`] proves it. Where quotas cross, the result may be [`Bounded`](crate::matching::Status::Bounded): within
/// all bounds, and with a proven gap.
///
/// # Errors
///
/// [`Error::Input`] if a pinned worker breaks a hard rule, more needs are pinned than there are places, the objective is
/// `stable` although floors or quotas can bind, or an engine is
/// asked for that does not keep to the tie rule where it could, or is not exact;
/// [`Error::Cancelled`] or [`Error::Limit`] as the control asks; [`Error::Threads`] if the threads cannot be started;
/// [`Error::InternalCheck`] if the checker rejects the result, which would be a bug of this library.
///
/// # Complexity
///
/// O(pairs of need and provider of its domain and area) for the candidates, some dozen passes over those on the lists for
/// each optimum on them, and for each need without a candidate the providers of its domain and area.
pub fn solve(problem: &Problem, options: &Options<'_>) -> Result<Matching, Error> {
    let quiet = Control::new();
    let control = options.control.unwrap_or(&quiet);
    control.check()?;
    pool::run(options.threads, || {
        candidate::check_pins(problem)?;
        let bounds = Bounds::of(problem);
        let choice = match problem.policy().objective() {
            Objective::Stable => stable_choice(options.engine, bounds.binding())?,
            Objective::MaxMin | Objective::Leximin => engine::choose_for_kinds(options.engine)?,
            _ => engine::choose_with_tie_rule(options.engine, bounds.binding())?,
        };
        let (lists, over, found) = match (problem.policy().objective(), choice.0) {
            (Objective::MaxMin | Objective::Leximin, _) => return at_greatest_rates(problem, choice, control),
            (_, Engine::Fast) => within_capacities(problem, control)?,
            (_, Engine::General) => within_quotas(problem, control)?,
            (_, Engine::DeferredAcceptance) => stable(problem, control)?,
        };
        finish(problem, (&lists, over), &bounds, (&found, None), choice, control)
    })
}

/// Turns what was found into a matching, and checks it.
fn finish(
    problem: &Problem,
    (lists, over): (&Lists<'_>, OptimalOver),
    bounds: &Bounds,
    found: (&Found, Option<&Reached>),
    choice: (Engine, EngineReason),
    control: &Control,
) -> Result<Matching, Error> {
    let matching = encode::decode(problem, (lists, over), bounds, found, choice, control)?;
    control.enter(Stage::Verify, problem.needs().len() as u64)?;
    verify::verify(problem, &lists.scored, &matching)?;
    control.enter(Stage::Done, 0)?;
    Ok(matching)
}

/// The best matching where capacities alone can bind: on lists that are lengthened as far as the policy asks.
fn within_capacities<'a>(problem: &'a Problem, control: &Control) -> Result<(Lists<'a>, OptimalOver, Found), Error> {
    let mut lists = Lists::new(problem, control)?;
    let mut best = best_on(problem, &lists, control)?;
    let mut over = lists.extent();
    if problem.policy().lists().prove_all_pairs {
        while lists.lengthen(&best.tier, &best.full_price, control)? > 0 {
            best = best_on(problem, &lists, control)?;
        }
        over = OptimalOver::AllPairs;
    }
    Ok((lists, over, Found::Flow(best.flow)))
}

/// The best flow on the lists as they are.
struct Best {
    flow: Flow,
    /// How much each need counts in coverage.
    tier: Vec<u8>,
    /// For each node the sum of the prices on its path.
    full_price: Vec<Total>,
}

fn best_on(problem: &Problem, lists: &Lists<'_>, control: &Control) -> Result<Best, Error> {
    let encoded = encode::encode(problem, &lists.scored, lists.bytes(), control)?;
    let network = encoded.network(control)?;
    let optimum = fast::solve(&network, control)?;
    let flow = fast::canonical(&network, &optimum, control)?;
    let full_price = encoded.bounds.forest.full_prices(&flow.price);
    Ok(Best { flow, full_price, tier: encoded.tier })
}

/// The best matching where floors and quotas can bind too: over all candidates, since whether floors can be met depends on
/// all.
fn within_quotas<'a>(problem: &'a Problem, control: &Control) -> Result<(Lists<'a>, OptimalOver, Found), Error> {
    let lists = Lists::of_all(problem, control)?;
    let encoded = encode::encode(problem, &lists.scored, lists.bytes(), control)?;
    let scaled = Scaled::of(problem, encoded, control)?;
    let found = Solver::new(&scaled, control)?.solve(&scaled, crossing::TRIES, control)?;
    Ok((lists, OptimalOver::AllPairs, found))
}

/// The best matching of the greatest least rate of any kind of needs, or of the greatest rates from the least on, over all
/// candidates.
fn at_greatest_rates(problem: &Problem, choice: (Engine, EngineReason), control: &Control) -> Result<Matching, Error> {
    let lists = Lists::of_all(problem, control)?;
    let encoded = encode::encode(problem, &lists.scored, lists.bytes(), control)?;
    let mut scaled = Scaled::of(problem, encoded, control)?;
    let (found, reached) = match problem.policy().objective() {
        Objective::Leximin => leximin::solve(problem, &lists.scored, &mut scaled, control)?,
        _ => max_min::solve(problem, &lists.scored, &mut scaled, control)?,
    };
    let bounds = scaled.into_bounds();
    finish(problem, (&lists, OptimalOver::AllPairs), &bounds, (&found, reached.as_ref()), choice, control)
}

/// The engine of a stable matching.
///
/// # Errors
///
/// [`FaultCode::PolicyValue`] where floors or quotas can bind: a matching that is stable within them need not exist.
fn stable_choice(asked: Option<Engine>, binding: Binding) -> Result<(Engine, EngineReason), Error> {
    if !binding.is_nothing() {
        let expected = "another objective where floors or quotas can bind, within which no matching need be stable";
        let fault = Fault::in_column(TableName::Policy, "objective", FaultCode::PolicyValue, expected);
        return Err(InputError::from(fault).into());
    }
    engine::choose_stable(asked)
}

/// The stable matching over all candidates.
fn stable<'a>(problem: &'a Problem, control: &Control) -> Result<(Lists<'a>, OptimalOver, Found), Error> {
    let lists = Lists::of_all(problem, control)?;
    let encoded = encode::encode(problem, &lists.scored, lists.bytes(), control)?;
    let node = stable::solve(&encoded.network(control)?, control)?;
    Ok((lists, OptimalOver::AllPairs, Found::Stable(node)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::error::Limit;
    use crate::matching::Status;
    use crate::oracle::{Worth, best_flow, best_matching, worth_of};
    use crate::policy::Policy;
    use crate::sample;
    use crate::table::{Column, Table, Tables};

    fn on_one_thread(problem: &Problem) -> Result<Matching, Error> {
        solve(problem, &Options { threads: Some(1), ..Options::default() })
    }

    #[test]
    fn no_matching_of_a_small_problem_is_better() {
        let mut compared = 0;
        for seed in 0..2000 {
            let problem = sample::problem(seed).unwrap();
            let Ok(matching) = on_one_thread(&problem) else { continue };
            let encoded = encode::encode(&problem, matching.candidates(), 0, &Control::new()).unwrap();
            let network = encoded.network(&Control::new()).unwrap();
            let choices: f64 = (0..network.n_needs()).map(|need| network.edges(need).len() as f64 + 1.0).product();
            // Trying everything must end; pinned needs are not in the network.
            if choices < 1e6 && matching.summary().pinned == 0 {
                assert_eq!(matching.total(), best_flow(&network).0, "seed {seed}");
                compared += u32::from(matching.total() > Total::ZERO);
            }
        }
        assert!(compared > 200, "{compared} problems had anything to match");
    }

    #[test]
    fn with_floors_no_matching_of_a_small_problem_is_better_tier_by_tier_or_there_is_none() {
        let (mut n_best, mut n_unmet, mut n_pinned) = (0, 0, 0);
        for seed in 0..3000 {
            let (tables, policy) = sample::input_with_floors(seed);
            let problem = Problem::new(&tables, policy).unwrap();
            let matching = match on_one_thread(&problem) {
                Ok(matching) => matching,
                Err(Error::Input(_)) => continue,
                Err(error) => panic!("seed {seed}: {error}"),
            };
            let Some(best) = best_matching(&problem, matching.candidates()) else { continue };
            let found = matching.unmet().is_none().then(|| worth_of(&matching));
            assert_eq!(found, best, "seed {seed}");
            n_best += u32::from(matching.certificate().is_some());
            n_unmet += u32::from(matching.unmet().is_some());
            n_pinned += u32::from(matching.certificate().is_some() && matching.summary().pinned > 0);
        }
        assert!(n_best > 200 && n_unmet > 200 && n_pinned > 20, "{n_best} {n_unmet} {n_pinned}");
    }

    #[test]
    fn with_quotas_a_matching_is_the_best_or_within_its_gap_of_it() {
        let (mut seen, mut n_crossing): (BTreeMap<Status, (u32, u32)>, u32) = (BTreeMap::new(), 0);
        for seed in 0..3000 {
            let (tables, mut policy) = match seed % 3 {
                0 => sample::input_with_crossing_quotas(seed),
                _ => sample::input_with_quotas(seed),
            };
            if seed % 8 == 5 {
                policy = sample::least_unequal();
            }
            let problem = Problem::new(&tables, policy).unwrap();
            let matching = match on_one_thread(&problem) {
                Ok(matching) => matching,
                Err(Error::Input(_)) => continue,
                Err(error) => panic!("seed {seed}: {error}"),
            };
            let Some(best) = best_matching(&problem, matching.candidates()) else { continue };
            let found = matching.status().serves().then(|| worth_of(&matching));
            let crosses = matching.quotas().iter().any(|quota| quota.crosses);
            match matching.status() {
                Status::Optimal | Status::FloorsUnmet => assert_eq!(found, best, "seed {seed}"),
                Status::Bounded => assert!(found <= best && crosses, "seed {seed}"),
                Status::NotFound => assert!(crosses, "seed {seed}"),
                Status::Stable => panic!("seed {seed}: the objective is another one"),
            }
            if let Some(best) = &best {
                let certificate = matching.certificate();
                // A need counts the same in the bound as in the total.
                let value = |(_, served, score, squares): &Worth| -> i128 {
                    let Some(certificate) = certificate else { return 0 };
                    let n = certificate.step.len();
                    let steps = served.iter().enumerate().map(|(k, &of_tier)| match n {
                        1 => 0,
                        2 => i128::from(of_tier) * certificate.step[1],
                        _ => certificate.step.get(4 - k).map_or(0, |step| i128::from(of_tier) * step),
                    });
                    steps.sum::<i128>() + score * certificate.unit + squares
                };
                let gap = matching.gap();
                let is_above = gap > Total::ZERO || found.as_ref().map(value) == Some(value(best));
                assert!(is_above, "seed {seed}: the bound is below the best");
            }
            n_crossing += u32::from(crosses);
            let count = seen.entry(matching.status()).or_default();
            count.0 += 1;
            count.1 += u32::from(found == best);
        }
        let of = |status| seen.get(&status).copied().unwrap_or_default();
        assert!(of(Status::Optimal).0 > 300 && of(Status::FloorsUnmet).0 > 10, "{seen:?}");
        // Where quotas cross the gap closes more often than not.
        let is_rare = of(Status::Bounded).0 + of(Status::NotFound).0 < n_crossing / 2;
        assert!(n_crossing > 30 && is_rare, "{n_crossing} with quotas that cross, {seen:?}");
    }

    #[test]
    fn of_what_is_equal_caseloads_are_least_unequal() {
        let (mut n_costly, mut n_other) = (0, 0);
        for seed in 0..2000 {
            let (tables, policy) = if seed % 2 == 0 { sample::input_with_floors(seed) } else { sample::input(seed) };
            let problem = Problem::new(&tables, sample::least_unequal()).unwrap();
            let Ok(matching) = on_one_thread(&problem) else { continue };
            let Some(best) = best_matching(&problem, matching.candidates()) else { continue };
            assert_eq!(matching.unmet().is_none().then(|| worth_of(&matching)), best, "seed {seed}");
            if policy.objective() == Objective::TiersThenScore && matching.unmet().is_none() {
                n_costly += u32::from(matching.certificate().is_some_and(|certificate| certificate.unit > 1));
                // It pays nothing in tiers and score, so the default objective finds the same total.
                let default = sample::without_travel_limit("tiers_then_score");
                let other = on_one_thread(&Problem::new(&tables, default).unwrap()).unwrap();
                assert_eq!(matching.total().score, other.total().score, "seed {seed}");
                n_other += u32::from(matching.assignments() != other.assignments());
            }
        }
        assert!(n_costly > 50 && n_other > 0, "{n_costly} with costs, {n_other} other than the default");
    }

    #[test]
    fn a_stable_matching_pays_what_the_default_has_more_and_is_refused_within_floors_and_quotas() {
        let (mut n_stable, mut n_paid, mut n_refused) = (0, 0, 0);
        for seed in 0..900 {
            let (tables, policy) = match seed % 3 {
                0 => sample::input_with_floors(seed),
                1 => sample::input_with_quotas(seed),
                _ => sample::input(seed),
            };
            let problem = Problem::new(&tables, policy.with_objective(Objective::Stable)).unwrap();
            let is_bound = !Bounds::of(&problem).binding().is_nothing();
            match on_one_thread(&problem) {
                Ok(matching) => {
                    assert!(!is_bound && matching.engine() == Engine::DeferredAcceptance, "seed {seed}");
                    assert_eq!((matching.status(), matching.gap()), (Status::Stable, Total::ZERO), "seed {seed}");
                    assert_eq!(matching.verify_all_pairs().map(|_| ()), Ok(()), "seed {seed}");
                    let options = Options { threads: Some(1), ..Options::default() };
                    let price = objective_price(&matching, &options).unwrap();
                    let above = price.served.iter().scan(0, |sum, served| {
                        *sum += served;
                        Some(*sum)
                    });
                    assert!(above.min() >= Some(0), "seed {seed}: {price:?}");
                    n_stable += 1;
                    n_paid += u32::from(price.served != [0; 4] || price.score > 0);
                }
                Err(Error::Input(error)) => {
                    let is_about_it = error.faults().iter().any(|fault| fault.code == FaultCode::PolicyValue);
                    assert!(is_about_it <= is_bound, "seed {seed}: {error}");
                    n_refused += u32::from(is_about_it);
                }
                Err(error) => panic!("seed {seed}: {error}"),
            }
        }
        assert!(n_stable > 150 && n_paid > 10 && n_refused > 100, "{n_stable} {n_paid} {n_refused}");
    }

    #[test]
    fn neither_threads_nor_the_order_of_rows_change_a_byte() {
        for seed in 0..120 {
            let (tables, policy) = match seed {
                0..50 => sample::input(seed),
                50..60 => (sample::input(seed).0, sample::without_travel_limit("stable")),
                60..80 => sample::input_with_floors(seed),
                _ => sample::input_with_quotas(seed),
            };
            let problem = Problem::new(&tables, policy.clone()).unwrap();
            let reversed = Problem::new(&backwards(&tables), policy).unwrap();
            let Ok(matching) = on_one_thread(&problem) else { continue };
            let expected = matching.to_json();
            assert_eq!(on_one_thread(&reversed).unwrap().to_json(), expected, "seed {seed}");
            for threads in [2, 4] {
                let again = solve(&problem, &Options { threads: Some(threads), ..Options::default() }).unwrap();
                assert_eq!(again.to_json(), expected, "seed {seed}, {threads} threads");
            }
        }
    }

    /// The same rows from the last to the first.
    fn backwards(tables: &Tables) -> Tables {
        let turn = |table: &Table| {
            let turned = table.columns().iter().map(|(name, column)| match column {
                Column::Text(texts) => {
                    let rows =
                        (0..texts.len()).rev().map(|row| texts.get(row).map(|text| str::from_utf8(text).unwrap()));
                    (name, Column::Text(rows.collect()))
                }
                other => panic!("the sample holds texts only, not {other:?}"),
            });
            turned.fold(Table::new(), |table, (name, column)| table.with(name, column))
        };
        Tables {
            needs: turn(&tables.needs),
            workers: turn(&tables.workers),
            organizations: turn(&tables.organizations),
            communities: turn(&tables.communities),
            groups: tables.groups.as_ref().map(turn),
            quotas: tables.quotas.as_ref().map(turn),
        }
    }

    #[test]
    fn without_needs_or_providers_the_answer_is_empty_and_proven() {
        let empty = |names: &[&str]| names.iter().fold(Table::new(), |table, &name| table.with_texts(name, []));
        let tables = Tables {
            communities: empty(&["community"]),
            organizations: empty(&["organization_id", "capacity_max"]),
            workers: empty(&["worker_id", "organization_id", "domains", "caseload_max"]),
            needs: empty(&["need_id", "community", "domain", "risk"]),
            ..Tables::default()
        };
        let matching = on_one_thread(&Problem::new(&tables, Policy::default()).unwrap()).unwrap();
        assert!(matching.assignments().is_empty() && matching.unmatched().is_empty());
        assert_eq!((matching.total(), matching.gap()), (Total::ZERO, Total::ZERO));
    }

    #[test]
    fn a_run_can_be_watched_stopped_and_limited() {
        let problem = sample::problem(1).unwrap();
        let control = Control::new();
        let run = || solve(&problem, &Options { threads: Some(1), control: Some(&control), ..Options::default() });
        assert!(run().is_ok());
        assert_eq!(control.progress().stage, Stage::Done);

        control.set_memory_budget(10);
        assert!(matches!(run(), Err(Error::Limit { limit: Limit::MemoryBytes, allowed: 10, .. })));
        control.set_memory_budget(0);

        control.cancel();
        assert_eq!(run().map(|_| ()), Err(Error::Cancelled));
    }
}
