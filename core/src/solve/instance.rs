//! The network in the engine's own order and units.
//!
//! Needs that compete become neighbours (they are ordered by the leaf of their best edge), since locality matters more
//! than anything else to the speed of the auction. The edges stay where they are, in the network: what the engine reads
//! often are short lists of them ([`gather`](super::gather)). Scores are shifted left as far as the weight allows, which
//! gives the auction prices finer than one unit of score.

use std::marker::PhantomData;

use rayon::prelude::*;

use super::forest::{Forest, NONE};
use super::weight::Weight;
use super::work::Work;
use crate::control::Control;
use crate::error::Error;
use crate::network::{Network, Score};

/// An edge: its leaf, and its score, shifted left. They are read together, so they lie together.
pub(super) type Edge<W> = (u32, W);

/// A network ready to be solved.
///
/// An edge counts only where it could ever be used: not where its node is closed, nor where the need is in tier 0 and
/// the score not positive, since staying out is then as good.
pub(super) struct Instance<'a, S: Score, W> {
    pub(super) network: &'a Network<'a, S>,
    /// The supply forest.
    pub(super) forest: Forest,
    /// The network's index of each need; needs without an edge are left out.
    pub(super) need: Vec<u32>,
    /// The other way round: the engine's index of each of the network's needs, or [`NONE`].
    pub(super) rank: Vec<u32>,
    /// How many edges that count end at each leaf.
    pub(super) n_edges_at: Vec<usize>,
    /// The tier of each need.
    pub(super) tier: Vec<u8>,
    /// How far scores are shifted left.
    pub(super) shift: u32,
    /// The largest magnitude of a shifted score; at least 1.
    pub(super) range: i64,
    /// How far shifted scores that compete are apart: [`SPREADS`] times the average difference of the best and the worst
    /// score of a need, at least one unit and at most `range`.
    pub(super) spread: i64,
    /// The highest tier of any need.
    pub(super) max_tier: u8,
    /// How much may still be done.
    pub(super) work: Work,
    /// Long passes ask it whether the run is cancelled, and leave the rest out: whoever asks next ends the run.
    pub(super) control: &'a Control,
    weight: PhantomData<W>,
}

/// What one step of tier is worth at first, in multiples of the largest score. More overprices places, less costs
/// augmentations later; neither changes the answer.
pub(super) const FIRST_STEP: i64 = 2;

impl<'a, S: Score, W: Weight> Instance<'a, S, W> {
    /// Takes over a network.
    pub(super) fn new(
        network: &'a Network<'a, S>,
        closed: &[Option<u32>],
        extent: Extent,
        work: Work,
        control: &'a Control,
    ) -> Result<Self, Error> {
        let Survey { best, n_edges_at, spread } = Survey::of(network, closed, control);
        control.check()?;
        let forest = Forest::new(network, &n_edges_at);
        let need = by_leaf(&best, &forest);
        let mut rank = vec![NONE; network.n_needs()];
        for (k, &need) in (0..).zip(&need) {
            rank[need as usize] = k;
        }
        control.check()?;
        let shift = shift::<W>(extent);
        let n_edges_at = forest.origin[..forest.n_leaves].iter().map(|&v| n_edges_at[v as usize]).collect();
        Ok(Self {
            network,
            forest,
            n_edges_at,
            tier: need.iter().map(|&need| network.tier(need as usize)).collect(),
            need,
            rank,
            shift,
            range: extent.range << shift,
            spread: spread.max(1).min(extent.range) << shift,
            max_tier: extent.max_tier,
            work,
            control,
            weight: PhantomData,
        })
    }

    /// How many needs.
    pub(super) fn n_needs(&self) -> usize {
        self.need.len()
    }

    /// The utility of staying out, for a need of a tier, while a step of tier is as large as at first.
    #[inline]
    pub(super) fn outside(&self, tier: u8) -> W {
        W::of(-i64::from(tier) * FIRST_STEP * self.range)
    }

    /// The edges of a need, leaf and score shifted left.
    #[inline]
    pub(super) fn edges(&self, need: u32) -> impl Iterator<Item = Edge<W>> + '_ {
        self.edges_of(self.need[need as usize] as usize)
    }

    /// The edges of one of the network's needs.
    #[inline]
    pub(super) fn edges_of(&self, need: usize) -> impl Iterator<Item = Edge<W>> + '_ {
        let tier = self.network.tier(need);
        self.network
            .edges(need)
            .map(|(v, score)| (self.forest.leaf_of[v as usize], score.into()))
            .filter(move |&(leaf, score)| leaf != NONE && (tier > 0 || score > 0))
            .map(|(leaf, score)| (leaf, self.weight(score)))
    }

    /// A score in the engine's units.
    #[inline]
    pub(super) fn weight(&self, score: i64) -> W {
        W::of(score << self.shift)
    }

    /// The edge of a need to a leaf at which it has one.
    pub(super) fn edge_to(&self, need: u32, leaf: u32) -> Edge<W> {
        self.edges(need).find(|edge| edge.0 == leaf).expect("a search moves needs along their edges")
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

/// The best scores of neighbours differ as well: places are competed for across more than one need's own scores.
const SPREADS: u128 = 3;

/// What a first look at all edges that count tells. Once the run is cancelled it looks no further.
struct Survey {
    /// For each need its best edge.
    best: Vec<Best>,
    /// How many edges arrive at each node.
    n_edges_at: Vec<usize>,
    /// How far scores that compete are apart.
    spread: i64,
}

/// What the needs looked at so far add up to.
struct Counts {
    n_edges_at: Vec<usize>,
    /// The sum of their spreads, and how many have a choice.
    spread: u128,
    n_with_choice: u128,
}

/// The node of a need's best edge, the first of equals, and whether the need has an edge at all.
#[derive(Clone, Copy, Default)]
struct Best {
    node: u32,
    has_edge: bool,
}

/// So many needs are worked on in one piece.
const CHUNK: usize = 1 << 14;

impl Survey {
    fn of<S: Score>(network: &Network<'_, S>, closed: &[Option<u32>], control: &Control) -> Self {
        let n_nodes = network.n_nodes();
        let any_closed = closed.iter().any(Option::is_some);
        let is_open = |v: u32| !any_closed || closed[v as usize].is_none();
        let mut best = vec![Best::default(); network.n_needs()];
        let nothing = || Counts { n_edges_at: vec![0; n_nodes], spread: 0, n_with_choice: 0 };
        let look = |mut counts: Counts, (k, best): (usize, &mut [Best])| {
            if !control.is_cancelled() {
                for (need, best) in (k * CHUNK..).zip(best) {
                    *best = Best::of(network, need, is_open, &mut counts);
                }
            }
            counts
        };
        let add = |mut sum: Counts, other: Counts| {
            sum.n_edges_at.iter_mut().zip(other.n_edges_at).for_each(|(sum, n)| *sum += n);
            sum.spread += other.spread;
            sum.n_with_choice += other.n_with_choice;
            sum
        };
        let chunks = best.par_chunks_mut(CHUNK).enumerate();
        let counts = chunks.fold(nothing, look).reduce(nothing, add);
        let spread = (SPREADS * counts.spread / counts.n_with_choice.max(1)) as i64;
        Self { best, n_edges_at: counts.n_edges_at, spread }
    }
}

impl Best {
    /// The best edge of a need; counts its edges at their nodes, and how far they are apart.
    #[inline]
    fn of<S: Score>(network: &Network<'_, S>, need: usize, is_open: impl Fn(u32) -> bool, counts: &mut Counts) -> Self {
        let tier = network.tier(need);
        let mut best = Self::default();
        let (mut lowest, mut highest, mut n_edges) = (i64::MAX, i64::MIN, 0);
        for (node, score) in network.edges(need) {
            let score: i64 = score.into();
            if is_open(node) && (tier > 0 || score > 0) {
                counts.n_edges_at[node as usize] += 1;
                n_edges += 1;
                lowest = lowest.min(score);
                if score > highest {
                    (highest, best) = (score, Self { node, has_edge: true });
                }
            }
        }
        if n_edges > 1 {
            counts.spread += u128::from(highest.abs_diff(lowest));
            counts.n_with_choice += 1;
        }
        best
    }
}

/// The needs that have an edge, sorted by the leaf of their best one (counting sort); ties keep the network's order.
fn by_leaf(best: &[Best], forest: &Forest) -> Vec<u32> {
    let with_edges = || (0u32..).zip(best).filter(|(_, best)| best.has_edge);
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
