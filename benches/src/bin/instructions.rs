//! Guards the engine by counting instructions, which are the same on a busy machine as on an idle one.
//!
//! ```text
//! instructions check BUDGET.toml     compares each case with its budget
//! instructions renew BUDGET.toml     writes the budgets anew
//! instructions run FAMILY NEEDS HOW  is what valgrind counts: HOW is `prepare` or `solve`
//! ```
//!
//! Each case is counted twice, with and without solving: the difference is what building, solving and checking take.
//! Why not a framework: see docs/adr/0014-instruction-counts.md.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use needmatch::Ties;
use needmatch_benches::counted::{for_each, instructions};
use needmatch_benches::solved::Solved;
use needmatch_benches::square::dense_engine;
use needmatch_benches::{Shape, family};
use serde::{Deserialize, Serialize};

/// A case for each phase: its family and its needs.
const CASES: &[(&str, usize)] = &[
    ("town", 10_000),
    ("tiers", 10_000),
    ("tied_9", 5_000),
    ("deep", 10_000),
    ("one_group", 10_000),
    ("uniform", 10_000),
    ("caseload_1", 5_000),
    ("price_war", 2_000),
    ("long_paths", 5_000),
    ("planted_tiers", 2_000),
    ("dense_uniform", 300),
    ("dense_product", 150),
];
/// How much more than its budget a case may take.
const TOLERANCE: f64 = 0.02;
/// The same where another compiler than that of the budget has built it: only what nobody can overlook.
const TOLERANCE_ELSEWHERE: f64 = 0.25;
/// From here on a case that takes less is named, so that its budget is made as tight as it can be.
const SURPLUS: f64 = 0.02;

/// The stored counts, and what they hold for.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    rustc: String,
    machine: String,
    instructions: BTreeMap<String, u64>,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["check", path] => check(Path::new(path)),
        ["renew", path] => renew(Path::new(path)),
        ["run", name, needs, how] => run(name, needs, how).map(|()| true),
        _ => Err("usage: instructions check|renew BUDGET.toml, or run FAMILY NEEDS prepare|solve".to_owned()),
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

/// Whether every case keeps to its budget.
fn check(path: &Path) -> Result<bool, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let budget: Budget = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let (rustc, machine) = (rustc()?, machine());
    let same = budget.rustc == rustc && budget.machine == machine;
    let tolerance = if same { TOLERANCE } else { TOLERANCE_ELSEWHERE };
    if !same {
        println!("The budget was set with {} on {}; this is {rustc} on {machine}.", budget.rustc, budget.machine);
        println!("Code and counts differ between compilers: only {}% or more count as worse.", tolerance * 100.0);
    }
    println!("{:<24}{:>16}{:>16}{:>9}", "case", "budget", "instructions", "change");
    let (mut kept, mut below) = (true, false);
    for (case, count) in counts()? {
        let Some(&allowed) = budget.instructions.get(&case) else {
            return Err(format!("{case} has no budget: run `make budget`"));
        };
        let change = count as f64 / allowed as f64 - 1.0;
        let verdict = if change > tolerance { "  over its budget" } else { "" };
        println!("{case:<24}{allowed:>16}{count:>16}{:>+8.1}%{verdict}", change * 100.0);
        kept &= change <= tolerance;
        below |= same && change < -SURPLUS;
    }
    if !kept {
        println!("If the change is worth it, say so in its message and run `make budget`.");
    } else if below {
        println!("Some cases take less than their budget: run `make budget`, so that it guards what was gained.");
    }
    Ok(kept)
}

fn renew(path: &Path) -> Result<bool, String> {
    let budget = Budget { rustc: rustc()?, machine: machine(), instructions: counts()? };
    let text = toml::to_string(&budget).map_err(|error| error.to_string())?;
    let head =
        "# Instructions that the engine takes on one thread; written by `make budget`, checked by `make counts`.\n\n";
    fs::write(path, format!("{head}{text}")).map_err(|error| format!("{}: {error}", path.display()))?;
    print!("{text}");
    Ok(true)
}

/// The instructions of each case, counted on as many processors as there are.
fn counts() -> Result<BTreeMap<String, u64>, String> {
    Ok(for_each(CASES, |&(name, needs)| count(name, needs))?.into_iter().collect())
}

fn count(name: &str, needs: usize) -> Result<(String, u64), String> {
    let executed = |how| instructions(&["run", name, &needs.to_string(), how]);
    Ok((format!("{name} {needs}"), executed("solve")? - executed("prepare")?))
}

/// What is counted: the instance is made, and solved or not.
fn run(name: &str, needs: &str, how: &str) -> Result<(), String> {
    let family = family(name).ok_or(format!("no family is called {name}"))?;
    let instance = family.generate(needs.parse().map_err(|_| format!("{needs} is not a number"))?, 1);
    if how == "solve" {
        match family.shape {
            Shape::Sparse => drop(Solved::measure(&instance, Some(1), Ties::Canonical, 1)?),
            Shape::Dense => drop(dense_engine(&instance, Some(1), 1)?),
        }
    }
    Ok(())
}

fn rustc() -> Result<String, String> {
    let said = Command::new("rustc").arg("--version").output().map_err(|error| format!("rustc: {error}"))?;
    Ok(String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

fn machine() -> String {
    format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)
}
