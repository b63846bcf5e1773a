//! Who may come into question: providers by domain and division, and within large divisions by distance.
//!
//! A provider stands in one cell for each domain and each division that it serves, so a need looks into the cells of its
//! domain for its community and each division above that: five at most. A cell with many providers has a tree over
//! their bases on the unit sphere; it yields those within the longest way of any of them. Every rule is still
//! evaluated for each provider that comes out, so the index decides only what is looked at.

use std::collections::BTreeMap;
use std::ops::Range;

use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::RuleId;
use super::ledger::Ledger;
use super::pair::{Provider, n_providers};
use super::place::{Base, Site};
use super::reach::Reach;
use crate::error::Error;
use crate::model::Problem;
use crate::model::codes::{DivisionCode, DivisionLevel, Domain, ServiceArea};
use crate::policy::{Policy, Terrain};

/// From so many providers on a cell has a tree: below, looking at each is faster.
const LEAST_FOR_TREE: usize = 256;
/// Bytes that a provider takes in a tree, inner nodes included; 168 is the most that was measured.
type RoomInTree = [u8; 208];

/// A domain and a division, or a domain whose providers may serve anywhere.
type Key = (Domain, Option<DivisionCode>);
type Entry = GeomWithData<[f64; 3], u32>;

/// Providers by domain and division.
pub(super) struct Index {
    cells: BTreeMap<Key, Cell>,
    /// The providers of all cells; ascending in each.
    providers: Vec<u32>,
    /// For each provider, its base and how far it goes.
    pub(super) reach: Vec<Reach>,
    /// Domains whose providers may serve anywhere.
    anywhere: Vec<Domain>,
}

struct Cell {
    providers: Range<usize>,
    tree: Option<Box<Tree>>,
}

struct Tree {
    placed: RTree<Entry>,
    unplaced: Vec<u32>,
    /// The longest squared chord that any of them goes, by terrain.
    widest: [f64; Terrain::ALL.len()],
}

impl Index {
    /// For needs that this policy judges.
    pub(super) fn new(problem: &Problem, policy: &Policy, ledger: &mut Ledger<'_>) -> Result<Self, Error> {
        let n_providers = n_providers(problem);
        let anywhere = |domain: &Domain| !policy.has_rule(RuleId::H14) || policy.cross_area_domains().contains(*domain);
        let anywhere: Vec<Domain> = Domain::ALL.iter().copied().filter(anywhere).collect();
        ledger.take::<Reach>(n_providers)?;
        let reach_of = |node| Reach::new(Base::of(Provider::of(problem, node), problem, policy), policy.travel());
        let reach: Vec<Reach> = (0..n_providers as u32).map(reach_of).collect();

        let n_entries = (0..n_providers as u32).map(|node| keys(problem, node, &anywhere).count()).sum();
        ledger.take::<(Key, u32)>(n_entries)?;
        let entries_of = |node| keys(problem, node, &anywhere).map(move |key| (key, node));
        let mut entries: Vec<(Key, u32)> = Vec::with_capacity(n_entries);
        entries.extend((0..n_providers as u32).flat_map(entries_of));
        entries.sort_unstable();

        let of_cell = || entries.chunk_by(|a, b| a.0 == b.0);
        ledger.take::<u32>(n_entries)?;
        // A map's nodes may be half empty.
        ledger.take::<[(Key, Cell); 2]>(of_cell().count())?;
        let providers: Vec<u32> = entries.iter().map(|&(_, node)| node).collect();
        let mut cells = BTreeMap::new();
        let mut end = 0;
        for cell in of_cell() {
            let range = end..end + cell.len();
            end = range.end;
            let has_tree = policy.has_rule(RuleId::T01) && cell.len() >= LEAST_FOR_TREE;
            if has_tree {
                ledger.take::<RoomInTree>(cell.len())?;
            }
            let tree = has_tree.then(|| Box::new(Tree::new(&providers[range.clone()], &reach)));
            cells.insert(cell[0].0, Cell { providers: range, tree });
        }
        ledger.give_back::<(Key, u32)>(n_entries);
        Ok(Self { cells, providers, reach, anywhere })
    }

    /// Whether an index for one policy serves for another: what it reads of them is the same.
    pub(super) fn is_shared(one: &Policy, other: &Policy) -> bool {
        let reads =
            |policy: &Policy| (policy.has_rule(RuleId::H14), policy.has_rule(RuleId::T01), policy.cross_area_domains());
        reads(one) == reads(other) && one.travel() == other.travel()
    }

    /// Whether the providers of a domain may serve outside their area.
    pub(super) fn goes_anywhere(&self, domain: Domain) -> bool {
        self.anywhere.contains(&domain)
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
                _ => self.providers[cell.providers.clone()].iter().copied().for_each(&mut visit),
            }
        }
    }

    /// The providers of the domain that may serve the site by its area, in ascending order.
    pub(super) fn covering(&self, domain: Domain, site: &Site) -> Vec<u32> {
        let mut covering: Vec<u32> =
            self.cells_of(domain, site).flat_map(|cell| &self.providers[cell.providers.clone()]).copied().collect();
        covering.sort_unstable();
        covering
    }

    fn cells_of(&self, domain: Domain, site: &Site) -> impl Iterator<Item = &Cell> {
        let code = site.code;
        let mut last = None;
        // A code without lower levels is the same at all of them.
        let divisions = DivisionLevel::ALL.map(|level| code.at_level(level)).into_iter().map(Some);
        let different = divisions.filter(move |&division| std::mem::replace(&mut last, division) != division);
        let anywhere = self.goes_anywhere(domain);
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

/// The cells of a provider.
fn keys<'a>(problem: &'a Problem, node: u32, anywhere: &'a [Domain]) -> impl Iterator<Item = Key> + 'a {
    let provider = Provider::of(problem, node);
    domains(provider).flat_map(move |domain| {
        let is_anywhere = anywhere.contains(&domain);
        let divisions = outermost(provider.service_area(problem)).filter(move |_| !is_anywhere).map(Some);
        divisions.chain(is_anywhere.then_some(None)).map(move |division| (domain, division))
    })
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
