//! Level pass: proves that coverage is the best possible, or improves it.
//!
//! The exact phase works with a finite step for each tier. Whether any larger step would serve other needs is a
//! question of reachability alone: for tiers from high to low, a breadth-first search over the residual network from
//! the needs of the tier that stay out. A root with room, or a held need of a lower tier, is an augmentation. A node's
//! *level* is the highest tier whose search reached it, 0 for none. Marks are kept from search to search, since a
//! search that finds no target closes what it reached for every later one. All needs of a tier search together, so that
//! soon all leaves are marked and no edge need be looked at any more; once they find a target, one after the other.
//!
//! If no augmentation was found, a price y for the step m becomes the price y + level·(m′ − m) for any larger step m′,
//! term by term in every condition of optimality. So (level, y − level·m) is a price for a step without bound.

use rayon::prelude::*;

use super::forest::{Forest, NONE};
use super::residual::Residual;
use super::weight::Weight;
use crate::control::Control;
use crate::error::Error;
use crate::network::Score;

/// Levels, after as many augmentations as there were.
pub(super) struct Levels {
    pub(super) level: Vec<u8>,
    pub(super) n_augmentations: usize,
}

/// How the search came to a node.
#[derive(Clone, Copy)]
enum Via {
    Need { need: u32, leaf: u32 },
    Child(u32),
    Parent,
}

/// Of more needs than this fraction the edges are looked at in the order in which they lie in memory, by all threads.
const MANY: usize = 16;
/// And so many needs at a time, which each time takes a look at all leaves.
const CHUNK: usize = 1 << 15;

enum Target {
    Room(u32),
    Leave(u32),
}

/// Runs the pass; augmentations change the flow of `residual` but not its potentials.
pub(super) fn run<S: Score, W: Weight>(residual: &mut Residual<'_, S, W>, control: &Control) -> Result<Levels, Error> {
    let mut pass = Pass::new(&residual.instance.forest);
    // Needs that stay out, by tier; those driven out by an augmentation join a lower tier.
    let mut out: Vec<Vec<u32>> = vec![Vec::new(); usize::from(residual.instance.max_tier) + 1];
    for need in (0..residual.instance.n_needs() as u32).filter(|&need| residual.place(need) == NONE) {
        out[usize::from(residual.instance.tier[need as usize])].push(need);
    }
    for tier in (1..out.len()).rev() {
        // All at once, since nothing is found as a rule; one by one from where something is.
        let (mut next, mut together) = (0, usize::MAX);
        while next < out[tier].len() {
            let end = out[tier].len().min(next.saturating_add(together));
            let Some(target) = pass.search(residual, &out[tier][next..end], tier as u8, control)? else {
                next = end;
                continue;
            };
            pass.forget();
            pass.levels.n_augmentations += 1;
            let (served, driven_out) = pass.augment(residual, target);
            let waiting = &mut out[tier][next..];
            let seat = waiting.iter().position(|&need| need == served).expect("an augmentation serves who waits");
            waiting.swap(0, seat);
            next += 1;
            if let Some(need) = driven_out {
                out[usize::from(residual.instance.tier[need as usize])].push(need);
            }
            together = 1;
        }
    }
    Ok(pass.levels)
}

/// Levels as prices for a finite step tell them roughly, where no pass proves any.
pub(super) fn rough<S: Score, W: Weight>(residual: &Residual<'_, S, W>) -> Levels {
    let (step, most) = (residual.step.max(1), i64::from(residual.instance.max_tier));
    let level = |&price: &i64| ((price + step / 2) / step).clamp(0, most) as u8;
    Levels { level: residual.potential.iter().map(level).collect(), n_augmentations: 0 }
}

struct Pass {
    levels: Levels,
    via: Vec<Via>,
    /// The nodes that the current search has reached, in order.
    queue: Vec<u32>,
    /// How many leaves have no mark: without any, no edge need be looked at.
    n_unmarked: usize,
    n_leaves: u32,
}

impl Pass {
    fn new(forest: &Forest) -> Self {
        Self {
            levels: Levels { level: vec![0; forest.n_nodes()], n_augmentations: 0 },
            via: vec![Via::Parent; forest.n_nodes()],
            queue: Vec::new(),
            n_unmarked: forest.n_leaves,
            n_leaves: forest.n_leaves as u32,
        }
    }

    fn mark(&mut self, v: u32, tier: u8, via: Via) {
        if self.levels.level[v as usize] == 0 {
            self.levels.level[v as usize] = tier;
            self.via[v as usize] = via;
            self.queue.push(v);
            self.n_unmarked -= usize::from(v < self.n_leaves);
        }
    }

    /// Takes back the marks of a search that found a target: the augmentation changes what they mean.
    fn forget(&mut self) {
        for &v in &self.queue {
            self.levels.level[v as usize] = 0;
            self.n_unmarked += usize::from(v < self.n_leaves);
        }
    }

    /// Marks what some needs of a tier can reach, or finds a target.
    fn search<S: Score, W: Weight>(
        &mut self,
        residual: &Residual<'_, S, W>,
        needs: &[u32],
        tier: u8,
        control: &Control,
    ) -> Result<Option<Target>, Error> {
        self.queue.clear();
        self.mark_edges(residual, needs, tier);
        let mut next = 0;
        while next < self.queue.len() {
            control.check()?;
            // All that was reached in so many steps, before anything that is one step further.
            let end = self.queue.len();
            let mut held = Vec::new();
            while next < end {
                let v = self.queue[next];
                next += 1;
                let target = self.visit(residual, v, tier);
                if target.is_some() {
                    return Ok(target);
                }
                if v < self.n_leaves && self.n_unmarked > 0 {
                    held.extend_from_slice(residual.held(v));
                }
            }
            self.mark_edges(residual, &held, tier);
        }
        Ok(None)
    }

    /// Marks what is next to a node in the forest, or finds a target there.
    fn visit<S: Score, W: Weight>(&mut self, residual: &Residual<'_, S, W>, v: u32, tier: u8) -> Option<Target> {
        let forest = &residual.instance.forest;
        if residual.has_room(v) {
            match forest.parent[v as usize] {
                NONE => return Some(Target::Room(v)),
                parent => self.mark(parent, tier, Via::Child(v)),
            }
        }
        if forest.is_leaf(v) {
            let lower = |&&need: &&u32| residual.instance.tier[need as usize] < tier;
            if let Some(&need) = residual.held(v).iter().find(lower) {
                return Some(Target::Leave(need));
            }
        } else {
            for &child in forest.children(v).iter().filter(|&&child| residual.load[child as usize] > 0) {
                self.mark(child, tier, Via::Parent);
            }
        }
        None
    }

    /// Marks the leaves to which some needs have an edge.
    fn mark_edges<S: Score, W: Weight>(&mut self, residual: &Residual<'_, S, W>, needs: &[u32], tier: u8) {
        let instance = residual.instance;
        if self.n_unmarked == 0 {
            return;
        }
        if needs.len() < instance.n_needs() / MANY {
            for &need in needs {
                for (leaf, _) in instance.edges(need) {
                    self.mark(leaf, tier, Via::Need { need, leaf });
                }
            }
            return;
        }
        let mut is_meant = vec![false; instance.rank.len()];
        needs.iter().for_each(|&need| is_meant[instance.need[need as usize] as usize] = true);
        let level = &self.levels.level;
        let reached: Vec<Vec<(u32, u32)>> = is_meant
            .par_chunks(CHUNK)
            .enumerate()
            .map(|(chunk, is_meant)| {
                let mut is_new: Vec<bool> = level[..self.n_leaves as usize].iter().map(|&level| level == 0).collect();
                let mut reached = Vec::new();
                let is_meant = is_meant.iter().take_while(|_| !instance.control.is_cancelled());
                for (need, _) in (chunk * CHUNK..).zip(is_meant).filter(|&(_, &is_meant)| is_meant) {
                    for (leaf, _) in instance.edges_of(need) {
                        if std::mem::take(&mut is_new[leaf as usize]) {
                            reached.push((instance.rank[need], leaf));
                        }
                    }
                }
                reached
            })
            .collect();
        for (need, leaf) in reached.into_iter().flatten() {
            self.mark(leaf, tier, Via::Need { need, leaf });
        }
    }

    /// Moves one unit from a need that stayed out to the target; gives that need, and the one that leaves, if one does.
    fn augment<S: Score, W: Weight>(&self, residual: &mut Residual<'_, S, W>, target: Target) -> (u32, Option<u32>) {
        let (mut v, driven_out) = match target {
            Target::Room(root) => {
                residual.load[root as usize] += 1;
                (root, None)
            }
            Target::Leave(need) => {
                let leaf = residual.place(need);
                residual.detach(need);
                (leaf, Some(need))
            }
        };
        loop {
            match self.via[v as usize] {
                Via::Need { need, leaf } => {
                    let from = residual.place(need);
                    if from == NONE {
                        residual.attach(need, &residual.instance.edge_to(need, leaf));
                        return (need, driven_out);
                    }
                    residual.detach(need);
                    residual.attach(need, &residual.instance.edge_to(need, leaf));
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
            }
        }
    }
}
