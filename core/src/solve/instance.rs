//! The network in the engine's own order and units.
//!
//! Needs that compete become neighbours in memory (they are ordered by the leaf of their best edge), since locality
//! matters more than anything else to the speed of the auction. Scores are shifted left as far as the weight allows,
//! which gives the auction prices finer than one unit of score.

use rayon::prelude::*;

use super::forest::Forest;
use super::weight::Weight;
use crate::control::Control;
use crate::error::Error;
use crate::network::{Network, Score};

/// An edge: its leaf, and its score, shifted left. They are read together, so they lie together.
pub(super) type Edge<W> = (u32, W);

/// A network ready to be solved.
#[derive(Debug)]
pub(super) struct Instance<W> {
    /// The supply forest.
    pub(super) forest: Forest,
    /// The network's index of each need; needs without an edge are left out.
    pub(super) need: Vec<u32>,
    /// The tier of each need.
    pub(super) tier: Vec<u8>,
    pub(super) first_edge: Vec<usize>,
    /// The edges of all needs, end to end.
    pub(super) edge: Vec<Edge<W>>,
    /// How far scores are shifted left.
    pub(super) shift: u32,
    /// The largest magnitude of a shifted score; at least 1.
    pub(super) range: i64,
    /// The highest tier of any need.
    pub(super) max_tier: u8,
}

/// What one step of tier is worth at first, in multiples of the largest score. More overprices places, less costs
/// augmentations later; neither changes the answer.
pub(super) const FIRST_STEP: i64 = 2;

impl<W: Weight> Instance<W> {
    /// Takes over the edges of a network that could ever be used.
    ///
    /// An edge is useless where its node is closed, or where the need is in tier 0 and the score not positive:
    /// staying out is then as good.
    pub(super) fn new<S: Score>(
        network: &Network<'_, S>,
        closed: &[Option<u32>],
        extent: Extent,
        control: &Control,
    ) -> Result<Self, Error> {
        let source = Source::new(network, closed, control);
        let Survey { best, n_edges_at } = source.survey();
        control.check()?;
        let forest = Forest::new(network, &n_edges_at);
        let need = by_leaf(&best, &forest);
        let mut first_edge = Vec::with_capacity(need.len() + 1);
        first_edge.push(0);
        first_edge.extend(need.iter().scan(0, |end, &need| {
            *end += best[need as usize].degree as usize;
            Some(*end)
        }));
        drop(best);
        control.check()?;
        let shift = shift::<W>(extent);
        let edge = source.edges_in_order(&forest, &need, &first_edge, shift);
        control.check()?;
        Ok(Self {
            forest,
            tier: need.iter().map(|&need| network.tier(need as usize)).collect(),
            need,
            first_edge,
            edge,
            shift,
            range: extent.range << shift,
            max_tier: extent.max_tier,
        })
    }

    /// How many needs.
    pub(super) fn n_needs(&self) -> usize {
        self.need.len()
    }

    /// The edge of a need to a leaf at which it has one.
    pub(super) fn edge_to(&self, need: u32, leaf: u32) -> &Edge<W> {
        self.list(need).iter().find(|edge| edge.0 == leaf).expect("a search moves needs along their edges")
    }

    /// The edges of a need, leaf and score shifted left.
    #[inline]
    pub(super) fn list(&self, need: u32) -> &[Edge<W>] {
        &self.edge[self.first_edge[need as usize]..self.first_edge[need as usize + 1]]
    }
}

/// The numbers that decide which weight fits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// The largest magnitude of a score, at least 1.
    pub(super) range: i64,
    /// The highest tier.
    pub(super) max_tier: u8,
    /// How many needs.
    pub(super) n_needs: usize,
}

impl Extent {
    /// Of a whole network.
    pub(super) fn of<S: Score>(network: &Network<'_, S>) -> Self {
        let of_need = |need| {
            let largest = network.edges(need).map(|(_, s)| Into::<i64>::into(s).abs()).max().unwrap_or(0);
            (largest, network.tier(need))
        };
        let larger = |a: (i64, u8), b: (i64, u8)| (a.0.max(b.0), a.1.max(b.1));
        let needs = (0..network.n_needs()).into_par_iter().with_min_len(CHUNK);
        let (range, max_tier) = needs.map(of_need).reduce(|| (1, 0), larger);
        Self { range, max_tier, n_needs: network.n_needs() }
    }

    /// Whether the weights fit the weight type, scores shifted left, while tiers count [`FIRST_STEP`] ranges each.
    pub(super) fn fits<W: Weight>(self, shift: u32) -> bool {
        let top = (1 + FIRST_STEP * (i64::from(self.max_tier) + 1)).saturating_mul(self.range << shift);
        top < W::LIMIT
    }

    /// The largest magnitude of a shifted score for which a step of tier can outgrow every alternating path in 64 bits.
    pub(super) fn largest_range(self) -> i64 {
        if self.max_tier == 0 {
            return i64::MAX;
        }
        i64::LIMIT / (4 * (i64::from(self.max_tier) + 2) * (self.n_needs as i64 + 2))
    }
}

/// Finer prices than a few thousandths of a unit help nobody.
const MAX_SHIFT: u32 = 12;

fn shift<W: Weight>(extent: Extent) -> u32 {
    let fits = |shift: u32| extent.fits::<W>(shift) && extent.range << shift <= extent.largest_range();
    (1..=MAX_SHIFT).rev().find(|&shift| fits(shift)).unwrap_or(0)
}

/// A network of which only the useful edges count. Once the run is cancelled its passes do nothing, and quickly.
struct Source<'a, 'b, S: Score> {
    network: &'a Network<'b, S>,
    closed: &'a [Option<u32>],
    any_closed: bool,
    control: &'a Control,
}

/// What a first look at all edges tells.
struct Survey {
    /// For each need its best edge.
    best: Vec<Best>,
    /// How many edges arrive at each node.
    n_edges_at: Vec<usize>,
}

/// The node of a need's best edge, the first of equals, and how many edges the need has.
#[derive(Clone, Copy, Default)]
struct Best {
    node: u32,
    degree: u32,
}

/// So many needs are worked on in one piece.
const CHUNK: usize = 1 << 14;
/// So many needs ahead an edge is read for no other purpose than to have its row in the cache in time.
const AHEAD: usize = 8;

impl<'a, 'b, S: Score> Source<'a, 'b, S> {
    fn new(network: &'a Network<'b, S>, closed: &'a [Option<u32>], control: &'a Control) -> Self {
        Self { network, closed, any_closed: closed.iter().any(Option::is_some), control }
    }

    #[inline]
    fn edges(&self, need: usize) -> impl Iterator<Item = (u32, S)> + '_ {
        let tier = self.network.tier(need);
        self.network.edges(need).filter(move |&(v, score)| {
            (!self.any_closed || self.closed[v as usize].is_none()) && (tier > 0 || Into::<i64>::into(score) > 0)
        })
    }

    fn survey(&self) -> Survey {
        let n_nodes = self.network.n_nodes();
        let mut best = vec![Best::default(); self.network.n_needs()];
        let look = |mut n_edges_at: Vec<usize>, (k, best): (usize, &mut [Best])| {
            if !self.control.is_cancelled() {
                for (need, best) in (k * CHUNK..).zip(best) {
                    *best = self.best(need, &mut n_edges_at);
                }
            }
            n_edges_at
        };
        let add = |mut sum: Vec<usize>, other: Vec<usize>| {
            sum.iter_mut().zip(other).for_each(|(sum, n)| *sum += n);
            sum
        };
        let chunks = best.par_chunks_mut(CHUNK).enumerate();
        let n_edges_at = chunks.fold(|| vec![0; n_nodes], look).reduce(|| vec![0; n_nodes], add);
        Survey { best, n_edges_at }
    }

    /// The best edge of a need; counts its edges at their nodes.
    #[inline]
    fn best(&self, need: usize, n_edges_at: &mut [usize]) -> Best {
        let mut best = Best::default();
        let mut highest = None;
        for (node, score) in self.edges(need) {
            n_edges_at[node as usize] += 1;
            best.degree += 1;
            if highest.is_none_or(|highest| score > highest) {
                (highest, best.node) = (Some(score), node);
            }
        }
        best
    }

    /// The edges of these needs, end to end.
    fn edges_in_order<W: Weight>(
        &self,
        forest: &Forest,
        need: &[u32],
        first_edge: &[usize],
        shift: u32,
    ) -> Vec<Edge<W>> {
        let mut edge = vec![(0, W::default()); first_edge[need.len()]];
        let mut rest = &mut edge[..];
        let mut pieces = Vec::with_capacity(need.len().div_ceil(CHUNK));
        for (k, needs) in need.chunks(CHUNK).enumerate() {
            let n = first_edge[k * CHUNK + needs.len()] - first_edge[k * CHUNK];
            let piece;
            (piece, rest) = rest.split_at_mut(n);
            pieces.push((needs, piece));
        }
        pieces.into_par_iter().filter(|_| !self.control.is_cancelled()).for_each(|(needs, piece)| {
            let mut places = piece.iter_mut();
            for (k, &need) in needs.iter().enumerate() {
                if let Some(&ahead) = needs.get(k + AHEAD) {
                    std::hint::black_box(self.network.edges(ahead as usize).next());
                }
                for ((v, score), place) in self.edges(need as usize).zip(&mut places) {
                    *place = (forest.leaf_of[v as usize], W::of(Into::<i64>::into(score) << shift));
                }
            }
        });
        edge
    }
}

/// The needs that have an edge, sorted by the leaf of their best one (counting sort); ties keep the network's order.
fn by_leaf(best: &[Best], forest: &Forest) -> Vec<u32> {
    let with_edges = || (0u32..).zip(best).filter(|(_, best)| best.degree > 0);
    let leaf = |best: &Best| forest.leaf_of[best.node as usize] as usize;
    let mut start = vec![0u32; forest.n_leaves + 1];
    for (_, best) in with_edges() {
        start[leaf(best) + 1] += 1;
    }
    for k in 0..forest.n_leaves {
        start[k + 1] += start[k];
    }
    let mut need = vec![0; start[forest.n_leaves] as usize];
    for (k, best) in with_edges() {
        let place = &mut start[leaf(best)];
        need[*place as usize] = k;
        *place += 1;
    }
    need
}
