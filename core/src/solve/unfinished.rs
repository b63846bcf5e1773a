//! What is done with places that are open where the work did not suffice: whoever still waits takes one.

use super::forest::loads;
use crate::network::{Network, Score};

/// Gives needs without a place the best-scored of their nodes that have room, in the order of their tiers; never one that
/// is worth nothing.
pub(super) fn fill<S: Score>(network: &Network<'_, S>, node: &mut [Option<u32>]) {
    let path = |v: u32| std::iter::successors(Some(v), |&v| network.parent(v));
    let mut room: Vec<u64> = (0..).zip(loads(network, node)).map(|(v, load)| network.capacity(v) - load).collect();
    let mut waiting: Vec<usize> = (0..node.len()).filter(|&need| node[need].is_none()).collect();
    waiting.sort_by_key(|&need| std::cmp::Reverse(network.tier(need)));
    for need in waiting {
        let open = network.edges(need).filter(|&(v, _)| path(v).all(|v| room[v as usize] > 0));
        let worth = open.filter(|&(_, score)| (network.tier(need), score.into()) > (0, 0));
        if let Some((v, _)) = worth.max_by_key(|&(v, score)| (score, std::cmp::Reverse(v))) {
            node[need] = Some(v);
            path(v).for_each(|v| room[v as usize] -= 1);
        }
    }
}
