//! Totals of both functions: against every assignment there is on tiny matrices, and against the plainest method known on
//! middle ones.

use super::*;

/// A small generator: a multiplicative step and the upper bits.
pub(in crate::lsa) struct Random(pub(in crate::lsa) u64);

impl Random {
    pub(in crate::lsa) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// What costs look like: of a few levels, of some digits, of all digits of a float, of very different sizes, products, and
/// levels each twice the one before.
pub(in crate::lsa) const N_KINDS: usize = 7;

/// A cost as an integer; the float that stands for it is exactly this times [`UNIT`].
pub(in crate::lsa) fn cost(kind: usize, row: usize, column: usize, random: &mut Random) -> i128 {
    let digits = |random: &mut Random| i128::from(random.below(1 << 26) << 26 | random.below(1 << 26)) + (1 << 52);
    match kind {
        0 => i128::from(random.below(3)) - 1,
        1 => i128::from(random.below(1000)),
        // Few levels, but each with all its digits, so that sums of floats are not exact.
        2 => [0x13_3333_3333_3333, 0x19_9999_9999_999a, 0x1c_cccc_cccc_cccd][random.below(3) as usize],
        3 => digits(random),
        4 => digits(random) << random.below(30),
        5 => (row as i128 + 1) * (column as i128 + 1),
        _ => 1 << ((row + 1) * (column + 1) / 100).min(50),
    }
}

const UNIT: f64 = 1.0 / (1u128 << 70) as f64;

/// A matrix of integers in which `None` forbids.
#[derive(Clone, Debug)]
pub(in crate::lsa) struct Table {
    pub(in crate::lsa) n: usize,
    pub(in crate::lsa) m: usize,
    pub(in crate::lsa) cost: Vec<Option<i128>>,
}

impl Table {
    pub(in crate::lsa) fn random(n: usize, m: usize, kind: usize, one_forbidden_of: u64, random: &mut Random) -> Self {
        let mut cost = Vec::with_capacity(n * m);
        for (row, column) in (0..n).flat_map(|row| (0..m).map(move |column| (row, column))) {
            let is_forbidden = one_forbidden_of > 0 && random.below(one_forbidden_of) == 0;
            cost.push((!is_forbidden).then(|| self::cost(kind, row, column, random)));
        }
        Self { n, m, cost }
    }

    pub(in crate::lsa) fn floats(&self, sign: f64) -> Vec<f64> {
        self.cost.iter().map(|cost| sign * cost.map_or(f64::INFINITY, |cost| cost as f64 * UNIT)).collect()
    }

    fn flipped(&self) -> Self {
        let cost =
            (0..self.m).flat_map(|column| (0..self.n).map(move |row| self.cost[row * self.m + column])).collect();
        Self { n: self.m, m: self.n, cost }
    }

    fn total(&self, pairs: &Pairs) -> Option<i128> {
        pairs.row.iter().zip(&pairs.column).map(|(&i, &j)| self.cost[i as usize * self.m + j as usize]).sum()
    }

    /// The least total over all ways to pair the rows, which must be the fewer.
    fn by_brute_force(&self) -> Option<i128> {
        fn extend(table: &Table, row: usize, used: &mut Vec<bool>) -> Option<i128> {
            if row == table.n {
                return Some(0);
            }
            let mut best = None;
            for column in 0..table.m {
                let Some(cost) = table.cost[row * table.m + column].filter(|_| !used[column]) else { continue };
                used[column] = true;
                let total = extend(table, row + 1, used).map(|rest| cost + rest);
                used[column] = false;
                best = best.into_iter().chain(total).min();
            }
            best
        }
        extend(self, 0, &mut vec![false; self.m])
    }

    /// The least total by one search per row over all columns, without lists, queues or prices to start from.
    pub(in crate::lsa) fn by_plain_search(&self) -> Option<i128> {
        let (mut price, mut row_of) = (vec![0; self.m], vec![None; self.m]);
        for start in 0..self.n {
            let (mut far, mut before, mut done) = (vec![None; self.m], vec![None; self.m], vec![false; self.m]);
            let (mut row, mut so_far, mut by) = (start, 0, None);
            let end = loop {
                // What the row has costs it this much with its price; the row that starts has nothing to lose.
                let own = by.map_or(0, |column: usize| self.cost[row * self.m + column].unwrap() + price[column]);
                for column in (0..self.m).filter(|&column| !done[column]) {
                    let Some(cost) = self.cost[row * self.m + column] else { continue };
                    let distance = so_far + cost + price[column] - own;
                    if far[column].is_none_or(|far| distance < far) {
                        (far[column], before[column]) = (Some(distance), by);
                    }
                }
                let open = (0..self.m).filter(|&column| !done[column] && far[column].is_some());
                let nearest = open.min_by_key(|&column| far[column])?;
                so_far = far[nearest].unwrap();
                match row_of[nearest] {
                    None => break nearest,
                    Some(next) => {
                        done[nearest] = true;
                        (row, by) = (next, Some(nearest));
                    }
                }
            };
            for column in (0..self.m).filter(|&column| done[column]) {
                price[column] += so_far - far[column].unwrap();
            }
            let mut column = end;
            while let Some(previous) = before[column] {
                row_of[column] = row_of[previous];
                column = previous;
            }
            row_of[column] = Some(start);
        }
        Some((0..self.m).filter_map(|column| Some(self.cost[row_of[column]? * self.m + column].unwrap())).sum())
    }
}

/// Solves in every form there is, and compares the totals.
fn solve_all_ways(table: &Table, expected: Option<i128>, name: &str) {
    let (n, m, options) = (table.n, table.m, Options { threads: Some(2), ..Options::default() });
    let indptr: Vec<usize> = (0..=n).map(|row| row * m).collect();
    let column: Vec<u32> = (0..n).flat_map(|_| 0..m as u32).collect();
    let is_right = |pairs: Result<Pairs, Error>, form: &str| match (pairs, expected) {
        (Ok(pairs), Some(expected)) => {
            assert_eq!(pairs.row.len(), n.min(m), "{name}, {form}");
            assert!(pairs.row.is_sorted(), "{name}, {form}");
            assert_eq!(table.total(&pairs), Some(expected), "{name}, {form}");
        }
        (Err(Error::Input(error)), None) => {
            assert_eq!(error.faults()[0].code, FaultCode::NoFullAssignment, "{name}, {form}");
        }
        (pairs, _) => panic!("{name}, {form}: {pairs:?} instead of {expected:?}"),
    };
    for (goal, sign) in [(Goal::Minimize, 1.0), (Goal::Maximize, -1.0)] {
        let floats = table.floats(sign);
        let floats = Costs::Float(&floats);
        is_right(linear_sum_assignment(n, m, floats, goal, &options), "dense");
        is_right(min_weight_full_matching(m, &indptr, &column, floats, goal, &options), "sparse");
        let integer = |cost: &Option<i128>| cost.and_then(|cost| i64::try_from(sign as i128 * cost).ok());
        let integers: Option<Vec<i64>> = table.cost.iter().map(integer).collect();
        if let Some(integers) = integers {
            is_right(linear_sum_assignment(n, m, Costs::Int(&integers), goal, &options), "dense integers");
        }
    }
}

#[test]
fn totals_equal_brute_force_on_tiny_matrices_of_all_shapes() {
    let mut random = Random(7);
    for round in 0..40_000 {
        let (n, m) = (random.below(6) as usize, random.below(6) as usize);
        let table = Table::random(n, m, round % N_KINDS, random.below(5), &mut random);
        let expected = if n <= m { table.by_brute_force() } else { table.flipped().by_brute_force() };
        solve_all_ways(&table, expected, &format!("round {round}"));
    }
}

#[test]
fn totals_equal_those_of_the_plainest_method_on_middle_matrices() {
    let mut random = Random(11);
    for round in 0..600 {
        let (n, m) = (10 + random.below(50) as usize, 10 + random.below(50) as usize);
        let m = if round % 3 == 0 { n } else { m };
        let table = Table::random(n, m, round % N_KINDS, random.below(4), &mut random);
        let expected = if n <= m { table.by_plain_search() } else { table.flipped().by_plain_search() };
        solve_all_ways(&table, expected, &format!("round {round}"));
    }
}

#[test]
fn totals_equal_those_of_the_plainest_method_where_samples_are_taken() {
    let mut random = Random(13);
    for kind in 0..N_KINDS {
        for one_forbidden_of in [0, 3] {
            let table = Table::random(150, 150, kind, one_forbidden_of, &mut random);
            solve_all_ways(&table, table.by_plain_search(), &format!("kind {kind}"));
        }
    }
}
