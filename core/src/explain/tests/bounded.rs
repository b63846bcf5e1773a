//! Within floors, quotas and costs of caseloads every explained number equals that of a run on the changed problem, too.

use super::*;
use crate::error::FaultCode;
use crate::matching::{Kind, KindResult, Status};
use crate::policy::Objective;

/// A sample with more than places to bind, with its explainer where it is explained.
fn bounded(seed: u64) -> Option<(Tables, Policy, Explainer)> {
    let (tables, mut policy) = match seed % 3 {
        0 => sample::input_with_floors(seed),
        _ => sample::input_with_quotas(seed),
    };
    if seed % 5 == 4 {
        policy = sample::least_unequal();
    }
    let problem = Problem::new(&tables, policy.clone()).unwrap();
    let matching = solve(&problem, &ONE_THREAD).ok().filter(|own| own.engine() == Engine::General)?;
    let explainer = Explainer::new(&matching, &ONE_THREAD).ok()?;
    Some((tables, policy, explainer))
}

#[test]
fn a_stable_matching_is_not_explained() {
    let policy = sample::without_travel_limit("stable");
    let matching = solve(&Problem::new(&sample::input(1).0, policy).unwrap(), &ONE_THREAD).unwrap();
    match Explainer::new(&matching, &ONE_THREAD) {
        Err(Error::Input(error)) => assert_eq!(error.faults()[0].code, FaultCode::NotExplained),
        other => panic!("{:?}", other.map(|_| ())),
    }
}

/// How many needs are served as the objective counts them, and the sum of scores; `None` where floors cannot be met or pins not be kept.
fn outcome(tables: &Tables, policy: &Policy) -> Option<(Vec<i64>, i128)> {
    let matching = solve(&Problem::new(tables, policy.clone()).ok()?, &ONE_THREAD).ok()?;
    assert_ne!(matching.status(), Status::Bounded, "quotas that did not cross still do not");
    matching.status().serves().then(|| (counted(policy, served(&matching)), matching.total().score))
}

/// What of the counts by tier the objective asks for.
fn counted(policy: &Policy, served: [i64; 4]) -> Vec<i64> {
    match policy.objective() {
        Objective::CoverageThenScore => vec![served.iter().sum()],
        Objective::Score => Vec::new(),
        _ => served.to_vec(),
    }
}

fn served(matching: &Matching) -> [i64; 4] {
    Tier::ALL.map(|tier| matching.assignments().iter().filter(|own| own.tier == tier).count() as i64)
}

/// The same after a change.
fn after(explainer: &Explainer, change: &Change) -> (Vec<i64>, i128) {
    let (own, more) = (served(explainer.matching()), change.served_by_tier());
    let counts = std::array::from_fn(|tier| own[tier] + more[tier]);
    let policy = explainer.matching().problem().policy();
    (counted(policy, counts), explainer.matching().total().score - change.loss.score)
}

/// Asks of every worker what is lost if the need is pinned there, and runs that; how many pairs were forced, and how many
/// break bounds.
fn force_each(explainer: &Explainer, need: NeedId, (tables, policy): (&Tables, &Policy), seed: u64) -> (u32, u32) {
    let problem = explainer.matching().problem();
    let (mut n_forced, mut n_broken) = (0, 0);
    let row = problem.row_of_need(need);
    for worker in problem.workers_by_id() {
        let needs = with_cell(&tables.needs, "pinned_worker", row, &problem.workers()[worker.index()].id);
        let pinned = || outcome(&Tables { needs: needs.clone(), ..tables.clone() }, policy);
        match explainer.why_not(need, Node::Worker(worker)).answer {
            Answer::Loss(change) => {
                check(explainer, &change, None);
                assert_eq!(pinned(), Some(after(explainer, &change)), "seed {seed}");
                n_forced += 1;
            }
            answer @ (Answer::NoPlace(_) | Answer::BreaksBounds) => {
                assert_eq!(pinned(), None, "seed {seed}");
                n_broken += u32::from(answer == Answer::BreaksBounds);
            }
            _ => {}
        }
    }
    (n_forced, n_broken)
}

#[test]
fn forcing_or_forbidding_a_pair_is_what_a_run_says() {
    let (mut n_forced, mut n_broken, mut n_margins, mut n_needed) = (0, 0, 0, 0);
    for seed in 0..900 {
        let Some((tables, policy, explainer)) = bounded(seed) else { continue };
        let problem = explainer.matching().problem().clone();
        for need in problem.needs_by_id() {
            let (forced, broken) = force_each(&explainer, need, (&tables, &policy), seed);
            (n_forced, n_broken) = (n_forced + forced, n_broken + broken);
            let row = problem.row_of_need(need);
            let why = explainer.why(need);
            let Some(own) = why.assignment.filter(|own| !own.pinned) else { continue };
            let is_free = problem.needs()[need.index()].excluded_workers.is_empty();
            let Some(worker) = own.worker.filter(|_| is_free) else { continue };
            let needs = with_cell(&tables.needs, "excluded_workers", row, &problem.workers()[worker.index()].id);
            let without = outcome(&Tables { needs, ..tables.clone() }, &policy);
            assert_eq!(without, why.margin.as_ref().map(|margin| after(&explainer, margin)), "seed {seed}");
            n_margins += u32::from(without.is_some());
            n_needed += u32::from(without.is_none());
        }
    }
    assert!(n_forced > 200 && n_broken > 10, "{n_forced}, {n_broken}");
    assert!(n_margins > 80 && n_needed > 2, "{n_margins}, {n_needed}");
}

/// The same with the rates that were reached as quotas, under the default objective.
fn with_rates(tables: &Tables, matching: &Matching) -> Option<(Tables, Policy)> {
    let rates = matching.rates().filter(|_| tables.quotas.is_none())?;
    let texts = |of: fn(&KindResult) -> Option<String>| rates.kinds.iter().map(of).collect::<Vec<_>>();
    let ids: Vec<String> = (0..rates.kinds.len()).map(|k| format!("q{k}")).collect();
    let areas = texts(|row| if let Kind::Area(area) = row.kind { Some(area.to_string()) } else { None });
    let groups =
        texts(|row| if let Kind::ClientGroup(group) = row.kind { Some(group.code().to_owned()) } else { None });
    let floors = texts(|row| Some(row.floor.to_string()));
    let column = |texts: &[Option<String>]| Column::Text(texts.iter().map(Option::as_deref).collect());
    let quotas = Table::new()
        .with_texts("quota_id", ids.iter().map(String::as_str))
        .with("area", column(&areas))
        .with("client_group", column(&groups))
        .with("floor", column(&floors));
    let policy = matching.problem().policy().with_objective(Objective::TiersThenScore);
    Some((Tables { quotas: Some(quotas), ..tables.clone() }, policy))
}

#[test]
fn rates_that_were_reached_are_kept_as_quotas_would_be() {
    let (mut n_forced, mut n_broken, mut n_margins) = (0, 0, 0);
    for seed in 0..1200 {
        let (tables, policy) = sample::input_with_kinds(seed);
        let policy = if seed % 2 == 0 { policy.with_objective(Objective::Leximin) } else { policy };
        let problem = Problem::new(&tables, policy).unwrap();
        let Ok(matching) = solve(&problem, &ONE_THREAD) else { continue };
        let Ok(explainer) = Explainer::new(&matching, &ONE_THREAD) else { continue };
        let Some((tables, policy)) = with_rates(&tables, &matching) else { continue };
        assert_eq!(outcome(&tables, &policy), Some((counted(&policy, served(&matching)), matching.total().score)));
        for need in problem.needs_by_id() {
            let (forced, broken) = force_each(&explainer, need, (&tables, &policy), seed);
            (n_forced, n_broken) = (n_forced + forced, n_broken + broken);
            n_margins += u32::from(explainer.why(need).margin.is_some());
        }
    }
    assert!(n_forced > 100 && n_broken > 10 && n_margins > 40, "{n_forced}, {n_broken}, {n_margins}");
}

#[test]
fn a_place_is_worth_what_a_run_says() {
    let (mut n_more, mut n_fewer) = (0, 0);
    for seed in 0..900 {
        let Some((tables, policy, explainer)) = bounded(seed) else { continue };
        let problem = explainer.matching().problem().clone();
        for value in explainer.values(&ONE_THREAD).unwrap() {
            check(&explainer, &value.more, Some((value.node, 1)));
            let Node::Worker(worker) = value.node else { continue };
            let (row, own) = (problem.row_of_worker(worker), &problem.workers()[worker.index()]);
            let with = |places: u32| {
                let workers = with_cell(&tables.workers, "caseload_max", row, &places.to_string());
                outcome(&Tables { workers, ..tables.clone() }, &policy)
            };
            assert_eq!(with(own.caseload_max + 1), Some(after(&explainer, &value.more)), "seed {seed}");
            n_more += u32::from(!value.more.moves.is_empty());
            if own.caseload_max > own.caseload_current {
                let fewer = value.fewer.as_ref().map(|fewer| after(&explainer, fewer));
                assert_eq!(with(own.caseload_max - 1), fewer, "seed {seed}");
                n_fewer += u32::from(value.fewer.is_some_and(|fewer| !fewer.moves.is_empty()));
            }
        }
    }
    assert!(n_more > 30 && n_fewer > 60, "{n_more}, {n_fewer}");
}

#[test]
fn all_pairs_are_each_pair_and_what_is_not_explained_is_refused() {
    let (mut n_pairs, mut n_refused) = (0, 0);
    for seed in 0..200 {
        let (tables, policy) = sample::input_with_crossing_quotas(seed);
        let matching = solve(&Problem::new(&tables, policy).unwrap(), &ONE_THREAD);
        let crosses = |matching: &Matching| matching.quotas().iter().any(|quota| quota.crosses);
        if let Some(matching) = matching.ok().filter(crosses) {
            let Err(Error::Input(error)) = Explainer::new(&matching, &ONE_THREAD) else { panic!("seed {seed}") };
            assert_eq!(error.faults()[0].code, FaultCode::NotExplained);
            n_refused += 1;
        }
        let Some((_, _, explainer)) = bounded(seed) else { continue };
        for pair in explainer.losses(&Options { threads: Some(2), ..ONE_THREAD }).unwrap().iter() {
            let answer = explainer.why_not(pair.need, pair.provider).answer;
            match &answer {
                Answer::Loss(change) => {
                    assert_eq!((pair.loss, pair.moves), (Some(change.loss), change.moves.len() as u32))
                }
                Answer::Assigned => assert_eq!(pair.moves, 0),
                _ => assert_eq!(pair.loss, None),
            }
            let row = WhyNot { need: pair.need, provider: pair.provider, answer };
            assert!(!row.text(explainer.matching(), Language::Chinese).is_empty());
            n_pairs += 1;
        }
        for refused in [
            explainer.shortages().err(),
            explainer.smallest_repair(&ONE_THREAD).err(),
            explainer.improvements(1, &ONE_THREAD).err(),
            explainer.pin_costs(&ONE_THREAD).err(),
            explainer.weight_ranges(1, &ONE_THREAD).err(),
        ] {
            let Some(Error::Input(error)) = refused else { panic!("{refused:?} of a question about places alone") };
            assert_eq!(error.faults()[0].code, FaultCode::NotExplained);
        }
    }
    assert!(n_pairs > 300 && n_refused > 20, "{n_pairs}, {n_refused}");
}
