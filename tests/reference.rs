//! Reference: the same totals as the Hungarian method of `pathfinding` on dense instances.
//!
//! `python/test_reference.py` compares with OR-Tools on middle-sized sparse ones.

use needmatch::{Options, assign};
use needmatch_benches::{Instance, Random, family};
use needmatch_tests::check;
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

#[test]
fn small_dense_totals_equal_those_of_the_hungarian_method() {
    for seed in 0..3000 {
        let random = &mut Random::new(seed);
        let (rows, places) = (1 + random.below(12), 1 + random.below(3));
        let columns = rows.div_ceil(places) + random.below(4);
        let (low, high) = [(-3, 3), (0, 1), (-1_000_000, 1_000_000), (1, 1_000_000)][random.below(4)];
        let scores = Scores::draw(rows, columns, || random.between(low, high));
        assert_eq!(scores.our_total(places), scores.their_total(places), "seed {seed}");
    }
}

#[test]
fn middle_sized_dense_totals_equal_those_of_the_hungarian_method() {
    for name in ["dense_uniform", "dense_geometric", "dense_product"] {
        for (needs, seed) in [(60, 1), (60, 2), (150, 3), (300, 4)] {
            let instance = family(name).expect("a family of the table").generate(needs, seed).map_scores(i64::from);
            let scores = Scores { columns: needs, row_by_row: instance.score };
            assert_eq!(scores.our_total(1), scores.their_total(1), "{name} of {needs}, seed {seed}");
        }
    }
}

/// A full table of scores.
struct Scores {
    columns: usize,
    row_by_row: Vec<i64>,
}

impl Scores {
    fn draw(rows: usize, columns: usize, mut score: impl FnMut() -> i64) -> Self {
        Self { columns, row_by_row: (0..rows * columns).map(|_| score()).collect() }
    }

    /// The greatest total in which every row is served, each column having so many places.
    fn our_total(&self, places: usize) -> i128 {
        let mut instance = Instance::over(vec![places as u64; self.columns], vec![None; self.columns]);
        for row in self.row_by_row.chunks(self.columns) {
            instance.push_need((0..).zip(row.iter().copied()));
        }
        instance.tier = Some(vec![1; instance.n_needs()]);
        let network = instance.network().expect("a full table is a valid network");
        let assigned = assign(&network, &Options::default()).expect("a valid network has an answer");
        let claim = check(&instance, &assigned.node, &assigned.price).expect("the answer proves itself");
        assert_eq!(claim.tier, instance.n_needs() as i128, "there are enough places for every row");
        claim.score
    }

    /// The same by the peer, which knows only columns of one place: each column stands there as often as it has places.
    fn their_total(&self, places: usize) -> i128 {
        let rows = self.row_by_row.chunks(self.columns).map(|row| row.repeat(places));
        kuhn_munkres(&Matrix::from_rows(rows).expect("all rows have the same length")).0.into()
    }
}
