//! Short lists of edges, by need.
//!
//! A pass that chooses edges reads all of them, and does so in the order in which they lie in the network. What it has
//! chosen is then put into the engine's order, in which it will be read many times: needs that compete lie together.

use std::ops::Range;

use rayon::prelude::*;

use super::forest::Forest;
use super::instance::{Edge, Instance};
use super::weight::Weight;
use crate::control::Control;
use crate::network::Score;

/// For each need some of its edges, and a note.
pub(super) struct ListsByNeed<N, W> {
    /// One for each need, and one more for the end of the last list.
    row: Vec<Row<N>>,
    edge: Vec<Edge<W>>,
}

/// Where the list of a need begins, and the note.
#[derive(Clone, Copy, Default)]
struct Row<N> {
    first: usize,
    note: N,
}

/// Rows of some needs, counted from 0, and how many edges they have together.
type Rows<N> = (Vec<Row<N>>, usize);

/// So many needs are looked at in one piece of work.
const CHUNK: usize = 4096;

impl<N: Copy + Default + Send + Sync, W: Weight> ListsByNeed<N, W> {
    /// Lists that a pass over all edges chooses: `choose` adds to the list of one of the network's needs.
    pub(super) fn gather<S: Score>(
        instance: &Instance<'_, S, W>,
        choose: impl Fn(usize, &mut Vec<Edge<W>>) -> N + Sync,
    ) -> Self {
        Self::gather_in(&instance.need, instance, choose)
    }

    /// The same for some of the engine's needs.
    pub(super) fn gather_some<S: Score>(
        instance: &Instance<'_, S, W>,
        needs: &[u32],
        choose: impl Fn(usize, &mut Vec<Edge<W>>) -> N + Sync,
    ) -> Self {
        let mut is_wanted = vec![false; instance.network.n_needs()];
        let order: Vec<u32> = needs.iter().map(|&need| instance.need[need as usize]).collect();
        order.iter().for_each(|&need| is_wanted[need as usize] = true);
        let choose = |need: usize, list: &mut Vec<_>| {
            if is_wanted[need] { choose(need, list) } else { N::default() }
        };
        Self::gather_in(&order, instance, choose)
    }

    /// Chooses in the order of the network, and puts the lists in the order given.
    fn gather_in<S: Score>(
        order: &[u32],
        instance: &Instance<'_, S, W>,
        choose: impl Fn(usize, &mut Vec<Edge<W>>) -> N + Sync,
    ) -> Self {
        let in_chunk = |needs| Self::one_by_one(instance.control, needs, &choose);
        let chosen: Vec<Self> = chunks(instance.network.n_needs()).map(in_chunk).collect();
        if instance.control.is_cancelled() {
            return Self::empty(vec![(vec![Row::default(); order.len()], 0)]);
        }
        let chosen = |need: u32| (&chosen[need as usize / CHUNK], (need as usize % CHUNK) as u32);
        let rows = chunks(order.len()).map(|needs| {
            let mut first = 0;
            let row = |&need: &u32| {
                let (chunk, k) = chosen(need);
                let row = Row { first, note: *chunk.note(k) };
                first += chunk.of(k).len();
                row
            };
            let rows: Vec<_> = order[needs].iter().map(row).collect();
            (rows, first)
        });
        let mut lists = Self::empty(rows.collect());
        lists.pieces().into_par_iter().for_each(|(needs, mut piece)| {
            if instance.control.is_cancelled() {
                return;
            }
            for &need in &order[needs] {
                let (chunk, k) = chosen(need);
                let list = chunk.of(k);
                let (here, rest) = piece.split_at_mut(list.len());
                here.copy_from_slice(list);
                piece = rest;
            }
        });
        lists
    }

    /// Lists of the right lengths, to be written; the rows of so many needs at a time, with how many edges these have.
    fn empty(rows: Vec<Rows<N>>) -> Self {
        let mut row = Vec::with_capacity(rows.iter().map(|(rows, _)| rows.len()).sum::<usize>() + 1);
        let mut n_edges = 0;
        for (rows, n) in rows {
            row.extend(rows.into_iter().map(|row| Row { first: n_edges + row.first, ..row }));
            n_edges += n;
        }
        row.push(Row { first: n_edges, note: N::default() });
        Self { row, edge: vec![Edge::default(); n_edges] }
    }

    /// The lists of so many needs at a time, to be written side by side.
    fn pieces(&mut self) -> Vec<(Range<usize>, &mut [Edge<W>])> {
        let n_needs = self.n_needs();
        let mut rest = &mut self.edge[..];
        let ranges = (0..n_needs.div_ceil(CHUNK)).map(|k| k * CHUNK..((k + 1) * CHUNK).min(n_needs));
        let cut = |needs: Range<usize>| {
            let n_edges = self.row[needs.end].first - self.row[needs.start].first;
            let (piece, others) = std::mem::take(&mut rest).split_at_mut(n_edges);
            rest = others;
            (needs, piece)
        };
        ranges.map(cut).collect()
    }

    /// Lists that are chosen in the engine's order: `choose` adds to the list of a bidder.
    pub(super) fn in_order(
        control: &Control,
        n_needs: usize,
        choose: impl Fn(usize, &mut Vec<Edge<W>>) -> N + Sync,
    ) -> Self {
        let chosen = chunks(n_needs).map(|needs| {
            let Self { mut row, edge } = Self::one_by_one(control, needs, &choose);
            row.pop();
            ((row, edge.len()), edge)
        });
        let (rows, edges): (Vec<_>, Vec<_>) = chosen.unzip();
        let mut lists = Self::empty(rows);
        lists.pieces().into_par_iter().zip(edges).for_each(|((_, piece), edges)| piece.copy_from_slice(&edges));
        lists
    }

    /// The lists of some needs; nothing once the run is cancelled.
    fn one_by_one(control: &Control, needs: Range<usize>, choose: impl Fn(usize, &mut Vec<Edge<W>>) -> N) -> Self {
        let is_cancelled = control.is_cancelled();
        let mut lists = Self { row: Vec::with_capacity(needs.len() + 1), edge: Vec::with_capacity(2 * needs.len()) };
        for need in needs {
            let first = lists.edge.len();
            let note = if is_cancelled { N::default() } else { choose(need, &mut lists.edge) };
            lists.row.push(Row { first, note });
        }
        lists.end();
        lists
    }

    /// Ends the last list.
    fn end(&mut self) {
        self.row.push(Row { first: self.edge.len(), note: N::default() });
    }

    /// How many lists.
    pub(super) fn n_needs(&self) -> usize {
        self.row.len() - 1
    }

    /// The list of a need.
    #[inline]
    pub(super) fn of(&self, need: u32) -> &[Edge<W>] {
        &self.edge[self.row[need as usize].first..self.row[need as usize + 1].first]
    }

    /// The note of a need.
    #[inline]
    pub(super) fn note(&self, need: u32) -> &N {
        &self.row[need as usize].note
    }
}

/// What there is to know of the surpluses, score after price, of a need's edges.
pub(super) struct Surpluses<P> {
    /// The best of them and of staying out.
    pub(super) best: P,
    /// The best of those that a list leaves out, or less than all.
    pub(super) left_out: P,
}

/// Adds the edges of one of the network's needs that may come within a window of the best surplus and of `outside`.
///
/// `price` gives what a place at a node of the network costs, and the least that it may come to cost: the best is
/// sought at the former, what stays and what is left out is judged by the latter. Prices may be of a wider type than
/// the scores.
#[inline]
pub(super) fn push_best<S: Score, W: Weight, P: Weight>(
    instance: &Instance<'_, S, W>,
    need: usize,
    price: impl Fn(u32) -> (P, P),
    (outside, window): (P, P),
    list: &mut Vec<Edge<W>>,
) -> Surpluses<P> {
    let surplus = |(v, score): (u32, W)| {
        let ((price, least), score) = (price(v), P::of(score.into()));
        (score.minus(price), score.minus(least))
    };
    let edges = instance.network.edges(need).map(|(v, score)| (v, instance.weight(score.into())));
    let first = list.len();
    let (mut best, mut left_out) = (outside, P::NOTHING);
    let mut end = first;
    // Whether an edge stays cannot be foreseen. So each is written, and the next one over it where it does not.
    list.resize(first + edges.len(), Edge::default());
    for edge in edges {
        let (surplus, most) = surplus(edge);
        best = best.max(surplus);
        let stays = most >= best.minus(window);
        left_out = left_out.max(if stays { P::NOTHING } else { most });
        list[end] = edge;
        end += usize::from(stays);
    }
    let threshold = best.minus(window);
    let kept = first..end;
    end = first;
    for k in kept {
        let edge = list[k];
        let (_, most) = surplus(edge);
        let stays = most >= threshold;
        left_out = left_out.max(if stays { P::NOTHING } else { most });
        list[end] = (instance.forest.leaf_of[edge.0 as usize], edge.1);
        end += usize::from(stays);
    }
    list.truncate(end);
    Surpluses { best, left_out }
}

/// The price of a place at each of the network's nodes, from those at the leaves; beyond all scores where no edge counts.
pub(super) fn price_at_nodes<P: Weight>(forest: &Forest, price: &[P]) -> Vec<P> {
    forest.leaf_of.iter().map(|&leaf| price.get(leaf as usize).copied().unwrap_or(P::BEYOND)).collect()
}

/// So many needs at a time, side by side.
pub(super) fn chunks(n: usize) -> impl IndexedParallelIterator<Item = Range<usize>> {
    (0..n.div_ceil(CHUNK)).into_par_iter().map(move |k| k * CHUNK..((k + 1) * CHUNK).min(n))
}
