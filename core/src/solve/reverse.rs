//! Reverse search: fills the place of a phantom, or finds that it is best left free.
//!
//! The mirror image of the forward search. A shortest path leads backwards from the phantom's node to whoever gains
//! most from the place: a need that enters, or nobody, where the place stays free up to the root. Prices of the nodes
//! nearer than the target fall by what they are nearer.

use super::forest::NONE;
use super::instance::Instance;
use super::residual::Residual;
use super::search::{Search, Via};
use super::weight::Weight;

/// The edges of every leaf, for walking from leaves to needs.
pub(super) struct EdgesByLeaf {
    first: Vec<usize>,
    /// Need and edge.
    edges: Vec<(u32, usize)>,
}

impl EdgesByLeaf {
    pub(super) fn new<W: Weight>(instance: &Instance<W>) -> Self {
        let n_leaves = instance.forest.n_leaves;
        let mut first = vec![0; n_leaves + 1];
        for &leaf in &instance.leaf {
            first[leaf as usize + 1] += 1;
        }
        for leaf in 0..n_leaves {
            first[leaf + 1] += first[leaf];
        }
        let mut next = first.clone();
        let mut edges = vec![(0, 0); instance.leaf.len()];
        for need in 0..instance.n_needs() as u32 {
            for edge in instance.edges(need) {
                let slot = &mut next[instance.leaf[edge] as usize];
                edges[*slot] = (need, edge);
                *slot += 1;
            }
        }
        Self { first, edges }
    }

    fn of(&self, leaf: u32) -> &[(u32, usize)] {
        &self.edges[self.first[leaf as usize]..self.first[leaf as usize + 1]]
    }
}

/// Where a reverse search ends.
enum Target {
    /// A need that stays out takes its edge.
    Enter { need: u32, edge: usize },
    /// The place stays free at a root.
    StayFree(u32),
}

/// Removes one phantom of a node.
pub(super) fn remove_phantom<W: Weight>(
    residual: &mut Residual<'_, W>,
    search: &mut Search,
    by_leaf: &EdgesByLeaf,
    node: u32,
) {
    search.start();
    let (target, distance) = find_target(residual, search, by_leaf, node);
    for (v, nearer) in search.reached() {
        residual.potential[v as usize] -= (distance - nearer).max(0);
    }
    residual.phantoms[node as usize] -= 1;
    shift_units(residual, search, target);
}

fn find_target<W: Weight>(
    residual: &Residual<'_, W>,
    search: &mut Search,
    by_leaf: &EdgesByLeaf,
    node: u32,
) -> (Target, i64) {
    let forest = &residual.instance.forest;
    let root = forest.path(node).last().expect("a path holds its own start");
    // Leaving the place free all the way to the root costs what the node charges, so the search is bounded from the
    // start; the exact target is found on the way.
    let (mut target, mut limit) = (Target::StayFree(root), i64::MAX);
    search.relax(node, 0, Via::Source);
    while let Some((v, distance)) = search.next(limit) {
        let here = distance + residual.potential[v as usize];
        if residual.load[v as usize] > 0 {
            let up = here - residual.potential_above(v);
            if up < limit {
                match forest.parent[v as usize] {
                    NONE => (target, limit) = (Target::StayFree(v), up),
                    parent => search.relax(parent, up, Via::Child(v)),
                }
            }
        }
        if forest.is_leaf(v) {
            for &(need, edge) in by_leaf.of(v) {
                let loss = here - residual.instance.score(edge);
                match residual.place[need as usize] {
                    NONE => {
                        let enters = loss - residual.bonus(need);
                        if enters < limit {
                            (target, limit) = (Target::Enter { need, edge }, enters);
                        }
                    }
                    leaf if leaf != v => {
                        let moves = loss + residual.surplus(need);
                        if moves < limit {
                            search.relax(leaf, moves, Via::Need { need, edge });
                        }
                    }
                    _ => {}
                }
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

/// Moves one unit along the path from the target to the phantom's node.
fn shift_units<W: Weight>(residual: &mut Residual<'_, W>, search: &Search, target: Target) {
    let instance = residual.instance;
    let mut v = match target {
        Target::Enter { need, edge } => {
            residual.attach(need, edge);
            instance.leaf[edge]
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
            Via::Need { need, edge } => {
                residual.detach(need);
                residual.attach(need, edge);
                v = instance.leaf[edge];
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
