//! Candidates as edges over a supply forest: plain numbers, no people.
//!
//! A need takes at most one place. An edge joins a need to a node of the supply forest with a score.
//! A node's capacity bounds how many needs the node and everything under it take together.
//! A node may also have a floor, and costs for its places; needs may be in groups with caps and floors of their own.

mod demand;
mod loads;

#[cfg(test)]
mod tests;

use crate::error::{Fault, FaultCode, InputError, TableName};

pub use demand::Demand;
pub use loads::Loads;

use demand::faults_of_bounds;

/// Largest magnitude of a score: sums over a path of any length that fits in memory stay within `i64`.
pub const MAX_SCORE: i64 = 1 << 40;
/// Deepest supply forest.
pub const MAX_DEPTH: usize = 32;
/// Highest tier.
pub const MAX_TIER: u8 = 63;

mod sealed {
    use super::{Network, Score};

    /// A network of either type of score.
    ///
    /// What works on this is compiled here, once; what is generic, again in every program that calls it.
    #[derive(Clone, Copy, Debug)]
    pub enum AnyNetwork<'n> {
        Narrow(&'n Network<'n, i32>),
        Wide(&'n Network<'n, i64>),
    }

    pub trait Sealed {
        fn any<'n>(network: &'n Network<'_, Self>) -> AnyNetwork<'n>
        where
            Self: Score;
    }

    impl Sealed for i32 {
        fn any<'n>(network: &'n Network<'_, Self>) -> AnyNetwork<'n> {
            AnyNetwork::Narrow(network)
        }
    }

    impl Sealed for i64 {
        fn any<'n>(network: &'n Network<'_, Self>) -> AnyNetwork<'n> {
            AnyNetwork::Wide(network)
        }
    }
}

pub(crate) use sealed::AnyNetwork;

/// The integer type of a score: `i32` or `i64`.
pub trait Score: sealed::Sealed + Copy + Ord + Send + Sync + Into<i64> + std::fmt::Debug + 'static {}
impl Score for i32 {}
impl Score for i64 {}

/// A checked matching problem in numbers.
///
/// *Shapes*: `indptr` `[n_needs + 1]`, `node` and `score` `[n_edges]`, `tier` `[n_needs]`, `capacity` and `parent`
/// `[n_nodes]`. For floors, groups of needs and costs of places see the methods that add them.
#[derive(Clone, Debug)]
pub struct Network<'a, S: Score> {
    indptr: &'a [usize],
    node: &'a [u32],
    score: &'a [S],
    capacity: &'a [u64],
    parent: Vec<Option<u32>>,
    tier: Option<&'a [u8]>,
    floor: Option<&'a [u64]>,
    demand: Option<Demand<'a>>,
    loads: Option<Loads<'a>>,
}

impl<'n, S: Score> From<&'n Network<'_, S>> for AnyNetwork<'n> {
    fn from(network: &'n Network<'_, S>) -> Self {
        S::any(network)
    }
}

impl<'a, S: Score> Network<'a, S> {
    /// Checks the arrays and holds on to them: needs in compressed rows over nodes without parents, one tier for all.
    ///
    /// # Errors
    ///
    /// [`InputError`] with all faults: row pointers, lengths, indices, scores beyond [`MAX_SCORE`], a pair twice.
    ///
    /// # Complexity
    ///
    /// O(edges).
    pub fn new(indptr: &'a [usize], node: &'a [u32], score: &'a [S], capacity: &'a [u64]) -> Result<Self, InputError> {
        let faults = faults_of_edges(indptr, node, score, capacity);
        if !faults.is_empty() {
            return Err(InputError::new(faults));
        }
        let parent = vec![None; capacity.len()];
        Ok(Self { indptr, node, score, capacity, parent, tier: None, floor: None, demand: None, loads: None })
    }

    /// Arranges the nodes in a forest; `None` marks a root.
    ///
    /// # Errors
    ///
    /// [`InputError`] if the length or an index is wrong, the hierarchy leads back to itself, or it is deeper than
    /// [`MAX_DEPTH`].
    pub fn with_parents(mut self, parent: &[Option<u32>]) -> Result<Self, InputError> {
        let faults = faults_of_parents(parent, self.capacity.len());
        if !faults.is_empty() {
            return Err(InputError::new(faults));
        }
        self.parent = parent.to_vec();
        Ok(self)
    }

    /// Gives each need a tier: needs of a higher tier are served first, whatever the scores.
    /// In tier 0 a need counts by its score alone and stays out rather than take a place at a negative score.
    ///
    /// # Errors
    ///
    /// [`InputError`] if the length is wrong or a tier is above [`MAX_TIER`].
    pub fn with_tiers(mut self, tier: &'a [u8]) -> Result<Self, InputError> {
        let n_needs = self.n_needs();
        let mut faults = Vec::new();
        if tier.len() != n_needs {
            faults.push(wrong_length("tier", n_needs));
        }
        for (row, _) in tier.iter().enumerate().filter(|&(_, &t)| t > MAX_TIER) {
            let expected = format!("a tier from 0 to {MAX_TIER}");
            faults.push(Fault::in_cell(TableName::Arrays, row, "tier", FaultCode::OutOfRange, expected));
        }
        if !faults.is_empty() {
            return Err(InputError::new(faults));
        }
        self.tier = Some(tier);
        Ok(self)
    }

    /// Gives each node a floor: so many places at it and under it must be taken, if at all possible.
    ///
    /// # Errors
    ///
    /// [`InputError`] if the length is wrong or a floor is above the node's capacity.
    pub fn with_floors(mut self, floor: &'a [u64]) -> Result<Self, InputError> {
        let mut faults = faults_of_bounds(("floor", floor), ("capacity", self.capacity));
        if floor.len() != self.n_nodes() {
            faults.push(wrong_length("floor", self.n_nodes()));
        }
        if !faults.is_empty() {
            return Err(InputError::new(faults));
        }
        self.floor = Some(floor);
        Ok(self)
    }

    /// Arranges the needs in groups, each with a cap and a floor for how many of its needs are served.
    ///
    /// # Errors
    ///
    /// [`InputError`] with all faults: lengths, indices, a hierarchy that leads back to itself or is deeper than
    /// [`MAX_DEPTH`], a floor above its cap.
    pub fn with_demand(mut self, demand: Demand<'a>) -> Result<Self, InputError> {
        let faults = demand.faults(self.n_needs());
        if !faults.is_empty() {
            return Err(InputError::new(faults));
        }
        self.demand = Some(demand);
        Ok(self)
    }

    /// Lets the places of nodes cost something, which is taken from the total of the scores.
    ///
    /// # Errors
    ///
    /// [`InputError`] with all faults: lengths, row pointers, a cost beyond [`MAX_SCORE`], breakpoints that do not ascend,
    /// or costs that decrease.
    pub fn with_loads(mut self, loads: Loads<'a>) -> Result<Self, InputError> {
        let faults = loads.faults(self.n_nodes());
        if !faults.is_empty() {
            return Err(InputError::new(faults));
        }
        self.loads = Some(loads);
        Ok(self)
    }

    /// A network over arrays that are known to be right: a part of a checked one.
    pub(crate) fn of_part(
        indptr: &'a [usize],
        node: &'a [u32],
        score: &'a [S],
        capacity: &'a [u64],
        parent: &[Option<u32>],
        tier: &'a [u8],
    ) -> Self {
        let parent = parent.to_vec();
        Self { indptr, node, score, capacity, parent, tier: Some(tier), floor: None, demand: None, loads: None }
    }

    /// The same needs, edges and capacities, with nothing else that could bind.
    pub(crate) fn with_capacities_only(&self) -> Self {
        Self { parent: self.parent.clone(), floor: None, demand: None, loads: None, ..*self }
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

    /// The edges of a need: node and score, in the caller's order.
    #[inline]
    pub fn edges(&self, need: usize) -> impl ExactSizeIterator<Item = (u32, S)> + Clone + '_ {
        let row = self.indptr[need]..self.indptr[need + 1];
        self.node[row.clone()].iter().copied().zip(self.score[row].iter().copied())
    }

    /// The tier of a need; 0 where none was given.
    #[must_use]
    #[inline]
    pub fn tier(&self, need: usize) -> u8 {
        self.tier.map_or(0, |tier| tier[need])
    }

    /// The capacity of a node.
    #[must_use]
    pub fn capacity(&self, node: u32) -> u64 {
        self.capacity[node as usize]
    }

    /// The node above a node, or `None` for a root.
    #[must_use]
    pub fn parent(&self, node: u32) -> Option<u32> {
        self.parent[node as usize]
    }

    /// The floor of a node; 0 where none was given.
    #[must_use]
    pub fn floor(&self, node: u32) -> u64 {
        self.floor.map_or(0, |floor| floor[node as usize])
    }

    /// The groups of needs, if any were given.
    #[must_use]
    pub fn demand(&self) -> Option<&Demand<'a>> {
        self.demand.as_ref()
    }

    /// What places cost, if anything was given.
    #[must_use]
    pub fn loads(&self) -> Option<&Loads<'a>> {
        self.loads.as_ref()
    }
}

fn wrong_length(array: &'static str, expected: usize) -> Fault {
    Fault::in_column(TableName::Arrays, array, FaultCode::ArrayLength, format!("length {expected}"))
}

fn faults_of_edges<S: Score>(indptr: &[usize], node: &[u32], score: &[S], capacity: &[u64]) -> Vec<Fault> {
    let in_range =
        |column, row, expected| Fault::in_cell(TableName::Arrays, row, column, FaultCode::OutOfRange, expected);
    let mut faults = Vec::new();
    let rows_fit = indptr.first() == Some(&0)
        && indptr.last() == Some(&node.len())
        && indptr.windows(2).all(|pair| pair[0] <= pair[1]);
    if !rows_fit {
        faults.push(Fault::in_column(TableName::Arrays, "indptr", FaultCode::RowPointers, ""));
    }
    if score.len() != node.len() {
        faults.push(wrong_length("score", node.len()));
    }
    if capacity.len() > u32::MAX as usize / 2 || indptr.len() > u32::MAX as usize / 2 {
        faults.push(Fault::in_table(TableName::Arrays, FaultCode::TooManyRows, "at most 2^31 needs and nodes"));
        return faults;
    }
    for (edge, _) in node.iter().enumerate().filter(|&(_, &v)| v as usize >= capacity.len()) {
        let expected = format!("a node from 0 to {}", capacity.len().saturating_sub(1));
        faults.push(Fault::in_cell(TableName::Arrays, edge, "node", FaultCode::IndexOutOfRange, expected));
    }
    for (edge, _) in score.iter().enumerate().filter(|&(_, &s)| s.into().unsigned_abs() > MAX_SCORE as u64) {
        faults.push(in_range("score", edge, format!("a score from -{MAX_SCORE} to {MAX_SCORE}")));
    }
    for (v, _) in capacity.iter().enumerate().filter(|&(_, &c)| c > i64::MAX as u64) {
        faults.push(in_range("capacity", v, format!("a capacity from 0 to {}", i64::MAX)));
    }
    if rows_fit {
        faults.extend(repeated_pairs(indptr, node, capacity.len()));
    }
    faults
}

/// A pair given twice has no one score, so it is a fault rather than a choice of ours.
fn repeated_pairs(indptr: &[usize], node: &[u32], n_nodes: usize) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut last_row = vec![usize::MAX; n_nodes];
    for (need, row) in indptr.windows(2).enumerate() {
        let mut twice = false;
        for &v in &node[row[0]..row[1]] {
            if let Some(last) = last_row.get_mut(v as usize) {
                twice |= std::mem::replace(last, need) == need;
            }
        }
        if twice {
            faults.push(Fault::in_cell(TableName::Arrays, need, "node", FaultCode::DuplicatePair, "each node once"));
        }
    }
    faults
}

fn faults_of_parents(parent: &[Option<u32>], n_nodes: usize) -> Vec<Fault> {
    if parent.len() != n_nodes {
        return vec![wrong_length("parent", n_nodes)];
    }
    let fault = |row, code, expected: String| Fault::in_cell(TableName::Arrays, row, "parent", code, expected);
    let mut faults = Vec::new();
    for (v, _) in parent.iter().enumerate().filter(|(_, p)| p.is_some_and(|p| p as usize >= n_nodes)) {
        faults.push(fault(v, FaultCode::IndexOutOfRange, format!("-1 or a node from 0 to {}", n_nodes - 1)));
    }
    if faults.is_empty() {
        for v in hierarchy_faults(parent, MAX_DEPTH) {
            let (code, expected) = match v.1 {
                HierarchyFault::Cycle => (FaultCode::CyclicReference, "a forest".to_owned()),
                HierarchyFault::Depth => (FaultCode::TooDeep, format!("at most {MAX_DEPTH} levels")),
            };
            faults.push(fault(v.0, code, expected));
        }
    }
    faults
}

/// What is wrong with a hierarchy at one of its rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HierarchyFault {
    /// The row lies on a cycle.
    Cycle,
    /// The row lies deeper than allowed.
    Depth,
}

/// Rows on a cycle, and rows that lie deeper than `max_depth` levels. O(rows), without recursion.
pub(crate) fn hierarchy_faults(parent: &[Option<u32>], max_depth: usize) -> Vec<(usize, HierarchyFault)> {
    const UNKNOWN: u32 = u32::MAX;
    const ON_PATH: u32 = u32::MAX - 1;
    const CYCLIC: u32 = u32::MAX - 2;
    let mut depth = vec![UNKNOWN; parent.len()];
    let mut faults = Vec::new();
    let mut path = Vec::new();
    for start in 0..parent.len() {
        let mut next = Some(start);
        while let Some(v) = next.filter(|&v| depth[v] == UNKNOWN) {
            depth[v] = ON_PATH;
            path.push(v);
            next = parent[v].map(|p| p as usize);
        }
        if let Some(entry) = next.filter(|&v| depth[v] == ON_PATH) {
            while let Some(v) = path.pop() {
                depth[v] = CYCLIC;
                faults.push((v, HierarchyFault::Cycle));
                if v == entry {
                    break;
                }
            }
        }
        let mut above = match next.map(|v| depth[v]) {
            None => 0,
            // What hangs below a cycle is not itself at fault.
            Some(CYCLIC) => 0,
            Some(known) => known + 1,
        };
        while let Some(v) = path.pop() {
            depth[v] = above;
            if above as usize >= max_depth {
                faults.push((v, HierarchyFault::Depth));
            }
            above += 1;
        }
    }
    faults.sort_by_key(|&(v, _)| v);
    faults
}
