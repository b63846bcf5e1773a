//! Shortage: which needs are too many for which places, and the fewest places that would serve them all.

use std::collections::BTreeMap;

use super::Explainer;
use crate::control::Control;
use crate::error::{Error, InputError};
use crate::matching::{Coverage, Level, Node, Tier};
use crate::model::NeedId;
use crate::model::codes::{DivisionCode, DivisionLevel, Domain};
use crate::network::{Loads, Network};
use crate::options::Options;
use crate::proof::Proof;
use crate::sensitivity::{Places, Repaired, repair};
use crate::verify;

/// Needs that are more than the places they can reach, whoever is served.
///
/// All candidates of these needs are among `providers`, and whatever those serve takes a place of one of `binding`. So no
/// more of the needs can be served than there are `places`: the set is short by exactly the needs it leaves over.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shortage {
    /// The needs that compete for the places, in the order of their identifiers.
    pub needs: Vec<NeedId>,
    /// Those of them that are not served, in the same order: by so many the places are short.
    pub left_over: Vec<NeedId>,
    /// The workers and organizations that the needs can reach: workers first, each in the order of the matching's
    /// capacity.
    pub providers: Vec<Node>,
    /// The workers, organizations and groups whose places are all that there are for these needs, each with its places,
    /// those of pinned needs not counted.
    pub binding: Vec<(Node, u64)>,
    /// Those places together: as many as needs of the set are served.
    pub places: u64,
    /// The needs by tier, with how many are served.
    pub by_tier: Vec<Coverage<Tier>>,
    /// The needs by domain.
    pub by_domain: Vec<Coverage<Domain>>,
    /// The needs by township.
    pub by_town: Vec<Coverage<DivisionCode>>,
}

/// Places that would serve every need that has a candidate: the fewest there are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repair {
    /// At whom, and how many places more; the most places first, of equals in the order of the matching's capacity.
    pub places: Vec<(Node, u64)>,
    /// How many places that is in all. A need may ask for one at its worker and one at the organization above.
    pub n_places: u64,
    /// The needs that would be served at last.
    pub served: Vec<NeedId>,
}

impl Explainer {
    /// The shortages behind the needs that are not served although they have candidates: sets that share neither needs
    /// nor providers, the one with the most needs left over first.
    ///
    /// Needs without a candidate are in none; their reasons tell which rules keep everybody away. Under the objective
    /// `score` a need may be left over for the sake of a score although a place could be made free for it; it is in none
    /// either.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with fault 600 where more than places binds; [`Error::InternalCheck`] if the checker rejects one, which would be a bug of this library.
    ///
    /// # Complexity
    ///
    /// O(candidates).
    pub fn shortages(&self) -> Result<Vec<Shortage>, Error> {
        let own = self.of_places()?;
        let problem = self.matching.problem();
        let free = |need: u32| {
            let id = NeedId::new(need as usize);
            if problem.needs()[id.index()].pinned_worker.is_some() { &[][..] } else { self.scored.candidates.row(id) }
        };
        let mut ranks = vec![0; problem.needs().len()];
        problem.needs_by_id().enumerate().for_each(|(rank, need)| ranks[need.index()] = rank);
        let order = self.order_of_capacity();
        let sets = own.shortages(free).sets;
        let mut shortages: Vec<Shortage> = sets
            .into_iter()
            .map(|set| {
                let by_id = |needs: Vec<u32>| {
                    let mut needs: Vec<NeedId> = needs.into_iter().map(|need| NeedId::new(need as usize)).collect();
                    needs.sort_unstable_by_key(|need| ranks[need.index()]);
                    needs
                };
                let in_order = |mut nodes: Vec<u32>| {
                    nodes.sort_unstable_by_key(|&v| order[v as usize]);
                    nodes
                };
                let mut is_provider = vec![false; self.forest.n_nodes()];
                set.needs.iter().for_each(|&need| free(need).iter().for_each(|&v| is_provider[v as usize] = true));
                let providers = in_order(set.nodes).into_iter().filter(|&v| is_provider[v as usize]);
                let providers = providers.map(|v| self.forest.node(v)).collect();
                let places = |v: u32| (self.forest.node(v), own.load(v));
                let binding: Vec<(Node, u64)> = in_order(set.binding).into_iter().map(places).collect();
                self.shortage(by_id(set.needs), by_id(set.short), providers, binding)
            })
            .collect();
        // The sort keeps the order of equals, which is that of the nodes.
        shortages.sort_by_key(|shortage| std::cmp::Reverse(shortage.left_over.len()));
        for shortage in &shortages {
            verify::verify_shortage(problem, &self.scored, &self.matching, shortage)?;
        }
        Ok(shortages)
    }

    fn shortage(
        &self,
        needs: Vec<NeedId>,
        left_over: Vec<NeedId>,
        providers: Vec<Node>,
        binding: Vec<(Node, u64)>,
    ) -> Shortage {
        let problem = self.matching.problem();
        let row = |id: NeedId| &problem.needs()[id.index()];
        let town = |id| problem.communities()[row(id).community.index()].code.at_level(DivisionLevel::Township);
        Shortage {
            by_tier: coverage(&needs, &left_over, |id| Tier::of(row(id).risk)),
            by_domain: coverage(&needs, &left_over, |id| row(id).domain),
            by_town: coverage(&needs, &left_over, town),
            places: binding.iter().map(|(_, places)| places).sum(),
            needs,
            left_over,
            providers,
            binding,
        }
    }

    /// The fewest places that would serve every need that has a candidate, for all shortages together: no fewer do, so no
    /// part of them does. Proven by prices, like any result.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with fault 600 where more than places binds; [`Error::Cancelled`] or [`Error::Limit`] as the
    /// control asks; [`Error::InternalCheck`] if the checker rejects it, which would be a bug of this library.
    ///
    /// # Complexity
    ///
    /// O(candidates) for each pass; a few dozen passes for a city.
    pub fn smallest_repair(&self, options: &Options<'_>) -> Result<Repair, Error> {
        let own = self.of_places()?;
        let problem = self.matching.problem();
        let indptr = self.scored.candidates.indptr();
        let n_needs = problem.needs().len();
        let n_nodes = self.forest.n_nodes();
        let is_free: Vec<bool> = problem.needs().iter().map(|need| need.pinned_worker.is_none()).collect();
        let (mut rows, mut node) = (vec![0], Vec::new());
        for need in 0..n_needs {
            let row = if is_free[need] { indptr[need]..indptr[need + 1] } else { 0..0 };
            node.extend_from_slice(&self.scored.candidates.provider()[row]);
            rows.push(node.len());
        }
        let open: Vec<u64> = (0..n_nodes as u32).map(|v| self.capacity[v as usize].min(n_needs as u64)).collect();
        let outside = own.outside();
        let start: Vec<Option<u32>> =
            (0..n_needs as u32).map(|need| Some(own.vertex(need)).filter(|&v| v != outside)).collect();
        let quiet = Control::new();
        let control = options.control.unwrap_or(&quiet);
        let places = Places { first: &rows, node: &node, parent: &self.forest.parent, open: &open };
        let repaired = repair(&places, &start, control)?;
        self.prove(&places, &repaired)?;

        let mut load = vec![0_u64; n_nodes];
        repaired.node.iter().flatten().for_each(|&v| self.forest.path(v).for_each(|v| load[v as usize] += 1));
        let more = |v: u32| (v, load[v as usize].saturating_sub(open[v as usize]));
        let mut more: Vec<(u32, u64)> = (0..n_nodes as u32).map(more).filter(|&(_, places)| places > 0).collect();
        let order = self.order_of_capacity();
        more.sort_unstable_by_key(|&(v, places)| (std::cmp::Reverse(places), order[v as usize]));
        let is_new = |need: &NeedId| repaired.node[need.index()].is_some() && start[need.index()].is_none();
        Ok(Repair {
            n_places: more.iter().map(|&(_, places)| places).sum(),
            places: more.into_iter().map(|(v, places)| (self.forest.node(v), places)).collect(),
            served: problem.needs_by_id().filter(is_new).collect(),
        })
    }

    /// Checks that the repair serves whom it can, and that its prices prove it the least: as an optimum of the network in
    /// which each place beyond the open ones costs one.
    fn prove(&self, places: &Places<'_>, repaired: &Repaired) -> Result<(), Error> {
        let (n_needs, n_nodes) = (repaired.node.len(), places.open.len());
        let (score, tier) = (vec![0_i32; places.node.len()], vec![1; n_needs]);
        let capacity = vec![n_needs as u64; n_nodes];
        let (one_each, cost): (Vec<usize>, Vec<i64>) = ((0..=n_nodes).collect(), vec![1; n_nodes]);
        let network = || -> Result<Network<'_, i32>, InputError> {
            Network::new(places.first, places.node, &score, &capacity)?
                .with_parents(places.parent)?
                .with_tiers(&tier)?
                .with_loads(Loads { indptr: &one_each, from: places.open, cost: &cost })
        };
        let network = network().map_err(|faults| Error::InternalCheck { check: faults.to_string() })?;
        // One need more outweighs whatever all places could cost.
        let of_need = 2 * n_nodes as i128 * n_needs as i128 + 1;
        let step = std::iter::once(0).chain((n_needs > 0).then_some(of_need)).collect();
        let price = repaired.price.iter().map(|&price| price.into()).collect();
        verify::prove_general(&network, &repaired.node, &Proof { step, price, demand_price: Vec::new() })?;
        Ok(())
    }

    /// For each node its row in the matching's capacity.
    fn order_of_capacity(&self) -> Vec<usize> {
        let mut order = vec![0; self.forest.n_nodes()];
        let rows = self.matching.capacity().iter().enumerate();
        rows.for_each(|(row, capacity)| order[self.forest.index(capacity.node) as usize] = row);
        order
    }
}

impl Shortage {
    /// The lowest level at which places bind, and how many of them are there.
    #[must_use]
    pub fn binding_levels(&self) -> Vec<(Level, u64)> {
        let mut levels = BTreeMap::new();
        self.binding.iter().for_each(|(node, places)| *levels.entry(node.level()).or_insert(0) += places);
        levels.into_iter().collect()
    }
}

/// Needs and those of them that are served, by a key.
fn coverage<K: Ord>(needs: &[NeedId], left_over: &[NeedId], key: impl Fn(NeedId) -> K) -> Vec<Coverage<K>> {
    let mut counts: BTreeMap<K, (u64, u64)> = BTreeMap::new();
    for &need in needs {
        let count = counts.entry(key(need)).or_default();
        *count = (count.0 + 1, count.1 + 1);
    }
    for &need in left_over {
        counts.entry(key(need)).or_default().1 -= 1;
    }
    counts.into_iter().map(|(key, (needs, served))| Coverage { key, needs, served }).collect()
}
