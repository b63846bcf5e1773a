//! A line on the terminal that tells how far a run has come.

use std::io::{IsTerminal, Write, stderr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use needmatch::{Control, Stage};

/// How often the line is written.
const INTERVAL: Duration = Duration::from_millis(100);

/// Does some work while another thread polls its control and writes a line, if standard error is a terminal.
pub fn watched<T>(control: &Control, work: impl FnOnce() -> T) -> T {
    if !stderr().is_terminal() {
        return work();
    }
    let is_done = AtomicBool::new(false);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            while !is_done.load(Ordering::Relaxed) {
                write_line(&text(control));
                thread::park_timeout(INTERVAL);
            }
            write_line("");
        });
        let result = work();
        is_done.store(true, Ordering::Relaxed);
        watcher.thread().unpark();
        result
    })
}

/// Replaces the line. A terminal that cannot be written to does not stop the run.
fn write_line(text: &str) {
    let mut terminal = stderr().lock();
    let _ = write!(terminal, "\r\x1b[2K{text}");
    let _ = terminal.flush();
}

fn text(control: &Control) -> String {
    let progress = control.progress();
    let step = match progress.stage {
        Stage::Idle => "reading the tables",
        Stage::Candidates => "finding candidates",
        Stage::Auction => "pricing places",
        Stage::Repair => "proving the optimum",
        Stage::Verify => "verifying",
        Stage::Done => "done",
        _ => "working",
    };
    match (progress.done * 100).checked_div(progress.total) {
        Some(per_cent) => format!("{step} … {}%", per_cent.min(100)),
        None => format!("{step} …"),
    }
}
