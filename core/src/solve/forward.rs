//! Forward search: finds a place for a free need, or finds that it is best left out.
//!
//! A shortest path leads from the need to the cheapest way of making room: a root with room, a phantom, a held need
//! that leaves, or the free need itself staying out. Needs on the path move one place further. Prices of the nodes
//! nearer than the target rise by what they are nearer, which keeps every reduced cost at 0 or more.

use super::children::Children;
use super::forest::NONE;
use super::near::NearByNeed;
use super::residual::Residual;
use super::search::{Search, Step, Via};
use super::slack::Slack;
use super::weight::Weight;
use crate::network::Score;

/// Where a forward search ends.
enum Target {
    /// The need stays out.
    StayOut,
    /// A root has room.
    Room(u32),
    /// A phantom gives up its place.
    Phantom(u32),
    /// A held need leaves.
    Leave(u32),
}

/// Settles a free need.
pub(super) fn settle<S: Score, W: Weight>(
    residual: &mut Residual<'_, S, W>,
    search: &mut Search,
    near: &NearByNeed<W>,
    (children, slack): (&mut Children, &mut Slack),
    free: u32,
) {
    let utility = residual.best_utility(free);
    if utility <= 0 {
        return;
    }
    search.start();
    let (target, distance) = find_target(residual, search, near, (children, slack), (free, utility));
    for (v, nearer) in search.reached() {
        residual.potential[v as usize] += (distance - nearer).max(0);
    }
    shift_units(residual, search, slack, free, target);
}

fn find_target<S: Score, W: Weight>(
    residual: &Residual<'_, S, W>,
    search: &mut Search,
    near: &NearByNeed<W>,
    (children, slack): (&mut Children, &mut Slack),
    (free, utility): (u32, i64),
) -> (Target, i64) {
    let forest = &residual.instance.forest;
    let (mut target, mut limit) = (Target::StayOut, utility);
    relax_all_edges(residual, search, free, utility - residual.bonus(free), limit);
    while let Some(step) = search.next(limit) {
        let (v, distance) = match step {
            Step::Node { v, distance } => (v, distance),
            Step::Lists { leaf, distance } => {
                relax_lists(residual, search, (near, slack), (leaf, distance), (&mut target, &mut limit));
                continue;
            }
            Step::Depth { leaf, distance } => {
                relax_beyond_lists(residual, search, near, leaf, distance, limit);
                continue;
            }
        };
        if residual.phantoms[v as usize] > 0 {
            return (Target::Phantom(v), distance);
        }
        if residual.has_room(v) {
            let up = distance + residual.potential_above(v) - residual.potential[v as usize];
            if up < limit {
                match forest.parent[v as usize] {
                    NONE => (target, limit) = (Target::Room(v), up),
                    parent => search.relax(parent, up, Via::Child(v)),
                }
            }
        }
        if forest.is_leaf(v) {
            let first = slack.first_beyond(v, distance, residual);
            if first <= distance {
                relax_lists(residual, search, (near, slack), (v, distance), (&mut target, &mut limit));
            } else if first < limit {
                search.ask_for_lists(v, first);
            }
        } else {
            let here = distance - residual.potential[v as usize];
            children.visit_below(forest, &residual.potential, v, limit.saturating_sub(here), |child| {
                let down = here + residual.potential[child as usize];
                if residual.load[child as usize] > 0 && down < limit {
                    search.relax(child, down, Via::Parent);
                }
            });
        }
    }
    (target, limit)
}

/// Offers what the needs at a leaf can do: leave, or move on along the edges of their short lists.
fn relax_lists<S: Score, W: Weight>(
    residual: &Residual<'_, S, W>,
    search: &mut Search,
    (near, slack): (&NearByNeed<W>, &mut Slack),
    (leaf, distance): (u32, i64),
    (target, limit): (&mut Target, &mut i64),
) {
    let (mut first, mut depth) = (i64::MAX, i64::MAX);
    for &need in residual.held(leaf) {
        let moved = distance + residual.surplus(need);
        let leaves = moved + residual.bonus(need);
        first = first.min(leaves);
        if leaves < *limit {
            (*target, *limit) = (Target::Leave(need), leaves);
        }
        for edge in near.of(need).iter().filter(|edge| edge.0 != leaf) {
            let there = moved - residual.surplus_of(edge);
            first = first.min(there);
            if there < *limit {
                search.relax(edge.0, there, Via::Need { need, leaf: edge.0 });
            }
        }
        depth = depth.min(moved.saturating_sub(near.floor(need)));
    }
    slack.learn(leaf, first.min(depth) - distance, residual);
    if depth < *limit {
        search.ask_for_depth(leaf, depth);
    }
}

/// Offers what the short lists of the needs at a leaf leave out.
fn relax_beyond_lists<S: Score, W: Weight>(
    residual: &Residual<'_, S, W>,
    search: &mut Search,
    near: &NearByNeed<W>,
    leaf: u32,
    distance: i64,
    limit: i64,
) {
    for &need in residual.held(leaf) {
        let moved = distance + residual.surplus(need);
        if moved.saturating_sub(near.floor(need)) < limit {
            relax_all_edges(residual, search, need, moved, limit);
        }
    }
}

/// Offers the leaves of all edges of a need; `base` is the distance at which the need gives up its surplus.
#[inline]
fn relax_all_edges<S: Score, W: Weight>(
    residual: &Residual<'_, S, W>,
    search: &mut Search,
    need: u32,
    base: i64,
    limit: i64,
) {
    for edge in residual.instance.edges(need) {
        let distance = base - residual.surplus_of(&edge);
        if distance < limit {
            search.relax(edge.0, distance, Via::Need { need, leaf: edge.0 });
        }
    }
}

/// Moves one unit along the path from the free need to the target.
fn shift_units<S: Score, W: Weight>(
    residual: &mut Residual<'_, S, W>,
    search: &Search,
    slack: &mut Slack,
    free: u32,
    target: Target,
) {
    let mut v = match target {
        Target::StayOut => return,
        Target::Room(root) => {
            residual.load[root as usize] += 1;
            root
        }
        Target::Phantom(v) => {
            residual.phantoms[v as usize] -= 1;
            v
        }
        Target::Leave(need) => {
            let leaf = residual.place(need);
            residual.detach(need);
            leaf
        }
    };
    loop {
        match search.via(v) {
            Via::Need { need, leaf } => {
                let from = residual.place(need);
                if need != free {
                    residual.detach(need);
                }
                residual.attach(need, &residual.instance.edge_to(need, leaf));
                slack.forget(leaf);
                if need == free {
                    return;
                }
                v = from;
            }
            Via::Child(child) => {
                residual.load[child as usize] += 1;
                v = child;
            }
            Via::Parent => {
                residual.load[v as usize] -= 1;
                v = residual.instance.forest.parent[v as usize];
            }
            Via::Source => unreachable!("a forward search starts at a need, never at a node"),
        }
    }
}
