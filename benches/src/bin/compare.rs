//! Measures needmatch on the families, one row for each instance.
//!
//! ```text
//! cargo run --release -p needmatch-benches --bin compare -- --family town --needs 10000 --needs 100000 --runs 5
//! ```
//!
//! `--json` prints one object for each row, and `--dump FOLDER` writes the arrays there: so does `python/peers.py`
//! measure other solvers on the same arrays in the same run.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use needmatch::{Network, Options, assign};
use needmatch_benches::measure::{median_time, peak_memory};
use needmatch_benches::{FAMILIES, Family, Instance, Shape, family, npy};
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

const USAGE: &str =
    "usage: compare [--family NAME]… [--needs N]… [--seed N] [--runs N] [--threads N] [--json] [--dump FOLDER]";
/// Needs of the families where every pair is a candidate, for each size asked for.
const DENSE_NEEDS: usize = 1000;

struct Asked {
    families: Vec<&'static Family>,
    needs: Vec<usize>,
    seed: u64,
    runs: usize,
    threads: Option<usize>,
    json: bool,
    dump: Option<PathBuf>,
}

struct Row {
    family: &'static str,
    needs: usize,
    edges: usize,
    build: Duration,
    solve: Duration,
    tier: i128,
    score: i128,
    served: usize,
    peak: Option<u64>,
    peer: Option<Duration>,
}

fn main() -> ExitCode {
    match asked(std::env::args().skip(1)).and_then(|asked| run(&asked)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::FAILURE
        }
    }
}

fn asked(mut words: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut asked = Asked { families: vec![], needs: vec![], seed: 1, runs: 3, threads: None, json: false, dump: None };
    while let Some(word) = words.next() {
        if word == "--json" {
            asked.json = true;
            continue;
        }
        let value = words.next().ok_or(USAGE)?;
        let number = || value.parse::<usize>().map_err(|_| format!("{word} takes a number"));
        match word.as_str() {
            "--family" => asked.families.push(family(&value).ok_or(format!("no family is called {value}"))?),
            "--needs" => asked.needs.push(number()?),
            "--seed" => asked.seed = number()? as u64,
            "--runs" => asked.runs = number()?.max(1),
            "--threads" => asked.threads = Some(number()?),
            "--dump" => asked.dump = Some(value.into()),
            _ => return Err(USAGE.to_owned()),
        }
    }
    if asked.families.is_empty() {
        asked.families.extend(FAMILIES);
    }
    if asked.needs.is_empty() {
        asked.needs.push(10_000);
    }
    Ok(asked)
}

fn run(asked: &Asked) -> Result<(), String> {
    if !asked.json {
        println!(
            "{:<16}{:>9}{:>11}{:>10}{:>10}{:>9}{:>9}{:>9}  pathfinding",
            "family", "needs", "edges", "build", "solve", "served", "peak MB", "gap"
        );
    }
    for family in &asked.families {
        for &needs in &asked.needs {
            let needs = if family.shape == Shape::Dense { needs.min(DENSE_NEEDS) } else { needs };
            let instance = family.generate(needs, asked.seed);
            let row = measured(family.name, &instance, asked)?;
            println!("{}", if asked.json { row.json() } else { row.text() });
            if let Some(folder) = &asked.dump {
                npy::write(&instance, folder).map_err(|error| format!("{}: {error}", folder.display()))?;
            }
        }
    }
    Ok(())
}

fn measured(family: &'static str, instance: &Instance, asked: &Asked) -> Result<Row, String> {
    let wrong = |error: &dyn std::fmt::Display| format!("{family} of {}: {error}", instance.n_needs());
    let (build, network) = median_time(asked.runs, || instance.network());
    let network: Network<'_, i32> = network.map_err(|error| wrong(&error))?;
    let options = Options { threads: asked.threads, ..Default::default() };
    let (peak, first) = peak_memory(|| assign(&network, &options));
    first.map_err(|error| wrong(&error))?;
    let (solve, assigned) = median_time(asked.runs, || assign(&network, &options));
    // An answer is given only with a proof, so a row here means a gap of 0.
    let assigned = assigned.map_err(|error| wrong(&error))?;
    assigned.verify(&network).map_err(|error| wrong(&error))?;
    Ok(Row {
        family,
        needs: instance.n_needs(),
        edges: instance.n_edges(),
        build,
        solve,
        tier: assigned.total.tier,
        score: assigned.total.score,
        served: assigned.node.iter().flatten().count(),
        peak,
        peer: family.starts_with("dense").then(|| peer_on_dense(instance, assigned.total.score)).transpose()?,
    })
}

/// The time of `pathfinding` on a square instance, whose total must be the same.
fn peer_on_dense(instance: &Instance, expected: i128) -> Result<Duration, String> {
    let side = instance.n_needs();
    let scores = instance.score.iter().map(|&score| i64::from(score)).collect();
    let matrix = Matrix::from_vec(side, side, scores).map_err(|error| error.to_string())?;
    let (time, (total, _)) = median_time(1, || kuhn_munkres(&matrix));
    if i128::from(total) == expected { Ok(time) } else { Err(format!("pathfinding finds {total}, not {expected}")) }
}

impl Row {
    fn text(&self) -> String {
        let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
        format!(
            "{:<16}{:>9}{:>11}{:>10}{:>10}{:>9}{:>9}{:>9}  {}",
            self.family,
            self.needs,
            self.edges,
            ms(self.build),
            ms(self.solve),
            self.served,
            self.peak.map_or("?".to_owned(), |bytes| (bytes >> 20).to_string()),
            0,
            self.peer.map(ms).unwrap_or_default(),
        )
    }

    fn json(&self) -> String {
        format!(
            r#"{{"family": "{}", "needs": {}, "edges": {}, "build_seconds": {}, "solve_seconds": {}, "tier": {}, "score": {}, "served": {}, "peak_bytes": {}}}"#,
            self.family,
            self.needs,
            self.edges,
            self.build.as_secs_f64(),
            self.solve.as_secs_f64(),
            self.tier,
            self.score,
            self.served,
            self.peak.map_or("null".to_owned(), |bytes| bytes.to_string()),
        )
    }
}
