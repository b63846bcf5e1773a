//! Reverse search: fills the place of a phantom, or finds that it is best left free.
//!
//! The mirror image of the forward search. A shortest path leads backwards from the phantom's node to whoever gains
//! most from the place: a need that enters, or nobody, where the place stays free up to the root. Prices of the nodes
//! nearer than the target fall by what they are nearer.

use super::forest::NONE;
use super::residual::Residual;
use super::search::{Search, Step, Via};
use super::weight::Weight;
use crate::error::Error;
use crate::network::Score;

mod edges;

pub(super) use edges::ReverseEdges;

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
///
/// # Errors
///
/// [`Error::Cancelled`].
pub(super) fn remove_phantom<S: Score, W: Weight>(
    residual: &mut Residual<'_, S, W>,
    search: &mut Search,
    edges: &mut ReverseEdges<W>,
    node: u32,
) -> Result<(), Error> {
    search.start();
    let (target, distance) = find_target(residual, search, edges, node)?;
    for (v, nearer) in search.reached() {
        residual.potential[v as usize] -= (distance - nearer).max(0);
    }
    residual.phantoms[node as usize] -= 1;
    shift_units(residual, search, target);
    Ok(())
}

fn find_target<S: Score, W: Weight>(
    residual: &Residual<'_, S, W>,
    search: &mut Search,
    edges: &mut ReverseEdges<W>,
    node: u32,
) -> Result<(Target, i64), Error> {
    let forest = &residual.instance.forest;
    // The phantom's own unit can always be taken back up to the root, so a target is found in any case.
    let (mut target, mut limit) = (Target::StayFree(node), i64::MAX);
    search.relax(node, 0, Via::Source);
    while let Some(step) = search.next(limit) {
        let (v, distance) = match step {
            Step::Node { v, distance } => (v, distance),
            Step::Lists { .. } => unreachable!("a reverse search reads the lists of a leaf at once"),
            Step::Depth { leaf, distance } => {
                let further = edges.further(residual, leaf, search.current() - distance)?;
                relax_edges(residual, search, further.edges, (leaf, distance), (&mut target, &mut limit));
                ask_for_depth(search, (leaf, distance), further.reach, limit);
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
            let near = edges.near(residual, v);
            relax_edges(residual, search, near.edges, (v, distance), (&mut target, &mut limit));
            ask_for_depth(search, (v, distance), near.reach, limit);
        } else {
            for &child in forest.children(v).iter().filter(|&&child| residual.has_room(child)) {
                let down = here - residual.potential[child as usize];
                if down < limit {
                    search.relax(child, down, Via::Parent);
                }
            }
        }
    }
    Ok((target, limit))
}

/// Asks for the edges of a leaf that are dearer than `reach`, where the search can come so far.
fn ask_for_depth(search: &mut Search, (leaf, distance): (u32, i64), reach: i64, limit: i64) {
    let depth = distance.saturating_add(reach);
    if depth < limit {
        search.ask_for_depth(leaf, depth);
    }
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
