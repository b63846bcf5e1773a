//! How soon a run returns that is cancelled: at many moments from its start to its end.
//!
//! ```text
//! cargo run --release --bin cancel -- --family town --needs 1000000 --moments 40
//! ```
//!
//! The limit is a goal for a machine that does nothing else; the program tells what was measured and fails above it.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for people")]

use std::process::ExitCode;
use std::thread;
use std::time::{Duration, Instant};

use needmatch::{Control, Error, Options, Stage, assign};
use needmatch_benches::{Instance, family};

/// A run returns so soon after it was cancelled.
const LIMIT: Duration = Duration::from_millis(50);
const USAGE: &str = "usage: cancel [--family NAME] [--needs N] [--moments N] [--threads N]";

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(wrong) => {
            eprintln!("{wrong}");
            ExitCode::FAILURE
        }
    }
}

/// Whether every moment keeps to the limit.
fn run(words: &[String]) -> Result<bool, String> {
    let (mut name, mut needs, mut moments, mut threads) = ("town", 1_000_000, 40, None);
    for pair in words.chunks(2) {
        let [option, value] = pair else { return Err(USAGE.to_owned()) };
        let number = || value.parse::<usize>().map_err(|_| USAGE.to_owned());
        match option.as_str() {
            "--family" => name = value,
            "--needs" => needs = number()?,
            "--moments" => moments = number()?,
            "--threads" => threads = Some(number()?),
            _ => return Err(USAGE.to_owned()),
        }
    }
    let instance = family(name).ok_or(format!("no family is called {name}"))?.generate(needs, 1);
    let whole = cancelled_after(&instance, threads, None)?.returned;
    println!("{name}, {needs} needs, {moments} moments of a run of {:.0} ms", ms(whole));
    println!("{:>12}  {:<12}{:>14}", "moment ms", "stage", "returned ms");
    let mut slowest = Duration::ZERO;
    for moment in 0..moments {
        let moment = whole.mul_f64(moment as f64 / moments as f64);
        let Cancelled { stage, returned } = cancelled_after(&instance, threads, Some(moment))?;
        println!("{:>12.1}  {:<12}{:>14.1}", ms(moment), format!("{stage:?}"), ms(returned));
        slowest = slowest.max(returned);
    }
    println!("slowest: {:.1} ms; goal: {} ms", ms(slowest), LIMIT.as_millis());
    Ok(slowest <= LIMIT)
}

/// A run that was cancelled.
struct Cancelled {
    /// What it was doing.
    stage: Stage,
    /// How long it took from there to return; from the start where it was not cancelled.
    returned: Duration,
}

fn cancelled_after(instance: &Instance, threads: Option<usize>, moment: Option<Duration>) -> Result<Cancelled, String> {
    let network = instance.network().map_err(|error| error.to_string())?;
    let control = Control::new();
    thread::scope(|scope| {
        let begin = Instant::now();
        let run = scope.spawn(|| {
            let options = Options { threads, control: Some(&control), ..Options::default() };
            let assigned = assign(&network, &options);
            (Instant::now(), assigned.map(|_| ()))
        });
        let (cancelled, stage) = match moment {
            None => (begin, Stage::Idle),
            Some(moment) => {
                thread::sleep(moment);
                control.cancel();
                (Instant::now(), control.progress().stage)
            }
        };
        match run.join().expect("a run does not panic") {
            (end, Ok(()) | Err(Error::Cancelled)) => {
                Ok(Cancelled { stage, returned: end.saturating_duration_since(cancelled) })
            }
            (_, Err(error)) => Err(error.to_string()),
        }
    })
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
