//! Writes the sample tables as CSV: `generate SIZE FOLDER [SEED]`.

use std::path::Path;
use std::process::ExitCode;

use needmatch_jincheng::{DEFAULT_SEED, Size, jincheng, write_csv};

const USAGE: &str = "usage: generate pilot|county|city|province FOLDER [SEED]";

#[expect(clippy::print_stderr, reason = "a command talks to its user")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("generate: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let (size, folder, seed) = match arguments {
        [size, folder] => (size, folder, DEFAULT_SEED),
        [size, folder, seed] => (size, folder, seed.parse().map_err(|_| format!("seed is not a number; {USAGE}"))?),
        _ => return Err(USAGE.into()),
    };
    let size: Size = size.parse().map_err(|unknown| format!("{unknown}; {USAGE}"))?;
    let folder = Path::new(folder);
    write_csv(&jincheng(size, seed), folder).map_err(|error| format!("cannot write to {}: {error}", folder.display()))
}
