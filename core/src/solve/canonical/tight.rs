//! The tight network: everything about a flow that can change without loss.

use std::ops::Range;

use rayon::prelude::*;

use crate::control::Control;
use crate::error::Error;
use crate::network::{Network, Score};
use crate::solve::{Flow, Price, loads};

/// A flow among tight edges. It stays optimal whatever its methods do.
#[cfg_attr(test, derive(Clone))]
pub(super) struct Tight {
    first: Vec<usize>,
    /// The tight nodes of each need: those of the best score first, of equals the first node.
    node: Vec<u32>,
    /// Whether a need loses nothing by staying out.
    indifferent: Vec<bool>,
    place: Vec<Option<u32>>,
    /// The needs that each node holds itself.
    held: Vec<Vec<u32>>,
    /// Where each need stands in its node's list.
    seat: Vec<u32>,
    /// How many needs each node and everything under it hold.
    load: Vec<u64>,
    capacity: Vec<u64>,
    parent: Vec<Option<u32>>,
    /// Nodes that charge nothing of their own, so that they need not stay full.
    free_of_charge: Vec<bool>,
    first_child: Vec<usize>,
    child: Vec<u32>,
}

/// How one unit may move from a node without loss.
pub(super) enum Move {
    /// On to another node; the unit stays in the forest.
    To(u32, Via),
    /// Out of the forest, at a root with room.
    Out,
}

/// What carries a unit from one node to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// A need that is held changes its place.
    Need(u32),
    /// The load of the node below grows.
    Up(u32),
    /// The load of the node itself shrinks.
    Down,
}

impl Tight {
    /// The tight network of an optimal flow with optimal prices.
    pub(super) fn new<S: Score>(network: &Network<'_, S>, optimum: &Flow, control: &Control) -> Result<Self, Error> {
        let (n_needs, n_nodes) = (network.n_needs(), network.n_nodes());
        let full_price = full_prices(network, &optimum.price);
        let parts: Vec<Rows> = (0..n_needs.div_ceil(PART))
            .into_par_iter()
            .map(|part| {
                control.check()?;
                Ok(Rows::of(network, &full_price, part * PART..((part + 1) * PART).min(n_needs)))
            })
            .collect::<Result<_, Error>>()?;
        let (mut first, mut node, mut indifferent) = (vec![0], Vec::new(), Vec::with_capacity(n_needs));
        for part in parts {
            let before = node.len();
            first.extend(part.end.iter().map(|end| before + end));
            node.extend(part.node);
            indifferent.extend(part.indifferent);
        }
        let (first_child, child) = children(network);
        let mut tight = Self {
            first,
            node,
            indifferent,
            place: vec![None; n_needs],
            held: vec![Vec::new(); n_nodes],
            seat: vec![0; n_needs],
            load: loads(network, &optimum.node),
            capacity: (0..n_nodes as u32).map(|v| network.capacity(v)).collect(),
            parent: (0..n_nodes as u32).map(|v| network.parent(v)).collect(),
            free_of_charge: optimum.price.iter().map(|&own| own == Price::default()).collect(),
            first_child,
            child,
        };
        for (need, &place) in optimum.node.iter().enumerate() {
            if let Some(v) = place {
                tight.attach(need as u32, v);
            }
        }
        Ok(tight)
    }

    pub(super) fn n_needs(&self) -> usize {
        self.place.len()
    }

    pub(super) fn n_nodes(&self) -> usize {
        self.load.len()
    }

    /// The nodes at which a need loses nothing, best first.
    #[inline]
    pub(super) fn nodes_of(&self, need: u32) -> &[u32] {
        &self.node[self.first[need as usize]..self.first[need as usize + 1]]
    }

    pub(super) fn place(&self, need: u32) -> Option<u32> {
        self.place[need as usize]
    }

    /// The needs that a node holds itself.
    pub(super) fn held(&self, v: u32) -> &[u32] {
        &self.held[v as usize]
    }

    /// Whether a need loses nothing by staying out.
    pub(super) fn is_indifferent(&self, need: u32) -> bool {
        self.indifferent[need as usize]
    }

    /// Where one unit too many at a node can go without loss; `movable` says which needs may change their place.
    #[inline]
    pub(super) fn moves_from(&self, v: u32, movable: impl Fn(u32) -> bool, mut visit: impl FnMut(Move)) {
        if self.can_grow(v) {
            match self.parent(v) {
                Some(parent) => visit(Move::To(parent, Via::Up(v))),
                None => visit(Move::Out),
            }
        }
        for &need in self.held[v as usize].iter().filter(|&&need| movable(need)) {
            for &other in self.nodes_of(need).iter().filter(|&&other| other != v) {
                visit(Move::To(other, Via::Need(need)));
            }
        }
        for child in self.children(v).filter(|&child| self.can_shrink(child)) {
            visit(Move::To(child, Via::Down));
        }
    }

    /// Whether a node may hold one unit more, if the ones above may.
    #[inline]
    pub(super) fn can_grow(&self, v: u32) -> bool {
        self.load[v as usize] < self.capacity[v as usize]
    }

    pub(super) fn parent(&self, v: u32) -> Option<u32> {
        self.parent[v as usize]
    }

    #[inline]
    pub(super) fn children(&self, v: u32) -> impl Iterator<Item = u32> + '_ {
        self.child[self.first_child[v as usize]..self.first_child[v as usize + 1]].iter().copied()
    }

    /// Whether a node may hold one unit less without loss.
    #[inline]
    pub(super) fn can_shrink(&self, v: u32) -> bool {
        self.free_of_charge[v as usize] && self.load[v as usize] > 0
    }

    pub(super) fn roots(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.n_nodes() as u32).filter(|&v| self.parent[v as usize].is_none())
    }

    /// Puts a need into a node. Loads are the caller's business.
    pub(super) fn attach(&mut self, need: u32, v: u32) {
        let list = &mut self.held[v as usize];
        self.seat[need as usize] = list.len() as u32;
        list.push(need);
        self.place[need as usize] = Some(v);
    }

    /// Takes a need out of its node, and tells which. Loads are the caller's business.
    pub(super) fn detach(&mut self, need: u32) -> u32 {
        let v = self.place[need as usize].take().expect("only a need that is held is taken out");
        let list = &mut self.held[v as usize];
        let seat = self.seat[need as usize] as usize;
        list.swap_remove(seat);
        if let Some(&moved) = list.get(seat) {
            self.seat[moved as usize] = seat as u32;
        }
        v
    }

    /// Carries one unit to a node. What it leaves behind at the node before is carried by the step to that one.
    pub(super) fn carry(&mut self, via: Via, to: u32) {
        match via {
            Via::Need(need) => {
                self.detach(need);
                self.attach(need, to);
            }
            Via::Up(child) => self.load[child as usize] += 1,
            Via::Down => self.load[to as usize] -= 1,
        }
    }

    pub(super) fn into_places(self) -> Vec<Option<u32>> {
        self.place
    }
}

/// Needs are looked at in parts of this size, side by side.
const PART: usize = 1 << 13;

/// The tight nodes of some needs, and whether they lose nothing by staying out.
struct Rows {
    end: Vec<usize>,
    node: Vec<u32>,
    indifferent: Vec<bool>,
}

impl Rows {
    fn of<S: Score>(network: &Network<'_, S>, full_price: &[Price], needs: Range<usize>) -> Self {
        let (mut end, mut node, mut indifferent) = (Vec::new(), Vec::new(), Vec::new());
        let mut row: Vec<(S, u32)> = Vec::new();
        for need in needs {
            let tier = i64::from(network.tier(need));
            let worth = |v: u32, score: S| Price { tier, score: score.into() } - full_price[v as usize];
            let mut utility = Price::default();
            row.clear();
            for (v, score) in network.edges(need) {
                let worth = worth(v, score);
                if worth > utility {
                    utility = worth;
                    row.clear();
                }
                if worth == utility {
                    row.push((score, v));
                }
            }
            row.sort_unstable_by_key(|&(score, v)| (std::cmp::Reverse(score), v));
            node.extend(row.iter().map(|&(_, v)| v));
            end.push(node.len());
            indifferent.push(utility == Price::default());
        }
        Self { end, node, indifferent }
    }
}

/// The price of a place at each node, its ancestors' charges included.
pub(super) fn full_prices<S: Score>(network: &Network<'_, S>, own: &[Price]) -> Vec<Price> {
    let mut full = own.to_vec();
    for v in crate::solve::forest::top_down(network) {
        if let Some(parent) = network.parent(v) {
            full[v as usize] = full[v as usize] + full[parent as usize];
        }
    }
    full
}

/// The children of each node, end to end, and where those of each begin.
pub(super) fn children<S: Score>(network: &Network<'_, S>) -> (Vec<usize>, Vec<u32>) {
    let n_nodes = network.n_nodes();
    let mut first = vec![0; n_nodes + 1];
    let parents = || (0..n_nodes as u32).filter_map(|v| network.parent(v).map(|p| (v, p as usize)));
    for (_, parent) in parents() {
        first[parent + 1] += 1;
    }
    for v in 0..n_nodes {
        first[v + 1] += first[v];
    }
    let mut next = first.clone();
    let mut child = vec![0; first[n_nodes]];
    for (v, parent) in parents() {
        child[next[parent]] = v;
        next[parent] += 1;
    }
    (first, child)
}
