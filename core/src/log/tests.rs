use super::*;
use crate::error::Language;
use crate::model::Problem;
use crate::options::Options;
use crate::pipeline::solve;
use crate::policy::Policy;
use crate::sample;

fn decision(sample: u64, policy: &str) -> Vec<u8> {
    let tables = sample::input(sample).0;
    let problem = Problem::new(&tables, Policy::from_toml(policy).unwrap()).unwrap();
    solve(&problem, &Options { threads: Some(1), ..Options::default() }).unwrap().to_decision().unwrap()
}

fn log(hash: LogHash) -> (Log, String) {
    let mut log = Log::new(hash);
    let runs = [
        (1, "seed = \"a\""),
        (3, "seed = \"a\""),
        (1, "seed = \"b\""),
        (1, "seed = \"b\"\nobjective = \"score\""),
        (1, "seed = \"a\""),
        (1, "seed = \"a\"\nobjective = \"score\""),
    ];
    let text = runs.map(|(sample, policy)| log.append(&decision(sample, policy), "2026-04-01T08:30").unwrap());
    (log, text.concat())
}

#[test]
fn a_log_reads_back_and_tells_repeated_runs() {
    for &hash in LogHash::ALL {
        let (written, text) = log(hash);
        let read = Log::check(text.as_bytes(), Some(written.head())).unwrap();
        assert_eq!((&read, read.hash(), read.records().len()), (&written, hash, 6));
        let report = "record 2 repeats record 0: the same tables with another seed\n\
                      record 3 repeats record 0: the same tables with another seed and another policy\n\
                      record 4 repeats record 0: the same tables with the same outcome\n\
                      record 5 repeats record 0: the same tables with another policy\n";
        assert_eq!(read.report(Language::English), report);
        assert_eq!(read.report(Language::Chinese).lines().count(), 4);
        assert_eq!(read.records()[0].decision, hash.of(&decision(1, "seed = \"a\"")));
    }
}

#[test]
fn every_flipped_bit_dropped_byte_and_inserted_byte_is_found() {
    let (written, text) = log(LogHash::Sm3);
    let bytes = text.as_bytes();
    let head = Some(written.head());
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.to_vec();
            flipped[at] ^= 1 << bit;
            assert!(Log::check(&flipped, None).is_err(), "byte {at}, bit {bit}");
        }
        let dropped = [&bytes[..at], &bytes[at + 1..]].concat();
        assert!(Log::check(&dropped, None).is_err(), "byte {at} dropped");
        let inserted = [&bytes[..at], b" ", &bytes[at..]].concat();
        assert!(Log::check(&inserted, head).is_err(), "byte inserted at {at}");
    }
}

#[test]
fn every_dropped_swapped_doubled_and_foreign_record_is_found() {
    let (written, text) = log(LogHash::Sha256);
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let head = Some(written.head());
    for k in 0..lines.len() {
        let without = [&lines[..k], &lines[k + 1..]].concat().concat();
        let last = k + 1 == lines.len();
        let broken = if last { DecisionFault::OtherHead } else { DecisionFault::BrokenChain { record: k } };
        assert_eq!(Log::check(without.as_bytes(), head), Err(broken), "record {k} dropped");
        let doubled = [&lines[..=k], &lines[k..]].concat().concat();
        assert!(Log::check(doubled.as_bytes(), None).is_err(), "record {k} doubled");
        for other in 0..k {
            let mut swapped = lines.clone();
            swapped.swap(k, other);
            assert!(Log::check(swapped.concat().as_bytes(), None).is_err(), "records {other} and {k} swapped");
        }
    }
    // A record that is right in itself, of a chain by another hash.
    let mut other = Log::new(LogHash::Sm3);
    let foreign = other.append(&decision(1, ""), "").unwrap();
    assert_eq!(Log::check((text + &foreign).as_bytes(), None), Err(DecisionFault::BrokenChain { record: 6 }));
}

#[test]
fn a_label_is_no_free_text_and_what_is_no_decision_is_refused() {
    let mut log = Log::new(LogHash::Sha256);
    for label in ["a b", "张", "\"", &"x".repeat(65)] {
        assert_eq!(log.append(&decision(1, ""), label), Err(DecisionFault::wrong("label")));
    }
    assert!(log.append(b"{}", "").is_err());
    assert!(log.records().is_empty());
    assert_eq!(Log::check(b"", Some(log.head())), Ok(log));
}
