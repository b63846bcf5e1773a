//! Decision files of which parts were changed together, so that what is left to fit does: one check alone stands
//! against each.

mod head;
mod network;
mod proof;
mod reasons;
mod result;
mod scope;
mod switch;
mod unmet;

use super::Decision;
use crate::decision::form::{File, Network};
use crate::verify;

fn files(of: impl Iterator<Item = (u64, Vec<u8>)>) -> impl Iterator<Item = (u64, File)> {
    of.map(|(seed, bytes)| (seed, Decision::parse(&bytes).unwrap().file))
}

fn is_believed(file: &File) -> bool {
    verify::decision::check(file).is_ok()
}

/// Changes a copy and asserts that it is refused, if there was a change.
fn refuse(seed: u64, file: &File, what: &str, change: impl FnOnce(&mut File)) -> bool {
    let mut changed = file.clone();
    change(&mut changed);
    let is_changed = changed != *file;
    assert!(!is_changed || !is_believed(&changed), "seed {seed}: {what} is believed");
    is_changed
}

/// Level and identifier of a node and of everybody above it.
fn nodes_above(network: &Network, node: usize) -> Vec<(&'static str, &str)> {
    let nodes = &network.nodes;
    let ids = (nodes.workers.iter().map(|id| ("worker", &**id)))
        .chain(nodes.organizations.iter().map(|id| ("organization", &**id)))
        .chain(nodes.groups.iter().map(|id| ("group", &**id)));
    let ids: Vec<(&'static str, &str)> = ids.collect();
    std::iter::successors(Some(node), |&node| nodes.parent[node].map(|above| above as usize))
        .map(|node| ids[node])
        .collect()
}
