//! Both functions against every assignment there is, on tiny matrices.

use super::*;

/// The least cost over all ways to pair the fewer side, or `None`; infinity forbids.
fn brute_force(cost: &[Vec<f64>]) -> Option<f64> {
    let n_columns = cost.first().map_or(0, Vec::len);
    let (n, m) = (cost.len(), n_columns);
    fn extend(k: usize, small: usize, used: &mut Vec<bool>, cost: &dyn Fn(usize, usize) -> f64) -> f64 {
        if k == small {
            return 0.0;
        }
        let mut best = f64::INFINITY;
        for j in 0..used.len() {
            if !used[j] {
                used[j] = true;
                best = best.min(cost(k, j) + extend(k + 1, small, used, cost));
                used[j] = false;
            }
        }
        best
    }
    let best = if n <= m {
        extend(0, n, &mut vec![false; m], &|i, j| cost[i][j])
    } else {
        extend(0, m, &mut vec![false; n], &|j, i| cost[i][j])
    };
    best.is_finite().then_some(best)
}

/// A small generator: a multiplicative step and the upper bits.
fn below(state: &mut u64, bound: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % bound
}

fn total(cost: &[Vec<f64>], pairs: &Pairs) -> f64 {
    pairs.row.iter().zip(&pairs.column).map(|(&i, &j)| cost[i as usize][j as usize]).sum()
}

#[test]
fn totals_equal_brute_force_on_small_matrices_of_all_shapes() {
    let mut state = 7;
    for round in 0..3000 {
        let (n, m) = (below(&mut state, 5) as usize, below(&mut state, 5) as usize);
        let values = if round % 2 == 0 { 4 } else { 1000 };
        let mut cost = vec![vec![0.0; m]; n];
        for c in cost.iter_mut().flatten() {
            *c = below(&mut state, values) as f64 / 8.0 - 1.0;
            if below(&mut state, 4) == 0 {
                *c = f64::INFINITY;
            }
        }
        let expected = brute_force(&cost);
        let flat = cost.concat();
        let options = Options::default();
        let dense = linear_sum_assignment(n, m, Costs::Float(&flat), Goal::Minimize, &options);
        let negated: Vec<f64> = flat.iter().map(|c| -c).collect();
        let mirrored = linear_sum_assignment(n, m, Costs::Float(&negated), Goal::Maximize, &options);
        assert_eq!(dense, mirrored, "round {round}");
        let indptr: Vec<usize> = (0..=n).map(|i| i * m).collect();
        let column: Vec<u32> = (0..n).flat_map(|_| 0..m as u32).collect();
        let sparse = min_weight_full_matching(m, &indptr, &column, Costs::Float(&flat), Goal::Minimize, &options);
        assert_eq!(dense, sparse, "round {round}");
        match expected {
            Some(expected) => {
                let pairs = dense.unwrap();
                assert_eq!(pairs.row.len(), n.min(m), "round {round}");
                assert!(pairs.row.is_sorted(), "round {round}");
                assert_eq!(total(&cost, &pairs), expected, "round {round}");
            }
            None => {
                let Err(Error::Input(error)) = dense else { panic!("round {round}: {dense:?}") };
                assert_eq!(error.faults()[0].code, FaultCode::NoFullAssignment, "round {round}");
            }
        }
    }
}

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
fn the_check_refuses_every_field_tampered_with() {
    let mut rows = Rows::new(3);
    rows.push([(0, 1i64), (1, 2), (2, 9)].into_iter());
    rows.push([(0, 1), (1, 4), (2, 9)].into_iter());
    let found = || paths::cheapest(&rows, &Control::new()).unwrap().unwrap();
    assert_eq!(check::optimal(&rows, &found()), Ok(()));
    for row in 0..2 {
        for change in [-1, 1] {
            let mut solution = found();
            solution.u[row] += change;
            assert!(check::optimal(&rows, &solution).is_err());
        }
        let mut solution = found();
        solution.column[row] = 2;
        assert!(check::optimal(&rows, &solution).is_err());
    }
    for column in 0..3 {
        for change in [-1, 1] {
            let mut solution = found();
            solution.v[column] += change;
            assert!(check::optimal(&rows, &solution).is_err());
        }
    }
    let mut solution = found();
    solution.column = vec![0, 0];
    assert!(check::optimal(&rows, &solution).is_err());
    solution.column = vec![0];
    assert!(check::optimal(&rows, &solution).is_err());
}
