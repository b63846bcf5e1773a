//! Results that are said to be the best but for a gap: only where quotas cross, and nobody who gains is left out in the gap.

use std::sync::Arc;

use super::{solve_one, solved_with_floors, solved_with_quotas};
use crate::matching::{Matching, Status, Unmatched, UnmatchedReason};
use crate::model::Problem;
use crate::sample;
use crate::total::Total;
use crate::verify::Violation;
use crate::verify::limits::Limits;
use crate::verify::people::provider;
use crate::verify::proof::counts;
use crate::verify::proven::Case;
use crate::verify::supply::Supply;

/// The matching without one of its assignments, as if nothing were gained by it, and with the gap that this leaves.
fn left_out(problem: &Problem, matching: &Matching, row: usize) -> Matching {
    let supply = Supply::of(problem);
    let limits = Limits::of(problem, &supply, std::iter::empty());
    let mut changed = matching.clone();
    let outcome = Arc::make_mut(&mut changed.result);
    let left = outcome.assignments.remove(row);
    let nodes: Vec<_> = supply.path(provider(&left)).map(|position| supply.at(position)).collect();
    outcome.capacity.iter_mut().filter(|row| nodes.contains(&row.node)).for_each(|row| row.used -= 1);
    outcome.unmatched.push(Unmatched { need: left.need, tier: left.tier, reason: UnmatchedReason::NoGain });
    outcome.unmatched.sort_by_key(|unmatched| matching.need_id(unmatched.need).to_owned());
    let tier = counts(problem, &problem.needs()[left.need.index()]).into();
    outcome.total = outcome.total - Total { tier, score: left.score.into() };
    outcome.status = Status::Bounded;
    let certificate = outcome.certificate.clone().unwrap();
    let case = Case { problem, scored: matching.candidates(), outcome, supply: &supply, limits: &limits };
    let gap = case.gap(&certificate).unwrap_or(Total::ZERO);
    outcome.bound = outcome.total + gap;
    changed
}

#[test]
fn nobody_who_gains_is_left_out_within_a_gap() {
    let (mut n_crossing, mut n_others) = (0, 0);
    let crossing = (0..600).filter_map(|seed| solve_one(seed, sample::input_with_crossing_quotas(seed)));
    for (seed, problem, matching) in solved_with_floors(0..200).chain(solved_with_quotas(0..300)).chain(crossing) {
        if matching.certificate().is_none() {
            continue;
        }
        let crosses = matching.quotas().iter().any(|row| row.crosses);
        if matching.status() == Status::Optimal {
            let mut changed = matching.clone();
            Arc::make_mut(&mut changed.result).status = Status::Bounded;
            assert_eq!(changed.verify(), Err(Violation::WrongBound), "seed {seed}: a gap of nothing");
        }
        for row in (0..matching.assignments().len()).filter(|&row| !matching.assignments()[row].pinned) {
            let mut changed = left_out(&problem, &matching, row);
            if changed.result.bound == changed.result.total {
                continue;
            }
            let need = matching.assignments()[row].need;
            let mut verdict = changed.verify();
            // Whoever is left out is missing in the counts of the quotas about the need.
            while let Err(Violation::Quota { row, field: "served" }) = verdict {
                let result = &mut Arc::make_mut(&mut changed.result).quotas[row];
                if result.served == 0 || result.served < matching.quotas()[row].served {
                    break;
                }
                result.served -= 1;
                verdict = changed.verify();
            }
            match verdict {
                // Somebody must be served here.
                Err(Violation::BelowFloor { .. } | Violation::Quota { field: "served", .. }) => {}
                verdict if crosses => {
                    let gains =
                        matching.assignments()[row].score > 0 || counts(&problem, &problem.needs()[need.index()]) > 0;
                    let at = changed.unmatched().iter().position(|unmatched| unmatched.need == need).unwrap();
                    // That a place is open belies others first, at times.
                    let row_of = |verdict: &Result<(), Violation>| match verdict {
                        Err(Violation::Unmatched { row, field: "reason" }) => Some(*row),
                        _ => None,
                    };
                    let refused = row_of(&verdict.map(|_| ()));
                    assert!(!gains || refused.is_some(), "seed {seed}, row {row}");
                    let gains = gains && refused == Some(at);
                    n_crossing += u32::from(gains);
                }
                verdict => {
                    assert_eq!(verdict, Err(Violation::WrongBound), "seed {seed}, row {row}");
                    n_others += 1;
                }
            }
        }
    }
    assert!(n_crossing > 50 && n_others > 50, "{n_crossing}, {n_others}");
}
