//! Prints the matching of the smallest sample as JSON, solved from Rust: what the C tests compare theirs with. With
//! `--decision`, prints its decision file instead.

use needmatch::{Options, Policy, Problem, solve};
use needmatch_jincheng::{DEFAULT_SEED, Size, jincheng};

#[expect(clippy::print_stdout, reason = "a command prints its result")]
fn main() -> Result<(), needmatch::Error> {
    let problem = Problem::new(&jincheng(Size::Pilot, DEFAULT_SEED), Policy::default())?;
    let matching = solve(&problem, &Options::default())?;
    if std::env::args().any(|argument| argument == "--decision") {
        print!("{}", String::from_utf8_lossy(&matching.to_decision()?));
    } else {
        print!("{}", matching.to_json());
    }
    Ok(())
}
