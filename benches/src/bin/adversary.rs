//! Whether orders and scales that an adversary may choose cost more than three times what the family usually takes.
//!
//! ```text
//! adversary check [FAMILY ...]                    all twists of all families, or of some; fails above the limit
//! adversary run FAMILY SEED TWIST ENGINE HOW      is what valgrind counts: HOW is `prepare` or `solve`
//! ```
//!
//! A family's measure is the median over some seeds, as they are made. Counted are instructions, of building and solving
//! on one thread without the tie rule, so that the machine may do other work meanwhile.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

use std::process::ExitCode;

use needmatch::Ties;
use needmatch_benches::counted::{for_each, instructions};
use needmatch_benches::solved::Solved;
use needmatch_benches::square::dense_engine;
use needmatch_benches::twists::{Change, TWISTS, Twist, twist};
use needmatch_benches::{FAMILIES, Family, Instance, Random, Shape, family};

/// How much more than the median of its family a twisted instance may take.
const LIMIT: f64 = 3.0;
/// Of so many instances the median is taken.
const SEEDS: u64 = 5;
const NEEDS: usize = 3_000;
const NEEDS_DENSE: usize = 200;
const PLAIN: &str = "plain";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["check", ref names @ ..] => check(names),
        ["run", name, seed, twist, engine, how] => run(name, seed, twist, engine, how).map(|()| true),
        _ => Err("usage: adversary check [FAMILY ...], or run FAMILY SEED TWIST ENGINE prepare|solve".to_owned()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all twists keep to the limit.
fn check(names: &[&str]) -> Result<bool, String> {
    if let Some(unknown) = names.iter().find(|name| family(name).is_none()) {
        return Err(format!("no family is called {unknown}"));
    }
    println!("{:<18}{:<8}{:>16}  twists, as multiples of the median", "family", "engine", "median");
    let mut kept = true;
    for family in FAMILIES.iter().filter(|family| names.is_empty() || names.contains(&family.name)) {
        let engines: &[&str] = if family.shape == Shape::Dense { &["fast", "dense"] } else { &["fast"] };
        for &engine in engines {
            kept &= check_engine(family, engine)?;
        }
    }
    Ok(kept)
}

fn check_engine(family: &Family, engine: &str) -> Result<bool, String> {
    let seeds: Vec<u64> = (1..=SEEDS).collect();
    let mut plain = for_each(&seeds, |&seed| count(family.name, seed, PLAIN, engine))?;
    plain.sort_unstable();
    let median = plain[plain.len() / 2];
    let twists: Vec<_> =
        TWISTS.iter().filter(|twist| engine == "fast" || !matches!(twist.change, Change::Edges(_))).collect();
    let counts = for_each(&twists, |twist| count(family.name, 1, twist.name, engine))?;
    let mut found: Vec<(f64, &str)> =
        counts.into_iter().zip(&twists).map(|(count, twist)| (count as f64 / median as f64, twist.name)).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let listed: Vec<String> = found.iter().take(4).map(|(ratio, name)| format!("{name} {ratio:.2}")).collect();
    let kept = found.iter().all(|&(ratio, _)| ratio <= LIMIT);
    let verdict = if kept { "" } else { "  above the limit" };
    println!("{:<18}{engine:<8}{median:>16}  {}{verdict}", family.name, listed.join(", "));
    Ok(kept)
}

fn count(name: &str, seed: u64, twist: &str, engine: &str) -> Result<u64, String> {
    let executed = |how| instructions(&["run", name, &seed.to_string(), twist, engine, how]);
    Ok(executed("solve")?.saturating_sub(executed("prepare")?).max(1))
}

/// What is counted: the instance is made and twisted, and solved or not.
fn run(name: &str, seed: &str, twist: &str, engine: &str, how: &str) -> Result<(), String> {
    let family = family(name).ok_or(format!("no family is called {name}"))?;
    let seed = seed.parse().map_err(|_| format!("{seed} is not a number"))?;
    let instance = family.generate(if family.shape == Shape::Dense { NEEDS_DENSE } else { NEEDS }, seed);
    let instance = twisted(&instance, twist, engine)?;
    if how == "solve" {
        match engine {
            "dense" => drop(dense_engine(&instance, Some(1), 1)?),
            _ => drop(Solved::measure(&instance, Some(1), Ties::Any, 1)?),
        }
    }
    Ok(())
}

fn twisted(instance: &Instance, name: &str, engine: &str) -> Result<Instance, String> {
    if name == PLAIN {
        return Ok(instance.clone());
    }
    let wanted = twist(name).ok_or(format!("no twist is called {name}"))?;
    let twisted = wanted.of(instance, &mut Random::new(1));
    if engine == "fast" {
        return Ok(twisted);
    }
    // A matrix has its columns in the order of the nodes.
    let in_order = Twist { name: "", change: Change::Edges(|edges| edges.sort_unstable()) };
    Ok(in_order.of(&twisted, &mut Random::new(1)))
}
