//! Measures the general engine, and makes the instances that OR-Tools is measured on.
//!
//! ```text
//! general generate FAMILY KIND NEEDS SEED FOLDER
//! general solve FAMILY KIND NEEDS SEED RUNS
//! ```
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use needmatch::{Options, assign};
use needmatch_benches::general::General;

const USAGE: &str = "usage: general generate FAMILY KIND NEEDS SEED FOLDER
       general solve FAMILY KIND NEEDS SEED RUNS";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let done = match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["generate", family, kind, needs, seed, folder] => instance(family, kind, needs, seed)
            .and_then(|general| general.write(Path::new(folder)).map_err(|error| format!("{folder}: {error}"))),
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

fn solve(general: &General, runs: u64) -> Result<(), String> {
    let network = general.network().map_err(|error| error.to_string())?;
    let mut fastest = Duration::MAX;
    let mut last = None;
    for _ in 0..runs.max(1) {
        let start = Instant::now();
        last = Some(assign(&network, &Options::default()).map_err(|error| error.to_string())?);
        fastest = fastest.min(start.elapsed());
    }
    let assigned = last.expect("there is at least one run");
    assigned.verify(&network).map_err(|violation| violation.to_string())?;
    let missing = assigned.infeasible.map_or("null".to_owned(), |tight| tight.missing.to_string());
    println!(
        r#"{{"seconds": {}, "served": {:?}, "score": {}, "missing": {missing}}}"#,
        fastest.as_secs_f64(),
        assigned.served,
        assigned.total.score,
    );
    Ok(())
}

fn number(word: &str) -> Result<u64, String> {
    word.parse().map_err(|_| format!("{word} is not a number\n{USAGE}"))
}
