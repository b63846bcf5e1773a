//! Judges for as long as asked: tiny instances against brute force, families of every size against their certificates.
//!
//! ```text
//! cargo run --release --bin hammer -- SECONDS [FIRST_SEED]
//! ```
//!
//! Stops at the first wrong answer, with the seed that makes it again.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use needmatch::{Options, assign};
use needmatch_benches::{FAMILIES, Instance, Optimum, Random, Shape};
use needmatch_tests::{check, judge, judge_together, tiny};

/// Tiny instances of one round, and how many of them are solved side by side.
const ROUND: u64 = 20_000;
const TOGETHER: usize = 100;

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|word| word.parse::<u64>());
    let (Some(Ok(seconds)), Ok(first)) = (numbers.next(), numbers.next().unwrap_or(Ok(1 << 32))) else {
        eprintln!("usage: hammer SECONDS [FIRST_SEED]");
        return ExitCode::FAILURE;
    };
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut seed = first;
    while Instant::now() < end {
        if let Err(wrong) = round(seed) {
            eprintln!("{wrong}");
            return ExitCode::FAILURE;
        }
        seed += ROUND;
        println!("all right up to seed {seed}");
    }
    ExitCode::SUCCESS
}

fn round(first: u64) -> Result<(), String> {
    for start in (first..first + ROUND).step_by(TOGETHER) {
        let instances: Vec<Instance<i64>> = (start..start + TOGETHER as u64).map(tiny).collect();
        judge_together(&instances)
            .map_err(|(k, wrong)| format!("tiny({}) of tiny({start}..): {wrong}", start + k as u64))?;
        judge(&tiny(start)).map_err(|wrong| format!("tiny({start}) alone: {wrong}"))?;
    }
    let random = &mut Random::new(first);
    for family in FAMILIES {
        let largest = if family.shape == Shape::Dense { 200 } else { 5000 };
        // Small sizes come as often as large ones.
        let at_most = random.below(largest);
        let needs = random.below(at_most + 1);
        let instance = family.generate(needs, first);
        let name = format!("{} of {needs}, seed {first}", family.name);
        let claim = claim(&instance).map_err(|wrong| format!("{name}: {wrong}"))?;
        match instance.optimum {
            Some(optimum) if optimum != claim => return Err(format!("{name}: {claim:?} instead of {optimum:?}")),
            _ => {}
        }
    }
    Ok(())
}

fn claim(instance: &Instance) -> Result<Optimum, String> {
    let network = instance.network().map_err(|error| error.to_string())?;
    let assigned = assign(&network, &Options::default()).map_err(|error| error.to_string())?;
    check(instance, &assigned.node, &assigned.price)
}
