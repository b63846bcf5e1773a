//! The demo's screen fits a terminal and its sheets suit a spreadsheet.
#![allow(clippy::unwrap_used, reason = "a test that finds nothing should stop")]

use std::path::{Path, PathBuf};
use std::process::Command;

use unicode_width::UnicodeWidthStr;

/// Runs the demo on a size; gives what it printed and the folder of the sheets.
///
/// Tests run at the same time, so each writes into a folder of its own.
fn run(size: &str, test: &str) -> (String, PathBuf) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test).join(size);
    let output = Command::new(env!("CARGO_BIN_EXE_demo")).arg(size).arg(&folder).output().unwrap();
    assert!(output.status.success());
    assert!(output.stderr.is_empty(), "no progress line where standard error is no terminal");
    (String::from_utf8(output.stdout).unwrap(), folder)
}

fn cells(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark tells Excel that it is UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(String::from).collect()).collect()
}

#[test]
fn the_screen_fits_a_terminal() {
    for size in ["pilot", "county", "city"] {
        let (screen, _) = run(size, "screen");
        assert!(screen.lines().count() <= 50, "{size}: {} lines", screen.lines().count());
        for line in screen.lines() {
            // The last line ends in a path of any length.
            assert!(line.width() <= 100 || line.starts_with("Sheets"), "{size}: {line}");
        }
        assert!(screen.contains("gap 0: nothing better exists"), "{screen}");
        assert!(screen.contains("optimal over all eligible pairs"), "{screen}");
    }
}

#[test]
fn every_need_is_in_one_of_the_two_sheets() {
    let (_, folder) = run("pilot", "needs");
    let (assigned, unmatched) = (cells(&folder.join("assignments.csv")), cells(&folder.join("unmatched.csv")));
    let tables = needmatch_jincheng::jincheng(needmatch_jincheng::Size::Pilot, needmatch_jincheng::DEFAULT_SEED);
    let mut ids: Vec<&str> = assigned[1..].iter().chain(&unmatched[1..]).map(|row| row[0].as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), tables.needs.n_rows());
    assert_eq!(ids.len(), assigned.len() + unmatched.len() - 2);
}

#[test]
fn no_cell_is_run_or_damaged_by_a_spreadsheet() {
    let (_, folder) = run("pilot", "cells");
    for sheet in ["assignments.csv", "unmatched.csv", "capacity.csv"] {
        for row in cells(&folder.join(sheet)) {
            for cell in row {
                assert!(!cell.starts_with(['=', '+', '@']), "{cell}");
                assert!(!cell.starts_with('-') || cell.parse::<f64>().is_ok(), "{cell}");
                assert!(cell.len() < 12 || !cell.bytes().all(|byte| byte.is_ascii_digit()), "{cell}");
            }
        }
    }
}

#[test]
fn what_is_wrong_with_an_argument_is_said() {
    let output = Command::new(env!("CARGO_BIN_EXE_demo")).arg("village").output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("pilot, county, city, province"));
}

#[test]
fn the_quickstart_runs() {
    let output = Command::new(env!("CARGO_BIN_EXE_quickstart")).output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 6);
}
