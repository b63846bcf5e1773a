//! Reverse search: fills the place of a phantom, or finds that it is best left free.
//!
//! The mirror image of the forward search. A shortest path leads backwards from the phantom's node to whoever gains
//! most from the place: a need that enters, or nobody, where the place stays free up to the root. Prices of the nodes
//! nearer than the target fall by what they are nearer.

use std::cell::OnceCell;

use super::forest::NONE;
use super::near::{EdgesByLeaf, NearByNeed};
use super::residual::Residual;
use super::search::{Search, Step, Via};
use super::weight::Weight;
use crate::network::Score;

/// The edges that reverse searches walk, from leaves to needs.
///
/// Prices only fall while phantoms are removed, which makes a need's own place no worse. So the reduced cost of an edge
/// falls by no more than the price of its leaf has fallen, and an edge that the lists leave out stays beyond the window
/// less that.
pub(super) struct ReverseEdges<W> {
    near: Near<W>,
    /// All edges of the leaves that hold phantoms. A phantom's own leaf is the one most likely to be far too dear. These
    /// and those below are made once a search has needed them: nearly all searches end within the near lists.
    own: OnceCell<Own<W>>,
    all: OnceCell<EdgesByLeaf<W>>,
}

/// All edges of some leaves.
struct Own<W> {
    edges: EdgesByLeaf<W>,
    is_complete: Vec<bool>,
}

/// The edges within a window of what their needs have.
struct Near<W> {
    edges: EdgesByLeaf<W>,
    /// The reduced cost of every edge that is left out is above this, at the prices below.
    window: i64,
    /// The potentials for which the lists were made.
    potential: Vec<i64>,
}

impl<W: Weight> Own<W> {
    fn new<S: Score>(residual: &Residual<'_, S, W>) -> Self {
        let n_leaves = residual.instance.forest.n_leaves;
        let is_complete: Vec<bool> = residual.phantoms[..n_leaves].iter().map(|&phantoms| phantoms > 0).collect();
        let edges = EdgesByLeaf::of_some(residual.instance, |leaf| is_complete[leaf as usize]);
        Self { edges, is_complete }
    }
}

impl<W: Weight> Near<W> {
    /// The edges within a window, by what the lists of the forward searches say where that is enough.
    fn new<S: Score>(residual: &Residual<'_, S, W>, near: &NearByNeed<W>, window: i64) -> Self {
        let least = |need| residual.settled_surplus(need) - window;
        let edges = EdgesByLeaf::near(residual.instance, near, &residual.potential, least);
        Self { edges, window, potential: residual.potential.clone() }
    }

    /// How much nearer than the leaf itself nothing that is left out can be.
    fn depth<S: Score>(&self, residual: &Residual<'_, S, W>, leaf: u32) -> i64 {
        let fallen = self.potential[leaf as usize] - residual.potential[leaf as usize];
        self.window - fallen
    }
}

impl<W: Weight> ReverseEdges<W> {
    /// The edges within a window at the current prices, when no need is free. Where it is that of the lists of the
    /// forward searches, these seldom leave out any of them.
    pub(super) fn new<S: Score>(residual: &Residual<'_, S, W>, near: &NearByNeed<W>, window: i64) -> Self {
        Self { near: Near::new(residual, near, window), own: OnceCell::new(), all: OnceCell::new() }
    }

    /// All edges of a leaf.
    fn all_of<S: Score>(&self, residual: &Residual<'_, S, W>, leaf: u32) -> &[(u32, W)] {
        let own = self.own.get_or_init(|| Own::new(residual));
        if own.is_complete[leaf as usize] {
            return own.edges.of(leaf);
        }
        self.all.get_or_init(|| EdgesByLeaf::all(residual.instance)).of(leaf)
    }
}

/// Where a reverse search ends.
enum Target {
    /// A need that stays out takes its edge.
    Enter { need: u32, leaf: u32 },
    /// The place stays free at a root.
    StayFree(u32),
}

impl Target {
    fn offer(&mut self, limit: &mut i64, target: Self, distance: i64) {
        if distance < *limit {
            (*self, *limit) = (target, distance);
        }
    }
}

/// Removes one phantom of a node.
pub(super) fn remove_phantom<S: Score, W: Weight>(
    residual: &mut Residual<'_, S, W>,
    search: &mut Search,
    edges: &ReverseEdges<W>,
    node: u32,
) {
    search.start();
    let (target, distance) = find_target(residual, search, edges, node);
    for (v, nearer) in search.reached() {
        residual.potential[v as usize] -= (distance - nearer).max(0);
    }
    residual.phantoms[node as usize] -= 1;
    shift_units(residual, search, target);
}

fn find_target<S: Score, W: Weight>(
    residual: &Residual<'_, S, W>,
    search: &mut Search,
    edges: &ReverseEdges<W>,
    node: u32,
) -> (Target, i64) {
    let forest = &residual.instance.forest;
    // The phantom's own unit can always be taken back up to the root, so a target is found in any case.
    let (mut target, mut limit) = (Target::StayFree(node), i64::MAX);
    search.relax(node, 0, Via::Source);
    while let Some(step) = search.next(limit) {
        let (v, distance) = match step {
            Step::Node { v, distance } => (v, distance),
            Step::Lists { .. } => unreachable!("a reverse search reads the lists of a leaf at once"),
            Step::Depth { leaf, distance } => {
                let all = edges.all_of(residual, leaf);
                relax_edges(residual, search, all, (leaf, distance), (&mut target, &mut limit));
                continue;
            }
        };
        let here = distance + residual.potential[v as usize];
        if residual.load[v as usize] > 0 {
            let up = here - residual.potential_above(v);
            match forest.parent[v as usize] {
                NONE => target.offer(&mut limit, Target::StayFree(v), up),
                parent if up < limit => search.relax(parent, up, Via::Child(v)),
                _ => {}
            }
        }
        if forest.is_leaf(v) {
            let near = edges.near.edges.of(v);
            relax_edges(residual, search, near, (v, distance), (&mut target, &mut limit));
            let depth = distance.saturating_add(edges.near.depth(residual, v));
            if depth < limit {
                search.ask_for_depth(v, depth);
            }
        } else {
            for &child in forest.children(v).iter().filter(|&&child| residual.has_room(child)) {
                let down = here - residual.potential[child as usize];
                if down < limit {
                    search.relax(child, down, Via::Parent);
                }
            }
        }
    }
    (target, limit)
}

/// Offers the needs that could take a place at a leaf: those that stay out as targets, the others by their own leaf.
fn relax_edges<S: Score, W: Weight>(
    residual: &Residual<'_, S, W>,
    search: &mut Search,
    edges: &[(u32, W)],
    (leaf, distance): (u32, i64),
    (target, limit): (&mut Target, &mut i64),
) {
    for &(need, score) in edges {
        let there = distance + residual.settled_surplus(need) - residual.surplus_of(&(leaf, score));
        match residual.place(need) {
            NONE => target.offer(limit, Target::Enter { need, leaf }, there),
            place if place != leaf && there < *limit => search.relax(place, there, Via::Need { need, leaf }),
            _ => {}
        }
    }
}

/// Moves one unit along the path from the target to the phantom's node.
fn shift_units<S: Score, W: Weight>(residual: &mut Residual<'_, S, W>, search: &Search, target: Target) {
    let instance = residual.instance;
    let mut v = match target {
        Target::Enter { need, leaf } => {
            residual.attach(need, &instance.edge_to(need, leaf));
            leaf
        }
        Target::StayFree(root) => {
            residual.load[root as usize] -= 1;
            root
        }
    };
    loop {
        match search.via(v) {
            Via::Source => return,
            // The need leaves this node for the one from which the search came.
            Via::Need { need, leaf } => {
                residual.detach(need);
                residual.attach(need, &instance.edge_to(need, leaf));
                v = leaf;
            }
            Via::Child(child) => {
                residual.load[child as usize] -= 1;
                v = child;
            }
            Via::Parent => {
                residual.load[v as usize] += 1;
                v = instance.forest.parent[v as usize];
            }
        }
    }
}
