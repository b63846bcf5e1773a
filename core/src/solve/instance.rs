//! The network in the engine's own order and units.
//!
//! Needs that compete become neighbours in memory (they are ordered by the leaf of their best edge), since locality
//! matters more than anything else to the speed of the auction. Scores are shifted left as far as the weight allows,
//! which gives the auction prices finer than one unit of score.

use std::ops::Range;

use rayon::prelude::*;

use super::forest::{Forest, NONE};
use super::weight::Weight;
use crate::control::Control;
use crate::error::Error;
use crate::network::{Network, Score};

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
    /// The leaf of each edge.
    pub(super) leaf: Vec<u32>,
    /// The score of each edge, shifted left.
    pub(super) score: Vec<W>,
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
        let source = Source { network, closed, control };
        let n_edges_at = source.n_edges_at();
        control.check()?;
        let forest = Forest::new(network, &n_edges_at);
        let order = source.order_of_needs(&forest);
        control.check()?;
        let shift = shift::<W>(extent);
        let mut first_edge = Vec::with_capacity(order.len() + 1);
        first_edge.push(0);
        let mut n_edges = 0;
        for &(_, degree) in &order {
            n_edges += degree as usize;
            first_edge.push(n_edges);
        }
        let need: Vec<u32> = order.into_iter().map(|(need, _)| need).collect();
        let (leaf, score) = source.edges_in_order(&forest, &need, &first_edge, shift);
        control.check()?;
        Ok(Self {
            forest,
            tier: need.iter().map(|&need| network.tier(need as usize)).collect(),
            need,
            first_edge,
            leaf,
            score,
            shift,
            range: extent.range << shift,
            max_tier: extent.max_tier,
        })
    }

    /// How many needs.
    pub(super) fn n_needs(&self) -> usize {
        self.need.len()
    }

    /// The edges of a need.
    #[inline]
    pub(super) fn edges(&self, need: u32) -> Range<usize> {
        self.first_edge[need as usize]..self.first_edge[need as usize + 1]
    }

    /// The score of an edge, shifted left.
    #[inline]
    pub(super) fn score(&self, edge: usize) -> i64 {
        self.score[edge].into()
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
    control: &'a Control,
}

/// So many needs are worked on in one piece.
const CHUNK: usize = 1 << 14;

impl<S: Score> Source<'_, '_, S> {
    #[inline]
    fn edges(&self, need: usize) -> impl Iterator<Item = (u32, S)> + '_ {
        let tier = self.network.tier(need);
        self.network
            .edges(need)
            .filter(move |&(v, score)| self.closed[v as usize].is_none() && (tier > 0 || Into::<i64>::into(score) > 0))
    }

    fn chunks(&self) -> impl IndexedParallelIterator<Item = Range<usize>> {
        let n_needs = self.network.n_needs();
        (0..n_needs.div_ceil(CHUNK))
            .into_par_iter()
            .map(move |k| if self.control.is_cancelled() { 0..0 } else { k * CHUNK..((k + 1) * CHUNK).min(n_needs) })
    }

    /// How many edges arrive at each node.
    fn n_edges_at(&self) -> Vec<usize> {
        let n_nodes = self.network.n_nodes();
        let count = |mut n_edges_at: Vec<usize>, needs: Range<usize>| {
            for (v, _) in needs.flat_map(|need| self.edges(need)) {
                n_edges_at[v as usize] += 1;
            }
            n_edges_at
        };
        let add = |mut sum: Vec<usize>, other: Vec<usize>| {
            sum.iter_mut().zip(other).for_each(|(sum, n)| *sum += n);
            sum
        };
        self.chunks().fold(|| vec![0; n_nodes], count).reduce(|| vec![0; n_nodes], add)
    }

    /// The needs with their number of edges, sorted by the leaf of their best edge (counting sort); ties keep the
    /// network's order.
    fn order_of_needs(&self, forest: &Forest) -> Vec<(u32, u32)> {
        let best_leaf_and_degree = |need: usize| {
            // `max_by_key` keeps the last of equals; the first is wanted, so the scan runs by hand.
            let (mut best, mut degree): (Option<(S, u32)>, u32) = (None, 0);
            for (v, score) in self.edges(need) {
                degree += 1;
                if best.is_none_or(|(highest, _)| score > highest) {
                    best = Some((score, v));
                }
            }
            (best.map_or(NONE, |(_, v)| forest.leaf_of[v as usize]), degree)
        };
        let needs: Vec<Vec<(u32, u32)>> =
            self.chunks().map(|needs| needs.map(best_leaf_and_degree).collect()).collect();
        let mut start = vec![0usize; forest.n_leaves + 1];
        for &(leaf, _) in needs.iter().flatten().filter(|&&(leaf, _)| leaf != NONE) {
            start[leaf as usize + 1] += 1;
        }
        for leaf in 0..forest.n_leaves {
            start[leaf + 1] += start[leaf];
        }
        let mut order = vec![(0, 0); start[forest.n_leaves]];
        for (need, &(leaf, degree)) in needs.iter().flatten().enumerate().filter(|(_, (leaf, _))| *leaf != NONE) {
            order[start[leaf as usize]] = (need as u32, degree);
            start[leaf as usize] += 1;
        }
        order
    }

    /// The leaves and shifted scores of the edges of these needs.
    fn edges_in_order<W: Weight>(
        &self,
        forest: &Forest,
        need: &[u32],
        first_edge: &[usize],
        shift: u32,
    ) -> (Vec<u32>, Vec<W>) {
        let n_edges = first_edge[need.len()];
        let (mut leaf, mut score) = (vec![0; n_edges], vec![W::default(); n_edges]);
        let (mut leaves, mut scores) = (&mut leaf[..], &mut score[..]);
        let mut pieces = Vec::with_capacity(need.len().div_ceil(CHUNK));
        for (k, needs) in need.chunks(CHUNK).enumerate() {
            let n = first_edge[k * CHUNK + needs.len()] - first_edge[k * CHUNK];
            let (leaves_of_piece, scores_of_piece);
            (leaves_of_piece, leaves) = leaves.split_at_mut(n);
            (scores_of_piece, scores) = scores.split_at_mut(n);
            pieces.push((needs, leaves_of_piece, scores_of_piece));
        }
        pieces.into_par_iter().filter(|_| !self.control.is_cancelled()).for_each(|(needs, leaves, scores)| {
            let mut places = leaves.iter_mut().zip(scores);
            for &need in needs {
                for ((v, s), (leaf, score)) in self.edges(need as usize).zip(&mut places) {
                    *leaf = forest.leaf_of[v as usize];
                    *score = W::of(Into::<i64>::into(s) << shift);
                }
            }
        });
        (leaf, score)
    }
}
