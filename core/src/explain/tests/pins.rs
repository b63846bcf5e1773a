//! A decision costs what a run without it gains.

use super::super::*;
use super::{ONE_THREAD, sample_of, total_of, with_cell};
use crate::model::Problem;
use crate::pipeline::solve;
use crate::table::{Column, Tables};

#[test]
fn a_pin_costs_what_a_run_without_it_gains() {
    let (mut pins, mut bans, mut dear) = (0, 0, 0);
    for seed in 0..1500 {
        let Some((tables, policy, explainer)) = sample_of(seed) else { continue };
        let (matching, problem) = (explainer.matching(), explainer.matching().problem());
        for cost in explainer.pin_costs(&ONE_THREAD).unwrap() {
            let row = problem.row_of_need(cost.need);
            let need = &problem.needs()[cost.need.index()];
            let column = match cost.fixed {
                Fixed::Pin(_) => "pinned_worker",
                Fixed::Freeze(_) => "frozen",
                Fixed::Ban(Node::Worker(_)) if need.excluded_workers.len() == 1 => "excluded_workers",
                Fixed::Ban(Node::Organization(_)) if need.excluded_organizations.len() == 1 => "excluded_organizations",
                Fixed::Ban(_) => continue,
            };
            let needs = with_cell(&tables.needs, column, row, "");
            let without = total_of(&Tables { needs, ..tables.clone() }, &policy);
            assert_eq!(without, Some(matching.total() + cost.cost()), "seed {seed}, {cost:?}");
            pins += u32::from(matches!(cost.fixed, Fixed::Pin(_)));
            bans += u32::from(matches!(cost.fixed, Fixed::Ban(_)));
            dear += u32::from(cost.cost() > Total::ZERO);
            // The changed need may use a pair that is no candidate now, so only the rest of the chain can be checked here.
            assert!(cost.without.moves.first().is_none_or(|moved| moved.need == cost.need));
        }
    }
    assert!(pins > 20 && bans > 200 && dear > 20, "{pins}, {bans}, {dear}");
}

/// A freeze is a pin to the current worker under another name: it takes the same place and costs the same.
#[test]
fn a_frozen_need_is_one_pinned_to_its_current_worker() {
    let mut n_frozen = 0;
    for seed in 0..1500 {
        let Some((tables, policy, explainer)) = sample_of(seed) else { continue };
        let problem = explainer.matching().problem();
        let Some(id) =
            (0..problem.needs().len()).map(NeedId::new).find(|id| problem.needs()[id.index()].pinned_worker.is_some())
        else {
            continue;
        };
        let (row, worker) = (problem.row_of_need(id), problem.needs()[id.index()].pinned_worker.unwrap());
        let worker = problem.workers()[worker.index()].id.to_string();
        let pinned = with_cell(&tables.needs, "current_worker", row, &worker);
        let mark = (0..tables.needs.n_rows()).map(|other| (other == row).then_some("true")).collect();
        let frozen = with_cell(&pinned, "pinned_worker", row, "").with("frozen", Column::Text(mark));
        let explained = |needs| {
            let problem = Problem::new(&Tables { needs, ..tables.clone() }, policy.clone()).unwrap();
            solve(&problem, &ONE_THREAD).ok().map(|matching| Explainer::new(&matching, &ONE_THREAD).unwrap())
        };
        let (Some(pinned), Some(frozen)) = (explained(pinned), explained(frozen)) else { continue };
        assert_eq!(pinned.matching().assignments(), frozen.matching().assignments(), "seed {seed}");
        assert_ne!(pinned.matching().provenance().input_digest, frozen.matching().provenance().input_digest);
        let of =
            |explainer: &Explainer| explainer.pin_costs(&ONE_THREAD).unwrap().into_iter().find(|cost| cost.need == id);
        let (Some(pin), Some(freeze)) = (of(&pinned), of(&frozen)) else { continue };
        let (Fixed::Pin(node), Fixed::Freeze(other)) = (pin.fixed, freeze.fixed) else { panic!("seed {seed}") };
        assert_eq!((node, pin.without), (other, freeze.without), "seed {seed}");
        assert_eq!(
            frozen.report_why(&frozen.why(id)).facts.columns()[3].1,
            Column::Text([Some("frozen")].into_iter().collect())
        );
        n_frozen += 1;
    }
    assert!(n_frozen > 20, "{n_frozen}");
}
