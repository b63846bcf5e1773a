//! Stable matching: needs and places that choose each other, by deferred acceptance.
//!
//! A need prefers the node of the better score, of equals the earlier one. A node of the supply forest, whatever its
//! level, prefers at the places at and under it the need of the higher tier, then the better score, then the earlier need.
//! A need and a node *block* a matching if the need would rather be there, and no node on the way up is full of what it
//! likes better. A matching that no pair blocks is *stable*.
//!
//! # Method
//!
//! Needs ask for their nodes from the best one down. A node takes whom it can; once the way up is full somewhere, the
//! lowest full node sends away whom it likes least, who asks on. Capacities of a forest make a laminar matroid over the
//! pairs, and the lowest full node with the newcomer is its circuit; so what is kept is always the greedy choice from all
//! that ever asked, and whoever was sent away would be so again: it ends with a stable matching, in whatever order needs ask.
//!
//! # Only one
//!
//! Of all pairs that two stable matchings do not share, take the one that nodes like best. The need of that pair would
//! rather have it than what it has in the other matching, since among pairs of one need nodes and the need agree; and
//! whatever is full of better pairs there is full of them here too, where the pair has a place. So there is one stable
//! matching, and a matching that no pair blocks is it.
//!
//! # References
//!
//! - D. Gale and L. S. Shapley, "College admissions and the stability of marriage", American Mathematical Monthly 69 (1962).
//! - T. Fleiner, "A fixed-point approach to stable matchings and some applications", Mathematics of Operations Research 28
//!   (2003): stable matchings over matroids.
//! - P. Biró, T. Fleiner, R. W. Irving and D. F. Manlove, "The college admissions problem with lower and common quotas",
//!   Theoretical Computer Science 411 (2010): common quotas of nested sets.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::control::{Control, Stage};
use crate::error::Error;
use crate::network::{Network, Score};

/// How much nodes like a pair of need and node; the greater, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Liking {
    tier: u8,
    score: i64,
    need: Reverse<u32>,
    node: Reverse<u32>,
}

/// The node of each need in the stable matching.
///
/// # Errors
///
/// [`Error::Cancelled`] or [`Error::Limit`] as the control asks.
///
/// # Complexity
///
/// O(edges · (depth · log needs)): a need asks each of its nodes once.
pub(crate) fn solve<S: Score>(network: &Network<'_, S>, control: &Control) -> Result<Vec<Option<u32>>, Error> {
    control.reserve(bytes_needed(network))?;
    control.enter(Stage::Repair, network.n_needs() as u64)?;
    let mut market = Market {
        network,
        wishes: (0..network.n_needs()).map(|need| wishes(network, need)).collect(),
        held: vec![BTreeSet::new(); network.n_nodes()],
        place: vec![None; network.n_needs()],
    };
    for need in 0..network.n_needs() as u32 {
        market.settle(need, control)?;
        control.advance(1)?;
    }
    Ok(market.place)
}

/// A need's nodes with their scores, the best last.
fn wishes<S: Score>(network: &Network<'_, S>, need: usize) -> Vec<(i64, Reverse<u32>)> {
    let mut wishes: Vec<_> = network.edges(need).map(|(node, score)| (score.into(), Reverse(node))).collect();
    wishes.sort_unstable();
    wishes
}

/// Who asked whom, and who is kept.
struct Market<'a, 'b, S: Score> {
    network: &'a Network<'b, S>,
    /// For each need the nodes that it has not asked yet, the best last.
    wishes: Vec<Vec<(i64, Reverse<u32>)>>,
    /// What each node and everything under it keep.
    held: Vec<BTreeSet<Liking>>,
    place: Vec<Option<u32>>,
}

impl<S: Score> Market<'_, '_, S> {
    /// Lets a need ask, then whoever is sent away for it, until nobody is left who would ask.
    fn settle(&mut self, need: u32, control: &Control) -> Result<(), Error> {
        let mut asks = Some(need);
        while let Some(need) = asks {
            control.check()?;
            let Some((score, Reverse(node))) = self.wishes[need as usize].pop() else {
                return Ok(());
            };
            let tier = self.network.tier(need as usize);
            asks = self.ask(Liking { tier, score, need: Reverse(need), node: Reverse(node) });
        }
        Ok(())
    }

    /// Whoever has no place after a pair has asked: the need itself, another one, or nobody.
    fn ask(&mut self, pair: Liking) -> Option<u32> {
        let network = self.network;
        let Reverse(node) = pair.node;
        let Some(full) = way_up(network, node).find(|&v| self.is_full(v)) else {
            self.take(pair);
            return None;
        };
        match self.held[full as usize].first().copied().filter(|&least| least < pair) {
            Some(least) => {
                self.send_away(least);
                self.take(pair);
                Some(least.need.0)
            }
            None => Some(pair.need.0),
        }
    }

    fn is_full(&self, v: u32) -> bool {
        self.held[v as usize].len() as u64 >= self.network.capacity(v)
    }

    fn take(&mut self, pair: Liking) {
        self.place[pair.need.0 as usize] = Some(pair.node.0);
        for v in way_up(self.network, pair.node.0) {
            self.held[v as usize].insert(pair);
        }
    }

    fn send_away(&mut self, pair: Liking) {
        self.place[pair.need.0 as usize] = None;
        for v in way_up(self.network, pair.node.0) {
            self.held[v as usize].remove(&pair);
        }
    }
}

/// A node and all above it.
fn way_up<'a, S: Score>(network: &'a Network<'_, S>, node: u32) -> impl Iterator<Item = u32> + 'a {
    std::iter::successors(Some(node), |&v| network.parent(v))
}

/// Working memory at most, about: every edge as a wish, and every need at each level of a forest of usual depth.
fn bytes_needed<S: Score>(network: &Network<'_, S>) -> u64 {
    let level = (size_of::<Liking>() * 2) as u64;
    network.n_edges() as u64 * 16 + network.n_needs() as u64 * (48 + 4 * level) + network.n_nodes() as u64 * 24
}
