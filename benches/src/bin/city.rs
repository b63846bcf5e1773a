//! Measures the sample city from tables to answers, beside the goals.
//!
//! ```text
//! cargo run --release --bin city          # two or three minutes
//! cargo run --release --bin city -- 5     # every time a median of five
//! ```
#![allow(clippy::print_stdout, reason = "a program for people")]

use std::time::{Duration, Instant};

use needmatch::candidate::find;
use needmatch::explain::Explainer;
use needmatch::model::NeedId;
use needmatch::score::score_all;
use needmatch::{Control, Error, Matching, Options, Policy, Problem, lint, solve};
use needmatch_benches::city::City;
use needmatch_benches::measure::median;

const ONE_THREAD: Options<'_> =
    Options { threads: Some(1), control: None, ties: needmatch::Ties::Canonical, engine: None };
/// Every so many needs one is asked why nobody else serves it.
const EVERY: usize = 500;

fn main() -> Result<(), Error> {
    let runs = std::env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or(3);
    let city = City::new()?;
    let problem = city.matching().problem();
    println!(
        "{} needs, {} workers, {} organizations; medians of {runs}",
        problem.needs().len(),
        problem.workers().len(),
        problem.organizations().len()
    );
    println!("{:<58}{:>12}{:>10}", "", "measured", "goal");
    solving(&city, runs)?;
    bounded(&city, runs)?;
    explaining(city.matching(), runs)
}

fn solving(city: &City, runs: usize) -> Result<(), Error> {
    let read = timed(runs, || Problem::new(city.tables(), Policy::default()).map(drop).map_err(Error::from))?;
    let problem = city.matching().problem();
    let quiet = Control::new();
    let pairs = problem.needs().len() * (problem.workers().len() + problem.organizations().len());
    let decided = timed(runs, || score_all(problem, &find(problem, &quiet)?, &quiet).map(drop))?;
    let both = timed(runs, || solve(problem, &Options { threads: Some(2), ..Options::default() }).map(drop))?;
    let one = timed(runs, || solve(problem, &ONE_THREAD).map(drop))?;
    // Outside a run the checker works in the caller's thread, within one in the threads of the run.
    let verify = || city.matching().verify().map(drop).map_err(Error::from);
    let check_one = timed(runs, verify)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("two threads can be started");
    let check_both = timed(runs, || pool.install(verify))?;
    row("tables to a checked problem", &seconds(read), "");
    row("rules and scores, million pairs of need and provider a second", &per_second(pairs, decided), "20");
    row("the same, pairs that pass every rule", &per_second(city.matching().candidates().score.len(), decided), "");
    row("solving, two threads", &seconds(both), "");
    row("solving, one thread", &seconds(one), "");
    row("checking, two threads", &seconds(check_both), "");
    row("checking, one thread", &seconds(check_one), "");
    row("checking, part of solving, two threads", &part(check_both, both), "6 %");
    row("checking, part of solving, one thread", &part(check_one, one), "6 %");
    let linter = timed(runs, || lint::lint_problem(problem, &Options::default()).map(drop))?;
    row("linter", &seconds(linter), "1 s");
    Ok(())
}

fn bounded(city: &City, runs: usize) -> Result<(), Error> {
    for (name, tables) in city.bounded() {
        let problem = Problem::new(&tables, Policy::default())?;
        let mut status = None;
        let time = timed(runs, || {
            status = Some(solve(&problem, &Options::default())?.status());
            Ok(())
        })?;
        let status = status.map(|status| format!("{status:?}").to_lowercase()).unwrap_or_default();
        row(&format!("{name} ({status})"), &seconds(time), "2 s");
    }
    Ok(())
}

fn explaining(matching: &Matching, runs: usize) -> Result<(), Error> {
    let options = Options::default();
    let n_needs = matching.problem().needs().len();
    row("explainer", &seconds(timed(runs, || Explainer::new(matching, &options).map(drop))?), "");
    let explainer = Explainer::new(matching, &options)?;
    let mut slowest: Vec<Duration> = Vec::new();
    for need in (0..n_needs).step_by(EVERY) {
        slowest.push(timed(1, || {
            let _ = explainer.why_not_all(NeedId::new(need));
            Ok(())
        })?);
    }
    row(
        "why not, one need and every provider, slowest",
        &seconds(slowest.iter().max().copied().unwrap_or_default()),
        "0.010 s",
    );
    row("why not, every need and candidate", &seconds(timed(1, || explainer.losses(&options).map(drop))?), "10 s");
    row(
        "one place more and one fewer, everywhere",
        &seconds(timed(runs, || explainer.values(&options).map(drop))?),
        "5 s",
    );
    row("shortages", &seconds(timed(runs, || explainer.shortages().map(drop))?), "2 s");
    row("smallest repair", &seconds(timed(runs, || explainer.smallest_repair(&options).map(drop))?), "2 s");
    Ok(())
}

/// The median time of so many runs.
fn timed(runs: usize, mut work: impl FnMut() -> Result<(), Error>) -> Result<Duration, Error> {
    let mut times = Vec::new();
    for _ in 0..runs.max(1) {
        let start = Instant::now();
        work()?;
        times.push(start.elapsed());
    }
    Ok(median(times))
}

fn seconds(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}

fn part(time: Duration, of: Duration) -> String {
    format!("{:.1} %", 100.0 * time.as_secs_f64() / of.as_secs_f64())
}

fn per_second(pairs: usize, time: Duration) -> String {
    format!("{:.1}", pairs as f64 / time.as_secs_f64() / 1e6)
}

fn row(what: &str, measured: &str, goal: &str) {
    println!("{what:<58}{measured:>12}{goal:>10}");
}
