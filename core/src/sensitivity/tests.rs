//! Every loss equals that of solving anew, and every chain is feasible and of exactly that loss.

use super::*;
use crate::oracle::{Arrays, best_flow};
use crate::solve;

const N_SEEDS: u64 = 20_000;

/// A network with its optimum and what can be asked of it.
struct Case {
    arrays: Arrays,
    flow: Flow,
    total: Total,
    sensitivity: Sensitivity,
}

impl Case {
    fn new(seed: u64) -> Self {
        let arrays = Arrays::random(seed);
        let flow = optimum(&arrays);
        let total = total_of(&arrays, &flow.node).expect("an optimum is feasible");
        let sensitivity = Sensitivity::new(&arrays.network(), &flow, &Control::new()).unwrap();
        Self { arrays, flow, total, sensitivity }
    }

    fn edges(&self, need: u32) -> Vec<(u32, Total)> {
        let row = self.arrays.indptr[need as usize]..self.arrays.indptr[need as usize + 1];
        let tier = self.arrays.tier[need as usize].into();
        row.map(|k| (self.arrays.node[k], Total { tier, score: self.arrays.score[k].into() })).collect()
    }

    fn back(&self, need: u32) -> Ways {
        self.sensitivity.ways_back(self.sensitivity.vertex(need))
    }

    /// The chain leads from the optimum to a matching that fits into `capacity` and loses what it says.
    fn check(&self, change: &Change, capacity: &[u64], what: &str) -> Vec<Option<u32>> {
        let mut node = self.flow.node.clone();
        let (mut entered, mut left) = (0, 0);
        for &Move { need, from, to } in &change.moves {
            assert_eq!(node[need as usize], from, "{what}: a need moves once, from where it is");
            node[need as usize] = to;
            entered += u32::from(from.is_none() && to.is_some());
            left += u32::from(to.is_none());
        }
        assert!(entered <= 1 && left <= 1, "{what}");
        let changed = Arrays { capacity: capacity.to_vec(), ..self.arrays.clone() };
        let total = total_of(&changed, &node).unwrap_or_else(|| panic!("{what}: the chain is not feasible"));
        assert_eq!(self.total - total, change.loss, "{what}: the chain loses what it says");
        node
    }
}

fn optimum(arrays: &Arrays) -> Flow {
    let (network, control) = (arrays.network(), Control::new());
    let optimum = solve::solve(&network, &control).unwrap();
    solve::canonical(&network, &optimum, &control).unwrap()
}

fn solved_total(arrays: &Arrays) -> Total {
    total_of(arrays, &optimum(arrays).node).unwrap()
}

/// The total of a flow, or `None` where it is off the edges or above a capacity.
fn total_of(arrays: &Arrays, node: &[Option<u32>]) -> Option<Total> {
    let mut free = arrays.capacity.clone();
    let mut total = Total::ZERO;
    for (need, &place) in node.iter().enumerate() {
        let Some(v) = place else { continue };
        let row = arrays.indptr[need]..arrays.indptr[need + 1];
        let k = row.into_iter().find(|&k| arrays.node[k] == v)?;
        total += Total { tier: arrays.tier[need].into(), score: arrays.score[k].into() };
        let mut at = Some(v);
        while let Some(v) = at {
            free[v as usize] = free[v as usize].checked_sub(1)?;
            at = arrays.parent[v as usize];
        }
    }
    Some(total)
}

/// The arrays without some edges of a need.
fn without(arrays: &Arrays, need: u32, gone: impl Fn(u32) -> bool) -> Arrays {
    let mut left = Arrays { indptr: vec![0], node: Vec::new(), score: Vec::new(), ..arrays.clone() };
    for row in 0..arrays.tier.len() {
        for k in arrays.indptr[row]..arrays.indptr[row + 1] {
            if row != need as usize || !gone(arrays.node[k]) {
                left.node.push(arrays.node[k]);
                left.score.push(arrays.score[k]);
            }
        }
        left.indptr.push(left.node.len());
    }
    left
}

/// The best total with a need at a node, found by taking both away and solving the rest.
fn forced_total(arrays: &Arrays, need: u32, node: u32, worth: Total) -> Option<Total> {
    let mut rest = without(arrays, need, |_| true);
    let mut at = Some(node);
    while let Some(v) = at {
        rest.capacity[v as usize] = rest.capacity[v as usize].checked_sub(1)?;
        at = arrays.parent[v as usize];
    }
    Some(worth + solved_total(&rest))
}

#[test]
fn a_forced_pair_loses_what_solving_anew_loses() {
    let (mut compared, mut impossible) = (0, 0);
    for seed in 0..N_SEEDS {
        let case = Case::new(seed);
        for need in 0..case.arrays.tier.len() as u32 {
            let back = case.back(need);
            for (node, worth) in case.edges(need) {
                let what = format!("seed {seed}, need {need} at {node}");
                let forced = case.sensitivity.if_forced(&back, need, node, worth);
                let expected = forced_total(&case.arrays, need, node, worth);
                assert_eq!(forced.as_ref().map(|change| case.total - change.loss), expected, "{what}");
                assert_eq!(case.sensitivity.loss_if_forced(&back, need, node, worth), forced.as_ref().map(|c| c.loss));
                if let Some(change) = forced {
                    let placed = case.check(&change, &case.arrays.capacity, &what);
                    assert_eq!(placed[need as usize], Some(node), "{what}");
                    compared += 1;
                } else {
                    impossible += 1;
                }
            }
        }
    }
    assert!(compared > 80_000 && impossible > 40_000, "{compared} and {impossible}");
}

#[test]
fn a_forbidden_pair_loses_what_solving_anew_loses() {
    let mut compared = 0;
    for seed in 0..N_SEEDS {
        let case = Case::new(seed);
        for need in 0..case.arrays.tier.len() as u32 {
            let Some(node) = case.flow.node[need as usize] else { continue };
            let what = format!("seed {seed}, need {need} not at {node}");
            let change = case.sensitivity.if_forbidden(&case.back(need), need, case.edges(need).into_iter());
            let expected = solved_total(&without(&case.arrays, need, |v| v == node));
            assert_eq!(case.total - change.loss, expected, "{what}");
            let placed = case.check(&change, &case.arrays.capacity, &what);
            assert_ne!(placed[need as usize], Some(node), "{what}");
            compared += 1;
        }
    }
    assert!(compared > 30_000, "{compared}");
}

#[test]
fn a_place_more_or_fewer_is_worth_what_solving_anew_says() {
    let (mut gains, mut losses) = (0, 0);
    for seed in 0..N_SEEDS {
        let case = Case::new(seed);
        let values = case.sensitivity.values(&Control::new()).unwrap();
        for (v, value) in values.iter().enumerate() {
            let what = format!("seed {seed}, node {v}");
            let mut changed = case.arrays.clone();
            changed.capacity[v] += 1;
            assert_eq!(case.total - value.more.loss, solved_total(&changed), "{what}, one more");
            case.check(&value.more, &changed.capacity, &what);
            gains += u32::from(value.more.loss < Total::ZERO);
            if case.arrays.capacity[v] == 0 {
                assert_eq!(value.fewer, None, "{what}");
                continue;
            }
            changed.capacity[v] -= 2;
            let fewer = value.fewer.as_ref().unwrap();
            assert_eq!(case.total - fewer.loss, solved_total(&changed), "{what}, one fewer");
            case.check(fewer, &changed.capacity, &what);
            losses += u32::from(fewer.loss > Total::ZERO);
        }
    }
    assert!(gains > 5_000 && losses > 5_000, "{gains} and {losses}");
}

#[test]
fn trying_everything_agrees() {
    for seed in 0..300 {
        let case = Case::new(seed);
        for need in 0..case.arrays.tier.len() as u32 {
            let Some(node) = case.flow.node[need as usize] else { continue };
            let change = case.sensitivity.if_forbidden(&case.back(need), need, case.edges(need).into_iter());
            let left = without(&case.arrays, need, |v| v == node);
            assert_eq!(case.total - change.loss, best_flow(&left.network()).0, "seed {seed}, need {need}");
        }
    }
}

#[test]
fn other_prices_that_prove_the_same_optimum_give_the_same_answers() {
    for seed in 0..2_000 {
        let case = Case::new(seed);
        let network = case.arrays.network();
        let prices = solve::solve(&network, &Control::new()).unwrap().price;
        let other =
            Sensitivity::new(&network, &Flow { node: case.flow.node.clone(), price: prices }, &Control::new()).unwrap();
        let values = |sensitivity: &Sensitivity| sensitivity.values(&Control::new()).unwrap();
        assert_eq!(values(&other), values(&case.sensitivity), "seed {seed}");
        for need in 0..case.arrays.tier.len() as u32 {
            let back = other.ways_back(other.vertex(need));
            for (node, worth) in case.edges(need) {
                let expected = case.sensitivity.if_forced(&case.back(need), need, node, worth);
                assert_eq!(other.if_forced(&back, need, node, worth), expected, "seed {seed}");
            }
        }
    }
}

#[test]
fn of_equal_chains_the_one_with_fewest_moves_is_told() {
    // Two needs of equal worth fill the two places of node 0, which stands under node 1; a third wants in.
    let arrays = Arrays {
        indptr: vec![0, 1, 3, 4],
        node: vec![0, 0, 2, 0],
        score: vec![5, 5, 0, 5],
        capacity: vec![2, 2, 1],
        parent: vec![Some(1), None, None],
        tier: vec![1, 1, 1],
    };
    let flow = optimum(&arrays);
    // The second can go elsewhere, so all are served.
    assert_eq!(flow.node, [Some(0), Some(2), Some(0)]);
    let sensitivity = Sensitivity::new(&arrays.network(), &flow, &Control::new()).unwrap();
    let forced = sensitivity.if_forced(&sensitivity.ways_back(2), 1, 0, Total { tier: 1, score: 5 }).unwrap();
    let first = Move { need: 1, from: Some(2), to: Some(0) };
    // Of the two needs that could leave, it is the first.
    assert_eq!(forced.moves, [first, Move { need: 0, from: Some(0), to: None }]);
    assert_eq!(forced.loss, Total { tier: 1, score: 0 });
    let values = sensitivity.values(&Control::new()).unwrap();
    // One place more at either of two full nodes, one above the other, helps nobody.
    assert_eq!(values[0].more, Change::none());
    assert_eq!(values[1].more, Change::none());
}

#[test]
fn a_tight_set_has_no_more_places_than_it_says() {
    let mut sets = 0;
    for seed in 0..N_SEEDS {
        let case = Case::new(seed);
        let nodes: Vec<Vec<u32>> = (0..case.arrays.tier.len() as u32)
            .map(|need| case.edges(need).iter().map(|edge| edge.0).collect())
            .collect();
        let found = case.sensitivity.shortages(|need| &nodes[need as usize]);
        for set in &found.sets {
            let places: u64 = set.binding.iter().map(|&v| case.arrays.capacity[v as usize]).sum();
            assert_eq!(set.needs.len() as u64, places + set.short.len() as u64, "seed {seed}");
            assert!(set.needs.iter().all(|&need| nodes[need as usize].iter().all(|v| set.nodes.contains(v))));
            for &v in &set.nodes {
                let path = std::iter::successors(Some(v), |&v| case.arrays.parent[v as usize]);
                assert_eq!(path.filter(|v| set.binding.contains(v)).count(), 1, "seed {seed}, node {v}");
            }
            // Nobody else in the way, and nothing to choose between: as many are served as there are places.
            let mut alone = case.arrays.clone();
            alone.score.fill(0);
            alone.tier.fill(1);
            for need in (0..alone.tier.len() as u32).filter(|need| !set.needs.contains(need)) {
                alone = without(&alone, need, |_| true);
            }
            assert_eq!(solved_total(&alone).tier as u64, places, "seed {seed}");
            sets += 1;
        }
        let n_short: usize = found.sets.iter().map(|set| set.short.len()).sum();
        let out = |&need: &usize| case.flow.node[need].is_none() && !nodes[need].is_empty();
        assert_eq!(n_short + found.not_short.len(), (0..nodes.len()).filter(out).count(), "seed {seed}");
        // Whoever could be served at a loss of score counts nothing in coverage, or the optimum would serve it.
        assert!(found.not_short.iter().all(|&need| case.arrays.tier[need as usize] == 0), "seed {seed}");
    }
    assert!(sets > 2_000, "{sets}");
}
