//! Reading under a control.

use super::*;
use crate::control::Control;
use crate::error::{Error, Limit};

fn read_under(tables: &Tables, control: &Control) -> Result<Problem, Error> {
    Problem::with_control(tables, Policy::default(), control)
}

#[test]
fn a_control_without_limits_changes_nothing() {
    let problem = read_under(&sound(), &Control::new()).unwrap();
    assert_eq!(problem.input_digest(), read(&sound()).unwrap().input_digest());
    let wrong = changed(TableName::Needs, "risk", None);
    assert_eq!(read_under(&wrong, &Control::new()).unwrap_err(), Error::Input(read(&wrong).unwrap_err()));
}

#[test]
fn a_cancelled_control_stops_the_reading() {
    let control = Control::new();
    control.cancel();
    assert_eq!(read_under(&sound(), &control).unwrap_err(), Error::Cancelled);
}

#[test]
fn ten_million_rows_are_refused_by_a_budget_of_a_hundred_megabytes() {
    const N: usize = 10_000_000;
    let needs = Table::new().with("need_id", Column::Int(Values::new((0..N as i64).collect())));
    let control = Control::new();
    control.set_memory_budget(100_000_000);
    let error = read_under(&Tables { needs, ..sound() }, &control).unwrap_err();
    let Error::Limit { limit: Limit::MemoryBytes, needed, allowed: 100_000_000 } = error else {
        panic!("refused for another reason: {error}");
    };
    assert!((1_000_000_000..5_000_000_000).contains(&needed));
    assert!(read_under(&sound(), &control).is_ok(), "the budget is enough for a few rows");
}
