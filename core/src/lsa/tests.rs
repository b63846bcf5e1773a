//! Limits and faults of both functions, and what their checks refuse.

use super::lists::Lists;
use super::matrix::Matrix;
use super::repair::Solution;
use super::*;

pub(in crate::lsa) mod totals;

#[test]
fn large_integers_keep_their_last_digit() {
    // As 64-bit floats the two diagonals cost the same.
    let big = 1i64 << 62;
    let cost = [big, big, big + 1, big - 1];
    let straight = |goal| linear_sum_assignment(2, 2, Costs::Int(&cost), goal, &Options::default()).unwrap().column;
    assert_eq!(straight(Goal::Minimize), [0, 1]);
    assert_eq!(straight(Goal::Maximize), [1, 0]);
    let extremes = [i64::MIN, i64::MAX, i64::MAX, i64::MIN + 1];
    let pairs = linear_sum_assignment(2, 2, Costs::Int(&extremes), Goal::Maximize, &Options::default()).unwrap();
    assert_eq!(pairs.column, [1, 0]);
}

#[test]
fn arrays_that_do_not_fit_are_refused() {
    let options = Options::default();
    let code = |result: Result<Pairs, Error>| match result {
        Err(Error::Input(error)) => error.faults()[0].code,
        other => panic!("{other:?}"),
    };
    let cost = Costs::Int(&[1, 2]);
    let goal = Goal::Minimize;
    assert_eq!(code(linear_sum_assignment(2, 2, cost, goal, &options)), FaultCode::ArrayLength);
    assert_eq!(code(min_weight_full_matching(2, &[0, 1], &[0], cost, goal, &options)), FaultCode::ArrayLength);
    assert_eq!(code(min_weight_full_matching(2, &[0, 1], &[0, 1], cost, goal, &options)), FaultCode::RowPointers);
    assert_eq!(code(min_weight_full_matching(2, &[], &[0, 1], cost, goal, &options)), FaultCode::RowPointers);
    assert_eq!(code(min_weight_full_matching(1, &[0, 2], &[0, 1], cost, goal, &options)), FaultCode::IndexOutOfRange);
    assert_eq!(code(min_weight_full_matching(2, &[0, 2], &[1, 1], cost, goal, &options)), FaultCode::DuplicatePair);
    let none = Costs::Int(&[]);
    assert_eq!(code(min_weight_full_matching(1 << 40, &[0], &[], none, goal, &options)), FaultCode::TooManyRows);
    assert_eq!(code(linear_sum_assignment(1 << 40, 0, none, goal, &options)), FaultCode::TooManyRows);
    assert_eq!(code(linear_sum_assignment(1 << 40, 1 << 40, none, goal, &options)), FaultCode::TooManyRows);
}

#[test]
fn a_run_can_be_cancelled_and_its_memory_limited() {
    let control = Control::new();
    control.set_memory_budget(100);
    let options = Options { control: Some(&control), ..Options::default() };
    let run = || linear_sum_assignment(1, 1, Costs::Int(&[0]), Goal::Minimize, &options);
    assert!(matches!(run(), Err(Error::Limit { allowed: 100, .. })));
    control.set_memory_budget(0);
    control.cancel();
    assert_eq!(run(), Err(Error::Cancelled));
}

#[test]
fn a_count_confirms_only_lists_that_lack_nothing() {
    let (values, price) = ([5.0, 2.0, 4.0, 3.0, 1.0], [0.0, 1.0, 0.0, 0.0, 4.0]);
    let matrix = Matrix::new(&values, 5, 1.0);
    let confirms =
        |columns: &[u32], costs: &[f64], limit| check::has_all_below(&matrix, 0, &price, (columns, costs), limit);
    // With their prices they cost 5, 3, 4, 3, 5.
    assert!(confirms(&[1, 3], &[2.0, 3.0], 4.0));
    assert!(confirms(&[2, 3, 1], &[4.0, 3.0, 2.0], 5.0));
    assert!(confirms(&[4, 1, 3], &[1.0, 2.0, 3.0], 4.0));
    assert!(!confirms(&[1, 3], &[2.0, 3.0], 4.5));
    assert!(!confirms(&[1], &[2.0], 4.0));
    assert!(!confirms(&[1, 1], &[2.0, 2.0], 4.0));
    assert!(!confirms(&[1, 3], &[2.0, 2.0], 4.0));
}

/// Two rows that want the same column, a third that nobody needs, and the solution of the search.
fn small_solution() -> Solution<i64> {
    Solution { column: vec![1, 0], u: vec![3, 2], price: vec![1, 1, 0] }
}

const SMALL: [f64; 6] = [2.0, 2.0, 9.0, 1.0, 4.0, 9.0];

fn checked(solution: &Solution<i64>) -> [Result<(), Error>; 2] {
    let cost = |row: usize| (0..3).map(move |column| (column, SMALL[3 * row + column] as i64));
    let exact = Exact::new(Costs::Float(&SMALL), Goal::Minimize, |edge| edge / 3).unwrap();
    let matrix = Matrix::new(&SMALL, 3, 1.0);
    let (lists, start) = (Lists::empty(2, 2), [0.0; 3]);
    let whole = check::Whole {
        values: &SMALL,
        sign: 1.0,
        unit: 1.0,
        on_grid: true,
        largest: 9.0,
        lists: &lists,
        start: &start,
    };
    let rough = check::Whole { on_grid: false, largest: 2f64.powi(50), ..whole };
    let lists = Lists::shortest(&matrix, &start, 2, 1);
    assert_eq!(lists.is_counted, [true; 2]);
    let counted = check::Whole { lists: &lists, ..whole };
    let edge = |row: usize, column: usize| 3 * row + column;
    let over_all = [whole, rough, counted].map(|whole| check::optimal_over_all(&whole, &exact, edge, solution, 1));
    assert_eq!(over_all[0], over_all[1]);
    assert_eq!(over_all[0], over_all[2]);
    let [over_all, ..] = over_all;
    [check::optimal(2, solution, cost), over_all]
}

#[test]
fn the_checks_refuse_every_field_tampered_with() {
    assert_eq!(checked(&small_solution()), [Ok(()), Ok(())]);
    let refused = |change: &dyn Fn(&mut Solution<i64>)| {
        let mut solution = small_solution();
        change(&mut solution);
        for result in checked(&solution) {
            assert!(matches!(result, Err(Error::InternalCheck { .. })), "{solution:?}");
        }
    };
    for change in [-1, 1] {
        for row in 0..2 {
            refused(&|solution| solution.u[row] += change);
        }
        for column in 0..2 {
            refused(&|solution| solution.price[column] += change);
        }
    }
    // What is left over must not be dearer than what is taken.
    refused(&|solution| solution.price[2] = 2);
    for row in 0..2 {
        refused(&|solution| solution.column[row] = 2);
    }
    refused(&|solution| solution.column = vec![0, 0]);
    refused(&|solution| solution.column = vec![0]);
}
