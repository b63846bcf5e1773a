//! Measures needmatch on the families, and makes and solves the instances that other solvers are measured on.
//!
//! ```text
//! cargo run --release --bin compare -- --family town --needs 10000 --needs 100000 --runs 5
//! ```
//!
//! The other commands give one JSON object each, for `python/bench.py`.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

use std::path::Path;
use std::process::ExitCode;

use needmatch::Ties;
use needmatch_benches::floor::floor;
use needmatch_benches::solved::Solved;
use needmatch_benches::square::Squared;
use needmatch_benches::{FAMILIES, Instance, Shape, family, npy, square};

const USAGE: &str = "usage: compare [--family NAME]… [--needs N]… [--seed N] [--runs N] [--threads N]
       compare families
       compare generate FAMILY NEEDS SEED FOLDER
       compare solve FOLDER THREADS TIES RUNS, TIES being canonical or any
       compare dense FOLDER THREADS RUNS
       compare pathfinding FOLDER";
/// Needs of the families where every pair is a candidate, for each size asked for.
const DENSE_NEEDS: usize = 1000;
/// Passes over the edges of which the fastest is the floor.
const PASSES: usize = 7;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["families"] => Ok(families()),
        ["generate", name, needs, seed, folder] => generate(name, needs, seed, Path::new(folder)),
        ["solve", folder, threads, ties, runs] => solve(Path::new(folder), threads, ties, runs),
        ["dense", folder, threads, runs] => read(Path::new(folder))
            .and_then(|instance| Ok(squared(square::dense_engine(&instance, Some(number(threads)?), number(runs)?)?))),
        ["pathfinding", folder] => {
            read(Path::new(folder)).and_then(|instance| square::pathfinding(&instance)).map(squared)
        }
        _ => table(&words),
    };
    match done {
        Ok(json) => {
            if !json.is_empty() {
                println!("{json}");
            }
            ExitCode::SUCCESS
        }
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::FAILURE
        }
    }
}

fn families() -> String {
    let entry = |name: &str, dense: bool| format!(r#"{{"name": "{name}", "dense": {dense}}}"#);
    let entries: Vec<String> = FAMILIES.iter().map(|f| entry(f.name, f.shape == Shape::Dense)).collect();
    format!(r#"{{"families": [{}]}}"#, entries.join(", "))
}

fn generate(name: &str, needs: &str, seed: &str, folder: &Path) -> Result<String, String> {
    let family = family(name).ok_or(format!("no family is called {name}"))?;
    let instance = family.generate(number(needs)?, number(seed)? as u64);
    npy::write(&instance, folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let planted = instance.optimum.map_or("null".to_owned(), |best| format!("[{}, {}]", best.tier, best.score));
    Ok(format!(
        r#"{{"needs": {}, "nodes": {}, "edges": {}, "optimum": {planted}}}"#,
        instance.n_needs(),
        instance.n_nodes(),
        instance.n_edges(),
    ))
}

fn solve(folder: &Path, threads: &str, ties: &str, runs: &str) -> Result<String, String> {
    let instance = read(folder)?;
    let ties = match ties {
        "canonical" => Ties::Canonical,
        "any" => Ties::Any,
        _ => return Err(USAGE.to_owned()),
    };
    let solved = Solved::measure(&instance, Some(number(threads)?), ties, number(runs)?)?;
    Ok(format!(
        r#"{{"build_seconds": {}, "seconds": {}, "peak_bytes": {}, "process_bytes": {}, "tier": {}, "score": {}, "served": {}, "floor_seconds": {}}}"#,
        solved.build.as_secs_f64(),
        solved.solve.as_secs_f64(),
        json(solved.peak),
        json(solved.process),
        solved.tier,
        solved.score,
        solved.served,
        floor(&instance, PASSES).as_secs_f64(),
    ))
}

fn squared(solved: Squared) -> String {
    format!(
        r#"{{"build_seconds": {}, "seconds": {}, "peak_bytes": {}, "tier": 0, "score": {}}}"#,
        solved.build.as_secs_f64(),
        solved.solve.as_secs_f64(),
        json(solved.peak),
        solved.score,
    )
}

fn json(number: Option<u64>) -> String {
    number.map_or("null".to_owned(), |number| number.to_string())
}

fn read(folder: &Path) -> Result<Instance, String> {
    npy::read(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

fn number(word: &str) -> Result<usize, String> {
    word.parse().map_err(|_| format!("{word} is not a number\n{USAGE}"))
}

/// Prints a row for each family and size.
fn table(words: &[&str]) -> Result<String, String> {
    let (mut names, mut sizes, mut seed, mut runs, mut threads) = (vec![], vec![], 1, 3, None);
    for pair in words.chunks(2) {
        match *pair {
            ["--family", name] => names.push(name),
            ["--needs", value] => sizes.push(number(value)?),
            ["--seed", value] => seed = number(value)? as u64,
            ["--runs", value] => runs = number(value)?,
            ["--threads", value] => threads = Some(number(value)?),
            _ => return Err(USAGE.to_owned()),
        }
    }
    if names.is_empty() {
        names.extend(FAMILIES.iter().map(|family| family.name));
    }
    if sizes.is_empty() {
        sizes.push(10_000);
    }
    println!(
        "{:<20}{:>9}{:>11}{:>12}{:>12}{:>12}{:>10}{:>10}",
        "family", "needs", "edges", "build ms", "solve ms", "check ms", "served", "peak MB"
    );
    for name in names {
        let family = family(name).ok_or(format!("no family is called {name}"))?;
        for &needs in &sizes {
            let needs = if family.shape == Shape::Dense { needs.min(DENSE_NEEDS) } else { needs };
            let instance = family.generate(needs, seed);
            let solved = Solved::measure(&instance, threads, Ties::Canonical, runs)
                .map_err(|wrong| format!("{name}: {wrong}"))?;
            println!(
                "{name:<20}{needs:>9}{:>11}{:>12.1}{:>12.1}{:>12.1}{:>10}{:>10}",
                instance.n_edges(),
                solved.build.as_secs_f64() * 1e3,
                solved.solve.as_secs_f64() * 1e3,
                solved.check.as_secs_f64() * 1e3,
                solved.served,
                solved.peak.map_or("?".to_owned(), |bytes| (bytes >> 20).to_string()),
            );
        }
    }
    Ok(String::new())
}
