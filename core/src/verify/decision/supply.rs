//! The supply side, and whether the list of places is what the assignments make of it.

use std::collections::HashMap;

use super::MAX_NUMBER;
use crate::decision::DecisionFault;
use crate::decision::form::{File, Full, Network, Nodes, Pair, Text};

/// Most nodes from a worker to the top, groups of groups included.
const MAX_DEPTH: usize = 34;

/// Workers, then organizations, then groups, numbered together.
pub(super) struct Supply<'a> {
    nodes: &'a Nodes,
    /// For each node the one above it.
    pub(super) above: Vec<Option<usize>>,
    workers: HashMap<&'a str, usize>,
    organizations: HashMap<&'a str, usize>,
}

/// What the list of places says, by node.
pub(super) struct Places {
    /// The sum of the prices from a node to the top.
    pub(super) full_price: Vec<Pair>,
    /// Whether a place of the node's own is open, whatever is above it.
    pub(super) has_room: Vec<bool>,
    /// The nodes in the order of the list of places, and by node what is stated as its price, and how many it serves.
    pub(super) in_order: Vec<usize>,
    pub(super) price: Vec<Pair>,
    pub(super) used: Vec<u64>,
    /// The lowest node at or above a node where all places are filled.
    pub(super) full_at: Vec<Option<usize>>,
}

impl<'a> Supply<'a> {
    /// Checks that workers are below organizations, organizations below groups or nothing, and groups below groups.
    pub(super) fn check(network: &'a Network) -> Result<Self, DecisionFault> {
        let nodes = &network.nodes;
        let (n_workers, n_organizations) = (nodes.workers.len(), nodes.organizations.len());
        let (n_providers, n_nodes) = (n_workers + n_organizations, n_workers + n_organizations + nodes.groups.len());
        if nodes.parent.len() != n_nodes {
            return Err(DecisionFault::wrong("network.nodes.parent"));
        }
        if nodes.floor.len() != n_nodes {
            return Err(DecisionFault::wrong("network.nodes.floor"));
        }
        if nodes.caseload.as_ref().is_some_and(|own| own.len() != n_workers || own.iter().any(|&own| own >= MAX_NUMBER))
        {
            return Err(DecisionFault::wrong("network.nodes.caseload"));
        }
        if nodes.places.len() != n_nodes {
            return Err(DecisionFault::wrong("network.nodes.places"));
        }
        let number = |(position, id): (usize, &'a Text)| (&**id, position);
        let supply = Self {
            nodes,
            above: nodes.parent.iter().map(|above| above.map(|above| above as usize)).collect(),
            workers: nodes.workers.iter().enumerate().map(number).collect(),
            organizations: nodes.organizations.iter().enumerate().map(number).collect(),
        };
        for node in 0..n_nodes {
            let is_right = match supply.above[node] {
                Some(above) if node < n_workers => (n_workers..n_providers).contains(&above),
                Some(above) => (n_providers..n_nodes).contains(&above),
                None => node >= n_workers,
            };
            if !is_right {
                return Err(DecisionFault::wrong(format!("network.nodes.parent[{node}]")));
            }
            if nodes.places[node].is_none() && node < n_providers {
                return Err(DecisionFault::wrong(format!("network.nodes.places[{node}]")));
            }
        }
        match (0..n_nodes).find(|&node| supply.path(node).nth(MAX_DEPTH).is_some()) {
            Some(node) => Err(DecisionFault::wrong(format!("network.nodes.parent[{node}]"))),
            None => Ok(supply),
        }
    }

    /// How many nodes may serve: all but groups.
    pub(super) fn n_providers(&self) -> usize {
        self.nodes.workers.len() + self.nodes.organizations.len()
    }

    /// A node and all that stand above it.
    pub(super) fn path(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(node), |&node| self.above[node])
    }

    /// The node of an organization and perhaps of a worker of it.
    pub(super) fn node(&self, organization: &str, worker: Option<&str>) -> Option<usize> {
        let organization = self.nodes.workers.len() + self.organizations.get(organization)?;
        match worker {
            None => Some(organization),
            Some(worker) => {
                let worker = *self.workers.get(worker)?;
                (self.above[worker] == Some(organization)).then_some(worker)
            }
        }
    }

    /// The identifier of a node, after the rank of its level.
    fn key(&self, node: usize) -> (u8, &'a str) {
        let (n_workers, n_providers) = (self.nodes.workers.len(), self.n_providers());
        match node {
            _ if node < n_workers => (0, &self.nodes.workers[node]),
            _ if node < n_providers => (1, &self.nodes.organizations[node - n_workers]),
            _ => (2, &self.nodes.groups[node - n_providers]),
        }
    }

    pub(super) fn id(&self, node: usize) -> &'a str {
        self.key(node).1
    }

    pub(super) fn level(&self, node: usize) -> &'static str {
        ["worker", "organization", "group"][self.key(node).0 as usize]
    }

    /// Counts one more candidate that is full at a node.
    pub(super) fn count(&self, full: &mut Full, node: usize) {
        match self.key(node).0 {
            0 => full.worker += 1,
            1 => full.organization += 1,
            _ => full.group += 1,
        }
    }
}

/// Checks the list of places against the nodes and the assignments.
pub(super) fn check_capacity(
    file: &File,
    is_decided: bool,
    supply: &Supply<'_>,
    served_at: &[Option<usize>],
) -> Result<Places, DecisionFault> {
    let nodes = &file.network.nodes;
    let mut used = vec![0; supply.above.len()];
    for &node in served_at.iter().flatten() {
        supply.path(node).for_each(|node| used[node] += 1);
    }
    let mut in_order: Vec<usize> = (0..supply.above.len()).collect();
    in_order.sort_by_key(|&node| supply.key(node));
    if file.result.capacity.len() != in_order.len() {
        return Err(DecisionFault::wrong("result.capacity"));
    }
    let mut price = vec![Pair::default(); in_order.len()];
    for (row, (stated, &node)) in file.result.capacity.iter().zip(&in_order).enumerate() {
        let is_small = [stated.price.tier, stated.price.score].iter().all(|part| part.unsigned_abs() < MAX_NUMBER);
        // What a certificate says in one number is checked with it.
        let is_price = file.result.certificate.is_some()
            || (is_small && stated.price >= Pair::default())
                && (stated.places.is_some() || stated.price == Pair::default());
        let is_met = used[node] >= stated.floor || !is_decided;
        let facts = [
            ("level", *stated.level == *supply.level(node)),
            ("id", *stated.id == *supply.key(node).1),
            ("places", stated.places == nodes.places[node]),
            ("floor", stated.floor == nodes.floor[node]),
            ("used", stated.used == used[node] && stated.places.is_none_or(|places| used[node] <= places) && is_met),
            ("price", is_price),
        ];
        if let Some((field, _)) = facts.into_iter().find(|&(_, holds)| !holds) {
            return Err(DecisionFault::wrong(format!("result.capacity[{row}].{field}")));
        }
        price[node] = stated.price;
    }
    let has_room: Vec<bool> =
        nodes.places.iter().zip(&used).map(|(places, &used)| places.is_none_or(|places| used < places)).collect();
    let path = |node| supply.path(node);
    // The prices of a certificate are read there, and are too large to be added up here.
    let is_read_elsewhere = file.result.certificate.is_some();
    let own = |node: usize| if is_read_elsewhere { Pair::default() } else { price[node] };
    Ok(Places {
        full_price: (0..used.len())
            .map(|node| path(node).fold(Pair::default(), |sum, node| sum.plus(own(node))))
            .collect(),
        full_at: (0..used.len()).map(|node| path(node).find(|&node| !has_room[node])).collect(),
        has_room,
        in_order,
        price,
        used,
    })
}
