//! The shortest way from tables to an answer, on the sample's pilot communities.
#![allow(clippy::print_stdout, reason = "an example shows its result")]

use needmatch::{Error, Options, Policy, Problem, solve};
use needmatch_jincheng::{DEFAULT_SEED, Size, jincheng};

fn main() -> Result<(), Error> {
    let problem = Problem::new(&jincheng(Size::Pilot, DEFAULT_SEED), Policy::default())?;
    let matching = solve(&problem, &Options::default())?;
    for assignment in matching.assignments().iter().take(5) {
        let provider = assignment.worker.map_or("no named worker", |worker| matching.worker_id(worker));
        println!("{} {provider} {}", matching.need_id(assignment.need), assignment.score);
    }
    println!("{} of {} needs served, gap {:?}", matching.summary().served, matching.summary().needs, matching.gap());
    Ok(())
}
