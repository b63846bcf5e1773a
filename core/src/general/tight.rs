//! What proves that floors cannot be met, in the words of the network.

use super::blocking::Stuck;
use super::forest::{Forest, NONE};
use super::needs::Needs;
use super::weight::Weight;
use crate::network::{Network, Score};
use crate::proof::{Shortage, TightSet};

/// The set that a search without a way has closed, in the words of the network.
pub(super) fn closed<S: Score, W: Weight>(
    network: &Network<'_, S>,
    forest: &Forest<W>,
    needs: &Needs<W>,
    place: &[u32],
    closed: &[u32],
    stuck: &Stuck,
) -> TightSet {
    let mut is_in = vec![false; forest.n_vertices()];
    for &v in closed {
        is_in[v as usize] = true;
    }
    let need_is_in = |need: usize| {
        let group = is_in[needs.group[need] as usize];
        match (stuck, place[need]) {
            // A need that is served where the set reaches can move; one that is not is served when its group is told.
            (Stuck::Excess(_), NONE) => group,
            (Stuck::Excess(_), v) => is_in[v as usize],
            // A need can come from wherever it is to a node of the set, or be given back to its group.
            (Stuck::Deficit(_), v) => {
                (v != NONE && group) || needs.nodes(need).iter().any(|&other| other != v && is_in[other as usize])
            }
        }
    };
    let nodes = is_in[..forest.n_supply].to_vec();
    let groups = forest.vertex_of_group.iter().map(|&v| is_in[v as usize]).collect();
    let set = Set { needs: needs.in_network((0..needs.n_needs()).map(need_is_in)), groups, nodes };
    set.tight(network, if matches!(stuck, Stuck::Excess(_)) { Shortage::Places } else { Shortage::Needs })
}

/// A set of needs, groups and nodes, as whether each is in it.
pub(super) struct Set {
    pub(super) needs: Vec<bool>,
    pub(super) groups: Vec<bool>,
    pub(super) nodes: Vec<bool>,
}

impl Set {
    pub(super) fn tight<S: Score>(&self, network: &Network<'_, S>, shortage: Shortage) -> TightSet {
        let members = |is_in: &[bool]| (0..is_in.len() as u32).filter(|&x| is_in[x as usize]).collect();
        TightSet {
            shortage,
            missing: self.missing(network, shortage),
            needs: members(&self.needs),
            groups: members(&self.groups),
            nodes: members(&self.nodes),
        }
    }

    /// By how much what the floors at the border ask for exceeds what the caps at the border allow.
    fn missing<S: Score>(&self, network: &Network<'_, S>, shortage: Shortage) -> u64 {
        let node = |v: Option<u32>| v.is_some_and(|v| self.nodes[v as usize]);
        let group = |g: Option<u32>| g.is_some_and(|g| self.groups[g as usize]);
        // Floors count where they point into a set that lacks places, or out of one that lacks needs; caps the other way.
        let mut missing = 0_i128;
        let mut count = |from: bool, to: bool, floor: u64, cap: u64| {
            if from != to {
                let is_forced = to == (shortage == Shortage::Places);
                missing += if is_forced { i128::from(floor) } else { -i128::from(cap) };
            }
        };
        for v in 0..network.n_nodes() as u32 {
            count(node(Some(v)), node(network.parent(v)), network.floor(v), network.capacity(v));
        }
        if let Some(demand) = network.demand() {
            for (g, &parent) in demand.parent.iter().enumerate() {
                count(group(parent), self.groups[g], demand.floor[g], demand.cap[g]);
            }
        }
        for (need, &is_in) in self.needs.iter().enumerate() {
            let lowest = network.demand().and_then(|demand| demand.group_of_need[need]);
            count(group(lowest), is_in, 0, 1);
            network.edges(need).for_each(|(v, _)| count(is_in, self.nodes[v as usize], 0, 1));
        }
        u64::try_from(missing).unwrap_or(0)
    }
}
