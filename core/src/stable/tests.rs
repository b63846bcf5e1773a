//! Deferred acceptance against brute force, in the words of the definition.

use super::*;
use crate::oracle::Arrays;

/// How many tiny networks are tried.
const N_NETWORKS: u64 = 20_000;
/// Trying everything must end.
const MOST_CHOICES: usize = 20_000;

type Places = Vec<Option<u32>>;

#[test]
fn there_is_one_stable_matching_and_it_is_found() {
    let mut n_compared = 0;
    for seed in 0..N_NETWORKS {
        let arrays = Arrays::random(seed);
        let network = arrays.network();
        let found = solve(&network, &Control::new()).unwrap();
        assert!(is_stable(&network, &found), "seed {seed}");
        let choices = (0..network.n_needs()).map(|need| network.edges(need).len() + 1).product::<usize>();
        if choices > MOST_CHOICES {
            continue;
        }
        let stable: Vec<Places> = all(&network).into_iter().filter(|places| is_stable(&network, places)).collect();
        assert_eq!(stable, [found], "seed {seed}");
        n_compared += 1;
    }
    assert!(n_compared > 5000, "{n_compared} compared");
}

/// Every way to give needs places within all capacities.
fn all(network: &Network<'_, i64>) -> Vec<Places> {
    let mut ways = vec![Places::new()];
    for need in 0..network.n_needs() {
        let choices: Vec<Option<u32>> = network.edges(need).map(|(v, _)| Some(v)).chain([None]).collect();
        let longer = |way: &Places| choices.iter().map(|&choice| [&way[..], &[choice]].concat()).collect::<Vec<_>>();
        ways = ways.iter().flat_map(longer).filter(|way| fits(network, way)).collect();
    }
    ways
}

fn fits(network: &Network<'_, i64>, places: &Places) -> bool {
    (0..network.n_nodes() as u32).all(|v| under(network, places, v).len() as u64 <= network.capacity(v))
}

/// The needs served at and under a node.
fn under(network: &Network<'_, i64>, places: &Places, top: u32) -> Vec<usize> {
    let is_under = |v: u32| std::iter::successors(Some(v), |&v| network.parent(v)).any(|v| v == top);
    (0..places.len()).filter(|&need| places[need].is_some_and(is_under)).collect()
}

fn score(network: &Network<'_, i64>, need: usize, node: u32) -> i64 {
    network.edges(need).find(|&(v, _)| v == node).unwrap().1
}

/// Whether a need would rather be at the first place than at the second.
fn prefers(network: &Network<'_, i64>, need: usize, first: Option<u32>, second: Option<u32>) -> bool {
    match (first, second) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(a), Some(b)) => {
            let (of_a, of_b) = (score(network, need, a), score(network, need, b));
            of_a > of_b || (of_a == of_b && a < b)
        }
    }
}

/// Whether a node would rather have the first need at the first place than the second one at the second.
fn likes(network: &Network<'_, i64>, first: (usize, u32), second: (usize, u32)) -> bool {
    let worth = |(need, node): (usize, u32)| (network.tier(need), score(network, need, node));
    worth(first) > worth(second) || (worth(first) == worth(second) && first < second)
}

fn is_stable(network: &Network<'_, i64>, places: &Places) -> bool {
    fits(network, places)
        && (0..network.n_needs()).all(|need| {
            network.edges(need).all(|(v, _)| {
                let is_kept_out = |w: u32| {
                    let held = under(network, places, w);
                    held.len() as u64 == network.capacity(w)
                        && held.iter().all(|&other| likes(network, (other, places[other].unwrap()), (need, v)))
                };
                !prefers(network, need, Some(v), places[need])
                    || std::iter::successors(Some(v), |&v| network.parent(v)).any(is_kept_out)
            })
        })
}
