//! Brute force: every assignment there is, one after the other.

use needmatch::Score;
use needmatch_benches::Instance;

/// The best over all feasible assignments, by two orders that the theory says agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Best {
    /// The greatest pair of the sum of tiers and the sum of scores.
    pub by_sum: (i128, i128),
    /// The lexicographically greatest counts of needs served, from the highest tier down to tier 1, then the score.
    pub by_tier: (Vec<usize>, i128),
    /// The flow that the tie rule selects among the greatest by sum.
    pub node: Vec<Option<u32>>,
}

/// Tries every assignment; for tiny instances only.
///
/// # Complexity
///
/// The product over all needs of one more than their edges.
#[must_use]
pub fn best<S: Score>(instance: &Instance<S>) -> Best {
    let n_tiers = usize::from(instance.tier.iter().flatten().max().copied().unwrap_or(0));
    let mut search = Search {
        instance,
        room: instance.capacity.clone(),
        served: vec![0; n_tiers],
        tiers: 0,
        score: 0,
        node: vec![None; instance.n_needs()],
        best: Best { by_sum: (0, 0), by_tier: (vec![0; n_tiers], 0), node: vec![None; instance.n_needs()] },
    };
    search.decide(0);
    search.best
}

struct Search<'a, S> {
    instance: &'a Instance<S>,
    room: Vec<u64>,
    /// Needs served of the highest tier, the next, … tier 1.
    served: Vec<usize>,
    tiers: i128,
    score: i128,
    node: Vec<Option<u32>>,
    best: Best,
}

impl<S: Score> Search<'_, S> {
    /// Tries all that can become of a need and those after it.
    fn decide(&mut self, need: usize) {
        if need == self.instance.n_needs() {
            return self.compare();
        }
        self.decide(need + 1);
        let tier = self.instance.tier_of(need);
        for edge in self.instance.indptr[need]..self.instance.indptr[need + 1] {
            let (node, score) = (self.instance.node[edge], i128::from(self.instance.score[edge].into()));
            if !self.has_room(node) {
                continue;
            }
            self.count(node, tier, score, 1);
            self.node[need] = Some(node);
            self.decide(need + 1);
            self.node[need] = None;
            self.count(node, tier, score, -1);
        }
    }

    fn has_room(&self, node: u32) -> bool {
        let mut at = Some(node);
        while let Some(node) = at {
            if self.room[node as usize] == 0 {
                return false;
            }
            at = self.instance.parent[node as usize];
        }
        true
    }

    fn count(&mut self, node: u32, tier: u8, score: i128, sign: i64) {
        let mut at = Some(node);
        while let Some(node) = at {
            self.room[node as usize] = self.room[node as usize].wrapping_add_signed(-sign);
            at = self.instance.parent[node as usize];
        }
        if tier > 0 {
            let position = self.served.len() - usize::from(tier);
            self.served[position] = self.served[position].wrapping_add_signed(sign as isize);
        }
        self.tiers += i128::from(tier) * i128::from(sign);
        self.score += score * i128::from(sign);
    }

    fn compare(&mut self) {
        let by_sum = (self.tiers, self.score);
        if by_sum > self.best.by_sum || by_sum == self.best.by_sum && self.goes_before_best() {
            self.best.by_sum = by_sum;
            self.best.node.clone_from(&self.node);
        }
        let (served, score) = &self.best.by_tier;
        if (&self.served, &self.score) > (served, score) {
            self.best.by_tier = (self.served.clone(), self.score);
        }
    }

    /// The tie rule: first who is served, then where. In either the first need in which two flows differ decides; a need
    /// prefers the greater score, and of equal ones the lower node.
    fn goes_before_best(&self) -> bool {
        let pairs = || self.node.iter().zip(&self.best.node);
        if let Some((ours, _)) = pairs().find(|(ours, best)| ours.is_some() != best.is_some()) {
            return ours.is_some();
        }
        let first_moved = pairs().enumerate().find(|(_, (ours, best))| ours != best);
        first_moved.is_some_and(|(need, (ours, best))| {
            let rank = |node: &Option<u32>| {
                let edge = self.instance.edges(need).find(|&(v, _)| Some(v) == *node);
                edge.map(|(v, score)| (std::cmp::Reverse(score), v))
            };
            rank(ours) < rank(best)
        })
    }
}
