//! Prints the matching of the smallest sample as JSON, solved from Rust: what the C tests compare theirs with.

use needmatch::{Options, Policy, Problem, solve};
use needmatch_jincheng::{DEFAULT_SEED, Size, jincheng};

#[expect(clippy::print_stdout, reason = "a command prints its result")]
fn main() -> Result<(), needmatch::Error> {
    let problem = Problem::new(&jincheng(Size::Pilot, DEFAULT_SEED), Policy::default())?;
    print!("{}", solve(&problem, &Options::default())?.to_json());
    Ok(())
}
