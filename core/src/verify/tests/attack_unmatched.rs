//! Every field of every unmatched need is changed, and every change is noticed.

use super::lie::{Victim, disorder};
use super::{solved, solved_with_floors, solved_with_penalty, solved_with_quotas};
use crate::candidate::RuleId;
use crate::matching::{Alternative, FullPlaces, Level, Matching, Outcome, RuleCount, Tier, Unmatched, UnmatchedReason};
use crate::model::{NeedId, OrganizationId, WorkerId};

#[test]
fn no_lie_about_an_unmatched_need_is_believed() {
    let some = solved(0..300).chain(solved_with_floors(0..200)).chain(solved_with_quotas(0..200));
    for (seed, problem, matching) in some.chain(solved_with_penalty(0..200)) {
        let victim = Victim { seed, matching: &matching };
        for row in 0..matching.unmatched().len() {
            let Unmatched { need: _, tier: _, reason } = &matching.unmatched()[row];
            for need in (0..=problem.needs().len()).map(NeedId::new) {
                victim.lie("an unmatched need", |o| o.unmatched[row].need = need);
            }
            Tier::ALL.iter().for_each(|&tier| victim.lie("a tier", |o| o.unmatched[row].tier = tier));
            for other in other_reasons(&matching) {
                victim.lie_about_reason(row, "a reason", |o| o.unmatched[row].reason = other);
            }
            match reason {
                UnmatchedReason::NoCandidate { .. } => lie_about_rules(&victim, row),
                UnmatchedReason::NoOpenPlace { .. } => lie_about_places(&victim, row),
                _ => {}
            }
        }
        disorder(&victim, "the list of unmatched needs", |o| &mut o.unmatched);
    }
}

/// Each kind of reason, and those of the other needs.
fn other_reasons(matching: &Matching) -> Vec<UnmatchedReason> {
    use UnmatchedReason::{
        HumanOnly, Immediate, LawEnforcement, NoCandidate, NoGain, OutOfScope, ReferMedical, Undecided,
    };
    let nobody = NoCandidate { providers: u32::MAX, failed: Vec::new() };
    let mut reasons = vec![nobody, NoGain, Undecided, HumanOnly, ReferMedical, LawEnforcement, Immediate, OutOfScope];
    reasons.extend(matching.unmatched().iter().map(|unmatched| unmatched.reason.clone()));
    // Two needs may truly have the same reason; then there is no lie in giving one that of the other.
    reasons.retain(|reason| !matches!(reason, NoCandidate { providers, .. } if *providers != u32::MAX));
    reasons
}

fn lie_about_rules(victim: &Victim<'_>, row: usize) {
    fn failed(o: &mut Outcome, row: usize) -> &mut Vec<RuleCount> {
        match &mut o.unmatched[row].reason {
            UnmatchedReason::NoCandidate { failed, .. } => failed,
            _ => unreachable!("asked for needs without candidates only"),
        }
    }
    let UnmatchedReason::NoCandidate { providers, failed: counts } = &victim.matching.unmatched()[row].reason else {
        return;
    };
    for wrong in [providers.wrapping_sub(1), providers + 1] {
        victim.lie_about_reason(row, "the providers of an area", |o| {
            let failed = counts.clone();
            o.unmatched[row].reason = UnmatchedReason::NoCandidate { providers: wrong, failed };
        });
    }
    for (k, RuleCount { rule: _, providers: _, alone: _ }) in counts.iter().enumerate() {
        for &rule in RuleId::ALL {
            victim.lie_about_reason(row, "a rule", |o| failed(o, row)[k].rule = rule);
        }
        victim.lie_about_reason(row, "a rule's providers", |o| failed(o, row)[k].providers += 1);
        victim.lie_about_reason(row, "a rule's providers", |o| failed(o, row)[k].providers -= 1);
        victim.lie_about_reason(row, "a rule's providers", |o| failed(o, row)[k].alone += 1);
        victim.lie_about_reason(row, "a rule's providers", |o| failed(o, row)[k].alone = u32::MAX);
        victim.lie_about_reason(row, "a rule", |o| {
            failed(o, row).remove(k);
        });
        victim.lie_about_reason(row, "a rule", |o| {
            let copy = failed(o, row)[k];
            failed(o, row).push(copy);
        });
    }
}

fn lie_about_places(victim: &Victim<'_>, row: usize) {
    fn places(o: &mut Outcome, row: usize) -> (&mut FullPlaces, &mut Alternative) {
        match &mut o.unmatched[row].reason {
            UnmatchedReason::NoOpenPlace { full, nearest } => (full, nearest),
            _ => unreachable!("asked for needs without open places only"),
        }
    }
    let problem = victim.matching.problem();
    let UnmatchedReason::NoOpenPlace { full, nearest } = &victim.matching.unmatched()[row].reason else { return };
    let FullPlaces { worker: _, organization: _, group: _ } = full;
    let Alternative { organization: _, worker: _, score, full_at: _ } = *nearest;
    for step in [1, u32::MAX] {
        victim.lie_about_reason(row, "full workers", |o| places(o, row).0.worker = full.worker.wrapping_add(step));
        victim.lie_about_reason(row, "full organizations", |o| {
            places(o, row).0.organization = full.organization.wrapping_add(step)
        });
        victim.lie_about_reason(row, "full groups", |o| places(o, row).0.group = full.group.wrapping_add(step));
    }
    for organization in (0..=problem.organizations().len()).map(OrganizationId::new) {
        victim.lie_about_reason(row, "the nearest organization", |o| places(o, row).1.organization = organization);
    }
    for worker in (0..=problem.workers().len()).map(|k| Some(WorkerId::new(k))).chain([None]) {
        victim.lie_about_reason(row, "the nearest worker", |o| places(o, row).1.worker = worker);
    }
    for wrong in [score - 1, score + 1] {
        victim.lie_about_reason(row, "the nearest score", |o| places(o, row).1.score = wrong);
    }
    for level in [Level::Worker, Level::Organization, Level::Group] {
        victim.lie_about_reason(row, "where the nearest is full", |o| places(o, row).1.full_at = level);
    }
}
