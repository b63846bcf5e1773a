//! Which needs are too many for which places.
//!
//! Start from the needs that nobody serves and go wherever a unit could go if losses did not matter, but to nobody's cost
//! in coverage: along edges, to where needs that are in the way could move, up where there is room, down where a load can
//! shrink. If no way leads to a root with room, what was reached is *tight*: all edges of the needs that are there, or that
//! stay out, lead to nodes that were reached, and every way up from those passes a full node beyond which nothing was
//! reached. These nodes bind: all they hold are needs of the set, so the set has exactly as many needs more than places as
//! it leaves out, and no matching serves more of it.

use std::collections::HashSet;

use super::Sensitivity;
use super::residual::Via;

/// Needs that are more than the places they can reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TightSet {
    /// The needs that compete, in ascending order.
    pub(crate) needs: Vec<u32>,
    /// Those of them that nobody serves.
    pub(crate) short: Vec<u32>,
    /// The nodes that were reached, in ascending order.
    pub(crate) nodes: Vec<u32>,
    /// The full nodes whose places are all that there are for them, in ascending order.
    pub(crate) binding: Vec<u32>,
}

/// The needs that stay out, told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shortages {
    /// Sets that share neither needs nor nodes, in the order of their first node.
    pub(crate) sets: Vec<TightSet>,
    /// Needs with an edge that could be served if a loss of score were borne: there is room for one more.
    pub(crate) not_short: Vec<u32>,
}

impl Sensitivity {
    /// The tight sets of all needs that nobody serves and that have an edge. `nodes_of` tells where the edges of a need
    /// lead.
    ///
    /// # Complexity
    ///
    /// O(arcs + edges of those needs).
    pub(crate) fn shortages<'a>(&self, nodes_of: impl Fn(u32) -> &'a [u32]) -> Shortages {
        let residual = &self.residual;
        let outside = self.outside();
        let out: Vec<u32> = (0..residual.vertex.len() as u32)
            .filter(|&need| residual.vertex[need as usize] == outside && !nodes_of(need).is_empty())
            .collect();
        let has_room = self.leading_to_room();
        let (not_short, short): (Vec<u32>, Vec<u32>) =
            out.into_iter().partition(|&need| nodes_of(need).iter().any(|&v| has_room[v as usize]));

        let mut joined = Joined::new(outside as usize);
        let mut is_reached = vec![false; outside as usize];
        let mut queue: Vec<u32> = Vec::new();
        for &need in &short {
            let nodes = nodes_of(need);
            for &v in nodes {
                joined.join(nodes[0], v);
                if !std::mem::replace(&mut is_reached[v as usize], true) {
                    queue.push(v);
                }
            }
        }
        while let Some(v) = queue.pop() {
            for arc in residual.leaving.of(v).iter().filter(|arc| arc.other != outside) {
                joined.join(v, arc.other);
                if !std::mem::replace(&mut is_reached[arc.other as usize], true) {
                    queue.push(arc.other);
                }
            }
        }
        Shortages { sets: self.sets(&short, &nodes_of, &is_reached, &mut joined), not_short }
    }

    /// For each node whether a unit there could come to a root with room, needs in the way moving on.
    fn leading_to_room(&self) -> Vec<bool> {
        let residual = &self.residual;
        let outside = self.outside();
        let mut leads = vec![false; outside as usize];
        // A root with room has no shorter arc to outside than that of its load, which costs nothing.
        let roots = residual.reaching.of(outside).iter().filter(|arc| arc.via == Via::Load);
        let mut queue: Vec<u32> = roots.map(|arc| arc.other).collect();
        queue.iter().for_each(|&v| leads[v as usize] = true);
        while let Some(v) = queue.pop() {
            for arc in residual.reaching.of(v).iter().filter(|arc| arc.other != outside) {
                if !std::mem::replace(&mut leads[arc.other as usize], true) {
                    queue.push(arc.other);
                }
            }
        }
        leads
    }

    fn sets<'a>(
        &self,
        short: &[u32],
        nodes_of: &impl Fn(u32) -> &'a [u32],
        is_reached: &[bool],
        joined: &mut Joined,
    ) -> Vec<TightSet> {
        let residual = &self.residual;
        let outside = self.outside();
        let mut set_of = vec![usize::MAX; outside as usize];
        let mut sets: Vec<TightSet> = Vec::new();
        for v in (0..outside).filter(|&v| is_reached[v as usize]) {
            let first = joined.first(v) as usize;
            if set_of[first] == usize::MAX {
                set_of[first] = sets.len();
                let empty = || Vec::new();
                sets.push(TightSet { needs: empty(), short: empty(), nodes: empty(), binding: empty() });
            }
            let set = &mut sets[set_of[first]];
            set.nodes.push(v);
            if self.binds(v, is_reached) {
                set.binding.push(v);
            }
        }
        for need in 0..residual.vertex.len() as u32 {
            let v = residual.vertex[need as usize];
            if v != outside && is_reached[v as usize] {
                sets[set_of[joined.first(v) as usize]].needs.push(need);
            }
        }
        for &need in short {
            let set = &mut sets[set_of[joined.first(nodes_of(need)[0]) as usize]];
            set.needs.push(need);
            set.short.push(need);
        }
        for set in &mut sets {
            set.needs.sort_unstable();
            // A node without capacity below one that binds says nothing more.
            let binding: HashSet<u32> = set.binding.iter().copied().collect();
            set.binding.retain(|&v| self.above(v).all(|above| !binding.contains(&above)));
        }
        sets
    }

    /// The nodes above a node.
    fn above(&self, v: u32) -> impl Iterator<Item = u32> + '_ {
        let above = |v: u32| Some(self.residual.above[v as usize]).filter(|&above| above != self.outside());
        std::iter::successors(above(v), move |&v| above(v))
    }

    /// Whether the places of a node that was reached are counted: it is full, and its load is not counted above.
    fn binds(&self, v: u32, is_reached: &[bool]) -> bool {
        let above = self.residual.above[v as usize];
        let counted_above = above != self.outside() && is_reached[above as usize] && !self.is_closed(v);
        self.residual.is_full[v as usize] && !counted_above
    }
}

/// Nodes that belong together.
struct Joined(Vec<u32>);

impl Joined {
    fn new(n: usize) -> Self {
        Self((0..n as u32).collect())
    }

    /// The lowest of the nodes that a node belongs to.
    fn first(&mut self, v: u32) -> u32 {
        let mut at = v;
        while self.0[at as usize] != at {
            // Each second one is passed over next time.
            self.0[at as usize] = self.0[self.0[at as usize] as usize];
            at = self.0[at as usize];
        }
        at
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b) as usize] = a.min(b);
    }
}
