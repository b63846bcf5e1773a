//! The fewest places that would serve every need that has an edge.
//!
//! Each place beyond the open ones costs one. A matching that needs none of them costs nothing, and so is the cheapest that
//! serves as many needs. Serving one need more along the cheapest way keeps it the cheapest of those that serve as many:
//! on ways over needs that move, up through places that are open, or cost one, and down where somebody makes room, which
//! gives back what a place had cost.
//!
//! The ways are found many at once. Let `d` of a vertex be the cost of the cheapest way to it from any need that is left
//! over; a way to outside is a cheapest one if it uses only arcs that cost what they add to `d`. A pass finds `d` with a
//! bucket for each cost, and ranks the vertices in the order in which they are found; then units go along arcs of rising
//! rank until none is left that leads outside. Costs of ways never fall from pass to pass, and no way costs more than
//! there are nodes from a provider to its root, so a few dozen passes suffice for a city.
//!
//! `d` gives prices too: what a node charges is by how much `d` rises from it to the vertex above, 0 where places are open
//! and 1 where some were added. They prove that no fewer places do.
//!
//! # References
//!
//! L. R. Ford and D. R. Fulkerson, "Flows in Networks" (1962), chapter III: the primal-dual algorithm; E. A. Dinic (1970)
//! for many ways in one pass.

use super::residual::ByVertex;
use crate::control::Control;
use crate::error::Error;

/// Needs with the nodes that may serve them, and the places that are open.
pub(crate) struct Places<'a> {
    /// The nodes of need k are those numbered `first[k]` to `first[k + 1] - 1`.
    pub(crate) first: &'a [usize],
    pub(crate) node: &'a [u32],
    /// For each node the node above it.
    pub(crate) parent: &'a [Option<u32>],
    /// For each node its places, those for everything under it.
    pub(crate) open: &'a [u64],
}

/// A place for every need that has an edge, with as few added places as possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Repaired {
    pub(crate) node: Vec<Option<u32>>,
    /// For each node the price that proves it: at most 1, and below 0 only where nobody is served.
    pub(crate) price: Vec<i64>,
}

/// Serves every need that has an edge with the fewest places beyond the open ones. `start` says where needs are, within
/// the open places.
///
/// # Errors
///
/// [`Error::Cancelled`] or [`Error::Limit`] as the control asks.
///
/// # Complexity
///
/// O(edges + nodes) for each pass.
pub(crate) fn repair(places: &Places<'_>, start: &[Option<u32>], control: &Control) -> Result<Repaired, Error> {
    control.reserve((start.len() * 24 + places.parent.len() * 96) as u64)?;
    let mut search = Search::new(places, start);
    while search.find_ways() {
        control.check()?;
        search.send();
    }
    let outside = search.outside();
    let price = (0..outside as usize).map(|v| search.cost[search.above[v] as usize] - search.cost[v]).collect();
    Ok(Repaired { node: search.place.iter().map(|&v| Some(v).filter(|&v| v != outside)).collect(), price })
}

/// A vertex that a pass has not ranked.
const UNRANKED: u32 = u32::MAX;

/// What carries a unit on from a vertex.
#[derive(Clone, Copy)]
enum Via {
    /// The load of the vertex grows.
    Up,
    /// The load of a child shrinks.
    Down(u32),
    /// A need moves.
    Need(u32),
}

/// The first arc of a vertex that may still lead on in a pass.
#[derive(Clone, Copy, Default)]
struct Next {
    /// 0 is the way up; then come the children, then the needs that were there when the pass began.
    arc: usize,
    /// Which node of that need.
    edge: usize,
}

/// Vertices are the nodes and "outside", which is above all roots, and where needs are that no node serves.
struct Search<'a> {
    places: &'a Places<'a>,
    above: Vec<u32>,
    below: ByVertex,
    /// For each need its vertex, now and when the pass began.
    place: Vec<u32>,
    held: ByVertex,
    load: Vec<u64>,
    /// For each vertex the cost of the cheapest way to it.
    cost: Vec<i64>,
    /// In which order the pass found the vertices.
    rank: Vec<u32>,
    next: Vec<Next>,
}

impl<'a> Search<'a> {
    fn new(places: &'a Places<'a>, start: &[Option<u32>]) -> Self {
        let n_nodes = places.parent.len();
        let outside = n_nodes as u32;
        let place: Vec<u32> = start.iter().map(|place| place.unwrap_or(outside)).collect();
        let above: Vec<u32> = places.parent.iter().map(|above| above.unwrap_or(outside)).collect();
        let mut load = vec![0; n_nodes];
        for &at in &place {
            let way_up = std::iter::successors(Some(at), |&v| above.get(v as usize).copied());
            way_up.take_while(|&v| v != outside).for_each(|v| load[v as usize] += 1);
        }
        Self {
            places,
            below: ByVertex::new(&above, n_nodes + 1),
            above,
            held: ByVertex::new(&place, n_nodes + 1),
            place,
            load,
            cost: vec![0; n_nodes + 1],
            rank: Vec::new(),
            next: Vec::new(),
        }
    }

    fn outside(&self) -> u32 {
        self.above.len() as u32
    }

    fn nodes(&self, need: u32) -> &'a [u32] {
        &self.places.node[self.places.first[need as usize]..self.places.first[need as usize + 1]]
    }

    /// Finds the cost of the cheapest way from any need left over to each vertex; `false` if no need is left over.
    fn find_ways(&mut self) -> bool {
        let outside = self.outside();
        let n_vertices = outside as usize + 1;
        self.held = ByVertex::new(&self.place, n_vertices);
        self.next = vec![Next::default(); n_vertices];
        self.rank = vec![UNRANKED; n_vertices];
        // What was found is counted beyond the costs known before.
        let (mut found, mut buckets) = (vec![i64::MAX; n_vertices], vec![Vec::new()]);
        for &v in self.held.of(outside).iter().flat_map(|&need| self.nodes(need)) {
            if std::mem::replace(&mut found[v as usize], 0) != 0 {
                buckets[0].push(v);
            }
        }
        if buckets[0].is_empty() {
            return false;
        }
        let (mut rank, mut reached) = (0, 0);
        while self.rank[outside as usize] == UNRANKED {
            let mut level: Vec<u32> = std::mem::take(&mut buckets[reached]);
            level.retain(|&v| self.rank[v as usize] == UNRANKED);
            if level.is_empty() {
                // The way up is always open, so there is a next one until outside is found.
                reached += 1;
                continue;
            }
            level.iter().for_each(|&v| self.rank[v as usize] = rank);
            rank += 1;
            for &u in level.iter().filter(|&&u| u != outside) {
                self.for_each_arc(u, |v, cost| {
                    let cost = reached as i64 + cost;
                    if cost < found[v as usize] {
                        found[v as usize] = cost;
                        buckets.resize_with(buckets.len().max(cost as usize + 1), Vec::new);
                        buckets[cost as usize].push(v);
                    }
                });
            }
        }
        // Whatever is dearer than outside, or was not found, is on no way.
        self.cost.iter_mut().zip(&found).for_each(|(cost, &found)| *cost += found.min(reached as i64));
        true
    }

    /// Every arc that a vertex has, with its cost beyond the costs known: never below 0.
    fn for_each_arc(&self, u: u32, mut visit: impl FnMut(u32, i64)) {
        let mut offer = |v: u32, cost: i64| visit(v, cost + self.cost[u as usize] - self.cost[v as usize]);
        offer(self.above[u as usize], self.cost_up(u));
        for &child in self.below.of(u).iter().filter(|&&child| self.load[child as usize] > 0) {
            offer(child, self.cost_down(child));
        }
        for &need in self.held.of(u) {
            self.nodes(need).iter().for_each(|&v| offer(v, 0));
        }
    }

    /// What one more need at a node or under it costs there.
    fn cost_up(&self, node: u32) -> i64 {
        i64::from(self.load[node as usize] >= self.places.open[node as usize])
    }

    /// What one need fewer gives back, below 0.
    fn cost_down(&self, node: u32) -> i64 {
        -i64::from(self.load[node as usize] > self.places.open[node as usize])
    }

    /// Serves needs that are left over along cheapest ways, until no more of them lead outside.
    fn send(&mut self) {
        let outside = self.outside();
        for k in 0..self.held.of(outside).len() {
            let need = self.held.of(outside)[k];
            let way = self.nodes(need).iter().find_map(|&first| Some((first, self.way_from(first)?)));
            let Some((first, way)) = way else { continue };
            for (from, via, to) in way {
                match via {
                    Via::Up => self.load[from as usize] += 1,
                    Via::Down(child) => self.load[child as usize] -= 1,
                    Via::Need(need) => self.place[need as usize] = to,
                }
            }
            self.place[need as usize] = first;
        }
    }

    /// A way outside along arcs that cost what they should and lead to a higher rank.
    fn way_from(&mut self, first: u32) -> Option<Vec<(u32, Via, u32)>> {
        let (mut way, mut at) = (Vec::new(), first);
        while at != self.outside() {
            match self.arc_from(at) {
                Some((via, to)) => {
                    way.push((at, via, to));
                    at = to;
                }
                None => {
                    // A dead end: whoever led here tries what comes next.
                    (at, ..) = way.pop()?;
                    self.skip(at);
                }
            }
        }
        Some(way)
    }

    /// The first arc that leads on.
    fn arc_from(&mut self, u: u32) -> Option<(Via, u32)> {
        loop {
            let Next { arc, edge } = self.next[u as usize];
            let children = self.below.of(u);
            let (via, to, cost) = match (arc, children.get(arc.wrapping_sub(1))) {
                (0, _) => (Via::Up, self.above[u as usize], Some(self.cost_up(u))),
                (_, Some(&child)) => {
                    let has_any = self.load[child as usize] > 0;
                    (Via::Down(child), child, has_any.then(|| self.cost_down(child)))
                }
                _ => {
                    let need = *self.held.of(u).get(arc - 1 - children.len())?;
                    match self.nodes(need).get(edge).filter(|_| self.place[need as usize] == u) {
                        Some(&to) => (Via::Need(need), to, Some(0)),
                        // It has moved on, or can go nowhere else.
                        None => {
                            self.next[u as usize] = Next { arc: arc + 1, edge: 0 };
                            continue;
                        }
                    }
                }
            };
            let is_ranked = self.rank[to as usize] != UNRANKED && self.rank[to as usize] > self.rank[u as usize];
            if is_ranked && cost == Some(self.cost[to as usize] - self.cost[u as usize]) {
                return Some((via, to));
            }
            self.skip(u);
        }
    }

    fn skip(&mut self, u: u32) {
        let Next { arc, edge } = self.next[u as usize];
        let is_need = arc > self.below.of(u).len();
        self.next[u as usize] = if is_need { Next { arc, edge: edge + 1 } } else { Next { arc: arc + 1, edge } };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Loads, Network};
    use crate::oracle::Arrays;
    use crate::proof::Proof;
    use crate::solve;
    use crate::verify;

    /// The repair of a random network, from the matching that serves most; with how many places it adds in all.
    fn repaired(arrays: &Arrays) -> (Vec<Option<u32>>, u64) {
        let tier = vec![1; arrays.tier.len()];
        let free = Arrays { score: vec![0; arrays.node.len()], tier: tier.clone(), ..arrays.clone() };
        let start = solve::solve(&free.network(), &Control::new()).unwrap().node;
        let places =
            Places { first: &arrays.indptr, node: &arrays.node, parent: &arrays.parent, open: &arrays.capacity };
        let Repaired { node, price } = repair(&places, &start, &Control::new()).unwrap();
        let n_needs = tier.len();
        let capacity = vec![n_needs as u64; arrays.capacity.len()];
        let (one_each, cost): (Vec<usize>, Vec<i64>) = ((0..=capacity.len()).collect(), vec![1; capacity.len()]);
        let network = Network::new(&arrays.indptr, &arrays.node, &free.score, &capacity).unwrap();
        let network = network.with_parents(&arrays.parent).unwrap().with_tiers(&tier).unwrap();
        let network = network.with_loads(Loads { indptr: &one_each, from: &arrays.capacity, cost: &cost }).unwrap();
        let most = 2 * (capacity.len() * n_needs) as i128 + 1;
        let step = if n_needs == 0 { vec![0] } else { vec![0, most] };
        let price = price.into_iter().map(i128::from).collect();
        let proof = Proof { step, price, demand_price: Vec::new() };
        let worth = verify::prove_general(&network, &node, &proof).unwrap();
        let n_served = (0..n_needs).filter(|&need| arrays.indptr[need] < arrays.indptr[need + 1]).count();
        assert_eq!(worth.total.tier, n_served as i128);
        (node, (-worth.total.score) as u64)
    }

    /// How many needs a run serves with so many places, whatever the scores.
    fn n_served(arrays: &Arrays, capacity: Vec<u64>) -> usize {
        let (score, tier) = (vec![0; arrays.node.len()], vec![1; arrays.tier.len()]);
        let with = Arrays { capacity, score, tier, ..arrays.clone() };
        let flow = solve::solve(&with.network(), &Control::new()).unwrap();
        flow.node.iter().flatten().count()
    }

    #[test]
    fn every_repair_is_proven_the_least_serves_all_and_with_any_place_fewer_does_not() {
        let (mut asked, mut above) = (0, 0);
        for seed in 0..20_000 {
            let arrays = Arrays::random(seed);
            let (node, n_places) = repaired(&arrays);
            let mut load = vec![0; arrays.capacity.len()];
            for &v in node.iter().flatten() {
                let way_up = std::iter::successors(Some(v), |&v| arrays.parent[v as usize]);
                way_up.for_each(|v| load[v as usize] += 1);
            }
            let with: Vec<u64> = load.iter().zip(&arrays.capacity).map(|(&load, &open)| open.max(load)).collect();
            let added = with.iter().sum::<u64>() - arrays.capacity.iter().sum::<u64>();
            assert_eq!(added, n_places, "seed {seed}");
            let all = node.iter().flatten().count();
            assert_eq!(n_served(&arrays, with.clone()), all, "seed {seed}");
            for v in (0..with.len()).filter(|&v| with[v] > arrays.capacity[v]) {
                let mut fewer = with.clone();
                fewer[v] -= 1;
                assert!(n_served(&arrays, fewer) < all, "seed {seed}, node {v}");
                asked += 1;
                above += u32::from(arrays.parent.contains(&Some(v as u32)));
            }
        }
        assert!(asked > 5000 && above > 2000, "{asked}, {above}");
    }

    #[test]
    fn a_place_above_is_added_only_where_that_is_the_least() {
        // Two workers with a place each, an organization with one, and two needs: one place at the organization.
        let arrays = Arrays {
            indptr: vec![0, 2, 4],
            node: vec![0, 1, 0, 1],
            score: vec![0; 4],
            capacity: vec![1, 1, 1],
            parent: vec![Some(2), Some(2), None],
            tier: vec![1; 2],
        };
        assert_eq!(repaired(&arrays).1, 1);
        // With one place at a worker alone, two: one at a worker and one at the organization.
        assert_eq!(repaired(&Arrays { capacity: vec![1, 0, 1], ..arrays }).1, 2);
    }
}
