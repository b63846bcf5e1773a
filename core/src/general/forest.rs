//! Supply forest and demand forest as one graph of vertices, between which needs are arcs.
//!
//! Vertices are the nodes of the supply forest, then the groups of needs that can bind, then *outside*.
//! A unit, one per served need, flows from outside down the groups, along an edge of the need, and up the supply forest
//! to outside. The flow of a node is what leaves it upwards, that of a group what enters it from above.

use super::needs::Needs;
use super::weight::Weight;
use crate::network::{Demand, Network, Score};

/// No vertex, no need, no edge.
pub(super) const NONE: u32 = u32::MAX;

/// Floors above this, which no number of needs could meet, count as this, so that sums of them stay within 64 bits.
const MAX_FLOOR: u64 = 1 << 36;

/// The vertices with their bounds and costs.
#[derive(Clone, Debug)]
pub(super) struct Forest<W> {
    /// Vertices below this number are nodes of the supply forest.
    pub(super) n_supply: usize,
    /// The vertex above each vertex but outside.
    pub(super) parent: Vec<u32>,
    /// The least flow of each vertex but outside.
    pub(super) floor: Vec<i64>,
    /// The greatest flow of each vertex but outside.
    pub(super) cap: Vec<i64>,
    /// Where the cost of one more place changes: after how many places, and to what.
    pub(super) breaks: Vec<Vec<(i64, W)>>,
    /// The lowest vertex of each group of the network that can bind.
    pub(super) vertex_of_group: Vec<u32>,
    /// The group of the network for each vertex from `n_supply` on.
    pub(super) group_of_vertex: Vec<u32>,
    first_child: Vec<u32>,
    child: Vec<u32>,
    /// All vertices but outside, each after everything below it.
    pub(super) upwards: Vec<u32>,
}

impl<W: Weight> Forest<W> {
    /// Of a network, without the groups that cannot bind.
    pub(super) fn of<S: Score>(network: &Network<'_, S>) -> Self {
        let binds = network.demand().map_or_else(Vec::new, binding_groups);
        Self::new(network, &binds, &binds)
    }

    /// Of a network, with some of its groups, among them all that can bind.
    pub(super) fn with_groups<S: Score>(network: &Network<'_, S>, is_vertex: &[bool]) -> Self {
        Self::new(network, is_vertex, &network.demand().map_or_else(Vec::new, binding_groups))
    }

    fn new<S: Score>(network: &Network<'_, S>, is_vertex: &[bool], binds: &[bool]) -> Self {
        // A cap above all floors and needs together is none.
        let n_needs = network.n_needs() as u64;
        let clip_floor = |x: u64| x.min(MAX_FLOOR) as i64;
        let floors = (0..network.n_nodes() as u32).map(|v| network.floor(v));
        let floors = floors.chain(network.demand().into_iter().flat_map(|demand| demand.floor.iter().copied()));
        let most = n_needs + 1 + floors.map(|floor| floor.min(MAX_FLOOR)).sum::<u64>();
        let clip = |x: u64| x.min(most) as i64;
        let n_supply = network.n_nodes();
        let groups: Vec<u32> = (0..is_vertex.len() as u32).filter(|&g| is_vertex[g as usize]).collect();
        let outside = (n_supply + groups.len()) as u32;
        let vertex_of_group = network.demand().map_or_else(Vec::new, |d| vertices(d, &groups, n_supply, outside));
        let nodes = || 0..n_supply as u32;
        let mut parent: Vec<u32> = nodes().map(|v| network.parent(v).unwrap_or(outside)).collect();
        let mut floor: Vec<i64> = nodes().map(|v| clip_floor(network.floor(v))).collect();
        let mut cap: Vec<i64> = nodes().map(|v| clip(network.capacity(v))).collect();
        if let Some(demand) = network.demand() {
            for g in groups.iter().map(|&g| g as usize) {
                parent.push(demand.parent[g].map_or(outside, |p| vertex_of_group[p as usize]));
                floor.push(clip_floor(demand.floor[g]));
                // A cap that is just as large as its group would be full, and could have a price.
                cap.push(if binds[g] { clip(demand.cap[g]) } else { most as i64 });
            }
        }
        let breaks = |v| {
            let all = network.loads().into_iter().flat_map(move |loads| loads.breakpoints(v));
            all.map(|(from, cost)| (clip(from), W::from(cost))).collect()
        };
        let breaks = nodes().map(breaks).collect();
        let (first_child, child) = rows(&parent, outside as usize + 1);
        let mut forest = Self {
            n_supply,
            parent,
            floor,
            cap,
            breaks,
            vertex_of_group,
            group_of_vertex: groups,
            first_child,
            child,
            upwards: Vec::new(),
        };
        forest.upwards = forest.bottom_up();
        forest
    }

    /// Lowers each cap to one more than what can arrive, given that all floors can be met: it still cannot bind.
    pub(super) fn tighten(&mut self, needs: &Needs<W>) {
        let mut arriving = vec![0_i64; self.n_vertices()];
        for &v in &needs.node {
            arriving[v as usize] += 1;
        }
        for &group in &needs.group {
            arriving[group as usize] += 1;
        }
        for &v in &self.upwards {
            let v = v as usize;
            let most = self.cap[v].min(arriving[v]).min(needs.n_needs() as i64);
            self.cap[v] = self.cap[v].min(most + 1);
            arriving[self.parent[v] as usize] += most;
        }
    }

    /// All vertices but outside, each after everything below it.
    fn bottom_up(&self) -> Vec<u32> {
        let mut order: Vec<u32> = self.children(self.outside()).to_vec();
        let mut next = 0;
        while let Some(&v) = order.get(next) {
            order.extend_from_slice(self.children(v as usize));
            next += 1;
        }
        order.reverse();
        order
    }

    /// The vertex that stands for everything outside both forests.
    pub(super) fn outside(&self) -> usize {
        self.parent.len()
    }

    pub(super) fn n_vertices(&self) -> usize {
        self.parent.len() + 1
    }

    /// A vertex and all above it, without outside.
    pub(super) fn way_up(&self, v: usize) -> impl Iterator<Item = usize> + '_ {
        let inside = |v: usize| (v != self.outside()).then_some(v);
        std::iter::successors(inside(v), move |&v| inside(self.parent[v] as usize))
    }

    #[inline]
    pub(super) fn is_supply(&self, v: usize) -> bool {
        v < self.n_supply
    }

    #[inline]
    pub(super) fn children(&self, v: usize) -> &[u32] {
        &self.child[self.first_child[v] as usize..self.first_child[v + 1] as usize]
    }

    /// What the k-th unit through a vertex costs, counted from 1; groups cost nothing.
    #[inline]
    pub(super) fn cost(&self, v: usize, k: i64) -> W {
        match self.breaks.get(v) {
            Some(breaks) if !breaks.is_empty() => match breaks.partition_point(|&(from, _)| from < k) {
                0 => W::default(),
                n => breaks[n - 1].1,
            },
            _ => W::default(),
        }
    }

    /// The flows that a vertex may have where one more unit gains `price`: the last unit must not cost more, the next
    /// not less.
    pub(super) fn flows_at(&self, v: usize, price: W) -> (i64, i64) {
        let (floor, cap) = (self.floor[v], self.cap[v]);
        let breaks = self.breaks.get(v).map_or(&[][..], Vec::as_slice);
        let zero = W::default();
        let starts_free = breaks.first().is_none_or(|&(from, _)| from > 0);
        // Costs ascend, so how many units are cheap enough is where the first that is not begins.
        let until = |is_dear: &dyn Fn(W) -> bool| {
            if starts_free && is_dear(zero) {
                return 0;
            }
            breaks.iter().find(|&&(_, cost)| is_dear(cost)).map_or(cap, |&(from, _)| from)
        };
        let (least, most) = (until(&|cost| cost >= price), until(&|cost| cost > price));
        (least.clamp(floor, cap), most.clamp(floor, cap))
    }
}

/// For each group the vertex of the lowest binding group from it on upwards.
fn vertices(demand: &Demand<'_>, binding: &[u32], n_supply: usize, outside: u32) -> Vec<u32> {
    let mut own = vec![NONE; demand.n_groups()];
    for (k, &g) in binding.iter().enumerate() {
        own[g as usize] = (n_supply + k) as u32;
    }
    let lowest = |g: u32| {
        let mut at = std::iter::successors(Some(g), |&g| demand.parent[g as usize]);
        at.find(|&g| own[g as usize] != NONE).map_or(outside, |g| own[g as usize])
    };
    (0..own.len() as u32).map(lowest).collect()
}

/// Whether each group can bind: it has a floor, or a cap below its needs and the floors below it together.
pub(super) fn binding_groups(demand: &Demand<'_>) -> Vec<bool> {
    let mut most = vec![0_u64; demand.n_groups()];
    let mut add = |group: Option<u32>, n: u64| {
        let mut at = group;
        while let Some(g) = at {
            most[g as usize] = most[g as usize].saturating_add(n);
            at = demand.parent[g as usize];
        }
    };
    demand.group_of_need.iter().for_each(|&group| add(group, 1));
    for (g, &floor) in demand.floor.iter().enumerate().filter(|(_, floor)| **floor > 0) {
        add(demand.parent[g], floor);
    }
    (0..most.len()).map(|g| demand.floor[g] > 0 || demand.cap[g] < most[g]).collect()
}

/// Where the items of each key begin if they are put in the order of their keys, and the end of the last.
pub(super) fn starts(keys: impl Iterator<Item = u32>, n_keys: usize) -> Vec<u32> {
    let mut first = vec![0_u32; n_keys + 1];
    for k in keys {
        first[k as usize + 1] += 1;
    }
    for k in 0..n_keys {
        first[k + 1] += first[k];
    }
    first
}

/// Compressed rows: which items have each key, in order.
pub(super) fn rows(key: &[u32], n_keys: usize) -> (Vec<u32>, Vec<u32>) {
    let first = starts(key.iter().copied(), n_keys);
    let mut next = first.clone();
    let mut item = vec![0; key.len()];
    for (x, &k) in key.iter().enumerate() {
        item[next[k as usize] as usize] = x as u32;
        next[k as usize] += 1;
    }
    (first, item)
}
