//! A decision costs what a run without it gains.

use super::super::*;
use super::{ONE_THREAD, sample_of, total_of, with_cell};
use crate::table::Tables;

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
