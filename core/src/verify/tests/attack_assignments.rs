//! Every field of every assignment is changed, and every change is noticed.

use super::lie::{Victim, disorder};
use super::{solved, solved_with_floors, solved_with_penalty, solved_with_quotas};
use crate::matching::{Assignment, Tier, Unmatched, UnmatchedReason};
use crate::model::{NeedId, OrganizationId, WorkerId};

#[test]
fn no_lie_about_an_assignment_is_believed() {
    let some = solved(0..300).chain(solved_with_floors(0..200)).chain(solved_with_quotas(0..200));
    for (seed, problem, matching) in some.chain(solved_with_penalty(0..200)) {
        let victim = Victim { seed, matching: &matching };
        // One more than there are, so that what does not exist is named too.
        let needs = || (0..=problem.needs().len()).map(NeedId::new);
        let organizations = || (0..=problem.organizations().len()).map(OrganizationId::new);
        let workers = || (0..=problem.workers().len()).map(|k| Some(WorkerId::new(k))).chain([None]);
        for row in 0..matching.assignments().len() {
            // A new field does not compile here until it is lied about.
            let Assignment { need: _, organization: _, worker: _, tier: _, score, criteria, rank, pinned, switched } =
                matching.assignments()[row];
            needs().for_each(|need| victim.lie("a need", |o| o.assignments[row].need = need));
            for organization in organizations() {
                victim.lie("an organization", |o| o.assignments[row].organization = organization);
                for worker in workers() {
                    victim.lie("a provider", |o| {
                        o.assignments[row].organization = organization;
                        o.assignments[row].worker = worker;
                    });
                }
            }
            workers().for_each(|worker| victim.lie("a worker", |o| o.assignments[row].worker = worker));
            Tier::ALL.iter().for_each(|&tier| victim.lie("a tier", |o| o.assignments[row].tier = tier));
            for wrong in [score - 1, score + 1, -score - 1, i32::MAX, i32::MIN] {
                victim.lie("a score", |o| o.assignments[row].score = wrong);
            }
            for k in 0..criteria.len() {
                victim.lie("a criterion", |o| o.assignments[row].criteria[k] += 1);
                victim.lie("a criterion", |o| o.assignments[row].criteria[k] -= 1);
            }
            for wrong in [0, rank - 1, rank + 1, u32::MAX] {
                victim.lie("a rank", |o| o.assignments[row].rank = wrong);
            }
            victim.lie("a pin", |o| o.assignments[row].pinned = !pinned);
            victim.lie("a switch", |o| o.assignments[row].switched = !switched);
        }
        disorder(&victim, "the list of assignments", |o| &mut o.assignments);
    }
}

#[test]
fn no_served_need_is_passed_off_as_unmatched() {
    for (seed, _, matching) in solved(0..300).chain(solved_with_floors(0..200)).chain(solved_with_quotas(0..200)) {
        let victim = Victim { seed, matching: &matching };
        let reasons = [UnmatchedReason::NoGain, UnmatchedReason::HumanOnly, UnmatchedReason::ReferMedical];
        let known = matching.unmatched().iter().map(|unmatched| unmatched.reason.clone());
        let reasons: Vec<UnmatchedReason> = known.chain(reasons).collect();
        for row in 0..matching.assignments().len() {
            for reason in &reasons {
                victim.lie("who is served", |o| {
                    let Assignment { need, tier, .. } = o.assignments.remove(row);
                    o.unmatched.push(Unmatched { need, tier, reason: reason.clone() });
                    o.unmatched.sort_by_key(|unmatched| matching.need_id(unmatched.need));
                });
            }
        }
    }
}

#[test]
fn exchanged_providers_are_believed_only_where_both_serve_as_well() {
    let (mut rejected, mut accepted) = (0, 0);
    for (seed, _, matching) in solved(0..300).chain(solved_with_floors(0..200)).chain(solved_with_quotas(0..200)) {
        let victim = Victim { seed, matching: &matching };
        for a in 0..matching.assignments().len() {
            for b in 0..a {
                let (left, right) = (&matching.assignments()[a], &matching.assignments()[b]);
                let believed = victim.is_believed(|o| {
                    o.assignments[a] = Assignment { need: left.need, tier: left.tier, ..right.clone() };
                    o.assignments[b] = Assignment { need: right.need, tier: right.tier, ..left.clone() };
                });
                match believed {
                    Some(true) => accepted += 1,
                    Some(false) => rejected += 1,
                    None => {}
                }
                // Then both are optima, and the exchange is no lie but another answer.
                let has = |need: &Assignment, other: &Assignment| {
                    matching.candidates().row(need.need).any(|(_, score)| score == other.score)
                };
                assert!(believed != Some(true) || (has(left, right) && has(right, left)), "seed {seed}");
            }
        }
    }
    assert!(rejected > 500 && accepted < rejected / 10, "{rejected} rejected, {accepted} accepted");
}
