//! Measures the general engine, and makes the instances that OR-Tools is measured on.
//!
//! ```text
//! general generate FAMILY KIND NEEDS SEED FOLDER
//! general solve FAMILY KIND NEEDS SEED RUNS
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use needmatch::{Options, assign};
use needmatch_benches::general::General;
use needmatch_benches::measure::{median, peak_memory};

const USAGE: &str = "usage: general generate FAMILY KIND NEEDS SEED FOLDER
       general solve FAMILY KIND NEEDS SEED RUNS";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["generate", family, kind, needs, seed, folder] => {
            instance(family, kind, needs, seed).and_then(|general| generate(&general, Path::new(folder)))
        }
        ["solve", family, kind, needs, seed, runs] => {
            instance(family, kind, needs, seed).and_then(|general| solve(&general, number(runs)?))
        }
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::FAILURE
        }
    }
}

fn instance(family: &str, kind: &str, needs: &str, seed: &str) -> Result<General, String> {
    Ok(General::generate(family, kind.parse()?, number(needs)? as usize, number(seed)?))
}

fn generate(general: &General, folder: &Path) -> Result<(), String> {
    general.write(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    println!(r#"{{"folder": "{}"}}"#, folder.display());
    Ok(())
}

fn solve(general: &General, runs: u64) -> Result<(), String> {
    let network = general.network().map_err(|error| error.to_string())?;
    let run = || {
        let start = Instant::now();
        let assigned = assign(&network, &Options::default()).map_err(|error| error.to_string())?;
        Ok::<_, String>((start.elapsed(), assigned))
    };
    let (peak, first) = peak_memory(run);
    let (first, assigned) = first?;
    assigned.verify(&network).map_err(|violation| violation.to_string())?;
    let mut times = vec![first];
    for _ in 1..runs {
        times.push(run()?.0);
    }
    let (total, missing) = match &assigned.infeasible {
        None => (assigned.total.score.to_string(), "null".to_owned()),
        Some(tight) => ("null".to_owned(), tight.missing.to_string()),
    };
    println!(
        r#"{{"seconds": {}, "peak_bytes": {}, "served": {:?}, "total": {total}, "missing": {missing}}}"#,
        median(times).as_secs_f64(),
        peak.map_or("null".to_owned(), |bytes| bytes.to_string()),
        assigned.served,
    );
    Ok(())
}

fn number(word: &str) -> Result<u64, String> {
    word.parse().map_err(|_| format!("{word} is not a number\n{USAGE}"))
}
