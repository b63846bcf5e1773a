//! A run that is limited to pilot communities: as if nobody elsewhere had asked, and no lie about who is out of scope.

use std::sync::Arc;

use super::lie::Victim;
use super::solve_one;
use crate::engine::Engine;
use crate::matching::{Matching, Outcome, Provenance, Status, UnmatchedReason};
use crate::model::{NeedId, Problem, is_immediate};
use crate::policy::Policy;
use crate::sample;
use crate::table::{Column, Table, Tables};
use crate::verify::{verify, verify_all_pairs};

/// Whether the run decides nothing about a need because of where it arises. What a person decided holds everywhere.
fn is_outside(problem: &Problem, need: NeedId) -> bool {
    let need = &problem.needs()[need.index()];
    !problem.communities()[need.community.index()].pilot && need.pinned_worker.is_none()
}

/// Emergencies come first wherever they arise.
fn is_emergency(problem: &Problem, need: NeedId) -> bool {
    is_immediate(&problem.needs()[need.index()], problem.policy().minors())
}

fn ids_outside(problem: &Problem) -> Vec<usize> {
    let outside = (0..problem.needs().len()).map(NeedId::new).filter(|&need| is_outside(problem, need));
    outside.map(|need| problem.row_of_need(need)).collect()
}

/// The table without some of its rows.
fn without(table: &Table, rows: &[usize]) -> Table {
    table.columns().iter().fold(Table::new(), |kept, (name, column)| {
        let Column::Text(texts) = column else { panic!("the sample holds texts only") };
        let cells = (0..table.n_rows()).filter(|row| !rows.contains(row)).map(|row| texts.get(row));
        kept.with(name, Column::Text(cells.map(|cell| cell.map(|bytes| str::from_utf8(bytes).unwrap())).collect()))
    })
}

/// Who serves whom, by identifiers, and what each node has of places and prices.
fn decided(matching: &Matching) -> (Vec<(String, String)>, Vec<String>) {
    let assignments = matching.assignments().iter().map(|own| {
        let provider = own.worker.map_or_else(
            || matching.problem().organizations()[own.organization.index()].id.to_string(),
            |worker| matching.problem().workers()[worker.index()].id.to_string(),
        );
        (matching.need_id(own.need).to_owned(), provider)
    });
    let capacity = matching.capacity().iter();
    let capacity = capacity.map(|row| format!("{} {} {:?}", matching.node_id(row.node), row.used, row.price));
    (assignments.collect(), capacity.collect())
}

#[test]
fn the_result_is_as_if_nobody_elsewhere_had_asked() {
    let (mut n_outside, mut n_inside, mut n_pinned) = (0, 0, 0);
    for seed in 0..900 {
        let (tables, policy) = sample::input_in_scope(seed);
        let Some((_, problem, matching)) = solve_one(seed, (tables.clone(), policy.clone())) else { continue };
        let outside = ids_outside(&problem);
        for need in (0..problem.needs().len()).map(NeedId::new) {
            let row = matching.unmatched().iter().find(|row| row.need == need);
            let is_said = row.is_some_and(|row| row.reason == UnmatchedReason::OutOfScope);
            let is_expected = is_outside(&problem, need) && !is_emergency(&problem, need);
            assert_eq!(is_said, is_expected, "seed {seed}, need {}", need.index());
        }
        let pilots = matching.assignments().iter().map(|own| {
            let community = problem.needs()[own.need.index()].community;
            problem.communities()[community.index()].pilot
        });
        n_pinned += pilots.filter(|&is_pilot| !is_pilot).count();
        verify_all_pairs(&problem, matching.candidates(), &matching).unwrap();
        (n_outside, n_inside) = (n_outside + outside.len(), n_inside + matching.assignments().len());

        // The same without a scope, over a table without those needs. Where quotas cross, which of them is cut into shares
        // may depend on who lives with whom.
        if matching.status() == Status::Bounded || matching.status() == Status::NotFound {
            continue;
        }
        let everywhere = Policy::from_toml(&policy.to_toml().replace("scope = \"pilot\"", "scope = \"all\"")).unwrap();
        let tables = Tables { needs: without(&tables.needs, &outside), ..tables };
        let (_, _, alone) = solve_one(seed, (tables, everywhere)).unwrap();
        // The general engine has prices by the number of needs, and any of several equally good matchings.
        if matching.engine() == Engine::Fast {
            assert_eq!(decided(&matching), decided(&alone), "seed {seed}");
        }
        assert_eq!((matching.total(), matching.status()), (alone.total(), alone.status()), "seed {seed}");
    }
    assert!(n_outside > 500 && n_inside > 300 && n_pinned > 3, "{n_outside} {n_inside} {n_pinned}");
}

#[test]
fn no_lie_about_who_is_out_of_scope_is_believed() {
    let (mut n_lies, mut n_served) = (0, 0);
    for seed in 0..500 {
        let (tables, policy) = sample::input_in_scope(seed);
        let Some((_, problem, matching)) = solve_one(seed, (tables.clone(), policy.clone())) else { continue };
        let victim = Victim { seed, matching: &matching };
        for (row, unmatched) in matching.unmatched().iter().enumerate() {
            let mut reasons = vec![UnmatchedReason::OutOfScope, UnmatchedReason::HumanOnly, UnmatchedReason::Immediate];
            reasons.push(UnmatchedReason::NoCandidate { providers: 0, failed: Vec::new() });
            for reason in reasons.into_iter().filter(|reason| *reason != unmatched.reason) {
                let is_scope = [&reason, &unmatched.reason].contains(&&UnmatchedReason::OutOfScope);
                n_lies += u32::from(is_scope);
                victim.lie_about_reason(row, "the scope", |o| o.unmatched[row].reason = reason);
            }
        }
        // What a run without a scope decides, said to be of this problem.
        let everywhere = Policy::from_toml(&policy.to_toml().replace("scope = \"pilot\"", "scope = \"all\"")).unwrap();
        let Some((_, _, open)) = solve_one(seed, (tables, everywhere)) else { continue };
        if open.assignments().iter().any(|own| is_outside(&problem, own.need)) {
            let result = Outcome { provenance: Provenance::of(&problem), ..(*open.result).clone() };
            let claimed = Matching { problem: problem.clone(), result: Arc::new(result), ..open.clone() };
            assert!(verify(&problem, open.candidates(), &claimed).is_err(), "seed {seed}");
            assert!(verify_all_pairs(&problem, open.candidates(), &claimed).is_err(), "seed {seed}");
            n_served += 1;
        }
    }
    assert!(n_lies > 500 && n_served > 60, "{n_lies} lies, {n_served} results");
}
