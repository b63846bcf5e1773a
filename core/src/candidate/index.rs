//! Who may come into question: providers by domain and division, and within large divisions by distance.
//!
//! A provider stands in one cell for each domain and each division that it serves, so a need looks into the cells of its
//! domain for its community and each division above that: five at most. A cell with many providers has a tree over
//! their bases on the unit sphere; it yields those within the longest way of any of them. Every rule is still
//! evaluated for each provider that comes out, so the index decides only what is looked at.

use std::collections::BTreeMap;

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::RuleId;
use super::pair::{Provider, n_providers};
use super::place::{Base, Site};
use super::reach::Reach;
use crate::model::Problem;
use crate::model::codes::{DivisionCode, DivisionLevel, Domain, ServiceArea};
use crate::policy::Terrain;

/// From so many providers on a cell has a tree: below, looking at each is faster.
const LEAST_FOR_TREE: usize = 256;
/// Bytes of a provider in a tree, inner nodes included: at most half of a node's slots are empty.
const BYTES_IN_TREE: usize = 256;

type Entry = GeomWithData<[f64; 3], u32>;

/// Providers by domain and division.
pub(super) struct Index {
    cells: BTreeMap<(Domain, Option<DivisionCode>), Cell>,
    /// For each provider, its base and how far it goes.
    pub(super) reach: Vec<Reach>,
    /// Domains whose providers may serve anywhere.
    anywhere: Vec<Domain>,
}

#[derive(Default)]
struct Cell {
    /// In ascending order.
    providers: Vec<u32>,
    tree: Option<Tree>,
}

struct Tree {
    placed: RTree<Entry>,
    unplaced: Vec<u32>,
    /// The longest squared chord that any of them goes, by terrain.
    widest: [f64; Terrain::ALL.len()],
}

impl Index {
    pub(super) fn new(problem: &Problem) -> Self {
        let policy = problem.policy();
        let anywhere = |domain: &Domain| !policy.has_rule(RuleId::H14) || policy.cross_area_domains().contains(*domain);
        let mut index = Self {
            cells: BTreeMap::new(),
            reach: Vec::with_capacity(n_providers(problem)),
            anywhere: Domain::ALL.iter().copied().filter(anywhere).collect(),
        };
        for node in 0..n_providers(problem) as u32 {
            let provider = Provider::of(problem, node);
            index.reach.push(Reach::new(Base::of(provider, problem), policy.travel()));
            for domain in domains(provider) {
                if index.anywhere.contains(&domain) {
                    index.cells.entry((domain, None)).or_default().providers.push(node);
                    continue;
                }
                for division in outermost(provider.service_area(problem)) {
                    index.cells.entry((domain, Some(division))).or_default().providers.push(node);
                }
            }
        }
        if policy.has_rule(RuleId::T01) {
            for cell in index.cells.values_mut().filter(|cell| cell.providers.len() >= LEAST_FOR_TREE) {
                cell.tree = Some(Tree::new(&cell.providers, &index.reach));
            }
        }
        index
    }

    /// Bytes that [`new`](Self::new) takes at most.
    pub(super) fn bytes(problem: &Problem) -> u64 {
        let of_provider = |node: usize| {
            let provider = Provider::of(problem, node as u32);
            let divisions = provider.service_area(problem).divisions().len().max(1);
            let entries = (domains(provider).count() * divisions) as u64;
            // A cell of its own for each entry in the worst case, in a map whose nodes may be half empty.
            entries * (2 * size_of::<(Domain, Option<DivisionCode>, Cell)>() + 16 + BYTES_IN_TREE) as u64
        };
        let entries: u64 = (0..n_providers(problem)).map(of_provider).sum();
        entries + (n_providers(problem) * size_of::<Reach>()) as u64
    }

    /// Calls `visit` once for each provider of the domain that may serve the site by its area, except some that are
    /// certainly too far away.
    pub(super) fn visit(&self, domain: Domain, site: &Site, mut visit: impl FnMut(u32)) {
        for cell in self.cells_of(domain, site) {
            match (&cell.tree, site.position) {
                (Some(tree), Some(position)) => {
                    let widest = tree.widest[site.terrain as usize];
                    tree.placed.locate_within_distance(position, widest).for_each(|entry| visit(entry.data));
                    tree.unplaced.iter().copied().for_each(&mut visit);
                }
                _ => cell.providers.iter().copied().for_each(&mut visit),
            }
        }
    }

    /// The providers of the domain that may serve the site by its area, in ascending order.
    pub(super) fn covering(&self, domain: Domain, site: &Site) -> Vec<u32> {
        let mut covering: Vec<u32> = self.cells_of(domain, site).flat_map(|cell| &cell.providers).copied().collect();
        covering.sort_unstable();
        covering
    }

    fn cells_of(&self, domain: Domain, site: &Site) -> impl Iterator<Item = &Cell> {
        let code = site.code;
        let mut last = None;
        // A code without lower levels is the same at all of them.
        let divisions = DivisionLevel::ALL.map(|level| code.at_level(level)).into_iter().map(Some);
        let different = divisions.filter(move |&division| std::mem::replace(&mut last, division) != division);
        let anywhere = self.anywhere.contains(&domain);
        let keys = different.filter(move |_| !anywhere).chain(anywhere.then_some(None));
        keys.filter_map(move |division| self.cells.get(&(domain, division)))
    }
}

impl Tree {
    fn new(providers: &[u32], reach: &[Reach]) -> Self {
        let position = |&provider: &u32| reach[provider as usize].base.position;
        let entries = providers.iter().filter_map(|node| Some(Entry::new(position(node)?, *node))).collect();
        let widest_on = |terrain| {
            providers.iter().map(|&node| reach[node as usize].widest(terrain)).fold(f64::NEG_INFINITY, f64::max)
        };
        Self {
            placed: RTree::bulk_load(entries),
            unplaced: providers.iter().copied().filter(|node| position(node).is_none()).collect(),
            widest: Terrain::ALL.map(widest_on),
        }
    }
}

/// The domains that a provider serves (D01).
pub(super) fn domains(provider: Provider<'_>) -> impl Iterator<Item = Domain> + '_ {
    let served = match provider {
        Provider::Worker(worker) => Some(&worker.domains),
        Provider::Organization(organization) => organization.direct.then_some(&organization.domains),
    };
    served.into_iter().flat_map(|domains| domains.iter().map(|(domain, _)| domain))
}

/// The divisions of an area without those that lie in another of them, so that a community lies in one at most.
fn outermost(area: &ServiceArea) -> impl Iterator<Item = DivisionCode> + '_ {
    let mut last: Option<DivisionCode> = None;
    // In ascending order a division comes right before everything that lies in it.
    area.divisions().iter().copied().filter(move |&division| {
        let is_outermost = !last.is_some_and(|outer| outer.contains(division));
        if is_outermost {
            last = Some(division);
        }
        is_outermost
    })
}
