//! The checker against the library, and against lies.

mod agreement;
mod attack_assignments;
mod attack_bounded;
mod attack_ceilings;
mod attack_floors;
mod attack_quotas;
mod attack_rates;
mod attack_rest;
mod attack_rules;
mod attack_stable;
mod attack_unmatched;
mod crafted;
mod lie;
mod overlays;
mod parts;
mod scope;
mod switches;
mod varied;

use crate::matching::Matching;
use crate::model::Problem;
use crate::options::Options;
use crate::pipeline::solve;
use crate::policy::Policy;
use crate::sample;
use crate::table::Tables;

/// Random problems that are not refused, with their matchings.
fn solved(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Problem, Matching)> {
    seeds.filter_map(|seed| solve_one(seed, sample::input(seed)))
}

/// The same with floors.
fn solved_with_floors(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Problem, Matching)> {
    // Some of them with caseloads that count.
    let policy = |seed, policy| if seed % 5 == 1 { sample::least_unequal() } else { policy };
    seeds.filter_map(move |seed| {
        let (tables, own) = sample::input_with_floors(seed);
        solve_one(seed, (tables, policy(seed, own)))
    })
}

/// The same with quotas.
fn solved_with_quotas(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Problem, Matching)> {
    seeds.filter_map(|seed| solve_one(seed, sample::input_with_quotas(seed)))
}

/// The same with floors or quotas, or neither, and a switch penalty.
fn solved_with_penalty(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Problem, Matching)> {
    seeds.filter_map(|seed| solve_one(seed, sample::input_with_penalty(seed)))
}

fn solve_one(seed: u64, (tables, policy): (Tables, Policy)) -> Option<(u64, Problem, Matching)> {
    let problem = Problem::new(&tables, policy).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    match solve(&problem, &Options { threads: Some(1), ..Options::default() }) {
        Ok(matching) => Some((seed, problem, matching)),
        // The dice pinned a need against a rule or beyond the places.
        Err(crate::Error::Input(_)) => None,
        Err(error) => panic!("seed {seed}: {error}"),
    }
}
