//! Level pass: proves that coverage is the best possible, or improves it.
//!
//! The exact phase works with a finite step for each tier. Whether any larger step would serve other needs is a
//! question of reachability alone: for tiers from high to low, a breadth-first search over the residual network from
//! the needs of the tier that stay out. A root with room, or a held need of a lower tier, is an augmentation. A node's
//! *level* is the highest tier whose search reached it, 0 for none. Marks are kept from search to search, since a
//! search that finds no target closes what it reached for every later one.
//!
//! If no augmentation was found, a price y for the step m becomes the price y + level·(m′ − m) for any larger step m′,
//! term by term in every condition of optimality. So (level, y − level·m) is a price for a step without bound.

use super::forest::NONE;
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

enum Target {
    Room(u32),
    Leave(u32),
}

/// Runs the pass; augmentations change the flow of `residual` but not its potentials.
pub(super) fn run<S: Score, W: Weight>(residual: &mut Residual<'_, S, W>, control: &Control) -> Result<Levels, Error> {
    let n_nodes = residual.instance.forest.n_nodes();
    let mut pass = Pass {
        levels: Levels { level: vec![0; n_nodes], n_augmentations: 0 },
        via: vec![Via::Parent; n_nodes],
        queue: Vec::new(),
    };
    // Needs that stay out, by tier; those driven out by an augmentation join a lower tier.
    let mut out: Vec<Vec<u32>> = vec![Vec::new(); usize::from(residual.instance.max_tier) + 1];
    for need in (0..residual.instance.n_needs() as u32).filter(|&need| residual.place(need) == NONE) {
        out[usize::from(residual.instance.tier[need as usize])].push(need);
    }
    for tier in (1..out.len()).rev() {
        let mut next = 0;
        while let Some(&need) = out[tier].get(next) {
            next += 1;
            control.check()?;
            if let Some(target) = pass.search(residual, need, tier as u8) {
                pass.forget();
                pass.levels.n_augmentations += 1;
                if let Some(driven_out) = pass.augment(residual, need, target) {
                    out[usize::from(residual.instance.tier[driven_out as usize])].push(driven_out);
                }
            }
        }
    }
    Ok(pass.levels)
}

struct Pass {
    levels: Levels,
    via: Vec<Via>,
    /// The nodes that the current search has reached, in order.
    queue: Vec<u32>,
}

impl Pass {
    fn mark(&mut self, v: u32, tier: u8, via: Via) {
        if self.levels.level[v as usize] == 0 {
            self.levels.level[v as usize] = tier;
            self.via[v as usize] = via;
            self.queue.push(v);
        }
    }

    /// Takes back the marks of a search that found a target: the augmentation changes what they mean.
    fn forget(&mut self) {
        for &v in &self.queue {
            self.levels.level[v as usize] = 0;
        }
    }

    fn search<S: Score, W: Weight>(&mut self, residual: &Residual<'_, S, W>, need: u32, tier: u8) -> Option<Target> {
        self.queue.clear();
        self.mark_edges(residual, need, tier);
        let mut next = 0;
        while let Some(&v) = self.queue.get(next) {
            next += 1;
            let target = self.visit(residual, v, tier);
            if target.is_some() {
                return target;
            }
        }
        None
    }

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
            for &need in residual.held(v) {
                self.mark_edges(residual, need, tier);
            }
        } else {
            for &child in forest.children(v).iter().filter(|&&child| residual.load[child as usize] > 0) {
                self.mark(child, tier, Via::Parent);
            }
        }
        None
    }

    fn mark_edges<S: Score, W: Weight>(&mut self, residual: &Residual<'_, S, W>, need: u32, tier: u8) {
        for (leaf, _) in residual.instance.edges(need) {
            self.mark(leaf, tier, Via::Need { need, leaf });
        }
    }

    /// Moves one unit from `start` to the target; gives the need that leaves, if one does.
    fn augment<S: Score, W: Weight>(
        &self,
        residual: &mut Residual<'_, S, W>,
        start: u32,
        target: Target,
    ) -> Option<u32> {
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
                    if need == start {
                        residual.attach(need, &residual.instance.edge_to(need, leaf));
                        return driven_out;
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
