//! The checker against the library, and against lies.

mod agreement;
mod attack_assignments;
mod attack_rest;
mod attack_unmatched;
mod lie;

use crate::matching::Matching;
use crate::model::Problem;
use crate::options::Options;
use crate::pipeline::solve;
use crate::sample;

/// Random problems that are not refused, with their matchings.
fn solved(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Problem, Matching)> {
    seeds.filter_map(|seed| {
        let problem = sample::problem(seed).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        match solve(&problem, &Options { threads: Some(1), ..Options::default() }) {
            Ok(matching) => Some((seed, problem, matching)),
            // The dice pinned a need against a rule or beyond the places.
            Err(crate::Error::Input(_)) => None,
            Err(error) => panic!("seed {seed}: {error}"),
        }
    })
}
