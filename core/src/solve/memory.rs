//! How much memory a solve takes beyond its input, told before it is taken.

use crate::network::{Network, Score};

/// Bytes for an edge. Of the families of `benches` at 50,000 needs most take about 5, for short lists hold few edges;
/// but where all scores are tied the lists hold nearly all, and `evictions` took 40, needs and nodes aside.
const PER_EDGE: u64 = 44;
/// Bytes for a need.
const PER_NEED: u64 = 96;
/// Bytes for a node: where nodes outweigh edges, in `long_paths`, a solve took 290 for each node, edges and needs
/// included.
const PER_NODE: u64 = 170;

/// Working memory for a network that is one part.
pub(crate) fn bytes_needed<S: Score>(network: &Network<'_, S>) -> u64 {
    let (needs, nodes, edges) = (network.n_needs() as u64, network.n_nodes() as u64, network.n_edges() as u64);
    edges * PER_EDGE + needs * PER_NEED + nodes * PER_NODE
}

/// What the arrays of the parts take besides, where there are several: lists that grow have up to twice their length.
pub(super) fn bytes_of_parts<S: Score>(network: &Network<'_, S>) -> u64 {
    network.n_edges() as u64 * 2 * (size_of::<u32>() + size_of::<S>()) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::control::Control;
    use crate::error::{Error, Limit};
    use crate::oracle::Arrays;

    #[test]
    fn a_solve_beyond_the_budget_is_refused_with_what_it_needs() {
        let arrays = Arrays::random(4);
        let network = arrays.network();
        let needed = bytes_needed(&network);
        assert!(needed > 0);
        let control = Control::new();
        control.set_memory_budget(needed - 1);
        let refused = Error::Limit { limit: Limit::MemoryBytes, needed, allowed: needed - 1 };
        assert_eq!(crate::solve::solve(&network, &control), Err(refused));
        control.set_memory_budget(needed + bytes_of_parts(&network));
        assert!(crate::solve::solve(&network, &control).is_ok());
    }
}
