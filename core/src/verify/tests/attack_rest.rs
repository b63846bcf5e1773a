//! Places, prices, totals, summary, provenance and candidates are changed, and every change is noticed.

use std::sync::Arc;

use super::lie::{Victim, disorder};
use super::{solved, solved_with_floors, solved_with_quotas};
use crate::engine::{Binding, Engine, EngineReason};
use crate::matching::{
    Capacity, Certificate, Coverage, Node, OptimalOver, Outcome, Provenance, ReasonCount, Status, Summary, Unmet,
};
use crate::model::{GroupId, OrganizationId, WorkerId};
use crate::policy::Objective;
use crate::score::ScoredCandidates;
use crate::solve::Price;
use crate::total::Total;

#[test]
fn no_lie_about_places_is_believed() {
    for (seed, problem, matching) in solved(0..300).chain(solved_with_floors(0..100)).chain(solved_with_quotas(0..100))
    {
        let victim = Victim { seed, matching: &matching };
        let workers = (0..=problem.workers().len()).map(|k| Node::Worker(WorkerId::new(k)));
        let organizations = (0..=problem.organizations().len()).map(|k| Node::Organization(OrganizationId::new(k)));
        let groups = (0..=problem.groups().len()).map(|k| Node::Group(GroupId::new(k)));
        let nodes: Vec<Node> = workers.chain(organizations).chain(groups).collect();
        for row in 0..matching.capacity().len() {
            let Capacity { node: _, places, floor, used, price } = matching.capacity()[row];
            nodes.iter().for_each(|&node| victim.lie("a node", |o| o.capacity[row].node = node));
            for wrong in [None, Some(0), Some(used), places.map(|n| n + 1), Some(u64::MAX)] {
                victim.lie("places", |o| o.capacity[row].places = wrong);
            }
            for wrong in [floor + 1, floor.wrapping_sub(1), u64::MAX] {
                victim.lie("a floor", |o| o.capacity[row].floor = wrong);
            }
            for wrong in [used + 1, used.wrapping_sub(1), u64::MAX] {
                victim.lie("used places", |o| o.capacity[row].used = wrong);
            }
            victim.lie("a price", |o| o.capacity[row].price.tier = -1);
            victim.lie("a price", |o| o.capacity[row].price = Price { tier: 0, score: -1 });
            for (tier, score) in [(0, 1), (0, -1), (1, 0), (1, -1), (5, 0), (i64::MAX, i64::MAX), (i64::MAX, i64::MIN)]
            {
                let wrong = Price { tier: price.tier.saturating_add(tier), score: price.score.saturating_add(score) };
                victim.lie("a price", |o| o.capacity[row].price = wrong);
            }
            victim.lie("a price", |o| o.capacity[row].price = Price::default());
        }
        disorder(&victim, "the list of places", |o| &mut o.capacity);
    }
}

#[test]
fn no_lie_about_the_whole_is_believed() {
    for (seed, _, matching) in solved(0..300) {
        let victim = Victim { seed, matching: &matching };
        // A new field does not compile here until it is lied about.
        let Outcome {
            assignments: _,
            unmatched: _,
            capacity: _,
            summary: _,
            total: Total { tier: _, score: _ },
            bound: _,
            status: Status::Optimal,
            optimal_over: OptimalOver::AllPairs,
            engine: Engine::Fast,
            engine_reason: EngineReason::OnlyCapacities,
            provenance: Provenance { semantics_id: _, input_digest: _, policy_version: _, seed: _, library_version: _ },
            quotas: _,
            certificate: None,
            unmet: None,
            rates: None,
        } = &*matching.result
        else {
            panic!("seed {seed}: the fast engine was chosen, and every pair was looked at")
        };
        victim.lie("the pairs", |o| o.optimal_over = OptimalOver::Lists);
        victim.lie("the engine", |o| o.engine = Engine::General);
        victim.lie("the engine's reason", |o| o.engine_reason = EngineReason::CanBind(Binding::default()));
        for step in [-1, 1, i128::from(i64::MAX)] {
            victim.lie("the total", |o| o.total.tier += step);
            victim.lie("the total", |o| o.total.score += step);
            victim.lie("the bound", |o| o.bound.tier += step);
            victim.lie("the bound", |o| o.bound.score += step);
        }
        victim.lie("the status", |o| o.status = Status::FloorsUnmet);
        victim.lie("the certificate", |o| o.certificate = Some(Certificate::default()));
        victim.lie("the tight set", |o| o.unmet = Some(Unmet::default()));
        victim.lie("the semantics", |o| o.provenance.semantics_id = "needmatch-0");
        victim.lie("the input", |o| o.provenance.input_digest.replace_range(..1, "x"));
        victim.lie("the policy", |o| o.provenance.policy_version.push('x'));
        victim.lie("the seed", |o| o.provenance.seed.push('x'));
        victim.lie("the version", |o| o.provenance.library_version = "0.0.0");
    }
}

#[test]
fn no_lie_in_the_summary_is_believed() {
    for (seed, _, matching) in solved(0..100).chain(solved_with_floors(0..100)).chain(solved_with_quotas(0..100)) {
        let victim = Victim { seed, matching: &matching };
        let Summary {
            needs: _,
            served: _,
            pinned: _,
            candidates: _,
            mean_score: _,
            by_tier: _,
            by_domain: _,
            by_county: _,
            by_urban_rural_class: _,
            unmatched: _,
        } = matching.summary();
        victim.lie("the needs", |o| o.summary.needs += 1);
        victim.lie("the served", |o| o.summary.served += 1);
        victim.lie("the pinned", |o| o.summary.pinned += 1);
        victim.lie("the candidates", |o| o.summary.candidates += 1);
        victim.lie("the mean score", |o| o.summary.mean_score += 1);
        lie_about_coverage(&victim, |summary| &mut summary.by_tier);
        lie_about_coverage(&victim, |summary| &mut summary.by_domain);
        lie_about_coverage(&victim, |summary| &mut summary.by_county);
        lie_about_coverage(&victim, |summary| &mut summary.by_urban_rural_class);
        for row in 0..matching.summary().unmatched.len() {
            let ReasonCount { reason: _, needs: _ } = matching.summary().unmatched[row];
            victim.lie("a reason", |o| o.summary.unmatched[row].reason = "no_reason");
            victim.lie("a reason", |o| o.summary.unmatched[row].needs -= 1);
        }
        disorder(&victim, "the list of reasons", |o| &mut o.summary.unmatched);
    }
}

fn lie_about_coverage<K: Copy>(victim: &Victim<'_>, list: impl Fn(&mut Summary) -> &mut Vec<Coverage<K>>) {
    let mut summary = victim.matching.summary().clone();
    for row in 0..list(&mut summary).len() {
        let Coverage { key: _, needs: _, served: _ } = list(&mut summary)[row];
        victim.lie("needs of a kind", |o| list(&mut o.summary)[row].needs += 1);
        victim.lie("served needs of a kind", |o| list(&mut o.summary)[row].served += 1);
        for other in 0..list(&mut summary).len() {
            victim.lie("a kind", |o| list(&mut o.summary)[row].key = list(&mut o.summary)[other].key);
        }
    }
    disorder(victim, "coverage", |o| list(&mut o.summary));
}

#[test]
fn no_lie_about_the_candidate_of_an_assignment_is_believed() {
    for (seed, _, matching) in solved(0..300) {
        let lie = |what: &str, change: &dyn Fn(&mut ScoredCandidates)| {
            let mut scored = matching.candidates().clone();
            change(&mut scored);
            if scored != *matching.candidates() {
                let verdict = crate::verify(matching.problem(), &scored, &matching);
                assert!(verdict.is_err(), "seed {seed}: a lie about {what} is believed");
            }
        };
        lie("the scores", &|scored| scored.score.push(0));
        lie("the rows", &|scored| scored.candidates.indptr.push(0));
        lie("the rows", &|scored| scored.candidates.indptr[0] = 1);
        for assignment in matching.assignments() {
            lie("the score of an assignment", &|scored| {
                let provider = match assignment.worker {
                    Some(worker) => worker.index(),
                    None => matching.problem().workers().len() + assignment.organization.index(),
                };
                let k = scored.row(assignment.need).position(|(other, _)| other as usize == provider).unwrap();
                scored.score[scored.candidates.indptr()[assignment.need.index()] + k] -= 1;
            });
            let row = matching.candidates().candidates.indptr()[assignment.need.index()..][..2].to_vec();
            let n_providers = matching.problem().workers().len() + matching.problem().organizations().len();
            for k in row[0]..row[1] {
                lie("a provider", &|scored| scored.candidates.provider[k] = n_providers as u32);
                lie("a provider", &|scored| scored.candidates.provider[k] = u32::MAX);
                // Without tiers, a score far above all others would have been chosen.
                if matching.problem().policy().objective() == Objective::Score {
                    lie("a score", &|scored| scored.score[k] = i32::MAX);
                }
            }
        }
    }
}

#[test]
fn a_matching_is_not_believed_of_another_problem() {
    let all: Vec<_> = solved(0..40).collect();
    for (a, (seed, _, matching)) in all.iter().enumerate() {
        for (other, problem, _) in &all[..a] {
            let verdict = crate::verify(problem, matching.candidates(), matching);
            assert!(verdict.is_err(), "the matching of seed {seed} is believed of seed {other}");
        }
        let shared = Arc::ptr_eq(&matching.candidates, &matching.clone().candidates);
        assert!(shared, "a clone shares the candidates");
    }
}
