//! The repair from prices, lists and auctions that are as bad as can be.

use super::*;
use crate::lsa::auction::Auction;
use crate::lsa::lists::Lists;
use crate::lsa::repair::Arithmetic;
use crate::lsa::start::Plan;
use crate::lsa::tests::totals::{N_KINDS, Random, Table};

#[test]
fn any_prices_lists_and_phases_end_at_the_same_total() {
    let mut random = Random(17);
    let control = Control::new();
    for round in 0..6000 {
        let n = 1 + random.below(24) as usize;
        let m = n + if round % 2 == 0 { 0 } else { random.below(20) as usize };
        let table = Table::random(n, m, round % N_KINDS, random.below(3) * 3, &mut random);
        let values = table.floats(1.0);
        let costs = Costs::Float(&values);
        let step = step_of(costs);
        let (scan, _) = scanned(&Matrix::new(&values, m, 1.0), step, false, 1);
        let unit = unit(costs, &scan);
        let exact = Exact::of_checked(costs, Goal::Minimize, unit, scan.largest);
        let instance = Instance {
            matrix: Matrix::new(&values, m, 1.0),
            shape: Shape { n_rows: n, n_columns: m, flipped: false },
            exact: &exact,
            on_grid: scan.on_grid,
            is_lossless: true,
            unit,
            largest: scan.largest,
            some_forbidden: scan.n_infinite > 0,
            n_threads: 1 + random.below(3) as usize,
            control: &control,
        };
        let plan = Plan {
            length: 1 + random.below(6) as usize,
            first: random.below(5) as f64,
            last: random.below(3) as f64 / 4.0,
            step: 1.0 + random.below(9) as f64 / 2.0 + 0.1,
        };
        let range = random.below(4) as f64 / 2.0;
        let price = (0..m).map(|_| random.below(1000) as f64 / 1000.0 * range * scan.largest).collect();
        let columns = if exact.fits_64_bits(m) && round % 4 > 1 {
            solved::<i64>(&instance, &plan, price)
        } else {
            solved::<i128>(&instance, &plan, price)
        };
        let total = columns.map(|columns| {
            columns
                .iter()
                .enumerate()
                .map(|(row, &column)| table.cost[row * m + column as usize].unwrap())
                .sum::<i128>()
        });
        assert_eq!(total, table.by_plain_search(), "round {round}");
    }
}

/// Square matrices from any prices, by an auction or without one; others from the same price for all columns, or filled
/// up to squares.
fn solved<T: Arithmetic>(instance: &Instance<'_, f64>, plan: &Plan, price: Vec<f64>) -> Option<Vec<u32>> {
    let (n_rows, n_columns) = (instance.shape.n_rows, instance.shape.n_columns);
    let zeros = vec![0.0; n_columns];
    let is_filled = n_rows < n_columns && plan.length.is_multiple_of(2);
    let matrix = if is_filled { instance.matrix.filled(&zeros) } else { instance.matrix };
    let instance = Instance { matrix, ..*instance };
    let auction = if n_rows == n_columns || is_filled {
        instance.auctioned(price, plan).unwrap()
    } else {
        let price = vec![price[0]; n_columns];
        let lists = Lists::shortest(&matrix, &price, plan.length, 1);
        Auction::new(Some(matrix), lists, price, f64::INFINITY)
    };
    let solution = instance.repair::<T>(&auction).unwrap().run(instance.control).unwrap();
    instance.proved(solution, &auction).unwrap()
}
