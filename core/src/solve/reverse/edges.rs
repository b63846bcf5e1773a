//! The edges that reverse searches walk, from leaves to needs: as few of them as a search asks for.
//!
//! Prices only fall while phantoms are removed, which makes a need's own place no worse. So the reduced cost of an edge
//! falls by no more than the price of its leaf has fallen, and an edge that a near list leaves out stays beyond the
//! window less that. Nearly all searches end within the near lists, so indexes of all edges are made once a search has
//! needed them; and the near list of a leaf that has fallen is made anew, since further searches will pass there.

use super::super::by_leaf::EdgesByLeaf;
use super::super::near::NearByNeed;
use super::super::residual::Residual;
use super::super::weight::Weight;
use crate::error::Error;
use crate::network::Score;

/// A need that has an edge to a leaf, and the score.
type Arrival<W> = (u32, W);

/// Edges of a leaf. None that the list leaves out has a reduced cost below `reach`.
#[derive(Clone, Copy)]
pub(super) struct List<'e, W> {
    pub(super) edges: &'e [Arrival<W>],
    pub(super) reach: i64,
}

/// Lists of edges by leaf.
pub(in super::super) struct ReverseEdges<W> {
    near: EdgesByLeaf<W>,
    /// The reduced cost of every edge that a near list leaves out is above this, at the price below.
    window: i64,
    /// The price of each leaf for which its near list was made.
    price: Vec<i64>,
    /// The near lists that were made anew.
    renewed: Vec<Option<Box<[Arrival<W>]>>>,
    /// All edges of the leaves that hold phantoms. A phantom's own leaf is the one most likely to be far too dear.
    own: Option<Own<W>>,
    all: Option<EdgesByLeaf<W>>,
}

/// All edges of some leaves.
struct Own<W> {
    edges: EdgesByLeaf<W>,
    is_complete: Vec<bool>,
}

impl<W: Weight> Own<W> {
    fn new<S: Score>(residual: &Residual<'_, S, W>) -> Self {
        let n_leaves = residual.instance.forest.n_leaves;
        let is_complete: Vec<bool> = residual.phantoms[..n_leaves].iter().map(|&phantoms| phantoms > 0).collect();
        let edges = EdgesByLeaf::of_some(residual.instance, |leaf| is_complete[leaf as usize]);
        Self { edges, is_complete }
    }
}

impl<W: Weight> ReverseEdges<W> {
    /// The edges within a window at the current prices, when no need is free. Where it is that of the lists of the
    /// forward searches, these seldom leave out any of them.
    ///
    /// # Errors
    ///
    /// [`Error::Cancelled`].
    pub(in super::super) fn new<S: Score>(
        residual: &Residual<'_, S, W>,
        near: &NearByNeed<W>,
        window: i64,
    ) -> Result<Self, Error> {
        let n_leaves = residual.instance.forest.n_leaves;
        let least = |need| residual.settled_surplus(need) - window;
        let near = EdgesByLeaf::near(residual.instance, near, &residual.potential, least);
        residual.instance.control.check()?;
        Ok(Self {
            near,
            window,
            price: residual.potential[..n_leaves].to_vec(),
            renewed: vec![None; n_leaves],
            own: None,
            all: None,
        })
    }

    /// The near list of a leaf.
    #[inline]
    pub(super) fn near<S: Score>(&self, residual: &Residual<'_, S, W>, leaf: u32) -> List<'_, W> {
        let k = leaf as usize;
        let edges = self.renewed[k].as_deref().unwrap_or_else(|| self.near.of(leaf));
        let fallen = self.price[k] - residual.potential[k];
        List { edges, reach: self.window - fallen }
    }

    /// A list that reaches beyond `seen`.
    pub(super) fn further<S: Score>(
        &mut self,
        residual: &Residual<'_, S, W>,
        leaf: u32,
        seen: i64,
    ) -> Result<List<'_, W>, Error> {
        if seen < self.window {
            self.renew(residual, leaf)?;
            return Ok(self.near(residual, leaf));
        }
        Ok(List { edges: self.all_of(residual, leaf)?, reach: i64::MAX })
    }

    /// Makes the near list of a leaf anew, at the price to which it has fallen.
    fn renew<S: Score>(&mut self, residual: &Residual<'_, S, W>, leaf: u32) -> Result<(), Error> {
        let window = self.window;
        let is_near = |&&(need, score): &&Arrival<W>| {
            residual.surplus_of(&(leaf, score)) >= residual.settled_surplus(need) - window
        };
        let near = self.all_of(residual, leaf)?.iter().filter(is_near).copied().collect();
        self.renewed[leaf as usize] = Some(near);
        self.price[leaf as usize] = residual.potential[leaf as usize];
        Ok(())
    }

    /// All edges of a leaf.
    fn all_of<S: Score>(&mut self, residual: &Residual<'_, S, W>, leaf: u32) -> Result<&[Arrival<W>], Error> {
        let own = self.own.get_or_insert_with(|| Own::new(residual));
        residual.instance.control.check()?;
        if own.is_complete[leaf as usize] {
            return Ok(own.edges.of(leaf));
        }
        let all = self.all.get_or_insert_with(|| EdgesByLeaf::all(residual.instance));
        residual.instance.control.check()?;
        Ok(all.of(leaf))
    }
}
