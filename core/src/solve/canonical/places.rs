//! Where the served needs are served, of all the nodes at which an optimal flow may serve them.

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;

use super::search::Search;
use super::tight::{Move, Tight};
use crate::control::Control;
use crate::error::Error;

/// Gives each served need, in order, the first of its nodes that is possible with all places given before.
///
/// A need can move to another node if one unit can move on from there until it fills the place that the need gives up.
/// Such a round trip stays within a strongly connected component of the tight network, so most needs, which are alone in
/// theirs, are settled by a look at the components.
pub(super) fn give_in_order(tight: &mut Tight, control: &Control) -> Result<(), Error> {
    let component = components(tight);
    let mut search = Search::new(tight);
    for need in 0..tight.n_needs() as u32 {
        let Some(place) = tight.place(need) else { continue };
        control.check()?;
        search.begin();
        // Needs that come earlier have their places for good; the need itself is what is being moved.
        let movable = |other: u32| other > need;
        let target = tight
            .nodes_of(need)
            .iter()
            .take_while(|&&v| v != place)
            .filter(|&&v| component[v as usize] == component[place as usize])
            .find_map(|&start| search.explore(tight, start, movable, |v| v == place));
        if let Some(target) = target {
            tight.detach(need);
            let start = search.shift(tight, target);
            tight.attach(need, start);
        }
        search.take_back();
    }
    Ok(())
}

/// The strongly connected component of each node of the tight network; outside of the forest comes last.
fn components(tight: &Tight) -> Vec<u32> {
    let outside = tight.n_nodes() as u32;
    let mut arcs = Vec::new();
    for v in 0..outside {
        tight.moves_from(
            v,
            |_| true,
            |step| match step {
                Move::To(to, _) => arcs.push((v, to)),
                Move::Out => arcs.push((v, outside)),
            },
        );
    }
    arcs.extend(tight.roots().filter(|&root| tight.can_shrink(root)).map(|root| (outside, root)));
    let mut graph = DiGraph::<(), ()>::with_capacity(tight.n_nodes() + 1, arcs.len());
    for _ in 0..=outside {
        graph.add_node(());
    }
    graph.extend_with_edges(arcs);
    let mut component = vec![0; tight.n_nodes() + 1];
    for (number, members) in tarjan_scc(&graph).into_iter().enumerate() {
        for v in members {
            component[v.index()] = number as u32;
        }
    }
    component
}
