//! Every explained number equals that of a run on the changed problem.

mod bounded;
mod improve;
mod pins;
mod shortage;
mod weights;

use super::*;
use crate::error::Language;
use crate::matching::Tier;
use crate::pipeline::solve;
use crate::policy::Policy;
use crate::sample;
use crate::table::{Column, Table, Tables};
use crate::{Problem, candidate::failed_rules};

const ONE_THREAD: Options<'_> = Options { threads: Some(1), control: None, ties: crate::Ties::Canonical, engine: None };

/// A sample problem with its matching, if it has one.
fn sample_of(seed: u64) -> Option<(Tables, Policy, Explainer)> {
    let (tables, policy) = sample::input(seed);
    let problem = Problem::new(&tables, policy.clone()).unwrap();
    let matching = solve(&problem, &ONE_THREAD).ok()?;
    let explainer = Explainer::new(&matching, &ONE_THREAD).unwrap();
    Some((tables, policy, explainer))
}

/// The table with another text in one cell.
fn with_cell(table: &Table, column: &str, row: usize, text: &str) -> Table {
    table.columns().iter().fold(Table::new(), |changed, (name, own)| {
        let Column::Text(texts) = own else { panic!("the sample holds texts only") };
        let cell = |k: usize| texts.get(k).map(|text| str::from_utf8(text).unwrap());
        let cells = (0..texts.len()).map(|k| if name == column && k == row { Some(text) } else { cell(k) });
        changed.with(name, Column::Text(cells.collect()))
    })
}

fn total_of(tables: &Tables, policy: &Policy) -> Option<Total> {
    let problem = Problem::new(tables, policy.clone()).ok()?;
    solve(&problem, &ONE_THREAD).ok().map(|matching| matching.total())
}

/// The matching after a change keeps to rules and places, and has the total that is stated.
fn check(explainer: &Explainer, change: &Change, more_at: Option<(Node, i64)>) {
    let (matching, problem) = (explainer.matching(), explainer.matching().problem());
    let mut provider: Vec<Option<Node>> = vec![None; problem.needs().len()];
    for assignment in matching.assignments() {
        provider[assignment.need.index()] = Some(pair::provider_of(assignment));
    }
    for moved in &change.moves {
        assert_eq!(provider[moved.need.index()], moved.from);
        provider[moved.need.index()] = moved.to;
    }
    let mut used = vec![0i64; explainer.forest.n_nodes()];
    let mut total = Total::ZERO;
    for (need, provider) in provider.iter().enumerate() {
        let (need, Some(provider)) = (NeedId::new(need), *provider) else { continue };
        let v = explainer.forest.index(provider);
        assert!(failed_rules(problem, need, v).is_empty());
        total += explainer.worth(need, explainer.score_of(need, v).unwrap());
        explainer.forest.path(v).for_each(|v| used[v as usize] += 1);
    }
    for capacity in matching.capacity() {
        let extra = more_at.filter(|(node, _)| *node == capacity.node).map_or(0, |(_, extra)| extra);
        let used = used[explainer.forest.index(capacity.node) as usize];
        assert!(capacity.places.is_none_or(|places| used <= places as i64 + extra), "{:?}", capacity.node);
    }
    assert_eq!(matching.total() - total, change.loss);
}

#[test]
fn forcing_a_pair_costs_what_a_run_with_the_pair_pinned_says() {
    let (mut losses, mut refused, mut ties) = (0, 0, 0);
    for seed in 0..800 {
        let Some((tables, policy, explainer)) = sample_of(seed) else { continue };
        let problem = explainer.matching().problem().clone();
        for need in problem.needs_by_id() {
            for worker in problem.workers_by_id() {
                let row = problem.row_of_need(need);
                let needs = with_cell(&tables.needs, "pinned_worker", row, &problem.workers()[worker.index()].id);
                let pinned = || total_of(&Tables { needs: needs.clone(), ..tables.clone() }, &policy);
                match explainer.why_not(need, Node::Worker(worker)).answer {
                    Answer::Loss(change) => {
                        assert_eq!(pinned(), Some(explainer.matching().total() - change.loss), "seed {seed}");
                        check(&explainer, &change, None);
                        losses += 1;
                        ties += u32::from(change.loss == Total::ZERO);
                    }
                    Answer::FailedRules(_) | Answer::NoPlace(_) => {
                        // One pair in five is enough: such runs are refused.
                        if (need.index() + worker.index()) % 5 == 0 {
                            assert_eq!(pinned(), None, "seed {seed}");
                        }
                        refused += 1;
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(losses > 1500 && refused > 5000 && ties > 20, "{losses}, {refused}, {ties}");
}

#[test]
fn a_margin_is_what_a_run_without_the_pair_loses() {
    let mut compared = 0;
    for seed in 0..600 {
        let Some((tables, policy, explainer)) = sample_of(seed) else { continue };
        let problem = explainer.matching().problem().clone();
        for assignment in explainer.matching().assignments() {
            let why = explainer.why(assignment.need);
            assert_eq!(why.assignment.as_ref(), Some(assignment));
            let Some(margin) = why.margin else {
                assert!(assignment.pinned);
                continue;
            };
            check(&explainer, &margin, None);
            // The least of what the others cost, and of being served by nobody.
            assert!(why.others.iter().filter_map(|other| other.loss).all(|loss| loss >= margin.loss));
            let need = &problem.needs()[assignment.need.index()];
            let Some(worker) = assignment.worker.filter(|_| need.excluded_workers.is_empty()) else { continue };
            let row = problem.row_of_need(assignment.need);
            let id = &problem.workers()[worker.index()].id;
            let needs = with_cell(&tables.needs, "excluded_workers", row, id);
            let without = total_of(&Tables { needs, ..tables.clone() }, &policy);
            assert_eq!(without, Some(explainer.matching().total() - margin.loss), "seed {seed}");
            compared += 1;
        }
    }
    assert!(compared > 400, "{compared}");
}

#[test]
fn a_place_is_worth_what_a_run_with_it_says() {
    let (mut gains, mut losses) = (0, 0);
    for seed in 0..600 {
        let Some((tables, policy, explainer)) = sample_of(seed) else { continue };
        let matching = explainer.matching();
        let problem = matching.problem();
        for value in explainer.values(&ONE_THREAD).unwrap() {
            check(&explainer, &value.more, Some((value.node, 1)));
            if let Some(fewer) = &value.fewer {
                check(&explainer, fewer, Some((value.node, -1)));
            }
            let Node::Worker(worker) = value.node else { continue };
            let (row, own) = (problem.row_of_worker(worker), &problem.workers()[worker.index()]);
            let with = |places: u32| {
                let workers = with_cell(&tables.workers, "caseload_max", row, &places.to_string());
                total_of(&Tables { workers, ..tables.clone() }, &policy)
            };
            assert_eq!(with(own.caseload_max + 1), Some(matching.total() - value.more.loss), "seed {seed}");
            gains += u32::from(value.more.loss < Total::ZERO);
            if own.caseload_max > own.caseload_current {
                let expected = value.fewer.as_ref().map(|fewer| matching.total() - fewer.loss);
                assert_eq!(with(own.caseload_max - 1), expected, "seed {seed}");
                losses += u32::from(expected.is_some_and(|total| total < matching.total()));
            }
        }
    }
    assert!(gains > 20 && losses > 100, "{gains} and {losses}");
}

#[test]
fn the_losses_of_all_pairs_are_those_of_each() {
    for seed in 0..200 {
        let Some((_, _, explainer)) = sample_of(seed) else { continue };
        let losses = explainer.losses(&ONE_THREAD).unwrap();
        let again = explainer.losses(&Options { threads: Some(3), ..ONE_THREAD }).unwrap();
        assert!(losses.iter().eq(again.iter()), "seed {seed}");
        assert_eq!(losses.iter().count(), losses.len());
        for pair in losses.iter() {
            match explainer.why_not(pair.need, pair.provider).answer {
                Answer::Loss(change) => {
                    assert_eq!((pair.loss, pair.moves), (Some(change.loss), change.moves.len() as u32))
                }
                Answer::NoPlace(_) => assert_eq!(pair.loss, None),
                Answer::Assigned => assert_eq!((pair.loss, pair.moves), (Some(Total::ZERO), 0)),
                other => panic!("{other:?} of a candidate"),
            }
        }
    }
}

#[test]
fn one_need_against_all_is_each_pair_by_itself() {
    for seed in 0..60 {
        let Some((_, _, explainer)) = sample_of(seed) else { continue };
        for need in explainer.matching().problem().needs_by_id() {
            let all = explainer.why_not_all(need);
            assert_eq!(all.len() as u32, explainer.n_providers());
            for row in all {
                assert_eq!(row, explainer.why_not(need, row.provider));
                for language in [Language::English, Language::Chinese] {
                    let text = row.text(explainer.matching(), language);
                    assert!(text.contains(explainer.matching().need_id(need)), "{text}");
                }
            }
        }
    }
}

#[test]
fn short_lists_do_not_change_an_explanation() {
    for seed in 0..60 {
        let (tables, _) = sample::input(seed);
        let explained = |lists: &str| {
            let policy = Policy::from_toml(&format!("[travel]\nmax_minutes = 1000\n[candidates]\n{lists}")).unwrap();
            let problem = Problem::new(&tables, policy).unwrap();
            let matching = solve(&problem, &ONE_THREAD).ok()?;
            let explainer = Explainer::new(&matching, &ONE_THREAD).unwrap();
            let all: Vec<WhyNot> = problem.needs_by_id().flat_map(|need| explainer.why_not_all(need)).collect();
            Some(all)
        };
        // Which rows are in which place depends on the tables alone.
        assert_eq!(explained("per_need = 1"), explained("per_need = \"all\""), "seed {seed}");
    }
}

#[test]
fn on_lists_alone_a_pair_off_them_is_said_to_be() {
    let mut off = 0;
    for seed in 0..60 {
        let (tables, _) = sample::input(seed);
        let policy = "[travel]\nmax_minutes = 1000\n[candidates]\nper_need = 1\nprove_all_pairs = false";
        let problem = Problem::new(&tables, Policy::from_toml(policy).unwrap()).unwrap();
        let Ok(matching) = solve(&problem, &ONE_THREAD) else { continue };
        let explainer = Explainer::new(&matching, &ONE_THREAD).unwrap();
        let all = problem.needs_by_id().flat_map(|need| explainer.why_not_all(need));
        off += all.filter(|row| row.answer == Answer::NotOnList).count();
    }
    assert!(off > 100, "{off}");
}

#[test]
fn counts_by_tier_follow_from_the_chain() {
    let mut served = [0; 4];
    for seed in 0..200 {
        let Some((_, _, explainer)) = sample_of(seed) else { continue };
        if explainer.matching().problem().policy().objective() != crate::policy::Objective::TiersThenScore {
            continue;
        }
        for value in explainer.values(&ONE_THREAD).unwrap() {
            let counts = value.more.served_by_tier();
            let tiers: i64 = counts.iter().zip([4, 3, 2, 1]).map(|(count, tier)| count * tier).sum();
            assert_eq!(i128::from(tiers), -value.more.loss.tier, "seed {seed}");
            served.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
    }
    assert!(served.iter().any(|&count| count > 0), "{served:?}");
    assert_eq!(Tier::ALL.map(|tier| tier as usize), [0, 1, 2, 3]);
}

#[test]
fn tables_tell_what_the_answers_say() {
    let mut chains = 0;
    for seed in 0..60 {
        let Some((_, _, explainer)) = sample_of(seed) else { continue };
        let matching = explainer.matching();
        let int = |table: &Table, name: &str, row: usize| {
            let column = table.columns().iter().find(|(own, _)| own == name);
            let Some((_, Column::Int(values))) = column else { panic!("{name} is a column of whole numbers") };
            values.get(row)
        };
        for need in matching.problem().needs_by_id() {
            let why = explainer.why(need);
            let report = explainer.report_why(&why);
            assert_eq!((report.facts.n_rows(), report.others.n_rows()), (1, why.others.len()));
            let margin = why.margin.as_ref().map(|margin| margin.loss.score as i64);
            assert_eq!(int(&report.facts, "loss_score", 0), margin);
            let rows = explainer.why_not_all(need);
            let report = explainer.report_why_not(&rows);
            assert_eq!(report.facts.n_rows(), rows.len());
            let n_moves: usize = rows.iter().filter_map(|row| row.answer.change()).map(|c| c.moves.len()).sum();
            assert_eq!(report.chain.n_rows(), n_moves);
            chains += n_moves;
        }
        let values = explainer.values(&ONE_THREAD).unwrap();
        let report = explainer.report_values(&values);
        let n_fewer = values.iter().filter(|value| value.fewer.is_some()).count();
        assert_eq!(report.facts.n_rows(), values.len() + n_fewer);
        let losses = explainer.losses(&ONE_THREAD).unwrap();
        let report = explainer.report_losses(&losses);
        for (row, pair) in losses.iter().enumerate() {
            assert_eq!(int(&report.facts, "loss_tier", row), pair.loss.map(|loss| loss.tier as i64));
            assert_eq!(int(&report.facts, "moves", row), Some(pair.moves.into()));
        }
    }
    assert!(chains > 200, "{chains}");
}
