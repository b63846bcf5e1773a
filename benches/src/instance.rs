//! An instance in plain arrays, as [`Network`] and every other solver takes it.

use needmatch::{InputError, Network, Score};

/// What the best matching of an instance attains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Optimum {
    /// The sum of the tiers of the needs served.
    pub tier: i128,
    /// The sum of the scores of the places taken.
    pub score: i128,
}

/// An instance that owns its arrays.
///
/// *Shapes*: `indptr` `[n_needs + 1]`, `node` and `score` `[n_edges]`, `tier` `[n_needs]` where there is one, `capacity`
/// and `parent` `[n_nodes]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance<S = i32> {
    /// Where the edges of each need start; one more at the end.
    pub indptr: Vec<usize>,
    /// The node of each edge.
    pub node: Vec<u32>,
    /// The score of each edge.
    pub score: Vec<S>,
    /// The tier of each need; `None` where the score alone counts.
    pub tier: Option<Vec<u8>>,
    /// How many needs each node and everything under it take together.
    pub capacity: Vec<u64>,
    /// The node above each node; `None` for a root.
    pub parent: Vec<Option<u32>>,
    /// The optimum, where the instance was made around one.
    pub optimum: Option<Optimum>,
}

impl<S: Copy> Instance<S> {
    /// An instance without needs over a supply forest.
    #[must_use]
    pub fn over(capacity: Vec<u64>, parent: Vec<Option<u32>>) -> Self {
        let (node, score) = (Vec::new(), Vec::new());
        Self { indptr: vec![0], node, score, tier: None, capacity, parent, optimum: None }
    }

    /// Makes room for so many needs with so many edges each, where growing step by step would take memory twice.
    pub fn reserve(&mut self, needs: usize, edges: usize) {
        self.indptr.reserve_exact(needs);
        self.node.reserve_exact(needs * edges);
        self.score.reserve_exact(needs * edges);
    }

    /// Adds a need with its edges.
    pub fn push_need(&mut self, edges: impl IntoIterator<Item = (u32, S)>) {
        for (node, score) in edges {
            self.node.push(node);
            self.score.push(score);
        }
        self.indptr.push(self.node.len());
    }

    /// How many needs.
    #[must_use]
    pub fn n_needs(&self) -> usize {
        self.indptr.len() - 1
    }

    /// How many nodes of the supply forest.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.capacity.len()
    }

    /// How many edges.
    #[must_use]
    pub fn n_edges(&self) -> usize {
        self.node.len()
    }

    /// The edges of a need: node and score.
    pub fn edges(&self, need: usize) -> impl ExactSizeIterator<Item = (u32, S)> + '_ {
        let row = self.indptr[need]..self.indptr[need + 1];
        self.node[row.clone()].iter().copied().zip(self.score[row].iter().copied())
    }

    /// The tier of a need; 0 where none was given.
    #[must_use]
    pub fn tier_of(&self, need: usize) -> u8 {
        self.tier.as_ref().map_or(0, |tier| tier[need])
    }

    /// The same instance with each score replaced.
    #[must_use]
    pub fn map_scores<T>(&self, change: impl Fn(S) -> T) -> Instance<T> {
        Instance {
            indptr: self.indptr.clone(),
            node: self.node.clone(),
            score: self.score.iter().map(|&score| change(score)).collect(),
            tier: self.tier.clone(),
            capacity: self.capacity.clone(),
            parent: self.parent.clone(),
            optimum: self.optimum,
        }
    }
}

impl<S: Score> Instance<S> {
    /// The checked network over these arrays.
    ///
    /// # Errors
    ///
    /// [`InputError`] as [`Network`] gives it: instances of the families have none, those of tests may.
    pub fn network(&self) -> Result<Network<'_, S>, InputError> {
        let network =
            Network::new(&self.indptr, &self.node, &self.score, &self.capacity)?.with_parents(&self.parent)?;
        match &self.tier {
            Some(tier) => network.with_tiers(tier),
            None => Ok(network),
        }
    }
}
