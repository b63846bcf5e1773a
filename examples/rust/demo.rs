//! The main job on the sample city: `demo [pilot|county|city|province [FOLDER]]`.
//!
//! Makes the tables, matches, verifies, prints one screen and writes three sheets.

use std::error::Error;
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use needmatch::{Control, Options, Policy, Problem, solve};
use needmatch_examples::{Run, assignments, capacity, screen, unmatched, watched};
use needmatch_jincheng::{DEFAULT_SEED, Size, jincheng};

#[expect(clippy::print_stderr, reason = "a command talks to its user")]
fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("demo: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let size: Size = arguments.next().as_deref().unwrap_or("city").parse()?;
    let folder = PathBuf::from(arguments.next().as_deref().unwrap_or("demo-output"));

    let tables = jincheng(size, DEFAULT_SEED);
    let start = Instant::now();
    let control = Control::new();
    let options = Options { control: Some(&control), ..Options::default() };
    let matching = watched(&control, || {
        let problem = Problem::new(&tables, Policy::default())?;
        solve(&problem, &options)
    })?;
    let elapsed = start.elapsed();

    std::fs::create_dir_all(&folder)?;
    let files = ["assignments.csv", "unmatched.csv", "capacity.csv"];
    assignments(&matching, &folder.join(files[0]))?;
    unmatched(&matching, &folder.join(files[1]))?;
    capacity(&matching, &folder.join(files[2]))?;

    let title = match size {
        Size::Pilot => "Jincheng 晋城市, pilot communities: synthetic persons.",
        Size::County => "Yangcheng 阳城县: real figures, synthetic persons.",
        Size::City => "Jincheng 晋城市: real figures, synthetic persons.",
        Size::Province => "Jincheng 晋城市 and 15 synthetic prefectures: synthetic persons.",
    };
    let run = Run { title, elapsed, folder: &folder, files: &files };
    stdout().write_all(screen(&matching, &run).as_bytes())?;
    Ok(())
}
