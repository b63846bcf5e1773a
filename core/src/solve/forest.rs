//! The supply forest as the engine sees it: renumbered, with candidates at leaves only.
//!
//! Leaves come first, in depth-first order, so that the members of a group are neighbours; inner nodes follow, each
//! after its parent. A node that has both children and edges of its own gets a further leaf for those edges, with room
//! for all of them. Nodes that cannot matter are left out: those without an edge below them, and *closed* ones, which
//! have capacity 0 themselves or above them.

use std::ops::Range;

use crate::network::{Network, Score};

/// Marks the absence of a node or a need in the engine's dense arrays.
pub(super) const NONE: u32 = u32::MAX;

/// A renumbered supply forest.
#[derive(Debug)]
pub(super) struct Forest {
    /// How many leaves; nodes from here on are inner.
    pub(super) n_leaves: usize,
    /// The node above, or [`NONE`].
    pub(super) parent: Vec<u32>,
    /// Capacity, at most one more than the edges that could use it, so that a node that cannot be full never looks so.
    pub(super) capacity: Vec<u32>,
    /// The network's node.
    pub(super) origin: Vec<u32>,
    /// The leaf at which the edges of a network's node arrive, or [`NONE`].
    pub(super) leaf_of: Vec<u32>,
    first_child: Vec<u32>,
    children: Vec<u32>,
}

impl Forest {
    /// Renumbers the network's forest, given how many edges of the engine arrive at each of its nodes.
    pub(super) fn new<S: Score>(network: &Network<'_, S>, n_edges_at: &[usize]) -> Self {
        let n_nodes = network.n_nodes();
        let below = edges_below(network, n_edges_at);
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); n_nodes];
        let mut roots = Vec::new();
        for v in 0..n_nodes as u32 {
            if below[v as usize] > 0 {
                match network.parent(v) {
                    Some(parent) => members[parent as usize].push(v),
                    None => roots.push(v),
                }
            }
        }
        // Depth first, without recursion. Inner nodes are numbered from 0 here, and moved behind the leaves below.
        let mut leaves: Vec<(u32, u32, bool)> = Vec::new();
        let mut inner: Vec<(u32, u32)> = Vec::new();
        let mut stack: Vec<(u32, u32)> = roots.into_iter().rev().map(|root| (root, NONE)).collect();
        while let Some((v, parent)) = stack.pop() {
            if members[v as usize].is_empty() {
                leaves.push((v, parent, false));
                continue;
            }
            let number = inner.len() as u32;
            inner.push((v, parent));
            if n_edges_at[v as usize] > 0 {
                leaves.push((v, number, true));
            }
            stack.extend(members[v as usize].iter().rev().map(|&member| (member, number)));
        }
        Self::number(network, n_edges_at, &below, &leaves, &inner)
    }

    fn number<S: Score>(
        network: &Network<'_, S>,
        n_edges_at: &[usize],
        below: &[usize],
        leaves: &[(u32, u32, bool)],
        inner: &[(u32, u32)],
    ) -> Self {
        let n_leaves = leaves.len();
        let shifted = |parent: u32| if parent == NONE { NONE } else { parent + n_leaves as u32 };
        let bounded = |capacity: u64, edges: usize| capacity.min(edges as u64 + 1).min(u64::from(u32::MAX) - 1) as u32;
        let mut forest = Self {
            n_leaves,
            parent: Vec::with_capacity(n_leaves + inner.len()),
            capacity: Vec::with_capacity(n_leaves + inner.len()),
            origin: Vec::with_capacity(n_leaves + inner.len()),
            leaf_of: vec![NONE; network.n_nodes()],
            first_child: vec![0; inner.len() + 1],
            children: Vec::new(),
        };
        for (leaf, &(v, parent, direct)) in leaves.iter().enumerate() {
            forest.parent.push(shifted(parent));
            let edges = n_edges_at[v as usize];
            forest.capacity.push(if direct { edges as u32 + 1 } else { bounded(network.capacity(v), edges) });
            forest.origin.push(v);
            forest.leaf_of[v as usize] = leaf as u32;
        }
        for &(v, parent) in inner {
            forest.parent.push(shifted(parent));
            forest.capacity.push(bounded(network.capacity(v), below[v as usize]));
            forest.origin.push(v);
        }
        forest.list_children();
        forest
    }

    fn list_children(&mut self) {
        for &parent in self.parent.iter().filter(|&&p| p != NONE) {
            self.first_child[parent as usize - self.n_leaves + 1] += 1;
        }
        for k in 1..self.first_child.len() {
            self.first_child[k] += self.first_child[k - 1];
        }
        let mut next = self.first_child.clone();
        self.children = vec![0; self.first_child.last().map_or(0, |&n| n as usize)];
        for (v, &parent) in self.parent.iter().enumerate().filter(|&(_, &p)| p != NONE) {
            let slot = &mut next[parent as usize - self.n_leaves];
            self.children[*slot as usize] = v as u32;
            *slot += 1;
        }
    }

    /// How many nodes, leaves included.
    pub(super) fn n_nodes(&self) -> usize {
        self.parent.len()
    }

    /// The inner nodes, each after its parent.
    pub(super) fn inner(&self) -> Range<usize> {
        self.n_leaves..self.n_nodes()
    }

    /// Whether a node is a leaf.
    #[inline]
    pub(super) fn is_leaf(&self, v: u32) -> bool {
        (v as usize) < self.n_leaves
    }

    /// The children of an inner node, leaves first.
    #[inline]
    pub(super) fn children(&self, v: u32) -> &[u32] {
        let k = v as usize - self.n_leaves;
        &self.children[self.first_child[k] as usize..self.first_child[k + 1] as usize]
    }

    /// A node and everything above it, from below.
    #[inline]
    pub(super) fn path(&self, v: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(v), |&v| Some(self.parent[v as usize]).filter(|&p| p != NONE))
    }

    /// Every node after its parent.
    pub(super) fn top_down(&self) -> impl DoubleEndedIterator<Item = u32> {
        self.inner().chain(0..self.n_leaves).map(|v| v as u32)
    }

    /// Every node before its parent.
    pub(super) fn bottom_up(&self) -> impl Iterator<Item = u32> {
        self.top_down().rev()
    }
}

/// The topmost node of capacity 0 on each node's path to its root, or `None` for open nodes.
pub(super) fn closed_at<S: Score>(network: &Network<'_, S>) -> Vec<Option<u32>> {
    let mut closed = vec![None; network.n_nodes()];
    for v in top_down(network) {
        let above = network.parent(v).and_then(|p| closed[p as usize]);
        closed[v as usize] = above.or((network.capacity(v) == 0).then_some(v));
    }
    closed
}

/// How many needs each node of a network and everything under it serve.
pub(crate) fn loads<S: Score>(network: &Network<'_, S>, node: &[Option<u32>]) -> Vec<u64> {
    let mut load = vec![0; network.n_nodes()];
    let path = |v: u32| std::iter::successors(Some(v), |&v| network.parent(v));
    node.iter().flatten().flat_map(|&v| path(v)).for_each(|v| load[v as usize] += 1);
    load
}

/// The network's nodes, each after its parent.
pub(super) fn top_down<S: Score>(network: &Network<'_, S>) -> Vec<u32> {
    let n_nodes = network.n_nodes();
    let mut done = vec![false; n_nodes];
    let mut order = Vec::with_capacity(n_nodes);
    let mut path = Vec::new();
    for start in 0..n_nodes as u32 {
        let mut next = Some(start);
        while let Some(v) = next.filter(|&v| !done[v as usize]) {
            done[v as usize] = true;
            path.push(v);
            next = network.parent(v);
        }
        order.extend(path.drain(..).rev());
    }
    order
}

/// How many edges arrive at each node and below it.
fn edges_below<S: Score>(network: &Network<'_, S>, n_edges_at: &[usize]) -> Vec<usize> {
    let mut below = n_edges_at.to_vec();
    for v in top_down(network).into_iter().rev() {
        if let Some(parent) = network.parent(v) {
            below[parent as usize] += below[v as usize];
        }
    }
    below
}
