//! The floor: the time below which nothing that looks at every edge once can come.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::Instance;

/// The least time, in so many runs on one thread, of one streaming pass over all edges: read node and score, gather the
/// price, keep best and second best for each need.
///
/// Needs that want the same nodes stand beside each other, as in an engine that knows what memory costs.
#[must_use]
pub fn floor(instance: &Instance, runs: usize) -> Duration {
    let (indptr, edges) = neighbours_together(instance);
    let price: Vec<i32> = (0..instance.n_nodes()).map(|node| (node % 1000) as i32).collect();
    let times = (0..runs.max(1)).map(|_| {
        let start = Instant::now();
        black_box(pass(black_box(&indptr), black_box(&edges), black_box(&price)));
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn pass(indptr: &[usize], edges: &[(u32, i32)], price: &[i32]) -> i64 {
    let mut sum = 0;
    for row in indptr.windows(2) {
        let (mut best, mut second) = (i32::MIN, i32::MIN);
        for &(node, score) in &edges[row[0]..row[1]] {
            let worth = score - price[node as usize];
            second = second.max(best.min(worth));
            best = best.max(worth);
        }
        sum += i64::from(best) - i64::from(second);
    }
    sum
}

/// The rows of the needs in the order of the node that each scores best.
fn neighbours_together(instance: &Instance) -> (Vec<usize>, Vec<(u32, i32)>) {
    let best = |need: usize| instance.edges(need).max_by_key(|&(_, score)| score).map(|(node, _)| node);
    let mut order: Vec<(Option<u32>, usize)> = (0..instance.n_needs()).map(|need| (best(need), need)).collect();
    order.sort_unstable();
    let mut edges = Vec::with_capacity(instance.n_edges());
    let mut indptr = Vec::with_capacity(order.len() + 1);
    indptr.push(0);
    for (_, need) in order {
        edges.extend(instance.edges(need));
        indptr.push(edges.len());
    }
    (indptr, edges)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family;

    #[test]
    fn the_pass_sums_what_the_best_node_is_worth_above_the_second() {
        let edges = [(0, 10), (1, 7), (2, 9), (1, 4), (0, 9)];
        // Worth after prices: 5, 7, 9 and 4, 4.
        assert_eq!(pass(&[0, 3, 5], &edges, &[5, 0, 0]), 2);
    }

    #[test]
    fn every_edge_is_passed_with_those_of_its_need() {
        let instance = family("town").unwrap().generate(300, 3);
        let (indptr, edges) = neighbours_together(&instance);
        let rows = |n: usize, row: &dyn Fn(usize) -> Vec<(u32, i32)>| {
            let mut rows: Vec<_> = (0..n).map(row).collect();
            rows.sort();
            rows
        };
        let sorted = rows(indptr.len() - 1, &|k| edges[indptr[k]..indptr[k + 1]].to_vec());
        assert_eq!(sorted, rows(instance.n_needs(), &|need| instance.edges(need).collect()));
    }
}
