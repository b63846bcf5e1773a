//! needmatch on one instance: how long, how much memory, what came out, and whether it is proven.

use std::time::{Duration, Instant};

use needmatch::{Assigned, Network, Options, Ties, assign};

use crate::Instance;
use crate::measure::{median, peak_memory, resident_at_most};

/// One instance measured.
#[derive(Clone, Copy, Debug)]
pub struct Solved {
    /// The median time to build the checked network from the arrays.
    pub build: Duration,
    /// The median time of `assign`, the proof included, and the tie rule where it is asked for.
    pub solve: Duration,
    /// The median time to have the answer checked once more; `solve` holds as much for the proof.
    pub check: Duration,
    /// The most memory that building and solving hold beyond the arrays.
    pub peak: Option<u64>,
    /// The most memory that the process has held, the arrays included.
    pub process: Option<u64>,
    /// The sum of the tiers of the needs served.
    pub tier: i128,
    /// The sum of the scores of the places taken.
    pub score: i128,
    /// How many needs are served.
    pub served: usize,
}

impl Solved {
    /// Builds and solves so many times, but once at least, and has the answer checked once more.
    ///
    /// # Errors
    ///
    /// What the library reports, or what the checker finds wrong: then no time counts.
    pub fn measure(instance: &Instance, threads: Option<usize>, ties: Ties, runs: usize) -> Result<Self, String> {
        // Memory is seen in the first run only: what was freed stays with the process for the next.
        let (peak, first) = peak_memory(|| run(instance, threads, ties));
        let first = first?;
        let process = resident_at_most();
        let (mut builds, mut solves, mut checks) = (vec![first.build], vec![first.solve], vec![first.check]);
        while solves.len() < runs {
            let next = run(instance, threads, ties)?;
            if next.assigned != first.assigned {
                return Err("two runs give two answers".to_owned());
            }
            builds.push(next.build);
            solves.push(next.solve);
            checks.push(next.check);
        }
        let total = first.assigned.total;
        Ok(Self {
            build: median(builds),
            solve: median(solves),
            check: median(checks),
            peak,
            process,
            tier: total.tier,
            score: total.score,
            served: first.assigned.node.iter().flatten().count(),
        })
    }
}

struct Run {
    build: Duration,
    solve: Duration,
    check: Duration,
    assigned: Assigned,
}

fn run(instance: &Instance, threads: Option<usize>, ties: Ties) -> Result<Run, String> {
    let start = Instant::now();
    let network: Network<'_, i32> = instance.network().map_err(|error| error.to_string())?;
    let build = start.elapsed();
    let start = Instant::now();
    let assigned =
        assign(&network, &Options { threads, ties, ..Default::default() }).map_err(|error| error.to_string())?;
    let solve = start.elapsed();
    let start = Instant::now();
    assigned.verify(&network).map_err(|violation| violation.to_string())?;
    Ok(Run { build, solve, check: start.elapsed(), assigned })
}
