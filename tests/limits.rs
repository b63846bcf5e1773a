//! Limits: a run keeps to its memory budget or says so at once, and ends soon after it is cancelled.

use std::time::{Duration, Instant};

use needmatch::{Assigned, Control, Error, Limit, Network, Options, Policy, Problem, Stage, assign, solve};
use needmatch_benches::measure::peak_memory;
use needmatch_benches::{FAMILIES, Instance, family};
use needmatch_jincheng::{DEFAULT_SEED, Size, jincheng};

/// What is resident comes in pages and with the stacks of threads, and freed memory stays for a while.
const DOUBT: u64 = 16 << 20;

// One test, so that nothing else runs while memory is measured.
#[test]
fn runs_keep_to_their_limits() {
    ten_million_needs_are_refused_at_once_under_a_small_budget();
    what_a_refusal_says_is_enough_and_no_less_is_accepted();
    a_problem_is_refused_under_a_small_budget();
    cancelled_runs_end_soon_and_leave_nothing_behind();
    cancelling_beforehand_does_nothing_at_all();
}

fn ten_million_needs_are_refused_at_once_under_a_small_budget() {
    let n_needs = 10_000_000;
    let indptr: Vec<usize> = (0..=n_needs).collect();
    let (node, score) = (vec![0u32; n_needs], vec![1i32; n_needs]);
    let network = Network::new(&indptr, &node, &score, &[5]).expect("a valid network");
    let control = Control::new();
    control.set_memory_budget(100_000_000);
    let start = Instant::now();
    let (peak, outcome) = peak_memory(|| assign(&network, &with(&control)));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert!(
        matches!(outcome, Err(Error::Limit { limit: Limit::MemoryBytes, allowed: 100_000_000, .. })),
        "{outcome:?}"
    );
    assert!(peak.is_none_or(|bytes| bytes < 100_000_000 + DOUBT), "{peak:?}");
}

fn what_a_refusal_says_is_enough_and_no_less_is_accepted() {
    for name in ["town", "tiers", "deep", "direct", "uniform", "caseload_1", "planted"] {
        let instance = family(name).expect("a family of the table").generate(20_000, 41);
        let network = instance.network().expect("a valid network");
        // Twice the memory would be taken by a copy of the edges in 64 bits: a budget that is too low is noticed.
        let mut budget = 1;
        let assigned = loop {
            let control = Control::new();
            control.set_memory_budget(budget);
            let (peak, outcome) = peak_memory(|| assign(&network, &with(&control)));
            match outcome {
                Err(Error::Limit { needed, allowed, .. }) => {
                    assert_eq!(allowed, budget, "{name}");
                    assert!(needed > budget, "{name}");
                    budget = needed;
                }
                other => {
                    assert!(peak.is_none_or(|bytes| bytes < budget + DOUBT), "{name}: {peak:?} of {budget}");
                    break other.expect("an answer");
                }
            }
        };
        assert_eq!(assigned, solved(&instance), "{name}: a budget changes no answer");
    }
}

fn a_problem_is_refused_under_a_small_budget() {
    let tables = jincheng(Size::County, DEFAULT_SEED);
    let problem = Problem::new(&tables, Policy::default()).expect("the sample is valid");
    let control = Control::new();
    control.set_memory_budget(100_000);
    let outcome = solve(&problem, &with(&control));
    assert!(matches!(outcome, Err(Error::Limit { limit: Limit::MemoryBytes, .. })), "{:?}", outcome.map(|_| ()));
}

fn cancelled_runs_end_soon_and_leave_nothing_behind() {
    for family in FAMILIES.iter().filter(|family| !family.name.starts_with("dense")) {
        let instance = family.generate(30_000, 42);
        let network = instance.network().expect("a valid network");
        let control = Control::new();
        let (outcome, delay) = std::thread::scope(|scope| {
            let run = scope.spawn(|| {
                let outcome = assign(&network, &with(&control));
                (outcome, Instant::now())
            });
            while control.progress().stage == Stage::Idle && !run.is_finished() {
                std::thread::yield_now();
            }
            std::thread::sleep(Duration::from_millis(5));
            let asked = Instant::now();
            control.cancel();
            let (outcome, ended) = run.join().expect("no panic");
            (outcome, ended.saturating_duration_since(asked))
        });
        match outcome {
            Err(error) => assert_eq!(error, Error::Cancelled, "{}", family.name),
            // A run may have ended before it was asked to.
            Ok(assigned) => assert_eq!(assigned, solved(&instance), "{}", family.name),
        }
        assert!(delay < Duration::from_secs(1), "{}: {delay:?}", family.name);
    }
}

fn cancelling_beforehand_does_nothing_at_all() {
    let control = Control::new();
    control.cancel();
    let instance = family("town").expect("a family of the table").generate(1000, 43);
    assert_eq!(assign(&instance.network().expect("a valid network"), &with(&control)), Err(Error::Cancelled));
    let tables = jincheng(Size::Pilot, DEFAULT_SEED);
    let problem = Problem::new(&tables, Policy::default()).expect("the sample is valid");
    assert!(matches!(solve(&problem, &with(&control)), Err(Error::Cancelled)));
    assert_eq!(control.progress().stage, Stage::Idle);
}

fn solved(instance: &Instance) -> Assigned {
    assign(&instance.network().expect("a valid network"), &Options::default()).expect("an answer")
}

fn with(control: &Control) -> Options<'_> {
    Options { control: Some(control), ..Default::default() }
}
